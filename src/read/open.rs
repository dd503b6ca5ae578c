//! From a place to bytes: files, standard input, members of archives; unpacked where they are compressed, and measured so
//! that a small file cannot become an endless one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::GzDecoder;
use flate2::read::DeflateDecoder;

use super::error::Refusal;
use super::sniff::{self, HEAD, Kind};
use super::{Error, ErrorKind, Format, LONGEST};

/// Bytes of an article, a message, a line, one at a time.
pub type Reader = Box<dyn BufRead + Send>;

/// One file to be read.
#[derive(Clone)]
pub struct Input {
    pub path: PathBuf,
    /// Name inside the folder that was given, with `/` between parts: the base of the id.
    pub name: String,
    /// What it holds, where somebody said so.
    pub format: Option<Format>,
    pub place: Place,
    /// Somebody named this very file.
    pub is_named: bool,
}

/// Where the bytes are.
#[derive(Clone)]
pub enum Place {
    File,
    Stdin,
    /// Inside a zip archive, from this byte on.
    Member {
        from: u64,
        packed: u64,
        method: u16,
        budget: Arc<Budget>,
    },
}

/// How much may come out of compressed bytes.
#[derive(Default)]
pub struct Budget {
    packed: AtomicU64,
    unpacked: AtomicU64,
}

/// Bytes that may be unpacked whatever they were packed into, and after them how many for each packed byte. Text of
/// articles is packed to a third or a tenth, the same article a thousand times to a hundredth.
const FREE: u64 = 64 << 20;
const GROWTH: u64 = 400;

/// Files in an archive at most.
const MEMBERS: usize = 1_000_000;

/// What was found in a place.
pub enum Opened {
    /// Articles of one format.
    Articles(Format, Reader),
    /// The members of an archive, and the tables of facts in it.
    Members(Vec<Result<Input, Error>>, Vec<Input>),
    /// Nothing that is an article or was expected to be.
    Aside(&'static str),
}

/// An error while reading: one of the archive, or one of the system.
pub fn failed(path: &Path, error: &io::Error) -> Error {
    let is_packed =
        matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput)
            || error.get_ref().is_some_and(|inner| inner.is::<Grows>());
    Error::new(if is_packed { ErrorKind::Compressed } else { ErrorKind::Open }, path, error)
}

/// Opens a place and tells what is there.
pub fn open(input: &Input) -> Result<Opened, Error> {
    let path = super::articles::shown(input);
    let fails = |e: io::Error| failed(&path, &e);
    let mut name = input.name.as_str();
    let mut reader = raw(input).map_err(fails)?;
    // Layers of compression: a web archive in a zip is packed twice.
    for _ in 0..4 {
        let (head, cut) = head(&mut reader, &input.place).map_err(fails)?;
        let kind = match &input.place {
            Place::Stdin => sniff::stream(&head),
            _ => sniff::kind(&head, name, input.is_named),
        };
        let rest: Reader = Box::new(Cursor::new(head).chain(Failing(cut)).chain(reader));
        match (kind, input.format) {
            (Kind::Gzip, _) => {
                let budget = Arc::new(Budget::default());
                let packed = Counted { inner: rest, budget: budget.clone() };
                reader = bounded(Members::new(packed), budget);
                name = name.strip_suffix(".gz").unwrap_or(name);
            }
            (Kind::Zstd, _) => {
                let budget = Arc::new(Budget::default());
                let packed = Counted { inner: rest, budget: budget.clone() };
                reader = bounded(zstd(packed).map_err(fails)?, budget);
                name = name.strip_suffix(".zst").or_else(|| name.strip_suffix(".zstd")).unwrap_or(name);
            }
            (Kind::Zip, _) => {
                return match &input.place {
                    Place::File if name == input.name => {
                        members(input).map(|(all, tables)| Opened::Members(all, tables))
                    }
                    Place::Stdin => Err(Error::refused(path, PIPED)),
                    _ => Err(Error::refused(path, INNER)),
                };
            }
            (Kind::Is(Format::Xml | Format::Text), Some(Format::Html)) => {
                return Ok(Opened::Articles(Format::Html, rest));
            }
            (_, Some(format)) => return Ok(Opened::Articles(format, rest)),
            (Kind::Is(format), None) => return Ok(Opened::Articles(format, rest)),
            (Kind::No(refusal), None) => return Err(Error::refused(path, refusal)),
            (Kind::Aside(words), None) => return Ok(Opened::Aside(words)),
        }
    }
    Err(Error::refused(path, INNER))
}

