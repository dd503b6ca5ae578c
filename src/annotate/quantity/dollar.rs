//! Whose dollar a bare "$" is: that of the country in which the article was published.

use std::sync::LazyLock;

use crate::lexicon::table;
use crate::text::Document;

static DOLLARS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    table::rows(include_str!("en/dollars.tsv")).map(|(_, cells)| (cells[0], table::list(cells[1]).collect())).collect()
});

/// The ISO 4217 code of a bare "$" in an article: by the publisher's name, the host of the address, or the dateline
/// ("SYDNEY, Australia —"); the US dollar where nothing tells.
pub fn of(doc: &Document) -> &'static str {
    let source = &doc.source;
    let host = source.url.as_deref().map(|u| {
        let rest = u.split_once("://").map_or(u, |(_, rest)| rest);
        rest.split(['/', ':', '?', '#']).next().unwrap_or_default().to_lowercase()
    });
    let publisher = source.publisher.as_deref().unwrap_or_default().to_lowercase();
    // A publisher may be given as its domain.
    let hosts = [host.as_deref().unwrap_or_default(), publisher.as_str()];
    let dateline = dateline(doc.text()).to_lowercase();
    let said = |word: &str| match word.starts_with('.') {
        true => hosts.iter().any(|h| h.ends_with(word)),
        false => whole(&publisher, word) || whole(&dateline, word),
    };
    DOLLARS.iter().find(|(_, words)| words.iter().any(|w| said(w))).map_or("USD", |(code, _)| code)
}

/// The place before the first dash of the text, where it is short and begins in capitals: "SYDNEY, Australia".
fn dateline(text: &str) -> &str {
    let start = text.trim_start();
    let end = start.char_indices().take(60).find(|(_, c)| matches!(c, '—' | '–' | '\n')).map(|(i, _)| i);
    let place = end.map_or("", |e| &start[..e]);
    let city: Vec<char> = place.chars().take_while(|c| c.is_alphabetic() || *c == ' ').collect();
    let capitals = city.iter().filter(|c| c.is_alphabetic()).count() >= 3 && city.iter().all(|c| !c.is_lowercase());
    if capitals { place } else { "" }
}

/// `word` stands in `text` with no letter on either side.
fn whole(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}
