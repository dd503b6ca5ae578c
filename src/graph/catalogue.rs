//! What a store holds, as rows that stand side by side: articles, speakers, statements, figures, questions, comparisons.
//!
//! The graph is read property by property, once; pages, spreadsheets and filters then work on rows. Rows are in one order,
//! whatever keeps the store: articles by day and id, statements by their place in the article.

mod alike;
mod filter;
mod one;
mod ruled;

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, Term};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Error;
use super::decided::{Decided, STATEMENT, VERDICT};
use super::store::{Loaded as Store, Numbers};
use super::view::{Kind, LABELS, Resource, subjects_of};
use super::vocab::{class, other, property};
#[cfg(feature = "serve")]
pub use alike::Alike;
#[cfg(feature = "serve")]
pub use filter::SOURCE_KINDS;
pub(super) use filter::near;
pub use filter::{Filter, check_day, meant, source_kind};
pub use ruled::Standing;

/// An article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    pub iri: String,
    pub id: String,
    pub title: String,
    pub publisher: String,
    /// The publisher as an agent.
    pub publisher_iri: String,
    pub published: String,
    pub address: String,
    /// The incidents that it tells of, as places of the catalogue's list.
    pub incidents: Vec<u32>,
    pub statements: Vec<u32>,
}

impl Article {
    /// Its headline, else its id.
    pub fn label(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }

    /// Who published it, else that nobody is named.
    pub fn paper(&self) -> &str {
        if self.publisher.is_empty() { "no publisher named" } else { &self.publisher }
    }
}

/// Somebody who speaks.
#[derive(Clone, Debug)]
pub struct Agent {
    pub iri: String,
    pub name: String,
    pub kind: Kind,
    pub roles: Vec<String>,
    pub same_as: Vec<String>,
    pub statements: Vec<u32>,
}

/// A statement.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    pub iri: SmolStr,
    pub article: u32,
    pub speakers: Vec<u32>,
    pub source: SmolStr,
    pub cue: SmolStr,
    pub words: SmolStr,
    /// The local names of the closed lists: `indirect`, `sourceBody`, `denied`, `negative`, `asserted`.
    pub mode: SmolStr,
    pub kind: SmolStr,
    pub commitment: SmolStr,
    pub polarity: SmolStr,
    pub modality: SmolStr,
    /// Title or office of the source.
    pub title: SmolStr,
    pub addressee: SmolStr,
    pub medium: SmolStr,
    pub earliest: SmolStr,
    pub latest: SmolStr,
    pub confidence: Option<f32>,
    /// Where the content begins, in code points of the article.
    pub begin: u32,
    pub sentences: Vec<SmolStr>,
    /// Where the events that it tells of happened.
    pub places: Vec<SmolStr>,
    pub figures: Vec<u32>,
    /// What a person decided about it.
    pub standing: Standing,
}

impl Statement {
    /// The article speaks in its own voice.
    pub fn is_narrator(&self) -> bool {
        self.mode == "narrator"
    }

    /// The speaker rejects what the words say, or will not vouch for it.
    pub fn is_denied(&self) -> bool {
        self.polarity == "negative" || matches!(self.commitment.as_str(), "denied" | "declined" | "notConfirmed")
    }

    /// A statement without a measured confidence is sure.
    pub fn sure(&self) -> f32 {
        self.confidence.unwrap_or(1.0)
    }

    /// Its day: the last on which it can have been said.
    pub fn day<'s>(&'s self, article: &'s Article) -> &'s str {
        match (self.latest.as_str(), self.earliest.as_str()) {
            ("", "") => &article.published,
            ("", earliest) => earliest,
            (latest, _) => latest,
        }
    }
}

/// A number that a statement gives.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub claim: SmolStr,
    pub quantity: SmolStr,
    pub statement: u32,
    pub question: Option<u32>,
    pub surface: SmolStr,
    pub value: SmolStr,
    pub lower: SmolStr,
    pub upper: SmolStr,
    pub bound: SmolStr,
    pub unit: SmolStr,
    pub currency: SmolStr,
    pub per: SmolStr,
    pub counted: SmolStr,
    pub measure: SmolStr,
    pub aspect: SmolStr,
    pub kind: SmolStr,
    pub earliest: SmolStr,
    pub latest: SmolStr,
    /// Where the number stands: `DOC#char=12,18`.
    pub evidence: SmolStr,
    /// The sentence it stands in.
    pub sentence: SmolStr,
}

