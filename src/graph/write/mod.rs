//! From a document to quads: one named graph a document, no blank nodes, the same bytes for the same text.

mod claim;
pub mod detail;
mod entity;
pub mod iri;
pub mod nif;
mod quantity;
mod statement;
pub mod xml;

use std::hash::BuildHasher;
use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::decided::Decided;
use super::reify;
use super::vocab::{self, class, other, property};
use crate::text::*;
pub use detail::Detail;
pub use iri::Mint;

/// How documents are written.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where data IRIs begin.
    pub base: String,
    /// Also write each claim as the reifier of a triple term (RDF 1.2).
    pub rdf12: bool,
    /// Versions of weights and word lists, for the provenance of the run: another version makes another run.
    pub model: String,
    /// What people decided about statements.
    pub decided: std::sync::Arc<Decided>,
    /// How much of a document is written: everything, unless the program's options say less.
    pub detail: Detail,
}

/// The rule of a statement whose speaker a person named.
pub const BY_HAND: &str = "decision/speaker";

impl Default for Options {
    fn default() -> Self {
        Options {
            base: vocab::BASE.to_owned(),
            rdf12: false,
            model: DATA.to_owned(),
            decided: Default::default(),
            detail: Detail::default(),
        }
    }
}

impl Options {
    /// Options with the IRIs of the data under `base`.
    ///
    /// # Errors
    /// `Unknown` when IRIs cannot begin so: `base` must be an absolute IRI that ends in `/`, `:`, `=` or `?`
    /// (a place in a document has the one `#` that an IRI may have).
    pub fn with_base(self, base: &str) -> Result<Options, crate::graph::Error> {
        checked_base(base)?;
        Ok(Options { base: base.to_owned(), ..self })
    }
}

/// An error where IRIs cannot begin with `base`.
pub fn checked_base(base: &str) -> Result<(), crate::graph::Error> {
    let shown: String = base.chars().take(100).collect();
    let refused = |why: &str| {
        let error = crate::graph::Error::new(crate::graph::ErrorKind::Unknown, format!("the base {shown:?} {why}"));
        Err(error.with_hint("give an absolute IRI that ends in /, such as https://example.org/id/"))
    };
    // What comes behind it must make an IRI too.
    let (Ok(own), Ok(_)) = (oxiri::Iri::parse(base), oxiri::Iri::parse(format!("{base}doc/0"))) else {
        return refused("is no absolute IRI");
    };
    match own.scheme() {
        "http" | "https" if own.authority().is_none_or(str::is_empty) => refused("names no host"),
        _ if base.ends_with(['/', ':', '=', '?']) => Ok(()),
        _ => refused("runs into what comes behind it"),
    }
}

/// What the program reads with: the hashes of its weights, its gazetteer and its word lists (made by `build.rs`).
pub const DATA: &str = env!("SAYSO_DATA");

/// The version of the program, as provenance gives it.
pub const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Everything found in a document, as quads without duplicates in a stable order.
pub fn quads(doc: &Document, options: &Options) -> Vec<Quad> {
    let mut writer = Writer::new(doc, options);
    writer.document();
    writer.entities();
    writer.times();
    writer.events();
    writer.statements();
    let mut seen = rustc_hash::FxHashSet::default();
    let is_new: Vec<bool> = writer.out.iter().map(|quad| seen.insert(quad.as_ref())).collect();
    let mut is_new = is_new.into_iter();
    writer.out.retain(|_| is_new.next().unwrap_or(true));
    let out = options.detail.of(writer.out, options.rdf12);
    if options.rdf12 { reify::with_reifiers(out) } else { out }
}

/// A format of RDF, by the name users give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format(pub RdfFormat);

impl std::str::FromStr for Format {
    type Err = crate::graph::Error;

    fn from_str(name: &str) -> Result<Format, crate::graph::Error> {
        let format = match name {
            "trig" => RdfFormat::TriG,
            "nquads" | "nq" => RdfFormat::NQuads,
            "turtle" | "ttl" => RdfFormat::Turtle,
            "ntriples" | "nt" => RdfFormat::NTriples,
            "rdfxml" => RdfFormat::RdfXml,
            "jsonld" => RdfFormat::JsonLd { profile: Default::default() },
            _ => {
                let message = format!("no RDF format is called {name}");
                return Err(crate::graph::Error::new(crate::graph::ErrorKind::Unknown, message)
                    .with_hint("use trig, nquads, turtle, ntriples, rdfxml or jsonld"));
            }
        };
        Ok(Format(format))
    }
}

