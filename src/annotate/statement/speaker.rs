//! Who the speaker is: the mention behind a source, its entity, and how definite it is.
//!
//! A source is a noun phrase with all that hangs on it: "senior study author Dr. Mara Venn, a professor at the Ostrell
//! School". Who speaks is its head, or the name that says who the head is: the name that ends the words before the first
//! comma, or the name beside them in apposition. What merely stands inside (the school, the members' party) never speaks:
//! where the head is no mention, the source's own words are all that is known of the speaker. "A and B" are two speakers.

use std::ops::Range;

use super::reading::Reading;
use super::tree;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::wordnet;
use crate::text::*;

/// The speaker of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The mention row of the source.
    pub mention: Option<Id<Mention>>,
    /// Its entity in this document.
    pub entity: Option<Id<Entity>>,
    /// Those who say it together with the first, in text order.
    pub also: Vec<Id<Entity>>,
    /// Named, unnamed, group.
    pub kind: SpeakerKind,
}

impl Speaker {
    /// Nobody is named: "it was reported".
    pub const NOBODY: Speaker = Speaker { mention: None, entity: None, also: Vec::new(), kind: SpeakerKind::Implicit };
}

/// Finds who a source is: one speaker, or several joined by "and".
pub fn of(doc: &Document, reading: &Reading, source: &Range<usize>) -> Speaker {
    if let Some(mention) = handle(doc, source)
        && let Some(entity) = doc.entity_of.at(mention).copied().flatten()
    {
        let kind = if doc.entities[entity].named { SpeakerKind::Named } else { SpeakerKind::Unnamed };
        return Speaker { mention: Some(mention), entity: Some(entity), also: Vec::new(), kind };
    }
    let source = &whole(doc, reading, source);
    let parts = together(doc, reading, source);
    let mut speaker = one(doc, reading, parts.first().unwrap_or(source));
    let they = source.len() == 1 && matches!(doc.lower(Id::new(source.start)), "they" | "both");
    let unknown = speaker.entity.is_none_or(|e| !doc.entities[e].named);
    if they
        && unknown
        && let Some(named) = named_before(doc, reading, source.start)
    {
        speaker.entity = named.first().copied();
        speaker.also = named[1..].to_vec();
        speaker.kind = SpeakerKind::Named;
        return speaker;
    }
    for part in parts.iter().skip(1) {
        let other = one(doc, reading, part);
        let Some(entity) = other.entity else { continue };
        if speaker.entity.is_none() {
            speaker = other;
        } else if speaker.entity != Some(entity) && !speaker.also.contains(&entity) {
            speaker.also.push(entity);
        }
    }
    speaker
}

/// "RT **@abrook**:" where another line signs "— Ana Brook (@abrook)": the name that stands before the same handle.
fn handle(doc: &Document, source: &Range<usize>) -> Option<Id<Mention>> {
    let at = source.clone().find(|&t| doc.word(Id::new(t)).starts_with('@')).filter(|_| source.len() <= 2)?;
    let word = doc.lower(Id::new(at));
    let before = |t: usize| {
        let open = t.checked_sub(1).filter(|&o| doc.word(Id::new(o)) == "(").unwrap_or(t);
        let end = doc.tokens.at(Id::new(open.checked_sub(1)?))?.span.end();
        let sentence = doc.sentences[doc.sentence_of(Id::new(open - 1))].span;
        let name = |&m: &Id<Mention>| {
            let row = &doc.mentions[m];
            row.kind == MentionKind::Name && row.span.end() == end && !doc.slice(row.span).starts_with('@')
        };
        doc.mentions.within(sentence).find(name)
    };
    (0..doc.tokens.len()).filter(|&t| t != at && doc.lower(Id::new(t)) == word).find_map(before)
}

/// The source with what was cut off it: the first of "**Almstad and** Leal", where the tree joins the two, and the name right
/// behind an office ("the minister of trade **Farid Noor**").
fn whole(doc: &Document, reading: &Reading, source: &Range<usize>) -> Range<usize> {
    let mut whole = source.clone();
    let head = tree::head_of(reading, source.clone());
    let first = reading.up(head).filter(|_| tree::relation(reading, head) == Some(Relation::Conj));
    if let Some(first) =
        first.filter(|&f| f < source.start && tree::relation(reading, f).is_some_and(|r| r.is("nsubj")))
    {
        let start = tree::subtree(doc, reading, first).start;
        let noun = |t: usize| {
            matches!(doc.pos(Id::new(t)), Pos::Propn | Pos::Noun | Pos::Pron | Pos::Cconj | Pos::Det | Pos::Adj)
                || doc.lower(Id::new(t)) == ","
        };
        let and = source.start.checked_sub(1).is_some_and(|t| doc.pos(Id::new(t)) == Pos::Cconj);
        if start < source.start && and && (start..source.start).all(noun) {
            whole.start = start;
        }
    }
    // "**Brisk**, the smaller rival, did not respond": the name that the source stands beside.
    let name = reading.up(head).filter(|&n| n < source.start && tree::relation(reading, head) == Some(Relation::Appos));
    if let Some(name) = name.filter(|&n| tree::relation(reading, n).is_some_and(|r| r.is("nsubj")))
        && source.start > name + 1
        && doc.lower(Id::new(source.start - 1)) == ","
        && doc.pos(Id::new(name)) == Pos::Propn
    {
        whole.start = tree::subtree(doc, reading, name).start.min(name);
    }
    let office = noun::of(doc, Id::new(head)).is_some_and(noun::Noun::is_person);
    let named =
        mentions_in(doc, source).any(|(_, m)| m.kind == MentionKind::Name && m.class == Some(NameClass::Person));
    // Not the first name below a headline that ends in an office.
    let here = |t: usize| t < doc.tokens.len() && doc.sentence_of(Id::new(t)) == doc.sentence_of(Id::new(head));
    // "The letter from vice president **Elise Roe** said".
    let ends = |t: usize| noun::of(doc, Id::new(t)).is_some_and(|n| n.class == NounClass::Office);
    let office = office || source.clone().next_back().is_some_and(ends);
    if office && !named && here(source.end) && is_name_at(doc, source.end) {
        let start = doc.tokens[Id::new(source.end)].span.start();
        let sentence = doc.sentences[doc.sentence_of(Id::new(source.end))].span;
        let name = doc
            .mentions
            .within(sentence)
            .map(|m| &doc.mentions[m])
            .find(|m| m.kind == MentionKind::Name && m.class == Some(NameClass::Person) && m.span.start() == start);
        let single = doc.xpos(Id::new(head)) != Xpos::Nns;
        if let Some(name) = name.filter(|_| single) {
            whole.end = name.tokens.end.index();
        }
    }
    // "market research company **Kordal** put": the name right behind a noun for a body.
    let body = noun::of(doc, Id::new(head)).is_some_and(|n| n.class == NounClass::Body) && head + 1 == source.end;
    if body && here(source.end) {
        let start = doc.tokens[Id::new(source.end)].span.start();
        let sentence = doc.sentences[doc.sentence_of(Id::new(head))].span;
        let behind = doc.mentions.within(sentence).map(|m| &doc.mentions[m]).find(|m| {
            m.kind == MentionKind::Name
                && m.class != Some(NameClass::Person)
                && m.title.is_none()
                && m.span.start() == start
        });
        if let Some(name) = behind {
            whole.end = name.tokens.end.index();
        }
    }
    whole
}

