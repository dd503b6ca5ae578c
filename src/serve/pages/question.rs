//! A dispute: the figures that answer one question, a row each on one number line, by voice, and how they compare.

use std::fmt::Write;

use hyper::StatusCode;
use rustc_hash::FxHashSet;

use super::facets::{self, Chosen, Shape};
use super::line::{self, Glyph, Label, Scale};
use super::paging::Paging;
use super::{Failed, Page, View, capital, counted, day, escaped, less_sure, link, place_of, printed, span, who};
use crate::graph::catalogue::{Catalogue, Comparison, Question, Row as Found, Verdict};
use crate::graph::export::sheet::{self, Place};
use crate::graph::view::Resource;
use crate::graph::vocab::other;

/// Figures and pairs of a part of their list.
const ROWS: usize = 100;
const PAIRS: usize = 100;

/// One figure of one voice, in however many papers.
pub(super) struct Row {
    /// The figures that say it, the first printed first.
    pub figures: Vec<u32>,
    /// Replaced by a later figure of the same voice.
    pub past: bool,
}

/// Whoever is counted once, however many papers repeat it.
pub(super) struct Voice {
    pub name: String,
    pub rows: Vec<Row>,
}

/// A question with its figures by voice.
pub(super) struct Answers {
    pub voices: Vec<Voice>,
    /// Figures whose statements are not sure enough.
    pub left_out: usize,
    pub papers: usize,
    /// Pairs of figures that cannot both be true, both of them sure enough: what `ask disagreements` lists.
    pub disputes: usize,
    /// More such pairs, of which a side is not sure enough.
    pub unsure: usize,
    pub scale: Scale,
}

/// The name under which a voice is counted once: without article and capitals.
fn voice_of(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let bare = ["the ", "its ", "his ", "her ", "their ", "a ", "an "].iter().find_map(|a| name.strip_prefix(a));
    bare.unwrap_or(&name).to_owned()
}

impl Answers {
    pub fn of(all: &Catalogue, question: &Question, least: Option<f64>) -> Answers {
        Answers::among(all, question, least, |_| true)
    }

