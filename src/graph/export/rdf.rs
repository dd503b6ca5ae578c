//! The store itself in a format of RDF, sorted, so that the same store gives the same bytes.

use crate::graph::store::Loaded as Store;
use oxigraph::io::RdfFormat;
use oxigraph::model::Quad;

use crate::graph::vocab::{class, property};
use crate::graph::{Error, ErrorKind, reify, write};

/// Writes every quad of a store; with `rdf12` also the triples that claims reify.
pub fn write(store: &Store, format: RdfFormat, rdf12: bool) -> Result<Vec<u8>, Error> {
    let mut quads: Vec<Quad> = store.iter().collect::<Result<_, _>>()?;
    if rdf12 {
        write::carries_rdf12(format)?;
        let has = |property| quads.iter().any(|quad| quad.predicate == property);
        let claim = oxigraph::model::Term::from(class::CLAIM);
        if quads.iter().any(|quad| quad.object == claim) && !has(property::PREDICATE) {
            let message = "the store does not hold what triple terms are made of";
            return Err(Error::new(ErrorKind::Unknown, message)
                .with_hint("build it with --rdf12, or with --detail full; or export without --rdf12"));
        }
        quads = reify::with_reifiers(quads);
    }
    quads.sort_by_cached_key(|q| (q.graph_name.to_string(), q.to_string()));
    let mut out = Vec::new();
    write::serialize(&quads, format, &mut out).map_err(|e| Error::io("cannot write the export", e))?;
    Ok(out)
}
