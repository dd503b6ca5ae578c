//! SVG by GraphViz: `dot` for small pictures, `sfdp` for large ones.

use std::io::{ErrorKind as Io, Write};
use std::process::{Command, Stdio};

use super::dot;
use crate::graph::view::View;
use crate::graph::{Error, ErrorKind};

/// Draws a picture with the GraphViz program that suits its size.
pub fn draw(text: &str, view: &View) -> Result<String, Error> {
    let program = if dot::is_large(view) { "sfdp" } else { "dot" };
    let mut child = match Command::new(program)
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    {
        Ok(child) => child,
        Err(error) if error.kind() == Io::NotFound => {
            return Err(Error::new(ErrorKind::Unknown, format!("{program}, a program of GraphViz, is not installed"))
                .with_hint(
                    "install GraphViz (`apt install graphviz`, `brew install graphviz`), or write --format dot and \
                     draw it elsewhere",
                ));
        }
        Err(error) => return Err(Error::io(format!("cannot start {program}"), error)),
    };
    // GraphViz reads all before it writes, but its warnings could fill a pipe: a thread feeds it meanwhile.
    let feed = child.stdin.take().map(|mut pipe| {
        let text = text.to_owned();
        std::thread::spawn(move || pipe.write_all(text.as_bytes()))
    });
    let output = child.wait_with_output().map_err(|e| Error::io(format!("cannot read from {program}"), e))?;
    if let Some(feed) = feed {
        let _ = feed.join();
    }
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default().to_owned();
        return Err(Error::new(ErrorKind::Io, format!("{program} failed: {said}"))
            .with_hint("write --format dot and run it by hand to see more, or show less with --max-nodes"));
    }
    String::from_utf8(output.stdout).map_err(|e| Error::new(ErrorKind::Io, "the picture is not UTF-8").because(e))
}