/// "Ana Brook and Tom Reed crossed the desert. **They** said …": the names joined by "and" that are the subject of the
/// sentence before (or of this one), where the pronoun is nobody's yet.
fn named_before(doc: &Document, reading: &Reading, pronoun: usize) -> Option<Vec<Id<Entity>>> {
    let sentence = doc.sentence_of(Id::new(pronoun)).index();
    let block = |s: usize| doc.blocks.partition_point(|b| b.span.end() <= doc.sentences[Id::new(s)].span.start());
    for at in [Some(sentence), sentence.checked_sub(1)].into_iter().flatten() {
        if block(at) + 1 < block(sentence) {
            break;
        }
        let tokens = doc.sentences[Id::new(at)].tokens.clone();
        let subject = Id::range(tokens).find(|&t| {
            t.index() < pronoun
                && doc.relation(t).is("nsubj")
                && doc.children(t).any(|c| doc.relation(c) == Relation::Conj)
        });
        let Some(subject) = subject else { continue };
        let mut range = tree::subtree(doc, reading, subject.index());
        range.end = range.end.min(pronoun);
        let parts = together(doc, reading, &range);
        let entities: Vec<Id<Entity>> = parts.iter().filter_map(|p| one(doc, reading, p).entity).collect();
        let named = entities.iter().all(|&e| doc.entities[e].named);
        if parts.len() > 1 && entities.len() == parts.len() && named {
            return Some(entities);
        }
    }
    None
}

/// The parts of a source that speak together: "Ana Brook, Tom Reed | Paul Dorn", "He | his brother". The whole where it
/// is one: "Club president and MP R. S. Nair" has two offices and one name.
fn together(doc: &Document, reading: &Reading, source: &Range<usize>) -> Vec<Range<usize>> {
    without_titles(doc, reading, source, joined(doc, reading, source))
}

