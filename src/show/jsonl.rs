//! The annotation format: one JSON object a document, offsets in code points.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::annotate::proposition::tuple::Tuple;
use crate::text::*;

/// One document as one JSON object, in the annotation format.
pub fn document(doc: &Document) -> Value {
    let shown = Shown { doc, points: CodePoints::new(doc.text()) };
    let mut out = Map::new();
    let source = &doc.source;
    out.insert("id".into(), json!(source.id));
    let meta = [
        ("date", source.published.as_ref().map(|p| p.date.to_string())),
        ("title", source.title.clone()),
        ("publisher", source.publisher.clone()),
        ("url", source.url.clone()),
    ];
    for (key, value) in meta {
        if let Some(value) = value {
            out.insert(key.into(), json!(value));
        }
    }
    out.insert("text".into(), json!(doc.text()));
    out.insert("sentences".into(), doc.sentences.iter().map(|s| shown.span(s.span)).collect());
    out.insert("mentions".into(), doc.mentions.rows().map(|(i, m)| shown.mention(i, m)).collect());
    out.insert("entities".into(), doc.entities.rows().map(|(i, e)| shown.entity(i, e)).collect());
    out.insert("timexes".into(), doc.times.iter().map(|t| shown.time(t)).collect());
    out.insert("quantities".into(), doc.quantities.iter().map(|q| shown.quantity(q)).collect());
    out.insert(
        "attributions".into(),
        doc.statements.rows().filter(|(_, s)| s.mode != Mode::Narrator).map(|(i, s)| shown.statement(i, s)).collect(),
    );
    out.insert("propositions".into(), doc.propositions.iter().map(|p| shown.proposition(p)).collect());
    out.insert("events".into(), doc.events.rows().map(|(i, e)| shown.event(i, e)).collect());
    Value::Object(out)
}

/// Propositions as tuples of open information extraction.
pub fn tuples(tuples: &[Tuple]) -> Value {
    let shown = |t: &Tuple| json!({"sentence": t.sentence.index(), "subj": t.subject, "rel": t.relation, "obj": t.object, "args": t.more});
    tuples.iter().map(shown).collect()
}

/// A document with what its output needs.
struct Shown<'d> {
    doc: &'d Document,
    points: CodePoints,
}

