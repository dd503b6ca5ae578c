//! Articles on an axis of days: a lane for each incident or paper and a dot for each day, so that no line crosses another,
//! however many there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;

use super::{View, counted, day, encoded, escaped};

/// Papers that have a lane of their own; the others share the last.
const LANES: usize = 24;

/// The days from the first to the last of some articles.
pub(super) struct Axis {
    first: Date,
    days: i32,
}

impl Axis {
    /// Of days as they are written; nothing where none is one.
    pub fn of<'d>(days: impl Iterator<Item = &'d str>) -> Option<Axis> {
        let days: Vec<Date> = days.filter_map(|day| day.parse().ok()).collect();
        let (first, last) = (*days.iter().min()?, *days.iter().max()?);
        Some(Axis { first, days: first.until(last).ok()?.get_days() })
    }

    /// Where a day stands, in per cent of the width.
    fn x(&self, day: &str) -> Option<f64> {
        let since = self.first.until(day.parse::<Date>().ok()?).ok()?.get_days();
        Some(if self.days == 0 { 50.0 } else { 3.0 + 94.0 * f64::from(since) / f64::from(self.days) })
    }

    /// The first day and the last as the heading of a column.
    pub fn heading(&self) -> String {
        let last = self.first.checked_add(jiff::Span::new().days(self.days)).unwrap_or(self.first);
        let (first, last) = (day(&self.first.to_string()), day(&last.to_string()));
        match self.days {
            0 => format!("<span class=\"ends\"><span></span><span>{first}</span><span></span></span>"),
            _ => format!("<span class=\"ends\"><span>{first}</span><span>{last}</span></span>"),
        }
    }

    /// How many articles stand on which days, as dots on a line; the words beside it say the same.
    pub fn lane<'d>(&self, days: impl Iterator<Item = &'d str>) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        days.for_each(|day| *counts.entry(day).or_default() += 1);
        let dots: Vec<(f64, usize)> = counts.iter().filter_map(|(day, n)| Some((self.x(day)?, *n))).collect();
        let mut out = String::from("<svg class=\"lane\" aria-hidden=\"true\">");
        if let (Some((from, _)), Some((to, _))) = (dots.first(), dots.last()) {
            let _ = write!(out, "<line class=\"axisline\" x1=\"{from:.2}%\" x2=\"{to:.2}%\" y1=\"11\" y2=\"11\"/>");
        }
        for (x, n) in dots {
            let _ = write!(out, "<circle class=\"pt\" cx=\"{x:.2}%\" cy=\"11\" r=\"{:.1}\"/>", radius(n));
        }
        out + "</svg>"
    }
}

/// The radius of a dot that stands for so many articles: their number is its area.
fn radius(articles: usize) -> f64 {
    (3.0 * (articles as f64).sqrt()).min(10.0)
}

/// Which paper printed which day some articles of an incident: a lane a paper, those that were first on top.
pub(super) fn of_papers(view: &View, articles: &[u32]) -> String {
    let all = &view.all;
    let articles = || articles.iter().map(|&a| &all.articles[a as usize]);
    let Some(axis) = Axis::of(articles().map(|a| a.published.as_str())) else { return String::new() };
    let mut papers: Vec<&str> = Vec::new();
    for article in articles().filter(|a| !a.published.is_empty()) {
        if !papers.contains(&article.paper()) {
            papers.push(article.paper());
        }
    }
    if articles().count() < 2 || axis.days == 0 {
        return String::new();
    }
    let mut out = format!(
        "<table class=\"bars lanes\"><thead><tr><th scope=\"col\">Paper</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">articles</th></tr></thead><tbody>",
        axis.heading()
    );
    let apart = if papers.len() > LANES { LANES - 1 } else { papers.len() };
    let lanes = papers[..apart].chunks(1).chain((apart < papers.len()).then(|| &papers[apart..]));
    for lane in lanes {
        let of_lane = || articles().filter(|a| lane.contains(&a.paper()));
        // A name leads to all that the paper has, its count to what of it this page is about.
        let own = of_lane().count();
        let (name, own) = match lane {
            [paper] => (
                format!("<a href=\"/articles?publisher={}\">{}</a>", encoded(paper), escaped(paper)),
                format!(
                    "<a href=\"{}#h-a\" aria-label=\"{}\">{own}</a>",
                    view.with("publisher", paper),
                    counted(own, "article", "articles")
                ),
            ),
            others => (counted(others.len(), "more paper", "more papers"), own.to_string()),
        };
        let _ = write!(
            out,
            "<tr><td>{name}</td><td class=\"b\">{}</td><td class=\"n\">{}</td></tr>",
            axis.lane(of_lane().map(|a| a.published.as_str())),
            own
        );
    }
    out + "</tbody></table>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_proportion() {
        let axis = Axis::of(["2020-03-01", "", "2020-03-11", "2020-03-06"].into_iter()).expect("an axis");
        assert_eq!(
            [axis.x("2020-03-01"), axis.x("2020-03-06"), axis.x("2020-03-11")],
            [Some(3.0), Some(50.0), Some(97.0)]
        );
        assert!(Axis::of(["", "soon"].into_iter()).is_none() && axis.x("soon").is_none());
        let lane = axis.lane(["2020-03-01", "2020-03-01", "2020-03-11"].into_iter());
        assert_eq!((lane.matches("<circle").count(), lane.matches("<line").count()), (2, 1));
    }
}