/// The parts that "and" joins.
fn joined(doc: &Document, reading: &Reading, source: &Range<usize>) -> Vec<Range<usize>> {
    let whole = vec![source.clone()];
    let is_and = |t: usize| matches!(doc.lower(Id::new(t)), "and" | "&");
    let owner = owner(doc, reading, source);
    let inner =
        |t: &usize| is_and(*t) && *t > source.start && *t + 1 < source.end && *t >= owner && !within_a_name(doc, *t);
    // "X, a teacher and union member, **and Y**": the "and" behind a comma and before a name joins speakers.
    let joins = |&t: &usize| doc.lower(Id::new(t - 1)) == "," && is_name_at(doc, t + 1);
    let Some(and) = source.clone().filter(inner).find(joins).or_else(|| source.clone().find(inner)) else {
        return whole;
    };
    // What stands after a preposition, a relative or a bracket belongs to the noun before it.
    let inside = (source.start..and).any(|t| opens_a_complement(doc, t) && !within_a_name(doc, t));
    if inside {
        return by_tree(doc, reading, source).unwrap_or(whole);
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = source.start;
    let commas: Vec<usize> = (source.start..and).filter(|&t| doc.lower(Id::new(t)) == ",").collect();
    // "X, a doctor, and Y": words in apposition are no speaker of their own.
    for comma in commas {
        let next = comma + 1;
        if next < and && is_name_at(doc, next) && ends_in_mention(doc, start, comma) {
            parts.push(start..comma);
            start = next;
        }
    }
    parts.push(start..and);
    let mut last = and + 1;
    if doc.lower(Id::new(last)) == "both" && last + 1 < source.end {
        last += 1;
    }
    parts.push(last..source.end);
    let mut parts: Vec<Range<usize>> = parts.into_iter().map(|p| without_marks(doc, p)).collect();
    parts.retain(|p| !p.is_empty());
    let speaks = |p: &Range<usize>| mention_in(doc, reading, p).is_some();
    if parts.len() < 2 || !parts.iter().all(speaks) || is_one_of_two_offices(doc, reading, &parts) {
        return whole;
    }
    // "the **Disaster and Emergency** Presidency": a noun for neither people nor a body is part of the name behind it.
    let thing = |p: &Range<usize>| {
        let last = Id::new(p.end - 1);
        let word = doc.lower(last);
        matches!(doc.lower(Id::new(p.start)), "the" | "a")
            && doc.word(last).starts_with(char::is_uppercase)
            && wordnet::is_noun(word)
            && noun::of(doc, last).is_none()
            && !wordnet::is_person(word)
            && !wordnet::is_organization(word)
            && mention_in(doc, reading, p).is_some_and(|m| doc.mentions[m].class != Some(NameClass::Person))
    };
    let capital = |p: &Range<usize>| doc.word(Id::new(p.start)).starts_with(char::is_uppercase);
    if parts.len() == 2 && thing(&parts[0]) && capital(&parts[1]) {
        return whole;
    }
    // "**Afghan and Western** officials", "coalition and Afghan officials": what stands before one noun.
    let head = tree::head_of(reading, source.clone());
    let describes = |p: &Range<usize>| {
        let own = tree::head_of(reading, p.clone());
        let on_head = reading.up(own) == Some(head);
        on_head && tree::relation(reading, own).is_some_and(|r| matches!(r, Relation::Amod | Relation::Compound))
    };
    if parts[parts.len() - 1].contains(&head) && parts[..parts.len() - 1].iter().any(describes) {
        return whole;
    }
    // One noun of two words: "health and safety officials".
    let bare =
        |p: &Range<usize>| mention_in(doc, reading, p).is_some_and(|m| doc.mentions[m].kind == MentionKind::Nominal);
    if parts.iter().any(|p| bare(p) && matches!(doc.pos(Id::new(p.end - 1)), Pos::Adj)) {
        return whole;
    }
    parts
}

/// Where the words of the owner end: "**Marks and Hale's** chief executive", "**Bank of Larne's** chief". The start where
/// nothing is owned, or where the owner may be one of two who speak ("Ana Brook and Tom's brother").
fn owner(doc: &Document, reading: &Reading, source: &Range<usize>) -> usize {
    let segment = segment(doc, source);
    let head = tree::head_of(reading, source.clone());
    let Some(mark) = segment.clone().rev().find(|&t| matches!(doc.lower(Id::new(t)), "'s" | "’s" | "'" | "’"))
    else {
        return source.start;
    };
    let class = |at: usize| {
        let name = |m: &Mention| m.kind == MentionKind::Name && m.tokens.end.index() == at;
        mentions_in(doc, &segment).filter(|(_, m)| name(m)).map(|(_, m)| m.class).next().flatten()
    };
    let and = (source.start..mark).find(|&t| matches!(doc.lower(Id::new(t)), "and" | "&"));
    let two =
        and.is_some_and(|t| !within_a_name(doc, t) && (class(t).is_none() || class(t) == Some(NameClass::Person)));
    // "Opponents of today's rally": what stands in a complement owns nobody.
    let inside = (source.start + 1..mark)
        .any(|t| matches!(doc.lower(Id::new(t)), "of" | "against" | "for" | "to" | "in") && !within_a_name(doc, t));
    if mark + 1 >= segment.end
        || two
        || inside && head < mark && noun_after(doc, head..head + 1)
        || head <= mark && !noun_after(doc, mark + 1..segment.end)
    {
        return source.start;
    }
    mark + 1
}

/// True where an office or a person's noun stands among the words.
fn noun_after(doc: &Document, words: Range<usize>) -> bool {
    words.clone().any(|t| noun::of(doc, Id::new(t)).is_some_and(noun::Noun::is_person))
}

/// "Tom Brown, **president and chief executive officer** of Larne": offices in apposition to a name are no speakers. Behind
/// "X, a doctor" a noun goes on with the apposition, save where a comma ends that and the noun has an article of its own.
fn without_titles(
    doc: &Document,
    reading: &Reading,
    source: &Range<usize>,
    parts: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let person = mentions_in(doc, source).any(|(_, m)| {
        let end = m.tokens.end.index();
        m.kind == MentionKind::Name
            && m.class != Some(NameClass::Place)
            && end < source.end
            && doc.lower(Id::new(end)) == ","
            && parts.first().is_some_and(|p| end <= p.end)
    });
    if parts.len() < 2 || !person {
        return parts;
    }
    let speaks = |(i, p): (usize, &Range<usize>)| {
        if i == 0 {
            return true;
        }
        let Some(mention) = mention_in(doc, reading, p).map(|m| &doc.mentions[m]) else { return false };
        let comma = (parts[i - 1].end..p.start).any(|t| doc.lower(Id::new(t)) == ",");
        let article = doc.pos(Id::new(p.start)) == Pos::Det || doc.relation(Id::new(p.start)) == Relation::NmodPoss;
        let title =
            mention.kind == MentionKind::Nominal && mention.number != Some(Number::Plural) && !(comma && article);
        // "…, president and CEO, Larne Steel": an office and whose.
        let before = p.start..mention.tokens.start.index().max(p.start);
        let owner = mention.class != Some(NameClass::Person) && noun_after(doc, before) && !article;
        !(title || owner)
    };
    let kept: Vec<Range<usize>> = parts.iter().enumerate().filter(|&p| speaks(p)).map(|(_, p)| p.clone()).collect();
    if kept.len() == 1 { vec![source.clone()] } else { kept }
}

/// "The foreign ministers of **France and Germany**": both names belong to the complement of one noun.
fn is_one_complement(doc: &Document, reading: &Reading, first: &Range<usize>, other: &Range<usize>) -> bool {
    let name = |p: &Range<usize>| mention_in(doc, reading, p).map(|m| &doc.mentions[m]);
    let Some(other) = name(other).filter(|m| m.kind == MentionKind::Name && m.tokens.start.index() == other.start)
    else {
        return false;
    };
    let ends = mentions_in(doc, first).any(|(_, m)| {
        let before = m.tokens.start.index().checked_sub(1);
        let before = before.map(|t| if doc.pos(Id::new(t)) == Pos::Det { t.saturating_sub(1) } else { t });
        m.kind == MentionKind::Name
            && m.class == other.class
            && m.tokens.end.index() == first.end
            && before.is_some_and(|t| t > first.start && doc.pos(Id::new(t)) == Pos::Adp)
    });
    ends && name(first).is_none_or(|m| m.kind == MentionKind::Nominal)
}

/// The conjuncts of the source's head, where the tree sees some: "the head of the union and the mayor".
fn by_tree(doc: &Document, reading: &Reading, source: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let head = tree::head_of(reading, source.clone());
    let conjuncts: Vec<usize> =
        tree::children(doc, reading, head, &[Relation::Conj]).filter(|c| source.contains(c) && *c > head).collect();
    let first = *conjuncts.first()?;
    let mut parts = Vec::new();
    let begin = tree::subtree(doc, reading, first).start.max(source.start);
    parts.push(source.start..begin);
    for (i, &conjunct) in conjuncts.iter().enumerate() {
        let mut range = tree::subtree(doc, reading, conjunct);
        range.start = range.start.max(source.start);
        range.end = conjuncts.get(i + 1).map_or(source.end, |&n| tree::subtree(doc, reading, n).start.min(source.end));
        while !range.is_empty() && matches!(doc.lower(Id::new(range.start)), "and" | "&" | ",") {
            range.start += 1;
        }
        parts.push(range);
    }
    if let Some(first) = parts.first_mut() {
        while first.start < first.end && matches!(doc.lower(Id::new(first.end - 1)), "and" | "&" | "," | "both") {
            first.end -= 1;
        }
    }
    let sound = parts.iter().all(|p| !p.is_empty() && mention_in(doc, reading, p).is_some())
        && !(parts.len() == 2 && is_one_complement(doc, reading, &parts[0], &parts[1]));
    (sound && !is_one_of_two_offices(doc, reading, &parts)).then_some(parts)
}

/// "Club president and MP R. S. Nair": the first is an office without article, the last ends in a person's name.
fn is_one_of_two_offices(doc: &Document, reading: &Reading, parts: &[Range<usize>]) -> bool {
    let Some((last, offices)) = parts.split_last() else { return false };
    let titled = mention_in(doc, reading, last).is_some_and(|m| {
        let m = &doc.mentions[m];
        m.kind == MentionKind::Name && m.class == Some(NameClass::Person) && m.tokens.start.index() > last.start
    });
    let office = |p: &Range<usize>| {
        let first = Id::new(p.start);
        let article = doc.pos(first) == Pos::Det || doc.relation(first) == Relation::NmodPoss;
        !article
            && mention_in(doc, reading, p).is_none_or(|m| {
                let m = &doc.mentions[m];
                m.kind == MentionKind::Nominal && m.number != Some(Number::Plural)
            })
    };
    // "The vice president and head of research at Orlan Foods**, Ruth Odell**": one article, and the name behind a comma.
    let article = |t: usize| doc.pos(Id::new(t)) == Pos::Det || doc.relation(Id::new(t)) == Relation::NmodPoss;
    let closes = mentions_in(doc, last).any(|(_, m)| {
        m.kind == MentionKind::Name
            && m.class == Some(NameClass::Person)
            && m.tokens.end.index() == last.end
            && m.tokens.start.index() > last.start
            && doc.lower(Id::new(m.tokens.start.index() - 1)) == ","
    });
    let held = |p: &Range<usize>| {
        mention_in(doc, reading, p).is_some_and(|m| {
            let m = &doc.mentions[m];
            m.kind == MentionKind::Nominal
                && m.number != Some(Number::Plural)
                && noun::of(doc, m.head).is_some_and(|n| n.class == NounClass::Office)
        })
    };
    titled && offices.iter().all(office) || closes && !article(last.start) && offices.iter().all(held)
}

/// A preposition, a relative, a participle or a bracket: what follows says more of the noun before it.
fn opens_a_complement(doc: &Document, token: usize) -> bool {
    let token = Id::new(token);
    matches!(
        doc.lower(token),
        "(" | "[" | "–" | "—" | "who" | "which" | "whose" | "whom" | "that" | "where" | "as" | "including"
    ) || doc.pos(token) == Pos::Adp
        || doc.relation(token) == Relation::Acl
}

/// True for "of" in "University of Larne".
pub(super) fn within_a_name(doc: &Document, token: usize) -> bool {
    let token = Id::new(token);
    let Some(sentence) = doc.sentences.at(doc.sentence_of(token)) else { return false };
    doc.mentions.within(sentence.span).any(|m| {
        let m = &doc.mentions[m];
        m.kind == MentionKind::Name && m.tokens.start < token && token.index() + 1 < m.tokens.end.index()
    })
}

fn without_marks(doc: &Document, mut part: Range<usize>) -> Range<usize> {
    let bare = |t: usize| !doc.lower(Id::new(t)).chars().any(char::is_alphanumeric);
    while part.start < part.end && bare(part.end - 1) {
        part.end -= 1;
    }
    while part.start < part.end && bare(part.start) {
        part.start += 1;
    }
    part
}

/// The mentions that lie inside a range of tokens.
fn mentions_in<'d>(doc: &'d Document, part: &Range<usize>) -> impl Iterator<Item = (Id<Mention>, &'d Mention)> + 'd {
    let span = doc.span_of(Id::new(part.start)..Id::new(part.end));
    doc.mentions.within(span).map(|id| (id, &doc.mentions[id]))
}

/// True when a name begins at the token, past a title.
fn is_name_at(doc: &Document, token: usize) -> bool {
    let Some(sentence) = doc.sentences.at(doc.sentence_of(Id::new(token))) else { return false };
    doc.mentions.within(sentence.span).map(|m| &doc.mentions[m]).any(|m| {
        let begin = m.title.map_or(m.span, |t| t.join(m.span)).start();
        m.kind == MentionKind::Name && begin == doc.tokens[Id::new(token)].span.start()
    })
}

/// True when the words from `start` to `end` end in a name or a pronoun.
fn ends_in_mention(doc: &Document, start: usize, end: usize) -> bool {
    mentions_in(doc, &(start..end)).any(|(_, m)| m.tokens.end.index() == end && m.kind != MentionKind::Nominal)
}

/// Where the words of the head end: at the first comma, bracket, relative or preposition outside of a name.
fn core(doc: &Document, source: &Range<usize>) -> Range<usize> {
    let stop = (source.start + 1..source.end)
        .find(|&t| {
            let mark = matches!(doc.lower(Id::new(t)), "," | ":" | ";");
            (mark || opens_a_complement(doc, t)) && !within_a_name(doc, t)
        })
        .unwrap_or(source.end);
    without_marks(doc, source.start..stop)
}

/// The words before the first comma, bracket or relative.
fn segment(doc: &Document, source: &Range<usize>) -> Range<usize> {
    let mark =
        |t: &usize| matches!(doc.lower(Id::new(*t)), "," | ":" | ";" | "(" | "–" | "—" | "who" | "which" | "whose");
    let stop = (source.start + 1..source.end).find(|t| mark(t) && !within_a_name(doc, *t)).unwrap_or(source.end);
    without_marks(doc, source.start..stop)
}

/// The name that ends a part and is no possessor: "Lahore SSP **Tariq Noon**".
fn name_at_the_end(doc: &Document, part: &Range<usize>) -> Option<Id<Mention>> {
    mentions_in(doc, part)
        .filter(|(_, m)| {
            m.kind == MentionKind::Name && m.tokens.end.index() == part.end && m.class != Some(NameClass::Norp)
        })
        .max_by_key(|(_, m)| m.span.len())
        .map(|(id, _)| id)
}

/// The mention that a part names: the name at the end of its first words, the name beside them, else that of its head.
fn mention_in(doc: &Document, reading: &Reading, part: &Range<usize>) -> Option<Id<Mention>> {
    let head = tree::head_of(reading, part.clone());
    of_head(doc, part, head)
}

fn of_head(doc: &Document, source: &Range<usize>, head: usize) -> Option<Id<Mention>> {
    let head_id = Id::new(head);
    let span = doc.span_of(Id::new(source.start)..Id::new(source.end));
    // A mention lies in the sentence of its head.
    let around = doc.sentences.at(doc.sentence_of(head_id)).map_or(span, |s| s.span.join(span));
    let near = || doc.mentions.within(around).map(|id| (id, &doc.mentions[id]));
    let exact = near()
        .filter(|(_, m)| m.head == head_id && (m.span.overlaps(span) || head < source.start || head >= source.end))
        .max_by_key(|(_, m)| m.span.len());
    let core = core(doc, source);
    if head < source.start || head >= source.end {
        return exact.map(|(id, _)| id);
    }
    // "Larne Chamber of Commerce president **Rory Reed**": who holds the office that a body's name ends before.
    let closing = name_at_the_end(doc, &segment(doc, source)).filter(|&n| {
        let row = &doc.mentions[n];
        let begin = row.title.map_or(row.tokens.start, |t| doc.tokens_in(t).start).index();
        let office = |t: usize| {
            noun::of(doc, Id::new(t)).is_some_and(|n| n.class == NounClass::Office) && doc.xpos(Id::new(t)) != Xpos::Nns
        };
        let holds = begin > source.start && (row.title.is_some() || office(begin - 1));
        // The body's name runs up to the office: not "opponents of President Brook".
        let seat = row.tokens.start.index().saturating_sub(1);
        let named = |t: usize| {
            doc.pos(Id::new(t)) == Pos::Propn || matches!(doc.lower(Id::new(t)), "of" | "the" | "and" | "for")
        };
        let other = exact.is_some_and(|(_, m)| {
            let behind = m.tokens.end.index();
            m.kind != MentionKind::Pronoun
                && behind + 1 < seat
                && doc.lower(m.tokens.end) == "of"
                && (behind..seat).all(named)
                && !matches!(doc.lower(Id::new(seat - 1)), "of" | "the")
        });
        // "**Ashby Rovers manager** Connie Hale": a club may look like a person, and stands in a title.
        let club =
            exact.is_some_and(|(_, m)| m.kind == MentionKind::Name && row.title.is_some_and(|t| t.covers(m.span)));
        row.class == Some(NameClass::Person) && (holds && other || club)
    });
    if closing.is_some() {
        return closing;
    }
    if let Some((id, m)) = exact
        && (m.kind == MentionKind::Pronoun || m.kind == MentionKind::Name && m.class == Some(NameClass::Person))
    {
        return Some(id);
    }
    // "District Coordination **Officer** (DCO) Arshad Majeed": an office, its short form in brackets, and who holds it.
    let closed =
        (head + 1..source.end).find(|&t| doc.lower(Id::new(t)) == ")").map(|t| t + 1).filter(|&t| t < source.end);
    let holds = |m: &Mention| {
        let begin = m.title.map_or(m.span, |t| t.join(m.span)).start();
        m.class == Some(NameClass::Person) && closed.is_some_and(|t| begin == doc.tokens[Id::new(t)].span.start())
    };
    let office = noun_after(doc, source.start..head + 1);
    let inside = |m: &Mention| m.kind == MentionKind::Name && holds(m) && (office || m.title.is_some());
    if let Some((id, _)) = near().find(|(_, m)| inside(m)) {
        return Some(id);
    }
    // "**Secretary** of State Maria Keller": the head stands in somebody's title.
    let titled = |m: &&Mention| {
        m.class == Some(NameClass::Person) && m.title.is_some_and(|t| t.overlaps(doc.tokens[head_id].span))
    };
    if let Some((id, _)) = near().find(|(_, m)| titled(m) && m.span.overlaps(span)) {
        return Some(id);
    }
    // "Father-of-three **Carl Hughes**": the name right behind a word of several parts.
    let hyphen = |t: usize| t < source.end && doc.lower(Id::new(t)) == "-";
    let mut behind = head + 1;
    while hyphen(behind) {
        behind += 2;
    }
    let begins = |m: &Mention| m.class == Some(NameClass::Person) && m.tokens.start.index() == behind;
    if behind > head + 1
        && let Some((id, _)) = mentions_in(doc, source).find(|(_, m)| m.kind == MentionKind::Name && begins(m))
    {
        return Some(id);
    }
    // The name that ends the first words: of a person after anything, of a body after a noun that is no possessor.
    if let Some(name) = name_at_the_end(doc, &core) {
        let row = &doc.mentions[name];
        let before = core.start..row.title.map_or(row.tokens.start.index(), |t| doc.tokens_in(t).start.index());
        let possessed = before.clone().any(|t| matches!(doc.lower(Id::new(t)), "'s" | "’s" | "of"));
        // "An aide to Radev", "a lawyer for Mr Dunn": who is somebody's is not he.
        let other = before.clone().any(|t| {
            matches!(doc.lower(Id::new(t)), "to" | "for" | "from" | "with" | "by" | "against") && t > core.start
        });
        // "The **El Paso**, Texas, maker": what the head stands behind a comma of tells more of it.
        let plain = |t: usize| !matches!(doc.pos(Id::new(t)), Pos::Det | Pos::Num);
        let ahead = head >= core.end
            && !before.is_empty()
            && row.class != Some(NameClass::Person)
            && doc.pos(head_id) == Pos::Noun
            && (core.end..head).all(plain);
        if row.class == Some(NameClass::Person) && !other || (before.is_empty() || !possessed && !other) && !ahead {
            return Some(name);
        }
    }
    // "Leader of Opposition **Ritu Saini**": the name that ends an office's complement.
    let segment = segment(doc, source);
    let office = noun::of(doc, head_id).is_some_and(noun::Noun::is_person);
    if let Some(name) = name_at_the_end(doc, &segment).filter(|_| office && segment.end > core.end) {
        let row = &doc.mentions[name];
        let last = Id::new(row.tokens.start.index().saturating_sub(1));
        let free = row.title.is_none()
            && last.index() >= core.end
            && matches!(doc.pos(last), Pos::Noun | Pos::Propn)
            && noun::of(doc, last).is_none_or(|n| !n.is_person());
        if free && row.class == Some(NameClass::Person) {
            return Some(name);
        }
    }
    // "Its convener, **Bijumon**,": a name beside the head, where it is of its kind.
    let known = exact.map(|(_, m)| m);
    if let Some(name) = beside(doc, source, &core, known, head_id) {
        return Some(name);
    }
    exact.map(|(id, _)| id).or_else(|| {
        near()
            .filter(|(_, m)| m.tokens.contains(&head_id))
            .max_by_key(|(id, m)| (m.span.len(), std::cmp::Reverse(id.index())))
            .map(|(id, _)| id)
    })
}

/// The name in apposition to the first words of a source, right behind the first comma after them or after their
/// complement: "The chief executive of Hollis, **Rana Idris**,", "Her sister-in-law, the engineer **Edith Strand**,".
fn beside(
    doc: &Document,
    source: &Range<usize>,
    core: &Range<usize>,
    head_mention: Option<&Mention>,
    head: Id<Token>,
) -> Option<Id<Mention>> {
    let noun = noun::of(doc, head).map(|n| n.class);
    let is_person = matches!(noun, Some(NounClass::Office | NounClass::Person));
    let is_body = matches!(noun, Some(NounClass::Body | NounClass::Armed));
    let plural = matches!(doc.xpos(head), Xpos::Nns | Xpos::Nnps);
    if plural || head_mention.is_some_and(|m| m.kind == MentionKind::Name) || !(is_person || is_body) {
        return None;
    }
    let comma = (core.end..source.end).find(|&t| doc.lower(Id::new(t)) == "," && !within_a_name(doc, t))?;
    let next = (comma + 1..source.end)
        .find(|&t| matches!(doc.lower(Id::new(t)), "," | "who" | "which") && !within_a_name(doc, t))
        .unwrap_or(source.end);
    let part = without_marks(doc, comma + 1..next);
    let name = name_at_the_end(doc, &self::core(doc, &part))?;
    let row = &doc.mentions[name];
    let begin = row.title.map_or(row.tokens.start.index(), |t| doc.tokens_in(t).start.index());
    // Nothing but titles, nouns and an article between the comma and the name.
    let plain = (part.start..begin)
        .all(|t| matches!(doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::Punct));
    let fits = match row.class {
        Some(NameClass::Person) => is_person,
        Some(NameClass::Place | NameClass::Event) => false,
        _ => is_body || is_person && begin == part.start,
    };
    (plain && fits).then_some(name)
}

/// "Institute for Fiscal Studies **director Paul Jonas**": a body's name, an office in small letters and a person's name speak
/// as the person, whatever the tree hangs on what.
fn officer(doc: &Document, source: &Range<usize>) -> Option<Id<Mention>> {
    let named = |m: &Mention, class: NameClass| m.kind == MentionKind::Name && m.class == Some(class);
    let (id, person) = mentions_in(doc, source).filter(|(_, m)| named(m, NameClass::Person)).last()?;
    let name = person.tokens.start.index();
    let small = |t: usize| {
        matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Adj) && doc.word(Id::new(t)).starts_with(char::is_lowercase)
    };
    let start = (source.start..name).rev().take_while(|&t| small(t)).last()?;
    let office = noun::of(doc, Id::new(name - 1)).is_some_and(noun::Noun::is_person);
    let body = mentions_in(doc, source).any(|(_, m)| {
        named(m, NameClass::Organisation) && m.tokens.end.index() == start && m.tokens.start.index() <= source.start + 1
    });
    (office && body && person.tokens.end.index() == source.end).then_some(id)
}

