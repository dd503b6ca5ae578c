//! Reads a treebank in CoNLL-U into documents with gold tokens, tags, trees, names and entities, for measuring.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use sayso::text::*;

/// A document with its gold entities.
pub struct Gold {
    pub name: String,
    pub doc: Document,
    /// Gold entity and its type of the noun phrase headed by a token; the widest where several share the head.
    pub entity: BTreeMap<usize, (String, String)>,
    /// Every gold mention: its entity, its type, its first and its last token.
    pub mentions: Vec<(String, String, usize, usize)>,
}

/// The folder of development data beside the crate, if there is one.
pub fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared", "../../shared"].iter().map(|p| root.join(p)).find(|p| p.is_dir())
}

/// The text of a gzip file.
pub fn gunzip(path: &Path) -> Option<String> {
    let file = std::fs::File::open(path).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The documents of a treebank whose name begins with one of the prefixes.
pub fn documents(conllu: &str, prefixes: &[&str]) -> Vec<Gold> {
    let mut found = Vec::new();
    let mut name = String::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in conllu.lines() {
        if let Some(next) = line.strip_prefix("# newdoc id = ") {
            if prefixes.iter().any(|p| name.starts_with(p)) {
                found.push(read(&name, &lines));
            }
            name = next.to_owned();
            lines.clear();
        }
        lines.push(line);
    }
    if prefixes.iter().any(|p| name.starts_with(p)) {
        found.push(read(&name, &lines));
    }
    found
}

struct Row<'a> {
    cells: Vec<&'a str>,
    start: usize,
    end: usize,
}

