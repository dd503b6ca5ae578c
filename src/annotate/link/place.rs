//! Places: countries, subdivisions, cities. The article's countries and the words beside a name choose among namesakes.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::Known;
use crate::lexicon::gazetteer::{SHIPPED, Thing, ThingKind, key};
use crate::lexicon::{country, noun, wordnet};
use crate::text::*;

/// The countries that an article speaks of, with the names that say so and how often.
#[derive(Debug, Default)]
pub struct Around {
    votes: Vec<(String, &'static str, u32)>,
    /// States and provinces named: country and code or look-up name.
    states: Vec<(&'static str, String)>,
    /// The article reports of a match.
    sport: bool,
}

/// Words of reports on matches; an article with three of them is one.
const SPORT: &[&str] = &[
    "goal",
    "match",
    "striker",
    "midfielder",
    "defender",
    "goalkeeper",
    "coach",
    "league",
    "quarterback",
    "touchdown",
    "playoff",
    "inning",
    "innings",
    "halftime",
    "equaliser",
    "equalizer",
    "referee",
    "penalty",
    "champion",
    "tournament",
    "squad",
    "kickoff",
    "fixture",
    "stoppage",
];

impl Around {
    /// Counts countries named, also by adjective, people, capital, or one of their states.
    pub fn read(doc: &Document) -> Around {
        let mut around = Around::default();
        let mut places: FxHashMap<(String, &str), usize> = FxHashMap::default();
        for mention in doc.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            let name = key(doc.slice(mention.span));
            let state = state(&name);
            let country = country::of(&name).or_else(|| country::capital(&name)).or_else(|| {
                let best = SHIPPED.find(&name).next()?;
                let sure = best.rank <= 1 && best.thing.status.is_core() && !best.thing.country.is_empty();
                sure.then_some(best.thing.country)
            });
            if let Some((country, code)) = &state
                && !around.states.iter().any(|(c, s)| c == country && s == code)
            {
                around.states.push((country, code.clone()));
            }
            if let Some(country) = country.or(state.map(|(country, _)| country)) {
                match places.entry((name, country)) {
                    Entry::Occupied(place) => around.votes[*place.get()].2 += 1,
                    Entry::Vacant(place) => {
                        around.votes.push((place.key().0.clone(), country, 1));
                        place.insert(around.votes.len() - 1);
                    }
                }
            }
        }
        let said =
            SPORT.iter().filter(|w| doc.tokens.iter().any(|t| t.lower.strip_suffix('s').unwrap_or(&t.lower) == **w));
        around.sport = said.count() >= 3;
        // A paper writes of its own country first.
        if let Some(country) = publisher(&doc.source) {
            around.votes.push((PUBLISHER.into(), country, 2));
        }
        around
    }

    /// True for a report of a match.
    pub fn is_sport(&self) -> bool {
        self.sport
    }

    /// True when the article names the country.
    pub fn has(&self, iso: &str) -> bool {
        self.has_beside(iso, &[])
    }

    /// True when the article names the country by other names than these: "London" says nothing of itself.
    fn has_beside(&self, iso: &str, own: &[String]) -> bool {
        self.votes.iter().any(|(name, country, _)| *country == iso && !own.contains(name))
    }

    /// True when it names no country at all.
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty()
    }

    /// True when no other name than these says a country.
    fn is_empty_beside(&self, own: &[String]) -> bool {
        self.votes.iter().all(|(name, _, _)| own.contains(name))
    }

    /// Share of the country among all countries named by other names than these, 0 to 1.
    pub fn share(&self, iso: &str, own: &[String]) -> f32 {
        let others = || self.votes.iter().filter(|(name, _, _)| !own.contains(name));
        let of_it: u32 = others().filter(|(_, country, _)| *country == iso).map(|(_, _, n)| n).sum();
        of_it as f32 / others().map(|(_, _, n)| *n).sum::<u32>().max(1) as f32
    }

    /// True when a state that holds the city is named.
    fn has_state_of(&self, city: Thing) -> bool {
        self.states.iter().any(|(country, code)| *country == city.country && *code == city.description)
    }
}

/// Stands for the publisher among the names that vote for a country; no name has it for its look-up form.
const PUBLISHER: &str = "=publisher";

