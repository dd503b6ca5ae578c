//! The sieve: dates that no time covers, names, addresses, telephone numbers and pronouns are no quantities.

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::words::{BOUNDS, NAMES};
use crate::lexicon;
use crate::lexicon::measure::{self, Measure};
use crate::lexicon::number::{self, Form};
use crate::lexicon::piece::Piece;
use crate::lexicon::speech;
use crate::text::calendar;
use crate::text::*;

/// Whether digits that nothing introduces may be a number: not the "20" of "G20", "Tu-22", "#20", "No.20".
pub fn starts_free(scene: &Scene, at: usize) -> bool {
    let p = scene.p;
    if !p[at].glued || at == 0 {
        return true;
    }
    let before = &p[at - 1];
    // timestamp="1474387200"
    if before.is_sign('"') && before.glued && at >= 2 && p[at - 2].is_sign('=') {
        return false;
    }
    match before.lower.as_str() {
        "(" | "[" | "\"" | "'" | "“" | "~" | "+" | ">" | "<" | "≥" | "≤" | "=" | "±" | "|" | "*" => true,
        "," => !before.glued || !at.checked_sub(2).is_some_and(|i| p[i].is_digits()),
        "-" => {
            // "-5", "2-3" (a range), "minus-130", "sub-300"; not "Tu-22".
            let Some(two) = at.checked_sub(2).map(|i| &p[i]) else { return true };
            !before.glued
                || two.is_digits()
                || two.is_sign(')')
                || two.is_sign('%')
                || two.is_sign('$')
                || matches!(two.lower.as_str(), "minus" | "sub" | "under" | "over" | "now" | "mid" | "and")
                || number::is_word(&two.lower)
                || measure::by_symbol(&two.lower).is_some() && at >= 3 && p[at - 3].is_digits()
        }
        "/" => at >= 2 && !p[at - 2].is_digits(),
        _ => before.is_sign('—'),
    }
}

/// What streets are called after their name, also as addresses shorten it.
pub fn is_street(word: &str) -> bool {
    super::STREETS.contains(&word)
        || matches!(word, "ave" | "blvd" | "dr" | "hwy" | "highway" | "ln" | "parkway" | "pkwy" | "rd" | "st" | "str")
}

/// The quarter of a town in an address: "N", "SW", "W.".
pub fn is_compass(scene: &Scene, at: usize) -> bool {
    let Some(piece) = scene.p.get(at).filter(|p| p.is_word() && p.capital) else { return false };
    matches!(
        piece.lower.as_str(),
        "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw" | "north" | "south" | "east" | "west"
    )
}

/// "4510 W. Pine Ave", "2704 NE 31st Terrace", "16 Linden Avenue": where somebody lives.
fn addressed(scene: &Scene, draft: &Draft) -> bool {
    let p = scene.p;
    let capital = |i: usize| p.get(i).is_some_and(|n| n.is_word() && n.capital);
    let mut at = draft.number.end;
    // "16-18 Linden Avenue"
    if p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && p.get(at + 1).is_some_and(|n| n.is_digits() && n.glued) {
        at += 2;
    }
    let compass = is_compass(scene, at) && !scene.glued(at);
    if compass {
        at += 1;
        at += usize::from(p.get(at).is_some_and(|n| n.is_sign('.') && n.glued));
        let numbered = p.get(at).is_some_and(Piece::is_digits)
            && matches!(scene.word(at + 1), "st" | "nd" | "rd" | "th")
            && capital(at + 2);
        return numbered || capital(at) && (is_street(scene.word(at + 1)) || is_street(scene.word(at + 2)));
    }
    // The name of a street: one to three capitalised words.
    (1..=3).any(|n| (at..=at + n).all(capital) && is_street(scene.word(at + n)))
}

/// Past a hyphen that joins two words.
fn behind(scene: &Scene, at: usize) -> usize {
    at + usize::from(scene.p.get(at).is_some_and(|n| n.is_sign('-') && n.glued))
}

/// The word in front, past a hyphen.
fn before_hyphen<'s>(scene: &'s Scene, at: usize) -> &'s str {
    match scene.before(at) {
        "-" if at >= 2 => scene.word(at - 2),
        word => word,
    }
}