/// The bytes of a place, unpacked where an archive holds them.
fn raw(input: &Input) -> io::Result<Reader> {
    Ok(match &input.place {
        Place::Stdin => Box::new(BufReader::with_capacity(1 << 16, io::stdin())),
        Place::File => Box::new(BufReader::with_capacity(1 << 16, File::open(&input.path)?)),
        Place::Member { from, packed, method, budget } => {
            let mut file = File::open(&input.path)?;
            file.seek(SeekFrom::Start(*from))?;
            let bytes = BufReader::with_capacity(1 << 16, file.take(*packed));
            unpacked(*method, bytes, budget.clone())?
        }
    })
}

/// The whole of a place.
pub fn bytes(input: &Input, limit: usize) -> Result<Vec<u8>, Error> {
    let path = super::articles::shown(input);
    let mut reader = raw(input).map_err(|e| failed(&path, &e))?;
    whole(&mut reader, &path, limit)
}

const PIPED: Refusal = Refusal { sort: "an archive from a pipe", remedy: "give the file by its name, or unpack it" };

const INNER: Refusal = Refusal { sort: "an archive in another", remedy: "unpack it into a folder and give that" };

/// The whole of what is left, which is one article or one file of several.
pub fn whole(reader: &mut dyn Read, path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| failed(path, &e))?;
    match bytes.len() > limit {
        true if limit == LONGEST => Err(super::lines::too_long(path)),
        true => Err(Error::new(ErrorKind::TooLong, path, format!("a file of more than {} MiB", limit >> 20))),
        false => Ok(bytes),
    }
}

/// The first bytes, so many at most, and what kept more of them from being read.
pub fn up_to(reader: &mut dyn Read, most: usize) -> (Vec<u8>, Option<io::Error>) {
    let mut bytes = Vec::new();
    let error = reader.take(most as u64).read_to_end(&mut bytes).err();
    (bytes, error)
}

/// A reader that gives an error once, behind what could be read before it.
pub struct Failing(pub Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// The members of a file packed with gzip, one after another. Behind one that is broken the next one is looked for: the
/// error is given once, and what comes after it can be read.
struct Members<R: BufRead> {
    packed: Option<Pushed<R>>,
    member: Option<GzDecoder<Pushed<R>>>,
    /// The next member begins here.
    is_at_member: bool,
    /// The last member was broken, so that its rest stands before the next one.
    is_broken: bool,
}

/// How a member begins.
const MEMBER: [u8; 3] = [0x1f, 0x8b, 8];

impl<R: BufRead> Members<R> {
    fn new(packed: R) -> Members<R> {
        let packed = Some(Pushed { front: Vec::new(), inner: packed });
        Members { packed, member: None, is_at_member: true, is_broken: false }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(member) = &mut self.member {
                let result = member.read(out);
                if matches!(result, Ok(count) if count > 0 || out.is_empty()) {
                    return result;
                }
                self.packed = self.member.take().map(GzDecoder::into_inner);
                if let Err(error) = result {
                    self.is_broken = true;
                    return Err(error);
                }
            }
            let Some(mut packed) = self.packed.take() else { return Ok(0) };
            if !std::mem::take(&mut self.is_at_member) {
                let is_clean = packed.find_member()?;
                if !is_clean && !std::mem::take(&mut self.is_broken) {
                    (self.packed, self.is_at_member) = (Some(packed), true);
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "bytes among the packed ones that are none",
                    ));
                }
            }
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.member = Some(GzDecoder::new(packed));
        }
    }
}

/// A reader with bytes put before it.
struct Pushed<R> {
    front: Vec<u8>,
    inner: R,
}

