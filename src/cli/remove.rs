//! `sayso remove`: articles out of the store.

use super::args::{Remove, Shared};
use super::talk::Talk;
use super::{End, Failure};
use crate::graph::store::{Store, Update};
use crate::graph::write::Options;

/// Runs the command. An id that is not there is named, and the others are removed all the same.
pub fn run(command: &Remove, _shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let folder = &command.at.store;
    let base = Store::open(folder)?.manifest().base.clone();
    let mut update = Update::begin(folder, &Options { base, ..Options::default() })?;
    let mut end = End::Done;
    for id in &command.ids {
        if !update.remove(id) {
            talk.warning(&format!("the store has no article with the id {id}"));
            end = End::Partly;
        }
    }
    if matches!(end, End::Partly) {
        talk.hint("ids are those of `sayso query 'SELECT ?id { ?article sayso:identifier ?id }'`");
    }
    // Who takes out an article of a store that is not compared does not want all of it compared.
    if command.no_compare || update.is_uncompared() {
        update.compare_later();
    }
    let done = update.commit()?;
    talk.note(&format!(
        "{}: {} articles ({} removed), {} quads",
        folder.display(),
        done.documents,
        done.removed,
        done.quads
    ));
    Ok(end)
}
