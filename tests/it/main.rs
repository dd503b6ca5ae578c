//! All integration tests in one binary: linked once.

mod house;
mod segment;
