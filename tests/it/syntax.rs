//! The network: valid trees on any tokens, the same answers with and without special instructions, and scores on treebanks.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use sayso::inside::syntax::{Isa, Model, analyse, analyse_with};
use sayso::text::{Block, BlockKind, Document, Id, Layer, NameClass, NamePart, Sentence, Source, Span, Token};

/// A document of given sentences of given words, with single spaces between, each sentence in the block named.
fn document(sentences: &[(Vec<&str>, usize)]) -> Document {
    let (mut text, mut tokens, mut rows, mut blocks) =
        (String::new(), Layer::default(), Vec::new(), Vec::<Block>::new());
    for (words, block) in sentences {
        let first = tokens.len();
        for word in words {
            if !text.is_empty() {
                text.push(' ');
            }
            let span = Span::new(text.len(), text.len() + word.len());
            text.push_str(word);
            tokens.push(Token { span, lower: word.to_lowercase().into(), glued: false });
        }
        let span = match (tokens.get(first), tokens.last()) {
            (Some(a), Some(b)) => a.span.join(b.span),
            _ => Span::default(),
        };
        if blocks.len() <= *block {
            blocks.push(Block { span, kind: BlockKind::Paragraph, repeats: None });
        }
        let last = blocks.len() - 1;
        blocks[last].span = blocks[last].span.join(span);
        rows.push(Sentence { span, tokens: Id::new(first)..Id::new(tokens.len()), block: Id::new(last), cut: false });
    }
    let mut doc = Document::new(Source::default(), text);
    doc.blocks = Layer::new(blocks);
    doc.sentences = Layer::new(rows);
    doc.tokens = tokens;
    doc
}

fn read(doc: &mut Document, model: &Model) {
    (doc.tags, doc.heads, doc.labels) = analyse_with(doc, model);
}

/// Every sentence is one tree: one root, no cycle, no arc out of the sentence; every token has a tag and a label.
fn check_trees(doc: &Document) {
    assert_eq!(doc.tags.values().len(), doc.tokens.len());
    assert_eq!(doc.heads.values().len(), doc.tokens.len());
    assert_eq!(doc.labels.values().len(), doc.tokens.len());
    for sentence in doc.sentences.iter() {
        let tokens: Vec<_> = Id::range(sentence.tokens.clone()).collect();
        let roots = tokens.iter().filter(|&&t| doc.head(t).is_none()).count();
        assert_eq!(roots, usize::from(!tokens.is_empty()));
        for &token in &tokens {
            let (mut at, mut steps) = (token, 0);
            while let Some(head) = doc.head(at) {
                assert!(sentence.tokens.contains(&head), "an arc out of the sentence");
                at = head;
                steps += 1;
                assert!(steps <= tokens.len(), "a cycle");
            }
        }
        let mut last = None;
        for &token in &tokens {
            let label = doc.labels[token];
            if label.name == NamePart::Inside {
                assert_eq!(last, Some(label.class), "an inside that continues nothing");
            }
            last = (label.name != NamePart::Outside).then_some(label.class);
        }
    }
}

/// Random words from letters, digits, signs and scripts of all kinds.
fn garbage(seed: &mut u32) -> String {
    let mut next = |n: u32| {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*seed >> 16) % n
    };
    let alphabet: Vec<char> = "aAbeEstT019.,-–—'’\"“”«»$%()ßİéЖ漢字🎉\u{301}\u{200b}…".chars().collect();
    (0..1 + next(9)).map(|_| alphabet[next(alphabet.len() as u32) as usize]).collect()
}

fn random_document(seed: u32, sentences: usize, longest: u32) -> Vec<(Vec<String>, usize)> {
    let mut seed = seed;
    (0..sentences)
        .map(|i| {
            let n = 1 + (seed >> 8) % longest;
            ((0..n).map(|_| garbage(&mut seed)).collect(), i / 3)
        })
        .collect()
}

fn borrowed(sentences: &[(Vec<String>, usize)]) -> Vec<(Vec<&str>, usize)> {
    sentences.iter().map(|(words, block)| (words.iter().map(String::as_str).collect(), *block)).collect()
}

#[test]
fn a_plain_sentence() {
    let words = "The minister said on Monday that the dam was safe .".split(' ').collect();
    let mut doc = document(&[(words, 0)]);
    read(&mut doc, Model::english());
    let tag: Vec<_> = doc.tokens.ids().map(|t| doc.pos(t).as_str()).collect();
    assert_eq!(tag, ["DET", "NOUN", "VERB", "ADP", "PROPN", "SCONJ", "DET", "NOUN", "AUX", "ADJ", "PUNCT"]);
    let head: Vec<_> = doc.tokens.ids().map(|t| doc.head(t).map_or(0, |h| h.index() + 1)).collect();
    assert_eq!(head, [2, 3, 0, 5, 3, 10, 8, 10, 10, 3, 3]);
    let relation: Vec<_> = doc.tokens.ids().map(|t| doc.relation(t).base()).collect();
    assert_eq!(relation[1..5], ["nsubj", "root", "case", "obl"]);
    assert_eq!(relation[9], "ccomp");
}