/// The last sieve: names, dates that no time covers, addresses, telephone numbers, pronouns.
pub fn is_quantity(scene: &Scene, draft: &mut Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let (start, end) = (draft.all.start, draft.all.end);
    let number = draft.number.clone();
    let first = &p[number.start];
    let bare = draft.unit.is_none() && !draft.currency_before;
    if counted_out(scene, draft) || bare && (is_clock(scene, draft) || super::mark::is_mark(scene, draft)) {
        return false;
    }
    // "the **1735** First Western service": when it leaves.
    let departs = (number.end..(number.end + 4).min(p.len()))
        .take_while(|&i| p[i].is_word())
        .any(|i| matches!(scene.word(i), "departure" | "ferry" | "flight" | "sailing" | "service" | "train"));
    let hour = first.lower.len() == 4
        && first.lower.bytes().all(|b| b.is_ascii_digit())
        && draft.value % Decimal::ONE_HUNDRED < Decimal::from(60)
        && draft.value < Decimal::from(2400);
    if bare && hour && departs && scene.before(start) == "the" && draft.form == Form::Digits {
        return false;
    }
    // "the one-time star", "a six-time champion": how often somebody was something, which counts no things.
    let hyphen = p.get(number.end).is_some_and(|n| n.is_sign('-') && n.glued);
    if hyphen && bare && scene.word(number.end + 1) == "time" {
        return false;
    }
    // "a two-digit rise", "a six-figure sum": how long the number is, and not which.
    if hyphen && bare && matches!(scene.word(number.end + 1), "digit" | "digits" | "figure" | "figures") {
        return false;
    }
    // "price tags that start at **six figures**": how long it is, too.
    if bare && draft.form == Form::Words && scene.word(end) == "figures" && draft.value < Decimal::TEN {
        return false;
    }
    // "four-**and-a-half** years' custody": not four.
    if hyphen && bare && scene.word(number.end + 1) == "and" {
        return false;
    }
    // "a 2-on-1 break", "nine-to-five", "a two-for-one offer": a small word between two hyphens makes one word of them.
    let tied = |i: usize| p.get(i).is_some_and(|n| n.glued && n.is_sign('-'));
    let joint = |from: usize| {
        tied(from) && tied(from + 2) && p.get(from + 1).is_some_and(|n| n.glued && doc.pos(n.token) == Pos::Adp)
    };
    if bare && (joint(number.end) || number.start >= 3 && joint(number.start - 3) && first.glued) {
        return false;
    }
    // "**zero** in on the cause": a verb. "net **zero**", "ground **zero**", "**zero** tolerance": words of their own.
    let zero = bare && matches!(first.lower.as_str(), "zero" | "0");
    if zero
        && (scene.word(end) == "in"
            || scene.word(behind(scene, end)) == "tolerance"
            || matches!(before_hyphen(scene, start), "net" | "ground" | "patient"))
    {
        return false;
    }
    // "the number **9** bus", "came in at number **3**": which, and not how many.
    let numbered = bare
        && scene.before(start) == "number"
        && start >= 2
        && doc.pos(p[start - 1].token) == Pos::Noun
        && matches!(scene.word(start - 2), "the" | "a" | "at" | "as" | "to" | "his" | "her" | "its" | "their" | "'s");
    // "a crowd thought **to number 4,000**" is as many.
    if numbered && first.is_digits() && (scene.word(start - 2) != "to" || draft.value < Decimal::ONE_HUNDRED) {
        return false;
    }
    // "called **911**", "a **999** call": whom one rings, all over the world in three digits.
    let rings = |i: usize| {
        let token = p.get(i).filter(|n| n.is_word()).map(|n| n.token);
        token.is_some_and(|t| {
            matches!(doc.lemma(t), "call" | "caller" | "dial" | "ring" | "phone" | "operator" | "dispatcher")
                || matches!(doc.lower(t), "dialled" | "dialling")
        })
    };
    let behind = behind(scene, end);
    if bare && matches!(first.lower.as_str(), "911" | "999" | "112" | "111" | "000") {
        let whom = p.get(behind).is_none_or(|n| !n.is_word() || doc.pos(n.token) != Pos::Noun);
        if rings(behind) || whom && (number.start > 0 && rings(number.start - 1) || scene.before(number.start) == "to")
        {
            return false;
        }
    }
    // "one nil", "three to nil": half of a score.
    let nil = |i: usize| scene.word(i) == "nil";
    if bare && (nil(number.end) || nil(number.end + 1) && (hyphen || scene.word(number.end) == "to")) {
        return false;
    }
    // "(0)2", "1(0)": digits that brackets cut are parts of a mark, a score or a telephone number.
    let digits = |i: usize| p.get(i).is_some_and(|n| n.is_digits());
    let glued = |i: usize, sign: char| p.get(i).is_some_and(|n| n.is_sign(sign) && n.glued);
    let cut = first.glued && number.start >= 2 && p[number.start - 1].is_sign(')') && digits(number.start - 2)
        || glued(number.end, '(') && digits(number.end + 1) && p.get(number.end + 1).is_some_and(|n| n.glued)
        || glued(number.end, ')') && digits(number.end + 1) && p.get(number.end + 1).is_some_and(|n| n.glued)
        || number.start >= 2
            && p[number.start - 1].is_sign('(')
            && p[number.start - 1].glued
            && digits(number.start - 2)
            && glued(number.end, ')');
    if cut && bare {
        return false;
    }
    // "Roe (68′)": the minute of a match.
    let minute = |i: usize| p.get(i).is_some_and(|n| n.glued && (n.is_sign('′') || n.is_sign('\'') || n.is_sign('’')));
    let opened = start > 0 && (p[start - 1].is_sign('(') || p[start - 1].is_sign(','));
    if bare && minute(end) && opened && p.get(end + 1).is_none_or(|n| n.is_sign(')') || n.is_sign(',')) {
        return false;
    }
    // "At one point": when, not how many.
    if draft.unit.is_some_and(|u| u.code == "point") && first.lower == "one" && scene.before(start) == "at" {
        return false;
    }
    if !scene.durations && draft.unit.is_some_and(Measure::is_time) {
        return false;
    }
    if draft.unit.is_some_and(Measure::is_time) && scene.word(end) == "of" && scene.word(end + 1) == "age" {
        return true;
    }
    if first.is_word() && number.len() == 1 && !one(scene, draft) {
        return false;
    }
    // "a high-five", "Zero Hedge": part of a word or of a name.
    let tail = first.is_word()
        && first.glued
        && number.start >= 2
        && p[number.start - 1].is_sign('-')
        && p[number.start - 2].is_word()
        && !number::is_word(&p[number.start - 2].lower);
    let named = first.is_word()
        && first.capital
        && number.start > 0
        && number.len() == 1
        && p.get(end).is_some_and(|n| n.capital && !n.glued)
        && doc.pos(first.token) == Pos::Propn;
    if tail || named {
        return false;
    }
    if draft.kind == QuantityKind::Fraction && first.is_word() && number.len() <= 2 && !part_of(scene, draft) {
        return false;
    }
    // "at a quarter past two", "ten to six", "more at six.": the clock.
    let clock = matches!(scene.before(number.start), "past" | "to")
        && matches!(scene.word(number.start.wrapping_sub(2)), "quarter" | "half" | "ten" | "twenty" | "five");
    if bare && first.is_word() && clock {
        return false;
    }
    // "0800 555 019": no amount begins with a nought, nor goes on where one did.
    let nought =
        |q: &Piece| q.lower.len() > 1 && q.lower.starts_with('0') && q.lower.bytes().all(|b| b.is_ascii_digit());
    if draft.form == Form::Digits && (nought(first) || start > 0 && nought(&p[start - 1]) && bare) {
        return false;
    }
    if !bare {
        // "a Boeing 777F": one letter glued to the digits of a name.
        let letter = draft
            .unit_at
            .as_ref()
            .is_some_and(|u| u.len() == 1 && p[u.start].glued && p[u.start].lower.len() == 1 && p[u.start].is_word());
        // "Oracle 11g": a letter behind the digits of a capitalised name in the middle of a sentence.
        let version = letter && draft.form == Form::Digits && start > 1 && {
            let before = &p[start - 1];
            before.is_word()
                && before.capital
                && doc.pos(before.token) == Pos::Propn
                && !calendar::is_month(&before.lower)
        };
        return !(version || letter && labelled(scene, draft));
    }
    // What is glued behind must be a hyphen, a slash-free sign or nothing: "777F", "5G", "10:51", "1970s" are no numbers.
    if let Some(next) = p.get(end).filter(|n| n.glued) {
        let after = p.get(end + 1).filter(|n| n.glued);
        match next.lower.as_str() {
            "-" => {
                // "2014-15-…", "555-1234".
                if first.is_digits() && after.is_some_and(Piece::is_digits) && !hyphen_range(p, draft) {
                    return false;
                }
            }
            ":" | "/" if after.is_some_and(|n| n.is_digits()) => return false,
            // Not the end of a quotation: "We counted 300."
            "." | "," if after.is_some_and(|n| !matches!(n.lower.as_str(), "\"" | "”" | "’" | "'" | ")")) => {
                return false;
            }
            "s" | "'s" | "’s" => return false,
            // "in the 90’s".
            "'" | "’" if after.is_some_and(|n| n.lower == "s") => return false,
            // "17st 4lb" is a weight.
            "st" if draft.value % Decimal::TEN != Decimal::ONE => {}
            "th" | "st" | "nd" | "rd" => return false,
            "fold" | "ish" | "odd" => {}
            _ if next.is_word()
                || next.lower.chars().all(char::is_alphanumeric)
                || next.is_sign('_')
                || next.is_sign('@')
                || next.is_sign('°') =>
            {
                return false;
            }
            _ => {}
        }
    }
    if first.is_word()
        && draft.form == Form::Words
        && (NAMES.contains(scene.before(number.start)) || listed(scene, number.start))
        && labelled(scene, draft)
    {
        return false;
    }
    // "**One** Police Plaza": the first word of a name.
    if first.is_word() && draft.form == Form::Words && first.capital && number.start > 0 && number.len() == 1 {
        let inside =
            |at: usize| p.get(at).and_then(|n| doc.labels.at(n.token)).is_some_and(|l| l.name == NamePart::Inside);
        if doc.labels.at(first.token).is_some_and(|l| l.name != NamePart::Outside) && inside(end) {
            return false;
        }
    }
    // "the Group of **Seven**", "the yacht Lucky **Seven**": the last word of a name.
    if first.is_word() && draft.form == Form::Words && first.capital && number.start > 1 && number.len() == 1 {
        let name = |i: usize| {
            p[i].capital && p[i].is_word() && matches!(doc.pos(p[i].token), Pos::Propn | Pos::Adj | Pos::Noun)
        };
        let behind = p.get(end).is_none_or(|n| !n.capital);
        let of = scene.before(number.start) == "of" && name(number.start - 2);
        if behind && (of || name(number.start - 1)) {
            return false;
        }
    }
    if first.is_digits() && number.len() == 1 {
        if p[number.start].glued
            && number.start >= 1
            && matches!(p[number.start - 1].lower.as_str(), "/" | ":" | "#" | "@" | "_" | "." | "=")
        {
            return false;
        }
        if dated(scene, draft)
            || addressed(scene, draft)
            || model(scene, draft)
            || labelled(scene, draft) && !ranges_to_a_unit(scene, draft)
        {
            return false;
        }
        draft.maybe_year = year(scene, draft);
        // A list number or a page header: "1." or "(a) 2)" before the sentence.
        if number.start == 0 && matches!(scene.word(end), "." | ")") {
            return false;
        }
    }
    let token = first.token;
    if first.is_digits()
        && let Some(label) = doc.labels.at(token)
        && label.name != NamePart::Outside
        && label.name == NamePart::Inside
    {
        return false;
    }
    start <= end
}

