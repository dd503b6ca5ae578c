//! Chains of mentions while they grow.

use rustc_hash::FxHashSet;

use super::nominal::Phrase;
use crate::lexicon::gazetteer::{SHIPPED, Thing};
use crate::text::*;

/// An office or description that the text (or the gazetteer) gives to somebody: "the Russian president".
#[derive(Clone, Debug, PartialEq)]
pub struct RoleFact {
    /// Lemma of its head noun: `president`.
    pub head: String,
    /// Its other words, lower case, without countries.
    pub words: Vec<String>,
    /// The country it names.
    pub country: Option<&'static str>,
    /// Where the text states it; `None` when the gazetteer does.
    pub span: Option<Span>,
}

/// Mentions of one thing.
#[derive(Clone, Debug)]
pub struct Chain {
    /// In text order.
    pub mentions: Vec<usize>,
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    pub number: Option<Number>,
    pub named: bool,
    /// Look-up forms of its names.
    pub keys: Vec<String>,
    /// The known thing it is, where the name alone decides.
    pub thing: Option<u32>,
    /// The country it is, or belongs to.
    pub country: Option<&'static str>,
    pub roles: Vec<RoleFact>,
    /// The common nouns that named it.
    pub nouns: Vec<Phrase>,
    pub made_by: &'static str,
}

impl Chain {
    pub fn known(&self) -> Option<Thing<'static>> {
        self.thing.map(|t| SHIPPED.thing(t))
    }
}

/// All chains of a document, and what is asked of it again and again.
pub struct Store<'d> {
    pub doc: &'d Document,
    pub chains: Vec<Chain>,
    /// The chain of each mention.
    pub of: Vec<Option<usize>>,
    /// The sentence of each mention.
    pub sentence: Vec<usize>,
    /// Offices and ranks that people were introduced with.
    pub ranks: FxHashSet<String>,
}

impl<'d> Store<'d> {
    pub fn new(doc: &'d Document) -> Store<'d> {
        let sentence = doc.mentions.iter().map(|m| doc.sentence_of(m.head).index()).collect();
        Store { doc, chains: Vec::new(), of: vec![None; doc.mentions.len()], sentence, ranks: FxHashSet::default() }
    }

    pub fn mention(&self, m: usize) -> &'d Mention {
        &self.doc.mentions[Id::new(m)]
    }

    /// Begins a chain with one mention.
    pub fn begin(&mut self, m: usize, kind: EntityKind, made_by: &'static str) -> usize {
        let row = self.mention(m);
        self.chains.push(Chain {
            mentions: vec![m],
            kind,
            gender: row.gender,
            number: row.number,
            named: row.kind == MentionKind::Name,
            keys: Vec::new(),
            thing: None,
            country: None,
            roles: Vec::new(),
            nouns: Vec::new(),
            made_by,
        });
        self.of[m] = Some(self.chains.len() - 1);
        self.chains.len() - 1
    }

    /// Adds a mention to a chain.
    pub fn add(&mut self, m: usize, chain: usize, made_by: &'static str) {
        let row = self.mention(m);
        let target = &mut self.chains[chain];
        let at = target.mentions.partition_point(|&x| x < m);
        target.mentions.insert(at, m);
        target.gender = target.gender.or(row.gender);
        target.named |= row.kind == MentionKind::Name;
        target.made_by = made_by;
        self.of[m] = Some(chain);
    }

    /// Makes one chain of two: the mentions of the second go to the first.
    pub fn merge(&mut self, into: usize, from: usize, made_by: &'static str) {
        let taken = std::mem::take(&mut self.chains[from].mentions);
        let roles = std::mem::take(&mut self.chains[from].roles);
        for m in taken {
            self.add(m, into, made_by);
        }
        self.chains[into].roles.extend(roles);
    }

    /// The last mention of a chain before mention `m`.
    pub fn last_before(&self, chain: usize, m: usize) -> Option<usize> {
        let mentions = &self.chains[chain].mentions;
        mentions.partition_point(|&x| x < m).checked_sub(1).map(|at| mentions[at])
    }

    /// True when the mention is the subject of its clause.
    pub fn is_subject(&self, m: usize) -> bool {
        let mut head = self.mention(m).head;
        // The second of "X and Y" is a subject where the first is, a name where its title is.
        if matches!(self.doc.relation(head), Relation::Conj | Relation::Flat) {
            head = self.doc.head(head).unwrap_or(head);
        }
        self.doc.relation(head).is("nsubj")
    }

    /// The chain of the smallest mention that has this token as its head.
    pub fn chain_at(&self, token: Id<Token>) -> Option<usize> {
        let sentence = self.doc.sentences.at(self.doc.sentence_of(token))?;
        self.doc
            .mentions
            .within(sentence.span)
            .filter(|&m| self.doc.mentions[m].head == token)
            .find_map(|m| self.of[m.index()])
            .or_else(|| {
                // "**Striker** Jo Abara": the tree may head a name by its title.
                let titled = |m: &Id<Mention>| {
                    let row = &self.doc.mentions[*m];
                    let flat = self.doc.relation(row.head) == Relation::Flat && self.doc.head(row.head) == Some(token);
                    row.kind == MentionKind::Name
                        && (flat || row.title.is_some_and(|t| t.covers(self.doc.tokens[token].span)))
                };
                self.doc.mentions.within(sentence.span).find(titled).and_then(|m| self.of[m.index()])
            })
    }
}
