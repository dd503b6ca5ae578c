//! A two-column list: a name, and the IRI or number of what it names. More columns: a kind and a country.

use std::io::{self, BufRead, Write};

use super::{Count, Row, each_line};
use crate::lexicon::gazetteer::ThingKind;

/// Turns lines of "name TAB target" into rows; lines that begin with # and a first line without a target are passed over.
///
/// # Errors
/// When reading or writing fails.
pub fn read(input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Count> {
    let mut count = Count::default();
    each_line(input, &mut |line| {
        let Ok(text) = std::str::from_utf8(line) else {
            count.broken += 1;
            return Ok(());
        };
        if text.trim().is_empty() || text.starts_with('#') {
            return Ok(());
        }
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        let (label, target) = (cells[0], cells.get(1).copied().unwrap_or(""));
        let Some(mut row) = row(target).filter(|_| !label.is_empty()) else {
            // The first line may name the columns.
            count.broken += usize::from(count.read > 0 || count.broken > 0 || target.is_empty());
            return Ok(());
        };
        count.read += 1;
        row.label = label.to_owned();
        row.kind = cells.get(2).and_then(|k| k.parse::<ThingKind>().ok());
        row.country = cells.get(3).copied().unwrap_or("").to_owned();
        count.kept += 1;
        row.write(out)
    })?;
    Ok(count)
}

/// A row with a target alone: "Q76", `http://www.wikidata.org/entity/Q76`, any IRI.
pub fn row(target: &str) -> Option<Row> {
    let last = target.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let digits = |text: &str| !text.is_empty() && text.len() < 11 && text.bytes().all(|b| b.is_ascii_digit());
    let own = Row::default();
    if last.strip_prefix('Q').is_some_and(digits) && (target == last || target.contains("wikidata.org/")) {
        Some(Row { wikidata: last.to_owned(), ..own })
    } else if digits(last) && (target == last || target.contains("geonames.org/")) {
        Some(Row { geonames: last.to_owned(), ..own })
    } else if target.contains(':')
        && !target.contains(char::is_whitespace)
        && !target.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`'])
    {
        Some(Row { iri: target.to_owned(), ..own })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_apart() {
        assert_eq!(row("http://www.wikidata.org/entity/Q76").map(|r| r.wikidata).as_deref(), Some("Q76"));
        assert_eq!(row("https://sws.geonames.org/170063/").map(|r| r.geonames).as_deref(), Some("170063"));
        assert_eq!(row("https://example.org/people/7").map(|r| r.iri).as_deref(), Some("https://example.org/people/7"));
        assert_eq!(row("target"), None);
    }

    #[test]
    fn a_list_with_a_head_and_a_broken_line() {
        let text = "name\ttarget\nHarbour Trust\tQ1234567\torganisation\tGB\n\n# a remark\nno target\nArdmouth\thttps://example.org/ardmouth\tcity\n";
        let mut out = Vec::new();
        let count = read(&mut text.as_bytes(), &mut out).expect("in memory");
        assert_eq!(count, Count { read: 2, kept: 2, broken: 1 });
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(out.starts_with("Q1234567\t\t\tHarbour Trust\t\torganisation\tGB\t"), "{out}");
    }
}
