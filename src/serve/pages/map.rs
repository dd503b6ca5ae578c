//! Places on a map: outlines of land and borders, and a circle for each place, as large as the number of its statements.
//!
//! The outlines are Natural Earth's (public domain), compiled in and drawn as far as they can be seen; nothing is fetched.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use super::explore::rows_of;
use super::{View, counted, escaped};

/// The drawing, in its own units.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 520.0;
/// Points that are nearer than this to the last one are not drawn.
const NEAR: f64 = 0.8;
/// The least that is shown, in degrees from north to south.
const LEAST: f64 = 12.0;
/// The share of statements whose places the map must hold; the others are named below it.
const HELD: f64 = 0.95;

/// A line of the outlines, in hundredths of a degree.
struct Outline {
    is_land: bool,
    points: Vec<(i32, i32)>,
}

const WORLD_TEXT: &str = include_str!("world.txt");
static WORLD: LazyLock<Vec<Outline>> = LazyLock::new(|| WORLD_TEXT.lines().filter_map(outline).collect());

/// Kind, first point, steps from point to point.
fn outline(line: &str) -> Option<Outline> {
    let (kind, steps) = line.split_once(' ')?;
    if !matches!(kind, "L" | "B") {
        return None;
    }
    let mut numbers = steps.split(' ').filter_map(|n| n.parse::<i32>().ok());
    let (mut x, mut y) = (0, 0);
    let mut points = Vec::new();
    while let (Some(dx), Some(dy)) = (numbers.next(), numbers.next()) {
        (x, y) = (x + dx, y + dy);
        points.push((x, y));
    }
    Some(Outline { is_land: kind == "L", points })
}

/// The middles of countries, by their names: what is linked to Wikidata alone has no point of its own.
static COUNTRIES: LazyLock<BTreeMap<&str, (f64, f64)>> = LazyLock::new(|| {
    let lines = WORLD_TEXT.lines().filter_map(|line| line.strip_prefix("N "));
    let country = |line: &'static str| {
        let mut parts = line.splitn(3, ' ');
        let mut degrees = || parts.next()?.parse::<f64>().ok().map(|hundredths| hundredths / 100.0);
        let point = (degrees()?, degrees()?);
        Some((parts.next()?, point))
    };
    lines.filter_map(country).collect()
});

/// The middle of a country of this name.
pub(super) fn country(name: &str) -> Option<(f64, f64)> {
    let bare = name.strip_prefix("the ").unwrap_or(name);
    let long = format!("{bare} of America");
    COUNTRIES.get(bare).or_else(|| COUNTRIES.get(long.as_str())).copied()
}

/// A place with what is told of it.
pub(super) struct Spot<'s> {
    pub name: &'s str,
    pub count: usize,
    /// Degrees east and north.
    pub point: (f64, f64),
}

/// What part of the world is drawn, and where its points lie in the drawing: degrees to the east are drawn shorter, as the
/// circles of latitude are in the middle of the map.
struct Frame {
    west: f64,
    north: f64,
    /// Units a degree, to the east and to the south.
    scale: (f64, f64),
    height: f64,
}

impl Frame {
    fn of(points: &[(f64, f64)]) -> Frame {
        let fold =
            |pick: fn(&(f64, f64)) -> f64, by: fn(f64, f64) -> f64, from: f64| points.iter().map(pick).fold(from, by);
        let (west, east) = (fold(|p| p.0, f64::min, 180.0), fold(|p| p.0, f64::max, -180.0));
        let (south, north) = (fold(|p| p.1, f64::min, 90.0), fold(|p| p.1, f64::max, -90.0));
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.3);
        let (wide, high) = ((east - west) * narrow, north - south);
        // Room around the outermost places, and the shape of the drawing.
        let high = (high * 1.35).max(wide * 1.25 * HEIGHT / WIDTH).max(LEAST);
        if high >= 95.0 {
            return Frame::world();
        }
        let scale = HEIGHT / high;
        Frame {
            west: (west + east) / 2.0 - WIDTH / 2.0 / (scale * narrow),
            north: (south + north) / 2.0 + high / 2.0,
            scale: (scale * narrow, scale),
            height: HEIGHT,
        }
    }

    fn world() -> Frame {
        let scale = WIDTH / 360.0;
        Frame { west: -180.0, north: 84.0, scale: (scale, scale), height: (84.0 + 58.0) * scale }
    }

    fn place(&self, (east, north): (f64, f64)) -> (f64, f64) {
        ((east - self.west) * self.scale.0, (self.north - north) * self.scale.1)
    }

    fn holds(&self, (x, y): (f64, f64), beyond: f64) -> bool {
        x >= -beyond && x <= WIDTH + beyond && y >= -beyond && y <= self.height + beyond
    }
}

