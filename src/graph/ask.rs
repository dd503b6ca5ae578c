//! The ready-made questions: SPARQL files with a name, a description and parameters.
//!
//! A parameter is a line `VALUES ?about { "" }` of the query: its default stands in it, so the file runs unchanged on
//! any engine. A value given by the user takes the default's place as a literal written by the RDF library, never as text.
//! A line `#about …` is a comment until `about` is given: it finds the words in the index of words, so that the rest of
//! the query begins with what has them. The condition on the same words then compares words, too, not letters. A line
//! `#articles …` is one until rows are limited and sorted by articles (`# articles: published`): then articles are looked
//! at in that order until there are enough rows; where words are looked for that very many texts have, those of the articles
//! that have them. A line `#first …` is the same for rows that are sorted by something else
//! (`# first: …`, see `first`). What counts all of something is answered from columns of numbers (`# counts: …`, see `counts`).

use std::hash::BuildHasher;
use std::sync::LazyLock;
use std::time::Instant;

use crate::graph::store::{Loaded as Store, Mapped};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use super::counts::{self, Counts};
use super::first::{self, First};
use super::query::{self, Answer, Begin, Limits};
use super::vocab::{NAMESPACE, property};
use super::words::Wanted;
use super::{Error, ErrorKind};
use crate::parallel;

/// A parameter of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, also the name of its variable.
    pub name: &'static str,
    /// What it narrows.
    pub description: &'static str,
}

/// A ready-made question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it answers, as a sentence.
    pub description: &'static str,
    /// What it is for, in words that several share.
    pub purpose: &'static str,
    /// What can narrow it.
    pub parameters: Vec<Parameter>,
    /// True when it needs an engine that knows RDF 1.2.
    pub needs_rdf12: bool,
    /// The property of articles by which its rows are sorted first, where they are.
    pub articles: Option<NamedNodeRef<'static>>,
    /// The things by which its rows are sorted first, where they are.
    first: Vec<First>,
    /// What it counts, where it counts all of something.
    counts: Option<Counts>,
    /// The query.
    pub text: &'static str,
}

include!("questions.rs");

static QUESTIONS: LazyLock<Vec<Question>> =
    LazyLock::new(|| FILES.iter().map(|&(name, text)| parse(name, text)).collect());

/// Every ready-made question, by name.
pub fn questions() -> &'static [Question] {
    &QUESTIONS
}

/// What the questions are for, in the order of a list.
const PURPOSES: [&str; 5] = [
    "Who said what",
    "Figures, and where they differ",
    "Events, days and places",
    "People, things and articles",
    "Where an answer comes from",
];

/// The questions by what they are for.
pub fn by_purpose() -> Vec<(&'static str, Vec<&'static Question>)> {
    let of = |purpose| questions().iter().filter(move |q: &&Question| q.purpose == purpose).collect();
    PURPOSES.into_iter().map(|purpose| (purpose, of(purpose))).collect()
}

/// The question of a name.
pub fn find(name: &str) -> Result<&'static Question, Error> {
    questions().iter().find(|q| q.name == name).ok_or_else(|| {
        // Lists are asked for by name, too.
        let lists = super::lists::LISTS.iter().map(|list| list.name);
        let mut names: Vec<&str> = questions().iter().map(|q| q.name).chain(lists).collect();
        names.sort_unstable();
        let near = query::nearest(name, &names).map_or(String::new(), |near| format!("did you mean {near}? "));
        Error::new(ErrorKind::Unknown, format!("no ready-made question is called {name}"))
            .with_hint(format!("{near}there are: {}", names.join(", ")))
    })
}

/// How sure a statement must be to be shown when nothing else is asked for, in percent. The files of the questions have
/// it as the default of `min-confidence`; a test holds the two together.
pub const SHOWN: u8 = crate::annotate::statement::confidence::SHOWN;

/// The parameter of words that occur.
const ABOUT: &str = "about";

/// The parameter that leaves out what is not sure.
const MIN_CONFIDENCE: &str = "min-confidence";

/// Asks a question; parameters are pairs of name and value.
pub fn ask(store: &Store, name: &str, given: &[(&str, &str)], limits: &Limits) -> Result<Answer, Error> {
    ask_counting(store, name, given, limits).map(|(answer, _)| answer)
}

