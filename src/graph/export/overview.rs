//! Many articles as one picture that can be read: when it was said, which figures contradict each other, who is heard, in
//! which papers, and what several articles tell of. A graph of a thousand statements is a knot, and one of the hundred that
//! find room leaves out nearly all.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::drawing::{Anchor, BAD, Drawing, INK, RULE, SOFT, Shape, WIDTH, cut, mark, short};
use crate::graph::catalogue::{Catalogue, Question, Verdict};
use crate::graph::lists::less_sure;
use crate::graph::scale::{Scale, grouped};
use crate::graph::view::{day, days};

/// Rows of each part.
const DISPUTES: usize = 8;
const SPEAKERS: usize = 12;
const INCIDENTS: usize = 12;
/// Bars of the timeline at most: more days are drawn as months, more months as years.
const BARS: usize = 120;

/// Where a picture's rows begin and end, and the lines in them.
const LEFT: f64 = 20.0;
const RIGHT: f64 = WIDTH - 20.0;
const FROM: f64 = 400.0;
const TO: f64 = 850.0;
/// What is counted.
const BLUE: &str = "#0072b2";
const GREY: &str = "#aaa396";

/// A picture that grows downwards.
struct Sheet {
    shapes: Vec<Shape>,
    /// How far down it is full.
    y: f64,
}

impl Sheet {
    fn put(&mut self, at: (f64, f64), size: f64, colour: &'static str, text: impl Into<String>, anchor: Anchor) {
        self.shapes.push(Shape::Words { at, size, colour, bold: String::new(), text: text.into(), anchor });
    }

    fn bold(&mut self, at: (f64, f64), size: f64, bold: impl Into<String>, text: impl Into<String>) {
        let (bold, text) = (bold.into(), text.into());
        self.shapes.push(Shape::Words { at, size, colour: INK, bold, text, anchor: Anchor::Begin });
    }

    fn rule(&mut self, from: f64, to: f64, y: f64, colour: &'static str) {
        self.shapes.push(Shape::Line { from: (from, y), to: (to, y), wide: 1.0, colour, dashed: false });
    }

    fn bar(&mut self, at: (f64, f64), size: (f64, f64), colour: &'static str) {
        self.shapes.push(Shape::Bar { at, size, colour });
    }

    /// A heading under a rule; what it says of its rows stands beside it.
    fn part(&mut self, (from, to): (f64, f64), name: &str, told: &str) {
        self.rule(from, to, self.y + 22.0, INK);
        self.bold((from, self.y + 42.0), 15.0, name, "");
        self.put((to, self.y + 42.0), 11.5, SOFT, told, Anchor::End);
        self.y += 56.0;
    }
}

/// "1 article", "12,400 articles".
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&n.to_string()), if n == 1 { one } else { many })
}

/// Draws some statements of a store; `unsure` more are not sure enough.
pub fn draw(all: &Catalogue, chosen: &[u32], unsure: usize, title: Option<&str>) -> Drawing {
    let articles: BTreeSet<u32> = match title {
        Some(_) => chosen.iter().map(|&s| all.statements[s as usize].article).collect(),
        None => (0..all.articles.len() as u32).collect(),
    };
    let others: Vec<u32> = chosen.iter().copied().filter(|&s| !all.statements[s as usize].is_narrator()).collect();
    let papers: BTreeSet<&str> =
        articles.iter().map(|&a| all.articles[a as usize].publisher.as_str()).filter(|p| !p.is_empty()).collect();
    let mut printed: Vec<&str> =
        articles.iter().map(|&a| all.articles[a as usize].published.as_str()).filter(|d| !d.is_empty()).collect();
    printed.sort_unstable();
    let told = counted(articles.len(), "article", "articles");
    let title = title.map_or_else(|| format!("Who said what in {told}"), |t| format!("{} · {told}", cut(t, 60)));
    let lead = [
        counted(papers.len(), "paper", "papers"),
        days(printed.first().copied(), printed.last().copied()),
        format!("{} by others than the papers", counted(others.len(), "statement", "statements")),
        match unsure {
            0 => String::new(),
            n => less_sure(n, "statement", "statements").replacen(&n.to_string(), &grouped(&n.to_string()), 1),
        },
    ];
    let lead = lead.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    let mut sheet = Sheet { shapes: Vec::new(), y: 60.0 };
    sheet.put((LEFT, 56.0), 13.0, SOFT, lead, Anchor::Begin);
    timeline(all, &others, &mut sheet);
    disputes(all, chosen, &mut sheet);
    let top = sheet.y;
    speakers(all, &others, &mut sheet);
    let foot = std::mem::replace(&mut sheet.y, top);
    self::papers(all, chosen, &mut sheet);
    sheet.y = sheet.y.max(foot);
    incidents(all, &articles, &mut sheet);
    Drawing { title, height: sheet.y + 24.0, shapes: sheet.shapes }
}

