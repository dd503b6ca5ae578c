//! `sayso serve`: the SPARQL endpoint and its pages.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::args::Serve;
use super::talk::Talk;
use super::{End, Failure, export, known};
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
    let store = match (command.writable, command.store.is_dir()) {
        (true, true) => crate::graph::store::Store::open(&command.store)?.load_copy()?,
        _ => export::open(&command.store)?,
    };
    let decisions = command.decisions.clone().unwrap_or_else(|| known::decisions_of(&command.store));
    let review = match command.review {
        false => None,
        true if !command.host.is_loopback() && !command.behind_tls => {
            return Err(Failure::new(
                "--review lets decisions be written, and would listen to the network",
                "leave out --host, or put a proxy with TLS in front and say so with --behind-tls",
            ));
        }
        true => {
            let by = command.by.clone().unwrap_or_default();
            Some(serve::Review::new(decisions.clone(), by, command.behind_tls)?)
        }
    };
    let beside = command.store.clone();
    let reader = serve::Reader::new(move || {
        known::kit(&beside).map_err(|failure| format!("{}; {}", failure.error, failure.hints.join("; ")))
    });
    let link = review.as_ref().map(serve::Review::link);
    let options = serve::Options {
        decisions: Some(decisions),
        review,
        address: std::net::SocketAddr::new(command.host, command.port),
        token,
        timeout: Duration::from_secs(command.timeout),
        rows: command.rows,
        connections: command.connections.max(1),
        memory: Some(command.memory << 20).filter(|bytes| *bytes > 0),
        remote: command.allow_remote.clone(),
        cors: command.cors,
        names: command.name.clone(),
        reader,
        ..serve::Options::default()
    };
    let asked = stop_signals()?;
    let running = serve::start(store, options)?;
    talk.note(&format!("pages at http://{0}/, SPARQL at http://{0}/sparql; stop with Ctrl-C", running.address()));
    if let Some(link) = link {
        // Who may decide is who has this line: it is an answer, and stands where answers do.
        writeln!(std::io::stdout(), "http://{}{link}", running.address())?;
    }
    if command.writable {
        talk.note("changes end with the server: the store on disk stays as it is");
    }
    while !asked.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
    }
    talk.note("stopping: running requests are answered, new ones refused; once more to stop at once");
    match running.stop(Duration::from_secs(command.timeout + 5)) {
        true => Ok(End::Done),
        false => Ok(End::Partly),
    }
}

/// Becomes true when the process is asked to end by Ctrl-C or SIGTERM; the second time it ends at once.
fn stop_signals() -> Result<Arc<AtomicBool>, Failure> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // In this order: the first signal finds `asked` false and sets it, the second finds it true and ends.
        signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&asked))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&asked)))
            .map_err(|e| Failure::new(format!("cannot wait for signals: {e}"), "try again"))?;
    }
    Ok(asked)
}
