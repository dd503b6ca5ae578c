//! Exports of press databases and reference managers as text, several articles a file: LexisNexis and Nexis Uni, Factiva,
//! ProQuest, RIS.

use std::path::{Path, PathBuf};

use super::error::Refusal;
use super::json::bare_author;
use super::{Error, ErrorKind, Format, Part, dates};
use crate::text::{Document, FoundIn, Source};

const TITLES: Refusal = Refusal { sort: "an article without text", remedy: "export it again, with the full text" };

/// Which database wrote a text, if one did.
pub fn format(text: &str) -> Option<Format> {
    let mut lines = text.lines().map(str::trim);
    let first: Vec<&str> = lines.by_ref().filter(|l| !l.is_empty()).take(400).collect();
    let starts = |word: &str| first.iter().any(|l| l.get(..word.len()).is_some_and(|l| l.eq_ignore_ascii_case(word)));
    if first.iter().take(3).any(|l| l.starts_with("TY  - ")) {
        return Some(Format::Ris);
    }
    let is_counted = first.iter().take(80).any(|l| is_count(l));
    let has_length = first.iter().any(|l| label(l).is_some_and(|(name, _)| name == "LENGTH"));
    if (is_counted && has_length)
        || (has_length && (starts("Load-Date:") || starts("LOAD-DATE:") || starts("End of Document")))
    {
        return Some(Format::LexisNexis);
    }
    let codes = |wanted: &[&str]| wanted.iter().all(|w| first.iter().any(|l| code(l).is_some_and(|(c, _)| c == *w)));
    if codes(&["HD", "PD", "SN"]) || codes(&["HD", "PD", "LP"]) {
        return Some(Format::Factiva);
    }
    if first.iter().any(|l| is_accession(l)) && first.iter().any(|l| is_word_count(l)) {
        return Some(Format::Factiva);
    }
    let fields = ["Full text:", "Publication title:", "Publication date:", "ProQuest document ID:", "Title:"];
    (fields.iter().filter(|f| starts(f)).count() >= 3).then_some(Format::ProQuest)
}

/// The articles of an export.
pub fn articles(format: Format, text: &str, path: &Path) -> Articles {
    let pieces = match format {
        Format::LexisNexis => nexis_pieces(text),
        Format::Factiva => factiva_pieces(text),
        Format::ProQuest => proquest_pieces(text),
        _ => ris_pieces(text),
    };
    Articles { format, pieces: pieces.into_iter(), number: 0, path: path.to_owned() }
}

/// The articles of an export, one after another.
pub struct Articles {
    format: Format,
    /// The first line of each piece, from 1, and its lines.
    pieces: std::vec::IntoIter<(usize, String)>,
    number: usize,
    path: PathBuf,
}

impl Iterator for Articles {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, piece) = self.pieces.next()?;
        self.number += 1;
        let draft = match self.format {
            Format::LexisNexis => nexis(&piece),
            Format::Factiva => factiva(&piece),
            Format::ProQuest => proquest(&piece),
            _ => ris(&piece),
        };
        let part = part(draft, self.number, &self.path).map_err(|e| e.at_line(line));
        Some(part.map(|part| part.placed(|e| e.at_line(line))))
    }
}

/// An article of an export, with what of it could not be understood.
///
/// # Errors
/// An article without text.
pub(super) fn part(draft: Draft, number: usize, path: &Path) -> Result<Part, Error> {
    if draft.body.trim().is_empty() {
        let cause = "an article without text: the export may hold titles only";
        return Err(Error { refusal: Some(TITLES), ..Error::new(ErrorKind::NoText, path, cause) });
    }
    let mut losses = Vec::new();
    let day = |d: &str| dates::find(d, FoundIn::Given).or_else(|| dates::parse_in(d, FoundIn::Given, None));
    let published = draft.date.as_deref().and_then(|d| day(d).or_else(|| day(&unbroken(d))));
    if let (None, Some(date)) = (&published, &draft.date) {
        losses.push(super::json::odd_date(path, date));
    }
    let loaded = draft.loaded.as_deref().filter(|_| published.is_none());
    let published = published.or_else(|| loaded.and_then(|d| dates::find(d, FoundIn::Loaded)));
    let source = Source {
        url: draft.url,
        title: draft.title,
        publisher: draft.publisher,
        authors: draft.authors,
        published,
        language: draft.language,
        ..Source::default()
    };
    Ok(Part { losses, ..Part::one(Document::new(source, closed(&draft.body)), number) })
}

