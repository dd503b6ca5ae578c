//! What a single line looks like: the signs by which captions, bylines, datelines, turns and posts are known.

use crate::text::{BlockKind, Span, calendar};

/// The kind of every line; `title` is the article's title in the form of [`super::key`], `datelines` the numbers of the
/// pieces that were cut off their reports.
pub fn kinds(text: &str, lines: &[Span], title: Option<&str>, datelines: &[usize]) -> Vec<BlockKind> {
    let mut kinds: Vec<BlockKind> = Vec::with_capacity(lines.len());
    let mut headline: Option<&str> = None;
    let mut in_body = false;
    for (i, &span) in lines.iter().enumerate() {
        let line = &text[span.range()];
        let is_title = |title: &str| super::key(line) == title;
        let kind = if datelines.contains(&i) {
            BlockKind::Dateline
        } else if title.is_some_and(is_title) && (!in_body || headline.is_none()) {
            BlockKind::Headline
        } else {
            match marked(line) {
                Some(kind) => kind,
                None if i == 0 && lines.len() > 1 && title.is_none() && looks_like_heading(line, 220) => {
                    BlockKind::Headline
                }
                None if ends_sentence(line) || line.len() > 160 => BlockKind::Paragraph,
                None if looks_like_heading(line, 80) && i + 1 < lines.len() => BlockKind::Heading,
                None => BlockKind::Paragraph,
            }
        };
        if kind == BlockKind::Headline {
            headline = Some(line);
        }
        in_body |= kind == BlockKind::Paragraph && line.len() > 160;
        kinds.push(kind);
    }
    kinds
}

/// The kind of a line that carries its own sign.
fn marked(line: &str) -> Option<BlockKind> {
    let lower = line.to_lowercase();
    let starts = |with: &str| lower.starts_with(with);
    let short = line.len() <= 160;
    if short && is_link(&lower) {
        return Some(BlockKind::Credit);
    }
    if let Some(kind) = turn(line) {
        return Some(kind);
    }
    if ["• ", "* ", "- ", "– ", "· ", "◦ ", "‣ ", "▪ "].iter().any(|b| line.starts_with(b)) || numbered(line)
    {
        return Some(BlockKind::Item);
    }
    if short
        && (starts("source:")
            || starts("sources:")
            || starts("photo by ")
            || starts("photograph:")
            || starts("image:")
            || starts("picture:")
            || starts("©"))
    {
        return Some(BlockKind::Credit);
    }
    if lower.ends_with(')')
        && [
            "(photo",
            "(image",
            "(picture",
            "(credit",
            "(reuters/",
            "(ap photo",
            "(file photo",
            "(source:",
            "(screengrab",
            "(video",
        ]
        .iter()
        .any(|m| lower.rfind(m).is_some_and(|at| at + 60 > lower.len()))
        || starts("file photo")
        || starts("this file photo")
        || starts("this photo")
        || starts("in this photo")
        || starts("in this image")
        || starts("photo:")
        || starts("caption:")
        || short && starts("pictured")
        || short && lower.contains(" | photo")
    {
        return Some(BlockKind::Caption);
    }
    if short && is_dateline(&lower) {
        return Some(BlockKind::Dateline);
    }
    if short && is_byline(line, &lower) {
        return Some(BlockKind::Byline);
    }
    if is_post(line) {
        return Some(BlockKind::Post);
    }
    None
}

/// "READ MORE: …", "Share this", "Photo credit": a link, an advertisement, a notice, by how the line begins in lower case.
fn is_link(lower: &str) -> bool {
    const OPENINGS: [&str; 24] = [
        "credit:",
        "photo credit",
        "advertisement",
        "read more",
        "read also",
        "read next",
        "also read",
        "more:",
        "see also",
        "watch:",
        "watch now",
        "listen:",
        "related:",
        "related stor",
        "share this",
        "share on ",
        "follow us",
        "read the full ",
        "click here",
        "copyright",
        "all rights reserved",
        "sign up",
        "subscribe",
        "report this comment",
    ];
    OPENINGS.iter().any(|o| lower.starts_with(o))
}

