//! What is known across articles: incidents and comparisons as the graph has them, and every pair of figures that was judged.

use std::collections::BTreeMap;

use super::{Rows, Table, Type, Value, filled};
use crate::graph::Error;
use crate::graph::compare::{self, Verdict};
use crate::graph::export::saying::Saying;
use crate::graph::store::Loaded as Store;
use crate::graph::view::{Resource, subjects_of};
use crate::graph::vocab::{self, class, other, property, value};

/// One row an article of an incident: the links from articles to incidents that the graph has.
pub(super) fn incidents(store: &Store, rows: &Rows) -> Result<Table, Error> {
    let columns = [
        ("iri", Type::Text),
        ("label", Type::Text),
        ("first", Type::Text),
        ("last", Type::Text),
        ("articles", Type::Integer),
        ("article", Type::Row("articles")),
    ];
    let mut table = Table::new("incidents", &columns);
    for iri in subjects_of(store, other::TYPE, class::INCIDENT.as_str())? {
        let label = Resource::read(store, &iri)?.words(other::LABEL);
        let mut members = Vec::new();
        for article in subjects_of(store, property::INCIDENT, &iri)? {
            // A question is of an incident, too.
            if let Some(row) = rows.articles.get(&article) {
                members.push((*row, Resource::read(store, &article)?.words(property::PUBLISHED)));
            }
        }
        members.sort();
        let days = || members.iter().map(|(_, day)| day.as_str()).filter(|day| !day.is_empty());
        let (first, last) = (days().min().unwrap_or_default(), days().max().unwrap_or_default());
        for (row, _) in &members {
            let count = Value::Integer(members.len() as i64);
            let names = [iri.as_str(), label.as_str(), first, last].map(filled);
            table.rows.push(names.into_iter().chain([count, Value::Integer(*row)]).collect());
        }
    }
    Ok(table)
}

/// What two figures answer, and how they were judged.
const JUDGED: [(&str, Type); 7] = [
    ("question", Type::Text),
    ("event", Type::Text),
    ("measure", Type::Text),
    ("counted", Type::Text),
    ("verdict", Type::Text),
    ("reason", Type::Text),
    ("confidence", Type::Real),
];

/// The columns of one side of a comparison.
const SIDES: [[&str; 8]; 2] = [
    [
        "left_claim",
        "left_speaker",
        "left_text",
        "left_value",
        "left_lower",
        "left_upper",
        "left_statement",
        "left_article",
    ],
    [
        "right_claim",
        "right_speaker",
        "right_text",
        "right_value",
        "right_lower",
        "right_upper",
        "right_statement",
        "right_article",
    ],
];

fn sides() -> impl Iterator<Item = (&'static str, Type)> {
    let kinds = [
        Type::Text,
        Type::Text,
        Type::Text,
        Type::Real,
        Type::Real,
        Type::Real,
        Type::Row("statements"),
        Type::Row("articles"),
    ];
    SIDES.into_iter().flat_map(move |names| names.into_iter().zip(kinds))
}

fn row(numbers: &BTreeMap<String, i64>, name: Option<&str>) -> Value {
    name.and_then(|name| numbers.get(name)).map_or(Value::Null, |n| Value::Integer(*n))
}

/// The words of a verdict, as `sayso ask comparisons` has them.
fn verdict(node: &Resource) -> &'static str {
    let verdict = match node.link(property::VERDICT) {
        Some(iri) if iri == value::VERDICT_AGREE.as_str() => Verdict::Agree,
        Some(iri) if iri == value::VERDICT_COMPATIBLE.as_str() => Verdict::Compatible,
        Some(iri) if iri == value::VERDICT_DIFFERS.as_str() => Verdict::Differs,
        Some(iri) if iri == value::VERDICT_UPDATES.as_str() => Verdict::Updates,
        _ => Verdict::OtherScope,
    };
    verdict.as_str()
}

/// Claims as sides of comparisons, each read once.
struct Sides<'s> {
    store: &'s Store,
    rows: &'s Rows,
    known: BTreeMap<String, Vec<Value>>,
}