/// "a room 15-20 USD a night": the unit of a range stands behind its second end.
fn ranges_to_a_unit(scene: &Scene, draft: &Draft) -> bool {
    let p = scene.p;
    let at = draft.number.end;
    let range =
        p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && p.get(at + 1).is_some_and(|n| n.is_digits() && n.glued);
    range
        && (super::unit::worded(scene, at + 2).is_some() || super::unit::symbol(scene, at + 2, false, draft).is_some())
}

/// "her Tarn 900 tractor": digits behind a name and before one thing count nothing, they name it.
fn model(scene: &Scene, draft: &Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let at = draft.number.start;
    let Some(before) = at.checked_sub(1).map(|i| &p[i]).filter(|b| b.is_word() && b.capital && at > 1) else {
        return false;
    };
    let one = |n: &Piece| !n.capital && !n.glued && n.is_word() && doc.xpos(n.token) == Xpos::Nn;
    let next = p.get(draft.number.end).is_some_and(one);
    let plural = p.get(draft.number.end + 1).is_some_and(|n| matches!(doc.xpos(n.token), Xpos::Nns | Xpos::Nn));
    // "40 Leopard 2 tanks": what another number counts has the digits in its name.
    let counted = at > 1 && p.get(at - 2).is_some_and(|n| n.is_digits() || number::is_word(&n.lower));
    let many = p
        .get(draft.number.end)
        .is_some_and(|n| counted && !n.capital && !n.glued && n.is_word() && doc.xpos(n.token) == Xpos::Nns);
    (next && !plural || many)
        && draft.value != Decimal::ONE
        && (many || doc.pos(before.token) == Pos::Propn)
        && !number::is_word(scene.word(draft.number.end))
}

