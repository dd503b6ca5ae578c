//! Trains the two taggers of the statement stage on an attribution corpus.
//!
//! usage: cargo run --release --example train-statement -- TRAIN.jsonl[.gz] OUT.bin [--dev DEV.jsonl[.gz]]
//!        [--write-facts FILE] [--role-bits N] [--frame-bits N] [--epochs N] [--folds N] [--network SCALE] …
//!
//! A structured averaged perceptron for each look. The second look learns on first looks made by taggers that
//! have not seen the article (jackknife), so that it meets the mistakes it will meet later.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use sayso::inside::statement::frame::{self, Frame, owners};
use sayso::inside::statement::model::{Found, Model, cues_of};
use sayso::inside::statement::reading::{Paragraph, Reading};
use sayso::inside::statement::role::{self, Above, Near};
use sayso::inside::statement::tagger::{Feature, Tagger};
use sayso::text::{Column, Document, Id, Label};

/// An attribution of the corpus in token numbers.
#[derive(Clone, Debug)]
struct Gold {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// An article with what both looks read of it.
struct Article {
    doc: Document,
    reading: Reading,
    above: Above,
    gold: Vec<Gold>,
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut files, mut options) = (Vec::new(), BTreeMap::new());
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--") {
            Some(name) => {
                options.insert(name.to_string(), args.next().unwrap_or_default());
            }
            None => files.push(arg),
        }
    }
    let number = |name: &str, default: f32| options.get(name).map_or(default, |v| v.parse().expect("a number"));
    if let Some(file) = options.get("write-facts") {
        std::fs::write(file, facts(&files[0])).expect("facts written");
        return;
    }
    if let Some(file) = options.get("write-rows") {
        std::fs::write(file, rows(&files[0])).expect("rows written");
        return;
    }
    if let Some(file) = options.get("write-givers") {
        std::fs::write(file, givers(&files[0])).expect("candidates written");
        return;
    }
    let (role_bits, frame_bits) = (number("role-bits", 17.0) as u32, number("frame-bits", 16.0) as u32);
    let epochs = number("epochs", 8.0) as usize;
    // What a wrong label costs, what "outside" costs where it is wrong, and the longest step.
    let cost = number("cost", 0.1);
    let pace = (cost, cost, number("step", 0.02));
    let frame_pace = (cost, number("missed", 0.1), number("step", 0.02));
    let folds = number("folds", 4.0) as usize;
    // Scores of an earlier state of the network, which does not know the training articles by heart.
    let labels = options.get("labels").map_or(Labels::new(), |file| read_labels(file));
    let articles = read(&files[0], number("limit", 1e9) as usize, &labels);
    if let Some(file) = options.get("write-labels") {
        write_labels(file, &articles);
        return;
    }
    let (network, cue_bias, out_bias) = (number("network", 0.0), number("cue-bias", 0.0), number("out-bias", 0.0));
    // Scores of the network are added while the first look learns only where they are not over-sure of the corpus.
    let seen = if number("train-network", 0.0) > 0.0 { network_table(network) } else { Vec::new() };
    eprintln!("{} articles read; the network alone has {:.1} % of their roles right", articles.len(), alone(&articles));

    let chosen = |keep: &dyn Fn(usize) -> bool| -> Vec<&Article> {
        articles.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, a)| a).collect()
    };
    // First look, once without each fold.
    let mut looks: Vec<Vec<Vec<u8>>> = vec![Vec::new(); articles.len()];
    for fold in 0..folds {
        let role = train_role(&chosen(&|i| i % folds != fold), role_bits, epochs, &seen, pace);
        let mut model = Model { role, ..Model::default() };
        set(&mut model, network, cue_bias, 0.0);
        for (i, article) in articles.iter().enumerate().filter(|(i, _)| i % folds == fold) {
            let roles = |p| model.roles(&article.doc, &article.reading, &article.above, p);
            looks[i] = article.reading.paragraphs.iter().map(roles).collect();
        }
        eprintln!("fold {fold} done");
    }
    let frame = train_frame(&articles, &looks, frame_bits, number("frame-epochs", 6.0) as usize, frame_pace);
    let role = train_role(&chosen(&|_| true), role_bits, epochs, &seen, pace);
    let mut model = Model { role, frame, ..Model::default() };
    // How much the network counts when the weights are used, if not as much as while they were learned.
    let network = number("use-network", network);
    set(&mut model, network, cue_bias, out_bias);
    std::fs::write(&files[1], model.write()).expect("model file written");
    if let Some(dev) = options.get("dev") {
        let dev = read(dev, usize::MAX, &Labels::new());
        eprintln!("the network alone has {:.1} % of the roles right", alone(&dev));
        sweep(&mut model, &dev, [network, cue_bias, out_bias]);
    }
}

