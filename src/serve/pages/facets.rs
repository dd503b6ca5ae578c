//! Facets: what the rows of a page could be narrowed to, with counts, and the form that narrows them.
//!
//! A row of a page stands for statements: itself, those of an article, an incident, a speaker, a question. It is there when
//! one of them is chosen, and counts once for each value that they have; each facet counts what the other filters leave.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::line::whole;
use super::paging::Paging;
use super::{Failed, View, capital, counted, escaped};
use crate::graph::catalogue::{Catalogue, Filter, Row, SOURCE_KINDS, source_kind};

/// A filter of addresses, forms and ready-made questions.
pub(super) struct Field<'f> {
    /// Its name in the address, and in questions.
    pub name: &'f str,
    pub asked: &'f str,
    pub label: &'f str,
    /// How a form asks for it: a type of `input`, or `select`.
    pub kind: &'f str,
    /// What stands before its value where it is chosen.
    chip: &'f str,
}

impl<'f> Field<'f> {
    /// A field for words that is no filter of ours.
    pub fn of(name: &'f str) -> Field<'f> {
        Field { name, asked: name, label: name, kind: "search", chip: "" }
    }
}

/// Every filter.
pub(super) static FIELDS: [Field<'static>; 12] = [
    field("q", "about", "Words", "search", "words: "),
    field("speaker", "speaker", "Speaker", "search", "who: "),
    field("publisher", "publisher", "Paper", "search", "paper: "),
    field("place", "place", "Place", "search", "place: "),
    field("document", "document", "Article", "search", "article: "),
    field("kind", "source-kind", "Kind of source", "select", "source: "),
    field("mode", "mode", "How", "search", "how: "),
    field("measure", "measure", "Measure", "search", "measure: "),
    field("since", "since", "From", "date", "from "),
    field("until", "until", "To", "date", "to "),
    field("min", "min-confidence", "Confidence at least", "number", "confidence ≥ "),
    field("voice", "attributed", "Voice", "checkbox", "without own voice"),
];

const fn field(
    name: &'static str,
    asked: &'static str,
    label: &'static str,
    kind: &'static str,
    chip: &'static str,
) -> Field<'static> {
    Field { name, asked, label, kind, chip }
}

/// The filters that have countable values, in the order of [`Chosen::counts`], and that in which a form shows them.
pub(super) const FACETS: [&str; 6] = ["publisher", "kind", "mode", "measure", "place", "speaker"];
const SHOWN: [usize; 5] = [1, 0, 2, 3, 4];
pub(super) const SPEAKERS: usize = 5;
pub(super) const MEASURES: usize = 3;

/// Values of a facet that a form has; the others have a page.
const VALUES: usize = 12;

/// What the address chooses of a page's rows, and what they could be narrowed to.
#[derive(Default)]
pub(super) struct Chosen {
    /// The chosen rows, in the order in which they were given.
    pub rows: Vec<u32>,
    /// The same, each with every chosen statement of it.
    pub hits: Vec<(u32, u32)>,
    /// Rows of which every statement that would be chosen is less sure than asked for.
    pub unsure: usize,
    /// How many rows have which confidence, in twenty parts.
    histogram: [usize; 20],
    /// How many rows have which value of a facet, whatever else is chosen of that facet.
    pub counts: [Vec<(String, usize)>; 6],
}

impl Chosen {
    /// The chosen statements of the rows.
    pub fn statements(&self) -> Vec<u32> {
        self.hits.iter().map(|(_, statement)| *statement).collect()
    }
}

/// How many rows have a value: each counts once, however many of its statements have it.
#[derive(Clone, Copy, Default)]
struct Count {
    last: Option<u32>,
    rows: usize,
}

impl Count {
    fn add(&mut self, row: u32) {
        self.rows += usize::from(self.last != Some(row));
        self.last = Some(row);
    }
}

/// The counts of all facets; what the catalogue has a number for is counted by number.
struct Tally<'a> {
    by_paper: Vec<Count>,
    by_speaker: Vec<Count>,
    by_value: [FxHashMap<&'a str, Count>; 4],
}

/// The paper of every article by a number, and the papers.
fn papers(all: &Catalogue) -> (Vec<u32>, Vec<&str>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut names = Vec::new();
    let of_article = all.articles.iter().map(|article| {
        *numbers.entry(article.paper()).or_insert_with(|| {
            names.push(article.paper());
            names.len() as u32 - 1
        })
    });
    (of_article.collect(), names)
}

