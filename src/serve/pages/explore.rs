//! One choice in three pictures: when it was said, who stands against whom, and where it happened. Each is a list, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::line::{self, Glyph, short, shortened};
use super::lists::heard;
use super::{Failed, Page, View, counted, day, encoded, escaped, field, nothing, span};
use crate::graph::catalogue::{Filter, Row, Verdict};
use crate::graph::export::sheet::{self, Place};

/// Speakers of the picture at most, and how many of them bear their names.
const NODES: usize = 80;
const NAMED: usize = 45;
/// Bars of the timeline at most: more days are drawn as months, more months as years.
const BARS: usize = 120;

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let mut filter: Filter = view.filter.clone();
    let mut told = Vec::new();
    for iri in view.many("incident") {
        if let Some(Row::Incident(at)) = all.row(iri) {
            let incident = &all.incidents[at as usize];
            told.push(incident.label.clone());
            filter.document.extend(incident.articles.iter().map(|&a| all.articles[a as usize].iri.clone()));
        }
    }
    let (chosen, unsure) = filter.choose(all);
    let others: Vec<u32> = chosen.iter().copied().filter(|&s| !all.statements[s as usize].is_narrator()).collect();
    let lead = format!(
        "{} by others than the papers themselves{}.",
        counted(others.len(), "statement", "statements"),
        if told.is_empty() { String::new() } else { format!(", told of {}", escaped(&told.join("; "))) }
    );
    let mut body = view.head("When, where, who against whom", &lead, "");
    let first = |values: &[String]| values.first().cloned().unwrap_or_default();
    let _ = write!(
        body,
        "<form class=\"controls\" action=\"/explore\">{}{}{}{}{}{}<button>Show</button></form>",
        view.keep(&["q", "speaker", "place", "since", "until"]),
        field("q", "search", "Words", &first(&filter.about)),
        field("speaker", "search", "Speaker", &first(&filter.speaker)),
        field("place", "search", "Place", &first(&filter.place)),
        field("since", "date", "From", filter.since.as_deref().unwrap_or_default()),
        field("until", "date", "To", filter.until.as_deref().unwrap_or_default())
    );
    if others.is_empty() {
        body += &nothing("Nothing fits", "Take one of the filters away, or <a href=\"/explore\">begin anew</a>.");
    } else {
        timeline(view, &others, &mut body);
        network(view, &others, &mut body);
        places(view, &others, &mut body);
    }
    if unsure > 0 {
        let _ = write!(
            body,
            "<p class=\"left\"><b>{} left out</b> as less sure. <a href=\"{}\">Show all</a></p>",
            counted(unsure, "statement is", "statements are"),
            view.with("min", "0")
        );
    }
    let mut page = Page::new("/explore", "Explore", body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        page.sheets.push(sheet::statements(&view.site.store, all, &chosen, &place)?);
        page.sheets.push(sheet::speakers(all, &chosen));
    }
    Ok(page)
}

