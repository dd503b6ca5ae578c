//! One article after another out of files, folders and streams, each with an id of its own.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::list::Items;
use super::metadata::Metadata;
use super::open::{self, Input, Opened, Place, Reader};
use super::tally::Tally;
use super::walk::{self, Found};
use super::{
    Error, ErrorKind, Format, LONGEST, Options, Part, Parts, conllu, databases, encoding, front, html, json, language,
    lines, list, mail, nif, plain, table, warc, xml,
};
use crate::text::{Document, FoundIn, Source, tidy_id};

/// Bytes of a file that is read as a whole and holds several articles.
const LONGEST_FILE: usize = 256 << 20;

/// The articles of files, folders or a stream, one after another, in the order of their names. Lazy: one file is open at a time.
pub struct Articles {
    inputs: VecDeque<Result<Input, Error>>,
    open: Option<(Parts, Input, Format)>,
    /// What is to be given before the next article.
    pending: VecDeque<Result<Document, Error>>,
    options: Options,
    /// Which of the given names the articles of the open file have; `None` where no article was asked for them.
    fields: Option<u8>,
    metadata: HashMap<PathBuf, Metadata>,
    /// Folders that were read as a whole, whose metadata must match something.
    walked: HashSet<PathBuf>,
    seen: HashMap<String, ([u8; 8], String)>,
    total: usize,
    tally: Arc<Mutex<Tally>>,
}

impl Articles {
    pub(super) fn of(paths: &[PathBuf], options: Options) -> Articles {
        let Found { inputs, walked, passed } = walk::inputs(paths, &options);
        let tally = Tally { passed, ..Tally::default() };
        Articles {
            total: inputs.len(),
            inputs: inputs.into(),
            open: None,
            pending: VecDeque::new(),
            options,
            fields: None,
            metadata: HashMap::new(),
            walked,
            seen: HashMap::new(),
            tally: Arc::new(Mutex::new(tally)),
        }
    }

    /// Files and streams to be read, those already read included; those inside archives count when the archive is open.
    pub fn files(&self) -> usize {
        self.total
    }

    /// Files and streams not yet opened.
    pub fn files_left(&self) -> usize {
        self.inputs.len()
    }

    /// What was read and left out; it goes on being counted while articles are read.
    pub fn tally(&self) -> Arc<Mutex<Tally>> {
        self.tally.clone()
    }