/// Chooses and counts. A row that is about one measure, as a question is, has that measure and no other.
pub(super) fn chosen<'v, S: IntoIterator<Item = u32>>(
    view: &'v View,
    filter: &Filter,
    rows: impl IntoIterator<Item = (u32, S)>,
    measure: impl Fn(u32) -> Option<&'v str>,
) -> Chosen {
    let all = &view.all;
    let ready = filter.ready(all);
    let (paper_of, papers) = papers(all);
    let mut found = Chosen::default();
    let mut tally = Tally {
        by_paper: vec![Count::default(); papers.len()],
        by_speaker: vec![Count::default(); all.agents.len()],
        by_value: Default::default(),
    };
    for (row, statements) in rows {
        let own = measure(row);
        let (mut surest, mut is_hit, mut is_unsure): (Option<f32>, bool, bool) = (None, false, false);
        for at in statements {
            let statement = &all.statements[at as usize];
            let fits = [
                ready.of_paper(statement),
                ready.of_kind(statement),
                ready.of_mode(statement),
                own.map_or_else(|| ready.of_measure(all, statement), |measure| ready.measures(measure)),
                ready.of_place(statement),
            ];
            let misses = fits.iter().filter(|fits| !**fits).count();
            if misses > 1 || !ready.fits(all, statement) {
                continue;
            }
            if misses == 0 && statement.confidence > surest {
                surest = statement.confidence;
            }
            if !filter.trusts(statement) {
                is_unsure |= misses == 0;
                continue;
            }
            let counts = |facet: usize| misses == 0 || !fits[facet];
            let [kinds, modes, measures, places] = &mut tally.by_value;
            if counts(0) {
                tally.by_paper[paper_of[statement.article as usize] as usize].add(row);
            }
            if counts(1) {
                kinds.entry(source_kind(&statement.kind)).or_default().add(row);
            }
            if counts(2) {
                modes.entry(&statement.mode).or_default().add(row);
            }
            if counts(3) {
                match own {
                    Some(own) => measures.entry(own).or_default().add(row),
                    None => statement.figures.iter().for_each(|&figure| {
                        measures.entry(&all.figures[figure as usize].measure).or_default().add(row);
                    }),
                }
            }
            if counts(4) {
                statement.places.iter().for_each(|place| places.entry(place).or_default().add(row));
            }
            if misses == 0 {
                if !statement.is_narrator() {
                    statement.speakers.iter().for_each(|&agent| tally.by_speaker[all.one(agent) as usize].add(row));
                }
                is_hit = true;
                found.hits.push((row, at));
            }
        }
        if is_hit {
            found.rows.push(row);
        }
        if let Some(sure) = surest {
            found.histogram[(sure * 20.0).floor().clamp(0.0, 19.0) as usize] += 1;
        }
        found.unsure += usize::from(is_unsure && !is_hit);
    }
    let mut speakers: FxHashMap<&str, usize> = FxHashMap::default();
    for (agent, count) in all.agents.iter().zip(tally.by_speaker).filter(|(_, count)| count.rows > 0) {
        *speakers.entry(&agent.name).or_default() += count.rows;
    }
    let papers = papers.into_iter().zip(tally.by_paper).map(|(name, count)| (name, count.rows)).collect();
    let [kinds, modes, measures, places] =
        tally.by_value.map(|counts| counts.into_iter().map(|(value, count)| (value, count.rows)).collect());
    found.counts = [papers, kinds, modes, measures, places, speakers.into_iter().collect()].map(in_order);
    found
}

/// Where only articles are chosen a row that stands for some is there whatever is said in them, and also where nothing is.
pub(super) fn of_articles<'v>(
    view: &'v View,
    filter: &Filter,
    rows: impl IntoIterator<Item = (u32, &'v [u32])>,
    found: &mut Chosen,
) {
    let all = &view.all;
    let (ready, anybodys) = (filter.ready(all), Filter { publisher: Vec::new(), ..filter.clone() });
    let anybodys = anybodys.ready(all);
    let mut papers: FxHashMap<&str, Count> = FxHashMap::default();
    *found = Chosen { counts: std::mem::take(&mut found.counts), ..Chosen::default() };
    for (row, articles) in rows {
        for &article in articles.iter().filter(|&&article| anybodys.takes(all, article)) {
            papers.entry(all.articles[article as usize].paper()).or_default().add(row);
        }
        if articles.iter().any(|&article| ready.takes(all, article)) {
            found.rows.push(row);
        }
    }
    found.counts[0] = in_order(papers.into_iter().map(|(name, count)| (name, count.rows)).collect());
}

/// Values with their counts, the most frequent first.
fn in_order(counts: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    let there = counts.into_iter().filter(|(value, n)| !value.is_empty() && *n > 0);
    let mut values: Vec<(String, usize)> = there.map(|(value, n)| (value.to_owned(), n)).collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values
}

