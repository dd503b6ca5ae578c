//! One request over HTTP, for what is asked of other servers.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, LOCATION, RETRY_AFTER, USER_AGENT};
use hyper_util::rt::TokioIo;

use super::remote::{Call, Reply};

/// What this program calls itself: some servers answer nobody who does not say.
const SELF: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"));

/// Sends a request and gives the answer, whatever its status, all within the time. Redirections are not followed: they could
/// lead to an address that is not allowed.
pub fn send(call: &Call, time: Duration) -> Result<Reply, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    let runtime = runtime.map_err(|e| e.to_string())?;
    let answered = runtime.block_on(async {
        let late = |_| format!("it has not answered within {} seconds", time.as_secs_f64());
        tokio::time::timeout(time, exchange(call)).await.map_err(late)?
    });
    // A name that is still being looked up does not hold up who has waited long enough.
    runtime.shutdown_background();
    answered
}

async fn exchange(call: &Call<'_>) -> Result<Reply, String> {
    let words = |e: &dyn std::fmt::Display| e.to_string();
    let uri: hyper::Uri = call.address.parse().map_err(|e| words(&e))?;
    let (Some(authority), Some(path)) = (uri.authority(), uri.path_and_query()) else {
        return Err("it is no address".to_owned());
    };
    let is_secure = uri.scheme_str() == Some("https");
    let host = authority.host().trim_matches(['[', ']']);
    let port = authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
    let connected = tokio::net::TcpStream::connect((host, port));
    let mut request = hyper::Request::builder()
        .uri(path.as_str())
        .header(HOST, authority.as_str())
        .header(ACCEPT, call.accept)
        .header(USER_AGENT, SELF);
    if let Some((kind, _)) = &call.body {
        request = request.method(hyper::Method::POST).header(CONTENT_TYPE, *kind);
    }
    let body = call.body.as_ref().map_or_else(Bytes::new, |(_, body)| Bytes::copy_from_slice(body.as_bytes()));
    let request = request.body(Full::new(body)).map_err(|e| words(&e))?;
    if is_secure {
        let config = super::tls::config()?;
        let stream = connected.await.map_err(|e| words(&e))?;
        converse(super::tls::wrap(config, stream, host).await?, request, call.most).await
    } else {
        converse(connected.await.map_err(|e| words(&e))?, request, call.most).await
    }
}

/// Sends the request over a connection and reads the answer.
async fn converse<S>(stream: S, request: hyper::Request<Full<Bytes>>, most: usize) -> Result<Reply, String>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let words = |e: hyper::Error| super::tls::words(&e);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(words)?;
    let driven = tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(words)?;
    let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let mut reply = Reply {
        status: response.status().as_u16(),
        told: response.status().to_string(),
        kind: text(CONTENT_TYPE).unwrap_or_default(),
        wait: text(RETRY_AFTER),
        elsewhere: text(LOCATION),
        body: Vec::new(),
    };
    // What comes with a refusal is read by nobody.
    if response.status().is_success() {
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(words)?.into_data() else { continue };
            if reply.body.len() + data.len() > most {
                let (size, unit) = if most >= 1 << 20 { (most >> 20, "MB") } else { (most, "bytes") };
                return Err(format!("its answer is longer than {size} {unit}"));
            }
            reply.body.extend_from_slice(&data);
        }
    }
    driven.abort();
    Ok(reply)
}
