//! Entities and events as quads.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::Writer;
use crate::graph::vocab::{class, other, property};
use crate::text::*;

/// From this confidence on a link of an individual is also an identity.
const SAME: f32 = 0.95;

/// Hundred-thousandths of a degree as a decimal.
fn degrees(value: i32) -> String {
    rust_decimal::Decimal::new(i64::from(value), 5).normalize().to_string()
}

impl Writer<'_> {
    /// The IRI of an entity: by its external id when it is linked, by kind and name when it is fully named, else of this document alone.
    pub(super) fn entity_iri(&self, id: Id<Entity>) -> NamedNode {
        let entity = &self.doc.entities[id];
        if let Some(target) = self.target(id) {
            if let Some(wikidata) = &target.wikidata {
                return self.mint.named("entity", &format!("wikidata-{}", safe(wikidata)));
            }
            if let Some(geonames) = &target.geonames {
                return self.mint.named("entity", &format!("geonames-{}", safe(geonames)));
            }
            if let Some(iri) = &target.iri {
                return self.mint.hashed("entity", &["linked", iri]);
            }
        }
        if is_shared(entity) {
            return self.mint.hashed("entity", &[entity.kind.as_str(), &plain(&entity.label)]);
        }
        let span = entity.mentions.first().and_then(|&m| self.doc.mentions.at(m)).map_or(Span::default(), |m| m.span);
        self.local("entity", span, &id.index().to_string())
    }

    pub(super) fn target(&self, id: Id<Entity>) -> Option<&Candidate> {
        self.doc.links.at(id).and_then(|l| l.as_ref()).and_then(Link::target)
    }

    /// Every named entity, and those that something refers to.
    pub(super) fn entities(&mut self) {
        let doc = self.doc;
        let mut used = vec![false; doc.entities.len()];
        let mut unnamed = vec![false; doc.entities.len()];
        let mark = |list: &mut Vec<bool>, id: Option<Id<Entity>>| {
            if let Some(id) = id
                && let Some(slot) = list.get_mut(id.index())
            {
                *slot = true;
            }
        };
        for statement in doc.statements.iter() {
            for speaker in statement.speakers() {
                mark(&mut used, Some(speaker));
            }
            if statement.speaker_kind == SpeakerKind::Unnamed {
                mark(&mut unnamed, statement.speaker);
            }
        }
        for quantity in doc.quantities.iter() {
            mark(&mut used, quantity.counted_entity);
        }
        for event in doc.events.iter() {
            for &mention in event.agents.iter().chain(&event.patients).chain(&event.place) {
                mark(&mut used, doc.entity_of.at(mention).copied().flatten().filter(|&e| doc.is_told(e)));
            }
        }
        for (id, entity) in doc.entities.rows() {
            if entity.named || used[id.index()] {
                self.entity(id, unnamed[id.index()]);
            }
        }
    }

    fn entity(&mut self, id: Id<Entity>, unnamed: bool) {
        let doc = self.doc;
        let entity = &doc.entities[id];
        let node = self.entities[id.index()].clone();
        let target = self.target(id).cloned();
        let kind = kind_of(entity, unnamed);
        if target.is_some() || is_shared(entity) {
            let label = target.as_ref().map(|t| plain(&t.label)).filter(|l| !l.is_empty());
            let label = label.unwrap_or_else(|| plain(&entity.label));
            self.share(&node, other::TYPE, kind);
            self.share(&node, other::LABEL, Literal::new_simple_literal(label));
        } else {
            self.kind(&node, kind);
            self.text(&node, other::LABEL, entity.described.as_deref().unwrap_or(&entity.label));
        }
        if entity.named {
            let document = self.document.clone();
            self.add(&document, property::MENTIONS, node.clone());
        }
        for &role in &entity.roles {
            self.text(&node, property::ROLE, doc.slice(role));
        }
        self.links(id, &node);
    }

    /// The candidates of a link, each a node of its own, so that it can be reviewed; what is weighed alike in many articles
    /// is one node, which all of them name.
    fn links(&mut self, id: Id<Entity>, node: &NamedNode) {
        let Some(link) = self.doc.links.at(id).and_then(|l| l.clone()) else { return };
        let mut seen: Vec<NamedNode> = Vec::new();
        let kind = self.doc.entities[id].kind;
        let individual = matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Place);
        for (rank, candidate) in link.candidates.iter().enumerate() {
            let targets: Vec<NamedNode> = [
                candidate.wikidata.as_ref().map(|q| format!("http://www.wikidata.org/entity/{}", safe(q))),
                candidate.geonames.as_ref().map(|g| format!("https://sws.geonames.org/{}/", safe(g))),
                candidate.dbpedia.as_ref().map(|d| format!("http://dbpedia.org/resource/{d}")),
                candidate.iri.clone(),
            ]
            .into_iter()
            .flatten()
            .filter_map(|iri| NamedNode::new(iri).ok())
            .collect();
            let Some(best) = targets.first() else { continue };
            if seen.contains(best) {
                continue;
            }
            seen.push(best.clone());
            let accepted = rank == 0 && link.accepted;
            let (sure, taken) = (share_of_one(candidate.confidence), Literal::from(accepted));
            let weighed = [node.as_str(), best.as_str(), sure.value(), taken.value(), link.made_by.0];
            let entry = self.mint.hashed("link", &weighed);
            let document = self.document.clone();
            self.add(&entry, property::WEIGHED_IN, document);
            self.share(&entry, other::TYPE, class::ENTITY_LINK);
            self.share(&entry, property::LINK_OF, node.clone());
            self.share(&entry, property::LINK_TARGET, best.clone());
            self.share(&entry, property::CONFIDENCE, sure);
            self.share(&entry, property::ACCEPTED, taken);
            self.share(&entry, property::MADE_BY, Literal::new_simple_literal(link.made_by.0));
            if accepted {
                // The same individual only where it is as good as sure: the statements of two nodes become one's.
                let same = candidate.confidence >= SAME && individual;
                for target in targets {
                    if same {
                        self.share(node, other::SAME_AS, target.clone());
                    }
                    self.share(node, other::EXACT_MATCH, target);
                }
                if let Some((latitude, longitude)) = candidate.point {
                    let geometry =
                        self.mint.named("geometry", &node.as_str()[node.as_str().rfind('/').map_or(0, |i| i + 1)..]);
                    let point = format!("POINT({} {})", degrees(longitude), degrees(latitude));
                    self.share(node, other::HAS_GEOMETRY, geometry.clone());
                    self.share(&geometry, other::AS_WKT, Literal::new_typed_literal(point, other::WKT_LITERAL));
                }
            }
        }
    }

    pub(super) fn entity_of(&self, mention: Id<Mention>) -> Option<NamedNode> {
        let id = self.doc.entity_of.at(mention).copied().flatten().filter(|&id| self.doc.is_told(id))?;
        self.entities.get(id.index()).cloned()
    }

    pub(super) fn events(&mut self) {
        let doc = self.doc;
        for (id, event) in doc.events.rows() {
            let node = self.events[id.index()].clone();
            self.kind(&node, class::EVENT);
            self.text(&node, other::LABEL, &event_label(doc, event));
            self.text(&node, property::EVENT_TYPE, &event.kind);
            self.text(&node, property::TRIGGER, doc.slice(event.span));
            for (property, mentions) in [(property::ACTOR, &event.agents), (property::PATIENT, &event.patients)] {
                for &mention in mentions {
                    if let Some(entity) = self.entity_of(mention) {
                        self.add(&node, property, entity);
                    }
                }
            }
            if let Some(place) = event.place.and_then(|p| self.entity_of(p)) {
                self.add(&node, property::PLACE, place);
            }
            if let Some(time) = event.time
                && let Some(row) = doc.times.at(time)
            {
                let when = self.times[time.index()].clone();
                self.add(&node, property::TIME, when);
                // "since Friday", "between May and July": a stretch, whose first day is not the day of the event. Where one end
                // is open ("until Monday") nobody knows the day.
                // Nor the days of a fiscal year or quarter: articles seldom say when it ends.
                let said = doc.slice(row.span).to_lowercase();
                let fiscal = said.contains("fiscal") || said.contains("financial year");
                let (first, last) = match (row.begin, row.end) {
                    _ if fiscal => (None, None),
                    (None, None) => (row.earliest, row.latest),
                    (Some(begin), Some(end)) => (Some(begin), Some(end)),
                    _ => (None, None),
                };
                self.bounds(&node, first, last);
            }
            for quantity in &event.quantities {
                if let Some(quantity) = self.quantities.get(quantity.index()).cloned() {
                    self.add(&node, property::QUANTITY, quantity);
                }
            }
            self.modality(&node, event.factuality.as_str());
            let sure = rust_decimal::Decimal::new(i64::from(event.confidence), 2);
            self.add(&node, property::CONFIDENCE, super::decimal(sure));
            self.sentences(&node, event.span);
            let place = self.place_of(event.span);
            self.add(&node, property::EVIDENCE, place);
            self.made_by(&node, event.made_by);
        }
    }
}