/// A day without the blanks that mail has put between its digits: `Jan 1 7, 2 009`.
fn unbroken(day: &str) -> String {
    let signs: Vec<char> = day.chars().collect();
    let is_digit = |n: usize| signs.get(n).is_some_and(char::is_ascii_digit);
    let kept = (0..signs.len()).filter(|n| signs[*n] != ' ' || *n == 0 || !is_digit(n - 1) || !is_digit(n + 1));
    kept.map(|n| signs[n]).collect()
}

/// A text without what stands below articles: lines of signs, an address for letters.
fn closed(body: &str) -> &str {
    let mut body = body.trim_end();
    loop {
        let (rest, last) = body.rsplit_once("\n\n").unwrap_or(("", body));
        let is_address = last.contains('@') && !last.trim().contains(' ');
        let is_rule = !last.chars().any(char::is_alphanumeric) || matches!(last, "Illustration" | "Illustrations");
        if rest.is_empty() || !(is_address || is_rule) {
            return body;
        }
        body = rest.trim_end();
    }
}

/// What an export says of an article.
#[derive(Default)]
pub(super) struct Draft {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    /// The day on which the database took it in.
    pub loaded: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub body: String,
}

/// Divides at lines that end a piece (`true`) or begin one (`false`); pieces without a letter are left out.
fn pieces(text: &str, cuts: impl Fn(&str) -> Option<bool>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut piece, mut first) = (String::new(), 1);
    let mut close = |piece: &mut String, first: usize| {
        let piece = std::mem::take(piece);
        if piece.chars().any(char::is_alphabetic) {
            found.push((first, piece));
        }
    };
    for (number, line) in text.lines().enumerate() {
        match cuts(line.trim()) {
            Some(true) => {
                piece.push_str(line);
                close(&mut piece, first);
                first = number + 2;
            }
            Some(false) => {
                close(&mut piece, first);
                piece.push_str(line);
                piece.push('\n');
                first = number + 1;
            }
            None => {
                piece.push_str(line);
                piece.push('\n');
            }
        }
    }
    close(&mut piece, first);
    found
}

/// Paragraphs: lines that follow one another are one, as these exports break lines at a fixed width.
fn paragraphs<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        let line = line.trim();
        match (line.is_empty(), is_open, found.last_mut()) {
            (true, _, _) => is_open = false,
            (false, true, Some(last)) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => {
                found.push(line.to_owned());
                is_open = true;
            }
        }
    }
    found
}

/// `Ann Lee; Bo Ray`, `By Ann Lee and Bo Ray`.
pub(super) fn people(text: &str) -> Vec<String> {
    let bare = bare_author(text);
    let parts = bare.split(';').flat_map(|p| p.split(" and "));
    parts.map(|p| p.trim().trim_end_matches(',').to_owned()).filter(|p| !p.is_empty()).collect()
}

// LexisNexis and Nexis Uni.

/// `1 of 2 DOCUMENTS`, `Document 1 of 2`, and the same in the other languages of the interface: `Dokument 1 von 2`,
/// `Document 1 de 2`.
fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    let is_of = |w: &str| matches!(w.to_lowercase().as_str(), "of" | "von" | "de" | "sur" | "di" | "van");
    match words.as_slice() {
        [one, of, all, what] if is_number(one) => is_of(of) && is_number(all) && is_document(what),
        [what, one, of, all] => is_document(what) && is_number(one) && is_of(of) && is_number(all),
        _ => false,
    }
}

/// What labels are called in the other languages of the interface.
const LABELS: &[(&str, &str)] = &[
    ("LÄNGE", "LENGTH"),
    ("LONGUEUR", "LENGTH"),
    ("LONGITUD", "LENGTH"),
    ("LENGTE", "LENGTH"),
    ("LUNGHEZZA", "LENGTH"),
    ("AUTOR", "BYLINE"),
    ("AUTEUR", "BYLINE"),
    ("AUTORE", "BYLINE"),
    ("RUBRIK", "SECTION"),
    ("RUBRIQUE", "SECTION"),
    ("SECCIÓN", "SECTION"),
    ("SEZIONE", "SECTION"),
    ("SPRACHE", "LANGUAGE"),
    ("LANGUE", "LANGUAGE"),
    ("IDIOMA", "LANGUAGE"),
    ("TAAL", "LANGUAGE"),
    ("LINGUA", "LANGUAGE"),
    ("UPDATE", "LOAD-DATE"),
    ("DATE-CHARGEMENT", "LOAD-DATE"),
    ("FECHA-CARGA", "LOAD-DATE"),
    ("GRAFIK", "GRAPHIC"),
    ("GRAPHIQUE", "GRAPHIC"),
    ("TYPE-PUBLICATION", "PUBLICATION-TYPE"),
    ("TYPE PUBLICATION", "PUBLICATION-TYPE"),
    ("PUBLICATIONTYPE", "PUBLICATION-TYPE"),
    ("ZEITUNGS-CODE", "JOURNAL-CODE"),
    ("ÜBERSCHRIFT", "HEADLINE"),
];