/// Endings of web addresses that are sold to anybody.
const SOLD: &[&str] = &["ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "to", "tv", "ws", "eu"];

/// The country of the paper: by its name, by a word of its name, by the end of its address.
fn publisher(source: &Source) -> Option<&'static str> {
    let named = source.publisher.as_deref().and_then(|name| {
        let known = SHIPPED.find(&key(name)).map(|r| r.thing).find(|t| t.kind == ThingKind::Media);
        let known = known.map(|t| t.country).filter(|c| !c.is_empty());
        known.or_else(|| name.split_whitespace().find_map(|w| country::of(w).or_else(|| country::capital(w))))
    });
    named.or_else(|| {
        let address = source.url.as_deref()?;
        let host = address.split("://").nth(1)?.split(['/', ':', '?']).next()?;
        let end = host.rsplit('.').next().filter(|e| e.len() == 2 && !SOLD.contains(e))?.to_ascii_uppercase();
        country::iso(if end == "UK" { "GB" } else { &end })
    })
}

/// A state of the United States or of another federation whose states stand beside their towns: country, and the code that
/// its cities have.
fn state(name: &str) -> Option<(&'static str, String)> {
    let long = STATES.iter().find(|(short, _)| short == &name).map_or(name, |(_, long)| long);
    if let Some(code) = code(long) {
        return Some(("US", code.to_owned()));
    }
    let best = SHIPPED.find(long).max_by_key(|r| r.thing.prior)?.thing;
    (best.kind == ThingKind::Admin1 && matches!(best.country, "CA" | "AU")).then(|| (best.country, long.to_owned()))
}

/// A town below this is not known abroad: a quarter of a million people.
const FAR: u16 = 540;

/// What stands beside a place's name: "province" after it, the country or state after a comma.
#[derive(Debug, Default)]
struct Beside {
    admin: bool,
    /// Mentions that read as a state ("Buffalo, New York", "the governor of Washington"), and all of them.
    state: (u32, u32),
    city: bool,
    /// Countries named right after a comma: "Sydney, Australia".
    country: Option<&'static str>,
    /// Look-up form of what follows a comma.
    after_comma: Vec<String>,
    /// Where the towns lie that it lies beside: "Kingston, south of Brisbane".
    neighbours: Vec<(i32, i32)>,
}

fn beside(doc: &Document, entity: &Entity) -> Beside {
    let mut beside = Beside::default();
    // A mention stands in one sentence.
    let near = |token: usize| {
        let sentence = doc.sentences.at(doc.sentence_of(Id::new(token))).map_or(Span::default(), |s| s.span);
        doc.mentions.within(sentence).map(|id| &doc.mentions[id])
    };
    for &mention in &entity.mentions {
        let row = &doc.mentions[mention];
        if row.kind != MentionKind::Name {
            continue;
        }
        let word = |i: usize| doc.tokens.at(Id::new(i)).map_or("", |t| t.lower.as_str());
        let (first, next) = (row.tokens.start.index(), row.tokens.end.index());
        beside.state.1 += 1;
        if as_state(doc, row) {
            beside.state.0 += 1;
        }
        beside.admin |= matches!(
            word(next),
            "province"
                | "provinces"
                | "governorate"
                | "state"
                | "region"
                | "county"
                | "oblast"
                | "district"
                | "prefecture"
        );
        // "the Raqqa and Idlib provinces"
        let mut at = next;
        while at < next + 7
            && (matches!(word(at), "," | "and")
                || near(at).any(|m| {
                    m.tokens.contains(&Id::new(at)) && m.class == Some(NameClass::Place) && m.kind == MentionKind::Name
                }))
        {
            at += 1;
        }
        beside.admin |=
            at > next && matches!(word(at), "provinces" | "governorates" | "states" | "regions" | "counties");
        let mut back = first;
        while back > 0
            && first - back < 7
            && (matches!(word(back - 1), "," | "and")
                || near(back - 1).any(|m| {
                    m.tokens.contains(&Id::new(back - 1))
                        && m.class == Some(NameClass::Place)
                        && m.kind == MentionKind::Name
                }))
        {
            back -= 1;
        }
        beside.admin |= back > 1
            && word(back - 1) == "of"
            && matches!(word(back - 2), "provinces" | "governorates" | "states" | "regions" | "counties");
        let two_before = (first.checked_sub(2).map_or("", word), first.checked_sub(1).map_or("", word));
        beside.admin |= matches!(
            two_before,
            ("province" | "provinces" | "state" | "region" | "governorate" | "governorates", "of")
        );
        beside.city |= matches!(two_before, ("city" | "town" | "village" | "port" | "capital", "of"));
        beside.city |= matches!(two_before.1, "city" | "town" | "village");
        // "PARIS, Mo.": newspapers' short forms are seldom found as names.
        let short = word(next + 1).trim_end_matches('.');
        if word(next) == ","
            && STATES.iter().any(|(s, _)| *s == short)
            && doc.tokens.at(Id::new(next + 1)).is_some_and(|t| doc.slice(t.span).starts_with(char::is_uppercase))
        {
            beside.after_comma.push(short.to_owned());
        }
        // "Kingston, 20 miles south of Brisbane", "Linde near Ghent": a town that everybody knows beside one that nobody does.
        let from = next + usize::from(word(next) == ",");
        let away = (from..from + 5)
            .find(|&i| matches!(word(i), "near" | "outside") || word(i) == "of" && SIDES.contains(&word(i - 1)));
        if let Some(at) = away.filter(|&at| (from..at).all(|i| !matches!(word(i), "." | "," | ";")))
            && let Some(other) = near(at + 1).find(|m| m.kind == MentionKind::Name && m.tokens.start.index() == at + 1)
        {
            let known =
                SHIPPED.find(&key(doc.slice(other.span))).map(|r| r.thing).filter(|t| t.kind == ThingKind::City);
            beside.neighbours.extend(known.max_by_key(|t| (t.prior, std::cmp::Reverse(t.id))).and_then(|t| t.point));
        }
        if word(next) == ","
            && let Some(after) =
                near(next + 1).find(|m| m.kind == MentionKind::Name && m.tokens.start.index() == next + 1)
        {
            let name = key(doc.slice(after.span));
            beside.country = beside.country.or(country::of(&name));
            beside.after_comma.push(name);
        }
    }
    beside
}

