//! Proper names: what the network labels, mended by the gazetteer, by titles, and by the rest of the article.

use rustc_hash::FxHashMap;

use super::{before, head_of};
use crate::lexicon::gazetteer::{self, SHIPPED, ThingKind, key};
use crate::lexicon::{country, noun, speech, wordnet};
use crate::text::calendar;
use crate::text::*;

/// A name while it is being found.
#[derive(Clone, Debug)]
struct Draft {
    start: usize,
    end: usize,
    class: NameClass,
    rule: &'static str,
}

/// Finds the names of a document, in text order, without overlaps.
pub fn find(doc: &Document) -> Vec<Mention> {
    let mut drafts = labelled(doc);
    join_given(doc, &mut drafts);
    join_hyphens(doc, &mut drafts);
    join_firm(doc, &mut drafts);
    for i in 0..drafts.len() {
        let next = drafts.get(i + 1).map_or(doc.tokens.len(), |d| d.start);
        without_score(doc, &mut drafts[i]);
        widen(doc, &mut drafts[i]);
        lengthen_right(doc, &mut drafts[i], next);
        with_nickname(doc, &mut drafts[i]);
        of_a_country(doc, &mut drafts[i]);
        join_small(doc, &mut drafts[i], next);
        join_purpose(doc, &mut drafts[i]);
        join_members(doc, &mut drafts[i]);
        part_rank(doc, &mut drafts[i]);
        without_day(doc, &mut drafts[i]);
    }
    without_overlaps(&mut drafts);
    // "**Datuk Seri** Dr S. Raman": forms of address are nobody's name.
    drafts.retain(|d| {
        let address = |i: usize| noun::honorific(lower(doc, i)).is_some();
        !(d.class == NameClass::Person && d.end > d.start && (d.start..d.end).all(address))
    });
    split_titles(doc, &mut drafts);
    split_staff(doc, &mut drafts);
    let mut taken = vec![false; doc.tokens.len()];
    mark(&mut taken, &drafts);
    let told = described(doc, &taken);
    mark(&mut taken, &told);
    drafts.extend(told);
    let subjects = acting(doc, &taken);
    mark(&mut taken, &subjects);
    drafts.extend(subjects);
    drafts.extend(known(doc, &taken));
    drafts.sort_by_key(|d| d.start);
    for draft in &mut drafts {
        lengthen_left(doc, draft, &taken);
    }
    with_their_s(doc, &mut drafts);
    // Twice: whole names first tell the class of their parts.
    agree(doc, &mut drafts);
    agree(doc, &mut drafts);
    full_names(doc, &mut drafts);
    behind_a_place(doc, &mut drafts);
    surnames(doc, &mut drafts);
    let again = repeated(doc, &drafts);
    drafts.extend(again);
    drafts.sort_by_key(|d| d.start);
    let mut found: Vec<Mention> = drafts.iter().filter_map(|d| mention(doc, d)).collect();
    found.extend(drafts.iter().filter_map(|d| nested(doc, d)));
    found
}

/// "**Russian** navy", "the **Paris** attacks": the country or capital that leads a body's or an event's name.
fn nested(doc: &Document, draft: &Draft) -> Option<Mention> {
    if draft.end - draft.start < 2 || !matches!(draft.class, NameClass::Organisation | NameClass::Event) {
        return None;
    }
    let first = lower(doc, draft.start);
    let class = match country::find(first).first()?.1 {
        country::CountryWord::Adjective | country::CountryWord::People => NameClass::Norp,
        _ => NameClass::Place,
    };
    // "US" is a name and an adjective; "Georgia Tech" names no country.
    if class == NameClass::Place && draft.class == NameClass::Organisation && country::adjective(first).is_none() {
        return None;
    }
    mention(doc, &Draft { start: draft.start, end: draft.start + 1, class, rule: "name/nested" })
}

/// The names that the network's labels spell out.
fn labelled(doc: &Document) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for sentence in doc.sentences.iter() {
        let mut open = false;
        for token in Id::range(sentence.tokens.clone()) {
            let Some(label) = doc.labels.at(token) else { return drafts };
            match label.name {
                NamePart::Outside => open = false,
                NamePart::Inside if open => drafts.last_mut().expect("open").end = token.index() + 1,
                NamePart::Begin | NamePart::Inside => {
                    let start = token.index();
                    drafts.push(Draft { start, end: start + 1, class: label.class, rule: "model/names" });
                    open = true;
                }
            }
        }
    }
    for draft in &mut drafts {
        trim(doc, draft);
        leave_complement(doc, draft);
    }
    for i in 0..drafts.len() {
        let next = drafts.get(i + 1).map_or(doc.tokens.len(), |d| d.start);
        lengthen(doc, &mut drafts[i], next);
    }
    drafts.retain(|d| d.start < d.end && word(doc, d.start).chars().any(char::is_alphanumeric));
    drafts
}

/// "Sister **Blessing** Tembo", "**Om** Prakash Gupta": the capitalised word before a person's name that the label left out.
fn lengthen_left(doc: &Document, draft: &mut Draft, taken: &[bool]) {
    let whole = draft.class != NameClass::Person || draft.rule == COMPLEMENT;
    let Some(last) = before(doc, Id::new(draft.start)).filter(|_| !whole) else { return };
    let at = last.index();
    let mut chars = word(doc, at).chars();
    let cased = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    let plain = cased
        && !taken[at]
        && !is_title(doc, at)
        && noun::of(doc, last).is_none()
        && !CLOSED.contains(&lower(doc, at))
        && country::find(lower(doc, at)).is_empty();
    let titled = before(doc, last).is_some_and(|t| is_title(doc, t.index()));
    let joined = doc.head(last).is_some_and(|h| (draft.start..draft.end).contains(&h.index()))
        && matches!(doc.relation(last), Relation::Compound | Relation::Flat)
        || (draft.start..draft.end)
            .any(|t| doc.head(Id::new(t)) == Some(last) && doc.relation(Id::new(t)) == Relation::Flat);
    let proper = matches!(doc.pos(last), Pos::Propn | Pos::X | Pos::Intj) || noun::given_name(lower(doc, at)).is_some();
    // "**D.K.** Pathak": initials are the name's own, and tell it from another Pathak's.
    let own = word(doc, at);
    let letters = own.len() <= 6
        && own.contains('.')
        && own.chars().all(|c| c.is_uppercase() || c == '.')
        && !taken[at]
        && country::find(lower(doc, at)).is_empty();
    if letters {
        draft.start = at;
        draft.rule = "name/whole";
        return;
    }
    if plain && (titled && draft.end - draft.start == 1 || joined && proper) {
        draft.start = at;
        draft.rule = "name/whole";
    }
}

/// "**Macy's** said", "Lowe's to cut its forecast": a subject that ends in "'s" before its verb possesses nothing, and is called so
/// all through the article.
fn with_their_s(doc: &Document, drafts: &mut [Draft]) {
    let possessive = |d: &Draft| doc.tags.at(Id::new(d.end)).is_some_and(|t| t.xpos == Xpos::Pos);
    let subject = |d: &&Draft| {
        let last = Id::new(d.end - 1);
        let verb = doc.head(last).filter(|&v| v.index() > d.end && doc.relation(last).is("nsubj"));
        d.class != NameClass::Place
            && possessive(d)
            && verb.is_some_and(|v| doc.pos(v) == Pos::Verb || doc.pos(v) == Pos::Aux)
    };
    let called: Vec<String> = drafts.iter().filter(subject).map(|d| run_key(doc, d.start, d.end)).collect();
    for draft in drafts.iter_mut() {
        if called.contains(&run_key(doc, draft.start, draft.end)) && possessive(draft) {
            draft.end += 1;
            draft.class = NameClass::Organisation;
            draft.rule = "name/whole";
        }
    }
}

/// "the **Chinese** CDC": letters of a body with a country in front of them are that country's body.
fn of_a_country(doc: &Document, draft: &mut Draft) {
    let letters = draft.end == draft.start + 1 && {
        let own = word(doc, draft.start);
        (2..=6).contains(&own.len()) && own.chars().all(|c| c.is_ascii_uppercase())
    };
    let Some(first) = draft.start.checked_sub(1) else { return };
    let own = country::adjective(lower(doc, first)).filter(|_| country::find(lower(doc, first)).len() == 1);
    // The American CDC is the CDC.
    let known = core_reading(&run_key(doc, draft.start, draft.end)).map(|t| t.country).filter(|c| !c.is_empty());
    let adjective = own.is_some_and(|c| known.is_none_or(|k| k != c));
    let same = doc.sentence_of(Id::new(first)) == doc.sentence_of(Id::new(draft.start));
    if draft.class == NameClass::Organisation && letters && adjective && same {
        draft.start = first;
    }
}

/// "Joko **“Jokowi” Wibowo**": a name to call one by stands between marks inside the whole name.
fn with_nickname(doc: &Document, draft: &mut Draft) {
    let mark = |t: usize| {
        doc.tokens.at(Id::new(t)).is_some() && matches!(word(doc, t), "\"" | "“" | "”" | "'" | "‘" | "’" | "``" | "''")
    };
    let cased = |t: usize| {
        let mut chars = doc.tokens.at(Id::new(t)).map_or("", |_| word(doc, t)).chars();
        chars.next().is_some_and(char::is_uppercase) && chars.any(char::is_lowercase)
    };
    if draft.class != NameClass::Person {
        return;
    }
    // The label may end inside the marks or before them.
    let inside = (draft.start + 1..draft.end).find(|&t| mark(t));
    let open = inside.unwrap_or(draft.end);
    let nick = (open + 1..open + 4).take_while(|&t| cased(t)).count();
    let close = open + 1 + nick;
    let name = draft.end.max(close + 1);
    let goes_on = (1..=2).contains(&nick) && mark(open) && mark(close) && cased(close + 1);
    let same = |t: usize| doc.sentence_of(Id::new(t)) == doc.sentence_of(Id::new(draft.start));
    if goes_on && name <= close + 2 && same(close + 1) && matches!(doc.pos(Id::new(close + 1)), Pos::Propn | Pos::X) {
        draft.end = close + 2;
    }
}

