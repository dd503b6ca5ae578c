//! Disputes without numbers: what one source denies that another says, and what two give different causes for.
//!
//! Claims of near articles are put side by side by the words that tell them from others. A denied claim is held against the
//! affirmed one that it shares most with; two affirmed claims that name a cause, or somebody at fault, against each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::figure::Story;
use super::incident::Near;
use crate::annotate::lemma::lemma;
use crate::annotate::syntax::Model;
use crate::lexicon::wordnet::{self, Kinship};
use crate::text::Xpos;

/// A claim as a dispute looks at it.
#[derive(Clone, Debug)]
pub struct Telling {
    pub story: usize,
    pub span: (u64, u64),
    pub words: String,
    pub speaker: String,
    pub is_denied: bool,
    /// The source denies or rejects it in so many words.
    pub is_cue: bool,
    /// Content words, in lower case.
    pub content: Vec<SmolStr>,
    pub cause: Option<&'static str>,
}

/// Words that name a cause, and those that name somebody at fault.
const CAUSES: &[(&str, &[&str])] = &[
    (
        "responsible",
        &[
            "responsib",
            "blame",
            "behind",
            "fault",
            "guilty",
            "carried out",
            "culprit",
            "perpetrat",
            "fired on",
            "opened fire",
            "ordered the",
        ],
    ),
    (
        "cause",
        &[
            "cause",
            "because",
            "due to",
            "trigger",
            "sparked",
            "set off",
            "brought on",
            "started by",
            "led to",
            "result of",
        ],
    ),
];

/// Words that say nothing of what is told.
const COMMON: &[&str] = &[
    "that",
    "this",
    "with",
    "from",
    "were",
    "been",
    "have",
    "they",
    "their",
    "which",
    "would",
    "there",
    "about",
    "after",
    "before",
    "than",
    "said",
    "says",
    "into",
    "over",
    "other",
    "what",
    "when",
    "where",
    "also",
    "only",
    "more",
    "most",
    "some",
    "such",
    "them",
    "then",
    "these",
    "those",
    "very",
    "will",
    "while",
    "none",
    "never",
    "people",
    "year",
    "years",
    "could",
    "because",
    "being",
    "against",
    "between",
    "during",
    "still",
    "under",
    "until",
    "again",
    "denied",
    "deny",
    "denies",
    "reject",
    "rejected",
    "the",
    "and",
    "for",
    "was",
    "had",
    "has",
    "its",
    "his",
    "her",
    "not",
    "but",
    "are",
    "any",
    "all",
    "who",
    "how",
    "why",
    "out",
    "off",
    "own",
    "our",
    "you",
    "she",
    "him",
    "one",
    "two",
    "now",
    "can",
    "may",
    "did",
    "does",
    "should",
    "must",
    "talk",
    "claim",
    "claims",
    "report",
    "reports",
    "charge",
    "allegation",
    "allegations",
    "whether",
    "according",
    "told",
    "believes",
    "nobody",
    "nothing",
    "neither",
    "ever",
    "false",
    "untrue",
    "true",
];

/// The content words of some text, in lower case: what is told, without how it is told.
pub fn words(text: &str) -> Vec<SmolStr> {
    let lower = text.to_lowercase();
    static SAID: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COMMON.iter().copied().collect());
    let is_content = |w: &&str| w.chars().count() >= 3 && w.chars().all(char::is_alphabetic) && !SAID.contains(w);
    let mut found: Vec<SmolStr> = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(is_content) {
        if !found.iter().any(|f| f == word) {
            found.push(SmolStr::from(word));
        }
    }
    found
}

