//! SVG by GraphViz: `dot` for small pictures, `sfdp` for large ones.

use std::io::{ErrorKind as Io, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::dot;
use crate::graph::view::View;
use crate::graph::{Error, ErrorKind};

/// A picture that takes longer is not worth waiting for; GraphViz can take hours where it does not end.
const PATIENCE: Duration = Duration::from_secs(30);
/// Other ways of drawing are tried for pictures of no more lines: GraphViz takes a second or two for so many.
const TRIED: usize = 500;

/// Draws a picture with the GraphViz program that suits its size. Some releases fail on lines that must bend around much, or
/// lead them through boxes: what they draw is looked at, other ways are tried, and the one with fewest such lines is taken,
/// these behind the boxes. Where all fail it is drawn with straight lines, and at last by the plainest program; the note says
/// so.
pub fn draw(text: &str, view: &View) -> Result<(String, Option<String>), Error> {
    let (svg, note) = drawn(text, view, "svg")?;
    let picture = String::from_utf8(svg);
    let svg = picture.map_err(|e| Error::new(ErrorKind::Io, "the picture is not UTF-8").because(e))?;
    Ok((once(&svg), note))
}

/// The same in another format that GraphViz writes: `pdf`, `png`.
pub fn drawn(text: &str, view: &View, format: &str) -> Result<(Vec<u8>, Option<String>), Error> {
    let is_large = dot::is_large(view);
    let program = if is_large { "sfdp" } else { "dot" };
    let mut best: Option<(usize, String, Vec<u8>)> = None;
    let mut first = None;
    let tried = if view.graph.edge_count() <= TRIED { usize::MAX } else { 1 };
    for text in ways(text, is_large).into_iter().take(tried) {
        match run(program, &[], &text, "svg") {
            Ok(picture) => {
                let crossing = through_boxes(&String::from_utf8_lossy(&picture));
                if best.as_ref().is_none_or(|(least, ..)| crossing < *least) {
                    best = Some((crossing, text, picture));
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::Io | ErrorKind::Timeout) => {
                first.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
        if best.as_ref().is_some_and(|(crossing, ..)| *crossing == 0) {
            break;
        }
    }
    if let Some((crossing, text, picture)) = best {
        if crossing == 0 && format == "svg" {
            return Ok((picture, None));
        }
        // Lines that cannot be led around boxes run behind them, so that every word can be read.
        let options = if crossing > 0 { &["-Goutputorder=edgesfirst"][..] } else { &[] };
        let note = match crossing {
            0 => None,
            1 => Some("one line runs behind a box: GraphViz could not lead it around".to_owned()),
            n => Some(format!("{n} lines run behind boxes: GraphViz could not lead them around")),
        };
        return Ok((run(program, options, &text, format)?, note));
    }
    let Some(error) = first else { return Err(Error::new(ErrorKind::Io, format!("{program} drew nothing"))) };
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

/// The picture as it is meant, then with what gives GraphViz other room to lead lines through: ranks of each frame by itself,
/// comparisons that order what they compare; of large ones more room around boxes, and another beginning.
fn ways(text: &str, is_large: bool) -> Vec<String> {
    let more = match is_large {
        true => {
            let roomy = text.replacen("splines=true", "splines=true,sep=\"+24\",esep=\"+4\"", 1);
            let other = roomy.replacen("splines=true", "splines=true,start=3", 1);
            vec![roomy, other]
        }
        false => vec![text.replacen("newrank=true,", "", 1), text.replace(",constraint=false", "")],
    };
    let mut ways = vec![text.to_owned()];
    ways.extend(more.into_iter().filter(|way| way != text));
    ways
}

/// A box around a node of a picture, with the node's name.
struct Around<'s> {
    name: &'s str,
    from: (f64, f64),
    to: (f64, f64),
}

/// How many lines of a picture by GraphViz run through boxes in which they do not end.
fn through_boxes(svg: &str) -> usize {
    let mut boxes: Vec<Around> = Vec::new();
    let mut lines: Vec<(&str, Vec<(f64, f64)>)> = Vec::new();
    let (mut kind, mut name) = ("", "");
    for row in svg.lines() {
        if let Some(class) = between(row, "class=\"", "\"").filter(|_| row.starts_with("<g ")) {
            (kind, name) = (class, "");
        } else if let Some(title) = between(row, "<title>", "</title>") {
            name = title;
        } else if kind == "edge" && row.starts_with("<path") {
            lines.extend(between(row, " d=\"", "\"").map(|way| (name, points(way))));
        } else if kind == "node" && !name.is_empty() {
            let outline = if row.starts_with("<ellipse") {
                let number = |name: &str| between(row, name, "\"").and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
                let (x, y, wide, high) = (number(" cx=\""), number(" cy=\""), number(" rx=\""), number(" ry=\""));
                // The box within the ellipse: a line may pass its corners.
                vec![(x - wide * 0.7, y - high * 0.7), (x + wide * 0.7, y + high * 0.7)]
            } else if row.starts_with("<polygon") {
                between(row, "points=\"", "\"").map_or(Vec::new(), points)
            } else if row.starts_with("<path") {
                between(row, " d=\"", "\"").map_or(Vec::new(), points)
            } else {
                continue;
            };
            let (mut from, mut to) = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
            for (x, y) in outline {
                from = (from.0.min(x), from.1.min(y));
                to = (to.0.max(x), to.1.max(y));
            }
            boxes.push(Around { name, from, to });
        }
    }
    // Slanted sides and rounding leave some room at the edges of a box.
    const EDGE: f64 = 3.0;
    let is_through = |(name, way): &&(&str, Vec<(f64, f64)>)| {
        let ends: Vec<&str> = name.split("&#45;&gt;").collect();
        let on_the_way = curve(way);
        boxes.iter().filter(|around| !ends.contains(&around.name)).any(|around| {
            on_the_way.iter().any(|&(x, y)| {
                x > around.from.0 + EDGE && x < around.to.0 - EDGE && y > around.from.1 + EDGE && y < around.to.1 - EDGE
            })
        })
    };
    lines.iter().filter(is_through).count()
}

fn between<'s>(row: &'s str, begin: &str, end: &str) -> Option<&'s str> {
    row.split_once(begin)?.1.split_once(end).map(|(found, _)| found)
}

/// The points of a way, as "M1,2C3,4 5,6 7,8" or "1,2 3,4".
fn points(way: &str) -> Vec<(f64, f64)> {
    let pairs = way.split(|c: char| c.is_ascii_whitespace() || c.is_ascii_alphabetic()).filter(|pair| !pair.is_empty());
    pairs
        .filter_map(|pair| pair.split_once(','))
        .filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)))
        .collect()
}