/// "Tariq **Noon**": the capitalised word behind a name that the label left out though the tree joins them.
fn lengthen_right(doc: &Document, draft: &mut Draft, next: usize) {
    if !matches!(draft.class, NameClass::Person | NameClass::Other) || draft.end >= next {
        return;
    }
    let token = Id::new(draft.end);
    let inside = |t: Id<Token>| (draft.start..draft.end).contains(&t.index());
    let joined = doc.head(token).is_some_and(inside)
        && matches!(doc.relation(token), Relation::Flat | Relation::Compound)
        || (draft.start..draft.end).any(|t| {
            doc.head(Id::new(t)) == Some(token)
                && matches!(doc.relation(Id::new(t)), Relation::Flat | Relation::Compound)
        });
    let mut chars = word(doc, draft.end).chars();
    let cased = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    let same = doc.sentence_of(token) == doc.sentence_of(Id::new(draft.start));
    if joined && cased && same && matches!(doc.pos(token), Pos::Propn) && noun::of(doc, token).is_none() {
        draft.end += 1;
    }
}

/// "Research **in Motion**", "Court **of Arbitration**": a body's name goes on behind a small word with a capitalised word
/// that is no name of its own.
fn join_small(doc: &Document, draft: &mut Draft, next: usize) {
    let at = draft.end;
    if draft.class != NameClass::Organisation || at + 1 >= next.min(doc.tokens.len()) || draft.start >= at {
        return;
    }
    let sentence = &doc.sentences[doc.sentence_of(Id::new(draft.start))];
    let mut chars = word(doc, at + 1).chars();
    let cased = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    let outside = doc.labels.at(Id::new(at + 1)).is_none_or(|l| l.name == NamePart::Outside);
    let shouts = word(doc, at).starts_with(char::is_uppercase) || shouting(doc, sentence);
    let plain = noun::of(doc, Id::new(at + 1)).is_none_or(|n| {
        !matches!(n.class, noun::NounClass::Office | noun::NounClass::Person | noun::NounClass::People)
    });
    let fits = matches!(lower(doc, at), "in" | "of")
        && at + 1 < sentence.tokens.end.index()
        && cased
        && outside
        && !shouts
        && plain
        && doc.pos(Id::new(at + 1)) == Pos::Propn
        && !calendar::is_name(lower(doc, at + 1))
        && core_reading(lower(doc, at + 1)).is_none()
        && country::find(lower(doc, at + 1)).is_empty();
    if fits {
        draft.end = at + 2;
        draft.rule = "name/whole";
    }
}

/// "National Institute **on Drug Abuse**", "Alliance **to End Homelessness**", "Center for Science **in the Public Interest**":
/// what a body is for, in capitals behind its noun.
fn join_purpose(doc: &Document, draft: &mut Draft) {
    let sentence = &doc.sentences[doc.sentence_of(Id::new(draft.start))];
    let running = doc.blocks.at(sentence.block).is_some_and(|b| b.kind == BlockKind::Paragraph);
    if draft.class != NameClass::Organisation || draft.start >= draft.end || !running || shouting(doc, sentence) {
        return;
    }
    let body = |t: usize| {
        let of = |kind: &str| wordnet::is_a(lower(doc, t), kind);
        noun::find(lower(doc, t)).is_some_and(|n| n.class == noun::NounClass::Body) || of("organization") || of("union")
    };
    // "Center for Science" says by its small word that it is no firm.
    let small = |t: usize| matches!(lower(doc, t), "on" | "for" | "of" | "to" | "against");
    if !(draft.start..draft.end).any(|t| body(t) || small(t)) {
        return;
    }
    let end = sentence.tokens.end.index();
    let capital = |t: usize| {
        let mut chars = word(doc, t).chars();
        let labelled = doc.labels.at(Id::new(t)).is_some_and(|l| {
            l.name != NamePart::Outside && matches!(l.class, NameClass::Person | NameClass::Place | NameClass::Norp)
        });
        chars.next().is_some_and(char::is_uppercase)
            && chars.any(char::is_lowercase)
            && !labelled
            && matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb)
            && !calendar::is_name(lower(doc, t))
            && country::find(lower(doc, t)).is_empty()
            && noun::honorific(lower(doc, t)).is_none()
            && !noun::find(lower(doc, t)).is_some_and(|n| n.class == noun::NounClass::Office)
    };
    for _ in 0..2 {
        let at = draft.end;
        if at + 1 >= end || !matches!(lower(doc, at), "on" | "for" | "of" | "to" | "against" | "in") {
            return;
        }
        let first = at + 1 + usize::from(lower(doc, at + 1) == "the");
        let last = (first..end.min(first + 5)).take_while(|&t| capital(t)).last();
        let Some(last) = last else { return };
        // "to End …" has a verb, what stands behind the other small words has none; "in Motion" is another rule's.
        let verb = matches!(doc.xpos(Id::new(first)), Xpos::Vb | Xpos::Vbp);
        let fits = match lower(doc, at) {
            "to" => verb && last > first,
            "in" => !verb && first > at + 1 && last > first,
            _ => !verb || lower(doc, first).ends_with("ing"),
        };
        if !fits {
            return;
        }
        // "Office of the Public **Prosecutor**": an office that no name follows.
        let next = last + 1;
        let cap = |t: usize| t < end && word(doc, t).starts_with(char::is_uppercase);
        let office = cap(next) && noun::find(lower(doc, next)).is_some_and(|n| n.class == noun::NounClass::Office);
        if cap(next) && (!office || cap(next + 1)) {
            return;
        }
        draft.end = next + usize::from(office);
        draft.rule = "name/whole";
    }
}

/// "**Citizens'** Independent Transportation Trust", "**Governor's** Office": whose body it is, a noun in a capital that no
/// beginning of a sentence asks for.
fn join_members(doc: &Document, draft: &mut Draft) {
    let sentence = &doc.sentences[doc.sentence_of(Id::new(draft.start))];
    let Some(at) = draft.start.checked_sub(2).filter(|&t| t > sentence.tokens.start.index()) else { return };
    let outside = doc
        .labels
        .at(Id::new(at))
        .is_none_or(|l| l.name == NamePart::Outside || matches!(l.class, NameClass::Organisation | NameClass::Other));
    let people = || wordnet::is_person(&noun::singular(lower(doc, at)));
    let noun = matches!(doc.xpos(Id::new(at)), Xpos::Nns | Xpos::Nnps)
        && (noun::of(doc, Id::new(at)).is_some() || people())
        || noun::find(lower(doc, at)).is_some_and(|n| n.class == noun::NounClass::Office);
    let running = doc.blocks.at(sentence.block).is_some_and(|b| b.kind == BlockKind::Paragraph);
    if draft.class == NameClass::Organisation
        && running
        && !shouting(doc, sentence)
        && matches!(lower(doc, draft.start - 1), "'s" | "’s" | "'" | "’")
        && word(doc, at).starts_with(char::is_uppercase)
        && outside
        && noun
    {
        draft.start = at;
        // "the **Skarholm** Pilots’ Guild": the name that the label gave to its people begins the whole one.
        let named = |t: usize| {
            doc.labels.at(Id::new(t)).is_some_and(|l| l.name == NamePart::Inside && l.class == NameClass::Organisation)
        };
        while draft.start > sentence.tokens.start.index() && named(draft.start) {
            draft.start -= 1;
        }
        draft.rule = "name/whole";
    }
}

/// "Orrel boss **Quentin** Lorrimer": a given name that the labels took for a name of its own, right before a surname.
fn join_given(doc: &Document, drafts: &mut Vec<Draft>) {
    for i in 1..drafts.len() {
        let (before, own) = (&drafts[i - 1], &drafts[i]);
        let touches = before.end == own.start && before.end == before.start + 1 && own.end == own.start + 1;
        let given = noun::given_name(&key(word(doc, before.start))).is_some();
        let plain = country::find(lower(doc, before.start)).is_empty() && !is_title(doc, before.start);
        if touches && given && plain && own.class == NameClass::Person && before.class != NameClass::Place {
            drafts[i].start = drafts[i - 1].start;
            drafts[i].rule = "name/whole";
            drafts[i - 1].end = drafts[i - 1].start;
        }
    }
    drafts.retain(|d| d.start < d.end);
}

