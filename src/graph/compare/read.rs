//! Figures and stories read back from the graph: one pass over the quads of each property, and no query.

use std::collections::BTreeMap;

use crate::graph::store::Loaded as Store;
use jiff::civil::Date;
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::figure::{Figure, Story};
use super::{dispute, number, pairs, verdict};
use crate::graph::Error;
use crate::graph::vocab::{other, property, value};
use crate::text::{Aspect, ScopeKind};

/// The values of one property by subject, each in the order of the terms.
type Column = FxHashMap<String, Vec<String>>;

/// Adds the value of a triple to its subject's; terms within terms are none.
fn add(column: &mut Column, subject: &str, object: &Term) {
    let object = match object {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        _ => return,
    };
    match column.get_mut(subject) {
        Some(values) => values.push(object.to_owned()),
        None => {
            column.insert(subject.to_owned(), vec![object.to_owned()]);
        }
    }
}

fn column(store: &Store, property: NamedNodeRef<'static>) -> Result<Column, Error> {
    let mut found: Column = FxHashMap::default();
    store.said_with(property, None, |subject, object| add(&mut found, subject, object))?;
    for values in found.values_mut().filter(|v| v.len() > 1) {
        values.sort();
        values.dedup();
    }
    Ok(found)
}

/// The labels of some things.
fn labels_of<'t>(store: &Store, things: impl Iterator<Item = &'t str>) -> Result<Column, Error> {
    let mut found: Column = FxHashMap::default();
    for thing in things {
        if found.contains_key(thing) {
            continue;
        }
        let mut labels = Vec::new();
        let subject = NamedNodeRef::new_unchecked(thing);
        for quad in store.quads_for_pattern(Some(subject.into()), Some(other::LABEL), None, None) {
            if let Term::Literal(label) = quad?.object {
                labels.push(label.destruct().0);
            }
        }
        labels.sort();
        labels.dedup();
        found.insert(thing.to_owned(), labels);
    }
    Ok(found)
}

/// Where figures are read: the columns of all articles, or what the graphs of some hold.
pub struct Columns<'s> {
    store: &'s Store,
    own: Option<FxHashMap<String, Column>>,
}

impl<'s> Columns<'s> {
    /// Those of all articles.
    pub fn all(store: &'s Store) -> Columns<'s> {
        Columns { store, own: None }
    }

    /// Those of the articles that have these graphs.
    pub fn of(store: &'s Store, graphs: &[&str]) -> Result<Columns<'s>, Error> {
        let mut own: FxHashMap<String, Column> = FxHashMap::default();
        for graph in graphs {
            let graph = NamedNodeRef::new_unchecked(graph);
            for quad in store.quads_for_pattern(None, None, None, Some(graph.into())) {
                let quad = quad?;
                if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                    add(own.entry(quad.predicate.into_string()).or_default(), subject.as_str(), &quad.object);
                }
            }
        }
        for values in own.values_mut().flat_map(FxHashMap::values_mut) {
            values.sort();
            values.dedup();
        }
        // Who speaks has a label in a graph that all articles share.
        let speakers = own.get(property::SPEAKER.as_str()).into_iter().flat_map(FxHashMap::values).flatten();
        let labels = labels_of(store, speakers.map(String::as_str))?;
        own.insert(other::LABEL.as_str().to_owned(), labels);
        Ok(Columns { store, own: Some(own) })
    }

    fn get(&self, property: NamedNodeRef<'static>) -> Result<Column, Error> {
        match &self.own {
            Some(own) => Ok(own.get(property.as_str()).cloned().unwrap_or_default()),
            None => column(self.store, property),
        }
    }
}

/// The graph of each article, by the article's IRI.
pub fn graphs(store: &Store) -> Result<FxHashMap<String, String>, Error> {
    let mut found = FxHashMap::default();
    for quad in store.quads_for_pattern(None, Some(property::IDENTIFIER), None, None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(article), GraphName::NamedNode(graph)) = (quad.subject, quad.graph_name) {
            found.insert(article.into_string(), graph.into_string());
        }
    }
    Ok(found)
}

/// The first value of a subject.
fn first<'c>(column: &'c Column, subject: &str) -> &'c str {
    column.get(subject).and_then(|v| v.first()).map_or("", String::as_str)
}

/// Who speaks in each statement.
struct Voices {
    modes: Column,
    speakers: Column,
    labels: Column,
    sources: Column,
}

impl Voices {
    /// Reads the columns that tell.
    fn read(columns: &Columns<'_>) -> Result<Voices, Error> {
        let get = |p| columns.get(p);
        Ok(Voices {
            modes: get(property::MODE)?,
            speakers: get(property::SPEAKER)?,
            labels: get(other::LABEL)?,
            sources: get(property::SOURCE)?,
        })
    }

