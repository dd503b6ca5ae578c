//! What a file holds, told by its first bytes, and by its name where the bytes can mean several things.

use super::error::Refusal;
use super::{Format, databases, front, table};

/// What to do with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Is(Format),
    Gzip,
    Zstd,
    Zip,
    /// A kind of its own that is not read.
    No(Refusal),
    /// Belongs to a page or a folder, and is no article of its own.
    Aside(&'static str),
}

/// Bytes of the beginning that are looked at.
pub const HEAD: usize = 16 << 10;

const fn no(sort: &'static str, remedy: &'static str) -> Refusal {
    Refusal { sort, remedy }
}

const PDF: Refusal = no("PDF", "make text of it first, with pdftotext for instance, and give the .txt files");
const OFFICE: Refusal = no(
    "a word processor's file",
    "save it as text or HTML first, with pandoc or `soffice --headless --convert-to txt` for instance",
);
const SHEET: Refusal = no("a spreadsheet", "save the sheet as CSV, one article a row, with a column named text");
const PARQUET: Refusal = no(
    "Parquet or Arrow",
    "write it as JSON Lines first, for instance duckdb -c \"COPY (FROM 'file.parquet') TO 'file.jsonl'\"",
);
const DATABASE: Refusal = no("a database", "write the table of articles as CSV or JSON Lines first");
const PICTURE: Refusal = no("a picture", "only text is read; make text of a scan with a program like tesseract");
const SOUND: Refusal = no("sound or video", "only text is read; give a transcript");
const BOOK: Refusal = no("an e-book", "make text or HTML of it first, with pandoc for instance");
const ARCHIVE: Refusal = no("an archive of this kind", ".gz, .zst and .zip are read; unpack it and give what is in it");
const PROGRAM: Refusal =
    no("a program or binary data", "give text, HTML, JSON, a table, a feed, mail or a web archive");
const RTF: Refusal = no("RTF", "save it as text first (`soffice --headless --convert-to txt`, or textutil on a Mac)");
const MESSAGE: Refusal = no("a message of Outlook (.msg)", "save it as .eml, or as text or HTML");
const ARC: Refusal =
    no("a web archive of the old kind (ARC)", "write it as WARC first: `warcio recompress FILE.arc.gz FILE.warc.gz`");
const INDEX: Refusal = no("an index of web archives", "give the .warc.gz files that it names");
const REFERENCES: Refusal = no("a list of references", "export them as RIS, CSV or JSON with their texts or abstracts");
const DUMP: Refusal =
    no("a dump of a database (SQL)", "load it into the database, and write the table of articles as CSV or JSON Lines");
const YAML: Refusal = no("YAML", "write it as JSON first, for instance `yq -o json FILE`");
const SUBTITLES: Refusal = no("subtitles", "give the transcript as text, without times and numbers");
const MARKDOWN: Refusal = no(
    "Markdown without front matter",
    "where it is an article, put its title and date between two lines of --- before the text, name it as a path of its own, or call it .txt",
);
const NOTES: &str = "Markdown of lists, tables or code, without front matter";
const RDF: Refusal = no(
    "RDF that is no NIF",
    "texts in NIF are read (nif:Context with nif:isString; where the beginning does not show it, say --input nif); known things are taken in with `sayso import rdf`",
);
const UNKNOWN: Refusal =
    no("a file of an unknown kind", "name it as a path of its own to read it as text, or give it the ending .txt");

