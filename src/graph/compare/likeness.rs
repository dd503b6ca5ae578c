//! What two figures have in common: features of a pair, each with its name in the table of weights.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::figure::{Figure, Story};
use super::incident::days_between;
use crate::annotate::syntax::Model;
use crate::lexicon::agreement::{self, Agreement};
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::wordnet::{self, Kinship};
use crate::lexicon::{country, measure};
use crate::text::{Aspect, QuantityRelation as Relation, ScopeKind};

/// A feature: one name, or two of which both hold.
pub type Feature = (&'static str, &'static str);

/// Kinships of words that were looked up.
#[derive(Debug, Default)]
pub struct Kin {
    nouns: BTreeMap<(SmolStr, SmolStr), Kinship>,
    tells: BTreeMap<(SmolStr, SmolStr), bool>,
    used: BTreeMap<(SmolStr, SmolStr), i32>,
    namesakes: BTreeMap<(usize, usize), bool>,
}

impl Kin {
    /// How two nouns stand to each other.
    fn nouns(&mut self, a: &SmolStr, b: &SmolStr) -> Kinship {
        if a == b {
            return Kinship::Same;
        }
        *self.nouns.entry((a.clone(), b.clone())).or_insert_with(|| wordnet::nouns(a, b))
    }

    /// How alike two words are used, in hundredths; 0 where one is not known.
    fn used(&mut self, a: &SmolStr, b: &SmolStr) -> i32 {
        if a == b {
            return 100;
        }
        let key = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
        *self.used.entry(key).or_insert_with(|| Model::english().likeness(a, b).unwrap_or(0))
    }

    /// Whether two words tell of one thing that is done or undergone.
    fn tells(&mut self, a: &SmolStr, b: &SmolStr) -> bool {
        if a == b {
            return true;
        }
        let alike = || {
            let near = |k: Kinship| matches!(k, Kinship::Same | Kinship::Narrower(1 | 2) | Kinship::Broader(1 | 2));
            let root = |w: &SmolStr| wordnet::verb_of(w).map_or_else(|| w.clone(), SmolStr::new);
            near(wordnet::verbs(a, b)) || near(wordnet::nouns(a, b)) || near(wordnet::verbs(&root(a), &root(b)))
        };
        *self.tells.entry((a.clone(), b.clone())).or_insert_with(alike)
    }
}

/// True for a noun that names people.
pub fn is_people(noun: &str) -> bool {
    let listed = noun::find_compound(noun).map(|n| n.class);
    matches!(listed, Some(NounClass::Person | NounClass::People | NounClass::Office))
        || matches!(noun, "family" | "life" | "troop" | "staff")
        || listed.is_none() && wordnet::is_person(noun)
}

/// A noun for people in general.
fn is_anybody(noun: &str) -> bool {
    matches!(
        noun,
        "people"
            | "person"
            | "man"
            | "other"
            | "individual"
            | "life"
            | "soul"
            | "victim"
            | "dead"
            | "body"
            | "casualty"
            | "death"
    )
}

/// The dimension of the unit.
pub fn unit_kind(figure: &Figure) -> &'static str {
    let unit = figure.number.unit.as_str();
    match unit {
        "item" | "person" => "count",
        "percent" | "fraction" => "share",
        _ => measure::by_code(unit).map_or("other", |m| m.dimension.trim_end_matches('~')),
    }
}

/// How the numbers stand to each other; `None` where their units do not.
pub fn agreement(a: &Figure, b: &Figure) -> Option<Agreement> {
    agreement::compare(&a.number, &b.number, false).ok()
}

/// Names of two words and more in an article, as far as its figures and its headline tell them.
#[derive(Debug, Default)]
pub struct Told {
    names: BTreeSet<Vec<String>>,
}

impl Told {
    /// For each story what it tells.
    pub fn all(figures: &[Figure], stories: &[Story]) -> Vec<Told> {
        let mut told: Vec<Told> = stories.iter().map(Told::of_story).collect();
        for figure in figures {
            let told = &mut told[figure.story];
            for text in [&*figure.owner, &*figure.agent, figure.speaker.as_str()] {
                told.names.extend(full_names(text));
            }
        }
        told
    }

    fn of_story(story: &Story) -> Told {
        let capitals = story.title.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count();
        let is_title_case = capitals * 2 > story.title.split_whitespace().count();
        let names = if is_title_case { Vec::new() } else { full_names(&story.title) };
        Told { names: names.into_iter().collect() }
    }

