//! Files of lines, each an article: JSON Lines.

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::fields::Fields;
use super::open::{Reader, failed};
use super::{Error, ErrorKind, LONGEST, Part, encoding, json};

/// The articles of a file of lines.
pub struct Lines {
    reader: Reader,
    path: PathBuf,
    names: Fields,
    /// Words are divided by single spaces already.
    is_tokenized: bool,
    number: usize,
    /// The line before was too long, and its rest has not been passed yet.
    is_inside_line: bool,
    is_done: bool,
}

/// Bytes of the rest of a line, or of a message, that are passed over at most: a stream without ends never ends.
pub const LONGEST_REST: u64 = 1 << 30;

impl Lines {
    pub fn new(reader: Reader, path: PathBuf, names: Fields, is_tokenized: bool) -> Lines {
        Lines { reader, path, names, is_tokenized, number: 0, is_inside_line: false, is_done: false }
    }

    /// The next line that is not empty, without a word on what is in it.
    fn line(&mut self) -> Option<Result<Vec<u8>, Error>> {
        while !self.is_done {
            if std::mem::take(&mut self.is_inside_line) && !skip_line(&mut self.reader) {
                self.is_done = true;
                let cause = format!("a line of more than {} MiB: these are no lines", LONGEST_REST >> 20);
                return Some(Err(Error::new(ErrorKind::TooLong, &self.path, cause)));
            }
            let mut bytes = Vec::new();
            let read = self.reader.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes);
            match read {
                Err(e) => {
                    self.is_done = true;
                    self.number += 1;
                    return Some(Err(failed(&self.path, &e)));
                }
                Ok(0) => self.is_done = true,
                Ok(_) => {
                    self.number += 1;
                    if bytes.len() > LONGEST && bytes.last() != Some(&b'\n') {
                        self.is_inside_line = true;
                        return Some(Err(too_long(&self.path)));
                    }
                    if !bytes.iter().all(u8::is_ascii_whitespace) {
                        return Some(Ok(bytes));
                    }
                }
            }
        }
        None
    }

    fn part(&self, bytes: &[u8]) -> Result<Part, Error> {
        let text = encoding::decode(bytes, &self.path)?;
        let object: Map<String, Value> =
            serde_json::from_str(&json::without_nan(&text)).map_err(|e| Error::new(ErrorKind::Json, &self.path, e))?;
        let read = json::document(&object, &self.names).ok_or_else(|| json::without_text(&object, &self.path))?;
        let losses = read.losses(&self.path);
        let mut part = Part::one(read.doc, self.number);
        part.losses = losses;
        part.fields = Some(read.fields);
        if self.is_tokenized {
            json::keep_tokens(&mut part.doc);
        }
        Ok(part)
    }
}

impl Iterator for Lines {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.line()?;
        let result = line.and_then(|bytes| self.part(&bytes));
        let at = |e: Error| e.at_line(self.number);
        Some(result.map_err(at).map(|part| part.placed(at)))
    }
}

/// An article that is too long to be read.
pub fn too_long(path: &Path) -> Error {
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
