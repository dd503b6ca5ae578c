//! Who stands against whom: a picture of speakers, and the same as a list.
//!
//! Each part of the picture that hangs together is laid out by itself and the parts are put into rows, so that many small
//! ones stay readable beside a large one. Nothing is left to chance: the same choice gives the same picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::line::{self, Glyph, short, shortened};
use super::lists::heard;
use super::paging::Paging;
use super::{Failed, View, counted, encoded, escaped};
use crate::graph::catalogue::Verdict;

/// Speakers of the picture at most.
const NODES: usize = 300;
/// Pairs of a part of the list.
const PAIRS: usize = 100;
/// Its width; the height follows.
const WIDTH: f64 = 1200.0;
/// Between neighbours, and between parts.
const IDEAL: f64 = 74.0;
const GAP: f64 = 18.0;
/// Letters of a name, the width of one, the height of a line.
const LETTERS: usize = 24;
const LETTER: f64 = 6.6;
const LINE: f64 = 14.0;

/// How often two speakers' figures cannot both be true, and how often they can.
type Edges = BTreeMap<(String, String), (usize, usize)>;

/// A line of the picture: its two ends, and whether it is a contradiction.
struct Tie {
    ends: (usize, usize),
    against: bool,
}

pub(super) fn section(view: &View, chosen: &[u32], beside: &[u32], body: &mut String) -> Result<(), Failed> {
    let edges = edges(view, chosen, beside);
    body.push_str("<section aria-labelledby=\"h-net\"><h2 id=\"h-net\">Who against whom</h2>");
    if edges.is_empty() {
        body.push_str("<p>No two speakers of this choice give figures for one question.</p></section>");
        return Ok(());
    }
    picture(view, &edges, body);
    *body += &line::kinds();
    list(view, &edges, body)?;
    body.push_str("</section>");
    Ok(())
}

/// Those whose figures were compared with one speaker's, and with one another's; nothing where there is nobody.
pub(super) fn around(view: &View, names: &[String], body: &mut String) {
    let all = &view.all;
    let chosen: Vec<u32> =
        (0..all.statements.len() as u32).filter(|&s| view.filter.trusts(&all.statements[s as usize])).collect();
    let mut edges = edges(view, &chosen, &chosen);
    let near: BTreeSet<String> = edges
        .keys()
        .filter(|(a, b)| names.contains(a) || names.contains(b))
        .flat_map(|(a, b)| [a.clone(), b.clone()])
        .collect();
    edges.retain(|(a, b), _| near.contains(a) && near.contains(b));
    // One pair needs no picture.
    if edges.len() < 2 {
        return;
    }
    body.push_str("<section aria-labelledby=\"h-net\"><h2 id=\"h-net\">Whose figures stand beside these</h2>");
    picture(view, &edges, body);
    *body += &line::kinds();
    body.push_str("</section>");
}