/// The same, with the number of rows left out because their statements are not sure enough; `None` where the rows are
/// counts of statements and no row stands for one, or where only the first rows are wanted and looking at the others would
/// take as long again.
pub fn ask_counting(
    store: &Store,
    name: &str,
    given: &[(&str, &str)],
    limits: &Limits,
) -> Result<(Answer, Option<usize>), Error> {
    let question = find(name)?;
    if let (Some(counts), Store::Mapped(mapped)) = (&question.counts, store)
        && limits.only.is_none()
        && given.iter().all(|(name, _)| *name == MIN_CONFIDENCE)
        && let Some(mut table) = counts::counted(&mapped.still(), counts, least_of(given)?)?
    {
        cut(&mut table, limits);
        return Ok((Answer::Table(table), None));
    }
    let is_first = limits.rows.is_some() && question.begins(given);
    if let (Some(order), Store::Mapped(mapped)) = (question.articles, store)
        && limits.only.is_none()
        && question.comes_in_parts(given)
        && !is_first
    {
        let Some(most) = limits.rows else { return side_by_side(mapped, question, given, limits, order) };
        if let Some(found) = by_articles(mapped, question, given, limits, (order, most), Which::All)? {
            return Ok(found);
        }
    }
    if let (Some(order), Some(most), Store::Mapped(mapped)) = (question.articles, limits.rows, store)
        && limits.only.is_none()
    {
        if is_everywhere(mapped, question, given)?
            && let Some(found) = by_articles(mapped, question, given, limits, (order, most), Which::Likely)?
        {
            return Ok(found);
        }
        if let Some(articles) = having(mapped, question, given, most)?
            && let Some(found) = by_articles(mapped, question, given, limits, (order, most), Which::Having(&articles))?
        {
            return Ok(found);
        }
    }
    if let (Some(most), Store::Mapped(mapped)) = (limits.rows, store)
        && limits.only.is_none()
        && is_first
        && let Some(table) = by_first(mapped, question, given, limits, most, usize::MAX)?
    {
        return Ok((Answer::Table(table), None));
    }
    if let (Some(most), Store::Mapped(mapped)) = (limits.rows, store)
        && limits.only.is_none()
        && let Some(words) = question.begins_with_words(given)
        && mapped.is_common(
            &Wanted::new(words),
            &question.looks_at(ABOUT).unwrap_or_default(),
            COMMON.saturating_mul(most.max(1)),
        )?
        && let Some(table) = by_first(mapped, question, given, limits, most, TRIES)?
    {
        return Ok((Answer::Table(table), None));
    }
    Asked { store, question, given, limits, begin: None }.answer()
}

/// Whether the first rows of an answer can be had without the others: where that is not so, few rows take as long as all.
pub fn comes_in_parts(store: &Store, name: &str, given: &[(&str, &str)]) -> bool {
    matches!(store, Store::Mapped(_)) && find(name).is_ok_and(|question| question.comes_in_parts(given))
}

/// The lines of a query that begin with some articles, or with the first things.
const ARTICLES: &str = "articles";
const FIRST: &str = "first";

/// Articles that are looked at first; then four times as many, and so on.
const FIRST_ARTICLES: usize = 64;

/// Asks of the first things alone, of four times as many where their rows are not enough, and so on; of all where they are
/// few. Nothing where the rows of half of many are not enough, nor those of so many tries: then the question is asked as it is.
/// What words find is not looked for: whether the first things have them is seen when they are looked at.
fn by_first(
    store: &Mapped,
    question: &Question,
    given: &[(&str, &str)],
    limits: &Limits,
    most: usize,
    tries: usize,
) -> Result<Option<query::Table>, Error> {
    let begun = Instant::now();
    let still = store.still();
    let things = first::ordered(&still, &question.first, least_of(given)?)?;
    let still = Store::Mapped(still.clone());
    let ask = |begin| {
        let timeout = limits.timeout.map(|time| time.saturating_sub(begun.elapsed()));
        let limits = Limits { timeout, ..limits.clone() };
        match (Asked { store: &still, question, given, limits: &limits, begin: Some((FIRST, begin)) }).answer()? {
            (Answer::Table(table), _) => Ok::<_, Error>(Some(table)),
            _ => Ok(None),
        }
    };
    let mut size = FIRST_ARTICLES + 4 * most;
    let mut tried = 0;
    while size < things.len() / 2 && tried < tries {
        let (things, bound) = things.first(size)?;
        let Some(table) = ask(Begin { things, bound, is_found: false })? else { return Ok(None) };
        if table.truncated {
            return Ok(Some(table));
        }
        // Four times as many things are not enough either: few of them have the words.
        if tries < usize::MAX && table.rows.len() * 4 < most {
            return Ok(None);
        }
        (size, tried) = (size * 4, tried + 1);
    }
    if tries == usize::MAX && things.len() <= FEW_THINGS {
        ask(Begin { things: things.all(), bound: Vec::new(), is_found: false })
    } else {
        Ok(None)
    }
}

