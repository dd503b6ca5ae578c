//! Links from entities to external datasets.

use super::Rule;

/// One thing that an entity may be.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// Wikidata id, `Q7747`.
    pub wikidata: Option<String>,
    /// GeoNames id, `170063`.
    pub geonames: Option<String>,
    /// DBpedia resource name, `Vladimir_Putin`.
    pub dbpedia: Option<String>,
    /// IRI in another dataset, one that a user imported.
    pub iri: Option<String>,
    /// Where it lies: latitude and longitude in hundred-thousandths of a degree.
    pub point: Option<(i32, i32)>,
    /// Its label there.
    pub label: String,
    /// Probability that it is the right one, 0 to 1.
    pub confidence: f32,
}

/// The outcome of linking one entity.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct Link {
    /// Candidates, best first; the first is asserted when `accepted`.
    pub candidates: Vec<Candidate>,
    /// True when the best candidate is sure enough to be asserted.
    pub accepted: bool,
    /// What decided.
    pub made_by: Rule,
}

impl Link {
    /// The asserted candidate.
    pub fn target(&self) -> Option<&Candidate> {
        self.candidates.first().filter(|_| self.accepted)
    }
}
