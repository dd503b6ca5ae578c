//! Which articles and papers there are, with what is said in them, counted from the columns of the store as in
//! [`count`](super::count): no statement becomes a row, and of articles that are not shown only day and number are read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;
use rustc_hash::FxHashMap;

use super::Article;
use super::count::{Agents, Articles, NONE, Statements, Table, figures};
use super::read::{Facts, Labels, places_of};
use crate::graph::Error;
use crate::graph::store::{Loaded as Store, Names};
use crate::graph::vocab::{class, property, value};

/// An article with what is said in it.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// Its incidents are named below.
    pub article: Article,
    pub statements: usize,
    /// How many are heard in it.
    pub speakers: usize,
    pub figures: usize,
    pub incidents: Vec<String>,
}

/// A paper with what is said in its articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub articles: usize,
    /// Statements of somebody: what an article says itself is not among them.
    pub statements: usize,
    pub speakers: usize,
    pub first: String,
    pub last: String,
}

/// The articles with a statement that is so sure, by day and id, at most so many; and how many statements are not sure
/// enough. Nothing where the catalogue must tell.
pub fn printed(store: &Store, least: Option<f64>, most: usize) -> Result<Option<(Vec<Printed>, usize)>, Error> {
    let Some(statements) = Statements::read(store, least)? else { return Ok(None) };
    let names = &statements.names;
    let documents = names.instances(class::DOCUMENT)?;
    let numbers = documents.iter().map(|(number, _)| *number);
    let facts = Facts::read(names, &places_of(numbers), &[property::PUBLISHED, property::IDENTIFIER])?;
    let mut sorted: Vec<u32> = documents.iter().map(|(number, _)| *number).collect();
    sorted.sort_unstable();
    let table = Table::of(&sorted);
    let mut counts = vec![0; sorted.len()];
    for at in (0..statements.numbers.len()).filter(|at| statements.is_counted(*at)) {
        if let Some(article) = table.get(statements.articles[at]) {
            counts[article] += 1;
        }
    }
    let mut articles = Vec::new();
    for (at, (number, iri)) in documents.into_iter().enumerate() {
        let count = table.get(number).map_or(0, |article| counts[article]);
        if count > 0 {
            let (published, id) =
                (facts.text(property::PUBLISHED, at as u32)?, facts.text(property::IDENTIFIER, at as u32)?);
            articles.push((published, id, iri, number, count));
        }
    }
    articles.sort_unstable();
    articles.truncate(most);
    let mut shown: Vec<u32> = articles.iter().map(|(.., number, _)| *number).collect();
    shown.sort_unstable();
    let is_shown = |at: usize| shown.binary_search(&statements.articles[at]).is_ok();
    let said: Vec<u32> = (0..statements.numbers.len() as u32)
        .filter(|&at| statements.is_counted(at as usize) && is_shown(at as usize))
        .collect();
    let Some(mut speakers) = voices(&statements, &said)? else { return Ok(None) };
    for pair in &mut speakers {
        pair.0 = statements.articles[pair.0 as usize];
    }
    let speakers = distinct(speakers);
    let index = places_of(said.iter().map(|&at| statements.numbers[at as usize]));
    let Some(of_statements) = figures(&statements, &index)? else { return Ok(None) };
    let mut given: FxHashMap<u32, usize> = FxHashMap::default();
    for (&at, count) in said.iter().zip(of_statements) {
        *given.entry(statements.articles[at as usize]).or_default() += count as usize;
    }
    let told = [property::TITLE, property::PUBLISHER, property::ADDRESS, property::INCIDENT];
    let facts = Facts::read(names, &places_of(articles.iter().map(|(.., number, _)| *number)), &told)?;
    let known = names.numbers(class::INCIDENT)?;
    let mut labels = Labels::of(names);
    let mut rows = Vec::with_capacity(articles.len());
    for (at, (published, id, iri, number, statements)) in articles.into_iter().enumerate() {
        let at = at as u32;
        let publisher = match facts.links(property::PUBLISHER, at)?.into_iter().next() {
            Some(paper) => labels.label(paper)?,
            None => String::new(),
        };
        let address = match facts.links(property::ADDRESS, at)?.into_iter().next() {
            Some((_, address)) => address,
            None => facts.text(property::ADDRESS, at)?,
        };
        let mut incidents = facts.links(property::INCIDENT, at)?;
        incidents.retain(|(number, _)| known.binary_search(number).is_ok());
        let incidents = incidents.into_iter().map(|incident| labels.label(incident)).collect::<Result<_, _>>()?;
        let title = facts.text(property::TITLE, at)?;
        rows.push(Printed {
            article: Article { iri, id, title, publisher, published, address, ..Article::default() },
            statements,
            speakers: speakers.get(&number).copied().unwrap_or(0),
            figures: given.get(&number).copied().unwrap_or(0),
            incidents,
        });
    }
    Ok(Some((rows, statements.unsure)))
}

