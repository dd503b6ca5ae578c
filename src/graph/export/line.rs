//! A dispute as a picture of its own: the figures that answer one question on one number line, a row each, without GraphViz.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::xml;
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

/// Draws a question whose figures have numbers; those of statements that are less sure than `least` are left out and counted.
pub fn draw(all: &Catalogue, question: &Question, least: f64) -> Option<String> {
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
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#1b1a18\">\n<title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fffefb\"/>\n<text x=\"20\" y=\"34\" font-size=\"21\" font-weight=\"bold\" font-family=\"Georgia, serif\">{0}</text>\n",
        xml(&title(all, question))
    );
    let lead = format!(
        "{} figures of {} articles{}",
        rows.len(),
        question
            .figures
            .iter()
            .map(|&f| all.statement(&all.figures[f as usize]).article)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        if left_out > 0 { format!("; {left_out} less sure left out") } else { String::new() }
    );
    let _ = writeln!(out, "<text x=\"20\" y=\"56\" fill=\"#57534c\">{}</text>", xml(&lead));
    for number in scale.marks() {
        let at = x(number);
        let _ = writeln!(
            out,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{:.0}\" y2=\"{foot:.0}\" stroke=\"#e0dbd0\"/><text x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\" fill=\"#57534c\" font-size=\"12\">{}</text>",
            HEAD - 6.0,
            HEAD - 12.0,
            short(number)
        );
    }
    for (n, row) in rows.iter().enumerate() {
        let y = HEAD + n as f64 * ROW + ROW / 2.0;
        let papers = match row.papers.len() {
            1 => row.papers[0].clone(),
            more => format!("{} and {} more", row.papers[0], more - 1),
        };
        let when = [papers, day(&row.published)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            out,
            "<text x=\"20\" y=\"{:.0}\"><tspan font-weight=\"bold\">{}</tspan> {}</text><text x=\"20\" y=\"{:.0}\" fill=\"#57534c\" font-size=\"11.5\">{}</text>",
            y - 2.0,
            xml(&cut(&row.figure.surface, 20)),
            xml(&cut(&row.who, 34)),
            y + 13.0,
            xml(&cut(&when, 58))
        );
        mark(row.figure, &x, y, &mut out);
        let line = HEAD + (n as f64 + 1.0) * ROW;
        let _ = writeln!(
            out,
            "<line x1=\"20\" x2=\"{:.0}\" y1=\"{line:.0}\" y2=\"{line:.0}\" stroke=\"#e0dbd0\"/>",
            WIDTH - 20.0
        );
    }
    for (n, pair) in pairs.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text x=\"20\" y=\"{:.0}\" fill=\"#a23e00\">≠ {}</text>",
            foot + 24.0 + n as f64 * 18.0,
            xml(pair)
        );
    }
    out.push_str("</svg>\n");
    Some(out)
}

/// A figure at its height: about is a dotted line, between a bar with ends, at least and at most a line with an arrow.
fn mark(figure: &Figure, x: &dyn Fn(f64) -> f64, y: f64, out: &mut String) {
    let Some(point) = figure.point() else { return };
    let (low, high) = figure.bounds();
    let line = |a: f64, b: f64, more: &str, out: &mut String| {
        let _ = write!(
            out,
            "<line x1=\"{a:.1}\" x2=\"{b:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#1b1a18\" stroke-width=\"2\"{more}/>"
        );
    };
    match (figure.bound.as_str(), low, high) {
        ("approximately", ..) => line(x(point * 0.9), x(point * 1.1).min(TO + 20.0), " stroke-dasharray=\"2 3\"", out),
        (_, Some(low), Some(high)) if low < high => {
            line(x(low), x(high), "", out);
            for end in [x(low), x(high)] {
                let (top, foot) = (y - 6.0, y + 6.0);
                let _ = write!(
                    out,
                    "<line x1=\"{end:.1}\" x2=\"{end:.1}\" y1=\"{top:.1}\" y2=\"{foot:.1}\" stroke=\"#1b1a18\" stroke-width=\"2\"/>"
                );
            }
        }
        (_, Some(_), None) => {
            line(x(point), TO + 10.0, "", out);
            let _ = write!(out, "<path d=\"M{:.1} {:.1}l9 5-9 5z\"/>", TO + 10.0, y - 5.0);
        }
        (_, None, Some(_)) => {
            line(FROM - 10.0, x(point), "", out);
            let _ = write!(out, "<path d=\"M{:.1} {:.1}l-9 5 9 5z\"/>", FROM - 10.0, y - 5.0);
        }
        _ => {}
    }
    let _ = writeln!(out, "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"#0072b2\" stroke=\"#1b1a18\"/>", x(point));
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
