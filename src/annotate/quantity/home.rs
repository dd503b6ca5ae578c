//! Whose money a bare word is: the dollar of the country in which the article was published, the kroner of the country it tells of.

use std::cell::OnceCell;
use std::sync::LazyLock;

use crate::lexicon::table;
use crate::text::{BlockKind, Document};

/// A currency that shares its name with others.
struct Money {
    code: &'static str,
    /// The bare words that may mean it.
    bare: Vec<&'static str>,
    /// The country of which the article speaks tells, too.
    by_text: bool,
    /// What tells.
    tells: Vec<&'static str>,
}

static MONEY: LazyLock<Vec<Money>> = LazyLock::new(|| {
    let list = |cell: &'static str| table::list(cell).collect();
    table::rows(include_str!("en/homes.tsv"))
        .map(|(_, c)| Money { code: c[0], bare: list(c[1]), by_text: c[2] == "text", tells: list(c[3]) })
        .collect()
});

/// Agencies whose reports go to papers of all countries.
const AGENCIES: &[&str] = &["ap", "associated press", "reuters", "afp", "upi", "bloomberg", "dpa", "xinhua"];

/// Where an article is at home.
pub struct Home<'d> {
    doc: &'d Document,
    /// The address's host, and the publisher, which may be given as its domain.
    hosts: [String; 2],
    dateline: String,
    /// How often the article's text has the words that tell each currency; counted when first asked.
    told: OnceCell<Vec<usize>>,
}

impl<'d> Home<'d> {
    /// Reads publisher, address and dateline ("SYDNEY, Australia —").
    pub fn of(doc: &'d Document) -> Home<'d> {
        let host = doc.source.url.as_deref().map(|u| {
            let rest = u.split_once("://").map_or(u, |(_, rest)| rest);
            rest.split(['/', ':', '?', '#']).next().unwrap_or_default().to_lowercase()
        });
        let publisher = doc.source.publisher.as_deref().unwrap_or_default().to_lowercase();
        let dateline = place(doc).to_lowercase();
        // International agencies write "$" for the US dollar wherever they report from: "TORONTO (AP) —".
        let agency = AGENCIES.iter().any(|a| whole(&dateline, a) > 0);
        let dateline = if agency { String::new() } else { dateline };
        Home { doc, hosts: [host.unwrap_or_default(), publisher], dateline, told: OnceCell::new() }
    }

    /// The ISO 4217 code that a bare word or sign, in lower case, has in this article; nothing where nothing tells.
    pub fn code(&self, bare: &str) -> Option<&'static str> {
        let may = || MONEY.iter().enumerate().filter(|(_, m)| m.bare.contains(&bare));
        if let Some((_, money)) = may().find(|(_, m)| m.tells.iter().any(|w| self.said(w))) {
            return Some(money.code);
        }
        may().next()?;
        let told = self.told.get_or_init(|| {
            let text = self.doc.text().to_lowercase();
            let often = |m: &Money| m.tells.iter().map(|w| whole(&text, w)).sum();
            MONEY.iter().map(often).collect()
        });
        // The first of those told most: the table has the greater country first.
        let most = may().filter(|(_, m)| m.by_text).map(|(n, _)| told[n]).max().filter(|&n| n > 0)?;
        may().find(|&(n, m)| m.by_text && told[n] == most).map(|(_, m)| m.code)
    }

    fn said(&self, word: &str) -> bool {
        match word.starts_with('.') {
            true => self.hosts.iter().any(|h| h.ends_with(word)),
            false => whole(&self.hosts[1], word) + whole(&self.dateline, word) > 0,
        }
    }
}

/// The dateline of the report, "SYDNEY, Australia —": the first block of that kind.
fn place(doc: &Document) -> &str {
    let datelines = doc.blocks.iter().filter(|b| b.kind == BlockKind::Dateline).map(|b| doc.slice(b.span));
    datelines.take(6).find(|t| t.ends_with(['—', '–', '-', '―', ':']) || !t.contains(char::is_lowercase)).unwrap_or("")
}

/// How often `word` stands in `text` with no letter on either side.
fn whole(text: &str, word: &str) -> usize {
    let alone = |&(at, _): &(usize, &str)| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    };
    text.match_indices(word).filter(alone).count()
}
