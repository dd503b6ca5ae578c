//! How sure a number's row is: the chance that all that a reader takes from it is right, the thing measured, the aspect and
//! who gives it included.
//!
//! Facts about the number's words, its place in the tree, the thing and where it was found, the frame and the statement that
//! holds it have weights in `en/certainty.tsv` (hundredths of log-odds, fitted by `training/figure/certainty.py` to our own
//! items and to rows of real articles read beside the text).

use std::sync::LazyLock;

use super::phrase;
use super::site::{self, Site};
use crate::lexicon::odds::{Fact, Odds, several, tenth};
use crate::lexicon::{measure, speech, wordnet};
use crate::text::*;

static WEIGHTS: LazyLock<Odds> = LazyLock::new(|| Odds::read("certainty.tsv", include_str!("en/certainty.tsv")));

/// Below this chance, in percent, a statement is doubted: of the numbers whose statement was, 3 in 10 had a false source on short
/// texts that nobody had read (1 in 12 of the others).
const DOUBTED: u8 = 35;

/// At most so sure is a number of such a statement.
const DOUBTFUL: u8 = 60;

/// The quantities once more, each with what it is of in words, and its chance in percent.
pub fn sure(doc: &Document) -> Layer<Quantity> {
    let rows = doc.quantities.rows().map(|(id, row)| {
        let mut row = Quantity { measured: phrase::of(doc, id).into(), ..row.clone() };
        row.confidence = WEIGHTS.percent(&facts(doc, id, &row));
        let statement = row.statement.map(|s| &doc.statements[s]);
        if let Some(statement) = statement.filter(|s| s.mode != Mode::Narrator && !s.source.is_empty()) {
            // Whoever was only learned to give it is shown where the statement is.
            if statement.made_by == Rule("statement/figure-ranked") {
                row.confidence = row.confidence.min(statement.confidence);
            }
            if statement.confidence < DOUBTED {
                row.confidence = row.confidence.min(DOUBTFUL);
            }
        }
        row
    });
    Layer::new(rows.collect())
}

/// What is known of a number's row, with the words for what it is of.
pub fn facts(doc: &Document, id: Id<Quantity>, quantity: &Quantity) -> Vec<Fact> {
    let frame = doc.frames.at(id).and_then(Option::as_ref);
    let site = site::find(doc, quantity);
    let own = doc.tokens_in(quantity.span);
    let mut known: Vec<Fact> = vec![
        ("all", "numbers"),
        ("kind", quantity.kind.as_str()),
        ("relation", quantity.relation.as_str()),
        ("read by", quantity.made_by.0),
        ("aspect", frame.map_or("none", |f| f.aspect.as_str())),
        ("frame", frame.map_or("none", |f| f.made_by.0)),
        ("role", site.role.map_or("none", CountedRole::as_str)),
        (
            "measure",
            frame.map_or("none", |f| {
                if f.is_class {
                    "a class"
                } else if f.measure.is_empty() {
                    "none"
                } else {
                    "a word"
                }
            }),
        ),
        ("owner", if frame.is_some_and(|f| !f.owner.is_empty()) { "known" } else { "none" }),
        ("rate", if quantity.per.is_some() { "yes" } else { "no" }),
        ("denied", if quantity.denied { "yes" } else { "no" }),
        ("people", if &*quantity.unit.code == "person" { "yes" } else { "no" }),
        (
            "change",
            match (quantity.change.is_some(), quantity.from.is_some(), quantity.to.is_some()) {
                (false, false, false) => "none",
                (false, ..) => "ends without a way",
                (true, true, true) => "both ends",
                (true, false, true) => "to",
                (true, true, false) => "from",
                (true, false, false) => "by",
            },
        ),
    ];
    known.push(("what", told_as(doc, quantity)));
    known.extend(thing(doc, quantity, &own, &site));
    if let Some(anchor) = site::head_of(doc, quantity.span) {
        known.push(("hangs as", doc.relation(anchor).base()));
        known.push(("hangs on", doc.head(anchor).map_or("nothing", |h| doc.pos(h).as_str())));
    }
    let before = own
        .start
        .index()
        .checked_sub(1)
        .map(Id::<Token>::new)
        .filter(|t| doc.sentence_of(*t) == doc.sentence_of(own.start));
    known.push(("before it", before.map_or("nothing", |t| doc.pos(t).as_str())));
    let after = doc.tokens.at(own.end).filter(|_| doc.sentence_of(own.end) == doc.sentence_of(own.start));
    known.push(("behind it", after.map_or("nothing", |_| doc.pos(own.end).as_str())));
    known.push(("word before", before.map_or("nothing", |t| joining(doc.lower(t)))));
    known.push(("word behind", after.map_or("nothing", |t| joining(&t.lower))));
    known.push(("number", written(doc.lower(own.start))));
    known.push(("unit", unit(quantity)));
    known.extend(surroundings(doc, quantity, own.start));
    known.extend(source(doc, quantity));
    known
}