/// Words before "of" that say where a place lies.
const SIDES: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "north-east",
    "north-west",
    "south-east",
    "south-west",
    "outside",
    "suburb",
    "kilometres",
    "kilometers",
    "miles",
];

/// A degree and a half, in hundred-thousandths: about a hundred miles.
const NEAR: i32 = 150_000;

/// Offices and bodies that states have and cities have not.
const OF_STATES: &[&str] = &[
    "governor",
    "governors",
    "gov",
    "legislature",
    "senator",
    "senators",
    "senate",
    "statehouse",
    "attorney",
    "lawmaker",
    "lawmakers",
    "assembly",
    "democrat",
    "republican",
    "delegation",
    "voters",
    "supreme",
    "congressman",
    "congresswoman",
];

/// What stands before the name of a state but not of a city.
const BEFORE_STATES: &[&str] = &["upstate", "rural", "southeastern", "northeastern", "southwestern", "northwestern"];

/// "Buffalo, **New York**", "the governor of **Washington**", "**New York**'s legislature".
fn as_state(doc: &Document, row: &Mention) -> bool {
    let word = |i: usize| doc.tokens.at(Id::new(i)).map_or("", |t| t.lower.as_str());
    let (first, next) = (row.tokens.start.index(), row.tokens.end.index());
    let before = |n: usize| first.checked_sub(n).map_or("", word);
    let after = if matches!(word(next), "'s" | "’s" | "'" | "’") { next + 1 } else { next };
    let town = before(1) == ","
        && first >= 2
        && doc.tokens.at(Id::new(first - 2)).is_some_and(|t| doc.slice(t.span).starts_with(char::is_uppercase))
        && {
            // The word before the comma ends the name of a town of that state, not of another state or country.
            let name = (1..=3).filter_map(|n| (first - 1).checked_sub(n)).find_map(|from| {
                let span = doc.span_of(Id::new(from)..Id::new(first - 1));
                let name = key(doc.slice(span));
                let mut readings = SHIPPED.find(&name).peekable();
                readings.peek()?;
                let town = SHIPPED.find(&name).any(|r| r.thing.kind == ThingKind::City)
                    && SHIPPED.find(&name).all(|r| !matches!(r.thing.kind, ThingKind::Country | ThingKind::Admin1));
                Some(town)
            });
            name == Some(true)
        };
    town || OF_STATES.contains(&word(after))
        || before(1) == "of" && OF_STATES.contains(&before(2))
        || BEFORE_STATES.contains(&before(1))
        || matches!(word(after), "state" | "province")
}