/// The map with circles that lead to the rows; what lies outside it is named.
pub(super) fn draw(view: &View, spots: &[Spot], unknown: usize, body: &mut String) {
    if spots.is_empty() {
        return;
    }
    let whole = view.one("map").is_ok_and(|given| given == "world");
    let shown = if whole { Vec::new() } else { core(spots) };
    let frame = if whole { Frame::world() } else { Frame::of(&shown) };
    let _ = write!(
        body,
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"group\" aria-label=\"Map of places; the list below says the same\"><path class=\"far\" fill-rule=\"evenodd\" d=\"{}\"/><path class=\"border\" d=\"{}\"/>",
        frame.height,
        land(&frame),
        borders(&frame)
    );
    let (inside, outside): (Vec<&Spot>, Vec<&Spot>) =
        spots.iter().partition(|spot| frame.holds(frame.place(spot.point), -2.0));
    circles(view, &frame, &inside, body);
    body.push_str("</svg><p class=\"small muted\">A circle is as large as the number of statements that tell of the place; it leads to them.");
    if unknown > 0 {
        let _ = write!(body, " {} without a known point.", counted(unknown, "place is", "places are"));
    }
    if !outside.is_empty() {
        let names: Vec<String> =
            outside.iter().take(6).map(|spot| format!("{} ({})", escaped(spot.name), spot.count)).collect();
        let more = if outside.len() > 6 { format!(" and {} more", outside.len() - 6) } else { String::new() };
        let _ = write!(
            body,
            " Off this map: {}{more}. <a href=\"{}\">Show the whole world</a>.",
            names.join(", "),
            view.with("map", "world")
        );
    } else if whole {
        let _ = write!(body, " <a href=\"{}\">Show the part with most</a>.", view.with("map", ""));
    }
    body.push_str(" Outlines: Natural Earth.</p>");
}

/// The points that most statements tell of: those nearest to the middle one.
fn core(spots: &[Spot]) -> Vec<(f64, f64)> {
    let total: usize = spots.iter().map(|s| s.count).sum();
    let middle = |pick: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<(f64, usize)> = spots.iter().map(|s| (pick(&s.point), s.count)).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut seen = 0;
        values
            .iter()
            .find(|(_, n)| {
                seen += n;
                seen * 2 >= total
            })
            .map_or(0.0, |(value, _)| *value)
    };
    let (x, y) = (middle(|p| p.0), middle(|p| p.1));
    let far = |spot: &Spot| (spot.point.0 - x).powi(2) + (spot.point.1 - y).powi(2);
    let mut order: Vec<&Spot> = spots.iter().collect();
    order.sort_by(|a, b| far(a).total_cmp(&far(b)).then_with(|| a.name.cmp(b.name)));
    let mut seen = 0;
    let mut kept = Vec::new();
    for spot in order {
        if seen as f64 >= HELD * total as f64 {
            break;
        }
        seen += spot.count;
        kept.push(spot.point);
    }
    kept
}

