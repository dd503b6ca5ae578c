//! The store itself as Turtle, TriG or N-Quads, sorted, so that the same store gives the same bytes.

use oxigraph::io::RdfFormat;
use oxigraph::model::Quad;
use oxigraph::store::Store;

use crate::graph::{Error, write};

/// Writes every quad of a store.
pub fn write(store: &Store, format: RdfFormat) -> Result<Vec<u8>, Error> {
    let mut quads: Vec<Quad> = store.iter().collect::<Result<_, _>>()?;
    quads.sort_by_cached_key(|q| (q.graph_name.to_string(), q.to_string()));
    let mut out = Vec::new();
    write::serialize(&quads, format, &mut out).map_err(|e| Error::io("cannot write the export", e))?;
    Ok(out)
}
