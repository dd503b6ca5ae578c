//! Who the labels of a transcript and the handles of posts stand for. The same label is the same one throughout; a role ("THE CHAIRWOMAN") is the
//! person that the text gives it to, and "A" the one person of whom the lines before the first question speak.

use rustc_hash::FxHashMap;

use super::chain::{Chain, Store};
use crate::text::*;

/// Who asks, where the label says no more.
const ASKS: [&str; 5] = ["q", "question", "interviewer", "reporter", "journalist"];
/// Who answers.
const ANSWERS: [&str; 2] = ["a", "answer"];
/// Who presides: a hearing "before Justice Roe" has her in the chair whatever the label calls the chair.
const PRESIDES: [&str; 7] = ["chair", "chairman", "chairwoman", "chairperson", "judge", "justice", "court"];
/// Who pleads or examines for one side.
const PLEADS: [&str; 7] = ["counsel", "lawyer", "attorney", "solicitor", "barrister", "prosecution", "defence"];

/// So many labels of one article are looked for among its people, which bounds the time that they take.
const LABELS: usize = 200;

pub fn join(store: &mut Store) {
    posts(store);
    labels(store);
}

/// "RT @joroe" is Jo Roe, who signs "— Jo Roe (@joroe)".
fn posts(store: &mut Store) {
    let doc = store.doc;
    let mut whose: FxHashMap<&str, usize> = FxHashMap::default();
    for (name, handle) in doc.blocks.iter().filter_map(|b| doc.signature(b)) {
        let Some(handle) = handle.map(|h| doc.lower(h)) else { continue };
        let own = doc.mentions.within(doc.span_of(name)).next().and_then(|m| store.of[m.index()]);
        if let Some(own) = own {
            whose.entry(handle).or_insert(own);
        }
    }
    if whose.is_empty() {
        return;
    }
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        let Some(&own) = whose
            .get(doc.lower(row.head))
            .filter(|&&c| row.kind == MentionKind::Name && !store.chains[c].mentions.is_empty())
        else {
            continue;
        };
        match store.of[m] {
            Some(chain) if chain != own => store.merge(own, chain, "coref/signature"),
            None => store.add(m, own, "coref/signature"),
            _ => {}
        }
    }
}

fn labels(store: &mut Store) {
    let doc = store.doc;
    let labels = doc.turn_labels();
    let Some(first) = labels.first().map(|l| l.start) else { return };
    let mut met: FxHashMap<String, usize> = FxHashMap::default();
    for label in labels {
        let span = doc.span_of(label);
        let Some(m) = doc.mentions.within(span).next().map(|m| m.index()) else { continue };
        let key = doc.slice(span).to_lowercase();
        let key = key.strip_prefix("the ").unwrap_or(&key).to_owned();
        let named = store.mention(m).kind == MentionKind::Name;
        // "ROE" and "M. ROE" are parts of a name that stands elsewhere.
        let partial = |c: usize| store.chains[c].keys.iter().all(|k| words(k) < 2 || is_initial(k));
        let own = store.of[m].filter(|&c| !named || !partial(c));
        let chain = match (own, met.get(&key).copied().filter(|&c: &usize| !store.chains[c].mentions.is_empty())) {
            (Some(own), Some(same)) if own != same && !named => {
                store.merge(same, own, "coref/turn");
                same
            }
            (Some(own), _) => own,
            (None, same) => {
                let alone = store.of[m];
                let new = same.or_else(|| (met.len() < LABELS).then(|| stands_for(store, &key, m, first)).flatten());
                match (new, alone) {
                    (Some(chain), Some(alone)) if chain != alone => {
                        store.merge(chain, alone, "coref/turn");
                        chain
                    }
                    (_, Some(alone)) => alone,
                    (Some(chain), None) => {
                        store.add(m, chain, "coref/turn");
                        chain
                    }
                    (None, None) => store.begin(m, EntityKind::Person, "coref/turn"),
                }
            }
        };
        met.insert(key, chain);
    }
}

/// A person with a name, whose chain no other has taken up.
fn is_named(chain: &Chain) -> bool {
    chain.kind == EntityKind::Person && chain.named && !chain.mentions.is_empty()
}

