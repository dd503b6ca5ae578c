//! Is one word another, or a kind of it? The is-a tree of WordNet 3.1, packed by `training/compare/wordnet.py`.
//!
//! Only the first three senses of a word are looked at, and no more than four steps up: further up everything is a thing.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use rustc_hash::FxHashMap;

/// How two words stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Some sense is shared.
    Same,
    /// The first is a kind of the second, by so many steps.
    Narrower(u8),
    /// The second is a kind of the first.
    Broader(u8),
    /// Both are kinds of one thing, right above both.
    Sisters,
    /// Nothing of this.
    Apart,
}

/// How many steps up are looked at.
const STEPS: usize = 4;

#[derive(Debug, Default)]
struct Net {
    parents: Vec<(u32, u32)>,
    files: Vec<u8>,
    above: Vec<u32>,
    nouns: FxHashMap<Box<str>, ([u32; 3], Option<Box<str>>)>,
    verbs: FxHashMap<Box<str>, [u32; 3]>,
}

/// A sense that is not there.
const NONE: u32 = u32::MAX;

static NET: LazyLock<Net> = LazyLock::new(|| {
    let mut text = String::new();
    let read = ZlibDecoder::new(sayso_gazetteer::WORDNET).read_to_string(&mut text);
    assert!(read.is_ok(), "wordnet.bin is whole");
    let mut net = Net::default();
    let senses = |cell: &str| {
        let mut out = [NONE; 3];
        for (slot, number) in out.iter_mut().zip(cell.split(',')) {
            *slot = number.parse().unwrap_or(NONE);
        }
        out
    };
    for line in text.lines() {
        let mut cells = line.split('\t');
        let (kind, one) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        match kind {
            "S" => {
                let mine = net.files.len() as i64;
                let begin = net.above.len() as u32;
                let numbers = one.split(',').filter_map(|n| n.parse::<i64>().ok());
                net.above.extend(numbers.map(|back| (mine - back) as u32));
                net.parents.push((begin, net.above.len() as u32));
                net.files.push(cells.next().and_then(|c| c.parse().ok()).unwrap_or(0));
            }
            "N" => {
                let senses = senses(cells.next().unwrap_or(""));
                let verb = cells.next().filter(|v| !v.is_empty()).map(Box::from);
                net.nouns.insert(one.replace('_', " ").into(), (senses, verb));
            }
            _ => {
                net.verbs.insert(one.replace('_', " ").into(), senses(cells.next().unwrap_or("")));
            }
        }
    }
    net
});

impl Net {
    fn above(&self, sense: u32) -> &[u32] {
        let (begin, end) = self.parents.get(sense as usize).copied().unwrap_or((0, 0));
        &self.above[begin as usize..end as usize]
    }

    /// The steps from one sense up to another.
    fn steps(&self, from: u32, to: u32) -> Option<u8> {
        let mut level = vec![from];
        for steps in 0..=STEPS {
            if level.contains(&to) {
                return Some(steps as u8);
            }
            level = level.iter().flat_map(|&s| self.above(s)).copied().collect();
        }
        None
    }

    fn kinship(&self, a: &[u32; 3], b: &[u32; 3]) -> Kinship {
        let known = |s: &[u32; 3]| s.iter().copied().filter(|&s| s != NONE).collect::<Vec<_>>();
        let (a, b) = (known(a), known(b));
        if a.iter().any(|s| b.contains(s)) {
            return Kinship::Same;
        }
        let least = |from: &[u32], to: &[u32]| {
            from.iter().flat_map(|&f| to.iter().filter_map(move |&t| self.steps(f, t))).min()
        };
        match (least(&a, &b), least(&b, &a)) {
            (Some(up), down) if down.is_none_or(|d| up <= d) => Kinship::Narrower(up),
            (_, Some(down)) => Kinship::Broader(down),
            _ => {
                let parents = |s: &[u32]| s.iter().take(2).flat_map(|&s| self.above(s)).copied().collect::<Vec<_>>();
                let (up, down) = (parents(&a), parents(&b));
                if up.iter().any(|p| down.contains(p)) { Kinship::Sisters } else { Kinship::Apart }
            }
        }
    }
}

