//! The main text of a web page, without menus, and what its markup says of title, author, publisher and date.

use std::borrow::Cow;
use std::path::Path;

use dom_query::Document as Page;
use dom_smoothie::{Config, Readability, TextMode};

use super::fields::Fields;
use super::{Error, ErrorKind, Format, Part, dates, exports, json, markup, plain};
use crate::text::{Document, FoundIn, Source};

/// Reads the article of a page. The readable part is found by the Readability algorithm (Arc90, Mozilla) of `dom_smoothie`; a
/// page with little text is taken whole, because that algorithm drops headings and lists of short ones. `address`: that of the
/// page, where it is known.
///
/// # Errors
/// `Empty` when no readable text is in the page.
pub fn document_at(page: &str, address: Option<&str>, path: &Path) -> Result<Document, Error> {
    let empty = |cause: String| Error::new(ErrorKind::Empty, path, cause);
    let page = Page::from(shallow(page).as_ref());
    let facts = markup::facts(&page);
    let lead = page.select("h1").nodes().first().map(|n| tidy(&n.text()));
    let heading = page.select("title").nodes().first().map(|n| tidy(&n.text()));
    page.select("script, style, noscript, template, svg, iframe, video, audio").remove();
    markup::strip(&page);
    let whole = short(&page);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::with_document(page, None, Some(config)).map_err(|e| empty(e.to_string()))?;
    let article = reader.parse();
    let read = article.as_ref().map(|a| article_lines(&a.text_content)).unwrap_or_default();
    // Whole where little is added to what was found: the rest of a page of menus is none of the article.
    let text = match whole {
        Some((whole, least)) if read.len() * 100 >= whole.len() * least && read.len() <= whole.len() => whole,
        Some((whole, _)) if read.is_empty() => whole,
        _ => read,
    };
    // Pages that a program fills in have their text in the markup alone.
    let text = match facts.body {
        Some(body) if text.len() * 2 < body.len() => prose_of(&body),
        _ => text,
    };
    if text.is_empty() {
        return Err(empty("no readable text in this page".into()));
    }
    let found = article.ok();
    let title = found.as_ref().map(|a| a.title.trim().to_owned()).filter(|t| !t.is_empty());
    let byline = found.as_ref().and_then(|a| a.byline.clone()).map(|b| json::bare_author(&b)).filter(|b| !b.is_empty());
    let publisher = facts.publisher.or_else(|| found.as_ref().and_then(|a| a.site_name.clone()));
    let title = facts.headline.or(title).or_else(|| lead.clone()).or(heading).filter(|t| !t.is_empty());
    let mut source = Source {
        title: title.map(|title| without_site(&title, publisher.as_deref(), lead.as_deref())),
        publisher,
        authors: if facts.authors.is_empty() { byline.into_iter().collect() } else { facts.authors },
        published: facts.published,
        language: facts.language.or_else(|| found.as_ref().and_then(|a| a.lang.clone())),
        url: facts.url.or_else(|| found.as_ref().and_then(|a| a.url.clone())).or_else(|| address.map(str::to_owned)),
        ..Source::default()
    };
    if source.published.is_none() {
        let written = found.as_ref().and_then(|a| a.published_time.as_deref());
        source.published = written.and_then(|d| dates::parse(d, FoundIn::Markup));
    }
    let text = match &source.title {
        // A heading at the beginning is the title as the page shows it.
        Some(title)
            if !text.starts_with(title.as_str()) && !lead.as_ref().is_some_and(|lead| begins_with(&text, lead)) =>
        {
            format!("{title}\n\n{text}")
        }
        _ => text,
    };
    plain::fill(&mut source, &text);
    // A change is no publication, but better than nothing.
    source.published = source.published.or(facts.modified);
    Ok(Document::new(source, text))
}