/// Statements a day, a month or a year, as bars and as a list.
fn timeline(view: &View, chosen: &[u32], body: &mut String) {
    let all = &view.all;
    let mut days: Vec<&str> = chosen
        .iter()
        .map(|&s| &all.statements[s as usize])
        .map(|s| s.day(all.article(s)))
        .filter(|d| d.len() == 10)
        .collect();
    days.sort_unstable();
    body.push_str("<section aria-labelledby=\"h-tl\"><h2 id=\"h-tl\">When it was said</h2>");
    // A few words of long ago would make all bars thin.
    let most_days = days.iter().collect::<BTreeSet<_>>().len();
    let edge = if most_days > BARS { days.len() / 50 } else { 0 };
    let outside = edge * 2;
    let days = &days[edge..days.len() - edge];
    let mut letters = 10;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cut in [10, 7, 4] {
        counts = BTreeMap::new();
        days.iter().for_each(|d| *counts.entry(&d[..cut]).or_default() += 1);
        letters = cut;
        if counts.len() <= BARS {
            break;
        }
    }
    if counts.is_empty() {
        body.push_str("<p>No day is known of these statements.</p></section>");
        return;
    }
    let most = counts.values().copied().max().unwrap_or(1);
    let unit = match letters {
        10 => "day",
        7 => "month",
        _ => "year",
    };
    let _ = write!(
        body,
        "<p class=\"small muted\">A bar a {unit} with something said, {}; the highest stands for {}.{}</p><svg class=\"tl\" role=\"group\" aria-label=\"Statements a {unit}\">",
        span(days.iter().copied()),
        counted(most, "statement", "statements"),
        if outside > 0 {
            format!(" The {} said first and last are not drawn.", short(outside as f64))
        } else {
            String::new()
        }
    );
    let wide = 96.0 / counts.len() as f64;
    let each = counts.len().div_ceil(8);
    for (at, (when, n)) in counts.iter().enumerate() {
        let high = *n as f64 * 225.0 / most as f64;
        let x = 2.0 + wide * at as f64;
        let (since, until) = range(when);
        let _ = write!(
            body,
            "<a href=\"{}\" aria-label=\"{}: {}\"><rect class=\"fill\" x=\"{x:.2}%\" width=\"{:.2}%\" y=\"{:.1}\" height=\"{high:.1}\"/></a>",
            statements(view, &[("since", &since), ("until", &until)]),
            escaped(&day(when)),
            counted(*n, "statement", "statements"),
            (wide * 0.82).max(0.2),
            245.0 - high
        );
        if at % each == 0 {
            let anchor = if at == 0 {
                "start"
            } else if x > 90.0 {
                "end"
            } else {
                "middle"
            };
            let _ = write!(
                body,
                "<text x=\"{:.2}%\" y=\"265\" text-anchor=\"{anchor}\">{}</text>",
                x + wide * 0.4,
                escaped(&day(when))
            );
        }
    }
    let _ = write!(
        body,
        "<line class=\"axisline\" x1=\"2%\" x2=\"98%\" y1=\"245\" y2=\"245\"/></svg><details class=\"fold\"><summary>As a list</summary><ul class=\"pairs\">"
    );
    for (when, n) in &counts {
        let (since, until) = range(when);
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a> {}</li>",
            statements(view, &[("since", &since), ("until", &until)]),
            escaped(&day(when)),
            short(*n as f64)
        );
    }
    body.push_str("</ul></details></section>");
}

/// The first and the last day of a day, month or year.
fn range(when: &str) -> (String, String) {
    match when.len() {
        10 => (when.to_owned(), when.to_owned()),
        7 => {
            let last = format!("{when}-01").parse::<jiff::civil::Date>().map_or(31, |d| d.days_in_month());
            (format!("{when}-01"), format!("{when}-{last:02}"))
        }
        _ => (format!("{when}-01-01"), format!("{when}-12-31")),
    }
}

/// The address of the statements of this choice, narrowed further.
fn statements(view: &View, more: &[(&str, &str)]) -> String {
    let given = view
        .given
        .iter()
        .filter(|(n, v)| !v.is_empty() && n != "as" && n != "page" && more.iter().all(|(name, _)| n != name));
    let pairs = given.map(|(n, v)| (n.as_str(), v.as_str())).chain(more.iter().copied());
    let pairs: Vec<String> = pairs.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
    escaped(&format!("/statements?{}", pairs.join("&")))
}

