//! `sayso build`: articles into the store.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::FxHashMap;

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
    let options = Options { rdf12: rdf.rdf12, detail: rdf.detail.detail(), ..Options::default() };
    Ok(match &rdf.base {
        Some(base) => options.with_base(base)?,
        None => options,
    })
}

/// Runs the command.
pub fn run(command: &Build, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let mut options = options(&command.rdf)?;
    let mut update = Update::begin_as(&command.at.store, &options, command.backend.map(|b| b.kind()))?;
    let decisions = super::known::decisions_of(&command.at.store);
    options.decided = Arc::new(Decided::of(super::known::read_decisions(&decisions)?));
    let current = if command.again { Default::default() } else { update.fingerprints() };
    let kit = super::known::kit(&command.at.store)?;
    let inputs = command.articles.read();
    let bar = talk.progress(inputs.files());
    let mut outcome = Outcome::of(&inputs, command.articles.strict);
    let mut statements = 0;
    let mut doubts = Doubts::default();
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    let work = |input: Result<Document, read::Error>| {
        input.and_then(|doc| {
            let id = write::identity(&doc);
            let mut beside = kit.known.beside(&doc.source.id, doc.text());
            beside.extend(options.decided.beside(&doc.source.id, doc.text()));
            let fingerprint = store::fingerprint_with(&doc, &options, &beside);
            let undated = doc.source.published.is_none().then(|| id.clone());
            let about = About::of(&doc, today);
            let mut fresh = None;
            if current.get(&id) != Some(&fingerprint) {
                let (doc, cuts) = annotated(doc, &kit)?;
                fresh = Some((doc.statements.len(), cuts, write::quads(&doc, &options)));
            }
            Ok((id, fingerprint, undated, about, fresh))
        })
    };
    crate::parallel::map_ordered(inputs, shared.threads(), work, |result| match result {
        Ok((id, fingerprint, undated, about, fresh)) => {
            doubts.add(&id, about);
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
    doubts.tell(talk);
    let end = outcome.end(talk)?;
    if command.prune {
        update.prune();
    } else if matches!(end, End::Done) {
        vanished(&update, talk);
    }
    // A store that was built without comparing stays so: a few articles more must not set off the comparison of all.
    let is_left = !command.compare && update.is_uncompared();
    if command.no_compare || is_left {
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
    if is_left && !command.no_compare {
        talk.note("claims are not compared across the articles of this store; --compare does it");
    }
    if done.added + done.changed > 0 {
        talk.note(&format!("next: sayso ask who-said{}", store_option(command)));
    }
    Ok(end)
}

/// What is looked at of an article to see whether it can be meant so.
struct About {
    text: u64,
    is_of_the_future: bool,
}

impl About {
    /// An article may be of tomorrow: where it comes from, the day may have begun.
    fn of(doc: &Document, today: jiff::civil::Date) -> About {
        let last = today.tomorrow().unwrap_or(today);
        let text = rustc_hash::FxBuildHasher.hash_one(doc.text());
        About { text, is_of_the_future: doc.source.published.as_ref().is_some_and(|p| p.date > last) }
    }
}

/// Articles that are read as given, and that a person may have meant otherwise.
#[derive(Default)]
struct Doubts {
    /// The first id of each text.
    texts: FxHashMap<u64, String>,
    copies: Vec<String>,
    /// Articles that came more than once, with one id and one text.
    again: BTreeSet<String>,
    future: Vec<String>,
}

impl Doubts {
    fn add(&mut self, id: &str, about: About) {
        if about.is_of_the_future {
            self.future.push(id.to_owned());
        }
        match self.texts.entry(about.text) {
            Entry::Vacant(free) => {
                free.insert(id.to_owned());
            }
            Entry::Occupied(first) if first.get() == id => {
                self.again.insert(id.to_owned());
            }
            Entry::Occupied(first) => self.copies.push(format!("{id} is {}", first.get())),
        }
    }

    fn tell(&self, talk: &Talk) {
        let list = |all: &[String]| match all.len() {
            n if n > NAMED => format!("{} and {} more", all[..NAMED].join(", "), n - NAMED),
            _ => all.join(", "),
        };
        if !self.again.is_empty() {
            let again: Vec<String> = self.again.iter().cloned().collect();
            talk.warning(&format!("the same article stands there more than once, and counts once: {}", list(&again)));
            talk.hint("nothing is lost; if it was to be another article, give that its own text");
        }
        if !self.copies.is_empty() {
            talk.warning(&format!("the same text stands under two ids: {}", list(&self.copies)));
            talk.hint("both count, as copies of one text; drop one with `sayso remove ID`");
        }
        if !self.future.is_empty() {
            talk.warning(&format!("published in the future, if the dates are right: {}", list(&self.future)));
            talk.hint("give the right dates in a metadata.tsv beside the articles (columns: file, published)");
        }
    }
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