impl Figure {
    /// The lowest and the highest number that the words admit; nothing where they leave a side open.
    pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let number = |text: &SmolStr| text.parse::<f64>().ok();
        let (value, lower, upper) = (number(&self.value), number(&self.lower), number(&self.upper));
        let low = lower.or(if matches!(self.bound.as_str(), "atMost" | "lessThan") { None } else { value });
        let high = upper.or(if matches!(self.bound.as_str(), "atLeast" | "moreThan") { None } else { value });
        (low, high)
    }

    /// The one number that stands for it.
    pub fn point(&self) -> Option<f64> {
        let number = |text: &SmolStr| text.parse::<f64>().ok();
        let (low, high) = (number(&self.lower), number(&self.upper));
        number(&self.value).or(match (low, high) {
            (Some(low), Some(high)) => Some((low + high) / 2.0),
            (low, high) => low.or(high),
        })
    }
}

/// What several figures answer.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub iri: String,
    pub counted: String,
    pub measure: String,
    pub incident: Option<u32>,
    pub places: Vec<String>,
    pub earliest: String,
    pub latest: String,
    pub figures: Vec<u32>,
    pub comparisons: Vec<u32>,
}

/// How two figures of a question stand to each other.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub left: u32,
    pub right: u32,
    pub question: u32,
    pub verdict: Verdict,
    pub reason: String,
    /// Another pair says the same in other tellings, and stands for it in lists.
    pub repeats: bool,
    /// What a person decided about it.
    pub standing: Standing,
}

/// The verdicts, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Contradicts,
    Updates,
    Agrees,
    Compatible,
    OtherScope,
}

impl Verdict {
    /// Every verdict with its name in tables and addresses.
    pub const ALL: &'static [(&'static str, Verdict)] = &[
        ("contradicts", Verdict::Contradicts),
        ("updates", Verdict::Updates),
        ("agrees", Verdict::Agrees),
        ("compatible", Verdict::Compatible),
        ("other", Verdict::OtherScope),
    ];

    /// The verdict of a name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL.iter().find(|(own, _)| *own == name).map(|(_, verdict)| *verdict)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Verdict::ALL.iter().find(|(_, verdict)| *verdict == self).map_or("other", |(name, _)| name)
    }
}

/// What several articles tell of.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    pub iri: String,
    pub label: String,
    pub articles: Vec<u32>,
    pub questions: Vec<u32>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub articles: Vec<Article>,
    pub agents: Vec<Agent>,
    pub statements: Vec<Statement>,
    pub figures: Vec<Figure>,
    pub questions: Vec<Question>,
    pub comparisons: Vec<Comparison>,
    pub incidents: Vec<Incident>,
    /// Where places are, in degrees east and north, by their names.
    pub points: BTreeMap<SmolStr, (f64, f64)>,
    by_iri: FxHashMap<SmolStr, Row>,
    /// What decisions have changed, as it was.
    before: ruled::Before,
    /// Which speakers are one.
    ones: one::Ones,
}

/// A row of one of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Article(u32),
    Agent(u32),
    Statement(u32),
    Question(u32),
    Incident(u32),
}

type Index = FxHashMap<SmolStr, u32>;

impl Catalogue {
    /// Reads a store.
    pub fn read(store: &Store) -> Result<Catalogue, Error> {
        Catalogue::read_parts(store, true)
    }

    /// Reads a store; without `details` neither what is said nor what the figures are, but who says it, when and where, how
    /// many figures there are, and what asks for them.
    fn read_parts(store: &Store, details: bool) -> Result<Catalogue, Error> {
        let mut all = Catalogue::default();
        let incidents = all.read_incidents(store)?;
        let articles = all.read_articles(store, &incidents)?;
        let statements = all.read_statements(store, &articles, details)?;
        let claims = all.read_figures(store, &statements, details)?;
        all.read_questions(store, &claims, &incidents, details)?;
        all.index();
        Ok(all)
    }