/// Finds the mention of a source that is one speaker.
fn one(doc: &Document, reading: &Reading, source: &Range<usize>) -> Speaker {
    let mut head = tree::head_of(reading, source.clone());
    // "Bank of Larne's chief executive, Brian Moyle": what is owned speaks, or who is named beside it.
    let owned = owner(doc, reading, source)..source.end;
    let behind = if owned.start > source.start { named_behind(doc, &owned) } else { None };
    if let Some(mention) = behind.or_else(|| officer(doc, source)) {
        let entity = doc.entity_of.at(mention).copied().flatten().filter(|&e| doc.is_told(e));
        let kind = kind(doc, reading, Some(mention), entity, source, head);
        return Speaker { mention: Some(mention), entity, also: Vec::new(), kind };
    }
    if doc.heads.is_empty() {
        head = nominal_head(doc, reading, source);
    }
    if let Some(noun) = described(doc, source, head) {
        head = noun;
    }
    // "**Russia-backed** rebels": the noun that a word of two parts tells more of.
    let parts = |t: usize| {
        t + 3 < source.end
            && doc.lower(Id::new(t + 1)) == "-"
            && matches!(doc.xpos(Id::new(t + 2)), Xpos::Vbn | Xpos::Vbd | Xpos::Jj)
    };
    if source.contains(&head) && parts(head) {
        let end = core(doc, source).end;
        let noun = (head + 3..end.max(head + 3)).rev().find(|&t| matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn));
        head = noun.unwrap_or(head);
    }
    // "Opponents of a rally against the trip of Premier John Doe": the people that the words begin with.
    let people =
        |t: usize| doc.xpos(Id::new(t)) == Xpos::Nns && noun::of(doc, Id::new(t)).is_some_and(noun::Noun::is_people);
    let lead = source.clone().take(4).find(|&t| people(t)).filter(|&t| {
        t + 1 < source.end
            && matches!(doc.lower(Id::new(t + 1)), "of" | "against")
            && (source.start..t).all(|x| matches!(doc.pos(Id::new(x)), Pos::Det | Pos::Adj | Pos::Num | Pos::Noun))
    });
    if let Some(lead) = lead {
        head = lead;
    }
    // "who said": the noun that the clause belongs to.
    if source.len() == 1 && matches!(doc.lower(Id::new(head)), "who" | "which" | "that") {
        let mut at = head;
        for _ in 0..4 {
            let Some(up) = reading.up(at) else { break };
            if matches!(tree::relation(reading, at), Some(Relation::AclRelcl | Relation::Acl)) {
                head = up;
                break;
            }
            at = up;
        }
    }
    // "according to the office, which had put it at 22": the noun right before the comma, where the tree has none.
    let relative = source.len() == 1 && matches!(doc.lower(Id::new(head)), "who" | "which") && head == source.start;
    let before = || {
        let comma = head.checked_sub(1).filter(|&t| doc.lower(Id::new(t)) == ",")?;
        let sentence = doc.sentences[doc.sentence_of(Id::new(head))].span;
        let ends = |m: &Id<Mention>| doc.mentions[*m].tokens.end.index() == comma;
        doc.mentions.within(sentence).filter(ends).max_by_key(|&m| doc.mentions[m].span.len())
    };
    let mention = relative.then(before).flatten().or_else(|| of_head(doc, source, head));
    let entity = mention.and_then(|m| doc.entity_of.at(m).copied().flatten()).or_else(|| by_name(doc, reading, head));
    let entity = entity.or_else(|| mention.is_none().then(|| short_form(doc, source)).flatten());
    let entity = entity.filter(|&e| doc.is_told(e));
    let kind = kind(doc, reading, mention, entity, source, head);
    Speaker { mention, entity, also: Vec::new(), kind }
}