/// "Tehreek**-e-Rovers**", "Lee **So-young**", "Dunmore **& Sons**": a name is not cut at a hyphen or an ampersand. A
/// hyphen after a place joins no more than a small word and a capital ("Bagh-e-Jinnah", not "Paris-based").
fn join_hyphens(doc: &Document, drafts: &mut Vec<Draft>) {
    let capital = |at: usize| word(doc, at).starts_with(char::is_uppercase);
    let small = |at: usize| word(doc, at).chars().all(char::is_lowercase);
    let hyphen = |at: usize| word(doc, at) == "-" && doc.ties(Id::new(at));
    // "Manpreet **Dhillon-**Rao": what stands before the hyphen belongs to a person's name, with the name before it.
    for i in 0..drafts.len() {
        let start = drafts[i].start;
        let first = doc.sentences[doc.sentence_of(Id::new(start))].tokens.start.index();
        if drafts[i].class != NameClass::Person || start < first + 2 || !hyphen(start - 1) || !capital(start - 2) {
            continue;
        }
        match i.checked_sub(1).filter(|&b| drafts[b].end > start - 2) {
            None => {
                drafts[i].start = start - 2;
                let given = i.checked_sub(1).filter(|&b| drafts[b].end == start - 2);
                if let Some(before) = given.filter(|&b| drafts[b].class == NameClass::Person) {
                    drafts[i].start = drafts[before].start;
                    drafts[before].end = drafts[before].start;
                }
            }
            // "Biden-Xi talks" are two; a whole name before the hyphen goes on behind it.
            Some(before)
                if drafts[before].class == NameClass::Person && drafts[before].end - drafts[before].start > 1 =>
            {
                drafts[i].start = drafts[before].start;
                drafts[before].end = drafts[before].start;
            }
            Some(_) => {}
        }
    }
    // "**Heart &** Stroke": the capitalised word before the ampersand that the labels left out.
    for i in 0..drafts.len() {
        let start = drafts[i].start;
        let first = doc.sentences[doc.sentence_of(Id::new(start))].tokens.start.index();
        let free = start >= first + 2 && i.checked_sub(1).is_none_or(|b| drafts[b].end <= start - 2);
        if free && word(doc, start - 1) == "&" && capital(start - 2) && drafts[i].end == start + 1 {
            drafts[i].start = start - 2;
            drafts[i].class = NameClass::Organisation;
            drafts[i].rule = "name/hyphen";
        }
    }
    drafts.retain(|d| d.start < d.end);
    let mut i = 0;
    while i < drafts.len() {
        let sentence = &doc.sentences[doc.sentence_of(Id::new(drafts[i].start))];
        let last = sentence.tokens.end.index();
        loop {
            let draft = &drafts[i];
            let end = draft.end;
            let next = drafts.get(i + 1).map_or(last, |d| d.start);
            let person = draft.class == NameClass::Person;
            let linked = |at: usize| {
                // "e-Noor" is one token, "al-Noor" are three.
                let one = word(doc, at).split_once('-').is_some_and(|(link, rest)| {
                    link.len() <= 3 && link.chars().all(char::is_lowercase) && rest.starts_with(char::is_uppercase)
                });
                match one {
                    true => Some(at + 1),
                    false
                        if at + 2 < last
                            && small(at)
                            && word(doc, at).len() <= 3
                            && hyphen(at + 1)
                            && capital(at + 2) =>
                    {
                        Some(at + 3)
                    }
                    false => None,
                }
            };
            let longer = if end + 1 < last && hyphen(end) {
                linked(end + 1)
                    .or_else(|| (person && end + 1 < next && capital(end + 1)).then_some(end + 2))
                    .or_else(|| (person && end - draft.start > 1 && small(end + 1)).then_some(end + 2))
            } else if person && end + 2 < next.min(last) && capital(end) && hyphen(end + 1) && small(end + 2) {
                Some(end + 3)
            } else if end + 1 < last && word(doc, end) == "&" && capital(end + 1) && draft.class != NameClass::Event {
                Some(end + 2)
            } else {
                None
            };
            let Some(longer) = longer.filter(|&l| l <= last) else { break };
            let draft = &mut drafts[i];
            let is_body = word(doc, end) == "&" || draft.class == NameClass::Norp;
            draft.end = longer;
            if is_body {
                draft.class = NameClass::Organisation;
            }
            draft.rule = "name/hyphen";
            let begin = draft.start;
            drafts.retain(|d| d.start <= begin || d.start >= longer);
        }
        i += 1;
    }
}

/// A rank or an office in short, before a name: "SSP", "DIG", "MLA", "OCPD". Two capitals may be somebody's initials.
fn is_rank(doc: &Document, at: usize) -> bool {
    let word = word(doc, at);
    (2..=6).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
}

/// "**SSP** Tariq Noon": a rank that the label took for a part of the name is not.
fn part_rank(doc: &Document, draft: &mut Draft) {
    let names = draft.end - draft.start;
    let given = || names > 2 && noun::given_name(lower(doc, draft.start + 1)).is_some();
    let likely = matches!(draft.class, NameClass::Person | NameClass::Other) || given();
    let cased = |at: usize| {
        let mut chars = word(doc, at).chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.clone().any(char::is_lowercase)
            && chars.all(char::is_alphabetic)
    };
    let long = word(doc, draft.start).len() > 2;
    if likely
        && is_rank(doc, draft.start)
        && (names > 2 || names == 2 && long && draft.class == NameClass::Person)
        && (draft.start + 1..draft.end).all(cased)
        && core_reading(&run_key(doc, draft.start, draft.end)).is_none()
    {
        draft.start += 1;
        draft.class = NameClass::Person;
        draft.rule = "name/rank";
    }
}

/// "Harbour **Trust**": the capitalised head noun of a body's name belongs to it, unless it is somebody's office.
fn lengthen(doc: &Document, draft: &mut Draft, limit: usize) {
    while draft.class == NameClass::Organisation && draft.start < draft.end && draft.end < limit {
        let (last, next) = (Id::new(draft.end - 1), Id::new(draft.end));
        let person = noun::of(doc, next).is_some_and(|n| {
            matches!(n.class, noun::NounClass::Office | noun::NounClass::Person | noun::NounClass::People)
        });
        let sentence = &doc.sentences[doc.sentence_of(last)];
        let running = doc.blocks.at(sentence.block).is_some_and(|b| b.kind == BlockKind::Paragraph);
        // "**Pellandre Lifts**, …": capitals in running text, whatever the tree makes of them.
        let plural = matches!(doc.xpos(next), Xpos::Nns | Xpos::Nnps)
            && running
            && !shouting(doc, sentence)
            && doc.labels.at(next).is_none_or(|l| l.name == NamePart::Outside)
            && noun::of(doc, next).is_none();
        let joined = doc.head(last) == Some(next) && doc.relation(last) == Relation::Compound || plural;
        let capital =
            word(doc, draft.end).starts_with(char::is_uppercase) && matches!(doc.pos(next), Pos::Noun | Pos::Propn);
        if !joined || !capital || person || doc.sentence_of(last) != doc.sentence_of(next) {
            return;
        }
        draft.end += 1;
    }
}

/// "Helen **of Troy Corp**", "Telephone **and Telegraph Co**": capitalised words behind a small one that end in a firm's form are
/// one name with those before it. "**Fish and Wildlife** says": so are two bare names whose verb is that of one.
fn join_firm(doc: &Document, drafts: &mut Vec<Draft>) {
    for i in 0..drafts.len() {
        let (start, at) = (drafts[i].start, drafts[i].end);
        let sentence = &doc.sentences[doc.sentence_of(Id::new(start))];
        let end = sentence.tokens.end.index();
        if start >= at || at + 1 >= end || shouting(doc, sentence) || !matches!(word(doc, at), "of" | "and" | "&") {
            continue;
        }
        let capital = |t: usize| word(doc, t).starts_with(char::is_uppercase);
        let firm = |t: usize| t > at + 1 && noun::company_form(lower(doc, t));
        let last = (at + 1..end.min(at + 6)).take_while(|&t| capital(t) || firm(t)).last();
        let Some(last) = last.filter(|_| !calendar::is_name(lower(doc, at + 1))) else { continue };
        let form = (at + 1..=last).find(|&t| noun::company_form(lower(doc, t)));
        let of = lower(doc, at) == "of";
        // "Apple and Google Inc." are two: what is known by itself, or has a form or a first name of its own.
        let alone = |a: usize, b: usize| {
            b == a + 1
                && core_reading(&run_key(doc, a, b)).is_none()
                && country::find(lower(doc, a)).is_empty()
                && !noun::company_form(lower(doc, a))
        };
        let thing = |t: usize| {
            wordnet::is_noun(lower(doc, t)) && noun::find(lower(doc, t)).is_none() && !wordnet::is_person(lower(doc, t))
        };
        let whole = match form {
            Some(form) if form > at + 1 => {
                let second = at + 1..form;
                let one = of
                    || second.clone().all(thing) && drafts[i].class != NameClass::Person
                    || alone(start, at) && alone(second.start, second.end);
                one.then_some(form + 1)
            }
            _ => {
                let second = at + 1..last + 1;
                let verb = doc.head(Id::new(at - 1)).filter(|_| doc.relation(Id::new(at - 1)).is("nsubj"));
                let singular = verb.is_some_and(|v| {
                    let one = |t: Id<Token>| doc.xpos(t) == Xpos::Vbz || doc.lower(t) == "was";
                    one(v) || doc.children(v).any(|c| c < v && doc.relation(c).is("aux") && one(c))
                });
                let two = drafts[i].class == NameClass::Place
                    || drafts[i].class == NameClass::Norp
                    || noun::given_name(&key(word(doc, start))).is_some();
                let one = !of && singular && !two && alone(start, at) && alone(second.start, second.end);
                let goes_on = doc.tokens.at(Id::new(last + 1)).is_some()
                    && matches!(lower(doc, last + 1), "and" | "&" | "'s" | "’s");
                (one && !goes_on).then_some(last + 1)
            }
        };
        let Some(whole) = whole else { continue };
        drafts[i] = Draft { start, end: whole, class: NameClass::Organisation, rule: "name/whole" };
        for other in drafts.iter_mut().skip(i + 1).take_while(|d| d.start < whole) {
            other.end = other.start;
        }
    }
    drafts.retain(|d| d.start < d.end);
}

fn word(doc: &Document, i: usize) -> &str {
    doc.word(Id::new(i))
}

fn lower(doc: &Document, i: usize) -> &str {
    doc.lower(Id::new(i))
}