/// Labels before the text of an article.
const BEFORE: &[&str] =
    &["BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SERIES", "EDITION", "AUTHOR", "SOURCE", "HEADLINE"];

/// Labels after it.
const AFTER: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "PUBLICATION TYPE",
    "GRAPHIC",
    "SUBJECT",
    "JOURNAL-CODE",
    "JOURNAL CODE",
    "DOCUMENT-TYPE",
    "NOTES",
    "URL",
    "ORGANIZATION",
    "COMPANY",
    "TICKER",
    "INDUSTRY",
    "GEOGRAPHIC",
    "PERSON",
    "COUNTRY",
    "STATE",
    "CITY",
    "TYPE",
    "ACC-NO",
    "CORRECTION-DATE",
    "DISTRIBUTION",
    "PUB-TYPE",
    "ENHANCEMENT",
];

/// A label in capitals and what stands after it.
fn label(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let is_short = name.len() <= 20;
    let name = if is_short { name.to_uppercase() } else { String::new() };
    // A line of the text may begin so; over a day it is the database's.
    if name == "UPDATE" && dates::find(value, FoundIn::Loaded).is_none() {
        return None;
    }
    let name = LABELS.iter().find(|(other, _)| *other == name).map_or(name, |(_, own)| (*own).to_owned());
    (BEFORE.contains(&name.as_str()) || AFTER.contains(&name.as_str())).then_some((name, value.trim()))
}

fn nexis_pieces(text: &str) -> Vec<(usize, String)> {
    let ends = text.lines().any(|l| l.trim() == "End of Document");
    let found = pieces(text, |line| match ends {
        true => (line == "End of Document").then_some(true),
        false => is_count(line).then_some(false),
    });
    // The first page tells what was searched for, the last one may be empty.
    let is_article = |piece: &str| {
        piece.lines().any(|l| label(l.trim()).is_some_and(|(name, _)| name == "LENGTH") || l.trim() == "Body")
    };
    let found = found.into_iter().filter(|(_, piece)| is_article(piece) || piece.lines().any(|l| is_count(l.trim())));
    found.map(|(line, piece)| without_cover(line, piece)).collect()
}

/// Lines of the page that Nexis Uni puts before the articles: who asked, when and for what, and the list of headlines.
fn is_cover(line: &str) -> bool {
    let lower = line.to_lowercase();
    let starts = [
        "user name:",
        "date and time:",
        "job number:",
        "client/matter:",
        "search terms:",
        "search type:",
        "narrowed by:",
        "content type narrowed by",
        "about lexisnexis",
        "| about lexisnexis",
    ];
    let joined = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    starts.iter().any(|s| joined.starts_with(s))
        || joined.contains("about lexisnexis")
        || (joined.starts_with("copyright ©") && joined.contains("lexisnexis"))
        || joined
            .strip_prefix("documents (")
            .is_some_and(|n| n.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit()))
        || joined
            .strip_prefix("document (")
            .is_some_and(|n| n.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit()))
}

