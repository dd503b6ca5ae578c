//! What grammar tells of pronouns: which two cannot be one, whose words "she" in a clause that is told belongs to, what a
//! fronted possessive stands for, and that I and we inside a quotation are its speaker.

use super::chain::Store;
use crate::lexicon::speech;
use crate::text::*;

/// "I" and "our" inside a quotation: its speaker, where that is a person for "I" and a body or a group for "we". Outside
/// of quotations all "I" are one, who writes, and so are all "we" and all "you"; nobody knows who.
pub fn first_person(store: &mut Store, quote_of: &[Option<usize>], speakers: &[Option<usize>]) {
    let doc = store.doc;
    let mut writers: [Option<usize>; 3] = [None; 3];
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        if row.kind != MentionKind::Pronoun || store.of[m].is_some() {
            continue;
        }
        let person = match doc.lower(row.head) {
            "i" | "me" | "my" | "mine" | "myself" => 0,
            "we" | "us" | "our" | "ours" | "ourselves" => 1,
            "you" | "your" | "yours" | "yourself" | "yourselves" => 2,
            _ => continue,
        };
        let Some(quote) = quote_of[m] else {
            let kind = if person == 0 { EntityKind::Person } else { EntityKind::Group };
            match writers[person] {
                Some(chain) => store.add(m, chain, "coref/writer"),
                None => writers[person] = Some(store.begin(m, kind, "coref/writer")),
            }
            continue;
        };
        let speaker = speakers[quote].and_then(|s| store.of[s]);
        // "We" of one person are that person's people, whoever they are.
        let one = |c: &usize| person == 0 || person == 1 && store.chains[*c].kind != EntityKind::Person;
        if let Some(chain) = speaker.filter(one) {
            store.add(m, chain, "coref/speaker");
        }
    }
}

/// The verb or noun that a token hangs on, past conjunctions.
fn governor(doc: &Document, token: Id<Token>) -> Option<Id<Token>> {
    let head = doc.head(token)?;
    if doc.relation(token) == Relation::Conj { governor(doc, head) } else { Some(head) }
}

/// True when the two are arguments of one verb, so that "he … him" are two people.
pub fn clash(doc: &Document, pronoun: &Mention, other: &Mention) -> bool {
    let argument = |t: Id<Token>| {
        let r = doc.relation(t);
        r.is("nsubj") || r == Relation::Obj || r == Relation::Iobj || r.is("obl")
    };
    let word = doc.lower(pronoun.head);
    !word.ends_with("self")
        && word != "his"
        && doc.relation(pronoun.head) != Relation::NmodPoss
        && argument(pronoun.head)
        && argument(other.head)
        && governor(doc, pronoun.head).is_some()
        && governor(doc, pronoun.head) == governor(doc, other.head)
}

/// "**His** father" is not the father met before: a possessor is not what its own noun names.
pub fn own_kin(store: &Store, m: usize, chain: &super::chain::Chain) -> bool {
    let doc = store.doc;
    let head = store.mention(m).head;
    let Some(noun) = doc.head(head).filter(|_| doc.relation(head) == Relation::NmodPoss) else { return false };
    chain.mentions.iter().any(|&x| {
        let other = store.mention(x);
        x < m && other.kind == MentionKind::Nominal && doc.lemma(other.head) == doc.lemma(noun)
    })
}

/// "Rosa told Vera **she** would help her": the subject of a clause that is told is likelier who tells than who hears.
pub fn teller(store: &Store, m: usize) -> Option<(usize, Option<usize>)> {
    let doc = store.doc;
    let head = store.mention(m).head;
    let clause = doc.head(head).filter(|_| doc.relation(head).is("nsubj"))?;
    let above = doc.head(clause)?;
    let verb = match doc.relation(clause) {
        Relation::Ccomp => above,
        // The parser likes to hang the clause on the hearer.
        Relation::Acl if matches!(doc.relation(above), Relation::Obj | Relation::Iobj) => doc.head(above)?,
        _ => return None,
    };
    if !speech::is(doc.lemma(verb)) {
        return None;
    }
    let subject = doc.children(verb).find(|&c| doc.relation(c) == Relation::Nsubj)?;
    let subject = match doc.lower(subject) {
        "who" if doc.relation(verb) == Relation::AclRelcl => doc.head(verb)?,
        _ => subject,
    };
    let hearer = doc.children(verb).find(|&c| matches!(doc.relation(c), Relation::Obj | Relation::Iobj));
    store.chain_at(subject).map(|s| (s, hearer.and_then(|h| store.chain_at(h))))
}

/// "Gray lost the vote and gave up **his** seat": the subject of the clause a possessive stands in, past conjunctions.
pub fn clause_subject(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let mut at = store.mention(m).head;
    if doc.relation(at) != Relation::NmodPoss {
        return None;
    }
    for _ in 0..8 {
        let above = doc.head(at)?;
        let subject = doc.children(above).find(|&c| doc.relation(c).is("nsubj"));
        if let Some(subject) = subject.filter(|&s| s != at) {
            return store.chain_at(subject);
        }
        if subject.is_some() || matches!(doc.relation(at), Relation::Ccomp | Relation::AclRelcl | Relation::Parataxis) {
            return None;
        }
        at = above;
    }
    None
}

/// "In **his** first speech, Gray said …": a name after the pronoun, subject of the same sentence.
pub fn ahead(store: &Store, m: usize) -> Option<usize> {
    let row = store.mention(m);
    (m + 1..store.doc.mentions.len()).take_while(|&x| store.sentence[x] == store.sentence[m]).find_map(|x| {
        let chain = store.of[x]?;
        let row_x = &store.chains[chain];
        let fits = row_x.kind == EntityKind::Person
            && row_x.named
            && store.is_subject(x)
            && row_x.gender.is_none_or(|g| Some(g) == row.gender);
        fits.then_some(chain)
    })
}

/// "Raising **his** voice, Gray said": a possessive in a phrase before the subject of its own clause is that subject's.
pub fn fronted(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    if doc.relation(row.head) != Relation::NmodPoss {
        return None;
    }
    let mut at = row.head;
    for _ in 0..8 {
        let relation = doc.relation(at);
        let above = doc.head(at)?;
        let phrase = relation == Relation::Obl || relation == Relation::Advcl && doc.xpos(at) == Xpos::Vbg;
        if phrase && at < above {
            let subject = doc.children(above).find(|&c| doc.relation(c).is("nsubj") && c > row.head)?;
            let chain = store.chain_at(subject)?;
            let found = &store.chains[chain];
            let fits =
                found.kind == EntityKind::Person && found.named && found.gender.is_none_or(|g| Some(g) == row.gender);
            return fits.then_some(chain);
        }
        if relation.is("nsubj") || relation == Relation::Ccomp {
            return None;
        }
        at = above;
    }
    None
}