/// Takes quotation marks, "the", a possessive ending and other edges off.
fn trim(doc: &Document, draft: &mut Draft) {
    // "march organiser **Ada Brook**": a word in small letters before a person's name says who it is.
    // "**slain** Kimani Gray": so does what befell him; "de", "van" and "bin" are parts of names and neither.
    let small = |t: usize| {
        let (w, id) = (word(doc, t), Id::new(t));
        w.chars().all(|c| c.is_lowercase() || c == '-')
            && (noun::of(doc, id).is_some() || w.chars().count() > 3 && matches!(doc.pos(id), Pos::Adj | Pos::Verb))
    };
    let capital = |t: usize| word(doc, t).starts_with(char::is_uppercase);
    while draft.class == NameClass::Person
        && draft.end - draft.start > 1
        && small(draft.start)
        && (draft.start + 1..draft.end).any(capital)
    {
        draft.start += 1;
    }
    while draft.start < draft.end
        && (matches!(lower(doc, draft.start), "the" | "a" | "an" | "'s" | "#" | "@")
            || !word(doc, draft.start).chars().any(char::is_alphanumeric))
    {
        draft.start += 1;
    }
    // "**Channing Tatum** pens sweet essay": nor does a verb in small letters behind a name belong to it.
    let verb = |t: usize| {
        word(doc, t).chars().all(char::is_lowercase)
            && word(doc, t).chars().count() > 3
            && matches!(doc.xpos(Id::new(t)), Xpos::Vbz | Xpos::Vbd | Xpos::Nns | Xpos::Nnps)
    };
    while draft.class == NameClass::Person
        && draft.end - draft.start > 1
        && verb(draft.end - 1)
        && (draft.start..draft.end - 1).all(capital)
    {
        draft.end -= 1;
    }
    while draft.start < draft.end
        && (matches!(lower(doc, draft.end - 1), "'s" | "'")
            || trailing(doc, draft)
            || !word(doc, draft.end - 1).chars().any(char::is_alphanumeric))
    {
        draft.end -= 1;
    }
}

/// "met **Ilse Varga** Friday": behind a given name and a surname a day is when, no third name.
fn without_day(doc: &Document, draft: &mut Draft) {
    if draft.class == NameClass::Person
        && draft.end - draft.start > 2
        && calendar::is_weekday(lower(doc, draft.end - 1))
    {
        draft.end -= 1;
    }
}

/// "Reilly Opel **7-6**": a score behind a name is no part of it.
fn without_score(doc: &Document, draft: &mut Draft) {
    let number = |t: usize| !word(doc, t).is_empty() && word(doc, t).chars().all(|c| c.is_ascii_digit());
    let score = |t: usize| {
        word(doc, t).split_once(['-', '–']).is_some_and(|(a, b)| {
            let digits = |w: &str| !w.is_empty() && w.len() < 4 && w.chars().all(|c| c.is_ascii_digit());
            digits(a) && digits(b)
        })
    };
    let mut end = draft.end;
    while end > draft.start + 1 {
        if score(end - 1) {
            end -= 1;
        } else if end > draft.start + 3 && number(end - 1) && matches!(word(doc, end - 2), "-" | "–") && number(end - 3)
        {
            end -= 3;
        } else {
            break;
        }
    }
    draft.end = end;
}

/// The rule that ends an office's complement at the name behind it.
const COMPLEMENT: &str = "name/complement";

/// "Secretary of **State** Maria Keller", "Attorney for **Norland** Brian Kemp": what completes an office before a person's
/// name is no part of the name, which begins at the given name behind it.
fn leave_complement(doc: &Document, draft: &mut Draft) {
    if draft.class != NameClass::Person || draft.start >= draft.end {
        return;
    }
    let preposition = |t: usize| matches!(lower(doc, t), "of" | "for");
    let mut start = draft.start;
    if let Some(inside) = (draft.start..draft.end - 1).find(|&t| preposition(t)) {
        start = inside + 1;
    } else if !before(doc, Id::new(start)).is_some_and(|t| {
        preposition(t.index())
            || lower(doc, t.index()) == "the" && before(doc, t).is_some_and(|p| preposition(p.index()))
    }) {
        return;
    }
    let sentence = doc.sentences[doc.sentence_of(Id::new(draft.start))].tokens.start.index();
    let office = (start.saturating_sub(9).max(sentence)..start).any(|t| {
        noun::of(doc, Id::new(t)).is_some_and(|n| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person))
    });
    let given = |t: usize| noun::given_name(&key(word(doc, t))).is_some();
    let name = (start..draft.end.saturating_sub(1)).find(|&t| given(t));
    if let Some(name) = name.filter(|&n| office && n > draft.start) {
        draft.start = name;
        draft.rule = COMPLEMENT;
    }
}

/// A preposition, or a common noun in small letters after a body's name ("Defence Ministry **official**"), at the end.
fn trailing(doc: &Document, draft: &Draft) -> bool {
    let last = draft.end - 1;
    if draft.end - draft.start < 2 {
        return false;
    }
    let small = word(doc, last).starts_with(char::is_lowercase);
    let person = noun::of(doc, Id::new(last)).is_some_and(|n| {
        matches!(n.class, noun::NounClass::Office | noun::NounClass::Person | noun::NounClass::People)
    });
    small
        && (person
            || matches!(
                lower(doc, last),
                "of" | "for" | "in" | "and" | "the" | "web" | "site" | "website" | "says" | "said"
            ))
        || draft.class == NameClass::Organisation && small && doc.pos(Id::new(last)) == Pos::Verb
}

/// "US Army **Colonel** Steve Warren": a title at the end of a label right before a person's name is not part of it.
fn split_titles(doc: &Document, drafts: &mut Vec<Draft>) {
    for i in 0..drafts.len().saturating_sub(1) {
        if drafts[i + 1].class != NameClass::Person || drafts[i].end != drafts[i + 1].start {
            continue;
        }
        let draft = &mut drafts[i];
        let whole = draft.end;
        while draft.end > draft.start && is_title(doc, draft.end - 1) {
            draft.end -= 1;
        }
        if draft.end < whole && draft.end > draft.start && draft.class == NameClass::Person {
            match core_reading(&run_key(doc, draft.start, draft.end)) {
                Some(thing) => draft.class = thing.kind.class(),
                None => draft.end = draft.start,
            }
        }
    }
    // "the Mayor": an office is no name, unless somebody's surname.
    let surnames: Vec<String> =
        drafts.iter().filter(|d| d.end > d.start + 1).map(|d| word(doc, d.end - 1).to_owned()).collect();
    drafts.retain(|d| {
        let office = d.end == d.start + 1
            && noun::find(lower(doc, d.start)).is_some_and(|n| n.class == noun::NounClass::Office)
            && !surnames.iter().any(|s| s == word(doc, d.start));
        d.start < d.end && !office
    });
}

/// A noun in small letters for what somebody is: "analyst", "chief executive".
fn is_post(doc: &Document, at: usize) -> bool {
    let small = word(doc, at).starts_with(char::is_lowercase) && matches!(doc.pos(Id::new(at)), Pos::Noun | Pos::Propn);
    let post = |n: noun::Noun| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person);
    small && !matches!(doc.xpos(Id::new(at)), Xpos::Nns) && noun::of(doc, Id::new(at)).is_some_and(post)
}

/// "**Raymond James** analyst **Tavis Lisle**": a label that holds a noun for what somebody is holds two names.
fn split_staff(doc: &Document, drafts: &mut Vec<Draft>) {
    let mut split = Vec::new();
    for draft in drafts.iter_mut().filter(|d| d.class == NameClass::Person) {
        let Some(post) = (draft.start + 1..draft.end.saturating_sub(2)).find(|&t| is_post(doc, t)) else { continue };
        let name = |t: usize| word(doc, t).starts_with(char::is_uppercase);
        if (draft.start..post).all(name) && (post + 1..draft.end).all(name) {
            split.push(Draft { start: post + 1, ..draft.clone() });
            draft.end = post;
        }
    }
    drafts.extend(split);
    drafts.sort_by_key(|d| d.start);
}

/// "**Charles Schwab** economist Liz Sonder": two words and a profession in front of a person's whole name are whom the person
/// works for, a firm rather than a person. Who serves a person is another matter ("Hillary Clinton aide Joan Palmer").
fn employs(doc: &Document, draft: &Draft, next: Option<&Draft>) -> bool {
    let Some(next) = next.filter(|n| n.class == NameClass::Person && n.end > n.start + 1) else { return false };
    let between = draft.end..next.start;
    let words =
        |t: usize| word(doc, t).starts_with(char::is_lowercase) && matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Adj);
    let serves = |lemma: &str| {
        matches!(
            lemma,
            "adviser"
                | "advisor"
                | "agent"
                | "aide"
                | "ally"
                | "attorney"
                | "backer"
                | "biographer"
                | "confidant"
                | "critic"
                | "donor"
                | "friend"
                | "lawyer"
                | "manager"
                | "opponent"
                | "rival"
                | "secretary"
                | "supporter"
        )
    };
    draft.end == draft.start + 2
        && (1..=3).contains(&between.len())
        && between.clone().all(words)
        && is_post(doc, between.end - 1)
        && !serves(doc.lemma(Id::new(between.end - 1)))
}

/// The look-up form of a run of tokens.
fn run_key(doc: &Document, start: usize, end: usize) -> String {
    let span = doc.span_of(Id::new(start)..Id::new(end));
    key(doc.slice(span))
}

/// True when a short name is written as names are: "IS", "US", not "is", "us".
fn case_fits(surface: &str, key: &str) -> bool {
    let letters: String = surface.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.is_empty() {
        return surface.chars().any(|c| c.is_ascii_digit());
    }
    if key.len() <= 4 && !key.contains(' ') {
        let known_word = country::of(key).is_some() && key.len() > 3;
        return known_word && letters.starts_with(char::is_uppercase)
            || letters.chars().filter(|c| c.is_uppercase()).count() >= 2
            || (key.len() == 4 && letters.starts_with(char::is_uppercase));
    }
    letters.chars().any(char::is_uppercase)
}