/// A piece without the page before the first article, and the line on which it then begins.
fn without_cover(first: usize, piece: String) -> (usize, String) {
    let lines: Vec<&str> = piece.lines().collect();
    let begins = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).take(12).filter(|l| is_cover(l)).count() >= 2;
    if !begins {
        return (first, piece);
    }
    // Two labels in a row stand over an article alone.
    let head = lines.iter().position(|l| label(l.trim()).is_some() || l.trim() == "Body").unwrap_or(lines.len());
    let last = lines[..head].iter().rposition(|l| is_cover(l.trim())).unwrap_or(0);
    // The list has the headline of each article after its number; the article begins with it.
    let folded = |l: &str| l.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let listed = lines[..=last].iter().find_map(|l| l.trim().strip_prefix("1. ").map(folded)).filter(|t| !t.is_empty());
    let named = listed.and_then(|title| {
        let is_it = |l: &&str| {
            let line = folded(l);
            line.chars().count() > 3 && (title == line || title.starts_with(&line) || line.starts_with(&title))
        };
        lines[last + 1..head].iter().position(is_it)
    });
    // What a search was narrowed by stands in lines of its own below it, up to an empty one.
    let empty = lines[last + 1..head].iter().position(|l| l.trim().is_empty() || l.contains('\u{c}'));
    let from = last + 1 + named.or(empty).unwrap_or(0);
    (first + from, lines[from..].join("\n").replace('\u{c}', "\n"))
}

fn nexis(piece: &str) -> Draft {
    let lines: Vec<&str> = piece.lines().map(str::trim).collect();
    let is_before = |l: &str| label(l).is_some_and(|(name, _)| BEFORE.contains(&name.as_str()));
    let is_after = |l: &str| {
        label(l).is_some_and(|(name, _)| AFTER.contains(&name.as_str()))
            || matches!(l, "Classification" | "Graphic" | "Notes" | "End of Document" | "Load-Date")
    };
    let head_end = lines.iter().position(|l| is_before(l) || *l == "Body").unwrap_or(lines.len());
    let is_noise = |l: &str| {
        let lower = l.to_ascii_lowercase();
        is_count(l)
            || lower.starts_with("copyright ")
            || lower.starts_with("all rights reserved")
            || lower.starts_with("page ")
            || lower == "correction appended"
            || ((lower.ends_with(" edition") || lower.contains("edition - "))
                && dates::find(l, FoundIn::Given).is_none())
    };
    let kept = lines[..head_end].iter().map(|l| if is_noise(l) { "" } else { l });
    let head = paragraphs(kept);
    let day = head.iter().position(|p| p.chars().count() < 80 && dates::find(p, FoundIn::Given).is_some());
    let mut draft = Draft { date: day.map(|d| head[d].clone()), ..Draft::default() };
    match day {
        // The newspaper, the day, the headline.
        Some(d) if head.len() > d + 1 => {
            draft.publisher = head[..d].first().cloned();
            draft.title = head.last().cloned();
        }
        // The headline, the newspaper, the day: three lines that may stand close together.
        Some(d) => {
            draft.title = head.first().filter(|_| d > 0).cloned();
            draft.publisher = head.get(1).filter(|_| d > 1).cloned();
        }
        None => {
            draft.title = head.first().cloned();
            draft.publisher = head.get(1).cloned();
        }
    }
    if day == Some(0) || day == Some(1) && head.len() == 2 || day.is_none() {
        close_head(&lines[..head_end], &is_noise, &mut draft);
    }
    // The text begins after the last label before it, or after the word "Body".
    let mut body = lines.iter().position(|l| *l == "Body").map(|at| at + 1);
    if body.is_none() {
        let mut at = head_end;
        while at < lines.len() && (lines[at].is_empty() || is_before(lines[at])) {
            // A label's value runs to the next empty line.
            while at < lines.len() && !lines[at].is_empty() {
                at += 1;
            }
            while at < lines.len() && lines[at].is_empty() {
                at += 1;
            }
        }
        body = Some(at);
    }
    let body = body.unwrap_or(lines.len()).min(lines.len());
    let end = lines[body..].iter().position(|l| is_after(l)).map_or(lines.len(), |n| body + n);
    let mut text: Vec<&str> = lines[body..end].to_vec();
    while text.last().is_some_and(|l| is_noise(l) || l.is_empty()) {
        text.pop();
    }
    draft.body = paragraphs(text.into_iter()).join("\n\n");
    for line in &lines {
        let Some((name, value)) = label(line) else { continue };
        match name.as_str() {
            "BYLINE" | "AUTHOR" if draft.authors.is_empty() => draft.authors = people(value),
            "LANGUAGE" if !value.is_empty() => draft.language = Some(value.to_owned()),
            "HEADLINE" if !value.is_empty() => draft.title = Some(value.to_owned()),
            "URL" if value.starts_with("http") => draft.url = Some(value.to_owned()),
            "LOAD-DATE" if draft.date.is_none() => draft.loaded = Some(value.to_owned()),
            _ => {}
        }
    }
    // "Daily News (Port Alder)", "The Herald, London": the place is not part of the name.
    draft.publisher = draft.publisher.map(|p| p.split('(').next().unwrap_or(&p).trim().to_owned());
    draft
}