/// How often the first things are asked of where words are looked for: these may leave out most of them.
const TRIES: usize = 2;

/// So many things are asked of one by one; of more the engine finds them itself as fast.
const FEW_THINGS: usize = 20_000;

/// Where so many things for each wanted row have the words that are looked for, it takes longer to find what is said of
/// each than to look at the first articles that have them.
const MANY: usize = 16;

/// The same for questions whose rows are sorted by something else, which are looked at in their order whether they have the
/// words or not.
const COMMON: usize = 4 * MANY;

/// Which articles are looked at.
#[derive(Clone, Copy)]
enum Which<'a> {
    All,
    /// All, though words are looked for: as many texts have these as there are articles, or nearly so.
    Likely,
    /// Those that the index of words has found.
    Having(&'a FxHashSet<u32>),
}

/// Words that are in fewer texts than one for so many articles are looked up.
const RARE: usize = 4;

/// Whether words are looked for that so many texts have that the first articles are likely to have them: to look up where all
/// of these stand would take longer.
fn is_everywhere(store: &Mapped, question: &Question, given: &[(&str, &str)]) -> Result<bool, Error> {
    let words: Vec<&str> = given
        .iter()
        .filter(|(name, value)| question.is_found_by(name) && has_words(value))
        .map(|(_, value)| *value)
        .collect();
    let mut least = usize::MAX;
    for words in &words {
        least = least.min(store.texts_of(&Wanted::new(words))?);
        if least < FIRST_ARTICLES {
            return Ok(false);
        }
    }
    let mut articles = 0;
    store.column(property::IDENTIFIER, None, |_, _| articles += 1)?;
    Ok(!words.is_empty() && least >= articles / RARE)
}

/// The articles in which the words of every parameter stand where the question looks for them. Nothing where no parameter has
/// words, where few things have them, or where they may be those of a label, which stands outside the article.
fn having(
    store: &Mapped,
    question: &Question,
    given: &[(&str, &str)],
    most: usize,
) -> Result<Option<FxHashSet<u32>>, Error> {
    let many = MANY.saturating_mul(most.max(1));
    let mut articles: Option<FxHashSet<u32>> = None;
    for (name, value) in given.iter().filter(|(name, value)| question.is_found_by(name) && has_words(value)) {
        let Some(properties) = question.looks_at(name) else { return Ok(None) };
        let Some(own) = store.articles_with(&Wanted::new(value), &properties, many)? else { return Ok(None) };
        articles = Some(match articles {
            None => own,
            Some(before) => before.intersection(&own).copied().collect(),
        });
    }
    Ok(articles)
}