    /// Whether this names something that shares its first name with something else that the other names, and neither
    /// knows the other's: "Marden Airways" here, "Marden Steel" there.
    pub fn has_namesake(&self, other: &Told) -> bool {
        let knows = |names: &BTreeSet<Vec<String>>, name: &[String]| {
            names.iter().any(|n| n.iter().all(|w| name.contains(w)) || name.iter().all(|w| n.contains(w)))
        };
        self.names.iter().any(|mine| {
            let is_one = |theirs: &&Vec<String>| theirs[0] == mine[0] && !knows(&self.names, theirs);
            !knows(&other.names, mine) && other.names.iter().any(|theirs| is_one(&theirs))
        })
    }
}

/// Names of two words and more whose second is a common noun, in lower case: "Marden Airways", and neither "Ann Marden" nor
/// "United Nations".
fn full_names(text: &str) -> Vec<Vec<String>> {
    const PLAIN: &[&str] = &[
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "new",
        "old",
        "united",
        "national",
        "royal",
        "great",
        "first",
        "international",
        "world",
        "federal",
        "state",
        "general",
        "supreme",
        "high",
        "prime",
        "foreign",
        "public",
        "the",
        "a",
        "social",
        "european",
        "african",
        "asian",
    ];
    let mut found = Vec::new();
    let mut name: Vec<String> = Vec::new();
    for word in text.split(' ').chain([""]) {
        let bare = word.trim_end_matches("'s").trim_end_matches("’s").trim_matches(|c: char| !c.is_alphanumeric());
        if bare.starts_with(char::is_uppercase) {
            name.push(bare.to_lowercase());
        }
        if !bare.starts_with(char::is_uppercase) || bare != word {
            let is_plain = |w: &str| PLAIN.contains(&w) || country::of(w).is_some() || country::adjective(w).is_some();
            if name.len() >= 2 && !is_plain(&name[0]) && wordnet::is_noun(&name[1]) {
                found.push(std::mem::take(&mut name));
            }
            name.clear();
        }
    }
    found
}