fn picture(view: &View, edges: &Edges, body: &mut String) {
    let all = &view.all;
    let mut name_of: BTreeMap<String, u32> = BTreeMap::new();
    for row in heard(all, |_| true) {
        name_of.entry(all.agents[row.agent as usize].name.clone()).or_insert(row.agent);
    }
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    for ((a, b), (against, with)) in edges {
        *weight.entry(a).or_default() += against * 3 + with;
        *weight.entry(b).or_default() += against * 3 + with;
    }
    let mut nodes: Vec<&str> = weight.keys().copied().collect();
    nodes.sort_by_key(|n| (std::cmp::Reverse(weight[n]), *n));
    let total = nodes.len();
    nodes.truncate(NODES);
    let place: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let ties: Vec<Tie> = edges
        .iter()
        .filter_map(|((a, b), (against, _))| {
            let ends = (*place.get(a.as_str())?, *place.get(b.as_str())?);
            Some(Tie { ends, against: *against > 0 })
        })
        .collect();
    let labels = told_apart(&nodes);
    let wide: Vec<f64> = labels.iter().map(|label| label.chars().count() as f64 * LETTER + 14.0).collect();
    let (points, height) = laid_out(&wide, &ties);
    let _ = write!(
        body,
        "<p class=\"small muted\">A dashed red line: figures that cannot both be true. A grey line: figures that agree or can both be true. {}</p><div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"Network\"><svg class=\"net\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"group\" aria-label=\"Who contradicts whom; the list below says the same\">",
        if total > nodes.len() {
            format!("Shown are the {} with most lines of {}.", nodes.len(), short(total as f64))
        } else {
            String::new()
        }
    );
    for Tie { ends: (a, b), against } in &ties {
        let class = if *against { "e contra" } else { "e" };
        let ((x1, y1), (x2, y2)) = (points[*a], points[*b]);
        let _ = write!(
            body,
            "<line class=\"{class}\" data-a=\"{a}\" data-b=\"{b}\" x1=\"{x1:.0}\" y1=\"{y1:.0}\" x2=\"{x2:.0}\" y2=\"{y2:.0}\"/>"
        );
    }
    let lines: Vec<[(f64, f64); 2]> = ties.iter().map(|tie| [points[tie.ends.0], points[tie.ends.1]]).collect();
    let mut taken: Vec<[f64; 4]> = points.iter().map(|(x, y)| [x - 6.0, y - 6.0, x + 6.0, y + 6.0]).collect();
    for (at, name) in nodes.iter().enumerate() {
        let (x, y) = points[at];
        let glyph = name_of.get(*name).and_then(|&agent| {
            let statement = *all.agents[agent as usize].statements.first()?;
            Some(Glyph::of(all, &all.statements[statement as usize]))
        });
        let glyph = glyph.unwrap_or(Glyph { shape: "person", hollow: true });
        let un = if glyph.hollow { " un" } else { "" };
        let mark = format!("<use class=\"k-{0}{un}\" href=\"#{0}\" x=\"{x:.0}\" y=\"{y:.0}\"/>", glyph.shape);
        let text =
            label(at, (x, y), wide[at] - 12.0, height, &mut taken, &lines).map_or(String::new(), |(tx, ty, anchor)| {
                format!("<text x=\"{tx:.0}\" y=\"{ty:.0}\" text-anchor=\"{anchor}\">{}</text>", escaped(&labels[at]))
            });
        let address = match name_of.get(*name) {
            Some(&agent) => format!("/entity?iri={}", encoded(&all.agents[agent as usize].iri)),
            None => format!("/statements?speaker={}", encoded(name)),
        };
        let _ = write!(body, "<a href=\"{address}\" data-n=\"{at}\"><title>{0}</title>{mark}{text}</a>", escaped(name));
    }
    body.push_str("</svg></div>");
}

/// Names short enough for a picture; where several begin alike, "a spokesman for the …", by their ends.
fn told_apart(names: &[&str]) -> Vec<String> {
    let begun: Vec<String> = names.iter().map(|name| shortened(name, LETTERS)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    begun.iter().for_each(|label| *counts.entry(label).or_default() += 1);
    let end = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let fits = |&from: &usize| words[from..].iter().map(|w| w.chars().count() + 1).sum::<usize>() < LETTERS;
        (1..words.len()).find(fits).map(|from| format!("…{}", words[from..].join(" ")))
    };
    let label = |(name, label): (&&str, &String)| match counts[label.as_str()] {
        1 => label.clone(),
        _ => end(name).unwrap_or_else(|| label.clone()),
    };
    names.iter().zip(&begun).map(label).collect()
}

/// Where a name stands that touches no other and no shape: beside, above or below its own, where fewest lines run under it;
/// nowhere where there is no room.
fn label(
    at: usize,
    (x, y): (f64, f64),
    wide: f64,
    height: f64,
    taken: &mut Vec<[f64; 4]>,
    lines: &[[(f64, f64); 2]],
) -> Option<(f64, f64, &'static str)> {
    let tries = [
        (x + 10.0, y + 4.0, "start", 0.0),
        (x - 10.0, y + 4.0, "end", wide),
        (x, y + 19.0, "middle", wide / 2.0),
        (x, y - 10.0, "middle", wide / 2.0),
        // Below or above, but to one side: what stands at an edge has no room around it.
        (x - 6.0, y + 19.0, "start", 0.0),
        (x - 6.0, y - 10.0, "start", 0.0),
        (x + 6.0, y + 19.0, "end", wide),
        (x + 6.0, y - 10.0, "end", wide),
    ];
    let free = tries.into_iter().filter_map(|(tx, ty, anchor, back)| {
        let own = [tx - back, ty - LINE + 3.0, tx - back + wide, ty + 3.0];
        let is_in = own[0] >= 0.0 && own[2] <= WIDTH && own[1] >= 0.0 && own[3] <= height;
        let free =
            |(n, o): (usize, &[f64; 4])| n == at || own[0] > o[2] || own[2] < o[0] || own[1] > o[3] || own[3] < o[1];
        (is_in && taken.iter().enumerate().all(free)).then_some(((tx, ty, anchor), own))
    });
    let (place, own) = free.min_by_key(|(_, own)| lines.iter().filter(|line| runs_under(line, own)).count())?;
    taken.push(own);
    Some(place)
}

