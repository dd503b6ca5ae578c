//! Which files are articles, and one document after another out of them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::list::Items;
use super::metadata::Metadata;
use super::{Error, ErrorKind, Format, LONGEST, conllu, encoding, html, json, plain};
use crate::text::{Document, Source};

/// One file to be read.
struct Input {
    path: PathBuf,
    /// Name inside the folder that was given, with `/` between parts: the base of the id.
    name: String,
    format: Format,
}

/// The articles of files, folders or a stream, one after another, in the order of their names. Lazy: one file is open at a time.
pub struct Articles {
    inputs: VecDeque<Result<Input, Error>>,
    lines: Option<Lines>,
    treebank: Option<(conllu::Documents<Reader>, Input, usize)>,
    list: Option<(Items, Input)>,
    metadata: HashMap<PathBuf, Metadata>,
    seen: HashMap<String, ([u8; 8], String)>,
    total: usize,
}

/// What becomes of symbolic links in folders.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Links {
    /// Those that lead to another place of the same folder are followed, those that lead out of it are named as left out.
    #[default]
    Inside,
    /// All are followed.
    All,
}

/// The articles of these files and folders. `-` is standard input (JSON Lines unless `format` says otherwise).
///
/// Folders are walked through; hidden files, `metadata.*`, `*.gold.json` and files of other kinds are passed over. Links
/// that lead out of a folder are not followed.
pub fn articles(paths: &[PathBuf], format: Option<Format>) -> Articles {
    articles_with(paths, format, Links::Inside)
}

/// The articles of these files and folders, with a word on links. `-` is standard input.
pub fn articles_with(paths: &[PathBuf], format: Option<Format>, links: Links) -> Articles {
    let mut inputs = VecDeque::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push_back(Ok(Input {
                path: path.clone(),
                name: "-".into(),
                format: format.unwrap_or(Format::Jsonl),
            }));
            continue;
        }
        match std::fs::metadata(path) {
            Err(e) => inputs.push_back(Err(Error::new(ErrorKind::Open, path, e))),
            Ok(meta) if meta.is_dir() => {
                let mut walk = Walk::new(path, format, links);
                walk.folder(path);
                walk.links();
                let mut found = walk.found;
                if found.is_empty() {
                    found.push(Err(Error::new(ErrorKind::NoArticles, path, "no articles in this folder")));
                }
                inputs.extend(found);
            }
            Ok(_) => {
                let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                let format = format.or_else(|| format_of(&name)).unwrap_or(Format::Text);
                inputs.push_back(Ok(Input { path: path.clone(), name, format }));
            }
        }
    }
    Articles {
        total: inputs.len(),
        inputs,
        lines: None,
        treebank: None,
        list: None,
        metadata: HashMap::new(),
        seen: HashMap::new(),
    }
}

/// The articles of standard input.
pub fn from_stdin(format: Format) -> Articles {
    articles(&[PathBuf::from("-")], Some(format))
}

/// A walk through one folder. A folder is entered once, whatever links lead to it, and only regular files are opened: a
/// pipe would be waited for without end.
struct Walk<'r> {
    root: &'r Path,
    /// The folder with all links resolved; `None` when it cannot be.
    real: Option<PathBuf>,
    format: Option<Format>,
    follow: Links,
    entered: HashSet<PathBuf>,
    files: HashSet<PathBuf>,
    /// Links met on the way: what they lead to is looked at when everything else has its own name.
    links: Vec<PathBuf>,
    found: Vec<Result<Input, Error>>,
}

impl<'r> Walk<'r> {
    fn new(root: &'r Path, format: Option<Format>, follow: Links) -> Walk<'r> {
        let real = root.canonicalize().ok();
        let (entered, files) = (HashSet::new(), HashSet::new());
        Walk { root, real, format, follow, entered, files, links: Vec::new(), found: Vec::new() }
    }

    fn folder(&mut self, folder: &Path) {
        let real = folder.canonicalize().ok();
        if real.as_ref().is_some_and(|real| !self.entered.insert(real.clone())) {
            return;
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => return self.found.push(Err(Error::new(ErrorKind::Open, folder, e))),
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.sort();
        for path in paths {
            if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
                continue;
            }
            match std::fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_symlink() => self.links.push(path),
                Ok(meta) if meta.is_dir() => self.folder(&path),
                Ok(meta) => {
                    if let (Some(real), Some(name)) = (&real, path.file_name()) {
                        self.files.insert(real.join(name));
                    }
                    self.file(path, meta.is_file());
                }
                Err(e) => self.found.push(Err(Error::new(ErrorKind::Open, path, e))),
            }
        }
    }

