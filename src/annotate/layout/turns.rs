//! Who speaks by turns without a label of its own kind: names before a colon that come again, questions and answers of an
//! interview that only the questions tell apart; and the clock before an entry of a page kept up to the minute.

use rustc_hash::FxHashMap;

use crate::text::{BlockKind, Span};

/// Names the turns among the lines that have no sign of their own.
pub fn name(text: &str, lines: &[Span], kinds: &mut [BlockKind]) {
    labelled(text, lines, kinds);
    unlabelled(text, lines, kinds);
}

/// "Farrow: Were you angry?", "Marsh: No.": two names before a colon, each on two lines or more.
fn labelled(text: &str, lines: &[Span], kinds: &mut [BlockKind]) {
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    for (line, kind) in lines.iter().zip(&*kinds) {
        if let Some(label) = label(&text[line.range()]).filter(|_| plain(*kind)) {
            *count.entry(label).or_default() += 1;
        }
    }
    let again = |label: &str| count.get(label).is_some_and(|&n| n >= 2);
    if count.values().filter(|&&n| n >= 2).count() < 2 {
        return;
    }
    for (line, kind) in lines.iter().zip(kinds) {
        let line = &text[line.range()];
        if plain(*kind) && label(line).is_some_and(again) {
            *kind = if line.ends_with('?') { BlockKind::Question } else { BlockKind::Answer };
        }
    }
}

/// The name before a line's colon: up to three words that begin with a capital.
fn label(line: &str) -> Option<&str> {
    let at = line.find(": ").filter(|&at| at <= 40)?;
    let words = &line[..at];
    let named =
        |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c));
    let count = words.split(' ').count();
    (words.split(' ').all(named) && count <= 3).then_some(words)
}

/// How the lines before an interview say that it is one.
const TALKS: [&str; 12] = [
    "interview",
    "spoke to",
    "spoke with",
    "speaks to",
    "talks to",
    "talked to",
    "talked with",
    "talks about",
    "tells ",
    "sat down with",
    "conversation",
    "questions",
];

/// An interview whose questions are lines of their own: three questions to somebody, and answers in which somebody says
/// "I". What explains a thing by questions ("Why is the price rising?") is answered by nobody.
fn unlabelled(text: &str, lines: &[Span], kinds: &mut [BlockKind]) {
    let body: Vec<usize> = (0..lines.len()).filter(|&i| plain(kinds[i])).collect();
    let line = |i: usize| &text[lines[i].range()];
    let asked: Vec<usize> = (0..body.len()).filter(|&at| at > 0 && is_question(line(body[at]))).collect();
    let answered = |&at: &usize| body.get(at + 1).is_some_and(|&next| !is_question(line(next)));
    let asked: Vec<usize> = asked.into_iter().filter(answered).collect();
    let (Some(&first), Some(&last)) = (asked.first(), asked.last()) else { return };
    let to_somebody = asked.iter().filter(|&&at| says(line(body[at]), &YOU)).count();
    let replies = |w: &[usize]| body[w[0] + 1..w[1]].iter().any(|&i| says(line(i), &I));
    let ends = asked.iter().copied().chain([(last + 2).min(body.len())]).collect::<Vec<usize>>();
    let by_somebody = ends.windows(2).filter(|w| replies(w)).count();
    let dense = asked.len() * 6 > last - first;
    // The lines before say that somebody was talked to; or nearly every question is short and to somebody.
    let talked = body[..first].iter().any(|&i| TALKS.iter().any(|t| line(i).to_lowercase().contains(t)));
    let length = asked.iter().map(|&at| line(body[at]).len()).sum::<usize>() / asked.len();
    let plain = to_somebody * 3 >= asked.len() * 2 && by_somebody * 3 >= asked.len() * 2 && length <= 120;
    if asked.len() < 3 || to_somebody * 3 < asked.len() || by_somebody * 2 < asked.len() || !dense || !(talked || plain)
    {
        return;
    }
    // Behind the last answer the article may go on in its own voice.
    let mut end = last + 2;
    while body.get(end).is_some_and(|&i| says(line(i), &I)) {
        end += 1;
    }
    for at in first..end.min(body.len()) {
        kinds[body[at]] = if is_question(line(body[at])) { BlockKind::Question } else { BlockKind::Answer };
    }
}

fn plain(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Heading)
}

/// A line that asks, in nobody's quotation marks.
fn is_question(line: &str) -> bool {
    line.ends_with('?') && line.len() <= 600 && !line.starts_with(['"', '“', '‘', '\'', '«'])
}

const YOU: [&str; 4] = ["you", "your", "you’re", "you've"];
const I: [&str; 8] = ["i", "i’m", "i'm", "i’ve", "i've", "my", "me", "we"];

/// One of the words stands in the line outside of quotation marks.
fn says(line: &str, words: &[&str]) -> bool {
    let mut inside = false;
    let mut word = String::new();
    for c in line.chars().chain([' ']) {
        match c {
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            _ => {}
        }
        if c.is_alphanumeric() || matches!(c, '’' | '\'') {
            word.extend(c.to_lowercase());
        } else {
            if !inside && words.contains(&word.as_str()) {
                return true;
            }
            word.clear();
        }
    }
    false
}

/// Where the clock ends that a line begins with: "14:20 ", "9.05am GMT: ".
pub fn clock(line: &str) -> Option<usize> {
    let hours = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(hours..)?.strip_prefix([':', '.'])?;
    let minutes = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&hours)
        || minutes != 2
        || line[..hours].parse::<u8>().ok()? > 23
        || rest[..2].parse::<u8>().ok()? > 59
    {
        return None;
    }
    let mut end = hours + 3;
    for sign in ["am", "pm", " am", " pm", " a.m.", " p.m.", " GMT", " BST", " UTC", " CET", " ET"] {
        if line[end..].starts_with(sign) {
            end += sign.len();
        }
    }
    if line[end..].starts_with([':', ',']) {
        end += 1;
    }
    let words = line[end..].trim_start_matches([' ', '-', '–', '—', '|']);
    let opens = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '@'));
    (opens && line[end..].starts_with(' ') && words.len() > 12).then_some(end)
}
