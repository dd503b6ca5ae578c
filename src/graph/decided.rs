//! What people decided about statements, verdicts and links, as far as it is told by words: the lines of `decisions.tsv`,
//! looked up by the words that they are about.
//!
//! A statement is known by its article, its words and the words of its source; a verdict by the words and figures of its
//! two sides. So a decision holds for a store that another version has built, and says nothing where it reads otherwise.

use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::catalogue::Verdict;
use super::{Error, ErrorKind};
use crate::files;
pub use crate::import::decisions::Line;
use crate::import::decisions::parse;

/// The kinds of decisions.
pub const STATEMENT: &str = "statement";
pub const VERDICT: &str = "verdict";
pub const LINK: &str = "link";
pub const MERGE: &str = "merge";

/// The field of a decision about who speaks.
#[cfg(feature = "serve")]
pub const SPEAKER: &str = "speaker";

/// What was decided about a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It is read rightly.
    Right,
    /// There is no such statement of this speaker.
    Wrong,
    /// It is a statement, of somebody else.
    Of(String),
}

/// The two sides of a verdict as a decision names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    pub articles: String,
    pub words: String,
    pub figures: String,
}

impl Sides {
    /// From article, words and figure of each side, in an order that does not depend on which side stands left.
    pub fn of(one: [&str; 3], other: [&str; 3]) -> Sides {
        let (a, b) = (one.map(flat), other.map(flat));
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let [articles, words, figures] = [0, 1, 2].map(|at| format!("{} | {}", a[at], b[at]));
        Sides { articles, words, figures }
    }
}

/// A speaker as a decision names it: a name, in one article or, where that is empty, in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    pub article: String,
    pub words: String,
}

/// Two speakers of whom a person says whether they are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    pub sides: [Side; 2],
}

impl Pair {
    /// Of two speakers, each with its article.
    pub fn of(one: [&str; 2], other: [&str; 2]) -> Pair {
        let side = |[article, words]: [&str; 2]| Side { article: flat(article), words: flat(words) };
        Pair { sides: [side(one), side(other)] }
    }

    /// The pair that a line is about.
    fn read(line: &Line) -> Option<Pair> {
        let [one, other] = crate::import::decisions::sides(line)?;
        Some(Pair::of(one, other))
    }

    /// Article and words of a line about it.
    pub fn cells(&self) -> [String; 2] {
        let [a, b] = &self.sides;
        [format!("{} | {}", a.article, b.article), format!("{} | {}", a.words, b.words)]
    }

    /// The same with the other one first.
    pub fn turned(&self) -> Pair {
        let [a, b] = self.sides.clone();
        Pair { sides: [b, a] }
    }

    /// Whether both have the same name.
    pub fn are_namesakes(&self) -> bool {
        self.sides[0].words == self.sides[1].words
    }

    /// The same, whichever stands first.
    fn sorted(mut self) -> Pair {
        self.sides.sort();
        self
    }
}

/// Text as a cell of the table holds it: words with one blank between them.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts name the same speakers, in whatever order.
fn is_same(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let mut parts: Vec<String> = text.split(" and ").map(str::to_owned).collect();
        parts.sort();
        parts
    };
    one == other || one.len() == other.len() && parts(one) == parts(other)
}

/// Decisions, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    lines: Vec<Line>,
    /// The lines about the words, the latest last.
    by_words: FxHashMap<(String, String), Vec<u32>>,
}

impl Decided {
    /// Of lines in the order of the table.
    pub fn of(lines: Vec<Line>) -> Decided {
        let mut by_words: FxHashMap<_, Vec<u32>> = FxHashMap::default();
        for (at, line) in lines.iter().enumerate() {
            by_words.entry((line.kind.clone(), flat(&line.words))).or_default().push(at as u32);
        }
        Decided { lines, by_words }
    }

    /// Reads a table; where there is none nothing is decided.
    pub fn read(path: &Path) -> Result<Decided, Error> {
        match files::text_of(path, files::TABLE) {
            Ok(text) => {
                let said = |error| Error::new(ErrorKind::Unknown, format!("{}: {error}", path.display()));
                Ok(Decided::of(parse(&text).map_err(|e| said(e).with_hint("mend that line or take it out"))?))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Decided::default()),
            Err(error) => Err(Error::io(format!("cannot read {}", path.display()), error)),
        }
    }

