//! What stands for HTTP in a program that was built without it: a refusal.

use std::time::Duration;

/// Refuses.
pub fn fetch(_: &str, _: &str, _: Option<String>, _: Duration) -> Result<(String, Vec<u8>), String> {
    Err("this program was built without HTTP; build it with the feature `serve`".to_owned())
}
