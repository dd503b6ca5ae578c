//! A dispute as a picture of its own: the figures that answer one question on one number line, a row each. It is laid out
//! here; as SVG it needs no other program.

use std::collections::BTreeMap;

use super::drawing::{Anchor, BAD, Drawing, INK, RULE, SOFT, Shape, WIDTH, cut, mark, short};
use crate::graph::catalogue::{Catalogue, Figure, Question, Verdict};
use crate::graph::scale::Scale;
use crate::graph::view::day;

/// Where the line begins and ends, how high title and rows are.
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
        anchor: Anchor::Begin,
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
            anchor: Anchor::Middle,
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
            anchor: Anchor::Begin,
        });
        shapes.push(words((20.0, y + 13.0), 11.5, SOFT, cut(&when, 58)));
        mark(row.figure, &x, y, (FROM, TO), &mut shapes);
        let line = HEAD + (n as f64 + 1.0) * ROW;
        let (from, to) = ((20.0, line), (WIDTH - 20.0, line));
        shapes.push(Shape::Line { from, to, wide: 1.0, colour: RULE, dashed: false });
    }
    for (n, pair) in pairs.iter().enumerate() {
        shapes.push(words((20.0, foot + 24.0 + n as f64 * 18.0), 13.0, BAD, format!("≠ {pair}")));
    }
    Some(Drawing { title: title(all, question), height, shapes })
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
