//! Reading the rows: property by property, by the numbers of terms, so that a name is read where it is shown and nowhere else.

use std::collections::hash_map::Entry;

use oxigraph::model::{NamedNodeRef, Term};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{
    Agent, Article, Catalogue, Comparison, Figure, Incident, Question, Row, Standing, Statement, Verdict, characters,
};
use crate::graph::store::{Loaded as Store, Names, Places};
use crate::graph::view::{CLASSES, Kind, LABELS};
use crate::graph::vocab::{self, class, other, property, value};
use crate::graph::{Error, places};

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Who says it, when and where, how many figures there are, and what asks for them.
    Counts,
    /// And the names of statements and claims.
    Names,
    /// And what is said, and what the figures are.
    All,
}

/// A store that is read.
pub(super) struct Reading<'s> {
    names: Names<'s>,
    depth: Depth,
}

impl Reading<'_> {
    pub fn of(store: &Store, depth: Depth) -> Reading<'_> {
        Reading { names: Names::of(store), depth }
    }

    pub fn catalogue(&self) -> Result<Catalogue, Error> {
        let mut all = Catalogue::default();
        let incidents = self.incidents(&mut all)?;
        let articles = self.articles(&mut all, &incidents)?;
        let statements = self.statements(&mut all, &articles)?;
        let claims = self.figures(&mut all, &statements)?;
        self.questions(&mut all, &claims, &incidents)?;
        all.by_iri = by_iri(&all);
        Ok(all)
    }

    fn incidents(&self, all: &mut Catalogue) -> Result<Places, Error> {
        let found = self.names.instances(class::INCIDENT)?;
        let labels = labels(&self.names, &found)?;
        let index = places_of(found.iter().map(|(number, _)| *number));
        for ((_, iri), label) in found.into_iter().zip(labels) {
            all.incidents.push(Incident { iri, label, ..Incident::default() });
        }
        Ok(index)
    }

    fn articles(&self, all: &mut Catalogue, incidents: &Places) -> Result<Places, Error> {
        let found = self.names.instances(class::DOCUMENT)?;
        let index = places_of(found.iter().map(|(number, _)| *number));
        let told = [
            property::PUBLISHER,
            property::IDENTIFIER,
            property::TITLE,
            property::PUBLISHED,
            property::ADDRESS,
            property::INCIDENT,
        ];
        let facts = Facts::read(&self.names, &index, &told)?;
        let mut of_paper = Labels::of(&self.names);
        let mut articles = Vec::with_capacity(found.len());
        for (at, (number, iri)) in found.into_iter().enumerate() {
            let at = at as u32;
            let (publisher_iri, publisher) = match facts.links(property::PUBLISHER, at)?.into_iter().next() {
                None => (String::new(), String::new()),
                Some((paper, iri)) => (iri.clone(), of_paper.label((paper, iri))?),
            };
            let address = match facts.links(property::ADDRESS, at)?.into_iter().next() {
                Some((_, address)) => address,
                None => facts.text(property::ADDRESS, at)?,
            };
            let mut told: Vec<u32> =
                facts.links(property::INCIDENT, at)?.iter().filter_map(|(i, _)| incidents.get(i).copied()).collect();
            told.sort_unstable();
            let article = Article {
                id: facts.text(property::IDENTIFIER, at)?,
                title: facts.text(property::TITLE, at)?,
                publisher,
                publisher_iri,
                published: facts.text(property::PUBLISHED, at)?,
                address,
                incidents: told,
                statements: Vec::new(),
                iri,
            };
            articles.push((number, article));
        }
        articles.sort_by(|(_, a), (_, b)| (&a.published, &a.id, &a.iri).cmp(&(&b.published, &b.id, &b.iri)));
        for (at, (_, article)) in articles.iter().enumerate() {
            for &incident in &article.incidents {
                all.incidents[incident as usize].articles.push(at as u32);
            }
        }
        let (numbers, articles): (Vec<u32>, Vec<Article>) = articles.into_iter().unzip();
        all.articles = articles;
        Ok(places_of(numbers.into_iter()))
    }

    fn statements(&self, all: &mut Catalogue, articles: &Places) -> Result<Places, Error> {
        let mut numbers = self.names.numbers(class::STATEMENT)?;
        let mut iris = Vec::new();
        if self.depth >= Depth::Names {
            let found = self.names.instances(class::STATEMENT)?;
            numbers = found.iter().map(|(number, _)| *number).collect();
            iris = found.into_iter().map(|(_, iri)| SmolStr::new(iri)).collect();
        }
        let index = places_of(numbers.iter().copied());
        let blank = || Statement { begin: u32::MAX, article: u32::MAX, ..Statement::default() };
        let mut rows: Vec<Statement> = (0..numbers.len()).map(|_| blank()).collect();
        for (row, iri) in rows.iter_mut().zip(iris) {
            row.iri = iri;
        }
        let things = &Things { names: &self.names, places: &index };
        let rows_of = &mut rows;
        text(things, property::SOURCE, rows_of, |s| &mut s.source)?;
        if self.depth == Depth::All {
            text(things, property::CUE, rows_of, |s| &mut s.cue)?;
            text(things, property::WORDS, rows_of, |s| &mut s.words)?;
            text(things, property::ADDRESSEE, rows_of, |s| &mut s.addressee)?;
            text(things, property::MEDIUM, rows_of, |s| &mut s.medium)?;
            text(things, property::COMMITMENT, rows_of, |s| &mut s.commitment)?;
            text(things, property::POLARITY, rows_of, |s| &mut s.polarity)?;
            text(things, property::MODALITY, rows_of, |s| &mut s.modality)?;
        }
        text(things, property::MODE, rows_of, |s| &mut s.mode)?;
        text(things, property::SOURCE_KIND, rows_of, |s| &mut s.kind)?;
        text(things, property::SOURCE_TITLE, rows_of, |s| &mut s.title)?;
        text(things, property::SAID_EARLIEST, rows_of, |s| &mut s.earliest)?;
        text(things, property::SAID_LATEST, rows_of, |s| &mut s.latest)?;
        if self.depth == Depth::All {
            for row in rows_of.iter_mut() {
                assume(row);
            }
        }
        things.each(property::CONFIDENCE, |at, term, _| {
            if let Term::Literal(sure) = term {
                rows[at].confidence = sure.value().parse().ok();
            }
        })?;
        self.names.each(property::REPORTED_IN, &index, |at, article| {
            if let Some(&article) = articles.get(&article) {
                let slot = &mut rows[at as usize].article;
                *slot = (*slot).min(article);
            }
            Ok(())
        })?;
        self.begins(&index, &mut rows)?;
        let mut speakers: Vec<(u32, u32)> = Vec::new();
        self.names.each(property::SPEAKER, &index, |at, agent| {
            speakers.push((at, agent));
            Ok(())
        })?;
        // What a statement of no article is cannot be shown with its source.
        let mut order: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].article != u32::MAX).collect();
        order.sort_by_key(|&at| (rows[at].article, rows[at].begin, at));
        let mut place = vec![u32::MAX; rows.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from] = to as u32;
        }
        let mut sorted: Vec<Statement> = order.iter().map(|&at| std::mem::take(&mut rows[at])).collect();
        drop(rows);
        let agents = self.agents(all, speakers.iter().map(|(_, agent)| *agent).collect())?;
        for (at, agent) in speakers {
            if let (Some(row), Some(&agent)) = (sorted.get_mut(place[at as usize] as usize), agents.get(&agent)) {
                row.speakers.push(agent);
            }
        }
        for (at, row) in sorted.iter_mut().enumerate() {
            // It was said when it was printed, or before.
            if row.latest.is_empty() {
                row.latest = SmolStr::new(&all.articles[row.article as usize].published);
            }
            row.speakers.sort_unstable();
            row.speakers.dedup();
            row.sentences.sort_by_key(|iri| characters(iri));
            row.sentences.dedup();
            all.articles[row.article as usize].statements.push(at as u32);
            for &agent in &row.speakers {
                all.agents[agent as usize].statements.push(at as u32);
            }
        }
        all.statements = sorted;
        Ok(places_of(order.into_iter().map(|at| numbers[at])))
    }

    /// Where statements begin, and their sentences.
    fn begins(&self, index: &Places, rows: &mut [Statement]) -> Result<(), Error> {
        let things = &Things { names: &self.names, places: index };
        things.each(property::CONTENT_AT, |at, term, _| {
            if let Term::NamedNode(node) = term
                && let Some((begin, _)) = characters(node.as_str())
            {
                rows[at].begin = rows[at].begin.min(begin);
            }
        })?;
        things.each(property::CHARACTERS, |at, _, text| {
            if let Some(begin) = places::begin(text) {
                rows[at].begin = rows[at].begin.min(begin);
            }
        })?;
        // Where nothing tells the content, it is the sentence.
        let is_open: Vec<bool> = rows.iter().map(|row| row.begin == u32::MAX).collect();
        let is_whole = self.depth == Depth::All;
        let mut open = Places::default();
        if !is_whole {
            open = index.clone();
            open.retain(|_, at| is_open[*at as usize]);
        }
        let things = &Things { names: &self.names, places: if is_whole { index } else { &open } };
        things.each(property::SENTENCE, |at, term, _| {
            let Term::NamedNode(node) = term else { return };
            if is_whole {
                rows[at].sentences.push(SmolStr::new(node.as_str()));
            }
            if is_open[at]
                && let Some((begin, _)) = characters(node.as_str())
            {
                rows[at].begin = rows[at].begin.min(begin);
            }
        })?;
        Ok(())
    }

    /// Who speaks, in the order of their IRIs.
    fn agents(&self, all: &mut Catalogue, mut numbers: Vec<u32>) -> Result<Places, Error> {
        numbers.sort_unstable();
        numbers.dedup();
        let mut found: Vec<(u32, String)> = Vec::with_capacity(numbers.len());
        for number in numbers {
            found.extend(self.names.iri(number)?.map(|iri| (number, iri)));
        }
        found.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        let index = places_of(found.iter().map(|(number, _)| *number));
        let labels = labels(&self.names, &found)?;
        let facts = Facts::read(&self.names, &index, &[property::ROLE, other::EXACT_MATCH])?;
        let mut kind = vec![Kind::Other; found.len()];
        let mut open = index.clone();
        for (class, of_class) in CLASSES {
            if open.is_empty() {
                break;
            }
            self.names.pairs(other::TYPE, Some(class), |thing, _| {
                if let Some(at) = open.remove(&thing) {
                    kind[at as usize] = of_class;
                }
                Ok(())
            })?;
        }
        for ((at, (_, iri)), name) in found.into_iter().enumerate().zip(labels) {
            let same_as = facts.links(other::EXACT_MATCH, at as u32)?.into_iter().map(|(_, iri)| iri).collect();
            let roles = facts.texts(property::ROLE, at as u32)?;
            all.agents.push(Agent { iri, name, kind: kind[at], roles, same_as, statements: Vec::new() });
        }
        Ok(index)
    }

    /// Gives the claims with numbers and their places in the list.
    fn figures(&self, all: &mut Catalogue, statements: &Places) -> Result<Places, Error> {
        let mut claims: Vec<(u32, u32)> = Vec::new();
        self.names.each(property::CONTENT, statements, |statement, claim| {
            claims.push((statement, claim));
            Ok(())
        })?;
        claims.sort_unstable();
        // A claim that a report repeats belongs to the statement that comes first.
        let mut index = Places::default();
        let mut owner: Vec<(u32, u32, SmolStr)> = Vec::new();
        for (statement, claim) in claims {
            if let Entry::Vacant(slot) = index.entry(claim) {
                slot.insert(owner.len() as u32);
                owner.push((statement, claim, SmolStr::default()));
            }
        }
        let mut quantity: Vec<Option<u32>> = vec![None; owner.len()];
        self.names.each(property::QUANTITY, &index, |at, number| {
            // Of several the first in order of letters.
            let slot = &mut quantity[at as usize];
            *slot = match *slot {
                Some(known) if known != number && self.names.iri(known)? <= self.names.iri(number)? => Some(known),
                _ => Some(number),
            };
            Ok(())
        })?;
        if self.depth == Depth::All {
            let mut events: Vec<(u32, u32)> = Vec::new();
            self.names.each(property::ABOUT, &index, |at, event| {
                events.push((owner[at as usize].0, event));
                Ok(())
            })?;
            self.places(all, events)?;
        }
        let mut with: Vec<(u32, u32, SmolStr, u32)> = Vec::new();
        for ((statement, claim, _), quantity) in owner.into_iter().zip(quantity) {
            if let Some(quantity) = quantity {
                let iri =
                    if self.depth >= Depth::Names { self.names.iri(claim)?.unwrap_or_default() } else { String::new() };
                with.push((statement, claim, SmolStr::new(iri), quantity));
            }
        }
        with.sort_by(|a, b| (a.0, &a.2, a.1).cmp(&(b.0, &b.2, b.1)));
        let mut rows: Vec<Figure> = Vec::with_capacity(with.len());
        let (mut of_claim, mut of_quantity) = (Places::default(), Places::default());
        for (at, (statement, claim, iri, quantity)) in with.iter().enumerate() {
            of_claim.insert(*claim, at as u32);
            of_quantity.entry(*quantity).or_insert(at as u32);
            rows.push(Figure { claim: iri.clone(), statement: *statement, ..Figure::default() });
        }
        if self.depth == Depth::All {
            for (&number, &at) in &of_quantity {
                rows[at as usize].quantity = SmolStr::new(self.names.iri(number)?.unwrap_or_default());
            }
            self.numbers(&of_quantity, &mut rows)?;
            // Two claims may share one number; the second takes what the first has.
            for (at, (.., quantity)) in with.iter().enumerate() {
                let first = of_quantity[quantity] as usize;
                if first != at {
                    let (claim, statement) = (rows[at].claim.clone(), rows[at].statement);
                    rows[at] = Figure { claim, statement, ..rows[first].clone() };
                }
            }
        }
        for (at, row) in rows.iter_mut().enumerate() {
            let statement = &mut all.statements[row.statement as usize];
            statement.figures.push(at as u32);
            // The usual level of detail leaves the sentence of a figure to its statement.
            if row.sentence.is_empty()
                && let Some((begin, _)) = characters(&row.evidence)
            {
                let holds = |iri: &&SmolStr| characters(iri).is_some_and(|(from, to)| (from..to).contains(&begin));
                row.sentence = statement.sentences.iter().find(holds).cloned().unwrap_or_default();
            }
        }
        all.figures = rows;
        Ok(of_claim)
    }

    /// What is told of numbers.
    fn numbers(&self, index: &Places, rows: &mut [Figure]) -> Result<(), Error> {
        let things = &Things { names: &self.names, places: index };
        text(things, property::SURFACE, rows, |f| &mut f.surface)?;
        text(things, property::VALUE, rows, |f| &mut f.value)?;
        text(things, property::LOWER, rows, |f| &mut f.lower)?;
        text(things, property::UPPER, rows, |f| &mut f.upper)?;
        text(things, property::BOUND, rows, |f| &mut f.bound)?;
        let exact = local(value::EXACT.as_str());
        rows.iter_mut().filter(|f| f.bound.is_empty()).for_each(|f| f.bound = SmolStr::new_static(exact));
        text(things, property::UNIT_NAME, rows, |f| &mut f.unit)?;
        text(things, property::CURRENCY, rows, |f| &mut f.currency)?;
        text(things, property::PER, rows, |f| &mut f.per)?;
        text(things, property::MEASURED, rows, |f| &mut f.measured)?;
        text(things, property::ASPECT, rows, |f| &mut f.aspect)?;
        text(things, property::KIND, rows, |f| &mut f.kind)?;
        text(things, property::MEASURE, rows, |f| &mut f.measure)?;
        text(things, property::EARLIEST, rows, |f| &mut f.earliest)?;
        text(things, property::LATEST, rows, |f| &mut f.latest)?;
        for (property, slot) in [
            (property::EVIDENCE, (|f| &mut f.evidence) as fn(&mut Figure) -> &mut SmolStr),
            (property::SENTENCE, |f| &mut f.sentence),
        ] {
            things.each(property, |at, term, _| {
                if let Term::NamedNode(node) = term {
                    take(slot(&mut rows[at]), &SmolStr::new(node.as_str()));
                }
            })?;
        }
        Ok(())
    }

    /// The places of the events that statements are about.
    fn places(&self, all: &mut Catalogue, events: Vec<(u32, u32)>) -> Result<(), Error> {
        let of_event = places_of(events.iter().map(|(_, event)| *event));
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut numbers: FxHashMap<u32, String> = FxHashMap::default();
        let events_of: FxHashMap<u32, u32> = of_event.iter().map(|(event, at)| (*at, *event)).collect();
        self.names.each(property::PLACE, &of_event, |at, place| {
            if let Entry::Vacant(slot) = numbers.entry(place) {
                let Some(iri) = self.names.iri(place)? else { return Ok(()) };
                slot.insert(iri);
            }
            found.push((events_of[&at], place));
            Ok(())
        })?;
        let mut places: Vec<(u32, String)> = numbers.into_iter().collect();
        places.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        let index = places_of(places.iter().map(|(number, _)| *number));
        let labels: Vec<SmolStr> = labels(&self.names, &places)?.into_iter().map(SmolStr::new).collect();
        let geometry = Facts::read(&self.names, &index, &[other::HAS_GEOMETRY])?;
        for (at, label) in labels.iter().enumerate() {
            let Some((shape, _)) = geometry.links(other::HAS_GEOMETRY, at as u32)?.into_iter().next() else { continue };
            if !all.points.contains_key(label) {
                let text = Facts::read(&self.names, &places_of([shape].into_iter()), &[other::AS_WKT])?;
                if let Some(point) = degrees(&text.text(other::AS_WKT, 0)?) {
                    all.points.insert(label.clone(), point);
                }
            }
        }
        let mut of_event: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (event, place) in found {
            of_event.entry(event).or_default().push(index[&place]);
        }
        for (statement, event) in events {
            let told = &mut all.statements[statement as usize].places;
            told.extend(of_event.get(&event).into_iter().flatten().map(|&at| labels[at as usize].clone()));
        }
        for statement in &mut all.statements {
            statement.places.sort_unstable();
            statement.places.dedup();
        }
        Ok(())
    }

    fn questions(&self, all: &mut Catalogue, claims: &Places, incidents: &Places) -> Result<(), Error> {
        let found = self.names.instances(class::QUESTION)?;
        let index = places_of(found.iter().map(|(number, _)| *number));
        let told = [
            property::PLACE,
            property::INCIDENT,
            property::COUNTED,
            property::MEASURE,
            property::EARLIEST,
            property::LATEST,
        ];
        let facts = Facts::read(&self.names, &index, if self.depth == Depth::Counts { &told[1..2] } else { &told })?;
        let mut of_place = Labels::of(&self.names);
        for (at, (_, iri)) in found.into_iter().enumerate() {
            let places = facts.links(property::PLACE, at as u32)?.into_iter().map(|place| of_place.label(place));
            let places = places.collect::<Result<Vec<_>, Error>>()?;
            let incident = facts.links(property::INCIDENT, at as u32)?.into_iter().next();
            let incident = incident.and_then(|(incident, _)| incidents.get(&incident).copied());
            if let Some(incident) = incident {
                all.incidents[incident as usize].questions.push(at as u32);
            }
            all.questions.push(Question {
                counted: facts.text(property::COUNTED, at as u32)?,
                measure: facts.text(property::MEASURE, at as u32)?,
                earliest: facts.text(property::EARLIEST, at as u32)?,
                latest: facts.text(property::LATEST, at as u32)?,
                places,
                incident,
                iri,
                ..Question::default()
            });
        }
        self.names.each(property::ANSWERS, claims, |figure, question| {
            if let Some(&question) = index.get(&question) {
                all.figures[figure as usize].question = Some(question);
            }
            Ok(())
        })?;
        for (at, figure) in all.figures.iter().enumerate() {
            if let Some(question) = figure.question {
                all.questions[question as usize].figures.push(at as u32);
            }
        }
        if self.depth == Depth::All { self.comparisons(all, claims, &index) } else { Ok(()) }
    }

    fn comparisons(&self, all: &mut Catalogue, claims: &Places, questions: &Places) -> Result<(), Error> {
        let told = [
            property::LEFT,
            property::RIGHT,
            property::QUESTION,
            property::VERDICT,
            property::REASON,
            property::REPEATS,
        ];
        let found = self.names.instances(class::COMPARISON)?;
        let facts = Facts::read(&self.names, &places_of(found.iter().map(|(number, _)| *number)), &told)?;
        for at in 0..found.len() as u32 {
            let first = |property| Ok::<_, Error>(facts.links(property, at)?.into_iter().next());
            let place = |property, index: &Places| {
                Ok::<_, Error>(first(property)?.and_then(|(number, _)| index.get(&number).copied()))
            };
            let (left, right) = (place(property::LEFT, claims)?, place(property::RIGHT, claims)?);
            let question = place(property::QUESTION, questions)?;
            let verdict = first(property::VERDICT)?.map(|(_, iri)| iri).unwrap_or_default();
            let verdict = match local(&verdict) {
                "verdictDiffers" => Verdict::Contradicts,
                "verdictUpdates" => Verdict::Updates,
                "verdictAgree" => Verdict::Agrees,
                "verdictCompatible" => Verdict::Compatible,
                _ => Verdict::OtherScope,
            };
            let (Some(left), Some(right), Some(question)) = (left, right, question) else { continue };
            all.comparisons.push(Comparison {
                left,
                right,
                question,
                verdict,
                reason: facts.text(property::REASON, at)?,
                repeats: first(property::REPEATS)?.is_some(),
                standing: Standing::Open,
            });
        }
        all.comparisons.sort_by_key(|c| (c.question, c.verdict, c.left, c.right));
        for (at, comparison) in all.comparisons.iter().enumerate() {
            all.questions[comparison.question as usize].comparisons.push(at as u32);
        }
        Ok(())
    }
}