/// Digits, hyphen, digits that may be two ends of a range or two sides of a score.
pub fn hyphen_range(p: &[Piece], draft: &Draft) -> bool {
    let second = draft.all.end + 1;
    let Some(b) = p.get(second).filter(|b| b.is_digits()) else { return true };
    if p.get(second + 1).is_some_and(|n| {
        n.glued
            && (n.is_sign('-') && p.get(second + 2).is_some_and(|m| m.glued && m.is_digits())
                || n.is_sign('/')
                || n.is_sign(':'))
    }) {
        return false;
    }
    let (a, b) = (&p[draft.number.start].lower, &b.lower);
    // "555-1234", "2014-15", "2010-2012".
    let year = |t: &str| t.len() == 4 && (t.starts_with("19") || t.starts_with("20"));
    !(a.len() == 3 && b.len() == 4 && !b.contains(',')
        || year(a) && (year(b) || b.len() == 2)
        || a.len() > 1 && a.starts_with('0'))
}

/// "half" and "a quarter" as shares: not "half-time", "the second half", "half an hour", "the first quarter".
pub fn part_of(scene: &Scene, draft: &Draft) -> bool {
    let at = draft.number.start;
    let word = scene.word(draft.number.end - 1);
    if !matches!(word, "half" | "quarter") {
        return true;
    }
    let before = scene.before(at);
    let other = matches!(
        before,
        "the"
            | "other"
            | "better"
            | "last"
            | "its"
            | "this"
            | "each"
            | "next"
            | "second"
            | "first"
            | "opening"
            | "past"
    );
    if scene.glued(draft.number.end) || scene.glued(at) || number::is_word(before) || other {
        return false;
    }
    let next = scene.word(draft.number.end);
    let idle = matches!(
        next,
        "" | "."
            | ","
            | "time"
            | "way"
            | "an"
            | "past"
            | "brother"
            | "sister"
            | "day"
            | "hour"
            | "year"
            | "century"
            | "and"
    );
    word != "half"
        || !idle
        || matches!(before, "about" | "nearly" | "almost" | "than" | "around" | "over" | "roughly" | "least")
}

