//! Lemmas: dictionary forms from form and Penn tag, by a word list and rules on endings.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::LazyLock;

use crate::lexicon::gazetteer::{SHIPPED, ThingKind};
use crate::lexicon::table;
use crate::text::{Column, Document, Id, Label, NamePart, Token, Xpos};

/// The dictionary form of every token; empty before the tags are known.
///
/// "fought" is "fight", "n't" is "not", "these" is "this"; names and nationalities keep their capitals.
pub fn find(doc: &Document) -> Column<Token, SmolStr> {
    if doc.tags.values().len() != doc.tokens.len() {
        return Column::default();
    }
    let mut lemmas = Vec::with_capacity(doc.tokens.len());
    for sentence in doc.sentences.iter() {
        let shouted = is_shouted(doc.slice(sentence.span));
        for token in Id::range(sentence.tokens.clone()) {
            let (form, xpos) = (doc.word(token), doc.tags[token].xpos);
            let named = doc.labels.at(token).is_some_and(|l| keeps_capital(form, xpos, l));
            lemmas.push(if named && !shouted {
                form.into()
            } else if xpos == Xpos::Nnp && form.starts_with(char::is_lowercase) && is_place(doc.lower(token)) {
                capitalised(doc.lower(token))
            } else {
                lemma(form, doc.lower(token), xpos, shouted)
            });
        }
    }
    Column::new(lemmas)
}

/// The dictionary form of a word; `lower` is its plain lower-case form, `shouted` when all around is in capitals.
pub fn lemma(form: &str, lower: &str, xpos: Xpos, shouted: bool) -> SmolStr {
    let words = &WORDS[xpos as usize];
    if !shouted && let Some(found) = words.get(form) {
        return found.clone();
    }
    if let Some(found) = words.get(lower) {
        return found.clone();
    }
    match xpos {
        Xpos::Nnp if is_shout(form, if shouted { 2 } else { 7 }) => capitalised(lower),
        Xpos::Nnp => form.into(),
        Xpos::Nnps => by_ending(xpos, form, lower),
        Xpos::Nns | Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz | Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs => {
            by_ending(xpos, lower, lower)
        }
        Xpos::Add | Xpos::Fw | Xpos::Sym | Xpos::Nfp | Xpos::Ls | Xpos::Colon | Xpos::Afx => form.into(),
        Xpos::Cd if form.starts_with(|c: char| c.is_ascii_digit()) => form.replace(',', "").into(),
        Xpos::Cd if form.bytes().all(|b| b"IVXLCDM".contains(&b)) => form.into(),
        Xpos::Jj if !shouted && is_national(form, lower) => form.into(),
        // "L2", "G20".
        Xpos::Nn if is_code(form) => form.into(),
        Xpos::Nn | Xpos::Jj if !shouted && (2..=5).contains(&form.len()) && is_shout(form, 2) => form.into(),
        _ => lower.into(),
    }
}

/// "the **Dutch** press": a capital of what the network reads as a name, though its tag is that of a common word.
fn keeps_capital(form: &str, xpos: Xpos, label: &Label) -> bool {
    matches!(xpos, Xpos::Nn | Xpos::Jj) && label.name != NamePart::Outside && form.starts_with(char::is_uppercase)
}

/// "in **india**": the main name of a country or of one of its parts, without its capital.
fn is_place(lower: &str) -> bool {
    let kinds = [ThingKind::Country, ThingKind::Region, ThingKind::Admin1];
    SHIPPED.find(lower).any(|r| r.rank == 0 && kinds.contains(&r.thing.kind))
}

/// "Syrian", "Turkish", "Maltese", "Omani".
fn is_national(form: &str, lower: &str) -> bool {
    form.starts_with(char::is_uppercase)
        && form.chars().any(char::is_lowercase)
        && ["an", "ish", "ese", "i"].iter().any(|e| lower.ends_with(e))
}

/// True for capitals and digits together.
fn is_code(form: &str) -> bool {
    form.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && form.bytes().any(|b| b.is_ascii_digit())
        && form.starts_with(|c: char| c.is_ascii_uppercase())
}

/// True for a word of at least `least` letters in capitals.
fn is_shout(form: &str, least: usize) -> bool {
    form.len() >= least && form.chars().all(char::is_uppercase)
}

/// True when a sentence has no small letters and more than one word: a headline in capitals.
fn is_shouted(sentence: &str) -> bool {
    !sentence.bytes().any(|b| b.is_ascii_lowercase())
        && sentence.split_whitespace().filter(|w| w.chars().filter(|c| c.is_uppercase()).count() >= 2).count() >= 3
}

fn capitalised(lower: &str) -> SmolStr {
    let mut chars = lower.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Cuts and adds letters by the longest ending that has a rule; `base` is the form to be changed.
fn by_ending(xpos: Xpos, base: &str, lower: &str) -> SmolStr {
    let rules = &RULES[xpos as usize];
    let longest = lower.char_indices().rev().take(LONGEST).map(|(at, _)| at).filter(|&at| at > 0).last();
    let mut at = longest.unwrap_or(lower.len());
    loop {
        if let Some(rule) = rules.get(&lower[at..]) {
            let kept = base.chars().count().saturating_sub(rule.cut);
            let end = base.char_indices().nth(kept).map_or(base.len(), |(i, _)| i);
            if end == 0 {
                return base.into();
            }
            let mut lemma = String::with_capacity(end + rule.add.len());
            lemma.push_str(&base[..end]);
            lemma.push_str(rule.add);
            return lemma.into();
        }
        match lower[at..].chars().next() {
            Some(c) => at += c.len_utf8(),
            None => return base.into(),
        }
    }
}

/// Letters of the longest ending that a rule may have.
const LONGEST: usize = 6;

/// What to do with a form: cut letters at its end, add others.
struct Ending {
    cut: usize,
    add: &'static str,
}

/// For each Penn tag: forms and their lemmas.
static WORDS: LazyLock<Vec<FxHashMap<&str, SmolStr>>> = LazyLock::new(|| {
    let mut words: Vec<FxHashMap<&str, SmolStr>> = Xpos::ALL.iter().map(|_| FxHashMap::default()).collect();
    for (_, cells) in table::rows(include_str!("en/words.tsv")) {
        if let [form, tag, lemma] = cells[..]
            && let Ok(tag) = tag.parse::<Xpos>()
        {
            words[tag as usize].insert(form, lemma.into());
        }
    }
    words
});

/// For each Penn tag: endings and what to do with them.
static RULES: LazyLock<Vec<FxHashMap<&str, Ending>>> = LazyLock::new(|| {
    let mut rules: Vec<FxHashMap<&str, Ending>> = Xpos::ALL.iter().map(|_| FxHashMap::default()).collect();
    for (_, cells) in table::rows(include_str!("en/rules.tsv")) {
        if let [tag, ending, cut, ref add @ ..] = cells[..]
            && let (Ok(tag), Ok(cut)) = (tag.parse::<Xpos>(), cut.parse())
        {
            rules[tag as usize].insert(ending, Ending { cut, add: add.first().copied().unwrap_or_default() });
        }
    }
    rules
});
