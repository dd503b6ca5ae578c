//! `sayso build`: articles into the store.

use std::sync::Arc;

use super::annotate::{Outcome, annotated};
use super::args::{Build, Rdf, Shared};
use super::talk::{Talk, tamed};
use super::{End, Failure};
use crate::graph::decided::Decided;
use crate::graph::store::{self, Update};
use crate::graph::write::{self, Options};
use crate::read;
use crate::text::Document;

/// How the options of RDF are meant.
pub fn options(rdf: &Rdf) -> Result<Options, Failure> {
    let options = Options { rdf12: rdf.rdf12, ..Options::default() };
    Ok(match &rdf.base {
        Some(base) => options.with_base(base)?,
        None => options,
    })
}

/// Runs the command.
pub fn run(command: &Build, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let decided = Arc::new(Decided::of(super::known::read_decisions(&super::known::decisions_of(&command.at.store))?));
    let options = Options { decided, ..options(&command.rdf)? };
    let mut update = Update::begin_as(&command.at.store, &options, command.backend.map(|b| b.kind()))?;
    let current = if command.again { Default::default() } else { update.fingerprints() };
    let kit = super::known::kit(&command.at.store)?;
    let inputs = command.articles.read();
    let bar = talk.progress(inputs.files());
    let mut outcome = Outcome::of(&inputs, command.articles.strict);
    let mut statements = 0;
    let work = |input: Result<Document, read::Error>| {
        input.and_then(|doc| {
            let id = write::identity(&doc);
            let mut beside = kit.known.beside(&doc.source.id, doc.text());
            beside.extend(options.decided.beside(&doc.source.id, doc.text()));
            let fingerprint = store::fingerprint_with(&doc, &options, &beside);
            let undated = doc.source.published.is_none().then(|| id.clone());
            let mut fresh = None;
            if current.get(&id) != Some(&fingerprint) {
                let (doc, cuts) = annotated(doc, &kit)?;
                fresh = Some((doc.statements.len(), cuts, write::quads(&doc, &options)));
            }
            Ok((id, fingerprint, undated, fresh))
        })
    };
    crate::parallel::map_ordered(inputs, shared.threads(), work, |result| match result {
        Ok((id, fingerprint, undated, fresh)) => {
            bar.set_position(outcome.files() as u64);
            bar.set_message(tamed(&id));
            match fresh {
                None => {
                    update.is_current(&id, &fingerprint);
                }
                Some((found, cuts, quads)) => {
                    statements += found;
                    outcome.cut(cuts);
                    outcome.dated(undated);
                    return outcome.took(update.put(&id, &fingerprint, quads).map_err(Failure::from));
                }
            }
            outcome.took(Ok(()))
        }
        Err(error) => bar.suspend(|| outcome.missed(error, talk)),
    });
    bar.finish_and_clear();
    let end = outcome.end(talk)?;
    if command.prune {
        update.prune();
    } else if matches!(end, End::Done) {
        vanished(&update, talk);
    }
    if command.no_compare {
        update.compare_later();
    }
    let done = update.commit()?;
    let mut parts = Vec::new();
    for (number, what) in
        [(done.added, "new"), (done.changed, "changed"), (done.unchanged, "unchanged"), (done.removed, "dropped")]
    {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    if statements > 0 {
        parts.push(format!("{statements} statements read"));
    }
    talk.note(&format!(
        "{}: {} articles ({}), {} quads",
        command.at.store.display(),
        done.documents,
        parts.join(", "),
        done.quads
    ));
    if done.added + done.changed > 0 {
        talk.note(&format!("next: sayso ask who-said{}", store_option(command)));
    }
    Ok(end)
}

/// ` --store DIR` where it is not the default.
fn store_option(command: &Build) -> String {
    let store = command.at.store.display().to_string();
    if store == "sayso-store" { String::new() } else { format!(" --store {store}") }
}

/// How many articles that have vanished are named.
const NAMED: usize = 5;

/// Names the articles of the store that are not among those read: perhaps they were deleted on purpose, perhaps the
/// wrong folder was given.
fn vanished(update: &Update, talk: &Talk) {
    let ids = update.vanished();
    if ids.is_empty() {
        return;
    }
    let named: Vec<&str> = ids.iter().take(NAMED).copied().collect();
    let more = ids.len() - named.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    talk.warning(&format!(
        "{} articles of the store are not among those read, and are kept: {}{rest}",
        ids.len(),
        named.join(", ")
    ));
    talk.hint("drop them with --prune, or one by one with `sayso remove ID`");
}
