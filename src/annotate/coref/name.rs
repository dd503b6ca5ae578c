//! First sieve: names. The same name, another name of a known thing, a part of a longer name, an acronym.

use rustc_hash::FxHashMap;

use super::chain::Store;
use crate::lexicon::country::{self, CountryWord};
use crate::lexicon::gazetteer::{SHIPPED, Thing, ThingKind, key};
use crate::lexicon::wordnet;
use crate::text::*;

/// Words at the end of a company's or group's name that may be left out.
const ENDINGS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "ltd",
    "limited",
    "plc",
    "llc",
    "co",
    "company",
    "group",
    "ag",
    "sa",
    "gmbh",
    "holdings",
    "party",
    "movement",
    "organisation",
    "organization",
    "network",
    "news agency",
    "agency",
];

/// A name's mention with what is needed to join it.
struct Name {
    mention: usize,
    key: String,
    kind: EntityKind,
    thing: Option<Thing<'static>>,
}

pub fn join(store: &mut Store) {
    let doc = store.doc;
    let mut names: Vec<Name> = Vec::new();
    for (id, row) in doc.mentions.rows().filter(|(_, m)| m.kind == MentionKind::Name) {
        names.push(name(doc, id.index(), row));
    }
    not_the_known(&mut names);
    let clipped = clipped_names(doc, &names);
    // Longer names first, so that parts find their wholes wherever they stand ("Putin" in the headline).
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(words(&names[i].key)), names[i].mention));
    let mut by_key: FxHashMap<(String, EntityKind), usize> = FxHashMap::default();
    let mut by_thing: FxHashMap<u32, usize> = FxHashMap::default();
    let mut by_word = ByWord::default();
    for i in order {
        let Name { mention, key, kind, thing } = &names[i];
        let (mention, kind) = (*mention, *kind);
        let mut made_by = "coref/same-name";
        let single_person = kind == EntityKind::Person && words(key) == 1;
        let mut found = if single_person { None } else { by_key.get(&(key.clone(), kind)).copied() };
        if found.is_none() && kind == EntityKind::Person {
            found = person(store, mention, key, by_word.candidates(key));
            made_by = "coref/part-of-name";
        }
        if found.is_none() {
            found = by_key.get(&(key.clone(), kind)).copied();
            made_by = "coref/same-name";
        }
        if found.is_none() && kind != EntityKind::Person {
            let whole = clipped.get(key.as_str()).map(|w| (w.clone(), EntityKind::Organisation));
            found = whole.and_then(|w| by_key.get(&w).copied());
            made_by = if found.is_some() { "coref/short-form" } else { made_by };
        }
        if found.is_none()
            && let Some(thing) = thing
        {
            found = by_thing.get(&thing.id).copied();
            made_by = "coref/other-name";
        }
        if found.is_none() && kind == EntityKind::Place && words(key) > 1 {
            // "San Marlo" is San Marlo del Rio where no other San Marlo is about.
            let mut longer = (0..store.chains.len()).filter(|&c| {
                store.chains[c].kind == EntityKind::Place
                    && store.chains[c]
                        .keys
                        .iter()
                        .any(|k| k.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(' ')))
            });
            found = longer.next().filter(|_| longer.next().is_none());
            made_by = "coref/part-of-name";
        }
        if found.is_none() && kind == EntityKind::Organisation {
            found = body(store, mention, key, by_word.candidates(key));
            made_by = "coref/part-of-name";
        }
        let chain = match found {
            Some(chain) => {
                store.add(mention, chain, made_by);
                chain
            }
            None => store.begin(mention, kind, "coref/name"),
        };
        let row = &mut store.chains[chain];
        if !row.keys.contains(key) {
            row.keys.push(key.clone());
            by_word.add(key, chain);
        }
        if let Some(thing) = thing.filter(|_| row.thing.is_none()) {
            row.thing = Some(thing.id);
            row.country = row.country.or((!thing.country.is_empty()).then_some(thing.country));
        }
        by_key.entry((key.clone(), kind)).or_insert(chain);
        if let Some(thing) = thing {
            by_thing.entry(thing.id).or_insert(chain);
        }
    }
}

