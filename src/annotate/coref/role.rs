//! Second sieve: offices and descriptions stated in the text, by title ("Russian President Vladimir Putin"), apposition
//! ("Ash Carter, the US defense secretary") or copula ("She is the mayor"), and by the gazetteer for the article's date.

use super::chain::{RoleFact, Store};
use super::name::plain;
use super::nominal::Phrase;
use crate::lexicon::{country, noun};
use crate::text::*;

pub fn join(store: &mut Store) {
    let doc = store.doc;
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        let Some(chain) = store.of[m] else { continue };
        if let Some(title) = row.title {
            if let Some(fact) = fact(doc, doc.tokens_in(title), true) {
                state(store, chain, fact);
            }
            // "the SP" is the Superintendent of Police.
            if let Some(head) = short_form(doc, doc.tokens_in(title)) {
                state(store, chain, RoleFact { head, words: Vec::new(), country: None, span: None });
            }
        }
    }
    // "QUESTION: Since then there has been no action against …": a label is nobody that its turn names.
    let labels: Vec<Span> = doc.turn_labels().into_iter().map(|l| doc.span_of(l)).collect();
    let is_label = |span: Span| labels.binary_search(&span).is_ok();
    for m in 0..doc.mentions.len() {
        if store.mention(m).kind == MentionKind::Nominal && store.of[m].is_none() && !is_label(store.mention(m).span) {
            let found = introduced(store, m)
                .or_else(|| apposed(store, m))
                .or_else(|| predicated(store, m))
                .or_else(|| leads_a_body(store, m))
                .or_else(|| holds_its_name(store, m))
                .or_else(|| closed_by_a_name(store, m))
                .or_else(|| before_a_name(store, m))
                .or_else(|| beside_a_name(store, m))
                .or_else(|| in_brackets(store, m))
                .or_else(|| in_a_cast(store, m));
            if let Some(chain) = found {
                store.add(m, chain, "coref/stated-role");
                let row = store.mention(m);
                if store.chains[chain].kind != EntityKind::Person {
                    let phrase = Phrase::read(store, m);
                    store.chains[chain].nouns.push(phrase);
                }
                let span = super::nominal::with_complement(doc, row);
                if let Some(fact) = fact(doc, doc.tokens_in(span), true) {
                    state(store, chain, fact);
                }
                let upto = row.tokens.start..Id::new((row.tokens.end.index() + 3).min(doc.tokens.len()));
                if let Some(head) = short_form(doc, upto) {
                    state(store, chain, RoleFact { head, words: Vec::new(), country: None, span: None });
                }
            }
        }
    }
    ranked(store);
    let year = doc.source.published.as_ref().map(|p| p.date.year());
    for chain in &mut store.chains {
        if chain.kind != EntityKind::Person {
            continue;
        }
        if let Some(thing) = chain.known() {
            chain.country = chain.country.or((!thing.country.is_empty()).then_some(thing.country));
            let facts = thing.description.split(';').filter_map(|d| known_role(d, thing.country, year));
            chain.roles.extend(facts);
        }
        chain.country = chain.country.or(chain.roles.iter().find_map(|r| r.country));
    }
}

fn state(store: &mut Store, chain: usize, fact: RoleFact) {
    let roles = &mut store.chains[chain].roles;
    if !roles.iter().any(|r| r.head == fact.head && r.words == fact.words && r.country == fact.country) {
        roles.push(fact);
    }
}