/// A place that was labelled as a body or a person: a country, or a city of a country of the article that can be nothing else.
pub fn mislabelled<'k>(
    doc: &Document,
    known: &'k Known,
    around: &Around,
    entity: &Entity,
    names: &[String],
) -> Option<Vec<(Thing<'k>, f32)>> {
    let [name] = names else { return None };
    // "The defeat to Lyon": in a match towns are clubs.
    if entity.kind == EntityKind::Organisation && around.sport {
        return None;
    }
    let person = entity.kind == EntityKind::Person;
    let found = candidates(doc, known, around, entity, names);
    let (best, confidence) = *found.first()?;
    // "AUSTIN, Texas" is no Austin.
    let beside = beside(doc, entity);
    let told = beside.country == Some(best.country) || best.kind == ThingKind::City && in_state(&beside, best);
    if person && !told && (!entity.roles.is_empty() || noun::given_name(name).is_some()) {
        return None;
    }
    let sure = match best.kind {
        ThingKind::City if told => true,
        ThingKind::Country | ThingKind::Region => true,
        ThingKind::City | ThingKind::Admin1 | ThingKind::Place => {
            best.prior >= 540 && around.has_beside(best.country, names)
        }
        _ => false,
    };
    (sure && confidence >= 0.85).then(|| found.into_iter().map(|(t, c)| (t, 0.9 * c)).collect())
}