/// "California Department of Forestry (**Cal Fire**)", "Federal Supervisory Authority (**FedSup**)": a name in brackets right
/// behind a body's that is made of the beginnings of its words, and the name that it is short for.
fn clipped_names<'n>(doc: &Document, names: &'n [Name]) -> FxHashMap<&'n str, String> {
    let mut found = FxHashMap::default();
    let tokens = |n: &Name| doc.mentions[Id::new(n.mention)].tokens.clone();
    for (i, short) in names.iter().enumerate() {
        let open = tokens(short).start.index().checked_sub(1).filter(|&t| doc.lower(Id::new(t)) == "(");
        let Some(open) = open else { continue };
        let whole = names[..i].iter().rev().take(3).find(|n| tokens(n).end.index() == open);
        if let Some(whole) = whole.filter(|w| w.kind == EntityKind::Organisation)
            && is_clipped(&short.key, &whole.key)
        {
            found.entry(short.key.as_str()).or_insert_with(|| whole.key.clone());
        }
    }
    found
}

/// Whether all letters of a short name are beginnings of a longer one's words, in their order.
fn is_clipped(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
    // How many letters the words so far can have given.
    let mut given = vec![false; letters.len() + 1];
    given[0] = true;
    for word in long.split(' ').take(12) {
        for from in (0..letters.len()).rev().filter(|&n| given[n]).collect::<Vec<_>>() {
            let same = letters[from..].iter().zip(word.chars()).take_while(|(a, b)| *a == b).count();
            given[from + 1..=from + same].fill(true);
        }
    }
    letters.len() > 1 && words(long) > 1 && short != long && given[letters.len()]
}

/// "California Highway Patrol … CHP": letters that a name of the article gives are short for that name, and for nothing known
/// elsewhere by the same letters.
fn not_the_known(names: &mut [Name]) {
    // The names that letters may be short for, by their letters.
    let mut given: FxHashMap<String, Vec<(String, Option<u32>)>> = FxHashMap::default();
    for name in names.iter().filter(|n| !matches!(n.kind, EntityKind::Person | EntityKind::Place)) {
        if words(&name.key) < 2 {
            continue;
        }
        for letters in initials(&name.key) {
            let row = (name.key.clone(), name.thing.map(|t| t.id));
            let rows = given.entry(letters).or_default();
            if !rows.contains(&row) && rows.len() < 8 {
                rows.push(row);
            }
        }
    }
    // "the Chinese CDC … the CDC": of the country that the article says.
    let abroad: Vec<String> = names
        .iter()
        .filter_map(|n| n.key.split_once(' '))
        .filter(|(first, last)| country::adjective(first).is_some() && !last.contains(' ') && last.len() <= 6)
        .map(|(_, last)| last.to_owned())
        .collect();
    for name in names {
        if name.thing.is_some() && abroad.contains(&name.key) {
            name.thing = None;
            continue;
        }
        let Some(thing) = name.thing.filter(|_| !name.key.contains(' ') && (2..=7).contains(&name.key.len())) else {
            continue;
        };
        let label = crate::lexicon::gazetteer::key(thing.label);
        let other = |(key, id): &(String, Option<u32>)| *id != Some(thing.id) && *key != label;
        if given.get(&name.key).is_some_and(|rows| rows.iter().any(other)) {
            name.thing = None;
        }
    }
}

/// The chains whose names have a word, or are long for these initials: only they can share a name with it.
#[derive(Default)]
struct ByWord {
    chains: FxHashMap<String, Vec<usize>>,
}

impl ByWord {
    fn add(&mut self, key: &str, chain: usize) {
        let words = key.split(' ').map(|w| plain(w).to_owned());
        for word in words.chain(initials(key)) {
            let chains = self.chains.entry(word).or_default();
            if chains.last() != Some(&chain) {
                chains.push(chain);
            }
        }
    }

