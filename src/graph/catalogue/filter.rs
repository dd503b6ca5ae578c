//! What is chosen of a store: by day, speaker, paper, place, words, article, kind of source and confidence.
//!
//! Several values of one kind mean any of them; several kinds mean all.

use super::{Catalogue, Statement};
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

    /// Whether a statement is chosen, whatever its confidence.
    pub fn admits(&self, all: &Catalogue, statement: &Statement) -> bool {
        let article = all.article(statement);
        let has = |wanted: &[String], texts: &[&str]| {
            wanted.is_empty() || wanted.iter().any(|w| texts.iter().any(|text| holds(text, w)))
        };
        if self.attributed && statement.is_narrator() {
            return false;
        }
        if self.since.is_some() || self.until.is_some() {
            let latest = [&statement.latest[..], &article.published].into_iter().find(|d| !d.is_empty());
            let earliest = [&statement.earliest[..], &article.published].into_iter().find(|d| !d.is_empty());
            let after = self.since.as_deref().is_none_or(|since| latest.unwrap_or_default() >= since);
            let before = self.until.as_deref().is_none_or(|until| earliest.unwrap_or_default() <= until);
            if !after || !before {
                return false;
            }
        }
        let kind = source_kind(&statement.kind);
        if !self.source_kind.is_empty() && !self.source_kind.iter().any(|k| k.eq_ignore_ascii_case(kind)) {
            return false;
        }
        if !has(&self.document, &[&article.id, &article.title, &article.iri])
            || !has(&self.publisher, &[&article.publisher])
        {
            return false;
        }
        if !self.speaker.is_empty() {
            let mut names: Vec<&str> = statement.speakers.iter().map(|&a| &all.agents[a as usize].name[..]).collect();
            names.extend([&statement.source[..], &statement.title[..]]);
            names.extend(statement.speakers.iter().map(|&a| &all.agents[a as usize].iri[..]));
            if !has(&self.speaker, &names) {
                return false;
            }
        }
        if !self.place.is_empty() {
            let mut places: Vec<&str> = statement.places.iter().map(|p| &p[..]).collect();
            places.push(&statement.words);
            if !has(&self.place, &places) {
                return false;
            }
        }
        if !self.about.is_empty() {
            let figures = statement.figures.iter().map(|&f| &all.figures[f as usize]);
            let mut texts: Vec<&str> = vec![&statement.words];
            texts.extend(figures.flat_map(|f| [&f.counted[..], &f.surface[..]]));
            if !has(&self.about, &texts) {
                return false;
            }
        }
        true
    }

    /// Whether it is sure enough.
    pub fn trusts(&self, statement: &Statement) -> bool {
        self.min_confidence.is_none_or(|least| f64::from(statement.sure()) + 1e-6 >= least)
    }

    /// The chosen statements, and how many more there are that are not sure enough.
    pub fn choose(&self, all: &Catalogue) -> (Vec<u32>, usize) {
        let mut chosen = Vec::new();
        let mut unsure = 0;
        for (at, statement) in all.statements.iter().enumerate() {
            if self.admits(all, statement) {
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

/// Whether a text has the words; an IRI must be the same.
fn holds(text: &str, wanted: &str) -> bool {
    if wanted.contains("://") {
        return text == wanted;
    }
    Wanted::new(wanted).are_in(text)
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
    fn a_kind_of_source_typed_wrong_is_named() {
        let filter = Filter { source_kind: vec!["oficial".into()], ..Filter::default() };
        assert!(filter.check().expect_err("refused").hint().contains("did you mean official?"));
    }
}