/// Readings of a place's names with their confidence.
pub fn candidates<'k>(
    doc: &Document,
    known: &'k Known,
    around: &Around,
    entity: &Entity,
    names: &[String],
) -> Vec<(Thing<'k>, f32)> {
    let beside = beside(doc, entity);
    let mut scored: Vec<(Thing<'k>, f32)> = Vec::new();
    for name in names {
        let mut readings = known.find(name);
        // "Ark.", "N.J." as papers shorten them; "the Republic of Niger", "Niger Republic".
        if readings.is_empty() || STATES.iter().any(|(short, _)| short == name) {
            if let Some(other) = other_form(doc, entity, name) {
                readings = known.find(&other);
            }
        }
        if beside.admin {
            readings.extend(known.find(&format!("{name} province")));
            readings.extend(known.find(&format!("{name} governorate")));
        }
        for reading in readings {
            let thing = reading.thing;
            let fits = matches!(
                thing.kind,
                ThingKind::Country
                    | ThingKind::Region
                    | ThingKind::Admin1
                    | ThingKind::Admin2
                    | ThingKind::City
                    | ThingKind::Facility
                    | ThingKind::Place
            );
            if !fits {
                continue;
            }
            // Points on the scale of the prior: 100 is a factor of ten in population.
            let mut points = f32::from(thing.prior) - 60.0 * f32::from(reading.rank);
            points += 250.0 * around.share(thing.country, names).min(0.6);
            if around.has_beside(thing.country, names) {
                points += 60.0;
            }
            // "London, Ky." makes the other towns of the article Kentucky's too.
            let settled = matches!(thing.kind, ThingKind::City | ThingKind::Admin2);
            if settled && around.has_state_of(thing) {
                points += 100.0;
            }
            if let Some(country) = beside.country {
                points += if thing.country == country { 300.0 } else { -100.0 };
            }
            if settled && in_state(&beside, thing) {
                points += 250.0;
            }
            if let Some((north, east)) = thing.point.filter(|_| !beside.neighbours.is_empty()) {
                let close = |&(n, e): &(i32, i32)| n.abs_diff(north) < NEAR as u32 && e.abs_diff(east) < NEAR as u32;
                points += if beside.neighbours.iter().any(close) { 350.0 } else { -100.0 };
            }
            match thing.kind {
                ThingKind::Admin1 if beside.admin => points += 250.0,
                ThingKind::Place if beside.admin && thing.description == "governorate" => points += 200.0,
                ThingKind::Admin1 if 2 * beside.state.0 >= beside.state.1 && beside.state.0 > 0 => points += 250.0,
                ThingKind::Admin1 => points -= 100.0,
                ThingKind::City if beside.city => points += 100.0,
                ThingKind::City if beside.admin => points -= 50.0,
                _ => {}
            }
            scored.push((thing, points));
        }
        if !scored.is_empty() {
            break;
        }
    }
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
    // "Jiangsu" and "Jiangsu province" are one thing, not two of equal right.
    let mut seen: Vec<u32> = Vec::new();
    scored.retain(|(thing, _)| {
        let new = !seen.contains(&thing.id);
        seen.push(thing.id);
        new
    });
    let best = scored.first().map_or(0.0, |s| s.1);
    let second = scored.get(1).map_or(f32::NEG_INFINITY, |s| s.1);
    scored
        .into_iter()
        .enumerate()
        .map(|(i, (thing, points))| {
            // A margin of a hundred points is a factor of ten: as good as sure.
            let margin = if i == 0 { points - second } else { points - best };
            let mut confidence = 1.0 / (1.0 + (-(margin + 40.0) / 60.0).exp());
            if thing.kind == ThingKind::City && points < 480.0 {
                confidence *= 0.8;
            }
            // "London, Ky." is none of the Londons that lie elsewhere.
            if thing.kind == ThingKind::City
                && beside.after_comma.iter().any(|name| state(name).is_some())
                && !in_state(&beside, thing)
            {
                confidence *= 0.3;
            }
            // "South", "Victoria", "University": words and given names are places only where the article is about their country.
            let common = names.iter().any(|n| {
                n.split(' ').all(|w| wordnet::is_noun(w) || COMMON.contains(&w)) && n.contains(' ')
                    || noun::find(n).is_some()
                    || noun::given_name(n).is_some()
                    || n.len() < 4
                    || COMMON.contains(&n.as_str())
            });
            if common && thing.kind != ThingKind::Country && !around.has(thing.country) {
                confidence *= 0.7;
            }
            // "The Bush, a theatre": a small town abroad whose country nobody names is seldom meant.
            if thing.kind == ThingKind::City
                && thing.prior < FAR
                && !around.is_empty_beside(names)
                && !around.has_beside(thing.country, names)
                && beside.after_comma.is_empty()
                && beside.neighbours.is_empty()
                && !beside.city
            {
                confidence *= 0.7;
            }
            // "Jordan said": who has an office or speaks under a given name is somebody, not a town.
            if matches!(thing.kind, ThingKind::City | ThingKind::Admin1 | ThingKind::Admin2)
                && is_somebody(doc, entity, names)
            {
                confidence *= 0.5;
            }
            (thing, confidence.clamp(0.01, 0.98))
        })
        .collect()
}

/// Words for a part of a country or a settlement, before "of" and its name.
const PART: &[&str] =
    &["province", "state", "region", "city", "town", "village", "district", "county", "governorate", "island", "port"];

/// Another form of a place's name: a state's, where it is shortened and written so; a country's without its form of state.
fn other_form(doc: &Document, entity: &Entity, name: &str) -> Option<String> {
    if let Some((_, long)) = STATES.iter().find(|(short, _)| *short == name) {
        let written = entity.mentions.iter().any(|&m| doc.slice(doc.mentions[m].span).contains('.'));
        return written.then(|| (*long).to_owned());
    }
    // "the western province of Gansu"
    if let Some((before, rest)) = name.split_once(" of ")
        && before.split(' ').all(|w| PART.contains(&w) || BEFORE_STATES.contains(&w) || COMMON.contains(&w))
        && before.split(' ').next_back().is_some_and(|w| PART.contains(&w))
    {
        return Some(rest.to_owned());
    }
    let bare = name.strip_prefix("republic of ").or_else(|| name.strip_prefix("kingdom of "));
    let bare = bare.or_else(|| name.strip_suffix(" republic")).map(|n| n.strip_prefix("the ").unwrap_or(n))?;
    country::of(bare).map(|_| bare.to_owned())
}

/// True for a name labelled a place that bears an office, or is a given name and speaks.
fn is_somebody(doc: &Document, entity: &Entity, names: &[String]) -> bool {
    let titled = entity.mentions.iter().any(|&m| doc.mentions[m].title.is_some());
    let given = names.iter().any(|n| noun::given_name(n).is_some());
    let speaks = || {
        entity.mentions.iter().any(|&m| {
            let head = doc.mentions[m].head;
            doc.relation(head) == Relation::Nsubj
                && doc.head(head).is_some_and(|verb| {
                    matches!(doc.lemma(verb), "say" | "tell" | "add" | "recall" | "ask" | "explain")
                })
        })
    };
    titled || given && speaks()
}

/// "Springfield, Illinois": the state after the comma holds the city.
fn in_state(beside: &Beside, city: Thing) -> bool {
    beside.after_comma.iter().any(|name| {
        let name = STATES.iter().find(|(short, _)| short == name).map_or(name.as_str(), |(_, long)| long);
        SHIPPED.find(name).any(|r| {
            r.thing.kind == ThingKind::Admin1
                && r.thing.country == city.country
                && (city.country != "US" || code(name).is_some_and(|c| c == city.description))
        })
    })
}

/// Postal code of a state of the United States.
fn code(name: &str) -> Option<&'static str> {
    CODES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
}