impl<R: BufRead> Pushed<R> {
    /// Goes on to where a packed member begins, or to the end. True when nothing but zeros was passed over.
    fn find_member(&mut self) -> io::Result<bool> {
        let mut is_clean = true;
        loop {
            let bytes = self.fill_buf()?;
            if bytes.is_empty() {
                return Ok(is_clean);
            }
            let found = memchr::memmem::find(bytes, &MEMBER);
            let count = found.unwrap_or(bytes.len());
            // A beginning may lie over the end of these bytes.
            let open = (1..MEMBER.len()).rev().find(|n| bytes.ends_with(&MEMBER[..*n])).filter(|_| found.is_none());
            is_clean &= bytes[..count - open.unwrap_or(0)].iter().all(|b| *b == 0);
            self.consume(count);
            if found.is_some() {
                return Ok(is_clean);
            }
            let Some(open) = open else { continue };
            let rest = &MEMBER[open..];
            if self.fill_buf()?.starts_with(rest) {
                self.consume(rest.len());
                self.front = MEMBER.to_vec();
                return Ok(is_clean);
            }
            is_clean = false;
        }
    }
}

impl<R: BufRead> Read for Pushed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(out.len());
        out[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Pushed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.front.is_empty() { self.inner.fill_buf() } else { Ok(&self.front) }
    }

    fn consume(&mut self, count: usize) {
        match self.front.is_empty() {
            true => self.inner.consume(count),
            false => drop(self.front.drain(..count)),
        }
    }
}

/// The first bytes, and what kept more of them from being read. A stream is not waited for beyond its first line.
fn head(reader: &mut Reader, place: &Place) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut head = Vec::new();
    while head.len() < HEAD {
        let bytes = match reader.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if head.is_empty() => return Err(error),
            Err(error) => return Ok((head, Some(error))),
        };
        let count = bytes.len().min(HEAD - head.len());
        if count == 0 {
            break;
        }
        head.extend_from_slice(&bytes[..count]);
        reader.consume(count);
        if matches!(place, Place::Stdin) && head.contains(&b'\n') {
            break;
        }
    }
    Ok((head, None))
}

fn unpacked(method: u16, packed: impl BufRead + Send + 'static, budget: Arc<Budget>) -> io::Result<Reader> {
    Ok(match method {
        0 => bounded(packed, budget),
        8 => bounded(DeflateDecoder::new(packed), budget),
        93 => bounded(zstd(packed)?, budget),
        other => {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("compressed by method {other}, which is not known"),
            ));
        }
    })
}

/// Frames of Zstandard, one after another.
fn zstd(packed: impl BufRead + Send + 'static) -> io::Result<impl Read + Send> {
    Ok(Frames { packed: Some(packed), frame: None })
}

/// Bytes of a window that a frame may ask for.
const WINDOW: u64 = 128 << 20;

type Frame<R> = ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>;

/// Reads frame after frame: files that were written bit by bit have many.
struct Frames<R: BufRead> {
    packed: Option<R>,
    frame: Option<Frame<R>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bad = |e: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidData, e.to_string());
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(out).map_err(|e| bad(&e))?;
                if count > 0 || out.is_empty() {
                    return Ok(count);
                }
                self.packed = self.frame.take().map(Frame::into_inner);
            }
            let Some(mut packed) = self.packed.take() else { return Ok(0) };
            let start = packed.fill_buf()?;
            if start.is_empty() {
                return Ok(0);
            }
            if start.len() >= 4 && start[0] & 0xF0 == 0x50 && start[1..4] == [0x2A, 0x4D, 0x18] {
                // A frame that holds no data, an index for instance.
                let mut head = [0; 8];
                packed.read_exact(&mut head)?;
                let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
                io::copy(&mut packed.by_ref().take(u64::from(length)), &mut io::sink())?;
                self.packed = Some(packed);
                continue;
            }
            let mut decoder = ruzstd::decoding::FrameDecoder::new();
            decoder.set_max_window_size(WINDOW);
            self.frame = Some(Frame::new_with_decoder(packed, decoder).map_err(|e| bad(&e))?);
        }
    }
}

fn bounded(inner: impl Read + Send + 'static, budget: Arc<Budget>) -> Reader {
    Box::new(BufReader::with_capacity(1 << 16, Bounded { inner, budget }))
}