/// How many tokens have their right role (source, cue, content, none) in the network's likeliest label, in percent.
fn alone(articles: &[Article]) -> f32 {
    let (mut right, mut all) = (0, 0);
    for article in articles {
        for (label, gold) in article.doc.labels.values().iter().zip(gold_roles(article)) {
            right += usize::from((label.speech as u8).div_ceil(2) == gold.div_ceil(2));
            all += 1;
        }
    }
    100.0 * right as f32 / (all as f32).max(1.0)
}

/// Prints the scores around the chosen settings.
fn sweep(model: &mut Model, dev: &[Article], [network, cue, out]: [f32; 3]) {
    report(model, dev);
    for scale in [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0] {
        set(model, scale, cue, out);
        eprint!("network {scale}: ");
        report(model, dev);
    }
    for bias in [-1.0, 1.0, 2.0, 4.0] {
        set(model, network, cue + bias, out);
        eprint!("cue bias {}: ", cue + bias);
        report(model, dev);
    }
    for bias in [-16.0, -8.0, -4.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0] {
        set(model, network, cue, out + bias);
        eprint!("out bias {}: ", out + bias);
        report(model, dev);
    }
}

/// What a probability of p/255 adds: `scale` steps of the learner for each factor e.
fn network_table(scale: f32) -> Vec<f32> {
    (0..256).map(|p| ((p as f32 + 0.5) / 255.0).ln().max(-6.0) * scale).collect()
}

/// Sets what is added to the learned scores, all in steps of the learner.
fn set(model: &mut Model, network: f32, cue_bias: f32, out_bias: f32) {
    let whole = |value: f32, unit: i32| (value * unit as f32).round() as i32;
    model.network = network_table(network).into_iter().map(|v| whole(v, model.role.unit)).collect();
    model.cue_bias = whole(cue_bias, model.role.unit);
    model.out_bias = whole(out_bias, model.frame.unit);
}

fn read(path: &str, limit: usize, labels: &Labels) -> Vec<Article> {
    let bytes = std::fs::read(path).expect("corpus file");
    let mut text = String::new();
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
    } else {
        text = String::from_utf8(bytes).expect("UTF-8");
    }
    let kit = sayso::annotate::Kit::new();
    text.lines().take(limit).filter_map(|line| article(line, &kit, labels)).collect()
}

/// What is known of every draft of the articles, for `confidence.py`: JSON Lines with spans and facts.
fn facts(path: &str) -> String {
    let mut out = String::new();
    for article in read(path, usize::MAX, &Labels::new()) {
        let (doc, points) = (&article.doc, sayso::text::CodePoints::new(article.doc.text()));
        let span = |r: &Range<usize>| {
            let span = doc.span_of(Id::new(r.start)..Id::new(r.end));
            [points.at(span.start()), points.at(span.end())]
        };
        let drafts = sayso::inside::statement::drafts(doc, &article.reading);
        let rows = drafts.iter().map(|draft| {
            let found = &draft.found;
            let facts: Vec<String> = sayso::inside::statement::facts(doc, &article.reading, draft)
                .iter()
                .map(|(kind, value)| format!("{kind}\t{value}"))
                .collect();
            let cue: Vec<[usize; 2]> = Some(&found.cue).filter(|c| !c.is_empty()).map(span).into_iter().collect();
            serde_json::json!({
                "source": found.source.iter().map(span).collect::<Vec<_>>(),
                "cue": cue,
                "content": found.content.iter().map(span).collect::<Vec<_>>(),
                "facts": facts,
            })
        });
        let rows: Vec<serde_json::Value> = rows.collect();
        out.push_str(&serde_json::json!({"id": doc.source.id, "attributions": rows}).to_string());
        out.push('\n');
    }
    out
}

