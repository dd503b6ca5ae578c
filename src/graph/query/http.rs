//! One request over HTTP, for what a query asks of other servers.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;

/// Bytes of an answer or document at most.
const MOST: usize = 256 << 20;

/// Sends a request and gives the media type and the body of the answer, all within the time. Redirections are not followed:
/// they could lead to an address that is not allowed.
pub fn fetch(address: &str, accept: &str, query: Option<String>, time: Duration) -> Result<(String, Vec<u8>), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    let runtime = runtime.map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let late = |_| format!("it has not answered within {} seconds", time.as_secs_f64());
        tokio::time::timeout(time, exchange(address, accept, query)).await.map_err(late)?
    })
}

async fn exchange(address: &str, accept: &str, query: Option<String>) -> Result<(String, Vec<u8>), String> {
    let words = |e: &dyn std::fmt::Display| e.to_string();
    let uri: hyper::Uri = address.parse().map_err(|e| words(&e))?;
    let (Some(authority), Some(path)) = (uri.authority(), uri.path_and_query()) else {
        return Err("it is no address".to_owned());
    };
    let host = authority.host().trim_matches(['[', ']']);
    let stream =
        tokio::net::TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await.map_err(|e| words(&e))?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|e| words(&e))?;
    let driven = tokio::spawn(connection);
    let mut request =
        hyper::Request::builder().uri(path.as_str()).header(HOST, authority.as_str()).header(ACCEPT, accept);
    if query.is_some() {
        request = request.method(hyper::Method::POST).header(CONTENT_TYPE, "application/sparql-query");
    }
    let body = Full::new(Bytes::from(query.unwrap_or_default()));
    let request = request.body(body).map_err(|e| words(&e))?;
    let response = sender.send_request(request).await.map_err(|e| words(&e))?;
    if !response.status().is_success() {
        return Err(format!("it answers {}", response.status()));
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|k| k.to_str().ok()).unwrap_or_default().to_owned();
    let (mut body, mut bytes) = (response.into_body(), Vec::new());
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|e| words(&e))?.into_data() else { continue };
        if bytes.len() + data.len() > MOST {
            return Err(format!("its answer is longer than {} MB", MOST >> 20));
        }
        bytes.extend_from_slice(&data);
    }
    driven.abort();
    Ok((kind, bytes))
}
