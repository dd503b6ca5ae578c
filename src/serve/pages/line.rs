//! Number lines: figures with their bounds on one scale, drawn in per cent so that they fit every width.

use std::fmt::Write;

use super::escaped;
use crate::graph::catalogue::{Catalogue, Figure, Statement};
pub use crate::graph::scale::Scale;
use crate::graph::scale::grouped;
use crate::graph::view::Kind;

/// The shape and colour of a kind of source: class, and whether it is hollow since nobody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    pub shape: &'static str,
    pub hollow: bool,
}

impl Glyph {
    /// By who speaks in a statement.
    pub fn of(all: &Catalogue, statement: &Statement) -> Glyph {
        let agent = statement.speakers.first().map(|&a| &all.agents[a as usize]);
        let shape = match statement.kind.as_str() {
            _ if statement.is_narrator() => "medium",
            "sourceOfficial" => "official",
            "sourceBody" => "body",
            "sourceGroup" => "group",
            "sourceDocument" | "sourcePoll" => "doc",
            "sourcePost" => "post",
            "sourceAgency" | "sourceMedium" => "medium",
            "sourcePerson" => "person",
            _ => match agent.map(|a| a.kind) {
                Some(Kind::Organization | Kind::Place) => "body",
                Some(Kind::Group) => "group",
                _ => "person",
            },
        };
        let hollow = !statement.is_narrator() && agent.is_none_or(|a| a.kind == Kind::Unnamed);
        Glyph { shape, hollow }
    }

    /// In a line of text.
    pub fn inline(self) -> String {
        let un = if self.hollow { " un" } else { "" };
        let shape = self.shape;
        format!(
            "<svg class=\"g k-{shape}{un}\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\"><use href=\"#{shape}\"{}/></svg>",
            if self.hollow { " class=\"un\"" } else { "" }
        )
    }
}

/// The shapes, once a page.
pub const SHAPES: &str = "<svg class=\"sprite\" aria-hidden=\"true\" focusable=\"false\"><defs>\
<circle id=\"person\" r=\"5.5\"/><path id=\"official\" d=\"M0-6.5 6.3 5H-6.3z\"/><path id=\"body\" d=\"M-5-5H5V5H-5z\"/>\
<path id=\"group\" d=\"M0-7 7 0 0 7-7 0z\"/><path id=\"doc\" d=\"M-4.5-6.5H2L4.5-4V6.5h-9z\"/>\
<path id=\"post\" d=\"M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z\"/><path id=\"medium\" d=\"M-7-3H7V3H-7z\"/>\
<path id=\"tip\" class=\"arrow\" d=\"M0-5 9 0 0 5z\"/><path id=\"tipl\" class=\"arrow\" d=\"M0-5-9 0 0 5z\"/>\
<path id=\"was\" class=\"arrow-was\" d=\"M-8-4 0 0-8 4z\"/></defs></svg>";

/// The legend of shapes.
pub fn kinds() -> String {
    let mut out = String::from("<p class=\"kinds\">");
    for (shape, words) in [
        ("person", "person"),
        ("official", "official"),
        ("body", "institution"),
        ("group", "group"),
        ("doc", "document, poll"),
        ("post", "post"),
        ("medium", "the paper’s own voice"),
    ] {
        let _ = write!(out, "<span>{}{words}</span>", Glyph { shape, hollow: false }.inline());
    }
    let _ = write!(out, "<span>{}hollow: not named</span></p>", Glyph { shape: "person", hollow: true }.inline());
    out
}

impl Scale {
    /// Where a number stands, in per cent of the width.
    pub fn x(&self, number: f64) -> f64 {
        let share = ((number - self.from) / (self.to - self.from)).clamp(-0.02, 1.02);
        2.0 + share * 93.0
    }

    /// The line of marks with their numbers, above a table's column.
    pub fn axis(&self) -> String {
        let mut out = String::from("<svg class=\"axis\" aria-hidden=\"true\">");
        let marks = self.marks();
        let each = if marks.len() > 6 { 2 } else { 1 };
        for (at, mark) in marks.iter().enumerate() {
            let x = self.x(*mark);
            let _ = write!(out, "<line class=\"grid\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"15\" y2=\"20\"/>");
            if at % each == 0 {
                let anchor = if at == 0 { "start" } else { "middle" };
                let _ = write!(out, "<text x=\"{x:.2}%\" y=\"11\" text-anchor=\"{anchor}\">{}</text>", short(*mark));
            }
        }
        out.push_str("</svg>");
        out
    }