/// A head whose lines stand close together: headline, newspaper and day line by line.
fn close_head(lines: &[&str], is_noise: &impl Fn(&str) -> bool, draft: &mut Draft) {
    let lines: Vec<&str> = lines.iter().copied().filter(|l| !l.is_empty() && !is_noise(l)).collect();
    let Some(day) = lines.iter().position(|l| l.chars().count() < 60 && dates::find(l, FoundIn::Given).is_some())
    else {
        return;
    };
    draft.date = Some(lines[day].to_owned());
    if day >= 2 {
        // The headline may stand over the page and over the article.
        let headline = &lines[..day - 1];
        let (once, again) = headline.split_at(headline.len() / 2);
        let headline = if once == again { once } else { headline };
        draft.title = Some(headline.join(" "));
        draft.publisher = Some(lines[day - 1].to_owned());
    } else if day == 1 {
        draft.publisher = Some(lines[0].to_owned());
        draft.title = lines.get(2).map(|l| (*l).to_owned());
    }
}

// Factiva.

const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO",
    "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "ART", "GC", "DE", "CX",
];

/// True for a code before what Factiva says of an article.
pub(super) fn is_code(word: &str) -> bool {
    CODES.contains(&word)
}

/// A field's code and what stands after it on its line.
fn code(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    is_code(code).then_some((code, rest.trim()))
}

/// `Document DAN0000020180617`, the last line of an article; old ones are in small letters.
fn is_accession(line: &str) -> bool {
    let rest = line.strip_prefix("AN ").unwrap_or(line).trim();
    let number = rest.split_once(' ').filter(|(word, _)| is_document(word)).map_or("", |(_, number)| number);
    number.len() >= 12
        && number.starts_with(|c: char| c.is_ascii_alphabetic())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8
        && number.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `Document`, and in the other languages of an interface `Dokument`, `Documento`; also more of them.
fn is_document(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.starts_with("document") || lower.starts_with("dokument")
}

/// `1,033 words`, and the same in the other languages of the interface.
fn is_word_count(line: &str) -> bool {
    let (number, word) = line.rsplit_once(' ').unwrap_or((line, ""));
    let is_words =
        matches!(word, "words" | "Wörter" | "mots" | "palabras" | "parole" | "palavras" | "woorden" | "ord" | "слов");
    is_words
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'))
}

fn factiva_pieces(text: &str) -> Vec<(usize, String)> {
    let is_coded = text.lines().any(|l| code(l.trim()).is_some_and(|(c, _)| c == "HD"));
    let found = pieces(text, |line| {
        let ends = match is_coded {
            true => code(line).is_some_and(|(c, rest)| c == "AN" && !rest.is_empty()) || is_accession(line),
            false => is_accession(line),
        };
        ends.then_some(true)
    });
    // After the last article stands what was searched for.
    let is_article = |piece: &str| !piece.trim_start().starts_with("Search Summary");
    found.into_iter().filter(|(_, piece)| is_article(piece)).collect()
}

fn factiva(piece: &str) -> Draft {
    if !piece.lines().any(|l| code(l.trim()).is_some_and(|(c, _)| c == "HD")) {
        return factiva_plain(piece);
    }
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in piece.lines() {
        let line = line.trim();
        match (code(line), fields.last_mut()) {
            (Some((code, rest)), _) => fields.push((code, vec![rest])),
            (None, Some(last)) => last.1.push(line),
            (None, None) => {}
        }
    }
    coded(|code| {
        let lines = fields.iter().filter(|(own, _)| *own == code).flat_map(|(_, lines)| lines.iter().copied());
        Some(paragraphs(lines).join("\n\n")).filter(|t| !t.is_empty())
    })
}

/// An article of Factiva by what stands behind its codes.
pub(super) fn coded(get: impl Fn(&str) -> Option<String>) -> Draft {
    let body: Vec<String> = ["LP", "TD"].iter().filter_map(|c| get(c)).collect();
    Draft {
        title: get("HD"),
        publisher: get("SN"),
        date: get("PD"),
        authors: get("BY").map(|b| people(&b)).unwrap_or_default(),
        language: get("LA"),
        body: body.join("\n\n"),
        ..Draft::default()
    }
}

/// The layout without codes: headline, byline, count of words, day, time, newspaper, its code, language, copyright, text.
pub(super) fn factiva_plain(piece: &str) -> Draft {
    let lines: Vec<&str> = piece.lines().map(str::trim).collect();
    let Some(count) = lines.iter().position(|l| is_word_count(l)) else { return Draft::default() };
    let mut draft = Draft::default();
    let head: Vec<&str> = lines[..count].iter().copied().filter(|l| !l.is_empty()).collect();
    if let Some(by) = head.iter().rposition(|l| l.get(..3).is_some_and(|b| b.eq_ignore_ascii_case("by "))) {
        draft.authors = people(head[by]);
        draft.title = head[..by].last().map(|l| (*l).to_owned());
    } else {
        draft.title = head.first().map(|l| (*l).to_owned());
    }
    let after: Vec<(usize, &str)> =
        (count + 1..lines.len()).map(|n| (n, lines[n])).filter(|(_, l)| !l.is_empty()).collect();
    let day = after.iter().take(4).position(|(_, l)| dates::find(l, FoundIn::Given).is_some());
    let Some(day) = day else { return Draft { body: paragraphs(after.iter().map(|(_, l)| *l)).join("\n\n"), ..draft } };
    draft.date = Some(after[day].1.to_owned());
    let is_clock = |l: &str| l.contains(':') && l.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b' ');
    let paper = (day + 1..after.len()).find(|n| !is_clock(after[*n].1));
    draft.publisher = paper.map(|n| after[n].1.to_owned());
    let rights = after.iter().skip(day).take(12).position(|(_, l)| {
        l.starts_with("(c)") || l.starts_with('©') || l.get(..9).is_some_and(|c| c.eq_ignore_ascii_case("copyright"))
    });
    let start = rights.map_or(paper.map_or(day, |p| p + 1), |n| day + n) + 1;
    draft.language =
        after[day..start.min(after.len())].iter().map(|(_, l)| *l).find(|l| *l == "English").map(str::to_owned);
    let from = after.get(start).map_or(lines.len(), |(n, _)| *n);
    let text = lines[from..].iter().copied().filter(|l| !is_accession(l));
    let mut text = paragraphs(text);
    // Below the text stands once more whose it is.
    let owner = rights.map_or("", |n| after[day + n].1);
    if text.len() > 1 && text.last().is_some_and(|last| owner.contains(last.as_str())) {
        text.pop();
    }
    draft.body = text.join("\n\n");
    draft
}

