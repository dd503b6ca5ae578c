//! The graph: documents as quads, the store, SPARQL, comparison, checks, exports.
