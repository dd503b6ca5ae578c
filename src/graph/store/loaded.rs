//! A store that is open: its quads by pattern, whatever keeps them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    TermRef,
};
use oxigraph::store::Store as Oxigraph;
use rustc_hash::FxHashSet;

use super::manifest::Manifest;
use super::mapped::{Alive, Dataset, Snapshot};
use super::names::{Names, Places};
use crate::graph::vocab::{other, property};
use crate::graph::words::{self, Wanted};
use crate::graph::{Error, ErrorKind};

/// All quads of a store, ready for SPARQL.
#[derive(Clone)]
pub enum Loaded {
    /// In memory, or on disk by RocksDB.
    Oxigraph(Oxigraph),
    /// In files that are mapped into memory.
    Mapped(Mapped),
}

/// A mapped store, at the manifest that was read last.
#[derive(Clone)]
pub struct Mapped(Arc<RwLock<Current>>);

struct Current {
    folder: Option<PathBuf>,
    /// The manifest's checksum.
    check: String,
    /// What the system says of the manifest's file.
    stamp: Option<(std::time::SystemTime, u64)>,
    snapshot: Arc<Snapshot>,
}

impl From<Oxigraph> for Loaded {
    fn from(store: Oxigraph) -> Loaded {
        Loaded::Oxigraph(store)
    }
}

/// Quads, or the error that ended them.
type Found<'s> = Box<dyn Iterator<Item = Result<Quad, Error>> + 's>;

impl Loaded {
    pub(super) fn mapped(folder: PathBuf, manifest: &Manifest, snapshot: Snapshot) -> Loaded {
        let stamp = stamp(&folder);
        let current =
            Current { folder: Some(folder), check: manifest.check.clone(), stamp, snapshot: Arc::new(snapshot) };
        Loaded::Mapped(Mapped(Arc::new(RwLock::new(current))))
    }

    /// A snapshot that stays as it is.
    pub(super) fn of_snapshot(snapshot: Arc<Snapshot>) -> Loaded {
        let current = Current { folder: None, check: String::new(), stamp: None, snapshot };
        Loaded::Mapped(Mapped(Arc::new(RwLock::new(current))))
    }

    /// Oxigraph's own store, which can be changed; files that are mapped cannot.
    pub fn writable(&self) -> Result<&Oxigraph, Error> {
        match self {
            Loaded::Oxigraph(store) => Ok(store),
            Loaded::Mapped(_) => {
                Err(Error::new(ErrorKind::Unsupported, "a store of mapped files cannot be changed in place")
                    .with_hint("`sayso serve --writable` changes a copy in memory"))
            }
        }
    }

    /// Looks whether a build has put a new manifest in place, and goes over to it. One that cannot be read is left for
    /// the next time: what was read before still stands.
    pub fn refresh(&self) {
        let Loaded::Mapped(Mapped(current)) = self else { return };
        let Some((folder, check, known)) =
            current.read().ok().and_then(|now| now.folder.clone().map(|folder| (folder, now.check.clone(), now.stamp)))
        else {
            return;
        };
        let stamp = stamp(&folder);
        if stamp == known {
            return;
        }
        let Ok(Some(manifest)) = Manifest::read(&folder) else { return };
        let fresh = match (&manifest.mapped, manifest.check == check) {
            (Some(files), false) => Snapshot::open(&folder, files).ok(),
            _ => None,
        };
        if let Ok(mut now) = current.write() {
            if let Some(snapshot) = fresh {
                now.snapshot = Arc::new(snapshot);
                now.check = manifest.check;
                now.stamp = stamp;
            } else if manifest.check == check {
                now.stamp = stamp;
            }
        }
    }

    /// The quads of a pattern; a graph that is not given is any graph.
    pub fn quads_for_pattern<'s>(
        &'s self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Found<'s> {
        match self {
            Loaded::Oxigraph(store) => {
                Box::new(store.quads_for_pattern(subject, predicate, object, graph).map(|q| q.map_err(Error::from)))
            }
            Loaded::Mapped(mapped) => {
                let graph = match graph {
                    Some(GraphNameRef::DefaultGraph) => return Box::new(std::iter::empty()),
                    Some(GraphNameRef::NamedNode(node)) => Some(TermRef::from(node)),
                    Some(GraphNameRef::BlankNode(node)) => Some(TermRef::from(node)),
                    None => None,
                };
                let pattern = [subject.map(TermRef::from), predicate.map(TermRef::from), object, graph];
                mapped.quads(pattern).unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
            }
        }
    }