    /// Rows that are counted, and chosen by a filter, with what people decided; nothing else of them is to be shown. What
    /// the filter and the decisions do not ask for is not read.
    pub fn read_counted(store: &Store, decided: &Decided, filter: &Filter) -> Result<Catalogue, Error> {
        let details = filter.is_of_words() || decided.has(STATEMENT) || decided.has(VERDICT);
        let mut all = Catalogue::read_parts(store, details)?;
        all.decide(store, decided)?;
        Ok(all)
    }

    /// The same with what people decided about it.
    pub fn read_decided(store: &Store, decided: &Decided) -> Result<Catalogue, Error> {
        let mut all = Catalogue::read(store)?;
        all.decide(store, decided)?;
        Ok(all)
    }

    /// The row that an IRI names.
    pub fn row(&self, iri: &str) -> Option<Row> {
        self.by_iri.get(iri).copied()
    }

    /// Who said it, in words: speakers' names, else the source as worded.
    pub fn who(&self, statement: &Statement) -> String {
        if statement.speakers.is_empty() {
            let source = statement.source.as_str();
            return if source.is_empty() { "source not named".to_owned() } else { source.to_owned() };
        }
        let names: Vec<&str> = statement.speakers.iter().map(|&a| self.agents[a as usize].name.as_str()).collect();
        names.join(" and ")
    }

    pub fn article(&self, statement: &Statement) -> &Article {
        &self.articles[statement.article as usize]
    }

    pub fn statement(&self, figure: &Figure) -> &Statement {
        &self.statements[figure.statement as usize]
    }

    /// The question in words: `people: attended`, with the thing left out where it says the same as the measure.
    pub fn asked(&self, question: &Question) -> String {
        asked(&question.counted, &question.measure)
    }

    /// Whether a person could make sense of the question: it tells a thing or a measure that is more than a stand-in.
    pub fn is_telling(&self, question: &Question) -> bool {
        is_telling(&question.counted, &question.measure)
    }

    fn read_incidents(&mut self, store: &Store) -> Result<Index, Error> {
        let mut index = Index::default();
        for read in resources(store, instances(store, class::INCIDENT)?, &LABELS)? {
            index.insert(SmolStr::new(&read.iri), self.incidents.len() as u32);
            let label = read.label();
            self.incidents.push(Incident { iri: read.iri, label, ..Incident::default() });
        }
        Ok(index)
    }

    fn read_articles(&mut self, store: &Store, incidents: &Index) -> Result<Index, Error> {
        let mut papers: BTreeMap<String, String> = BTreeMap::new();
        let told = [
            property::PUBLISHER,
            property::IDENTIFIER,
            property::TITLE,
            property::PUBLISHED,
            property::ADDRESS,
            property::INCIDENT,
        ];
        for read in resources(store, instances(store, class::DOCUMENT)?, &told)? {
            let paper = read.link(property::PUBLISHER).unwrap_or_default().to_owned();
            if !paper.is_empty() && !papers.contains_key(&paper) {
                papers.insert(paper.clone(), Resource::read(store, &paper)?.label());
            }
            self.articles.push(Article {
                id: read.words(property::IDENTIFIER),
                title: read.words(property::TITLE),
                publisher: papers.get(&paper).cloned().unwrap_or_default(),
                publisher_iri: paper,
                published: read.words(property::PUBLISHED),
                address: read.link(property::ADDRESS).map_or_else(|| read.words(property::ADDRESS), str::to_owned),
                incidents: read.links(property::INCIDENT).filter_map(|i| incidents.get(i).copied()).collect(),
                statements: Vec::new(),
                iri: read.iri,
            });
        }
        self.articles.sort_by(|a, b| (&a.published, &a.id, &a.iri).cmp(&(&b.published, &b.id, &b.iri)));
        for (at, article) in self.articles.iter().enumerate() {
            for &incident in &article.incidents {
                self.incidents[incident as usize].articles.push(at as u32);
            }
        }
        Ok(index_of(self.articles.iter().map(|a| a.iri.as_str())))
    }

