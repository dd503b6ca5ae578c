//! Pairs of clauses that may quarrel, and what of them tells whether they do.

use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::clause::{Clause, stem};
use super::{Feature, Telling};
use crate::annotate::lemma::lemma;
use crate::annotate::syntax::Model;
use crate::annotate::topic;
use crate::graph::compare::figure::Story;
use crate::graph::compare::incident::Near;
use crate::lexicon::wordnet::{self, Kinship};
use crate::text::Xpos;

/// Articles more alike than this are copies.
const COPY: u32 = 900;

/// Articles that an article is held against: the nearest.
const NEIGHBOURS: usize = 10;

/// Clauses that a clause is held against, of all these articles.
const PARTNERS: usize = 12;

/// What a word weighs at least that makes a pair of two clauses, in hundredths of a logarithm: what every other clause says
/// tells nothing; and what a kind of things or doings weighs that both have a word for.
const TELLING: u32 = 100;
const TELLING_KIND: u32 = 250;

/// Pairs of words whose likeness is kept at hand.
const AT_HAND: usize = 1 << 20;

/// What a word weighs at most.
const RAREST: u32 = 500;

/// What a stretch of words has in common with another.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    /// In thousandths of what its words weigh: in the same words, and with those that stand for others.
    same: u32,
    all: u32,
    /// Its words that the other says, has a kindred word for, or one that is used alike.
    words: u32,
    kin: u32,
    used: u32,
    /// The most that a word of both weighs.
    rarest: u32,
}

/// Two clauses that may quarrel, the first before the second.
#[derive(Clone, Debug)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    pub features: Vec<Feature>,
}

/// Clauses of near articles by the stems of their words. A word weighs the more, the fewer clauses around an article say it.
pub struct Matcher<'t> {
    tellings: &'t [Telling],
    clauses: &'t [Clause<'t>],
    stories: &'t [Story],
    around: Around,
    /// The words of all clauses, and for each clause the numbers of its own.
    words: Vec<Word<'t>>,
    content: Vec<Rc<[u32]>>,
    /// For each article its clauses by the stems of their words, and by the kinds of things and doings that these are.
    places: Vec<FxHashMap<u32, Vec<usize>>>,
    kinds: Vec<FxHashMap<u32, Vec<usize>>>,
    counts: Vec<usize>,
    /// What is worked out again and again: around one article, what a stem weighs and how many clauses say it; how well a word
    /// stands for another.
    home: usize,
    weights: FxHashMap<u32, (u32, u32)>,
    alike: FxHashMap<(u32, u32), (u32, Like)>,
}

/// A word of some clauses, looked up once.
struct Word<'t> {
    text: &'t str,
    /// The number of its stem.
    stem: u32,
    /// The dictionary forms that it may have.
    lemmas: Vec<SmolStr>,
    /// The kinds of things and doings that it is: its first sense and what lies right above it.
    kinds: Rc<[u32]>,
    /// What is asked only where it is held against another.
    held: OnceCell<Held>,
}

/// What of a word tells how it stands to another.
struct Held {
    /// The verbs that its forms are nouns of.
    verbs: Vec<&'static str>,
    /// What lies up to two steps above any of its senses.
    above: Vec<u32>,
    /// What the commonest of its forms weighs by the table of words.
    common: u32,
}

/// A list in order, each once.
fn ordered(mut found: Vec<u32>) -> Vec<u32> {
    found.sort_unstable();
    found.dedup();
    found
}