/// The surest reading of a name: countries and the core of known things, not cities.
fn core_reading(key: &str) -> Option<gazetteer::Thing<'static>> {
    let best = SHIPPED.find(key).next()?;
    let core = best.rank <= 1 && best.thing.status.is_core()
        || best.rank == 0 && matches!(best.thing.kind, ThingKind::Country);
    core.then_some(best.thing)
}

/// "**UN** Security Council": a known longer name that holds the labelled one wins.
fn widen(doc: &Document, draft: &mut Draft) {
    let sentence = &doc.sentences[doc.sentence_of(Id::new(draft.start))];
    let (first, last) = (sentence.tokens.start.index(), sentence.tokens.end.index());
    let mut best = (draft.start, draft.end);
    for start in draft.start.saturating_sub(4).max(first)..=draft.start {
        for end in (draft.end..(draft.end + 6).min(last) + 1).rev() {
            if end - start <= best.1 - best.0 || end > last || end - start > 8 {
                continue;
            }
            if !word(doc, start).starts_with(char::is_uppercase) {
                continue;
            }
            let key = run_key(doc, start, end);
            if core_reading(&key).is_some_and(|t| t.kind != ThingKind::Event || draft.class != NameClass::Person) {
                best = (start, end);
            }
        }
    }
    if best != (draft.start, draft.end) {
        let key = run_key(doc, best.0, best.1);
        if let Some(thing) = core_reading(&key) {
            *draft = Draft { start: best.0, end: best.1, class: thing.kind.class(), rule: "gazetteer/longer" };
            trim(doc, draft);
        }
    }
}

fn without_overlaps(drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|d| (d.start, usize::MAX - d.end));
    let mut end = 0;
    drafts.retain(|d| {
        let keep = d.start >= end;
        if keep {
            end = d.end;
        }
        keep
    });
}

fn mark(taken: &mut [bool], drafts: &[Draft]) {
    for draft in drafts {
        taken[draft.start..draft.end].fill(true);
    }
}

/// "**Umbra Labs**, a security firm, found …", "**Brisk Motor**, the smaller rival,": capitalised words in front of a comma
/// behind which it is told what they are, and that the network took for none.
fn described(doc: &Document, taken: &[bool]) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in doc.sentences.iter() {
        if shouting(doc, sentence) {
            continue;
        }
        let (first, end) = (sentence.tokens.start.index(), sentence.tokens.end.index());
        let capital = |i: usize| {
            let text = word(doc, i);
            !taken[i] && text.starts_with(char::is_uppercase) && text.chars().all(char::is_alphanumeric)
        };
        for comma in first + 2..end.saturating_sub(3) {
            if lower(doc, comma) != "," || !matches!(lower(doc, comma + 1), "a" | "an" | "the" | "another") {
                continue;
            }
            let mut start = comma;
            while start > first && capital(start - 1) {
                start -= 1;
            }
            let small = |i: usize| {
                CLOSED.contains(&lower(doc, i))
                    || matches!(
                        doc.pos(Id::new(i)),
                        Pos::Adv | Pos::Adp | Pos::Det | Pos::Pron | Pos::Sconj | Pos::Cconj
                    )
            };
            let joined = start > first && taken[start - 1];
            if !(2..=4).contains(&(comma - start)) || joined || small(start) || is_title(doc, start) {
                continue;
            }
            let stop = (comma + 2..end.min(comma + 14)).find(|&i| matches!(lower(doc, i), "," | "." | ";"));
            let Some(stop) = stop else { continue };
            let noun = |i: usize| doc.pos(Id::new(i)) == Pos::Noun;
            let head = (comma + 2..stop.min(comma + 8)).find(|&i| noun(i) && !noun(i + 1));
            let Some(class) = head.and_then(|i| class_of(noun::of(doc, Id::new(i))?)) else { continue };
            // "Last Friday, a man said …, and": a clause tells of nobody before it.
            let clause = (comma + 2..stop)
                .find(|&i| matches!(doc.xpos(Id::new(i)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
            let relative = |v: usize| (comma + 2..v).any(|i| matches!(lower(doc, i), "who" | "which" | "that"));
            if clause.is_none_or(relative) {
                found.push(Draft { start, end: comma, class, rule: "name/described" });
            }
        }
    }
    found
}

/// "**Birgit Haan** of the Weather Service expects", "**Sportbladet Vest** put": two or three capitalised words that open a
/// sentence and do something, though the network saw no name. Only the first may owe its capital to its place.
fn acting(doc: &Document, taken: &[bool]) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in doc.sentences.iter().filter(|s| !shouting(doc, s)) {
        let body = doc.blocks.at(sentence.block).is_some_and(|b| b.kind == BlockKind::Paragraph);
        let (start, last) = (sentence.tokens.start.index(), sentence.tokens.end.index());
        let name = |i: usize| {
            let text = word(doc, i);
            i < last
                && !taken[i]
                && text.starts_with(char::is_uppercase)
                && text.chars().skip(1).all(char::is_lowercase)
                && text.chars().count() > 1
                && matches!(doc.pos(Id::new(i)), Pos::Noun | Pos::Propn)
                && noun::find(lower(doc, i)).is_none()
                && noun::honorific(lower(doc, i)).is_none()
                && country::find(lower(doc, i)).is_empty()
        };
        let end = (start..last).find(|&i| !name(i)).unwrap_or(last);
        if !body || !(start + 2..=start + 3).contains(&end) || end >= last {
            continue;
        }
        let known = |i: usize| crate::lexicon::wordnet::is_noun(&noun::singular(lower(doc, i)));
        let Some(subject) = (start..end).find(|&i| doc.relation(Id::new(i)).is("nsubj")) else { continue };
        let Some(verb) = doc.head(Id::new(subject)).filter(|v| v.index() >= end && doc.pos(*v) == Pos::Verb) else {
            continue;
        };
        if known(start) {
            continue;
        }
        let speaks = speech::is(doc.lemma(verb)) || matches!(doc.lemma(verb), "expect" | "think" | "hope");
        let class = if speaks && !known(end - 1) { NameClass::Person } else { NameClass::Other };
        found.push(Draft { start, end, class, rule: "name/acting" });
    }
    found
}

/// Known names that the network did not see: countries, their adjectives, and the core of leaders and organisations.
fn known(doc: &Document, taken: &[bool]) -> Vec<Draft> {
    let mut found = Vec::new();
    for sentence in doc.sentences.iter() {
        let shouting = shouting(doc, sentence);
        let mut at = sentence.tokens.start.index();
        let end = sentence.tokens.end.index();
        while at < end {
            let text = word(doc, at);
            let initial = text.chars().next();
            if taken[at]
                || !initial.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '#' | '@' | 'a'))
            {
                at += 1;
                continue;
            }
            let mut step = 1;
            for stop in ((at + 1)..=(at + 6).min(end)).rev() {
                if taken[at..stop].iter().any(|t| *t) || !word(doc, stop - 1).chars().any(char::is_alphanumeric) {
                    continue;
                }
                let surface = doc.slice(doc.span_of(Id::new(at)..Id::new(stop)));
                let key = key(surface.trim_start_matches(['#', '@']));
                if key.len() < 2 || shouting && key.len() <= 4 || !case_fits(surface, &key) {
                    continue;
                }
                let adjective = stop == at + 1 && country::adjective(&key).is_some();
                let class = match core_reading(&key) {
                    Some(thing) if stop > at + 1 || single(doc, at, thing.kind) => Some(thing.kind.class()),
                    _ if adjective && text.starts_with(char::is_uppercase) => Some(NameClass::Norp),
                    _ => None,
                };
                if let Some(class) = class {
                    let class = if adjective && class != NameClass::Norp && modifies(doc, at) {
                        NameClass::Norp
                    } else {
                        class
                    };
                    found.push(Draft { start: at, end: stop, class, rule: "gazetteer/known" });
                    step = stop - at;
                    break;
                }
            }
            at += step;
        }
    }
    found
}

/// One word is a name of the core only where it can be a noun that names: not "May said", "Fed up".
fn single(doc: &Document, at: usize, kind: ThingKind) -> bool {
    let token = Id::new(at);
    let capitals =
        word(doc, at).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && word(doc, at).len() > 1;
    let proper = capitals || could_name(doc, at);
    match kind {
        ThingKind::Country | ThingKind::ArmedGroup => {
            capitals || could_name(doc, at) || !matches!(doc.pos(token), Pos::Verb | Pos::Aux | Pos::Pron)
        }
        _ => proper,
    }
}

/// A capitalised word that can be a name: tagged so, or tagged as one of the small closed classes without being one of
/// their words, as happens to names that the network never saw.
fn could_name(doc: &Document, at: usize) -> bool {
    let token = Id::new(at);
    if !word(doc, at).starts_with(char::is_uppercase) || lower(doc, at).len() < 3 {
        return doc.pos(token) == Pos::Propn;
    }
    match doc.pos(token) {
        Pos::Propn | Pos::X => true,
        Pos::Aux | Pos::Intj | Pos::Pron | Pos::Det | Pos::Adp | Pos::Sconj | Pos::Cconj | Pos::Part | Pos::Num => {
            !CLOSED.contains(&lower(doc, at)) && lower(doc, at).chars().all(char::is_alphabetic)
        }
        // An unknown word before a verb ("Tolmachev said") reads like anything.
        _ => {
            let next = Id::new(at + 1);
            let acts = doc.tokens.at(next).is_some() && matches!(doc.pos(next), Pos::Verb | Pos::Aux);
            let open = !CLOSED.contains(&lower(doc, at)) && noun::of(doc, token).is_none() && lower(doc, at).len() >= 4;
            acts && open
        }
    }
}