#[test]
fn nothing_to_read() {
    let mut doc = Document::new(Source::default(), "");
    read(&mut doc, Model::english());
    assert!(doc.tags.is_empty() && doc.heads.is_empty() && doc.labels.is_empty());
}

#[test]
fn any_tokens_give_trees() {
    for seed in 0..60 {
        let sentences = random_document(seed * 77 + 1, 1 + seed as usize % 7, 40);
        let mut doc = document(&borrowed(&sentences));
        read(&mut doc, Model::english());
        check_trees(&doc);
    }
}

#[test]
fn a_sentence_without_end_is_one_tree() {
    let mut seed = 5;
    let words: Vec<String> = (0..1500).map(|_| garbage(&mut seed)).collect();
    let mut doc = document(&[(words.iter().map(String::as_str).collect(), 0)]);
    read(&mut doc, Model::english());
    check_trees(&doc);
}

#[test]
fn the_same_answers_with_and_without_special_instructions() {
    let plain = Model::with(Isa::Portable);
    for &isa in Isa::available() {
        let model = Model::with(isa);
        for seed in 0..4 {
            let sentences = random_document(seed * 13 + 3, 6, 40);
            let doc = document(&borrowed(&sentences));
            let (a, b) = (analyse_with(&doc, &plain), analyse_with(&doc, &model));
            assert_eq!(a.0.values(), b.0.values(), "{isa:?}");
            assert_eq!(a.1.values(), b.1.values(), "{isa:?}");
            assert_eq!(a.2.values(), b.2.values(), "{isa:?}");
        }
    }
}

#[test]
fn a_sentence_does_not_depend_on_its_neighbours_for_its_tree() {
    let one: Vec<&str> = "Officials denied the report .".split(' ').collect();
    let two: Vec<&str> = "It had named no source .".split(' ').collect();
    let (mut alone, mut both) = (document(&[(two.clone(), 0)]), document(&[(one, 0), (two, 1)]));
    read(&mut alone, Model::english());
    read(&mut both, Model::english());
    let tags: Vec<_> = both.tags.values()[5..].to_vec();
    assert_eq!(alone.tags.values(), tags);
}

#[test]
fn a_surname_alone_is_a_person_where_the_full_name_is() {
    let (full, short) = ("Sela Redfern cooks .", "Guests praise Redfern .");
    let words = |text: &'static str| text.split(' ').collect::<Vec<&str>>();
    let mut alone = document(&[(words(short), 0)]);
    read(&mut alone, Model::english());
    assert_ne!(alone.labels.values()[2].class, NameClass::Person, "a place on its own; else choose another name");
    let mut both = document(&[(words(full), 0), (words(short), 0)]);
    read(&mut both, Model::english());
    let label = both.labels.values()[6];
    assert_eq!((label.name, label.class), (NamePart::Begin, NameClass::Person));
}

/// The cases of a file: name, sentence, lines.
fn cases(text: &str) -> Vec<(&str, &str, Vec<&str>)> {
    text.split("\n--- ")
        .skip(1)
        .map(|case| {
            let mut lines = case.lines().filter(|l| !l.trim().is_empty());
            (lines.next().expect("a name"), lines.next().expect("a sentence"), lines.collect())
        })
        .collect()
}

#[test]
fn cases_of_names_and_speech() {
    for (name, sentence, lines) in cases(include_str!("../cases/syntax/names-and-speech.txt")) {
        let mut doc = document(&[(sentence.split(' ').collect(), 0)]);
        read(&mut doc, Model::english());
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut add = |label: &str, begins: bool, goes_on: bool, word: &str| {
            let stretches = found.entry(label.to_string()).or_default();
            match stretches.last_mut() {
                Some(last) if goes_on && !begins => *last = format!("{last} {word}"),
                _ => stretches.push(word.to_string()),
            }
        };
        let (mut before, mut spoken) = (None, "O");
        for token in doc.tokens.ids() {
            let (label, word) = (doc.labels[token], doc.word(token));
            let class = (label.name != NamePart::Outside).then_some(label.class);
            if let Some(class) = class {
                add(class.as_str(), label.name == NamePart::Begin, before == Some(class), word);
            }
            before = class;
            let role = label.speech.as_str();
            if let Some((part, role)) = role.split_once('-') {
                add(role, part == "B", spoken == role, word);
                spoken = role;
            } else {
                spoken = "O";
            }
        }
        for line in lines {
            let (label, expected) = line.split_once(' ').expect("a label and its stretches");
            let found = found.get(label).map_or("none".to_string(), |s| s.join("; "));
            assert_eq!(found, expected.trim(), "{label} of {name}");
        }
    }
}

