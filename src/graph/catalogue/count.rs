//! Who is heard and which articles tell of one incident, counted from the columns of the store: of statements nothing is
//! kept but some numbers, and the names of what is shown are read alone. The rows are those of the catalogue; where a store is
//! not as ours are (a statement of two articles), nothing is counted here, and the catalogue does it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use oxigraph::model::{NamedNodeRef, Term};
use rustc_hash::FxHashMap;

use super::read::{Facts, Labels, labels, local, places_of};
use super::{Agent, characters, source_kind};
use crate::graph::store::{Loaded as Store, Names, Places};
use crate::graph::view::{CLASSES, Kind, LABELS};
use crate::graph::vocab::{class, other, property, value};
use crate::graph::{Error, places};

/// Somebody who is heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub name: String,
    /// The kind of source, else of agent.
    pub kind: String,
    pub roles: Vec<String>,
    pub statements: usize,
    pub figures: usize,
    pub articles: usize,
    pub papers: usize,
    pub first: String,
    pub last: String,
    pub same_as: Vec<String>,
}

/// An incident that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub label: String,
    pub articles: usize,
    pub papers: usize,
    pub statements: usize,
    pub questions: usize,
    pub first: String,
    pub last: String,
}

/// Nothing in the place of a number.
pub(super) const NONE: u32 = u32::MAX;

/// Things by their numbers, which stand near one another: a table over all numbers between the first and the last.
pub(super) struct Table {
    first: u32,
    places: Vec<u32>,
}

impl Table {
    /// Of numbers that are sorted.
    pub fn of(numbers: &[u32]) -> Table {
        let (first, last) = (numbers.first().copied().unwrap_or(0), numbers.last().copied().unwrap_or(0));
        let mut places = vec![NONE; (last - first) as usize + 1];
        for (at, number) in numbers.iter().enumerate() {
            places[(number - first) as usize] = at as u32;
        }
        Table { first, places }
    }

    pub fn get(&self, number: u32) -> Option<usize> {
        let at = *self.places.get(number.checked_sub(self.first)? as usize)?;
        (at != NONE).then_some(at as usize)
    }
}

/// The statements of articles.
pub(super) struct Statements<'s> {
    pub names: Names<'s>,
    pub numbers: Vec<u32>,
    table: Table,
    /// The article of each by its number; `NONE` where it has none.
    pub articles: Vec<u32>,
    is_sure: Vec<bool>,
    /// How many are not.
    pub unsure: usize,
}

