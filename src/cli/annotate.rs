//! `sayso annotate`: articles in, annotations out.

use std::collections::HashSet;
use std::io::{BufWriter, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::{Annotate, AnnotateFormat, Articles, Shared};
use super::talk::{Talk, coloured};
use super::{End, Failure};
use crate::annotate::proposition::tuple::{Shape, tuples};
use crate::annotate::{Kit, WORDS, annotate_within};
use crate::read;
use crate::show;
use crate::text::Document;

/// Runs the command.
pub fn run(command: &Annotate, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    crate::annotate::statement::rules::switch_off(&command.without).map_err(|name| {
        let names: Vec<&str> = crate::annotate::statement::rules::RULES.iter().map(|r| r.name).collect();
        Failure::new(format!("no rule is called {name:?}"), format!("the rules are {}", names.join(", ")))
    })?;
    let out = std::io::stdout();
    let terminal = out.is_terminal();
    // "--explain" is for a person, also when it is piped into a pager or a file.
    let person = terminal || command.explain;
    let format = command.format.unwrap_or(if person { AnnotateFormat::Text } else { AnnotateFormat::Jsonl });
    let colour = coloured(shared.color, terminal);
    let mut out = BufWriter::with_capacity(1 << 16, out.lock());
    let page = format == AnnotateFormat::Html;
    if page {
        out.write_all(show::marked::head().as_bytes())?;
    }
    #[cfg(feature = "graph")]
    if format == AnnotateFormat::Nif {
        out.write_all(crate::graph::write::nif::head().as_bytes())?;
    }
    each_article(
        &command.articles,
        shared,
        talk,
        |doc| show_one(doc, format, command, colour),
        |text| {
            out.write_all(text.as_bytes())?;
            Ok(())
        },
    )
    .and_then(|end| {
        if page {
            out.write_all(show::marked::foot().as_bytes())?;
        }
        out.flush()?;
        Ok(end)
    })
}

fn show_one(doc: &Document, format: AnnotateFormat, command: &Annotate, colour: bool) -> String {
    let manner = show::marked::Manner { colour, explain: command.explain, narrator: command.narrator };
    match format {
        AnnotateFormat::Jsonl => {
            let mut object = show::jsonl::document(doc);
            if let Some(shape) = command.propositions.as_deref().and_then(|s| s.parse::<Shape>().ok()) {
                object["propositions"] = show::jsonl::tuples(&tuples(doc, shape));
            }
            let mut line = object.to_string();
            line.push('\n');
            line
        }
        AnnotateFormat::Conllu => {
            let mut text = String::with_capacity(doc.text().len() * 8);
            // Writing to a string does not fail.
            let _ = show::conllu::document(doc, &mut text);
            text
        }
        AnnotateFormat::Newsquant => format!("{}\n", show::newsquant::document(doc)),
        #[cfg(feature = "graph")]
        AnnotateFormat::Nif => {
            use crate::graph::write::nif::{Identifiers, turtle};
            let identifiers = match command.identifiers {
                super::args::Identifiers::Wikidata => Identifiers::Wikidata,
                super::args::Identifiers::Dbpedia => Identifiers::Dbpedia,
                super::args::Identifiers::Geonames => Identifiers::Geonames,
            };
            turtle(doc, identifiers)
        }
        AnnotateFormat::Text => show::marked::text(doc, manner),
        AnnotateFormat::Html => show::marked::article(doc, manner),
    }
}

/// Reads, annotates and gives every article to `show` on several threads, and what comes of it to `sink` in order.
///
/// What cannot be read is named and left out; with `--strict` it ends the work.
pub fn each_article<R: Send>(
    articles: &Articles,
    shared: &Shared,
    talk: &Talk,
    show: impl Fn(&Document) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), Failure>,
) -> Result<End, Failure> {
    let kit = Kit::new();
    let inputs = articles.read();
    let mut outcome = Outcome::of(&inputs, articles.strict);
    let work = |input: Result<Document, read::Error>| {
        let doc = input?;
        let undated = doc.source.published.is_none().then(|| doc.source.id.clone());
        let (doc, cuts) = annotated(doc, &kit)?;
        Ok((undated, cuts, show(&doc)))
    };
    crate::parallel::map_ordered(inputs, shared.threads(), work, |result| match result {
        Ok((undated, cuts, shown)) => {
            outcome.dated(undated);
            outcome.cut(cuts);
            outcome.took(sink(shown))
        }
        Err(error) => outcome.missed(error, talk),
    });
    outcome.end(talk)
}

/// Annotates an article within the budget of one, with a word on what was cut for its length. An article that is too long,
/// or on which the program fails, is an error of its own: the others go on.
pub fn annotated(doc: Document, kit: &Kit) -> Result<(Document, Option<String>), read::Error> {
    let id = doc.source.id.clone();
    let work = std::panic::AssertUnwindSafe(|| annotate_within(doc, kit, WORDS));
    let doc = match std::panic::catch_unwind(work) {
        Ok(Ok(doc)) => doc,
        Ok(Err(tokens)) => {
            let cause = format!("an article of {tokens} words and marks; more than {WORDS} are not read");
            return Err(read::Error::new(read::ErrorKind::TooMuch, id, cause));
        }
        Err(_) => return Err(read::Error::new(read::ErrorKind::Fault, id, "the program failed on this article")),
    };
    let (sentences, paragraphs) = (doc.sentences.iter().filter(|s| s.cut).count(), doc.long_paragraphs());
    let cuts = (sentences + paragraphs > 0).then(|| {
        let number = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        format!("{id}: {} and {} cut", number(sentences, "sentence"), number(paragraphs, "paragraph"))
    });
    Ok((doc, cuts))
}