    fn read_statements(&mut self, store: &Store, articles: &Index, details: bool) -> Result<Index, Error> {
        let mut iris = Vec::new();
        store.said_with(other::TYPE, Some(class::STATEMENT.into()), |subject, _| iris.push(SmolStr::new(subject)))?;
        iris.sort_unstable();
        iris.dedup();
        let index = index_of(iris.iter().map(SmolStr::as_str));
        let mut rows: Vec<Statement> = iris
            .into_iter()
            .map(|iri| Statement { iri, begin: u32::MAX, article: u32::MAX, ..Default::default() })
            .collect();
        let (things, rows_of) = (&Things::of(store, &index)?, &mut rows);
        text(things, property::SOURCE, rows_of, |s| &mut s.source)?;
        if details {
            text(things, property::CUE, rows_of, |s| &mut s.cue)?;
            text(things, property::WORDS, rows_of, |s| &mut s.words)?;
            text(things, property::ADDRESSEE, rows_of, |s| &mut s.addressee)?;
            text(things, property::MEDIUM, rows_of, |s| &mut s.medium)?;
        }
        text(things, property::MODE, rows_of, |s| &mut s.mode)?;
        text(things, property::SOURCE_KIND, rows_of, |s| &mut s.kind)?;
        text(things, property::COMMITMENT, rows_of, |s| &mut s.commitment)?;
        text(things, property::POLARITY, rows_of, |s| &mut s.polarity)?;
        text(things, property::MODALITY, rows_of, |s| &mut s.modality)?;
        text(things, property::SOURCE_TITLE, rows_of, |s| &mut s.title)?;
        text(things, property::SAID_EARLIEST, rows_of, |s| &mut s.earliest)?;
        text(things, property::SAID_LATEST, rows_of, |s| &mut s.latest)?;
        things.each(property::CONFIDENCE, |at, term| {
            if let Term::Literal(sure) = term {
                rows[at].confidence = sure.value().parse().ok();
            }
        })?;
        things.each(property::REPORTED_IN, |at, term| {
            if let Term::NamedNode(node) = term
                && let Some(&article) = articles.get(node.as_str())
            {
                rows[at].article = rows[at].article.min(article);
            }
        })?;
        things.each(property::CONTENT_AT, |at, term| {
            if let Term::NamedNode(node) = term
                && let Some((begin, _)) = characters(node.as_str())
            {
                rows[at].begin = rows[at].begin.min(begin);
            }
        })?;
        if details {
            things.each(property::SENTENCE, |at, term| {
                if let Term::NamedNode(node) = term {
                    rows[at].sentences.push(SmolStr::new(node.as_str()));
                }
            })?;
        }
        let mut speakers: Vec<(usize, SmolStr)> = Vec::new();
        things.each(property::SPEAKER, |at, term| {
            if let Term::NamedNode(node) = term {
                speakers.push((at, SmolStr::new(node.as_str())));
            }
        })?;
        // What a statement of no article is cannot be shown with its source.
        let mut order: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].article != u32::MAX).collect();
        order.sort_by(|&a, &b| {
            let key = |at: usize| (rows[at].article, rows[at].begin, &rows[at].iri);
            key(a).cmp(&key(b))
        });
        let mut place = vec![u32::MAX; rows.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from] = to as u32;
        }
        let mut sorted: Vec<Statement> = order.iter().map(|&at| std::mem::take(&mut rows[at])).collect();
        speakers.sort();
        speakers.dedup();
        let mut agents: Vec<&SmolStr> = speakers.iter().map(|(_, iri)| iri).collect();
        agents.sort();
        agents.dedup();
        let agent_of = index_of(agents.iter().map(|iri| iri.as_str()));
        let agents = agents.into_iter().map(SmolStr::to_string).collect();
        for read in
            resources(store, agents, &[&LABELS[..], &[other::TYPE, property::ROLE, other::EXACT_MATCH]].concat())?
        {
            self.agents.push(Agent {
                name: read.label(),
                kind: read.kind(),
                roles: read.texts(property::ROLE).map(str::to_owned).collect(),
                same_as: read.links(other::EXACT_MATCH).map(str::to_owned).collect(),
                statements: Vec::new(),
                iri: read.iri,
            });
        }
        for (at, iri) in &speakers {
            if place[*at] != u32::MAX {
                sorted[place[*at] as usize].speakers.push(agent_of[iri]);
            }
        }
        for (at, row) in sorted.iter_mut().enumerate() {
            row.sentences.sort_by_key(|iri| characters(iri));
            row.sentences.dedup();
            self.articles[row.article as usize].statements.push(at as u32);
            for &agent in &row.speakers {
                self.agents[agent as usize].statements.push(at as u32);
            }
        }
        self.statements = sorted;
        Ok(index_of(self.statements.iter().map(|s| s.iri.as_str())))
    }

    /// Gives the claims with numbers and their places in the list.
    fn read_figures(&mut self, store: &Store, statements: &Index, details: bool) -> Result<Index, Error> {
        let mut claims: Vec<(u32, SmolStr)> = Vec::new();
        Things::of(store, statements)?.each(property::CONTENT, |statement, term| {
            if let Term::NamedNode(claim) = term {
                claims.push((statement as u32, SmolStr::new(claim.as_str())));
            }
        })?;
        claims.sort();
        // A claim that a report repeats belongs to the statement that comes first.
        let mut index = Index::default();
        let mut owner: Vec<(u32, SmolStr)> = Vec::new();
        for (statement, claim) in claims {
            if !index.contains_key(&claim) {
                index.insert(claim.clone(), owner.len() as u32);
                owner.push((statement, claim));
            }
        }
        let mut quantity: Vec<SmolStr> = vec![SmolStr::default(); owner.len()];
        let things = Things::of(store, &index)?;
        iri(&things, property::QUANTITY, &mut quantity, |slot| slot)?;
        if details {
            let mut events: Vec<(usize, SmolStr)> = Vec::new();
            things.each(property::ABOUT, |at, term| {
                if let Term::NamedNode(event) = term {
                    events.push((at, SmolStr::new(event.as_str())));
                }
            })?;
            self.read_places(store, &owner, events)?;
        }
        let mut rows = Vec::new();
        let (mut of_claim, mut of_quantity) = (Index::default(), Index::default());
        for ((statement, claim), quantity) in owner.into_iter().zip(quantity).filter(|(_, q)| !q.is_empty()) {
            let at = rows.len() as u32;
            of_claim.insert(claim.clone(), at);
            of_quantity.entry(quantity.clone()).or_insert(at);
            rows.push(Figure { claim, quantity, statement, ..Figure::default() });
        }
        if details {
            read_numbers(store, &of_quantity, &mut rows)?;
        }
        // Two claims may share one number; the second takes what the first has.
        for at in 0..rows.len() {
            let first = of_quantity[&rows[at].quantity] as usize;
            if first != at {
                let (claim, statement) = (rows[at].claim.clone(), rows[at].statement);
                rows[at] = Figure { claim, statement, ..rows[first].clone() };
            }
        }
        for (at, row) in rows.iter().enumerate() {
            self.statements[row.statement as usize].figures.push(at as u32);
        }
        self.figures = rows;
        Ok(of_claim)
    }

    /// The places of the events that statements are about.
    fn read_places(
        &mut self,
        store: &Store,
        owner: &[(u32, SmolStr)],
        events: Vec<(usize, SmolStr)>,
    ) -> Result<(), Error> {
        let mut names: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
        let mut labels: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
        let index = index_of(events.iter().map(|(_, event)| event.as_str()));
        let mut found: Vec<(SmolStr, SmolStr)> = Vec::new();
        Things::of(store, &index)?.each(property::PLACE, |at, term| {
            if let Term::NamedNode(place) = term {
                found.push((events[at].1.clone(), SmolStr::new(place.as_str())));
            }
        })?;
        found.sort();
        found.dedup();
        let mut places: Vec<&SmolStr> = found.iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        places.dedup();
        let places = places.into_iter().map(SmolStr::to_string).collect();
        let places = resources(store, places, &[&LABELS[..], &[other::HAS_GEOMETRY]].concat())?;
        let places: FxHashMap<SmolStr, Resource> = places.into_iter().map(|r| (SmolStr::new(&r.iri), r)).collect();
        for (event, place) in found {
            if !labels.contains_key(&place) {
                let read = &places[&place];
                let label = SmolStr::new(read.label());
                if let Some(geometry) = read.link(other::HAS_GEOMETRY)
                    && !self.points.contains_key(&label)
                    && let Some(point) = Resource::read(store, geometry)?.text(other::AS_WKT).and_then(degrees)
                {
                    self.points.insert(label.clone(), point);
                }
                labels.insert(place.clone(), label);
            }
            names.entry(event).or_default().push(labels[&place].clone());
        }
        for (claim, event) in events {
            let places = &mut self.statements[owner[claim].0 as usize].places;
            for name in names.get(&event).into_iter().flatten() {
                if !places.contains(name) {
                    places.push(name.clone());
                }
            }
        }
        self.statements.iter_mut().for_each(|s| s.places.sort());
        Ok(())
    }

    fn read_questions(&mut self, store: &Store, claims: &Index, incidents: &Index, details: bool) -> Result<(), Error> {
        let told = [
            property::PLACE,
            property::INCIDENT,
            property::COUNTED,
            property::MEASURE,
            property::EARLIEST,
            property::LATEST,
        ];
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        for read in resources(store, instances(store, class::QUESTION)?, &told)? {
            let mut places = Vec::new();
            for place in read.links(property::PLACE) {
                if !labels.contains_key(place) {
                    labels.insert(place.to_owned(), Resource::read(store, place)?.label());
                }
                places.push(labels[place].clone());
            }
            let incident = read.link(property::INCIDENT).and_then(|i| incidents.get(i).copied());
            if let Some(incident) = incident {
                self.incidents[incident as usize].questions.push(self.questions.len() as u32);
            }
            self.questions.push(Question {
                counted: read.words(property::COUNTED),
                measure: read.words(property::MEASURE),
                earliest: read.words(property::EARLIEST),
                latest: read.words(property::LATEST),
                places,
                incident,
                iri: read.iri,
                ..Question::default()
            });
        }
        let index = index_of(self.questions.iter().map(|q| q.iri.as_str()));
        Things::of(store, claims)?.each(property::ANSWERS, |figure, term| {
            if let Term::NamedNode(question) = term
                && let Some(&question) = index.get(question.as_str())
            {
                self.figures[figure].question = Some(question);
            }
        })?;
        for (at, figure) in self.figures.iter().enumerate() {
            if let Some(question) = figure.question {
                self.questions[question as usize].figures.push(at as u32);
            }
        }
        if !details {
            return Ok(());
        }
        let told = [
            property::LEFT,
            property::RIGHT,
            property::QUESTION,
            property::VERDICT,
            property::REASON,
            property::REPEATS,
        ];
        for read in resources(store, instances(store, class::COMPARISON)?, &told)? {
            let figure = |property| read.link(property).and_then(|claim| claims.get(claim).copied());
            let question = read.link(property::QUESTION).and_then(|q| index.get(q).copied());
            let verdict = match read.value(property::VERDICT) {
                "verdictDiffers" => Verdict::Contradicts,
                "verdictUpdates" => Verdict::Updates,
                "verdictAgree" => Verdict::Agrees,
                "verdictCompatible" => Verdict::Compatible,
                _ => Verdict::OtherScope,
            };
            let (Some(left), Some(right), Some(question)) = (figure(property::LEFT), figure(property::RIGHT), question)
            else {
                continue;
            };
            self.comparisons.push(Comparison {
                left,
                right,
                question,
                verdict,
                reason: read.words(property::REASON),
                repeats: read.link(property::REPEATS).is_some(),
                standing: Standing::Open,
            });
        }
        self.comparisons.sort_by_key(|c| (c.question, c.verdict, c.left, c.right));
        for (at, comparison) in self.comparisons.iter().enumerate() {
            self.questions[comparison.question as usize].comparisons.push(at as u32);
        }
        Ok(())
    }

    fn index(&mut self) {
        let mut by_iri = FxHashMap::default();
        by_iri.reserve(self.statements.len() + self.agents.len() + self.articles.len() + self.questions.len());
        let mut add = |iri: SmolStr, row: Row| {
            by_iri.insert(iri, row);
        };
        self.articles.iter().enumerate().for_each(|(at, a)| add(SmolStr::new(&a.iri), Row::Article(at as u32)));
        self.agents.iter().enumerate().for_each(|(at, a)| add(SmolStr::new(&a.iri), Row::Agent(at as u32)));
        // The name of a statement is held once, here and in its row.
        self.statements.iter().enumerate().for_each(|(at, s)| add(s.iri.clone(), Row::Statement(at as u32)));
        self.questions.iter().enumerate().for_each(|(at, q)| add(SmolStr::new(&q.iri), Row::Question(at as u32)));
        self.incidents.iter().enumerate().for_each(|(at, i)| add(SmolStr::new(&i.iri), Row::Incident(at as u32)));
        self.by_iri = by_iri;
        self.unite(&Decided::default());
    }
}