impl<'s> Statements<'s> {
    /// Reads them; nothing where one is of two articles.
    pub fn read(store: &'s Store, least: Option<f64>) -> Result<Option<Statements<'s>>, Error> {
        let names = Names::of(store);
        let numbers = names.numbers(class::STATEMENT)?;
        let table = Table::of(&numbers);
        let documents = Table::of(&names.numbers(class::DOCUMENT)?);
        let mut articles = vec![NONE; numbers.len()];
        let mut is_plain = true;
        names.pairs(property::REPORTED_IN, None, |statement, article| {
            if let (Some(at), Some(_)) = (table.get(statement), documents.get(article)) {
                is_plain &= articles[at] == NONE || articles[at] == article;
                articles[at] = article;
            }
            Ok(())
        })?;
        if !is_plain || numbers.is_empty() {
            return Ok(None);
        }
        let mut is_sure = vec![true; numbers.len()];
        if let Some(least) = least {
            let mut last = (NONE, true);
            names.pairs(property::CONFIDENCE, None, |statement, sure| {
                if let Some(at) = table.get(statement) {
                    if last.0 != sure {
                        let is = match names.term(sure)? {
                            Term::Literal(sure) => is_so_sure(sure.value(), least),
                            _ => true,
                        };
                        last = (sure, is);
                    }
                    is_sure[at] = last.1;
                }
                Ok(())
            })?;
        }
        let unsure = articles.iter().zip(&is_sure).filter(|(article, sure)| **article != NONE && !**sure).count();
        Ok(Some(Statements { names, numbers, table, articles, is_sure, unsure }))
    }

    pub fn is_counted(&self, at: usize) -> bool {
        self.articles[at] != NONE && self.is_sure[at]
    }
}

/// Whoever is heard in statements that are so sure, those heard most first, at most so many; and how many statements are
/// not sure enough. Nothing where the catalogue must tell.
pub fn heard(store: &Store, least: Option<f64>, most: usize) -> Result<Option<(Vec<Heard>, usize)>, Error> {
    let Some(statements) = Statements::read(store, least)? else { return Ok(None) };
    let names = &statements.names;
    let mut is_narrator = vec![false; statements.numbers.len()];
    names.pairs(property::MODE, Some(value::NARRATOR), |statement, _| {
        if let Some(at) = statements.table.get(statement) {
            is_narrator[at] = true;
        }
        Ok(())
    })?;
    // Who speaks in which statement; also who speaks in none that is counted, since it may stand for another.
    let mut said: Vec<(u32, u32)> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    names.pairs(property::SPEAKER, None, |statement, agent| {
        if let Some(at) = statements.table.get(statement) {
            if numbers.last() != Some(&agent) {
                numbers.push(agent);
            }
            if statements.is_counted(at) && !is_narrator[at] {
                said.push((agent, at as u32));
            }
        }
        Ok(())
    })?;
    drop(is_narrator);
    numbers.sort_unstable();
    numbers.dedup();
    let agents = Agents::read(names, numbers)?;
    let Some(agents) = agents else { return Ok(None) };
    for pair in &mut said {
        pair.0 = agents.table.get(pair.0).map_or(NONE, |at| agents.ones[at]);
    }
    said.sort_unstable();
    said.dedup();
    let mut groups: Vec<&[(u32, u32)]> = said.chunk_by(|a, b| a.0 == b.0).filter(|group| group[0].0 != NONE).collect();
    if most < groups.len() {
        let (_, last, _) = groups.select_nth_unstable_by_key(most.saturating_sub(1), |group| Reverse(group.len()));
        let least = last.len();
        groups.retain(|group| group.len() >= least);
    }
    let mut keyed = Vec::with_capacity(groups.len());
    for group in groups {
        let agent = group[0].0 as usize;
        keyed.push((Reverse(group.len()), agents.rank(agent), agent, group));
    }
    keyed.sort_unstable_by_key(|&(count, rank, agent, _)| (count, rank, agent));
    // Namesakes are as many: they stand by their IRIs.
    let mut groups: Vec<(usize, &[(u32, u32)])> = Vec::new();
    for same in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if groups.len() >= most {
            break;
        }
        let same = same.iter().map(|&(_, _, agent, group)| Ok((names.iri(agents.numbers[agent])?, agent, group)));
        let mut same = same.collect::<Result<Vec<_>, Error>>()?;
        same.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        groups.extend(same.into_iter().map(|(_, agent, group)| (agent, group)));
    }
    groups.truncate(most);
    Ok(shown(&statements, &agents, &groups)?.map(|rows| (rows, statements.unsure)))
}

/// Those who speak, in the order of their numbers.
pub(super) struct Agents {
    numbers: Vec<u32>,
    pub table: Table,
    kinds: Vec<Kind>,
    /// Names, each once, and that of each agent.
    pub texts: Vec<String>,
    pub named: Vec<u32>,
    /// The places of the names when they are sorted.
    ranks: Vec<u32>,
    /// The one that stands for each.
    ones: Vec<u32>,
}