/// Asks of some articles after others, in the order in which the rows are sorted, until there are enough rows: what is not
/// shown need not be found, nor sorted. Where words are looked for nothing, if the first articles have too few rows: then other
/// parameters leave out most of what has the words, or they stand elsewhere.
fn by_articles(
    store: &Mapped,
    question: &Question,
    given: &[(&str, &str)],
    limits: &Limits,
    (order, most): (NamedNodeRef<'static>, usize),
    which: Which<'_>,
) -> Result<Option<(Answer, Option<usize>)>, Error> {
    let begun = Instant::now();
    let still = store.still();
    let mut articles = still.articles_by(order)?;
    if let Which::Having(having) = which {
        articles.retain(|(_, article)| having.contains(article));
    }
    let is_found = !matches!(which, Which::All);
    let still = Store::Mapped(still);
    let mut whole: Option<query::Table> = None;
    let mut left_out = Some(0);
    let (mut at, mut size) = (0, FIRST_ARTICLES);
    loop {
        let mut end = (at + size).min(articles.len());
        // Articles of one day are sorted together.
        while end > at && end < articles.len() && articles[end].0 == articles[end - 1].0 {
            end += 1;
        }
        let mut batch: Vec<u32> = articles[at..end].iter().map(|(_, article)| *article).collect();
        batch.sort_unstable();
        let timeout = limits.timeout.map(|time| time.saturating_sub(begun.elapsed()));
        let limits = Limits { rows: None, timeout, ..limits.clone() };
        let begin = Begin { is_found, ..of_articles(batch) };
        let asked = Asked { store: &still, question, given, limits: &limits, begin: Some((ARTICLES, begin)) };
        let (Answer::Table(table), more) = asked.answer()? else {
            return Err(Error::new(ErrorKind::Query, "a question with rows gives none"));
        };
        left_out = left_out.zip(more).map(|(before, more)| before + more);
        let rows = match &mut whole {
            None => &mut whole.insert(table).rows,
            Some(whole) => {
                whole.rows.extend(table.rows);
                &mut whole.rows
            }
        };
        let is_enough = rows.len() > most;
        (at, size) = (end, size * 4);
        if is_enough || at == articles.len() {
            break;
        }
        let is_poor = matches!(which, Which::Likely) && rows.len() * size < most * FIRST_ARTICLES;
        if is_poor || is_found && at + size > FIRST_ARTICLES.saturating_add(most.saturating_mul(4)) {
            return Ok(None);
        }
    }
    let mut whole = whole.unwrap_or_else(|| query::Table { columns: Vec::new(), rows: Vec::new(), truncated: false });
    cut(&mut whole, limits);
    Ok(Some((Answer::Table(whole), left_out.filter(|_| at == articles.len()))))
}

/// Asks of parts of the articles at once, on all cores, and puts the rows one after another.
fn side_by_side(
    store: &Mapped,
    question: &Question,
    given: &[(&str, &str)],
    limits: &Limits,
    order: NamedNodeRef<'static>,
) -> Result<(Answer, Option<usize>), Error> {
    let begun = Instant::now();
    let still = store.still();
    let articles = still.articles_by(order)?;
    let still = Store::Mapped(still);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    if jobs == 1 || articles.len() < 2 * FIRST_ARTICLES {
        return Asked { store: &still, question, given, limits, begin: None }.answer();
    }
    let size = (articles.len() / (4 * jobs)).max(FIRST_ARTICLES);
    // Articles of one day are sorted together.
    let mut parts: Vec<Vec<u32>> = vec![Vec::new()];
    for (at, (key, article)) in articles.iter().enumerate() {
        let is_new_day = at.checked_sub(1).is_none_or(|before| articles[before].0 != *key);
        match parts.last_mut() {
            Some(part) if part.len() < size || !is_new_day => part.push(*article),
            _ => parts.push(vec![*article]),
        }
    }
    parts.iter_mut().for_each(|part| part.sort_unstable());
    let ask = |part: Vec<u32>| {
        let timeout = limits.timeout.map(|time| time.saturating_sub(begun.elapsed()));
        let limits = Limits { timeout, ..limits.clone() };
        Asked { store: &still, question, given, limits: &limits, begin: Some((ARTICLES, of_articles(part))) }.answer()
    };
    let mut whole = query::Table { columns: Vec::new(), rows: Vec::new(), truncated: false };
    let (mut left_out, mut failed) = (Some(0), None);
    parallel::map_ordered(parts.into_iter(), jobs, ask, |answer| {
        match answer {
            Ok((Answer::Table(table), more)) => {
                left_out = left_out.zip(more).map(|(before, more)| before + more);
                whole.columns = table.columns;
                whole.rows.extend(table.rows);
            }
            Ok(_) => failed = Some(Error::new(ErrorKind::Query, "a question with rows gives none")),
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    });
    match failed {
        Some(error) => Err(error),
        None => Ok((Answer::Table(whole), left_out)),
    }
}

fn of_articles(articles: Vec<u32>) -> Begin {
    Begin { things: articles.into(), bound: Vec::new(), is_found: false }
}

/// A question to a store.
struct Asked<'a> {
    store: &'a Store,
    question: &'a Question,
    given: &'a [(&'a str, &'a str)],
    limits: &'a Limits,
    /// Only of these articles, or of other things: the line of the query that begins with them.
    begin: Option<(&'static str, Begin)>,
}

impl Asked<'_> {
    fn line(&self) -> Option<&'static str> {
        self.begin.as_ref().map(|(line, _)| *line)
    }

    fn run(&self, text: &str, limits: &Limits) -> Result<Answer, Error> {
        match &self.begin {
            Some((_, begin)) => query::run_on(self.store, text, limits, begin),
            None => query::run(self.store, text, limits),
        }
    }

    fn answer(&self) -> Result<(Answer, Option<usize>), Error> {
        let (question, limits) = (self.question, self.limits);
        let text = question.written(self.given, self.line())?;
        let least = least_of(self.given)?;
        if !question.takes(MIN_CONFIDENCE) {
            return Ok((self.run(&text, limits)?, None));
        }
        let Some(open) = query::lifted(&text, &variable(MIN_CONFIDENCE), "confidence") else {
            return self.counting_twice(least);
        };
        // The condition is looked at here, row by row, so that what it leaves out can be counted.
        if let Some((table, left_out)) =
            query::run_sure(self.store, &open, limits, self.begin.as_ref().map(|(_, begin)| begin), least)?
        {
            return Ok((Answer::Table(table), Some(left_out)));
        }
        let Answer::Table(mut table) = self.run(&open, &Limits { rows: None, ..limits.clone() })? else {
            return Err(Error::new(ErrorKind::Query, "a question with rows gives none"));
        };
        table.columns.remove(0);
        let before = table.rows.len();
        table.rows.retain(|row| query::is_at_least(row.first().and_then(Option::as_ref), least));
        let left_out = before - table.rows.len();
        table.rows.iter_mut().for_each(|row| {
            row.remove(0);
        });
        // Two statements may differ in how sure they are and in nothing that is shown.
        distinct(&mut table.rows);
        cut(&mut table, limits);
        Ok((Answer::Table(table), Some(left_out)))
    }

    /// Asks once with the condition and once without where it stands inside the query: in a part of a union, in a group.
    /// Rows that count statements stand for none of them, and are not counted as left out; nor are any where only the first
    /// rows are wanted, since counting takes as long as the answer.
    fn counting_twice(&self, least: f64) -> Result<(Answer, Option<usize>), Error> {
        let (question, limits) = (self.question, self.limits);
        let counts = question.counts_rows() && limits.rows.is_none();
        let whole = Limits { rows: None, ..limits.clone() };
        let asked = |least: &str| {
            let mut given = self.given.to_vec();
            given.push((MIN_CONFIDENCE, least));
            self.run(&question.written(&given, self.line())?, &whole)
        };
        // Neither waits for the other.
        let (answer, open) = std::thread::scope(|scope| {
            let open = (counts && least > 0.0).then(|| scope.spawn(|| asked("0")));
            let answer = asked(&least.to_string());
            (answer, open.map(|open| open.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))))
        });
        let answer = answer?;
        let Answer::Table(mut table) = answer else { return Ok((answer, None)) };
        let left_out = match open.transpose()? {
            Some(Answer::Table(open)) => Some(open.rows.len().saturating_sub(table.rows.len())),
            _ => counts.then_some(0),
        };
        cut(&mut table, limits);
        Ok((Answer::Table(table), left_out))
    }
}