/// Reads an office from tokens: its head noun (the last office before "of"), its words, its country.
pub fn fact(doc: &Document, tokens: std::ops::Range<Id<Token>>, keep: bool) -> Option<RoleFact> {
    let span = doc.span_of(tokens.clone());
    let range = tokens.clone();
    let (mut head, mut words, mut land) = (None, Vec::new(), None);
    let mut after_of = false;
    for token in Id::range(tokens) {
        let lower = doc.lower(token);
        if matches!(lower, "of" | "for" | "to" | "at" | "in") {
            after_of = true;
            continue;
        }
        if let Some(iso) = country::of(lower).or_else(|| country_pair(doc, token)) {
            land = land.or(Some(iso));
            continue;
        }
        let lemma = &doc.lemma(token).to_lowercase();
        let person = noun::of(doc, token)
            .is_some_and(|n| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person))
            || noun::honorific(lower).is_some();
        if person && !after_of {
            if let Some(old) = head.replace(plain(lemma).to_owned()) {
                words.push(old);
            }
        } else if lower.chars().any(char::is_alphabetic) && !matches!(lower, "the" | "a" | "an" | "'s" | "and") {
            words.push(plain(lower).to_owned());
        }
    }
    // A rank in capitals stands where an office does: "SSP Tariq Noon".
    let rank = || {
        let capitals = |w: &str| (2..=6).contains(&w.len()) && w.chars().all(|c| c.is_ascii_uppercase());
        let at = words.iter().rposition(|w: &String| {
            Id::range(range.clone()).any(|t| doc.lower(t) == w.as_str() && capitals(doc.word(t)))
        });
        at.map(|at| words[at].clone())
    };
    let mut head: String = head.or_else(rank)?;
    if noun::find(&head).is_none() && noun::honorific(&head).is_some() {
        // "Mr" is no office; "Gen." is.
        let full = SHORT.iter().find(|(short, _)| *short == head.trim_end_matches('.'))?.1;
        head = full.to_owned();
    }
    if let Some((whole, more)) = super::nominal::initials(&head) {
        head = whole.to_owned();
        words.extend(more.iter().map(|&w| w.to_owned()));
    }
    Some(RoleFact { head, words, country: land, span: keep.then_some(span) })
}

/// Offices as newspapers shorten them.
const SHORT: &[(&str, &str)] = &[
    ("gen", "general"),
    ("col", "colonel"),
    ("lt", "lieutenant"),
    ("maj", "major"),
    ("capt", "captain"),
    ("sgt", "sergeant"),
    ("adm", "admiral"),
    ("cmdr", "commander"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("gov", "governor"),
    ("pres", "president"),
    ("prof", "professor"),
    ("rev", "reverend"),
];

/// "South Korean", "North Korea".
fn country_pair(doc: &Document, token: Id<Token>) -> Option<&'static str> {
    let next = Id::new(token.index() + 1);
    doc.tokens.at(next)?;
    country::of(&format!("{} {}", doc.lower(token), doc.lower(next)))
}

/// Verbs that give a name, in the forms that stand between a noun and the name.
const NAMING: &[&str] = &[
    "calling",
    "styling",
    "called",
    "named",
    "nicknamed",
    "dubbed",
    "codenamed",
    "surnamed",
    "known",
    "identified",
    "introduced",
    "gave",
    "gives",
    "giving",
    "goes",
    "went",
    "identifying",
    "using",
    "uses",
    "used",
];

/// Small words that may stand beside them: pronouns, auxiliaries, *name* and what kind of name, wishes of the one named.
const BESIDE: &[&str] = &[
    "who",
    "which",
    "that",
    "is",
    "was",
    "were",
    "are",
    "be",
    "been",
    "himself",
    "herself",
    "itself",
    "themselves",
    "his",
    "her",
    "their",
    "only",
    "simply",
    "just",
    "also",
    "better",
    "widely",
    "locally",
    "publicly",
    "first",
    "last",
    "full",
    "given",
    "family",
    "real",
    "middle",
    "name",
    "surname",
    "nickname",
    "as",
    "by",
    "of",
    "the",
    "a",
    "to",
    "would",
    "could",
    "can",
    "has",
    "had",
    "have",
    "asked",
    "wanted",
    "wished",
    "agreed",
    "preferred",
    "insisted",
    "on",
    "being",
    ",",
    "(",
    "\"",
    "“",
    "‘",
    "'",
    "alias",
    "aka",
    "pseudonym",
    "under",
];