/// The filter of the address, with the articles of its incidents.
pub(super) fn filter(view: &View) -> Filter {
    let mut filter = view.filter.clone();
    for iri in view.many("incident") {
        if let Some(Row::Incident(at)) = view.all.row(iri) {
            let articles = &view.all.incidents[at as usize].articles;
            filter.document.extend(articles.iter().map(|&a| view.all.articles[a as usize].iri.clone()));
        }
    }
    filter
}

/// Whether a filter chooses among statements, and not only among articles.
pub(super) fn is_of_statements(filter: &Filter) -> bool {
    [&filter.speaker, &filter.source_kind, &filter.mode, &filter.measure, &filter.place].iter().any(|v| !v.is_empty())
        || filter.attributed
}

/// Whether the address chooses among the rows of a page, whatever confidence it asks for.
pub(super) fn is_narrowed(view: &View) -> bool {
    let is_filter = |name: &str| name == "incident" || FIELDS.iter().any(|field| field.name == name);
    view.given.iter().any(|(name, value)| !value.is_empty() && name != "min" && is_filter(name))
}

/// What a page's form asks for.
pub(super) struct Shape<'s> {
    /// The page, as its path has it; of the review with what is looked at behind it, as `review/link`.
    pub page: &'s str,
    /// One row, and several.
    pub rows: [&'static str; 2],
    /// What the words are looked for in.
    pub words: &'static str,
    /// Whether it asks who speaks, how sure a statement must be, and whether it leaves out the papers' own voice.
    pub speaker: bool,
    pub sure: bool,
    pub voice: bool,
}

impl<'s> Shape<'s> {
    /// The path of the page, and the pair that its address has beside the filters.
    pub fn address(&self) -> (&'s str, Option<String>) {
        match self.page.strip_prefix("review/") {
            Some(kind) => ("review", Some(format!("of={kind}"))),
            None => (self.page, None),
        }
    }
}

/// Where the form of a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Beside the rows.
    Beside,
    /// Above them: words, speaker and days always, the rest behind a fold.
    Above,
    /// Above them, all of it behind a fold that is closed until somebody opens it, and sent at once when all is chosen; words
    /// are asked for by the page's own search.
    Folded,
}

/// The form beside the rows of a page: words, days, confidence, then the facets with their counts.
pub(super) fn form(view: &View, found: &Chosen, shape: &Shape, place: Place) -> String {
    let wide = place != Place::Beside;
    let is_asked = |name: &str| match name {
        "document" => false,
        "q" => place != Place::Folded,
        "speaker" => shape.speaker,
        "min" => shape.sure,
        "voice" => shape.voice,
        _ => true,
    };
    let asked: Vec<&str> = FIELDS.iter().map(|field| field.name).filter(|name| is_asked(name)).collect();
    let across = if wide { " across" } else { "" };
    let mut body = format!(
        "<form class=\"facets{across}\" action=\"/{}\" aria-label=\"Filters\"{}>{}",
        escaped(shape.address().0),
        if place == Place::Folded { "" } else { " data-send" },
        view.keep(&asked)
    );
    let first = |value: &[String]| value.first().cloned().unwrap_or_default();
    // Beside the rows a heading says what is asked for, above them each field does.
    let [has, called, from, to] = if wide { ["Words", "Speaker", "From", "To"] } else { ["has", "who", "from", "to"] };
    let mut words = match place {
        Place::Folded => String::new(),
        _ => super::field("q", "search", has, &first(&view.filter.about)),
    };
    if shape.speaker {
        words += &super::field("speaker", "search", called, &first(&view.filter.speaker));
    }
    let days = [("since", from, &view.filter.since), ("until", to, &view.filter.until)]
        .map(|(name, label, day)| super::field(name, "date", label, day.as_deref().unwrap_or_default()))
        .concat();
    let mut more = String::new();
    if shape.sure {
        confidence(view, &found.histogram, &mut more);
    }
    more += &sections(view, shape, found, |_| true);
    if shape.voice {
        let checked = if view.filter.attributed { " checked" } else { "" };
        let _ = write!(
            more,
            "<fieldset><legend>Voice</legend><label class=\"f\"><input type=\"checkbox\" name=\"voice\" value=\"others\"{checked}><span>without the papers’ own voice</span><span></span></label></fieldset>"
        );
    }
    if shape.speaker {
        speakers(view, shape, &found.counts[SPEAKERS], &mut more);
    }
    let summary = "<summary>Filters, with counts</summary>";
    // A fold is open where something in it is chosen.
    let always = ["q", "speaker", "since", "until"];
    let is_used = asked.iter().any(|name| !always.contains(name) && view.many(name).next().is_some());
    let open = if is_used { " open" } else { "" };
    let _ = match place {
        Place::Above => write!(
            body,
            "<div class=\"controls\">{words}{days}<button>Show</button></div><details class=\"filters\"{open}>{summary}<div class=\"grid\">{more}</div></details></form>"
        ),
        Place::Folded => write!(
            body,
            "<details class=\"filters\">{summary}<div class=\"controls\">{words}{days}</div><div class=\"grid\">{more}</div><button>Show</button></details></form>"
        ),
        Place::Beside => write!(
            body,
            "<details class=\"filters\" open>{summary}<fieldset><legend>{}</legend><div class=\"pair\">{words}</div></fieldset><fieldset><legend>Days</legend><div class=\"pair\">{days}</div></fieldset>{more}<button>Show</button></details></form>",
            shape.words
        ),
    };
    body
}

