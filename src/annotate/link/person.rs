//! Persons: a full name is nearly enough; a surname needs the office, the country and the time to agree.

use super::Known;
use super::place::Around;
use crate::lexicon::gazetteer::{Status, Thing, ThingKind};
use crate::lexicon::noun;
use crate::text::*;

/// What an office is about: words of a role and words of a description of which some must be shared.
const MATTERS: &[(&[&str], &[&str])] = &[
    (&["foreign", "external"], &["foreign", "external"]),
    (&["defence", "defense", "war", "pentagon"], &["defence", "defense"]),
    (&["finance", "treasury", "exchequer", "budget"], &["finance", "treasury", "exchequer", "budget"]),
    (&["interior", "home", "internal", "homeland"], &["interior", "home", "internal", "homeland"]),
    (&["justice", "attorney", "prosecutor"], &["justice", "attorney", "prosecutor"]),
    (&["health"], &["health"]),
    (&["education"], &["education"]),
    (
        &["economy", "economic", "economics", "trade", "commerce", "business", "industry"],
        &["economy", "economic", "economics", "trade", "commerce", "business", "industry"],
    ),
    (&["energy", "oil", "petroleum"], &["energy", "oil", "petroleum"]),
    (&["environment", "climate"], &["environment", "climate"]),
    (&["transport", "transportation"], &["transport", "transportation"]),
    (&["agriculture", "farm"], &["agriculture"]),
    (&["labour", "labor", "employment", "work"], &["labour", "labor", "employment", "work"]),
    (&["culture"], &["culture"]),
    (&["prime"], &["prime"]),
    (&["vice"], &["vice"]),
    (&["state"], &["state"]),
];

/// Words for one and the same office.
const OFFICES: &[&[&str]] = &[
    &["president"],
    &["minister", "secretary", "premier", "chancellor", "taoiseach"],
    &["senator", "sen"],
    &["representative", "rep", "congressman", "congresswoman", "lawmaker"],
    &["king", "queen", "monarch", "emir", "sultan", "emperor", "prince", "princess"],
    &["governor", "gov"],
    &["mayor"],
    &["general", "gen", "commander", "chief"],
    &["ambassador", "envoy", "representative"],
    &["speaker"],
    &["leader", "head", "chief", "chairman", "chairwoman", "chair", "founder", "director"],
    &["pope", "pontiff"],
    &["justice", "judge"],
    &["attorney", "prosecutor"],
    &["spokesman", "spokeswoman", "spokesperson"],
    &["candidate", "nominee"],
    &["ruler", "dictator", "strongman", "president", "leader"],
    &["businessman", "businesswoman", "billionaire", "tycoon", "magnate", "chief", "executive", "ceo", "founder"],
    &["cleric", "imam", "ayatollah"],
    &["activist", "politician", "dissident"],
    &["economist"],
    &["journalist", "writer", "author", "novelist", "poet", "playwright", "columnist", "editor", "broadcaster"],
    &["physicist", "chemist", "scientist", "mathematician", "philosopher", "historian", "professor"],
    &[
        "singer",
        "songwriter",
        "musician",
        "rapper",
        "drummer",
        "guitarist",
        "star",
        "actor",
        "actress",
        "comedian",
        "comic",
        "presenter",
        "host",
        "celebrity",
        "model",
        "filmmaker",
        "screenwriter",
        "composer",
        "director",
        "producer",
        "personality",
    ],
    &[
        "player",
        "footballer",
        "striker",
        "midfielder",
        "defender",
        "goalkeeper",
        "captain",
        "coach",
        "manager",
        "athlete",
        "golfer",
        "boxer",
        "wrestler",
        "swimmer",
        "sprinter",
        "runner",
        "cyclist",
        "driver",
        "racer",
        "skater",
        "gymnast",
        "quarterback",
        "pitcher",
        "batsman",
        "cricketer",
        "champion",
        "medalist",
        "medallist",
        "guard",
        "forward",
        "center",
    ],
];

/// What those are called who play or lead a team.
const PLAYERS: &[&str] = &["player", "footballer", "coach", "manager"];