/// "**A gang** calling itself Grey Lantern", "**a resident** who gave only her first name, Mary": a noun and the name that a
/// verb of naming gives it.
fn introduced(store: &mut Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let sentence = &doc.sentences[doc.sentence_of(row.head)];
    let name = (m + 1..doc.mentions.len()).take_while(|&x| store.sentence[x] == store.sentence[m]).find(|&x| {
        let other = store.mention(x);
        other.kind == MentionKind::Name && other.tokens.start >= row.tokens.end
    })?;
    let (from, upto) = (row.tokens.end.index(), store.mention(name).tokens.start.index());
    if upto > from + 14 {
        return None;
    }
    let between: Vec<&str> = (from..upto).map(|t| doc.lower(Id::new(t))).collect();
    let naming = |w: &&str| NAMING.contains(w);
    let at = between.iter().position(naming)?;
    let plain = between.iter().all(|w| naming(w) || BESIDE.contains(w));
    if !plain || upto >= sentence.tokens.end.index() {
        return None;
    }
    let has = |w: &str| between.contains(&w);
    // "called itself", "gave his name", "known as": what each verb needs to give a name. "A woman called Reuters" rang it up.
    let verb = Id::new(from + at);
    let behind = store.mention(name).tokens.end;
    let owns = doc.tokens.at(behind).is_some() && doc.lower(behind).starts_with(['\'', '’']);
    let gives = match between[at] {
        "calling" | "styling" | "introduced" | "identifying" => {
            ["itself", "himself", "herself", "themselves"].into_iter().any(has)
        }
        "gave" | "gives" | "giving" | "using" | "uses" | "used" | "goes" | "went" => {
            ["name", "surname", "nickname", "pseudonym", "alias"].into_iter().any(has)
                || has("by") && between[at].starts_with(['g', 'w'])
        }
        // "A woman identified as Matthews' girlfriend" is not Matthews.
        "identified" | "known" if owns => false,
        "known" => has("as"),
        "identified" => has("as") || has("by") && has("name"),
        _ => {
            let passive = doc.children(verb).any(|c| doc.relation(c) == Relation::AuxPass);
            let bare = doc.head(verb) == Some(row.head)
                && doc.relation(verb).is("acl")
                && at == usize::from(between[0] == ",");
            passive
                || bare
                    && !doc.children(verb).any(|c| {
                        doc.relation(c).is("obj")
                            && doc.lower(c) != "as"
                            && c.index() > verb.index()
                            && doc.children(c).any(|d| doc.lower(d) == "as")
                    })
        }
    };
    let chain = store.of[name].filter(|_| gives)?;
    // What the noun says the name is weighs more than its look: "a hacker nicknamed Koru".
    let kind = super::nominal::kind(row);
    let single = store.chains[chain].thing.is_none() && store.chains[chain].mentions.len() <= 3;
    if !fits(store, m, chain) {
        if !single || row.number == Some(Number::Plural) || kind == EntityKind::Other {
            return None;
        }
        store.chains[chain].kind = kind;
    }
    Some(chain)
}

/// "Ash Carter, **the US defense secretary**," and "**the French president**, Francois Hollande,".
fn apposed(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let other = if doc.relation(row.head) == Relation::Appos {
        doc.head(row.head)?
    } else {
        doc.children(row.head).find(|&c| doc.relation(c) == Relation::Appos && c > row.head)?
    };
    // "For the council: Tobias Roe" lists who stands for whom.
    let (from, upto) = (row.head.min(other), row.head.max(other));
    if row.class != Some(NameClass::Person) && Id::range(from..upto).any(|t| doc.word(t) == ":") {
        return None;
    }
    let chain = store.chain_at(other)?;
    fits(store, m, chain).then_some(chain)
}