    fn file(&mut self, path: PathBuf, is_regular: bool) {
        let file = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let Some(own) = format_of(&file).filter(|_| !file.ends_with(".gold.json")) else { return };
        if !is_regular {
            return self.found.push(Err(Error::new(ErrorKind::Special, path, "neither a file nor a folder")));
        }
        let inside = path.strip_prefix(self.root).unwrap_or(&path);
        let name = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        self.found.push(Ok(Input { path, name, format: self.format.unwrap_or(own) }));
    }

    /// What the links lead to, unless it was met by its own name; links behind links too. Those to folders come first, so
    /// that a file in one bears the name that it has there.
    fn links(&mut self) {
        self.links.sort_by_key(|path| !path.is_dir());
        while let Some(path) = (!self.links.is_empty()).then(|| self.links.remove(0)) {
            let target = path.canonicalize().and_then(|t| Ok((std::fs::metadata(&t)?, t)));
            let (meta, target) = match target {
                Ok(target) => target,
                // A link to nothing is no article.
                Err(_) => continue,
            };
            let is_wanted = meta.is_dir() || format_of(&path.to_string_lossy()).is_some();
            let is_inside = self.real.as_ref().is_some_and(|real| target.starts_with(real));
            if is_wanted && !is_inside && self.follow == Links::Inside {
                let cause = format!("a link that leads out of the folder, to {}", target.display());
                self.found.push(Err(Error::new(ErrorKind::Outside, path, cause)));
            } else if meta.is_dir() {
                self.folder(&path);
            } else if is_wanted && !self.files.contains(&target) {
                self.files.insert(target);
                self.file(path, meta.is_file());
            }
        }
        // In the order of their names, as if there were no links.
        let name = |found: &Result<Input, Error>| match found {
            Ok(input) => input.path.clone(),
            Err(error) => error.path.clone(),
        };
        self.found.sort_by_cached_key(name);
    }
}

/// The format that a file's name tells.
fn format_of(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some(Format::Text),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "conllu" => Some(Format::Conllu),
        _ => None,
    }
}

type Reader = Box<dyn BufRead + Send>;

/// A file of lines that is being read.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    input: Input,
    number: usize,
    /// The line before was too long, and its rest has not been passed yet.
    is_inside_line: bool,
}

/// Bytes of the rest of a line that are passed over at most: a stream without line ends never ends.
const LONGEST_REST: u64 = 1 << 30;

impl Articles {
    /// Files and streams to be read, those already read included.
    pub fn files(&self) -> usize {
        self.total
    }

    /// Files and streams not yet opened.
    pub fn files_left(&self) -> usize {
        self.inputs.len()
    }

