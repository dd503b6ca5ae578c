//! Quantities: numbers with bounds, unit, rate, counted thing and change.
//!
//! Sentence by sentence: tokens are cut into pieces, numbers read and sieved (`draft`), joined into ranges with bounds,
//! rates and changes (`join`), and given the thing they count (`counted`). Times are found before and are withheld.

mod bound;
mod change;
mod concept;
mod counted;
mod dimension;
mod draft;
mod few;
mod home;
mod join;
mod kind;
mod mark;
mod owner;
mod rate;
mod sieve;
mod told;
mod unit;
mod words;
mod written;

use rust_decimal::Decimal;

use crate::lexicon::noun;
use crate::lexicon::number::{self, Form};
use crate::lexicon::piece::pieces;
use crate::lexicon::wordnet;
use crate::text::*;
use counted::Counted;
use draft::{Draft, Level, Scene};
pub use owner::bind;
pub use told::told;
use words::{COLLECTIVES, PERSONS, STOPS};

/// Finds the numbers that are not part of a time.
pub fn find(doc: &Document) -> Layer<Quantity> {
    read(doc, false)
}

/// Finds the numbers, durations included ("15 years" as a measure): for formats that have no times.
pub fn find_with_durations(doc: &Document) -> Layer<Quantity> {
    read(doc, true)
}

fn read(doc: &Document, durations: bool) -> Layer<Quantity> {
    let withheld: Vec<Span> = doc.times.iter().filter(|t| !durations || holds(doc, t)).map(|t| t.span).collect();
    let mut out: Vec<Quantity> = Vec::new();
    let home = home::Home::of(doc);
    let comma = written::decimal_comma(doc);
    let mut memory: Memory = None;
    let mut measured: Option<(smol_str::SmolStr, Span)> = None;
    let mut first_time = 0;
    for sentence in doc.sentences.iter() {
        while withheld.get(first_time).is_some_and(|w| w.end() <= sentence.span.start()) {
            first_time += 1;
        }
        let begins = |lower: &str| number::may_begin(lower) || few::may_begin(lower) || lower == "any";
        let has_numbers = Id::range(sentence.tokens.clone()).any(|t| begins(doc.lower(t)));
        let asks = |t: Id<Token>| matches!(doc.lower(t), "number" | "many");
        if !has_numbers && !Id::range(sentence.tokens.clone()).any(asks) {
            continue;
        }
        let times = &withheld[first_time..];
        let times = &times[..times.partition_point(|w| w.start() < sentence.span.end())];
        let p = written::join(doc, pieces(doc, sentence.tokens.clone()), comma);
        let scene = Scene { doc, p: &p, withheld: times, durations, home: &home };
        if has_numbers {
            let from = out.len();
            sentence_quantities(&scene, &mut memory, &mut out);
            it_was(&scene, &mut out[from..], &mut measured);
        } else if let Some((head, thing)) = counted::topic(&scene) {
            // "The number of trucks has moved quickly. On Wednesday it was about 500."
            memory = Some((None, count_of(&scene, head), scene.span(thing)));
        }
    }
    money(doc, &mut out);
    for row in &mut out {
        row.counted = row.counted.filter(|thing| is_thing(doc, row, *thing));
    }
    out.sort_by_key(|q| (q.span.start(), q.span.end()));
    Layer::new(out)
}

/// A thing has a word of its own: not the number itself with its unit, nor a sign.
fn is_thing(doc: &Document, row: &Quantity, thing: Span) -> bool {
    let own = doc.tokens_in(row.span);
    let word = |t: Id<Token>| {
        let letters = doc.word(t).chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && doc.pos(t) != Pos::Adp
    };
    // "**in contrast to** a gain of $45.4 million": a noun that joins.
    let last = doc.tokens_in(thing).end;
    let joins = matches!(doc.slice(thing), "contrast" | "addition" | "comparison" | "response" | "relation" | "regard")
        && matches!(doc.tokens.at(last).map_or("", |t| t.lower.as_str()), "to" | "with");
    // "one **household** in ten" stands between the words of its number.
    let outside = |t: Id<Token>| !own.contains(&t) || row.kind == QuantityKind::Fraction && doc.pos(t) == Pos::Noun;
    !joins && Id::range(doc.tokens_in(thing)).any(|t| outside(t) && word(t))
}

/// "The jobless rate is 9 per cent. **It** was 13.1 per cent in May": a sum or a share that names nothing is of what the one
/// before it was of.
fn it_was(scene: &Scene, rows: &mut [Quantity], measured: &mut Option<(smol_str::SmolStr, Span)>) {
    let it = matches!(scene.word(0), "it" | "that" | "this") && scene.doc.pos(scene.p[0].token) == Pos::Pron;
    for row in rows.iter_mut().filter(|r| !matches!(r.kind, QuantityKind::Count | QuantityKind::Age)) {
        if let (None, Some((unit, thing))) = (row.counted, &*measured)
            && it
            && row.concepts.is_empty()
            && *unit == row.unit.code
        {
            row.counted = Some(*thing);
        }
        if let Some(thing) = row.counted {
            *measured = Some((row.unit.code.clone(), thing));
        }
    }
}

/// "They were making millions a day": money, where the article knows one currency.
fn money(doc: &Document, rows: &mut [Quantity]) {
    let is_money = |q: &&Quantity| q.kind == QuantityKind::Money;
    let Some(first) = rows.iter().find(is_money).map(|q| q.unit.clone()) else { return };
    if rows.iter().filter(is_money).any(|q| q.unit.qudt != first.qudt) || first.code.len() != 3 {
        return;
    }
    for row in rows {
        let amount = row.value.or(row.lower).unwrap_or_default();
        let bare = row.kind == QuantityKind::Count && row.counted.is_none() && amount >= Decimal::from(1_000_000);
        let after = doc.tokens.partition_point(|t| t.span.end() <= row.span.start());
        let verb = after.checked_sub(1).and_then(|t| doc.tokens.at(Id::new(t))).map(|t| t.lower.as_str());
        if bare && verb.is_some_and(|v| EARNINGS.contains(&v)) {
            row.kind = QuantityKind::Money;
            row.unit = Unit { span: None, ..first.clone() };
        }
    }
}

/// Verbs whose millions are money.
const EARNINGS: &[&str] = &[
    "earn", "earns", "earned", "earning", "make", "makes", "made", "making", "lose", "loses", "lost", "losing", "cost",
    "costs", "costing", "spend", "spends", "spent", "spending", "pay", "pays", "paid", "paying", "raised", "raising",
    "invested", "owes", "owed", "saved", "saving", "saves", "worth",
];

/// With durations wanted: whether a time still holds its numbers back (dates do, "15 years" and "nine days later" do not).
fn holds(doc: &Document, time: &Time) -> bool {
    match time.kind {
        TimeKind::Duration | TimeKind::Set => false,
        TimeKind::Date | TimeKind::Time => {
            let words = doc.slice(time.span);
            let unit = words.split(|c: char| !c.is_alphabetic()).any(|w| {
                matches!(
                    w,
                    "days" | "weeks" | "months" | "years" | "hours" | "minutes" | "seconds" | "decades" | "centuries"
                )
            });
            !unit
        }
    }
}

