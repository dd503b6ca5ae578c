//! Stable IRIs: hashes of the document's id, a kind and offsets. The same text gives the same IRIs everywhere.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};

/// Twenty hexadecimal digits (80 bits) of the SHA-256 of the parts, each ended by a zero byte.
///
/// Among two hundred million things the chance of one collision is about one in a hundred million.
pub fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..10])
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Mints IRIs under one base.
#[derive(Clone, Debug)]
pub struct Mint {
    base: String,
}

impl Mint {
    /// IRIs will begin with `base`, which should end in `/`; [`super::checked_base`] looks at it.
    pub fn new(base: &str) -> Mint {
        Mint { base: base.to_owned() }
    }

    /// `<base>kind/name`; the name must be fit for an IRI.
    pub fn named(&self, kind: &str, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{kind}/{name}", self.base))
    }

    /// `<base>kind/<hash of the parts>`.
    pub fn hashed(&self, kind: &str, parts: &[&str]) -> NamedNode {
        let mut all = vec![kind];
        all.extend(parts);
        self.named(kind, &hash(&all))
    }

    /// The document's own IRI.
    pub fn document(&self, id: &str) -> NamedNode {
        self.hashed("doc", &[id])
    }

    /// The named graph that holds what was read in a document.
    pub fn document_graph(&self, id: &str) -> NamedNode {
        self.named("graph", &format!("doc/{}", hash(&["doc", id])))
    }

    /// The graph of things that several documents name.
    pub fn entities_graph(&self) -> NamedNode {
        self.named("graph", "entities")
    }

    /// The graph of questions and comparisons across documents.
    pub fn links_graph(&self) -> NamedNode {
        self.named("graph", "links")
    }

    /// The graph that tells which program made the others.
    pub fn provenance_graph(&self) -> NamedNode {
        self.named("graph", "provenance")
    }
}

/// `DOC#char=begin,end` (RFC 5147), in code points.
pub fn fragment(document: &NamedNode, begin: usize, end: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#char={begin},{end}", document.as_str()))
}
