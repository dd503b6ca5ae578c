//! Verbs by which something goes from one to another.

use super::wordnet::{Kinship, verbs};
use crate::text::{Document, Id, Relation, Token};

/// "gave farmers $30 million", "pays $2 million": with whom it is given to, or a kind of paying, giving or lending.
pub fn hands_over(doc: &Document, verb: Id<Token>) -> bool {
    let kin = |of: &str| matches!(verbs(doc.lemma(verb), of), Kinship::Same | Kinship::Narrower(_));
    doc.children(verb).any(|c| doc.relation(c) == Relation::Iobj) || kin("pay") || kin("give") || kin("lend")
}