fn sentence_quantities(scene: &Scene, memory: &mut Memory, out: &mut Vec<Quantity>) {
    let mut drafts = draft::drafts(scene);
    dimension::dimensions(scene, &mut drafts);
    let mut drafts = join::shares(scene, join::ranges(scene, join::tolerances(scene, drafts)));
    drafts.retain(|d| !d.maybe_year);
    let mut floor = 0;
    for draft in &mut drafts {
        bound::bounds(scene, draft, floor);
        floor = draft.all.end;
    }
    // "up to $12.9bn (£10bn)", "some 75 kilometres (50 miles)": the same in another unit has the same bound.
    for i in 1..drafts.len() {
        let (a, b) = (&drafts[i - 1], &drafts[i]);
        let same = a.unit.zip(b.unit).is_some_and(|(x, y)| x.dimension == y.dimension && x.code != y.code);
        let bracketed = b.all.start == a.all.end + 1 && scene.word(a.all.end) == "(" && scene.word(b.all.end) == ")";
        if same && bracketed && b.relation.is_none() && b.upper.is_none() {
            let relation = a.relation.filter(|r| *r != QuantityRelation::Range);
            drafts[i].relation = relation;
        }
    }
    let mut drafts = bound::two_sided(scene, drafts);
    join::ends(&mut drafts, scene);
    let starts: Vec<usize> = drafts.iter().map(|d| d.all.start).chain([scene.p.len()]).collect();
    let ends: Vec<usize> = drafts.iter().map(|d| d.all.end).collect();
    for i in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(i);
        inherit(scene, &mut left[i - 1], &mut right[0]);
    }
    // "aged **between 28 and 56**".
    for draft in &mut drafts {
        let range = draft.relation == Some(QuantityRelation::Range) && draft.unit.is_none();
        if range && draft.kind == QuantityKind::Count && matches!(scene.before(draft.all.start), "aged" | "ages") {
            draft.kind = QuantityKind::Age;
            draft.unit = crate::lexicon::measure::by_code("a");
        }
    }
    // "**Of the deaths**, 17,388 were in the south": what the numbers behind are of.
    if scene.word(0) == "of" && matches!(scene.word(1), "the" | "these" | "those") {
        let topic = counted::phrase(scene, 2, starts[0]);
        if !topic.is_empty() && scene.word(topic.end) == "," {
            *memory = Some((None, count_of(scene, topic.end - 1), scene.span(topic)));
        }
    }
    change::changes(scene, &mut drafts);
    let mut last_counted: Option<Counted> = None;
    let mut rows: Vec<(Quantity, Draft, Counted)> = Vec::new();
    let mut divided: Option<Span> = None;
    for (i, mut draft) in drafts.into_iter().enumerate() {
        let next = starts[i + 1];
        // "12 cases per 100,000 people": the divisor is no amount of its own.
        if divided.is_some_and(|d| d.covers(scene.span(draft.number.clone()))) {
            continue;
        }
        rate::rate(scene, &mut draft, next);
        divided = draft.per.as_ref().filter(|_| !scene.durations).map(|p| p.span);
        let mut found = counted::counted(scene, &draft, next, ends.get(i + 1).copied());
        let behind = found.thing.as_ref().is_some_and(|t| t.start >= draft.all.end);
        let listed = if behind { None } else { counted::behind_modifiers(scene, &draft) };
        if let Some(named) = counted::rated(scene, &draft).or(listed) {
            found = named;
        }
        if let Some(thing) = &found.thing {
            if thing.start == draft.all.end {
                bound::behind_thing(scene, &mut draft, thing.end);
            }
            // "16-18 Linden Avenue" is where somebody lives.
            let last = &scene.p[thing.end - 1];
            if draft.unit.is_none() && last.capital && STREETS.contains(&last.lower.as_str()) {
                continue;
            }
        }
        if found.thing.is_none() && draft.kind == QuantityKind::Count && draft.unit.is_none() {
            // "the number of buses rose to 48", "a crowd of 9,000".
            let named = counted::number_of(scene, &draft).or_else(|| counted::many_of(scene, &draft));
            let named = named.or_else(|| counted::size_of(scene, &draft));
            if let Some(named) = named.or_else(|| counted::subject_of(scene, &draft)) {
                found = named;
            }
        }
        // "1,200 homes were destroyed, and 21,000 **others** damaged": more of the same.
        let others = found.thing.as_ref().is_some_and(|t| t.len() == 1 && scene.word(t.start) == "others");
        // "one killed and 29 others **injured**": the state is their own.
        let state = found.thing.as_ref().map_or(0, |t| t.end);
        if others && counted::is_state(scene.word(state)) {
            found.thing = Some(state..state + 1);
            found.head = Some(state);
        } else if let Some(previous) = last_counted.as_ref().filter(|_| others) {
            found.thing = previous.thing.clone();
            found.head = previous.head;
        }
        if found.thing.is_none()
            && draft.level.is_none()
            && !matches!(draft.kind, QuantityKind::Age | QuantityKind::Score)
            && let Some(thing) = counted::appraised(scene, &draft)
        {
            found = thing;
        }
        if found.thing.is_none() && draft.kind == QuantityKind::Count && draft.unit.is_none() {
            // Elided head: "101 missiles …, including 18 fired on Friday".
            // "Attendance across nine matches climbed to 40,000": the level is of what climbed.
            // "With 11 stages and 700 bands, drew 831,024": people, and none of what is told before.
            let drew = draft.all.start > 0
                && matches!(scene.doc.lemma(scene.p[draft.all.start - 1].token), "draw" | "attract");
            // "cases have **dropped below 100**": of what dropped.
            let open = !drew && !moved(scene, &draft) && (draft.level.is_none() || draft.other_level.is_some());
            if let Some(previous) = last_counted.as_ref().filter(|_| open && elided(scene, &draft)) {
                found.thing = previous.thing.clone();
                found.head = previous.head;
            }
        }
        if draft.kind == QuantityKind::Count && found.head.is_some_and(|h| scene.word(h) != "them") {
            // "killed 200 people, **including 12 guards**, and wounded 5,000": a part is not what the next number goes on with.
            if scene.before(draft.all.start) != "including" || last_counted.is_none() {
                last_counted = Some(found.clone());
            }
        }
        rows.push((quantity(scene, &draft, &found), draft, found));
    }
    concepts(scene, &mut rows);
    concept::of_the_giver(scene, &mut rows);
    concept::otherwise(scene, &mut rows);
    for (row, draft, _) in &mut rows {
        measured_thing(scene, draft, row);
    }
    // "The union said 14,000 had walked out, the company 2,600": people, though no noun says so.
    for i in 1..rows.len() {
        let bare = |r: &(Quantity, Draft, Counted)| counts(&r.1) && r.0.counted.is_none();
        // "The toll was 19, but seven according to the ministry."
        let toll = counts(&rows[i - 1].1) && rows[i - 1].2.thing.is_none() && rows[i - 1].0.counted.is_some();
        if toll && bare(&rows[i]) && rows[i].1.level.is_none() && elided(scene, &rows[i].1) {
            rows[i].0.counted = rows[i - 1].0.counted;
            rows[i].0.unit = Unit { span: None, ..rows[i - 1].0.unit.clone() };
            continue;
        }
        let person = rows[i - 1].0.unit.code == "person";
        if person && bare(&rows[i - 1]) && bare(&rows[i]) && elided(scene, &rows[i].1) {
            rows[i].0.unit.code = "person".into();
        }
    }
    share_thing(&mut rows);
    share_noun(scene, &mut rows);
    polled(scene, &mut rows);
    for (row, draft, _) in &mut rows {
        remember(scene, draft, row, memory);
    }
    out.extend(rows.into_iter().map(|(q, _, _)| q));
}