/// The words of the closed classes.
const CLOSED: &[&str] = &[
    "am",
    "are",
    "is",
    "was",
    "were",
    "been",
    "being",
    "has",
    "have",
    "had",
    "does",
    "did",
    "will",
    "would",
    "shall",
    "should",
    "can",
    "could",
    "may",
    "might",
    "must",
    "ought",
    "get",
    "got",
    "let",
    "yes",
    "yeah",
    "well",
    "please",
    "hey",
    "hello",
    "okay",
    "sorry",
    "thanks",
    "god",
    "wow",
    "the",
    "this",
    "that",
    "these",
    "those",
    "all",
    "both",
    "each",
    "every",
    "some",
    "any",
    "another",
    "such",
    "what",
    "which",
    "who",
    "whom",
    "whose",
    "she",
    "him",
    "her",
    "his",
    "its",
    "our",
    "your",
    "their",
    "they",
    "them",
    "you",
    "one",
    "ones",
    "none",
    "nobody",
    "nothing",
    "everyone",
    "somebody",
    "someone",
    "anyone",
    "himself",
    "herself",
    "itself",
    "themselves",
    "and",
    "but",
    "nor",
    "yet",
    "for",
    "with",
    "from",
    "into",
    "onto",
    "upon",
    "over",
    "under",
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "around",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "despite",
    "down",
    "during",
    "except",
    "following",
    "inside",
    "like",
    "near",
    "off",
    "outside",
    "past",
    "per",
    "plus",
    "since",
    "than",
    "through",
    "throughout",
    "till",
    "toward",
    "towards",
    "unlike",
    "until",
    "versus",
    "via",
    "within",
    "without",
    "because",
    "although",
    "though",
    "unless",
    "while",
    "whereas",
    "whether",
    "when",
    "where",
    "why",
    "how",
    "not",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "hundred",
    "thousand",
    "million",
    "billion",
    "dozen",
    "half",
    "no",
    "according",
    "including",
    "regarding",
    "amid",
    "given",
    "once",
    "lest",
    "here",
    "there",
    "now",
    "then",
];

/// True for "US" in "US aircraft".
fn modifies(doc: &Document, at: usize) -> bool {
    matches!(doc.relation(Id::new(at)), Relation::Amod | Relation::Compound)
        && lower(doc, at) != "us"
        && country::find(lower(doc, at)).iter().any(|(_, w)| *w == country::CountryWord::Adjective)
}

fn shouting(doc: &Document, sentence: &Sentence) -> bool {
    let text = doc.slice(sentence.span);
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    upper > 8 && upper > 2 * small
}

/// A name keeps its class inside an article: the class that most of its occurrences have, with the gazetteer's say.
fn agree(doc: &Document, drafts: &mut [Draft]) {
    let mut votes: FxHashMap<String, [u16; 8]> = FxHashMap::default();
    let keys: Vec<String> = drafts.iter().map(|d| run_key(doc, d.start, d.end)).collect();
    let surnames: Vec<&str> = drafts
        .iter()
        .zip(&keys)
        .filter(|(d, _)| d.class == NameClass::Person && d.end > d.start + 1)
        .filter_map(|(_, key)| key.rsplit_once(' ').map(|(_, last)| last))
        .collect();
    let bodies: Vec<String> = drafts
        .iter()
        .filter(|d| d.class == NameClass::Organisation && d.end > d.start + 1)
        .map(|d| initials(doc, d))
        .filter(|i| i.len() > 2)
        .collect();
    for (i, (draft, key)) in drafts.iter().zip(&keys).enumerate() {
        let row = votes.entry(key.clone()).or_default();
        row[draft.class as usize] += 2;
        let employs = employs(doc, draft, drafts.get(i + 1));
        if employs {
            row[NameClass::Organisation as usize] += 4;
        }
        // "the aid group X", "X, an aid group": the noun beside a name tells its class.
        if let Some(class) = beside(doc, draft).filter(|_| !employs) {
            row[class as usize] += 4;
        }
        if let Some(class) = told(doc, draft).filter(|_| !employs) {
            row[class as usize] += 4;
        }
        // "Appleton Inc." is a firm whatever it is labelled, and so is Appleton, unless somebody is called so.
        if draft.end > draft.start + 1 && noun::company_form(lower(doc, draft.end - 1)) {
            row[NameClass::Organisation as usize] += 12;
            let comma = usize::from(draft.end > draft.start + 2 && lower(doc, draft.end - 2) == ",");
            let first = run_key(doc, draft.start, draft.end - 1 - comma);
            if !surnames.iter().any(|s| *s == first) {
                votes.entry(first).or_default()[NameClass::Organisation as usize] += 12;
            }
        }
        // "OCPD" after "Olderra County Police Department".
        if draft.class != NameClass::Organisation && bodies.contains(key) {
            votes.entry(key.clone()).or_default()[NameClass::Organisation as usize] += 8;
        }
        // "Meridian" is a body where "Meridian Crude" is.
        if draft.class == NameClass::Organisation
            && let Some((first, _)) = key.split_once(' ')
            && first.len() > 3
            && country::find(first).is_empty()
            && noun::find(first).is_none()
        {
            votes.entry(first.to_owned()).or_default()[NameClass::Organisation as usize] += 3;
        }
        // Every part of a person's name speaks for the surname alone.
        if draft.class == NameClass::Person && draft.end > draft.start + 1 {
            if let Some((_, last)) = key.rsplit_once(' ') {
                votes.entry(last.to_owned()).or_default()[NameClass::Person as usize] += 5;
            }
        }
    }
    for (draft, key) in drafts.iter_mut().zip(&keys) {
        if country::adjective(key).is_some() && country::find(key).len() == 1 {
            draft.class = NameClass::Norp;
            continue;
        }
        if draft.class == NameClass::Norp && core_reading(key).is_none() {
            continue;
        }
        let mut row = votes[key];
        row[NameClass::Norp as usize] = 0;
        if let Some(thing) = core_reading(key) {
            let class = thing.kind.class();
            let sure = matches!(
                thing.kind,
                ThingKind::Country
                    | ThingKind::ArmedGroup
                    | ThingKind::Media
                    | ThingKind::Organisation
                    | ThingKind::Military
            );
            row[class as usize] += if sure {
                6
            } else if thing.kind == ThingKind::Facility {
                0
            } else {
                2
            };
        }
        let best = NameClass::ALL.iter().copied().max_by_key(|c| (row[*c as usize], *c == draft.class));
        if let Some(best) = best.filter(|b| *b != draft.class && row[*b as usize] > 0) {
            draft.class = best;
            draft.rule = "name/agrees";
        }
    }
    first_names(doc, drafts);
}

/// "Jordan Pike is a teacher. **Jordan** said …": a place or a body by its label, but the first name of a person met
/// before, and nowhere in the article where one is, comes from or goes to.
fn first_names(doc: &Document, drafts: &mut [Draft]) {
    let alone = |d: &Draft| d.end == d.start + 1 && matches!(d.class, NameClass::Place | NameClass::Organisation);
    let placed = placed(doc, drafts, alone, |token| {
        led_by(doc, token, &["in", "to", "from", "at", "near", "across", "into", "of", "outside"])
            || matches!(doc.relation(token), Relation::Amod | Relation::Compound)
    });
    parts_of_people(doc, drafts, |d| d.start, "name/first", |d, name| alone(d) && !placed.iter().any(|p| p == name));
}

/// The names of one word that stand somewhere as places do.
fn placed(
    doc: &Document,
    drafts: &[Draft],
    alone: impl Fn(&Draft) -> bool,
    stands: impl Fn(Id<Token>) -> bool,
) -> Vec<String> {
    let found = drafts.iter().filter(|d| alone(d) && stands(Id::new(d.start)));
    found.map(|d| lower(doc, d.start).to_owned()).collect()
}

fn led_by(doc: &Document, token: Id<Token>, prepositions: &[&str]) -> bool {
    doc.children(token).any(|c| doc.relation(c) == Relation::Case && prepositions.contains(&doc.lower(c)))
}

/// Names that are one word of a person's name met before are that person's, where they may be.
fn parts_of_people(
    doc: &Document,
    drafts: &mut [Draft],
    part: impl Fn(&Draft) -> usize,
    rule: &'static str,
    may_be: impl Fn(&Draft, &str) -> bool,
) {
    let mut people: FxHashMap<String, usize> = FxHashMap::default();
    for draft in drafts.iter().filter(|d| d.class == NameClass::Person && d.end > d.start + 1) {
        people.entry(lower(doc, part(draft)).to_owned()).or_insert(draft.start);
    }
    for draft in drafts.iter_mut() {
        let name = lower(doc, draft.start);
        if people.get(name).is_some_and(|&first| first < draft.start) && may_be(draft, name) {
            draft.class = NameClass::Person;
            draft.rule = rule;
        }
    }
}

/// "… in **J.C. Chandler**'s film. Chandler said": a place, a body or a thing by its label, whose last word alone speaks in the
/// article and is a person there.
fn full_names(doc: &Document, drafts: &mut [Draft]) {
    let speakers: Vec<String> = drafts
        .iter()
        .filter(|d| d.class == NameClass::Person && d.end == d.start + 1 && speech::speaks(doc, Id::new(d.start)))
        .map(|d| lower(doc, d.start).to_owned())
        .collect();
    for draft in drafts.iter_mut().filter(|d| d.end > d.start + 1) {
        let capital = |t: usize| word(doc, t).starts_with(char::is_uppercase);
        let noun = |t: usize| noun::find(lower(doc, t)).is_some() || noun::company_form(lower(doc, t));
        let open = matches!(draft.class, NameClass::Place | NameClass::Organisation | NameClass::Other);
        if open
            && speakers.iter().any(|s| s == lower(doc, draft.end - 1))
            && (draft.start..draft.end).all(|t| capital(t) && !noun(t))
            && core_reading(&run_key(doc, draft.start, draft.end)).is_none()
        {
            draft.class = NameClass::Person;
            draft.rule = "name/agrees";
        }
    }
}

