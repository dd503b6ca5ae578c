//! Which files there are: folders are walked through, each once, and nothing is opened.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::open::{Input, Place};
use super::{Error, ErrorKind, Links, Options, sniff};

/// What was found under the paths.
pub struct Found {
    pub inputs: Vec<Result<Input, Error>>,
    /// Folders of which every file is among the inputs.
    pub walked: HashSet<PathBuf>,
    /// Files that are no articles by their names alone, counted by kind.
    pub passed: BTreeMap<&'static str, usize>,
}

/// The files of these paths, those of a folder in the order of their names. `-` is standard input.
pub fn inputs(paths: &[PathBuf], options: &Options) -> Found {
    let mut all = Found { inputs: Vec::new(), walked: HashSet::new(), passed: BTreeMap::new() };
    for path in paths {
        let named = |name: String, place: Place| Input {
            path: path.clone(),
            name,
            format: options.format,
            place,
            is_named: true,
        };
        if path.as_os_str() == "-" {
            all.inputs.push(Ok(named("-".into(), Place::Stdin)));
            continue;
        }
        match std::fs::metadata(path) {
            Err(e) => all.inputs.push(Err(Error::new(ErrorKind::Open, path, e))),
            Ok(meta) if meta.is_dir() => {
                let mut walk = Walk::new(path, options);
                walk.folder(path);
                walk.links();
                if walk.found.is_empty() {
                    walk.found.push(Err(Error::new(ErrorKind::NoArticles, path, "no articles in this folder")));
                }
                all.inputs.extend(walk.found);
                all.walked.extend(walk.walked);
                for (kind, count) in walk.passed {
                    *all.passed.entry(kind).or_default() += count;
                }
            }
            Ok(_) => {
                let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                all.inputs.push(Ok(named(name, Place::File)));
            }
        }
    }
    all
}

/// A walk through one folder. A folder is entered once, whatever links lead to it, and only regular files are opened: a
/// pipe would be waited for without end.
struct Walk<'r> {
    root: &'r Path,
    /// The folder with all links resolved; `None` when it cannot be.
    real: Option<PathBuf>,
    options: &'r Options,
    entered: HashSet<PathBuf>,
    files: HashSet<PathBuf>,
    /// Links met on the way: what they lead to is looked at when everything else has its own name.
    links: Vec<PathBuf>,
    found: Vec<Result<Input, Error>>,
    walked: HashSet<PathBuf>,
    passed: BTreeMap<&'static str, usize>,
}

impl<'r> Walk<'r> {
    fn new(root: &'r Path, options: &'r Options) -> Walk<'r> {
        Walk {
            root,
            real: root.canonicalize().ok(),
            options,
            entered: HashSet::new(),
            files: HashSet::new(),
            links: Vec::new(),
            found: Vec::new(),
            walked: HashSet::new(),
            passed: BTreeMap::new(),
        }
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
        if is_store(folder) {
            return *self.passed.entry("stores of this program").or_default() += 1;
        }
        self.walked.insert(folder.to_path_buf());
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
        if let Some(kind) = sniff::is_aside(&file) {
            return *self.passed.entry(kind).or_default() += 1;
        }
        if !is_regular {
            return self.found.push(Err(Error::new(ErrorKind::Special, path, "neither a file nor a folder")));
        }
        let inside = path.strip_prefix(self.root).unwrap_or(&path);
        let name = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        self.found.push(Ok(Input { path, name, format: self.options.format, place: Place::File, is_named: false }));
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
            let is_inside = self.real.as_ref().is_some_and(|real| target.starts_with(real));
            if !is_inside && self.options.links == Links::Inside {
                let cause = format!("a link that leads out of the folder, to {}", target.display());
                self.found.push(Err(Error::new(ErrorKind::Outside, path, cause)));
            } else if meta.is_dir() {
                self.folder(&path);
            } else if !self.files.contains(&target) {
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

/// True for a folder in which this program keeps a store: an article has no manifest beside a lock.
fn is_store(folder: &Path) -> bool {
    folder.join("manifest.json").is_file() && folder.join("lock").exists()
}
