//! The work on an article grows with its length: steps (looks at rows), not seconds, at one, two and four times the size
//! of texts that are hard on some stage.

use sayso::annotate::{Kit, annotate, annotate_within};
use sayso::inside::hard::CLASSES;
use sayso::text::steps::steps;
use sayso::text::{Document, LONGEST_SENTENCE, Source};

fn work(text: String) -> u64 {
    let before = steps();
    annotate(Document::new(Source::default(), text), &Kit::new());
    steps() - before
}

#[test]
fn the_work_grows_with_the_length() {
    if steps() == 0 && work("One step.".into()) == 0 {
        // A release build does not count.
        return;
    }
    let mut wrong = Vec::new();
    for (name, text) in CLASSES {
        let [one, two, four] = [2_000, 4_000, 8_000].map(|n| work(text(n)));
        let words = 8_000 / 4;
        // A square would be sixteen times as much; what looks back some sentences grows until the text has so many.
        if four > one * 8 || four > words * 60_000 {
            wrong.push(format!("{name}: {one}, {two}, {four} steps"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_without_an_end_is_cut() {
    let doc = annotate(Document::new(Source::default(), "the minister and ".repeat(1_000)), &Kit::new());
    let lengths: Vec<usize> = doc.sentences.iter().map(|s| s.tokens.end.index() - s.tokens.start.index()).collect();
    assert!(lengths.iter().all(|&n| n <= LONGEST_SENTENCE), "{lengths:?}");
    assert_eq!(doc.sentences.iter().filter(|s| s.cut).count() + 1, doc.sentences.len());
    assert_eq!(lengths.iter().sum::<usize>(), doc.tokens.len());
    let short = annotate(Document::new(Source::default(), "The minister and the mayor met."), &Kit::new());
    assert!(short.sentences.iter().all(|s| !s.cut));
}

#[test]
fn an_article_over_its_budget_is_given_up() {
    let article = || Document::new(Source::default(), "It rained in Ostia. ".repeat(20));
    assert_eq!(annotate_within(article(), &Kit::new(), 50).err(), Some(100));
    assert!(annotate_within(article(), &Kit::new(), 100).is_ok());
}