/// Packed bytes, counted as they are taken.
struct Counted<R> {
    inner: R,
    budget: Arc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.budget.packed.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.budget.packed.fetch_add(count as u64, Ordering::Relaxed);
        self.inner.consume(count);
    }
}

/// Unpacked bytes, as long as they are in proportion to the packed ones.
struct Bounded<R> {
    inner: R,
    budget: Arc<Budget>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let unpacked = self.budget.unpacked.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
        let packed = self.budget.packed.load(Ordering::Relaxed);
        if unpacked > FREE && unpacked / GROWTH > packed {
            return Err(io::Error::other(Grows));
        }
        Ok(count)
    }
}

/// Compressed data that grows beyond all measure.
#[derive(Debug)]
struct Grows;

impl std::fmt::Display for Grows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it unpacks to more than {GROWTH} times its size: no text does")
    }
}

impl std::error::Error for Grows {}

/// The files in a zip archive, in the order of their names.
fn members(input: &Input) -> Result<(Vec<Result<Input, Error>>, Vec<Input>), Error> {
    let broken = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Compressed, &input.path, e);
    let file = File::open(&input.path).map_err(|e| failed(&input.path, &e))?;
    let length = file.metadata().map_err(|e| failed(&input.path, &e))?.len();
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| broken(&e))?;
    if archive.len() > MEMBERS {
        return Err(broken(&format!("more than {MEMBERS} files in one archive")));
    }
    let names: Vec<String> = archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect();
    if let Some(refusal) = sniff::archive(names.iter().map(String::as_str)) {
        return Err(Error::refused(&input.path, refusal));
    }
    // A web archive packed by a crawler: pages and indexes are beside the records.
    let is_crawl = names.iter().any(|n| n.starts_with("archive/") && n.contains(".warc"));
    let budget = Arc::new(Budget { packed: AtomicU64::new(length), unpacked: AtomicU64::new(0) });
    let (mut found, mut tables) = (Vec::new(), Vec::new());
    for number in 0..archive.len() {
        let member = archive.by_index_raw(number).map_err(|e| broken(&e))?;
        let Ok(name) = member.name().map(|n| n.replace('\\', "/")) else { continue };
        let parts: Vec<&str> = name.split('/').filter(|p| !matches!(*p, "" | "." | "..")).collect();
        let is_hidden = parts.iter().any(|p| p.starts_with('.') || *p == "__MACOSX");
        let file = parts.last().copied().unwrap_or("");
        let is_table = sniff::is_table_of_facts(file) && !is_hidden;
        if member.is_dir()
            || is_hidden
            || (sniff::is_aside(file).is_some() && !is_table)
            || (is_crawl && !name.starts_with("archive/"))
        {
            continue;
        }
        let own = format!("{}/{}", input.name, parts.join("/"));
        if member.encrypted() {
            let refusal =
                Refusal { sort: "an encrypted archive", remedy: "unpack it with its password and give what is in it" };
            found.push((own, Err(Error::refused(input.path.join(parts.join("/")), refusal))));
            continue;
        }
        let Some(from) = member.data_start() else { return Err(broken(&"a member without data")) };
        let method = method(member.compression());
        let place = Place::Member { from, packed: member.compressed_size(), method, budget: budget.clone() };
        let member = Input { name: own.clone(), place, is_named: false, ..input.clone() };
        match is_table {
            true => tables.push(member),
            false => found.push((own, Ok(member))),
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    tables.sort_by(|a, b| b.name.cmp(&a.name));
    Ok((found.into_iter().map(|(_, input)| input).collect(), tables))
}

/// The number of a method. Other crates may have `zip` built with more methods than this one asks for, so that a method is
/// known by its constant alone.
fn method(method: zip::CompressionMethod) -> u16 {
    use zip::CompressionMethod as Method;
    let known = [(Method::STORE, 0), (Method::DEFLATE, 8), (Method::ZSTD, 93)];
    known.into_iter().find(|(own, _)| *own == method).map_or(u16::MAX, |(_, number)| number)
}