/// "The El Paso, Texas, **maker** of boots", "a Ministry of Agriculture **economist**": the noun in small letters, for a person or a
/// body, that an article and names lead up to, where the tree has a name for the head.
fn described(doc: &Document, source: &Range<usize>, head: usize) -> Option<usize> {
    let lower = |t: usize| doc.word(Id::new(t)).starts_with(char::is_lowercase);
    let article = matches!(doc.lower(Id::new(source.start)), "the" | "a" | "an");
    if !article || !source.contains(&head) || lower(head) {
        return None;
    }
    let capital = |t: usize| doc.word(Id::new(t)).starts_with(char::is_uppercase);
    let place = |t: usize| {
        mentions_in(doc, &(t..source.end)).any(|(_, m)| {
            m.kind == MentionKind::Name && m.class == Some(NameClass::Place) && m.tokens.start.index() == t
        })
    };
    // Past names, and the state that stands between commas behind a town.
    let mut at = source.start + 1;
    let mut noun = None;
    while at < source.end {
        let word = doc.lower(Id::new(at));
        let inside = at + 1 < source.end;
        let joins = match word {
            "of" | "and" | "&" | "-" | "." => inside,
            "," => {
                inside && capital(at + 1) && place(at + 1) || at > source.start + 2 && doc.lower(Id::new(at - 2)) == ","
            }
            _ => false,
        };
        match doc.pos(Id::new(at)) {
            Pos::Noun if lower(at) => noun = Some(at),
            Pos::Adj | Pos::Verb if lower(at) => {}
            _ if capital(at) || joins && noun.is_none() => {}
            _ => break,
        }
        at += 1;
    }
    let noun = noun.filter(|&t| t > head)?;
    noun::of(doc, Id::new(noun)).is_some_and(|n| n.is_people() || matches!(n.class, NounClass::Body)).then_some(noun)
}

