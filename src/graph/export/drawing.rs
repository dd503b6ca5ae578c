//! Pictures that are laid out here: words, lines, bars and dots, each with its place. As SVG they need no other program; as
//! PDF and PNG they are written by GraphViz, which moves nothing.

use std::fmt::Write;

use super::xml;
use crate::graph::Error;
use crate::graph::catalogue::Figure;
use crate::graph::scale::grouped;

/// How wide a picture is.
pub const WIDTH: f64 = 980.0;

/// Ink, softer ink, rules, the colour of what cannot be.
pub const INK: &str = "#1b1a18";
pub const SOFT: &str = "#57534c";
pub const RULE: &str = "#e0dbd0";
pub const BAD: &str = "#a23e00";

/// Which part of words stands at their place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    Begin,
    Middle,
    End,
}

/// What is drawn, with its place.
pub enum Shape {
    /// Words, the first of them bold; from a place on, around it, or up to it (then all of them bold, or none).
    Words {
        at: (f64, f64),
        size: f64,
        colour: &'static str,
        bold: String,
        text: String,
        anchor: Anchor,
    },
    Line {
        from: (f64, f64),
        to: (f64, f64),
        wide: f64,
        colour: &'static str,
        dashed: bool,
    },
    /// The number itself.
    Dot {
        at: (f64, f64),
    },
    /// A bar, from its upper left.
    Bar {
        at: (f64, f64),
        size: (f64, f64),
        colour: &'static str,
    },
    /// The end of a line that goes on to the right or to the left.
    Tip {
        at: (f64, f64),
        to_right: bool,
    },
}

/// A picture.
pub struct Drawing {
    pub title: String,
    pub height: f64,
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The picture as SVG.
    pub fn svg(&self) -> String {
        let height = self.height;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"{INK}\">\n<title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fffefb\"/>\n<text x=\"20\" y=\"34\" font-size=\"21\" font-weight=\"bold\" font-family=\"Georgia, serif\">{0}</text>\n",
            xml(&self.title)
        );
        for shape in &self.shapes {
            let _ = match shape {
                Shape::Words { at: (x, y), size, colour, bold, text, anchor } => writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{y:.0}\" font-size=\"{size}\" fill=\"{colour}\"{}>{}{}</text>",
                    match anchor {
                        Anchor::Begin => "",
                        Anchor::Middle => " text-anchor=\"middle\"",
                        Anchor::End => " text-anchor=\"end\"",
                    },
                    match bold.as_str() {
                        "" => String::new(),
                        bold => format!("<tspan font-weight=\"bold\">{}</tspan> ", xml(bold)),
                    },
                    xml(text)
                ),
                Shape::Line { from: (x1, y1), to: (x2, y2), wide, colour, dashed } => writeln!(
                    out,
                    "<line x1=\"{x1:.1}\" x2=\"{x2:.1}\" y1=\"{y1:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" stroke-width=\"{wide}\"{}/>",
                    if *dashed { " stroke-dasharray=\"2 3\"" } else { "" }
                ),
                Shape::Dot { at: (x, y) } => {
                    writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"#0072b2\" stroke=\"{INK}\"/>")
                }
                Shape::Bar { at: (x, y), size: (wide, high), colour } => writeln!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" fill=\"{colour}\"/>"
                ),
                Shape::Tip { at: (x, y), to_right } => {
                    let way = if *to_right { "l9 5-9 5z" } else { "l-9 5 9 5z" };
                    writeln!(out, "<path d=\"M{x:.1} {:.1}{way}\"/>", y - 5.0)
                }
            };
        }
        out.push_str("</svg>\n");
        out
    }

    /// The picture as PDF or PNG, by GraphViz.
    ///
    /// # Errors
    /// Where GraphViz is not installed, or fails.
    pub fn written(&self, format: &str) -> Result<Vec<u8>, Error> {
        super::svg::run("neato", &["-n2"], &self.dot(), format)
    }

    /// The picture for GraphViz, with a place for everything.
    fn dot(&self) -> String {
        let mut out = String::from(
            "graph picture {\n  graph [bgcolor=\"#fffefb\", dpi=144, splines=line, pad=0.1]\n  node [fontname=\"Helvetica\", label=\"\", margin=0, fixedsize=true]\n",
        );
        let mut number = 0;
        // GraphViz counts upwards; a node without a size is a place and no more.
        let up = |y: f64| self.height - y;
        let mut node = |(x, y): (f64, f64), more: &str, out: &mut String| {
            number += 1;
            let _ = writeln!(out, "  n{number} [pos=\"{x:.1},{:.1}!\", {more}]", up(y));
            number
        };
        let mut words = |at: (f64, f64),
                         size: f64,
                         colour: &str,
                         html: &str,
                         letters: usize,
                         anchor: Anchor,
                         out: &mut String| {
            let wide = letters as f64 * size * 0.62 + 4.0;
            let table = |align: &str| {
                format!(
                    "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\" WIDTH=\"{wide:.0}\"><TR><TD ALIGN=\"{align}\">{html}</TD></TR></TABLE>>"
                )
            };
            let (x, label) = match anchor {
                Anchor::Begin => (at.0 + wide / 2.0, table("LEFT")),
                Anchor::Middle => (at.0, table("CENTER")),
                // A table sets nothing to the right; plain text does.
                Anchor::End => (at.0 - wide / 2.0, html.to_owned()),
            };
            let more = format!(
                "shape=none, width={:.3}, height={:.3}, fontsize={size}, fontcolor=\"{colour}\", label={label}",
                wide / 72.0,
                size / 72.0
            );
            node((x, at.1 - size * 0.35), &more, out);
        };
        let title = format!("<B>{}</B>", xml(&self.title));
        words((20.0, 34.0), 21.0, INK, &title, self.title.chars().count(), Anchor::Begin, &mut out);
        let mut lines = String::new();
        for shape in &self.shapes {
            if let Shape::Words { at, size, colour, bold, text, anchor } = shape {
                let html = match (bold.as_str(), anchor) {
                    (bold, Anchor::End) => {
                        let plain = super::dot::quoted(if bold.is_empty() { text } else { bold });
                        let font = if bold.is_empty() { "" } else { ", fontname=\"Helvetica-Bold\"" };
                        format!("{}\\r\"{font}", plain.trim_end_matches('"'))
                    }
                    ("", _) => xml(text),
                    (bold, _) => format!("<B>{}</B> {}", xml(bold), xml(text)),
                };
                let letters = bold.chars().count() + text.chars().count() + 1;
                words(*at, *size, colour, &html, letters, *anchor, &mut out);
            }
        }
        // What lies over other things comes after them: lines first, then their ends, then the numbers.
        for shape in &self.shapes {
            if let Shape::Line { from, to, wide, colour, dashed } = shape {
                let place = "shape=none, width=0, height=0";
                let (a, b) = (node(*from, place, &mut out), node(*to, place, &mut out));
                let style = if *dashed { ", style=dotted" } else { "" };
                let _ = writeln!(lines, "  n{a} -- n{b} [color=\"{colour}\", penwidth={wide}{style}]");
            }
        }
        for shape in &self.shapes {
            match shape {
                Shape::Tip { at: (x, y), to_right } => {
                    let (shift, turn) = if *to_right { (4.0, 270) } else { (-4.0, 90) };
                    let more = format!(
                        "shape=triangle, orientation={turn}, width=0.14, height=0.14, style=filled, fillcolor=\"{INK}\""
                    );
                    node((x + shift, *y), &more, &mut out);
                }
                Shape::Bar { at: (x, y), size: (wide, high), colour } => {
                    let more = format!(
                        "shape=box, width={:.3}, height={:.3}, style=filled, penwidth=0, fillcolor=\"{colour}\"",
                        wide / 72.0,
                        high / 72.0
                    );
                    node((x + wide / 2.0, y + high / 2.0), &more, &mut out);
                }
                Shape::Dot { at } => {
                    let more =
                        format!("shape=circle, width=0.167, style=filled, fillcolor=\"#0072b2\", color=\"{INK}\"");
                    node(*at, &more, &mut out);
                }
                _ => {}
            }
        }
        out + &lines + "  outputorder=edgesfirst\n}\n"
    }
}

