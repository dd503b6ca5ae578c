//! Propositions as tuples: one a predicate, or one short fact for each conjunct and each prepositional argument.

use sayso::annotate::{Kit, annotate};
use sayso::inside::proposition::tuple::{Shape, tuples};
use sayso::text::{Document, Source};

fn written(text: &str, shape: Shape) -> Vec<String> {
    let doc = annotate(Document::new(Source::default(), text), &Kit::new());
    let line = |t: &sayso::inside::proposition::tuple::Tuple| {
        let mut parts = vec![t.subject.clone(), t.relation.clone(), t.object.clone()];
        parts.extend(t.more.iter().cloned());
        parts.join(" | ")
    };
    tuples(&doc, shape).iter().map(line).collect()
}

#[test]
fn one_tuple_keeps_all_arguments_of_a_predicate() {
    let found = written("The council sold the old ferry to a museum.", Shape::Nary);
    assert_eq!(found, ["The council | sold | the old ferry | to a museum"]);
    // What is said is a tuple here, and the copula keeps its preposition.
    let found = written("The mayor said that five of the boats were from Harbour Island.", Shape::Nary);
    assert!(found.iter().any(|t| t.starts_with("The mayor | said | that five of the boats")), "{found:?}");
    assert!(found.contains(&"five of the boats | were | from Harbour Island".to_string()), "{found:?}");
}

#[test]
fn short_facts_part_conjuncts_and_prepositions() {
    let found = written("Divers and firemen searched the bay near the old pier.", Shape::Binary);
    for fact in ["Divers | searched | the bay", "firemen | searched | the bay"] {
        assert!(found.contains(&fact.to_string()), "{fact} in {found:?}");
    }
    assert!(found.iter().any(|t| t == "Divers | searched the bay near | the old pier"), "{found:?}");
    // The relative pronoun is its noun.
    let found = written("The engineer who built the bridge was happy.", Shape::Binary);
    assert!(found.contains(&"The engineer | built | the bridge".to_string()), "{found:?}");
    assert!(found.contains(&"The engineer | was | happy".to_string()), "{found:?}");
}
