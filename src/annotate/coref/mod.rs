//! Coreference: which mentions name the same thing. Names first, parts of names and other names; then roles stated in the
//! text; then common nouns and pronouns, each of which ranks what was met before by learned weights. In doubt nothing is
//! joined.

mod chain;
mod name;
mod nominal;
mod pronoun;
mod quote;
pub mod rank;
mod role;
mod short;
mod turn;

use crate::text::*;
use chain::{Chain, Store};

/// Joins the mentions of a document into entities. Every mention gets one, except pronouns that stand for nothing sure.
pub fn resolve(doc: &Document) -> (Layer<Entity>, Column<Mention, Option<Id<Entity>>>) {
    let mut store = Store::new(doc);
    name::join(&mut store);
    role::join(&mut store);
    turn::join(&mut store);
    rank::join(&mut store);
    short::join(&mut store);
    finish(store)
}

/// The decisions on common nouns and pronouns that the trainer learns from, with the gold entities given by mention.
pub fn decisions(doc: &Document, gold: &dyn Fn(usize) -> Option<u32>) -> Vec<rank::Decision> {
    let mut store = Store::new(doc);
    name::join(&mut store);
    role::join(&mut store);
    turn::join(&mut store);
    rank::decisions(&mut store, gold)
}

/// Chains become entities in the order of their first mention.
fn finish(store: Store) -> (Layer<Entity>, Column<Mention, Option<Id<Entity>>>) {
    let doc = store.doc;
    let mut order: Vec<usize> = (0..store.chains.len()).filter(|&c| !store.chains[c].mentions.is_empty()).collect();
    order.sort_by_key(|&c| store.chains[c].mentions.iter().min().copied());
    let mut entities = Layer::default();
    let mut of = vec![None; doc.mentions.len()];
    for chain in order {
        let chain = store.chains[chain].clone();
        let label = label(&store, &chain);
        let described = if chain.named { None } else { described(&store, &chain) };
        let id = entities.push(Entity {
            mentions: chain.mentions.iter().map(|&m| Id::new(m)).collect(),
            kind: chain.kind,
            label,
            described,
            named: chain.named,
            gender: chain.gender,
            number: chain.number,
            country: chain.country,
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
fn label(store: &Store, chain: &Chain) -> String {
    let doc = store.doc;
    if let Some(thing) = chain.thing {
        let thing = crate::lexicon::gazetteer::SHIPPED.thing(thing);
        if chain.kind != EntityKind::Person {
            return thing.label.to_owned();
        }
    }
    let rows = chain.mentions.iter().map(|&m| &doc.mentions[Id::new(m)]);
    // "Garda O'Farrell" has less of the name than "Garda **Sean O'Farrell**".
    let before = |m: &Mention| m.tokens.start.index().checked_sub(1).map(|t| doc.lower(Id::new(t)));
    let ranked = |m: &&Mention| {
        let first = doc.lower(m.tokens.start);
        m.tokens.end.index() > m.tokens.start.index() + 1
            && rows.clone().any(|x| {
                let full = x.tokens.end.index() > x.tokens.start.index() + 1;
                x.kind == MentionKind::Name && full && x.tokens != m.tokens && before(x) == Some(first)
            })
    };
    let names = rows.clone().filter(|m| m.kind == MentionKind::Name && !ranked(m));
    // The longest name, the first of equals.
    let mut best = "";
    for name in names {
        let text = doc.slice(name.span);
        // A handle is a name where there is no other.
        let handle = |t: &str| t.starts_with('@');
        if best.is_empty() || (handle(best), text.chars().count()) > (handle(text), best.chars().count()) {
            best = text;
        }
    }
    if !best.is_empty() {
        return best.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let Some(first) = first_noun(doc, chain).or(rows.clone().next()) else {
        return String::new();
    };
    worded(store, chain, first, nominal::with_complement(doc, first))
}

/// The first noun phrase, if the headline has not the only one.
fn first_noun<'d>(doc: &'d Document, chain: &Chain) -> Option<&'d Mention> {
    let rows = chain.mentions.iter().map(|&m| &doc.mentions[Id::new(m)]);
    let noun = |m: &&Mention| m.kind == MentionKind::Nominal;
    rows.clone().filter(noun).find(|m| !rank::in_headline(doc, m)).or(rows.clone().find(noun))
}

/// The first noun phrase with what narrows it, where that is more than its label.
fn described(store: &Store, chain: &Chain) -> Option<String> {
    let first = first_noun(store.doc, chain)?;
    nominal::described(store.doc, first).map(|span| worded(store, chain, first, span))
}

/// The words of a noun phrase: "her brother" is "Ella Dunn’s brother" where she is known.
fn worded(store: &Store, chain: &Chain, first: &Mention, span: Span) -> String {
    let words = store.doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    match owner(store, chain, first) {
        Some((pronoun, name)) => words.replacen(pronoun, &format!("{name}’s"), 1),
        None => words,
    }
}

/// The possessive pronoun that begins a noun phrase, and the name of the one it stands for.
fn owner<'d>(store: &Store<'d>, chain: &Chain, row: &Mention) -> Option<(&'d str, String)> {
    let doc = store.doc;
    let first = row.tokens.start;
    let at = doc.mentions.within(doc.tokens[first].span).find(|&m| doc.mentions[m].kind == MentionKind::Pronoun)?;
    let owner = &store.chains[store.of[at.index()]?];
    let named = owner.named && doc.relation(first) == Relation::NmodPoss && owner.mentions != chain.mentions;
    named.then(|| (doc.word(first), label(store, owner)))
}