/// Leaves out rows that have been there before. Hashes stand for the rows, which may be long.
fn distinct(rows: &mut Vec<Vec<Option<Term>>>) {
    let build = rustc_hash::FxBuildHasher;
    let mut seen: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut is_new = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let alike = seen.entry(build.hash_one(row)).or_default();
        let new = alike.iter().all(|&other| rows[other] != *row);
        if new {
            alike.push(at);
        }
        is_new.push(new);
    }
    let mut is_new = is_new.into_iter();
    rows.retain(|_| is_new.next().unwrap_or(true));
}

fn cut(table: &mut query::Table, limits: &Limits) {
    if let Some(most) = limits.rows.filter(|most| *most < table.rows.len()) {
        table.rows.truncate(most);
        table.truncated = true;
    }
}

/// How sure a row must be.
fn least_of(given: &[(&str, &str)]) -> Result<f64, Error> {
    match given.iter().rev().find(|(name, _)| *name == MIN_CONFIDENCE) {
        Some((_, value)) => confidence(value),
        None => Ok(f64::from(SHOWN) / 100.0),
    }
}

/// A share of one.
fn confidence(text: &str) -> Result<f64, Error> {
    let value = text.trim().parse::<f64>().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| {
        Error::new(ErrorKind::Unknown, format!("--{MIN_CONFIDENCE} {text} is no number from 0 to 1"))
            .with_hint("0 shows every statement, 0.9 only those that are nearly certain")
    })
}

