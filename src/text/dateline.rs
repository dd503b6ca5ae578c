//! Datelines and labels in front of a report: "KESTREL (Wire) — …", "HONG KONG, NNA – …", "NEW DELHI: …", "(CNN) …".
//!
//! This is the only place that knows them. The layout cuts them off as blocks of their own, so that no later stage takes
//! one for a speaker, for a part of what is said or for somebody to whom something happened.

use super::calendar;

/// The longest dateline, in bytes.
const LONGEST: usize = 90;

/// The length in bytes of the dateline that opens a line, its dash or colon included; `None`: there is none. `first`: the
/// line opens the body of the article and no transcript, so that a place before a colon is no label of a turn.
pub fn dateline(line: &str, first: bool) -> Option<usize> {
    let end = divided(line, first).or_else(|| barred(line, first)).or_else(|| undivided(line))?;
    let rest = line[end..].trim_start();
    // A report follows, not a lone word or another label.
    let report = rest.chars().count() >= 8
        && rest.split_whitespace().count() >= 2
        && rest.chars().any(char::is_lowercase)
        && rest.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '$' | '€' | '£')
        });
    report.then_some(end)
}

/// A dateline that a dash, a colon or the bracket of an agency ends.
fn divided(line: &str, first: bool) -> Option<usize> {
    let (end, length, colon) = separator(line)?;
    let head = line[..end].trim_end();
    let after = end + length;
    // "(CNN) —", "(Reuters) -".
    if let Some(inside) = head.strip_prefix('(').and_then(|h| h.strip_suffix(')')) {
        return (words(inside) <= 4 && inside.starts_with(char::is_uppercase)).then_some(after);
    }
    let bracket = head.find('(').filter(|_| head.ends_with(')'));
    let place = head[..bracket.unwrap_or(head.len())].trim_end();
    let run = capitals(place);
    let letters = place[..run].chars().filter(|c| c.is_alphabetic()).count();
    if colon {
        let whole = run == place.len() && letters >= 3 && words(place) <= 4;
        // "Ministry: 300 schools to close" is a headline and names who says it.
        let sentence = line.trim_end().ends_with(['.', '”', '"', '’']);
        let named = sentence && words(place) <= 2 && place.split_whitespace().all(is_name) && bracket.is_none();
        return (first && !titled(place) && (whole || named)).then_some(after);
    }
    if letters >= 3 {
        // Behind the capitals a comma, a slash or a date divides place from country, agency and day.
        let rest = place[run..].trim_start();
        let parted = rest.is_empty()
            || rest.starts_with([',', '/', '|', ';'])
            || rest.starts_with(|c: char| c.is_ascii_digit())
            || rest.split_whitespace().next().is_some_and(is_month);
        return (parted && rest.split_whitespace().all(fits)).then_some(after);
    }
    // "Brevik (Eastern Press) —": in small letters the agency's bracket tells.
    let named = bracket.is_some() && words(place) <= 5 && place.split_whitespace().all(fits);
    (named && place.starts_with(char::is_uppercase)).then_some(after)
}

/// "Kabul, Afghanistan | A strike …": a town and its country before a bar.
fn barred(line: &str, first: bool) -> Option<usize> {
    let (head, _) = line.split_once(" | ").filter(|(head, _)| first && head.len() < LONGEST)?;
    let (town, country) = head.split_once(", ")?;
    let name = |p: &str| words(p) <= 3 && p.split_whitespace().all(is_name);
    (name(town) && name(country)).then_some(head.len() + 2)
}

/// Where the dateline's dash or colon stands, how long it is, and whether it is a colon.
fn separator(line: &str) -> Option<(usize, usize, bool)> {
    let mut depth = 0;
    for (at, c) in line.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let before = line[..at].chars().next_back();
        let rest = &line[at + c.len_utf8()..];
        let spaced = before == Some(' ') && rest.starts_with(' ');
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth > 0 => {}
            '—' | '―' if at > 0 => return Some((at, c.len_utf8(), false)),
            '–' | '-' if spaced => return Some((at, c.len_utf8(), false)),
            '-' if rest.starts_with('-') && at > 0 => return Some((at, 2, false)),
            ':' if rest.starts_with(' ') => return Some((at, 1, true)),
            '"' | '“' | '?' | '!' => return None,
            _ => {}
        }
    }
    None
}

/// How many bytes of a text are words in capitals: "HONG KONG", "ST. JOHN'S", "AIX-EN-PROVENCE".
fn capitals(text: &str) -> usize {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', '/', ';']);
        let upper = !bare.is_empty()
            && bare.chars().any(char::is_uppercase)
            && bare.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '\'' | '’' | '-' | '/'));
        if !upper {
            break;
        }
        end += bare.len();
        if bare.len() < word.trim_end().len() {
            break;
        }
        end += word.len() - bare.len();
    }
    text[..end].trim_end().len()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A word that may stand in a dateline: a name, a number, a little word of names.
