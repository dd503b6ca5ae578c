//! Coreference: which mentions name the same thing. Sieves in order: names, parts of names and other names, roles stated
//! in the text, common nouns, pronouns. Each later sieve sees what the earlier ones joined; in doubt nothing is joined.

mod chain;
mod name;
mod nominal;
mod pronoun;
mod quote;
mod role;

use crate::text::*;
use chain::{Chain, Store};

/// Joins the mentions of a document into entities. Every mention gets one, except pronouns that stand for nothing sure.
pub fn resolve(doc: &Document) -> (Layer<Entity>, Column<Mention, Option<Id<Entity>>>) {
    let mut store = Store::new(doc);
    name::join(&mut store);
    role::join(&mut store);
    nominal::join(&mut store);
    pronoun::join(&mut store);
    finish(store)
}

/// Chains become entities in the order of their first mention.
fn finish(store: Store) -> (Layer<Entity>, Column<Mention, Option<Id<Entity>>>) {
    let doc = store.doc;
    let mut order: Vec<usize> = (0..store.chains.len()).filter(|&c| !store.chains[c].mentions.is_empty()).collect();
    order.sort_by_key(|&c| store.chains[c].mentions.iter().min().copied());
    let mut entities = Layer::default();
    let mut of = vec![None; doc.mentions.len()];
    for chain in order {
        let mut chain = store.chains[chain].clone();
        chain.mentions.sort_unstable();
        let label = label(doc, &chain);
        let id = entities.push(Entity {
            mentions: chain.mentions.iter().map(|&m| Id::new(m)).collect(),
            kind: chain.kind,
            label,
            named: chain.named,
            gender: chain.gender,
            number: chain.number,
            roles: chain.roles.iter().filter_map(|r| r.span).collect(),
            made_by: Rule(chain.made_by),
        });
        for mention in chain.mentions {
            of[mention] = Some(id);
        }
    }
    (entities, Column::new(of))
}

/// The best name: the known thing's for countries and bodies, else the longest in the text, else the first noun phrase.
fn label(doc: &Document, chain: &Chain) -> String {
    if let Some(thing) = chain.thing {
        let thing = crate::lexicon::gazetteer::SHIPPED.thing(thing);
        if chain.kind != EntityKind::Person {
            return thing.label.to_owned();
        }
    }
    let rows = chain.mentions.iter().map(|&m| &doc.mentions[Id::new(m)]);
    let names = rows.clone().filter(|m| m.kind == MentionKind::Name);
    // The longest name, the first of equals.
    let mut best = "";
    for name in names {
        let text = doc.slice(name.span);
        if text.chars().count() > best.chars().count() {
            best = text;
        }
    }
    if !best.is_empty() {
        return best.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let Some(first) = rows.clone().find(|m| m.kind == MentionKind::Nominal).or(rows.clone().next()) else {
        return String::new();
    };
    let span = nominal::with_complement(doc, first);
    doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