fn read(name: &str, lines: &[&str]) -> Gold {
    let mut text = String::new();
    let mut sentences: Vec<Vec<Row>> = Vec::new();
    let mut paragraphs: Vec<usize> = Vec::new();
    let (mut multiword_end, mut multiword_space) = (0, true);
    let mut current: Vec<Row> = Vec::new();
    for line in lines {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
            paragraphs.push(sentences.len());
            text.push('\n');
        }
        if line.is_empty() {
            if !current.is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
            multiword_end = 0;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0].contains('.') {
            continue;
        }
        let spaced = !cells[9].contains("SpaceAfter=No");
        if let Some((_, end)) = cells[0].split_once('-') {
            multiword_end = end.parse().unwrap();
            multiword_space = spaced;
            continue;
        }
        let number: usize = cells[0].parse().unwrap();
        let start = text.len();
        text.push_str(cells[1]);
        let end = text.len();
        let space = if number < multiword_end {
            false
        } else if number == multiword_end {
            multiword_space
        } else {
            spaced
        };
        if space {
            text.push(' ');
        }
        current.push(Row { cells, start, end });
    }
    if !current.is_empty() {
        sentences.push(current);
    }
    let mut doc = Document::new(Source { id: name.to_owned(), ..Source::default() }, text);
    let (mut tags, mut heads, mut lemmas, mut labels) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut entity = BTreeMap::new();
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let mut spans: Vec<(String, String, usize, usize)> = Vec::new();
    paragraphs.push(sentences.len());
    let mut block = 0;
    for (i, rows) in sentences.iter().enumerate() {
        if block == 0 || paragraphs.contains(&i) {
            let last = paragraphs.iter().copied().find(|&p| p > i).unwrap_or(sentences.len());
            let end = sentences[last - 1].last().unwrap().end;
            doc.blocks.push(Block { span: Span::new(rows[0].start, end), kind: BlockKind::Paragraph, repeats: None });
            block = doc.blocks.len();
        }
        let first = doc.tokens.len();
        for row in rows {
            let at = doc.tokens.len();
            doc.tokens.push(Token {
                span: Span::new(row.start, row.end),
                lower: row.cells[1].to_lowercase().replace('’', "'").into(),
                glued: false,
            });
            tags.push(Tag {
                pos: row.cells[3].parse().unwrap_or(Pos::X),
                xpos: row.cells[4].parse().unwrap_or(Xpos::Xx),
            });
            let head: usize = row.cells[6].parse().unwrap();
            heads.push(Head {
                head: head.checked_sub(1).map(|h| Id::new(first + h)),
                relation: row.cells[7].parse().unwrap_or(Relation::Dep),
            });
            lemmas.push(smol_str::SmolStr::from(row.cells[2].to_lowercase()));
            if let Some(cell) = row.cells[9].split('|').find_map(|c| c.strip_prefix("Entity=")) {
                brackets(cell, at, &mut open, &mut spans);
            }
        }
        let tokens = Id::new(first)..Id::new(doc.tokens.len());
        doc.sentences.push(Sentence {
            span: Span::new(rows[0].start, rows.last().unwrap().end),
            tokens,
            block: Id::new(block - 1),
            cut: false,
        });
    }
    let count = doc.tokens.len();
    doc.tags = Column::new(tags);
    doc.heads = Column::new(heads);
    doc.lemmas = Column::new(lemmas);
    labels.resize(
        count,
        Label { name: NamePart::Outside, class: NameClass::Other, speech: Speech::Outside, speech_scores: [0; 7] },
    );
    spans.sort_by_key(|s| s.3 - s.2);
    for (id, kind, start, end) in &spans {
        let head =
            (*start..=*end).find(|&t| doc.head(Id::new(t)).is_none_or(|h| h.index() < *start || h.index() > *end));
        let Some(head) = head else { continue };
        entity.insert(head, (id.clone(), kind.clone()));
        let class = match kind.as_str() {
            "person" => NameClass::Person,
            "organization" => NameClass::Organisation,
            "place" => NameClass::Place,
            "event" => NameClass::Event,
            _ => continue,
        };
        if doc.pos(Id::new(head)) != Pos::Propn || labels[head].name != NamePart::Outside {
            continue;
        }
        let proper = |t: usize| {
            doc.pos(Id::new(t)) == Pos::Propn
                || matches!(doc.lower(Id::new(t)), "of" | "de" | "-" | "for") && class != NameClass::Person
        };
        let (mut from, mut to) = (head, head);
        while from > *start && proper(from - 1) {
            from -= 1;
        }
        while to < *end && proper(to + 1) {
            to += 1;
        }
        while doc.pos(Id::new(from)) != Pos::Propn {
            from += 1;
        }
        while doc.pos(Id::new(to)) != Pos::Propn {
            to -= 1;
        }
        for (t, label) in labels.iter_mut().enumerate().take(to + 1).skip(from) {
            label.name = if t == from { NamePart::Begin } else { NamePart::Inside };
            label.class = class;
        }
    }
    doc.labels = Column::new(labels);
    Gold { name: name.to_owned(), doc, entity, mentions: spans }
}

/// "(12-person-new-…(3-place-…)" and "12)": opens and closes entities at a token.
fn brackets(
    cell: &str,
    at: usize,
    open: &mut Vec<(String, String, usize)>,
    spans: &mut Vec<(String, String, usize, usize)>,
) {
    let mut rest = cell;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('(') {
            let end = inner.find(['(', ')']).unwrap_or(inner.len());
            let mut parts = inner[..end].split('-');
            let id = parts.next().unwrap_or("").to_owned();
            let kind = parts.next().unwrap_or("").to_owned();
            rest = &inner[end..];
            if let Some(after) = rest.strip_prefix(')') {
                spans.push((id, kind, at, at));
                rest = after;
            } else {
                open.push((id, kind, at));
            }
        } else {
            let end = rest.find(')').unwrap_or(rest.len() - 1);
            let id = &rest[..end];
            if let Some(i) = open.iter().rposition(|o| o.0 == id) {
                let (id, kind, start) = open.remove(i);
                spans.push((id, kind, start, at));
            }
            rest = &rest[end + 1..];
        }
    }
}