    fn counting(&self, count: impl FnOnce(&mut Tally)) {
        count(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Opens the next input.
    fn begin(&mut self, input: Input) -> Result<(), Error> {
        let (format, reader) = match open::open(&input)? {
            Opened::Articles(format, reader) => (format, reader),
            Opened::Members(members, tables) => {
                for table in tables {
                    self.table(&table);
                }
                if members.is_empty() {
                    return Err(Error::new(ErrorKind::NoArticles, &input.path, "no articles in this archive"));
                }
                self.total += members.len();
                for member in members.into_iter().rev() {
                    self.inputs.push_front(member);
                }
                return Ok(());
            }
            Opened::Aside(words) => {
                self.counting(|t| *t.passed.entry(words).or_default() += 1);
                return Ok(());
            }
        };
        let parts = self.parts(format, reader, &input)?;
        self.counting(|t| t.file(format));
        self.open = Some((parts, input, format));
        Ok(())
    }

    /// Reads the table of facts in a folder of an archive.
    fn table(&mut self, input: &Input) {
        let path = shown(input);
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let read = open::bytes(input, LONGEST).and_then(|bytes| encoding::decode(&bytes, &path));
        let (table, losses) = match read {
            Ok(text) => Metadata::read(&text, &path),
            Err(error) => (Metadata::default(), vec![Error::new(ErrorKind::Metadata, &path, error.cause)]),
        };
        losses.into_iter().for_each(|loss| self.lose(loss));
        // Of two tables the one in tabs counts, as in a folder.
        self.metadata.entry(folder.clone()).or_insert(table);
        self.walked.insert(folder);
    }

    fn parts(&self, format: Format, mut reader: Reader, input: &Input) -> Result<Parts, Error> {
        let path = shown(input);
        let names = self.options.fields.clone();
        Ok(match format {
            Format::Jsonl => Box::new(lines::Lines::new(reader, path, names, false)),
            Format::Tokenized => Box::new(lines::Lines::new(reader, path, names, true)),
            Format::Json => {
                let items = Items::new(decoded(reader, &path)?, names.clone());
                Box::new(list::Articles::new(items, names, path))
            }
            Format::Conllu => Box::new(Treebank { documents: conllu::Documents::new(reader), path, before: 0 }),
            Format::Table => Box::new(table::open(reader, &names, &path, stem(&input.name).to_owned())?),
            Format::Xml => Box::new(xml::open(reader, &path)?),
            Format::Mbox => Box::new(mail::Mbox::new(reader, path)),
            Format::Warc => Box::new(warc::Records::new(reader, path, names)),
            Format::Mail => {
                let bytes = open::whole(&mut reader, &path, LONGEST_FILE)?;
                Box::new(mail::parts(&bytes, &path)?.into_iter())
            }
            Format::LexisNexis | Format::Factiva | Format::ProQuest | Format::Ris => {
                let bytes = open::whole(&mut reader, &path, LONGEST_FILE)?;
                Box::new(databases::articles(format, &encoding::decode(&bytes, &path)?, &path))
            }
            Format::Nif => {
                let bytes = open::whole(&mut reader, &path, LONGEST_FILE)?;
                Box::new(nif::parts(&bytes, &input.name, &path)?.into_iter())
            }
            Format::Text | Format::Html => {
                let text = encoding::decode(&open::whole(&mut reader, &path, LONGEST)?, &path)?;
                match format {
                    Format::Html => Box::new(html::parts(&text, None, &path)?.into_iter()),
                    _ => Box::new(std::iter::once(Ok(self.text(&text, input, &path)))),
                }
            }
        })
    }

    /// A text, with what stands before it between dashes.
    fn text(&self, text: &str, input: &Input, path: &Path) -> Part {
        let is_markdown = [".md", ".markdown"].iter().any(|e| input.name.to_ascii_lowercase().ends_with(e));
        let (mut source, text, odd) =
            front::read(text, &self.options.fields).unwrap_or((Source::default(), text, None));
        let text = if is_markdown { plain::unmarked(text) } else { text.to_owned() };
        plain::fill(&mut source, &text);
        let losses = odd.map(|date| super::json::odd_date(path, &date)).into_iter().collect();
        Part { losses, ..Part::whole(Document::new(source, text)) }
    }

    /// Gives the document its file, what the folder's table says, and an id of its own (`line`: its line, or its place in a list).
    fn name(&mut self, doc: &mut Document, input: &Input, line: Option<usize>, format: Format) -> Result<(), Error> {
        if !matches!(input.place, Place::Stdin) {
            doc.source.file = Some(input.name.clone());
        }
        if !matches!(input.place, Place::Stdin) {
            let path = shown(input);
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            if matches!(input.place, Place::File) && !self.metadata.contains_key(&folder) {
                let (table, losses) = Metadata::of(&folder);
                for loss in losses {
                    self.lose(loss);
                }
                self.metadata.insert(folder.clone(), table);
            }
            let file = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            if let Some(table) = self.metadata.get_mut(&folder) {
                table.apply(&file, &mut doc.source);
            }
        }
        let mut text = [0; 8];
        text.copy_from_slice(&Sha256::digest(doc.text().as_bytes())[..8]);
        doc.source.id = tidy_id(&doc.source.id);
        if doc.source.id.is_empty() {
            // Another version of a page with the same address is an article of its own, under the name of its file.
            let is_free = |id: &String| self.seen.get(id).is_none_or(|(other, _)| *other == text);
            let has_address = line.is_some() || format == Format::Json;
            doc.source.id = match &doc.source.url {
                Some(url) if has_address && is_free(&tidy_id(url)) => tidy_id(url),
                _ => {
                    let numbered = |stem: &str| tidy_id(&line.map_or(stem.to_owned(), |line| format!("{stem}#{line}")));
                    let own = numbered(stem(&input.name));
                    // Files of one name in several folders that were given: with as much of their paths as tells them apart.
                    let path = shown(input);
                    let path = path.to_string_lossy().replace('\\', "/");
                    let ends = path.rmatch_indices('/').map(|(at, _)| &path[at + 1..]).chain([path.as_str()]);
                    let longer = ends.filter(|end| end.len() > input.name.len()).map(|end| numbered(stem(end)));
                    match is_free(&own) || matches!(input.place, Place::Stdin) {
                        true => own,
                        false => longer.into_iter().find(is_free).unwrap_or(own),
                    }
                }
            };
        }
        let place = match line {
            Some(line) => format!("{}:{line}", shown(input).display()),
            None => shown(input).display().to_string(),
        };
        // An id is the article's own, whatever else is read with it: the second text of one id is left out and named.
        match self.seen.get(&doc.source.id) {
            Some((other, first)) if *other != text => {
                let cause = format!("another text with the id {}, which {first} has", doc.source.id);
                let error = Error::new(ErrorKind::SameId, shown(input), cause);
                Err(if line_of(input, line) { error.at_line(line.unwrap_or(0)) } else { error })
            }
            Some(_) => {
                self.counting(|t| t.again += 1);
                Ok(())
            }
            None => {
                self.seen.insert(doc.source.id.clone(), (text, place));
                Ok(())
            }
        }
    }

    /// Counts what is lost and puts it before what comes next.
    fn lose(&mut self, error: Error) {
        if error.is_loss() {
            self.counting(|t| t.left(error.sort(), || error.path.display().to_string()));
        }
        self.pending.push_back(Err(error));
    }

    /// The next article of the file that is open; false at its end.
    fn step(&mut self) -> bool {
        let Some((mut parts, input, format)) = self.open.take() else { return false };
        // A fault of the program while it reads is one file's own, too.
        let next = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| parts.next()));
        let Ok(next) = next else {
            self.lose(fault(&input));
            return true;
        };
        let Some(result) = next else {
            self.name_missing(&input);
            return false;
        };
        match result {
            Err(error) => self.lose(error),
            Ok(Part { mut doc, number, losses, fields }) => match self.name(&mut doc, &input, number, format) {
                Err(error) => self.lose(error),
                Ok(()) => {
                    self.fields = fields.map_or(self.fields, |own| Some(self.fields.unwrap_or(0) | own));
                    for loss in losses {
                        // The table beside the articles may have what the article has not.
                        if doc.source.published.is_none() || loss.kind != ErrorKind::Date {
                            self.lose(loss);
                        }
                    }
                    self.give(doc, &input, number, format);
                }
            },
        }
        self.open = Some((parts, input, format));
        true
    }