/// "highest", "most": an adjective or adverb in the superlative.
fn is_superlative(scene: &Scene, piece: &Piece) -> bool {
    matches!(scene.doc.xpos(piece.token), Xpos::Jjs | Xpos::Rbs) && piece.lower != "least"
}

/// "left **at two** on Saturday", "at 9 in the morning".
fn is_clock(scene: &Scene, draft: &Draft) -> bool {
    let end = draft.all.end;
    let hour = draft.value.is_integer() && draft.value <= Decimal::from(12) && draft.value >= Decimal::ONE;
    let timed = |i: usize| scene.p.get(i).is_some_and(|n| scene.withheld.iter().any(|w| w.overlaps(n.span)));
    let day = scene.word(end) == "on" && timed(end + 1);
    let part = scene.word(end) == "in"
        && scene.word(end + 1) == "the"
        && matches!(scene.word(end + 2), "morning" | "afternoon" | "evening");
    hour && scene.before(draft.all.start) == "at" && (day || part)
}

/// "50 cents **per $100** of value": so much is counted out, and none is given.
fn counted_out(scene: &Scene, draft: &Draft) -> bool {
    draft.kind == QuantityKind::Money && scene.before(draft.all.start) == "per"
}

/// "one" as a number: not "no one", "the one", "one another", "one's", "one day", "this one", "ones".
pub fn one(scene: &Scene, draft: &Draft) -> bool {
    let at = draft.number.start;
    if scene.p[at].lower != "one" {
        return true;
    }
    if draft.unit.is_some() && scene.before(at) != "the" {
        return true;
    }
    let (before, next) = (scene.before(at), scene.word(draft.all.end));
    // "described the scene **as one of** great loss": nothing is counted.
    if before == "as" && next == "of" {
        return false;
    }
    // "from **one** problem to **another**", "**one-**night": none is counted; "one died and another was hurt" counts.
    let tied = scene.p.get(draft.all.end).is_some_and(|n| n.is_sign('-') && n.glued);
    let another = (draft.all.end..draft.all.end + 6)
        .take_while(|&i| i < scene.p.len() && scene.p[i].is_word())
        .any(|i| scene.word(i) == "another" && !matches!(scene.before(i), "and" | "but"));
    if another || tied && draft.all.len() == 1 {
        return false;
    }
    // "on (the) **one hand**".
    if matches!(next, "who" | "that" | "which" | ")") || next == "hand" && matches!(before, "on" | "the") {
        return false;
    }
    // "**One** trader said", "one wrote": who speaks is not counted.
    let doc = scene.doc;
    let number = scene.p[at].token;
    let noun = if doc.relation(number) == Relation::Nummod { doc.head(number) } else { Some(number) };
    let says = noun.is_some_and(|n| speech::speaks(doc, n));
    if says && !matches!(next, "in" | "of") && draft.all.len() == 1 {
        return false;
    }
    // "Hale, **one of** the smaller makers": one of a kind, and no number of them.
    let is_one = next == "of"
        && matches!(
            scene.word(draft.all.end + 1),
            "the" | "its" | "their" | "his" | "her" | "our" | "these" | "those" | "several" | "many" | "a" | "an"
        )
        && matches!(
            before,
            "," | "is"
                | "was"
                | "as"
                | "became"
                | "become"
                | "becomes"
                | "remains"
                | "remained"
                | "be"
                | "been"
                | "—"
                | "–"
                | "-"
        );
    // "It was **one of the highest** totals", "one of Africa's most promising states": the best of a kind is a kind.
    let owned = |to: usize| {
        (draft.all.end + 1..to).any(|i| matches!(scene.word(i), "'s" | "’s" | "'" | "’" | "the" | "its" | "their"))
    };
    let best = next == "of"
        && (2..=6)
            .map(|n| draft.all.end + n)
            .take_while(|&i| !matches!(scene.word(i), "," | "." | ";" | ""))
            .any(|i| scene.p.get(i).is_some_and(|w| is_superlative(scene, w)) && owned(i));
    if best {
        return false;
    }
    // "**One thing** I learned", "**one step** closer", "**one** rise after the other": nothing is counted.
    let far = |w: &str| matches!(w, "closer" | "further" | "ahead" | "nearer" | "away" | "at" | "too");
    let series = (draft.all.end + 1..draft.all.end + 8)
        .take_while(|&i| !matches!(scene.word(i), "," | "." | ";" | ""))
        .any(|i| {
            scene.word(i) == "after"
                && (matches!(scene.word(i + 1), "another")
                    || scene.word(i + 1) == "the" && scene.word(i + 2) == "other")
        });
    if next == "thing" || next == "step" && far(scene.word(draft.all.end + 1)) || next != "of" && series {
        return false;
    }
    let named = next == "of" && before == "," && scene.p.get(draft.all.end + 1).is_some_and(|n| n.capital);
    if is_one || named {
        return false;
    }
    // "to **one** in Beaumont", "the job was **one** he took seriously": it stands for a noun that was told before.
    let told_of = doc.children(number).any(|c| doc.relation(c) == Relation::AclRelcl);
    let led = matches!(before, "to" | "from" | "into" | "for" | "with" | "as" | "by" | "like");
    let behind = draft.all.end + 1;
    let place = matches!(next, "in" | "from" | "at" | "near" | "with" | "for" | "on")
        && !scene.p.get(behind).is_some_and(|n| n.is_digits() || number::is_word(&n.lower));
    if draft.unit.is_none() && draft.all.len() == 1 && (told_of && next != "of" || led && place) {
        return false;
    }
    // "the Essen **one** stands out", "a bigger **one**": it stands for a noun that is told of.
    let described = at.checked_sub(1).is_some_and(|b| {
        matches!(scene.doc.pos(scene.p[b].token), Pos::Adj | Pos::Noun | Pos::Propn)
            && b.checked_sub(1).is_some_and(|d| matches!(scene.word(d), "the" | "a" | "an" | "this" | "that"))
    });
    let counts = scene
        .p
        .get(draft.all.end)
        .is_some_and(|n| n.is_word() && matches!(scene.doc.pos(n.token), Pos::Noun | Pos::Adj));
    if described && !counts {
        return false;
    }
    if matches!(
        before,
        "no" | "the"
            | "any"
            | "every"
            | "each"
            | "this"
            | "that"
            | "which"
            | "another"
            | "a"
            | "an"
            | "some"
            | "other"
            | "last"
            | "next"
            | "first"
            | "new"
            | "bbc"
            | "formula"
            | "air"
            | "number"
            | "phase"
            | "not"
            | "square"
            | "day"
            | "same"
            | "only"
    ) && !(before == "the" && next == "-")
        && before != "another"
    {
        return before == "not" || before == "only" || before == "the" && draft.unit.is_some();
    }
    if matches!(
        next,
        "another"
            | "day"
            | "'s"
            | "can"
            | "could"
            | "should"
            | "would"
            | "may"
            | "might"
            | "must"
            | "has"
            | "is"
            | "was"
            | "who"
            | "that"
            | "which"
            | "by"
            | ","
            | "."
            | ""
            | "where"
            | "when"
            | "?"
            | "!"
            | "across"
            | "s"
    ) {
        return false;
    }
    if next == "-" {
        return !matches!(
            scene.word(draft.all.end + 1),
            "time" | "off" | "sided" | "size" | "on" | "way" | "man" | "woman" | "to" | "half" | "stop"
        );
    }
    let token = scene.p[at].token;
    match scene.doc.tags.at(token) {
        Some(tag) => tag.pos == Pos::Num || next == "of",
        None => true,
    }
}