impl Agents {
    pub fn read(names: &Names<'_>, numbers: Vec<u32>) -> Result<Option<Agents>, Error> {
        let table = Table::of(&numbers);
        let mut kinds: Vec<Option<Kind>> = vec![None; numbers.len()];
        let mut open = numbers.len();
        for (class, kind) in CLASSES {
            if open == 0 {
                break;
            }
            names.pairs(other::TYPE, Some(class), |thing, _| {
                if let Some(slot) = table.get(thing).map(|at| &mut kinds[at]).filter(|slot| slot.is_none()) {
                    *slot = Some(kind);
                    open -= 1;
                }
                Ok(())
            })?;
        }
        let kinds: Vec<Kind> = kinds.into_iter().map(|kind| kind.unwrap_or(Kind::Other)).collect();
        let (mut texts, mut of_text): (Vec<String>, FxHashMap<String, u32>) = Default::default();
        let mut named: Vec<u32> = vec![NONE; numbers.len()];
        let mut add = |text: String| {
            *of_text.entry(text).or_insert_with_key(|text| {
                texts.push(text.clone());
                texts.len() as u32 - 1
            })
        };
        let mut several: Vec<u32> = Vec::new();
        let (mut last, mut text) = (NONE, NONE);
        names.pairs(LABELS[0], None, |thing, label| {
            let Some(at) = table.get(thing) else { return Ok(()) };
            if last != label {
                last = label;
                text = match names.term(label)? {
                    Term::Literal(label) if !label.value().trim().is_empty() => add(label.destruct().0),
                    _ => NONE,
                };
            }
            if named[at] != NONE && named[at] != text {
                several.push(at as u32);
            }
            named[at] = text;
            Ok(())
        })?;
        several.extend((0..numbers.len() as u32).filter(|&at| named[at as usize] == NONE));
        // What has several names, or none of this kind, is named as everywhere.
        let mut things = Vec::new();
        for &at in &several {
            let Some(iri) = names.iri(numbers[at as usize])? else { return Ok(None) };
            things.push((numbers[at as usize], iri));
        }
        for (at, label) in several.into_iter().zip(labels(names, &things)?) {
            named[at as usize] = add(label);
        }
        let mut order: Vec<u32> = (0..texts.len() as u32).collect();
        order.sort_unstable_by_key(|text| &texts[*text as usize]);
        let mut ranks = vec![0; order.len()];
        for (rank, text) in order.into_iter().enumerate() {
            ranks[text as usize] = rank as u32;
        }
        let mut agents = Agents { numbers, table, kinds, texts, named, ranks, ones: Vec::new() };
        agents.ones = agents.united(names)?;
        Ok(Some(agents))
    }

    pub fn name(&self, at: usize) -> &str {
        &self.texts[self.named[at] as usize]
    }

    fn rank(&self, at: usize) -> u32 {
        self.ranks[self.named[at] as usize]
    }

    /// Those that articles name in full alike are one: the first of them in the order of IRIs stands for all.
    fn united(&self, names: &Names<'_>) -> Result<Vec<u32>, Error> {
        let mut ones: Vec<u32> = (0..self.numbers.len() as u32).collect();
        let mut first: FxHashMap<(u32, Kind), u32> = FxHashMap::default();
        let mut again: Vec<u32> = Vec::new();
        let is_full = |at: u32| Agent::is_full_name(self.kinds[at as usize], self.name(at as usize));
        for at in 0..self.numbers.len() as u32 {
            if is_full(at) && *first.entry((self.named[at as usize], self.kinds[at as usize])).or_insert(at) != at {
                again.push(at);
            }
        }
        let mut iris: FxHashMap<u32, Option<String>> = FxHashMap::default();
        for &at in &again {
            let one = first.get_mut(&(self.named[at as usize], self.kinds[at as usize]));
            let Some(one) = one else { continue };
            for at in [at, *one] {
                if let Entry::Vacant(slot) = iris.entry(at) {
                    slot.insert(names.iri(self.numbers[at as usize])?);
                }
            }
            if iris[&at] < iris[one] {
                *one = at;
            }
        }
        if !again.is_empty() {
            for at in (0..self.numbers.len() as u32).filter(|at| is_full(*at)) {
                ones[at as usize] = first[&(self.named[at as usize], self.kinds[at as usize])];
            }
        }
        Ok(ones)
    }
}