/// Whether one noun is another, or a kind of it.
pub fn is_a(noun: &str, kind: &str) -> bool {
    matches!(nouns(noun, kind), Kinship::Same | Kinship::Narrower(_))
}

/// How two nouns stand to each other, by lemma; `Apart` where one is not known.
pub fn nouns(a: &str, b: &str) -> Kinship {
    if a == b {
        return Kinship::Same;
    }
    match (NET.nouns.get(a), NET.nouns.get(b)) {
        (Some((a, _)), Some((b, _))) => NET.kinship(a, b),
        _ => Kinship::Apart,
    }
}

/// How two verbs stand to each other, by lemma.
pub fn verbs(a: &str, b: &str) -> Kinship {
    if a == b {
        return Kinship::Same;
    }
    match (NET.verbs.get(a), NET.verbs.get(b)) {
        (Some(a), Some(b)) => NET.kinship(a, b),
        _ => Kinship::Apart,
    }
}

/// The verb that a noun is made of: "evacuate" of "evacuation".
pub fn verb_of(noun: &str) -> Option<&'static str> {
    NET.nouns.get(noun)?.1.as_deref()
}

/// The first sense of a verb and what lies above it, up to three steps, the nearest first.
pub fn verb_line(verb: &str) -> Vec<u32> {
    let Some(senses) = NET.verbs.get(verb) else { return Vec::new() };
    line(senses[0], 3)
}

/// The first sense of a noun and what lies above it, up to four steps, the nearest first.
pub fn noun_line(noun: &str) -> Vec<u32> {
    let Some((senses, _)) = NET.nouns.get(noun) else { return Vec::new() };
    line(senses[0], STEPS)
}

/// All senses of a word, as a noun and as a verb, and what lies up to two steps above them: words whose lists have nothing in common are neither of one kind nor one a kind of the other within two steps.
pub fn kinds_above(word: &str) -> Vec<u32> {
    let nouns = NET.nouns.get(word).map(|(senses, _)| senses);
    let senses = nouns.into_iter().chain(NET.verbs.get(word)).flatten().filter(|&&sense| sense != NONE);
    senses.flat_map(|&sense| line(sense, 2)).collect()
}

fn line(from: u32, steps: usize) -> Vec<u32> {
    let mut out = vec![from];
    let mut level = vec![from];
    for _ in 0..steps {
        level = level.iter().flat_map(|&s| NET.above(s)).copied().collect();
        out.extend(&level);
    }
    out
}

/// The lexicographer's files of verbs, in WordNet's order from number 29 on.
const VERB_FILES: [&str; 15] = [
    "body",
    "change",
    "cognition",
    "communication",
    "competition",
    "consumption",
    "contact",
    "creation",
    "emotion",
    "motion",
    "perception",
    "possession",
    "social",
    "stative",
    "weather",
];

/// The field of the first sense of a verb ("communication", "possession" …), and whether one of its first three senses is of
/// communication; none for an unknown verb.
pub fn verb_field(verb: &str) -> Option<(&'static str, bool)> {
    let senses = NET.verbs.get(verb)?;
    let field = |sense: u32| file_of(sense, &VERB_FILES, 29);
    Some((field(senses[0])?, senses.iter().any(|&s| field(s) == Some("communication"))))
}

/// The lexicographer's files of nouns, in WordNet's order from number 3 on.
const NOUN_FILES: [&str; 26] = [
    "top",
    "act",
    "animal",
    "artifact",
    "attribute",
    "body",
    "cognition",
    "communication",
    "event",
    "feeling",
    "food",
    "group",
    "location",
    "motive",
    "object",
    "person",
    "phenomenon",
    "plant",
    "possession",
    "process",
    "quantity",
    "relation",
    "shape",
    "state",
    "substance",
    "time",
];