/// The initials of an office's capitalised words up to a small word other than "of": "sp" of "Superintendent of Police".
fn short_form(doc: &Document, tokens: std::ops::Range<Id<Token>>) -> Option<String> {
    let mut short = String::new();
    for token in Id::range(tokens) {
        match doc.word(token).chars().next() {
            Some(c) if c.is_uppercase() && name_class(doc, token) != Some(NameClass::Person) => {
                short.extend(c.to_lowercase())
            }
            _ if matches!(doc.lower(token), "of" | "and" | "the" | "for") => {}
            _ => break,
        }
    }
    (short.chars().count() > 1).then_some(short)
}

/// "Orla Quist (**chairwoman**)".
fn in_brackets(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let open = row.tokens.start.index().checked_sub(1)?;
    let close = doc.tokens.at(row.tokens.end).map(|_| doc.word(row.tokens.end))?;
    if doc.word(Id::new(open)) != "(" || !matches!(close, ")" | "," | ";") {
        return None;
    }
    let sentence = doc.sentences.at(doc.sentence_of(row.head))?;
    let name = doc.mentions.within(sentence.span).find(|&x| {
        let other = &doc.mentions[x];
        other.kind == MentionKind::Name && other.tokens.end.index() == open
    })?;
    let chain = store.of[name.index()]?;
    (store.chains[chain].kind == EntityKind::Person && fits(store, m, chain)).then_some(chain)
}

/// "**the Kyiv Post newspaper**", "the Tass news agency": the name of a body or a medium, and behind it what that is.
fn holds_its_name(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let begin = row.tokens.start.index() + usize::from(matches!(doc.lower(row.tokens.start), "the" | "a" | "an"));
    let name = doc.mentions.within(row.span).find(|&x| {
        let other = &doc.mentions[x];
        other.kind == MentionKind::Name
            && matches!(other.class, Some(NameClass::Organisation | NameClass::Other | NameClass::Product))
            && other.tokens.start.index() == begin
            && other.tokens.end < row.tokens.end
    })?;
    // "the Merkel government", "the Acme office" are other things than Acme.
    let medium = |t: Id<Token>| {
        matches!(
            doc.lemma(t),
            "agency"
                | "broadcaster"
                | "channel"
                | "daily"
                | "magazine"
                | "network"
                | "news"
                | "newspaper"
                | "portal"
                | "radio"
                | "site"
                | "station"
                | "television"
                | "tv"
                | "website"
                | "weekly"
        )
    };
    let behind = doc.mentions[name].tokens.end..row.tokens.end;
    let all = Id::range(behind.clone()).all(medium) && behind.end.index() == row.head.index() + 1;
    let singular = row.number != Some(Number::Plural);
    store.of[name.index()].filter(|_| all && singular)
}

/// "**Witness**: Mr Jo Roe, managing director." "**Counsel**: Ada Roe; Bo Roe." Behind the name the list goes on or ends.
fn in_a_cast(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let sentence = doc.sentences.at(doc.sentence_of(row.head))?;
    let start = row.tokens.start;
    let begins = start == sentence.tokens.start
        || start.index().checked_sub(1).is_some_and(|t| matches!(doc.word(Id::new(t)), "." | ";" | ","));
    let colon = doc.tokens.at(row.tokens.end).is_some_and(|_| doc.word(row.tokens.end) == ":");
    let turn = doc.blocks.at(sentence.block).is_some_and(|b| doc.turn_label(b).is_some_and(|l| l.contains(&row.head)));
    let cast = begins && colon && !turn && row.class == Some(NameClass::Person);
    let name = name_at(store, row.tokens.end.index() + 1).filter(|_| cast)?;
    let behind = store.mention(name).tokens.end;
    let ends = behind >= sentence.tokens.end || matches!(doc.word(behind), "," | "." | ";" | "(");
    let chain = store.of[name].filter(|_| ends)?;
    fits(store, m, chain).then_some(chain)
}

