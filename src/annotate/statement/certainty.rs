//! How sure a row is: the chance that everything a reader takes from it is right, the speaker and the manner included.
//!
//! To what is known of the words (`confidence`) come facts about the speaker: how the source is worded, what the resolution
//! made of it, how far back its last mention stands and who stands between; and about how all of it stands in the sentence
//! (`shape`). Some facts say more together than each for itself. Weights in `en/certainty.tsv` (hundredths of log-odds, fitted
//! by `training/statement/certainty.py` to articles whose speakers are annotated and to rows read beside the text).

use std::sync::LazyLock;

use super::shape;
use crate::lexicon::odds::{Fact, Odds, several, tenth};
use crate::text::*;

static WEIGHTS: LazyLock<Odds> = LazyLock::new(|| Odds::read("certainty.tsv", include_str!("en/certainty.tsv")));

/// The chance in percent, from 0 to 99.
pub fn percent(facts: &[Fact]) -> u8 {
    WEIGHTS.percent(facts)
}

/// At most so sure is what somebody without a name asks in a transcript ("QUESTION: …"): it is nobody's claim.
pub const ASKED: u8 = 40;

/// The statement is a turn of one who asks and has no name.
pub fn is_asked(doc: &Document, statement: &Statement) -> bool {
    let named = statement.speaker.and_then(|e| doc.entities.at(e)).is_some_and(|e| e.named);
    let label = || {
        let source = statement.source.first()?;
        let sentence = doc.sentences.at(doc.sentence_of(doc.tokens_in(*source).start))?;
        let block = doc.blocks.at(sentence.block).filter(|b| b.kind == BlockKind::Question)?;
        Some(doc.span_of(doc.turn_label(block)?).covers(*source))
    };
    !named && label().unwrap_or(false)
}

/// What is known of a finished statement beside `facts`, which its words gave. `usable` is the chance, in percent, that it
/// is a statement at all.
pub fn facts(doc: &Document, statements: &[Statement], at: usize, usable: u8, facts: &[Fact]) -> Vec<Fact> {
    let statement = &statements[at];
    let mut known: Vec<Fact> = facts.iter().filter(|(kind, _)| !kind.starts_with("network")).copied().collect();
    let source = statement.source.first().map(|s| doc.tokens_in(*s));
    let entity = statement.speaker.and_then(|e| doc.entities.at(e));
    let mention = statement.source_mention.and_then(|m| doc.mentions.at(m));
    let first = source.as_ref().map_or("", |s| if s.is_empty() { "" } else { doc.lower(s.start) });
    let length = source.as_ref().map_or(0, |s| s.end.index() - s.start.index());
    let worded = worded(doc, mention, first, length);
    known.push(("usable", tenth(usable)));
    known.push(("source", worded));
    known.push((
        "resolved",
        match entity {
            None => "nobody",
            Some(e) if e.named => e.kind.as_str(),
            Some(e) if e.kind == EntityKind::Group => "a group without a name",
            Some(_) => "somebody without a name",
        },
    ));
    // One word is little of a name and all of "police".
    let named = entity.is_some_and(|e| e.named);
    known.push((if named { "named source length" } else { "source length" }, several(length)));
    if let (Some(entity), Some(source)) = (statement.speaker, &source) {
        known.push(("joined by", entity_rule(doc, entity)));
        if matches!(worded, "he or she" | "it" | "they" | "one name" | "a description") {
            let (away, rivals) = back(doc, entity, source.start);
            known.push((if worded == "one name" { "name stands back" } else { "last named" }, away));
            known.push((if worded == "a description" { "described, rivals" } else { "rivals" }, rivals));
        }
        // A firm may have one name; a person of one name is half known.
        if entity_kind(doc, entity) == Some(EntityKind::Person) && named {
            let label = doc.entities.at(entity).map_or(0, |e| e.label.split_whitespace().count());
            known.push(("label", several(label)));
        }
    }
    // "The council says": another name for the council of the article, if it has one.
    if matches!(worded, "a description" | "a possession" | "a bare noun") && !named {
        known.push(("might be", might_be(doc, mention, source.as_ref().map_or(Id::new(0), |s| s.start))));
    }
    if worded == "he or she" && named {
        let gender = entity.and_then(|e| e.gender);
        known.push(("gender", if gender.is_some() { "known" } else { "unknown" }));
    }
    let fact = |kind: &str| facts.iter().find(|(k, _)| *k == kind).map(|(_, v)| *v);
    if fact("content") == Some("no clause") {
        known.push(("no clause behind", fact("cue").unwrap_or("none")));
    }
    let block = statement.content.first().or(statement.cue.first()).map(|s| doc.tokens_in(*s).start);
    let headed = block.and_then(|t| doc.block_kind(t));
    if matches!(headed, Some(BlockKind::Headline | BlockKind::Heading | BlockKind::Item | BlockKind::Caption)) {
        known.push(("stands in", "a heading, an item or a caption"));
    }
    known.push(("inside", if statement.parent.is_some() { "another statement" } else { "no other" }));
    known.push(("modality", statement.modality.as_str()));
    known.push(("polarity", statement.polarity.as_str()));
    known.push(("pieces of content", several(statement.content.len())));
    let negated = statement.content.iter().any(|c| {
        let words = doc.tokens_in(*c);
        (words.start.index()..words.end.index()).any(|t| {
            matches!(doc.lower(Id::new(t)), "not" | "n't" | "n’t" | "no" | "never" | "nobody" | "none" | "nothing")
        })
    });
    known.push(("content has a negation", if negated { "yes" } else { "no" }));
    known.extend(shape::facts(doc, statement));
    known
}