/// Statements a day, a month or a year.
fn timeline(all: &Catalogue, others: &[u32], sheet: &mut Sheet) {
    let row = |&s: &u32| &all.statements[s as usize];
    let mut said: Vec<&str> = others.iter().map(row).map(|s| s.day(all.article(s))).filter(|d| d.len() == 10).collect();
    said.sort_unstable();
    // A few words of long ago would make all bars thin.
    let edge = if said.len() > 10 * BARS { said.len() / 50 } else { 0 };
    let said = &said[edge..said.len() - edge];
    let (Some(first), Some(last)) = (said.first(), said.last()) else { return };
    let found = [(10, "day"), (7, "month"), (4, "year")].into_iter().find_map(|(letters, name)| {
        let units = units(&first[..letters], &last[..letters])?;
        Some((letters, name, units))
    });
    let Some((letters, name, units)) = found else { return };
    let mut counts: BTreeMap<&str, usize> = units.iter().map(|unit| (unit.as_str(), 0)).collect();
    said.iter().for_each(|d| *counts.entry(&d[..letters]).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    let apart = match edge {
        0 => String::new(),
        n => format!("; the {} said first and last are not drawn", grouped(&(2 * n).to_string())),
    };
    let told = format!("a bar a {name}; the highest stands for {}{apart}", counted(most, "statement", "statements"));
    sheet.part((LEFT, RIGHT), "When it was said", &told);
    const HIGH: f64 = 84.0;
    let each = (RIGHT - LEFT) / counts.len() as f64;
    // As many days are written as find room.
    let every = counts.len().div_ceil(8);
    for (n, (unit, count)) in counts.iter().enumerate() {
        let (x, high) = (LEFT + each * n as f64, HIGH * *count as f64 / most as f64);
        if *count > 0 {
            sheet.bar((x, sheet.y + HIGH - high), ((each * 0.82).clamp(0.6, 40.0), high), BLUE);
        }
        if n % every == 0 && RIGHT - x > 70.0 || n == 0 {
            sheet.put((x, sheet.y + HIGH + 15.0), 11.5, SOFT, day(unit), Anchor::Begin);
        }
    }
    sheet.rule(LEFT, RIGHT, sheet.y + HIGH, SOFT);
    sheet.y += HIGH + 20.0;
}

/// Every day, month or year from one to another; nothing where they are more than there is room for.
fn units(first: &str, last: &str) -> Option<Vec<String>> {
    let begin = |unit: &str| format!("{unit}{}", &"0000-01-01"[unit.len().min(10)..]).parse::<Date>().ok();
    let (mut now, last) = (begin(first)?, begin(last)?);
    let step = match first.len() {
        10 => jiff::Span::new().days(1),
        7 => jiff::Span::new().months(1),
        _ => jiff::Span::new().years(1),
    };
    let mut out = Vec::new();
    while now <= last {
        if out.len() == BARS {
            return None;
        }
        out.push(now.to_string()[..first.len()].to_owned());
        now = now.checked_add(step).ok()?;
    }
    Some(out)
}

/// A question with the figures of it that are chosen.
struct Disputed<'c> {
    question: &'c Question,
    figures: Vec<u32>,
    pairs: usize,
    ratio: f64,
}

