//! SVG by GraphViz: `dot` for small pictures, `sfdp` for large ones.

use std::io::{ErrorKind as Io, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::dot;
use crate::graph::view::View;
use crate::graph::{Error, ErrorKind};

/// A picture that takes longer is not worth waiting for; GraphViz can take hours where it does not end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Draws a picture with the GraphViz program that suits its size. Where that one fails, as some releases do on lines that
/// must bend around much, it is drawn with straight lines, and at last by the plainest program; the note says so.
pub fn draw(text: &str, view: &View) -> Result<(String, Option<String>), Error> {
    let (svg, note) = drawn(text, view, "svg")?;
    let picture = String::from_utf8(svg);
    let svg = picture.map_err(|e| Error::new(ErrorKind::Io, "the picture is not UTF-8").because(e))?;
    Ok((once(&svg), note))
}

/// The same in another format that GraphViz writes: `pdf`, `png`.
pub fn drawn(text: &str, view: &View, format: &str) -> Result<(Vec<u8>, Option<String>), Error> {
    let program = if dot::is_large(view) { "sfdp" } else { "dot" };
    let first = run(program, &[], text, format);
    let Err(error) = first else { return Ok((first?, None)) };
    if error.kind() != ErrorKind::Io {
        return Err(error);
    }
    // Straight lines cross what lies between their ends: they are drawn below it.
    let plain = &["-Gsplines=line", "-Goutputorder=edgesfirst"][..];
    for (program, options) in [(program, plain), ("sfdp", plain), ("circo", &[])] {
        if let Ok(picture) = run(program, options, text, format) {
            let note = format!("GraphViz could not draw it as it was meant ({error}); it is drawn with plain lines");
            return Ok((picture, Some(note)));
        }
    }
    Err(error)
}

/// Runs a program of GraphViz.
pub(super) fn run(program: &str, options: &[&str], text: &str, format: &str) -> Result<Vec<u8>, Error> {
    let mut child = match Command::new(program)
        .arg(format!("-T{format}"))
        .args(options)
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
    let read = |pipe: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut bytes)).map(|_| bytes)
        })
    };
    let drawn = read(child.stdout.take().map(|p| Box::new(p) as _));
    let told = read(child.stderr.take().map(|p| Box::new(p) as _));
    let started = Instant::now();
    let failed = |e| Error::io(format!("cannot read from {program}"), e);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            let message = format!("{program} has not drawn the picture in {} seconds", PATIENCE.as_secs());
            return Err(Error::new(ErrorKind::Timeout, message)
                .with_hint("show less with --max-nodes or --hops, or write --format dot and draw it elsewhere"));
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let bytes =
        |thread: std::thread::JoinHandle<std::io::Result<Vec<u8>>>| thread.join().unwrap_or_else(|_| Ok(Vec::new()));
    let (drawn, told) = (bytes(drawn).map_err(failed)?, bytes(told).map_err(failed)?);
    if let Some(feed) = feed {
        let _ = feed.join();
    }
    if !status.success() {
        let said = String::from_utf8_lossy(&told).lines().next().unwrap_or_default().to_owned();
        return Err(Error::new(ErrorKind::Io, format!("{program} failed: {said}"))
            .with_hint("write --format dot and run it by hand to see more, or show less with --max-nodes"));
    }
    Ok(undated(drawn))
}

/// A PDF says when it was drawn; ours are the same bytes whenever they are: the first second that computers count, in as many
/// digits.
fn undated(mut drawn: Vec<u8>) -> Vec<u8> {
    const FIRST: &[u8] = b"19700101000000";
    const DATE: &[u8] = b"/CreationDate (D:";
    let begins = drawn.starts_with(b"%PDF").then(|| drawn.windows(DATE.len()).position(|w| w == DATE)).flatten();
    if let Some(begin) = begins.map(|at| at + DATE.len())
        && let Some(digits) = drawn.get_mut(begin..begin + FIRST.len()).filter(|d| d.iter().all(u8::is_ascii_digit))
    {
        digits.copy_from_slice(FIRST);
    }
    drawn
}

/// Each line drawn once: GraphViz draws some that do not rank their ends twice, on two ways.
fn once(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let (mut in_edge, mut ways) = (false, 0);
    for line in svg.split_inclusive('\n') {
        if line.contains("class=\"") {
            (in_edge, ways) = (line.contains("class=\"edge\""), 0);
        }
        let is_way = line.starts_with("<path");
        ways += usize::from(is_way);
        let is_end = ["<polygon", "<polyline", "<ellipse"].iter().any(|shape| line.starts_with(shape));
        if !(in_edge && ways > 1 && (is_way || is_end)) {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn a_pdf_does_not_tell_the_time() {
        let pdf = |date: &str| format!("%PDF-1.7\n<< /Producer (x)\n /CreationDate (D:{date}Z)\n>>").into_bytes();
        assert_eq!(undated(pdf("20261201024135")), pdf("19700101000000"));
        assert_eq!(undated(pdf("2026")), pdf("2026"), "no date of fourteen digits");
        let svg = b"<svg>/CreationDate (D:20261201024135Z)</svg>".to_vec();
        assert_eq!(undated(svg.clone()), svg);
    }
}