/// The articles of a page: its own, and those claims that it says it reviews; or those of a press database's export.
///
/// # Errors
/// `Empty` when there is neither readable text in the page nor a claim.
pub fn parts(page: &str, address: Option<&str>, path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    if let Some(parts) = export(page, path) {
        return parts;
    }
    let reviews = match page.contains("ClaimReview") {
        true => markup::reviews(&Page::from(shallow(page).as_ref())),
        false => Vec::new(),
    };
    let own = document_at(page, address, path);
    if reviews.is_empty() {
        return own.map(|doc| vec![Ok(Part::whole(doc))]);
    }
    let address = own.as_ref().ok().and_then(|doc| doc.source.url.clone()).or_else(|| address.map(str::to_owned));
    let mut all: Vec<Result<Part, Error>> = own.ok().map(|doc| Ok(Part::whole(doc))).into_iter().collect();
    for (number, review) in (1..).zip(reviews) {
        let Some(mut read) = json::document(&review, &Fields::default()) else {
            all.push(Err(json::without_text(&review, path).at_article(Some(number))));
            continue;
        };
        let source = &mut read.doc.source;
        source.url = source.url.take().or_else(|| address.clone());
        source.id = source.url.as_ref().map_or_else(String::new, |url| format!("{url}#claim-{number}"));
        let odd = read.losses(path).into_iter().map(|loss| loss.at_article(Some(number)));
        all.push(Ok(Part { losses: odd.into_iter().collect(), ..Part::one(read.doc, number) }));
    }
    Ok(all)
}

/// The articles of a page that a press database has written; `None` for other pages.
pub fn export(page: &str, path: &Path) -> Option<Result<Vec<Result<Part, Error>>, Error>> {
    let format = exports::format(page)?;
    Some(exports::parts(format, &Page::from(shallow(page).as_ref()), path))
}

