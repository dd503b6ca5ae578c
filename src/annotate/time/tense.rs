//! Direction: whether the verb that governs an expression tells of what is behind or ahead.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::modal::{self, Modal};
use crate::lexicon::table;
use crate::text::{BlockKind, Document, Id, Pos, Relation, Token, Xpos};

/// Where an expression without a year or a pointing word lies, as seen from the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Behind,
    Ahead,
    Unknown,
}

static WORDS: LazyLock<FxHashMap<&'static str, Direction>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (_, cells) in table::rows(include_str!("en/tense.tsv")) {
        if let [direction @ ("ahead" | "behind"), list] = cells[..] {
            let direction = if direction == "ahead" { Direction::Ahead } else { Direction::Behind };
            for word in table::list(list) {
                words.insert(word, direction);
            }
        }
    }
    words
});

static SAYING: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| row("saying"));

/// Words that put off what they govern: "due", "postponed".
static PENDING: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| row("pending"));

fn row(name: &str) -> FxHashSet<&'static str> {
    table::rows(include_str!("en/tense.tsv"))
        .filter(|(_, cells)| cells.len() == 2 && cells[0] == name)
        .flat_map(|(_, cells)| table::list(cells[1]))
        .collect()
}

/// True for the forms of verbs of saying.
pub fn is_saying(lower: &str) -> bool {
    SAYING.contains(lower)
}

/// The direction of an expression that stands on these tokens.
pub fn direction(doc: &Document, first: usize, last: usize) -> Direction {
    if doc.tokens.at(Id::new(first)).is_none() {
        return Direction::Unknown;
    }
    if pending_before(doc, first) {
        return Direction::Ahead;
    }
    if !doc.heads.is_empty() {
        if let Some(direction) = by_tree(doc, first, last) {
            return direction;
        }
    }
    by_words(doc, first, last)
}

/// "is due in the early hours of Monday": a word that puts off, with nothing but small words and nouns between.
fn pending_before(doc: &Document, first: usize) -> bool {
    let between =
        |t: &Id<Token>| matches!(doc.pos(*t), Pos::Adp | Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Adv);
    let pending = |t: Id<Token>| matches!(doc.lower(t), "due" | "scheduled" | "slated");
    (first.saturating_sub(6)..first).rev().map(Id::<Token>::new).take_while(|t| between(t) || pending(*t)).any(pending)
}

/// By the tense of the verb above the expression: "will meet on Monday", "met on Monday", "is due to meet on Monday".
fn by_tree(doc: &Document, first: usize, last: usize) -> Option<Direction> {
    let inside = |t: Id<Token>| (first..=last).contains(&t.index());
    let top = (first..=last).map(Id::<Token>::new).find(|&t| doc.head(t).is_none_or(|h| !inside(h)))?;
    let mut at = top;
    let mut at_once = true;
    // "Tuesday's ruling", "the June agreement": the noun has no tense, and most such things are past.
    if matches!(doc.relation(top), Relation::Compound | Relation::NmodPoss)
        && doc.head(top).is_some_and(|h| h.index() > last)
    {
        return Some(Direction::Unknown);
    }
    for _ in 0..8 {
        at = doc.head(at)?;
        if inside(at) {
            return None;
        }
        let word = doc.lower(at);
        // "a meeting scheduled for Monday"
        if PENDING.contains(word) {
            return Some(Direction::Ahead);
        }
        // "The mayor **is visiting** the town on Thursday": with a day of its own a plan, not what goes on now.
        let planned = at_once
            && doc.xpos(at) == Xpos::Vbg
            && doc
                .children(at)
                .any(|c| doc.relation(c) == Relation::Aux && matches!(doc.lower(c), "is" | "are" | "am"))
            && !doc.children(at).any(|c| matches!(doc.lower(c), "has" | "have" | "been"));
        at_once = false;
        if planned {
            return Some(Direction::Ahead);
        }
        let copular = doc.children(at).any(|c| doc.relation(c).is("cop"));
        if matches!(doc.pos(at), Pos::Verb | Pos::Aux) || copular {
            let direction = tense(doc, at);
            // "resume trading on Tuesday": a verb without tense has that of the verb above.
            let bare = matches!(doc.xpos(at), Xpos::Vbg | Xpos::Vb) && doc.relation(at).is("xcomp");
            if direction != Direction::Unknown || !bare {
                return Some(direction);
            }
        }
    }
    None
}