    /// Of those figures alone that are chosen.
    pub fn among(all: &Catalogue, question: &Question, least: Option<f64>, is_chosen: impl Fn(u32) -> bool) -> Answers {
        let trusts = |figure: &u32| {
            let statement = all.statement(&all.figures[*figure as usize]);
            least.is_none_or(|least| f64::from(statement.sure()) + 1e-6 >= least)
        };
        let chosen = question.figures.iter().filter(|figure| is_chosen(**figure));
        let (figures, unsure): (Vec<u32>, Vec<u32>) = chosen.partition(|f| trusts(f));
        let mut past = vec![];
        for comparison in question.comparisons.iter().map(|&c| &all.comparisons[c as usize]) {
            if comparison.verdict == Verdict::Updates && figures.contains(&comparison.left) {
                past.push(comparison.right);
            }
        }
        let mut voices: Vec<(String, Voice)> = Vec::new();
        let mut papers = Vec::new();
        for &at in &figures {
            let figure = &all.figures[at as usize];
            let statement = all.statement(figure);
            // A paper without a name is a voice of its own, and no other's.
            let article = all.article(statement);
            let (name, key) = match (statement.is_narrator(), article.publisher.as_str()) {
                (true, "") => (article.label().to_owned(), format!("own voice of {}", article.iri)),
                (true, paper) => (paper.to_owned(), voice_of(paper)),
                (false, _) => (all.voice(statement), voice_of(&all.voice(statement))),
            };
            papers.push(all.article(statement).paper());
            let place = voices.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
                voices.push((key, Voice { name, rows: Vec::new() }));
                voices.len() - 1
            });
            let rows = &mut voices[place].1.rows;
            let same = |row: &&mut Row| {
                let first = &all.figures[row.figures[0] as usize];
                first.bounds() == figure.bounds() && first.bound == figure.bound && first.value == figure.value
            };
            match rows.iter_mut().find(same) {
                Some(row) => row.figures.push(at),
                None => rows.push(Row { figures: vec![at], past: false }),
            }
        }
        papers.sort_unstable();
        papers.dedup();
        let papers = papers.len();
        let point = |at: u32| all.figures[at as usize].point().unwrap_or(f64::INFINITY);
        for (_, voice) in &mut voices {
            // One voice's figure is past when its every telling is, and the voice has another.
            if voice.rows.len() > 1 {
                for row in &mut voice.rows {
                    row.past = row.figures.iter().any(|f| past.contains(f));
                }
            }
            for row in &mut voice.rows {
                row.figures.sort_by_key(|&f| {
                    let article = all.article(all.statement(&all.figures[f as usize]));
                    (&article.published, all.figures[f as usize].statement)
                });
            }
            voice.rows.sort_by(|a, b| point(a.figures[0]).total_cmp(&point(b.figures[0])));
        }
        voices.sort_by(|(a, x), (b, y)| {
            let least = |v: &Voice| v.rows.first().map_or(f64::INFINITY, |r| point(r.figures[0]));
            least(x).total_cmp(&least(y)).then_with(|| a.cmp(b))
        });
        let voices: Vec<Voice> = voices.into_iter().map(|(_, voice)| voice).collect();
        let numbers = figures.iter().flat_map(|&f| {
            let figure = &all.figures[f as usize];
            let (low, high) = figure.bounds();
            [figure.point(), low, high].into_iter().flatten()
        });
        let scale = Scale::of(numbers);
        let against = |c: &&Comparison| c.verdict == Verdict::Contradicts && !c.repeats;
        let pairs = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]).filter(against);
        let pairs = pairs.filter(|c| is_chosen(c.left) && is_chosen(c.right));
        let (sure, less): (Vec<&Comparison>, Vec<&Comparison>) =
            pairs.partition(|c| figures.contains(&c.left) && figures.contains(&c.right));
        Answers { voices, left_out: unsure.len(), papers, disputes: sure.len(), unsure: less.len(), scale }
    }

    /// Rows that stand, in order.
    pub fn standing(&self) -> impl Iterator<Item = (&Voice, &Row)> {
        self.voices.iter().flat_map(|v| v.rows.iter().filter(|r| !r.past).map(move |r| (v, r)))
    }

    /// The lowest and the highest figure that stand.
    pub fn ends(&self, all: &Catalogue) -> Option<((&Voice, u32), (&Voice, u32))> {
        let point = |row: &Row| all.figures[row.figures[0] as usize].point();
        let mut rows: Vec<(f64, &Voice, u32)> =
            self.standing().filter_map(|(v, r)| Some((point(r)?, v, r.figures[0]))).collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (first, last) = (rows.first()?, rows.last()?);
        Some(((first.1, first.2), (last.1, last.2)))
    }

    /// How far apart they are: the highest by the lowest.
    pub fn ratio(&self, all: &Catalogue) -> Option<f64> {
        let ((_, low), (_, high)) = self.ends(all)?;
        let (low, high) = (all.figures[low as usize].point()?, all.figures[high as usize].point()?);
        (low > 0.0).then_some(high / low)
    }

    /// All of them on one small line.
    pub fn mini(&self, all: &Catalogue, out: &mut String) {
        let mut words = Vec::new();
        let mut marks = String::new();
        let mut labels = Vec::new();
        for voice in &self.voices {
            for row in &voice.rows {
                let figure = &all.figures[row.figures[0] as usize];
                let glyph = Glyph::of(all, all.statement(figure));
                let told = format!("{} {}", figure.surface, voice.name);
                line::mark(&self.scale, figure, glyph, row.past, (32, &told), &mut marks);
                words.push(told);
                if let (Some(point), false) = (figure.point(), row.past) {
                    labels.push(Label {
                        x: self.scale.x(point),
                        number: bounded(figure.surface.as_str()),
                        name: voice.name.clone(),
                    });
                }
            }
            // The arrow from a voice's old figure to its new one.
            let point = |row: &Row| all.figures[row.figures[0] as usize].point();
            let old = voice.rows.iter().find(|r| r.past).and_then(point);
            let new = voice.rows.iter().rfind(|r| !r.past).and_then(point);
            if let (Some(old), Some(new)) = (old, new) {
                let (a, b) = (self.scale.x(old), self.scale.x(new));
                let _ = write!(marks, "<line class=\"was\" x1=\"{a:.2}%\" x2=\"{b:.2}%\" y1=\"22\" y2=\"22\"/>");
            }
        }
        let is_low = self.scale.is_covered(&labels);
        let tall = if is_low { " tall" } else { "" };
        let _ = write!(out, "<svg class=\"mini{tall}\" role=\"img\" aria-label=\"{}\">", escaped(&words.join("; ")));
        self.scale.base(out);
        out.push_str(&marks);
        line::labels(labels, is_low, out);
        out.push_str("</svg>");
    }
}