/// Beginnings of files that are no text, at their place.
const MAGIC: &[(usize, &[u8], Refusal)] = &[
    (0, b"%PDF", PDF),
    (0, b"PAR1", PARQUET),
    (0, b"ARROW1", PARQUET),
    (0, b"Obj\x01", PARQUET),
    (0, b"FEA1", PARQUET),
    (0, b"SQLite format 3\0", DATABASE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (0, b"{\\rtf", RTF),
    (0, b"BZh", ARCHIVE),
    (0, b"\xfd7zXZ\0", ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"Rar!\x1a\x07", ARCHIVE),
    (257, b"ustar", ARCHIVE),
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (8, b"WEBP", PICTURE),
    (0, b"\0\0\x01\0", PICTURE),
    (4, b"ftyp", SOUND),
    (0, b"ID3", SOUND),
    (0, b"OggS", SOUND),
    (0, b"fLaC", SOUND),
    (8, b"WAVE", SOUND),
    (0, b"\x1aE\xdf\xa3", SOUND),
    (0, b"\x89HDF", DATABASE),
    (0, b"\x7fELF", PROGRAM),
    (0, b"MZ\x90", PROGRAM),
    (0, b"wOFF", PROGRAM),
    (0, b"wOF2", PROGRAM),
];

/// What a file holds. `is_named`: somebody named this very file, so that it is read as text when nothing speaks against it.
pub fn kind(head: &[u8], name: &str, is_named: bool) -> Kind {
    let lower = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    if head.starts_with(b"\x1f\x8b") {
        return if lower.ends_with(".tar.gz") || ending == "tgz" { Kind::No(ARCHIVE) } else { Kind::Gzip };
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        return Kind::Zstd;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return match ending {
            "xlsx" | "xlsm" | "ods" => Kind::No(SHEET),
            "docx" | "docm" | "odt" | "pptx" | "odp" | "pages" => Kind::No(OFFICE),
            "epub" => Kind::No(BOOK),
            _ => Kind::Zip,
        };
    }
    if ending == "msg" && head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Kind::No(MESSAGE);
    }
    if let Some((_, _, refusal)) =
        MAGIC.iter().find(|(at, bytes, _)| head.get(*at..).is_some_and(|h| h.starts_with(bytes)))
    {
        return Kind::No(*refusal);
    }
    let text = first_text(head);
    let text = text.trim_start_matches('\u{feff}');
    if let Some(kind) = by_content(text, ending) {
        return kind;
    }
    match by_name(&lower, ending) {
        // Beside articles, Markdown tells of them; an article of its own says so by what stands before its text.
        Some(Kind::Is(Format::Text)) if matches!(ending, "md" | "markdown") && !is_named => {
            if is_prose(text) {
                Kind::No(MARKDOWN)
            } else {
                Kind::Aside(NOTES)
            }
        }
        Some(kind) => kind,
        None if ending.is_empty() || is_named => Kind::Is(Format::Text),
        None => Kind::No(UNKNOWN),
    }
}

/// What standard input holds: JSON Lines unless it begins like something else.
pub fn stream(head: &[u8]) -> Kind {
    match kind(head, "-", true) {
        Kind::Is(Format::Json) if !head.trim_ascii_start().starts_with(b"[") => {
            // A first line that is an object, or broken off, is a line; one that is a brace alone begins an object of many.
            let first = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).find(|l| !l.is_empty()).unwrap_or(b"");
            Kind::Is(if first == b"{" { Format::Json } else { Format::Jsonl })
        }
        Kind::Is(Format::Text) if head.trim_ascii().is_empty() => Kind::Is(Format::Jsonl),
        Kind::Is(Format::Text) if head.split(|b| *b == b'\n').skip(1).any(|l| l.starts_with(b"{\"")) => {
            Kind::Is(Format::Jsonl)
        }
        other => other,
    }
}

/// What a zip's members say that it is, where it is a document of its own.
pub fn archive<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<Refusal> {
    names.find_map(|name| match name {
        "word/document.xml" => Some(OFFICE),
        "xl/workbook.xml" => Some(SHEET),
        "ppt/presentation.xml" | "content.xml" => Some(OFFICE),
        "META-INF/container.xml" => Some(BOOK),
        _ => None,
    })
}

/// The beginning as text, whatever it is encoded in.
fn first_text(head: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(head) {
        return encoding.decode_without_bom_handling(&head[mark..]).0.replace("\r\n", "\n");
    }
    if head.iter().take(200).filter(|b| **b == 0).count() * 5 > head.len().min(200) {
        let is_little = head.get(1) == Some(&0);
        let encoding = if is_little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        return encoding.decode_without_bom_handling(head).0.replace("\r\n", "\n");
    }
    String::from_utf8_lossy(head).replace("\r\n", "\n")
}