    /// The subjects and objects of a property; of what has that object alone, where it is given. The property itself and the
    /// graphs are not read, and an object that follows itself is read once.
    pub(in crate::graph) fn said_with(
        &self,
        property: NamedNodeRef<'_>,
        object: Option<TermRef<'_>>,
        mut work: impl FnMut(&str, &Term),
    ) -> Result<(), Error> {
        let Loaded::Mapped(mapped) = self else {
            for quad in self.quads_for_pattern(None, Some(property), object, None) {
                let quad = quad?;
                if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                    work(subject.as_str(), &quad.object);
                }
            }
            return Ok(());
        };
        let snapshot = mapped.now();
        let mut read = LastRead::default();
        pairs(&snapshot, property, object, |subject, object| {
            if let Term::NamedNode(subject) = snapshot.term(subject)? {
                work(subject.as_str(), read.term(&snapshot, object)?);
            }
            Ok(())
        })
    }

    /// What is said of a thing: properties and objects.
    pub(in crate::graph) fn said_of(&self, iri: &str, mut work: impl FnMut(NamedNode, Term)) -> Result<(), Error> {
        let subject = NamedNodeRef::new_unchecked(iri);
        let Loaded::Mapped(mapped) = self else {
            for quad in self.quads_for_pattern(Some(NamedOrBlankNodeRef::NamedNode(subject)), None, None, None) {
                let quad = quad?;
                work(quad.predicate, quad.object);
            }
            return Ok(());
        };
        let snapshot = mapped.now();
        let Some(subject) = snapshot.find(subject.into())? else { return Ok(()) };
        for row in snapshot.quads([Some(subject), None, None, None]) {
            let [_, property, object, _] = row?;
            if let Term::NamedNode(property) = snapshot.term(property)? {
                work(property, snapshot.term(object)?);
            }
        }
        Ok(())
    }

    /// Every quad, in no order that means anything.
    pub fn iter(&self) -> Found<'_> {
        self.quads_for_pattern(None, None, None, None)
    }

    /// How many quads there are: they are counted.
    pub fn len(&self) -> Result<usize, Error> {
        match self {
            Loaded::Oxigraph(store) => Ok(store.len()?),
            Loaded::Mapped(mapped) => {
                let mut count = 0;
                for quad in mapped.now().quads([None; 4]) {
                    quad?;
                    count += 1;
                }
                Ok(count)
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.iter().next().transpose()?.is_none())
    }

    /// The texts that have words which begin so, in any order; `None` where there is no index of words.
    pub fn texts_with(&self, beginnings: &str) -> Result<Option<Vec<Literal>>, Error> {
        let Loaded::Mapped(mapped) = self else { return Ok(None) };
        let mut wanted = Wanted { words: Vec::new() };
        words::each(beginnings, |word| wanted.words.push((word.to_owned(), true)));
        let snapshot = mapped.now();
        let mut found = Vec::new();
        for id in snapshot.having(&wanted)? {
            if let Term::Literal(text) = snapshot.term(id)? {
                found.push(text);
            }
        }
        Ok(Some(found))
    }

    /// The names of the graphs.
    pub fn named_graphs(&self) -> Box<dyn Iterator<Item = Result<NamedOrBlankNode, Error>> + '_> {
        match self {
            Loaded::Oxigraph(store) => Box::new(store.named_graphs().map(|g| g.map_err(Error::from))),
            Loaded::Mapped(mapped) => {
                let snapshot = mapped.now();
                match snapshot.graphs() {
                    Ok(graphs) => Box::new(graphs.into_iter().map(move |id| node(snapshot.term(id)?))),
                    Err(error) => Box::new(std::iter::once(Err(error))),
                }
            }
        }
    }

    /// Whether there is a graph of this name.
    pub fn contains_named_graph(&self, graph: &NamedNode) -> Result<bool, Error> {
        match self {
            Loaded::Oxigraph(store) => Ok(store.contains_named_graph(graph)?),
            Loaded::Mapped(_) => {
                let graph = Some(GraphNameRef::from(graph.as_ref()));
                Ok(self.quads_for_pattern(None, None, None, graph).next().transpose()?.is_some())
            }
        }
    }
}

