//! What is chosen of a store: by day, speaker, paper, place, words, article, kind of source, manner, measure and confidence.
//!
//! Several values of one kind mean any of them; several kinds mean all. A paper, place or measure that the store has is meant
//! exactly, another by its words: "Courier" is the paper of that name where there is one, else every Courier.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Agent, Catalogue, Standing, Statement};
use crate::graph::words::Wanted;
use crate::graph::{Error, ErrorKind};

/// The kinds of source: the name for a person and the local name in the graph.
pub const SOURCE_KINDS: &[(&str, &str)] = &[
    ("person", "sourcePerson"),
    ("official", "sourceOfficial"),
    ("institution", "sourceBody"),
    ("group", "sourceGroup"),
    ("document", "sourceDocument"),
    ("poll", "sourcePoll"),
    ("post", "sourcePost"),
    ("agency", "sourceAgency"),
    ("medium", "sourceMedium"),
];

/// The name for a person of a kind of source; nothing for none.
pub fn source_kind(local: &str) -> &'static str {
    SOURCE_KINDS.iter().find(|(_, l)| *l == local).map_or("", |(name, _)| name)
}

/// The ways in which something is said: direct, indirect, mixed, or the paper's own voice.
pub const MODES: [&str; 4] = ["direct", "indirect", "mixed", "narrator"];

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub since: Option<String>,
    pub until: Option<String>,
    pub speaker: Vec<String>,
    pub publisher: Vec<String>,
    pub place: Vec<String>,
    pub about: Vec<String>,
    pub document: Vec<String>,
    pub source_kind: Vec<String>,
    /// How it was said: one of [`MODES`].
    pub mode: Vec<String>,
    /// What a figure of it measures.
    pub measure: Vec<String>,
    /// Statements less sure than this are left out; `None`: none is.
    pub min_confidence: Option<f64>,
    /// Leaves out what the articles say in their own voice.
    pub attributed: bool,
}

impl Filter {
    /// Whether everything is chosen.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether it looks at what is said, or at the figures or places in it.
    pub(super) fn is_of_words(&self) -> bool {
        !(self.about.is_empty() && self.measure.is_empty() && self.place.is_empty())
    }

    /// Names what no store could have, with the nearest that there is.
    pub fn check(&self) -> Result<(), Error> {
        for day in self.since.iter().chain(&self.until) {
            check_day(day)?;
        }
        if let (Some(since), Some(until)) = (&self.since, &self.until)
            && since > until
        {
            let what = format!("the first day, {since}, is later than the last, {until}");
            return Err(Error::new(ErrorKind::Unknown, what).with_hint("no day is between them: change the two over"));
        }
        for kind in &self.source_kind {
            if !SOURCE_KINDS.iter().any(|(name, _)| name.eq_ignore_ascii_case(kind)) {
                let names: Vec<&str> = SOURCE_KINDS.iter().map(|(name, _)| *name).collect();
                return Err(Error::new(ErrorKind::Unknown, format!("no kind of source is called {kind}"))
                    .with_hint(meant(kind, &names)));
            }
        }
        if let Some(mode) = self.mode.iter().find(|mode| !MODES.contains(&mode.as_str())) {
            return Err(Error::new(ErrorKind::Unknown, format!("nothing is said in a way that is called {mode}"))
                .with_hint(meant(mode, &MODES)));
        }
        if let Some(sure) = self.min_confidence
            && !(0.0..=1.0).contains(&sure)
        {
            return Err(Error::new(ErrorKind::Unknown, format!("a confidence of {sure} is no number from 0 to 1"))
                .with_hint("0 shows every statement, 0.9 only those that are nearly certain"));
        }
        Ok(())
    }