/// Words that say that something is not so.
fn is_no(word: &str) -> bool {
    matches!(word, "no" | "not" | "never" | "none" | "nobody" | "neither" | "nothing" | "cannot")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// Phrases in which a word that says no says how much, or what else, and not that something is not so.
const NO_DENIAL: &[&str] = &[
    "no more than",
    "no less than",
    "no fewer than",
    "no longer",
    "no later than",
    "no doubt",
    "no matter",
    "not only",
    "not just",
    "not merely",
    "not least",
    "not yet",
    "not necessarily",
    "not so much",
    "not even",
    "whether or not",
    "not all",
    "not every",
    "not more than",
    "not less than",
    "not fewer than",
    "not but",
];

/// The stretch of some text that says no, between marks and joining words; `None` where nothing does.
pub fn says_no(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if !lower.split_whitespace().any(|word| is_no(word.trim_matches(|c: char| !c.is_alphanumeric()))) {
        return None;
    }
    let mut stretches: Vec<Vec<&str>> = vec![Vec::new()];
    for word in lower.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(bare, "and" | "but" | "because" | "which" | "who" | "when" | "while" | "although" | "as" | "if") {
            stretches.push(Vec::new());
        }
        stretches.last_mut()?.push(bare);
        if word.ends_with([',', ';', ':', '.', '—', '–']) {
            stretches.push(Vec::new());
        }
    }
    let says = |stretch: &Vec<&str>| {
        let plain = stretch.join(" ");
        let rest = NO_DENIAL.iter().fold(plain.clone(), |text, phrase| text.replace(phrase, ""));
        rest.split(' ').any(is_no).then_some(plain)
    };
    stretches.iter().find_map(says)
}

/// A word without its ending.
fn stem(word: &str) -> &str {
    let cut = ["ings", "ing", "edly", "ed", "ies", "es", "s", "ly"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() >= 3))
        .unwrap_or(word);
    cut.trim_end_matches('e')
}

/// What kind of question the words answer, if they name a cause or somebody at fault.
pub fn cause(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    CAUSES.iter().find(|(_, words)| words.iter().any(|w| lower.contains(w))).map(|(kind, _)| *kind)
}

/// Two claims that quarrel.
struct Dispute {
    question: &'static str,
    kind: &'static str,
    left: usize,
    right: usize,
    weight: u32,
    is_sure: bool,
}

/// Articles less alike than this are not held against each other, and those more alike are copies.
const LEAST: u32 = 90;
const COPY: u32 = 900;

/// How much a denial and the claim that it is held against have in common, in percent, at least.
const DENIED: u32 = 40;
const DENIED_IN_WORDS: u32 = 30;

/// How much of a claim another says in the same words, in percent, at least, to be looked at; of what somebody denies in so
/// many words, or says of who did it.
const MENTIONED: u32 = 25;
const MENTIONED_DENIED: u32 = 12;

/// The same for a denial that is sure: of what is denied, and of what is claimed.
const SURE: (u32, u32) = (75, 55);

/// How the words of a denial begin that is sure.
pub const CLAUSE: &str = "that ";

/// How much two claims that name a cause have in common, in percent, at least, and at most.
const CAUSED: (u32, u32) = (45, 85);

/// How well a word of the same kind, or one that is used alike, stands for another, in hundredths.
const KIND: u32 = 70;

/// How alike two words are used that stand for each other, in hundredths.
const ALIKE: i32 = 62;

/// "It was the army that burned the market": who did it, and the words for what was done; a day, a place or a manner is
/// nobody.
fn cleft(text: &str) -> Option<(Vec<SmolStr>, Vec<SmolStr>)> {
    let lower = text.to_lowercase();
    let start = lower.find("it was ").filter(|&at| at == 0 || lower[..at].ends_with(' '))?;
    let behind = &lower[start + "it was ".len()..];
    let (who, did) = behind.split_once(" that ").or_else(|| behind.split_once(" who "))?;
    let first = who.split(' ').next()?;
    let is_somebody = !matches!(
        first,
        "in" | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "because"
            | "when"
            | "then"
            | "there"
            | "only"
            | "not"
            | "after"
            | "before"
            | "during"
            | "under"
            | "until"
    );
    let is_short = who.split(' ').count() <= 5 && !who.contains(|c: char| ",;.:\"".contains(c));
    let did = words(did.split([',', ';', '.', ':']).next()?);
    (is_somebody && is_short && did.len() >= 2).then(|| (words(who), did))
}

