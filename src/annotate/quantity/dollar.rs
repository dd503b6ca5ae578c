//! Whose dollar a bare "$" is: that of the country in which the article was published.

use std::sync::LazyLock;

use crate::lexicon::table;
use crate::text::{BlockKind, Document};

static DOLLARS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    table::rows(include_str!("en/dollars.tsv")).map(|(_, cells)| (cells[0], table::list(cells[1]).collect())).collect()
});

/// Agencies whose reports go to papers of all countries.
const AGENCIES: &[&str] = &["ap", "associated press", "reuters", "afp", "upi", "bloomberg", "dpa", "xinhua"];

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
    let dateline = place(doc).to_lowercase();
    // International agencies write "$" for the US dollar wherever they report from: "TORONTO (AP) —".
    let agency = AGENCIES.iter().any(|a| whole(&dateline, a));
    let dateline = if agency { "" } else { dateline.as_str() };
    let said = |word: &str| match word.starts_with('.') {
        true => hosts.iter().any(|h| h.ends_with(word)),
        false => whole(&publisher, word) || whole(dateline, word),
    };
    DOLLARS.iter().find(|(_, words)| words.iter().any(|w| said(w))).map_or("USD", |(code, _)| code)
}

/// The dateline of the report, "SYDNEY, Australia —": the first block of that kind.
fn place(doc: &Document) -> &str {
    let datelines = doc.blocks.iter().filter(|b| b.kind == BlockKind::Dateline).map(|b| doc.slice(b.span));
    datelines.take(6).find(|t| t.ends_with(['—', '–', '-', '―', ':']) || !t.contains(char::is_lowercase)).unwrap_or("")
}

/// `word` stands in `text` with no letter on either side.
fn whole(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}
