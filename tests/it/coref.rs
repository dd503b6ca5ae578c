//! Coreference: cases of our own, and scores on the news of a treebank where it is at hand.

use std::collections::BTreeMap;

use sayso::annotate::{coref, mention};
use sayso::text::*;

use crate::treebank;

/// Right links, links made, links wanted.
#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    made: usize,
    wanted: usize,
}

impl Score {
    fn recall(self) -> f64 {
        100.0 * self.right as f64 / self.wanted.max(1) as f64
    }
    fn precision(self) -> f64 {
        100.0 * self.right as f64 / self.made.max(1) as f64
    }
}

fn class(doc: &Document, m: &Mention, seen: &[String]) -> &'static str {
    match m.kind {
        MentionKind::Pronoun => match doc.lower(m.head) {
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => "he/she",
            "it" | "its" | "itself" => "it",
            "they" | "them" | "their" | "theirs" | "themselves" => "they",
            _ => "I/we",
        },
        MentionKind::Name if seen.iter().any(|s| s == doc.slice(m.span)) => "name, seen before",
        MentionKind::Name => "name, another",
        MentionKind::Nominal => "common noun",
    }
}

/// Links of each kind of mention on gold trees and gold names: a link is right when the mention before it in its entity
/// belongs to the same gold entity.
fn scores(prefixes: &[&str], show: bool) -> Option<BTreeMap<&'static str, Score>> {
    let folder = treebank::shared()?.join("data/ud");
    let mut table: BTreeMap<&'static str, Score> = BTreeMap::new();
    for file in ["en_gum-ud-train-cc.conllu.gz", "en_gum-ud-dev-cc.conllu.gz"] {
        let text = treebank::gunzip(&folder.join(file))?;
        for gold in treebank::documents(&text, prefixes) {
            let mut doc = gold.doc;
            doc.mentions = mention::find(&doc);
            (doc.entities, doc.entity_of) = coref::resolve(&doc);
            // Earlier heads of each gold entity.
            let mut first: BTreeMap<&str, usize> = BTreeMap::new();
            for (head, (id, _)) in &gold.entity {
                first.entry(id).or_insert(*head);
            }
            let mut seen: Vec<String> = Vec::new();
            for (id, m) in doc.mentions.rows() {
                let wanted = gold.entity.get(&m.head.index());
                let class = class(&doc, m, &seen);
                seen.push(doc.slice(m.span).to_owned());
                let Some((gold_id, _)) = wanted else { continue };
                let row = table.entry(class).or_default();
                let anaphoric = first[gold_id.as_str()] < m.head.index();
                row.wanted += usize::from(anaphoric);
                let before =
                    doc.entity_of[id].and_then(|e| doc.entities[e].mentions.iter().rev().find(|&&x| x < id).copied());
                if let Some(before) = before {
                    row.made += 1;
                    let same = gold.entity.get(&doc.mentions[before].head.index()).is_some_and(|g| g.0 == *gold_id);
                    row.right += usize::from(same);
                    if show && !same {
                        eprintln!(
                            "{} {class}: {} <- {}  ({})",
                            gold.name,
                            doc.slice(m.span),
                            doc.slice(doc.mentions[before].span),
                            doc.slice(doc.sentences[doc.sentence_of(m.head)].span)
                        );
                    }
                } else if show && anaphoric && class != "common noun" {
                    eprintln!(
                        "{} {class} missed: {}  ({})",
                        gold.name,
                        doc.slice(m.span),
                        doc.slice(doc.sentences[doc.sentence_of(m.head)].span)
                    );
                }
            }
        }
    }
    Some(table)
}

#[test]
fn links_on_treebank_news_keep_their_floors() {
    let Some(table) = scores(&["GUM_news"], std::env::var("SHOW").is_ok()) else {
        eprintln!("skipped: no development data beside the crate");
        return;
    };
    for (class, score) in &table {
        eprintln!(
            "{class:20} recall {:5.1} precision {:5.1}  ({} right, {} made, {} wanted)",
            score.recall(),
            score.precision(),
            score.right,
            score.made,
            score.wanted
        );
    }
    let floor = |class: &str, recall: f64, precision: f64| {
        let score = table[class];
        assert!(
            score.recall() >= recall && score.precision() >= precision,
            "{class}: {:.1} / {:.1}",
            score.recall(),
            score.precision()
        );
    };
    floor("he/she", 80.0, 80.0);
    floor("name, seen before", 80.0, 75.0);
}

/// The cases in tests/cases/coref. `same`: mentions of one entity; `apart`: of different ones; `alone`: a pronoun left
/// unresolved; `role`: an entity's name and an office stated of it.
#[test]
fn entities_of_the_cases() {
    let mut wrong = Vec::new();
    for case in crate::cases::read("coref") {
        let doc = &case.doc;
        for (key, value) in &case.checks {
            let cells: Vec<&str> = value.split('|').map(str::trim).collect();
            let entity = |words: &str| {
                let mention = crate::cases::mention(doc, words);
                mention.map(|m| doc.entity_of.at(m).copied().flatten())
            };
            let found: Vec<_> = cells.iter().map(|c| entity(c)).collect();
            let right = match key.as_str() {
                "same" => found.iter().all(|f| f.is_some_and(|e| e.is_some()) && *f == found[0]),
                "apart" => found[0].is_some() && found[0] != found[1],
                "alone" => found[0] == Some(None),
                "role" => {
                    let row = found[0].flatten().map(|e| &doc.entities[e]);
                    row.is_some_and(|e| e.roles.iter().any(|&r| doc.slice(r) == cells[1]))
                }
                other => panic!("{}: unknown key {other:?}", case.place),
            };
            if !right {
                wrong.push(format!("{}: {key} {value}: found {found:?}", case.place));
            }
        }
    }
    crate::cases::report(wrong);
}