/// "17,000 speeding and 210 phone **tickets**": a noun behind the second narrows both.
fn share_noun(scene: &Scene, rows: &mut [(Quantity, Draft, Counted)]) {
    for i in 1..rows.len() {
        let (left, right) = rows.split_at_mut(i);
        let ((row, draft, _), (next, other, _)) = (&mut left[i - 1], &right[0]);
        let (Some(own), Some(thing)) = (row.counted, next.counted) else { continue };
        let own = scene.doc.tokens_in(own);
        let single = own.end.index() == own.start.index() + 1
            && matches!(scene.doc.xpos(own.start), Xpos::Vbg | Xpos::Nn | Xpos::Jj)
            && draft.value >= Decimal::TWO;
        let joint = other.all.start.saturating_sub(1);
        let tied = joint > 0 && scene.p[joint - 1].token == own.start && matches!(scene.word(joint), "and" | "or");
        let many = Id::range(scene.doc.tokens_in(thing)).next_back().is_some_and(|t| scene.doc.xpos(t) == Xpos::Nns);
        if counts(draft) && counts(other) && single && tied && many && scene.doc.tokens_in(thing).start > own.start {
            row.counted = Some(thing);
            row.unit = Unit { span: None, ..next.unit.clone() };
        }
    }
}

/// "**Clinton** led **Trump** 47 percent to 39 percent": the first share is of whoever leads, the second of whom they lead.
fn polled(scene: &Scene, rows: &mut [(Quantity, Draft, Counted)]) {
    let doc = scene.doc;
    for i in 1..rows.len() {
        let (a, b) = (&rows[i - 1].1, &rows[i].1);
        let shares = [a, b].iter().all(|d| d.kind == QuantityKind::Percent);
        if !shares || b.all.start != a.all.end + 1 || scene.word(a.all.end) != "to" {
            continue;
        }
        let anchor = scene.p[a.number.start].token;
        let verb = (0..6).scan(anchor, |at, _| doc.head(*at).inspect(|h| *at = *h)).find(|&t| {
            doc.pos(t) == Pos::Verb && matches!(doc.lemma(t), "lead" | "trail" | "beat" | "edge" | "defeat" | "top")
        });
        let Some(verb) = verb else { continue };
        let child = |base: &str| doc.children(verb).find(|&c| doc.relation(c).base() == base);
        let subject = child("nsubj").or_else(|| doc.head(verb).filter(|_| doc.relation(verb).base() == "acl"));
        let object = child("obj").filter(|&o| o < anchor);
        if let (Some(subject), Some(object)) = (subject, object) {
            rows[i - 1].0.counted = Some(noun_group(doc, subject));
            rows[i].0.counted = Some(noun_group(doc, object));
        }
    }
}

/// "410,000 passengers, down from 520,000": both ends are of one thing.
fn share_thing(rows: &mut [(Quantity, Draft, Counted)]) {
    for i in 0..rows.len() {
        let draft = &rows[i].1;
        let (Some(level), Some(other)) = (draft.level, draft.other_level) else { continue };
        let partner = (0..rows.len())
            .filter(|&j| rows[j].1.level.is_some_and(|l| l != level) && rows[j].1.value == other)
            .min_by_key(|j| j.abs_diff(i));
        // What stands beside a number counts more than what the sentence is about.
        let loose = |j: usize| rows[j].2.thing.is_none();
        let takes = |j: usize| {
            rows[j].0.counted.is_some()
                && (rows[i].0.counted.is_none() || loose(i) && (!loose(j) || level == Level::Before))
        };
        let Some(j) = partner.filter(|&j| takes(j)) else { continue };
        rows[i].0.counted = rows[j].0.counted;
        if rows[i].0.kind == QuantityKind::Count && rows[j].0.kind == QuantityKind::Count {
            rows[i].0.unit = Unit { span: None, ..rows[j].0.unit.clone() };
        }
    }
}

/// The last count of the article that named its thing, or the last thing whose number was spoken of: value, unit, thing.
type Memory = Option<(Option<Decimal>, Unit, Span)>;