    /// The marks through a row.
    pub fn grid(&self, out: &mut String) {
        for mark in self.marks() {
            let x = self.x(mark);
            let _ = write!(out, "<line class=\"grid\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"0\" y2=\"100%\"/>");
        }
    }

    /// Whether a name of a label would stand where the number of an end does.
    pub fn is_covered(&self, labels: &[Label]) -> bool {
        [(2.0, self.from), (95.0, self.to)].into_iter().any(|(end, mark)| {
            let half = short(mark).chars().count() as f64 * 0.5 + 0.8;
            labels.iter().any(|label| {
                let (begin, last) = label.extent(label.name.chars().count().min(26));
                begin < end + half && last > end - half
            })
        })
    }

    /// The base of a small line, with the numbers at its ends.
    pub fn base(&self, out: &mut String) {
        out.push_str("<line class=\"base\" x1=\"1%\" x2=\"97%\" y1=\"32\" y2=\"32\"/>");
        for mark in self.marks() {
            let x = self.x(mark);
            let _ = write!(out, "<line class=\"base\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"29\" y2=\"35\"/>");
        }
        for (end, mark) in [(2.0, self.from), (95.0, self.to)] {
            let _ =
                write!(out, "<text class=\"end\" x=\"{end}%\" y=\"49\" text-anchor=\"middle\">{}</text>", short(mark));
        }
    }
}

/// A figure on a line, at a height; whoever points at it is told the words, if there are any.
pub fn mark(scale: &Scale, figure: &Figure, glyph: Glyph, past: bool, (y, words): (u32, &str), out: &mut String) {
    let Some(point) = figure.point() else { return };
    let x = scale.x(point);
    let (low, high) = figure.bounds();
    let past_class = if past { " past" } else { "" };
    match (figure.bound.as_str(), low, high) {
        ("approximately", ..) => {
            let (a, b) = (scale.x(point * 0.9), scale.x(point * 1.1));
            let _ =
                write!(out, "<line class=\"appr{past_class}\" x1=\"{a:.2}%\" x2=\"{b:.2}%\" y1=\"{y}\" y2=\"{y}\"/>");
        }
        (_, Some(low), Some(high)) if low < high => {
            let (a, b) = (scale.x(low), scale.x(high));
            let _ =
                write!(out, "<line class=\"bar{past_class}\" x1=\"{a:.2}%\" x2=\"{b:.2}%\" y1=\"{y}\" y2=\"{y}\"/>");
            for end in [a, b] {
                let (top, foot) = (y - 6, y + 6);
                let _ =
                    write!(out, "<line class=\"cap\" x1=\"{end:.2}%\" x2=\"{end:.2}%\" y1=\"{top}\" y2=\"{foot}\"/>");
            }
        }
        (_, Some(_), None) => {
            let _ = write!(
                out,
                "<line class=\"open{past_class}\" x1=\"{x:.2}%\" x2=\"97%\" y1=\"{y}\" y2=\"{y}\"/><use href=\"#tip\" x=\"97%\" y=\"{y}\"/>"
            );
        }
        (_, None, Some(_)) => {
            let _ = write!(
                out,
                "<line class=\"open{past_class}\" x1=\"1%\" x2=\"{x:.2}%\" y1=\"{y}\" y2=\"{y}\"/><use href=\"#tipl\" x=\"1%\" y=\"{y}\"/>"
            );
        }
        _ => {}
    }
    let un = if glyph.hollow { " un" } else { "" };
    let shape = glyph.shape;
    let title = if words.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(words)) };
    let _ =
        write!(out, "<use class=\"k-{shape}{un}{past_class}\" href=\"#{shape}\" x=\"{x:.2}%\" y=\"{y}\">{title}</use>");
}

/// A label of a small line.
pub struct Label {
    pub x: f64,
    pub number: String,
    pub name: String,
}

