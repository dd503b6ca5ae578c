//! What people decided, in one table beside the store: `decisions.tsv`. A line is a decision; lines are only ever added, and a
//! later one goes before an earlier one. A decision is told by the words of the text, never by an IRI or an offset, so it
//! holds when a store is built anew by another version.

use crate::annotate::link::Decision;

/// The name of the file, in the folder that holds the store.
pub const FILE: &str = "decisions.tsv";

/// Its first line.
pub const HEAD: &str = "decision\tkind\tarticle\twords\tprefix\tfield\tvalue\tday\tby\n";

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// `accept` or `reject`.
    pub decision: String,
    /// What is decided about: `link`, `statement`, `verdict`, `merge`.
    pub kind: String,
    /// The id of an article; empty: all.
    pub article: String,
    /// The words of the text, exactly.
    pub words: String,
    /// What stands right before them, for a statement the words of its source; empty: anything.
    pub prefix: String,
    /// Which of several things is decided, for kinds that have several: `speaker` of a statement, the two figures of a
    /// verdict; empty for a link.
    pub field: String,
    /// What was accepted or rejected: for a link a number or IRI, for a statement who says so, for a verdict its name; empty:
    /// whatever it is.
    pub value: String,
    /// The day, as 2015-11-20.
    pub day: String,
    /// Who decided.
    pub by: String,
}

impl Line {
    /// The line as it stands in the file.
    pub fn text(&self) -> String {
        let cells = [
            &self.decision,
            &self.kind,
            &self.article,
            &self.words,
            &self.prefix,
            &self.field,
            &self.value,
            &self.day,
            &self.by,
        ];
        let cells: Vec<String> = cells.iter().map(|c| c.replace(['\t', '\n', '\r'], " ")).collect();
        cells.join("\t") + "\n"
    }

    /// What it says about links: itself, if it is about one; two names that are one thing have one target; of namesakes the
    /// second has a target of its own.
    pub fn links(&self) -> Vec<Decision> {
        let to_value = |accept: bool, [article, words]: [&str; 2]| Decision {
            accept,
            article: article.to_owned(),
            words: words.to_owned(),
            prefix: String::new(),
            value: self.value.clone(),
            label: String::new(),
        };
        match (self.kind.as_str(), sides(self)) {
            ("link", _) if !self.words.is_empty() => {
                let own = to_value(self.decision == "accept", [&self.article, &self.words]);
                vec![Decision { prefix: self.prefix.clone(), ..own }]
            }
            ("merge", Some(both)) if self.decision == "accept" && !self.value.is_empty() => {
                let label = both.map(|[_, name]| name).into_iter().max_by_key(|name| standing(name));
                both.map(|side| Decision { label: label.unwrap_or("").to_owned(), ..to_value(true, side) }).to_vec()
            }
            ("merge", Some([one, other])) if one[1] == other[1] && !other[0].is_empty() && !self.value.is_empty() => {
                vec![to_value(true, other)]
            }
            _ => Vec::new(),
        }
    }

    /// True when it takes back an earlier one: the same words, article and thing, decided the other way.
    pub fn contradicts(&self, other: &Line) -> bool {
        let key = |l: &Line| (l.kind.clone(), l.article.clone(), l.words.clone(), l.prefix.clone(), l.field.clone());
        let differs = self.decision != other.decision && self.value == other.value
            || self.decision == "accept" && other.decision == "accept" && self.value != other.value;
        key(self) == key(other) && differs
    }
}

/// Which of several names stands for all is told by this: a name before what only describes ("Ilse Varga" before "the mayor of
/// Linde"), then the longest.
pub fn standing(name: &str) -> (bool, usize) {
    (name.starts_with(char::is_uppercase), name.chars().count())
}

/// Article and words of the two speakers that a line about a merge names.
pub fn sides(line: &Line) -> Option<[[&str; 2]; 2]> {
    let (one, other) = line.words.split_once(" | ")?;
    // A cell that begins or ends with nothing has lost its blank there.
    let (first, second) = line.article.split_once('|').unwrap_or(("", ""));
    Some([[first.trim(), one.trim()], [second.trim(), other.trim()]])
}

/// What became of a line of the table, in words; `matches` says whether its words stand in the store.
pub fn state(lines: &[Line], at: usize, matches: bool) -> &'static str {
    if lines[at + 1..].iter().any(|later| later.contradicts(&lines[at])) {
        "taken back by a later one"
    } else if !matches {
        "matches nothing"
    } else {
        "holds"
    }
}

/// Reads the table.
///
/// # Errors
/// With the number of the line that is no decision.
pub fn parse(text: &str) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if i == 0 && line.starts_with("decision\t") || line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |n: usize| cells.get(n).map_or("", |c| c.trim()).to_owned();
        let read = Line {
            decision: cell(0),
            kind: cell(1),
            article: cell(2),
            words: cell(3),
            prefix: cell(4),
            field: cell(5),
            value: cell(6),
            day: cell(7),
            by: cell(8),
        };
        if !matches!(read.decision.as_str(), "accept" | "reject") || read.kind.is_empty() || read.words.is_empty() {
            return Err(format!("line {}: a decision is accept or reject, its kind, and the words it is about", i + 1));
        }
        lines.push(read);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were() {
        let line = Line {
            decision: "accept".into(),
            kind: "link".into(),
            words: "Harbour\tTrust".into(),
            value: "Q1".into(),
            day: "2026-11-28".into(),
            ..Line::default()
        };
        let read = parse(&(HEAD.to_owned() + &line.text())).expect("a table");
        assert_eq!(read[0].words, "Harbour Trust");
        assert!(matches!(&read[0].links()[..], [d] if d.accept && d.value == "Q1"));
        let pair =
            Line { kind: "merge".into(), article: "| b".into(), words: "Ann Lee | Lee".into(), ..read[0].clone() };
        let both: Vec<(String, String)> = pair.links().into_iter().map(|d| (d.article, d.words)).collect();
        assert_eq!(both, [(String::new(), "Ann Lee".into()), ("b".into(), "Lee".into())]);
        assert!(Line { decision: "reject".into(), ..pair.clone() }.links().is_empty(), "two names of two are no link");
        let namesakes = Line { decision: "reject".into(), words: "Lee | Lee".into(), ..pair };
        assert!(matches!(&namesakes.links()[..], [d] if d.accept && d.article == "b"));
        assert!(parse("perhaps\tlink\t\tx\n").is_err());
        let other = Line { decision: "reject".into(), ..read[0].clone() };
        assert!(other.contradicts(&read[0]) && !read[0].contradicts(&read[0]));
    }
}