fn fits(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || matches!(
            bare,
            "of" | "de" | "la" | "el" | "al" | "the" | "in" | "on" | "near" | "am" | "bei" | "and" | "upon"
        )
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
}

fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && calendar::is_like_month(&word.to_lowercase())
}

/// "MR ROE:", "Q:", "MODERATOR:": labels of turns.
fn titled(label: &str) -> bool {
    let first = label.split_whitespace().next().unwrap_or("").trim_end_matches('.').to_lowercase();
    matches!(
        first.as_str(),
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "sir"
            | "lord"
            | "lady"
            | "dame"
            | "prof"
            | "professor"
            | "sen"
            | "senator"
            | "rep"
            | "representative"
            | "gov"
            | "governor"
            | "gen"
            | "general"
            | "col"
            | "president"
            | "chairman"
            | "chairwoman"
            | "chair"
            | "minister"
            | "secretary"
            | "judge"
            | "justice"
            | "the"
            | "q"
            | "a"
            | "question"
            | "answer"
            | "interviewer"
            | "reporter"
            | "moderator"
            | "host"
            | "speaker"
            | "male"
            | "female"
            | "unidentified"
    )
}

/// The place in capitals that nothing divides from the report ("DETROIT The Transportation Department …", "AUSTIN, Texas A
/// rally …"). The report must open with a small word, for "NATO Secretary General" is no place and its guest.
fn undivided(line: &str) -> Option<usize> {
    let mut words = line.split_inclusive(' ').peekable();
    let mut end = 0;
    let mut count = 0;
    let mut comma = false;
    while let Some(word) = words.peek() {
        let bare = word.trim_end().trim_end_matches(',');
        let capital = bare.chars().count() >= 4 && bare.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’'));
        if !capital || count == 3 || comma {
            break;
        }
        comma = word.trim_end().ends_with(',');
        end += word.len();
        count += 1;
        words.next();
    }
    if count == 0 {
        return None;
    }
    if comma {
        let mut named = 0;
        while let Some(word) = words.peek() {
            let bare = word.trim_end();
            if named == 3 || opens(bare) || !bare.starts_with(char::is_uppercase) {
                break;
            }
            end += word.len();
            named += 1;
            words.next();
        }
        if named == 0 {
            return None;
        }
    }
    let next = words.next()?.trim_end();
    let after = words.next().unwrap_or("");
    (opens(next) && after.starts_with(char::is_alphanumeric)).then(|| line[..end].trim_end().len())
}

/// A word that opens a sentence and is in no name.
fn opens(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "At"
            | "In"
            | "On"
            | "After"
            | "As"
            | "When"
            | "If"
            | "It"
            | "More"
            | "Some"
            | "Two"
            | "Three"
            | "Four"
            | "Five"
            | "Six"
            | "Seven"
            | "Eight"
            | "Nine"
            | "Ten"
            | "Hundreds"
            | "Thousands"
            | "Dozens"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_found_and_nothing_else() {
        let report = " The council said on Monday that it would build a bridge.";
        for head in [
            "KESTREL —",
            "HONG KONG, NNA –",
            "ALDPORT, Texas —",
            "PORT AMITY, Sept 9 (Isles Wire) -",
            "PARIS, Nov 19, 2015 (Wire) —",
            "Brevik (Eastern Press) —",
            "NEW DELHI:",
            "Lisbon:",
            "(CNN) —",
            "KESTREL | Wire News —",
            "Brevik, Norland |",
            "MOSCOW",
            "ALDPORT, Texas",
            "ST. JOHN'S, March 3 --",
        ] {
            assert_eq!(dateline(&format!("{head}{report}"), true), Some(head.len()), "{head}");
        }
        assert_eq!(dateline(&format!("NEW DELHI:{report}"), false), None);
        for line in [
            "MR ROE: The council said on Monday that it would build a bridge.",
            "NATO Secretary General Jane Roe - The first woman there - said it would build a bridge.",
            "The council said on Monday: It would build a bridge over the Ald - soon.",
            "IBM, which sells machines, said on Monday that it would build a bridge.",
            "KESTREL — votes",
            "Sport, news and views | The council said on Monday that it would build a bridge.",
            "Two of us - Jane Roe and John Doe - said on Monday that it would build a bridge.",
        ] {
            assert_eq!(dateline(line, true), None, "{line}");
        }
    }
}