fn by_content(text: &str, ending: &str) -> Option<Kind> {
    let start = text.trim_start();
    // Mail that was shown by a program, and copied, may begin with empty lines.
    let text = match text.lines().next() {
        Some(line) if line.trim().is_empty() && !line.contains('\t') => text.trim_start_matches([' ', '\n', '\r']),
        _ => text,
    };
    if text.starts_with("WARC/1.") {
        return Some(Kind::Is(Format::Warc));
    }
    // An article may begin with `---`, but none with a list of names and values.
    if matches!(ending, "yaml" | "yml") && !front::is_given(text) {
        return Some(Kind::No(YAML));
    }
    if text.starts_with("filedesc:") {
        return Some(Kind::No(ARC));
    }
    if let Some(refusal) = listing(start) {
        return Some(Kind::No(refusal));
    }
    // Apple's Mail writes the length of the message before it.
    if ending == "emlx" && super::mail::behind_length(text.as_bytes()).is_some() {
        return Some(Kind::Is(Format::Mail));
    }
    if matches!(ending, "eml" | "mht" | "mhtml") && super::mail::has_fields(text) {
        return Some(Kind::Is(Format::Mail));
    }
    if text.starts_with("From ") && super::mail::is_head(text.split_once('\n').map_or("", |(_, rest)| rest)) {
        return Some(Kind::Is(Format::Mbox));
    }
    if super::mail::is_head(text) {
        return Some(Kind::Is(Format::Mail));
    }
    if is_nif(start) {
        return Some(Kind::Is(Format::Nif));
    }
    if matches!(ending, "ttl" | "nt" | "nq" | "trig" | "n3") {
        return Some(Kind::No(RDF));
    }
    if start.starts_with('<') {
        return markup(start);
    }
    if let Some(kind) = json(start, ending) {
        return Some(kind);
    }
    if front::is_given(text) {
        return Some(Kind::Is(Format::Text));
    }
    if is_conllu(text) {
        return Some(Kind::Is(Format::Conllu));
    }
    if matches!(ending, "txt" | "text" | "" | "md" | "ris" | "rtf" | "dat") {
        if let Some(format) = databases::format(text) {
            return Some(Kind::Is(format));
        }
    }
    let is_table = matches!(ending, "csv" | "tsv" | "tab" | "psv") || table::has_known_head(text);
    is_table.then_some(Kind::Is(Format::Table))
}

/// Text that is no prose: references, subtitles, indexes.
fn listing(text: &str) -> Option<Refusal> {
    let mut lines = text.lines().map(str::trim);
    let (first, second) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let is_time = |line: &str| line.contains(" --> ") && line.starts_with(|c: char| c.is_ascii_digit());
    let is_entry = |line: &str| {
        let kind = line.strip_prefix('@').and_then(|rest| rest.split_once('{')).map(|(kind, _)| kind);
        kind.is_some_and(|kind| !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let is_capture = |line: &str| {
        let mut words = line.split(' ');
        let (key, stamp, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let is_stamp = (8..=14).contains(&stamp.len()) && stamp.bytes().all(|b| b.is_ascii_digit());
        key.contains(")/") && is_stamp && (rest.starts_with('{') || rest.contains("://"))
    };
    match () {
        () if first.starts_with("WEBVTT") || is_time(first) => Some(SUBTITLES),
        () if first.bytes().all(|b| b.is_ascii_digit()) && is_time(second) => Some(SUBTITLES),
        () if first.starts_with("PMID- ") || first.starts_with("%0 ") || is_entry(first) => Some(REFERENCES),
        () if is_dump(text) => Some(DUMP),
        () if first.starts_with("!meta ") || first.starts_with("CDX ") || is_capture(first) => Some(INDEX),
        () => None,
    }
}

/// True for SQL, by the first line that is no comment.
fn is_dump(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("--") && !l.starts_with("/*"));
    let first = lines.take(1).next().unwrap_or("").to_ascii_uppercase();
    [
        "INSERT INTO ",
        "CREATE TABLE ",
        "CREATE DATABASE ",
        "DROP TABLE IF ",
        "PRAGMA FOREIGN_KEYS",
        "BEGIN TRANSACTION;",
        "SET NAMES ",
        "SET STATEMENT_TIMEOUT",
    ]
    .iter()
    .any(|begin| first.starts_with(begin))
        && (text.contains(';') || text.contains('('))
}

/// HTML or XML, by the first element.
fn markup(text: &str) -> Option<Kind> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.get(..9).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype")) {
            let is_page = rest[9..].trim_start().get(..4).is_some_and(|d| d.eq_ignore_ascii_case("html"));
            if is_page {
                return Some(Kind::Is(Format::Html));
            }
        }
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        rest = &rest[rest.find(end)? + end.len()..];
    }
    let name: String =
        rest.strip_prefix('<')?.chars().take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_')).collect();
    if name.is_empty() {
        return None;
    }
    let is_page = matches!(
        name.to_ascii_lowercase().as_str(),
        "html"
            | "head"
            | "body"
            | "meta"
            | "title"
            | "article"
            | "main"
            | "div"
            | "section"
            | "header"
            | "link"
            | "script"
            | "p"
            | "h1"
            | "h2"
            | "table"
            | "span"
            | "a"
            | "style"
            | "nav"
            | "ul"
            | "center"
            | "font"
            | "b"
            | "i"
    );
    // An article of a journal has the name of a part of a page.
    let is_journal = name == "article" && (rest.contains("<article-meta") || rest.contains("<journal-meta"));
    let is_xml = text.starts_with("<?xml") || !is_page || is_journal;
    let is_page = is_page && (!is_xml || name.eq_ignore_ascii_case("html"));
    match () {
        () if name == "svg" => Some(Kind::No(PICTURE)),
        () if is_page => Some(Kind::Is(Format::Html)),
        () if is_xml => Some(Kind::Is(Format::Xml)),
        () => None,
    }
}

