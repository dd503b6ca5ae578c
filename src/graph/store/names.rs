//! The terms of a store as numbers, so that things are told apart and put together without their names: those of the
//! dictionary of mapped files; elsewhere terms are given numbers as they are met.

use std::cell::RefCell;
use std::sync::Arc;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use rustc_hash::FxHashMap;

use super::Loaded;
use super::loaded::pairs;
use super::mapped::Snapshot;
use crate::graph::Error;

/// Things by their numbers, with their places in a list.
pub(in crate::graph) type Places = FxHashMap<u32, u32>;

/// Things fewer than one in so many of a property's subjects are looked up one by one.
const FEW: usize = 16;

/// The terms of a store by their numbers.
pub(in crate::graph) enum Names<'s> {
    Mapped(Arc<Snapshot>),
    Met(&'s Loaded, RefCell<Met>),
}

/// Terms in the order in which they were met.
#[derive(Default)]
pub(in crate::graph) struct Met {
    terms: Vec<Term>,
    numbers: FxHashMap<Term, u32>,
}

impl Met {
    fn number(&mut self, term: Term) -> u32 {
        match self.numbers.get(&term) {
            Some(number) => *number,
            None => {
                let number = self.terms.len() as u32;
                self.terms.push(term.clone());
                self.numbers.insert(term, number);
                number
            }
        }
    }
}

impl Names<'_> {
    /// Those of a store.
    pub fn of(store: &Loaded) -> Names<'_> {
        match store {
            Loaded::Mapped(mapped) => Names::Mapped(mapped.now()),
            store => Names::Met(store, RefCell::default()),
        }
    }

    /// A term by its number.
    pub fn term(&self, number: u32) -> Result<Term, Error> {
        match self {
            Names::Mapped(snapshot) => snapshot.term(number),
            Names::Met(_, met) => Ok(met.borrow().terms[number as usize].clone()),
        }
    }

    /// The IRI of a number; nothing for what is no IRI.
    pub fn iri(&self, number: u32) -> Result<Option<String>, Error> {
        Ok(match self.term(number)? {
            Term::NamedNode(node) => Some(node.into_string()),
            _ => None,
        })
    }

    /// The numbers of the subjects and objects of a property; of what has that object alone, where it is given.
    pub fn pairs(
        &self,
        property: NamedNodeRef<'_>,
        object: Option<NamedNodeRef<'_>>,
        mut work: impl FnMut(u32, u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let object = object.map(TermRef::from);
        match self {
            Names::Mapped(snapshot) => pairs(snapshot, property, object, work),
            Names::Met(store, met) => {
                for quad in store.quads_for_pattern(None, Some(property), object, None) {
                    let quad = quad?;
                    if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
                        let mut met = met.borrow_mut();
                        let pair = (met.number(subject.into()), met.number(quad.object));
                        drop(met);
                        work(pair.0, pair.1)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// The instances of a class, sorted by their IRIs: number and IRI.
    pub fn instances(&self, class: NamedNodeRef<'_>) -> Result<Vec<(u32, String)>, Error> {
        let numbers = self.numbers(class)?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            found.extend(self.iri(number)?.map(|iri| (number, iri)));
        }
        found.sort_unstable_by(|a: &(u32, String), b| a.1.cmp(&b.1));
        Ok(found)
    }

    /// The same by their numbers alone, sorted by these.
    pub fn numbers(&self, class: NamedNodeRef<'_>) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        self.pairs(crate::graph::vocab::other::TYPE, Some(class), |thing, _| {
            found.push(thing);
            Ok(())
        })?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Gives the objects of a property with the places of their subjects, those with one object one after another where the
    /// property is read as a whole. What is said of other things is not read.
    pub fn each(
        &self,
        property: NamedNodeRef<'_>,
        places: &Places,
        work: impl FnMut(u32, u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.along(property, false, places, work)
    }

    /// Gives the subjects of a property with the places of their objects.
    pub fn each_back(
        &self,
        property: NamedNodeRef<'_>,
        places: &Places,
        work: impl FnMut(u32, u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.along(property, true, places, work)
    }

    /// One or the other.
    pub(super) fn along(
        &self,
        property: NamedNodeRef<'_>,
        is_back: bool,
        places: &Places,
        mut work: impl FnMut(u32, u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if let Names::Mapped(snapshot) = self {
            let Some(number) = snapshot.find(property.into())? else { return Ok(()) };
            if places.len() < snapshot.about(number)? / FEW {
                let mut things: Vec<(u32, u32)> = places.iter().map(|(thing, at)| (*thing, *at)).collect();
                things.sort_unstable();
                for (thing, at) in things {
                    let (pattern, end) = match is_back {
                        true => ([None, Some(number), Some(thing), None], 0),
                        false => ([Some(thing), Some(number), None, None], 2),
                    };
                    for row in snapshot.quads(pattern) {
                        work(at, row?[end])?;
                    }
                }
                return Ok(());
            }
        }
        self.pairs(property, None, |subject, object| {
            let (from, to) = if is_back { (object, subject) } else { (subject, object) };
            match places.get(&from) {
                Some(&at) => work(at, to),
                None => Ok(()),
            }
        })
    }
}