/// "scuffle outside Wisconsin **Trump** rally": a place before a surname is no given name where another name of the article
/// gives one.
fn behind_a_place(doc: &Document, drafts: &mut [Draft]) {
    let given = |t: usize| noun::given_name(&key(word(doc, t))).is_some();
    let is_whole = |d: &&Draft| d.class == NameClass::Person && d.end > d.start + 1;
    let whole: Vec<(usize, &str)> =
        drafts.iter().filter(is_whole).filter(|d| given(d.start)).map(|d| (d.start, lower(doc, d.end - 1))).collect();
    let is_place = |t: usize| {
        SHIPPED.find(&key(word(doc, t))).any(|r| matches!(r.thing.kind.class(), NameClass::Place | NameClass::Norp))
    };
    for draft in drafts.iter_mut().filter(|d| d.class == NameClass::Person && d.end == d.start + 2) {
        let last = lower(doc, draft.end - 1);
        let other = whole.iter().any(|&(start, surname)| surname == last && start != draft.start);
        // The name stands before the noun that it narrows, with the place.
        let end = Id::new(draft.end - 1);
        let narrows = doc.relation(end) == Relation::Compound && doc.head(end).is_some_and(|h| h > end);
        if other && narrows && !given(draft.start) && is_place(draft.start) {
            draft.start += 1;
        }
    }
}

/// "Gordon Sandel … **Sandel** has said": a place or a body by its label, but the surname of a person met before, and
/// nowhere in the article where one is, and no body of its own.
fn surnames(doc: &Document, drafts: &mut [Draft]) {
    let alone = |d: &Draft| {
        d.end == d.start + 1 && matches!(d.class, NameClass::Place | NameClass::Organisation | NameClass::Other)
    };
    let mut barred = placed(doc, drafts, alone, |token| {
        led_by(doc, token, &["in", "at", "near", "across", "into", "outside", "around"])
    });
    let others = drafts.iter().filter(|d| d.class != NameClass::Person && d.end > d.start + 1);
    barred.extend(others.map(|d| lower(doc, d.start).to_owned()));
    parts_of_people(
        doc,
        drafts,
        |d| d.end - 1,
        "name/agrees",
        |d, name| alone(d) && !barred.iter().any(|b| b == name) && core_reading(name).is_none(),
    );
}