/// A title without the name of the paper that pages put behind it, or before it: "Bridge closed - Daily News".
fn without_site(title: &str, publisher: Option<&str>, lead: Option<&str>) -> String {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    for mark in [" - ", " | ", " – ", " — ", " · ", " :: ", " » "] {
        let ends = title.rsplit_once(mark);
        let begins = title.split_once(mark).map(|(site, head)| (head, site));
        for (head, site) in [ends, begins].into_iter().flatten() {
            let is_site = publisher.is_some_and(|name| same(name, site)) || lead.is_some_and(|lead| same(lead, head));
            if is_site && !head.trim().is_empty() {
                return head.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// True when the first line of a text is this one.
fn begins_with(text: &str, line: &str) -> bool {
    !line.is_empty() && text.strip_prefix(line).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
}

/// A text out of the markup, whose paragraphs may be written as elements or as lines.
fn prose_of(body: &str) -> String {
    words_of(body).unwrap_or_else(|| article_lines(body))
}

/// Characters of a page that is taken whole.
const SHORT: usize = 1_500;

/// The text of a page with little of it: its only article, its main part, or all of it.
/// With it how many hundredths of it must be found to be the article's by themselves.
fn short(page: &Page) -> Option<(String, usize)> {
    let places = [("article", 30), ("[itemprop='articleBody']", 30), ("main", 60), ("[role='main']", 60), ("body", 60)];
    let (place, least) =
        places.iter().map(|(p, least)| (page.select(p), *least)).find(|(found, _)| found.length() == 1)?;
    let node = place.nodes().first()?;
    if node.normalized_char_count() > SHORT {
        return None;
    }
    Some((article_lines(&node.formatted_text()), least)).filter(|(text, _)| !text.is_empty())
}

/// The lines of an article's text: without notices, without credits of pictures.
fn article_lines(text: &str) -> String {
    let tidy = tidy(text);
    let lines = tidy.split("\n\n").filter(|line| !is_boilerplate(line)).map(without_credit);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// True for a line that belongs to the page and not to the article.
fn is_boilerplate(line: &str) -> bool {
    static LINES: std::sync::LazyLock<(Vec<&str>, Vec<&str>)> = std::sync::LazyLock::new(|| {
        let rows = include_str!("boilerplate.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        let (mut starts, mut wholes) = (Vec::new(), Vec::new());
        for row in rows {
            match row.split_once('\t') {
                Some(("start", words)) => starts.push(words),
                Some(("whole", words)) => wholes.push(words),
                _ => {}
            }
        }
        (starts, wholes)
    });
    let (starts, wholes) = &*LINES;
    if line.split_whitespace().count() > 25 {
        return false;
    }
    let lower = line.to_lowercase();
    starts.iter().any(|s| lower.starts_with(s)) || wholes.iter().any(|w| lower.trim_end_matches(['.', ':']) == *w)
}

/// Words before the name of who took a picture.
const CREDITS: &[&str] = &[
    "photograph",
    "photographs",
    "photo",
    "photos",
    "photo by",
    "photo credit",
    "photograph by",
    "photos by",
    "picture",
    "pictures",
    "picture credit",
    "image",
    "images",
    "image credit",
    "image source",
    "credit",
    "photo illustration",
    "illustration",
    "illustration by",
    "video",
    "composite",
    "graphic",
];

/// A line without the credit at its end: "He spoke on Monday. Photograph: A Name/Agency" keeps its sentence.
fn without_credit(line: &str) -> &str {
    let Some(colon) = line.rfind(": ").or_else(|| line.rfind(':')) else { return line };
    let (before, name) = line.split_at(colon);
    if name.split_whitespace().count() > 9 || name.trim_end().ends_with(['.', '!', '?', '”', '"']) {
        return line;
    }
    let lower = before.to_lowercase();
    if lower.len() != before.len() {
        return line;
    }
    let credit = CREDITS.iter().filter(|c| lower.ends_with(*c)).max_by_key(|c| c.len());
    let Some(credit) = credit else { return line };
    let start = before.len() - credit.len();
    let head = line[..start].trim_end();
    let begins = head.is_empty() || head.ends_with(['.', '!', '?', '”', '"', '|', '(', '[', '—', '–', '’', ')']);
    // In a sentence the word is in small letters: "he showed a photograph: …".
    match begins && before[start..].starts_with(char::is_uppercase) {
        true => head.trim_end_matches(['|', '(', '[', '—', '–']).trim_end(),
        false => line,
    }
}

/// The words of a text that is written in markup; `None` when it is not.
pub fn words_of(text: &str) -> Option<String> {
    let start = text.trim_start();
    let is_marked = start.starts_with('<')
        && text.contains("</")
        && start[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    is_marked.then(|| prose(text))
}

/// The words of a piece of markup, as feeds hold it: paragraphs on lines of their own, entities resolved.
fn prose(text: &str) -> String {
    let page = Page::from(shallow(text).as_ref());
    page.select("script, style, noscript, template, iframe, figure img, form").remove();
    let node = page.body().unwrap_or_else(|| page.root());
    article_lines(&node.formatted_text())
}

/// A text without the markup and the entities that stand in it, whose paragraphs may be elements or lines; `None` when it has
/// neither.
pub fn unmarked(text: &str) -> Option<String> {
    if let Some(words) = words_of(text) {
        return Some(words);
    }
    let has = |names: &[&str]| {
        names
            .iter()
            .any(|name| text.match_indices(name).any(|(at, _)| text[at + name.len()..].starts_with(['>', ' ', '/'])))
    };
    if has(&["<p", "</p", "<br", "<div", "</div", "<li", "<h2", "<h3"]) {
        return Some(prose(text));
    }
    // A letter behind the mark, and for entities more than one of them: "R&D;" and "a < b" are words.
    let tagged = |line: &str| {
        line.match_indices("</").any(|(at, _)| line[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let coded = |line: &str| {
        line.match_indices('&').any(|(at, _)| {
            let rest = &line[at + 1..];
            let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            (2..=10).contains(&length) && rest[length..].starts_with(';')
        })
    };
    if !text.lines().any(|line| tagged(line) || coded(line)) {
        return None;
    }
    let lines = text.split('\n').map(|line| match (tagged(line), coded(line)) {
        (true, _) => Page::from(shallow(line).as_ref()).text().to_string().into(),
        (_, true) => entities(line).into(),
        _ => Cow::Borrowed(line),
    });
    Some(lines.collect::<Vec<Cow<'_, str>>>().join("\n"))
}

/// A line of words: a headline, a name.
pub fn line(text: &str) -> String {
    let words = unmarked(text);
    words.as_deref().unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Entities of HTML as their characters, in text that has no markup.
pub fn entities(text: &str) -> String {
    let page = Page::from(text.replace('<', "&lt;"));
    page.body().map_or_else(|| text.to_owned(), |b| b.text().to_string())
}

/// Markup is read here, so no article is refused for it.
pub fn marked(_: &Document, _: Format, _: &Path) -> Option<Error> {
    None
}

/// Elements in one another at most; real pages have some tens.
const DEPTH: usize = 256;

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the next of their kind ends.
const IMPLIED: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "html",
    "head", "body",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

/// A page without the tags that nest deeper than any page does: the readers of pages take the square of the depth.
fn shallow(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let mut kept = String::new();
    let (mut from, mut at, mut depth, mut surplus) = (0, 0, 0_usize, 0_usize);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let begun = at + found;
        at = begun + 1;
        if page[begun..].starts_with("<!--") {
            at = memchr::memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end + 3);
            continue;
        }
        let is_end = bytes.get(at) == Some(&b'/');
        let name_from = at + usize::from(is_end);
        let name_to =
            bytes[name_from..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| name_from + n);
        if name_from == name_to || !bytes[name_from].is_ascii_alphabetic() {
            continue;
        }
        let name = page[name_from..name_to].to_ascii_lowercase();
        let mut quote = 0;
        at = name_to;
        while at < bytes.len() && (quote != 0 || bytes[at] != b'>') {
            match bytes[at] {
                mark @ (b'"' | b'\'') if quote == 0 && bytes[at - 1] == b'=' => quote = mark,
                mark if mark == quote => quote = 0,
                _ => {}
            }
            at += 1;
        }
        at = (at + 1).min(bytes.len());
        let is_closed = bytes[..at].ends_with(b"/>");
        if !is_end && RAW.contains(&name.as_str()) {
            let end = format!("</{name}");
            let rest = &page[at..];
            at += rest
                .match_indices("</")
                .find(|(i, _)| rest.get(*i..i + end.len()).is_some_and(|e| e.eq_ignore_ascii_case(&end)))
                .map_or(rest.len(), |(i, _)| i);
            // Its end tag closes what it opened.
            depth += 1;
            continue;
        }
        if VOID.contains(&name.as_str()) || IMPLIED.contains(&name.as_str()) || is_closed {
            continue;
        }
        let drops = match is_end {
            true if surplus > 0 => {
                surplus -= 1;
                true
            }
            true => {
                depth = depth.saturating_sub(1);
                false
            }
            false if depth >= DEPTH => {
                surplus += 1;
                true
            }
            false => {
                depth += 1;
                false
            }
        };
        if drops {
            kept.push_str(&page[from..begun]);
            kept.push(' ');
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(page);
    }
    kept.push_str(&page[from..]);
    Cow::Owned(kept)
}

/// White space inside a line becomes one space; paragraphs are divided by one empty line.
fn tidy(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect();
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_go_and_sentences_stay() {
        for (line, left) in [
            ("Ana Brook said she was tired. Photograph: Tim Hall/PA", "Ana Brook said she was tired."),
            ("Photo: Reuters", ""),
            ("Flood water in Marlow (Image credit: Getty Images)", "Flood water in Marlow"),
            ("She asked for one photograph: his", "She asked for one photograph: his"),
            ("The council said: no", "The council said: no"),
            ("The vote was close. Video: \"We won,\" he said.", "The vote was close. Video: \"We won,\" he said."),
        ] {
            assert_eq!(without_credit(line), left);
        }
    }

    #[test]
    fn markup_and_entities_in_a_text_go_and_its_paragraphs_stay() {
        for (text, words) in [
            ("Ann &amp; Bo said &ldquo;no&#8221;.\n\nIt rained.", "Ann & Bo said “no”.\n\nIt rained."),
            ("He said it was <b>his</b>.\n\nIt rained.", "He said it was his.\n\nIt rained."),
            ("He said so.<br/>It rained.", "He said so.\n\nIt rained."),
            ("He said so.<p>It rained.", "He said so.\n\nIt rained."),
        ] {
            assert_eq!(unmarked(text).as_deref(), Some(words), "{text}");
        }
        for text in ["AT&T; it said so.", "R&D; he said.", "1 < 2 and 3 > 2.", "A & B; C", "<3 he wrote"] {
            assert_eq!(unmarked(text), None, "{text}");
        }
        assert_eq!(line("Flood &amp; fire &#8211;  <em>latest</em>"), "Flood & fire – latest");
    }

    #[test]
    fn only_what_is_too_deep_goes() {
        let page = "<html><body><p>a<p>b<ul><li>c<li>d</ul><br/><script>if (1 < 2) { '<div>' }</script><!-- <div> --><p>e</body></html>";
        assert!(matches!(shallow(page), Cow::Borrowed(_)));
        let many = format!("<p>{}", "<div>a</div>".repeat(1_000));
        assert!(matches!(shallow(&many), Cow::Borrowed(_)));
        let deep = format!("{}words{}<p>more", "<div class='a>b'>".repeat(1_000), "</div>".repeat(1_000));
        let shallow = shallow(&deep);
        assert_eq!(shallow.matches("<div").count(), DEPTH);
        assert_eq!(shallow.matches("</div").count(), DEPTH);
        assert!(shallow.contains("words") && shallow.contains("<p>more"));
    }
}
