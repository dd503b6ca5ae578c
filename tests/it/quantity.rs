//! Quantities: phrase tables in both directions, absurd and hostile numerals, properties on any text.

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Quantity, QuantityKind, Source};

fn read(text: &str) -> Document {
    annotate(Document::new(Source::default(), text), &Kit::new())
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// What a quantity says under one key of the table.
fn says(doc: &Document, q: &Quantity, key: &str) -> String {
    let slice = |s: Option<sayso::text::Span>| s.map_or(String::new(), |s| doc.slice(s).to_owned());
    match key {
        "unit" => q.unit.code.to_string(),
        "per" => q.per.as_ref().map_or(String::new(), |p| p.unit.to_string()),
        "of" => slice(q.counted),
        "whole" => slice(q.whole),
        "kind" => q.kind.as_str().to_owned(),
        "change" => q.change.map_or(String::new(), |c| c.as_str().to_owned()),
        "from" => q.from.map_or(String::new(), |d| d.to_string()),
        "to" => q.to.map_or(String::new(), |d| d.to_string()),
        // Who gives it, as worded.
        "source" => match q.statement.and_then(|s| doc.statements[s].source.first()) {
            Some(&source) => doc.slice(source).to_owned(),
            None => "nobody".to_owned(),
        },
        _ => format!("no key {key}"),
    }
}

fn mistakes(line: &str) -> Vec<String> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [sentence, words, what] = cells[..] else { return vec![format!("not three cells: {line}")] };
    let doc = read(sentence);
    let Some(q) = doc.quantities.iter().find(|q| doc.slice(q.span) == words).or_else(|| {
        let at = sentence.find(words).expect("words stand in the sentence");
        doc.quantities.iter().find(|q| q.span.start() <= at && at + words.len() <= q.span.end())
    }) else {
        let found: Vec<&str> = doc.quantities.iter().map(|q| doc.slice(q.span)).collect();
        return vec![format!("{sentence}: nothing at \"{words}\", but {found:?}")];
    };
    let mut out = Vec::new();
    let mut relation = "=";
    let value = q.value.map_or("-".to_owned(), |v| {
        if q.ratio.is_some() { v.round_dp(4).normalize().to_string() } else { v.to_string() }
    });
    // A cell's last key may hold spaces: cut at the keys.
    let mut parts: Vec<String> = Vec::new();
    for word in what.split(' ') {
        let continues = parts.last().is_some_and(|p| p.starts_with("of=") || p.starts_with("whole="));
        match parts.last_mut() {
            Some(last) if continues && !word.contains('=') => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    let mut check = |name: &str, want: &str, got: &str| {
        if want != got {
            out.push(format!("{sentence}: {name} is {got}, not {want}"));
        }
    };
    check("value", &parts[0], &value);
    for part in &parts[1..] {
        if let Some((low, high)) = part.split_once("..") {
            check("lower", low, &q.lower.map_or(String::new(), |d| d.to_string()));
            check("upper", high, &q.upper.map_or(String::new(), |d| d.to_string()));
        } else if let Some((key, want)) = part.split_once('=') {
            check(key, want, &says(&doc, q, key));
        } else {
            relation = match part.as_str() {
                "≥" => "≥",
                "≤" => "≤",
                "<" => "<",
                ">" => ">",
                "≈" => "≈",
                "range" => "range",
                "vague" => "vague",
                other => panic!("{line}: {other}"),
            };
        }
    }
    check("relation", relation, q.relation.as_str());
    out
}

#[test]
fn phrases_are_read() {
    let wrong: Vec<String> = lines(include_str!("../cases/quantity/must-match.txt")).flat_map(mistakes).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let wrong: Vec<String> = lines(include_str!("../cases/quantity/reported.txt")).flat_map(mistakes).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_like_a_number_is_left() {
    let mut wrong = Vec::new();
    for sentence in lines(include_str!("../cases/quantity/must-not-match.txt")) {
        let doc = read(sentence);
        for q in doc.quantities.iter().filter(|q| q.kind != QuantityKind::Ordinal) {
            wrong.push(format!("{sentence}: \"{}\"", doc.slice(q.span)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bounds_have_examples_that_run() {
    let mut wrong = Vec::new();
    for line in lines(include_str!("../../src/annotate/quantity/en/bounds.tsv")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let sentence = format!("They saw {}.", cells[3]);
        let doc = read(&sentence);
        let Some(q) = doc.quantities.first() else {
            wrong.push(format!("{sentence}: nothing"));
            continue;
        };
        if q.relation.as_str() != cells[2] {
            wrong.push(format!("{sentence}: {} at \"{}\", not {}", q.relation, doc.slice(q.span), cells[2]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_have_examples_that_run() {
    let mut wrong = Vec::new();
    for line in lines(include_str!("../../src/annotate/quantity/en/names.tsv")) {
        let (word, example) = line.split_once('\t').expect("word and example");
        let sentence = format!("They spoke of {example}.");
        let doc = read(&sentence);
        for q in doc.quantities.iter().filter(|q| q.kind != QuantityKind::Ordinal) {
            wrong.push(format!("{word}: {sentence} \"{}\"", doc.slice(q.span)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn absurd_numerals_are_no_quantities() {
    let long = "9".repeat(10_000);
    let fraction = format!("0.{}", "3".repeat(10_000));
    let words = "million ".repeat(2_000);
    let texts = [
        "1e999999 men".to_owned(),
        "1e-999999 men".to_owned(),
        format!("{long} men"),
        format!("{fraction} men"),
        format!("${long} million"),
        "٣٤ and ३४ and 3४ men".to_owned(),
        "12,34,5 and 1,23 and 1.2.3.4 and 1..2".to_owned(),
    ];
    for text in &texts {
        let doc = read(text);
        let found: Vec<_> = doc.quantities.iter().map(|q| (doc.slice(q.span).get(..20), q.value)).collect();
        assert!(found.is_empty(), "{}: {found:?}", &text[..text.len().min(40)]);
    }
    for text in [
        format!("one {words}"),
        format!("{} men", "hundred ".repeat(3_000)),
        "one and ".repeat(3_000),
        "1/2/3/4 ".repeat(500),
    ] {
        read(&text);
    }
    let most = read("He owns 79228162514264337593543950335 coins and 9999999999999999999999999999 stamps.");
    assert!(most.quantities.iter().all(|q| q.value.is_none_or(|v| v.scale() == 0)));
}

#[test]
fn any_text_gives_quantities_inside_it() {
    let seeds = [
        "At least $1.5 million per day, up to 200,000 barrels – or 60–70% of the group’s 2½ tonnes.",
        "“Some 500 trucks”, he said; five times as much as the 12–15 of 2014, £3bn a year (€4 bn).",
        "Between 3 and 5, from 2.5% to 1.9%, 8- to 16-metre; ½ of 1/16; 5'10\" -130 °F ±3 +4.2% 3×10−8",
    ];
    let letters: Vec<char> = "0123456789.,-–/%$€£’'\"()aeo mbk \n½×:+".chars().collect();
    let mut state = 7u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for round in 0..1_000 {
        let mut text: Vec<char> = seeds[round % seeds.len()].chars().collect();
        for _ in 0..next(8) + 1 {
            let at = next(text.len());
            match next(3) {
                0 => text[at] = letters[next(letters.len())],
                1 => text.insert(at, letters[next(letters.len())]),
                _ => {
                    text.remove(at);
                }
            }
        }
        let text: String = text.into_iter().collect();
        let doc = read(&text);
        let mut last = 0;
        for q in doc.quantities.iter() {
            assert!(!doc.slice(q.span).is_empty(), "{text}");
            assert!(q.span.start() >= last, "{text}");
            last = q.span.start();
            for span in [q.counted, q.whole, q.unit.span].into_iter().flatten() {
                assert!(!doc.slice(span).is_empty(), "{text}");
            }
            if let (Some(low), Some(high)) = (q.lower, q.upper) {
                assert!(low <= high, "{text}");
            }
        }
    }
}

/// The rows of a list: line number and cells.
fn rows(text: &'static str) -> Vec<(usize, Vec<&'static str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|(i, l)| (i + 1, l.split('\t').map(str::trim).collect()))
        .collect()
}

#[test]
fn lists_have_no_doubles() {
    let lists = [
        ("bounds.tsv", include_str!("../../src/annotate/quantity/en/bounds.tsv"), 2),
        ("changes.tsv", include_str!("../../src/annotate/quantity/en/changes.tsv"), 3),
        ("divisors.tsv", include_str!("../../src/annotate/quantity/en/divisors.tsv"), 1),
        ("names.tsv", include_str!("../../src/annotate/quantity/en/names.tsv"), 1),
        ("persons.tsv", include_str!("../../src/annotate/quantity/en/persons.tsv"), 1),
        ("stops.tsv", include_str!("../../src/annotate/quantity/en/stops.tsv"), 1),
        ("numbers.tsv", include_str!("../../src/lexicon/en/numbers.tsv"), 1),
    ];
    for (name, text, key) in lists {
        let mut seen = std::collections::BTreeSet::new();
        for (line, cells) in rows(text) {
            assert!(cells.len() >= key, "{name}:{line}: {} cells", cells.len());
            assert!(seen.insert(cells[..key].join("\t")), "{name}:{line}: {} stands twice", cells[0]);
        }
    }
}

#[test]
fn units_have_codes_that_are_read_back() {
    use sayso::inside::lexicon::measure;
    for (line, cells) in rows(include_str!("../../src/lexicon/en/units.tsv")) {
        let unit = measure::by_code(cells[0]).unwrap_or_else(|| panic!("units.tsv:{line}: {} is not found", cells[0]));
        assert_eq!(unit.name, cells[3], "units.tsv:{line}");
        let one = rust_decimal::Decimal::ONE;
        assert_eq!(measure::convert(one, cells[0], cells[0], false).map(|c| c.value), Ok(one), "units.tsv:{line}");
    }
    for (line, cells) in rows(include_str!("../../src/lexicon/en/currencies.tsv")) {
        let known = |c: &&str| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase());
        assert!(known(&cells[0]), "currencies.tsv:{line}: {} is no ISO 4217 code", cells[0]);
    }
}

#[test]
fn a_bare_dollar_is_that_of_the_publisher() {
    let at = |source: Source, text: &str| {
        let doc = annotate(Document::new(source, text), &Kit::new());
        doc.quantities.first().map(|q| q.unit.code.to_string())
    };
    let text = "The shire paid $300 for the gate.";
    let publisher = |p: &str| Source { publisher: Some(p.into()), ..Source::default() };
    let url = |u: &str| Source { url: Some(u.into()), ..Source::default() };
    assert_eq!(at(Source::default(), text).as_deref(), Some("USD"));
    assert_eq!(at(publisher("The Sydney Lantern"), text).as_deref(), Some("AUD"));
    assert_eq!(at(url("https://news.example.ca/2019/gate"), text).as_deref(), Some("CAD"));
    assert_eq!(at(publisher("Texas Lantern"), text).as_deref(), Some("USD"));
    assert_eq!(at(publisher("The Sydney Lantern"), "The shire paid US$300 for the gate.").as_deref(), Some("USD"));
    assert_eq!(at(Source::default(), "AUCKLAND, New Zealand — The shire paid $300.").as_deref(), Some("NZD"));
}

#[test]
fn money_that_shares_its_name_is_that_of_the_country_told_of() {
    let at = |publisher: Option<&str>, text: &str| {
        let source = Source { publisher: publisher.map(Into::into), ..Source::default() };
        let doc = annotate(Document::new(source, text), &Kit::new());
        doc.quantities.first().map(|q| q.unit.code.to_string()).unwrap_or_default()
    };
    for (text, code) in [
        ("The gate cost 41 million kroner. It was built in Oslo by a Norwegian firm.", "NOK"),
        ("The gate cost 41 million kroner.", "DKK"),
        ("A bus ticket in Reykjavik costs 650 kronur.", "ISK"),
        ("Buenos Aires raised the fare to 900 pesos. Mexico did not follow, Argentina said.", "ARS"),
        ("The fare rose to 9 pesos.", "MXN"),
        ("Lahore will spend Rs 300 million on the gate, a Pakistani minister said.", "PKR"),
        ("The gate cost Rs 300 million.", "INR"),
        ("The Tunisian port cost 20 million dinars.", "TND"),
        ("Ugandans pay 500 shillings in Kampala.", "UGX"),
        // What is written out is what it says.
        ("In Oslo they paid 300 Danish kroner.", "DKK"),
        // The pound of an article is not that of the country it tells of: papers abroad write their own.
        ("The gate in Cairo cost 300 pounds.", "GBP"),
    ] {
        assert_eq!(at(None, text), code, "{text}");
    }
    assert_eq!(at(Some("Cairo Lantern"), "The gate cost 300 pounds."), "EGP");
}

#[test]
fn numbers_are_compared_at_their_word() {
    use sayso::inside::lexicon::agreement::{Agreement, Figure, compare, ratio};
    use sayso::inside::lexicon::measure::Apart;
    let first = |text: &str| Figure::from(read(text).quantities.first().expect("a quantity"));
    let table = [
        ("The mine loses $365 million a year.", "The mine loses $1 million a day.", Ok(Agreement::Same)),
        ("The ferry lies 10 miles out.", "The ferry lies 16.09344 kilometres out.", Ok(Agreement::Same)),
        ("A dozen goats were lost.", "They lost 12 goats.", Ok(Agreement::Same)),
        ("About 500 trucks burned.", "They burned 525 trucks.", Ok(Agreement::Compatible)),
        ("At least 40 villages were cut off.", "Some 60 villages were cut off.", Ok(Agreement::Compatible)),
        ("Hundreds of birds died.", "They counted 830 birds.", Ok(Agreement::Compatible)),
        ("Hundreds of birds died.", "They counted 1,200 birds.", Ok(Agreement::Differ)),
        ("More than 40 villages were cut off.", "They counted 40 villages.", Ok(Agreement::Differ)),
        ("Some 800 people marched.", "The count was 3,500 people.", Ok(Agreement::Differ)),
        ("Half of the trout died.", "It killed 50 percent of the trout.", Ok(Agreement::Same)),
        ("It cost 3 million euros.", "It cost $3 million.", Err(Apart::NoFixedFactor)),
        ("It spilled 300 tonnes of diesel.", "It spilled 400,000 litres of diesel.", Err(Apart::NoFixedFactor)),
        ("It loses $3 million a day.", "It lost $3 million.", Err(Apart::OtherRate)),
        ("Rents rose 8 percent.", "Their share rose by 8 percentage points.", Err(Apart::OtherDimension)),
    ];
    for (a, b, want) in table {
        let (x, y) = (first(a), first(b));
        assert_eq!(compare(&x, &y, false), want, "{a} {b}");
        assert_eq!(compare(&y, &x, false), want, "{b} {a}");
    }
    let (tonnes, barrels) = (first("They moved 1,000 tonnes of oil."), first("They moved 7,330 barrels of oil."));
    assert_eq!(compare(&tonnes, &barrels, true), Ok(Agreement::Same));
    assert_eq!(ratio(&first("It lies 2 kilometres out."), &first("It lies 500 metres out.")), Some(4.into()));
    assert_eq!(ratio(&tonnes, &barrels), None);
}

#[test]
fn the_counted_entity_is_that_of_the_words() {
    let doc = annotate(
        Document::new(Source::default(), "The valley mourns 40 miners. Nine of the miners were children."),
        &Kit::new(),
    );
    let owners: Vec<_> = doc.quantities.iter().map(|q| q.counted_entity).collect();
    assert!(owners.len() == 2 && owners[0].is_some(), "{owners:?}");
    assert_eq!(owners[0], owners[1], "nine of the miners");
    let doc = annotate(Document::new(Source::default(), "It cost $3 million."), &Kit::new());
    assert_eq!(doc.quantities.iter().map(|q| q.counted_entity).collect::<Vec<_>>(), [None]);
}

/// "sentence | number | what it is of, in words that stand alone | aspect".
#[test]
fn what_a_number_is_of_stands_alone() {
    let wrong: Vec<String> = lines(include_str!("../cases/quantity/measured.txt"))
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [sentence, number, what, aspect] = cells[..] else { return Some(format!("not four cells: {line}")) };
            let doc = read(sentence);
            let Some(at) = doc.quantities.iter().position(|q| doc.slice(q.span) == number) else {
                return Some(format!("{sentence}: nothing at {number}"));
            };
            let id = sayso::text::Id::new(at);
            let got = doc.quantities[id].measured.as_str();
            let part = doc.frames.at(id).and_then(Option::as_ref).map_or("-", |f| f.aspect.as_str());
            (got != what || part != aspect)
                .then(|| format!("{sentence}: {number} is of {got:?} ({part}), not {what:?} ({aspect})"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