/// Who stands against whom: a line for figures that cannot both be true, a thinner one for figures that agree.
fn network(view: &View, chosen: &[u32], body: &mut String) {
    let all = &view.all;
    let wanted: BTreeSet<u32> = chosen.iter().copied().collect();
    let mut name_of: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for row in heard(all, |_| true) {
        name_of.entry(all.agents[row.agent as usize].name.clone()).or_insert((row.agent, row.statements.len()));
    }
    let mut edges: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for comparison in &all.comparisons {
        let pair = [comparison.left, comparison.right].map(|f| all.figures[f as usize].statement);
        let is_chosen = pair.iter().all(|s| wanted.contains(s));
        let names = pair.map(|s| all.who(&all.statements[s as usize]));
        if !is_chosen || names[0] == names[1] {
            continue;
        }
        let [a, b] = names;
        let edge = edges.entry(if a < b { (a, b) } else { (b, a) }).or_default();
        match comparison.verdict {
            Verdict::Contradicts => edge.0 += 1,
            Verdict::Agrees | Verdict::Compatible => edge.1 += 1,
            _ => {}
        }
    }
    edges.retain(|_, (against, with)| *against + *with > 0);
    body.push_str("<section aria-labelledby=\"h-net\"><h2 id=\"h-net\">Who against whom</h2>");
    if edges.is_empty() {
        body.push_str("<p>No two speakers of this choice give figures for one question.</p></section>");
        return;
    }
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    for ((a, b), (against, with)) in &edges {
        *weight.entry(a).or_default() += against * 3 + with;
        *weight.entry(b).or_default() += against * 3 + with;
    }
    let mut nodes: Vec<&str> = weight.keys().copied().collect();
    nodes.sort_by_key(|n| (std::cmp::Reverse(weight[n]), *n));
    let total = nodes.len();
    nodes.truncate(NODES);
    let place: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let lines: Vec<(usize, usize, usize, usize)> = edges
        .iter()
        .filter_map(|((a, b), (against, with))| {
            Some((*place.get(a.as_str())?, *place.get(b.as_str())?, *against, *with))
        })
        .collect();
    let points = layout(nodes.len(), &lines);
    let _ = write!(
        body,
        "<p class=\"small muted\">A dashed red line: figures that cannot both be true. A grey line: figures that agree or can both be true. {}</p><div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"Network\"><svg class=\"net\" viewBox=\"0 0 1000 620\" role=\"group\" aria-label=\"Who contradicts whom; the list below says the same\">",
        if total > nodes.len() {
            format!("Shown are the {} with most lines of {}.", nodes.len(), short(total as f64))
        } else {
            String::new()
        }
    );
    for &(a, b, against, _) in &lines {
        let class = if against > 0 { "e contra" } else { "e" };
        let ((x1, y1), (x2, y2)) = (points[a], points[b]);
        let _ = write!(body, "<line class=\"{class}\" x1=\"{x1:.0}\" y1=\"{y1:.0}\" x2=\"{x2:.0}\" y2=\"{y2:.0}\"/>");
    }
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for (at, name) in nodes.iter().enumerate() {
        let (x, y) = points[at];
        let glyph = name_of.get(*name).map(|(agent, _)| {
            let statement = all.agents[*agent as usize].statements[0];
            Glyph::of(all, &all.statements[statement as usize])
        });
        let glyph = glyph.unwrap_or(Glyph { shape: "person", hollow: true });
        let un = if glyph.hollow { " un" } else { "" };
        let mark = format!("<use class=\"k-{0}{un}\" href=\"#{0}\" x=\"{x:.0}\" y=\"{y:.0}\"/>", glyph.shape);
        let label = shortened(name, 24);
        let wide = label.chars().count() as f64 * 6.4;
        let (from, anchor, tx) =
            if x > 800.0 { (x - 10.0 - wide, "end", x - 10.0) } else { (x + 10.0, "start", x + 10.0) };
        let is_free = taken.iter().all(|(a, b, ty)| from > b + 4.0 || from + wide < a - 4.0 || (y - ty).abs() > 13.0);
        let text = if at < NAMED && is_free {
            taken.push((from, from + wide, y));
            format!("<text x=\"{tx:.0}\" y=\"{:.0}\" text-anchor=\"{anchor}\">{}</text>", y + 4.0, escaped(&label))
        } else {
            String::new()
        };
        let address = match name_of.get(*name) {
            Some((agent, _)) => format!("/entity?iri={}", encoded(&all.agents[*agent as usize].iri)),
            None => format!("/statements?speaker={}", encoded(name)),
        };
        let _ = write!(body, "<a href=\"{address}\"><title>{0}</title>{mark}{text}</a>", escaped(name));
    }
    body.push_str("</svg></div>");
    *body += &line::kinds();
    body.push_str("<details class=\"fold\"><summary>As a list</summary><ul class=\"pairs\">");
    let mut rows: Vec<_> = edges.iter().collect();
    rows.sort_by_key(|(names, (against, with))| (std::cmp::Reverse(*against), std::cmp::Reverse(*with), *names));
    for ((a, b), (against, with)) in rows.into_iter().take(300) {
        let _ = write!(body, "<li>{} and {}: ", escaped(a), escaped(b));
        if *against > 0 {
            let _ = write!(
                body,
                "<span class=\"v contra\">{}</span> ",
                counted(*against, "pair contradicts", "pairs contradict")
            );
        }
        if *with > 0 {
            let _ = write!(body, "{}", counted(*with, "pair fits", "pairs fit"));
        }
        body.push_str("</li>");
    }
    body.push_str("</ul></details></section>");
}