/// Names of things that are met again and again, each read once.
pub(super) struct Labels<'n, 's> {
    names: &'n Names<'s>,
    known: FxHashMap<u32, String>,
}

impl<'n, 's> Labels<'n, 's> {
    pub fn of(names: &'n Names<'s>) -> Labels<'n, 's> {
        Labels { names, known: FxHashMap::default() }
    }

    pub fn label(&mut self, thing: (u32, String)) -> Result<String, Error> {
        Ok(match self.known.entry(thing.0) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(slot) => slot.insert(labels(self.names, &[thing])?.remove(0)).clone(),
        })
    }
}

/// The names of things for a person, as [`crate::graph::view::Resource::label`] gives them.
pub(super) fn labels(names: &Names<'_>, things: &[(u32, String)]) -> Result<Vec<String>, Error> {
    let mut found = vec![String::new(); things.len()];
    let mut open = places_of(things.iter().map(|(number, _)| *number));
    for property in LABELS {
        if open.is_empty() {
            break;
        }
        let facts = Facts::read(names, &open, &[property])?;
        let mut left = Places::default();
        for (number, at) in open {
            let text = facts.text(property, at)?;
            if text.trim().is_empty() {
                left.insert(number, at);
            } else {
                found[at as usize] = text;
            }
        }
        open = left;
    }
    for at in open.into_values() {
        let iri = &things[at as usize].1;
        found[at as usize] = iri.rsplit('/').next().unwrap_or(iri).to_owned();
    }
    Ok(found)
}

