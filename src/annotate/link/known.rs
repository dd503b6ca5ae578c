//! The known things: the shipped gazetteer and, beside it, tables of the user's own.

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
}

/// The known things: names and what they may stand for.
#[derive(Clone, Debug, Default)]
pub struct Known {
    own: Vec<Own>,
    names: FxHashMap<String, Vec<(u32, u8)>>,
}

/// Numbers of the user's things begin here, beyond the shipped ones.
const OWN: u32 = 1 << 30;

impl Known {
    /// Adds a tab-separated table with the columns `qid`, `label`, `aliases` (joined with `|`), `type`, `iso2`,
    /// `description` and, if there are any, `geonames`; the first line names them. Its things go before the shipped ones.
    pub fn add_table(&mut self, table: &str) -> Result<usize, String> {
        let mut lines = table.lines().enumerate();
        let head: Vec<&str> = lines.next().map_or(Vec::new(), |(_, l)| l.split('\t').collect());
        let column = |name: &str| head.iter().position(|h| *h == name);
        let label_at = column("label").ok_or("line 1: no column named \"label\"")?;
        let mut count = 0;
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
                prior: 1200,
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