    /// The same with its words made ready for a store.
    pub fn ready(&self, all: &Catalogue) -> Ready<'_> {
        let papers = Needle::known(&self.publisher, |name| all.articles.iter().any(|article| article.paper() == name));
        let document = Needle::all(&self.document);
        let speaker = Needle::all(&self.speaker);
        let is_place = |name: &str| all.statements.iter().any(|s| s.places.iter().any(|place| place == name));
        let articles = all.articles.iter();
        Ready {
            filter: self,
            is_named: (!document.is_empty())
                .then(|| articles.clone().map(|a| any(&document, &[&a.id, &a.title, &a.iri])).collect()),
            is_of_paper: (!papers.is_empty()).then(|| articles.map(|a| any(&papers, &[a.paper()])).collect()),
            // An IRI means all who are one with its bearer.
            is_speaker: (!speaker.is_empty()).then(|| {
                let one = |at: u32| all.agents[all.one(at) as usize].iri.as_str();
                all.agents.iter().zip(0..).map(|(a, at)| answers(a, &speaker) || any(&speaker, &[one(at)])).collect()
            }),
            speaker,
            place: Needle::known(&self.place, is_place),
            about: Needle::all(&self.about),
            measure: Needle::known(&self.measure, |name| all.figures.iter().any(|figure| figure.measure == name)),
        }
    }

    /// Whether it is sure enough.
    pub fn trusts(&self, statement: &Statement) -> bool {
        self.min_confidence.is_none_or(|least| f64::from(statement.sure()) + 1e-6 >= least)
    }

    /// The chosen statements, and how many more there are that are not sure enough.
    pub fn choose(&self, all: &Catalogue) -> (Vec<u32>, usize) {
        let ready = self.ready(all);
        let mut chosen = Vec::new();
        let mut unsure = 0;
        for (at, statement) in all.statements.iter().enumerate() {
            if ready.admits(all, statement) {
                if self.trusts(statement) {
                    chosen.push(at as u32);
                } else {
                    unsure += 1;
                }
            }
        }
        (chosen, unsure)
    }
}

impl Filter {
    /// The chosen statements with their claims and articles, as a query is narrowed to them; and how many that would be
    /// among them were rejected by hand.
    pub fn iris(&self, all: &Catalogue) -> (FxHashSet<String>, usize) {
        let mut iris = FxHashSet::default();
        let mut rejected = 0;
        // A rejected statement is not sure at all; whoever asks for all of them still does not ask for it.
        let whatever = Filter { min_confidence: None, ..self.clone() };
        for at in whatever.choose(all).0 {
            let statement = &all.statements[at as usize];
            if statement.standing == Standing::Wrong {
                rejected += 1;
            } else if self.trusts(statement) {
                iris.insert(statement.iri.to_string());
                iris.insert(all.article(statement).iri.clone());
                iris.extend(statement.figures.iter().map(|&f| all.figures[f as usize].claim.to_string()));
            }
        }
        (iris, rejected)
    }
}

impl Filter {
    /// The names of speakers, papers and articles that nothing in the store has, each said in words, with the name that was
    /// probably meant.
    pub fn unmatched(&self, all: &Catalogue) -> Vec<(String, Option<String>)> {
        let [of_speaker, of_publisher, of_document] =
            [&self.speaker, &self.publisher, &self.document].map(|texts| Needle::all(texts));
        let mut speakers: Vec<&str> = Vec::new();
        for agent in &all.agents {
            speakers.extend([&agent.name[..], &agent.iri].into_iter().chain(agent.roles.iter().map(String::as_str)));
        }
        speakers.extend(all.statements.iter().flat_map(|s| [s.source.as_str(), s.title.as_str()]));
        let papers: Vec<&str> = all.articles.iter().map(|a| a.publisher.as_str()).collect();
        let articles: Vec<&str> = all.articles.iter().flat_map(|a| [&a.id[..], &a.title, &a.iri]).collect();
        let names: Vec<&str> = all.agents.iter().map(|a| a.name.as_str()).collect();
        let mut found = Vec::new();
        for (wanted, texts, names, what) in [
            (&of_speaker, &speakers, &names, "nobody who speaks is called"),
            (&of_publisher, &papers, &papers, "no paper is called"),
            (&of_document, &articles, &articles, "no article has as its id, or in its title,"),
        ] {
            for needle in wanted.iter().filter(|needle| !texts.iter().any(|text| needle.is_in(text))) {
                found.push((format!("{what} {:?}", needle.text), near(needle.text, names)));
            }
        }
        if !self.place.is_empty() {
            let mut places: Vec<&str> =
                all.statements.iter().flat_map(|s| &s.places).map(|place| place.as_str()).collect();
            places.sort_unstable();
            places.dedup();
            let is_told = |needle: &&Needle| {
                places.iter().any(|place| needle.is_in(place)) || all.statements.iter().any(|s| needle.is_in(&s.words))
            };
            for needle in Needle::all(&self.place).iter().filter(|needle| !is_told(needle)) {
                found.push((format!("nothing is told of a place {:?}", needle.text), near(needle.text, &places)));
            }
        }
        found
    }
}