/// A measure or a share that names no thing of its own is of what it is about: "profit fell to $31 million", "the toll rose to 71".
fn measured_thing(scene: &Scene, draft: &Draft, row: &mut Quantity) {
    let level = matches!(scene.before(draft.all.start), "to" | "at" | "from" | "by")
        || is_be(scene.before(draft.all.start))
        || draft.level.is_some()
        || moved(scene, draft)
        || verb_first(scene, draft);
    let takes = match draft.kind {
        QuantityKind::Money | QuantityKind::Measure | QuantityKind::Percent | QuantityKind::Fraction => true,
        QuantityKind::Count => level,
        _ => false,
    };
    // "500 miles southeast of Manila": how far, of nothing.
    let behind = scene.word(draft.all.end);
    // "75 kilometres **(50 miles)** west of the city": the same in another unit stands between.
    let behind = match behind {
        "(" => (draft.all.end..draft.all.end + 6).find(|&i| scene.word(i) == ")").map_or("", |i| scene.word(i + 1)),
        ")" if scene.before(draft.all.start) == "(" => scene.word(draft.all.end + 1),
        behind => behind,
    };
    let away = matches!(
        behind,
        "away" | "off" | "inland" | "outside" | "offshore" | "from" | "down" | "up" | "into" | "through" | "along"
    ) || crate::lexicon::measure::is_direction(behind);
    if row.counted.is_some() || !takes || draft.kind == QuantityKind::Measure && away {
        return;
    }
    // "Earthquake of magnitude 6.1 strikes …": what has it stands before.
    let start = draft.all.start;
    let quake = start.checked_sub(3).filter(|_| scene.before(start) == "magnitude" && scene.word(start - 2) == "of");
    if let Some(noun) = quake.map(|i| scene.p[i].token).filter(|&t| matches!(scene.doc.pos(t), Pos::Noun | Pos::Propn))
    {
        row.counted = Some(scene.doc.span_of(noun..Id::new(noun.index() + 1)));
        return;
    }
    let text = scene.doc.text();
    let joins = |gap: &str| gap.trim() == "and" || gap.chars().all(|c| matches!(c, ' ' | '-' | '\'' | '’' | 's'));
    // A stretch of time is nothing that is measured, nor is the unit itself: "in the first quarter", "113 points".
    let names_none = |span: Span| {
        let last = doc_last(scene.doc, span);
        let unit = draft.unit.is_some_and(|u| u.name == scene.doc.lemma(last));
        let alone = scene.doc.tokens_in(span).start == last;
        // "**most** of which went to rent", "its **highest** for a decade".
        let part = matches!(scene.doc.lower(last), "most" | "some" | "many" | "much" | "all" | "each" | "both" | "one")
            || alone && matches!(scene.doc.xpos(last), Xpos::Jjs | Xpos::Rbs);
        if part {
            return true;
        }
        // "a total of 57", "a rate of 7.3 per cent": the number's own noun.
        let of = last.index() + 1;
        let own = scene.doc.tokens_in(row.span).start.index();
        // "a success rate of 87 percent" has a noun of its own; "a record high of 799" has none.
        let before = (!alone).then(|| Id::<Token>::new(last.index() - 1));
        let own_noun = before.is_some_and(|t| {
            scene.doc.pos(t) == Pos::Noun && !words::is_level_noun(scene.doc.lemma(t)) && scene.doc.lower(t) != "record"
        });
        let light = words::is_level_noun(scene.doc.lemma(last)) && !own_noun;
        if light && of < own && own <= of + 2 && scene.doc.lower(Id::new(of)) == "of" {
            return true;
        }
        // "the index rose 2 per cent", with the verb taken for a noun.
        if alone && of == own && words::CHANGES.contains_key(scene.doc.lower(last)) {
            return true;
        }
        doc_is_noun(scene.doc, last) && (unit && alone || change::is_period(scene.doc.lemma(last)))
    };
    let mut runs: Vec<Span> = Vec::new();
    for &span in &row.concepts {
        match runs.last_mut().filter(|r| joins(&text[r.end()..span.start().max(r.end())])) {
            Some(run) => *run = run.join(span),
            None => runs.push(span),
        }
    }
    // "its fiscal first-quarter **profit**": the words around the noun that the others belong to.
    let doc = scene.doc;
    let tokens: Vec<Id<Token>> = row.concepts.iter().map(|&s| doc.tokens_in(s).start).collect();
    let heads = |r: &&Span| {
        let root = |&t: &Id<Token>| {
            doc_is_noun(doc, t) && r.covers(doc.tokens[t].span) && doc.head(t).is_none_or(|h| !tokens.contains(&h))
        };
        tokens.iter().any(root) && !names_none(**r)
    };
    let run = runs.iter().find(heads).or_else(|| runs.iter().find(|r| !names_none(**r))).copied();
    let run = run.map(|r| {
        let words = whole_names(scene.doc, whole_words(text, r));
        // "a success rate | of 87 percent": not the number itself.
        Some(with_complement(scene, words)).filter(|c| !c.overlaps(row.span)).unwrap_or(words)
    });
    // "Exports grew 3 percent and **imports were** $8 billion": with nothing but a form of be between.
    let leads = |r: Span| {
        let end = scene.doc.tokens_in(r).end;
        let own = scene.doc.tokens_in(row.span).start;
        end.index() + 1 == own.index() && scene.doc.pos(end) == Pos::Aux
    };
    // "The stadium …, taxpayers will cover": what another clause is about gives way to what the number's own verb is said of.
    let run = match clause_subject(scene, draft) {
        Some((verb, subject)) if run.is_none_or(|r| !of_clause(scene, r, verb) && !leads(r)) => {
            let phrase = with_complement(scene, noun_group(scene.doc, subject));
            (!names_none(phrase) && !phrase.overlaps(row.span)).then_some(phrase).or(run)
        }
        _ => run,
    };
    // "a GDP **per capita** of $63,780".
    let run = run.map(|run| {
        let first = doc.tokens_in(run).start.index();
        let per = first > 1 && doc.lower(Id::new(first - 1)) == "per" && doc.pos(Id::new(first - 2)) == Pos::Noun;
        if per { noun_group(doc, Id::new(first - 2)) } else { run }
    });
    row.counted = run;
    if let Some(run) = run.filter(|_| draft.kind == QuantityKind::Count && draft.unit.is_none()) {
        let word = text[run.range()].rsplit(' ').next().unwrap_or_default().to_lowercase();
        row.unit.code = if is_person(&word) { "person".into() } else { "item".into() };
        row.unit.name = noun::singular(&word).into();
    }
}

/// The verb, or the predicate with a form of be, that a number hangs on, and the common noun that it is said of.
fn clause_subject(scene: &Scene, draft: &Draft) -> Option<(Id<Token>, Id<Token>)> {
    let doc = scene.doc;
    let said_of = |t: Id<Token>| is_predicate(doc, t);
    let mut at = scene.p[draft.number.end - 1].token;
    for _ in 0..5 {
        if said_of(at) {
            break;
        }
        // Inside a subject or a clause that hangs on a noun the number is of that.
        if doc.relation(at).is("nsubj") {
            return None;
        }
        let head = doc.head(at)?;
        // "a 0.7% **decline**", "a peak of 5 percent": of a noun of its own.
        let own = scene.p[draft.all.end - 1].token;
        if matches!(doc.pos(head), Pos::Noun | Pos::Propn) && head > own && !said_of(head) {
            return None;
        }
        at = head;
    }
    if !said_of(at) {
        return None;
    }
    let verb = at;
    for _ in 0..3 {
        let subject = doc.children(at).find(|&c| doc.relation(c).is("nsubj") && c < scene.p[draft.number.start].token);
        if let Some(subject) = subject {
            let relative = matches!(doc.lower(subject), "which" | "that" | "who");
            let what =
                if relative { doc.head(at).filter(|_| doc.relation(at) == Relation::AclRelcl)? } else { subject };
            let levels = draft.level.is_some()
                || draft.change.is_some()
                || has_copula(doc, verb)
                || matches!(
                    doc.lemma(verb),
                    "amount"
                        | "average"
                        | "cost"
                        | "exceed"
                        | "fetch"
                        | "hit"
                        | "measure"
                        | "reach"
                        | "stand"
                        | "top"
                        | "total"
                        | "weigh"
                );
            // Who does it, and who tells of it, is not what is measured.
            let somebody = is_person(doc.lower(what))
                || noun::of(doc, what).is_some_and(|n| {
                    n.is_people() || matches!(n.class, noun::NounClass::Body | noun::NounClass::Armed)
                })
                || wordnet::is_organization(doc.lemma(what))
                || wordnet::is_person(doc.lemma(what));
            let part = matches!(doc.lemma(what), "half" | "majority" | "quarter" | "remainder" | "rest" | "third");
            let fits = doc.pos(what) == Pos::Noun && !part && levels && !somebody && !doc.is_in_time(what);
            return fits.then_some((verb, what));
        }
        if !matches!(doc.relation(at), Relation::Conj | Relation::Xcomp) {
            return None;
        }
        at = doc.head(at)?;
    }
    None
}