/// The features of a pair whose articles are so much alike and tell this.
pub fn features(
    a: &Figure,
    b: &Figure,
    stories: &[Story],
    told: &[Told],
    likeness: u32,
    kin: &mut Kin,
) -> Vec<Feature> {
    let mut out: Vec<Feature> = vec![("base", "")];
    let unit = match unit_kind(a) {
        "count" => "unit count",
        "share" => "unit share",
        "money" => "unit money",
        _ => "unit measure",
    };
    out.push((unit, ""));
    // What is measured.
    let shared = a.telling.iter().any(|t| b.telling.contains(t));
    let alike = shared || a.telling.iter().any(|t| b.telling.iter().any(|u| kin.tells(t, u)));
    let measure = match (a.is_class, b.is_class) {
        _ if a.measure.is_empty() && b.measure.is_empty() => "measure unknown",
        _ if a.measure.is_empty() || b.measure.is_empty() => "measure known to one",
        (true, true) if a.measure == b.measure => "measure same class",
        (true, true) if is_close(&a.measure, &b.measure) => "measure close class",
        (true, true) => "measure other class",
        (false, false) if a.measure == b.measure => "measure same word",
        (false, false) if alike => "measure alike",
        (false, false) => "measure other word",
        _ if alike => "measure class and word alike",
        _ => "measure class and word",
    };
    out.push((measure, unit));
    out.push((measure, ""));
    out.push((
        if shared {
            "tell shared"
        } else if alike {
            "tell alike"
        } else {
            "tell apart"
        },
        "",
    ));
    // What is counted.
    let thing = thing(a, b, kin);
    out.push((thing, unit));
    out.push((thing, measure));
    // "Eighteen percent of teachers", "the teachers' strike": what one counts is what the other tells of.
    let tells = |f: &Figure, g: &Figure| {
        let is_told = |word: &SmolStr| g.telling.contains(word) || g.terms.contains(word);
        !f.thing.is_empty() && f.thing != g.thing && is_told(&f.thing)
    };
    if tells(a, b) || tells(b, a) {
        out.push(("thing told", ""));
        out.push(("thing told", unit));
    }
    let role = match (a.role, b.role) {
        (Some(x), Some(y)) if x == y => "role same",
        (Some(_), Some(_)) => "role other",
        _ => "role unknown",
    };
    out.push((role, ""));
    let restrictors = match (a.restrictors.is_empty(), b.restrictors.is_empty()) {
        (true, true) => "narrowed none",
        (false, false) if a.restrictors.iter().any(|r| b.restrictors.contains(r)) => "narrowed alike",
        (false, false) => "narrowed otherwise",
        _ => "narrowed one",
    };
    out.push((restrictors, unit));
    // What sort of figure.
    out.push((aspects(a.aspect, b.aspect), ""));
    let scopes =
        |kind, none: Feature, both: Feature, one: Feature, other: Feature| match (a.scope_of(kind), b.scope_of(kind)) {
            (None, None) => none,
            (Some(x), Some(y)) if x == y => both,
            (Some(_), Some(_)) => other,
            _ => one,
        };
    out.push(scopes(ScopeKind::Part, ("part none", ""), ("part both", ""), ("part one", ""), ("part both", "")));
    out.push(scopes(
        ScopeKind::Window,
        ("window none", ""),
        ("window same", ""),
        ("window one", ""),
        ("window other", ""),
    ));
    out.push(scopes(ScopeKind::Area, ("area none", ""), ("area same", ""), ("area one", ""), ("area other", "")));
    let is_part = a.scope_of(ScopeKind::Part).is_some() != b.scope_of(ScopeKind::Part).is_some();
    if is_part {
        out.push(("part one", measure));
        out.push(("part one", thing));
    }
    if a.number.per.is_some() != b.number.per.is_some() {
        out.push(("rate one", ""));
    }
    // The numbers.
    let number = number(a, b);
    out.push((number, unit));
    out.push((number, measure));
    out.push((number, thing));
    // The articles.
    let near = match likeness {
        _ if a.story == b.story && (a.speaker.is_empty() || b.speaker.is_empty()) => "one article, narrator",
        _ if a.story == b.story => "one article",
        0..60 => "articles 0",
        60..90 => "articles 60",
        90..130 => "articles 90",
        130..180 => "articles 130",
        180..250 => "articles 180",
        250..350 => "articles 250",
        350..600 => "articles 350",
        _ => "articles 600",
    };
    out.push((near, ""));
    out.push((near, measure));
    out.push((tops(a, b, stories), ""));
    let gap = match stories[a.story].published.zip(stories[b.story].published) {
        _ if a.story == b.story => "published together",
        None => "published unknown",
        Some((x, y)) => match days_between(x, y) {
            0 => "published same day",
            1 => "published next day",
            2..=4 => "published in days",
            5..=10 => "published in a week",
            11..=30 => "published in a month",
            _ => "published later",
        },
    };
    out.push((gap, ""));
    // When and where.
    out.push((days(a, b, stories), ""));
    out.push((days(a, b, stories), near));
    out.push((places(a, b), ""));
    if a.story != b.story {
        let stories = (a.story, b.story);
        if *kin.namesakes.entry(stories).or_insert_with(|| told[a.story].has_namesake(&told[b.story])) {
            out.push(("namesakes", ""));
        }
    }
    let doers = |f: &Figure| {
        let words = f.agent.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|w| country::of(w).or_else(|| country::adjective(w))).collect::<Vec<_>>()
    };
    let (mine, theirs) = (doers(a), doers(b));
    if !mine.is_empty() && !theirs.is_empty() {
        let is_one = mine.iter().any(|c| theirs.contains(c));
        out.push((if is_one { "doers same" } else { "doers apart" }, ""));
    }
    let whose = owners(a, b, kin);
    out.push((whose, ""));
    out.push((whose, unit));
    if !a.speaker.is_empty() && !b.speaker.is_empty() {
        out.push((if a.has_source_of(b, stories) { "source same" } else { "source other" }, ""));
    }
    let common = a.terms.iter().filter(|t| b.terms.contains(t) && **t != a.thing && !a.telling.contains(t)).count();
    out.push((["words 0", "words 1", "words 2", "words 3"][common.min(3)], ""));
    out.push((
        ["inherits none", "inherits one", "inherits both"][usize::from(a.inherits) + usize::from(b.inherits)],
        "",
    ));
    out.push((
        ["inherits none", "inherits one", "inherits both"][usize::from(a.inherits) + usize::from(b.inherits)],
        number,
    ));
    out.push((["lead none", "lead one", "lead both"][usize::from(a.is_lead) + usize::from(b.is_lead)], measure));
    if a.is_denied || b.is_denied {
        out.push(("denied", ""));
    }
    out
}