/// Places for nodes: springs along the lines, all nodes pushing one another away. Without chance, so that the same choice
/// gives the same picture.
fn layout(count: usize, lines: &[(usize, usize, usize, usize)]) -> Vec<(f64, f64)> {
    let (width, height, edge) = (1000.0, 620.0, 24.0);
    let golden = 2.399_963_229_728_653;
    let mut points: Vec<(f64, f64)> = (0..count)
        .map(|n| {
            let far = ((n as f64 + 0.5) / count as f64).sqrt();
            let turn = n as f64 * golden;
            (
                width / 2.0 + far * turn.cos() * (width / 2.0 - edge),
                height / 2.0 + far * turn.sin() * (height / 2.0 - edge),
            )
        })
        .collect();
    let ideal = (width * height / count.max(1) as f64).sqrt() * 0.72;
    for step in 0..160 {
        let mut moves = vec![(0.0, 0.0); count];
        for a in 0..count {
            for b in a + 1..count {
                let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
                let far = (dx * dx + dy * dy).sqrt().max(0.1);
                // Far neighbours leave one another alone, so that parts without a line between them stay together.
                if far > ideal * 2.5 {
                    continue;
                }
                let push = ideal * ideal / far / far;
                let (px, py) = (dx * push, dy * push);
                moves[a] = (moves[a].0 + px, moves[a].1 + py);
                moves[b] = (moves[b].0 - px, moves[b].1 - py);
            }
        }
        for &(a, b, ..) in lines {
            let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
            let far = (dx * dx + dy * dy).sqrt().max(0.1);
            let pull = far / ideal * 0.5;
            moves[a] = (moves[a].0 - dx * pull, moves[a].1 - dy * pull);
            moves[b] = (moves[b].0 + dx * pull, moves[b].1 + dy * pull);
        }
        for (point, pull) in points.iter().zip(&mut moves) {
            pull.0 += (width / 2.0 - point.0) * 0.12;
            pull.1 += (height / 2.0 - point.1) * 0.2;
        }
        let most = 60.0 * (1.0 - f64::from(step) / 160.0) + 1.0;
        for (point, (mx, my)) in points.iter_mut().zip(moves) {
            let far = (mx * mx + my * my).sqrt().max(0.1);
            let share = far.min(most) / far;
            point.0 = (point.0 + mx * share).clamp(edge, width - edge);
            point.1 = (point.1 + my * share).clamp(edge, height - edge);
        }
    }
    points
}

/// The places that statements tell of.
fn places(view: &View, chosen: &[u32], body: &mut String) {
    let all = &view.all;
    let mut counts: BTreeMap<&str, (usize, BTreeSet<u32>)> = BTreeMap::new();
    for &at in chosen {
        let statement = &all.statements[at as usize];
        for place in &statement.places {
            let count = counts.entry(place).or_default();
            count.0 += 1;
            count.1.insert(statement.article);
        }
    }
    body.push_str("<section aria-labelledby=\"h-pl\"><h2 id=\"h-pl\">Where it happened</h2>");
    if counts.is_empty() {
        body.push_str("<p>No event of these statements has a place.</p></section>");
        return;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(name, (n, _))| (std::cmp::Reverse(*n), *name));
    let most = rows[0].1.0;
    body.push_str("<table class=\"bars\"><thead><tr><th scope=\"col\">Place</th><td></td><th scope=\"col\" class=\"n\">statements</th><th scope=\"col\" class=\"n\">articles</th></tr></thead><tbody>");
    for (name, (n, articles)) in rows.iter().take(25) {
        let _ = write!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{n}</td><td class=\"n\">{}</td></tr>",
            statements(view, &[("place", name)]),
            escaped(name),
            *n as f64 * 100.0 / most as f64,
            articles.len()
        );
    }
    body.push_str("</tbody></table>");
    if rows.len() > 25 {
        let _ = write!(body, "<p class=\"left\">{} more places with fewer statements.</p>", rows.len() - 25);
    }
    body.push_str("</section>");
}