/// The variable of a parameter: `min-confidence` is `minConfidence`.
pub fn variable(name: &str) -> String {
    let mut parts = name.split('-');
    let mut variable = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (first, rest) = part.split_at(part.len().min(1));
        variable += &(first.to_uppercase() + rest);
    }
    variable
}

impl Question {
    /// Whether it has a parameter.
    pub fn takes(&self, name: &str) -> bool {
        self.parameters.iter().any(|p| p.name == name)
    }

    /// Whether a row stands for a statement or an event, and not for a number of them.
    fn counts_rows(&self) -> bool {
        !self.text.contains("COUNT(")
    }

    /// Whether it can be asked of some articles after others: what words are looked for in the index comes from all at once.
    fn comes_in_parts(&self, given: &[(&str, &str)]) -> bool {
        self.articles.is_some() && !given.iter().any(|(name, value)| self.is_found_by(name) && has_words(value))
    }

    /// Whether its first rows can be had from the first things: any of its other parameters may leave out most of them.
    fn begins(&self, given: &[(&str, &str)]) -> bool {
        !self.first.is_empty() && given.iter().all(|(name, _)| *name == MIN_CONFIDENCE)
    }

    /// The words that its rows must have where nothing else is given, so that its first rows can be had from the first things
    /// if the words are common; nothing where they stand in the name of a thing, which has few.
    fn begins_with_words<'g>(&self, given: &[(&str, &'g str)]) -> Option<&'g str> {
        let mut words = given.iter().filter(|(name, _)| *name != MIN_CONFIDENCE);
        let (name, value) = words.next().filter(|(name, value)| *name == ABOUT && has_words(value))?;
        (words.next().is_none() && !self.first.is_empty() && self.is_found_by(name)).then_some(*value)
    }

    /// Whether the words of a parameter are looked for in the index.
    fn is_found_by(&self, name: &str) -> bool {
        self.text.contains(&format!("#{} ", variable(name)))
    }

    /// The properties whose texts are looked at for the words of a parameter: those of its path, else those that give the
    /// query the variable. Nothing where there are others than our own.
    fn looks_at(&self, name: &str) -> Option<Vec<NamedNode>> {
        let mark = format!("#{} ", variable(name));
        let line = self.text.lines().find_map(|line| line.trim_start().strip_prefix(&mark))?;
        let (pattern, text) = match line.split_once(" sayso:matches ")?.0.rsplit_once(" . ") {
            Some((pattern, _)) => (pattern, None),
            None => (self.text, Some(line.split_once(' ')?.0)),
        };
        let words: Vec<&str> = pattern.split([' ', '|', '/', '(', ')', '\n']).filter(|word| !word.is_empty()).collect();
        let is_meant = |nth: usize| text.is_none_or(|text| words.get(nth + 1) == Some(&text));
        let names = words.iter().enumerate().filter(|(nth, word)| word.contains(':') && is_meant(*nth));
        let own = names.map(|(_, word)| word.strip_prefix("sayso:").map(|name| format!("{NAMESPACE}{name}")));
        own.map(|iri| NamedNode::new(iri?).ok()).collect()
    }

    /// The query with values in place of the defaults of some parameters.
    pub fn with(&self, given: &[(&str, &str)]) -> Result<String, Error> {
        self.written(given, None)
    }

    /// The same; with the line that begins with the articles, or other things, that are looked at.
    fn written(&self, given: &[(&str, &str)], begin: Option<&str>) -> Result<String, Error> {
        for (name, _) in given {
            if !self.parameters.iter().any(|p| p.name == *name) {
                let names: Vec<String> = self.parameters.iter().map(|p| format!("--{}", p.name)).collect();
                let hint = match names.is_empty() {
                    true => format!("{} takes no parameters", self.name),
                    false => format!("{} takes {}", self.name, names.join(", ")),
                };
                return Err(
                    Error::new(ErrorKind::Unknown, format!("{} has no parameter {name}", self.name)).with_hint(hint)
                );
            }
        }
        let mut text = String::with_capacity(self.text.len());
        let value_of = |variable: &str| {
            let found = given.iter().rev().find(|(name, _)| self::variable(name) == variable);
            found.map(|(_, value)| (*value, Literal::new_simple_literal(*value).to_string()))
        };
        for line in self.text.lines() {
            if let Some((name, indent)) = default_of(line)
                && let Some((_, literal)) = value_of(name)
            {
                text += &format!("{}VALUES ?{name} {{ {literal} }}\n", " ".repeat(indent));
                continue;
            }
            let body = line.trim_start();
            if let Some((name, pattern)) = body.strip_prefix('#').and_then(|l| l.split_once(' '))
                && !name.is_empty()
            {
                // A comment of a person begins with "# ".
                if begin == Some(name) {
                    text += &format!("  {pattern}\n");
                }
                if let Some((_, literal)) = value_of(name).filter(|(value, _)| has_words(value) && begin != Some(FIRST))
                {
                    let wanted = format!("sayso:matches ?{name}");
                    text += &format!("  {}\n", pattern.replace(&wanted, &format!("sayso:matches {literal}")));
                }
                continue;
            }
            let mut line = line.to_owned();
            for (name, _) in given.iter().filter(|(_, value)| has_words(value)) {
                line = by_words(&line, &variable(name));
            }
            text += &line;
            text.push('\n');
        }
        Ok(text.trim_end().to_owned())
    }
}