/// Circles, those of many statements below and first; small ones on a larger one are one with it.
fn circles(view: &View, frame: &Frame, spots: &[&Spot], body: &mut String) {
    let most = spots.iter().map(|s| s.count).max().unwrap_or(1).max(1) as f64;
    let size = |count: usize| 4.0 + 20.0 * (count as f64 / most).sqrt();
    let mut order: Vec<&&Spot> = spots.iter().collect();
    order.sort_by_key(|s| (std::cmp::Reverse(s.count), s.name));
    let mut groups: Vec<((f64, f64), usize, Vec<&str>)> = Vec::new();
    for spot in order {
        let (x, y) = frame.place(spot.point);
        let near = groups.iter_mut().find(|((gx, gy), count, _)| {
            let far = ((gx - x).powi(2) + (gy - y).powi(2)).sqrt();
            far < size(*count) * 0.8 + 2.0
        });
        match near {
            Some((_, count, names)) => {
                *count += spot.count;
                names.push(spot.name);
            }
            None => groups.push(((x, y), spot.count, vec![spot.name])),
        }
    }
    let most = groups.iter().map(|g| g.1).max().unwrap_or(1).max(1) as f64;
    let size = |count: usize| 4.0 + 20.0 * (count as f64 / most).sqrt();
    groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.cmp(&b.2)));
    let mut taken: Vec<[f64; 4]> = groups
        .iter()
        .map(|((x, y), count, _)| {
            let r = size(*count);
            [x - r, y - r, x + r, y + r]
        })
        .collect();
    for (n, ((x, y), count, names)) in groups.iter().enumerate() {
        let r = size(*count);
        let pairs: Vec<(&str, &str)> = names.iter().map(|name| ("place", *name)).collect();
        let all = names.join(", ");
        let more = if names.len() > 1 { format!(" +{}", names.len() - 1) } else { String::new() };
        let label = format!("{}{more}", super::line::shortened(names[0], 22));
        let wide = label.chars().count() as f64 * 7.0;
        // To the right, to the left, below, above: where nothing stands yet.
        let spots = [
            (x + r + 4.0, y + 4.0, "start", 0.0),
            (x - r - 4.0, y + 4.0, "end", wide),
            (*x, y + r + 14.0, "middle", wide / 2.0),
            (*x, y - r - 5.0, "middle", wide / 2.0),
        ];
        let free = spots.iter().find(|(tx, ty, _, back)| {
            let b = [tx - back, ty - 11.0, tx - back + wide, ty + 3.0];
            b[0] >= 0.0
                && b[2] <= WIDTH
                && b[1] >= 0.0
                && b[3] <= frame.height
                && taken
                    .iter()
                    .enumerate()
                    .all(|(at, o)| at == n || b[0] > o[2] || b[2] < o[0] || b[1] > o[3] || b[3] < o[1])
        });
        let text = match free {
            Some((tx, ty, anchor, back)) => {
                taken.push([tx - back, ty - 11.0, tx - back + wide, ty + 3.0]);
                let minor = if n >= 8 { " class=\"minor\"" } else { "" };
                format!("<text{minor} x=\"{tx:.0}\" y=\"{ty:.0}\" text-anchor=\"{anchor}\">{}</text>", escaped(&label))
            }
            None => String::new(),
        };
        let told = counted(*count, "statement", "statements");
        let _ = write!(
            body,
            "<a href=\"{}\" aria-label=\"{}: {told}\"><title>{0}: {told}</title><circle class=\"pt\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>{text}</a>",
            rows_of(view, &pairs),
            escaped(&all),
        );
    }
}

/// A path from points of the drawing, each a step from the last.
fn path(points: &[(f64, f64)], is_closed: bool, out: &mut String) {
    let tenth = |value: f64| (value * 10.0).round() as i64;
    let mut last = (0, 0);
    for (at, &(x, y)) in points.iter().enumerate() {
        let now = (tenth(x), tenth(y));
        let (dx, dy) = (now.0 - last.0, now.1 - last.1);
        let written = |tenths: i64| {
            let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
            match tenths % 10 {
                0 => format!("{sign}{}", tenths / 10),
                part => format!("{sign}{}.{part}", tenths / 10),
            }
        };
        let _ = write!(out, "{}{} {}", if at == 0 { "M" } else { "l" }, written(dx), written(dy));
        last = now;
    }
    if is_closed {
        out.push('z');
    }
}