/// The name that was probably meant, or that has the word that was.
pub(in crate::graph) fn near(given: &str, names: &[&str]) -> Option<String> {
    let whole = crate::graph::query::nearest(given, names);
    let parts = || -> Vec<&str> { names.iter().flat_map(|n| n.split_whitespace()).filter(|w| w.len() > 3).collect() };
    let word = || crate::graph::query::nearest(given, &parts());
    whole.or_else(word).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A filter whose words are made ready to be compared with the rows of one store.
pub struct Ready<'f> {
    filter: &'f Filter,
    /// Of every article, whether its id or title is wanted, and whether its paper is; nothing where all are.
    is_named: Option<Vec<bool>>,
    is_of_paper: Option<Vec<bool>>,
    /// Of every agent, whether it answers to what is wanted.
    is_speaker: Option<Vec<bool>>,
    speaker: Vec<Needle<'f>>,
    place: Vec<Needle<'f>>,
    about: Vec<Needle<'f>>,
    measure: Vec<Needle<'f>>,
}

/// What a text must have: words, or it must be this very text.
struct Needle<'f> {
    text: &'f str,
    words: Option<Wanted>,
}

impl<'f> Needle<'f> {
    /// IRIs are meant exactly, other texts by their words.
    fn all(texts: &'f [String]) -> Vec<Needle<'f>> {
        Needle::known(texts, |text| text.contains("://"))
    }

    /// Texts that are there are meant exactly, others by their words.
    fn known(texts: &'f [String], is_there: impl Fn(&str) -> bool) -> Vec<Needle<'f>> {
        texts.iter().map(|text| Needle { text, words: (!is_there(text)).then(|| Wanted::new(text)) }).collect()
    }

    fn is_in(&self, text: &str) -> bool {
        match &self.words {
            Some(words) => words.are_in(text),
            None => text == self.text,
        }
    }
}

/// Whether one of the texts has one of what is wanted, or nothing is wanted.
fn any(wanted: &[Needle], texts: &[&str]) -> bool {
    wanted.is_empty() || wanted.iter().any(|needle| texts.iter().any(|text| needle.is_in(text)))
}

/// Whether an agent is called so, by name or role.
fn answers(agent: &Agent, wanted: &[Needle]) -> bool {
    any(wanted, &[&agent.name, &agent.iri]) || agent.roles.iter().any(|role| any(wanted, &[role]))
}

/// The day of a statement: its own, else that of its article.
fn said_on<'d>(own: &'d SmolStr, published: &'d str) -> &'d str {
    if own.is_empty() { published } else { own }
}

/// Whether an entry of a list is wanted, where there is a list.
fn is_on(list: Option<&Vec<bool>>, at: u32) -> bool {
    list.is_none_or(|list| list.get(at as usize).copied().unwrap_or(false))
}

impl Ready<'_> {
    /// Whether an article is chosen: by its day, paper, id and title.
    pub fn takes(&self, all: &Catalogue, article: u32) -> bool {
        let published = all.articles[article as usize].published.as_str();
        let after = self.filter.since.as_deref().is_none_or(|since| published >= since);
        let before = self.filter.until.as_deref().is_none_or(|until| published <= until);
        after && before && is_on(self.is_named.as_ref(), article) && is_on(self.is_of_paper.as_ref(), article)
    }

    /// Whether a statement is chosen, whatever its confidence.
    pub fn admits(&self, all: &Catalogue, statement: &Statement) -> bool {
        self.of_paper(statement)
            && self.of_kind(statement)
            && self.of_mode(statement)
            && self.of_measure(all, statement)
            && self.of_place(statement)
            && self.fits(all, statement)
    }

    /// By its paper alone.
    pub fn of_paper(&self, statement: &Statement) -> bool {
        is_on(self.is_of_paper.as_ref(), statement.article)
    }

    /// By the kind of its source alone.
    pub fn of_kind(&self, statement: &Statement) -> bool {
        let (kinds, kind) = (&self.filter.source_kind, source_kind(&statement.kind));
        kinds.is_empty() || kinds.iter().any(|k| k.eq_ignore_ascii_case(kind))
    }

    /// By how it was said alone.
    pub fn of_mode(&self, statement: &Statement) -> bool {
        self.filter.mode.is_empty() || self.filter.mode.iter().any(|mode| *mode == statement.mode)
    }

    /// By what its figures measure alone.
    pub fn of_measure(&self, all: &Catalogue, statement: &Statement) -> bool {
        self.measure.is_empty()
            || statement.figures.iter().any(|&f| any(&self.measure, &[&all.figures[f as usize].measure]))
    }

    /// Whether a measure is wanted, or none is.
    pub fn measures(&self, measure: &str) -> bool {
        any(&self.measure, &[measure])
    }

    /// By the places that it tells of alone. A place that no event has is looked for among the words.
    pub fn of_place(&self, statement: &Statement) -> bool {
        self.place.is_empty()
            || self.place.iter().any(|needle| {
                statement.places.iter().any(|place| needle.is_in(place))
                    || needle.words.is_some() && needle.is_in(&statement.words)
            })
    }

    /// By all else: its days, article, speaker and words, and whether it is the paper's own voice.
    pub fn fits(&self, all: &Catalogue, statement: &Statement) -> bool {
        if self.filter.attributed && statement.is_narrator() || !is_on(self.is_named.as_ref(), statement.article) {
            return false;
        }
        self.is_said_then(all, statement) && self.is_said_by(all, statement) && self.is_about(all, statement)
    }

    fn is_said_then(&self, all: &Catalogue, statement: &Statement) -> bool {
        let (since, until) = (&self.filter.since, &self.filter.until);
        if since.is_none() && until.is_none() {
            return true;
        }
        let day = |own| said_on(own, &all.article(statement).published);
        since.as_ref().is_none_or(|since| day(&statement.latest) >= since.as_str())
            && until.as_ref().is_none_or(|until| day(&statement.earliest) <= until.as_str())
    }

    fn is_said_by(&self, all: &Catalogue, statement: &Statement) -> bool {
        let Some(is_speaker) = &self.is_speaker else { return true };
        // Who is one with somebody answers to that name, too.
        statement.speakers.iter().any(|&agent| {
            is_speaker[agent as usize]
                || (all.one(agent) != agent && any(&self.speaker, &[&all.agents[all.one(agent) as usize].name]))
        }) || any(&self.speaker, &[&statement.source, &statement.title])
    }

    fn is_about(&self, all: &Catalogue, statement: &Statement) -> bool {
        self.about.is_empty()
            || any(&self.about, &[&statement.words])
            || statement
                .figures
                .iter()
                .map(|&f| &all.figures[f as usize])
                .any(|f| any(&self.about, &[&f.measured, &f.surface]))
    }
}

/// A day as it must be written.
pub fn check_day(text: &str) -> Result<(), Error> {
    if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() {
        return Ok(());
    }
    let hint = match whole_day(text) {
        Some(day) => format!("write {day}"),
        None => "a day is written as year, month, day: 2015-11-18".to_owned(),
    };
    Err(Error::new(ErrorKind::Unknown, format!("{text} is no day of the calendar")).with_hint(hint))
}

/// The day that was probably meant: a year or month stands for its first day.
fn whole_day(text: &str) -> Option<String> {
    let parts: Vec<i16> = text.split(['-', '/', '.']).map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match parts[..] {
        [year] => (year, 1, 1),
        [year, month] if year > 31 => (year, month, 1),
        [year, month, day] if year > 31 => (year, month, day),
        [day, month, year] if year > 31 && month <= 12 && day > 12 => (year, month, day),
        _ => return None,
    };
    let day = i8::try_from(day).ok()?;
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, day).ok().map(|d| d.to_string())
}