/// A figure at its height, on a line from one place to another: about is a dotted line, between a bar with ends, at least and at most a line with an arrow.
pub fn mark(figure: &Figure, x: &dyn Fn(f64) -> f64, y: f64, (from, to): (f64, f64), shapes: &mut Vec<Shape>) {
    let Some(point) = figure.point() else { return };
    let (low, high) = figure.bounds();
    let line =
        |a: (f64, f64), b: (f64, f64), dashed: bool| Shape::Line { from: a, to: b, wide: 2.0, colour: INK, dashed };
    match (figure.bound.as_str(), low, high) {
        ("approximately", ..) => {
            shapes.push(line((x(point * 0.9), y), (x(point * 1.1).min(to + 20.0), y), true));
        }
        (_, Some(low), Some(high)) if low < high => {
            shapes.push(line((x(low), y), (x(high), y), false));
            for end in [x(low), x(high)] {
                shapes.push(line((end, y - 6.0), (end, y + 6.0), false));
            }
        }
        (_, Some(_), None) => {
            shapes.push(line((x(point), y), (to + 10.0, y), false));
            shapes.push(Shape::Tip { at: (to + 10.0, y), to_right: true });
        }
        (_, None, Some(_)) => {
            shapes.push(line((from - 10.0, y), (x(point), y), false));
            shapes.push(Shape::Tip { at: (from - 10.0, y), to_right: false });
        }
        _ => {}
    }
    shapes.push(Shape::Dot { at: (x(point), y) });
}

/// A number with its thousands set apart, or in millions and more.
pub fn short(number: f64) -> String {
    let rounded = |n: f64| {
        let text = format!("{n:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match number.abs() {
        n if n >= 1e12 => format!("{} trn", rounded(number / 1e12)),
        n if n >= 1e9 => format!("{} bn", rounded(number / 1e9)),
        n if n >= 1e6 => format!("{} m", rounded(number / 1e6)),
        n if n >= 1000.0 => {
            let out = grouped(&(n.round() as u64).to_string());
            if number < 0.0 { format!("-{out}") } else { out }
        }
        _ => rounded(number),
    }
}

/// Text of at most so many letters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