/// What the network says that a token is a name of.
fn name_class(doc: &Document, token: Id<Token>) -> Option<NameClass> {
    doc.labels.at(token).filter(|l| l.name != NamePart::Outside).map(|l| l.class)
}

/// Where a name begins, with its title.
fn name_at(store: &Store, token: usize) -> Option<usize> {
    let doc = store.doc;
    let start = doc.tokens.at(Id::new(token))?.span.start();
    let sentence = doc.sentences.at(doc.sentence_of(Id::new(token)))?;
    doc.mentions.within(sentence.span).find_map(|m| {
        let row = &doc.mentions[m];
        let begin = row.title.map_or(row.span, |t| t.join(row.span)).start();
        (row.kind == MentionKind::Name && row.class == Some(NameClass::Person) && begin == start).then_some(m.index())
    })
}

/// "**The governor of Tuman region** Malika Yusupova", "**Club president** and MP R. S. Nair": an office that ends where
/// a person's name begins, or where the next office of that person does.
fn before_a_name(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let one = row.class == Some(NameClass::Person) && row.number != Some(Number::Plural);
    let mut end = doc.tokens_in(super::nominal::with_complement(doc, row)).end.index();
    if !one || doc.relation(row.head).is("obj") {
        return None;
    }
    let bare =
        |m: &Mention| !doc.children(m.head).any(|c| matches!(doc.relation(c), Relation::Det | Relation::NmodPoss));
    if bare(row) && doc.tokens.at(Id::new(end)).is_some() && doc.lower(Id::new(end)) == "and" {
        let next = (m + 1..doc.mentions.len())
            .take_while(|&x| store.sentence[x] == store.sentence[m])
            .find(|&x| store.mention(x).tokens.start.index() == end + 1);
        if let Some(next) = next.filter(|&x| store.mention(x).kind == MentionKind::Nominal && bare(store.mention(x))) {
            end = doc.tokens_in(super::nominal::with_complement(doc, store.mention(next))).end.index();
        } else {
            end += 1;
        }
    }
    // A headline's last word and the first name below it are no one.
    let same = |name: &usize| store.sentence[*name] == store.sentence[m];
    let name = name_at(store, end).filter(same).or_else(|| behind_a_complement(store, row).filter(same))?;
    let titled = store.mention(name).title.is_some();
    let chain = store.of[name].filter(|_| titled || doc.lower(Id::new(end - 1)) != "and")?;
    fits(store, m, chain).then_some(chain)
}

/// "Superintendent of Police **Meenakshi Rao**": the name that ends an office's complement, where no other noun for a person
/// stands before it ("the brother of actor Tom Hall" is another than he).
fn behind_a_complement(store: &Store, row: &Mention) -> Option<usize> {
    let doc = store.doc;
    let of = row.tokens.end;
    doc.tokens.at(of).filter(|_| matches!(doc.lower(of), "of" | "for"))?;
    let end = doc.sentences[doc.sentence_of(row.head)].tokens.end.index();
    let first = of.index() + 1;
    for at in first..end.min(first + 7) {
        if let Some(name) = name_at(store, at) {
            let row = store.mention(name);
            let plain = row.title.is_none_or(|t| Id::range(doc.tokens_in(t)).all(|t| !is_person(doc, t)));
            return (at > first && plain).then_some(name);
        }
        let noun = matches!(doc.pos(Id::new(at)), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Cconj);
        if !noun && doc.lower(Id::new(at)) != "of" || is_person(doc, Id::new(at)) {
            return None;
        }
    }
    None
}

fn is_person(doc: &Document, token: Id<Token>) -> bool {
    noun::of(doc, token).is_some_and(|n| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person))
}