    /// The speaker's name, else the words of the source; empty for the narrator.
    fn of(&self, statement: &str) -> &str {
        let agent = first(&self.labels, first(&self.speakers, statement));
        match (first(&self.modes, statement) == value::NARRATOR.as_str(), agent.is_empty()) {
            (true, _) => "",
            (false, false) => agent,
            (false, true) => first(&self.sources, statement),
        }
    }
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn words(text: &str) -> Vec<SmolStr> {
    text.split_whitespace().map(SmolStr::from).collect()
}

/// First and last character of a place: `…#char=12,15`.
fn span(iri: &str) -> Option<(u64, u64)> {
    let (begin, end) = iri.rsplit_once("#char=")?.1.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

/// All articles, in the order of their identifiers.
pub fn stories(store: &Store) -> Result<Vec<Story>, Error> {
    let [ids, titles, papers, published, terms, prints] = [
        property::IDENTIFIER,
        property::TITLE,
        property::PUBLISHER,
        property::PUBLISHED,
        property::TERMS,
        property::FINGERPRINT,
    ]
    .map(|p| column(store, p));
    let (ids, titles, papers) = (ids?, titles?, papers?);
    let labels = labels_of(store, papers.values().flatten().map(String::as_str))?;
    let (published, terms, prints) = (published?, terms?, prints?);
    let mut stories: Vec<Story> = Vec::new();
    for (iri, id) in &ids {
        let mut cells = first(&terms, iri).split(' ');
        let mut pairs = Vec::new();
        while let (Some(term), Some(weight)) = (cells.next(), cells.next().and_then(|w| w.parse().ok())) {
            pairs.push((SmolStr::from(term), weight));
        }
        stories.push(Story {
            id: id[0].clone(),
            iri: iri.clone(),
            title: first(&titles, iri).to_owned(),
            publisher: first(&labels, first(&papers, iri)).to_owned(),
            published: day(first(&published, iri)),
            terms: pairs,
            shingles: first(&prints, iri).split(' ').filter_map(|h| u32::from_str_radix(h, 16).ok()).collect(),
        });
    }
    stories.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(stories)
}

/// Every claim with a number that has a frame, in the order of articles and places.
pub fn figures(columns: &Columns<'_>, stories: &[Story]) -> Result<Vec<Figure>, Error> {
    let by_iri: BTreeMap<&str, usize> = stories.iter().enumerate().map(|(i, s)| (s.iri.as_str(), i)).collect();
    let get = |p| columns.get(p);
    let quantity_of = get(property::QUANTITY)?;
    let contents = get(property::CONTENT)?;
    let reported = get(property::REPORTED_IN)?;
    let (voices, said) = (Voices::read(columns)?, get(property::SAID_LATEST)?);
    let (about, kinds) = (get(property::ABOUT)?, get(property::KIND)?);
    let (values, lowers, uppers, bounds) =
        (get(property::VALUE)?, get(property::LOWER)?, get(property::UPPER)?, get(property::BOUND)?);
    let (units, pers, surfaces, counted) =
        (get(property::UNIT_NAME)?, get(property::PER)?, get(property::SURFACE)?, get(property::COUNTED)?);
    let (aspects, measures, things, narrowed) =
        (get(property::ASPECT)?, get(property::MEASURE)?, get(property::THING)?, get(property::NARROWED_BY)?);
    let (told, terms, roles, scopes) =
        (get(property::TOLD_BY)?, get(property::CLAUSE_TERMS)?, get(property::COUNTED_ROLE)?, get(property::SCOPE)?);
    let (places, earliest, latest, as_of) =
        (get(property::PLACE_NAMED)?, get(property::EARLIEST)?, get(property::LATEST)?, get(property::AS_OF)?);
    let (agents, owners) = (get(property::ACTED_BY)?, get(property::FIGURE_OF)?);
    // Who denies a figure, declines to give or cannot confirm it claims nothing.
    let commitments = get(property::COMMITMENT)?;
    let unclaimed = [value::DENIED, value::DECLINED, value::NOT_CONFIRMED, value::ASKED];
    let (takes, restated, modality, evidence, from) = (
        get(property::TAKES_OVER)?,
        get(property::RESTATED)?,
        get(property::MODALITY)?,
        get(property::EVIDENCE)?,
        get(property::CHANGE_FROM)?,
    );
    // The statement that holds a claim; the first by its IRI where several do.
    let mut statement_of: FxHashMap<&str, &str> = FxHashMap::default();
    for (statement, claims) in &contents {
        for claim in claims {
            let slot = statement_of.entry(claim).or_insert(statement);
            if statement.as_str() < *slot {
                *slot = statement;
            }
        }
    }
    let mut figures = Vec::new();
    for (claim, list) in &quantity_of {
        let Some(&statement) = statement_of.get(claim.as_str()) else { continue };
        let quantity = list[0].as_str();
        let Some(aspect) = first(&aspects, quantity).parse::<Aspect>().ok() else { continue };
        let Some(&story) = by_iri.get(first(&reported, statement)) else { continue };
        let bound = first(&bounds, quantity).rsplit('#').next().unwrap_or("");
        let unit = first(&units, quantity);
        let per = first(&pers, quantity);
        let read = number::read(
            first(&values, quantity),
            first(&lowers, quantity),
            first(&uppers, quantity),
            bound,
            unit,
            per,
        );
        let Some(number) = read.filter(|_| !matches!(first(&kinds, quantity), "age" | "ordinal" | "score")) else {
            continue;
        };
        let speaker = voices.of(statement);
        let span = span(first(&evidence, quantity)).unwrap_or_default();
        let measure = SmolStr::from(first(&measures, quantity));
        let scope = scopes.get(quantity).into_iter().flatten().filter_map(|s| {
            let (kind, words) = s.split_once(": ")?;
            Some((kind.parse::<ScopeKind>().ok()?, SmolStr::from(words)))
        });
        figures.push(Figure {
            claim: claim.clone(),
            story,
            speaker: speaker.to_owned(),
            statement: statement.to_owned(),
            span,
            surface: first(&surfaces, quantity).to_owned(),
            counted: first(&counted, quantity).to_owned(),
            event: Some(first(&about, claim)).filter(|e| !e.is_empty()).map(str::to_owned),
            said: day(first(&said, statement)),
            number,
            from: first(&from, quantity).parse().ok(),
            aspect,
            thing: SmolStr::from(first(&things, quantity)),
            restrictors: words(first(&narrowed, quantity)),
            is_class: verdict::is_class(&measure),
            measure,
            telling: words(first(&told, quantity)),
            role: first(&roles, quantity).parse().ok(),
            agent: SmolStr::from(first(&agents, quantity)),
            owner: SmolStr::from(first(&owners, quantity)),
            terms: words(first(&terms, quantity)),
            scope: scope.collect(),
            is_denied: first(&modality, quantity) == value::NEGATED.as_str()
                || unclaimed.iter().any(|v| v.as_str() == first(&commitments, statement)),
            days: day(first(&earliest, quantity)).zip(day(first(&latest, quantity))),
            has_own_days: earliest.contains_key(quantity) && latest.contains_key(quantity),
            as_of: day(first(&as_of, quantity)),
            places: places.get(quantity).into_iter().flatten().map(|p| SmolStr::from(p.to_lowercase())).collect(),
            inherits: takes.contains_key(quantity),
            is_moved: restated.contains_key(quantity),
            is_lead: span.0 < 200,
        });
    }
    figures.sort_by(|a: &Figure, b| (a.story, a.span, &a.claim).cmp(&(b.story, b.span, &b.claim)));
    pairs::prepare(&mut figures, stories);
    Ok(figures)
}

/// What is told in statements and by the articles themselves: a denial is one claim, other statements their claims.
pub fn tellings(store: &Store, stories: &[Story]) -> Result<Vec<dispute::Telling>, Error> {
    let by_iri: BTreeMap<&str, usize> = stories.iter().enumerate().map(|(i, s)| (s.iri.as_str(), i)).collect();
    let get = |p| column(store, p);
    let (reported, words, at) = (get(property::REPORTED_IN)?, get(property::WORDS)?, get(property::CONTENT_AT)?);
    let voices = Voices::read(&Columns::all(store))?;
    let (commitments, polarities) = (get(property::COMMITMENT)?, get(property::POLARITY)?);
    let mut found = Vec::new();
    for (statement, document) in &reported {
        let Some(&story) = by_iri.get(document[0].as_str()) else { continue };
        let text = first(&words, statement);
        let speaker = voices.of(statement);
        let commitment = first(&commitments, statement);
        if [value::DECLINED, value::NOT_CONFIRMED, value::ASKED].iter().any(|v| v.as_str() == commitment) {
            continue;
        }
        // A denial of what says no is a claim; a sentence that says no says it of one stretch alone.
        let no = dispute::says_no(text);
        let is_negative = no.is_some() || first(&polarities, statement) == value::NEGATIVE.as_str();
        let is_denied = (commitment == value::DENIED.as_str()) != is_negative;
        let content = dispute::words(no.as_deref().filter(|_| is_denied).unwrap_or(text));
        if content.is_empty() {
            continue;
        }
        found.push(dispute::Telling {
            story,
            span: span(first(&at, statement)).unwrap_or_default(),
            words: text.to_owned(),
            speaker: speaker.to_owned(),
            is_denied,
            is_cue: commitment == value::DENIED.as_str() && !is_negative,
            content,
            cause: dispute::cause(text),
        });
    }
    found.sort_by(|a, b| (a.story, a.span, &a.words).cmp(&(b.story, b.span, &b.words)));
    // What the article tells of what others say is theirs.
    let spans: Vec<(usize, (u64, u64), bool)> =
        found.iter().map(|t: &dispute::Telling| (t.story, t.span, t.speaker.is_empty())).collect();
    let holds = |t: &dispute::Telling| {
        // They are in the order of articles: those of others need not be looked at.
        let own = spans.partition_point(|(story, ..)| *story < t.story);
        spans[own..]
            .iter()
            .take_while(|(story, ..)| *story == t.story)
            .any(|&(_, span, is_narrator)| !is_narrator && t.span.0 <= span.0 && span.1 <= t.span.1)
    };
    found.retain(|t| !t.speaker.is_empty() || !holds(t));
    Ok(found)
}
