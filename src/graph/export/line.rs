//! A dispute as a picture of its own: the figures that answer one question on one number line, a row each. It is laid out
//! here; as SVG it needs no other program, as PDF and PNG it is written by GraphViz, which moves nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::xml;
use crate::graph::Error;
use crate::graph::catalogue::{Catalogue, Figure, Question, Verdict};
use crate::graph::scale::{Scale, grouped};
use crate::graph::view::day;

/// The picture: its width, where the line begins and ends, how high title and rows are.
const WIDTH: f64 = 980.0;
const FROM: f64 = 400.0;
const TO: f64 = 940.0;
const HEAD: f64 = 92.0;
const ROW: f64 = 44.0;
/// Contradictions that are written out below the rows.
const PAIRS: usize = 8;

/// One figure of one voice.
struct Row<'c> {
    figure: &'c Figure,
    who: String,
    papers: Vec<String>,
    published: String,
}

/// Ink, softer ink, rules, the colour of what cannot be.
const INK: &str = "#1b1a18";
const SOFT: &str = "#57534c";
const RULE: &str = "#e0dbd0";
const BAD: &str = "#a23e00";

/// What is drawn, with its place.
enum Shape {
    /// Words, the first of them bold; in the middle of the place, or from it on.
    Words {
        at: (f64, f64),
        size: f64,
        colour: &'static str,
        bold: String,
        text: String,
        middle: bool,
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
    /// The end of a line that goes on to the right or to the left.
    Tip {
        at: (f64, f64),
        to_right: bool,
    },
}

/// A picture of a dispute.
pub struct Drawing {
    title: String,
    height: f64,
    shapes: Vec<Shape>,
}

/// Lays out a question whose figures have numbers; those of statements that are less sure than `least` are left out and counted.
pub fn draw(all: &Catalogue, question: &Question, least: f64) -> Option<Drawing> {
    let figures = question.figures.iter().map(|&f| &all.figures[f as usize]).filter(|f| f.point().is_some());
    let (mut rows, mut left_out): (Vec<Row>, usize) = (Vec::new(), 0);
    let mut place: BTreeMap<(String, String), usize> = BTreeMap::new();
    for figure in figures {
        let statement = all.statement(figure);
        if f64::from(statement.sure()) + 1e-6 < least {
            left_out += 1;
            continue;
        }
        let article = all.article(statement);
        let who =
            if statement.is_narrator() { format!("{}, own voice", article.paper()) } else { all.voice(statement) };
        let key = (who.to_lowercase(), format!("{:?} {}", figure.bounds(), figure.bound));
        match place.get(&key) {
            Some(&at) => {
                let papers: &mut Vec<String> = &mut rows[at].papers;
                if !papers.iter().any(|p| p == article.paper()) {
                    papers.push(article.paper().to_owned());
                }
            }
            None => {
                place.insert(key, rows.len());
                let papers = vec![article.paper().to_owned()];
                rows.push(Row { figure, who, papers, published: article.published.clone() });
            }
        }
    }
    if rows.is_empty() {
        return None;
    }
    let point = |row: &Row| row.figure.point().unwrap_or(0.0);
    rows.sort_by(|a, b| point(a).total_cmp(&point(b)).then_with(|| a.who.cmp(&b.who)));
    let numbers = rows.iter().flat_map(|row| {
        let (low, high) = row.figure.bounds();
        [row.figure.point(), low, high].into_iter().flatten()
    });
    let scale = Scale::of(numbers);
    let x = |number: f64| FROM + (number - scale.from) / (scale.to - scale.from) * (TO - FROM);
    let pairs = contradictions(all, question, &rows);
    let foot = HEAD + rows.len() as f64 * ROW;
    let height = foot + 34.0 + pairs.len() as f64 * 18.0;
    let mut shapes = Vec::new();
    let words = |at: (f64, f64), size: f64, colour: &'static str, text: String| Shape::Words {
        at,
        size,
        colour,
        bold: String::new(),
        text,
        middle: false,
    };
    let lead = format!(
        "{} figures of {} articles{}",
        rows.len(),
        question
            .figures
            .iter()
            .map(|&f| all.statement(&all.figures[f as usize]).article)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        match left_out {
            0 => String::new(),
            n => format!("; {}", crate::graph::lists::less_sure(n, "figure", "figures")),
        }
    );
    shapes.push(words((20.0, 56.0), 13.0, SOFT, lead));
    for number in scale.marks() {
        let at = x(number);
        shapes.push(Shape::Line { from: (at, HEAD - 6.0), to: (at, foot), wide: 1.0, colour: RULE, dashed: false });
        shapes.push(Shape::Words {
            at: (at, HEAD - 12.0),
            size: 12.0,
            colour: SOFT,
            bold: String::new(),
            text: short(number),
            middle: true,
        });
    }
    for (n, row) in rows.iter().enumerate() {
        let y = HEAD + n as f64 * ROW + ROW / 2.0;
        let papers = match row.papers.len() {
            1 => row.papers[0].clone(),
            more => format!("{} and {} more", row.papers[0], more - 1),
        };
        let when = [papers, day(&row.published)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
        shapes.push(Shape::Words {
            at: (20.0, y - 2.0),
            size: 13.0,
            colour: INK,
            bold: cut(&row.figure.surface, 20),
            text: cut(&row.who, 34),
            middle: false,
        });
        shapes.push(words((20.0, y + 13.0), 11.5, SOFT, cut(&when, 58)));
        mark(row.figure, &x, y, &mut shapes);
        let line = HEAD + (n as f64 + 1.0) * ROW;
        let (from, to) = ((20.0, line), (WIDTH - 20.0, line));
        shapes.push(Shape::Line { from, to, wide: 1.0, colour: RULE, dashed: false });
    }
    for (n, pair) in pairs.iter().enumerate() {
        shapes.push(words((20.0, foot + 24.0 + n as f64 * 18.0), 13.0, BAD, format!("≠ {pair}")));
    }
    Some(Drawing { title: title(all, question), height, shapes })
}

/// A figure at its height: about is a dotted line, between a bar with ends, at least and at most a line with an arrow.
fn mark(figure: &Figure, x: &dyn Fn(f64) -> f64, y: f64, shapes: &mut Vec<Shape>) {
    let Some(point) = figure.point() else { return };
    let (low, high) = figure.bounds();
    let line =
        |a: (f64, f64), b: (f64, f64), dashed: bool| Shape::Line { from: a, to: b, wide: 2.0, colour: INK, dashed };
    match (figure.bound.as_str(), low, high) {
        ("approximately", ..) => {
            shapes.push(line((x(point * 0.9), y), (x(point * 1.1).min(TO + 20.0), y), true));
        }
        (_, Some(low), Some(high)) if low < high => {
            shapes.push(line((x(low), y), (x(high), y), false));
            for end in [x(low), x(high)] {
                shapes.push(line((end, y - 6.0), (end, y + 6.0), false));
            }
        }
        (_, Some(_), None) => {
            shapes.push(line((x(point), y), (TO + 10.0, y), false));
            shapes.push(Shape::Tip { at: (TO + 10.0, y), to_right: true });
        }
        (_, None, Some(_)) => {
            shapes.push(line((FROM - 10.0, y), (x(point), y), false));
            shapes.push(Shape::Tip { at: (FROM - 10.0, y), to_right: false });
        }
        _ => {}
    }
    shapes.push(Shape::Dot { at: (x(point), y) });
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
                Shape::Words { at: (x, y), size, colour, bold, text, middle } => writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{y:.0}\" font-size=\"{size}\" fill=\"{colour}\"{}>{}{}</text>",
                    if *middle { " text-anchor=\"middle\"" } else { "" },
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
            "graph dispute {\n  graph [bgcolor=\"#fffefb\", dpi=144, splines=line, pad=0.1]\n  node [fontname=\"Helvetica\", label=\"\", margin=0, fixedsize=true]\n",
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
                         middle: bool,
                         out: &mut String| {
            let wide = letters as f64 * size * 0.62 + 4.0;
            let (x, align) = if middle { (at.0, "CENTER") } else { (at.0 + wide / 2.0, "LEFT") };
            let more = format!(
                "shape=none, width={:.3}, height={:.3}, fontsize={size}, fontcolor=\"{colour}\", label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\" WIDTH=\"{wide:.0}\"><TR><TD ALIGN=\"{align}\">{html}</TD></TR></TABLE>>",
                wide / 72.0,
                size / 72.0
            );
            node((x, at.1 - size * 0.35), &more, out);
        };
        let title = format!("<B>{}</B>", xml(&self.title));
        words((20.0, 34.0), 21.0, INK, &title, self.title.chars().count(), false, &mut out);
        let mut lines = String::new();
        for shape in &self.shapes {
            if let Shape::Words { at, size, colour, bold, text, middle } = shape {
                let html = match bold.as_str() {
                    "" => xml(text),
                    bold => format!("<B>{}</B> {}", xml(bold), xml(text)),
                };
                let letters = bold.chars().count() + text.chars().count() + 1;
                words(*at, *size, colour, &html, letters, *middle, &mut out);
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

/// The pairs of rows that cannot both be true, in words.
fn contradictions(all: &Catalogue, question: &Question, rows: &[Row]) -> Vec<String> {
    let row_of = |claim: u32| {
        let figure = &all.figures[claim as usize];
        rows.iter().find(|row| {
            row.figure.bounds() == figure.bounds()
                && all.voice(all.statement(row.figure)) == all.voice(all.statement(figure))
        })
    };
    let mut pairs = Vec::new();
    let comparisons = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]);
    for comparison in comparisons.filter(|c| c.verdict == Verdict::Contradicts) {
        let (Some(a), Some(b)) = (row_of(comparison.left), row_of(comparison.right)) else { continue };
        let told = |row: &Row| format!("{} ({})", cut(&row.figure.surface, 20), cut(&row.who, 30));
        let (a, b) = (told(a), told(b));
        let pair = if a <= b { format!("{a} and {b}") } else { format!("{b} and {a}") };
        if !pairs.contains(&pair) && pairs.len() < PAIRS {
            pairs.push(pair);
        }
    }
    pairs
}

fn title(all: &Catalogue, question: &Question) -> String {
    let asked = all.asked(question);
    let mut letters = asked.chars();
    let name: String = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
    let incident = question.incident.map_or("", |i| all.incidents[i as usize].label.as_str());
    let parts = [name.as_str(), question.places.first().map_or("", String::as_str), incident];
    cut(&parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · "), 82)
}

/// A number with its thousands set apart, or in millions and more.
fn short(number: f64) -> String {
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
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_room_for_all_and_round_marks() {
        let scale = |numbers: &[f64]| Scale::of(numbers.iter().copied());
        assert_eq!(scale(&[8000.0, 35000.0]), Scale { from: 0.0, to: 40000.0, step: 10000.0 });
        assert_eq!(scale(&[5.0]).from, 0.0);
        assert_eq!((short(35000.0), short(1.25e6), short(0.5)), ("35,000".into(), "1.25 m".into(), "0.5".into()));
    }
}
