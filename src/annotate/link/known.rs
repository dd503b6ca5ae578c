//! The known things: the shipped gazetteer and, beside it, tables of the user's own.

use std::hash::Hasher;

use rustc_hash::FxHashMap;

use crate::lexicon::gazetteer::{self, Reading, Status, Thing, ThingKind, key};

/// One row of a table of the user's own.
#[derive(Clone, Debug)]
struct Own {
    wikidata: u32,
    geonames: u32,
    label: String,
    description: String,
    kind: ThingKind,
    country: String,
    iri: String,
    prior: u16,
    point: Option<(i32, i32)>,
}

/// What a person decided about a link: these words are that thing, or are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Accepted, or rejected.
    pub accept: bool,
    /// The id of the article; empty: in all of them.
    pub article: String,
    /// The words of the text, exactly.
    pub words: String,
    /// What stands right before them; empty: anything.
    pub prefix: String,
    /// Number or IRI of the thing; empty: rejected whatever it is.
    pub value: String,
    /// What the thing is called where only this decision knows it; empty: as the entity is.
    pub label: String,
}

impl Decision {
    /// True for an article that it is about.
    pub fn is_about(&self, article: &str) -> bool {
        self.article.is_empty() || self.article == article
    }
}

/// The known things: names and what they may stand for.
#[derive(Clone, Debug, Default)]
pub struct Known {
    own: Vec<Own>,
    names: FxHashMap<String, Vec<(u32, u8)>>,
    /// Later ones go before earlier ones.
    decisions: Vec<Decision>,
    /// The tables that were added, by a hash: what is read with other tables is read anew.
    tables: Vec<String>,
}

/// How likely a thing of the user's own is meant where its table does not say.
const OWN_PRIOR: u16 = 1200;

/// Hundred-thousandths of a degree.
fn degrees(text: &str) -> Option<i32> {
    text.parse::<f64>().ok().filter(|d| d.abs() <= 180.0).map(|d| (d * 1e5).round() as i32)
}

/// Numbers of the user's things begin here, beyond the shipped ones.
const OWN: u32 = 1 << 30;

impl Known {
    /// Adds a tab-separated table with the columns `qid`, `label`, `aliases` (joined with `|`), `type`, `iso2`,
    /// `description` and, if there are any, `geonames`, `iri`, `prior`, `lat`, `lon`; the first line names them. Its things go
    /// before the shipped ones, unless `prior` says how likely they are.
    pub fn add_table(&mut self, table: &str) -> Result<usize, String> {
        let mut lines = table.lines().enumerate();
        let head: Vec<&str> = lines.next().map_or(Vec::new(), |(_, l)| l.split('\t').collect());
        let column = |name: &str| head.iter().position(|h| *h == name);
        let label_at = column("label").ok_or("line 1: no column named \"label\"")?;
        let mut count = 0;
        let mut hash = rustc_hash::FxHasher::default();
        hash.write(table.as_bytes());
        self.tables.push(format!("{:016x}-{}", hash.finish(), table.len()));
        for (i, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |name: &str| column(name).and_then(|c| cells.get(c)).map_or("", |c| c.trim());
            let label = cells.get(label_at).map_or("", |c| c.trim());
            if label.is_empty() {
                return Err(format!("line {}: no label", i + 1));
            }
            let number = |text: &str| -> Result<u32, String> {
                let digits = text.trim_start_matches('Q');
                if digits.is_empty() {
                    Ok(0)
                } else {
                    digits.parse().map_err(|_| format!("line {}: {text:?} is no identifier", i + 1))
                }
            };
            let kind = match cell("type") {
                "" => ThingKind::Organisation,
                text => text.parse().map_err(|()| format!("line {}: unknown type {text:?}", i + 1))?,
            };
            let own = Own {
                wikidata: number(cell("qid"))?,
                geonames: number(cell("geonames"))?,
                label: label.to_owned(),
                description: cell("description").to_owned(),
                kind,
                country: cell("iso2").to_owned(),
                iri: cell("iri").to_owned(),
                prior: cell("prior").parse().unwrap_or(OWN_PRIOR),
                point: degrees(cell("lat")).zip(degrees(cell("lon"))),
            };
            let at = self.own.len() as u32;
            for (rank, name) in std::iter::once((0, label)).chain(cell("aliases").split('|').map(|a| (1, a))) {
                let name = key(name);
                if name.len() >= 2 {
                    self.names.entry(name).or_default().push((at, rank));
                }
            }
            self.own.push(own);
            count += 1;
        }
        Ok(count)
    }

    /// Takes the decisions of a person; later ones go before earlier ones.
    pub fn decide(&mut self, decisions: impl IntoIterator<Item = Decision>) {
        self.decisions.extend(decisions);
    }

    /// The decisions about an article, the latest first.
    pub(super) fn decisions<'k>(&'k self, article: &'k str) -> impl Iterator<Item = &'k Decision> {
        self.decisions.iter().rev().filter(move |d| d.is_about(article))
    }

    /// What, beside the shipped things, decides how an article is read, for those who must see that it changed.
    pub fn beside(&self, article: &str, text: &str) -> Vec<String> {
        // Words that the text has not may be a label of what it names: their last word tells.
        let last = |d: &Decision| d.words.rsplit(' ').next().unwrap_or("").to_owned();
        let decided = self.decisions(article).filter(|d| text.contains(&last(d))).map(|d| format!("{d:?}"));
        self.tables.iter().cloned().chain(decided).collect()
    }

    /// What a name in its look-up form may stand for: the user's things first, then the shipped ones.
    pub fn find<'k>(&'k self, name: &str) -> Vec<Reading<'k>> {
        let mut found: Vec<Reading<'k>> = Vec::new();
        for &(at, rank) in self.names.get(name).map_or(&[][..], Vec::as_slice) {
            let own = &self.own[at as usize];
            let thing = Thing {
                id: OWN + at,
                wikidata: own.wikidata,
                geonames: own.geonames,
                label: &own.label,
                description: &own.description,
                dbpedia: "",
                iri: &own.iri,
                prior: own.prior,
                point: own.point,
                kind: own.kind,
                status: Status::Verified,
                country: &own.country,
            };
            found.push(Reading { thing, rank });
        }
        for reading in gazetteer::SHIPPED.find(name) {
            found.push(reading);
        }
        found
    }
}