    fn open(&mut self, input: Input) -> Option<Result<Document, Error>> {
        match input.format {
            Format::Jsonl | Format::Tokenized => {
                let reader: Box<dyn BufRead + Send> = if input.name == "-" {
                    Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()))
                } else {
                    match File::open(&input.path) {
                        Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
                        Err(e) => return Some(Err(Error::new(ErrorKind::Open, &input.path, e))),
                    }
                };
                self.lines = Some(Lines { reader, input, number: 0, is_inside_line: false });
                None
            }
            Format::Conllu => {
                let reader: Reader = if input.name == "-" {
                    Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()))
                } else {
                    match File::open(&input.path) {
                        Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
                        Err(e) => return Some(Err(Error::new(ErrorKind::Open, &input.path, e))),
                    }
                };
                self.treebank = Some((conllu::Documents::new(reader), input, 0));
                None
            }
            Format::Json => match open_json(&input) {
                Ok(reader) => {
                    self.list = Some((Items::new(reader), input));
                    None
                }
                Err(error) => Some(Err(error)),
            },
            Format::Text | Format::Html => Some(self.whole(&input)),
        }
    }

    /// One file that holds one article.
    fn whole(&mut self, input: &Input) -> Result<Document, Error> {
        let mut bytes = Vec::new();
        let limit = LONGEST as u64 + 1;
        if input.name == "-" {
            std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
        } else {
            File::open(&input.path).and_then(|f| f.take(limit).read_to_end(&mut bytes))
        }
        .map_err(|e| Error::new(ErrorKind::Open, &input.path, e))?;
        if bytes.len() > LONGEST {
            return Err(too_long(&input.path));
        }
        let text = encoding::decode(&bytes, &input.path)?;
        let mut doc = match input.format {
            Format::Html => html::document(&text, &input.path)?,
            _ => {
                let mut source = Source::default();
                plain::fill(&mut source, &text);
                Document::new(source, text)
            }
        };
        self.name(&mut doc, input, None)?;
        Ok(doc)
    }

    /// Gives the document its file, what the folder's table says, and an id of its own (`line`: its line, or its place in a list).
    fn name(&mut self, doc: &mut Document, input: &Input, line: Option<usize>) -> Result<(), Error> {
        if input.name != "-" {
            doc.source.file = Some(input.name.clone());
            let folder = input.path.parent().unwrap_or(Path::new("")).to_path_buf();
            if !self.metadata.contains_key(&folder) {
                let table = Metadata::of(&folder);
                let empty = self.metadata.entry(folder.clone()).or_default();
                *empty = table?;
            }
            let file = input.path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            self.metadata[&folder].apply(&file, &mut doc.source);
        }
        if doc.source.id.is_empty() {
            let stem = input.name.rsplit_once('.').map_or(input.name.as_str(), |(stem, _)| stem);
            doc.source.id = match (line, &doc.source.url) {
                (Some(_), Some(url)) => url.clone(),
                (Some(line), None) => format!("{stem}#{line}"),
                (None, _) => stem.to_owned(),
            };
        }
        let mut text = [0; 8];
        text.copy_from_slice(&Sha256::digest(doc.text().as_bytes())[..8]);
        let place = match line {
            Some(line) => format!("{}:{line}", input.path.display()),
            None => input.path.display().to_string(),
        };
        // An id is the article's own, whatever else is read with it: the second text of one id is left out and named.
        match self.seen.get(&doc.source.id) {
            Some((other, first)) if *other != text => {
                let cause = format!("another text with the id {}, which {first} has", doc.source.id);
                Err(Error::new(ErrorKind::SameId, &input.path, cause))
            }
            Some(_) => Ok(()),
            None => {
                self.seen.insert(doc.source.id.clone(), (text, place));
                Ok(())
            }
        }
    }

    /// The next document of the CoNLL-U file that is open; `None` at its end.
    fn treebank(&mut self) -> Option<Result<Document, Error>> {
        let (mut documents, input, before) = self.treebank.take()?;
        let result = match documents.read()? {
            // The first one without a name bears the file's, as the only one of a file does.
            Ok(mut doc) => self.name(&mut doc, &input, (before > 0).then_some(before + 1)).map(|()| doc),
            Err((line, cause)) => Err(Error::new(ErrorKind::Conllu, &input.path, cause).at_line(line)),
        };
        self.treebank = Some((documents, input, before + 1));
        Some(result)
    }

    /// The next article of the JSON file that is open; `None` at its end.
    fn item(&mut self) -> Option<Result<Document, Error>> {
        let (mut items, input) = self.list.take()?;
        let path = &input.path;
        let result = match items.read()? {
            Ok(item) => match json::document(&item.object) {
                Some(mut doc) => {
                    if let Some(name) = item.name.filter(|_| doc.source.id.is_empty() && doc.source.url.is_none()) {
                        doc.source.id = name;
                    }
                    self.name(&mut doc, &input, item.number).map(|()| doc)
                }
                None => Err(Error::new(ErrorKind::NoText, path, "an article without text")),
            }
            .map_err(|e| e.at_article(item.number)),
            Err(broken) => {
                let kind = if broken.is_too_long { ErrorKind::TooLong } else { ErrorKind::Json };
                Err(Error::new(kind, path, broken.cause).at_article(broken.number))
            }
        };
        self.list = Some((items, input));
        Some(result)
    }

    /// The next article of the file of lines that is open; `None` at its end.
    fn line(&mut self) -> Option<Result<Document, Error>> {
        loop {
            let lines = self.lines.as_mut()?;
            let path = lines.input.path.clone();
            if std::mem::take(&mut lines.is_inside_line) && !skip_line(&mut lines.reader) {
                let number = lines.number;
                self.lines = None;
                let cause = format!("a line of more than {} MiB: these are no lines", LONGEST_REST >> 20);
                return Some(Err(Error::new(ErrorKind::TooLong, path, cause).at_line(number)));
            }
            let mut bytes = Vec::new();
            let read = lines.reader.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes);
            lines.number += 1;
            let number = lines.number;
            match read {
                Err(e) => {
                    self.lines = None;
                    return Some(Err(Error::new(ErrorKind::Open, path, e).at_line(number)));
                }
                Ok(0) => {
                    self.lines = None;
                    return None;
                }
                Ok(_) => {}
            }
            if bytes.len() > LONGEST && bytes.last() != Some(&b'\n') {
                lines.is_inside_line = true;
                return Some(Err(too_long(&path).at_line(number)));
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let parsed = encoding::decode(&bytes, &path).and_then(|text| parse(&text, &path));
            let mut doc = match parsed {
                Ok(doc) => doc,
                Err(e) => return Some(Err(e.at_line(number))),
            };
            if lines.input.format == Format::Tokenized {
                json::keep_tokens(&mut doc);
            }
            let Some(lines) = self.lines.take() else { return None };
            let named = self.name(&mut doc, &lines.input, Some(number));
            self.lines = Some(lines);
            return Some(named.map(|()| doc).map_err(|e| e.at_line(number)));
        }
    }
}