/// The field of the first sense of a noun ("possession", "event" …); none for an unknown noun.
pub fn noun_field(noun: &str) -> Option<&'static str> {
    file_of(NET.nouns.get(noun)?.0[0], &NOUN_FILES, 3)
}

/// The name of a sense's file, of files whose first has a number.
fn file_of(sense: u32, names: &[&'static str], first: usize) -> Option<&'static str> {
    let file = *NET.files.get(sense as usize)?;
    names.get(usize::from(file).checked_sub(first)?).copied()
}

/// True when a word is known as a noun.
pub fn is_noun(lemma: &str) -> bool {
    NET.nouns.contains_key(lemma)
}

/// True when the first sense of a noun, or the second where `lenient`, names a person or people.
pub fn is_person(noun: &str) -> bool {
    /// The lexicographer's file of persons.
    const PERSON: u8 = 18;
    let Some((senses, _)) = NET.nouns.get(noun) else { return false };
    NET.files.get(senses[0] as usize) == Some(&PERSON)
}

/// True when one of the first two senses of a noun names an animal: "whale", which first is a person who spends much.
pub fn is_animal_too(noun: &str) -> bool {
    /// The lexicographer's file of animals.
    const ANIMAL: u8 = 5;
    let Some((senses, _)) = NET.nouns.get(noun) else { return false };
    senses[..2].iter().any(|&s| NET.files.get(s as usize) == Some(&ANIMAL))
}

/// True when the first sense of a noun is a kind of organization: "board", "start-up".
pub fn is_organization(noun: &str) -> bool {
    let Some((senses, _)) = NET.nouns.get("organization") else { return false };
    noun_line(noun).contains(&senses[0])
}

/// True when one of the first two senses of a noun names something that is communicated: "statement", "warning".
pub fn is_message(noun: &str) -> bool {
    /// The lexicographer's file of communication.
    const COMMUNICATION: u8 = 10;
    let Some((senses, _)) = NET.nouns.get(noun) else { return false };
    senses[..2].iter().any(|&s| NET.files.get(s as usize) == Some(&COMMUNICATION))
}

/// True when the first sense of a noun names a made thing: a building, not an evacuation.
pub fn is_artifact(noun: &str) -> bool {
    /// The lexicographer's file of artifacts.
    const ARTIFACT: u8 = 6;
    let Some((senses, _)) = NET.nouns.get(noun) else { return false };
    NET.files.get(senses[0] as usize) == Some(&ARTIFACT)
}

/// True when the first two senses of a noun name nothing that can be touched: "reputation", "career", not "road" or "document".
pub fn is_abstract(noun: &str) -> bool {
    let Some((senses, _)) = NET.nouns.get(noun) else { return false };
    let mut fields = senses[..2].iter().filter(|&&s| s != NONE).map(|&s| file_of(s, &NOUN_FILES, 3));
    let of_the_mind = |field| {
        matches!(field, "act" | "attribute" | "cognition" | "event" | "feeling" | "motive" | "relation" | "state")
    };
    fields.next().flatten().is_some_and(of_the_mind)
        && fields.all(|f| f.is_some_and(|f| of_the_mind(f) || matches!(f, "communication" | "phenomenon" | "process")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kin() {
        assert!(matches!(nouns("lorry", "truck"), Kinship::Narrower(1) | Kinship::Same));
        assert!(matches!(nouns("nurse", "person"), Kinship::Narrower(_)));
        assert!(matches!(nouns("vehicle", "truck"), Kinship::Broader(_)));
        assert_eq!(nouns("horse", "dentist"), Kinship::Apart);
        assert!(matches!(verbs("slaughter", "kill"), Kinship::Narrower(_) | Kinship::Same));
        assert_eq!(verb_of("evacuation"), Some("evacuate"));
        assert!(is_person("nurse") && !is_person("table"));
        assert!(is_organization("committee") && !is_organization("crowd"));
        assert!(is_message("statement") && !is_message("river"));
        assert!(is_artifact("building") && !is_artifact("evacuation"));
    }
}