/// How many of the five words that tell an article most from others are words of the other, of both articles.
///
/// Two quakes are alike in all but the names of places; two reports on one quake have its place in common.
fn tops(a: &Figure, b: &Figure, stories: &[Story]) -> &'static str {
    const HEAVIEST: usize = 5;
    if a.story == b.story {
        return "tops of one article";
    }
    let (x, y) = (&stories[a.story].terms, &stories[b.story].terms);
    let count = |mine: &[(SmolStr, u16)], theirs: &[(SmolStr, u16)]| {
        mine.iter().take(HEAVIEST).filter(|(term, _)| theirs.iter().any(|(t, _)| t == term)).count()
    };
    match count(x, y) + count(y, x) {
        0 => "tops 0",
        1 | 2 => "tops 1",
        3 | 4 => "tops 3",
        5 | 6 => "tops 5",
        _ => "tops 7",
    }
}

/// Names in the words for whoever a figure is of; a country and its people are one.
fn owner_names(figure: &Figure) -> Vec<String> {
    // Where they are is not who they are.
    let owner = [" in ", " at ", " near "].iter().fold(&*figure.owner, |o, by| o.split(by).next().unwrap_or(o));
    let words = owner.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 2);
    let names = words.filter(|w| w.chars().next().is_some_and(char::is_uppercase) && *w != "The");
    names
        .map(|w| country::of(w).or_else(|| country::adjective(w)).map_or_else(|| w.to_lowercase(), str::to_owned))
        .collect()
}

/// Whether the figures are of one company, player, country, of two, or that is not said.
pub fn owners(a: &Figure, b: &Figure, kin: &mut Kin) -> &'static str {
    match (a.owner.is_empty(), b.owner.is_empty()) {
        (true, true) => return "owner unsaid",
        (true, false) | (false, true) => return "owner said by one",
        _ => {}
    }
    let (x, y) = (owner_names(a), owner_names(b));
    match (x.is_empty(), y.is_empty()) {
        // "Marden Airways" and "Marden Steel" share a name and are two.
        (false, false) if x.iter().any(|n| y.contains(n)) => {
            let has_own = |a: &[String], b: &[String]| a.iter().any(|n| !b.contains(n));
            if has_own(&x, &y) && has_own(&y, &x) { "owner namesake" } else { "owner same" }
        }
        (false, false) => "owner apart",
        (true, true) => {
            let last = |f: &Figure| {
                let word = f.owner.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
                SmolStr::from(word.to_lowercase())
            };
            let (x, y) = (last(a), last(b));
            if kin.nouns(&x, &y) == Kinship::Apart { "owner words apart" } else { "owner words same" }
        }
        _ => "owner name and words",
    }
}

/// Classes whose figures are told of one another.
fn is_close(a: &str, b: &str) -> bool {
    const CLOSE: &[(&str, &str)] = &[
        ("killed", "casualties"),
        ("injured", "casualties"),
        ("trapped", "missing"),
        ("affected", "infected"),
        ("affected", "exposed"),
        ("voted", "attended"),
        ("struck", "attended"),
        ("deployed", "attended"),
        ("stolen", "exposed"),
        ("destroyed", "damaged"),
        ("destroyed", "burned"),
        ("cost", "fine"),
        ("cost", "loss"),
    ];
    CLOSE.iter().any(|&(x, y)| (a, b) == (x, y) || (a, b) == (y, x))
}

fn thing(a: &Figure, b: &Figure, kin: &mut Kin) -> &'static str {
    let (x, y) = (&a.thing, &b.thing);
    if x.is_empty() && y.is_empty() {
        return "thing unsaid";
    }
    if x.is_empty() || y.is_empty() {
        return "thing said by one";
    }
    if x == y {
        return "thing same";
    }
    let (p, q) = (is_people(x), is_people(y));
    if is_anybody(x) && is_anybody(y) {
        return "thing anybody";
    }
    match kin.nouns(x, y) {
        Kinship::Same => "thing same",
        Kinship::Narrower(_) | Kinship::Broader(_) if p && q => "thing people, kind of",
        Kinship::Narrower(_) | Kinship::Broader(_) => "thing kind of",
        _ if p && q && (is_anybody(x) || is_anybody(y)) => "thing people, kind of",
        Kinship::Sisters if p && q => "thing people",
        Kinship::Sisters => "thing sisters",
        Kinship::Apart if p && q => "thing people",
        Kinship::Apart if kin.used(x, y) >= 55 => "thing used alike",
        Kinship::Apart if p != q => "thing people and things",
        Kinship::Apart => "thing apart",
    }
}

