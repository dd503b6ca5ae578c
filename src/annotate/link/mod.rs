//! Links: which known thing an entity is. Candidates by name, scored by how common the reading is, by kind, by the
//! countries of the article and the words around; nothing is linked where no reading stands out.

mod known;
mod place;

use crate::lexicon::gazetteer::{Status, Thing, ThingKind, key};
use crate::lexicon::{country, noun};
use crate::text::*;
pub use known::Known;

/// From this confidence on a link is asserted.
pub const ASSERTED: f32 = 0.75;

/// Links every entity, or leaves it alone.
pub fn find(doc: &Document, known: &Known) -> Column<Entity, Option<Link>> {
    let around = place::Around::read(doc);
    Column::new(doc.entities.ids().map(|e| link(doc, known, &around, e)).collect())
}

fn link(doc: &Document, known: &Known, around: &place::Around, id: Id<Entity>) -> Option<Link> {
    let entity = &doc.entities[id];
    if !entity.named {
        return None;
    }
    let names = names(doc, entity);
    let (mut candidates, made_by) = match entity.kind {
        EntityKind::Place => (place::candidates(doc, known, around, entity, &names), "link/place"),
        EntityKind::Person => (persons(doc, known, around, entity, &names), "link/person"),
        EntityKind::Group => return None,
        kind => (others(known, around, kind, &names), "link/name"),
    };
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.prior.cmp(&a.0.prior)).then(a.0.id.cmp(&b.0.id)));
    candidates.dedup_by_key(|c| c.0.id);
    candidates.truncate(5);
    let (best, confidence) = *candidates.first()?;
    let identified = best.wikidata != 0 || best.geonames != 0;
    let accepted = confidence >= ASSERTED && identified && best.status != Status::Memory;
    let candidates: Vec<Candidate> = candidates
        .iter()
        .filter(|(t, _)| t.wikidata != 0 || t.geonames != 0)
        .map(|(t, c)| Candidate {
            wikidata: (t.wikidata != 0).then(|| format!("Q{}", t.wikidata)),
            geonames: (t.geonames != 0).then(|| t.geonames.to_string()),
            dbpedia: (!t.dbpedia.is_empty()).then(|| t.dbpedia.to_owned()),
            label: t.label.to_owned(),
            confidence: *c,
        })
        .collect();
    (!candidates.is_empty()).then_some(Link { candidates, accepted, made_by: Rule(made_by) })
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

/// Persons: a full name must match whole; a surname alone needs the office, the country or the time to agree.
fn persons<'k>(
    doc: &Document,
    known: &'k Known,
    around: &place::Around,
    entity: &Entity,
    names: &[String],
) -> Vec<(Thing<'k>, f32)> {
    let mut found = Vec::new();
    let Some(longest) = names.first() else { return found };
    let full = longest.contains(' ');
    let roles: Vec<&str> = entity.roles.iter().map(|&r| doc.slice(r)).collect();
    let year = doc.source.published.as_ref().map(|p| p.date.year());
    for reading in known.find(longest) {
        let thing = reading.thing;
        if thing.kind != ThingKind::Person {
            continue;
        }
        let mut score: f32 = if full { 0.93 } else { 0.55 };
        if !thing.country.is_empty() && around.has(thing.country) {
            score += 0.12;
        }
        if roles.iter().any(|r| shares_office(r, thing.description)) {
            score += 0.2;
        }
        if !full && year.is_some_and(|y| !held_near(thing.description, y)) {
            score -= 0.2;
        }
        // A rare surname is worth more than a common one: names of the census are common.
        if !full && noun::given_name(longest).is_some() {
            score -= 0.15;
        }
        found.push((thing, score.min(0.99)));
    }
    found
}

/// "Defence Minister" and "Defence Minister of Russia 2012..2024".
fn shares_office(role: &str, description: &str) -> bool {
    let description = description.to_lowercase();
    role.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| noun::find(w).is_some_and(|n| n.class == noun::NounClass::Office))
        .any(|w| description.split(|c: char| !c.is_alphanumeric()).any(|d| d == w))
}

/// True when a year lies in the years of the description, five more on each side; true without years.
fn held_near(description: &str, year: i16) -> bool {
    let years: Vec<i16> = description
        .split(|c: char| !c.is_ascii_digit())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .collect();
    let open = description.trim_end().ends_with("..");
    match (years.iter().min(), years.iter().max()) {
        (Some(&first), Some(&last)) => first - 5 <= year && (open || year <= last + 5),
        _ => true,
    }
}

/// Organisations, events, products: the longest name that is known.
fn others<'k>(known: &'k Known, around: &place::Around, kind: EntityKind, names: &[String]) -> Vec<(Thing<'k>, f32)> {
    for (i, name) in names.iter().enumerate() {
        let mut found = Vec::new();
        for reading in known.find(name) {
            let thing = reading.thing;
            let fits = match kind {
                EntityKind::Organisation => matches!(
                    thing.kind,
                    ThingKind::Organisation
                        | ThingKind::ArmedGroup
                        | ThingKind::Military
                        | ThingKind::Media
                        | ThingKind::Facility
                ),
                EntityKind::Event => thing.kind == ThingKind::Event,
                EntityKind::Product => thing.kind == ThingKind::Product,
                _ => matches!(thing.kind, ThingKind::Event | ThingKind::Product | ThingKind::Media),
            };
            if !fits {
                continue;
            }
            let core = thing.status != Status::Registry;
            let mut score: f32 = match (core, reading.rank) {
                (true, 0) => 0.95,
                (true, _) => 0.9,
                // Chains and operators of the registry: a whole label of several words, or one that is no common word.
                (false, 0) if name.contains(' ') => 0.8,
                (false, _) => 0.6,
            };
            if core
                && !thing.country.is_empty()
                && !around.is_empty()
                && !around.has(thing.country)
                && !name.contains(' ')
            {
                score -= 0.1;
            }
            score -= 0.04 * i as f32;
            found.push((thing, score));
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}