/// What the program says of the articles, as `annotate` writes it, with the facts of every statement, for `certainty.py`.
fn rows(path: &str) -> String {
    let mut out = String::new();
    for article in read(path, usize::MAX, &Labels::new()) {
        let known = sayso::inside::statement::rows(&article.doc);
        let mut object = sayso::show::jsonl::document(&article.doc);
        let written = object["attributions"].as_array_mut().expect("attributions");
        for (row, (_, facts)) in written.iter_mut().zip(&known) {
            row["facts"] = facts.iter().map(|(kind, value)| format!("{kind}\t{value}")).collect();
        }
        let written = object["quantities"].as_array_mut().expect("quantities");
        for (at, row) in written.iter_mut().enumerate() {
            let facts = sayso::inside::figure::certainty::facts(
                &article.doc,
                Id::new(at),
                &article.doc.quantities[Id::new(at)],
            );
            row["facts"] = facts.iter().map(|(kind, value)| format!("{kind}\t{value}")).collect();
        }
        out.push_str(&object.to_string());
        out.push('\n');
    }
    out
}

/// Who may give each figure, with what is known of each, for `training/figure/ranking.py`; what was learned before is left out.
fn givers(path: &str) -> String {
    use sayso::inside::statement::{candidates, drafts, rules, speaker};
    rules::switch_off(&["figure/ranked".to_string()]).expect("a rule");
    let mut out = String::new();
    for article in read(path, usize::MAX, &Labels::new()) {
        let (doc, reading) = (&article.doc, &article.reading);
        let points = sayso::text::CodePoints::new(doc.text());
        let rows = candidates(doc, reading, &drafts(doc, reading)).into_iter().map(|(quantity, all)| {
            let span = doc.quantities[quantity].span;
            let all: Vec<serde_json::Value> = all
                .iter()
                .map(|c| {
                    let speaker = speaker::of(doc, reading, &c.source);
                    let label = speaker.entity.and_then(|e| doc.entities.at(e)).map(|e| e.label.to_string());
                    serde_json::json!({
                        "at": [points.at(doc.tokens[Id::new(c.source.start)].span.start()), points.at(doc.tokens[Id::new(c.source.end - 1)].span.end())],
                        "words": doc.slice(doc.span_of(Id::new(c.source.start)..Id::new(c.source.end))),
                        "label": label,
                        "facts": c.facts.iter().map(|(kind, value)| format!("{kind}\t{value}")).collect::<Vec<_>>(),
                    })
                })
                .collect();
            serde_json::json!({"span": [points.at(span.start()), points.at(span.end())], "candidates": all})
        });
        let rows: Vec<serde_json::Value> = rows.collect();
        out.push_str(&serde_json::json!({"id": doc.source.id, "figures": rows}).to_string());
        out.push('\n');
    }
    out
}

/// The network's role scores of each token, by article.
type Labels = BTreeMap<String, Vec<[u8; 7]>>;

fn write_labels(file: &str, articles: &[Article]) {
    let mut out = String::new();
    for article in articles {
        out.push_str(&article.doc.source.id);
        out.push('\t');
        for label in article.doc.labels.values() {
            out.extend(label.speech_scores.iter().map(|p| format!("{p:02x}")));
        }
        out.push('\n');
    }
    std::fs::write(file, out).expect("labels written");
}