/// Bound words as signs, for the small lines.
fn bounded(surface: &str) -> String {
    let lower = surface.to_lowercase();
    for (words, sign) in [
        ("more than ", "> "),
        ("at least ", "≥ "),
        ("over ", "> "),
        ("about ", "≈ "),
        ("around ", "≈ "),
        ("some ", "≈ "),
        ("nearly ", "≲ "),
        ("no more than ", "≤ "),
        ("at most ", "≤ "),
        ("up to ", "≤ "),
        ("fewer than ", "< "),
        ("less than ", "< "),
    ] {
        if lower.starts_with(words) && surface.is_char_boundary(words.len()) {
            return format!("{sign}{}", &surface[words.len()..]);
        }
    }
    line::shortened(surface, 18)
}

/// How two rows stand to each other: class, words.
fn verdict(all: &Catalogue, question: &Question, chosen: &Row, row: &Row, same_voice: bool) -> (&'static str, String) {
    let pair = |c: &&Comparison| {
        chosen.figures.contains(&c.left) && row.figures.contains(&c.right)
            || chosen.figures.contains(&c.right) && row.figures.contains(&c.left)
    };
    let found = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]).filter(pair);
    match found.min_by_key(|c| c.verdict) {
        Some(c) => match c.verdict {
            Verdict::Contradicts if same_voice => ("contra", "same voice, contradicts".to_owned()),
            Verdict::Contradicts => ("contra", "contradicts".to_owned()),
            Verdict::Updates if row.figures.contains(&c.left) => ("upd", "updates it".to_owned()),
            Verdict::Updates => ("upd", "updated by it".to_owned()),
            Verdict::Agrees => ("agree", "agrees".to_owned()),
            Verdict::Compatible => ("fits", "both can be true".to_owned()),
            Verdict::OtherScope => ("scope", "other scope".to_owned()),
        },
        None if same_voice => ("same", "same voice".to_owned()),
        None => ("mute", "not compared".to_owned()),
    }
}