/// A verb, or what a form of be says.
fn is_predicate(doc: &Document, token: Id<Token>) -> bool {
    doc.pos(token) == Pos::Verb || has_copula(doc, token)
}

fn has_copula(doc: &Document, token: Id<Token>) -> bool {
    doc.children(token).any(|c| doc.relation(c) == Relation::Cop)
}

/// Whether some words belong to the clause of a verb: what they hang on first is it, or what it is joined with.
fn of_clause(scene: &Scene, words: Span, verb: Id<Token>) -> bool {
    let doc = scene.doc;
    let mut at = doc_last(doc, words);
    for _ in 0..8 {
        if at == verb {
            return true;
        }
        let Some(head) = doc.head(at) else { return false };
        if is_predicate(doc, at) && !matches!(doc.relation(at), Relation::Conj | Relation::Xcomp) {
            // The verb may hang on the clause that the words are in: "sales, at $4 million, rose".
            return doc.head(verb) == Some(at) && matches!(doc.relation(verb), Relation::Conj | Relation::Xcomp);
        }
        at = head;
    }
    false
}

/// A noun with the nouns and adjectives right before it.
fn noun_group(doc: &Document, noun: Id<Token>) -> Span {
    let mut start = noun.index();
    let part = |t: usize| {
        matches!(doc.relation(Id::new(t)), Relation::Compound | Relation::Amod | Relation::Flat)
            && doc.head(Id::new(t)).is_some_and(|h| h.index() > t && h <= noun)
            && matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::Adj)
    };
    while start > 0 && part(start - 1) {
        start -= 1;
    }
    doc.span_of(Id::new(start)..Id::new(noun.index() + 1))
}

/// The last token of a span.
fn doc_last(doc: &Document, span: Span) -> Id<Token> {
    Id::new(doc.tokens_in(span).end.index().saturating_sub(1))
}

fn doc_is_noun(doc: &Document, token: Id<Token>) -> bool {
    matches!(doc.pos(token), Pos::Noun | Pos::Propn)
}

/// "The clearance **rate of murder cases**", "the **number of loans**": a measure says little without what it is of.
fn with_complement(scene: &Scene, span: Span) -> Span {
    let doc = scene.doc;
    let tokens = doc.tokens_in(span);
    let (last, of) = (Id::<Token>::new(tokens.end.index() - 1), tokens.end);
    let light = matches!(
        doc.lemma(last),
        "rate"
            | "number"
            | "proportion"
            | "share"
            | "level"
            | "percentage"
            | "total"
            | "amount"
            | "figure"
            | "cost"
            | "price"
            | "value"
    );
    let led = doc.tokens.at(of).map_or("", |_| doc.lower(of));
    if !(light && led == "of" || matches!(led, "of" | "with" | "by" | "from" | "among") && doc.pos(last) == Pos::Noun) {
        return span;
    }
    let noun = doc.children(last).find(|&c| doc.relation(c).is("nmod") && c > of && (light || doc.pos(c) == Pos::Noun));
    let own = scene.span(0..scene.p.len());
    let light = light && led == "of";
    let short = |p: &Span| light || doc.slice(*p).split(' ').count() <= 3 && own.covers(*p);
    let plain = |p: &Span| light || !doc.slice(*p).contains(|c: char| c.is_ascii_digit() || c == ',');
    let whole = noun.map(|n| clause::phrase(doc, n)).filter(|p| p.start() > span.end() && short(p) && plain(p));
    let whole = whole.filter(|p| !scene.withheld.iter().any(|w| w.overlaps(*p)));
    whole.map_or(span, |p| span.join(p))
}

/// "**clean-**up costs", "**same-store** sales": a phrase does not begin behind a hyphen inside a word.
fn whole_words(text: &str, span: Span) -> Span {
    let mut start = span.start();
    while let Some(before) = text[..start].strip_suffix(['-', '‑', '–']) {
        let word = before.trim_end_matches(char::is_alphanumeric).len();
        if word == before.len() || before[word..].starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        start = word;
    }
    Span::new(start, span.end())
}

/// A phrase that begins or ends inside a name takes all of the name: "Harper & Reed".
fn whole_names(doc: &Document, span: Span) -> Span {
    let inside = |t: usize| doc.labels.at(Id::new(t)).is_some_and(|l| l.name == NamePart::Inside);
    let tokens = doc.tokens_in(span);
    let (mut start, mut end) = (tokens.start.index(), tokens.end.index());
    while start > 0 && inside(start) {
        start -= 1;
    }
    while end < doc.tokens.len() && inside(end) {
        end += 1;
    }
    let name = |t: usize| doc.tokens.at(Id::new(t)).is_some() && doc.pos(Id::new(t)) == Pos::Propn;
    let and = |t: usize| doc.tokens.at(Id::new(t)).is_some_and(|t| t.lower == "&");
    while start >= 2 && and(start - 1) && name(start) && name(start - 2) {
        start -= 2;
    }
    while and(end) && name(end - 1) && name(end + 1) {
        end += 2;
    }
    span.join(doc.span_of(Id::new(start)..Id::new(end)))
}

/// A bare count takes the thing of the last count of its size: "Police said 9,000, the organisers 35,000."
fn remember(scene: &Scene, draft: &Draft, row: &mut Quantity, memory: &mut Memory) {
    if draft.kind != QuantityKind::Count || draft.unit.is_some() {
        return;
    }
    match (&row.counted, &*memory) {
        // "Eight firms bid, three of **them** foreign": what the number before counts.
        (Some(thing), Some((_, unit, before)))
            if matches!(scene.doc.slice(*thing), "them" | "those" | "these" | "whom" | "which")
                && scene.doc.sentence_of(scene.doc.tokens_in(*before).start).index() + 1
                    >= scene.doc.sentence_of(scene.doc.tokens_in(*thing).start).index() =>
        {
            row.counted = Some(*before);
            row.unit = Unit { span: None, ..unit.clone() };
        }
        (Some(thing), _) => {
            if !matches!(scene.doc.slice(*thing), "them" | "us" | "those" | "these" | "it" | "times") {
                *memory = Some((Some(draft.value), row.unit.clone(), *thing));
            }
        }
        (None, Some((value, unit, thing))) => {
            let five = Decimal::from(5);
            let near = |a: Decimal, b: Decimal| b.checked_mul(five).is_some_and(|b| a <= b);
            let alike = |v: Decimal| near(draft.value, v) && near(v, draft.value);
            // "Three routes cross the border. One goes to the coast."
            let part = draft.all.start == 0 && value.is_some_and(|v| draft.value < v) && draft.form == Form::Words;
            // "14 of its staff had left. A porter said that **six** were seen with suitcases": some of those of the sentence before.
            let token = scene.p[draft.number.end - 1].token;
            let near = scene.doc.sentence_of(scene.doc.tokens_in(*thing).start).index() + 2
                > scene.doc.sentence_of(token).index();
            let verb =
                scene.doc.head(token).is_some_and(|v| matches!(scene.doc.pos(v), Pos::Verb | Pos::Aux) && v > token)
                    || scene.doc.pos(token) == Pos::Num
                        && scene
                            .p
                            .get(draft.all.end)
                            .is_some_and(|n| matches!(scene.doc.pos(n.token), Pos::Verb | Pos::Aux));
            let fewer = value.is_some_and(|v| draft.value < v) && near && verb && unit.code == "person";
            let part = part || fewer;
            let same = draft.value >= Decimal::TEN && value.is_none_or(alike);
            let free = draft.level.is_none() && !verb_first(scene, draft);
            let alike = same || part || got_alike(scene, draft, *thing);
            if free && elided(scene, draft) && alike {
                row.counted = Some(*thing);
                row.unit = Unit { span: None, ..unit.clone() };
            }
        }
        (None, None) => {}
    }
    if row.counted.is_none()
        && row.unit.code == "item"
        && draft.level.is_none()
        && draft.form != Form::Vague
        && draft.value > Decimal::ONE
        && elided(scene, draft)
        && let Some(noun) = people_before(scene, draft)
    {
        row.unit.code = "person".into();
        row.unit.name = noun::singular(&noun).into();
    }
}

