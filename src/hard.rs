//! Texts that are hard on some stage, of any size: for the benchmark and the tests, which see that the work on them grows
//! with their length.

/// A class of texts, by its size in bytes.
pub type Class = (&'static str, fn(usize) -> String);

/// The classes: a name and how a text of so many bytes is made.
pub const CLASSES: &[Class] = &[
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
    ("names with numbers", |n| format!("{}left.", "the union of Lisbon sold 25 trucks and ".repeat(n / 39))),
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