fn read_labels(file: &str) -> Labels {
    let text = std::fs::read_to_string(file).expect("labels");
    let scores = |hex: &str| -> Vec<[u8; 7]> {
        let bytes: Vec<u8> =
            (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hex")).collect();
        bytes.chunks_exact(7).map(|c| c.try_into().expect("seven")).collect()
    };
    text.lines().filter_map(|l| l.split_once('\t')).map(|(id, hex)| (id.to_string(), scores(hex))).collect()
}

fn article(line: &str, kit: &sayso::annotate::Kit, labels: &Labels) -> Option<Article> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).ok()?;
    let mut doc = sayso::annotate::annotate(sayso::read::json::document(&object, &Default::default())?.doc, kit);
    // Articles that are cut into tokens differently since the labels were written keep their own.
    if let Some(given) = labels.get(&doc.source.id).filter(|given| given.len() == doc.tokens.len()) {
        let row = |(at, label): (usize, &Label)| Label { speech_scores: given[at], ..*label };
        doc.labels = Column::new(doc.labels.values().iter().enumerate().map(row).collect());
    }
    let mut byte = Vec::with_capacity(doc.text().len());
    byte.extend(doc.text().char_indices().map(|(i, _)| i));
    byte.push(doc.text().len());
    let tokens = |value: &serde_json::Value| -> Vec<Range<usize>> {
        let spans = value.as_array().cloned().unwrap_or_default();
        spans
            .iter()
            .map(|span| {
                let at = |i: usize| byte[span[i].as_u64().unwrap_or(0) as usize];
                let (start, end) = (at(0), at(1));
                // Every token with a character inside.
                let first = doc.tokens.partition_point(|t| t.span.end() <= start);
                let last = doc.tokens.partition_point(|t| t.span.start() < end);
                first..last.max(first)
            })
            .filter(|r| !r.is_empty())
            .collect()
    };
    let gold = object["attributions"]
        .as_array()?
        .iter()
        .map(|a| Gold { source: tokens(&a["source"]), cue: tokens(&a["cue"]), content: tokens(&a["content"]) })
        .collect();
    let reading = Reading::new(&doc);
    let above = Above::new(&reading);
    Some(Article { doc, reading, above, gold })
}

/// The gold role of every token of an article; where two attributions overlap the shorter span wins.
fn gold_roles(article: &Article) -> Vec<u8> {
    let mut roles = vec![0u8; article.reading.len()];
    let mut spans: Vec<(usize, u8, Range<usize>)> = Vec::new();
    for gold in &article.gold {
        for (code, list) in [(1, &gold.source), (3, &gold.cue), (5, &gold.content)] {
            spans.extend(list.iter().map(|r| (usize::MAX - r.len(), code, r.clone())));
        }
    }
    spans.sort_by_key(|s| (s.0, s.2.start, s.1));
    for (_, code, range) in spans {
        for at in range.clone() {
            if at < roles.len() {
                roles[at] = if at == range.start { code } else { code + 1 };
            }
        }
        // A span cut by a shorter one inside it begins anew behind it.
    }
    for at in 0..roles.len() {
        let label = roles[at];
        if label != 0 && label.is_multiple_of(2) {
            let before = if at == 0 { 0 } else { roles[at - 1] };
            if before != label && before != label - 1 {
                roles[at] = label - 1;
            }
        }
    }
    roles
}

/// Weights while they are learned: the running ones and the sum for averaging.
struct Learner {
    labels: usize,
    bits: u32,
    weights: Vec<f32>,
    sums: Vec<f32>,
    transitions: Vec<f32>,
    transition_sums: Vec<f32>,
    step: f32,
}

impl Learner {
    fn new(labels: usize, bits: u32) -> Learner {
        let (n, t) = (labels << bits, (labels + 1) * labels);
        Learner {
            labels,
            bits,
            weights: vec![0.0; n],
            sums: vec![0.0; n],
            transitions: vec![0.0; t],
            transition_sums: vec![0.0; t],
            step: 1.0,
        }
    }

    fn add(&self, features: &[Feature], row: &mut [f32]) {
        for &f in features {
            let at = (f >> (32 - self.bits)) as usize * self.labels;
            for (score, &w) in row.iter_mut().zip(&self.weights[at..at + self.labels]) {
                *score += w;
            }
        }
    }