/// A question's page.
pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let Some(Found::Question(at)) = all.row(view.one("iri")?) else {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such question"));
    };
    let question = &all.questions[at as usize];
    let found = chosen(view, at);
    let narrowed = facets::is_narrowed(view);
    let fit: FxHashSet<u32> = match narrowed {
        // Whatever else is chosen, less sure figures are counted, and told.
        true => {
            let filter = facets::filter(view);
            let ready = filter.ready(all);
            let figures = question.figures.iter().copied();
            figures
                .filter(|&f| ready.admits(all, all.statement(&all.figures[f as usize])))
                .filter(|_| ready.measures(&question.measure))
                .collect()
        }
        false => FxHashSet::default(),
    };
    let answers = Answers::among(all, question, view.filter.min_confidence, |f| !narrowed || fit.contains(&f));
    let asked = capital(&all.asked(question));
    let mut crumb = String::from("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"/disputes\">Disputes</a>");
    if let Some(incident) = question.incident.map(|i| &all.incidents[i as usize]) {
        let _ = write!(crumb, " / {}", link("/incident", &incident.iri, &incident.label));
    }
    crumb.push_str("</p>");
    // One number in other words, "22 percent" and "22%", is one figure.
    let is_one = |low: u32, high: u32| {
        let (low, high) = (&all.figures[low as usize], &all.figures[high as usize]);
        low.point() == high.point() && low.bounds() == high.bounds()
    };
    let title = match answers.ends(all) {
        Some(((_, low), (_, high))) if !is_one(low, high) => {
            format!("{}: {} to {}", asked, surface(all, low), surface(all, high))
        }
        Some(((_, low), _)) => format!("{asked}: {}", surface(all, low)),
        None => asked.clone(),
    };
    let mut lead = String::new();
    if let Some(((v, low), (w, high))) = answers.ends(all) {
        if is_one(low, high) {
            if answers.voices.len() > 1 {
                let _ = write!(lead, "All say <b>{}</b>: ", surface(all, low));
            }
        } else {
            let _ = write!(
                lead,
                "Between <b>{}</b> ({}) and <b>{}</b> ({}): ",
                surface(all, low),
                escaped(&v.name),
                surface(all, high),
                escaped(&w.name)
            );
        }
    }
    let voices = counted(answers.voices.len(), "voice", "voices");
    let papers = counted(answers.papers, "paper", "papers");
    if narrowed {
        let _ = write!(
            lead,
            "{} of {} {} chosen: ",
            line::whole(found.rows.len()),
            counted(question.figures.len(), "figure", "figures"),
            if found.rows.len() == 1 { "is" } else { "are" }
        );
    }
    let _ = match answers.disputes {
        _ if answers.voices.is_empty() => write!(lead, "none is sure enough"),
        0 if answers.unsure > 0 => write!(lead, "{voices} in {papers}; no pair that is sure contradicts"),
        0 if answers.voices.len() == 1 => write!(lead, "{voices} in {papers}"),
        0 => write!(lead, "{voices} in {papers}; none contradicts another"),
        1 => write!(lead, "{voices} in {papers}; two figures cannot both be true"),
        n => write!(lead, "{voices} in {papers}; {n} pairs of figures cannot both be true"),
    };
    let _ = match answers.unsure {
        0 => write!(lead, "."),
        n => write!(
            lead,
            "; of less sure figures {}, <a href=\"{}\">show them</a>.",
            counted(n, "pair does", "pairs do"),
            view.with("min", "0")
        ),
    };
    let mut body = crumb + &view.head(&escaped(&title), &lead, &query(&question.iri));
    body += &facets::form(view, &found, &SHAPE, facets::Place::Folded);
    facets::chips(view, &mut body);
    if !answers.voices.is_empty() {
        body.push_str("<div class=\"over\">");
        answers.mini(all, &mut body);
        body.push_str("</div>");
    }
    figures(view, question, &answers, &mut body)?;
    let shown: Vec<u32> = answers.voices.iter().flat_map(|v| v.rows.iter().flat_map(|r| r.figures.clone())).collect();
    pairs(view, question, &shown, &mut body)?;
    let mut page = Page::new("/disputes", escaped(&title), body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        page.sheets.push(sheet::figures(&view.site.store, all, &shown, &place)?);
    }
    Ok(page)
}

/// What the form of the page asks for.
pub(super) const SHAPE: Shape<'static> =
    Shape { page: "question", rows: ["figure", "figures"], words: "Words", speaker: true, sure: true, voice: false };

/// The figures of a question that the address chooses. All of them answer one question, and so have one measure.
pub(super) fn chosen(view: &View, question: u32) -> Chosen {
    let all = &view.all;
    let question = &all.questions[question as usize];
    let rows = question.figures.iter().map(|&figure| (figure, [all.figures[figure as usize].statement]));
    let mut found = facets::chosen(view, &facets::filter(view), rows, |_| Some(question.measure.as_str()));
    found.counts[facets::MEASURES].clear();
    found
}

fn surface(all: &Catalogue, figure: u32) -> String {
    all.figures[figure as usize].surface.to_string()
}

/// The query that gives a question's figures.
fn query(iri: &str) -> String {
    format!(
        "SELECT DISTINCT ?figure ?who ?said ?sentence ?title ?published WHERE {{
  ?claim sayso:answers <{iri}> ; sayso:quantity ?quantity .
  ?quantity sayso:surface ?figure .
  ?statement sayso:content ?claim ; sayso:reportedIn ?article ; sayso:sentence/nif:anchorOf ?sentence .
  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?who }}
  OPTIONAL {{ ?statement sayso:saidLatest ?latest }}
  OPTIONAL {{ ?article sayso:title ?title }}
  OPTIONAL {{ ?article sayso:published ?published }}
  BIND(COALESCE(?latest, ?published) AS ?said)
}} ORDER BY ?figure ?who"
    )
}