/// "Published Nov 19, 2015, 10:51 pm", "Updated: 3 March 2024", "By 20th November 2015 World News No Comments",
/// "Tuesday, 3 March 2024", "2024-03-05".
fn is_dateline(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = words.iter().any(|w| calendar::is_like_month(w));
    let year = words
        .iter()
        .any(|w| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.bytes().all(|b| b.is_ascii_digit()));
    let numbers = words.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count();
    let dated = year && (month || numbers >= 3);
    if ends_sentence(lower) && !lower.ends_with("m.") {
        return false;
    }
    let signed = [
        "published",
        "updated",
        "posted",
        "last updated",
        "first published",
        "last modified",
        "modified",
        "date:",
        "created",
    ]
    .iter()
    .any(|s| lower.starts_with(s));
    if signed && (dated || month || lower.len() < 40 && numbers > 0) {
        return true;
    }
    if dated && lower.starts_with("by ") {
        return words.get(1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())) || lower.contains("comment");
    }
    if !dated || words.len() > 12 {
        return false;
    }
    // Nothing but the parts of a date and time.
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    words.iter().all(|w| {
        w.starts_with(|c: char| c.is_ascii_digit())
            || calendar::is_like_month(w)
            || days.iter().any(|d| w.starts_with(d) && w.len() <= 9)
            || matches!(
                *w,
                "am" | "pm"
                    | "a"
                    | "p"
                    | "m"
                    | "gmt"
                    | "utc"
                    | "est"
                    | "edt"
                    | "ist"
                    | "bst"
                    | "cet"
                    | "et"
                    | "at"
                    | "on"
                    | "of"
                    | "the"
                    | "th"
                    | "st"
                    | "nd"
                    | "rd"
                    | "z"
                    | "t"
            )
    })
}

/// "By Jane Roe", "By Jane Roe and John Doe, Agency", "Jane Roe | Agency".
fn is_byline(line: &str, lower: &str) -> bool {
    let rest = ["by ", "written by ", "reported by ", "reporting by ", "words by ", "story by "]
        .iter()
        .find_map(|p| lower.starts_with(p).then(|| &line[p.len()..]));
    let Some(rest) = rest else { return false };
    if ends_sentence(line) && !rest.to_lowercase().contains("editing by") {
        return false;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let small = [
        "and", "of", "de", "van", "von", "der", "da", "bin", "al", "el", "for", "the", "in", "at", "on", "editing",
        "by", "with", "&", "|", "-", "–", "—",
    ];
    !words.is_empty()
        && words.len() <= 16
        && words.iter().all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '@' || c == '(')
                || small.contains(&w.to_lowercase().as_str())
        })
}

/// A turn of an interview or transcript: "QUESTION: …", "MR ROE: …", "Q: …", "A: …".
fn turn(line: &str) -> Option<BlockKind> {
    let label = &line[..line.find(':').filter(|&at| at <= 40)?];
    let after = &line[label.len() + 1..];
    if !(after.starts_with(' ') || after.is_empty()) {
        return None;
    }
    // "PRESS CONFERENCE: MONDAY, 11 NOVEMBER 2019" heads a page.
    let year = |w: &str| w.len() == 4 && w.starts_with(['1', '2']) && w.parse::<u16>().is_ok();
    if !after.contains(char::is_lowercase) && after.split_whitespace().any(year) {
        return None;
    }
    let words = label.trim();
    if matches!(words, "Q" | "QUESTION" | "Question" | "INTERVIEWER" | "Interviewer" | "REPORTER" | "Reporter") {
        return Some(BlockKind::Question);
    }
    if matches!(words, "A" | "ANSWER" | "Answer") {
        return Some(BlockKind::Answer);
    }
    is_turn_label(words).then_some(BlockKind::Answer)
}