impl Label {
    /// Which of its parts stands at its place: at the ends of a line it keeps within it.
    fn anchor(&self) -> &'static str {
        match self.x {
            x if x > 85.0 => "end",
            x if x < 12.0 => "start",
            _ => "middle",
        }
    }

    /// Where so many letters of it begin and end: each is some seven of the five hundred pixels of a line in a list at a desk.
    fn extent(&self, letters: usize) -> (f64, f64) {
        let wide = letters as f64 * 1.4;
        match self.anchor() {
            "end" => (self.x - wide, self.x),
            "start" => (self.x, self.x + wide),
            _ => (self.x - wide / 2.0, self.x + wide / 2.0),
        }
    }
}

/// Labels from left to right; one that would lie over its neighbour is left out, its mark stays. Their names stand below the
/// numbers of the ends where they would cover these.
pub fn labels(mut labels: Vec<Label>, is_low: bool, out: &mut String) {
    let foot = if is_low { 68 } else { 55 };
    labels.sort_by(|a, b| a.x.total_cmp(&b.x));
    let (mut number_end, mut name_end) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    // Some more on a telephone: a number that has no room there is left out there alone.
    const NARROW: f64 = 1.75;
    let mut narrow_end = f64::NEG_INFINITY;
    for label in labels {
        let anchor = label.anchor();
        let extent = |letters: usize| label.extent(letters);
        let (begin, end) = extent(label.number.chars().count());
        if begin > number_end {
            let (middle, wide) = ((begin + end) / 2.0, (end - begin) / 2.0 * NARROW);
            let (narrow_begin, narrow) = match anchor {
                "end" => (end - wide * 2.0, end),
                "start" => (begin, begin + wide * 2.0),
                _ => (middle - wide, middle + wide),
            };
            let is_minor = narrow_begin <= narrow_end;
            if !is_minor {
                narrow_end = narrow + 2.0;
            }
            let minor = if is_minor { " minor" } else { "" };
            let _ = write!(
                out,
                "<text class=\"strong{minor}\" x=\"{:.2}%\" y=\"13\" text-anchor=\"{anchor}\">{}</text>",
                label.x,
                escaped(&label.number)
            );
            number_end = end + 1.0;
            let name = shortened(&label.name, 26);
            let (begin, end) = extent(name.chars().count());
            if begin > name_end {
                let _ = write!(
                    out,
                    "<text class=\"lab\" x=\"{:.2}%\" y=\"{foot}\" text-anchor=\"{anchor}\">{}</text>",
                    label.x,
                    escaped(&name)
                );
                name_end = end + 1.0;
            }
        }
    }
}

/// Text of at most so many letters, cut between words.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.chars().count() + word.chars().count() + 1 > most {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_empty() {
        out = text.chars().take(most.saturating_sub(1)).collect();
    }
    out + "…"
}

/// A count to its last digit, with its thousands apart.
pub fn whole(count: usize) -> String {
    grouped(&count.to_string())
}

/// A number with its thousands apart, millions and more in words.
pub fn short(number: f64) -> String {
    let size = number.abs();
    let (value, word) = match size {
        s if s >= 1e12 => (number / 1e12, " trillion"),
        s if s >= 1e9 => (number / 1e9, " billion"),
        s if s >= 1e6 => (number / 1e6, " million"),
        _ => (number, ""),
    };
    let text = format!("{:.3}", value);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("−", d));
    let grouped = grouped(digits);
    match part {
        Some(part) => format!("{sign}{grouped}.{part}{word}"),
        None => format!("{sign}{grouped}{word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_marks_and_hold_every_number() {
        for numbers in [vec![8000.0, 40000.0], vec![6.6, 6.8], vec![5.0], vec![0.0], vec![-3.0, 12.0], vec![]] {
            let scale = Scale::of(numbers.iter().copied());
            for number in &numbers {
                assert!((1.9..=95.1).contains(&scale.x(*number)), "{numbers:?} {scale:?}");
            }
            assert!(scale.marks().len() <= 12, "{scale:?}");
        }
        assert_eq!(Scale::of([8000.0, 40000.0].into_iter()), Scale { from: 0.0, to: 40000.0, step: 10000.0 });
    }

    #[test]
    fn numbers_are_short_and_whole() {
        assert_eq!(short(35000.0), "35,000");
        assert_eq!(short(0.25), "0.25");
        assert_eq!(short(394e6), "394 million");
        assert_eq!(short(-1250.0), "−1,250");
        assert_eq!(shortened("the national disaster agency of the land", 26), "the national disaster…");
    }
}