/// How the words for what it is of are made.
fn told_as(doc: &Document, quantity: &Quantity) -> &'static str {
    let counted = quantity.counted.map_or("", |c| doc.slice(c));
    match quantity.measured.as_str() {
        "" => "nothing",
        _ if quantity.kind == QuantityKind::Age => "an age",
        w if w.starts_with("distance ") => "a distance",
        w if w.contains(": ") => "two parts",
        w if w.eq_ignore_ascii_case(counted) => "the noun alone",
        w if !counted.is_empty() && w.to_lowercase().starts_with(&counted.to_lowercase()) => match w.split(' ').count()
        {
            0..=3 => "the noun and a word",
            4..=8 => "the noun and more",
            _ => "the noun and much more",
        },
        w if w.split(' ').count() > 8 => "a long clause",
        w if w.split(' ').count() == 1 => "a word",
        _ => "a clause",
    }
}

/// What is measured, and where its words stand.
fn thing(doc: &Document, quantity: &Quantity, own: &std::ops::Range<Id<Token>>, site: &Site) -> Vec<Fact> {
    let Some(span) = quantity.counted else {
        return vec![
            ("thing", "none"),
            ("thing is", if quantity.concepts.is_empty() { "nothing" } else { "a concept" }),
        ];
    };
    let words = doc.tokens_in(span);
    let head = site::head_of(doc, span);
    let stands = if words.start >= own.end {
        match words.start.index() - own.end.index() {
            0 => "behind it",
            1 if doc.lower(own.end) == "of" => "behind of",
            1..=3 => "near behind",
            _ => "far behind",
        }
    } else if doc.sentence_of(words.start) != doc.sentence_of(own.start) {
        "in another sentence"
    } else {
        match own.start.index().saturating_sub(words.end.index()) {
            0 => "right before",
            1..=3 => "near before",
            4..=9 => "before",
            _ => "far before",
        }
    };
    let mut known = vec![
        ("thing", stands),
        ("thing's words", several(words.end.index().saturating_sub(words.start.index()))),
        ("thing of the tree", if site.thing.is_some() && site.thing == head { "the same" } else { "another" }),
        ("whole", if quantity.whole.is_some() { "yes" } else { "no" }),
    ];
    if let Some(head) = head {
        known.push(("thing is", doc.pos(head).as_str()));
        let capital = |t: Id<Token>| doc.word(t).starts_with(char::is_uppercase);
        let many = matches!(doc.xpos(head), Xpos::Nns | Xpos::Nnps) || doc.lower(head).ends_with('s');
        known.push(("thing is of", if many { "many" } else { "one" }));
        known.push((
            "thing's letters",
            match (capital(words.start), capital(head)) {
                (true, true) => "capitals",
                (true, false) => "a capital first",
                (false, true) => "a capital last",
                (false, false) => "small",
            },
        ));
        known.push(("thing's field", wordnet::noun_field(doc.lemma(head)).unwrap_or("unknown")));
        known.push(("thing hangs as", doc.relation(head).base()));
        known.push(("thing's verb", doc.head(head).map_or("none", |h| doc.pos(h).as_str())));
        // What narrows it is told with it, or stands elsewhere.
        let right = doc.children(head).filter(|&c| c >= words.end && doc.relation(c) != Relation::Punct).count();
        known.push(("hangs behind the thing", several(right.min(3))));
        let left = doc
            .children(head)
            .any(|c| c < words.start && matches!(doc.relation(c), Relation::Amod | Relation::Compound));
        known.push(("thing begins late", if left { "yes" } else { "no" }));
    }
    known
}