/// Readings of a person's names with their confidence.
pub fn candidates<'k>(
    doc: &Document,
    known: &'k Known,
    around: &Around,
    entity: &Entity,
    names: &[String],
) -> Vec<(Thing<'k>, f32)> {
    let Some(longest) = names.first() else { return Vec::new() };
    if father_and_son(known, names) {
        return Vec::new();
    }
    let full = longest.contains(' ');
    let roles: Vec<Vec<String>> = entity.roles.iter().map(|&r| words(doc.slice(r))).collect();
    // Without a day of publication, the last year that the text speaks of.
    let told = || doc.times.iter().filter_map(|t| t.latest).map(|d| d.year()).max();
    let year = doc.source.published.as_ref().map(|p| p.date.year()).or_else(told);
    let mut found: Vec<(Thing<'k>, f32)> = Vec::new();
    for (name, cost) in forms(names) {
        for reading in known.find(&name).into_iter().filter(|r| r.thing.kind == ThingKind::Person) {
            let thing = reading.thing;
            let core = thing.status.is_core();
            let mut score: f32 = if full {
                match (core, thing.prior) {
                    (true, _) => 0.86,
                    // Whom everybody knows by a full name: heads of state, those on stage and on the pitch.
                    (false, 760..) => 0.76,
                    (false, 600..) => 0.66,
                    (false, 500..) => 0.58,
                    (false, _) => 0.48,
                }
            } else {
                match (core, reading.rank, thing.prior) {
                    (true, 0 | 1, _) => 0.66,
                    (true, _, _) => 0.45,
                    (false, _, 700..) => 0.42,
                    (false, _, _) => 0.3,
                }
            };
            score -= cost;
            // A name of foreign form or of three parts has fewer namesakes.
            let rare = full
                && (name.split(' ').count() > 2
                    || name.split(' ').next().is_some_and(|g| noun::given_name(g).is_none()));
            if rare {
                score += 0.07;
            }
            if !thing.country.is_empty() {
                // Who bears no office is famous abroad too.
                let elsewhere = match (core, held_near(thing.description, 2000)) {
                    (true, _) => 0.14,
                    (false, Some(_)) => 0.25,
                    (false, None) => 0.0,
                };
                score += match around.has(thing.country) {
                    true => 0.06 + 0.08 * around.share(thing.country, &[]),
                    false if around.is_empty() => 0.0,
                    false => -elsewhere,
                };
            }
            let description = words(thing.description);
            match roles.iter().map(|r| agreement(r, &description)).max() {
                Some(Agreement::Same) => score += 0.22,
                Some(Agreement::Other) => score -= if full && core { 0.12 } else { 0.22 },
                // "Steve Martin, a plumber from Leeds": who is described by something else is a namesake, unless the news knows one alone.
                Some(Agreement::Unsaid) if !core => score -= 0.1,
                Some(Agreement::Unsaid) | None => {}
            }
            // In the report of a match, who plays.
            if !core && around.is_sport() && description.iter().any(|w| PLAYERS.contains(&w.as_str())) {
                score += 0.12;
            }
            if let Some(year) = year {
                match held_near(thing.description, year) {
                    // "George Bush" in 1988 is no president of 2001.
                    _ if first_year(thing.description).is_some_and(|first| year + LONG_BEFORE < first) => score -= 0.4,
                    Some(true) => score += 0.05,
                    Some(false) if !(full && core) => score -= 0.25,
                    _ => {}
                }
            }
            found.push((thing, score.clamp(0.01, 0.99)));
        }
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
    found.dedup_by_key(|c| c.0.id);
    // Two of one name and nothing between them: neither.
    if let [first, second, ..] = &mut found[..]
        && first.1 - second.1 < 0.06
        && first.0.status != Status::Missing
    {
        first.1 = first.1.min(0.6);
        second.1 = second.1.min(0.59);
    }
    found
}

/// What is behind the name of a son.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii"];

/// "Hector Ruiz Jr." and "Hector Ruiz" in one entity, where both are known: who of them is meant nobody can say.
fn father_and_son(known: &Known, names: &[String]) -> bool {
    let ids = |name: &str| -> Vec<u32> {
        known
            .find(name)
            .iter()
            .filter(|r| r.thing.kind == ThingKind::Person && r.rank < 2)
            .map(|r| r.thing.id)
            .collect()
    };
    names.iter().any(|son| {
        let Some((whole, suffix)) = son.rsplit_once(' ') else { return false };
        let (first, last) = (whole.split(' ').next(), whole.rsplit(' ').next());
        SUFFIXES.contains(&suffix)
            && names
                .iter()
                .filter(|n| n.contains(' ') && n.split(' ').next() == first && n.rsplit(' ').next() == last)
                .any(|father| {
                    let (one, other) = (ids(son), ids(father));
                    !one.is_empty() && !other.is_empty() && other.iter().all(|id| !one.contains(id))
                })
    })
}

/// The names to look for, best first, with what is taken off: the longest, and without its middle parts. A surname is looked
/// for only where no full name is given: who is called by another full name is somebody else.
fn forms(names: &[String]) -> Vec<(String, f32)> {
    let mut forms = vec![(names[0].clone(), 0.0)];
    for name in names {
        let parts: Vec<&str> = name.split(' ').filter(|w| !SUFFIXES.contains(w)).collect();
        if !name.contains(' ') && names[0].contains(' ') || parts.is_empty() {
            continue;
        }
        forms.push((name.clone(), 0.0));
        forms.push((parts.join(" "), 0.0));
        if parts.len() > 2 {
            let initials: Vec<&str> = parts.iter().copied().filter(|p| p.len() > 1).collect();
            forms.push((initials.join(" "), 0.02));
            forms.push((format!("{} {}", parts[0], parts[parts.len() - 1]), 0.1));
        }
    }
    let mut seen: Vec<String> = Vec::new();
    forms.retain(|(name, _)| {
        let new = !seen.contains(name);
        seen.push(name.clone());
        new && !name.is_empty()
    });
    forms
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// How an office in the text and the offices in a description stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    /// Another office.
    Other,
    /// No office is said.
    Unsaid,
    /// One office.
    Same,
}

/// "Defence Minister" and "Minister of Defence 2012..2024".
fn agreement(role: &[String], description: &[String]) -> Agreement {
    let has = |list: &[&str], words: &[String]| words.iter().any(|w| list.contains(&w.as_str()));
    let mut said = false;
    for office in OFFICES.iter().filter(|o| has(o, role)) {
        said = true;
        if !has(office, description) {
            continue;
        }
        let matters: Vec<_> = MATTERS.iter().filter(|(own, _)| has(own, role)).collect();
        if matters.is_empty() || matters.iter().any(|(_, theirs)| has(theirs, description)) {
            return Agreement::Same;
        }
    }
    if said { Agreement::Other } else { Agreement::Unsaid }
}

/// So many years before the first office of a description nobody was in the news for it: a namesake.
const LONG_BEFORE: i16 = 10;

/// The first year that a description tells.
fn first_year(description: &str) -> Option<i16> {
    description.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4).filter_map(|w| w.parse().ok()).min()
}

/// True when a year lies in one of the spans of years of a description, five more after each and two before; without spans
/// nothing is said.
fn held_near(description: &str, year: i16) -> Option<bool> {
    let mut any = false;
    for span in description.split([';', ',']) {
        let years: Vec<i16> =
            span.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4).filter_map(|w| w.parse().ok()).collect();
        let (Some(&first), Some(&last)) = (years.iter().min(), years.iter().max()) else { continue };
        any = true;
        let open = span.trim_end().ends_with("..");
        if first - 2 <= year && (open || year <= last + 5) {
            return Some(true);
        }
    }
    any.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_agree_by_rank_and_matter() {
        for (role, description, expected) in [
            ("Defence Minister", "Minister of Defence 2012..2024", Agreement::Same),
            ("Foreign Minister", "Prime Minister 2010..2012", Agreement::Other),
            ("Russia's president", "President of Russia 2000..2008, 2012..", Agreement::Same),
            ("Secretary of State", "US Secretary of State 2009..2013", Agreement::Same),
            ("a plumber from Leeds", "President of Russia 2000..", Agreement::Unsaid),
            ("goalkeeper and coach", "President of Russia 2000..", Agreement::Other),
        ] {
            assert_eq!(agreement(&words(role), &words(description)), expected, "{role}");
        }
    }

    #[test]
    fn years_of_office() {
        assert_eq!(held_near("President 2000..2008, 2012..", 2010), Some(true));
        assert_eq!(held_near("President 1990..1994; Senator 1980..1985", 2005), Some(false));
        assert_eq!(held_near("businessman", 2005), None);
        assert_eq!(held_near("Minister 2012..", 2025), Some(true));
    }
}