/// "did you mean …", where one of the names is near, else all of them.
pub fn meant(given: &str, names: &[&str]) -> String {
    match crate::graph::query::nearest(given, names) {
        Some(near) => format!("did you mean {near}? There are {}", names.join(", ")),
        None => format!("use one of {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::catalogue::Article;

    #[test]
    fn wrong_days_are_named_with_the_day_that_was_meant() {
        assert!(check_day("2016-05-08").is_ok());
        let hint = |day: &str| check_day(day).expect_err(day).hint().to_owned();
        assert!(hint("2016-05").contains("2016-05-01"));
        assert!(hint("17/06/2019").contains("2019-06-17"));
        assert!(hint("2019-13-45").contains("2015-11-18"));
        assert!(check_day("+02016-05-08").is_err() && check_day("20160508").is_err());
    }

    #[test]
    fn a_name_that_is_there_is_meant_exactly() {
        let mut all = Catalogue::default();
        for publisher in ["Courier", "Evening Courier"] {
            all.articles.push(Article { publisher: publisher.into(), ..Article::default() });
        }
        let taken = |publisher: &str| {
            let filter = Filter { publisher: vec![publisher.into()], ..Filter::default() };
            let ready = filter.ready(&all);
            [ready.takes(&all, 0), ready.takes(&all, 1)]
        };
        assert_eq!(
            [taken("Courier"), taken("courier"), taken("evening")],
            [[true, false], [true, true], [false, true]]
        );
    }

    #[test]
    fn days_the_wrong_way_round_are_told() {
        let days = |since: &str, until: &str| Filter {
            since: Some(since.into()),
            until: Some(until.into()),
            ..Filter::default()
        };
        assert!(days("2018-06-02", "2018-06-02").check().is_ok());
        assert!(days("2018-06-02", "2018-06-01").check().expect_err("refused").to_string().contains("later than"));
    }

    #[test]
    fn names_that_nobody_has_are_told_with_the_nearest() {
        let mut all = Catalogue::default();
        let article = Article { publisher: "The Courier".into(), id: "one".into(), ..Article::default() };
        all.articles.push(article);
        all.statements.push(Statement { source: "Ilse Varga".into(), ..Statement::default() });
        let filter = |publisher: &str, speaker: &str| Filter {
            publisher: vec![publisher.into()],
            speaker: vec![speaker.into()],
            ..Filter::default()
        };
        assert_eq!(filter("courier", "varga").unmatched(&all), []);
        let told = filter("Courrier", "Nobody").unmatched(&all);
        assert!(told[0].0.contains("nobody who speaks is called \"Nobody\"") && told[0].1.is_none(), "{told:?}");
        assert_eq!(told[1].1.as_deref(), Some("Courier"));
        all.statements[0].places.push("Halvorne".into());
        let place = |name: &str| Filter { place: vec![name.into()], ..Filter::default() }.unmatched(&all);
        assert_eq!(place("Halvorne"), []);
        assert_eq!(
            place("Halvorn"),
            [("nothing is told of a place \"Halvorn\"".to_owned(), Some("Halvorne".to_owned()))]
        );
    }

    #[test]
    fn a_kind_of_source_typed_wrong_is_named() {
        let filter = Filter { source_kind: vec!["oficial".into()], ..Filter::default() };
        assert!(filter.check().expect_err("refused").hint().contains("did you mean official?"));
    }
}