fn worded(doc: &Document, mention: Option<&Mention>, first: &str, length: usize) -> &'static str {
    match first {
        "" => return "nothing",
        "i" | "me" | "my" | "myself" => return "I",
        "we" | "us" | "our" => return "we",
        "you" | "your" => return "you",
        "who" | "which" | "whom" | "that" | "this" | "these" | "those" | "what" if length == 1 => return "a relative",
        "he" | "she" | "him" | "her" if length == 1 => return "he or she",
        "it" if length == 1 => return "it",
        "they" | "them" if length == 1 => return "they",
        _ => {}
    }
    let Some(mention) = mention else { return "no mention" };
    match mention.kind {
        MentionKind::Name => match mention.tokens.end.index() - mention.tokens.start.index() {
            0 | 1 if doc.word(mention.head).chars().all(char::is_uppercase) => "an acronym",
            0 | 1 => "one name",
            _ => "a full name",
        },
        MentionKind::Pronoun => "another pronoun",
        MentionKind::Nominal => match first {
            "the" | "this" | "that" | "these" | "those" => "a description",
            "a" | "an" | "one" | "another" | "some" | "two" | "three" | "several" | "many" | "most" => "somebody new",
            "his" | "her" | "its" | "their" | "my" | "our" => "a possession",
            _ => "a bare noun",
        },
    }
}

/// How many named persons or bodies stand before that a noun might stand for.
fn might_be(doc: &Document, mention: Option<&Mention>, at: Id<Token>) -> &'static str {
    let kind = match mention.and_then(|m| m.class) {
        Some(NameClass::Person) => EntityKind::Person,
        Some(NameClass::Organisation) => EntityKind::Organisation,
        _ => return "unknown",
    };
    let before = |e: &Entity| e.mentions.first().and_then(|&m| doc.mentions.at(m)).is_some_and(|m| m.tokens.start < at);
    match doc.entities.iter().filter(|e| e.named && e.kind == kind && before(e)).take(2).count() {
        0 => "nobody",
        1 => "one",
        _ => "several",
    }
}

fn entity_kind(doc: &Document, entity: Id<Entity>) -> Option<EntityKind> {
    doc.entities.at(entity).map(|e| e.kind)
}

fn entity_rule(doc: &Document, entity: Id<Entity>) -> &'static str {
    doc.entities.at(entity).map_or("", |e| e.made_by.0)
}

/// How many sentences back the speaker was last named or described before `at`, and how many other named persons or bodies
/// stand between.
fn back(doc: &Document, entity: Id<Entity>, at: Id<Token>) -> (&'static str, &'static str) {
    let Some(row) = doc.entities.at(entity) else { return ("never", "none") };
    let before =
        |m: &Id<Mention>| doc.mentions.at(*m).is_some_and(|m| m.tokens.end <= at && m.kind != MentionKind::Pronoun);
    let Some(last) = row.mentions.iter().rev().find(|m| before(m)).copied() else { return ("never", "none") };
    let from = doc.mentions[last].tokens.end;
    let away = doc.sentence_of(at).index().saturating_sub(doc.sentence_of(doc.mentions[last].head).index());
    let mut rivals: Vec<Id<Entity>> = Vec::new();
    let start = doc.mentions.partition_point(|m| m.tokens.start < from);
    for number in start..doc.mentions.len() {
        let id = Id::new(number);
        let mention = &doc.mentions[id];
        // Two are as good as many.
        if mention.tokens.start >= at || rivals.len() > 1 {
            break;
        }
        if let Some(other) = doc.entity_of.at(id).copied().flatten().filter(|&e| e != entity)
            && doc.entities.at(other).is_some_and(|e| e.named && e.kind == row.kind)
            && !rivals.contains(&other)
        {
            rivals.push(other);
        }
    }
    let rivals = match rivals.len() {
        0 => "none",
        1 => "one",
        _ => "more",
    };
    (["this sentence", "the one before", "two back", "three back"].get(away).copied().unwrap_or("further"), rivals)
}