/// The rows of those that are shown: what is told of their statements and articles is read now.
fn shown(
    statements: &Statements<'_>,
    agents: &Agents,
    groups: &[(usize, &[(u32, u32)])],
) -> Result<Option<Vec<Heard>>, Error> {
    let names = &statements.names;
    let mut numbers: Vec<u32> =
        groups.iter().flat_map(|(_, group)| *group).map(|(_, at)| statements.numbers[*at as usize]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let own = Table::of(&numbers);
    let index = places_of(numbers.iter().copied());
    let told = [property::SOURCE_KIND, property::SAID_LATEST, property::SAID_EARLIEST];
    let facts = Facts::read(names, &index, &told)?;
    let mut articles: Vec<u32> =
        numbers.iter().filter_map(|number| Some(statements.articles[statements.table.get(*number)?])).collect();
    articles.sort_unstable();
    articles.dedup();
    let of_articles = Articles::read(names, &articles)?;
    let Some(figures) = figures(statements, &index)? else { return Ok(None) };
    let reps: Vec<u32> = groups.iter().map(|(agent, _)| agents.numbers[*agent]).collect();
    let of_agents = Facts::read(names, &places_of(reps.iter().copied()), &[property::ROLE, other::EXACT_MATCH])?;
    let mut rows = Vec::with_capacity(groups.len());
    for (row, (agent, group)) in groups.iter().enumerate() {
        let (mut in_articles, mut papers) = (BTreeSet::new(), BTreeSet::new());
        let (mut kinds, mut days) = (BTreeSet::new(), BTreeSet::new());
        let mut heard = Heard { statements: group.len(), ..Heard::default() };
        for (_, at) in *group {
            let article = statements.articles[*at as usize];
            let Some(own) = own.get(statements.numbers[*at as usize]) else { continue };
            heard.figures += figures[own] as usize;
            in_articles.insert(article);
            let (paper, published) = of_articles.get(article);
            papers.insert(paper);
            let kind = facts.link(property::SOURCE_KIND, own as u32)?;
            kinds.insert(source_kind(local(&kind)));
            // It was said when it was printed, or before.
            let mut day = facts.text(property::SAID_LATEST, own as u32)?;
            if day.is_empty() {
                day = published.to_owned();
            }
            days.insert(if day.is_empty() { facts.text(property::SAID_EARLIEST, own as u32)? } else { day });
        }
        kinds.remove("");
        days.remove("");
        heard.name = agents.name(*agent).to_owned();
        heard.kind = kinds.first().map_or(agents.kinds[*agent].as_str(), |kind| kind).to_owned();
        heard.roles = of_agents.texts(property::ROLE, row as u32)?;
        heard.same_as = of_agents.links(other::EXACT_MATCH, row as u32)?.into_iter().map(|(_, iri)| iri).collect();
        (heard.articles, heard.papers) = (in_articles.len(), papers.len());
        heard.first = days.first().cloned().unwrap_or_default();
        heard.last = days.last().cloned().unwrap_or_default();
        rows.push(heard);
    }
    Ok(Some(rows))
}

/// How many figures each of some statements gives; one that a report repeats is of the statement that comes first. Nothing
/// where statements of two articles give it.
pub(super) fn figures(statements: &Statements<'_>, index: &Places) -> Result<Option<Vec<u32>>, Error> {
    let names = &statements.names;
    let mut given: Vec<(u32, u32)> = Vec::new();
    names.each(property::CONTENT, index, |at, claim| {
        given.push((claim, at));
        Ok(())
    })?;
    given.sort_unstable();
    given.dedup();
    let mut claims: Vec<u32> = given.iter().map(|(claim, _)| *claim).collect();
    claims.dedup();
    let of_claims = places_of(claims.iter().copied());
    let mut has_figure = vec![false; claims.len()];
    names.each(property::QUANTITY, &of_claims, |claim, _| {
        has_figure[claim as usize] = true;
        Ok(())
    })?;
    // All statements that give it, also those that are not asked for.
    let mut givers: Vec<(u32, u32)> = Vec::new();
    names.each_back(property::CONTENT, &of_claims, |claim, statement| {
        if has_figure[claim as usize]
            && let Some(at) = statements.table.get(statement).filter(|at| statements.articles[*at] != NONE)
        {
            givers.push((claim, at as u32));
        }
        Ok(())
    })?;
    givers.sort_unstable();
    givers.dedup();
    let mut counts = vec![0; index.len()];
    for same in givers.chunk_by(|a, b| a.0 == b.0) {
        let mut first = same[0].1;
        if same.len() > 1 {
            if same.iter().any(|(_, at)| statements.articles[*at as usize] != statements.articles[first as usize]) {
                return Ok(None);
            }
            let mut keys = Vec::with_capacity(same.len());
            for &(_, at) in same {
                let number = statements.numbers[at as usize];
                let places = Facts::read(names, &places_of([number].into_iter()), &STANDS)?;
                keys.push((begin(&places, 0)?, names.iri(number)?, at));
            }
            first = keys.into_iter().min().map_or(first, |(_, _, at)| at);
        }
        if let Some(&place) = index.get(&statements.numbers[first as usize]) {
            counts[place as usize] += 1;
        }
    }
    Ok(Some(counts))
}

/// Where what a statement says begins in its article, in code points; the last of all where it is not told.
fn begin(facts: &Facts, at: u32) -> Result<u32, Error> {
    if let Some(begin) = places::begin(&facts.text(property::CHARACTERS, at)?) {
        return Ok(begin);
    }
    let least = |property| -> Result<Option<u32>, Error> {
        Ok(facts.links(property, at)?.iter().filter_map(|(_, iri)| Some(characters(iri)?.0)).min())
    };
    Ok(match least(property::CONTENT_AT)? {
        Some(begin) => begin,
        None => least(property::SENTENCE)?.unwrap_or(u32::MAX),
    })
}

/// What tells where the content of a statement stands: where nothing else does, it is the sentence.
const STANDS: [NamedNodeRef<'static>; 3] = [property::CHARACTERS, property::CONTENT_AT, property::SENTENCE];

/// Whether a statement with such a chance is shown; as precise as the catalogue has it.
fn is_so_sure(chance: &str, least: f64) -> bool {
    chance.parse::<f32>().map_or(1.0, f64::from) + 1e-6 >= least
}

/// The paper and the day of some articles.
pub(super) struct Articles(FxHashMap<u32, (String, String)>);

impl Articles {
    pub fn read(names: &Names<'_>, articles: &[u32]) -> Result<Articles, Error> {
        let told = [property::PUBLISHER, property::PUBLISHED];
        let facts = Facts::read(names, &places_of(articles.iter().copied()), &told)?;
        let mut of_paper = Labels::of(names);
        let mut found = FxHashMap::default();
        for (at, article) in articles.iter().enumerate() {
            let paper = match facts.links(property::PUBLISHER, at as u32)?.into_iter().next() {
                None => String::new(),
                Some(paper) => of_paper.label(paper)?,
            };
            found.insert(*article, (paper, facts.text(property::PUBLISHED, at as u32)?));
        }
        Ok(Articles(found))
    }

    /// Articles of which no paper is named count as one paper's.
    pub fn get(&self, article: u32) -> (&str, &str) {
        self.0.get(&article).map_or(("", ""), |(paper, published)| (paper.as_str(), published.as_str()))
    }
}

/// The incidents of articles with a statement that is so sure, those that most articles tell of first, at most so many; and
/// how many statements are not sure enough. Nothing where the catalogue must tell.
pub fn told(store: &Store, least: Option<f64>, most: usize) -> Result<Option<(Vec<Told>, usize)>, Error> {
    let Some(statements) = Statements::read(store, least)? else { return Ok(None) };
    let names = &statements.names;
    let mut in_article: FxHashMap<u32, usize> = FxHashMap::default();
    for at in (0..statements.numbers.len()).filter(|at| statements.is_counted(*at)) {
        *in_article.entry(statements.articles[at]).or_default() += 1;
    }
    let incidents = names.instances(class::INCIDENT)?;
    let index = places_of(incidents.iter().map(|(number, _)| *number));
    let labels = labels(names, &incidents)?;
    let asked = names.numbers(class::QUESTION)?;
    let mut questions = vec![0; incidents.len()];
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    names.pairs(property::INCIDENT, None, |thing, incident| {
        if let Some(&incident) = index.get(&incident) {
            if in_article.contains_key(&thing) {
                pairs.push((incident, thing));
            } else if asked.binary_search(&thing).is_ok() {
                questions[incident as usize] += 1;
            }
        }
        Ok(())
    })?;
    pairs.sort_unstable();
    pairs.dedup();
    let mut groups: Vec<&[(u32, u32)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    groups.sort_by_key(|group| (Reverse(group.len()), &labels[group[0].0 as usize]));
    groups.truncate(most);
    let mut articles: Vec<u32> = groups.iter().flat_map(|group| *group).map(|(_, article)| *article).collect();
    articles.sort_unstable();
    articles.dedup();
    let articles = Articles::read(names, &articles)?;
    let rows = groups.into_iter().map(|group| {
        let told = || group.iter().map(|(_, article)| articles.get(*article));
        let days = || told().map(|(_, day)| day).filter(|day| !day.is_empty());
        Told {
            label: labels[group[0].0 as usize].clone(),
            articles: group.len(),
            papers: told().map(|(paper, _)| paper).collect::<BTreeSet<_>>().len(),
            statements: group.iter().map(|(_, article)| in_article[article]).sum(),
            questions: questions[group[0].0 as usize],
            first: days().min().unwrap_or_default().to_owned(),
            last: days().max().unwrap_or_default().to_owned(),
        }
    });
    Ok(Some((rows.collect(), statements.unsure)))
}

/// Of places in articles (an article's id, and where a content begins, in code points) those where something is said that is
/// so sure.
pub fn trusted(store: &Store, places: &BTreeSet<(String, u32)>, least: f64) -> Result<BTreeSet<(String, u32)>, Error> {
    let names = Names::of(store);
    let mut ids: FxHashMap<u32, String> = FxHashMap::default();
    names.pairs(property::IDENTIFIER, None, |article, id| {
        if let Term::Literal(id) = names.term(id)? {
            ids.insert(article, id.destruct().0);
        }
        Ok(())
    })?;
    ids.retain(|_, id| places.range((id.clone(), 0)..).next().is_some_and(|(wanted, _)| wanted == id));
    let mut articles: Vec<u32> = ids.keys().copied().collect();
    articles.sort_unstable();
    let (mut statements, mut of) = (Vec::new(), FxHashMap::default());
    names.each_back(property::REPORTED_IN, &places_of(articles.iter().copied()), |article, statement| {
        statements.push(statement);
        of.insert(statement, articles[article as usize]);
        Ok(())
    })?;
    statements.sort_unstable();
    statements.dedup();
    let told = [&STANDS[..], &[property::CONFIDENCE]].concat();
    let facts = Facts::read(&names, &places_of(statements.iter().copied()), &told)?;
    let mut found = BTreeSet::new();
    for (at, statement) in statements.iter().enumerate() {
        let is_sure = is_so_sure(&facts.text(property::CONFIDENCE, at as u32)?, least);
        let place = (ids[&of[statement]].clone(), begin(&facts, at as u32)?);
        if is_sure && places.contains(&place) {
            found.insert(place);
        }
    }
    Ok(found)
}
