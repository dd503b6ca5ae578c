//! A file of sections that is mapped into memory, never read as a whole, and checked page by page as it is touched.
//!
//! Behind the sections stand the checksum of every page, the table of sections, and a tail of fixed length. The
//! manifest holds the checksum of everything behind the sections, so a file of another generation, one cut short and
//! one changed are told from the right one when it is opened; a page that has changed is told when it is first looked at.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::Mmap;
use serde::{Deserialize, Serialize};

use crate::graph::{Error, ErrorKind};

/// Bytes under one checksum.
const PAGE: usize = 1 << 14;

/// The last bytes of a file: length of the sections (8), number of sections (4), mark and version (4).
const TAIL: usize = 16;

const MARK: u32 = u32::from_le_bytes(*b"ssy1");

/// A file as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Named {
    /// Its name in the store's folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// CRC-32 of what stands behind its sections.
    pub crc32: u32,
}

/// Files that have been mapped since the program began.
static MAPPED: AtomicU64 = AtomicU64::new(1);

/// A mapped file.
pub(super) struct Pages {
    path: PathBuf,
    /// A number that no other mapped file has, so that what was read of one is never taken for another's.
    number: u64,
    map: Mmap,
    sections: Vec<(usize, usize)>,
    /// Where the checksums of the pages begin.
    sums: usize,
    /// One bit a page: whether its checksum has been compared.
    checked: Vec<AtomicU64>,
}

impl Pages {
    /// Maps the file that a manifest names.
    pub fn open(folder: &Path, named: &Named) -> Result<Pages, Error> {
        let path = folder.join(&named.name);
        let file = File::open(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::new(ErrorKind::Damaged, format!("{} is missing", path.display())),
            _ => Error::io(format!("cannot read {}", path.display()), e),
        })?;
        let length = file.metadata().map_err(|e| Error::io(format!("cannot read {}", path.display()), e))?.len();
        let damaged = |why: String| Error::new(ErrorKind::Damaged, format!("{} {why}", path.display()));
        if length != named.bytes {
            return Err(damaged(format!("has {length} bytes instead of {}", named.bytes)));
        }
        // SAFETY: files of a store are written once, under a name of their own, and never changed after; what another
        // program does to them shows as a wrong checksum.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.map_err(|e| Error::io(format!("cannot map {}", path.display()), e))?;
        let changed = || damaged("is damaged: its checksum is not the one in the manifest".to_owned());
        let tail = map.len().checked_sub(TAIL).ok_or_else(changed)?;
        let sections_end = usize::try_from(u64_at(&map, tail)).map_err(|_| changed())?;
        if sections_end > tail || u32_at(&map, tail + 12) != MARK || crc32(&map[sections_end..]) != named.crc32 {
            return Err(changed());
        }
        let count = u32_at(&map, tail + 8) as usize;
        let pages = sections_end.div_ceil(PAGE);
        let table = sections_end + pages * 4;
        // A file from a stranger may say that it has more than it is long.
        if count.checked_mul(16).and_then(|length| length.checked_add(table)) != Some(tail) {
            return Err(changed());
        }
        let sections = (0..count).map(|n| {
            let at = table + n * 16;
            (u64_at(&map, at) as usize, u64_at(&map, at + 8) as usize)
        });
        let sections: Vec<(usize, usize)> = sections.collect();
        if sections.iter().any(|(begin, length)| begin.checked_add(*length).is_none_or(|end| end > sections_end)) {
            return Err(changed());
        }
        let checked = (0..pages.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let number = MAPPED.fetch_add(1, Ordering::Relaxed);
        Ok(Pages { path, number, sections, sums: sections_end, checked, map })
    }

    /// The number of the file among all that were mapped.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How long a section is.
    pub fn length(&self, section: usize) -> usize {
        self.sections.get(section).map_or(0, |(_, length)| *length)
    }

    /// Bytes of a section, after the pages that hold them have been compared with their checksums.
    pub fn bytes(&self, section: usize, from: usize, length: usize) -> Result<&[u8], Error> {
        let (begin, size) = self.sections.get(section).copied().unwrap_or_default();
        if from.checked_add(length).is_none_or(|end| end > size) {
            return Err(self.damaged());
        }
        if length == 0 {
            return Ok(&[]);
        }
        let (from, to) = (begin + from, begin + from + length);
        for page in from / PAGE..=(to - 1) / PAGE {
            if self.checked[page / 64].load(Ordering::Relaxed) & (1 << (page % 64)) == 0 {
                self.check(page)?;
            }
        }
        Ok(&self.map[from..to])
    }

