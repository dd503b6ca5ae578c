//! Files that are whole or not there: written beside their place, made lasting, and put there in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of a table, or of anything else that a person writes or checks by hand, at most.
pub const TABLE: u64 = 256 << 20;

/// Bytes of a file of data that is read as a whole, at most: what is made of it in memory is some times as much.
pub const DATA: u64 = 2 << 30;

/// All that can be read, when it is no more than `most` bytes: a device or a pipe may have no end.
pub fn whole(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let (size, unit) = if most >= 1 << 20 { (most >> 20, "MiB") } else { (most, "bytes") };
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {size} {unit} are not read")));
    }
    Ok(bytes)
}

/// The same as text.
pub fn text(reader: impl Read, most: u64) -> io::Result<String> {
    let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8");
    String::from_utf8(whole(reader, most)?).map_err(wrong)
}

/// The text of a file, within bounds.
pub fn text_of(path: &Path, most: u64) -> io::Result<String> {
    text(File::open(path)?, most)
}

/// Puts bytes into a file. Until all of them are on the disk, what stood there before stays; after a failure it still does,
/// and nothing is left beside it. Devices and pipes are written to as they are.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_with(path, |out| out.write_all(bytes))
}

/// The same for what is written bit by bit.
pub fn put_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A link stays a link: the file it leads to is replaced.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&place).ok();
    if before.as_ref().is_some_and(|m| !m.is_file()) {
        let mut out = OpenOptions::new().write(true).open(&place)?;
        return write(&mut out).and_then(|()| out.flush());
    }
    let beside = beside(&place)?;
    let written = create_new(&beside).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        out.flush()?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(before) = &before {
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &place)
    });
    match written {
        Ok(()) => sync_parent(&place),
        // The file is partly written, and may be what fills the disk.
        Err(_) => drop(fs::remove_file(&beside)),
    }
    written
}

/// Puts files into a folder. One that is not there yet is whole or does not come to be; in one that is, each file is put in
/// its turn, and others stay.
pub fn put_folder(folder: &Path, contents: &[(&str, &[u8])]) -> io::Result<()> {
    let fill = |folder: &Path| contents.iter().try_for_each(|(name, bytes)| put(&folder.join(name), bytes));
    if fs::symlink_metadata(folder).is_ok() {
        return fill(folder);
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    let beside = beside(folder)?;
    // What an earlier run has left when it was killed.
    let _ = fs::remove_dir_all(&beside);
    let done = fs::create_dir(&beside).and_then(|()| fill(&beside)).and_then(|()| fs::rename(&beside, folder));
    match done {
        Ok(()) => sync_parent(folder),
        Err(_) => drop(fs::remove_dir_all(&beside)),
    }
    done
}

/// Makes a file that was not there. What somebody else has put under its name, a link above all, is taken away and not
/// written through.
pub fn create_new(path: &Path) -> io::Result<File> {
    let new = || OpenOptions::new().write(true).create_new(true).open(path);
    match new() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            new()
        }
        other => other,
    }
}

/// The name beside a file under which its new contents are written.
fn beside(place: &Path) -> io::Result<PathBuf> {
    let name =
        place.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this is no name of a file"))?;
    let mut own = std::ffi::OsString::from(".");
    own.push(name);
    own.push(".new");
    Ok(place.with_file_name(own))
}

/// Makes a rename, or a new folder, lasting. Not every system can sync a folder; where it cannot, nothing is lost but haste.
pub fn sync_parent(path: &Path) {
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return,
    };
    if let Ok(folder) = File::open(parent) {
        let _ = folder.sync_all();
    }
}