impl<'t> Word<'t> {
    fn new(text: &'t str, stem: u32) -> Word<'t> {
        let lemmas = lemmas(text);
        let firsts = lemmas.iter().flat_map(|lemma| [wordnet::noun_line(lemma), wordnet::verb_line(lemma)]);
        let kinds = ordered(firsts.flat_map(|line| line.into_iter().take(2)).collect()).into();
        Word { text, stem, kinds, held: OnceCell::new(), lemmas }
    }

    fn held(&self) -> &Held {
        self.held.get_or_init(|| Held {
            verbs: self.lemmas.iter().filter_map(|lemma| wordnet::verb_of(lemma)).collect(),
            above: ordered(self.lemmas.iter().flat_map(|lemma| wordnet::kinds_above(lemma)).collect()),
            common: commonest(&self.lemmas),
        })
    }

    /// How far apart two words are in WordNet: 0 for one thing or doing, 1 to 4 steps up or down, 5 for sisters, else 9.
    fn kin(&self, other: &Word) -> u8 {
        let made = |a: &Word, b: &Word| a.held().verbs.iter().any(|verb| b.lemmas.iter().any(|lemma| lemma == verb));
        if self.lemmas.iter().any(|lemma| other.lemmas.contains(lemma)) || made(self, other) || made(other, self) {
            return 0;
        }
        if !meet(&self.held().above, &other.held().above) {
            return 9;
        }
        let steps = |k: Kinship| match k {
            Kinship::Same => 0,
            Kinship::Narrower(steps) | Kinship::Broader(steps) => steps,
            Kinship::Sisters => 5,
            Kinship::Apart => 9,
        };
        let pairs = self.lemmas.iter().flat_map(|x| other.lemmas.iter().map(move |y| (x, y)));
        pairs.map(|(x, y)| steps(wordnet::verbs(x, y)).min(steps(wordnet::nouns(x, y)))).min().unwrap_or(9)
    }
}

/// Whether two lists in order have anything in common.
fn meet(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            Ordering::Equal => return true,
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
        }
    }
    false
}

/// How a word stands for another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Like {
    Same,
    Kin,
    Used,
    #[default]
    Not,
}

/// For each article those that it is held against, with their likeness: itself, then the nearest.
pub type Around = Vec<Vec<(usize, u32)>>;

/// Those of so many articles.
pub fn around(stories: usize, near: &[Near]) -> Around {
    let mut around: Around = (0..stories).map(|s| vec![(s, 1000)]).collect();
    for link in near.iter().filter(|n| n.likeness < COPY) {
        around[link.first].push((link.second, link.likeness));
        around[link.second].push((link.first, link.likeness));
    }
    for near in &mut around {
        near.sort_unstable_by_key(|&(story, likeness)| (Reverse(likeness), story));
        near.truncate(1 + NEIGHBOURS);
    }
    around
}