fn too_long(path: &Path) -> Error {
    Error::new(ErrorKind::TooLong, path, format!("an article of more than {} MiB", LONGEST >> 20))
}

/// Reads to the end of the line without keeping it; false when it does not end.
fn skip_line(reader: &mut impl BufRead) -> bool {
    let mut passed = 0;
    while passed < LONGEST_REST {
        let (used, done) = match reader.fill_buf() {
            Ok([]) | Err(_) => return true,
            Ok(bytes) => match memchr::memchr(b'\n', bytes) {
                Some(at) => (at + 1, true),
                None => (bytes.len(), false),
            },
        };
        reader.consume(used);
        passed += used as u64;
        if done {
            return true;
        }
    }
    false
}

fn parse(text: &str, path: &Path) -> Result<Document, Error> {
    let object = serde_json::from_str(text).map_err(|e| Error::new(ErrorKind::Json, path, e))?;
    json::document(&object).ok_or_else(|| Error::new(ErrorKind::NoText, path, "an article without text"))
}

/// A JSON file from its beginning. One of the usual size is decoded whole; a larger one must be UTF-8.
fn open_json(input: &Input) -> Result<Box<dyn Read + Send>, Error> {
    let failed = |e| Error::new(ErrorKind::Open, &input.path, e);
    let mut reader: Box<dyn Read + Send> = match input.name.as_str() {
        "-" => Box::new(std::io::stdin()),
        _ => Box::new(File::open(&input.path).map_err(failed)?),
    };
    let mut bytes = Vec::new();
    reader.by_ref().take(LONGEST as u64).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() < LONGEST {
        let text = encoding::decode(&bytes, &input.path)?;
        return Ok(Box::new(std::io::Cursor::new(text.into_bytes())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, std::io::Cursor::new(bytes).chain(reader))))
}

impl Iterator for Articles {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.treebank() {
                return Some(next);
            }
            if let Some(next) = self.line() {
                return Some(next);
            }
            if let Some(next) = self.item() {
                return Some(next);
            }
            match self.inputs.pop_front()? {
                Err(e) => return Some(Err(e)),
                Ok(input) => {
                    if let Some(next) = self.open(input) {
                        return Some(next);
                    }
                }
            }
        }
    }
}