/// "Drivers were given tea; **two** had to be flown out", "Mourners filled the lane; there must have been **1,500**": the people
/// that the clause before is about.
fn people_before(scene: &Scene, draft: &Draft) -> Option<String> {
    let doc = scene.doc;
    let token = scene.p[draft.number.end - 1].token;
    let predicate = doc.head(token)?;
    let is_verb = |t: Id<Token>| matches!(doc.pos(t), Pos::Verb | Pos::Aux);
    let first = scene.p[draft.all.start].token;
    let border = (0..draft.all.start).rev().take(6).find(|&i| matches!(scene.word(i), ";" | "," | "." | ":"));
    let subject = doc.relation(token).is("nsubj") && is_verb(predicate) && predicate > token;
    let there = border.is_some_and(|b| scene.word(b + 1) == "there");
    let opens = border.is_some_and(|b| b + 3 >= draft.all.start || there);
    let seam = border.map(|b| scene.p[b].token)?;
    if !(subject && opens || there) {
        return None;
    }
    let sentence = doc.sentences[doc.sentence_of(first)].tokens.clone();
    let plural = |t: &Id<Token>| {
        doc.xpos(*t) == Xpos::Nns
            && doc.relation(*t).is("nsubj")
            && is_person(doc.lower(*t))
            && doc.children(*t).all(|c| doc.relation(c) != Relation::Nummod)
    };
    Id::range(sentence.start..seam).rev().find(plural).map(|t| doc.lower(t).to_owned())
}

/// "Sorel has 69 seats. Tasse **has 41**, Opina **has won at least 52**": what somebody has or got like the thing before.
fn got_alike(scene: &Scene, draft: &Draft, thing: Span) -> bool {
    const GETS: [&str; 9] = ["have", "get", "win", "take", "gain", "hold", "receive", "claim", "collect"];
    let doc = scene.doc;
    let got = |t: Id<Token>| {
        let verb = doc.head(t).filter(|_| doc.relation(t) == Relation::Obj)?;
        let who = doc.children(verb).any(|c| doc.relation(c).is("nsubj") && doc.pos(c) == Pos::Propn);
        (GETS.contains(&doc.lemma(verb)) && who).then_some(verb)
    };
    let head = Id::range(doc.tokens_in(thing)).find(|&t| got(t).is_some());
    got(scene.p[draft.number.end - 1].token).is_some() && head.is_some()
}

/// "the toll is 71": the number is said of the subject.
fn is_be(word: &str) -> bool {
    matches!(word, "is" | "was" | "are" | "were" | "be" | "been")
}

/// "the toll exceeded 500": the bound is a verb, and the number is of its subject.
fn verb_first(scene: &Scene, draft: &Draft) -> bool {
    draft.all.start < draft.number.start
        && scene.p.get(draft.all.start).is_some_and(|first| scene.doc.pos(first.token) == Pos::Verb)
}

/// "dropped **below 100**": a verb of change stands right before the bound.
fn moved(scene: &Scene, draft: &Draft) -> bool {
    let bound = draft.all.start..draft.number.start;
    bound.start > 0 && !bound.is_empty() && change::is_verb(scene, bound.start - 1)
}

/// What streets are called after their name.
const STREETS: &[&str] =
    &["avenue", "boulevard", "court", "drive", "lane", "parade", "place", "road", "square", "street", "terrace", "way"];

/// A bare number takes the unit of its neighbour: "280 of the 1,500 shekels", "from 14 mpg to 24", "rose 60 points to 4,577".
fn inherit(scene: &Scene, a: &mut Draft, b: &mut Draft) {
    let plain = |d: &Draft| d.unit.is_none() && d.kind == QuantityKind::Count && d.form != Form::Vague;
    let gap = a.all.end..b.all.start;
    let words = |i: usize| scene.word(gap.start + i);
    if plain(a)
        && words(0) == "of"
        && (gap.len() == 1 || gap.len() == 2 && matches!(words(1), "the" | "its" | "their" | "a"))
    {
        if let Some(unit) = b.unit.filter(|u| u.code != "percent" && b.kind != QuantityKind::Age) {
            a.unit = Some(unit);
            a.kind = b.kind;
        }
        return;
    }
    // "71 to 23 percent", "0.8 and 0.2 percentage points": the unit stands behind the last of a pair.
    let share = b.unit.filter(|u| matches!(&*u.code, "percent" | "percentage-point"));
    if let Some(unit) = share
        && plain(a)
        && a.form == Form::Digits
        && gap.len() == 1
        && (matches!(words(0), "and" | "or") || words(0) == "to" && a.value > b.value)
        && a.value <= Decimal::ONE_HUNDRED
    {
        a.unit = Some(unit);
        a.kind = b.kind;
        return;
    }
    let closed = closed(scene, b);
    // "Mestri on 44 percent and Tasse **on 41**": led alike.
    let led = |d: &Draft| scene.before(d.all.start);
    let on = a.unit.filter(|u| &*u.code == "percent" && matches!(led(a), "on" | "at") && led(a) == led(b));
    if let Some(unit) = on
        && plain(b)
        && closed
        && b.value <= Decimal::ONE_HUNDRED
        && gap.len() <= 6
    {
        b.unit = Some(unit);
        b.kind = a.kind;
        return;
    }
    // "23 and 31 years old".
    if b.kind == QuantityKind::Age
        && plain(a)
        && a.form == Form::Digits
        && a.value <= Decimal::from(110)
        && gap.len() == 1
        && matches!(words(0), "and" | "," | "or")
    {
        a.unit = b.unit;
        a.kind = b.kind;
        return;
    }
    // "aged 37 and 51".
    if a.kind == QuantityKind::Age
        && plain(b)
        && closed
        && b.value <= Decimal::from(110)
        && gap.len() == 1
        && matches!(words(0), "and" | "," | "or")
    {
        b.unit = a.unit;
        b.kind = a.kind;
        return;
    }
    let kin = a.unit.filter(|u| !u.is_money() && u.code != "percent" && a.kind != QuantityKind::Age);
    if plain(b)
        && closed
        && gap.len() <= 3
        && gap.end > gap.start
        && matches!(scene.before(b.all.start), "to" | "from")
        && let Some(unit) = kin
        && gap.clone().all(|i| scene.p[i].is_word())
    {
        b.unit = Some(unit);
        b.kind = a.kind;
    }
}