/// What a question asks, in words. Where the thing says no more than the measure it is not said twice.
pub fn asked(counted: &str, measure: &str) -> String {
    let same = |a: &str, b: &str| a.trim_end_matches('s').eq_ignore_ascii_case(b.trim_end_matches('s'));
    match (counted.trim(), measure.trim()) {
        ("", "") => "a figure".to_owned(),
        ("", words) | (words, "") => words.to_owned(),
        (counted, measure) if same(counted, measure) => measure.to_owned(),
        (counted, measure) if is_stand_in(counted) => measure.to_owned(),
        (counted, measure) => format!("{counted} {measure}"),
    }
}

/// Words that stand for a thing without naming it.
fn is_stand_in(word: &str) -> bool {
    const CLOSED: &[&str] = &[
        "that", "this", "it", "they", "them", "these", "those", "he", "she", "which", "who", "what", "one", "ones",
        "some", "others", "all", "more", "many", "figure", "number",
    ];
    CLOSED.contains(&word.trim().to_lowercase().as_str())
}

/// Whether thing and measure together tell what is asked.
pub fn is_telling(counted: &str, measure: &str) -> bool {
    let has = |word: &str| !word.trim().is_empty() && !is_stand_in(word);
    has(measure) && (has(counted) || counted.trim().is_empty()) || has(counted) && measure.trim().is_empty()
}