/// Whether a line runs through a box: the part of it that is left when it is cut at each side in turn (Liang and Barsky).
fn runs_under([(x, y), (to_x, to_y)]: &[(f64, f64); 2], [left, top, right, bottom]: &[f64; 4]) -> bool {
    let (mut begin, mut end) = (0.0_f64, 1.0_f64);
    let (dx, dy) = (to_x - x, to_y - y);
    for (step, room) in [(-dx, x - left), (dx, right - x), (-dy, y - top), (dy, bottom - y)] {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            begin = begin.max(room / step);
        } else {
            end = end.min(room / step);
        }
    }
    begin < end
}

/// The pairs of speakers whose figures were compared: one of the chosen statements, and one of those beside them.
fn edges(view: &View, chosen: &[u32], beside: &[u32]) -> Edges {
    let all = &view.all;
    let [chosen, beside] = [chosen, beside].map(|rows| {
        let mut is_in = vec![false; all.statements.len()];
        rows.iter().for_each(|&row| is_in[row as usize] = true);
        is_in
    });
    let mut edges = Edges::new();
    for comparison in &all.comparisons {
        let pair = [comparison.left, comparison.right].map(|f| all.figures[f as usize].statement);
        if !pair.iter().all(|&s| beside[s as usize]) || !pair.iter().any(|&s| chosen[s as usize]) {
            continue;
        }
        let [a, b] = pair.map(|s| all.voice(&all.statements[s as usize]));
        if a == b {
            continue;
        }
        let edge = edges.entry(if a < b { (a, b) } else { (b, a) }).or_default();
        match comparison.verdict {
            Verdict::Contradicts if comparison.repeats => {}
            Verdict::Contradicts => edge.0 += 1,
            Verdict::Agrees | Verdict::Compatible => edge.1 += 1,
            _ => {}
        }
    }
    edges.retain(|_, (against, with)| *against + *with > 0);
    edges
}

fn list(view: &View, edges: &Edges, body: &mut String) -> Result<(), Failed> {
    let paging = Paging::of(view, "pairpage", "h-pairs", edges.len(), PAIRS)?;
    let open = if view.one("pairpage")?.is_empty() { "" } else { " open" };
    let _ = write!(
        body,
        "<details class=\"fold\" id=\"h-pairs\"{open}><summary>As a list: {}</summary><ul class=\"pairs\">",
        counted(edges.len(), "pair of speakers", "pairs of speakers")
    );
    let mut rows: Vec<_> = edges.iter().collect();
    rows.sort_by_key(|(names, (against, with))| (std::cmp::Reverse(*against), std::cmp::Reverse(*with), *names));
    for ((a, b), (against, with)) in paging.of_rows(&rows) {
        let _ = write!(body, "<li>{} and {}: ", escaped(a), escaped(b));
        if *against > 0 {
            let told = counted(*against, "pair contradicts", "pairs contradict");
            let _ = write!(body, "<span class=\"v contra\">{told}</span> ");
        }
        if *with > 0 {
            let _ = write!(body, "{}", counted(*with, "pair fits", "pairs fit"));
        }
        body.push_str("</li>");
    }
    let _ = write!(body, "</ul>{}</details>", paging.nav(view, "pairs of speakers"));
    Ok(())
}

