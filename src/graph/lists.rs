//! Lists that are asked for by name like the ready-made questions, and made from rows: who is heard, which articles and
//! papers there are, which figures answer one question, what is denied, and which articles tell of one incident.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::catalogue::{self, Catalogue, Filter, Statement};
use super::decided::{Decided, STATEMENT, VERDICT};
use super::export::sheet::{self, Cell, Column, Place, Sheet};
use super::query::{Literal, Table, Term, xsd};
use super::store::Loaded as Store;
use super::{Error, ask, compare};

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name on the command line and in addresses.
    pub name: &'static str,
    /// What it answers, as a sentence.
    pub description: &'static str,
    /// What it is for, in words that it shares with ready-made questions.
    pub purpose: &'static str,
    /// Whether programs can have it as JSON Lines with more in them than the table has.
    pub has_lines: bool,
}

/// Every list, in the order in which they are named.
pub const LISTS: &[List] = &[
    List {
        name: "comparisons",
        description: "Which claims of several articles answer one question, and how do they compare?",
        purpose: "Figures, and where they differ",
        has_lines: true,
    },
    List {
        name: "disputes",
        description: "What does one source deny that another says, or tell otherwise, without a number?",
        purpose: "Figures, and where they differ",
        has_lines: true,
    },
    List {
        name: "incidents",
        description: "Which articles tell of one incident?",
        purpose: "Events, days and places",
        has_lines: true,
    },
    List {
        name: "speakers",
        description: "Who is heard, how often, in how many articles and papers?",
        purpose: "People, things and articles",
        has_lines: false,
    },
    List {
        name: "documents",
        description: "Which articles are there, with how many statements and speakers?",
        purpose: "People, things and articles",
        has_lines: false,
    },
    List {
        name: "publishers",
        description: "Which papers are there, with how many articles and statements?",
        purpose: "People, things and articles",
        has_lines: false,
    },
];

/// The list of a name.
pub fn find(name: &str) -> Option<&'static List> {
    LISTS.iter().find(|list| list.name == name)
}

/// A list as rows, and what is not in it because it is not sure enough: rows of comparisons and disputes, statements that
/// the other lists do not count. Without a least confidence that of the ready-made questions holds, but for articles,
/// papers and incidents: those are there whatever is said in them. Of rows beyond `most` only the first is made.
pub fn answer(
    store: &Store,
    all: &Catalogue,
    list: &List,
    filter: &Filter,
    most: Option<usize>,
) -> Result<(Table, usize), Error> {
    let made = most.map_or(usize::MAX, |most| most.saturating_add(1));
    let least = filter.min_confidence.unwrap_or(f64::from(ask::SHOWN) / 100.0);
    let shown = Filter { min_confidence: Some(least), ..filter.clone() };
    let counted = if list.name == "speakers" { &shown } else { filter };
    let (sheet, left_out) = match list.name {
        "comparisons" => {
            let sheet = sheet::disputes(store, all, &shown, &Place::default())?;
            let ready = filter.ready(all);
            let fit = all.comparisons.iter().filter(|c| {
                [c.left, c.right].iter().any(|&f| ready.admits(all, all.statement(&all.figures[f as usize])))
            });
            let left_out = fit.count().saturating_sub(sheet.rows.len());
            (sheet, left_out)
        }
        "disputes" => {
            // Comparing takes long where there is much: it is done once.
            let whatever = Filter { min_confidence: None, ..filter.clone() };
            let mut found = chosen(all, &whatever, compare::disputes(store, false)?);
            let fit = found.len();
            found = chosen(all, &shown, found);
            // Whoever asks for everything gets also those of which the comparison is not sure.
            found.retain(|dispute| least <= 0.0 || dispute["sure"] == true);
            let left_out = fit.saturating_sub(found.len());
            (disputed(&found), left_out)
        }
        name => {
            let (chosen, unsure) = counted.choose(all);
            let sheet = match name {
                "speakers" => sheet::speakers(all, &chosen, made),
                "documents" => sheet::articles(all, &chosen),
                "incidents" => sheet::incidents(all, &chosen, made),
                _ => sheet::publishers(all, &chosen),
            };
            (sheet, unsure)
        }
    };
    Ok((cut(table_of(&sheet), most), left_out))
}

