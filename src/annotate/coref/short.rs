//! Last sieve: the short form of a body that the article names in full elsewhere, before or behind: "the panel" is the
//! Athletics Integrity Panel, "the Friends" the Friends of Thornbeck Library, where no other body ends or begins so.

use rustc_hash::FxHashMap;

use super::chain::Store;
use super::name::plain;
use crate::text::*;

pub fn join(store: &mut Store) {
    let doc = store.doc;
    // The noun that tells what a named body is: the last of its name, or the last before "of" and "for".
    let mut bodies: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let named = |c: &usize| {
        let chain = &store.chains[*c];
        chain.named && chain.kind == EntityKind::Organisation && !chain.mentions.is_empty()
    };
    for c in (0..store.chains.len()).filter(named) {
        for noun in store.chains[c].keys.iter().filter_map(|k| noun_of(k)) {
            let of = bodies.entry(noun).or_default();
            if of.last() != Some(&c) {
                of.push(c);
            }
        }
    }
    for c in 0..store.chains.len() {
        let chain = &store.chains[c];
        let open = matches!(chain.kind, EntityKind::Organisation | EntityKind::Group | EntityKind::Other);
        let [first, rest @ ..] = &chain.mentions[..] else { continue };
        let (first, rest) = (*first, rest.to_vec());
        if chain.named
            || !open
            || rest.iter().any(|&m| store.mention(m).kind == MentionKind::Nominal && !bare(store, m))
        {
            continue;
        }
        let row = store.mention(first);
        if row.kind != MentionKind::Nominal || !bare(store, first) {
            continue;
        }
        let word = plain(doc.lower(row.head));
        // A common noun for a body, or one that is written as a name.
        let capital = doc.word(row.head).starts_with(char::is_uppercase);
        let speaks = doc.relation(row.head).is("nsubj")
            && doc.head(row.head).is_some_and(|v| crate::lexicon::speech::is(doc.lemma(v)));
        if chain.kind != EntityKind::Organisation && !capital && !speaks {
            continue;
        }
        let Some([full]) = bodies.get(word).map(Vec::as_slice) else { continue };
        store.merge(*full, c, "coref/short-form");
    }
}

/// "The panel": an article and a noun, nothing else.
fn bare(store: &Store, m: usize) -> bool {
    let (doc, row) = (store.doc, store.mention(m));
    let end = row.tokens.end;
    let complement = doc.tokens.at(end).is_some()
        && doc.sentence_of(end) == doc.sentence_of(row.head)
        && matches!(doc.lower(end), "of" | "for")
        && doc.head(end).is_some_and(|h| doc.head(h) == Some(row.head));
    end.index() == row.tokens.start.index() + 2 && doc.lower(row.tokens.start) == "the" && !complement
}

/// What a body's name says that it is: "panel", "ministry", "friends".
fn noun_of(key: &str) -> Option<String> {
    let words: Vec<&str> = key.split(' ').collect();
    let end = words.iter().position(|w| matches!(*w, "of" | "for")).unwrap_or(words.len());
    (words.len() > 1 && end > 0).then(|| plain(words[end - 1]).to_owned())
}