/// What two claims have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    /// Of the first and of the second, in percent of what their words weigh.
    there: u32,
    back: u32,
    /// Words that both say, and words of one that a word of the other stands for.
    same: usize,
    alike: usize,
}

impl Shared {
    fn weight(self) -> u32 {
        (self.there.max(self.back) * 6 + self.there.min(self.back) * 4) / 10
    }
}

/// Claims that are held against each other. A word weighs the more, the fewer claims of the near articles say it.
struct Matcher<'t> {
    tellings: &'t [Telling],
    /// Near articles of each, with itself.
    around: Vec<Vec<usize>>,
    /// For each article its claims by the stems of their words.
    places: Vec<FxHashMap<&'t str, Vec<usize>>>,
    counts: Vec<usize>,
    /// What is worked out again and again: the weight of a stem around an article, and how well a word stands for another.
    weights: FxHashMap<(usize, &'t str), u32>,
    alike: FxHashMap<(&'t str, &'t str), u32>,
    lemmas: FxHashMap<&'t str, Rc<[SmolStr]>>,
}

impl<'t> Matcher<'t> {
    /// For some tellings that others are held against: of articles that are not near theirs nothing is looked up.
    fn new(tellings: &'t [Telling], stories: &[Story], near: &[Near], asked: &[usize]) -> Matcher<'t> {
        let mut around: Vec<Vec<usize>> = (0..stories.len()).map(|s| vec![s]).collect();
        for link in near.iter().filter(|n| (LEAST..COPY).contains(&n.likeness)) {
            around[link.first].push(link.second);
            around[link.second].push(link.first);
        }
        let mut places: Vec<FxHashMap<&str, Vec<usize>>> = vec![FxHashMap::default(); stories.len()];
        let mut counts = vec![0; stories.len()];
        let mut is_near = vec![false; stories.len()];
        for &index in asked {
            around[tellings[index].story].iter().for_each(|story| is_near[*story] = true);
        }
        for (index, telling) in tellings.iter().enumerate().filter(|(_, telling)| is_near[telling.story]) {
            counts[telling.story] += 1;
            for word in &telling.content {
                let list = places[telling.story].entry(stem(word)).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        let (weights, alike, lemmas) = Default::default();
        Matcher { tellings, around, places, counts, weights, alike, lemmas }
    }

    /// What a word weighs among the claims of the articles around one: a hundred is one step of the natural logarithm.
    fn weight(&mut self, story: usize, word: &'t str) -> u32 {
        let stem = stem(word);
        *self.weights.entry((story, stem)).or_insert_with(|| {
            let around = &self.around[story];
            let with: usize = around.iter().filter_map(|&s| self.places[s].get(stem)).map(Vec::len).sum();
            let all: usize = around.iter().map(|&s| self.counts[s]).sum();
            (((all as f64 + 1.0) / (with as f64 + 0.5)).ln() * 100.0).max(10.0) as u32
        })
    }

    /// Claims around an article that say a fair part of what a claim says, in the same words.
    fn candidates(&mut self, index: usize) -> Vec<usize> {
        let tellings = self.tellings;
        let telling = &tellings[index];
        let mut sums: BTreeMap<usize, u32> = BTreeMap::new();
        let mut all = 0;
        for word in &telling.content {
            let weight = self.weight(telling.story, word);
            all += weight;
            // What every other claim says tells nothing.
            if weight < 100 {
                continue;
            }
            for &story in &self.around[telling.story] {
                for &other in self.places[story].get(stem(word)).into_iter().flatten() {
                    *sums.entry(other).or_default() += weight;
                }
            }
        }
        let is_told = is_denial(telling) || cleft(&telling.words).is_some();
        let least = if is_told { MENTIONED_DENIED } else { MENTIONED };
        sums.into_iter().filter(|(_, sum)| sum * 100 >= all * least).map(|(other, _)| other).collect()
    }

    /// How well one word stands for another, in hundredths.
    fn alike(&mut self, a: &'t str, b: &'t str) -> u32 {
        if stem(a) == stem(b) {
            return 100;
        }
        if let Some(alike) = self.alike.get(&(a, b)) {
            return *alike;
        }
        let near = |k: Kinship| matches!(k, Kinship::Same | Kinship::Narrower(1 | 2) | Kinship::Broader(1 | 2));
        let (xs, ys) = (self.lemmas(a), self.lemmas(b));
        let is_kin = xs.iter().any(|x| ys.iter().any(|y| near(wordnet::verbs(x, y)) || near(wordnet::nouns(x, y))));
        let is_used = || Model::english().likeness(a, b).is_some_and(|alike| alike >= ALIKE);
        let alike = if is_kin || is_used() { KIND } else { 0 };
        self.alike.insert((a, b), alike);
        alike
    }

    fn lemmas(&mut self, word: &'t str) -> Rc<[SmolStr]> {
        Rc::clone(self.lemmas.entry(word).or_insert_with(|| lemmas(word).into()))
    }

    fn shared(&mut self, one: usize, other: usize) -> Shared {
        let (x, y) = (&self.tellings[one], &self.tellings[other]);
        let mut shared = Shared::default();
        let covered = |matcher: &mut Self, x: &'t Telling, y: &'t Telling, shared: &mut Shared| {
            let (mut sum, mut all) = (0, 0);
            for word in &x.content {
                let weight = matcher.weight(x.story, word);
                let best = y.content.iter().map(|w| matcher.alike(word, w)).max().unwrap_or(0);
                sum += weight * best / 100;
                all += weight;
                shared.same += usize::from(best == 100);
                shared.alike += usize::from(best > 0);
            }
            sum * 100 / all.max(1)
        };
        shared.there = covered(self, x, y, &mut shared);
        shared.back = covered(self, y, x, &mut Shared::default());
        shared
    }
}

/// The dictionary forms that a word may have as a noun and as a verb.
fn lemmas(word: &str) -> Vec<SmolStr> {
    let mut found = vec![SmolStr::from(word)];
    for tag in [Xpos::Nns, Xpos::Vbd, Xpos::Vbn, Xpos::Vbg, Xpos::Vbz] {
        let lemma = lemma(word, word, tag, false);
        if lemma != word && !found.contains(&lemma) {
            found.push(lemma);
        }
    }
    found
}

/// Somebody who is named denies or rejects it in so many words.
fn is_denial(telling: &Telling) -> bool {
    telling.is_denied && telling.is_cue && !telling.speaker.is_empty()
}

/// A denial of a whole clause, of which it can be sure what is denied.
fn may_be_sure(telling: &Telling) -> bool {
    is_denial(telling) && telling.words.starts_with(CLAUSE) && is_claim(telling)
}

/// All disputes, each pair of claims once; `is_sure` keeps those of which nine in ten are disputes.
pub fn find(tellings: &[Telling], stories: &[Story], near: &[Near], is_sure: bool) -> Vec<Value> {
    let is_asked = |one: &Telling| {
        // Who refuses to do something denies nothing.
        let is_refusal = one.is_denied && one.words.starts_with("to ");
        let says = one.is_denied || one.cause.is_some() || cleft(&one.words).is_some();
        says && !is_refusal && one.content.len() >= 2 && (!is_sure || may_be_sure(one))
    };
    let asked: Vec<usize> = (0..tellings.len()).filter(|&index| is_asked(&tellings[index])).collect();
    let mut matcher = Matcher::new(tellings, stories, near, &asked);
    let mut disputes: Vec<Dispute> = Vec::new();
    for index in asked {
        let one = &tellings[index];
        let cleft = if one.is_denied { None } else { cleft(&one.words) };
        let denies = may_be_sure(one);
        let mut best: Option<Dispute> = None;
        for other in matcher.candidates(index) {
            let two = &tellings[other];
            let is_one = one.story == two.story;
            let meets = is_one && one.span.0 < two.span.1 && two.span.0 < one.span.1;
            if two.is_denied || two.content.len() < 2 || meets || is_one && one.speaker == two.speaker {
                continue;
            }
            let is_clear = denies && is_claim(two) && one.speaker != two.speaker && !two.speaker.is_empty();
            if is_sure && !is_clear {
                continue;
            }
            let shared = matcher.shared(index, other);
            let weight = shared.weight();
            let found = if one.is_denied {
                // A sentence with a word of negation seldom denies what another says, but in its own words.
                let is_alike = match is_denial(one) {
                    true => shared.alike >= 2 || shared.same == 1 && one.content.len() <= 2,
                    false => shared.same >= 2.min(one.content.len()),
                };
                let is_sure = is_clear && shared.there >= SURE.0 && shared.back >= SURE.1 && shared.same >= 3;
                let question = one.cause.or(two.cause).unwrap_or("happened");
                let least = if is_denial(one) { DENIED_IN_WORDS } else { DENIED };
                (is_alike && weight >= least).then_some((question, "deny", other, index, is_sure))
            } else if let Some((who, did)) = &cleft {
                let says = |w: &SmolStr| two.content.iter().any(|v| stem(v) == stem(w));
                let is_same = did.iter().filter(|w| says(w)).count() >= 2 && !who.iter().any(says);
                (is_same && one.speaker != two.speaker || is_same && !is_one).then_some((
                    "responsible",
                    "contradict",
                    other,
                    index,
                    false,
                ))
            } else {
                let is_alike = one.cause == two.cause && other > index && shared.same >= 2;
                let is_alike = is_alike && (CAUSED.0..CAUSED.1).contains(&weight);
                one.cause.filter(|_| is_alike).map(|question| (question, "differ", index, other, false))
            };
            let Some((question, kind, left, right, is_sure)) = found else { continue };
            if best.as_ref().is_none_or(|b| (is_sure, weight) > (b.is_sure, b.weight)) {
                best = Some(Dispute { question, kind, left, right, weight, is_sure });
            }
        }
        disputes.extend(best);
    }
    disputes.retain(|d| d.is_sure || !is_sure);
    disputes.sort_by(|p, q| {
        let rank = |d: &Dispute| (Reverse(d.is_sure), Reverse(d.weight), d.left, d.right);
        rank(p).cmp(&rank(q))
    });
    // What papers print alike is one dispute.
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    disputes.retain(|d| seen.insert((&tellings[d.left].words, &tellings[d.right].words)));
    let side = |index: usize| {
        let telling = &tellings[index];
        let story = &stories[telling.story];
        json!({
            "document": story.id,
            "text": telling.words,
            "span": [telling.span.0, telling.span.1],
            "speaker": if telling.speaker.is_empty() { Value::Null } else { json!(telling.speaker) },
            "publisher": if story.publisher.is_empty() { Value::Null } else { json!(story.publisher) },
            "denied": telling.is_denied,
        })
    };
    let shown = |dispute: &Dispute| {
        json!({
            "question": dispute.question,
            "kind": dispute.kind,
            "left": side(dispute.left),
            "right": side(dispute.right),
            "shared": dispute.weight,
            "sure": dispute.is_sure,
        })
    };
    disputes.iter().map(shown).collect()
}

/// True for words that say that something is so, and not for what somebody is to do or for a bare name.
fn is_claim(telling: &Telling) -> bool {
    let first = telling.words.split_whitespace().next().unwrap_or("").to_lowercase();
    telling.content.len() >= 3 && !matches!(first.as_str(), "to" | "whether" | "if" | "not")
}