/// A line that opens with the label of a turn.
pub fn is_turn(line: &str) -> bool {
    let label = line.find(": ").filter(|&at| at <= 40).map_or("", |at| line[..at].trim());
    let first = label.split_whitespace().next().unwrap_or("");
    if is_link(&line.to_lowercase()) {
        return false;
    }
    let capitals = label.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '(' | ')'));
    capitals || matches!(first, "Q" | "A") || turn(line).is_some()
}

/// A line that reads like running text: long, or closed by a mark.
pub fn is_prose(line: &str) -> bool {
    line.len() > 160 || ends_sentence(line)
}

/// Where the signature of a post begins on its line: "We lost it all.— Jane Roe(@janeroe) May 13, 2024". Behind the
/// handle stands a date or nothing.
pub fn signature(line: &str) -> Option<usize> {
    let handle = line.rfind("(@")?;
    let close = handle + line[handle..].find(')')?;
    let name = line[..handle].trim_end();
    let at = name.char_indices().rev().find(|(_, c)| matches!(c, '—' | '–' | '―')).map(|(i, _)| i);
    let at = at.or_else(|| name.rfind(" - ").map(|i| i + 1)).or_else(|| name.rfind("--"))?;
    // "— Rep. Jo Roe (@joroe)": the point of a title ends no sentence.
    let ends = |w: &str| w.ends_with('.') && w.trim_matches(['—', '–', '-']).chars().count() > 5;
    let signs = name[at..].split_whitespace().count() <= 8
        && !name[at..].split_whitespace().any(ends)
        && !name[at..].contains(['?', '!', ':']);
    let rest = line[close + 1..].trim();
    let dated = rest.is_empty() || rest.len() <= 40 && rest.chars().any(|c| c.is_ascii_digit());
    (signs && dated).then_some(at)
}

/// A speaker's label in capitals: "MR ROE", "PRESIDENT DOE", "GEN. ROE".
fn is_turn_label(words: &str) -> bool {
    words.len() >= 3
        && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && words.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '’'))
        && words.split_whitespace().count() <= if words.contains(',') { 7 } else { 5 }
        && (words.split_whitespace().count() >= 2 || matches!(words, "QUESTION" | "ANSWER" | "MODERATOR" | "HOST"))
}

/// Where a turn begins that was glued to the words before it: "… yes.MR ROE: No.".
pub fn glued_turn(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    for colon in memchr::memchr_iter(b':', bytes) {
        if bytes.get(colon + 1) != Some(&b' ') {
            continue;
        }
        let mut at = colon;
        while at > 0 && (bytes[at - 1].is_ascii_uppercase() || matches!(bytes[at - 1], b' ')) {
            at -= 1;
        }
        let label = &line[at..colon];
        if at == 0 || label.starts_with(' ') || !is_turn_label(label) {
            continue;
        }
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_lowercase() || matches!(c, '.' | '?' | '!' | '…' | ']' | '"' | '”' | ')' | '—'))
        {
            return Some(at);
        }
    }
    None
}

/// "1. First", "2) Second": an item of a numbered list.
fn numbered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
}

/// "Jane Roe @janeroe Words of the post", "— Jane Roe (@janeroe) March 5, 2024".
fn is_post(line: &str) -> bool {
    if signature(line) == Some(0) || line.starts_with("RT @") {
        return true;
    }
    // "Ana Brook (@abrook): We lost 40 homes".
    let line = &line.replacen(" (@", " @", 1);
    let Some(at) = line.find(" @").filter(|&at| at < 60 && at > 0) else { return false };
    let name = line[..at].trim_end_matches([' ', '-', '|']);
    let words = name.split_whitespace().count();
    (1..=7).contains(&words)
        && name.split_whitespace().all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || matches!(w, "account" | "of" | "de" | "the" | "al")
        })
}

/// True when a line ends as sentences do.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// A short line without a full stop at its end, beginning with a capital, a digit or a quotation mark.
fn looks_like_heading(line: &str, longest: usize) -> bool {
    let stop = line.ends_with('.') && !line.ends_with("...");
    line.chars().count() <= longest
        && !stop
        && line.chars().any(char::is_alphabetic)
        && line.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '"' | '‘' | '“' | '#' | '[')
        })
}
