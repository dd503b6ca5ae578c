//! What stands for HTTP in a program that was built without it: a refusal.

use std::time::Duration;

use super::remote::{Call, Reply};

/// Refuses.
pub fn send(_: &Call, _: Duration) -> Result<Reply, String> {
    Err("this program was built without HTTP; build it with the feature `serve`".to_owned())
}
