//! What stands for TLS in a program that was built without it: a refusal.

use std::convert::Infallible;

use tokio::net::TcpStream;

/// Refuses.
pub fn config() -> Result<Infallible, String> {
    Err("https is not spoken: this program was built without it; build it with the feature `https`".to_owned())
}

/// Never comes to be.
pub async fn wrap(config: Infallible, _: TcpStream, _: &str) -> Result<TcpStream, String> {
    match config {}
}

/// The error as it is.
pub fn words(error: &(dyn std::error::Error + 'static)) -> String {
    error.to_string()
}