impl Shown<'_> {
    fn span(&self, span: Span) -> Value {
        let (start, end) = self.points.of(span);
        json!([start, end])
    }

    fn spans(&self, spans: &[Span]) -> Value {
        spans.iter().map(|&s| self.span(s)).collect()
    }

    fn mention(&self, id: Id<Mention>, m: &Mention) -> Value {
        let entity = self.doc.entity_of.at(id).copied().flatten();
        let link = entity.and_then(|e| self.doc.links.at(e)).and_then(|l| l.as_ref());
        // A link belongs to a name; what a pronoun or a common noun stands for says its entity.
        let target = link.and_then(Link::target).filter(|_| m.kind == MentionKind::Name);
        json!({
            "span": self.span(m.span),
            "type": m.class.map(NameClass::as_str),
            "kind": m.kind.as_str(),
            "entity": entity.map(entity_name),
            "wikidata": target.and_then(|c| c.wikidata.clone()),
            "geonames": target.and_then(|c| c.geonames.clone()),
            "nil": target.is_none() && m.kind == MentionKind::Name,
            "confidence": target.map(|c| round(c.confidence)),
        })
    }

    fn entity(&self, id: Id<Entity>, e: &Entity) -> Value {
        let target = self.doc.links.at(id).and_then(|l| l.as_ref()).and_then(Link::target);
        json!({
            "id": entity_name(id),
            "type": e.kind.as_str(),
            "label": e.label,
            "wikidata": target.and_then(|c| c.wikidata.clone()),
            "geonames": target.and_then(|c| c.geonames.clone()),
            "dbpedia": target.and_then(|c| c.dbpedia.clone()),
            "country": e.country,
            "roles": e.roles.iter().map(|&r| self.doc.slice(r)).collect::<Vec<_>>(),
        })
    }

    fn time(&self, t: &Time) -> Value {
        json!({
            "span": self.span(t.span),
            "type": t.kind.as_str(),
            "value": t.value,
            "mod": t.modifier.map(TimeMod::as_str),
            "quant": t.quant,
            "freq": t.freq,
            "earliest": t.earliest.map(iso_day),
            "latest": t.latest.map(iso_day),
            "edtf": t.edtf,
            "begin": t.begin.map(iso_day),
            "end": t.end.map(iso_day),
            "other_value": t.other_value,
            "anchor": t.anchor.as_ref().map(|a| format!("{} {}", a.rule.0, a.date)),
            "made_by": t.made_by.0,
        })
    }

    fn quantity(&self, q: &Quantity) -> Value {
        let statement = q.statement;
        json!({
            "span": self.span(q.span),
            "text": self.doc.slice(q.span),
            "kind": q.kind.as_str(),
            "value": q.value.map(number),
            "lower": q.lower.map(number),
            // "hundreds" has an upper end only by convention: the row keeps it, the annotation shows what the words say.
            "upper": q.upper.filter(|_| q.relation != QuantityRelation::Vague).map(number),
            "relation": q.relation.as_str(),
            "unit": q.unit.code.as_str(),
            "unit_norm": q.unit.name.as_str(),
            "per": q.per.as_ref().map(|p| if p.number == Decimal::ONE { p.unit.to_string() } else { format!("{} {}", p.number.normalize(), p.unit) }),
            "of": q.counted.map(|s| {
                let entity = q.counted_entity.map(entity_name);
                json!({"span": self.span(s), "text": self.doc.slice(s), "entity": entity})
            }),
            "measured": q.measured.as_str(),
            "whole": q.whole.map(|s| json!({"span": self.span(s), "text": self.doc.slice(s)})),
            "change": q.change.map(Change::as_str).unwrap_or(match q.relation {
                QuantityRelation::About | QuantityRelation::Vague => "~",
                QuantityRelation::AtLeast | QuantityRelation::MoreThan => ">",
                QuantityRelation::AtMost | QuantityRelation::LessThan => "<",
                QuantityRelation::Equal | QuantityRelation::Range => "=",
            }),
            "from": q.from.map(number),
            "to": q.to.map(number),
            "by": q.by.map(number),
            "concepts": q.concepts.iter().map(|&s| self.doc.slice(s)).collect::<Vec<_>>(),
            "statement": statement.map(statement_name),
            "source": statement.map(|s| &self.doc.statements[s].source).and_then(|s| s.first()).map(|&s| self.doc.slice(s)),
            "denied": q.denied,
            "confidence": f64::from(q.confidence) / 100.0,
            "made_by": q.made_by.0,
        })
    }

    fn statement(&self, id: Id<Statement>, s: &Statement) -> Value {
        let names: Vec<String> = s.speakers().map(entity_name).collect();
        let mut shown = json!({
            "id": statement_name(id),
            "source": self.spans(&s.source),
            "cue": self.spans(&s.cue),
            "content": self.spans(&s.content),
            "type": s.mode.as_str(),
            "speaker": names.first(),
            "speaker_kind": s.speaker_kind.as_str(),
            "source_kind": s.source_kind.map(SourceKind::as_str),
            "title": s.title.map(|t| json!({"span": self.span(t), "text": self.doc.slice(t)})),
            "reason": s.reason.map(|r| json!({"span": self.span(r), "text": self.doc.slice(r)})),
            "parent": s.parent.map(statement_name),
            "addressee": s.addressee.map(|a| self.span(a)),
            "medium": s.medium.map(|m| self.span(m)),
            "said": s.said.as_ref().map(|said| {
                let time = said.time.and_then(|t| self.doc.times.at(t));
                json!({
                    "span": time.map(|t| self.span(t.span)),
                    "value": time.map(|t| t.value.clone()),
                    "earliest": said.earliest.map(iso_day),
                    "latest": said.latest.map(iso_day),
                    "rule": said.rule.0,
                })
            }),
            "polarity": s.polarity.as_str(),
            "saying_negated": s.saying_negated,
            "saying": s.saying.as_str(),
            "modality": s.modality.as_str(),
            "commitment": s.commitment.as_str(),
            "confidence": f64::from(s.confidence) / 100.0,
            "made_by": s.made_by.0,
        });
        // Several who speak together are a list, and stand under the name that tells so as well.
        if names.len() > 1 {
            shown["speaker"] = json!(names);
            shown["speakers"] = json!(names);
        }
        shown
    }

    fn proposition(&self, p: &Proposition) -> Value {
        let words = |role: Role| p.arguments.iter().find(|a| a.role == role).map(|a| self.doc.slice(a.span));
        // What stands nearest to the predicate as its object; else its first argument.
        let core = |a: &&Argument| matches!(a.role, Role::Object | Role::Attribute | Role::Clause);
        let object = p.arguments.iter().find(core).or_else(|| p.arguments.iter().find(|a| a.role != Role::Subject));
        // An argument is shown with the preposition that leads it.
        let led = |a: &Argument| self.doc.slice(a.case.map_or(a.span, |c| c.join(a.span)));
        json!({
            "sentence": p.sentence.index(),
            "subj": words(Role::Subject),
            "rel": p.predicate.iter().map(|&s| self.doc.slice(s)).collect::<Vec<_>>().join(" "),
            "obj": object.map(led),
            "args": p.arguments.iter().filter(|a| a.role != Role::Subject && Some(a.span) != object.map(|o| o.span)).map(led).collect::<Vec<_>>(),
            "statement": p.statement.map(statement_name),
            "factuality": p.factuality.as_str(),
            "spans": {
                "subj": p.arguments.iter().find(|a| a.role == Role::Subject).map(|a| self.span(a.span)),
                "rel": self.spans(&p.predicate),
                "obj": object.map(|a| self.span(a.span)),
            },
        })
    }

    fn event(&self, id: Id<Event>, e: &Event) -> Value {
        let entity = |m: Id<Mention>| {
            self.doc.entity_of.at(m).copied().flatten().filter(|&e| self.doc.is_told(e)).map(entity_name)
        };
        json!({
            "id": format!("ev{}", id.index()),
            "type": e.kind.as_str(),
            "trigger": self.span(e.span),
            "agents": e.agents.iter().filter_map(|&m| entity(m)).collect::<Vec<_>>(),
            "patients": e.patients.iter().filter_map(|&m| entity(m)).collect::<Vec<_>>(),
            "patient": e.patient_span.map(|s| json!({"span": self.span(s), "text": self.doc.slice(s)})),
            "place": e.place.and_then(entity),
            "time": e.time.map(Id::index),
            "quantities": e.quantities.iter().map(|q| q.index()).collect::<Vec<_>>(),
            "factuality": e.factuality.as_str(),
            "statement": e.statement.map(statement_name),
            "confidence": f64::from(e.confidence) / 100.0,
            "made_by": e.made_by.0,
        })
    }
}

fn entity_name(id: Id<Entity>) -> String {
    format!("e{}", id.index())
}

fn statement_name(id: Id<Statement>) -> String {
    format!("s{}", id.index())
}

/// A decimal as a JSON number, exactly as many digits as it has.
fn number(value: Decimal) -> Value {
    let text = value.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

fn round(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}
