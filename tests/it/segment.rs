//! Segmentation: tokens and sentences.

use sayso::inside::{layout, segment};
use sayso::text::{Document, Id, Source};

/// A text with blocks, sentences and tokens.
pub fn read(text: &str) -> Document {
    let mut doc = Document::new(Source::default(), text);
    doc.blocks = layout::find(&doc);
    (doc.sentences, doc.tokens) = segment::split(&doc);
    doc
}

/// Tokens in the notation of the case files.
fn shown(doc: &Document) -> String {
    let mut out = Vec::new();
    for sentence in doc.sentences.iter() {
        for token in Id::range(sentence.tokens.clone()) {
            let mark = if doc.tokens[token].glued { "·" } else { "" };
            out.push(format!("{mark}{}", doc.word(token)));
        }
        out.push("|".into());
    }
    out.join(" ")
}

#[test]
fn cuts_tokens_and_sentences() {
    let mut wrong = Vec::new();
    let cases = include_str!("../cases/segment/tokens.txt");
    for line in cases.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (text, wanted) = line.split_once(" => ").expect("a case has =>");
        let wanted = if wanted.ends_with('|') { wanted.to_string() } else { format!("{wanted} |") };
        let found = shown(&read(text));
        if found != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  found  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lower_forms_are_plain() {
    let doc = read("She WON’T go – “ÉTÉ”");
    let lower: Vec<&str> = doc.tokens.iter().map(|t| t.lower.as_str()).collect();
    assert_eq!(lower, ["she", "wo", "n't", "go", "-", "\"", "été", "\""]);
}

/// A small random source (xorshift), so that every run tests the same texts.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}

const SHREDS: &[&str] = &[
    "The",
    " ",
    " ",
    " ",
    "minister",
    "said",
    ".",
    ",",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "‘",
    "don't",
    "U.S.",
    "Mr.",
    "…",
    "...",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "$1.5m",
    "2-1",
    "-",
    "—",
    "–",
    "http://a.b/c",
    "@x",
    "#y",
    "a@b",
    "é",
    "e\u{301}",
    "👨‍👩‍👧",
    "🇺🇦",
    "🇺",
    "\u{200b}",
    "\u{feff}",
    "\u{200d}",
    "\u{301}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "漢字。",
    "عربي",
    "़",
    "\u{10ffff}",
    "1e999",
    "1,000,000",
    "1.2.3",
    "5km",
    "20th",
    "QUESTION:",
    "MR ROE:",
    "(",
    ")",
    "[",
    "]",
    "[...]",
    "!",
    "?",
    ":)",
    "'s",
    "n't",
    "''",
    "``",
    "`",
    "/",
    "\\",
    "&",
    "AT&T",
    "A.",
    "i.e.",
    "Ph.D.",
    "İ",
    "ß",
    "ſ",
    "K",
    "%",
    "°C",
    "cannot",
    "'",
    "s'",
    "x",
    "By ",
    "Published ",
    "2015",
    "Nov",
    "• ",
    "— Roe (@roe)",
    "www.",
    "mailto:",
    "1/2",
    "+1",
    ".5",
    "<<",
    ">>",
    "_",
    "~~",
];

#[test]
fn any_text_is_cut_wholly() {
    let mut dice = Dice(0x5A75_0001);
    for round in 0..10_000 {
        let mut text = String::new();
        for _ in 0..dice.roll(24) {
            if dice.roll(12) == 0 {
                text.extend(char::from_u32(dice.roll(0x3000) as u32));
            } else {
                text.push_str(SHREDS[dice.roll(SHREDS.len())]);
            }
        }
        let doc = read(&text);
        check(&doc, round);
        let again = read(&text);
        assert_eq!(&*doc.tokens, &*again.tokens);
        assert_eq!(&*doc.sentences, &*again.sentences);
        assert_eq!(&*doc.blocks, &*again.blocks);
    }
}

/// Spans lie inside, in order, on character boundaries; each visible character is in one token.
fn check(doc: &Document, round: usize) {
    let text = doc.text();
    let mut end = 0;
    for block in doc.blocks.iter() {
        assert!(block.span.start() >= end && !block.span.is_empty(), "round {round}: blocks of {text:?}");
        end = block.span.end();
        assert!(text.get(block.span.range()).is_some(), "round {round}: block off a boundary in {text:?}");
    }
    let mut covered = 0;
    let visible = |s: &str| {
        s.chars().any(|c| {
            !(c.is_whitespace()
                || c.is_control()
                || matches!(
                    c,
                    '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}'
                ))
        })
    };
    let mut next = 0;
    for sentence in doc.sentences.iter() {
        assert_eq!(sentence.tokens.start.index(), next, "round {round}: a gap between sentences of {text:?}");
        next = sentence.tokens.end.index();
        assert!(sentence.tokens.start < sentence.tokens.end);
        assert!(doc.blocks[sentence.block].span.covers(sentence.span), "round {round}: {text:?}");
        for token in Id::range(sentence.tokens.clone()) {
            let span = doc.tokens[token].span;
            assert!(span.start() >= covered && !span.is_empty(), "round {round}: tokens of {text:?}");
            let gap = text.get(covered..span.start()).expect("boundary");
            assert!(!visible(gap), "round {round}: {gap:?} is in no token of {text:?}");
            assert!(text.get(span.range()).is_some_and(|w| !w.contains(['\n', ' '])), "round {round}: {text:?}");
            covered = span.end();
        }
        assert_eq!(sentence.span, doc.span_of(sentence.tokens.clone()));
    }
    assert!(!visible(&text[covered..]), "round {round}: the end of {text:?}");
    assert_eq!(next, doc.tokens.len());
}

/// The documents of a treebank as raw text, paragraphs apart, with the places where sentences end, in characters that are no
/// white space.
fn raw_documents(conllu: &str) -> Vec<(String, Vec<usize>)> {
    let mut docs: Vec<(String, Vec<usize>)> = Vec::new();
    let (mut paragraph, mut space) = (true, false);
    for line in conllu.lines() {
        if line.starts_with("# newdoc") || docs.is_empty() {
            docs.push(Default::default());
        }
        paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
        let (raw, ends) = docs.last_mut().expect("a document");
        if let Some(text) = line.strip_prefix("# text = ") {
            if !raw.is_empty() {
                raw.push_str(if paragraph {
                    "\n\n"
                } else if space {
                    " "
                } else {
                    ""
                });
            }
            raw.push_str(text);
            ends.push(raw.chars().filter(|c| !c.is_whitespace()).count());
            paragraph = false;
        } else if !line.starts_with('#') && !line.is_empty() {
            space = !line.ends_with("SpaceAfter=No") && !line.contains("SpaceAfter=No|");
        }
    }
    docs
}

#[test]
fn sentences_of_raw_treebank_text() {
    let Some(shared) = crate::treebank::shared() else {
        eprintln!("skipped: no ../shared");
        return;
    };
    let Some(conllu) = crate::treebank::gunzip(&shared.join("data/ud/en_gum-ud-dev-cc.conllu.gz")) else { return };
    let (mut right, mut gold, mut found) = (0, 0, 0);
    for (raw, ends) in raw_documents(&conllu) {
        let doc = read(&raw);
        let stretches = |ends: &[usize]| -> std::collections::BTreeSet<(usize, usize)> {
            std::iter::once(0).chain(ends.iter().copied()).zip(ends.iter().copied()).collect()
        };
        let letters = |end: usize| raw[..end].chars().filter(|c| !c.is_whitespace()).count();
        let ours: Vec<usize> = doc.sentences.iter().map(|s| letters(s.span.end())).collect();
        let (ours, ends) = (stretches(&ours), stretches(&ends));
        right += ours.intersection(&ends).count();
        (gold, found) = (gold + ends.len(), found + ours.len());
    }
    let f1 = 200.0 * right as f64 / (gold + found) as f64;
    assert!(f1 >= 96.0, "sentences of raw text: F1 {f1:.2}");
}