/// An error where a format has no triple terms.
pub fn carries_rdf12(format: RdfFormat) -> Result<(), crate::graph::Error> {
    match format {
        RdfFormat::JsonLd { .. } => {
            let message = "JSON-LD has no triple terms, and cannot carry RDF 1.2";
            Err(crate::graph::Error::new(crate::graph::ErrorKind::Unknown, message)
                .with_hint("use --rdf12 with trig, nquads, turtle, ntriples or rdfxml"))
        }
        _ => Ok(()),
    }
}

/// Whether documents of a format, one after another, are a document of it.
pub fn can_be_joined(format: RdfFormat) -> bool {
    !matches!(format, RdfFormat::RdfXml | RdfFormat::JsonLd { .. })
}

/// The graph of a document.
pub fn graph_of(id: &str, options: &Options) -> NamedNode {
    Mint::new(&options.base).document_graph(id)
}

/// Writes quads in an RDF format with our prefixes. Formats without named graphs get the union of all graphs.
pub fn serialize(quads: &[Quad], format: RdfFormat, out: impl Write) -> io::Result<()> {
    let mut whole = Whole::new(format, out)?;
    whole.add(quads)?;
    whole.finish()?.flush()
}

/// One document of an RDF format that is written bit by bit.
pub struct Whole<W: Write> {
    format: RdfFormat,
    writer: WriterQuadSerializer<xml::Clean<W>>,
    /// The triples already written, where a format has no graphs to tell them apart.
    seen: rustc_hash::FxHashSet<u64>,
}

impl<W: Write> Whole<W> {
    /// The beginning of a document.
    pub fn new(format: RdfFormat, out: W) -> io::Result<Whole<W>> {
        let mut serializer = RdfSerializer::from_format(format);
        let compact =
            matches!(format, RdfFormat::Turtle | RdfFormat::TriG | RdfFormat::RdfXml | RdfFormat::JsonLd { .. });
        if compact {
            for (prefix, namespace) in vocab::PREFIXES {
                serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
            }
        }
        let out = xml::Clean::new(out, format == RdfFormat::RdfXml);
        Ok(Whole { format, writer: serializer.for_writer(out), seen: Default::default() })
    }

    /// Adds quads to it.
    pub fn add(&mut self, quads: &[Quad]) -> io::Result<()> {
        for quad in quads {
            if self.format.supports_datasets() {
                self.writer.serialize_quad(quad)?;
                continue;
            }
            let triple = (&quad.subject, &quad.predicate, &quad.object);
            if self.seen.insert(rustc_hash::FxBuildHasher.hash_one(triple)) {
                self.writer.serialize_triple(oxigraph::model::TripleRef::from(quad.as_ref()))?;
            }
        }
        Ok(())
    }

    /// The end of the document; gives back what it was written to.
    pub fn finish(self) -> io::Result<W> {
        self.writer.finish()?.finish()
    }
}

/// A document on its way to quads.
struct Writer<'d> {
    doc: &'d Document,
    options: &'d Options,
    points: CodePoints,
    mint: Mint,
    id: String,
    document: NamedNode,
    graph: GraphName,
    shared: GraphName,
    entities: Vec<NamedNode>,
    statements: Vec<NamedNode>,
    events: Vec<NamedNode>,
    times: Vec<NamedNode>,
    quantities: Vec<NamedNode>,
    owners: claim::Owners,
    out: Vec<Quad>,
}