fn json(text: &str, ending: &str) -> Option<Kind> {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let (first, second) = (signs.next().unwrap_or(' '), signs.next());
    let is_like = match first {
        '{' => matches!(second, Some('"' | '}')),
        '[' => matches!(second, Some('{' | ']')) || (ending == "json" && second.is_some()),
        _ => false,
    };
    if !is_like {
        return match ending {
            "json" => Some(Kind::Is(Format::Json)),
            "jsonl" | "ndjson" => Some(Kind::Is(Format::Jsonl)),
            _ => None,
        };
    }
    if matches!(ending, "jsonl" | "ndjson") {
        return Some(Kind::Is(Format::Jsonl));
    }
    // Two lines that are objects each are JSON Lines, whatever the file is called.
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let (one, two) = (lines.next().unwrap_or(""), lines.next());
    let is_lines = first == '{' && one.ends_with('}') && one.len() > 2 && two.is_some_and(|l| l.starts_with("{\""));
    Some(Kind::Is(if is_lines { Format::Jsonl } else { Format::Json }))
}

/// True for RDF that names NIF in its beginning.
fn is_nif(text: &str) -> bool {
    if !text.contains("nlp2rdf/ontologies/nif-core#") {
        return false;
    }
    // What begins as only RDF does: behind comments, a declaration or an IRI; the root of RDF's XML; an object with JSON-LD's keys.
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let first = lines.next().unwrap_or("");
    let declares = ["@prefix", "@base", "prefix", "base"].iter().any(|word| {
        let here = first.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
        here && first[word.len()..].starts_with(char::is_whitespace)
    });
    let is_node = |rest: &str| rest.split_once('>').is_some_and(|(iri, _)| iri.contains(':') && !iri.contains(' '));
    declares
        || first.starts_with("_:")
        || first.strip_prefix('<').is_some_and(is_node)
        || first.starts_with('<') && text.contains(":RDF")
        || first.starts_with(['{', '[']) && (text.contains("\"@context\"") || text.contains("\"@id\""))
}

fn is_conllu(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|l| l.starts_with("# ") || l.trim().is_empty());
    let has_ids = text.starts_with("# newdoc") || text.starts_with("# sent_id") || text.starts_with("1\t");
    has_ids && lines.next().is_some_and(|l| l.split('\t').count() == 10)
}

fn by_name(lower: &str, ending: &str) -> Option<Kind> {
    if ["readme", "license", "licence", "notice", "changelog", "contributing", "makefile"]
        .iter()
        .any(|n| lower == *n || lower.strip_prefix(n).is_some_and(|rest| rest.starts_with(['.', '-'])))
        && matches!(ending, "" | "md" | "txt" | "rst")
    {
        return Some(Kind::Aside("notes about the folder"));
    }
    Some(match ending {
        "txt" | "text" | "md" | "markdown" => Kind::Is(Format::Text),
        "html" | "htm" | "xhtml" => Kind::Is(Format::Html),
        "xml" | "rss" | "atom" => Kind::Is(Format::Xml),
        "eml" | "mht" | "mhtml" => Kind::Is(Format::Mail),
        "conllu" => Kind::Is(Format::Conllu),
        "ris" => Kind::Is(Format::Ris),
        "css" | "js" | "mjs" | "map" | "woff" | "woff2" | "ttf" | "eot" => {
            Kind::Aside("style sheets, scripts and fonts of pages")
        }
        _ => return None,
    })
}