/// The facets with their counts, as far as they are asked for by name.
pub(super) fn sections(view: &View, shape: &Shape, found: &Chosen, is_asked: impl Fn(&str) -> bool) -> String {
    let mut body = String::new();
    for facet in SHOWN.into_iter().filter(|&facet| is_asked(FACETS[facet])) {
        values(view, shape, facet, &found.counts[facet], &mut body);
    }
    body
}

/// The rows of a page beside the form that narrows them: how many there are, what was left out, what is chosen.
pub(super) fn beside(
    view: &View,
    found: &Chosen,
    shape: &Shape,
    paging: &Paging,
    orders: &[(&str, &str)],
    rows: &str,
) -> Result<String, Failed> {
    let mut body = format!(
        "<div class=\"res\">{}<section aria-labelledby=\"h-list\"><div class=\"bar2\"><h2 id=\"h-list\" class=\"plainh\">{}</h2>",
        form(view, found, shape, Place::Beside),
        capital(&paging.told(shape.rows[0], shape.rows[1]))
    );
    if !orders.is_empty() {
        body.push_str("<nav class=\"small\" aria-label=\"Order\">");
        for (value, label) in orders {
            let _ = match view.one("sort")? == *value {
                true => write!(body, " <b>{label}</b>"),
                false => write!(body, " <a href=\"{}\">{label}</a>", view.with("sort", value)),
            };
        }
        body.push_str("</nav>");
    }
    let _ = write!(body, "</div>{}", left_out(view, found.unsure, shape));
    chips(view, &mut body);
    let _ = write!(body, "{rows}{}</section></div>", paging.nav(view, shape.rows[1]));
    Ok(body)
}

/// What is left out because nothing of it is as sure as asked for, with the way to it.
pub(super) fn left_out(view: &View, count: usize, shape: &Shape) -> String {
    if count == 0 {
        return String::new();
    }
    let [one, many] = shape.rows;
    format!(
        "<p class=\"left\" role=\"status\"><b>{}</b> {} left out. <a href=\"{}\">Show all</a></p>",
        counted(count, &format!("less sure {one}"), &format!("less sure {many}")),
        if count == 1 { "is" } else { "are" },
        view.with("min", "0")
    )
}

/// The values of a facet with their counts, the most frequent first; those that are chosen always.
fn values(view: &View, shape: &Shape, facet: usize, counts: &[(String, usize)], body: &mut String) {
    let name = FACETS[facet];
    let given: Vec<&str> = view.many(name).collect();
    let mut values: Vec<(&str, usize)> = counts.iter().map(|(value, n)| (value.as_str(), *n)).collect();
    // A value that is chosen stays to be taken away, also where nothing has it.
    for value in &given {
        if !values.iter().any(|(own, _)| own == value) {
            values.push((value, 0));
        }
    }
    values.sort_by_key(|(value, _)| !given.contains(value));
    if values.is_empty() {
        return;
    }
    let _ = write!(body, "<fieldset><legend>{}</legend>", label_of(name));
    for (value, n) in values.iter().take(VALUES.max(given.len())) {
        let checked = if given.contains(value) { " checked" } else { "" };
        let _ = write!(
            body,
            "<label class=\"f\"><input type=\"checkbox\" name=\"{name}\" value=\"{}\"{checked}><span>{}</span><span>{}</span></label>",
            escaped(value),
            escaped(value_label(name, value)),
            whole(*n)
        );
    }
    more(view, shape, name, values.len(), body);
    body.push_str("</fieldset>");
}

