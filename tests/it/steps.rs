//! The work on an article grows with its length: steps (looks at rows), not seconds, at one, two and four times the size
//! of texts that are hard on some stage.

use sayso::annotate::{Kit, annotate, annotate_within};
use sayso::text::steps::steps;
use sayso::text::{Document, LONGEST_SENTENCE, Source};

/// A class of texts, by its size in bytes.
type Class = (&'static str, fn(usize) -> String);

const CLASSES: &[Class] = &[
    ("sentences in one paragraph", |n| {
        "The minister said on Monday that 25 trucks were destroyed near Paris. ".repeat(n / 70)
    }),
    ("sentences in lines", |n| {
        "The minister said on Monday that 25 trucks were destroyed near Paris.\n\n".repeat(n / 71)
    }),
    ("names that speak", |n| (0..n / 36).map(|i| format!("Mr. Adam{i} Bern{i} said it rained. ")).collect()),
    ("quotations with a speaker", |n| "“It rained,” he said. ".repeat(n / 24)),
    ("noun phrases joined", |n| format!("{}said so.", "the minister and ".repeat(n / 17))),
    ("of upon of", |n| format!("{}state said it.", "ministry of the ".repeat(n / 16))),
    ("names joined", |n| format!("{}Jones said it.", "Smith and ".repeat(n / 10))),
    ("straight quotes", |n| "\" a ".repeat(n / 4)),
    ("open quotes", |n| format!("He said. {}", "“a ".repeat(n / 5))),
    ("nested quotes", |n| format!("{}x{}", "“he said ‘".repeat(n / 20), "’”".repeat(n / 20))),
    ("apostrophes", |n| "' a '".repeat(n / 5)),
    ("parentheses", |n| format!("{}x{}", "(".repeat(n / 2), ")".repeat(n / 2))),
    ("saying that saying", |n| format!("{}it rained.", "he said that ".repeat(n / 13))),
    ("numbers in a sentence", |n| format!("{}were hit.", "25 trucks and ".repeat(n / 14))),
    ("numbers with commas", |n| format!("It cost {} dollars.", "9,999".repeat(n / 5))),
    ("places with commas", |n| format!("{}said so.", "Paris, ".repeat(n / 7))),
    ("hyphens", |n| "a-".repeat(n / 2)),
    ("capitals", |n| "A B C ".repeat(n / 6)),
    ("addresses", |n| "a@b.".repeat(n / 4)),
    ("dates", |n| (0..n / 27).map(|i| format!("On {} May {} it rained. ", 1 + i % 28, 1900 + i % 120)).collect()),
    ("rates", |n| format!("5 km {}.", "per hour ".repeat(n / 9))),
    ("days after", |n| format!("{}Monday it rained.", "two days after ".repeat(n / 15))),
    ("deaths", |n| format!("{}.", "12 dead, 3 wounded, ".repeat(n / 20))),
];

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
