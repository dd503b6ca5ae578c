//! Quantities as quads.

use oxigraph::model::{Literal, NamedNode};
use rust_decimal::Decimal;

use super::{Writer, day, decimal};
use crate::graph::vocab::{class, property, value};
use crate::text::*;

/// Currencies of our list that QUDT's vocabulary of units does not have; `tests/oracles/qudt.mjs` holds the two together.
const NOT_IN_QUDT: &[&str] = &["BTC", "DEM", "ESP", "FIM", "FRF", "ITL", "NLG"];

impl Writer<'_> {
    /// A quantity, described in full.
    pub(super) fn quantity(&mut self, id: Id<Quantity>) -> NamedNode {
        let doc = self.doc;
        let quantity = &doc.quantities[id];
        let node = self.quantities[id.index()].clone();
        self.kind(&node, class::QUANTITY);
        self.text(&node, property::SURFACE, doc.slice(quantity.span));
        self.text(&node, property::KIND, quantity.kind.as_str());
        let numbers = [
            (property::VALUE, quantity.value),
            (property::LOWER, quantity.lower),
            (property::UPPER, quantity.upper),
            (property::CHANGE_FROM, quantity.from),
            (property::CHANGE_TO, quantity.to),
            (property::CHANGE_BY, quantity.by),
        ];
        for (property, number) in numbers {
            if let Some(number) = number {
                self.add(&node, property, decimal(number));
            }
        }
        let bound = match quantity.relation {
            QuantityRelation::Equal => value::EXACT,
            QuantityRelation::About => value::APPROXIMATELY,
            QuantityRelation::AtLeast => value::AT_LEAST,
            QuantityRelation::AtMost => value::AT_MOST,
            QuantityRelation::MoreThan => value::MORE_THAN,
            QuantityRelation::LessThan => value::LESS_THAN,
            QuantityRelation::Range => value::RANGE,
            QuantityRelation::Vague => value::VAGUE,
        };
        self.add(&node, property::BOUND, bound);
        if quantity.approximation != Approximation::Exact {
            self.text(&node, property::APPROXIMATION, quantity.approximation.as_str());
        }
        self.unit(&node, &quantity.unit);
        if let Some(per) = &quantity.per {
            let words = match per.number == Decimal::ONE {
                true => per.unit.to_string(),
                false => format!("{} {}", per.number.normalize(), per.unit),
            };
            self.text(&node, property::PER, &words);
        }
        if let Some(counted) = quantity.counted {
            self.text(&node, property::COUNTED, doc.slice(counted));
        }
        self.text(&node, property::MEASURED, &quantity.measured);
        let counts = quantity.kind != QuantityKind::Age;
        if let Some(entity) =
            quantity.counted_entity.filter(|_| counts).and_then(|e| self.entities.get(e.index()).cloned())
        {
            self.add(&node, property::COUNTED_ENTITY, entity);
        }
        if quantity.kind == QuantityKind::Age
            && let Some(entity) = quantity.counted_entity.and_then(|e| doc.entities.at(e))
        {
            self.text(&node, property::FIGURE_OF, &entity.label);
        }
        if let Some(whole) = quantity.whole {
            self.text(&node, property::SHARE_OF, doc.slice(whole));
        }
        if let Some(change) = quantity.change {
            let direction = match change {
                Change::Up => value::UP,
                Change::Down => value::DOWN,
            };
            self.add(&node, property::CHANGE, direction);
        }
        if let Some(frame) = doc.frames.at(id).and_then(Option::as_ref) {
            self.frame(&node, frame);
        }
        self.add(&node, property::CONFIDENCE, decimal(Decimal::new(i64::from(quantity.confidence), 2)));
        let place = self.place_of(quantity.span);
        self.add(&node, property::EVIDENCE, place);
        self.sentences(&node, quantity.span);
        self.made_by(&node, quantity.made_by);
        node
    }

    /// What the number is the answer to.
    fn frame(&mut self, node: &NamedNode, frame: &Frame) {
        let doc = self.doc;
        self.text(node, property::ASPECT, frame.aspect.as_str());
        self.text(node, property::MEASURE, &frame.measure);
        self.text(node, property::THING, &frame.thing);
        let lists = [
            (property::NARROWED_BY, &frame.restrictors),
            (property::TOLD_BY, &frame.telling),
            (property::CLAUSE_TERMS, &frame.terms),
        ];
        for (property, words) in lists {
            self.text(node, property, &words.join(" "));
        }
        self.text(node, property::ACTED_BY, &frame.agent);
        self.text(node, property::FIGURE_OF, &frame.owner);
        if let Some(role) = frame.role {
            self.text(node, property::COUNTED_ROLE, role.as_str());
        }
        for (kind, words) in &frame.scope {
            self.text(node, property::SCOPE, &format!("{kind}: {words}"));
        }
        for &place in &frame.places {
            self.text(node, property::PLACE_NAMED, doc.slice(doc.mentions[place].span));
        }
        if let Some((from, to)) = frame.days {
            self.bounds(node, Some(from), Some(to));
        }
        if let Some(date) = frame.as_of {
            self.add(node, property::AS_OF, day(date));
        }
        if let Some(from) = frame.inherits.and_then(|q| self.quantities.get(q.index()).cloned()) {
            self.add(node, property::TAKES_OVER, from);
        }
        if frame.is_moved {
            self.add(node, property::RESTATED, Literal::from(true));
        }
        if frame.factuality == Factuality::Denied {
            self.add(node, property::MODALITY, value::NEGATED);
        }
    }

    fn unit(&mut self, node: &NamedNode, unit: &Unit) {
        self.text(node, property::UNIT_NAME, &unit.code);
        let is_money = unit.code.len() == 3 && unit.code.bytes().all(|b| b.is_ascii_uppercase());
        if is_money {
            self.text(node, property::CURRENCY, &unit.code);
        }
        let qudt = match &unit.qudt {
            // Fifty cents are not fifty dollars: a part of a currency has no QUDT unit, nor has a currency that QUDT lacks.
            Some(name) if name.strip_prefix("CCY_").is_some_and(|c| c != unit.code || NOT_IN_QUDT.contains(&c)) => None,
            Some(name) => Some(name.to_string()),
            None if unit.code == "item" => Some("NUM".to_owned()),
            None => None,
        };
        if let Some(iri) = qudt.and_then(|name| NamedNode::new(format!("http://qudt.org/vocab/unit/{name}")).ok()) {
            self.add(node, property::UNIT, iri);
        }
    }
}
