//! What is chosen of a store: by day, speaker, paper, place, words, article, kind of source and confidence.
//!
//! Several values of one kind mean any of them; several kinds mean all.

use rustc_hash::FxHashSet;

use super::{Article, Catalogue, Standing, Statement};
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
        if let Some(sure) = self.min_confidence
            && !(0.0..=1.0).contains(&sure)
        {
            return Err(Error::new(ErrorKind::Unknown, format!("a confidence of {sure} is no number from 0 to 1"))
                .with_hint("0 shows every statement, 0.9 only those that are nearly certain"));
        }
        Ok(())
    }

    /// The same with its words made ready.
    pub fn ready(&self) -> Ready<'_> {
        Ready {
            filter: self,
            speaker: Needle::all(&self.speaker),
            publisher: Needle::all(&self.publisher),
            place: Needle::all(&self.place),
            about: Needle::all(&self.about),
            document: Needle::all(&self.document),
        }
    }

    /// Whether it is sure enough.
    pub fn trusts(&self, statement: &Statement) -> bool {
        self.min_confidence.is_none_or(|least| f64::from(statement.sure()) + 1e-6 >= least)
    }

    /// The chosen statements, and how many more there are that are not sure enough.
    pub fn choose(&self, all: &Catalogue) -> (Vec<u32>, usize) {
        let ready = self.ready();
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
        let ready = self.ready();
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
            (&ready.speaker, &speakers, &names, "nobody who speaks is called"),
            (&ready.publisher, &papers, &papers, "no paper is called"),
            (&ready.document, &articles, &articles, "no article has as its id, or in its title,"),
        ] {
            for needle in wanted.iter().filter(|needle| !texts.iter().any(|text| needle.is_in(text))) {
                found.push((format!("{what} {:?}", needle.text), near(needle.text, names)));
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

/// A filter whose words are made ready to be compared.
pub struct Ready<'f> {
    filter: &'f Filter,
    speaker: Vec<Needle<'f>>,
    publisher: Vec<Needle<'f>>,
    place: Vec<Needle<'f>>,
    about: Vec<Needle<'f>>,
    document: Vec<Needle<'f>>,
}

/// What a text must have: words, or it must be the IRI.
struct Needle<'f> {
    text: &'f str,
    words: Option<Wanted>,
}

impl<'f> Needle<'f> {
    fn all(texts: &'f [String]) -> Vec<Needle<'f>> {
        texts.iter().map(|text| Needle { text, words: (!text.contains("://")).then(|| Wanted::new(text)) }).collect()
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

impl Ready<'_> {
    /// Whether an article is chosen: by its day, paper, id and title.
    pub fn takes(&self, article: &Article) -> bool {
        let after = self.filter.since.as_deref().is_none_or(|since| article.published.as_str() >= since);
        let before = self.filter.until.as_deref().is_none_or(|until| article.published.as_str() <= until);
        after && before && self.knows(article)
    }

    /// By paper, id and title alone: a statement has days of its own.
    fn knows(&self, article: &Article) -> bool {
        any(&self.document, &[&article.id, &article.title, &article.iri]) && any(&self.publisher, &[&article.publisher])
    }

    /// Whether a statement is chosen, whatever its confidence.
    pub fn admits(&self, all: &Catalogue, statement: &Statement) -> bool {
        let filter = self.filter;
        let article = all.article(statement);
        if filter.attributed && statement.is_narrator() {
            return false;
        }
        if filter.since.is_some() || filter.until.is_some() {
            let day = |own: &str| if own.is_empty() { article.published.clone() } else { own.to_owned() };
            let (latest, earliest) = (day(&statement.latest), day(&statement.earliest));
            let after = filter.since.as_ref().is_none_or(|since| latest >= *since);
            let before = filter.until.as_ref().is_none_or(|until| earliest <= *until);
            if !after || !before {
                return false;
            }
        }
        let kind = source_kind(&statement.kind);
        if !filter.source_kind.is_empty() && !filter.source_kind.iter().any(|k| k.eq_ignore_ascii_case(kind)) {
            return false;
        }
        if !self.knows(article) {
            return false;
        }
        if !self.speaker.is_empty() {
            let mut names: Vec<&str> = vec![&statement.source, &statement.title];
            for agent in statement.speakers.iter().map(|&a| &all.agents[a as usize]) {
                names.extend([&agent.name[..], &agent.iri]);
                names.extend(agent.roles.iter().map(String::as_str));
            }
            // Who is one with somebody answers to that name, too.
            for &agent in &statement.speakers {
                let one = all.one(agent);
                if one != agent {
                    names.push(&all.agents[one as usize].name);
                }
            }
            if !any(&self.speaker, &names) {
                return false;
            }
        }
        if !self.place.is_empty() {
            let mut places: Vec<&str> = statement.places.iter().map(|p| &p[..]).collect();
            places.push(&statement.words);
            if !any(&self.place, &places) {
                return false;
            }
        }
        if !self.about.is_empty() {
            let figures = statement.figures.iter().map(|&f| &all.figures[f as usize]);
            let mut texts: Vec<&str> = vec![&statement.words];
            texts.extend(figures.flat_map(|f| [&f.counted[..], &f.surface[..]]));
            if !any(&self.about, &texts) {
                return false;
            }
        }
        true
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
    }

    #[test]
    fn a_kind_of_source_typed_wrong_is_named() {
        let filter = Filter { source_kind: vec!["oficial".into()], ..Filter::default() };
        assert!(filter.check().expect_err("refused").hint().contains("did you mean official?"));
    }
}
