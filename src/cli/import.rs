//! `sayso import`: known things from elsewhere, for the links of the articles built from then on.

use std::io::{BufRead, Write};

use super::args::{Import, Source};
use super::talk::Talk;
use super::{End, Failure, known};
use crate::import::{self, COLUMNS, Count, Filter, geonames, list, wikidata};

/// Runs the command.
pub fn run(command: &Import, talk: &Talk) -> Result<End, Failure> {
    let file = &command.file;
    let unreadable = |error: std::io::Error| {
        Failure::new(format!("cannot read {}: {error}", file.display()), "check the path, and that the file is whole")
    };
    let input = import::open(file).map_err(unreadable)?;
    let folder = known::folder(&command.at.store);
    std::fs::create_dir_all(&folder).map_err(|e| {
        Failure::new(
            format!("cannot make {}: {e}", folder.display()),
            "check that the folder of the store may be written",
        )
    })?;
    let name: String = file.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let stem = name.split('.').next().filter(|s| !s.is_empty()).unwrap_or("known").to_owned();
    let place = folder.join(format!("{}.tsv", command.name.as_deref().unwrap_or(&stem)));
    let filter = Filter {
        sitelinks: command.sitelinks,
        population: command.population,
        classes: command.class.clone(),
        language: command.language.clone(),
    };
    let mut count = Count::default();
    let mut failure = None;
    crate::files::put_with(&place, |out| {
        writeln!(out, "{COLUMNS}")?;
        count = match read(command, input, &name, &filter, out) {
            Ok(count) => count,
            Err(Reading::Io(error)) => return Err(error),
            Err(Reading::Failed(other)) => {
                failure = Some(other);
                return Err(std::io::ErrorKind::InvalidData.into());
            }
        };
        Ok(())
    })
    .map_err(|e| failure.unwrap_or_else(|| unreadable(e)))?;
    talk.note(&format!("{}: {} of {} things kept", place.display(), count.kept, count.read));
    if count.broken > 0 {
        talk.warning(&format!("{} lines are broken and were left out", count.broken));
    }
    if count.kept == 0 {
        talk.hint("lower --sitelinks or --population, or name the classes with --class");
    } else {
        talk.note("next: sayso build reads the articles that it may concern anew");
    }
    Ok(if count.broken > 0 || count.kept == 0 { End::Partly } else { End::Done })
}

/// Why a source was not read.
enum Reading {
    Io(std::io::Error),
    Failed(Failure),
}

impl From<std::io::Error> for Reading {
    fn from(error: std::io::Error) -> Reading {
        Reading::Io(error)
    }
}

fn read(
    command: &Import,
    mut input: Box<dyn BufRead>,
    name: &str,
    filter: &Filter,
    out: &mut dyn Write,
) -> Result<Count, Reading> {
    Ok(match command.source {
        Source::Wikidata => wikidata::read(&mut input, filter, out)?,
        Source::Geonames => geonames::read(&mut input, filter, out)?,
        Source::Tsv => list::read(&mut input, out)?,
        Source::Rdf => {
            let plain = ["gz", "bz2", "zst"].iter().find_map(|e| name.strip_suffix(&format!(".{e}"))).unwrap_or(name);
            let extension = plain.rsplit('.').next().unwrap_or("");
            let rows = crate::graph::labels::read(input, extension, &filter.language)
                .map_err(|e| Reading::Failed(Failure::from(e)))?;
            for row in &rows {
                row.write(out)?;
            }
            Count { read: rows.len(), kept: rows.len(), broken: 0 }
        }
    })
}