    /// The lines as they stand in the table.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether there are decisions of a kind.
    pub fn has(&self, kind: &str) -> bool {
        self.lines.iter().any(|line| line.kind == kind)
    }

    /// Whether statements were rejected.
    pub fn rejects(&self) -> bool {
        self.lines.iter().any(|line| line.kind == STATEMENT && line.decision == "reject")
    }

    /// The lines about words, the latest first.
    fn about<'d>(&'d self, kind: &str, words: &str) -> impl Iterator<Item = &'d Line> {
        let found = self.by_words.get(&(kind.to_owned(), flat(words)));
        found.into_iter().flatten().rev().map(|&at| &self.lines[at as usize])
    }

    /// What was decided about a statement of an article, with the words of its source and the name that it is given to.
    pub fn statement(&self, article: &str, words: &str, source: &str, who: &str) -> Option<Ruling> {
        let (source, who) = (flat(source), flat(who));
        self.about(STATEMENT, words).find_map(|line| {
            let is_about = (line.article.is_empty() || line.article == article)
                && (line.prefix.is_empty() || line.prefix == source);
            let value = flat(&line.value);
            match line.decision.as_str() {
                _ if !is_about => None,
                "accept" if value.is_empty() || is_same(&value, &who) => Some(Ruling::Right),
                "accept" => Some(Ruling::Of(value)),
                // What was rejected is that this one said so; another version may have found who did.
                _ if value.is_empty() || is_same(&value, &who) => Some(Ruling::Wrong),
                _ => None,
            }
        })
    }

    /// What was decided about a verdict: another one, or that it is none.
    pub fn verdict(&self, sides: &Sides, found: Verdict) -> Option<Option<Verdict>> {
        self.about(VERDICT, &sides.words).find_map(|line| {
            let is_about = (line.article.is_empty() || flat(&line.article) == sides.articles)
                && (line.field.is_empty() || flat(&line.field) == sides.figures);
            let verdict = Verdict::named(&line.value);
            match line.decision.as_str() {
                _ if !is_about => None,
                "accept" => Some(Some(verdict.unwrap_or(found))),
                _ if verdict.is_none_or(|v| v == found) => Some(None),
                _ => None,
            }
        })
    }

    /// The last decision about a link of these words to a thing: whether it was accepted.
    pub fn link(&self, article: &str, words: &str, target: &str) -> Option<bool> {
        self.about(LINK, words).find_map(|line| {
            let is_about = line.article.is_empty() || line.article == article;
            match line.decision.as_str() {
                _ if !is_about => None,
                "accept" => Some(line.value == target),
                _ if line.value.is_empty() || line.value == target => Some(false),
                _ => None,
            }
        })
    }

    /// The pairs of speakers that were looked at, the latest decision about each: whether they are one.
    pub fn pairs(&self) -> Vec<(Pair, bool)> {
        let mut seen = std::collections::BTreeSet::new();
        let lines = self.lines.iter().rev().filter(|line| line.kind == MERGE);
        let pairs = lines.filter_map(|line| Some((Pair::read(line)?, line.decision == "accept")));
        let mut found: Vec<(Pair, bool)> = pairs.filter(|(pair, _)| seen.insert(pair.clone().sorted())).collect();
        found.reverse();
        found
    }

    /// How many of the pairs of names that were proposed are one. What was decided at once of several articles counts once.
    pub fn checked_merges(&self) -> Checked {
        let mut checked = Checked::default();
        let mut seen = std::collections::BTreeSet::new();
        let value_of: std::collections::BTreeMap<Pair, &str> = self
            .lines
            .iter()
            .filter(|line| line.kind == MERGE)
            .filter_map(|line| Some((Pair::read(line)?.sorted(), line.value.as_str())))
            .collect();
        for (pair, is_one) in self.pairs() {
            let pair = pair.sorted();
            let value = value_of.get(&pair).copied().unwrap_or_default();
            let mut names = pair.sides.map(|side| side.words);
            names.sort();
            if seen.insert((names, is_one, value)) {
                checked.count(is_one);
            }
        }
        checked
    }

    /// The decisions that a document is written with: one that has changed makes the document be read anew.
    pub fn beside(&self, article: &str, text: &str) -> Vec<String> {
        let fits = |line: &&Line| {
            let last = line.words.rsplit(' ').next().unwrap_or("");
            line.kind == STATEMENT && (line.article.is_empty() || line.article == article) && text.contains(last)
        };
        self.lines.iter().filter(fits).map(Line::text).collect()
    }
}

