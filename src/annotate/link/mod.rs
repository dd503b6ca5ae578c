//! Links: which known thing an entity is. Candidates by name, scored by how common the reading is, by kind, by the
//! countries of the article and the words around; nothing is linked where no reading stands out.

mod body;
mod known;
mod person;
mod place;

use crate::lexicon::country;
use crate::lexicon::gazetteer::{Status, Thing, key};
use crate::text::*;
pub use known::{Decision, Known};

/// From this confidence on a link is asserted.
pub const ASSERTED: f32 = 0.75;

/// Links every entity, or leaves it alone.
pub fn find(doc: &Document, known: &Known) -> Column<Entity, Option<Link>> {
    let around = place::Around::read(doc);
    Column::new(doc.entities.ids().map(|e| link(doc, known, &around, e)).collect())
}

fn link(doc: &Document, known: &Known, around: &place::Around, id: Id<Entity>) -> Option<Link> {
    let entity = &doc.entities[id];
    // What has no name is nothing known; a person can still say that it is one with another.
    if !entity.named {
        let nothing = Link { candidates: Vec::new(), accepted: false, made_by: Rule("link/decision") };
        return decided(doc, known, entity, nothing).filter(|link| !link.candidates.is_empty());
    }
    let names = names(doc, entity);
    let (mut candidates, mut made_by) = match entity.kind {
        EntityKind::Place => (place::candidates(doc, known, around, entity, &names), "link/place"),
        EntityKind::Person => (person::candidates(doc, known, around, entity, &names), "link/person"),
        EntityKind::Group => (body::peoples(known, &names), "link/group"),
        _ => (body::candidates(known, around, entity, &names), "link/name"),
    };
    // A place that the labels took for a body or somebody: only countries and what is as sure ("Aleppo" in an article on Syria).
    if candidates.is_empty()
        && matches!(entity.kind, EntityKind::Organisation | EntityKind::Person | EntityKind::Other)
        && let Some(places) = place::mislabelled(doc, known, around, entity, &names)
    {
        (candidates, made_by) = (places, "link/place");
    }
    // "An artificial pancreas (AP)": what the text itself says letters stand for.
    if let Some(long) = spelled_out(doc, entity) {
        candidates.retain(|(thing, _)| {
            let label = key(thing.label);
            label.contains(&long) || long.contains(&label)
        });
    }
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.prior.cmp(&a.0.prior)).then(a.0.id.cmp(&b.0.id)));
    candidates.dedup_by_key(|c| c.0.id);
    candidates.truncate(5);
    let accepted = candidates.first().is_some_and(|(best, confidence)| {
        *confidence >= ASSERTED && is_identified(best) && best.status != Status::Memory
    });
    let candidates: Vec<Candidate> = candidates
        .iter()
        .filter(|(t, _)| is_identified(t))
        .map(|(t, c)| Candidate {
            wikidata: (t.wikidata != 0).then(|| format!("Q{}", t.wikidata)),
            geonames: (t.geonames != 0).then(|| t.geonames.to_string()),
            dbpedia: (!t.dbpedia.is_empty()).then(|| t.dbpedia.to_owned()),
            iri: (!t.iri.is_empty()).then(|| t.iri.to_owned()),
            point: t.point,
            label: t.label.to_owned(),
            confidence: *c,
        })
        .collect();
    decided(doc, known, entity, Link { candidates, accepted, made_by: Rule(made_by) })
        .filter(|link| !link.candidates.is_empty())
}

/// What the letters of a name stand for by the words right before its first mention in brackets, in look-up form.
fn spelled_out(doc: &Document, entity: &Entity) -> Option<String> {
    let letters = entity
        .mentions
        .iter()
        .map(|&m| doc.slice(doc.mentions[m].span))
        .find(|name| (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase()))?;
    let at = doc.text().find(&format!(" ({letters})"))?;
    let words: Vec<&str> =
        doc.text()[..at].rsplit(|c: char| c.is_whitespace() || c == '-').take(letters.len() + 3).collect();
    // The words from the last to the first: each letter begins one; small words may stand between.
    let mut left = letters.bytes().rev().peekable();
    let mut long: Vec<&str> = Vec::new();
    for word in words {
        let Some(&letter) = left.peek() else { break };
        let first = word.bytes().next().map(|b| b.to_ascii_uppercase());
        if first == Some(letter) {
            left.next();
        } else if !matches!(word, "of" | "for" | "and" | "the" | "in" | "on" | "de") {
            return None;
        }
        long.push(word);
    }
    if left.peek().is_some() {
        return None;
    }
    long.reverse();
    Some(key(&long.join(" ")))
}