/// Places on the curves of a way, whose first point is followed by three for each curve.
fn curve(way: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const STEPS: u32 = 12;
    let mut out = Vec::new();
    for from in (0..way.len().saturating_sub(3)).step_by(3) {
        let [a, b, c, d] = [way[from], way[from + 1], way[from + 2], way[from + 3]];
        for step in 0..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let u = 1.0 - t;
            let at = |a: f64, b: f64, c: f64, d: f64| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            out.push((at(a.0, b.0, c.0, d.0), at(a.1, b.1, c.1, d.1)));
        }
    }
    out
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
    use super::{through_boxes, undated, ways};

    #[test]
    fn lines_through_boxes_are_counted() {
        let svg = |way: &str| {
            format!(
                "<g id=\"node1\" class=\"node\">\n<title>n0</title>\n<polygon fill=\"white\" points=\"40,-20 0,-20 0,0 40,0 40,-20\"/>\n</g>\n\
                 <g id=\"node2\" class=\"node\">\n<title>n1</title>\n<ellipse fill=\"white\" cx=\"20\" cy=\"-60\" rx=\"20\" ry=\"10\"/>\n</g>\n\
                 <g id=\"node3\" class=\"node\">\n<title>n2</title>\n<path fill=\"white\" d=\"M40,-100C40,-100 0,-100 0,-100 0,-100 0,-120 0,-120 0,-120 40,-120 40,-120\"/>\n</g>\n\
                 <g id=\"edge1\" class=\"edge\">\n<title>n0&#45;&gt;n2</title>\n<path fill=\"none\" d=\"{way}\"/>\n</g>\n"
            )
        };
        assert_eq!(through_boxes(&svg("M20,-20C20,-50 20,-70 20,-100")), 1, "straight up, through the ellipse");
        assert_eq!(through_boxes(&svg("M40,-10C80,-40 80,-80 40,-110")), 0, "around it");
        assert_eq!(through_boxes(&svg("M20,-20C20,-21 20,-22 20,-23")), 0, "near its own end");
    }

    #[test]
    fn a_picture_can_be_drawn_in_several_ways() {
        let small = "graph [rankdir=LR,newrank=true,splines=true];\n a -> b [color=red,constraint=false];";
        let drawn = ways(small, false);
        assert_eq!(drawn.len(), 3);
        assert!(drawn[0] == small && !drawn[1].contains("newrank") && !drawn[2].contains("constraint"));
        assert!(ways("graph [layout=sfdp,splines=true];", true)[1].contains("sep=\"+24\""));
        assert_eq!(ways("graph [];", false).len(), 1, "what changes nothing is not tried");
    }

    #[test]
    fn a_pdf_does_not_tell_the_time() {
        let pdf = |date: &str| format!("%PDF-1.7\n<< /Producer (x)\n /CreationDate (D:{date}Z)\n>>").into_bytes();
        assert_eq!(undated(pdf("20261201024135")), pdf("19700101000000"));
        assert_eq!(undated(pdf("2026")), pdf("2026"), "no date of fourteen digits");
        let svg = b"<svg>/CreationDate (D:20261201024135Z)</svg>".to_vec();
        assert_eq!(undated(svg.clone()), svg);
    }
}