fn placed(frame: &Frame, outline: &Outline) -> Vec<(f64, f64)> {
    let points = outline.points.iter();
    points.map(|&(x, y)| frame.place((f64::from(x) / 100.0, f64::from(y) / 100.0))).collect()
}

/// Without points that cannot be told from the last one.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (at, &(x, y)) in points.iter().enumerate() {
        let is_far = kept.last().is_none_or(|(lx, ly)| (lx - x).abs() + (ly - y).abs() >= NEAR);
        if is_far || at + 1 == points.len() {
            kept.push((x, y));
        }
    }
    kept
}

/// The land that can be seen. What lies outside is cut off a little beyond the edge, so that the cut is not seen.
fn land(frame: &Frame) -> String {
    let beyond = 10.0;
    let mut out = String::new();
    for outline in WORLD.iter().filter(|o| o.is_land) {
        let mut ring = placed(frame, outline);
        let edges: [(fn(&(f64, f64)) -> f64, f64, bool); 4] = [
            (|p| p.0, -beyond, true),
            (|p| p.0, WIDTH + beyond, false),
            (|p| p.1, -beyond, true),
            (|p| p.1, frame.height + beyond, false),
        ];
        for (pick, edge, is_least) in edges {
            ring = cut(&ring, pick, edge, is_least);
        }
        let ring = thinned(&ring);
        if ring.len() > 3 {
            path(&ring, true, &mut out);
        }
    }
    out
}

/// A ring without what lies beyond an edge.
fn cut(ring: &[(f64, f64)], pick: fn(&(f64, f64)) -> f64, edge: f64, is_least: bool) -> Vec<(f64, f64)> {
    let is_in = |p: &(f64, f64)| if is_least { pick(p) >= edge } else { pick(p) <= edge };
    let mut kept = Vec::with_capacity(ring.len());
    for (at, now) in ring.iter().enumerate() {
        let before = &ring[(at + ring.len() - 1) % ring.len()];
        if is_in(before) != is_in(now) {
            let share = (edge - pick(before)) / (pick(now) - pick(before));
            kept.push((before.0 + (now.0 - before.0) * share, before.1 + (now.1 - before.1) * share));
        }
        if is_in(now) {
            kept.push(*now);
        }
    }
    kept
}

/// The borders that can be seen.
fn borders(frame: &Frame) -> String {
    let mut out = String::new();
    for outline in WORLD.iter().filter(|o| !o.is_land) {
        let mut run = Vec::new();
        let points = placed(frame, outline);
        for &point in &points {
            if frame.holds(point, 40.0) {
                run.push(point);
                continue;
            }
            if run.len() > 1 {
                path(&thinned(&run), false, &mut out);
            }
            run.clear();
        }
        if run.len() > 1 {
            path(&thinned(&run), false, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_read_and_cut() {
        assert!(WORLD.iter().filter(|o| o.is_land).count() > 1000, "rings of land");
        let world = land(&Frame::world());
        assert!(world.len() > 20_000 && world.len() < 200_000, "{} bytes", world.len());
        let near = Frame::of(&[(36.8, 34.7), (38.0, 36.0)]);
        let (x, y) = near.place((37.4, 35.35));
        assert!((x - WIDTH / 2.0).abs() < 1.0 && (y - HEIGHT / 2.0).abs() < 1.0);
        assert_eq!(country("the United States"), country("United States of America"));
        assert!(
            country("Syria").is_some_and(|(east, north)| east > 35.0 && north > 33.0) && country("Atlantis").is_none()
        );
        assert!(land(&near).len() < 30_000 && borders(&near).len() > 100);
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let half = cut(&square, |p| p.0, 5.0, true);
        assert!(half.iter().all(|p| p.0 >= 5.0) && half.len() == 4);
    }

    #[test]
    fn what_is_far_off_does_not_make_the_map_small() {
        let spot = |name, count, point| Spot { name, count, point };
        let spots = [spot("A", 50, (37.0, 35.0)), spot("B", 40, (38.0, 36.0)), spot("C", 1, (-74.0, 40.7))];
        assert_eq!(core(&spots).len(), 2);
    }
}