/// No noun follows that the number could count.
fn closed(scene: &Scene, draft: &Draft) -> bool {
    scene.p.get(draft.all.end).is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()))
}

/// A number with nothing to count that leans on the one before: "18 fired", "40 of them".
fn elided(scene: &Scene, draft: &Draft) -> bool {
    // "a mother of two": her children, whatever was counted before.
    let start = draft.all.start;
    if start >= 2 && scene.before(start) == "of" && kind::is_parent(scene.word(start - 2)) {
        return false;
    }
    let more = matches!(scene.word(draft.all.end), "more" | "others" | "short");
    let next = scene.p.get(draft.all.end + usize::from(more));
    next.is_none_or(|n| {
        !n.is_word()
            || matches!(
                scene.doc.pos(n.token),
                Pos::Verb | Pos::Aux | Pos::Adp | Pos::X | Pos::Adv | Pos::Cconj | Pos::Sconj
            )
    })
}

/// A draft as a row.
fn quantity(scene: &Scene, draft: &Draft, found: &Counted) -> Quantity {
    use QuantityRelation::*;
    let vague = draft.form == Form::Vague && draft.relation != Some(Range);
    let relation = if vague {
        draft.relation.filter(|r| matches!(r, AtLeast | MoreThan | AtMost | LessThan)).unwrap_or(Vague)
    } else {
        draft.relation.unwrap_or(Equal)
    };
    let (mut value, mut lower, mut upper) = (Some(draft.value), None, None);
    let (mut lower_open, mut upper_open) = (draft.lower_open, draft.upper_open);
    match relation {
        Equal | About => {}
        AtLeast => lower = Some(draft.value),
        MoreThan => {
            lower = Some(draft.value);
            lower_open = true;
        }
        AtMost => upper = Some(draft.value),
        LessThan => {
            upper = Some(draft.value);
            upper_open = true;
        }
        Range => {
            value = None;
            lower = Some(draft.value);
            upper = draft.upper;
        }
        Vague => {
            value = None;
            lower = Some(draft.value);
            upper = draft.upper;
            upper_open = true;
        }
    }
    if draft.kind == QuantityKind::Score {
        value = None;
    }
    let approximation = match relation {
        Vague => Approximation::OrderOfMagnitude,
        About => Approximation::About,
        Range if draft.form == Form::Vague => Approximation::About,
        _ => Approximation::Exact,
    };
    let (from, to, by) = match draft.level {
        Some(Level::After) => {
            (draft.other_level, Some(draft.value), draft.other_level.map(|o| (draft.value - o).abs()))
        }
        Some(Level::Before) => {
            (Some(draft.value), draft.other_level, draft.other_level.map(|o| (draft.value - o).abs()))
        }
        None => (None, None, draft.change.and(value)),
    };
    Quantity {
        span: scene.span(draft.all.start..words_end(scene, draft)),
        kind: draft.kind,
        value: value.map(|v| v.normalize()),
        lower: lower.map(|v: Decimal| v.normalize()),
        upper: upper.map(|v: Decimal| v.normalize()),
        lower_open,
        upper_open,
        relation,
        approximation,
        unit: unit(scene, draft, found),
        per: draft.per.clone(),
        counted: found
            .thing
            .clone()
            .filter(|t| t.len() > 1 || names(scene.word(t.start)) || scene.before(t.start) == "of")
            .map(|t| scene.span(t)),
        counted_entity: None,
        whole: found.whole.clone().map(|t| scene.span(t)),
        ratio: draft.ratio,
        change: draft.change,
        from: from.map(|v| v.normalize()),
        to: to.map(|v| v.normalize()),
        by: by.map(|v| v.normalize()),
        concepts: Vec::new(),
        statement: None,
        denied: false,
        measured: Default::default(),
        confidence: 0,
        made_by: Rule(
            if few::may_begin(scene.word(draft.number.end - 1)) || few::may_begin(scene.before(draft.number.end - 1)) {
                "quantity/few"
            } else {
                rule(draft)
            },
        ),
    }
}

/// Where the number with its unit ends: the divisor of a rate has a span of its own.
fn words_end(scene: &Scene, draft: &Draft) -> usize {
    let Some(per) = &draft.per else { return draft.all.end };
    let mut end = draft.all.end;
    while end > draft.number.end && scene.p[end - 1].span.end() > per.span.start() {
        end -= 1;
    }
    // "$70-a-share": the hyphen goes with the divisor.
    if end < draft.all.end && end > draft.number.end && scene.p[end - 1].is_sign('-') {
        end -= 1;
    }
    end
}

/// The tokens of a number with its unit, bounds and the noun that it counts.
fn own(scene: &Scene, draft: &Draft, found: &Counted) -> std::ops::Range<Id<Token>> {
    let mut end = draft.all.end;
    if counts(draft)
        && let Some(thing) = found.thing.as_ref().filter(|t| t.start >= draft.all.start && t.start <= end + 2)
    {
        end = thing.end;
    }
    scene.p[draft.all.start].token..Id::new(scene.p[end - 1].token.index() + 1)
}

/// True for plain counts: no unit, no share.
fn counts(draft: &Draft) -> bool {
    draft.kind == QuantityKind::Count && draft.unit.is_none()
}