/// Whether a value has words that an index could know.
fn has_words(value: &str) -> bool {
    !Wanted::new(value).words.is_empty()
}

/// A condition on letters as one on words: `CONTAINS(LCASE(?x), LCASE(?about))` becomes `sayso:matches(?x, ?about)`.
fn by_words(line: &str, variable: &str) -> String {
    const BEGIN: &str = "CONTAINS(LCASE(";
    let end = format!("), LCASE(?{variable}))");
    let mut line = line.to_owned();
    while let Some(close) = line.find(&end) {
        let Some(open) = line[..close].rfind(BEGIN) else { break };
        let text = line[open + BEGIN.len()..close].to_owned();
        line.replace_range(open..close + end.len(), &format!("sayso:matches({text}, ?{variable})"));
    }
    line
}

/// The variable of a line that gives a parameter its default, and the line's indentation.
fn default_of(line: &str) -> Option<(&str, usize)> {
    let body = line.trim_start();
    let rest = body.strip_prefix("VALUES ?")?;
    let (variable, rest) = rest.split_once(' ')?;
    let value = rest.trim().strip_prefix("{ \"")?.strip_suffix("\" }")?;
    (!value.contains('"')).then_some((variable, line.len() - body.len()))
}

/// Reads the header of a question's file: `# name:`, `# description:`, `# parameter NAME:`, `# engine:`.
pub(super) fn parse(name: &'static str, text: &'static str) -> Question {
    let mut question = Question {
        name,
        description: "",
        purpose: "",
        parameters: Vec::new(),
        needs_rdf12: false,
        articles: None,
        first: Vec::new(),
        counts: None,
        text,
    };
    for line in text.lines() {
        let Some((key, value)) = line.strip_prefix("# ").and_then(|l| l.split_once(": ")) else { continue };
        match key.split_once(' ') {
            Some(("parameter", parameter)) => {
                question.parameters.push(Parameter { name: parameter, description: value.trim() });
            }
            None if key == "description" => question.description = value.trim(),
            None if key == "purpose" => question.purpose = value.trim(),
            None if key == "articles" => {
                let orders = [property::PUBLISHED, property::IDENTIFIER];
                question.articles = orders.into_iter().find(|p| p.as_str().ends_with(&format!("#{}", value.trim())));
            }
            None if key == "counts" => question.counts = Counts::parse(value),
            None if key == "first" => question.first.extend(First::parse(value)),
            None if key == "engine" => question.needs_rdf12 = value.trim() == "rdf-1.2",
            _ => {}
        }
    }
    question
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_where_the_question_says() {
        let names = |question: &str, parameter: &str| -> Option<Vec<String>> {
            let found = find(question).expect("a question").looks_at(parameter)?;
            Some(found.iter().map(|name| name.as_str().replace(NAMESPACE, "")).collect())
        };
        assert_eq!(names("verbatim", "about").expect("names"), ["quote"]);
        assert_eq!(names("numbers-about", "counted").expect("names"), ["counted", "shareOf", "measured"]);
        assert_eq!(names("sources-of-article", "document").expect("names"), ["identifier", "title"]);
        assert_eq!(names("who-said", "speaker"), None, "a label stands outside the article");
    }
}