/// The way to all values of a facet, where a form has not all.
fn more(view: &View, shape: &Shape, name: &str, total: usize, body: &mut String) {
    if total > VALUES {
        let _ = write!(
            body,
            "<p class=\"small\"><a href=\"{}\">All {} and their counts</a></p>",
            super::values::address(view, shape.page, name),
            whole(total)
        );
    }
}

/// What a filter is called.
fn label_of(name: &str) -> &'static str {
    FIELDS.iter().find(|field| field.name == name).map_or("", |field| field.label)
}

/// A value of a facet as a person would say it.
pub(super) fn value_label<'v>(name: &str, value: &'v str) -> &'v str {
    match (name, value) {
        ("mode", "narrator") => "own voice of the paper",
        (_, value) => value,
    }
}

/// The least confidence, with how many rows have which.
fn confidence(view: &View, histogram: &[usize; 20], body: &mut String) {
    let least = view.filter.min_confidence.unwrap_or(0.0);
    let most = histogram.iter().copied().max().unwrap_or(0).max(1);
    body.push_str("<fieldset><legend>Confidence</legend><svg class=\"hist\" aria-hidden=\"true\">");
    for (at, n) in histogram.iter().enumerate() {
        let high = *n as f64 * 44.0 / most as f64;
        let class = if (at as f64 + 1.0) / 20.0 > least + 1e-9 { "fill" } else { "fillx" };
        let _ = write!(
            body,
            "<rect class=\"{class}\" x=\"{}%\" width=\"4.4%\" y=\"{:.1}\" height=\"{high:.1}\"/>",
            at * 5,
            46.0 - high
        );
    }
    let _ = write!(
        body,
        "</svg><label class=\"small\">at least <input type=\"number\" name=\"min\" min=\"0\" max=\"1\" step=\"0.05\" value=\"{least:.2}\"></label></fieldset>"
    );
}

/// The speakers heard most among the rows.
fn speakers(view: &View, shape: &Shape, counts: &[(String, usize)], body: &mut String) {
    if counts.is_empty() {
        return;
    }
    let name = FACETS[SPEAKERS];
    body.push_str("<fieldset><legend>Heard most here</legend><ul class=\"small\">");
    for (value, n) in counts.iter().take(VALUES) {
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a> <span class=\"muted\">{}</span></li>",
            view.with(name, value),
            escaped(value),
            whole(*n)
        );
    }
    body.push_str("</ul>");
    more(view, shape, name, counts.len(), body);
    body.push_str("</fieldset>");
}

/// The active filters; each can be taken away.
pub(super) fn chips(view: &View, body: &mut String) {
    let mut out = String::new();
    for (name, value) in view.given.iter().filter(|(_, value)| !value.is_empty()) {
        let label = match (name.as_str(), FIELDS.iter().find(|field| field.name == name)) {
            ("voice", Some(field)) => field.chip.to_owned(),
            (_, Some(field)) => format!("{}{}", field.chip, called(view, value)),
            ("incident", None) => match view.all.row(value) {
                Some(Row::Incident(at)) => format!("incident: {}", view.all.incidents[at as usize].label),
                _ => continue,
            },
            _ => continue,
        };
        let _ = write!(out, "<a href=\"{}\">{}</a>", view.without(name, value), escaped(&label));
    }
    if !out.is_empty() {
        let _ = write!(body, "<div class=\"chips\">{out}</div>");
    }
}

/// What an IRI of the address is called; other values are what they are.
fn called<'v>(view: &'v View, value: &'v str) -> &'v str {
    let row = if value.contains("://") { view.all.row(value) } else { None };
    match row {
        Some(Row::Agent(at)) => &view.all.agents[at as usize].name,
        Some(Row::Article(at)) => view.all.articles[at as usize].label(),
        _ => value,
    }
}

/// One field of a form by the name of a filter; `title` says more of it.
pub(super) fn input(field: &Field, label: &str, value: &str, title: &str) -> String {
    match field.kind {
        "select" => {
            let mut out = format!("<label>{label} <select name=\"{}\"><option value=\"\">any</option>", field.name);
            for (kind, _) in SOURCE_KINDS {
                let chosen = if *kind == value { " selected" } else { "" };
                let _ = write!(out, "<option{chosen}>{kind}</option>");
            }
            out + "</select></label>"
        }
        kind => {
            let range = if kind == "number" { " min=\"0\" max=\"1\" step=\"0.05\"" } else { "" };
            format!(
                "<label>{label} <input type=\"{kind}\"{range} name=\"{}\" value=\"{}\" title=\"{}\"></label>",
                field.name,
                escaped(value),
                escaped(title)
            )
        }
    }
}