/// Adds lines to a table, which is written whole beside its place and put there in one step.
#[cfg(feature = "serve")]
pub fn add(path: &Path, lines: &[Line]) -> Result<(), Error> {
    let mut text = held(path)?;
    if text.is_empty() {
        text = crate::import::decisions::HEAD.to_owned();
    } else if !text.ends_with('\n') {
        text.push('\n');
    }
    lines.iter().for_each(|line| text += &line.text());
    put(path, &text)
}

/// Takes the last line that reads so out of a table, for each of some lines; false where one of them is not there, and then
/// nothing is taken out.
#[cfg(feature = "serve")]
pub fn take_back(path: &Path, gone: &[Line]) -> Result<bool, Error> {
    let text = held(path)?;
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for line in gone {
        let own = line.text();
        let same = |other: &&str| other.trim_end_matches(['\n', '\r']) == own.trim_end_matches('\n');
        let Some(at) = lines.iter().rposition(same) else { return Ok(false) };
        lines.remove(at);
    }
    put(path, &lines.concat())?;
    Ok(true)
}

#[cfg(feature = "serve")]
fn held(path: &Path) -> Result<String, Error> {
    match files::text_of(path, files::TABLE) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| Error::io(format!("cannot read {}", path.display()), error)),
    }
}

#[cfg(feature = "serve")]
fn put(path: &Path, text: &str) -> Result<(), Error> {
    files::put(path, text.as_bytes()).map_err(|error| {
        Error::io(format!("cannot write {}", path.display()), error)
            .with_hint("the file is as it was: make room on the disk, or let this user write there")
    })
}

/// Where the decisions of a store lie, if nothing else is said: beside its folder.
pub fn beside(store: &Path) -> PathBuf {
    let folder = store.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).join(crate::import::decisions::FILE)
}

/// How many of what a person looked at were right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub right: usize,
    pub wrong: usize,
}

impl Checked {
    /// One more.
    pub fn count(&mut self, is_right: bool) {
        *if is_right { &mut self.right } else { &mut self.wrong } += 1;
    }

    pub fn all(self) -> usize {
        self.right + self.wrong
    }

    /// The share that was right, and the 95 % interval (Wilson) of what looking at everything would give.
    pub fn share(self) -> Option<(f64, f64, f64)> {
        (self.all() > 0).then(|| {
            let (low, high) = interval(self.right, self.all());
            (self.right as f64 / self.all() as f64, low, high)
        })
    }

    /// "Of 200 statements that were checked 183 were right: 92 %, by chance anywhere between 87 and 95 (95 % range)."
    pub fn told(self, what: &str) -> String {
        match self.share() {
            None => format!("No {what} has been checked yet."),
            Some((share, low, high)) => {
                let percent = |share: f64| format!("{:.0}", share * 100.0);
                let (things, were) = if self.all() == 1 { ("", "was") } else { ("s", "were") };
                format!(
                    "Of {} {what}{things} that {were} checked {} {} right: {} %, with a 95 % range from {} to {} %.",
                    self.all(),
                    self.right,
                    if self.right == 1 { "was" } else { "were" },
                    percent(share),
                    percent(low),
                    percent(high)
                )
            }
        }
    }
}

