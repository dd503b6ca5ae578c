//! Claims: what a statement says, one for each number, proposition or event of its content.

use oxigraph::model::NamedNode;
use rustc_hash::FxHashMap;

use super::Writer;
use crate::graph::vocab::{class, property};
use crate::text::*;

/// One claim in the making: what it is made of.
struct Part {
    span: Span,
    proposition: Option<Id<Proposition>>,
    quantity: Option<Id<Quantity>>,
    event: Option<Id<Event>>,
}

/// Which statement holds each row most closely, found once for a document.
#[derive(Default)]
pub(super) struct Owners {
    quantities: Vec<Option<Id<Statement>>>,
    propositions: Vec<Option<Id<Statement>>>,
    events: Vec<Option<Id<Statement>>>,
    /// How many quantities and propositions before each stand at the same place: what tells their claims apart.
    nth_quantity: Vec<usize>,
    nth_proposition: Vec<usize>,
    mention_at: FxHashMap<Id<Token>, Id<Mention>>,
    event_at: FxHashMap<Id<Token>, Id<Event>>,
}

impl Owners {
    pub(super) fn of(doc: &Document) -> Owners {
        let owner = |span: Span| innermost(doc, span);
        Owners {
            quantities: doc.quantities.iter().map(|q| owner(q.span)).collect(),
            propositions: doc.propositions.iter().map(|p| owner(p.span())).collect(),
            events: doc.events.iter().map(|e| owner(e.span)).collect(),
            nth_quantity: counted(doc.quantities.iter().map(|q| q.span)),
            nth_proposition: counted(doc.propositions.iter().map(|p| p.span())),
            mention_at: doc.mentions.rows().rev().map(|(i, m)| (m.head, i)).collect(),
            event_at: doc.events.rows().rev().map(|(i, e)| (e.trigger, i)).collect(),
        }
    }
}

/// How many of the spans before each are the same.
fn counted(spans: impl Iterator<Item = Span>) -> Vec<usize> {
    let mut times: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    let mut next = |span: Span| {
        let count = times.entry((span.start(), span.end())).or_default();
        *count += 1;
        *count - 1
    };
    spans.map(&mut next).collect()
}

/// The statement whose content holds the span most closely; the article's own voice only when nobody else says it.
fn innermost(doc: &Document, span: Span) -> Option<Id<Statement>> {
    let width = |s: &Statement| s.content.iter().find(|c| c.covers(span)).map(|c| c.len());
    let holding = doc.statements.rows().filter_map(|(i, s)| Some(((s.mode == Mode::Narrator, width(s)?), i)));
    holding.min().map(|(_, i)| i)
}

/// How many tokens of a sentence are read at a glance; of a longer one only the clause of a number is told.
const AT_A_GLANCE: usize = 30;

/// What is told with a number: the sentence of its statement's content that holds it, or of a long one its clause.
fn told_with(doc: &Document, statement: Option<Id<Statement>>, number: Span) -> Span {
    let sentence = doc.sentence_of(doc.tokens_in(number).start);
    let Some(sentence) = doc.sentences.at(sentence) else { return number };
    let piece = statement.and_then(|s| doc.statements[s].content.iter().find(|c| c.covers(number)).copied());
    let within = |a: Span, b: Span| Span::new(a.start().max(b.start()), a.end().min(b.end()));
    let whole = piece.map_or(sentence.span, |p| within(p, sentence.span));
    let all = doc.tokens_in(whole);
    if Id::range(all.clone()).count() <= AT_A_GLANCE || doc.heads.is_empty() {
        return bare(doc, whole);
    }
    // The nearest verb above the number that has a subject, with all that hangs on it.
    let mut at = doc.tokens_in(number).start;
    while let Some(head) = doc.head(at).filter(|h| all.contains(h)) {
        at = head;
        if doc.children(at).any(|c| doc.relation(c).is("nsubj")) {
            let mut below = Id::range(all.clone()).filter(|&t| t == at || doc.is_under(t, at));
            let first = below.next().unwrap_or(at);
            let last = below.next_back().unwrap_or(first);
            let clause = doc.span_of(first..Id::new(last.index() + 1));
            return bare(doc, if clause.covers(number) { clause } else { whole });
        }
    }
    bare(doc, whole)
}