fn cut(mut table: Table, most: Option<usize>) -> Table {
    if let Some(most) = most.filter(|most| *most < table.rows.len()) {
        table.rows.truncate(most);
        table.truncated = true;
    }
    table
}

/// The same from the columns of the store, without its rows; nothing where these are needed: where something is chosen, or people
/// have decided, and for lists that tell more.
pub fn counted(
    store: &Store,
    decided: &Decided,
    list: &List,
    filter: &Filter,
    most: Option<usize>,
) -> Result<Option<(Table, usize)>, Error> {
    let is_all = Filter { min_confidence: filter.min_confidence, ..Filter::default() } == *filter;
    if !is_all || decided.has(STATEMENT) || decided.has(VERDICT) || !decided.pairs().is_empty() {
        return Ok(None);
    }
    let made = most.map_or(usize::MAX, |most| most.saturating_add(1));
    let found = match list.name {
        "speakers" => {
            let least = filter.min_confidence.unwrap_or(f64::from(ask::SHOWN) / 100.0);
            let found = catalogue::heard(store, Some(least), made)?;
            found.map(|(rows, unsure)| (sheet::heard(rows.into_iter()), unsure))
        }
        "incidents" => {
            let found = catalogue::told(store, filter.min_confidence, made)?;
            found.map(|(rows, unsure)| (sheet::told(rows.into_iter()), unsure))
        }
        "documents" => {
            let found = catalogue::printed(store, filter.min_confidence, made)?;
            found.map(|(rows, unsure)| (sheet::printed(rows.into_iter()), unsure))
        }
        "publishers" => {
            let found = catalogue::papers(store, filter.min_confidence)?;
            found.map(|(rows, unsure)| (sheet::papers(rows.into_iter()), unsure))
        }
        // Where all are asked for, it is told how many more there may be.
        "disputes" if most.is_some() => {
            let least = filter.min_confidence.unwrap_or(f64::from(ask::SHOWN) / 100.0);
            if least > 0.0 { Some((disputed(&sure_disputes(store, least, made)?), 0)) } else { None }
        }
        _ => None,
    };
    Ok(found.map(|(sheet, unsure)| (cut(table_of(&sheet), most), unsure)))
}

/// What is left out of a list, or of the rows of a question, because it is less sure than asked for: one wording in all.
pub fn left_out(list: Option<&List>, count: usize) -> String {
    let (one, many) = match list.map(|list| list.name) {
        None | Some("comparisons" | "disputes") => ("row", "rows"),
        Some(_) => ("statement", "statements"),
    };
    less_sure(count, one, many)
}

/// "3 less sure rows are left out".
pub fn less_sure(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 less sure {one} is left out"),
        n => format!("{n} less sure {many} are left out"),
    }
}

/// A list as objects, for programs, with all that may belong to it; with a filter those of which a statement is chosen.
pub fn lines(
    store: &Store,
    base: &str,
    list: &List,
    filter: Option<(&Catalogue, &Filter)>,
) -> Result<Vec<Value>, Error> {
    let Some((all, filter)) = filter else {
        return match list.name {
            "disputes" => compare::disputes(store, false),
            "incidents" => compare::incidents(store, base),
            _ => compare::lines(store, base),
        };
    };
    let mut sites: BTreeSet<(&str, Option<u64>)> = BTreeSet::new();
    for statement in filter.choose(all).0 {
        let statement = &all.statements[statement as usize];
        let article = all.article(statement).id.as_str();
        sites.insert((article, None));
        for &figure in &statement.figures {
            let begin = super::catalogue::characters(&all.figures[figure as usize].evidence).map(|(begin, _)| begin);
            sites.extend(begin.map(|begin| (article, Some(u64::from(begin)))));
        }
    }
    let has = |document: &Value, begin: Option<u64>| sites.contains(&(document.as_str().unwrap_or_default(), begin));
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match list.name {
        "disputes" => Ok(chosen(all, filter, compare::disputes(store, false)?)),
        "incidents" => {
            let mut found = compare::incidents(store, base)?;
            found.retain(|line| items(&line["documents"]).iter().any(|document| has(document, None)));
            Ok(found)
        }
        _ => {
            let mut found = compare::lines(store, base)?;
            let is_chosen =
                |claim: &Value| has(&claim["document"], Some(claim["span"][0].as_u64().unwrap_or(u64::MAX)));
            found.retain(|line| items(&line["claims"]).iter().any(is_chosen));
            Ok(found)
        }
    }
}