/// Places for all nodes, and how high the picture is. `wide` is the room that each name takes to the right of its shape.
fn laid_out(wide: &[f64], ties: &[Tie]) -> (Vec<(f64, f64)>, f64) {
    let mut points = vec![(0.0, 0.0); wide.len()];
    let mut boxes: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for part in parts(wide.len(), ties) {
        let own = sprung(&part, ties);
        let left = own.iter().map(|p| p.0).fold(f64::MAX, f64::min);
        let top = own.iter().map(|p| p.1).fold(f64::MAX, f64::min);
        let right = own.iter().zip(&part).map(|(p, &n)| p.0 + wide[n]).fold(f64::MIN, f64::max);
        let bottom = own.iter().map(|p| p.1).fold(f64::MIN, f64::max);
        // A part that is too wide gives way: its names stand where they can.
        let room = WIDTH - 2.0 * GAP;
        let squeeze = (room / (right - left + 16.0)).min(1.0);
        for (&n, (x, y)) in part.iter().zip(own) {
            points[n] = ((x - left) * squeeze + 8.0, y - top + 10.0);
        }
        boxes.push(((right - left + 16.0).min(room), bottom - top + 20.0, part));
    }
    // In rows, the highest parts first, so that the parts of a row are about as high.
    boxes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.total_cmp(&a.0)).then_with(|| a.2.cmp(&b.2)));
    let (mut x, mut y, mut row) = (GAP, GAP, 0.0);
    for (width, height, part) in boxes {
        if x > GAP && x + width > WIDTH - GAP {
            (x, y, row) = (GAP, y + row + GAP, 0.0);
        }
        for n in part {
            points[n] = (points[n].0 + x, points[n].1 + y);
        }
        x += width + GAP;
        row = f64::max(row, height);
    }
    (points, y + row + GAP)
}