/// The questions whose figures contradict each other, most pairs first, then farthest apart; where none does, those whose
/// figures differ most.
fn disputes(all: &Catalogue, chosen: &[u32], sheet: &mut Sheet) {
    let mut is_chosen = vec![false; all.statements.len()];
    chosen.iter().for_each(|&s| is_chosen[s as usize] = true);
    let fits = |figure: u32| is_chosen[all.figures[figure as usize].statement as usize];
    let mut found: Vec<Disputed> = Vec::new();
    for question in all.questions.iter().filter(|q| q.figures.len() > 1) {
        let has_point = |f: &u32| all.figures[*f as usize].point().is_some();
        let figures: Vec<u32> = question.figures.iter().copied().filter(|&f| fits(f)).filter(has_point).collect();
        let pairs = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]);
        let pairs = pairs.filter(|c| c.verdict == Verdict::Contradicts && !c.repeats && fits(c.left) && fits(c.right));
        let pairs = pairs.count();
        let points = || figures.iter().filter_map(|&f| all.figures[f as usize].point());
        let (low, high) = (points().fold(f64::INFINITY, f64::min), points().fold(0.0, f64::max));
        let ratio = if low > 0.0 { high / low } else { 1.0 };
        if figures.len() > 1 && (pairs > 0 || ratio > 1.0 && all.is_telling(question)) {
            found.push(Disputed { question, figures, pairs, ratio });
        }
    }
    let contested = found.iter().filter(|d| d.pairs > 0).count();
    if contested > 0 {
        found.retain(|d| d.pairs > 0);
    }
    found.sort_by(|a, b| {
        let pairs = |d: &Disputed| std::cmp::Reverse(d.pairs.min(5));
        pairs(a).cmp(&pairs(b)).then(b.ratio.total_cmp(&a.ratio)).then_with(|| a.question.iri.cmp(&b.question.iri))
    });
    if found.is_empty() {
        return;
    }
    let (heading, what) = match contested {
        0 => ("Farthest apart", "no two figures that are sure contradict each other"),
        _ => ("Strongest disputes", "figures that cannot all be true"),
    };
    let told = format!("{what}; {} of {}", found.len().min(DISPUTES), counted(found.len(), "question", "questions"));
    sheet.part((LEFT, RIGHT), heading, &told);
    for dispute in found.iter().take(DISPUTES) {
        line(all, dispute, sheet);
    }
}