/// Disputes without numbers of which a side is chosen and both are sure enough.
fn chosen(all: &Catalogue, filter: &Filter, mut found: Vec<Value>) -> Vec<Value> {
    if filter.is_empty() {
        return found;
    }
    let mut places: BTreeMap<(&str, u64), Vec<&Statement>> = BTreeMap::new();
    for statement in &all.statements {
        places.entry((&all.article(statement).id, u64::from(statement.begin))).or_default().push(statement);
    }
    let ready = filter.ready(all);
    let none = Vec::new();
    found.retain(|dispute| {
        let sides = ["left", "right"].map(|side| {
            let (document, begin) = (&dispute[side]["document"], &dispute[side]["span"][0]);
            let place = (document.as_str().unwrap_or_default(), begin.as_u64().unwrap_or(u64::MAX));
            places.get(&place).unwrap_or(&none)
        });
        sides.iter().any(|side| side.iter().any(|s| ready.admits(all, s)))
            // What an article says that is no statement is not doubted.
            && sides.iter().all(|side| side.is_empty() || side.iter().any(|s| filter.trusts(s)))
    });
    found
}

/// The first disputes of which the comparison is sure, and whose sides are so sure.
fn sure_disputes(store: &Store, least: f64, most: usize) -> Result<Vec<Value>, Error> {
    let mut found = compare::disputes(store, true)?;
    let sides = |dispute: &Value| {
        ["left", "right"].map(|side| {
            let (document, begin) = (&dispute[side]["document"], &dispute[side]["span"][0]);
            let begin = begin.as_u64().and_then(|begin| u32::try_from(begin).ok());
            (document.as_str().unwrap_or_default().to_owned(), begin.unwrap_or(u32::MAX))
        })
    };
    let trusted = catalogue::trusted(store, &found.iter().flat_map(sides).collect(), least)?;
    found.retain(|dispute| sides(dispute).iter().all(|side| trusted.contains(side)));
    found.truncate(most);
    Ok(found)
}

/// The columns of disputes, which an answer without rows has as well.
const DISPUTED: [&str; 12] = [
    "question",
    "kind",
    "left speaker",
    "left text",
    "left publisher",
    "left document",
    "right speaker",
    "right text",
    "right publisher",
    "right document",
    "chance",
    "sure",
];

fn disputed(found: &[Value]) -> Sheet {
    let flat = sheet::flat("disputes", found);
    let columns = DISPUTED.map(|title| Column { title: title.to_owned(), width: 24 }).to_vec();
    let places = DISPUTED.map(|title| flat.columns.iter().position(|c| c.title == title));
    let cell = |row: &[Cell], place: Option<usize>| place.map_or(Cell::text(""), |at| row[at].clone());
    let rows = flat.rows.iter().map(|row| places.iter().map(|&place| cell(row, place)).collect()).collect();
    Sheet { name: flat.name, columns, rows }
}

/// A table for files as rows of an answer.
pub fn table_of(sheet: &Sheet) -> Table {
    let term = |cell: &Cell| -> Option<Term> {
        match cell {
            Cell::Number(digits) => {
                let kind = if digits.contains('.') { xsd::DECIMAL } else { xsd::INTEGER };
                Some(Literal::new_typed_literal(digits.as_str(), kind).into())
            }
            cell if cell.plain().is_empty() => None,
            cell => Some(Literal::new_simple_literal(cell.plain()).into()),
        }
    };
    Table {
        columns: sheet.columns.iter().map(|c| c.title.clone()).collect(),
        rows: sheet.rows.iter().map(|row| row.iter().map(term).collect()).collect(),
        truncated: false,
    }
}