/// A year, a day of a month or a clock time that no time expression covers.
pub fn dated(scene: &Scene, draft: &Draft) -> bool {
    let p = scene.p;
    let (at, end) = (draft.number.start, draft.number.end);
    let text = p[at].lower.as_str();
    let next = scene.word(end);
    let before = scene.before(at);
    let clock = draft.value.is_integer() || text.split_once('.').is_some_and(|(_, m)| m.len() == 2);
    if clock && matches!(next, "am" | "pm")
        || matches!(next, "a.m" | "p.m" | "o'clock" | "gmt" | "bc" | "ad" | "bce" | "ce")
        || matches!(next, "a" | "p") && scene.word(end + 1) == "." && scene.word(end + 2) == "m"
        || matches!(next, "a." | "p.") && scene.word(end + 1) == "m."
        || spaced_date(scene, at)
    {
        return true;
    }
    let day = text.len() <= 2;
    if day
        && (calendar::is_month(before) && p[at - 1].capital
            || before == "."
                && at >= 2
                && calendar::is_month(scene.word(at - 2))
                && p[at - 2].capital
                && p[at - 1].glued)
    {
        return true;
    }
    if day && calendar::is_month(next) && p.get(end).is_some_and(|n| n.capital) {
        return true;
    }
    false
}