impl<'t> Matcher<'t> {
    pub fn new(
        tellings: &'t [Telling],
        clauses: &'t [Clause<'t>],
        stories: &'t [Story],
        around: Around,
    ) -> Matcher<'t> {
        let (mut words, mut stems) = (Vec::new(), FxHashMap::default());
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut number = |word: &'t str| {
            let next = stems.len() as u32;
            let stem = *stems.entry(stem(word)).or_insert(next);
            *numbers.entry(word).or_insert_with(|| {
                words.push(Word::new(word, stem));
                words.len() as u32 - 1
            })
        };
        let content: Vec<Rc<[u32]>> =
            clauses.iter().map(|clause| clause.content.iter().map(|word| number(word)).collect()).collect();
        let mut places = vec![FxHashMap::<u32, Vec<usize>>::default(); stories.len()];
        let mut kinds = vec![FxHashMap::<u32, Vec<usize>>::default(); stories.len()];
        let mut counts = vec![0; stories.len()];
        for (index, clause) in clauses.iter().enumerate() {
            counts[clause.story] += 1;
            for word in content[index].iter().map(|&word| &words[word as usize]) {
                places[clause.story].entry(word.stem).or_default().push(index);
                for &kind in word.kinds.iter() {
                    let list = kinds[clause.story].entry(kind).or_default();
                    if list.last() != Some(&index) {
                        list.push(index);
                    }
                }
            }
        }
        let (home, weights, alike) = Default::default();
        Matcher { tellings, clauses, stories, around, words, content, places, kinds, counts, home, weights, alike }
    }

    /// What is said by so many of the clauses around an article weighs: a hundred is one step of the natural logarithm.
    fn weight_of(&self, home: usize, said: usize) -> u32 {
        let all: usize = self.around[home].iter().map(|&(s, _)| self.counts[s]).sum();
        (((all as f64 + 1.0) / (said as f64 + 0.5)).ln() * 100.0).clamp(10.0, f64::from(RAREST)) as u32
    }

    /// What a word weighs around an article, and how many clauses say it.
    fn weight(&mut self, home: usize, word: u32) -> (u32, u32) {
        if self.home != home {
            self.home = home;
            self.weights.clear();
        }
        let stem = self.words[word as usize].stem;
        if let Some(weight) = self.weights.get(&stem) {
            return *weight;
        }
        let said = self.around[home].iter().filter_map(|&(s, _)| self.places[s].get(&stem)).map(Vec::len).sum();
        let weight = (self.weight_of(home, said), said as u32);
        self.weights.insert(stem, weight);
        weight
    }

    /// Clauses around an article that say a word of a clause, or have one of its kind, those that share most first; not those
    /// of the same voice.
    pub fn partners(&mut self, index: usize) -> Vec<usize> {
        let (clauses, tellings) = (self.clauses, self.tellings);
        let clause = &clauses[index];
        let mut sums: FxHashMap<usize, u32> = FxHashMap::default();
        for &word in self.content[index].clone().iter() {
            let weight = self.weight(clause.story, word).0;
            if weight < TELLING {
                continue;
            }
            let word = &self.words[word as usize];
            for &(story, _) in &self.around[clause.story] {
                for &other in self.places[story].get(&word.stem).into_iter().flatten() {
                    *sums.entry(other).or_default() += weight;
                }
            }
            for kind in word.kinds.iter() {
                let lists = || self.around[clause.story].iter().filter_map(|&(s, _)| self.kinds[s].get(kind));
                let weight = self.weight_of(clause.story, lists().map(Vec::len).sum());
                if weight >= TELLING_KIND {
                    lists().flatten().for_each(|&other| *sums.entry(other).or_default() += weight / 4);
                }
            }
        }
        let is_other = |other: usize| {
            let (one, two) = (&tellings[clause.telling], &tellings[clauses[other].telling]);
            one.story != two.story
                || one.speaker != two.speaker && !(one.span.0 < two.span.1 && two.span.0 < one.span.1)
        };
        let mut found: Vec<(Reverse<u32>, usize)> =
            sums.into_iter().filter(|(other, _)| is_other(*other)).map(|(other, sum)| (Reverse(sum), other)).collect();
        found.sort_unstable();
        found.truncate(PARTNERS);
        found.into_iter().map(|(_, other)| other).collect()
    }

    /// How well one word stands for another, in hundredths, and how.
    fn alike(&mut self, a: u32, b: u32) -> (u32, Like) {
        let (one, two) = (&self.words[a as usize], &self.words[b as usize]);
        if one.stem == two.stem {
            return (100, Like::Same);
        }
        let key = (a.min(b), a.max(b));
        if let Some(alike) = self.alike.get(&key) {
            return *alike;
        }
        let used = || Model::english().likeness(one.text, two.text).unwrap_or(-1);
        let alike = match one.kin(two) {
            0 | 1 => (75, Like::Kin),
            kin => match (kin, used()) {
                (_, 60..) => (60, Like::Used),
                (2, _) => (50, Like::Kin),
                (_, 50..) => (45, Like::Used),
                (5, 40..) => (40, Like::Not),
                (_, 45..) => (30, Like::Used),
                _ => (0, Like::Not),
            },
        };
        if self.alike.len() >= AT_HAND {
            self.alike.clear();
        }
        self.alike.insert(key, alike);
        alike
    }

    /// What one clause has in common with another, by the weights of words around the article of a third one.
    fn shared(&mut self, one: usize, other: usize, home: usize) -> Shared {
        let (x, y) = (Rc::clone(&self.content[one]), Rc::clone(&self.content[other]));
        let (mut same, mut sum, mut all) = (0, 0, 0);
        let mut shared = Shared::default();
        for &word in x.iter() {
            let local = self.weight(home, word).0;
            let weight = local * self.words[word as usize].held().common / 80;
            let mut best = (0, Like::Not);
            for &its in y.iter() {
                let alike = self.alike(word, its);
                if alike.0 > best.0 {
                    best = alike;
                }
            }
            all += weight;
            sum += weight * best.0;
            match best.1 {
                Like::Same => {
                    same += weight * 100;
                    shared.words += 1;
                    shared.rarest = shared.rarest.max(local);
                }
                Like::Kin => shared.kin += 1,
                Like::Used => shared.used += 1,
                Like::Not => {}
            }
        }
        shared.same = same * 10 / all.max(1);
        shared.all = sum * 10 / all.max(1);
        shared
    }

    /// How much of either clause the other says, in percent, and how many words, by the weights around the first one's article.
    pub fn said(&mut self, one: usize, other: usize) -> (u32, u32, u32) {
        let home = self.clauses[one].story;
        let (there, back) = (self.shared(one, other, home), self.shared(other, one, home));
        (there.all / 10, back.all / 10, there.words)
    }

    /// All pairs that may quarrel, in order.
    pub fn each(&mut self, mut work: impl FnMut(Pair)) {
        let mut met: Vec<(u32, u32)> = Vec::new();
        for index in 0..self.clauses.len() {
            let partners = self.partners(index);
            met.extend(partners.into_iter().map(|other| (index.min(other) as u32, index.max(other) as u32)));
        }
        met.sort_unstable();
        met.dedup();
        for (first, second) in met {
            let (first, second) = (first as usize, second as usize);
            let features = self.features(first, second);
            work(Pair { first, second, features });
        }
    }

    fn features(&mut self, first: usize, second: usize) -> Vec<Feature> {
        let clauses = self.clauses;
        let sides = [&clauses[first], &clauses[second]];
        let home = sides[0].story;
        let (there, back) = (self.shared(first, second, home), self.shared(second, first, home));
        let near =
            |of: usize, story: usize| self.around[of].iter().find(|(s, _)| *s == story).map(|(_, likeness)| *likeness);
        let near = near(home, sides[1].story).or_else(|| near(sides[1].story, home)).unwrap_or(0);
        let told = sides.map(|side| &self.tellings[side.telling]);
        let mut found: Vec<Feature> = Vec::with_capacity(90);
        let mut add = |name: &'static str, value: u32| found.push((name, value as u16));
        add("base", 0);
        let order = |a: u32, b: u32| (a.min(b), a.max(b));
        let (low, high) = order(there.all, back.all);
        let (least, most) = order(there.same, back.same);
        let (low, high) = (step(low, &[80, 150, 220, 300, 400, 500]), step(high, &[100, 180, 260, 350, 450, 600]));
        add("shared by both", low);
        add("shared by one", high);
        add("same in both", step(least, &[1, 100, 200, 300, 450]));
        add("same in one", step(most, &[1, 120, 220, 350, 500]));
        let words = there.words.min(3);
        add("words", there.words.min(4));
        add("kin", (there.kin + back.kin).min(4));
        add("used alike", (there.used + back.used).min(4));
        add("rarest word", step(there.rarest, &[10, 250, 300, 350, 400]));
        add("near", step(near, &[60, 120, 200, 300, 500, 1000]));
        // What both say, and how many others.
        let stems = |clause: usize| self.content[clause].iter().map(|&word| self.words[word as usize].stem);
        let both = stems(first).filter(|stem| stems(second).any(|other| other == *stem));
        let said: Vec<u32> = both.map(|stem| self.weights.get(&stem).map_or(0, |w| w.1)).collect();
        add("said by these alone", said.iter().filter(|n| **n == 2).count().min(2) as u32);
        let few = said.iter().filter(|n| **n <= 3).count().min(2) as u32;
        add("said by few", few);
        // Negation and denial on either side.
        let refusals = [0, 1].map(|side: usize| refusal(told[side], sides[side]));
        let (p, q) = order(refusals[0], refusals[1]);
        add("refusals", p * 4 + q);
        let no = (refusals[0] > 0) as u32 + (refusals[1] > 0) as u32;
        add("refused", no);
        let is_one = u32::from(sides[0].story == sides[1].story);
        add("one article", is_one);
        let spoken = told.iter().filter(|t| !t.speaker.is_empty()).count() as u32;
        add("spoken", spoken);
        let days = [0, 1].map(|side: usize| self.stories[sides[side].story].published);
        let apart =
            days[0].zip(days[1]).and_then(|(a, b)| a.until(b).ok()).map(|span| span.get_days().unsigned_abs().min(4));
        add("days apart", apart.unwrap_or(5));
        let (short, long) = order(sides[0].length as u32, sides[1].length as u32);
        add("shorter", step(short, &[5, 8, 12, 18]));
        add("longer", step(long, &[8, 12, 18, 26]));
        let common = sides[0].names.iter().filter(|n| sides[1].names.contains(n)).count();
        add("names of both", common.min(2) as u32);
        add(
            "names of one",
            (sides[0].names.len() + sides[1].names.len()
                - 2 * common.min(sides[0].names.len()).min(sides[1].names.len()))
            .min(3) as u32,
        );
        let both = |test: &dyn Fn(&Clause) -> bool| sides.iter().filter(|side| test(side)).count() as u32;
        let whole = both(&|side| side.cues.has("whole"));
        add("whole of", whole);
        add("first", both(&|side| side.nth == 0));
        add("last", both(&|side| side.nth + 1 == side.of));
        add("digits", both(&|side| side.has_digit));
        for cue in ["strong", "rather", "we", "aside", "said"] {
            add(cue, both(&|side| side.cues.has(cue)));
        }
        for question in super::QUESTIONS {
            let n = both(&|side| side.cues.has(question));
            add(question, n * 4 + no);
        }
        for (name, value) in [
            ("refused, shared by one", high / 2),
            ("refused, shared by both", low / 2),
            ("refused, one article", is_one),
            ("refused, spoken", spoken),
            ("refused, whole", whole),
            ("refused, words", words),
            ("refused, few", few),
        ] {
            add(name, value * 4 + no);
        }
        add("shared by one, both", (high / 2) * 8 + low / 2);
        add("shared by one, spoken", (high / 2) * 4 + spoken);
        // Either clause by itself: twice what holds of both.
        let own = |side: usize, links: u32| -> Vec<Feature> {
            let (clause, telling) = (sides[side], told[side]);
            let is_spoken = u32::from(!telling.speaker.is_empty());
            vec![
                ("own length", step(clause.length as u32, &[4, 6, 9, 13, 18, 25]) as u16),
                ("own content", clause.content.len().min(8) as u16),
                ("own voice", is_spoken as u16),
                ("own quotation", u16::from(telling.words.starts_with(['"', '“', '‘']))),
                ("own place", step(clause.nth as u32, &[1, 2, 3, 5, 8]) as u16),
                ("own refusal", refusals[side] as u16),
                ("own names", clause.names.len().min(2) as u16),
                ("own links", step(links, &[15, 30, 45, 60, 75]) as u16),
            ]
        };
        let links = [first, second].map(|clause| self.links(clause));
        let (one, two) = (own(0, links[0]), own(1, links[1]));
        for (a, b) in one.into_iter().zip(two) {
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            found.push((a.0, a.1 * 2 + u16::from(a == b)));
            found.extend((a != b).then_some((b.0, b.1 * 2)));
        }
        found.push(("links of both", step(links[0].min(links[1]), &[20, 40, 60]) as u16));
        found
    }

    /// How many of a clause's words other near articles say, in percent.
    fn links(&self, clause: usize) -> u32 {
        let words = &self.content[clause];
        let others = || self.around[self.clauses[clause].story].iter().skip(1);
        let is_said =
            |w: &&u32| others().any(|&(story, _)| self.places[story].contains_key(&self.words[**w as usize].stem));
        (words.iter().filter(is_said).count() * 100 / words.len().max(1)) as u32
    }
}

/// How a clause says no: not at all, its source denies it, it has a word of negation, it calls something false.
fn refusal(telling: &Telling, clause: &Clause) -> u32 {
    match () {
        () if telling.is_denied || clause.cues.has("deny") => 1,
        () if clause.cues.has("no") => 2,
        () if clause.cues.has("false") => 3,
        () => 0,
    }
}

/// How many edges a number reaches.
fn step(number: u32, edges: &[u32]) -> u32 {
    edges.iter().filter(|edge| number >= **edge).count() as u32
}

/// What the commonest of some forms of a word weighs by the table of words.
fn commonest(forms: &[SmolStr]) -> u32 {
    forms.iter().map(|form| topic::weight(form)).min().unwrap_or(0)
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