/// East and north of `POINT(east north)`.
fn degrees(wkt: &str) -> Option<(f64, f64)> {
    let (_, rest) = wkt.split_once("POINT")?;
    let (east, north) = rest.trim().strip_prefix('(')?.strip_suffix(')')?.trim().split_once(' ')?;
    let (east, north) = (east.parse::<f64>().ok()?, north.trim().parse::<f64>().ok()?);
    ((-180.0..=180.0).contains(&east) && (-90.0..=90.0).contains(&north)).then_some((east, north))
}

/// Where a stretch of text lies, in code points: `DOC#char=12,20`.
pub fn characters(iri: &str) -> Option<(u32, u32)> {
    let (begin, end) = iri.rsplit_once("#char=")?.1.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

fn instances(store: &Store, class: NamedNodeRef<'_>) -> Result<Vec<String>, Error> {
    subjects_of(store, other::TYPE, class.as_str())
}

fn index_of<'i>(iris: impl Iterator<Item = &'i str>) -> Index {
    iris.enumerate().map(|(at, iri)| (SmolStr::new(iri), at as u32)).collect()
}

/// Things of a list, whose properties are read one after another.
struct Things<'a> {
    store: &'a Store,
    index: &'a Index,
    /// In mapped files the things are known by their numbers, so that nothing is read of others.
    numbers: Option<Numbers>,
}