/// "**The news agency** Tassik", "**rights group** Aksara": a noun for a body right before a name says what that is.
fn leads_a_body(store: &mut Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    if row.class != Some(NameClass::Organisation) || row.number == Some(Number::Plural) {
        return None;
    }
    let name = (m + 1..doc.mentions.len()).take_while(|&x| store.sentence[x] == store.sentence[m]).find(|&x| {
        let other = store.mention(x);
        other.kind == MentionKind::Name && other.tokens.start == row.tokens.end && other.title.is_none()
    })?;
    let class = store.mention(name).class;
    let apart = matches!(class, Some(NameClass::Norp | NameClass::Event))
        || class == Some(NameClass::Place)
            && noun::find(doc.lemma(row.head)).is_some_and(|n| n.class == noun::NounClass::Armed);
    let chain = store.of[name].filter(|_| !apart)?;
    if !fits(store, m, chain) {
        // A name that is known as another thing, or that comes again, keeps its kind.
        let known = &store.chains[chain];
        if known.thing.is_some() || known.mentions.len() > 2 || class == Some(NameClass::Place) {
            return None;
        }
        store.chains[chain].kind = EntityKind::Organisation;
    }
    Some(chain)
}

/// "**The bank's chief executive**, Ruth Okell, said": a name between commas right behind a person's noun with an article or
/// an owner, where the tree does not see that it is who that is.
fn closed_by_a_name(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let one = row.class == Some(NameClass::Person) && row.number != Some(Number::Plural);
    let known = doc.children(row.head).any(|c| matches!(doc.relation(c), Relation::Det | Relation::NmodPoss));
    let end = doc.tokens_in(super::nominal::with_complement(doc, row)).end;
    if !one || !known || doc.tokens.at(end).is_none() || doc.lower(end) != "," {
        return None;
    }
    let name = name_at(store, end.index() + 1)?;
    let last = store.mention(name).tokens.end;
    let shut = doc.tokens.at(last).is_some_and(|_| matches!(doc.lower(last), "," | "." | ";" | ")"));
    // "The mayor, Ada Brook, and the coach": the members of a list are no one person.
    let next = Id::new(last.index() + 1);
    let list = doc.tokens.at(next).is_some_and(|_| matches!(doc.lower(next), "and" | "or"));
    let chain = store.of[name].filter(|_| shut && !list)?;
    fits(store, m, chain).then_some(chain)
}

/// "Ilse Marant, **Ardania's foreign minister**, told reporters": a noun phrase between a person's name with a comma and
/// another comma or the end, where the tree does not see that it is one.
fn beside_a_name(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let row = store.mention(m);
    let one = row.class == Some(NameClass::Person) && row.number != Some(Number::Plural);
    let end = doc.tokens_in(super::nominal::with_complement(doc, row)).end;
    let closed = doc.tokens.at(end).is_none_or(|_| matches!(doc.lower(end), "," | "." | ")" | ";" | "–" | "—"));
    if !one || !closed {
        return None;
    }
    let mut start = row.tokens.start.index();
    for child in doc.children(row.head) {
        if child.index() < start && matches!(doc.relation(child), Relation::NmodPoss | Relation::Det) {
            start = doc.subtree(child).start.index();
        }
    }
    let comma = start.checked_sub(1).filter(|&c| doc.lower(Id::new(c)) == ",")?;
    let name = (0..m).rev().take_while(|&x| store.sentence[x] == store.sentence[m]).find(|&x| {
        let other = store.mention(x);
        other.kind == MentionKind::Name && other.class == Some(NameClass::Person) && other.tokens.end.index() == comma
    })?;
    // "to Ana Brook, the mayor and the coach": a list is no apposition.
    let chain = store.of[name]?;
    fits(store, m, chain).then_some(chain)
}