impl Sides<'_> {
    fn of(&mut self, claim: &str) -> Result<Vec<Value>, Error> {
        if let Some(cells) = self.known.get(claim) {
            return Ok(cells.clone());
        }
        let cells = self.read(claim)?;
        self.known.insert(claim.to_owned(), cells.clone());
        Ok(cells)
    }

    fn read(&self, claim: &str) -> Result<Vec<Value>, Error> {
        let statement = subjects_of(self.store, property::CONTENT, claim)?.into_iter().next();
        let saying = statement.as_deref().map(|iri| Saying::read(self.store, iri)).transpose()?.flatten();
        let quantity = Resource::read(self.store, claim)?.link(property::QUANTITY).map(str::to_owned);
        let quantity = quantity.map(|iri| Resource::read(self.store, &iri)).transpose()?;
        let of = |property| quantity.as_ref().and_then(|q| q.text(property));
        let real = |property| of(property).and_then(|n| n.parse().ok()).map_or(Value::Null, Value::Real);
        let speaker = match &saying {
            Some(saying) if saying.speaker.is_some() => saying.who(),
            Some(saying) => saying.statement.words(property::SOURCE),
            None => String::new(),
        };
        let article = saying.as_ref().and_then(|s| s.document.as_ref()).map(|d| d.iri.as_str());
        Ok(vec![
            filled(claim),
            filled(speaker),
            filled(of(property::SURFACE).unwrap_or_default()),
            real(property::VALUE),
            real(property::LOWER),
            real(property::UPPER),
            row(&self.rows.statements, statement.as_deref()),
            row(&self.rows.articles, article),
        ])
    }
}

/// One row a comparison of the graph; then one row a pair of figures that was judged, whether it is sure enough for the graph
/// or not.
pub(super) fn comparisons(store: &Store, rows: &Rows) -> Result<[Table; 2], Error> {
    let mut sides = Sides { store, rows, known: BTreeMap::new() };
    let (comparisons, places) = told(store, &mut sides)?;
    Ok([comparisons, candidates(store, &mut sides, &places)?])
}

/// The comparisons of the graph, and the row of two claims.
fn told(store: &Store, sides: &mut Sides<'_>) -> Result<(Table, BTreeMap<[String; 2], i64>), Error> {
    let ends = self::sides();
    let columns: Vec<_> = [("iri", Type::Text)]
        .into_iter()
        .chain(JUDGED)
        .chain([("repeats", Type::Row("comparisons"))])
        .chain(ends)
        .collect();
    let mut table = Table::new("comparisons", &columns);
    let iris: Vec<String> = subjects_of(store, other::TYPE, class::COMPARISON.as_str())?.into_iter().collect();
    let numbers: BTreeMap<String, i64> = iris.iter().cloned().zip(1..).collect();
    let mut places = BTreeMap::new();
    for (iri, number) in iris.iter().zip(1..) {
        let node = Resource::read(store, iri)?;
        let question = Resource::read(store, node.link(property::QUESTION).unwrap_or_default())?;
        let incident = question.link(property::INCIDENT).map(|iri| Resource::read(store, iri)).transpose()?;
        let confidence = node.text(property::CONFIDENCE).and_then(|c| c.parse().ok());
        let mut cells = vec![
            filled(iri.as_str()),
            filled(question.iri.as_str()),
            filled(incident.map_or_else(String::new, |i| i.words(other::LABEL))),
            filled(question.words(property::MEASURE)),
            filled(question.words(property::COUNTED)),
            filled(verdict(&node)),
            filled(node.words(property::REASON)),
            confidence.map_or(Value::Null, Value::Real),
            row(&numbers, node.link(property::REPEATS)),
        ];
        let ends = [property::LEFT, property::RIGHT].map(|end| node.link(end).unwrap_or_default().to_owned());
        for claim in &ends {
            cells.extend(sides.of(claim)?);
        }
        places.insert(ends, number);
        table.rows.push(cells);
    }
    Ok((table, places))
}

/// Every pair of figures that was judged, as `sayso ask comparisons` lists them.
fn candidates(store: &Store, sides: &mut Sides<'_>, places: &BTreeMap<[String; 2], i64>) -> Result<Table, Error> {
    let beside = [("doubts", Type::Text), ("comparison", Type::Row("comparisons"))];
    let columns: Vec<_> = JUDGED.into_iter().chain(beside).chain(self::sides()).collect();
    let mut table = Table::new("candidate_pairs", &columns);
    for question in compare::lines(store, vocab::BASE)? {
        let words = |value: &serde_json::Value| filled(value.as_str().unwrap_or_default());
        let of_question = ["question", "event", "measure", "counted"].map(|name| words(&question[name]));
        for pair in question["pairs"].as_array().into_iter().flatten() {
            let claim = |side: &serde_json::Value| {
                let claim = side.as_u64().map_or(&serde_json::Value::Null, |n| &question["claims"][n as usize]);
                claim["claim"].as_str().unwrap_or_default().to_owned()
            };
            let ends = [claim(&pair[0]), claim(&pair[1])];
            let doubts: Vec<&str> =
                pair[7].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
            let chance = pair[4].as_f64().map_or(Value::Null, |percent| Value::Real(percent / 100.0));
            let place = places.get(&ends).map_or(Value::Null, |n| Value::Integer(*n));
            let mut cells = of_question.to_vec();
            cells.extend([words(&pair[2]), words(&pair[3]), chance, filled(doubts.join("; ")), place]);
            for claim in &ends {
                cells.extend(sides.of(claim)?);
            }
            table.rows.push(cells);
        }
    }
    Ok(table)
}