/// True for Markdown of sentences; lists, tables and code are no article.
fn is_prose(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let is_mark = |line: &&&str| {
        line.starts_with(['#', '-', '*', '+', '|', '>']) || line.starts_with(|c: char| c.is_ascii_digit())
    };
    let has_code = lines.iter().any(|l| l.starts_with("```") || l.starts_with("|--") || l.starts_with("| --"));
    !has_code && lines.iter().filter(is_mark).count() * 2 <= lines.len()
}

/// The tables beside articles that tell of them.
pub fn is_table_of_facts(name: &str) -> bool {
    matches!(name, "metadata.tsv" | "metadata.toml")
}

/// Files beside articles that are never articles, told by their names alone.
pub fn is_aside(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    match () {
        () if lower.ends_with(".gold.json") => Some("hand-made annotations"),
        () if matches!(lower.as_str(), "thumbs.db" | "ehthumbs.db" | "desktop.ini") => Some("notes about the folder"),
        () if lower == "metadata.tsv" || lower == "metadata.toml" => Some("metadata tables"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_wins_over_the_name() {
        let is = |head: &str, name: &str| kind(head.as_bytes(), name, false);
        assert_eq!(is("<?xml version='1.0'?><!-- x --><rss version='2.0'>", "a.txt"), Kind::Is(Format::Xml));
        assert_eq!(is("<!DOCTYPE html><p>", "a.xml"), Kind::Is(Format::Html));
        assert_eq!(is("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "a.json"), Kind::Is(Format::Jsonl));
        assert_eq!(is("{\n \"text\": \"a\"\n}\n", "a.txt"), Kind::Is(Format::Json));
        assert_eq!(is("[Update] It rained, he said.", "a.txt"), Kind::Is(Format::Text));
        assert_eq!(is("title,text\na,b\n", "a.txt"), Kind::Is(Format::Table));
        assert_eq!(is("It rained, he said.", "a"), Kind::Is(Format::Text));
        assert_eq!(is("%PDF-1.4", "a.txt"), Kind::No(PDF));
        assert_eq!(is("import os\n", "a.py"), Kind::No(UNKNOWN));
        assert_eq!(is("# Questions\n\nWhat?\n", "a.md"), Kind::No(MARKDOWN));
        assert_eq!(is("# Questions\n\n- What?\n- Who?\n", "a.md"), Kind::Aside(NOTES));
        assert_eq!(kind(b"# March\n\nHe said so.\n", "a.md", true), Kind::Is(Format::Text));
        assert_eq!(kind(b"It rained.", "a.story", true), Kind::Is(Format::Text));
    }

    #[test]
    fn rdf_is_nif_where_it_begins_as_rdf_and_names_nif() {
        const CORE: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
        let is = |head: String, name: &str| kind(head.as_bytes(), name, false);
        for head in [
            format!("# A corpus.\n\nPREFIX nif: <{CORE}>\n"),
            format!("<urn:a> <{CORE}isString> \"It rained.\" ."),
            format!("_:a <{CORE}isString> \"It rained.\" ."),
            format!("<?xml version=\"1.0\"?><rdf:RDF xmlns:nif=\"{CORE}\">"),
            format!("{{\"@id\": \"urn:a\", \"{CORE}isString\": \"It rained.\"}}"),
        ] {
            assert_eq!(is(head.clone(), "a.txt"), Kind::Is(Format::Nif), "{head}");
        }
        // An article may speak of it.
        assert_eq!(is(format!("The terms of {CORE} are old."), "a.txt"), Kind::Is(Format::Text));
        assert_eq!(is(format!("<p>The terms of {CORE} are old.</p>"), "a.txt"), Kind::Is(Format::Html));
        assert_eq!(is(format!("{{\"text\": \"The terms of {CORE} are old.\"}}"), "a.txt"), Kind::Is(Format::Json));
        assert_eq!(is("<urn:a> <urn:b> <urn:c> .".to_owned(), "a.nt"), Kind::No(RDF));
    }

    #[test]
    fn streams_are_lines_unless_they_begin_otherwise() {
        for (head, format) in [
            ("{\"id\": \"broken\n", Format::Jsonl),
            ("{\n\"text\": \"a\"\n}", Format::Json),
            ("[{\"text\": \"a\"}]", Format::Json),
            ("", Format::Jsonl),
            ("garbage\n{\"text\": \"a\"}\n", Format::Jsonl),
            ("It rained, he said.", Format::Text),
        ] {
            assert_eq!(stream(head.as_bytes()), Kind::Is(format), "{head}");
        }
    }
}