    /// Moves from the wrong labels to the right ones, as far as the margin asks (passive-aggressive, at most `most`).
    fn update(&mut self, features: &[Vec<Feature>], gold: &[u8], found: &[u8], margin: f32, most: f32) {
        let l = self.labels;
        let wrong = gold.iter().zip(found).zip(features).filter(|((g, f), _)| g != f);
        let size: usize = wrong.map(|(_, list)| 2 * (list.len() + 2)).sum();
        let pace = (margin / size.max(1) as f32).clamp(0.0, most);
        let late = pace * self.step;
        for (at, list) in features.iter().enumerate() {
            let (g, f) = (usize::from(gold[at]), usize::from(found[at]));
            if g != f {
                for &feature in list {
                    let base = (feature >> (32 - self.bits)) as usize * l;
                    self.weights[base + g] += pace;
                    self.sums[base + g] += late;
                    self.weights[base + f] -= pace;
                    self.sums[base + f] -= late;
                }
            }
            let before = |labels: &[u8]| if at == 0 { l } else { usize::from(labels[at - 1]) };
            let (bg, bf) = (before(gold) * l + g, before(found) * l + f);
            if bg != bf {
                self.transitions[bg] += pace;
                self.transition_sums[bg] += late;
                self.transitions[bf] -= pace;
                self.transition_sums[bf] -= late;
            }
        }
    }

    /// The score of a path.
    fn score(&self, scores: &[f32], path: &[u8]) -> f32 {
        let l = self.labels;
        let mut before = l;
        let mut sum = 0.0;
        for (at, &label) in path.iter().enumerate() {
            sum += scores[at * l + usize::from(label)] + self.transitions[before * l + usize::from(label)];
            before = usize::from(label);
        }
        sum
    }

    /// Finds the path that is best when each wrong label is worth `cost` more, and learns from it. True when it was wrong.
    fn learn(
        &mut self,
        lists: &[Vec<Feature>],
        scores: &mut [f32],
        right: &[u8],
        decode: impl Fn(&[f32], &[f32]) -> Vec<u8>,
        (cost, missed, most): (f32, f32, f32),
    ) -> usize {
        for (row, &label) in scores.chunks_exact_mut(self.labels).zip(right) {
            for (l, score) in row.iter_mut().enumerate() {
                if l != usize::from(label) {
                    *score += if l == 0 { missed } else { cost };
                }
            }
        }
        let found = decode(scores, &self.transitions);
        let wrong = found.iter().zip(right).filter(|(a, b)| a != b).count();
        if wrong > 0 {
            let margin = self.score(scores, &found) - self.score(scores, right);
            self.update(lists, right, &found, margin, most);
        }
        self.step += 1.0;
        wrong
    }

    /// The averaged weights, as small integers.
    fn tagger(&self) -> Tagger {
        let average = |w: f32, s: f32| w - s / self.step;
        let values: Vec<f32> = self.weights.iter().zip(&self.sums).map(|(&w, &s)| average(w, s)).collect();
        // One byte a weight: the unit is chosen so that all but the largest few fit.
        let mut sizes: Vec<f32> = values.iter().map(|v| v.abs()).filter(|v| *v > 0.001).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        let unit = (127.0 / top).floor().max(1.0);
        eprintln!("  {} of {} weights used, unit {unit}", sizes.len(), values.len());
        let round = |v: f32| (v * unit).round();
        Tagger {
            labels: self.labels,
            bits: self.bits,
            weights: values.iter().map(|&v| round(v).clamp(-127.0, 127.0) as i8).collect(),
            transitions: self
                .transitions
                .iter()
                .zip(&self.transition_sums)
                .map(|(&w, &s)| round(average(w, s)) as i32)
                .collect(),
            unit: unit as i32,
        }
    }
}

/// A repeatable order of the training examples.
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for i in (1..n).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, (state % (i as u64 + 1)) as usize);
    }
    order
}