/// "15 / 09 / 2013", "10 / 25 / 11": one of three numbers with strokes between.
fn spaced_date(scene: &Scene, at: usize) -> bool {
    let number = |i: usize| scene.p.get(i).is_some_and(|p| p.is_digits() && p.lower.len() <= 4);
    let starts = |i: usize| (0..3).all(|n| number(i + 2 * n)) && [1, 3].iter().all(|&n| scene.word(i + n) == "/");
    [0, 2, 4].iter().filter_map(|&back| at.checked_sub(back)).any(starts)
}

/// Four bare digits that read as a year.
pub fn year(scene: &Scene, draft: &Draft) -> bool {
    let (at, end) = (draft.number.start, draft.number.end);
    let text = scene.p[at].lower.as_str();
    let before = scene.before(at);
    let since = matches!(
        before,
        "in" | "since" | "by" | "the" | "of" | "until" | "from" | "during" | "after" | "before" | "last" | "circa"
    );
    let recent = text.starts_with("19") || text.starts_with("20") || text.starts_with("18");
    let old = text.starts_with('1') && matches!(before, "in" | "since" | "between" | "until" | "circa" | "by" | "from");
    // "by 2100", "until 2085".
    let ahead = (text.starts_with("20") || text.starts_with("21"))
        && matches!(before, "by" | "in" | "until" | "before" | "after" | "through");
    if text.len() != 4
        || !text.bytes().all(|b| b.is_ascii_digit())
        || !(recent || old || ahead)
        || draft.value > Decimal::from(2059) && !ahead
    {
        return false;
    }
    if matches!(scene.word(end), "levels" | "level") {
        return true;
    }
    let counted = scene.p.get(end).is_some_and(|n| n.is_word() && n.lower.ends_with('s') && !n.capital) && !since;
    !counted && BOUNDS.before.get(before).is_none_or(|_| matches!(before, "by" | "of" | "to" | "over"))
}

/// "Districts 3, 4 and 9", "Regions 4A, 5, 6 and 8", "spots one and two": numbers of things of one name, told behind their
/// plural.
fn listed(scene: &Scene, at: usize) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let is_number = |i: usize| p[i].is_digits() || number::is_word(&p[i].lower);
    let mut back = at;
    while let Some(i) = back.checked_sub(1)
        && (is_number(i)
            || matches!(scene.word(i), "," | "and" | "or" | "to" | "&" | "-")
            || p[i].glued && p[i].lower.len() == 1 && p[i].is_word())
    {
        back = i;
    }
    let Some(noun) = back.checked_sub(1).map(|i| &p[i]) else { return false };
    let plural = noun.is_word() && noun.lower.ends_with('s') && doc.pos(noun.token) != Pos::Verb;
    let label = || NAMES.contains(lexicon::noun::singular(&noun.lower).as_str());
    let more = || {
        let next = at + 1 + usize::from(scene.word(at + 1) == "," && matches!(scene.word(at + 2), "and" | "or"));
        back < at || matches!(scene.word(next), "and" | "or" | ",") && next + 1 < p.len() && is_number(next + 1)
    };
    plural && is_number(back) && (noun.capital && (label() || back > 1 && more()) || label() && more())
}

/// "prisoner **7714**", "Psalm **23** was read", "the choir sang Hymn **410**": one thing, with no word that leads it, and the
/// number that it is called by.
fn numbered(scene: &Scene, noun: usize, draft: &Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let (piece, at) = (&p[noun], draft.number.start);
    let whole = draft.form == Form::Digits && draft.unit.is_none() && draft.value.is_integer();
    let plain = p[at].lower.bytes().all(|b| b.is_ascii_digit());
    let closed = p.get(draft.all.end).is_none_or(|n| {
        !n.is_word() && !n.is_sign('%')
            || matches!(doc.pos(n.token), Pos::Verb | Pos::Aux | Pos::Adp | Pos::Cconj | Pos::Sconj)
    });
    if noun + 1 != at || !whole || !plain || !closed || !piece.is_word() || draft.all != draft.number {
        return false;
    }
    let inside = doc.labels.at(piece.token).is_some_and(|l| l.name != NamePart::Outside);
    let singular = matches!(doc.xpos(piece.token), Xpos::Nn | Xpos::Nnp)
        && lexicon::wordnet::is_noun(&piece.lower)
        && lexicon::noun::singular(&piece.lower) == piece.lower;
    // "the suspect 34 …", "a captain 12 …": a noun that something leads is no label.
    let led = noun.checked_sub(1).is_some_and(|i| {
        matches!(doc.pos(p[i].token), Pos::Det | Pos::Num | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Pron)
    });
    let opens = noun == 0 || !p[noun - 1].is_word();
    let verb = p.get(draft.all.end).is_some_and(|n| matches!(doc.pos(n.token), Pos::Verb | Pos::Aux));
    let person = lexicon::wordnet::is_person(&piece.lower) && doc.pos(piece.token) == Pos::Noun;
    let level = super::words::is_level_noun(&piece.lower) || calendar::is_month(&piece.lower);
    singular && !led && !level && (person && !inside || piece.capital && !inside && (!opens || verb))
}