fn is_identified(thing: &Thing) -> bool {
    thing.wikidata != 0 || thing.geonames != 0 || !thing.iri.is_empty()
}

/// A link after what a person decided about it: an accepted thing is the first and sure, a rejected one is none.
fn decided(doc: &Document, known: &Known, entity: &Entity, mut link: Link) -> Option<Link> {
    let label = link.candidates.first().filter(|_| link.accepted).map(|c| c.label.clone()).unwrap_or_default();
    let named = |decision: &Decision| {
        // A list of links shows the label; who decides by it means the entity.
        let shown =
            [label.as_str(), entity.label.as_str()].contains(&decision.words.as_str()) && decision.prefix.is_empty();
        shown
            || entity.mentions.iter().any(|&m| {
                let row = &doc.mentions[m];
                row.kind == MentionKind::Name
                    && doc.slice(row.span) == decision.words
                    && (decision.prefix.is_empty()
                        || doc.text()[..row.span.start()].trim_end().ends_with(decision.prefix.trim_end()))
            })
    };
    let is = |candidate: &Candidate, value: &str| {
        [&candidate.wikidata, &candidate.geonames, &candidate.iri].into_iter().flatten().any(|id| id == value)
    };
    let mut settled: Vec<&str> = Vec::new();
    let mut sure = false;
    for decision in known.decisions(&doc.source.id).filter(|d| named(d)) {
        // The latest decision about a thing is the one that counts.
        if settled.contains(&decision.value.as_str()) {
            continue;
        }
        settled.push(&decision.value);
        match (decision.accept, decision.value.as_str()) {
            (true, value) if !sure => {
                let mut first = match link.candidates.iter().position(|c| is(c, value)) {
                    Some(at) => link.candidates.remove(at),
                    None if decision.label.is_empty() => of_value(value, &entity.label),
                    None => of_value(value, &decision.label),
                };
                first.confidence = 1.0;
                link = Link { accepted: true, made_by: Rule("link/decision"), ..link };
                link.candidates.insert(0, first);
                sure = true;
            }
            (false, "") if !sure => return None,
            (false, value) => {
                let first = link.candidates.first().is_some_and(|c| is(c, value));
                if !(sure && first) {
                    link.candidates.retain(|c| !is(c, value));
                    link.accepted &= !first;
                    link.made_by = Rule("link/decision");
                }
            }
            _ => {}
        }
    }
    Some(link)
}

/// A candidate that only a person knows.
fn of_value(value: &str, label: &str) -> Candidate {
    let own = Candidate { label: label.to_owned(), ..Candidate::default() };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if value.strip_prefix('Q').is_some_and(digits) {
        Candidate { wikidata: Some(value.to_owned()), ..own }
    } else if digits(value) {
        Candidate { geonames: Some(value.to_owned()), ..own }
    } else {
        Candidate { iri: Some(value.to_owned()), ..own }
    }
}

/// The entity's names in their look-up forms, adjectives of countries as the country: longest first; for a place the name
/// of a country before others, then the commonest.
fn names(doc: &Document, entity: &Entity) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    for &mention in &entity.mentions {
        let row = &doc.mentions[mention];
        if row.kind != MentionKind::Name {
            continue;
        }
        let mut name = key(doc.slice(row.span).trim_start_matches(['#', '@']));
        if row.class == Some(NameClass::Norp)
            && let Some(country) = country::adjective(&name).and_then(country::name_of)
        {
            name = key(country);
        }
        match names.iter().position(|n| *n == name) {
            Some(at) => counts[at] += 1,
            None => {
                names.push(name);
                counts.push(1);
            }
        }
    }
    if entity.kind == EntityKind::Place {
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&i| (country::of(&names[i]).is_none(), std::cmp::Reverse(counts[i]), i));
        return order.into_iter().map(|i| names[i].clone()).collect();
    }
    names.sort_by_key(|n| (std::cmp::Reverse(n.split(' ').count()), std::cmp::Reverse(n.len()), n.clone()));
    names
}