    /// Up to so many bytes of a section: fewer at its end.
    pub fn at_most(&self, section: usize, from: usize, length: usize) -> Result<&[u8], Error> {
        let left = self.length(section).saturating_sub(from);
        self.bytes(section, from, length.min(left))
    }

    fn check(&self, page: usize) -> Result<(), Error> {
        let begin = page * PAGE;
        let end = (begin + PAGE).min(self.sums);
        if crc32(&self.map[begin..end]) != u32_at(&self.map, self.sums + page * 4) {
            return Err(self.damaged());
        }
        self.checked[page / 64].fetch_or(1 << (page % 64), Ordering::Relaxed);
        Ok(())
    }

    /// Compares every page with its checksum.
    pub fn check_all(&self) -> Result<(), Error> {
        (0..self.sums.div_ceil(PAGE)).try_for_each(|page| self.check(page))
    }

    /// The error of a file whose bytes are not those that were written.
    pub fn damaged(&self) -> Error {
        Error::new(
            ErrorKind::Damaged,
            format!("{} is damaged: a part of it does not have its checksum", self.path.display()),
        )
    }
}

/// Writes a file of sections.
pub(super) struct PageWriter {
    path: PathBuf,
    name: String,
    out: BufWriter<File>,
    sections: Vec<(u64, u64)>,
    at: u64,
    crc: flate2::Crc,
    in_page: usize,
    sums: Vec<u32>,
}

impl PageWriter {
    /// Begins a new file; one of that name, left by a build that was killed, is replaced.
    pub fn create(folder: &Path, name: &str) -> Result<PageWriter, Error> {
        let path = folder.join(name);
        let failed = |e| Error::io(format!("cannot write {}", path.display()), e);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(e)),
            _ => {}
        }
        // Made anew, so that a link planted in its place is not followed.
        let file = File::options().write(true).create_new(true).open(&path).map_err(failed)?;
        Ok(PageWriter {
            path,
            name: name.to_owned(),
            out: BufWriter::with_capacity(1 << 18, file),
            sections: Vec::new(),
            at: 0,
            crc: flate2::Crc::new(),
            in_page: 0,
            sums: Vec::new(),
        })
    }

    /// Ends the section before and begins the next.
    pub fn section(&mut self) {
        self.end_section();
        self.sections.push((self.at, 0));
    }

    fn end_section(&mut self) {
        if let Some((begin, length)) = self.sections.last_mut() {
            *length = self.at - *begin;
        }
    }

    /// Bytes of the section.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| Error::io(format!("cannot write {}", self.path.display()), e))?;
        self.at += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PAGE - self.in_page));
            self.crc.update(now);
            self.in_page += now.len();
            if self.in_page == PAGE {
                self.end_page();
            }
            bytes = later;
        }
        Ok(())
    }

    fn end_page(&mut self) {
        self.sums.push(self.crc.sum());
        self.crc.reset();
        self.in_page = 0;
    }

    /// Ends the file and brings it to the disk.
    pub fn finish(mut self) -> Result<Named, Error> {
        self.end_section();
        if self.in_page > 0 {
            self.end_page();
        }
        let mut end = Vec::new();
        end.extend(self.sums.iter().flat_map(|sum| sum.to_le_bytes()));
        end.extend(self.sections.iter().flat_map(|(from, length)| [from.to_le_bytes(), length.to_le_bytes()].concat()));
        end.extend(self.at.to_le_bytes());
        end.extend((self.sections.len() as u32).to_le_bytes());
        end.extend(MARK.to_le_bytes());
        let failed = |e| Error::io(format!("cannot write {}", self.path.display()), e);
        self.out.write_all(&end).map_err(failed)?;
        self.out.flush().map_err(failed)?;
        self.out.get_ref().sync_all().map_err(failed)?;
        Ok(Named { name: self.name, bytes: self.at + end.len() as u64, crc32: crc32(&end) })
    }
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}
