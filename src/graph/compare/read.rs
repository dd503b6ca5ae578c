//! Figures and stories read back from the graph: one pass over the quads of each property, and no query.

use std::collections::BTreeMap;

use crate::graph::first::text_of;
use crate::graph::store::{Loaded as Store, Names, Places};
use jiff::civil::Date;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::figure::{Figure, Story};
use super::{dispute, number, pairs, verdict};
use crate::graph::vocab::{other, property, value};
use crate::graph::{Error, places};
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
    places::characters(iri)
}

/// All articles, in the order of their identifiers.
pub fn stories(store: &Store) -> Result<Vec<Story>, Error> {
    Ok(numbered(&Names::of(store))?.1)
}

/// The same with the numbers of the articles.
pub fn numbered(names: &Names<'_>) -> Result<(Vec<u32>, Vec<Story>), Error> {
    let mut articles = Vec::new();
    names.pairs(property::IDENTIFIER, None, |article, _| {
        articles.push(article);
        Ok(())
    })?;
    numbered_of(names, articles)
}

/// The same of some articles.
pub fn numbered_of(names: &Names<'_>, mut articles: Vec<u32>) -> Result<(Vec<u32>, Vec<Story>), Error> {
    articles.sort_unstable();
    articles.dedup();
    let places: Places = articles.iter().enumerate().map(|(at, number)| (*number, at as u32)).collect();
    let [ids, titles, published, terms, prints] =
        [property::IDENTIFIER, property::TITLE, property::PUBLISHED, property::TERMS, property::FINGERPRINT]
            .map(|property| values(names, &places, property));
    let (ids, titles, published, terms, prints) = (ids?, titles?, published?, terms?, prints?);
    let papers = links(names, &places, property::PUBLISHER)?;
    let labels = named(names, &papers)?;
    let mut stories: Vec<(u32, Story)> = Vec::with_capacity(articles.len());
    for (at, number) in articles.into_iter().enumerate() {
        let mut cells = terms[at].split(' ');
        let mut pairs = Vec::new();
        while let (Some(term), Some(weight)) = (cells.next(), cells.next().and_then(|w| w.parse().ok())) {
            pairs.push((SmolStr::from(term), weight));
        }
        let Some(iri) = names.iri(number)? else { continue };
        let story = Story {
            id: ids[at].to_string(),
            iri,
            title: titles[at].to_string(),
            publisher: papers[at].and_then(|paper| labels.get(&paper)).map(SmolStr::to_string).unwrap_or_default(),
            published: day(&published[at]),
            terms: pairs,
            shingles: prints[at].split(' ').filter_map(|h| u32::from_str_radix(h, 16).ok()).collect(),
        };
        stories.push((number, story));
    }
    stories.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    Ok(stories.into_iter().unzip())
}