/// The tense of a verb with its auxiliaries.
fn tense(doc: &Document, verb: Id<Token>) -> Direction {
    let mut found = Direction::Unknown;
    let mut to = false;
    let (mut perfect, mut present) = (false, false);
    for child in doc.children(verb) {
        match (modal::of(doc.lower(child)), doc.lower(child)) {
            (Some(Modal::Will), _) => return Direction::Ahead,
            // "could" is as often the past of "can".
            (Some(_), word) if doc.pos(child) == Pos::Aux && word != "could" => found = Direction::Ahead,
            _ => {}
        }
        match doc.lower(child) {
            "to" if doc.relation(child).is("mark") => to = true,
            "was" | "were" | "did" | "had" if found == Direction::Unknown => found = Direction::Behind,
            "has" | "have" | "'ve" => perfect = true,
            "is" | "are" | "am" | "'s" | "'re" => present = true,
            _ => {}
        }
    }
    if perfect {
        return Direction::Behind;
    }
    if found != Direction::Unknown {
        return found;
    }
    if to {
        // "plans to meet", "was due to open"; "refused to go on Monday" is behind.
        return match doc.head(verb).map(|h| (doc.lower(h), doc.xpos(h))) {
            Some((word, Xpos::Vbd | Xpos::Vbn)) if WORDS.get(word) != Some(&Direction::Ahead) && word != "set" => {
                Direction::Unknown
            }
            _ => Direction::Ahead,
        };
    }
    // "is shut on Sunday" may be any Sunday.
    if present {
        return Direction::Unknown;
    }
    match doc.xpos(verb) {
        Xpos::Vbd => Direction::Behind,
        Xpos::Vbn => match doc.head(verb) {
            Some(head) if doc.relation(verb).is("conj") => tense_of_form(doc, head),
            _ => Direction::Behind,
        },
        Xpos::Vbg => Direction::Unknown,
        // "The two meet Monday."
        Xpos::Vbz | Xpos::Vbp if !is_saying(doc.lower(verb)) && !in_headline(doc, verb) => Direction::Ahead,
        _ => Direction::Unknown,
    }
}

/// Headlines tell of the past in the present tense.
fn in_headline(doc: &Document, token: Id<Token>) -> bool {
    doc.block_kind(token).is_some_and(|k| !matches!(k, BlockKind::Paragraph | BlockKind::Question | BlockKind::Answer))
}

fn tense_of_form(doc: &Document, verb: Id<Token>) -> Direction {
    match doc.xpos(verb) {
        Xpos::Vbd | Xpos::Vbn => Direction::Behind,
        _ => Direction::Unknown,
    }
}

/// By the nearest telling word before, else after, in the sentence.
fn by_words(doc: &Document, first: usize, last: usize) -> Direction {
    let sentence = doc.sentence_of(Id::new(first));
    let Some(sentence) = doc.sentences.at(sentence) else { return Direction::Unknown };
    let (from, to) = (sentence.tokens.start.index(), sentence.tokens.end.index());
    let look = |t: usize| -> Option<Direction> {
        let id = Id::new(t);
        let word = doc.lower(id);
        if let Some(&direction) = WORDS.get(word) {
            return Some(direction);
        }
        match doc.xpos(id) {
            Xpos::Vbd => Some(Direction::Behind),
            Xpos::Xx if word.len() > 4 && word.ends_with("ed") && word != "united" => Some(Direction::Behind),
            _ => None,
        }
    };
    let before = (from..first.min(to)).rev().take(10).find_map(look);
    let after = (last + 1..to).take(8).find_map(look);
    before.or(after).unwrap_or(Direction::Unknown)
}