/// The rows by their IRIs.
fn by_iri(all: &Catalogue) -> FxHashMap<SmolStr, Row> {
    let mut found = FxHashMap::default();
    found.reserve(all.statements.len() + all.agents.len() + all.articles.len() + all.questions.len());
    let mut add = |iri: SmolStr, row: Row| {
        found.insert(iri, row);
    };
    all.articles.iter().enumerate().for_each(|(at, a)| add(SmolStr::new(&a.iri), Row::Article(at as u32)));
    all.agents.iter().enumerate().for_each(|(at, a)| add(SmolStr::new(&a.iri), Row::Agent(at as u32)));
    // The name of a statement is held once, here and in its row.
    let named = all.statements.iter().enumerate().filter(|(_, s)| !s.iri.is_empty());
    named.for_each(|(at, s)| add(s.iri.clone(), Row::Statement(at as u32)));
    all.questions.iter().enumerate().for_each(|(at, q)| add(SmolStr::new(&q.iri), Row::Question(at as u32)));
    all.incidents.iter().enumerate().for_each(|(at, i)| add(SmolStr::new(&i.iri), Row::Incident(at as u32)));
    found
}

/// East and north of `POINT(east north)`.
fn degrees(wkt: &str) -> Option<(f64, f64)> {
    let (_, rest) = wkt.split_once("POINT")?;
    let (east, north) = rest.trim().strip_prefix('(')?.strip_suffix(')')?.trim().split_once(' ')?;
    let (east, north) = (east.parse::<f64>().ok()?, north.trim().parse::<f64>().ok()?);
    ((-180.0..=180.0).contains(&east) && (-90.0..=90.0).contains(&north)).then_some((east, north))
}