/// The words without the marks at their edges.
fn bare(doc: &Document, span: Span) -> Span {
    let tokens = doc.tokens_in(span);
    let (mut start, mut end) = (tokens.start.index(), tokens.end.index());
    let is_mark =
        |t: usize| doc.relation(Id::new(t)) == Relation::Punct && !doc.word(Id::new(t)).contains(char::is_alphanumeric);
    let opens = |t: usize| matches!(doc.lower(Id::new(t)), "(" | "[");
    let closes = |t: usize| matches!(doc.lower(Id::new(t)), ")" | "]");
    while start < end && is_mark(start) && !opens(start) {
        start += 1;
    }
    while start < end && is_mark(end - 1) && !closes(end - 1) {
        end -= 1;
    }
    if start < end { doc.span_of(Id::new(start)..Id::new(end)) } else { span }
}

impl Writer<'_> {
    /// Writes the claims of a statement (`None`: the article's own voice) that has this content.
    pub(super) fn claims(&mut self, statement: &NamedNode, id: Option<Id<Statement>>, content: &[Span]) {
        let parts = self.parts(id, content);
        if parts.is_empty() {
            let Some(&first) = content.first() else { return };
            let whole = content.iter().fold(first, |a, &b| a.join(b));
            let nth = id.map_or_else(|| "narrator".to_owned(), |i| format!("whole {}", i.index()));
            let claim = self.local("claim", whole, &nth);
            self.kind(&claim, class::CLAIM);
            self.text(&claim, property::WORDS, &self.joined(content));
            self.add(statement, property::CONTENT, claim);
            return;
        }
        for part in parts {
            self.claim(statement, &part);
        }
    }

    /// Numbers first, each with the proposition and event around it; then propositions and events without numbers.
    fn parts(&self, id: Option<Id<Statement>>, content: &[Span]) -> Vec<Part> {
        let doc = self.doc;
        let mine = |span: Span, owner: Option<Id<Statement>>| owner == id && content.iter().any(|c| c.covers(span));
        let owners = &self.owners;
        let mut parts = Vec::new();
        let mut used_propositions = vec![false; doc.propositions.len()];
        let mut used_events = vec![false; doc.events.len()];
        for (quantity, row) in doc.quantities.rows().filter(|(i, q)| mine(q.span, owners.quantities[i.index()])) {
            let proposition = doc
                .propositions
                .rows()
                .filter(|(_, p)| p.arguments.iter().any(|a| a.span.covers(row.span)))
                .min_by_key(|(_, p)| p.arguments.iter().find(|a| a.span.covers(row.span)).map_or(0, |a| a.span.len()))
                .map(|(i, _)| i);
            let event = doc.events.rows().find(|(_, e)| e.quantities.contains(&quantity)).map(|(i, _)| i);
            let event = event.or_else(|| proposition.and_then(|p| self.event_at(p)));
            if let Some(proposition) = proposition {
                used_propositions[proposition.index()] = true;
            }
            if let Some(event) = event {
                used_events[event.index()] = true;
            }
            parts.push(Part { span: row.span, proposition, quantity: Some(quantity), event });
        }
        for (proposition, row) in
            doc.propositions.rows().filter(|(i, p)| mine(p.span(), owners.propositions[i.index()]))
        {
            if !used_propositions[proposition.index()] {
                let event = self.event_at(proposition);
                if let Some(event) = event {
                    used_events[event.index()] = true;
                }
                parts.push(Part { span: row.span(), proposition: Some(proposition), quantity: None, event });
            }
        }
        for (event, row) in doc.events.rows().filter(|(i, e)| mine(e.span, owners.events[i.index()])) {
            if !used_events[event.index()] {
                parts.push(Part { span: row.span, proposition: None, quantity: None, event: Some(event) });
            }
        }
        parts
    }

    /// The event that a proposition's predicate names.
    fn event_at(&self, proposition: Id<Proposition>) -> Option<Id<Event>> {
        self.owners.event_at.get(&self.doc.propositions[proposition].head).copied()
    }

    fn claim(&mut self, statement: &NamedNode, part: &Part) {
        let doc = self.doc;
        let nth = match (part.quantity, part.proposition, part.event) {
            (Some(q), _, _) => format!("q{}", self.owners.nth_quantity[q.index()]),
            (None, Some(p), _) => format!("p{}", self.owners.nth_proposition[p.index()]),
            (None, None, e) => format!("e{}", e.map_or(0, Id::index)),
        };
        let claim = self.local("claim", part.span, &nth);
        self.kind(&claim, class::CLAIM);
        self.add(statement, property::CONTENT, claim.clone());
        // A figure that somebody rejects is no claim of it, whatever the clause around it says.
        let denied = part.quantity.is_some_and(|q| doc.quantities[q].denied);
        let modality = |f: Factuality| if denied { Modality::Denied.as_str() } else { f.as_str() };
        let mut words = part.event.map(|e| doc.slice(doc.events[e].span)).unwrap_or_default().to_owned();
        if let Some(id) = part.proposition {
            let proposition = &doc.propositions[id];
            let mut all = proposition.predicate.clone();
            all.extend(proposition.arguments.iter().map(|a| a.case.map_or(a.span, |c| c.join(a.span))));
            all.sort();
            words = self.joined(&all);
            self.text(&claim, property::RELATION, &self.phrase(&proposition.predicate));
            let plain = |c: &char| c.is_alphanumeric() || *c == '-';
            let lemma: String = doc.lemma(proposition.head).to_lowercase().chars().filter(plain).collect();
            if !lemma.is_empty() {
                self.add(&claim, property::PREDICATE, self.mint.named("relation", &lemma));
            }
            for argument in &proposition.arguments {
                let is_subject = argument.role == Role::Subject;
                let (as_words, as_entity) = match is_subject {
                    true => (property::SUBJECT, property::SUBJECT_ENTITY),
                    false => (property::OBJECT, property::OBJECT_ENTITY),
                };
                let span = argument.case.filter(|_| !is_subject).map_or(argument.span, |c| c.join(argument.span));
                self.text(&claim, as_words, doc.slice(span));
                let mention = self.owners.mention_at.get(&argument.head).copied();
                if let Some(entity) = mention.and_then(|m| self.described(m)) {
                    self.add(&claim, as_entity, entity);
                }
            }
            self.modality(&claim, modality(proposition.factuality));
            self.made_by(&claim, proposition.made_by);
        } else if let Some(event) = part.event {
            let row = &doc.events[event];
            // "18 percent had not come": who did not is counted, and the figure is not denied.
            let counts = part.quantity.is_some_and(|q| doc.quantities[q].span.start() < row.span.start());
            let known =
                if counts && row.factuality == Factuality::Denied { Factuality::Asserted } else { row.factuality };
            self.modality(&claim, modality(known));
        } else if denied {
            self.modality(&claim, Modality::Denied.as_str());
        }
        if let Some(event) = part.event {
            let event = self.events[event.index()].clone();
            self.add(&claim, property::ABOUT, event);
        }
        if let Some(id) = part.quantity {
            let node = self.quantity(id);
            self.add(&claim, property::QUANTITY, node);
            words = doc.slice(told_with(doc, self.owners.quantities[id.index()], part.span)).to_owned();
        }
        self.text(&claim, property::WORDS, &words);
    }

    /// The entity of a mention, if entities of its sort are described: named ones and those in events and statements.
    fn described(&self, mention: Id<Mention>) -> Option<NamedNode> {
        let id = self.doc.entity_of.at(mention).copied().flatten()?;
        self.doc.entities.at(id)?.named.then(|| self.entities.get(id.index()).cloned()).flatten()
    }
}
