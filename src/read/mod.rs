//! Reading: files, folders and streams of articles into documents that have text and source, nothing more.
pub mod json;