impl Things<'_> {
    fn of<'a>(store: &'a Store, index: &'a Index) -> Result<Things<'a>, Error> {
        let names = index.iter().map(|(iri, &at)| (iri.as_str(), at));
        Ok(Things { store, index, numbers: store.numbers(names)? })
    }

    /// Gives the objects of a property with the places of their subjects.
    fn each(&self, property: NamedNodeRef<'_>, mut work: impl FnMut(usize, &Term)) -> Result<(), Error> {
        if let Some(numbers) = &self.numbers {
            return numbers.each(property, |at, term| work(at as usize, term));
        }
        self.store.said_with(property, None, |subject, term| {
            if let Some(&at) = self.index.get(subject) {
                work(at as usize, term);
            }
        })
    }
}

/// What is told of numbers.
fn read_numbers(store: &Store, index: &Index, rows: &mut [Figure]) -> Result<(), Error> {
    let things = &Things::of(store, index)?;
    text(things, property::SURFACE, rows, |f| &mut f.surface)?;
    text(things, property::VALUE, rows, |f| &mut f.value)?;
    text(things, property::LOWER, rows, |f| &mut f.lower)?;
    text(things, property::UPPER, rows, |f| &mut f.upper)?;
    text(things, property::BOUND, rows, |f| &mut f.bound)?;
    text(things, property::UNIT_NAME, rows, |f| &mut f.unit)?;
    text(things, property::CURRENCY, rows, |f| &mut f.currency)?;
    text(things, property::PER, rows, |f| &mut f.per)?;
    text(things, property::COUNTED, rows, |f| &mut f.counted)?;
    text(things, property::ASPECT, rows, |f| &mut f.aspect)?;
    text(things, property::KIND, rows, |f| &mut f.kind)?;
    text(things, property::MEASURE, rows, |f| &mut f.measure)?;
    text(things, property::EARLIEST, rows, |f| &mut f.earliest)?;
    text(things, property::LATEST, rows, |f| &mut f.latest)?;
    iri(things, property::EVIDENCE, rows, |f| &mut f.evidence)?;
    iri(things, property::SENTENCE, rows, |f| &mut f.sentence)
}

