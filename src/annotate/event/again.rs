//! Numbers of an event told again: "put the figure at 116", "on Wednesday he had spoken of about 500 trucks".
//!
//! The number belongs to a verb of counting or saying, which is no event of its own; the event is the last one told whose
//! number counts the same things. Where the number stands bare, the words "figure", "number", "toll" must lead it.

use super::kind::Trigger;
use crate::text::clause::object;
use crate::text::*;

/// Events whose counts are told again and again.
const COUNTED: &[&str] =
    &["Kill", "Injure", "Destroy", "Arrest", "Abduct", "AirStrike", "Attack", "Protest", "Withdraw", "Shell"];

/// Verbs that tell a number.
const TELL: &[&str] = &[
    "put", "speak", "say", "tell", "give", "make", "count", "estimate", "record", "register", "report", "list",
    "doubt", "call", "cite", "mention", "confirm", "revise", "lower", "correct", "add", "claim", "quote", "be",
    "stand", "find", "raise",
];

/// Nouns that stand for a count told before.
const FIGURES: &[&str] = &["figure", "number", "toll", "count", "estimate", "total", "tally"];

/// Sentences that a telling reaches back.
const REACH: usize = 10;

/// The counts told so far.
#[derive(Default)]
pub struct Told {
    rows: Vec<(Id<Sentence>, &'static str, Option<String>)>,
}

impl Told {
    /// Gives a number without an event of its own to the event told before; remembers numbers with one.
    pub fn retell(
        &mut self,
        doc: &Document,
        sentence: Id<Sentence>,
        quantity: Id<Quantity>,
        start: Id<Token>,
        local: &mut Vec<Trigger>,
        owners: &mut Vec<Id<Token>>,
    ) {
        let row = &doc.quantities[quantity];
        if row.kind != QuantityKind::Count {
            return;
        }
        // What is counted far from its number was guessed from the number before.
        let near = row.counted.filter(|c| c.start() < row.span.end() + 60 && row.span.start() < c.end() + 20);
        let counted = near
            .and_then(|c| doc.tokens_in(c).end.index().checked_sub(1))
            .map(|t| doc.lemma(Id::new(t)).to_lowercase());
        let typed = owners.iter().find_map(|o| local.iter().find(|t| t.token == *o && COUNTED.contains(&t.kind)));
        if let Some(typed) = typed {
            self.rows.push((sentence, typed.kind, counted));
            return;
        }
        let telling = match owners.first() {
            Some(owner) => TELL.contains(&doc.lemma(*owner)),
            None => true,
        };
        if !telling || owners.iter().any(|o| local.iter().any(|t| t.token == *o && t.kind != "Event")) {
            return;
        }
        let bare = counted.as_deref().is_none_or(|c| FIGURES.contains(&c));
        if bare && !led(doc, start) {
            return;
        }
        let found = self
            .rows
            .iter()
            .rev()
            .take_while(|(s, _, _)| sentence.index() - s.index() <= REACH)
            .find(|(_, _, thing)| bare || *thing == counted);
        let Some((_, kind, _)) = found else { return };
        let kind = *kind;
        match owners.first() {
            Some(owner) => {
                for trigger in local.iter_mut().filter(|t| t.token == *owner) {
                    (trigger.kind, trigger.made_by) = (kind, "event/again");
                }
            }
            None => {
                local.push(Trigger {
                    token: start,
                    span: doc.tokens[start].span,
                    kind,
                    noun: false,
                    light: None,
                    made_by: "event/again",
                });
                owners.push(start);
            }
        }
        self.rows.push((sentence, kind, counted));
    }
}

/// "put the **figure** at 116": a word for a count in the clause of the number.
fn led(doc: &Document, start: Id<Token>) -> bool {
    let mut at = start;
    for _ in 0..4 {
        let Some(above) = doc.head(at) else { break };
        at = above;
        if doc.pos(at) == Pos::Verb {
            break;
        }
    }
    let named = |t: Id<Token>| FIGURES.contains(&doc.lemma(t));
    named(at) || object(doc, at).is_some_and(named) || doc.children(at).any(|c| doc.relation(c).is("nsubj") && named(c))
}