#[test]
fn cases_of_trees() {
    for (name, sentence, lines) in cases(include_str!("../cases/syntax/trees.txt")) {
        let words: Vec<&str> = sentence.split(' ').collect();
        let mut doc = document(&[(words.clone(), 0)]);
        read(&mut doc, Model::english());
        let mut found = BTreeMap::new();
        for token in doc.tokens.ids() {
            let head = match doc.head(token) {
                None => "root".to_string(),
                Some(head) => format!("{}:{}", doc.word(head), doc.relation(token)),
            };
            found.insert(doc.word(token), head);
        }
        for item in lines.iter().flat_map(|l| l.split_whitespace()) {
            let (word, head) = item.split_once('<').expect("word<head");
            assert_eq!(found.get(word).map(String::as_str), Some(head), "{word} of {name}");
        }
    }
}

fn shared(path: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("skipped: no {}", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).ok()?;
    Some(text)
}

/// UPOS, UAS and LAS (without subtypes) in percent on a treebank with its own tokens; documents are read whole.
fn treebank(text: &str) -> (f64, f64, f64) {
    let (mut n, mut pos, mut heads, mut both) = (0, 0, 0, 0);
    for part in text.split("# newdoc").filter(|p| !p.trim().is_empty()) {
        let mut sentences: Vec<(Vec<&str>, usize)> = Vec::new();
        let mut gold = Vec::new();
        let mut block = 0;
        for sentence in part.split("\n\n") {
            let rows: Vec<Vec<&str>> = sentence
                .lines()
                .map(|l| l.split('\t').collect::<Vec<_>>())
                .filter(|c| c.len() == 10 && c[0].bytes().all(|b| b.is_ascii_digit()))
                .collect();
            if rows.is_empty() {
                continue;
            }
            if sentence.contains("# newpar") && !sentences.is_empty() {
                block += 1;
            }
            let first = gold.len();
            for row in &rows {
                let head: usize = row[6].parse().unwrap_or(0);
                gold.push((row[3], (head > 0).then(|| first + head - 1), row[7].split(':').next().unwrap_or("")));
            }
            sentences.push((rows.iter().map(|r| r[1]).collect(), block));
        }
        let mut doc = document(&sentences);
        (doc.tags, doc.heads, doc.labels) = analyse(&doc);
        check_trees(&doc);
        for (token, (tag, head, relation)) in doc.tokens.ids().zip(gold) {
            n += 1;
            pos += usize::from(doc.pos(token).as_str() == tag);
            let right = doc.head(token).map(|h| h.index()) == head;
            heads += usize::from(right);
            both += usize::from(right && doc.relation(token).base() == relation);
        }
    }
    let percent = |k: usize| 100.0 * k as f64 / n as f64;
    (percent(pos), percent(heads), percent(both))
}

#[test]
fn treebanks() {
    let least: BTreeMap<&str, (f64, f64, f64)> = [("en_ewt-ud-dev", LEAST_EWT), ("en_gum-ud-dev-cc", LEAST_GUM)].into();
    for (name, least) in least {
        let Some(text) = shared(&format!("ud/{name}.conllu.gz")) else { return };
        let (pos, uas, las) = treebank(&text);
        println!("{name}: UPOS {pos:.2} UAS {uas:.2} LAS {las:.2}");
        assert!(pos >= least.0 && uas >= least.1 && las >= least.2, "{name}: {pos:.2} {uas:.2} {las:.2}");
    }
}

/// What the shipped model reached, rounded down.
const LEAST_EWT: (f64, f64, f64) = (95.7, 87.1, 84.1);
const LEAST_GUM: (f64, f64, f64) = (96.8, 87.1, 84.5);

/// Seconds that this thread has had a core, where the system tells (Linux).
fn time_on_core() -> Option<f64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(times.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// Words a second of the network alone, by instruction set:
/// `cargo test --release --test it -- --ignored --nocapture speed_of_the_network`.
#[test]
#[ignore = "a measurement"]
fn speed_of_the_network() {
    let Some(articles) = shared("polnear/dev.jsonl.gz") else { return };
    let docs: Vec<Document> = articles
        .lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let mut doc = Document::new(Source::default(), article["text"].as_str().expect("a text"));
            doc.blocks = sayso::inside::layout::find(&doc);
            (doc.sentences, doc.tokens) = sayso::inside::segment::split(&doc);
            doc
        })
        .collect();
    for &isa in Isa::available() {
        let model = Model::with(isa);
        let docs = if isa == Isa::Portable { &docs[..8] } else { &docs[..] };
        let words = |d: &Document| d.text().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
        let words: usize = docs.iter().map(words).sum();
        let begun = time_on_core();
        for doc in docs {
            std::hint::black_box(analyse_with(doc, &model));
        }
        let Some(time) = time_on_core().zip(begun).map(|(end, begin)| end - begin) else { return };
        println!("{isa:?}: {:.0} words/s of its own time", words as f64 / time);
    }
}
