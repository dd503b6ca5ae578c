//! Last sieve: pronouns. He and she go to the person that scores best by nearness, subjecthood, gender and weight in the
//! article, minding quotation marks; it, they and their possessives only where one answer stands out; I and we inside a
//! quotation are its speaker. Below a margin a pronoun stays alone.

use super::chain::Store;
use super::quote;
use crate::lexicon::speech;
use crate::text::*;

/// Sentences that he and she look back.
const REACH: usize = 5;

pub fn join(store: &mut Store) {
    let doc = store.doc;
    let quotes = quote::find(doc);
    let speakers = quote::speakers(store, &quotes);
    let quote_of = |m: usize| quote::holding(&quotes, doc.mentions[Id::new(m)].span);
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        if row.kind != MentionKind::Pronoun || store.of[m].is_some() {
            continue;
        }
        let quoted = quote_of(m);
        let found = match doc.lower(row.head) {
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
                person(store, m, quoted.and_then(|q| speakers[q]), &quote_of).map(|c| (c, "coref/he-she"))
            }
            "it" | "its" | "itself" => thing(store, m, &quote_of).map(|c| (c, "coref/it")),
            "they" | "them" | "their" | "theirs" | "themselves" => {
                several(store, m, &quote_of).map(|c| (c, "coref/they"))
            }
            _ => None,
        };
        if let Some((chain, made_by)) = found {
            store.add(m, chain, made_by);
        }
    }
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        if row.kind != MentionKind::Pronoun || store.of[m].is_some() {
            continue;
        }
        let first_person = matches!(
            doc.lower(row.head),
            "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
        );
        let speaker = quote_of(m).and_then(|q| speakers[q]).and_then(|s| store.of[s]);
        // "We" of one person are that person's people, whoever they are.
        let one = |c: &usize| row.number == Some(Number::Singular) || store.chains[*c].kind != EntityKind::Person;
        if let Some(chain) = speaker.filter(|_| first_person).filter(one) {
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
fn clash(doc: &Document, pronoun: &Mention, other: &Mention) -> bool {
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

fn person(store: &Store, m: usize, speaker: Option<usize>, quote_of: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let here = store.sentence[m];
    let own_quote = quote_of(m);
    if own_quote.is_none()
        && let Some(subject) = fronted(store, m)
    {
        return Some(subject);
    }
    let speaker = speaker.and_then(|s| store.of[s]);
    let (teller, clause_subject) = (teller(store, m), clause_subject(store, m));
    let mut scores: Vec<(f32, usize)> = Vec::new();
    for id in store.near(m, REACH) {
        let chain = &store.chains[id];
        if chain.kind != EntityKind::Person || chain.number == Some(Number::Plural) {
            continue;
        }
        if chain.gender.is_some_and(|g| Some(g) != row.gender) {
            continue;
        }
        let Some(last) = store.last_before(id, m) else { continue };
        let distance = here - store.sentence[last];
        if distance > REACH {
            continue;
        }
        let other = store.mention(last);
        if distance == 0 && clash(doc, row, other) || other.span.overlaps(row.span) {
            continue;
        }
        if own_kin(store, m, chain) {
            continue;
        }
        // "Rosa's lawyer said she": the possessor is further away than the head.
        let mut score = [3.0, 2.4, 1.4, 0.8, 0.4, 0.1][distance];
        // The best place of its mentions in the sentence of the last one counts.
        let subject =
            chain.mentions.iter().any(|&x| x < m && store.sentence[x] == store.sentence[last] && store.is_subject(x));
        if subject {
            score += 1.0;
        }
        if chain.named {
            score += 0.4;
        }
        if chain.gender.is_some() {
            score += 0.5;
        }
        match teller {
            Some((who, _)) if who == id => score += 1.2,
            Some((_, Some(hearer))) if hearer == id => score -= 0.6,
            _ => {}
        }
        if Some(id) == clause_subject {
            score += 0.6;
        }
        let before = chain.mentions.iter().filter(|&&x| x < m).count() as f32;
        score += 0.35 * before.ln_1p();
        if matches!(doc.relation(other.head), Relation::NmodPoss | Relation::Compound | Relation::NmodDesc) {
            score -= 0.3;
        }
        match (own_quote, quote_of(last)) {
            // Inside a quotation "he" is not who says it.
            (Some(_), _) if Some(id) == speaker => score -= 3.0,
            (None, Some(_)) => score -= 0.6,
            _ => {}
        }
        if distance == 0 && store.mention(last).kind == MentionKind::Pronoun {
            score += 0.5;
        }
        scores.push((score, id));
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    match scores.as_slice() {
        [] => ahead(store, m),
        [(score, one)] => (*score > 0.5).then_some(*one),
        [(first, one), (second, _), ..] => (first - second >= 0.1 && *first > 0.5).then_some(*one),
    }
}

/// "**His** father" is not the father met before: a possessor is not what its own noun names.
fn own_kin(store: &Store, m: usize, chain: &super::chain::Chain) -> bool {
    let doc = store.doc;
    let head = store.mention(m).head;
    let Some(noun) = doc.head(head).filter(|_| doc.relation(head) == Relation::NmodPoss) else { return false };
    chain.mentions.iter().any(|&x| {
        let other = store.mention(x);
        x < m && other.kind == MentionKind::Nominal && doc.lemma(other.head) == doc.lemma(noun)
    })
}

/// "Rosa told Vera **she** would help her": the subject of a clause that is told is likelier who tells than who hears.
fn teller(store: &Store, m: usize) -> Option<(usize, Option<usize>)> {
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
fn clause_subject(store: &Store, m: usize) -> Option<usize> {
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
fn ahead(store: &Store, m: usize) -> Option<usize> {
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
fn fronted(store: &Store, m: usize) -> Option<usize> {
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

/// The subject of a verb of saying, or who something is "according to".
fn speaks(doc: &Document, head: Id<Token>) -> bool {
    let Some(verb) = doc.head(head) else { return false };
    doc.relation(head) == Relation::Nsubj && speech::is(doc.lemma(verb))
        || doc.children(head).any(|c| doc.lower(c) == "according")
}

/// "Russia said **its** planes": a body or a country, the subject of the clause or of the sentence before.
fn thing(store: &Store, m: usize, quote_of: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let here = store.sentence[m];
    let possessive = doc.relation(row.head) == Relation::NmodPoss;
    // "It said": a body that speaks, best one that spoke before.
    let (says, teller) = (speaks(doc, row.head), teller(store, m));
    let spoke = |chain: usize| {
        let near = |x: usize| x < m && here - store.sentence[x] <= 2;
        store.chains[chain].mentions.iter().any(|&x| near(x) && speaks(doc, store.mention(x).head))
    };
    let mut scores: Vec<(f32, usize)> = Vec::new();
    for id in store.near(m, 2) {
        let chain = &store.chains[id];
        if !matches!(chain.kind, EntityKind::Organisation | EntityKind::Place | EntityKind::Product | EntityKind::Other)
            || chain.number == Some(Number::Plural)
        {
            continue;
        }
        let Some(last) = store.last_before(id, m) else { continue };
        let distance = here - store.sentence[last];
        if distance > if says { 2 } else { 1 }
            || says && chain.kind != EntityKind::Organisation && chain.country.is_none() && !spoke(id)
        {
            continue;
        }
        let other = store.mention(last);
        if distance == 0 && clash(doc, row, other)
            || other.span.overlaps(row.span)
            || other.class == Some(NameClass::Norp) && other.kind == MentionKind::Name
        {
            continue;
        }
        if quote_of(m) != quote_of(last) && quote_of(last).is_some() {
            continue;
        }
        let mut score = [1.5, 0.6, -0.1][distance];
        // The best place of its mentions in that sentence counts.
        let subject =
            chain.mentions.iter().any(|&x| x < m && store.sentence[x] == store.sentence[last] && store.is_subject(x));
        if subject {
            score += 1.5;
        }
        if says && spoke(id) {
            score += 1.2;
        }
        match teller {
            Some((who, _)) if who == id => score += 1.2,
            Some((_, Some(hearer))) if hearer == id => score -= 1.2,
            _ => {}
        }
        if chain.kind == EntityKind::Organisation {
            score += 0.4;
        }
        if !subject && (doc.relation(other.head).is("obl") || doc.relation(other.head).is("nmod")) {
            score -= 0.7;
        }
        if distance == 0 && other.kind == MentionKind::Pronoun {
            score += 1.0;
        }
        if possessive && distance == 0 {
            score += 0.5;
        }
        score += 0.2 * (chain.mentions.iter().filter(|&&x| x < m).count() as f32).ln_1p();
        scores.push((score, id));
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    match scores.as_slice() {
        [(score, one)] if *score >= 2.0 => Some(*one),
        [(first, one), (second, _), ..] if *first >= 2.5 && first - second >= 0.5 => Some(*one),
        _ => None,
    }
}

/// "Two officials said **they**": several people or a body, in the same or the sentence before.
fn several(store: &Store, m: usize, quote_of: &dyn Fn(usize) -> Option<usize>) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let here = store.sentence[m];
    let mut scores: Vec<(f32, usize)> = Vec::new();
    for id in store.near(m, 2) {
        let chain = &store.chains[id];
        let plural = chain.kind == EntityKind::Group || chain.number == Some(Number::Plural);
        if !plural && chain.kind != EntityKind::Organisation {
            continue;
        }
        let Some(last) = store.last_before(id, m) else { continue };
        let distance = here - store.sentence[last];
        if distance > 2 {
            continue;
        }
        let other = store.mention(last);
        if distance == 0 && clash(doc, row, other) || other.span.overlaps(row.span) {
            continue;
        }
        if quote_of(m) != quote_of(last) && quote_of(last).is_some() {
            continue;
        }
        let mut score = [1.5, 0.9, 0.2][distance];
        if plural {
            score += 0.8;
        }
        if store.is_subject(last) {
            score += 1.0;
        }
        if other.kind == MentionKind::Pronoun {
            score += 0.8;
        }
        if doc.relation(other.head).is("nmod") {
            score -= 0.4;
        }
        scores.push((score, id));
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    match scores.as_slice() {
        [(score, one)] if *score >= 1.8 => Some(*one),
        [(first, one), (second, _), ..] if *first >= 2.2 && first - second >= 0.4 => Some(*one),
        _ => None,
    }
}
