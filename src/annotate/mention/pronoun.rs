//! Pronouns, with gender and number.

use super::head_of;
use crate::lexicon::table;
use crate::text::*;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Gender and number of each pronoun.
static PRONOUNS: LazyLock<FxHashMap<&'static str, (Option<Gender>, Option<Number>)>> = LazyLock::new(|| {
    table::rows(include_str!("en/pronouns.tsv"))
        .map(|(line, cells)| {
            let gender = cells[1].parse().ok();
            let number = cells[2].parse().ok();
            assert!(gender.is_some() || cells[1] == "-", "pronouns.tsv:{line}: gender");
            assert!(number.is_some() || cells[2] == "-", "pronouns.tsv:{line}: number");
            (cells[0], (gender, number))
        })
        .collect()
});

/// "**He** said **their** house was **his**": every personal and possessive pronoun that stands for something.
pub fn find(doc: &Document) -> Vec<Mention> {
    let mut found = Vec::new();
    for (token, row) in doc.tokens.rows() {
        let Some(&(gender, number)) = PRONOUNS.get(row.lower.as_str()) else { continue };
        if doc.relation(token) == Relation::Expl || shouted(doc, token) {
            continue;
        }
        let tokens = token..Id::new(token.index() + 1);
        found.push(Mention {
            span: row.span,
            head: head_of(doc, &tokens),
            tokens,
            kind: MentionKind::Pronoun,
            class: None,
            title: None,
            gender,
            number,
            made_by: Rule("mention/pronoun"),
        });
    }
    found
}

/// "the US", "IT": capitals that are no pronoun.
fn shouted(doc: &Document, token: Id<Token>) -> bool {
    let word = doc.word(token);
    word.len() > 1
        && word.chars().all(|c| c.is_uppercase())
        && matches!(doc.pos(token), Pos::Propn | Pos::Noun | Pos::X)
}