fn aspects(a: Aspect, b: Aspect) -> &'static str {
    let plain = |x: Aspect| match x {
        Aspect::New | Aspect::Old | Aspect::Share | Aspect::Rate => Aspect::Level,
        Aspect::Margin => Aspect::Change,
        x => x,
    };
    match (plain(a), plain(b)) {
        (Aspect::Level, Aspect::Level) if a == Aspect::Old || b == Aspect::Old => "aspect old",
        (Aspect::Level, Aspect::Level) => "aspect levels",
        (Aspect::Change, Aspect::Change) => "aspect changes",
        (Aspect::Forecast, Aspect::Forecast) => "aspect forecasts",
        (Aspect::Plan, Aspect::Plan) => "aspect plans",
        (Aspect::Plan, Aspect::Level) | (Aspect::Level, Aspect::Plan) => "aspect plan and level",
        (Aspect::Plan, Aspect::Forecast) | (Aspect::Forecast, Aspect::Plan) => "aspect plan and forecast",
        (Aspect::Change, _) | (_, Aspect::Change) => "aspect change and level",
        (Aspect::Forecast, _) | (_, Aspect::Forecast) => "aspect forecast and level",
        _ => "aspect other",
    }
}

/// Whether the numbers are equal by more than chance, or how far they are apart.
fn number(a: &Figure, b: &Figure) -> &'static str {
    let ratio = agreement::ratio(&a.number, &b.number);
    let is_vague = matches!(a.number.relation, Relation::Vague) || matches!(b.number.relation, Relation::Vague);
    let is_equal = ratio.is_some_and(|r| r < Decimal::new(1005, 3));
    if is_equal {
        let value = a.number.value.or(a.number.lower).or(a.number.upper).unwrap_or_default();
        let digits = value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len();
        return match digits {
            0 | 1 if value < Decimal::TEN => "number equal, small",
            0 | 1 => "number equal, round",
            2 => "number equal, two digits",
            _ => "number equal, rich",
        };
    }
    match ratio {
        None => "number without point",
        Some(r) if r > Decimal::ONE_THOUSAND => "number worlds apart",
        _ if is_vague => "number vague",
        Some(r) if r <= Decimal::new(11, 1) => "number near",
        Some(r) if r <= Decimal::new(15, 1) => "number half more",
        Some(r) if r <= Decimal::from(3) => "number times two",
        Some(r) if r <= Decimal::from(8) => "number times five",
        Some(r) if r <= Decimal::from(40) => "number times twenty",
        Some(_) => "number far",
    }
}

/// When it happened, of both.
fn days(a: &Figure, b: &Figure, stories: &[Story]) -> &'static str {
    let background = |f: &Figure| {
        let published = stories[f.story].published;
        f.days.zip(published).is_some_and(|((_, to), p)| to < p && days_between(to, p) > 60)
    };
    match (background(a), background(b)) {
        (true, false) | (false, true) => return "days one long ago",
        (true, true) if a.days == b.days => return "days both long ago, same",
        (true, true) => return "days both long ago",
        _ => {}
    }
    match (a.days, b.days) {
        (Some((from, to)), Some((since, until))) => {
            if from <= until && since <= to {
                if days_between(from, to) <= 2 && days_between(since, until) <= 2 { "days same" } else { "days meet" }
            } else {
                match days_between(from, since).min(days_between(to, until)) {
                    0..=3 if a.has_own_days && b.has_own_days => "days told close",
                    0..=3 => "days close",
                    _ => "days apart",
                }
            }
        }
        (None, None) => "days unsaid",
        _ => "days said by one",
    }
}

fn places(a: &Figure, b: &Figure) -> &'static str {
    if a.places.is_empty() && b.places.is_empty() {
        return "places unsaid";
    }
    if a.places.is_empty() || b.places.is_empty() {
        return "places said by one";
    }
    let is_inside = |x: &SmolStr, y: &SmolStr| x == y || x.contains(y.as_str()) || y.contains(x.as_str());
    if a.places.iter().any(|x| b.places.iter().any(|y| is_inside(x, y))) {
        return "places same";
    }
    let lands = |f: &Figure| f.places.iter().filter_map(|p| country::of(p)).collect::<Vec<_>>();
    let (x, y) = (lands(a), lands(b));
    if !x.is_empty() && !y.is_empty() && !x.iter().any(|c| y.contains(c)) { "places apart" } else { "places other" }
}