    /// Names the given fields that no article of a file has.
    fn name_missing(&mut self, input: &Input) {
        let Some(found) = self.fields.take() else { return };
        let given: Vec<(usize, String)> =
            self.options.fields.given().map(|(_, name)| name.to_owned()).enumerate().collect();
        for (_, name) in given.into_iter().filter(|(bit, _)| found & 1 << bit == 0) {
            let cause = format!("no article has a field called {name:?}");
            self.lose(Error::new(ErrorKind::Field, shown(input), cause));
        }
    }

    fn give(&mut self, doc: Document, input: &Input, number: Option<usize>, format: Format) {
        if let Some(error) = html::marked(&doc, format, &shown(input)) {
            let is_line = line_of(input, number) && matches!(format, Format::Jsonl | Format::Table);
            return self.lose(if is_line { Error { line: number, ..error } } else { error.at_article(number) });
        }
        let doc = match language::checked(doc, self.options.any_language, &shown(input)) {
            Ok(doc) => doc,
            Err(error) => {
                let is_line = line_of(input, number) && matches!(format, Format::Jsonl | Format::Table);
                return self.lose(if is_line { Error { line: number, ..*error } } else { error.at_article(number) });
            }
        };
        let is_fetched = doc.source.published.as_ref().is_some_and(|p| p.found_in == FoundIn::Fetched);
        self.counting(|t| {
            t.article(format);
            t.fetched += usize::from(is_fetched);
        });
        self.pending.push_back(Ok(doc));
    }