/// A row a figure, a block a voice.
fn figures(view: &View, question: &Question, answers: &Answers, body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let rows: Vec<(usize, &Voice, &Row)> =
        answers.voices.iter().enumerate().flat_map(|(n, v)| v.rows.iter().map(move |r| (n, v, r))).collect();
    body.push_str("<section aria-labelledby=\"h-fig\"><h2 id=\"h-fig\">Figures</h2>");
    if rows.is_empty() {
        body.push_str(if facets::is_narrowed(view) {
            "<p>No figure of this question fits. Take one of the filters away.</p>"
        } else {
            "<p>No figure of this question is sure enough to be shown.</p>"
        });
    } else {
        body.push_str("<p class=\"small muted\">One row a figure, one block a voice, however many papers print it. Choose a figure to compare the others with it: the shaded band is where it can lie.</p>");
        // Without a choice the others are compared with the figure that most of them contradict.
        let contradicts = |at: usize| {
            let (n, _, row) = rows[at];
            rows.iter().filter(|(m, _, r)| verdict(all, question, row, r, n == *m).0 == "contra").count()
        };
        let most = (0..rows.len()).max_by_key(|&at| (contradicts(at), std::cmp::Reverse(at))).unwrap_or(0);
        // A figure is called by its place among all figures of the question, whichever of them are shown.
        let against = view.one("against")?.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let against = against.and_then(|n| question.figures.get(n));
        let against = against.and_then(|f| rows.iter().position(|(_, _, row)| row.figures.contains(f))).unwrap_or(most);
        let (chosen_voice, _, chosen) = rows[against];
        let chosen_figure = &all.figures[chosen.figures[0] as usize];
        let _ = write!(
            body,
            "<form action=\"/question\" data-send>{}<table class=\"figs\"><thead><tr><th scope=\"col\" class=\"f\">Figure</th><th scope=\"col\" class=\"line\"><span class=\"vh\">On the number line</span>{}</th>\
             <th scope=\"col\" class=\"s\">Who, and when said</th><th scope=\"col\">In which words</th><th scope=\"col\" class=\"a\">Against {}</th></tr></thead><tbody>",
            view.keep(&["against"]),
            answers.scale.axis(),
            escaped(&chosen_figure.surface)
        );
        let paging = Paging::new(view, rows.len(), ROWS)?;
        for (at, (n, voice, row)) in rows.iter().enumerate().skip(paging.range().start).take(paging.range().len()) {
            let figure = &all.figures[row.figures[0] as usize];
            let statement = all.statement(figure);
            let is_first = voice.rows.len() > 1 && at + 1 < rows.len() && rows[at + 1].0 == *n;
            let is_more = at > 0 && rows[at - 1].0 == *n;
            let classes: Vec<&str> = [(is_more, "more"), (is_first, "first"), (row.past, "past")]
                .into_iter()
                .filter_map(|(is, class)| is.then_some(class))
                .collect();
            let _ = write!(
                body,
                "<tr class=\"{}\"><td class=\"fig\"><label><input type=\"radio\" name=\"against\" value=\"{}\"{}> {}</label></td><td class=\"line\"><svg class=\"nl\" aria-hidden=\"true\">",
                classes.join(" "),
                question.figures.iter().position(|f| *f == row.figures[0]).map_or(0, |n| n + 1),
                if at == against { " checked" } else { "" },
                escaped(&figure.surface)
            );
            band(&answers.scale, chosen_figure, body);
            answers.scale.grid(body);
            line::mark(&answers.scale, figure, Glyph::of(all, statement), row.past, (20, ""), body);
            let said = match statement.latest.as_str() {
                "" => String::new(),
                latest if statement.earliest == latest => format!("said {}", day(latest)),
                latest => format!("said by {}", day(latest)),
            };
            let _ = write!(
                body,
                "</svg></td><td class=\"src\"><span class=\"who\">{}</span>{}<br><span class=\"small\">{said}</span></td>",
                who(all, statement),
                if row.past { "<br><span class=\"small muted\">replaced by its own later figure</span>" } else { "" },
            );
            let words = sentence(view, &figure.sentence)?;
            let words = if words.is_empty() { escaped(&statement.words) } else { bold(&words, &figure.surface) };
            let _ = write!(
                body,
                "<td class=\"sen\"><div class=\"words\">{words}</div>{} <span class=\"small muted\">{}</span>",
                printed(all, figure.statement),
                statement.confidence.map_or(String::new(), |s| format!("{s:.2}"))
            );
            let papers = papers(all, row);
            if row.figures.len() > 1 {
                let _ = write!(body, "<details class=\"fold\"><summary>1 voice, {papers}</summary><ul>");
                for (order, &other) in row.figures.iter().enumerate() {
                    let other = &all.figures[other as usize];
                    let words = sentence(view, &other.sentence)?;
                    let first = if order == 0 { " (first)" } else { "" };
                    let _ = write!(
                        body,
                        "<li>{}{first}: “{}”</li>",
                        printed(all, other.statement),
                        bold(&words, &other.surface)
                    );
                }
                body.push_str("</ul></details>");
            }
            let (class, words) = match at == against {
                true => ("self", "chosen".to_owned()),
                false => verdict(all, question, chosen, row, *n == chosen_voice),
            };
            let _ = write!(body, "</td><td class=\"ver\"><span class=\"v {class}\">{words}</span></td></tr>");
        }
        body.push_str("</tbody></table><noscript><button>Compare with the chosen figure</button></noscript></form>");
        *body += &paging.nav(view, "figures");
        legend(body);
    }
    *body += &less_sure(view, answers.left_out, "figure", "figures");
    if answers.left_out == 0 && !facets::is_narrowed(view) && view.filter.min_confidence.is_some_and(|m| m > 0.0) {
        body.push_str("<p class=\"left\">Nothing is left out: every figure of this question is sure enough.</p>");
    }
    body.push_str("</section>");
    Ok(())
}