/// What became of the inputs so far.
pub struct Outcome {
    read: usize,
    undated: Vec<String>,
    cut: Vec<String>,
    left_out: Option<read::Error>,
    failure: Option<Failure>,
    is_strict: bool,
    tally: Arc<Mutex<read::Tally>>,
    files: usize,
    /// Hints already given: the same one is not repeated under each of many losses.
    hints: HashSet<&'static str>,
}

impl Outcome {
    /// The outcome of these articles, of which none has been read. `is_strict`: the first loss ends the work.
    pub fn of(articles: &read::Articles, is_strict: bool) -> Outcome {
        Outcome {
            read: 0,
            undated: Vec::new(),
            cut: Vec::new(),
            left_out: None,
            failure: None,
            is_strict,
            tally: articles.tally(),
            files: articles.files(),
            hints: HashSet::new(),
        }
    }

    /// Files that have been opened so far.
    pub fn files(&self) -> usize {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).files()
    }

    /// An article was dealt with; false when the work has to end.
    pub fn took(&mut self, result: Result<(), Failure>) -> bool {
        self.read += 1;
        self.failure = result.err();
        self.failure.is_none()
    }

    /// Remembers an article without a publication date.
    pub fn dated(&mut self, undated: Option<String>) {
        self.undated.extend(undated);
    }

    /// Remembers an article with sentences or paragraphs that were too long.
    pub fn cut(&mut self, cuts: Option<String>) {
        self.cut.extend(cuts);
    }

    /// Something could not be read, or was said in vain beside the articles; false when the work has to end.
    pub fn missed(&mut self, error: read::Error, talk: &Talk) -> bool {
        let is_new = self.hints.insert(error.hint());
        if !error.is_loss() {
            talk.warning(&error.to_string());
            if is_new {
                talk.hint(error.hint());
            }
            return true;
        }
        if self.is_strict {
            let mut failure = Failure::from(error);
            failure.hints.push("without --strict it is left out and named, and the others are read".into());
            self.failure = Some(failure);
            return false;
        }
        talk.left_out(&error, is_new);
        self.left_out = Some(error);
        true
    }

    /// What was read and what was not, by kind, in two or three lines; nothing for one file that was read whole.
    fn summary(&self, talk: &Talk) {
        let tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let parts = |counts: Vec<(String, usize)>| {
            counts.into_iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
        };
        if self.files < 2 && self.left_out.is_none() && tally.files() < 2 {
            return;
        }
        let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let formats = tally.read.iter().filter(|(_, (_, articles))| *articles > 0);
        let formats = parts(formats.map(|(name, (_, articles))| ((*name).to_owned(), *articles)).collect());
        let formats = if formats.is_empty() { String::new() } else { format!(" ({formats})") };
        talk.note(&format!(
            "read: {} from {}{formats}",
            many(tally.articles(), "article"),
            many(tally.files(), "file")
        ));
        if tally.again > 0 {
            talk.note(&format!("of these read before, with the same id and the same text: {}", tally.again));
        }
        if !tally.left.is_empty() {
            let kinds: Vec<String> = tally.left.iter().map(|(what, l)| format!("{what} ({})", l.count)).collect();
            talk.note(&format!("left out or not understood: {}", kinds.join(", ")));
        }
        if !tally.passed.is_empty() {
            talk.note(&format!(
                "passed over: {}",
                parts(tally.passed.iter().map(|(what, n)| ((*what).to_owned(), *n)).collect())
            ));
        }
        if tally.fetched > 0 {
            let what = many(tally.fetched, "article");
            talk.warning(&format!(
                "{what} without a date of publication: the day on which a crawler or a browser fetched the page stands for it"
            ));
            talk.hint("such dates have sayso:publishedFrom \"fetched\" in the graph");
        }
    }

    /// How it all ended.
    pub fn end(self, talk: &Talk) -> Result<End, Failure> {
        self.summary(talk);
        if let Some(first) = self.undated.first() {
            let which = match self.undated.len() {
                1 => format!("{first} has"),
                n => format!("{n} articles ({first} …) have"),
            };
            talk.warning(&format!("{which} no publication date: \"yesterday\" and the like stay unresolved"));
            talk.hint("give the dates in a metadata.tsv beside the articles (columns: file, published); in tables and JSON name their field with --date-field");
        }
        if let Some(first) = self.cut.first() {
            let more = self.cut.len() - 1;
            let also = if more > 0 { format!(" ({more} more articles likewise)") } else { String::new() };
            talk.warning(&format!("{first} for their length{also}"));
            talk.hint("text without full stops or line breaks reads better with them");
        }
        match (self.failure, self.left_out) {
            (Some(failure), _) => Err(failure),
            (None, Some(error)) if self.read == 0 && !error.spares_article() => {
                Err(Failure::new("no article could be read", error.hint()))
            }
            // A command before the pipe may have failed: what stands there is not given up for nothing.
            (None, _) if self.read == 0 => Err(Failure::new(
                "no article was read: the input holds none",
                "give articles as files, folders or on standard input; nothing was changed",
            )),
            (None, Some(_)) => Ok(End::Partly),
            (None, None) => Ok(End::Done),
        }
    }
}