pub(super) fn places_of(numbers: impl Iterator<Item = u32>) -> Places {
    numbers.enumerate().map(|(at, number)| (number, at as u32)).collect()
}

pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// Some properties of some things: for each property the objects by the places of the things.
pub(super) struct Facts<'n> {
    names: &'n Names<'n>,
    columns: Vec<(NamedNodeRef<'static>, Vec<(u32, u32)>)>,
}

impl Facts<'_> {
    pub fn read<'n>(names: &'n Names<'_>, places: &Places, told: &[NamedNodeRef<'static>]) -> Result<Facts<'n>, Error> {
        let mut columns = Vec::with_capacity(told.len());
        for &property in told {
            let mut column = Vec::new();
            names.each(property, places, |at, object| {
                column.push((at, object));
                Ok(())
            })?;
            column.sort_unstable();
            column.dedup();
            columns.push((property, column));
        }
        Ok(Facts { names, columns })
    }

    /// The objects of a thing in order of their letters.
    fn objects(&self, property: NamedNodeRef<'_>, at: u32) -> Result<Vec<(u32, Term)>, Error> {
        let column = self.columns.iter().find(|(known, _)| *known == property).map_or(&[][..], |(_, column)| column);
        let begin = column.partition_point(|(thing, _)| *thing < at);
        let own = column[begin..].iter().take_while(|(thing, _)| *thing == at);
        let mut found =
            own.map(|&(_, number)| Ok((number, self.names.term(number)?))).collect::<Result<Vec<_>, Error>>()?;
        if found.len() > 1 {
            found.sort_by_cached_key(|(_, term): &(u32, Term)| term.to_string());
        }
        Ok(found)
    }

    pub fn links(&self, property: NamedNodeRef<'_>, at: u32) -> Result<Vec<(u32, String)>, Error> {
        let link = |(number, term)| match term {
            Term::NamedNode(node) => Some((number, node.into_string())),
            _ => None,
        };
        Ok(self.objects(property, at)?.into_iter().filter_map(link).collect())
    }

    pub fn texts(&self, property: NamedNodeRef<'_>, at: u32) -> Result<Vec<String>, Error> {
        let text = |(_, term)| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        };
        Ok(self.objects(property, at)?.into_iter().filter_map(text).collect())
    }

    /// The first text, or nothing.
    pub fn text(&self, property: NamedNodeRef<'_>, at: u32) -> Result<String, Error> {
        Ok(self.texts(property, at)?.into_iter().next().unwrap_or_default())
    }

    /// The first IRI, or nothing.
    pub fn link(&self, property: NamedNodeRef<'_>, at: u32) -> Result<String, Error> {
        Ok(self.links(property, at)?.into_iter().next().map(|(_, iri)| iri).unwrap_or_default())
    }
}