/// The numbers of the subjects and objects of a property; of what has that object alone, where it is given.
pub(super) fn pairs(
    snapshot: &Arc<Snapshot>,
    property: NamedNodeRef<'_>,
    object: Option<TermRef<'_>>,
    mut work: impl FnMut(u32, u32) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(property) = snapshot.find(property.into())? else { return Ok(()) };
    let object = match object.map(|object| snapshot.find(object)).transpose()? {
        Some(None) => return Ok(()),
        object => object.flatten(),
    };
    for row in snapshot.quads([None, Some(property), object, None]) {
        let [subject, _, object, _] = row?;
        work(subject, object)?;
    }
    Ok(())
}

/// The numbers of those properties that the store has.
pub(in crate::graph::store) fn numbers_of<'p>(
    snapshot: &Snapshot,
    properties: impl IntoIterator<Item = NamedNodeRef<'p>>,
) -> Result<Vec<u32>, Error> {
    let mut numbers = Vec::new();
    for property in properties {
        numbers.extend(snapshot.find(property.into())?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// The term that was read last: one that follows itself is read once.
#[derive(Default)]
struct LastRead(Option<(u32, Term)>);

impl LastRead {
    fn term(&mut self, snapshot: &Snapshot, number: u32) -> Result<&Term, Error> {
        let term = match self.0.take() {
            Some((last, term)) if last == number => term,
            _ => snapshot.term(number)?,
        };
        Ok(&self.0.insert((number, term)).1)
    }
}

impl Mapped {
    /// The store as it is now; it stays so for whoever holds it.
    pub fn now(&self) -> Arc<Snapshot> {
        match self.0.read() {
            Ok(now) => Arc::clone(&now.snapshot),
            Err(broken) => Arc::clone(&broken.into_inner().snapshot),
        }
    }

    /// The same for the evaluator of SPARQL, with the articles that a question is looking at, and what is called for each
    /// quad that it reads.
    pub(in crate::graph) fn dataset(&self, articles: Option<Arc<[u32]>>, alive: Alive) -> Dataset {
        Dataset::new(self.now(), articles, alive)
    }

    /// The same, whatever is built meanwhile.
    pub(in crate::graph) fn still(&self) -> Mapped {
        let current = Current { folder: None, check: String::new(), stamp: None, snapshot: self.now() };
        Mapped(Arc::new(RwLock::new(current)))
    }

    /// The numbers of the subjects and objects of a property; with `object` of what has that alone.
    pub(in crate::graph) fn column(
        &self,
        property: NamedNodeRef<'_>,
        object: Option<NamedNodeRef<'_>>,
        mut work: impl FnMut(u32, u32),
    ) -> Result<(), Error> {
        pairs(&self.now(), property, object.map(TermRef::from), |subject, object| {
            work(subject, object);
            Ok(())
        })
    }

    /// Gives what a property leads to from some things, or back from them, each with the place of the thing.
    pub(in crate::graph) fn step(
        &self,
        property: NamedNodeRef<'_>,
        is_back: bool,
        places: &Places,
        mut work: impl FnMut(u32, u32),
    ) -> Result<(), Error> {
        Names::Mapped(self.now()).along(property, is_back, places, |place, end| {
            work(place, end);
            Ok(())
        })
    }

    /// The numbers of all articles with the value of a property, sorted by it; those without one come first.
    pub(in crate::graph) fn articles_by(&self, order: NamedNodeRef<'_>) -> Result<Vec<(String, u32)>, Error> {
        let snapshot = self.now();
        let pairs = |property: NamedNodeRef<'_>| -> Result<Vec<(u32, u32)>, Error> {
            let Some(property) = snapshot.find(property.into())? else { return Ok(Vec::new()) };
            snapshot.quads([None, Some(property), None, None]).map(|row| row.map(|[s, _, o, _]| (s, o))).collect()
        };
        let mut keys: BTreeMap<u32, String> = BTreeMap::new();
        for (article, _) in pairs(property::IDENTIFIER)? {
            keys.insert(article, String::new());
        }
        for (article, value) in pairs(order)? {
            if let (Some(key), Term::Literal(literal)) = (keys.get_mut(&article), snapshot.term(value)?) {
                *key = literal.destruct().0;
            }
        }
        let mut sorted: Vec<(String, u32)> = keys.into_iter().map(|(article, key)| (key, article)).collect();
        sorted.sort_unstable();
        Ok(sorted)
    }

    /// How many texts have these words.
    pub(in crate::graph) fn texts_of(&self, wanted: &Wanted) -> Result<usize, Error> {
        Ok(self.now().matching(wanted)?.len())
    }

    /// Whether at least `many` things have a text with these words under some properties.
    pub(in crate::graph) fn is_common(
        &self,
        wanted: &Wanted,
        properties: &[NamedNode],
        many: usize,
    ) -> Result<bool, Error> {
        let snapshot = self.now();
        let properties = numbers_of(&snapshot, properties.iter().map(NamedNode::as_ref))?;
        let texts = snapshot.matching(wanted)?;
        if texts.len() >= many {
            return Ok(true);
        }
        let mut found = 0;
        for (text, property) in texts.iter().flat_map(|text| properties.iter().map(move |property| (*text, *property)))
        {
            for row in snapshot.quads([None, Some(property), Some(text), None]) {
                row?;
                found += 1;
                if found >= many {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The numbers of the articles in whose graphs some properties have texts with these words; nothing where fewer than
    /// `many` things have them.
    pub(in crate::graph) fn articles_with(
        &self,
        wanted: &Wanted,
        properties: &[NamedNode],
        many: usize,
    ) -> Result<Option<FxHashSet<u32>>, Error> {
        let snapshot = self.now();
        let known = numbers_of(&snapshot, properties.iter().map(NamedNode::as_ref))?;
        let (mut graphs, mut articles, mut found) = (FxHashSet::default(), FxHashSet::default(), 0);
        for text in snapshot.matching(wanted)? {
            for &property in &known {
                for row in snapshot.quads([None, Some(property), Some(text), None]) {
                    found += 1;
                    graphs.insert(row?[3]);
                }
            }
        }
        if found < many {
            return Ok(None);
        }
        pairs(&snapshot, other::WAS_DERIVED_FROM, None, |graph, article| {
            if graphs.contains(&graph) {
                articles.insert(article);
            }
            Ok(())
        })?;
        Ok(Some(articles))
    }

    fn quads(&self, pattern: [Option<TermRef<'_>>; 4]) -> Result<Found<'static>, Error> {
        let snapshot = self.now();
        let mut numbers = [None; 4];
        for (number, term) in numbers.iter_mut().zip(pattern) {
            if let Some(term) = term {
                match snapshot.find(term)? {
                    Some(id) => *number = Some(id),
                    None => return Ok(Box::new(std::iter::empty())),
                }
            }
        }
        let found = snapshot.quads(numbers);
        Ok(Box::new(found.map(move |row| quad(&snapshot, row?))))
    }
}

/// A quad of numbers as a quad of terms.
pub(super) fn quad(snapshot: &Snapshot, [s, p, o, g]: [u32; 4]) -> Result<Quad, Error> {
    let graph = match node(snapshot.term(g)?)? {
        NamedOrBlankNode::NamedNode(node) => GraphName::NamedNode(node),
        NamedOrBlankNode::BlankNode(node) => GraphName::BlankNode(node),
    };
    let Term::NamedNode(predicate) = snapshot.term(p)? else { return Err(odd()) };
    Ok(Quad::new(node(snapshot.term(s)?)?, predicate, snapshot.term(o)?, graph))
}

fn node(term: Term) -> Result<NamedOrBlankNode, Error> {
    match term {
        Term::NamedNode(node) => Ok(node.into()),
        Term::BlankNode(node) => Ok(node.into()),
        _ => Err(odd()),
    }
}

fn odd() -> Error {
    Error::new(ErrorKind::Damaged, "a quad of the store has a literal where a node must stand")
}

/// When the manifest was written, and how long it is.
fn stamp(folder: &std::path::Path) -> Option<(std::time::SystemTime, u64)> {
    let about = std::fs::metadata(folder.join(super::manifest::NAME)).ok()?;
    Some((about.modified().ok()?, about.len()))
}