/// One question as a number line.
fn line(all: &Catalogue, dispute: &Disputed, sheet: &mut Sheet) {
    const HIGH: f64 = 62.0;
    let question = dispute.question;
    let asked = all.asked(question);
    let mut letters = asked.chars();
    let name: String = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
    let incident = question.incident.map_or("", |i| all.incidents[i as usize].label.as_str());
    let (y, middle) = (sheet.y, sheet.y + 22.0);
    sheet.bold((LEFT, y + 18.0), 13.0, cut(&name, 44), "");
    sheet.put((LEFT, y + 35.0), 11.5, SOFT, cut(incident, 58), Anchor::Begin);
    let figures = || dispute.figures.iter().map(|&f| &all.figures[f as usize]);
    let numbers = figures().flat_map(|figure| {
        let (low, high) = figure.bounds();
        [figure.point(), low, high].into_iter().flatten()
    });
    let scale = Scale::of(numbers);
    let x = |number: f64| FROM + (number - scale.from) / (scale.to - scale.from) * (TO - FROM);
    sheet.rule(FROM, TO, middle, GREY);
    for number in scale.marks() {
        let at = x(number);
        let (from, to) = ((at, middle - 3.0), (at, middle + 3.0));
        sheet.shapes.push(Shape::Line { from, to, wide: 1.0, colour: GREY, dashed: false });
    }
    sheet.put((FROM, y + 11.0), 10.5, SOFT, short(scale.from), Anchor::Begin);
    sheet.put((TO, y + 11.0), 10.5, SOFT, short(scale.to), Anchor::End);
    let mut done: Vec<(String, String)> = Vec::new();
    for figure in figures() {
        // The same figure is drawn once, whoever gives it.
        let key = (format!("{:?}", figure.bounds()), figure.bound.to_string());
        if !done.contains(&key) {
            done.push(key);
            mark(figure, &x, middle, (FROM, TO), &mut sheet.shapes);
        }
    }
    let point = |f: &&u32| all.figures[**f as usize].point().unwrap_or(0.0);
    let ends = [
        dispute.figures.iter().min_by(|a, b| point(a).total_cmp(&point(b)).then(a.cmp(b))),
        dispute.figures.iter().max_by(|a, b| point(a).total_cmp(&point(b)).then(b.cmp(a))),
    ];
    // The lowest stands under the left half of the line, the highest under the right.
    for (end, place, anchor) in [(ends[0], FROM, Anchor::Begin), (ends[1], TO, Anchor::End)] {
        if let Some(&figure) = end {
            let figure = &all.figures[figure as usize];
            let told = format!("{}, {}", cut(&figure.surface, 20), cut(&all.voice(all.statement(figure)), 20));
            sheet.put((place, y + 46.0), 11.5, INK, cut(&told, 36), anchor);
        }
    }
    let times = if dispute.ratio >= 1.05 {
        format!("×{}", short((dispute.ratio * 10.0).round() / 10.0))
    } else {
        String::new()
    };
    sheet.shapes.push(Shape::Words {
        at: (RIGHT, y + 18.0),
        size: 15.0,
        colour: INK,
        bold: times,
        text: String::new(),
        anchor: Anchor::End,
    });
    if dispute.pairs > 0 {
        sheet.put((RIGHT, y + 35.0), 11.5, BAD, format!("≠ {}", counted(dispute.pairs, "pair", "pairs")), Anchor::End);
    }
    sheet.y += HIGH;
    sheet.rule(LEFT, RIGHT, sheet.y - 6.0, RULE);
}

/// Names with a bar and a number each, in one half of the picture.
fn bars(sheet: &mut Sheet, (from, to): (f64, f64), rows: &[(String, usize, String)]) {
    let most = rows.iter().map(|(_, n, _)| *n).max().unwrap_or(1).max(1);
    // Name, bar and number each have a place of their own.
    let (begin, end) = (from + 210.0, to - 124.0);
    for (name, n, told) in rows {
        sheet.put((from, sheet.y + 12.0), 12.5, INK, cut(name, 28), Anchor::Begin);
        sheet.bar((begin, sheet.y + 2.0), (((end - begin) * *n as f64 / most as f64).max(1.0), 11.0), GREY);
        sheet.put((to, sheet.y + 12.0), 11.5, SOFT, told.as_str(), Anchor::End);
        sheet.y += 20.0;
    }
}

/// Who is heard most.
fn speakers(all: &Catalogue, others: &[u32], sheet: &mut Sheet) {
    let mut said: BTreeMap<u32, (usize, BTreeSet<u32>)> = BTreeMap::new();
    for &at in others {
        let statement = &all.statements[at as usize];
        let ones: BTreeSet<u32> = statement.speakers.iter().map(|&a| all.one(a)).collect();
        for one in ones {
            let count = said.entry(one).or_default();
            count.0 += 1;
            count.1.insert(statement.article);
        }
    }
    let mut rows: Vec<(u32, usize, usize)> = said.into_iter().map(|(a, (n, in_))| (a, n, in_.len())).collect();
    rows.sort_by_key(|&(a, n, _)| (std::cmp::Reverse(n), &all.agents[a as usize].name, a));
    let half = (LEFT, 480.0);
    sheet.part(half, "Heard most", &format!("statements; of {}", counted(rows.len(), "speaker", "speakers")));
    let told = |n: usize, articles: usize| {
        format!("{} in {}", grouped(&n.to_string()), counted(articles, "article", "articles"))
    };
    let rows: Vec<(String, usize, String)> = rows
        .into_iter()
        .take(SPEAKERS)
        .map(|(a, n, articles)| (all.agents[a as usize].name.clone(), n, told(n, articles)))
        .collect();
    bars(sheet, half, &rows);
}