/// "The SP said": a rank in capitals that somebody was introduced with stands for the one met last.
fn ranked(store: &mut Store) {
    let doc = store.doc;
    for chain in &store.chains {
        if chain.kind == EntityKind::Person {
            store.ranks.extend(chain.roles.iter().map(|r| r.head.clone()));
        }
    }
    for m in 0..doc.mentions.len() {
        let row = store.mention(m);
        let one = row.kind == MentionKind::Name && row.tokens.end.index() == row.tokens.start.index() + 1;
        let article = row.tokens.start.index().checked_sub(1).is_some_and(|t| doc.lower(Id::new(t)) == "the");
        let word = doc.lower(row.head);
        if !one || !article || !store.ranks.contains(word) {
            continue;
        }
        let holder = |c: &usize| {
            let chain = &store.chains[*c];
            chain.kind == EntityKind::Person && chain.roles.iter().any(|r| r.head == word)
        };
        let found = (0..m).rev().filter_map(|x| store.of[x]).find(holder);
        if let (Some(into), Some(from)) = (found, store.of[m])
            && into != from
            && store.chains[from].mentions.len() <= 3
            && store.chains[from].keys.iter().all(|k| k == word)
        {
            store.merge(into, from, "coref/stated-role");
        }
    }
}

/// "Churkin is **the Russian ambassador**": a definite noun phrase said of a subject that is a name.
fn predicated(store: &Store, m: usize) -> Option<usize> {
    let doc = store.doc;
    let head = store.mention(m).head;
    doc.children(head).find(|&c| doc.relation(c) == Relation::Cop)?;
    let denied = doc.children(head).any(|c| matches!(doc.lower(c), "not" | "n't" | "never" | "no"));
    let definite = doc.children(head).any(|c| doc.lower(c) == "the" || doc.relation(c) == Relation::NmodPoss);
    let subject = doc.children(head).find(|&c| doc.relation(c) == Relation::Nsubj)?;
    if denied || !definite {
        return None;
    }
    let chain = store.chain_at(subject)?;
    (store.chains[chain].named && fits(store, m, chain)).then_some(chain)
}

/// A noun for a person fits a person, a noun for a body a body.
fn fits(store: &Store, m: usize, chain: usize) -> bool {
    let row = store.mention(m);
    let chain = &store.chains[chain];
    let kind = match row.class {
        Some(NameClass::Person) => chain.kind == EntityKind::Person || chain.kind == EntityKind::Group,
        Some(NameClass::Organisation) => matches!(chain.kind, EntityKind::Organisation | EntityKind::Group),
        Some(NameClass::Place) => chain.kind == EntityKind::Place,
        _ => false,
    };
    let gender = chain.gender.is_none() || row.gender.is_none() || chain.gender == row.gender;
    let number = chain.number.is_none() || row.number.is_none() || chain.number == row.number;
    kind && gender && number
}

/// "President of Russia 2000..2008, 2012..": the role, if it was held in the year (or no year is known).
fn known_role(text: &str, iso: &'static str, year: Option<i16>) -> Option<RoleFact> {
    let mut lowered = Vec::new();
    let (mut dated, mut held) = (false, false);
    for word in text.split([' ', ',']).filter(|w| !w.is_empty()) {
        let years = word.split_once("..");
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let (from, to) = years.unwrap_or((word, word));
            let read = |s: &str| s.get(..4).and_then(|y| y.parse::<i16>().ok());
            dated = true;
            held |= year.is_none_or(|y| read(from).is_none_or(|f| f <= y) && read(to).is_none_or(|t| y <= t));
        } else {
            lowered.push(word.to_lowercase());
        }
    }
    if dated && !held {
        return None;
    }
    let mut head = None;
    let mut words = Vec::new();
    let mut after_of = false;
    for word in lowered {
        if matches!(word.as_str(), "of" | "to" | "the" | "and" | "at") {
            after_of |= word == "of" || word == "to";
        } else if country::of(&word).is_some() {
        } else if !after_of && noun::find_compound(&word).is_some_and(|n| n.class == noun::NounClass::Office) {
            if let Some(old) = head.replace(word) {
                words.push(old);
            }
        } else {
            words.push(plain(&word).to_owned());
        }
    }
    head.map(|head| RoleFact { head, words, country: (!iso.is_empty()).then_some(iso), span: None })
}
