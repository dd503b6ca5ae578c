//! Organisations, armed groups, media, events, products: the longest name that is known. What many countries call a body of
//! theirs ("Congress", "the Supreme Court", "the Labour Party") is that of the country around.

use super::Known;
use super::place::Around;
use crate::lexicon::gazetteer::{Status, Thing, ThingKind};
use crate::lexicon::noun;
use crate::text::*;

/// Forms of companies that papers write or leave out.
const FORMS: &[&str] = &[
    "inc",
    "corp",
    "co",
    "ltd",
    "plc",
    "llc",
    "ag",
    "se",
    "sa",
    "spa",
    "nv",
    "group",
    "company",
    "corporation",
    "limited",
];

/// Readings of a body's names with their confidence.
pub fn candidates<'k>(known: &'k Known, around: &Around, entity: &Entity, names: &[String]) -> Vec<(Thing<'k>, f32)> {
    // "Cisco Systems Inc." is looked for with and without its form of company.
    let bare = names.iter().filter_map(|name| {
        let (rest, last) = name.rsplit_once(' ')?;
        FORMS.contains(&last).then(|| rest.trim_end_matches(',').to_owned())
    });
    let all: Vec<String> = names.iter().cloned().chain(bare).collect();
    for (i, name) in all.iter().enumerate() {
        let mut found: Vec<(Thing<'k>, f32)> = Vec::new();
        for reading in known.find(name) {
            let thing = reading.thing;
            if !fits(entity.kind, thing.kind) {
                continue;
            }
            let vague = reading.rank == 2;
            // "Liverpool", "Arsenal": the club only where the article is about a match.
            let club = is_club(&thing);
            if club && vague && !around.is_sport() {
                continue;
            }
            let mut score: f32 = match (thing.status, reading.rank) {
                // Chains and operators of the registry: a whole label of several words, or one that is no common word.
                (Status::Registry, 0) if name.contains(' ') => 0.8,
                (Status::Registry, _) => 0.6,
                // Universities, broadcasters, clubs that a table of the best known has; parties and papers need their country.
                (Status::Listed, 0 | 1) if thing.prior >= 650 && name.contains(' ') => 0.82,
                (Status::Listed, 0) if thing.prior >= 650 && !is_common(name) => 0.76,
                (Status::Listed, 0) if name.contains(' ') => 0.62,
                (Status::Listed, _) => 0.4,
                (_, 0) => 0.94,
                (_, 1) => 0.9,
                _ if name.contains(' ') || is_common(name) => 0.46,
                _ if thing.kind == ThingKind::Media => 0.6,
                _ if club => 0.76,
                // "Apple", "Target": a word that the labels read as a body.
                _ => 0.7,
            };
            if !thing.country.is_empty() {
                let share = around.share(thing.country, names);
                let here = around.has(thing.country);
                if vague || thing.status == Status::Listed && thing.prior < 650 {
                    score += match entity.country {
                        Some(country) if country == thing.country => 0.34,
                        Some(_) => -0.35,
                        None if here => 0.08 + 0.4 * share.min(0.7),
                        None if club => 0.0,
                        None => -0.1,
                    };
                } else if thing.status.is_core() && !around.is_empty() && !here && !name.contains(' ') {
                    score -= 0.1;
                }
            }
            score -= 0.04 * i.min(names.len()) as f32;
            found.push((thing, score.clamp(0.01, 0.97)));
        }
        if !found.is_empty() {
            found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
            // Two bodies of one name and nothing between them: neither.
            if let [first, second, ..] = &mut found[..]
                && first.1 - second.1 < 0.05
                && first.0.id != second.0.id
            {
                first.1 = first.1.min(0.6);
                second.1 = second.1.min(0.59);
            }
            return found;
        }
    }
    Vec::new()
}

/// How sure a people's name is: it has one meaning, or none that is known.
const PEOPLE: f32 = 0.9;

/// Peoples and adherents by name: "African Americans", "Tamils". An adjective of a country is the country's, not theirs.
pub fn peoples<'k>(known: &'k Known, names: &[String]) -> Vec<(Thing<'k>, f32)> {
    let of_name = |name: &String| known.find(name).into_iter().filter(|r| r.thing.kind == ThingKind::Group).collect();
    let found: Vec<_> = names.iter().map(of_name).find(|r: &Vec<_>| !r.is_empty()).unwrap_or_default();
    let sure = if found.len() == 1 { PEOPLE } else { PEOPLE / 2.0 };
    found.into_iter().map(|reading| (reading.thing, sure)).collect()
}

/// A club or team of sport.
fn is_club(thing: &Thing) -> bool {
    ["football club", "soccer club", "football team", "basketball team", "baseball team", "hockey team", "sports team"]
        .iter()
        .any(|w| thing.description.contains(w))
}

fn fits(entity: EntityKind, thing: ThingKind) -> bool {
    match entity {
        EntityKind::Organisation => matches!(
            thing,
            ThingKind::Organisation
                | ThingKind::ArmedGroup
                | ThingKind::Military
                | ThingKind::Media
                | ThingKind::Facility
        ),
        EntityKind::Event => thing == ThingKind::Event,
        EntityKind::Product => thing == ThingKind::Product,
        _ => matches!(thing, ThingKind::Event | ThingKind::Product | ThingKind::Media),
    }
}

/// "congress", "democrats": what any country may have.
fn is_common(name: &str) -> bool {
    noun::find(name).is_some() || noun::find(&noun::singular(name)).is_some()
}