/// The initials of a name's capitalised words, lower case: "ocpd".
fn initials(doc: &Document, draft: &Draft) -> String {
    (draft.start..draft.end)
        .filter_map(|t| word(doc, t).chars().next().filter(|c| c.is_uppercase()))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The class that the clause tells: "X is **a teacher**", "X, **who** …", "X, **41**,".
fn told(doc: &Document, draft: &Draft) -> Option<NameClass> {
    let tokens = Id::new(draft.start)..Id::new(draft.end);
    let head = head_of(doc, &tokens);
    let end = draft.end;
    let is = |at: usize, wanted: &str| at < doc.tokens.len() && lower(doc, at) == wanted;
    let age = is(end, ",")
        && doc.tokens.at(Id::new(end + 2)).is_some()
        && matches!(lower(doc, end + 2), "," | ".")
        && lower(doc, end + 1).parse::<u8>().is_ok_and(|n| (10..110).contains(&n));
    if is(end, ",") && is(end + 1, "who") || is(end, "who") || age {
        return Some(NameClass::Person);
    }
    // "Jonas Wirth told", "its chairman, Jonas Wirth, told", "Finance chief Dario Menkes declined": a given name and one
    // more that speak, or stand behind an office.
    let named = if doc.relation(head) == Relation::Appos { doc.head(head).unwrap_or(head) } else { head };
    let speaks = |v: Id<Token>| speech::is(doc.lemma(v)) || matches!(doc.lemma(v), "decline" | "refuse");
    let office = draft.start.checked_sub(1).is_some_and(|t| {
        doc.sentence_of(Id::new(t)) == doc.sentence_of(head)
            && noun::find(lower(doc, t)).is_some_and(|n| n.class == noun::NounClass::Office)
    });
    let says = doc.relation(named).is("nsubj") && doc.head(named).is_some_and(speaks) || office;
    let given = draft.end == draft.start + 2
        && noun::given_name(lower(doc, draft.start)).is_some()
        && noun::find(lower(doc, draft.end - 1)).is_none()
        && !noun::company_form(lower(doc, draft.end - 1));
    if says && given {
        return Some(NameClass::Person);
    }
    let predicate = doc.head(head).filter(|_| doc.relation(head) == Relation::Nsubj)?;
    let copula = doc.children(predicate).any(|c| doc.relation(c) == Relation::Cop);
    let article = doc.children(predicate).any(|c| doc.relation(c) == Relation::Det);
    class_of(noun::of(doc, predicate).filter(|_| copula && article && doc.pos(predicate) == Pos::Noun)?)
}

/// The class of a name that such a noun tells of: a body or a person.
fn class_of(noun: noun::Noun) -> Option<NameClass> {
    match noun.class {
        noun::NounClass::Body | noun::NounClass::Armed => Some(NameClass::Organisation),
        noun::NounClass::Office | noun::NounClass::Person => Some(NameClass::Person),
        _ => None,
    }
}

/// The class that a noun right before the name or in apposition to it gives.
fn beside(doc: &Document, draft: &Draft) -> Option<NameClass> {
    let class = |t: Id<Token>| class_of(noun::of(doc, t).filter(|_| matches!(doc.pos(t), Pos::Noun))?);
    let tokens = Id::new(draft.start)..Id::new(draft.end);
    let head = head_of(doc, &tokens);
    // "For the council: Tobias Roe" lists who stands for whom.
    let colon = |&o: &Id<Token>| !Id::range(head.min(o)..head.max(o)).any(|t| doc.word(t) == ":");
    let apposed = doc
        .children(head)
        .find(|&c| doc.relation(c) == Relation::Appos)
        .or_else(|| doc.head(head).filter(|_| doc.relation(head) == Relation::Appos))
        .filter(|o| colon(o) || doc.relation(head) != Relation::Appos);
    // "the Dragnes coach, **Ylva Brandt**, fumed": between commas behind a noun for one person, whatever the tree says.
    let introduced = || {
        let noun = draft.start.checked_sub(2).filter(|_| lower(doc, draft.start - 1) == ",")?;
        let id = Id::new(noun);
        let closed = doc.tokens.at(Id::new(draft.end)).is_some_and(|t| matches!(t.lower.as_str(), "," | "." | ";"));
        let led = (noun.saturating_sub(4)..noun)
            .rev()
            .take_while(|&t| !matches!(doc.pos(Id::new(t)), Pos::Punct | Pos::Verb | Pos::Adp))
            .any(|t| matches!(doc.pos(Id::new(t)), Pos::Det) || doc.xpos(Id::new(t)) == Xpos::PrpPoss);
        let two = (2..=3).contains(&(draft.end - draft.start));
        let plain = (draft.start..draft.end).all(|t| noun::find(lower(doc, t)).is_none());
        let one = doc.xpos(id) == Xpos::Nn && noun::of(doc, id).is_some_and(noun::Noun::is_person);
        (closed && led && two && plain && one).then_some(NameClass::Person)
    };
    before(doc, Id::new(draft.start)).and_then(class).or_else(|| apposed.and_then(class)).or_else(introduced)
}

/// A name seen once is a name wherever the same capitalised words stand.
fn repeated(doc: &Document, drafts: &[Draft]) -> Vec<Draft> {
    let mut taken = vec![false; doc.tokens.len()];
    mark(&mut taken, drafts);
    let mut seen: FxHashMap<String, (NameClass, usize)> = FxHashMap::default();
    let surnames: Vec<&str> = drafts
        .iter()
        .filter(|d| d.class == NameClass::Person && d.end > d.start + 1)
        .map(|d| word(doc, d.end - 1))
        .filter(|w| w.chars().count() >= 4)
        .collect();
    // "**Hicks** told ABC" after "Vanessa Hicks", though the tag calls it a common noun.
    let surname = |at: usize| {
        surnames.contains(&word(doc, at)) && matches!(doc.pos(Id::new(at)), Pos::Noun | Pos::Propn | Pos::Adj | Pos::X)
    };
    for draft in drafts {
        let text = doc.slice(doc.span_of(Id::new(draft.start)..Id::new(draft.end)));
        if text.chars().count() >= 2 && draft.class != NameClass::Norp {
            seen.entry(text.to_owned()).or_insert((draft.class, draft.end - draft.start));
            if draft.class == NameClass::Person && draft.end > draft.start + 1 {
                let last = word(doc, draft.end - 1);
                if last.chars().count() >= 2 {
                    seen.entry(last.to_owned()).or_insert((draft.class, 1));
                }
            }
        }
    }
    let mut found = Vec::new();
    for sentence in doc.sentences.iter() {
        let (mut at, end) = (sentence.tokens.start.index(), sentence.tokens.end.index());
        while at < end {
            let mut step = 1;
            if !taken[at]
                && word(doc, at).starts_with(char::is_uppercase)
                && (could_name(doc, at)
                    || surname(at)
                    || at > sentence.tokens.start.index()
                        && noun::of(doc, Id::new(at)).is_none()
                        && !CLOSED.contains(&lower(doc, at)))
            {
                for stop in ((at + 1)..=(at + 5).min(end)).rev() {
                    let text = doc.slice(doc.span_of(Id::new(at)..Id::new(stop)));
                    if taken[at..stop].iter().any(|t| *t) {
                        continue;
                    }
                    // A short word is the name again only where it reads like one: "Li said", not "In Paris".
                    if let Some((class, _)) = seen.get(text).filter(|_| text.len() >= 4 || could_name(doc, at)) {
                        found.push(Draft { start: at, end: stop, class: *class, rule: "name/repeated" });
                        step = stop - at;
                        break;
                    }
                }
            }
            at += step;
        }
    }
    found
}

/// Things that bear a person's name: "the carrier **Charles Norman**".
const VESSELS: &[&str] = &[
    "carrier",
    "ship",
    "frigate",
    "destroyer",
    "submarine",
    "vessel",
    "liner",
    "yacht",
    "tanker",
    "ferry",
    "trawler",
    "warship",
    "cruiser",
    "rocket",
    "spacecraft",
    "telescope",
];

fn mention(doc: &Document, draft: &Draft) -> Option<Mention> {
    let mut draft = draft.clone();
    let mut title_start = draft.start;
    if draft.class == NameClass::Person
        && before(doc, Id::new(draft.start)).is_some_and(|t| VESSELS.contains(&doc.lemma(t)))
    {
        draft.class = NameClass::Product;
    }
    if draft.class == NameClass::Person {
        while draft.start + 1 < draft.end && is_title(doc, draft.start) {
            draft.start += 1;
        }
        title_start = title_from(doc, draft.start, title_start);
    }
    let tokens = Id::new(draft.start)..Id::new(draft.end);
    let title = (title_start < draft.start).then(|| doc.span_of(Id::new(title_start)..Id::new(draft.start)));
    let head = head_of(doc, &tokens);
    let person = draft.class == NameClass::Person;
    let people = draft.class == NameClass::Norp && matches!(doc.xpos(head), Xpos::Nnps | Xpos::Nns);
    Some(Mention {
        span: doc.span_of(tokens.clone()),
        gender: if person { gender(doc, &draft, title_start) } else { None },
        number: match draft.class {
            NameClass::Person => Some(Number::Singular),
            NameClass::Norp if people => Some(Number::Plural),
            NameClass::Norp => None,
            _ => Some(Number::Singular),
        },
        tokens,
        head,
        kind: MentionKind::Name,
        class: Some(draft.class),
        title,
        made_by: Rule(draft.rule),
    })
}

/// A name at a given place; `like` is the name that was found there. `None` where there is no word.
///
/// Its class is that of what was found, else of the thing that bears the name most often.
pub fn given(doc: &Document, span: Span, like: Option<&Mention>) -> Option<Mention> {
    if let Some(same) = like.filter(|m| m.span == span) {
        return Some(same.clone());
    }
    let start = doc.tokens.partition_point(|t| t.span.end() <= span.start());
    let sentence = doc.sentences.at(doc.sentence_of(Id::new(start)))?;
    let end = doc.tokens.partition_point(|t| t.span.start() < span.end()).min(sentence.tokens.end.index());
    if start >= end {
        return None;
    }
    let key = key(doc.slice(span).trim_start_matches(['#', '@']));
    let people = country::adjective(&key).is_some().then_some(NameClass::Norp);
    let class = people
        .or(like.and_then(|m| m.class))
        .or_else(|| SHIPPED.find(&key).next().map(|known| known.thing.kind.class()))
        .or(doc.labels.at(Id::new(end - 1)).filter(|l| l.name != NamePart::Outside).map(|l| l.class));
    let draft = Draft { start, end, class: class.unwrap_or(NameClass::Organisation), rule: "name/given" };
    let row = mention(doc, &draft)?;
    let gender = row.gender.or(like.and_then(|m| m.gender));
    let tokens = Id::new(start)..Id::new(end);
    Some(Mention { span, head: head_of(doc, &tokens), tokens, gender, class, ..row })
}

/// A word that stands before a person's name as title or office: "Mr", "President", "Col."
fn is_title(doc: &Document, at: usize) -> bool {
    let lower = lower(doc, at);
    // "Cllr", "Sgt": a short capitalised word without a vowel is a title in short.
    let bare = lower.trim_end_matches('.');
    let short = (3..=5).contains(&bare.len())
        && word(doc, at).starts_with(char::is_uppercase)
        && word(doc, at).chars().skip(1).all(|c| c.is_lowercase() || c == '.')
        && bare.chars().all(|c| c.is_ascii_alphabetic() && !"aeiouy".contains(c));
    short
        || noun::honorific(lower).is_some()
        || noun::of(doc, Id::new(at)).is_some_and(|n| n.class == noun::NounClass::Office)
}

/// "**senior Russian military official** Andrei X", "**Russia's Defence Minister** Sergei X": where the words before a
/// person's name begin that say who it is. The word right before the name must be a title or an office.
fn title_from(doc: &Document, name: usize, labelled: usize) -> usize {
    let Some(last) = before(doc, Id::new(name)) else { return name };
    let plural = matches!(doc.xpos(last), Xpos::Nns | Xpos::Nnps);
    // A rank in capitals that is no name of its own: "Kisuru OCPD Grace Wambura".
    let outside = doc.labels.at(last).is_none_or(|l| l.name == NamePart::Outside);
    let ranked = is_rank(doc, last.index()) && (outside || labelled < name);
    let titled = is_title(doc, last.index())
        || ranked
        || doc.pos(last) == Pos::Noun && noun::of(doc, last).is_some_and(|n| n.class == noun::NounClass::Person);
    if !titled || plural {
        return labelled.min(name);
    }
    let mut start = last.index();
    while let Some(token) = before(doc, Id::new(start)) {
        let lower = doc.lower(token);
        // "Unity Party (**UP**) Chairman Omar Lodhi".
        if bracketed(doc, token.index()) && name - token.index() <= 9 {
            start = token.index() - 2;
            continue;
        }
        let fits = match doc.pos(token) {
            Pos::Adj | Pos::Noun | Pos::Propn => true,
            Pos::Part => lower == "'s",
            Pos::X => word(doc, token.index()).starts_with(char::is_uppercase) || is_title(doc, token.index()),
            // "vice-president", and no dash between two clauses.
            Pos::Punct => lower == "-" && doc.ties(token),
            Pos::Verb => doc.relation(token) == Relation::Amod,
            // "Secretary of State Maria Keller", but "opponents of **President** Keller": who is somebody's, and the title.
            Pos::Adp => {
                let own = || {
                    let office = |n: noun::Noun| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person);
                    noun::of(doc, last).is_some_and(office)
                        || noun::honorific(&doc.lower(last).to_lowercase()).is_some()
                };
                lower == "of"
                    && start - token.index() == 1
                    && word(doc, start).starts_with(char::is_uppercase)
                    && !own()
            }
            _ => false,
        };
        // "Democratic **hopefuls** former Gov. Ray": people are no part of one's title.
        let people = doc.xpos(token) == Xpos::Nns && noun::of(doc, token).is_some_and(noun::Noun::is_person);
        if !fits || name - token.index() > 9 || people || tells_when(doc, token) {
            break;
        }
        start = token.index();
    }
    // A determiner or a hyphen is no beginning.
    while start < last.index() && matches!(doc.pos(Id::new(start)), Pos::Punct | Pos::Part | Pos::Adp) {
        start += 1;
    }
    start
}

/// "On **Wednesday** General Ray", "last **month** Mayor Ray": a time before the title, and no "Sunday" of "the Sunday
/// editor".
fn tells_when(doc: &Document, token: Id<Token>) -> bool {
    let is_time = |token: Id<Token>| calendar::is_noun(doc.lower(token));
    if !is_time(token) {
        return false;
    }
    let mut first = token;
    while let Some(one) = before(doc, first).filter(|&one| is_time(one)) {
        first = one;
    }
    let leads = |token: Option<Id<Token>>| {
        token.is_none_or(|token| match doc.pos(token) {
            Pos::Adp => doc.lower(token) != "of",
            Pos::Noun | Pos::Propn | Pos::Part | Pos::Num | Pos::X => false,
            Pos::Adj | Pos::Det => {
                matches!(doc.lower(token), "this" | "that" | "every" | "last" | "next" | "past" | "early" | "late")
            }
            _ => true,
        })
    };
    match before(doc, first) {
        Some(the) if matches!(doc.lower(the), "the" | "a" | "one") => {
            before(doc, the).is_some_and(|token| doc.pos(token) == Pos::Adp && doc.lower(token) != "of")
        }
        other => leads(other),
    }
}

/// The end of a short form in brackets behind a capitalised word: "Party (UP)".
fn bracketed(doc: &Document, end: usize) -> bool {
    end >= 3
        && word(doc, end) == ")"
        && word(doc, end - 2) == "("
        && word(doc, end - 1).chars().all(|c| c.is_uppercase() || c == '-')
        && word(doc, end - 3).starts_with(char::is_uppercase)
        && doc.sentence_of(Id::new(end)) == doc.sentence_of(Id::new(end - 3))
}

/// Gender by title ("Mrs"), else by given name.
fn gender(doc: &Document, draft: &Draft, title_start: usize) -> Option<Gender> {
    for at in title_start..draft.start {
        let by_word = noun::honorific(lower(doc, at)).flatten().or(noun::find(lower(doc, at)).and_then(|n| n.gender));
        if by_word.is_some() {
            return by_word;
        }
    }
    if draft.end - draft.start < 2 {
        return None;
    }
    noun::given_name(&key(word(doc, draft.start)))
}