/// Where the chosen figure can lie.
fn band(scale: &Scale, figure: &crate::graph::catalogue::Figure, body: &mut String) {
    let Some(point) = figure.point() else { return };
    let (low, high) = match (figure.bound.as_str(), figure.bounds()) {
        ("approximately", _) => (point * 0.9, point * 1.1),
        (_, (low, high)) => (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)),
    };
    let (a, b) = (scale.x(low), scale.x(high));
    let wide = (b - a).max(0.4);
    let _ = write!(body, "<rect class=\"band\" x=\"{a:.2}%\" width=\"{wide:.2}%\" y=\"0\" height=\"100%\"/>");
}

fn papers(all: &Catalogue, row: &Row) -> String {
    let mut papers: Vec<&str> =
        row.figures.iter().map(|&f| all.article(all.statement(&all.figures[f as usize])).paper()).collect();
    papers.sort_unstable();
    papers.dedup();
    match (papers.len(), row.figures.len()) {
        (1, n) => format!("1 paper, {n} times"),
        (n, _) => format!("{n} papers"),
    }
}

/// A sentence with its number in bold.
pub(super) fn bold(words: &str, number: &str) -> String {
    match words.find(number).filter(|_| !number.is_empty()) {
        None => escaped(words),
        Some(at) => format!(
            "{}<b class=\"fig\">{}</b>{}",
            escaped(&words[..at]),
            escaped(number),
            escaped(&words[at + number.len()..])
        ),
    }
}

/// The words of a sentence.
pub(super) fn sentence(view: &View, iri: &str) -> Result<String, Failed> {
    if iri.is_empty() {
        return Ok(String::new());
    }
    Ok(Resource::read(&view.site.store, iri)?.words(other::ANCHOR_OF))
}