fn train_role(articles: &[&Article], bits: u32, epochs: usize, network: &[f32], pace: (f32, f32, f32)) -> Tagger {
    let gold: Vec<Vec<u8>> = articles.iter().map(|a| gold_roles(a)).collect();
    let examples: Vec<(usize, usize)> =
        articles.iter().enumerate().flat_map(|(i, a)| (0..a.reading.paragraphs.len()).map(move |p| (i, p))).collect();
    let mut learner = Learner::new(role::LABELS, bits);
    let mut lists: Vec<Vec<Feature>> = Vec::new();
    let mut scores = Vec::new();
    for epoch in 0..epochs {
        let mut wrong = 0;
        for &example in &shuffled(examples.len(), epoch as u64 + 1) {
            let (i, p) = examples[example];
            let article = articles[i];
            let paragraph = &article.reading.paragraphs[p];
            let tokens = &paragraph.tokens;
            let near = Near::new(&article.reading, tokens);
            lists.resize(tokens.len().max(lists.len()), Vec::new());
            scores.clear();
            scores.resize(tokens.len() * role::LABELS, 0.0f32);
            for (place, at) in tokens.clone().enumerate() {
                role::features(&article.reading, &article.above, &near, tokens, at, &mut lists[place]);
                let row = &mut scores[place * role::LABELS..(place + 1) * role::LABELS];
                learner.add(&lists[place], row);
                if let Some(label) = article.doc.labels.at(Id::new(at))
                    && network.len() == 256
                {
                    for (score, &q) in row.iter_mut().zip(&label.speech_scores) {
                        *score += network[usize::from(q)];
                    }
                }
            }
            // A paragraph cannot begin inside a span.
            let right: Vec<u8> = fix(&gold[i][tokens.clone()]);
            wrong += learner.learn(&lists[..tokens.len()], &mut scores, &right, role::decode::<f32>, pace);
        }
        eprintln!("  roles, epoch {epoch}: {wrong} labels wrong");
    }
    learner.tagger()
}

fn fix(labels: &[u8]) -> Vec<u8> {
    let mut out = labels.to_vec();
    if let Some(first) = out.first_mut()
        && *first != 0
        && *first % 2 == 0
    {
        *first -= 1;
    }
    out
}