/// The papers, by their articles.
fn papers(all: &Catalogue, chosen: &[u32], sheet: &mut Sheet) {
    let mut counts: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for &at in chosen {
        let statement = &all.statements[at as usize];
        counts.entry(all.article(statement).paper()).or_default().insert(statement.article);
    }
    let named = counts.keys().filter(|name| all.articles.iter().any(|a| a.publisher == **name)).count();
    let mut rows: Vec<(&str, usize)> = counts.into_iter().map(|(name, articles)| (name, articles.len())).collect();
    rows.sort_by_key(|&(name, n)| (std::cmp::Reverse(n), name));
    let half = (510.0, RIGHT);
    sheet.part(half, "Papers", &format!("articles; of {}", counted(named, "paper", "papers")));
    let row = |(name, n): (&str, usize)| (name.to_owned(), n, counted(n, "article", "articles"));
    bars(sheet, half, &rows.into_iter().take(SPEAKERS).map(row).collect::<Vec<_>>());
}

/// What several articles tell of, each with the days on which they were printed.
fn incidents(all: &Catalogue, articles: &BTreeSet<u32>, sheet: &mut Sheet) {
    let mut rows: Vec<(&str, Vec<Date>, usize)> = Vec::new();
    for incident in &all.incidents {
        let own = || incident.articles.iter().filter(|a| articles.contains(a));
        let mut days: Vec<Date> = own().filter_map(|&a| all.articles[a as usize].published.parse().ok()).collect();
        days.sort_unstable();
        if own().count() > 1 {
            rows.push((&incident.label, days, own().count()));
        }
    }
    if rows.is_empty() {
        return;
    }
    rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(b.0)));
    let told = format!("{} of {}", rows.len().min(INCIDENTS), counted(rows.len(), "incident", "incidents"));
    rows.truncate(INCIDENTS);
    sheet.part((LEFT, RIGHT), "What several articles tell of", &told);
    let dates = || rows.iter().flat_map(|(_, days, _)| days.iter().copied());
    let axis = dates().min().zip(dates().max());
    let wide = axis.and_then(|(a, b)| a.until(b).ok()).map_or(0, |span| span.get_days());
    let x = |date: Date| match axis.and_then(|(first, _)| first.until(date).ok()) {
        Some(since) if wide > 0 => FROM + (TO - FROM) * f64::from(since.get_days()) / f64::from(wide),
        _ => (FROM + TO) / 2.0,
    };
    if let Some((first, last)) = axis {
        sheet.put((FROM, sheet.y + 4.0), 11.5, SOFT, day(&first.to_string()), Anchor::Begin);
        sheet.put((TO, sheet.y + 4.0), 11.5, SOFT, day(&last.to_string()), Anchor::End);
        sheet.y += 10.0;
    }
    for (label, days, count) in &rows {
        sheet.put((LEFT, sheet.y + 15.0), 12.5, INK, cut(label, 56), Anchor::Begin);
        if let (Some(&first), Some(&last)) = (days.first(), days.last()) {
            sheet.rule(x(first), x(last), sheet.y + 11.0, GREY);
        }
        let distinct: BTreeSet<Date> = days.iter().copied().collect();
        for date in distinct {
            sheet.bar((x(date) - 3.0, sheet.y + 8.0), (6.0, 6.0), BLUE);
        }
        sheet.put((RIGHT, sheet.y + 15.0), 11.5, SOFT, counted(*count, "article", "articles"), Anchor::End);
        sheet.y += 22.0;
    }
}