/// The papers with a statement that is so sure, those with most articles first; and how many statements are not sure enough.
/// Nothing where the catalogue must tell.
pub fn papers(store: &Store, least: Option<f64>) -> Result<Option<(Vec<Paper>, usize)>, Error> {
    let Some(statements) = Statements::read(store, least)? else { return Ok(None) };
    let said: Vec<u32> =
        (0..statements.numbers.len() as u32).filter(|&at| statements.is_counted(at as usize)).collect();
    let mut articles: Vec<u32> = said.iter().map(|&at| statements.articles[at as usize]).collect();
    articles.sort_unstable();
    articles.dedup();
    let of_articles = Articles::read(&statements.names, &articles)?;
    let Some(mut voices) = voices(&statements, &said)? else { return Ok(None) };
    let mut found: BTreeMap<&str, (Paper, BTreeSet<&str>)> = BTreeMap::new();
    let mut places: FxHashMap<u32, u32> = FxHashMap::default();
    let mut of_paper: FxHashMap<&str, u32> = FxHashMap::default();
    for &article in &articles {
        let (name, published) = of_articles.get(article);
        let name = super::paper(name);
        let next = of_paper.len() as u32;
        places.insert(article, *of_paper.entry(name).or_insert(next));
        let (paper, days) = found.entry(name).or_default();
        paper.articles += 1;
        days.insert(published);
    }
    let mut own = vec![0; of_paper.len()];
    for pair in &mut voices {
        pair.0 = places[&statements.articles[pair.0 as usize]];
        own[pair.0 as usize] += 1;
    }
    let speakers = distinct(voices);
    let papers = found.into_iter().map(|(name, (paper, days))| Paper {
        name: name.to_owned(),
        statements: own[of_paper[name] as usize],
        speakers: speakers.get(&of_paper[name]).copied().unwrap_or(0),
        first: days.first().copied().unwrap_or_default().to_owned(),
        last: days.last().copied().unwrap_or_default().to_owned(),
        ..paper
    });
    let mut papers: Vec<Paper> = papers.collect();
    papers.sort_by_key(|paper| Reverse(paper.articles));
    Ok(Some((papers, statements.unsure)))
}

/// How many different second things each first one has.
fn distinct(mut pairs: Vec<(u32, u32)>) -> FxHashMap<u32, usize> {
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: FxHashMap<u32, usize> = FxHashMap::default();
    for (first, _) in pairs {
        *found.entry(first).or_default() += 1;
    }
    found
}

/// Who says each of some statements (places in the list, sorted), as numbers that are the same for those who are called alike;
/// of what an article says itself nobody.
fn voices(statements: &Statements<'_>, said: &[u32]) -> Result<Option<Vec<(u32, u32)>>, Error> {
    let names = &statements.names;
    let index = places_of(said.iter().map(|&at| statements.numbers[at as usize]));
    let mut is_narrator = vec![false; said.len()];
    names.pairs(property::MODE, Some(value::NARRATOR), |statement, _| {
        if let Some(&at) = index.get(&statement) {
            is_narrator[at as usize] = true;
        }
        Ok(())
    })?;
    let mut speakers: Vec<(u32, u32)> = Vec::new();
    names.each(property::SPEAKER, &index, |at, agent| {
        if !is_narrator[at as usize] {
            speakers.push((at, agent));
        }
        Ok(())
    })?;
    speakers.sort_unstable();
    speakers.dedup();
    let mut numbers: Vec<u32> = speakers.iter().map(|(_, agent)| *agent).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let Some(agents) = Agents::read(names, numbers)? else { return Ok(None) };
    let known = agents.texts.iter().zip(0..).map(|(text, number)| (text.as_str(), number)).collect();
    let mut called = Called { agents: &agents, known, more: FxHashMap::default() };
    let mut found: Vec<(u32, u32)> = Vec::with_capacity(said.len());
    let mut is_told = is_narrator;
    for own in speakers.chunk_by(|a, b| a.0 == b.0) {
        is_told[own[0].0 as usize] = true;
        found.push((said[own[0].0 as usize], called.speakers(names, own)?));
    }
    let mut sources: FxHashMap<u32, String> = FxHashMap::default();
    let untold = (0..said.len()).filter(|at| !is_told[*at]);
    let untold_index = untold.clone().map(|at| (statements.numbers[said[at] as usize], at as u32)).collect();
    names.each(property::SOURCE, &untold_index, |at, source| {
        if let Term::Literal(source) = names.term(source)? {
            let (slot, source) = (sources.entry(at).or_default(), source.destruct().0);
            if slot.is_empty() || source < *slot {
                *slot = source;
            }
        }
        Ok(())
    })?;
    for at in untold {
        let source = sources.remove(&(at as u32)).unwrap_or_default();
        found.push((said[at], called.number(super::source(&source).to_owned())));
    }
    Ok(Some(found))
}

/// What people are called, as numbers.
struct Called<'a> {
    agents: &'a Agents,
    /// Their names.
    known: FxHashMap<&'a str, u32>,
    /// Several together, and sources that are nobody's name.
    more: FxHashMap<String, u32>,
}

impl Called<'_> {
    /// The speakers of one statement.
    fn speakers(&mut self, names: &Names<'_>, own: &[(u32, u32)]) -> Result<u32, Error> {
        let place = |agent: u32| self.agents.table.get(agent).unwrap_or(NONE as usize);
        if let [(_, agent)] = own {
            return Ok(self.agents.named[place(*agent)]);
        }
        let several = own.iter().map(|&(_, agent)| Ok((names.iri(agent)?, self.agents.name(place(agent)))));
        let mut several = several.collect::<Result<Vec<_>, Error>>()?;
        several.sort_unstable();
        let together: Vec<&str> = several.into_iter().map(|(_, name)| name).collect();
        Ok(self.number(together.join(" and ")))
    }

    fn number(&mut self, name: String) -> u32 {
        let next = (self.known.len() + self.more.len()) as u32;
        self.known.get(name.as_str()).copied().unwrap_or_else(|| *self.more.entry(name).or_insert(next))
    }
}