/// "Article 5", "page 12", "Boeing 737", "iPhone 14": the digits of a name.
pub fn labelled(scene: &Scene, draft: &Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let at = draft.number.start;
    if at == 0 || !(draft.form == Form::Digits || draft.form == Form::Words) {
        return false;
    }
    // "There were **no 200 dead**": no number of anything.
    if scene.before(at) == "no"
        && !p[at - 1].capital
        && matches!(scene.before(at - 1), "is" | "are" | "was" | "were" | "been")
    {
        return false;
    }
    let mut back = at - 1;
    if p[back].is_sign('.') && back > 0 && p[back].glued {
        back -= 1;
    }
    let before = &p[back];
    let next = p.get(draft.all.end);
    let noun_follows =
        next.is_some_and(|n| n.is_word() && !n.capital && !super::words::STOPS.contains(n.lower.as_str()));
    // "a crowd thought **to number 4,000**", "they number 60".
    let counts = before.lower == "number" && (doc.pos(before.token) == Pos::Verb || scene.before(back) == "to");
    if before.is_word() && !counts && NAMES.contains(before.lower.trim_end_matches('.')) {
        return before.capital && back > 0
            || !noun_follows
            || matches!(
                before.lower.as_str(),
                "no" | "nos" | "type" | "article" | "page" | "section" | "category" | "flight" | "series"
            );
    }
    if numbered(scene, back, draft) {
        return true;
    }
    let counted = next.is_some_and(|n| matches!(doc.pos(n.token), Pos::Noun | Pos::Adj) && !n.capital);
    if listed(scene, at) && !counted {
        return true;
    }
    // "Stations 3 and 4": a second number behind a labelled one.
    if matches!(before.lower.as_str(), "and" | "or" | ",")
        && back >= 2
        && p[back - 1].is_digits()
        && (NAMES.contains(p[back - 2].lower.as_str())
            || p[back - 2].is_sign('.') && back >= 3 && NAMES.contains(p[back - 3].lower.as_str()))
        && !noun_follows
    {
        return true;
    }
    if !before.is_word() || !before.capital || back == 0 || p[at].lower.contains(',') || p[at].lower.len() > 4 {
        return false;
    }
    if calendar::is_month(&before.lower) {
        return true;
    }
    // "the S&P 500 index", "the FTSE 100 index": the digits of an abbreviation's name before one thing.
    let short = before.is_word()
        && doc.word(before.token).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && p[at].lower != "1";
    let thing = next.is_some_and(|n| {
        doc.xpos(n.token) == Xpos::Nn
            && !lexicon::noun::of(doc, n.token).is_some_and(lexicon::noun::Noun::is_people)
            && !matches!(lexicon::wordnet::nouns(doc.lemma(n.token), "group"), lexicon::wordnet::Kinship::Narrower(_))
    });
    // "Standard and Poor's 500 index": one thing is called so.
    let index =
        next.is_some_and(|n| doc.xpos(n.token) == Xpos::Nn && matches!(doc.lemma(n.token), "index" | "average"));
    if short && thing || index {
        return true;
    }
    // A capitalised name right before bare digits, and nothing after that the digits could count.
    let name = match doc.tags.at(before.token) {
        Some(tag) => matches!(tag.pos, Pos::Propn),
        None => !super::words::STOPS.contains(before.lower.as_str()),
    };
    if !name {
        return false;
    }
    // "Local 402 boss": a plain count would have many.
    let one = next.is_some_and(|n| {
        let person = lexicon::noun::of(doc, n.token)
            .is_some_and(|n| matches!(n.class, lexicon::noun::NounClass::Office | lexicon::noun::NounClass::Person));
        doc.xpos(n.token) == Xpos::Nn && person && p[at].lower != "1"
    });
    if one {
        return true;
    }
    if let Some(head) = doc.head(p[at].token)
        && head > p[at].token
        && doc.relation(p[at].token) == Relation::Nummod
    {
        return false;
    }
    !noun_follows || next.is_some_and(|n| doc.pos(n.token) == Pos::Verb)
}
