//! Coreference: cases of our own, and scores on the news of a treebank where it is at hand.

use std::collections::BTreeMap;

use sayso::inside::{coref, mention};
use sayso::text::*;

use crate::treebank;

/// Right links, links made, links wanted.
#[derive(Default, Clone, Copy, Debug)]
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
    floor("he/she", 85.0, 86.0);
    floor("name, seen before", 80.0, 75.0);
}

/// The gold mentions as rows of the layer: what our own stage says of a noun phrase with the same head is kept but for
/// its class; the rest is read off the head. With the gold entity of each.
fn gold_mentions(gold: &treebank::Gold) -> Vec<(Mention, String)> {
    let doc = &gold.doc;
    let own = mention::find(doc);
    let mut rows = Vec::new();
    for (id, kind, start, end) in &gold.mentions {
        let outside = |t: usize| doc.head(Id::new(t)).is_none_or(|h| h.index() < *start || h.index() > *end);
        let Some(head) = (*start..=*end).find(|&t| outside(t)).map(Id::new) else { continue };
        let class = match kind.as_str() {
            "person" => Some(NameClass::Person),
            "organization" => Some(NameClass::Organisation),
            "place" => Some(NameClass::Place),
            _ => None,
        };
        let several = Id::range(Id::new(*start)..Id::new(end + 1))
            .any(|t| doc.relation(t) == Relation::Cc && doc.head(t).and_then(|h| doc.head(h)) == Some(head));
        let same = own.iter().filter(|m| m.head == head && !several).max_by_key(|m| m.span.len()).cloned();
        let kind = match doc.pos(head) {
            Pos::Pron if same.is_none() => continue,
            Pos::Propn if !several => MentionKind::Name,
            _ => MentionKind::Nominal,
        };
        let plural = several || matches!(doc.xpos(head), Xpos::Nns | Xpos::Nnps);
        let tokens = Id::new(*start)..Id::new(end + 1);
        let mut row = same.unwrap_or_else(|| Mention {
            span: doc.span_of(tokens.clone()),
            tokens,
            head,
            kind,
            class,
            title: None,
            gender: None,
            number: Some(if plural { Number::Plural } else { Number::Singular }),
            made_by: Rule("gold"),
        });
        row.class = class.or(row.class);
        rows.push((row, id.clone()));
    }
    rows.sort_by_key(|(m, _)| (m.span, m.kind));
    rows.dedup_by_key(|(m, _)| m.span);
    rows
}

/// He and she over gold mentions, trees and names: a link is right when the mention before it in its entity is of the
/// same gold entity.
#[test]
fn he_and_she_over_gold_mentions_keep_their_floor() {
    let Some(folder) = treebank::shared().map(|s| s.join("data/ud")) else {
        eprintln!("skipped: no development data beside the crate");
        return;
    };
    let mut score = Score::default();
    for file in ["en_gum-ud-train-cc.conllu.gz", "en_gum-ud-dev-cc.conllu.gz"] {
        let Some(text) = treebank::gunzip(&folder.join(file)) else { return };
        for mut gold in treebank::documents(&text, &["GUM_news"]) {
            let (rows, ids): (Vec<_>, Vec<_>) = gold_mentions(&gold).into_iter().unzip();
            gold.doc.mentions = Layer::new(rows);
            let mut doc = gold.doc;
            (doc.entities, doc.entity_of) = coref::resolve(&doc);
            for (at, (id, m)) in doc.mentions.rows().enumerate() {
                if class(&doc, m, &[]) != "he/she" {
                    continue;
                }
                let wanted = ids[..at].contains(&ids[at]);
                score.wanted += usize::from(wanted);
                let before =
                    doc.entity_of[id].and_then(|e| doc.entities[e].mentions.iter().rev().find(|&&x| x < id).copied());
                let right = before.is_some_and(|b| ids[b.index()] == ids[at]);
                score.made += usize::from(before.is_some());
                score.right += usize::from(right);
                if !right && (wanted || before.is_some()) && std::env::var("SHOW").is_ok() {
                    let words = |m: &Mention| doc.slice(m.span).to_owned();
                    let gold = ids[..at].iter().rposition(|i| *i == ids[at]);
                    eprintln!(
                        "{}: {} <- {:?}, gold {:?} ({})",
                        gold.map_or("none", |_| "wrong"),
                        words(m),
                        before.map(|b| words(&doc.mentions[b])),
                        gold.map(|g| words(&doc.mentions[Id::new(g)])),
                        doc.slice(doc.sentences[doc.sentence_of(m.head)].span)
                    );
                }
            }
        }
    }
    eprintln!("he/she, gold mentions: recall {:.1} precision {:.1} {score:?}", score.recall(), score.precision());
    assert!(score.recall() >= 87.0 && score.precision() >= 88.0, "{score:?}");
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
