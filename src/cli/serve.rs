//! `sayso serve`: the SPARQL endpoint and its pages.

use std::time::Duration;

use super::args::Serve;
use super::talk::Talk;
use super::{End, Failure, export};
use crate::serve;

pub fn run(command: &Serve, talk: &Talk) -> Result<End, Failure> {
    let secret = command.token.clone().or_else(|| std::env::var("SAYSO_TOKEN").ok());
    let token = match (command.writable, secret) {
        (false, _) => None,
        (true, Some(token)) if token.len() >= 8 => Some(token),
        (true, _) => {
            return Err(Failure::new(
                "--writable needs a secret of eight characters or more",
                "set it in the environment: SAYSO_TOKEN=… sayso serve --writable",
            ));
        }
    };
    let store = export::open(&command.store)?;
    let options = serve::Options {
        address: std::net::SocketAddr::new(command.host, command.port),
        token,
        timeout: Duration::from_secs(command.timeout),
        rows: command.rows,
        connections: command.connections.max(1),
        cors: command.cors,
        ..serve::Options::default()
    };
    let running = serve::start(store, options)?;
    talk.note(&format!("pages at http://{0}/, SPARQL at http://{0}/sparql; stop with Ctrl-C", running.address()));
    if command.writable {
        talk.note("changes are kept in memory and end with the server");
    }
    running.join()?;
    Ok(End::Done)
}
