//! Title and publication date of a plain text article, from its first lines.

use crate::text::{self, FoundIn, Published, Source, dateline};

use super::dates;

/// How many of the first lines may hold title, byline and date.
const HEAD: usize = 14;

/// Fills what the source does not say yet from the text: the title, the publication date.
pub fn fill(source: &mut Source, text: &str) {
    if source.title.is_some() && source.published.is_some() {
        return;
    }
    let spans = text::lines(text);
    let lines: Vec<&str> = spans.iter().take(HEAD).map(|line| &text[line.range()]).collect();
    if source.title.is_none() {
        source.title = title(&lines);
    }
    if source.published.is_none() {
        source.published = published(&lines).or_else(|| source.url.as_deref().and_then(in_address));
    }
}

/// The first line, when it reads like a title: not too long, followed by more text, not a whole sentence with a stop, unless
/// its words have the capitals of a title ("Thousands Without Power Across U.S.").
fn title(lines: &[&str]) -> Option<String> {
    let [first, _, ..] = lines else { return None };
    let short = first.chars().count() <= 200 && first.split_whitespace().count() <= 30;
    let closed = first.ends_with('.') && !in_capitals(first) || first.ends_with([':', ';', ',']);
    (short && !closed).then(|| first.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// All longer words begin with a capital, and there are four or more of them.
fn in_capitals(line: &str) -> bool {
    let longer = || line.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
    longer().count() > 3 && longer().all(|w| w.starts_with(|c: char| !c.is_lowercase()))
}

/// A date on a short line at the top ("Published Nov 19, 2015", "By 20th November 2015 …"), or in a dateline
/// ("PARIS, Nov 19, 2015 (AP) — …"). A line that says "updated" counts only when no other has a date.
fn published(lines: &[&str]) -> Option<Published> {
    let mut updated = None;
    for &line in lines {
        let lower = line.to_lowercase();
        if line.chars().count() <= 120 {
            // Learned journals and agencies give days of other kinds.
            let others = ["accepted", "received", "submitted", "retrieved", "accessed", "expires", "embargo"];
            if others.iter().any(|o| lower.contains(o)) && !is_prose(line) {
                continue;
            }
            let labelled = ["publish", "posted", "date", "updated", "modified", "issued"];
            let says = (lower.starts_with("by ") || labelled.iter().any(|l| lower.contains(l))) && !is_prose(line);
            let date = dates::find(line, FoundIn::Text);
            if date.is_some() && (lower.contains("updated") || lower.contains("modified")) && !lower.contains("publish")
            {
                updated = updated.or(date);
            } else if date.is_some() && (says || is_date_line(line)) {
                return date;
            }
        }
        if let Some(date) = in_dateline(line) {
            return Some(date);
        }
    }
    updated
}

/// A text of Markdown without its marks: headings, emphasis and links become their words.
pub fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = line.trim_start_matches('#');
        let line = if bare.len() < line.len() && bare.starts_with(' ') { bare.trim_start() } else { line };
        let line = line.strip_prefix("> ").unwrap_or(line).replace("**", "").replace("__", "");
        let mut rest = line.as_str();
        // `[words](address)`, and `![words](address)` of a picture, which goes as a whole.
        while let Some(open) = rest.find('[') {
            let link = rest[open..].find("](").and_then(|mid| {
                let end = rest[open + mid..].find(')')? + open + mid;
                Some((&rest[open + 1..open + mid], end))
            });
            let Some((words, end)) = link.filter(|(words, _)| !words.contains('[')) else {
                out.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
                continue;
            };
            match rest[..open].strip_suffix('!') {
                Some(before) => out.push_str(before),
                None => {
                    out.push_str(&rest[..open]);
                    out.push_str(words);
                }
            }
            rest = &rest[end + 1..];
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// True for a sentence of some length.
fn is_prose(line: &str) -> bool {
    line.ends_with('.') && line.split_whitespace().count() > 8
}

/// True when little beside the date is on the line.
fn is_date_line(line: &str) -> bool {
    let letters: usize = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().all(char::is_alphabetic) && w.len() > 2)
        .count();
    letters <= 5 && !is_prose(line)
}

/// `PARIS, Nov 19, 2015 (AP) — The …`: the date in a dateline.
fn in_dateline(line: &str) -> Option<Published> {
    let end = dateline(line, true)?;
    dates::find(&line[..end], FoundIn::Text)
}

/// `…/2015/11/19/…` in a web address.
fn in_address(url: &str) -> Option<Published> {
    let mut parts = url.split(['/', '-', '_']).peekable();
    while let Some(part) = parts.next() {
        if part.len() == 4 && (part.starts_with("19") || part.starts_with("20")) {
            let mut rest = parts.clone();
            if let (Some(month), Some(day)) = (rest.next(), rest.next()) {
                let date = format!("{part}-{month:0>2}-{day:0>2}");
                if let Some(found) = dates::parse(&date, FoundIn::Address) {
                    return Some(found);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<String> {
        published(&text.lines().filter(|l| !l.is_empty()).collect::<Vec<_>>()).map(|p| p.date.to_string())
    }

    #[test]
    fn finds_the_date_at_the_top() {
        assert_eq!(
            date("A title\n\nPublished Nov 19, 2015, 10:51 pm IST\nUpdated Mar 27, 2019\n"),
            Some("2015-11-19".into())
        );
        assert_eq!(date("A title\nUpdated Mar 27, 2019\nText.\n"), Some("2019-03-27".into()));
        assert_eq!(date("A title\nPARIS, Nov 19, 2015 (Wire) — It rained.\n"), Some("2015-11-19".into()));
        assert_eq!(date("A title\nThursday, 19 November 2015\nIt rained.\n"), Some("2015-11-19".into()));
        assert_eq!(
            date("A title\nThe treaty was signed on 3 March 1918 by all of the parties that had come to the town.\n"),
            None
        );
    }

    #[test]
    fn markdown_becomes_its_words() {
        let text = "# March draws crowds\n\n**Police** said [241,000](http://x.example/1) joined. ![a](b.png)\n#1 in a [list\n";
        assert_eq!(unmarked(text), "March draws crowds\n\nPolice said 241,000 joined. \n#1 in a [list\n");
    }

    #[test]
    fn finds_the_date_in_an_address() {
        assert_eq!(
            in_address("https://a.example/world/2015/11/19/x").map(|p| p.date.to_string()),
            Some("2015-11-19".into())
        );
        assert_eq!(in_address("https://a.example/2015/x"), None);
    }
}