/// Nouns each number is about.
fn concepts(scene: &Scene, rows: &mut [(Quantity, Draft, Counted)]) {
    let doc = scene.doc;
    let numbers: Vec<_> = rows.iter().map(|(_, draft, found)| own(scene, draft, found)).collect();
    let mut last: Vec<Span> = Vec::new();
    let mut last_end = 0;
    let mut before_it: Option<(Span, usize)> = None;
    let mut level: Option<(Level, Option<Decimal>)> = None;
    for (i, (row, draft, found)) in rows.iter_mut().enumerate() {
        // "to 9.1% in August from 8.4% in July": both ends are of one thing.
        let other_end = draft.level == Some(Level::Before) && level == Some((Level::After, Some(draft.value)));
        level = draft.level.map(|l| (l, draft.other_level));
        let number = scene.before(draft.number.end);
        // "one of the bakers", "two-thirds of the coal": the noun counted says it all.
        if matches!(draft.kind, QuantityKind::Ordinal | QuantityKind::Score)
            || draft.kind == QuantityKind::Fraction && row.counted.is_some()
            || number == "one" && scene.word(draft.all.end) == "of"
        {
            continue;
        }
        let start = draft.all.start;
        let same = i > 0 && !last.is_empty() && (same_thing(scene, last_end..start) || other_end);
        // "had 582,430 passengers, **up 15 percent**": what was counted.
        if let Some((counted, end)) = before_it
            && matches!((scene.word(end), scene.word(end + 1)), (",", "up" | "down"))
            && end + 2 == start
            && draft.change.is_some()
            && !counts(draft)
        {
            row.counted = Some(counted);
        }
        let thing =
            found.thing.as_ref().filter(|t| counts(draft) && t.start >= draft.all.end && t.start <= draft.all.end + 2);
        before_it = row.counted.zip(thing.map(|t| t.end));
        let mut surface = if counts(draft) { Vec::new() } else { concept::beside(scene, draft, found) };
        if i > 0
            && draft.change.is_some()
            && draft.level.is_none()
            && let Some(phrase) = change::gapped(scene, last_end..start)
        {
            surface = phrase.map(|i| scene.p[i].token).collect();
        }
        if same {
            row.concepts = last.clone();
        } else {
            let place = concept::Place {
                doc,
                own: numbers[i].clone(),
                numbers: &numbers,
                counts: counts(draft),
                pays: draft.kind == QuantityKind::Money,
                is_share: matches!(draft.kind, QuantityKind::Percent | QuantityKind::Fraction),
                changes: draft.change.is_some() && draft.level.is_none() && !counts(draft),
            };
            let tokens = if surface.is_empty() { concept::concepts(&place) } else { surface };
            let worth = |t: &Id<Token>| doc.lower(*t) == "worth" && doc.pos(*t) != Pos::Noun;
            row.concepts = tokens.into_iter().filter(|t| !worth(t)).map(|t| doc.tokens[t].span).collect();
            // "8.4% in July": when, not what.
            if row.concepts.iter().all(|span| scene.withheld.iter().any(|w| w.overlaps(*span))) {
                row.concepts.clear();
            }
        }
        last = row.concepts.clone();
        last_end = draft.all.end;
    }
}

/// Between two numbers that are said of one thing: "47 feet (14 metres)", "162 points, or 2 percent", "rose 5% to $3",
/// "$3 million, down 9%".
fn same_thing(scene: &Scene, gap: std::ops::Range<usize>) -> bool {
    let words: Vec<&str> = gap.map(|i| scene.word(i)).collect();
    match words.as_slice() {
        ["("]
        | ["or"]
        | [",", "or"]
        | ["to"]
        | ["at"]
        | ["to", "end" | "close" | "finish", "at"]
        | ["to", "just" | "only" | "about"] => true,
        [",", "up" | "down", rest @ ..] => rest.is_empty() || matches!(rest, ["from"] | ["nearly"] | ["almost"]),
        _ => false,
    }
}

/// The rule that a quantity explains itself with.
fn rule(draft: &Draft) -> &'static str {
    match (draft.level, draft.kind) {
        (Some(Level::After), _) => "quantity/level-after",
        (Some(Level::Before), _) => "quantity/level-before",
        (_, QuantityKind::Age) => "quantity/age",
        (_, QuantityKind::Score) => "quantity/score",
        (_, QuantityKind::Ordinal) => "quantity/ordinal",
        (_, QuantityKind::Multiplier) => "quantity/multiplier",
        _ => match (draft.form, draft.unit.is_some()) {
            (Form::Digits, false) => "quantity/digits",
            (Form::Digits, true) => "quantity/digits-unit",
            (Form::Words, false) => "quantity/words",
            (Form::Words, true) => "quantity/words-unit",
            (Form::Fraction, _) => "quantity/fraction",
            (Form::Vague, _) => "quantity/vague",
            (Form::Ordinal, _) => "quantity/ordinal",
        },
    }
}

/// True for a noun that names people, in either number.
fn is_person(word: &str) -> bool {
    // So many families are more people than that.
    if matches!(noun::singular(word).as_str(), "family" | "household") {
        return false;
    }
    // "Three teams", "a few communities": so many groups, which have more people.
    let one = noun::singular(word);
    if one != word && COLLECTIVES.get(one.as_str()) == Some(&true) {
        return false;
    }
    let known = |w: &str| noun::find(w).is_some_and(noun::Noun::is_people);
    // A plural that WordNet knows first of all as people: "divers", "stowaways".
    let people = || {
        let one = noun::singular(word);
        word.ends_with('s') && wordnet::is_person(&one) && !wordnet::is_animal_too(&one)
    };
    PERSONS.contains(word)
        || COLLECTIVES.get(word) == Some(&true)
        || known(word)
        || known(&noun::singular(word))
        || people()
}

/// What a count of the noun at `head` is a count of: people or items.
fn count_of(scene: &Scene, head: usize) -> Unit {
    let word = scene.word(head);
    let code = if is_person(word) { "person" } else { "item" };
    Unit { code: code.into(), name: noun::singular(word).into(), qudt: None, span: None }
}

/// Unit of measure, currency, or what a number without one stands for.
fn unit(scene: &Scene, draft: &Draft, found: &Counted) -> Unit {
    let span = draft.unit_at.clone().map(|r| scene.span(r));
    if let Some(unit) = draft.unit {
        let name = match draft.kind {
            QuantityKind::Age => format!("{} of age", unit.name),
            _ => unit.name.clone(),
        };
        return Unit {
            code: unit.code.as_str().into(),
            name: name.into(),
            qudt: unit.qudt.as_deref().map(Into::into),
            span,
        };
    }
    let plain = |code: &str, name: &str| Unit { code: code.into(), name: name.into(), qudt: None, span };
    match draft.kind {
        QuantityKind::Fraction => plain("fraction", "fraction"),
        QuantityKind::Multiplier => plain("multiple", "multiple"),
        QuantityKind::Ordinal => plain("ordinal", "ordinal"),
        QuantityKind::Score => plain("score", "score"),
        _ => {
            let Some(head) = found.head else {
                return plain(if counted::counts_people(scene, draft) { "person" } else { "item" }, "");
            };
            // "the 15-member council" counts seats, not people.
            let attribute = found.thing.as_ref().is_some_and(|t| scene.before(t.start) == "-");
            let unit = count_of(scene, head);
            Unit { code: if attribute { "item".into() } else { unit.code }, span, ..unit }
        }
    }
}

/// Words that are no thing counted: "£31 million a year, **Ms** Baird said".
fn names(word: &str) -> bool {
    use crate::lexicon::noun;
    let address = noun::honorific(word).is_some() && noun::find(word).is_none();
    !address && !matches!(word, "that" | "this" | "it" | "which" | "who" | "what" | "there")
}