/// Things of a list, whose properties are read one after another.
struct Things<'n> {
    names: &'n Names<'n>,
    places: &'n Places,
}

impl Things<'_> {
    /// Gives the objects of a property with the places of their subjects, and as a short text; an object that follows itself
    /// is read once.
    fn each(&self, property: NamedNodeRef<'_>, mut work: impl FnMut(usize, &Term, &SmolStr)) -> Result<(), Error> {
        let mut last: Option<(u32, Term, SmolStr)> = None;
        self.names.each(property, self.places, |at, object| {
            if last.as_ref().is_none_or(|(known, ..)| *known != object) {
                let term = self.names.term(object)?;
                let text = match &term {
                    Term::Literal(literal) => SmolStr::new(literal.value()),
                    Term::NamedNode(node) => SmolStr::new(local(node.as_str())),
                    _ => SmolStr::default(),
                };
                last = Some((object, term, text));
            }
            if let Some((_, term, text)) = &last {
                work(at as usize, term, text);
            }
            Ok(())
        })
    }
}

/// Gives a statement of which the manner is told what goes without saying ([`vocab::ASSUMED`]).
fn assume(row: &mut Statement) {
    let of_others = !row.mode.is_empty() && row.mode != local(value::NARRATOR.as_str());
    let told = [
        (!row.mode.is_empty(), &mut row.polarity, property::POLARITY),
        (of_others, &mut row.commitment, property::COMMITMENT),
        (of_others, &mut row.modality, property::MODALITY),
    ];
    for (is_told, slot, property) in told {
        if let Some(value) = vocab::assumed(class::STATEMENT.as_str(), property).filter(|_| is_told && slot.is_empty())
        {
            *slot = SmolStr::new_static(local(value.as_str()));
        }
    }
}

/// Takes the value of a property; of several the first in order of letters, so that all stores give the same.
fn take(slot: &mut SmolStr, value: &SmolStr) {
    if slot.is_empty() || value < slot {
        *slot = value.clone();
    }
}

fn text<T>(
    things: &Things<'_>,
    property: NamedNodeRef<'_>,
    rows: &mut [T],
    slot: impl Fn(&mut T) -> &mut SmolStr,
) -> Result<(), Error> {
    things.each(property, |at, term, text| {
        if matches!(term, Term::Literal(_) | Term::NamedNode(_)) {
            take(slot(&mut rows[at]), text);
        }
    })
}