/// Some properties of many things, read column by column.
fn resources(store: &Store, iris: Vec<String>, told: &[NamedNodeRef<'_>]) -> Result<Vec<Resource>, Error> {
    let index = index_of(iris.iter().map(String::as_str));
    let things = Things::of(store, &index)?;
    let mut found: Vec<Resource> =
        iris.iter().map(|iri| Resource { iri: iri.clone(), facts: BTreeMap::new() }).collect();
    for property in told {
        things.each(*property, |at, term| {
            found[at].facts.entry(property.as_str().to_owned()).or_default().push(term.clone());
        })?;
    }
    found.iter_mut().for_each(Resource::tidy);
    Ok(found)
}

/// Takes the value of a property; of several the first in order of letters, so that all stores give the same.
fn take(slot: &mut SmolStr, value: &str) {
    if slot.is_empty() || value < slot.as_str() {
        *slot = SmolStr::new(value);
    }
}

fn text<T>(
    things: &Things,
    property: NamedNodeRef<'_>,
    rows: &mut [T],
    slot: impl Fn(&mut T) -> &mut SmolStr,
) -> Result<(), Error> {
    things.each(property, |at, term| match term {
        Term::Literal(literal) => take(slot(&mut rows[at]), literal.value()),
        Term::NamedNode(node) => {
            let iri = node.as_str();
            take(slot(&mut rows[at]), iri.rsplit(['#', '/']).next().unwrap_or(iri));
        }
        _ => {}
    })
}

fn iri<T>(
    things: &Things,
    property: NamedNodeRef<'_>,
    rows: &mut [T],
    slot: impl Fn(&mut T) -> &mut SmolStr,
) -> Result<(), Error> {
    things.each(property, |at, term| {
        if let Term::NamedNode(node) = term {
            take(slot(&mut rows[at]), node.as_str());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_nothing_twice_and_stand_ins_tell_nothing() {
        assert_eq!(asked("people", "killed"), "people killed");
        assert_eq!(asked("missing", "missing"), "missing");
        assert_eq!(asked("Revenue", "revenue"), "revenue");
        assert_eq!(asked("", ""), "a figure");
        assert!(is_telling("people", "killed") && is_telling("Revenue", "revenue") && is_telling("", "missing"));
        assert!(!is_telling("that", "ask") && !is_telling("", "") && !is_telling("it", ""));
    }
}
