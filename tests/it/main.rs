//! All integration tests in one binary: linked once.

mod cli;
mod house;
mod segment;
