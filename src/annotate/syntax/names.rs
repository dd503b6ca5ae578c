//! Names of a whole document: what the network scores token by token, made to agree where a name comes again, nudged by the
//! gazetteer, and decoded so that every "inside" continues a name of its class.

use rustc_hash::FxHashMap;

use super::model::Model;
use crate::lexicon::gazetteer::{SHIPPED, key};
use crate::text::{Document, Id, NameClass, NamePart, Token};

/// How far the occurrences of the same words are drawn to what all of them say.
const AGREE: f32 = 0.5;

/// How far a lone surname is drawn to the full names that end with it, where these are persons.
const SURNAME: f32 = 0.6;

/// What the gazetteer adds to the score of a thing's class.
const KNOWN: f32 = 1.0;

/// The lowest score of a class beside the best one.
const FLOOR: f32 = -4.0;

/// The lowest score of a class beside the best label, "outside" included.
const DEEPEST: f32 = -14.0;

/// The weight of an occurrence that reads like no name.
const DOUBTED: f32 = 0.1;

/// What is taken off the names' labels at a title.
const TITLE: f32 = 6.0;

/// Titles before a person's name, which are no part of it; with a full stop or without.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Messrs", "Mx"];

/// Words of the longest name that is looked up.
const LONGEST: usize = 6;

/// Words in a row with capitals, each of a sentence.
struct Run {
    first: usize,
    end: usize,
}

/// Buffers, reused.
#[derive(Default)]
pub(super) struct Names {
    /// The network's scores: a row of labels for each token of the document.
    pub(super) scores: Vec<f32>,
    /// For each token the score of each class of name beside the best label; "outside" first.
    classes: Vec<f32>,
    /// What is added for each token and class.
    added: Vec<f32>,
    back: Vec<usize>,
}

impl Names {
    /// The best label of each token, by its place in the model's list; `sentences` are the stretches that were read together.
    pub(super) fn decode(
        &mut self,
        doc: &Document,
        model: &Model,
        sentences: impl Iterator<Item = (usize, usize)> + Clone,
        path: &mut Vec<usize>,
    ) {
        let labels = model.names.len();
        let runs = runs(doc, sentences.clone());
        let groups = groups(doc, &runs);
        // The places of the classes among the columns: 0 is "outside".
        let classes: Vec<NameClass> = model.names.iter().filter(|n| n.0 == NamePart::Begin).map(|n| n.1).collect();
        let column = |class: NameClass| 1 + classes.iter().position(|&c| c == class).unwrap_or(classes.len());
        let columns: Vec<usize> = model
            .names
            .iter()
            .map(|&(part, class)| if part == NamePart::Outside { 0 } else { column(class) })
            .collect();
        let width = classes.len() + 2;
        self.sum_up(&runs, &columns, width);
        self.added.clear();
        self.added.resize(self.classes.len(), 0.0);
        self.agree(&groups, width);
        self.agree_surnames(doc, &runs, width, column(NameClass::Person));
        for (row, added) in self.scores.chunks_exact_mut(labels).zip(self.added.chunks_exact(width)) {
            for (score, &column) in row.iter_mut().zip(&columns) {
                *score += added[column];
            }
        }
        self.look_up(doc, model, &groups);
        for token in (0..self.scores.len() / labels).filter(|&t| is_title(doc.word(Id::new(t)))) {
            for (score, name) in self.scores[token * labels..(token + 1) * labels].iter_mut().zip(&model.names) {
                *score -= if name.0 == NamePart::Outside { 0.0 } else { TITLE };
            }
        }
        path.clear();
        for (first, end) in sentences {
            best_path(&model.before, &self.scores[first * labels..end * labels], &mut self.back, path);
        }
    }

    /// The best score of each class, beside the best of all, for the tokens of runs.
    fn sum_up(&mut self, runs: &[Run], columns: &[usize], width: usize) {
        let labels = columns.len();
        self.classes.clear();
        self.classes.resize(self.scores.len() / labels * width, DEEPEST);
        for token in runs.iter().flat_map(|r| r.first..r.end) {
            let row = &self.scores[token * labels..(token + 1) * labels];
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            let classes = &mut self.classes[token * width..(token + 1) * width];
            for (&score, &column) in row.iter().zip(columns) {
                classes[column] = classes[column].max(score - most);
            }
        }
    }

    /// "Harbour Trust" is of one class all through an article.
    fn agree(&mut self, groups: &[Vec<&Run>], width: usize) {
        let mut shared = vec![0.0; width];
        for group in groups.iter().filter(|g| g.len() > 1) {
            for place in 0..group[0].end - group[0].first {
                let tokens = || group.iter().map(|r| r.first + place);
                shared.fill(0.0);
                let mut weights = 0.0;
                for token in tokens() {
                    let classes = &self.classes[token * width..(token + 1) * width];
                    let best = best_name(classes);
                    let weight = if best > classes[0] { 1.0 } else { DOUBTED };
                    weights += weight;
                    for (sum, &score) in shared.iter_mut().zip(classes) {
                        *sum += weight * (score - best).max(FLOOR);
                    }
                }
                for token in tokens() {
                    let classes = &self.classes[token * width..(token + 1) * width];
                    let best = best_name(classes);
                    let added = &mut self.added[token * width..(token + 1) * width];
                    for column in 1..width {
                        added[column] += AGREE * (shared[column] / weights - (classes[column] - best).max(FLOOR));
                    }
                }
            }
        }
    }

