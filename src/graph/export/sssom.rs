//! Links to external datasets as SSSOM, the table in which mappings are exchanged.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, Term};

use crate::graph::Error;
use crate::graph::store::Loaded as Store;
use crate::graph::view::Resource;
use crate::graph::vocab::{class, other, property};

/// Writes every link of the store, the accepted ones as matches, the others as candidates; one line for a pair.
///
/// # Errors
/// When the store cannot be read.
pub fn write(store: &Store) -> Result<String, Error> {
    let kind = Term::NamedNode(class::ENTITY_LINK.into_owned());
    let mut rows: BTreeMap<(String, String), (f64, bool, String, String)> = BTreeMap::new();
    for quad in store.quads_for_pattern(None, Some(other::TYPE), Some(kind.as_ref()), None) {
        let oxigraph::model::NamedOrBlankNode::NamedNode(link) = quad?.subject else { continue };
        let link = Resource::read(store, link.as_str())?;
        let one = |p: NamedNodeRef<'static>| link.link(p).map(str::to_owned);
        let (Some(entity), Some(target)) = (one(property::LINK_OF), one(property::LINK_TARGET)) else { continue };
        let text = |p: NamedNodeRef<'static>| link.words(p);
        let confidence: f64 = text(property::CONFIDENCE).parse().unwrap_or(0.0);
        let accepted = text(property::ACCEPTED) == "true";
        let label = Resource::read(store, &entity)?.label();
        let rule = text(property::MADE_BY);
        let row = rows.entry((entity, target)).or_insert((confidence, accepted, label.clone(), rule.clone()));
        if (accepted, confidence) > (row.1, row.0) {
            *row = (confidence, accepted, label, rule);
        }
    }
    let mut out = String::from(
        "#curie_map:\n#  skos: http://www.w3.org/2004/02/skos/core#\n#  owl: http://www.w3.org/2002/07/owl#\n\
         #  semapv: https://w3id.org/semapv/vocab/\n#mapping_tool: sayso\n\
         subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n",
    );
    for ((entity, target), (confidence, accepted, label, rule)) in rows {
        let predicate = match accepted {
            true if confidence >= 0.95 => "owl:sameAs",
            true => "skos:exactMatch",
            false => "skos:relatedMatch",
        };
        let curated = rule == "link/decision";
        let why = if curated { "semapv:ManualMappingCuration" } else { "semapv:CompositeMatching" };
        let note = if accepted { "" } else { "a candidate, not accepted" };
        let label = label.replace(['\t', '\n'], " ");
        out += &format!("{entity}\t{label}\t{predicate}\t{target}\t{why}\t{confidence}\t{note}\n");
    }
    Ok(out)
}