/// The first value of a property by its letters, for each of some things; empty where there is none.
fn values(names: &Names<'_>, places: &Places, property: NamedNodeRef<'static>) -> Result<Vec<SmolStr>, Error> {
    let mut found = vec![SmolStr::default(); places.len()];
    let (mut last, mut is_set) = (None, vec![false; places.len()]);
    names.each(property, places, |at, object| {
        if last.as_ref().is_none_or(|(known, _)| *known != object) {
            last = Some((object, text_of(names.term(object)?).map(SmolStr::from)));
        }
        if let Some((_, Some(text))) = &last {
            let slot = &mut found[at as usize];
            if !is_set[at as usize] || *text < *slot {
                slot.clone_from(text);
                is_set[at as usize] = true;
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The same of a property that leads to things: their numbers.
fn links(names: &Names<'_>, places: &Places, property: NamedNodeRef<'static>) -> Result<Vec<Option<u32>>, Error> {
    let mut found: Vec<Option<u32>> = vec![None; places.len()];
    names.each(property, places, |at, object| {
        let slot = &mut found[at as usize];
        *slot = match *slot {
            Some(known) if known == object || text_of(names.term(known)?) <= text_of(names.term(object)?) => {
                Some(known)
            }
            _ => Some(object),
        };
        Ok(())
    })?;
    Ok(found)
}

/// The labels of things by their numbers.
fn named(names: &Names<'_>, things: &[Option<u32>]) -> Result<FxHashMap<u32, SmolStr>, Error> {
    let mut numbers: Vec<u32> = things.iter().flatten().copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    let places: Places = numbers.iter().enumerate().map(|(at, number)| (*number, at as u32)).collect();
    Ok(numbers.into_iter().zip(values(names, &places, other::LABEL)?).collect())
}

/// The articles in which somebody denies something in a clause: what is surely disputed is denied so.
pub fn denying(names: &Names<'_>) -> Result<FxHashSet<u32>, Error> {
    let mut statements = Places::default();
    names.pairs(property::COMMITMENT, Some(value::DENIED), |statement, _| {
        let at = statements.len() as u32;
        statements.entry(statement).or_insert(at);
        Ok(())
    })?;
    let words = values(names, &statements, property::WORDS)?;
    statements.retain(|_, at| words[*at as usize].starts_with(dispute::CLAUSE));
    let mut articles = FxHashSet::default();
    names.each(property::REPORTED_IN, &statements, |_, article| {
        articles.insert(article);
        Ok(())
    })?;
    Ok(articles)
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
    // At the usual level of detail one text tells of a clause what is asked here alone.
    let clauses = get(property::IN_CLAUSE)?;
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
        let mut clause = [&roles, &told, &terms, &agents, &narrowed].map(|column| first(column, quantity));
        if let Some(told) = clauses.get(quantity).and_then(|texts| texts.first()) {
            clause = [""; 5];
            clause.iter_mut().zip(told.split('|')).for_each(|(part, words)| *part = words);
        }
        let [role, telling, terms, agent, restrictors] = clause;
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
            // It was said when it was printed, or before.
            said: day(first(&said, statement)).or(stories[story].published),
            number,
            from: first(&from, quantity).parse().ok(),
            aspect,
            thing: SmolStr::from(first(&things, quantity)),
            restrictors: words(restrictors),
            is_class: verdict::is_class(&measure),
            measure,
            telling: words(telling),
            role: role.parse().ok(),
            agent: SmolStr::from(agent),
            owner: SmolStr::from(first(&owners, quantity)),
            terms: words(terms),
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

/// What is told in statements and by the articles themselves, in some articles (`numbers` are those of the stories).
pub fn tellings(
    names: &Names<'_>,
    (numbers, stories): (&[u32], &[Story]),
    is_asked: impl Fn(usize) -> bool,
) -> Result<Vec<dispute::Telling>, Error> {
    let asked = numbers.iter().enumerate().filter(|(story, _)| is_asked(*story));
    let articles: Places = asked.map(|(story, number)| (*number, story as u32)).collect();
    let mut reported: FxHashMap<u32, u32> = FxHashMap::default();
    names.each_back(property::REPORTED_IN, &articles, |story, statement| {
        // Of several the first by its letters.
        let slot = reported.entry(statement).or_insert(story);
        if stories[story as usize].iri < stories[*slot as usize].iri {
            *slot = story;
        }
        Ok(())
    })?;
    let mut statements: Vec<(u32, u32)> = reported.into_iter().collect();
    statements.sort_unstable();
    let places: Places = statements.iter().enumerate().map(|(at, (number, _))| (*number, at as u32)).collect();
    let get = |property| values(names, &places, property);
    let (words, at, sources) = (get(property::WORDS)?, get(property::CONTENT_AT)?, get(property::SOURCE)?);
    let (told, sentences) = (get(property::CHARACTERS)?, get(property::SENTENCE)?);
    let (modes, commitments) = (get(property::MODE)?, get(property::COMMITMENT)?);
    let speakers = links(names, &places, property::SPEAKER)?;
    let labels = named(names, &speakers)?;
    let mut found = Vec::new();
    for (nth, (_, story)) in statements.into_iter().enumerate() {
        let text = words[nth].as_str();
        let label = speakers[nth].and_then(|agent| labels.get(&agent)).map_or("", SmolStr::as_str);
        let speaker = match (modes[nth] == value::NARRATOR.as_str(), label.is_empty()) {
            (true, _) => "",
            (false, false) => label,
            (false, true) => sources[nth].as_str(),
        };
        let commitment = commitments[nth].as_str();
        if [value::DECLINED, value::NOT_CONFIRMED, value::ASKED].iter().any(|v| v.as_str() == commitment) {
            continue;
        }
        // At the usual level of detail one text tells all places, or the content is the sentence.
        let place = match (at[nth].is_empty(), places::read(&told[nth])[0].iter().min()) {
            (false, _) => span(&at[nth]),
            (true, Some(place)) => places::numbers(place),
            (true, None) => span(&sentences[nth]),
        };
        found.push(dispute::Telling {
            story: story as usize,
            span: place.unwrap_or_default(),
            words: text.to_owned(),
            speaker: speaker.to_owned(),
            is_denied: commitment == value::DENIED.as_str(),
        });
    }
    // Sentences of the article's own that are no statements, each with its characters before its words.
    let mut own: Vec<(u32, u32)> = Vec::new();
    names.each(property::TELLS, &articles, |story, sentence| {
        own.push((story, sentence));
        Ok(())
    })?;
    for (story, sentence) in own {
        let Some(text) = text_of(names.term(sentence)?) else { continue };
        let read = text.split_once(' ').and_then(|(place, words)| Some((places::numbers(place)?, words.to_owned())));
        let Some((span, words)) = read else { continue };
        found.push(dispute::Telling { story: story as usize, span, words, speaker: String::new(), is_denied: false });
    }
    found.sort_by(|a, b| (a.story, a.span, &a.words, &a.speaker).cmp(&(b.story, b.span, &b.words, &b.speaker)));
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