    /// At the end: what the tables of whole folders say of files that are not there.
    fn finish(&mut self) {
        let mut folders: Vec<PathBuf> = self.metadata.keys().filter(|f| self.walked.contains(*f)).cloned().collect();
        folders.sort();
        for folder in folders {
            if let Some(table) = self.metadata.remove(&folder) {
                for error in table.unmatched() {
                    self.lose(error);
                }
            }
        }
    }
}

fn fault(input: &Input) -> Error {
    Error::new(ErrorKind::Fault, shown(input), "the program failed on this file")
}

/// The base of ids: the name without its ending, and without that of its compression.
fn stem(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    let packed = [".gz", ".zst", ".zstd"].iter().find(|e| lower.ends_with(*e)).map_or(0, |e| e.len());
    let name = &name[..name.len() - packed];
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && !stem.is_empty() => stem,
        _ => name,
    }
}

/// The path that people know a file by.
pub(super) fn shown(input: &Input) -> PathBuf {
    match &input.place {
        Place::Member { .. } => {
            // The archive's path, and the member's name inside it.
            let archive = input.path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let inner = input.name.split_once(&format!("{archive}/")).map_or(input.name.as_str(), |(_, inner)| inner);
            input.path.join(inner)
        }
        _ => input.path.clone(),
    }
}

/// True when an article's number is the number of its line.
fn line_of(input: &Input, number: Option<usize>) -> bool {
    let lower = input.name.to_ascii_lowercase();
    let is_lines =
        matches!(input.place, Place::Stdin) || [".jsonl", ".ndjson", ".csv", ".tsv"].iter().any(|e| lower.contains(e));
    number.is_some() && is_lines
}

/// A JSON file from its beginning. One of the usual size is decoded whole; a larger one must be UTF-8.
fn decoded(mut reader: Reader, path: &Path) -> Result<Box<dyn std::io::Read + Send>, Error> {
    use std::io::{BufReader, Cursor, Read};
    let (bytes, cut) = open::up_to(&mut reader, LONGEST);
    if let (true, Some(error)) = (bytes.is_empty(), &cut) {
        return Err(open::failed(path, error));
    }
    if bytes.len() < LONGEST {
        let text = json::without_nan(&encoding::decode(&bytes, path)?).into_owned().into_bytes();
        // What stands before the place where a file breaks off is read.
        return Ok(Box::new(BufReader::new(Cursor::new(text).chain(open::Failing(cut)))));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, Cursor::new(bytes).chain(reader))))
}

/// The documents of a file of CoNLL-U.
struct Treebank {
    documents: conllu::Documents<Reader>,
    path: PathBuf,
    before: usize,
}

impl Iterator for Treebank {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let result = match self.documents.read()? {
            // The first one without a name bears the file's, as the only one of a file does.
            Ok(doc) if self.before == 0 => Ok(Part::whole(doc)),
            Ok(doc) => Ok(Part::one(doc, self.before + 1)),
            Err((line, cause)) => Err(Error::new(ErrorKind::Conllu, &self.path, cause).at_line(line)),
        };
        self.before += 1;
        Some(result)
    }
}

impl Iterator for Articles {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.pending.pop_front() {
                return Some(next);
            }
            if self.step() {
                continue;
            }
            match self.inputs.pop_front() {
                Some(Err(error)) => self.lose(error),
                Some(Ok(input)) => {
                    let known = input.clone();
                    let begun = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.begin(input)));
                    if let Err(error) = begun.unwrap_or_else(|_| Err(fault(&known))) {
                        self.lose(error);
                    }
                }
                None => {
                    self.finish();
                    return self.pending.pop_front();
                }
            }
        }
    }
}