fn legend(body: &mut String) {
    let glyph = "<use class=\"k-body\" href=\"#body\" x=\"27\" y=\"7\"/>";
    let line =
        |class: &str, a: u32, b: u32| format!("<line class=\"{class}\" x1=\"{a}\" x2=\"{b}\" y1=\"7\" y2=\"7\"/>");
    body.push_str("<p class=\"legend\">");
    for (mark, words) in [
        (glyph.to_owned(), "exactly"),
        (line("appr", 12, 42) + glyph, "about: drawn ± 10 %, the text gives no bound"),
        (line("bar", 8, 46) + glyph, "between two bounds"),
        (line("open", 27, 46) + "<use href=\"#tip\" x=\"44\" y=\"7\"/>" + glyph, "more than, at least"),
        (line("open", 8, 27) + "<use href=\"#tipl\" x=\"10\" y=\"7\"/>" + glyph, "at most, up to"),
    ] {
        let _ = write!(
            body,
            "<span><svg class=\"nl\" viewBox=\"0 0 54 14\" aria-hidden=\"true\">{mark}</svg>{words}</span>"
        );
    }
    body.push_str("</p>");
    body.push_str(&line::kinds());
}

/// The verdicts on pairs, contradictions first, each with its reason.
fn pairs(view: &View, question: &Question, shown: &[u32], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let shown: FxHashSet<u32> = shown.iter().copied().collect();
    let parts = [
        (Verdict::Contradicts, "Cannot both be true", "contra", "contradicts", "contradictspage"),
        (Verdict::Updates, "Later figures", "upd", "updates", "updatespage"),
        (Verdict::Agrees, "The same figure", "agree", "agrees with", "agreespage"),
        (Verdict::Compatible, "Both can be true", "fits", "fits", "compatiblepage"),
        (Verdict::OtherScope, "Of another scope", "scope", "counts otherwise than", "otherpage"),
    ];
    let mut out = String::new();
    for (wanted, title, class, verb, name) in parts {
        let comparisons = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]);
        let found: Vec<&Comparison> = comparisons
            .filter(|c| c.verdict == wanted && shown.contains(&c.left) && shown.contains(&c.right))
            .collect();
        // Pairs that only repeat another in other tellings are counted apart, as everywhere.
        let (found, again): (Vec<&Comparison>, Vec<&Comparison>) = found.into_iter().partition(|c| !c.repeats);
        if found.is_empty() && again.is_empty() {
            continue;
        }
        let paging = Paging::of(view, name, "h-pairs", found.len(), PAIRS)?;
        let _ = write!(
            out,
            "<details class=\"fold\"{}><summary><b>{title}</b>: {}</summary><ul>",
            if view.one(name)?.is_empty() { "" } else { " open" },
            counted(found.len(), "pair", "pairs")
        );
        for comparison in paging.of_rows(&found) {
            let side = |at: u32| {
                let figure = &all.figures[at as usize];
                let statement = all.statement(figure);
                let article = all.article(statement);
                format!(
                    "<a href=\"{}\"><b>{}</b></a> {} <span class=\"muted\">({})</span>",
                    place_of(all, figure.statement),
                    escaped(&figure.surface),
                    escaped(&all.who(statement)),
                    escaped(&format!("{}, {}", article.paper(), day(&article.published)))
                )
            };
            let _ = write!(
                out,
                "<li>{} <span class=\"v {class}\">{verb}</span> {}<br><span class=\"muted\">{}</span></li>",
                side(comparison.left),
                side(comparison.right),
                escaped(&comparison.reason)
            );
        }
        if !again.is_empty() {
            let told = counted(again.len(), "more pair repeats", "more pairs repeat");
            let _ = write!(out, "<li class=\"muted\">{told} these in other tellings</li>");
        }
        let _ = write!(out, "</ul>{}</details>", paging.nav(view, &format!("pairs: {}", title.to_lowercase())));
    }
    if !out.is_empty() {
        let days = span(shown.iter().map(|&f| {
            let statement = all.statement(&all.figures[f as usize]);
            statement.day(all.article(statement))
        }));
        let _ = write!(
            body,
            "<section aria-labelledby=\"h-pairs\"><h2 id=\"h-pairs\">Pair by pair</h2><p class=\"small muted\">Said {days}. Each pair of tellings with the reason for its verdict.</p>{out}</section>"
        );
    }
    Ok(())
}