/// A cue to learn from: its article, paragraph, tokens, and the gold attribution it stands for (`None`: none).
struct Example {
    article: usize,
    paragraph: usize,
    cue: Range<usize>,
    gold: Option<usize>,
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn examples(articles: &[Article], looks: &[Vec<Vec<u8>>]) -> Vec<Example> {
    let mut found = Vec::new();
    for (i, article) in articles.iter().enumerate() {
        for (p, paragraph) in article.reading.paragraphs.iter().enumerate() {
            let cues = cues_of(&looks[i][p], paragraph.tokens.start);
            let mut seen = vec![false; article.gold.len()];
            for cue in cues {
                let gold = (0..article.gold.len())
                    .map(|g| (article.gold[g].cue.iter().map(|c| overlap(c, &cue)).sum::<usize>(), g))
                    .filter(|(n, g)| *n > 0 && !seen[*g])
                    .max_by_key(|(n, g)| (*n, std::cmp::Reverse(*g)))
                    .map(|(_, g)| g);
                if let Some(g) = gold {
                    seen[g] = true;
                }
                found.push(Example { article: i, paragraph: p, cue, gold });
            }
            for (g, gold) in article.gold.iter().enumerate().filter(|(g, _)| !seen[*g]) {
                if let Some(cue) = gold.cue.first().filter(|c| paragraph.tokens.contains(&c.start)) {
                    found.push(Example { article: i, paragraph: p, cue: cue.clone(), gold: Some(g) });
                }
            }
        }
    }
    found
}

fn frame_labels(frame: &Frame, gold: Option<&Gold>) -> Vec<u8> {
    let mut labels = vec![frame::OUT; frame.window.len()];
    let Some(gold) = gold else { return labels };
    let mut set = |range: &Range<usize>, begin: u8| {
        let mut first = true;
        for at in range.clone() {
            if frame.cue.contains(&at) || !frame.window.contains(&at) {
                first = true;
                continue;
            }
            labels[at - frame.window.start] = if first { begin } else { begin + 1 };
            first = false;
        }
    };
    for content in &gold.content {
        set(content, frame::BEGIN_CONTENT);
    }
    if let Some(source) = gold.source.first() {
        set(source, frame::BEGIN_SOURCE);
    }
    // Contents cut by the source begin anew; a source cut by the cue keeps its first piece.
    let mut source_seen = false;
    for at in 0..labels.len() {
        let before = if at == 0 { frame::OUT } else { labels[at - 1] };
        match labels[at] {
            frame::IN_CONTENT if before != frame::BEGIN_CONTENT && before != frame::IN_CONTENT => {
                labels[at] = frame::BEGIN_CONTENT
            }
            frame::BEGIN_SOURCE if source_seen => labels[at] = frame::OUT,
            frame::BEGIN_SOURCE => source_seen = true,
            frame::IN_SOURCE if before != frame::BEGIN_SOURCE && before != frame::IN_SOURCE => labels[at] = frame::OUT,
            _ => {}
        }
    }
    labels
}

fn train_frame(
    articles: &[Article],
    looks: &[Vec<Vec<u8>>],
    bits: u32,
    epochs: usize,
    pace: (f32, f32, f32),
) -> Tagger {
    let examples = examples(articles, looks);
    let none = examples.iter().filter(|e| e.gold.is_none()).count();
    eprintln!("{} cues, {none} of them of no attribution", examples.len());
    let mut learner = Learner::new(frame::LABELS, bits);
    let mut lists: Vec<Vec<Feature>> = Vec::new();
    let mut scores = Vec::new();
    for epoch in 0..epochs {
        let mut wrong = 0;
        for &number in &shuffled(examples.len(), epoch as u64 + 77) {
            let example = &examples[number];
            let article = &articles[example.article];
            let paragraph: &Paragraph = &article.reading.paragraphs[example.paragraph];
            let roles = &looks[example.article][example.paragraph];
            let owners = owners(&article.reading, paragraph, roles);
            let frame = Frame::new(&article.doc, &article.reading, paragraph, roles, &owners, example.cue.clone());
            let right = frame_labels(&frame, example.gold.map(|g| &article.gold[g]));
            let n = frame.window.len();
            lists.resize(n.max(lists.len()), Vec::new());
            scores.clear();
            scores.resize(n * frame::LABELS, 0.0f32);
            for (place, at) in frame.window.clone().enumerate() {
                let row = &mut scores[place * frame::LABELS..(place + 1) * frame::LABELS];
                lists[place].clear();
                if frame.cue.contains(&at) {
                    row[1..].fill(-1e9);
                    continue;
                }
                frame.features(at, &mut lists[place]);
                learner.add(&lists[place], row);
            }
            let missed = learner.learn(&lists[..n], &mut scores, &right, frame::decode::<f32>, pace);
            wrong += usize::from(missed > 0);
        }
        eprintln!("  frames, epoch {epoch}: {wrong} of {} wrong", examples.len());
    }
    learner.tagger()
}

/// Attributions of a paragraph by the nearest-cue rule alone.
fn nearest(article: &Article, paragraph: &Paragraph, roles: &[u8]) -> Vec<Found> {
    let mut segments: Vec<(u8, Range<usize>)> = Vec::new();
    for (place, &label) in roles.iter().enumerate() {
        let at = paragraph.tokens.start + place;
        let role = label.div_ceil(2);
        match segments.last_mut() {
            Some(last) if last.0 == role && label.is_multiple_of(2) && last.1.end == at => last.1.end = at + 1,
            _ if role != 0 => segments.push((role, at..at + 1)),
            _ => {}
        }
    }
    let mut found: Vec<Found> = segments
        .iter()
        .filter(|s| s.0 == 2)
        .map(|s| Found { cue: s.1.clone(), source: None, content: Vec::new() })
        .collect();
    if found.is_empty() {
        return found;
    }
    let sentence = &article.reading.sentence;
    let mut pairs = Vec::new();
    for (role, segment) in segments.iter().filter(|s| s.0 != 2) {
        for c in 0..found.len() {
            let cue = &found[c].cue;
            let (low, high) =
                if cue.end <= segment.start { (cue.end, segment.start) } else { (segment.end, cue.start) };
            let between = found.iter().filter(|f| f.cue.start >= low && f.cue.end <= high).count();
            let apart = sentence[segment.start].abs_diff(sentence[cue.start]) as usize;
            let cost =
                (high - low) + between * if *role == 1 { 8 } else { 10 } + if *role == 1 { apart * 30 } else { 0 };
            pairs.push((cost, *role, segment.clone(), c));
        }
    }
    pairs.sort_by_key(|p| (p.0, p.2.start, p.3));
    let mut done: Vec<Range<usize>> = Vec::new();
    for (_, role, segment, c) in pairs {
        if done.contains(&segment) {
            continue;
        }
        if role == 1 {
            if found[c].source.is_none() {
                found[c].source = Some(segment.clone());
                done.push(segment);
            }
        } else {
            found[c].content.push(segment.clone());
            done.push(segment);
        }
    }
    let sources: Vec<Range<usize>> = segments.iter().filter(|s| s.0 == 1).map(|s| s.1.clone()).collect();
    for f in &mut found {
        f.content.sort_by_key(|c| c.start);
        if f.source.is_none() {
            f.source = sources
                .iter()
                .rev()
                .find(|s| s.end <= f.cue.start && sentence[s.start] == sentence[f.cue.start])
                .cloned();
        }
        if f.source.is_none() {
            let head = sayso::inside::statement::tree::head_of(&article.reading, f.cue.clone());
            f.source =
                sayso::inside::statement::tree::source(&article.doc, &article.reading, &f.cue, head).map(|s| s.0);
        }
    }
    found.retain(|f| !f.content.is_empty());
    found
}

/// Who-said-what F1 by this program's own tokens, close to the scorer's.
fn report(model: &Model, articles: &[Article]) {
    if std::env::var("SHOW").is_ok() {
        for article in articles.iter().take(3) {
            let gold = gold_roles(article);
            for p in article.reading.paragraphs.iter().take(12) {
                let roles = model.roles(&article.doc, &article.reading, &article.above, p);
                for (place, at) in p.tokens.clone().enumerate() {
                    eprint!("{}/{}{} ", article.doc.word(Id::new(at)), gold[at], roles[place]);
                }
                eprintln!();
            }
        }
    }
    let (mut predicted, mut gold_count, mut matched, mut right) = (0, 0, 0, 0);
    for article in articles {
        let mut found: Vec<Found> = Vec::new();
        for paragraph in &article.reading.paragraphs {
            let roles = model.roles(&article.doc, &article.reading, &article.above, paragraph);
            if std::env::var("NEAREST").is_ok() {
                found.extend(nearest(article, paragraph, &roles));
                continue;
            }
            let owners = owners(&article.reading, paragraph, &roles);
            for cue in cues_of(&roles, paragraph.tokens.start) {
                let frame = Frame::new(&article.doc, &article.reading, paragraph, &roles, &owners, cue);
                found.extend(Some(model.fill(&frame)).filter(|f| !f.content.is_empty()));
            }
        }
        predicted += found.len();
        gold_count += article.gold.iter().filter(|g| !g.content.is_empty()).count();
        let set = |ranges: &[Range<usize>]| -> std::collections::BTreeSet<usize> {
            ranges.iter().cloned().flatten().filter(|&t| article.reading.shape[t] != 1).collect()
        };
        let gold: Vec<_> = article.gold.iter().map(|g| set(&g.content)).collect();
        let pred: Vec<_> = found.iter().map(|f| set(&f.content)).collect();
        let mut pairs = Vec::new();
        for (g, a) in gold.iter().enumerate() {
            for (p, b) in pred.iter().enumerate() {
                let both = a.intersection(b).count();
                let j = both as f32 / (a.len() + b.len() - both).max(1) as f32;
                if j >= 0.5 {
                    pairs.push((j, g, p));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut used_g, mut used_p) = (vec![false; gold.len()], vec![false; pred.len()]);
        for (_, g, p) in pairs {
            if used_g[g] || used_p[p] {
                continue;
            }
            (used_g[g], used_p[p]) = (true, true);
            matched += 1;
            let source = &article.gold[g].source;
            right += usize::from(match (source.first(), &found[p].source) {
                (None, None) => true,
                (Some(a), Some(b)) => {
                    let both = overlap(a, b);
                    2 * both >= a.len() + b.len() - both
                        || (both > 0 && a.start == b.start)
                        || (both > 0 && a.end == b.end)
                }
                _ => false,
            });
        }
    }
    let f = |tp: usize| 200.0 * tp as f32 / (predicted + gold_count).max(1) as f32;
    eprintln!(
        "{predicted} predicted, {gold_count} gold: content F1 {:.1}, who-said-what F1 {:.1}",
        f(matched),
        f(right)
    );
}