/// The parts that hang together, each in the order of its nodes.
fn parts(count: usize, ties: &[Tie]) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..count).collect();
    fn root(of: &mut [usize], mut n: usize) -> usize {
        while of[n] != n {
            of[n] = of[of[n]];
            n = of[n];
        }
        n
    }
    for tie in ties {
        let (a, b) = (root(&mut of, tie.ends.0), root(&mut of, tie.ends.1));
        of[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..count {
        let first = root(&mut of, n);
        parts.entry(first).or_default().push(n);
    }
    parts.into_values().collect()
}

/// A part laid out by springs along the lines and pushes between all nodes; two or three stand below one another.
fn sprung(part: &[usize], ties: &[Tie]) -> Vec<(f64, f64)> {
    let count = part.len();
    if count <= 3 {
        // One that is tied to both others stands between them.
        let degree = |n: usize| ties.iter().filter(|t| t.ends.0 == part[n] || t.ends.1 == part[n]).count();
        let middle = (0..count).max_by_key(|&n| (degree(n), std::cmp::Reverse(n))).unwrap_or(0);
        let order: Vec<usize> = match (count, middle) {
            (3, 0) => vec![1, 0, 2],
            (3, 2) => vec![0, 2, 1],
            _ => (0..count).collect(),
        };
        let mut points = vec![(0.0, 0.0); count];
        for (row, &n) in order.iter().enumerate() {
            // The one in the middle stands a little to the left, so that a line between the others can be seen.
            points[n] = (if count == 3 && row == 1 { 0.0 } else { 12.0 }, row as f64 * 30.0);
        }
        return points;
    }
    let place: BTreeMap<usize, usize> = part.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    let lines: Vec<(usize, usize)> =
        ties.iter().filter_map(|t| Some((*place.get(&t.ends.0)?, *place.get(&t.ends.1)?))).collect();
    let golden = 2.399_963_229_728_653;
    let radius = IDEAL * (count as f64).sqrt() * 0.6;
    let mut points: Vec<(f64, f64)> = (0..count)
        .map(|n| {
            let far = ((n as f64 + 0.5) / count as f64).sqrt() * radius;
            let turn = n as f64 * golden;
            (far * turn.cos() * 1.5, far * turn.sin())
        })
        .collect();
    const STEPS: usize = 260;
    for step in 0..STEPS {
        let mut moves = vec![(0.0, 0.0); count];
        for a in 0..count {
            for b in a + 1..count {
                // Names lie beside their shapes: to the side nodes need more room than above one another.
                let (dx, dy) = ((points[a].0 - points[b].0) / 1.5, points[a].1 - points[b].1);
                let far = (dx * dx + dy * dy).sqrt().max(0.1);
                if far > IDEAL * 4.0 {
                    continue;
                }
                let push = IDEAL * IDEAL / (far * far);
                let (px, py) = (dx * push * 1.5, dy * push);
                moves[a] = (moves[a].0 + px, moves[a].1 + py);
                moves[b] = (moves[b].0 - px, moves[b].1 - py);
            }
        }
        for &(a, b) in &lines {
            let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
            let far = (dx * dx / 2.25 + dy * dy).sqrt().max(0.1);
            let pull = (far / IDEAL) * 0.3;
            moves[a] = (moves[a].0 - dx * pull, moves[a].1 - dy * pull);
            moves[b] = (moves[b].0 + dx * pull, moves[b].1 + dy * pull);
        }
        let most = IDEAL * (1.0 - step as f64 / STEPS as f64) + 0.5;
        for (point, (mx, my)) in points.iter_mut().zip(moves) {
            // A weak pull to the middle keeps the part together.
            let (mx, my) = (mx - point.0 * 0.02, my - point.1 * 0.04);
            let far = (mx * mx + my * my).sqrt().max(0.1);
            let share = far.min(most) / far;
            point.0 += mx * share;
            point.1 += my * share;
        }
    }
    apart(&mut points);
    points
}

/// Moves nodes off one another that have come to lie in one place.
fn apart(points: &mut [(f64, f64)]) {
    for _ in 0..40 {
        let mut moved = false;
        for a in 0..points.len() {
            for b in a + 1..points.len() {
                let (dx, dy) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
                if dx.abs() < 26.0 && dy.abs() < 17.0 {
                    let push = (17.0 - dy.abs()) / 2.0 + 0.5;
                    let sign = if dy < 0.0 { -1.0 } else { 1.0 };
                    points[a].1 -= push * sign;
                    points[b].1 += push * sign;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(a: usize, b: usize) -> Tie {
        Tie { ends: (a, b), against: true }
    }

    #[test]
    fn three_hundred_nodes_stand_apart_and_inside() {
        // A large part of which one has very many lines, chains, and many pairs.
        let mut ties: Vec<Tie> = (1..60).map(|n| tie(0, n)).collect();
        ties.extend((1..59).step_by(3).map(|n| tie(n, n + 1)));
        ties.extend((60..140).map(|n| tie(n, n + 1)));
        ties.extend((142..300).step_by(2).map(|n| tie(n, n + 1)));
        let wide = vec![120.0; 300];
        let (points, height) = laid_out(&wide, &ties);
        assert!(height < 4000.0, "{height}");
        for (a, (x, y)) in points.iter().enumerate() {
            assert!(*x >= 0.0 && *x <= WIDTH && *y >= 0.0 && *y <= height, "{a}: {x} {y}");
            for (b, (ox, oy)) in points.iter().enumerate().skip(a + 1) {
                assert!((x - ox).abs() > 9.0 || (y - oy).abs() > 9.0, "{a} lies on {b}: {x} {y} and {ox} {oy}");
            }
        }
        let mut taken: Vec<[f64; 4]> = points.iter().map(|(x, y)| [x - 6.0, y - 6.0, x + 6.0, y + 6.0]).collect();
        let lines: Vec<[(f64, f64); 2]> = ties.iter().map(|t| [points[t.ends.0], points[t.ends.1]]).collect();
        let named = (0..300).filter(|&n| label(n, points[n], 108.0, height, &mut taken, &lines).is_some()).count();
        assert!(named >= 240, "{named} of 300 have their names");
        let again = laid_out(&wide, &ties).0;
        assert_eq!(points, again);
    }

    #[test]
    fn names_that_begin_alike_are_told_by_their_ends() {
        let names = ["a spokesman for the Sanyar Police", "a spokesman for the Voksel Police", "Lina Haddad"];
        assert_eq!(told_apart(&names), ["…for the Sanyar Police", "…for the Voksel Police", "Lina Haddad"]);
        assert_eq!(told_apart(&names[1..]), ["a spokesman for the…", "Lina Haddad"]);
    }

    #[test]
    fn names_stand_clear_of_lines() {
        let lines = [[(100.0, 50.0), (400.0, 50.0)]];
        let mut taken = vec![[94.0, 44.0, 106.0, 56.0]];
        let (x, _, anchor) = label(0, (100.0, 50.0), 60.0, 200.0, &mut taken, &lines).expect("room");
        assert!(anchor == "end" && x < 100.0, "the line goes off to the right");
        let (lines, mut taken) = ([[(12.0, 50.0), (400.0, 50.0)]], vec![[6.0, 44.0, 18.0, 56.0]]);
        let (_, y, anchor) = label(0, (12.0, 50.0), 60.0, 200.0, &mut taken, &lines).expect("room");
        assert!(anchor == "start" && y > 50.0, "and at the left edge there is room below alone");
        assert!(
            runs_under(&lines[0], &[200.0, 40.0, 260.0, 60.0]) && !runs_under(&lines[0], &[200.0, 52.0, 260.0, 60.0])
        );
    }

    #[test]
    fn what_hangs_together_is_one_part() {
        assert_eq!(parts(5, &[tie(3, 1), tie(1, 4)]), [vec![0], vec![1, 3, 4], vec![2]]);
    }
}
