//! `sayso annotate`: articles in, annotations out.

use std::io::{BufWriter, IsTerminal, Write};

use super::args::{Annotate, AnnotateFormat, Articles, Shared};
use super::talk::{Talk, coloured};
use super::{End, Failure};
use crate::annotate::{Kit, annotate};
use crate::read;
use crate::show;
use crate::text::Document;

/// Runs the command.
pub fn run(command: &Annotate, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let out = std::io::stdout();
    let terminal = out.is_terminal();
    let format = command.format.unwrap_or(if terminal { AnnotateFormat::Text } else { AnnotateFormat::Jsonl });
    let colour = coloured(shared.color, terminal);
    let mut out = BufWriter::with_capacity(1 << 16, out.lock());
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
        out.flush()?;
        Ok(end)
    })
}

fn show_one(doc: &Document, format: AnnotateFormat, command: &Annotate, colour: bool) -> String {
    let _ = (colour, command.explain);
    match format {
        AnnotateFormat::Jsonl => {
            let mut line = show::jsonl::document(doc).to_string();
            line.push('\n');
            line
        }
        _ => String::new(),
    }
}

/// Reads, annotates and gives every article to `show` on several threads, and what comes of it to `sink` in order.
///
/// Without `--keep-going` the first unreadable input ends the work with an error.
pub fn each_article<R: Send>(
    articles: &Articles,
    shared: &Shared,
    talk: &Talk,
    show: impl Fn(&Document) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), Failure>,
) -> Result<End, Failure> {
    let kit = Kit::new();
    let inputs = read::articles(&articles.paths, articles.input.map(|i| i.format()));
    let mut end = Ok(End::Done);
    let work = |input: Result<Document, read::Error>| input.map(|doc| show(&annotate(doc, &kit)));
    crate::parallel::map_ordered(inputs, shared.threads(), work, |result| match result {
        Ok(shown) => match sink(shown) {
            Ok(()) => true,
            Err(failure) => {
                end = Err(failure);
                false
            }
        },
        Err(error) if articles.keep_going => {
            talk.left_out(&error);
            end = Ok(End::Partly);
            true
        }
        Err(error) => {
            end = Err(error.into());
            false
        }
    });
    end
}