    /// The chains that share a word with a name, in their order.
    fn candidates(&self, key: &str) -> Vec<usize> {
        let mut found: Vec<usize> =
            key.split(' ').filter_map(|w| self.chains.get(plain(w))).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn words(key: &str) -> usize {
    key.split(' ').count()
}

/// The look-up form, the kind, and the known thing where the name alone decides.
fn name(doc: &Document, mention: usize, row: &Mention) -> Name {
    let surface = doc.slice(row.span);
    let mut key = key(surface.trim_start_matches(['#', '@']));
    let class = row.class.unwrap_or(NameClass::Other);
    let mut kind = match class {
        NameClass::Person => EntityKind::Person,
        NameClass::Organisation => EntityKind::Organisation,
        NameClass::Place => EntityKind::Place,
        NameClass::Norp => EntityKind::Group,
        NameClass::Event => EntityKind::Event,
        NameClass::Product => EntityKind::Product,
        NameClass::Other => EntityKind::Other,
    };
    let mut thing = None;
    let readings = country::find(&key);
    // A people's adjective stays one whatever the label says ("Russian" alone), a group's name is none ("ISIS").
    let adjective_only =
        !readings.is_empty() && readings.iter().all(|(_, k)| matches!(k, CountryWord::Adjective | CountryWord::People));
    let known_body = SHIPPED.find(&key).next().is_some_and(|b| {
        b.rank <= 1
            && b.thing.status.is_core()
            && matches!(b.thing.kind, ThingKind::ArmedGroup | ThingKind::Organisation | ThingKind::Military)
    });
    if class == NameClass::Norp && known_body {
        kind = EntityKind::Organisation;
    } else if class == NameClass::Norp || adjective_only {
        // "Russian" names Russia; "Russians" are people.
        let adjective = readings.iter().find(|(_, k)| *k == CountryWord::Adjective);
        let people = matches!(doc.xpos(row.head), Xpos::Nns | Xpos::Nnps)
            || readings.iter().all(|(_, k)| *k == CountryWord::People)
            || !matches!(
                doc.relation(row.head),
                Relation::Amod
                    | Relation::Compound
                    | Relation::Conj
                    | Relation::NmodDesc
                    | Relation::Flat
                    | Relation::Nmod
            ) && doc.children(row.head).any(|c| doc.relation(c) == Relation::Det);
        if let Some((iso, _)) = adjective.filter(|_| !people) {
            kind = EntityKind::Place;
            thing = country_thing(iso);
            if let Some(thing) = thing {
                key = crate::lexicon::gazetteer::key(thing.label);
            }
        }
        return Name { mention, key, kind, thing };
    }
    // "Moscow pledged": a capital that speaks or acts is its government.
    if class == NameClass::Place
        && let Some(iso) = country::capital(&key).filter(|_| speaks(doc, row.head))
        && let Some(country) = country_thing(iso)
    {
        let key = crate::lexicon::gazetteer::key(country.label);
        return Name { mention, key, kind, thing: Some(country) };
    }
    let best = SHIPPED.find(&key).next();
    if let Some(best) =
        best.filter(|b| b.thing.status.is_core() && b.rank <= 1 || b.rank == 0 && b.thing.kind == ThingKind::Country)
    {
        // A facility stands for its tenant ("the Kremlin"), a body may be labelled a place; a person is never a place.
        let person = best.thing.kind == ThingKind::Person;
        if person == (class == NameClass::Person) {
            thing = Some(best.thing);
            if best.thing.kind == ThingKind::Country {
                kind = EntityKind::Place;
            }
        }
    }
    Name { mention, key, kind, thing }
}

/// True for the subject of a verb of speech or of will.
fn speaks(doc: &Document, token: Id<Token>) -> bool {
    doc.relation(token) == Relation::Nsubj
        && doc.head(token).is_some_and(|h| {
            matches!(
                doc.lemma(h),
                "say"
                    | "pledge"
                    | "vow"
                    | "warn"
                    | "accuse"
                    | "deny"
                    | "insist"
                    | "claim"
                    | "confirm"
                    | "announce"
                    | "reject"
                    | "demand"
                    | "want"
                    | "seek"
                    | "agree"
                    | "refuse"
                    | "look"
                    | "hope"
                    | "plan"
                    | "threaten"
                    | "back"
                    | "support"
                    | "condemn"
                    | "urge"
                    | "decide"
                    | "offer"
                    | "promise"
                    | "suspend"
                    | "expel"
                    | "recall"
                    | "maintain"
                    | "argue"
                    | "blame"
                    | "call"
                    | "consider"
                    | "respond"
                    | "react"
                    | "retaliate"
                    | "impose"
                    | "send"
            )
        })
}

/// The thing of a country.
fn country_thing(iso: &str) -> Option<Thing<'static>> {
    country::name_of(iso)
        .and_then(|name| SHIPPED.find(&key(name)).map(|r| r.thing).find(|t| t.kind == ThingKind::Country))
}

/// The words of a person's name that identify: without "al", "el", "de" at the start of the surname.
fn parts(key: &str) -> Vec<&str> {
    let words: Vec<&str> = key.split(' ').collect();
    let mut out: Vec<&str> =
        words.iter().copied().filter(|w| !matches!(*w, "al" | "el" | "jr" | "sr" | "ii" | "iii")).collect();
    if out.is_empty() {
        out = words;
    }
    out
}

/// "**de Villiers**" of "Peter de Villiers": a surname of several words, the first of them small ones.
fn is_surname_of(own: &[&str], other: &[&str]) -> bool {
    const SMALL: &[&str] = &[
        "de", "del", "della", "der", "den", "di", "da", "dos", "du", "la", "le", "van", "von", "zu", "ten", "ter",
        "bin", "ibn", "abu", "mac",
    ];
    let Some((_, small)) = own.split_last() else { return false };
    !small.is_empty() && small.iter().all(|w| SMALL.contains(w)) && other.len() > own.len() && other.ends_with(own)
}

/// A name with a comma and somebody's kin behind it: "Mr Pell, her husband".
fn is_kin_of_another(store: &Store, mention: usize) -> bool {
    let doc = store.doc;
    let end = store.mention(mention).tokens.end.index();
    let noun = Id::new(end + 2);
    doc.lower(Id::new(end)) == ","
        && matches!(doc.lower(Id::new(end + 1)), "his" | "her" | "their")
        && doc.tokens.at(noun).is_some()
        && matches!(wordnet::nouns(doc.lemma(noun), "relative"), wordnet::Kinship::Narrower(_))
}

/// "Putin" and "V. Putin" are Vladimir Putin where no other Putin is about; with two, the nearer one before.
fn person(store: &Store, mention: usize, key: &str, candidates: Vec<usize>) -> Option<usize> {
    let own = parts(key);
    let gender = store.mention(mention).gender;
    let mut surname: Vec<usize> = Vec::new();
    let mut given: Vec<usize> = Vec::new();
    for id in candidates {
        let chain = &store.chains[id];
        if chain.kind != EntityKind::Person || chain.gender.is_some() && gender.is_some() && chain.gender != gender {
            continue;
        }
        for other in &chain.keys {
            let other = parts(other);
            if own.len() == 1 {
                if other.len() == 1 && other[0] == own[0] || other.len() > 1 && other[other.len() - 1] == own[0] {
                    surname.push(id);
                    break;
                }
                if other.len() > 1 && other.contains(&own[0]) && own[0].len() > 1 {
                    given.push(id);
                    break;
                }
            } else if same_person(&own, &other)
                || is_surname_of(&own, &other)
                // "**Te Anahera**" of "Te Anahera Robert Pirata": the first names of one who has many.
                || other.len() > own.len() && other.starts_with(&own)
                || is_ranked(store, id, &own, &other)
            {
                surname.push(id);
                break;
            }
        }
    }
    // "Mr Pell, **her husband**": not she, if she is the only one of that surname so far.
    if surname.len() == 1 && is_kin_of_another(store, mention) {
        return None;
    }
    // Of two with one surname, the bare surname is whoever it was before, else who was introduced first: her brother goes by
    // his first name.
    let bare = |c: usize| {
        let alone = |&&x: &&usize| {
            let row = store.mention(x);
            x < mention
                && row.kind == MentionKind::Name
                && row.title.is_none()
                && row.tokens.end.index() == row.tokens.start.index() + 1
        };
        let mentions = store.chains[c].mentions.iter().rev();
        mentions
            .clone()
            .find(alone)
            .filter(|&&x| own.last().is_some_and(|o| gazetteer_key(store, x).ends_with(o)))
            .copied()
    };
    let pick = |found: &[usize]| -> Option<usize> {
        match found {
            [] => None,
            [one] => Some(*one),
            several => several.iter().copied().max_by_key(|&c| {
                let first = store.chains[c].mentions.first().copied().filter(|&f| f < mention);
                // "Mr Roe" is rather the man than whose gender is not known.
                let agrees = first.is_some() && gender.is_some() && store.chains[c].gender == gender;
                (agrees, bare(c), first.is_some(), std::cmp::Reverse(first), std::cmp::Reverse(c))
            }),
        }
    };
    pick(&surname).or_else(|| if given.len() == 1 { Some(given[0]) } else { None })
}

/// "**Garda O'Farrell**" after "Garda Sean O'Farrell": what stands before the name elsewhere is a rank, and no first name. "Staveley
/// Hill" is the surname of "Ian Staveley Hill".
fn is_ranked(store: &Store, chain: usize, own: &[&str], other: &[&str]) -> bool {
    if own.len() >= 2 && other.len() > own.len() && other.ends_with(own) {
        return true;
    }
    let [rank, surname] = own else { return false };
    let doc = store.doc;
    let before = |m: usize| {
        let row = store.mention(m);
        let start = row.tokens.start.index();
        let full = row.tokens.end.index() > start + 1;
        full && start > 0 && row.kind == MentionKind::Name && doc.lower(Id::new(start - 1)) == *rank
    };
    other.len() >= 2 && other.last() == Some(surname) && store.chains[chain].mentions.iter().any(|&m| before(m))
}

/// The look-up form of a mention's words.
fn gazetteer_key(store: &Store, m: usize) -> String {
    key(store.doc.slice(store.mention(m).span))
}

/// "Elijah J. Magnier" and "Elijah Magnier"; "Abu Faraj al-Masri" and "Abu al-Faraj al-Masri".
fn same_person(a: &[&str], b: &[&str]) -> bool {
    if b.len() < 2 {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let fits = |x: &str, y: &str| x == y || x.len() == 1 && y.starts_with(x) || y.len() == 1 && x.starts_with(y);
    short[short.len() - 1] == long[long.len() - 1]
        && fits(short[0], long[0])
        && short.iter().all(|w| long.iter().any(|l| fits(w, l)) || w.len() == 1)
}

/// American and British spelling made one.
pub fn plain(word: &str) -> &str {
    match word {
        "defence" => "defense",
        "organisation" => "organization",
        "centre" => "center",
        "labour" => "labor",
        w => w,
    }
}

/// The content words of a body's name, without its country.
pub fn body_words(key: &str) -> (Vec<&str>, Option<&'static str>) {
    let mut country = None;
    let mut words = Vec::new();
    let all: Vec<&str> = key.split(' ').collect();
    for (i, w) in all.iter().enumerate() {
        let two = all.get(i + 1).map(|n| format!("{w} {n}"));
        if let Some(iso) = country::of(w).or_else(|| two.and_then(|t| country::of(&t))) {
            country = country.or(Some(iso));
        } else if !matches!(*w, "of" | "the" | "for" | "and" | "s" | "federation" | "states" | "arab" | "republic") {
            words.push(plain(w));
        }
    }
    (words, country)
}

/// "the Defence Ministry" is the Russian Ministry of Defence, "Chatham" not Chatham House; "WHO" where it was spelled out.
fn body(store: &Store, mention: usize, key: &str, candidates: Vec<usize>) -> Option<usize> {
    let (own, country) = body_words(key);
    let before = store.mention(mention).tokens.start.index().checked_sub(1);
    let article = before.is_some_and(|t| store.doc.lower(Id::new(t)) == "the");
    let mut best: Option<(usize, usize)> = None;
    for id in candidates {
        let chain = &store.chains[id];
        if chain.kind != EntityKind::Organisation {
            continue;
        }
        let fits = chain.keys.iter().any(|other| {
            let (theirs, their_country) = body_words(other);
            if country.is_some() && their_country.is_some() && country != their_country {
                return false;
            }
            acronym(key, other)
                || !own.is_empty() && same_set(&own, &theirs)
                || other.strip_prefix(key).is_some_and(|rest| {
                    ENDINGS.contains(&rest.trim_start()) || rest.starts_with(' ') && first_word(key)
                })
                || (words(key) > 1 || article && is_body_noun(key))
                    && other.strip_suffix(key).is_some_and(|rest| rest.ends_with(' '))
        });
        if fits {
            let distance = store.last_before(id, mention).map_or(usize::MAX / 2, |m| mention - m);
            if best.is_none_or(|(_, d)| distance < d) {
                best = Some((id, distance));
            }
        }
    }
    best.map(|(id, _)| id)
}

/// "the **Authority**": a noun for a body that may stand for a longer name that ends in it.
fn is_body_noun(key: &str) -> bool {
    crate::lexicon::noun::find(key).is_some_and(|n| {
        matches!(n.class, crate::lexicon::noun::NounClass::Body | crate::lexicon::noun::NounClass::Armed)
    }) || matches!(
        key,
        "service" | "front" | "trust" | "fund" | "society" | "club" | "board" | "corps" | "guild" | "forum" | "chamber"
    )
}

/// A first word that may stand for the whole: "Meridian" for "Meridian Crude", not "United" or "Bank".
fn first_word(key: &str) -> bool {
    key.len() > 3
        && !key.contains(' ')
        && country::find(key).is_empty()
        && crate::lexicon::noun::find(key).is_none()
        && !matches!(
            key,
            "united"
                | "national"
                | "international"
                | "royal"
                | "federal"
                | "central"
                | "state"
                | "north"
                | "south"
                | "east"
                | "west"
                | "world"
                | "american"
                | "european"
                | "general"
                | "first"
                | "free"
                | "public"
                | "new"
                | "university"
                | "supreme"
                | "high"
                | "house"
        )
}

fn same_set(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().all(|w| b.contains(w))
}

/// "fao" and "food and agriculture organization".
fn acronym(short: &str, long: &str) -> bool {
    !short.contains(' ') && (2..=7).contains(&short.len()) && words(long) >= 2 && initials(long).any(|i| i == short)
}

/// The first letters of a name's words: of all, and without the small ones; of a name of four or more also those of the first
/// three or four ("CHP" of the California Highway Patrol Willows Office).
fn initials(long: &str) -> impl Iterator<Item = String> + '_ {
    let small = |w: &str| matches!(w, "of" | "the" | "for" | "and" | "in" | "on" | "to" | "de");
    let first = move |content: bool, most: usize| -> String {
        let words = long.split(' ').filter(|w| !(content && small(w)));
        words.take(most).filter_map(|w| w.chars().next()).collect()
    };
    let many = words(long) > 3;
    let whole = [first(false, usize::MAX), first(true, usize::MAX)];
    whole.into_iter().chain([3, 4].into_iter().filter(move |_| many).map(move |n| first(true, n)))
}