/// "chief executive, **Brian Moyle**", "chief executive **Brian Moyle**": the person named right behind an office.
fn named_behind(doc: &Document, owned: &Range<usize>) -> Option<Id<Mention>> {
    let first = segment(doc, owned);
    let person = |m: &Mention| m.kind == MentionKind::Name && m.class == Some(NameClass::Person);
    if !noun_after(doc, first.clone()) {
        return None;
    }
    if let Some((id, _)) = mentions_in(doc, &first).find(|(_, m)| person(m) && m.tokens.end.index() == first.end) {
        return Some(id);
    }
    let comma = first.end;
    if comma >= owned.end || doc.lower(Id::new(comma)) != "," {
        return None;
    }
    let begins = |m: &Mention| {
        let start = m.title.map_or(m.tokens.start.index(), |t| doc.tokens_in(t).start.index());
        start == comma + 1
    };
    mentions_in(doc, owned).find(|(_, m)| person(m) && begins(m)).map(|(id, _)| id)
}

/// A surname that no mention was made of: the only named entity whose label ends in it.
fn by_name(doc: &Document, reading: &Reading, head: usize) -> Option<Id<Entity>> {
    let word = doc.word(Id::new(head));
    if !matches!(reading.shape[head], 3 | 4) || word.chars().count() < 3 {
        return None;
    }
    let mut named =
        doc.entities.rows().filter(|(_, e)| e.named && e.label.split_whitespace().next_back() == Some(word));
    let first = named.next()?;
    named.next().is_none().then_some(first.0)
}