// ProQuest.

/// Fields that are known, so that a colon in the text ends nothing.
const FIELDS: &[&str] = &[
    "Title",
    "Author",
    "Authors",
    "Publication title",
    "Publication date",
    "Publication year",
    "Publication info",
    "Full text",
    "Abstract",
    "Subject",
    "Subjects",
    "Location",
    "People",
    "Company / organization",
    "Company",
    "Identifier / keyword",
    "Links",
    "Source type",
    "Language of publication",
    "Language",
    "Document type",
    "Document URL",
    "ProQuest document ID",
    "Copyright",
    "Last updated",
    "Database",
    "Place of publication",
    "Country of publication",
    "Publisher",
    "ISSN",
    "Section",
    "First page",
    "Pages",
    "Number of pages",
    "Dateline",
    "Column",
    "Volume",
    "Issue",
    "Publication subject",
    "Credit",
    "Caption",
];

fn proquest_pieces(text: &str) -> Vec<(usize, String)> {
    let is_rule = |line: &str| line.len() >= 20 && (line.bytes().all(|b| b == b'_') || line.bytes().all(|b| b == b'*'));
    // A line between articles, or "Document 2 of 40" before each.
    let found = pieces(text, |line| match is_rule(line) {
        true => Some(true),
        false => is_count(line).then_some(false),
    });
    // What stands before the first article and after the last one: a heading, terms of use.
    found
        .into_iter()
        .filter(|(_, piece)| {
            piece.lines().any(|l| field(l).is_some_and(|(name, _)| matches!(name, "Full text" | "Publication title")))
        })
        .collect()
}

/// Headings that stand on a line of their own, with a colon or without.
const HEADINGS: &[&str] = &["Full text", "Abstract", "Details", "References", "Indexing (document details)"];