/// Known by kind and name in every document that names it: a person of two names or more, an organisation, a place.
fn is_shared(entity: &Entity) -> bool {
    let words = entity.label.split_whitespace().count();
    entity.named
        && match entity.kind {
            EntityKind::Person => words >= 2,
            EntityKind::Group => false,
            _ => words >= 1,
        }
}

pub(super) fn kind_of(entity: &Entity, unnamed: bool) -> NamedNodeRef<'static> {
    match entity.kind {
        EntityKind::Group => class::GROUP,
        _ if unnamed && !entity.named => class::UNNAMED_SOURCE,
        EntityKind::Person => class::PERSON,
        EntityKind::Organisation => class::ORGANIZATION,
        EntityKind::Place => class::PLACE,
        EntityKind::Event | EntityKind::Product | EntityKind::Other => class::ENTITY,
    }
}

/// "airstrikes · 525 oil tanker trucks · Raqqa".
fn event_label(doc: &Document, event: &Event) -> String {
    // "where multiple earthquakes": the word that leads a relative clause is no part of the name.
    let words = |m: &Id<Mention>| {
        let row = doc.mentions.at(*m)?;
        // "They declined": who that is, or nobody.
        if row.kind == MentionKind::Pronoun {
            let entity = doc.entity_of.at(*m).copied().flatten().and_then(|e| doc.entities.at(e));
            return entity.filter(|e| e.named).map(|e| e.label.as_str());
        }
        let words = doc.slice(row.span);
        let led = ["where ", "when ", "that ", "which ", "whose "].iter().find_map(|w| words.strip_prefix(w));
        Some(led.unwrap_or(words))
    };
    // The whole phrase of who acts where it holds the mention: "the chain's shares"; but a name instead of "he".
    let phrase = event.agent_span.map(|s| (s, doc.slice(s)));
    let inside = |m: &Id<Mention>| {
        let row = doc.mentions.at(*m);
        phrase.is_some_and(|(s, _)| row.is_some_and(|r| s.covers(r.span) && r.kind != MentionKind::Pronoun))
    };
    let mut parts: Vec<&str> = Vec::new();
    if event.agents.is_empty() || event.agents.iter().any(inside) {
        parts.extend(phrase.map(|p| p.1));
    }
    parts.extend(event.agents.iter().filter(|m| !inside(m)).filter_map(words));
    parts.push(doc.slice(event.span));
    match event.patient_span {
        Some(span)
            if !event
                .patients
                .iter()
                .all(|m| doc.mentions.at(*m).is_some_and(|m| m.span == span && m.kind == MentionKind::Pronoun))
                || event.patients.is_empty() =>
        {
            parts.push(doc.slice(span))
        }
        _ => parts.extend(event.patients.iter().filter_map(words)),
    }
    // "fell · 6%": how far, where nothing else is told of it.
    if event.patients.is_empty() && event.patient_span.is_none() && event.kind == "ChangeLevel" {
        parts.extend(event.quantities.first().and_then(|q| doc.quantities.at(*q)).map(|q| doc.slice(q.span)));
    }
    // A place that another part names already is not told twice.
    let place = event.place.iter().filter_map(words).find(|p| !parts.iter().any(|part| part.contains(p)));
    parts.extend(place);
    parts.join(" · ")
}

/// A label with single spaces.
fn plain(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters, digits, `-` and `_` of an external id.
pub(super) fn safe(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// A probability as a decimal of three digits.
fn share_of_one(value: f32) -> Literal {
    let thousandths = (f64::from(value.clamp(0.0, 1.0)) * 1000.0).round() as i64;
    super::decimal(rust_decimal::Decimal::new(thousandths, 3))
}