/// "The university" of which no mention was made: the only named body whose name ends so.
fn short_form(doc: &Document, source: &Range<usize>) -> Option<Id<Entity>> {
    let noun = doc.lower(Id::new(source.end.checked_sub(1)?));
    if source.len() != 2 || doc.lower(Id::new(source.start)) != "the" {
        return None;
    }
    let ends = |e: &Entity| e.label.split_whitespace().next_back().is_some_and(|w| w.eq_ignore_ascii_case(noun));
    let mut bodies =
        doc.entities.rows().filter(|(_, e)| e.named && e.kind == EntityKind::Organisation).filter(|(_, e)| ends(e));
    let first = bodies.next()?;
    bodies.next().is_none().then_some(first.0)
}

/// The last noun before a comma, preposition or clause, without a tree.
fn nominal_head(doc: &Document, reading: &Reading, source: &Range<usize>) -> usize {
    let mut best = source.start;
    for t in source.clone() {
        let word = doc.lower(Id::new(t));
        if t > source.start
            && (reading.shape[t] == 1 || matches!(word, "of" | "for" | "in" | "at" | "who" | "with" | "from"))
        {
            break;
        }
        if reading.shape[t] != 1 && word != "'s" && word != "’s" {
            best = t;
        }
    }
    best
}

/// Named if the entity has a name; a group for several together; else unnamed.
pub fn kind(
    doc: &Document,
    reading: &Reading,
    mention: Option<Id<Mention>>,
    entity: Option<Id<Entity>>,
    source: &Range<usize>,
    head: usize,
) -> SpeakerKind {
    if let Some(entity) = entity.and_then(|e| doc.entities.at(e)) {
        if entity.named {
            return SpeakerKind::Named;
        }
        if entity.kind == EntityKind::Group {
            return SpeakerKind::Group;
        }
    }
    if let Some(mention) = mention.and_then(|m| doc.mentions.at(m)) {
        if mention.kind == MentionKind::Name {
            return SpeakerKind::Named;
        }
        if mention.number == Some(Number::Plural) {
            return SpeakerKind::Group;
        }
    }
    let head_id = Id::new(head);
    match doc.xpos(head_id) {
        Xpos::Nnp => return SpeakerKind::Named,
        Xpos::Nns | Xpos::Nnps => return SpeakerKind::Group,
        _ => {}
    }
    let word = doc.lower(head_id);
    if matches!(
        word,
        "they" | "some" | "many" | "most" | "others" | "people" | "several" | "few" | "both" | "all" | "we" | "them"
    ) {
        return SpeakerKind::Group;
    }
    if doc.tags.is_empty() && source.clone().any(|t| matches!(reading.shape[t], 3 | 4) && t != source.start) {
        return SpeakerKind::Named;
    }
    SpeakerKind::Unnamed
}