/// The person whom a label that is no name stands for.
fn stands_for(store: &Store, key: &str, m: usize, first: Id<Token>) -> Option<usize> {
    let doc = store.doc;
    if ASKS.contains(&key) {
        return None;
    }
    if ANSWERS.contains(&key) {
        return interviewed(store, first);
    }
    if let Some(chain) = surname(store, key) {
        return Some(chain);
    }
    let head = doc.lower(store.mention(m).head);
    let class = [&PRESIDES, &PLEADS].into_iter().find(|c| c.contains(&head));
    let same = |role: &str| role == head || class.is_some_and(|c| c.contains(&role));
    let gender = store.mention(m).gender;
    let holds = |c: usize| {
        let chain = &store.chains[c];
        is_named(chain)
            && (gender.is_none() || chain.gender.is_none() || gender == chain.gender)
            && chain.roles.iter().any(|r| r.span.is_some() && same(&r.head))
    };
    let mut holders = (0..store.chains.len()).filter(|&c| holds(c));
    match (holders.next(), holders.next()) {
        (Some(one), None) => return Some(one),
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    let opening = |c: &usize| is_named(&store.chains[*c]);
    let mut found = (0..store.chains.len()).filter(opening).filter(|&c| {
        let row = store.mention(store.chains[c].mentions[0]);
        let start = row.title.map_or(row.tokens.start, |t| doc.tokens_in(t).start);
        if row.tokens.end > first {
            return false;
        }
        let begins = |t: usize| {
            t == 0 || matches!(doc.word(Id::new(t - 1)), "." | ":" | ";") || {
                let sentence = &doc.sentences[doc.sentence_of(Id::new(t))];
                sentence.tokens.start.index() == t
            }
        };
        let Some(before) = start.index().checked_sub(1) else { return false };
        if PRESIDES.contains(&head) {
            // "Before Justice Roe."
            return doc.lower(Id::new(before)) == "before" && begins(before);
        }
        if !PLEADS.contains(&head) || doc.word(Id::new(before)) != ":" {
            return false;
        }
        // "For the inquiry: Jo Roe."
        let Some(opens) = (before.saturating_sub(5)..before).rev().find(|&t| doc.lower(Id::new(t)) == "for") else {
            return false;
        };
        let side = |t: usize| doc.lower(Id::new(t)) == head;
        begins(opens) && (matches!(head, "prosecution" | "defence") == (opens..before).any(side))
    });
    found.next().filter(|_| found.next().is_none())
}

/// The one person who has the label's last word for a surname ("MR ROE" is Tobias Roe), the first letter before it ("M. ROE"),
/// or whose initials it gives ("TR").
fn surname(store: &Store, key: &str) -> Option<usize> {
    let own: Vec<&str> = key.split([' ', '.']).filter(|w| !w.is_empty()).collect();
    let last = *own.last()?;
    let letter = own.first().filter(|w| own.len() == 2 && w.chars().count() == 1);
    let initials = |k: &str| -> String { k.split([' ', '-']).filter_map(|w| w.chars().next()).collect() };
    let fits = |k: &String| {
        let words: Vec<&str> = k.split(' ').collect();
        let surname = words.len() > 1 && words.last() == Some(&last) && letter.is_none_or(|l| words[0].starts_with(l));
        surname || own.len() == 1 && last.chars().count() > 1 && words.len() > 1 && initials(k) == last
    };
    let person = |c: &usize| {
        let chain = &store.chains[*c];
        is_named(chain) && chain.keys.iter().any(fits)
    };
    let mut found = (0..store.chains.len()).filter(person);
    found.next().filter(|_| found.next().is_none())
}

/// "m. roe": a letter and a surname.
fn is_initial(key: &str) -> bool {
    key.split([' ', '.']).next().is_some_and(|w| w.chars().count() == 1)
}

/// Words of a label without a form of address.
fn words(key: &str) -> usize {
    key.split(' ').filter(|w| crate::lexicon::noun::honorific(w).is_none()).count()
}

/// The one person whom the lines before the first label name, else the one they name as a subject.
fn interviewed(store: &Store, first: Id<Token>) -> Option<usize> {
    let doc = store.doc;
    let opening = |m: &&usize| {
        let row = store.mention(**m);
        row.kind == MentionKind::Name
            && row.tokens.end <= first
            && !matches!(doc.block_kind(row.head), Some(BlockKind::Byline | BlockKind::Credit | BlockKind::Caption))
    };
    let people = |c: &usize| is_named(&store.chains[*c]);
    let named: Vec<usize> = (0..store.chains.len())
        .filter(people)
        .filter(|&c| store.chains[c].mentions.iter().any(|m| opening(&m)))
        .collect();
    if let [one] = named[..] {
        return Some(one);
    }
    // "The chess champion **Lotte Roe** talked to our reporter": the noun before the name is the subject.
    let led = |m: usize| {
        let noun =
            doc.head(store.mention(m).head).filter(|_| doc.relation(store.mention(m).head) == Relation::Compound);
        noun.is_some_and(|n| doc.relation(n).is("nsubj"))
    };
    let subject =
        |c: &&usize| store.chains[**c].mentions.iter().filter(opening).any(|&m| store.is_subject(m) || led(m));
    let mut subjects = named.iter().filter(subject);
    subjects.next().filter(|_| subjects.next().is_none()).copied()
}