/// The 95 % interval of a share, after Wilson: it holds for few cases and for shares near 0 and 1.
pub fn interval(right: usize, coded: usize) -> (f64, f64) {
    let (n, z) = (coded as f64, 1.959_964);
    let share = right as f64 / n;
    let middle = share + z * z / (2.0 * n);
    let width = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    (((middle - width) / whole).max(0.0), ((middle + width) / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(decision: &str, words: &str, prefix: &str, value: &str) -> Line {
        let own = |text: &str| text.to_owned();
        Line {
            decision: own(decision),
            kind: own(STATEMENT),
            article: own("a"),
            words: own(words),
            prefix: own(prefix),
            value: own(value),
            ..Line::default()
        }
    }

    #[test]
    fn a_statement_is_known_by_its_words_source_and_speaker() {
        let decided = Decided::of(vec![
            line("reject", "forty came", "", "Police"),
            line("accept", "nine left", "He", "Ann Lee"),
            line("accept", "ten stayed", "", ""),
        ]);
        let of = |words, source, who| decided.statement("a", words, source, who);
        assert_eq!(of("forty  came", "police", "Police"), Some(Ruling::Wrong));
        assert_eq!(of("forty came", "police", "Harbour Watch"), None, "somebody else may have said so");
        assert_eq!(of("nine left", "He", "Ann Lee"), Some(Ruling::Right));
        assert_eq!(of("nine left", "He", "Bo Orr"), Some(Ruling::Of("Ann Lee".into())));
        assert_eq!(of("nine left", "She", "Bo Orr"), None);
        assert_eq!(of("ten stayed", "", "x"), Some(Ruling::Right));
        assert_eq!(decided.statement("b", "ten stayed", "", "x"), None);
        assert!(is_same("A and B", "B and A") && !is_same("A and B", "A and C"));
        assert_eq!(decided.beside("a", "it was said that nine left").len(), 1);
    }

    #[test]
    fn the_later_line_goes_first() {
        let decided =
            Decided::of(vec![line("reject", "forty came", "", "Police"), line("accept", "forty came", "", "Police")]);
        assert_eq!(decided.statement("a", "forty came", "", "Police"), Some(Ruling::Right));
    }

    #[test]
    fn sides_have_no_left_and_right() {
        let (one, other) = (["a", "forty came", "forty"], ["b", "nine came", "nine"]);
        assert_eq!(Sides::of(one, other), Sides::of(other, one));
        let verdict = Line {
            kind: VERDICT.into(),
            article: "a | b".into(),
            field: "forty | nine".into(),
            ..line("reject", "forty came | nine came", "", "contradicts")
        };
        let decided = Decided::of(vec![verdict]);
        let sides = Sides::of(one, other);
        assert_eq!(decided.verdict(&sides, Verdict::Contradicts), Some(None));
        assert_eq!(decided.verdict(&sides, Verdict::Agrees), None);
    }

    #[test]
    fn a_pair_is_one_whichever_stands_first() {
        let merge = |decision: &str, article: &str, words: &str| Line {
            decision: decision.into(),
            kind: MERGE.into(),
            article: article.into(),
            words: words.into(),
            ..Line::default()
        };
        let decided = Decided::of(vec![
            merge("accept", " | b", "Ann Lee | Lee"),
            merge("reject", "b | ", "Lee | Ann Lee"),
            merge("reject", "a | b", "Ann Lee | Ann Lee"),
            merge("accept", "", "Lee"),
        ]);
        let pairs = decided.pairs();
        assert_eq!(pairs.len(), 2, "{pairs:?}");
        assert!(!pairs[0].1 && !pairs[0].0.are_namesakes() && pairs[1].0.are_namesakes());
        assert_eq!(pairs[1].0.cells(), ["a | b", "Ann Lee | Ann Lee"]);
        let several =
            Decided::of(vec![merge("accept", " | b", "Ann Lee | Lee"), merge("accept", " | c", "Ann Lee | Lee")]);
        assert_eq!((several.pairs().len(), several.checked_merges()), (2, Checked { right: 1, wrong: 0 }));
    }

    #[test]
    fn a_table_is_whole_before_and_after() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("decisions.tsv");
        let (one, two) = (line("accept", "x", "", ""), line("reject", "y", "", "Z"));
        add(&path, std::slice::from_ref(&one)).expect("written");
        add(&path, std::slice::from_ref(&two)).expect("written");
        assert_eq!(Decided::read(&path).expect("read").lines(), [one.clone(), two.clone()]);
        assert!(take_back(&path, std::slice::from_ref(&two)).expect("written"));
        assert!(!take_back(&path, std::slice::from_ref(&two)).expect("read"));
        assert_eq!(Decided::read(&path).expect("read").lines(), [one]);
    }

    #[test]
    fn a_share_has_its_range() {
        let checked = Checked { right: 183, wrong: 17 };
        assert_eq!(
            checked.told("statement"),
            "Of 200 statements that were checked 183 were right: 92 %, with a 95 % range from 87 to 95 %."
        );
        assert!(Checked::default().share().is_none());
        let (_, low, high) = Checked { right: 3, wrong: 0 }.share().expect("a share");
        assert!(low < 0.5 && high > 0.999);
    }
}