/// How the number begins: small numbers in words are pronouns and parts of phrases more often than others.
fn written(first: &str) -> &'static str {
    const WORDS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
    match WORDS.iter().find(|w| **w == first) {
        Some(word) => word,
        None if !first.starts_with(|c: char| c.is_ascii_digit()) => "another word",
        None => match first.chars().filter(char::is_ascii_digit).count() {
            1 => "one digit",
            2 => "two digits",
            3 => "three digits",
            _ => "more digits",
        },
    }
}

/// What it is a number of, as a unit.
fn unit(quantity: &Quantity) -> &'static str {
    match quantity.kind {
        QuantityKind::Count if &*quantity.unit.code == "person" => "people",
        QuantityKind::Measure => measure::by_code(&quantity.unit.code).map_or("unknown", |m| m.dimension),
        kind => kind.as_str(),
    }
}

/// The words and marks that join, as facts.
fn joining(word: &str) -> &'static str {
    const WORDS: [&str; 44] = [
        "a", "about", "after", "and", "another", "are", "as", "at", "between", "but", "by", "for", "from", "had",
        "has", "have", "her", "his", "in", "is", "its", "more", "of", "on", "only", "or", "other", "over", "per",
        "than", "that", "the", "their", "these", "to", "under", "was", "were", "with", ",", ".", "(", ")", ":",
    ];
    WORDS.iter().find(|w| **w == word).copied().unwrap_or("another word")
}

/// The sentence and the words around the number.
fn surroundings(doc: &Document, quantity: &Quantity, at: Id<Token>) -> Vec<Fact> {
    let Some(sentence) = doc.sentences.at(doc.sentence_of(at)) else { return Vec::new() };
    let numbers = doc.quantities.within(sentence.span).count();
    let length = sentence.tokens.end.index() - sentence.tokens.start.index();
    let place = doc.quantities.within(sentence.span).take_while(|&q| doc.quantities[q].span != quantity.span).count();
    let saying = Id::range(sentence.tokens.clone())
        .any(|t| matches!(doc.pos(t), Pos::Verb) && speech::is(doc.lemma(t)) || doc.lower(t) == "according");
    let listed = Id::range(sentence.tokens.clone()).filter(|&t| matches!(doc.lower(t), "," | ";")).count();
    vec![
        ("numbers in the sentence", several(numbers)),
        ("place among them", several(place)),
        (
            "sentence",
            match length {
                0..=8 => "short",
                9..=18 => "plain",
                19..=30 => "long",
                31..=45 => "very long",
                _ => "endless",
            },
        ),
        ("commas", several(listed)),
        ("somebody speaks", if saying { "yes" } else { "no" }),
        ("block", doc.block_kind(at).map_or("none", |b| b.as_str())),
        ("starts the sentence", if at == sentence.tokens.start { "yes" } else { "no" }),
    ]
}

/// Who gives the number.
fn source(doc: &Document, quantity: &Quantity) -> Vec<Fact> {
    let Some(statement) = quantity.statement.map(|s| &doc.statements[s]) else { return vec![("source", "nobody")] };
    if statement.mode == Mode::Narrator {
        return vec![("source", "the paper")];
    }
    let entity = statement.speaker.and_then(|e| doc.entities.at(e));
    let pronoun =
        statement.source_mention.and_then(|m| doc.mentions.at(m)).is_some_and(|m| m.kind == MentionKind::Pronoun);
    let share = statement
        .source
        .iter()
        .any(|&s| doc.quantities.within(s).any(|q| doc.quantities[q].kind == QuantityKind::Percent));
    let words: usize = statement.content.iter().map(|c| doc.slice(*c).split(' ').count()).sum();
    vec![
        (
            "source",
            match entity {
                _ if share => "a share of those asked",
                Some(e) if e.named => "a name",
                None | Some(_) if pronoun => "a pronoun for nobody",
                Some(_) => "somebody without a name",
                None => "words alone",
            },
        ),
        ("told by", statement.made_by.0),
        ("statement", tenth(statement.confidence)),
        (
            "said in",
            match words {
                0..=8 => "a few words",
                9..=25 => "a clause",
                26..=60 => "a sentence",
                _ => "a long speech",
            },
        ),
        ("how said", statement.mode.as_str()),
        ("commitment", statement.commitment.as_str()),
        ("stands inside", if statement.parent.is_some() { "another" } else { "none" }),
    ]
}