    /// "Roe" is a person where "Jane Roe" is.
    fn agree_surnames(&mut self, doc: &Document, runs: &[Run], width: usize, person: usize) {
        let mut full_names: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for run in runs.iter().filter(|r| (2..=4).contains(&(r.end - r.first))) {
            full_names.entry(doc.word(Id::new(run.end - 1))).or_default().push(run.end - 1);
        }
        let mut shared = vec![0.0; width];
        for run in runs.iter().filter(|r| r.end == r.first + 1) {
            let Some(ends) = full_names.get(doc.word(Id::new(run.first))) else { continue };
            shared.fill(0.0);
            for &end in ends {
                for (sum, &score) in shared.iter_mut().zip(&self.classes[end * width..(end + 1) * width]) {
                    *sum += score / ends.len() as f32;
                }
            }
            if (0..width).all(|column| column == person || shared[column] < shared[person]) {
                let at = run.first * width;
                for (column, sum) in shared.iter().enumerate() {
                    self.added[at + column] += SURNAME * (sum - self.classes[at + column]);
                }
            }
        }
    }

    /// Adds to the class of what the gazetteer knows: whole runs, and names of several words inside of them.
    fn look_up(&mut self, doc: &Document, model: &Model, groups: &[Vec<&Run>]) {
        let labels = model.names.len();
        for group in groups {
            let run = group[0];
            let mut at = run.first;
            while at < run.end {
                let known = (at + 1..=run.end.min(at + LONGEST)).rev().find_map(|end| {
                    let name = key(doc.slice(doc.span_of(Id::new(at)..Id::new(end))));
                    SHIPPED.find(&name).next().filter(|r| r.rank <= 1).map(|r| (end, r.thing.kind.class()))
                });
                let Some((end, class)) = known else {
                    at += 1;
                    continue;
                };
                if end > at + 1 || end - at == run.end - run.first {
                    for (run, token) in group.iter().flat_map(|r| (at..end).map(move |t| (r, t - run.first))) {
                        for (label, &(part, of)) in model.names.iter().enumerate() {
                            let begins = part == NamePart::Begin && token == at - group[0].first;
                            if of == class && (part == NamePart::Inside || begins) {
                                self.scores[(run.first + token) * labels + label] += KNOWN;
                            }
                        }
                    }
                }
                at = end;
            }
        }
    }
}

/// "Mr", "Mr."
fn is_title(word: &str) -> bool {
    TITLES.contains(&word.strip_suffix('.').unwrap_or(word))
}

/// The best score of a name's class.
fn best_name(classes: &[f32]) -> f32 {
    classes[1..].iter().copied().fold(f32::MIN, f32::max)
}

/// The runs of capitalised words in each sentence.
fn runs(doc: &Document, sentences: impl Iterator<Item = (usize, usize)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (first, end) in sentences {
        let mut open = false;
        for token in first..end {
            let word = doc.word(Id::<Token>::new(token));
            let capital = word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some() && !is_title(word);
            match runs.last_mut() {
                Some(last) if capital && open => last.end = token + 1,
                _ if capital => runs.push(Run { first: token, end: token + 1 }),
                _ => {}
            }
            open = capital;
        }
    }
    runs
}

/// Runs of the same words together, in the order of the text: a hash map has none.
fn groups<'r>(doc: &Document, runs: &'r [Run]) -> Vec<Vec<&'r Run>> {
    let mut groups: Vec<Vec<&Run>> = Vec::new();
    // The same characters may have been split otherwise, so tokens are counted, too.
    let mut by_words: FxHashMap<(&str, usize), usize> = FxHashMap::default();
    for run in runs {
        let words = doc.slice(doc.span_of(Id::new(run.first)..Id::new(run.end)));
        let group = *by_words.entry((words, run.end - run.first)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(run);
    }
    groups
}

/// The place of the highest number, the first of equal ones.
fn peak(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in row.iter().enumerate() {
        if x > row[best] {
            best = i;
        }
    }
    best
}

/// The best sequence of labels of a sentence in which every "inside" continues a name of its class, appended to `path`;
/// `before` tells what each label continues.
fn best_path(before: &[Option<Vec<usize>>], scores: &[f32], back: &mut Vec<usize>, path: &mut Vec<usize>) {
    /// No label can come before.
    const NONE: f32 = -1e9;
    let k = before.len();
    let n = scores.len() / k;
    if n == 0 {
        return;
    }
    back.clear();
    back.resize(n * k, 0);
    let (mut last, mut now) = (vec![NONE; k], vec![NONE; k]);
    for (i, row) in scores.chunks_exact(k).enumerate() {
        let best = if i == 0 { 0 } else { peak(&last) };
        for (l, before) in before.iter().enumerate() {
            let from = match before {
                None => Some(best),
                Some(_) if i == 0 => None,
                Some(before) => before.iter().copied().reduce(|best, p| if last[p] > last[best] { p } else { best }),
            };
            now[l] = match from {
                Some(from) => {
                    back[i * k + l] = from;
                    row[l] + if i == 0 { 0.0 } else { last[from] }
                }
                None => NONE,
            };
        }
        std::mem::swap(&mut last, &mut now);
    }
    let start = path.len();
    path.resize(start + n, 0);
    let mut at = peak(&last);
    for i in (0..n).rev() {
        path[start + i] = at;
        at = back[i * k + at];
    }
}