/// The field that a line begins, and what stands after its name: `Title: …`, `FULL TEXT`.
pub(super) fn field(line: &str) -> Option<(&'static str, &str)> {
    let known = |list: &[&'static str], name: &str| list.iter().copied().find(|f| f.eq_ignore_ascii_case(name.trim()));
    if let Some(name) = known(HEADINGS, line.trim().trim_end_matches(':')) {
        return Some((name, ""));
    }
    let (name, rest) = line.split_once(':')?;
    // In small letters a word before a colon is one of the text.
    let is_name = name.trim_start().starts_with(char::is_uppercase);
    known(FIELDS, name).filter(|_| is_name).map(|name| (name, rest))
}

fn proquest(piece: &str) -> Draft {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut before = Vec::new();
    for line in piece.lines() {
        match (field(line), fields.last_mut()) {
            (Some((name, rest)), _) => fields.push((name, vec![rest])),
            (None, _) if is_count(line.trim()) || matches!(line.trim(), "Illustration" | "Illustrations") => {}
            (None, Some(last)) => last.1.push(line),
            (None, None) => before.push(line),
        }
    }
    let get = |name: &str| {
        let (_, lines) = fields.iter().find(|(own, _)| *own == name)?;
        Some(paragraphs(lines.iter().copied().filter(|l| !l.starts_with("_____"))).join("\n\n"))
            .filter(|t| !t.is_empty())
    };
    named(get, paragraphs(before.into_iter()).first().cloned())
}

/// An article of ProQuest by what stands behind the names of its fields, with the headline over it.
pub(super) fn named(get: impl Fn(&str) -> Option<String>, headline: Option<String>) -> Draft {
    let body = get("Full text").filter(|t| !t.to_ascii_lowercase().starts_with("not available"));
    // "Bridge closed: [Final Edition]": the edition is none of the headline.
    let title = get("Title").or(headline).map(|title| match title.rsplit_once(": [") {
        Some((head, edition)) if edition.len() <= 60 && edition.ends_with(']') => head.to_owned(),
        _ => title,
    });
    let by = |credit: String| bare_author(&credit).split(',').next().unwrap_or_default().to_owned();
    let author = get("Author").or_else(|| get("Authors")).or_else(|| get("Credit").map(by));
    Draft {
        title,
        publisher: get("Publication title").map(|p| {
            let bare = p.split([';', '[', '(']).next().unwrap_or(&p).trim();
            // "Daily News, London (UK)": the place is not part of the name.
            let place = bare.rsplit_once(", ").filter(|_| p.contains('('));
            place.map_or(bare, |(name, _)| name).to_owned()
        }),
        date: get("Publication date").or_else(|| get("Publication info")),
        authors: author.map(|a| people(&a)).unwrap_or_default(),
        language: get("Language of publication").or_else(|| get("Language")),
        url: get("Document URL").filter(|u| u.starts_with("http")),
        body: body.unwrap_or_default(),
        ..Draft::default()
    }
}

// RIS, as Zotero, EndNote and many archives write it.

fn ris_pieces(text: &str) -> Vec<(usize, String)> {
    pieces(text, |line| line.starts_with("ER  -").then_some(true))
}

fn ris(piece: &str) -> Draft {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in piece.lines() {
        match (line.get(..6).filter(|tag| tag.ends_with("  - ") || *tag == "ER  -"), fields.last_mut()) {
            (Some(tag), _) => fields.push((&tag[..2], line[6..].trim().to_owned())),
            (None, Some(last)) => {
                last.1.push('\n');
                last.1.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    let get = |tags: &[&str]| {
        let found =
            tags.iter().find_map(|t| fields.iter().find(|(own, value)| own == t && !value.trim().is_empty()))?;
        Some(found.1.trim().to_owned())
    };
    let people =
        fields.iter().filter(|(tag, _)| matches!(*tag, "AU" | "A1")).map(|(_, name)| match name.split_once(", ") {
            Some((last, first)) => format!("{first} {last}"),
            None => name.clone(),
        });
    Draft {
        title: get(&["TI", "T1"]),
        publisher: get(&["T2", "JO", "JF", "PB"]),
        date: get(&["DA", "Y1", "PY"]).map(|d| d.trim_end_matches('/').to_owned()),
        authors: people.collect(),
        language: get(&["LA"]),
        url: get(&["UR"]),
        body: get(&["AB", "N2"]).unwrap_or_default(),
        ..Draft::default()
    }
}