/// Names of places that are words first.
const COMMON: &[&str] = &[
    "south",
    "north",
    "east",
    "west",
    "university",
    "central",
    "god",
    "union",
    "republic",
    "park",
    "liberty",
    "independence",
    "hope",
    "normal",
    "eastern",
    "western",
    "capital",
    "best",
    "most",
    "many",
    "same",
    "van",
    "sur",
    "centre",
    "center",
    "church",
    "street",
    "bar",
    "date",
    "ham",
    "man",
    "of",
    "nice",
    "reading",
    "mobile",
    "bath",
    "split",
];

/// Newspapers' short forms of states, in look-up form.
const STATES: &[(&str, &str)] = &[
    ("ala", "alabama"),
    ("ariz", "arizona"),
    ("ark", "arkansas"),
    ("calif", "california"),
    ("colo", "colorado"),
    ("conn", "connecticut"),
    ("del", "delaware"),
    ("fla", "florida"),
    ("ga", "georgia"),
    ("ill", "illinois"),
    ("ind", "indiana"),
    ("kan", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("md", "maryland"),
    ("mass", "massachusetts"),
    ("mich", "michigan"),
    ("minn", "minnesota"),
    ("miss", "mississippi"),
    ("mo", "missouri"),
    ("mont", "montana"),
    ("neb", "nebraska"),
    ("nev", "nevada"),
    ("nh", "new hampshire"),
    ("nj", "new jersey"),
    ("nm", "new mexico"),
    ("ny", "new york"),
    ("nc", "north carolina"),
    ("nd", "north dakota"),
    ("okla", "oklahoma"),
    ("ore", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhode island"),
    ("sc", "south carolina"),
    ("sd", "south dakota"),
    ("tenn", "tennessee"),
    ("tx", "texas"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wash", "washington"),
    ("wva", "west virginia"),
    ("wis", "wisconsin"),
    ("wyo", "wyoming"),
    ("dc", "district of columbia"),
    ("on", "ontario"),
    ("ont", "ontario"),
    ("bc", "british columbia"),
    ("nsw", "new south wales"),
];

const CODES: &[(&str, &str)] = &[
    ("alabama", "AL"),
    ("alaska", "AK"),
    ("arizona", "AZ"),
    ("arkansas", "AR"),
    ("california", "CA"),
    ("colorado", "CO"),
    ("connecticut", "CT"),
    ("delaware", "DE"),
    ("district of columbia", "DC"),
    ("florida", "FL"),
    ("georgia", "GA"),
    ("hawaii", "HI"),
    ("idaho", "ID"),
    ("illinois", "IL"),
    ("indiana", "IN"),
    ("iowa", "IA"),
    ("kansas", "KS"),
    ("kentucky", "KY"),
    ("louisiana", "LA"),
    ("maine", "ME"),
    ("maryland", "MD"),
    ("massachusetts", "MA"),
    ("michigan", "MI"),
    ("minnesota", "MN"),
    ("mississippi", "MS"),
    ("missouri", "MO"),
    ("montana", "MT"),
    ("nebraska", "NE"),
    ("nevada", "NV"),
    ("new hampshire", "NH"),
    ("new jersey", "NJ"),
    ("new mexico", "NM"),
    ("new york", "NY"),
    ("north carolina", "NC"),
    ("north dakota", "ND"),
    ("ohio", "OH"),
    ("oklahoma", "OK"),
    ("oregon", "OR"),
    ("pennsylvania", "PA"),
    ("rhode island", "RI"),
    ("south carolina", "SC"),
    ("south dakota", "SD"),
    ("tennessee", "TN"),
    ("texas", "TX"),
    ("utah", "UT"),
    ("vermont", "VT"),
    ("virginia", "VA"),
    ("washington", "WA"),
    ("west virginia", "WV"),
    ("wisconsin", "WI"),
    ("wyoming", "WY"),
];