impl<'d> Writer<'d> {
    fn new(doc: &'d Document, options: &'d Options) -> Writer<'d> {
        let mint = Mint::new(&options.base);
        let id = identity(doc);
        let mut writer = Writer {
            doc,
            options,
            points: CodePoints::new(doc.text()),
            document: mint.document(&id),
            graph: GraphName::NamedNode(mint.document_graph(&id)),
            shared: GraphName::NamedNode(mint.entities_graph()),
            mint,
            id,
            entities: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            owners: claim::Owners::default(),
            out: Vec::new(),
        };
        writer.entities = doc.entities.ids().map(|e| writer.entity_iri(e)).collect();
        writer.statements = writer.row_iris("statement", doc.statements.iter().map(Statement::span));
        writer.events = writer.row_iris("event", doc.events.iter().map(|e| e.span));
        writer.times = writer.row_iris("time", doc.times.iter().map(|t| t.span));
        writer.quantities = writer.row_iris("quantity", doc.quantities.iter().map(|q| q.span));
        writer.owners = claim::Owners::of(doc);
        writer
    }

    /// The IRIs of a layer's rows: document, kind, offsets; rows at one place are told apart by how many came before.
    fn row_iris(&self, kind: &str, spans: impl Iterator<Item = Span>) -> Vec<NamedNode> {
        let mut before: rustc_hash::FxHashMap<Span, usize> = rustc_hash::FxHashMap::default();
        let mint = |span| {
            let nth = before.entry(span).or_default();
            let iri = self.local(kind, span, &nth.to_string());
            *nth += 1;
            iri
        };
        spans.map(mint).collect()
    }

    /// An IRI of this document for a kind of thing at a place.
    fn local(&self, kind: &str, span: Span, nth: &str) -> NamedNode {
        let (begin, end) = self.points.of(span);
        self.mint.hashed(kind, &[&self.id, &begin.to_string(), &end.to_string(), nth])
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'static>, object: impl Into<Term>) {
        self.out.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    fn text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'static>, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.add(subject, predicate, Literal::new_simple_literal(text));
        }
    }

    fn kind(&mut self, subject: &NamedNode, class: NamedNodeRef<'static>) {
        self.add(subject, other::TYPE, class);
    }

    /// A quad of the graph of things that several documents name.
    fn share(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'static>, object: impl Into<Term>) {
        self.out.push(Quad::new(subject.clone(), predicate, object, self.shared.clone()));
    }

    /// The article itself, and the run that read it.
    fn document(&mut self) {
        let doc = self.doc;
        let source = &doc.source;
        let document = self.document.clone();
        self.kind(&document, class::DOCUMENT);
        self.text(&document, property::IDENTIFIER, &self.id.clone());
        if let Some(title) = &source.title {
            self.text(&document, property::TITLE, title);
        }
        for author in &source.authors {
            self.text(&document, property::AUTHOR, author);
        }
        if let Some(published) = &source.published {
            self.add(&document, property::PUBLISHED, day(published.date));
            self.text(&document, property::PUBLISHED_FROM, published.found_in.as_str());
        }
        if let Some(url) = &source.url
            && let Ok(address) = NamedNode::new(url.trim())
        {
            self.add(&document, property::ADDRESS, address);
        }
        if let Some(publisher) = self.publisher() {
            self.add(&document, property::PUBLISHER, publisher.clone());
            let name = source.publisher.clone().unwrap_or_default();
            self.share(&publisher, other::TYPE, class::ORGANIZATION);
            self.share(&publisher, other::LABEL, Literal::new_simple_literal(name.trim()));
        }
        let topic = &doc.topic;
        let terms: Vec<String> = topic.terms.iter().map(|(term, weight)| format!("{term} {weight}")).collect();
        self.text(&document, property::TERMS, &terms.join(" "));
        let hashes: Vec<String> = topic.shingles.iter().map(|hash| format!("{hash:08x}")).collect();
        self.text(&document, property::FINGERPRINT, &hashes.join(" "));
        self.provenance();
    }

    fn provenance(&mut self) {
        let (document, graph) = (self.document.clone(), self.mint.document_graph(&self.id));
        let run = self.mint.hashed("run", &[PROGRAM, &self.options.model]);
        let program = self.mint.named("program", &format!("sayso-{PROGRAM}"));
        self.add(&graph, other::WAS_DERIVED_FROM, document);
        self.add(&graph, other::WAS_GENERATED_BY, run.clone());
        let provenance = GraphName::NamedNode(self.mint.provenance_graph());
        let mut tell = |subject: &NamedNode, predicate: NamedNodeRef<'static>, object: Term| {
            self.out.push(Quad::new(subject.clone(), predicate, object, provenance.clone()));
        };
        tell(&run, other::TYPE, class::RUN.into());
        tell(&run, other::WAS_ASSOCIATED_WITH, program.clone().into());
        tell(&run, property::MODEL_VERSION, Literal::new_simple_literal(&self.options.model).into());
        tell(&program, other::TYPE, other::SOFTWARE_AGENT.into());
        tell(&program, other::LABEL, Literal::new_simple_literal("sayso").into());
        tell(&program, other::SOFTWARE_VERSION, Literal::new_simple_literal(PROGRAM).into());
    }

    /// The publisher as an agent: the speaker of what the article says in its own voice.
    fn publisher(&self) -> Option<NamedNode> {
        let name = self.doc.source.publisher.as_deref()?.trim();
        (!name.is_empty()).then(|| self.mint.hashed("entity", &["organisation", name]))
    }

    /// A mention, described: characters and words.
    fn mention(&mut self, span: Span, class: NamedNodeRef<'static>) -> NamedNode {
        let node = self.place_of(span);
        let (begin, end) = self.points.of(span);
        let (document, words) = (self.document.clone(), self.doc.slice(span));
        self.kind(&node, class);
        self.add(&node, other::REFERENCE_CONTEXT, document);
        self.add(&node, other::BEGIN_INDEX, Literal::from(begin as i64));
        self.add(&node, other::END_INDEX, Literal::from(end as i64));
        self.add(&node, other::ANCHOR_OF, Literal::new_simple_literal(words));
        node
    }

    /// The IRI of a stretch of text, which tells its characters.
    fn place_of(&self, span: Span) -> NamedNode {
        let (begin, end) = self.points.of(span);
        iri::fragment(&self.document, begin, end)
    }

    /// The sentences that hold a span, described.
    fn sentences(&mut self, subject: &NamedNode, span: Span) {
        let doc = self.doc;
        let first = doc.sentences.partition_point(|s| s.span.end() <= span.start());
        for sentence in doc.sentences.iter().skip(first).take_while(|s| s.span.start() < span.end()) {
            let node = self.mention(sentence.span, class::SENTENCE);
            self.add(subject, property::SENTENCE, node);
        }
    }

    fn made_by(&mut self, subject: &NamedNode, rule: Rule) {
        self.text(subject, property::MADE_BY, rule.0);
    }

    fn times(&mut self) {
        let doc = self.doc;
        for (id, time) in doc.times.rows() {
            let node = self.times[id.index()].clone();
            self.kind(&node, class::TIME);
            self.text(&node, property::SURFACE, doc.slice(time.span));
            self.text(&node, property::TIMEX_TYPE, time.kind.as_str());
            self.text(&node, property::TIMEX, &time.value);
            if let Some(edtf) = &time.edtf {
                self.text(&node, property::EDTF, edtf);
            }
            self.bounds(&node, time.earliest, time.latest);
            let place = self.place_of(time.span);
            self.add(&node, property::EVIDENCE, place);
            self.made_by(&node, time.made_by);
        }
    }

    fn bounds(&mut self, node: &NamedNode, earliest: Option<jiff::civil::Date>, latest: Option<jiff::civil::Date>) {
        if let Some(date) = earliest {
            self.add(node, property::EARLIEST, day(date));
        }
        if let Some(date) = latest {
            self.add(node, property::LATEST, day(date));
        }
    }
}

/// The id under which a document is known: its own, or one made of its text.
pub fn identity(doc: &Document) -> String {
    if doc.source.id.is_empty() { iri::hash(&["text", doc.text()]) } else { doc.source.id.clone() }
}

/// A day as a literal.
fn day(date: jiff::civil::Date) -> Literal {
    Literal::new_typed_literal(iso_day(date), xsd::DATE)
}

/// An exact decimal as a literal in its canonical form: without trailing zeros, so that every store gives back these letters.
pub(super) fn decimal(value: rust_decimal::Decimal) -> Literal {
    // Two thirds have no end: twelve digits are more than any text means, and every engine's decimals hold them.
    Literal::new_typed_literal(value.round_dp(12).normalize().to_string(), xsd::DECIMAL)
}
