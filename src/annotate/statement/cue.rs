//! The words that signal an attribution, with what they commit the speaker to.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::table;
use crate::text::{Commitment, Document, Id, Pos, Token, closed_set};

closed_set! {
    /// The part of speech a cue word is listed as.
    Class {
        Verb = "verb",
        Noun = "noun",
        Adjective = "adj",
        Adverb = "adverb",
    }
}

closed_set! {
    /// What kind of attribution a cue word makes.
    Force {
        /// Speaking and writing: "say", "announcement".
        Speech = "speech",
        /// Thinking and knowing: "believe".
        Thought = "thought",
        /// Wanting and planning: "intend".
        Will = "will",
        /// Taking a side: "condemn", "support".
        Stance = "stance",
        /// What documents and findings do: "show".
        Show = "show",
        /// "seem", "appear": nobody in particular.
        Seem = "seem",
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its dictionary form.
    pub lemma: &'static str,
    /// Verb, noun, adjective, adverb.
    pub class: Class,
    /// What it commits the speaker to.
    pub commitment: Commitment,
    /// The kind of attribution.
    pub force: Force,
    /// What it takes: `quote`, `that`, `to`, `noun`, `of`, `for`, `whether`, `about`, `clause`.
    pub takes: Vec<&'static str>,
}

/// The list, by inflected form.
pub struct Cues {
    rows: Vec<Cue>,
    forms: FxHashMap<String, Vec<u16>>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| match Cues::parse(include_str!("en/cues.tsv")) {
    Ok(cues) => cues,
    Err(message) => panic!("{message}"),
});

/// The list compiled in.
pub fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    /// Reads a list; the message of a mistake names its line.
    pub fn parse(text: &'static str) -> Result<Cues, String> {
        let mut cues = Cues { rows: Vec::new(), forms: FxHashMap::default() };
        for (line, cells) in table::rows(text) {
            let wrong = |what: &str| format!("cues.tsv:{line}: {what}");
            let [lemma, class, commitment, force, takes, rest @ ..] = cells.as_slice() else {
                return Err(wrong("five or six cells expected"));
            };
            let class: Class = class.parse().map_err(|()| wrong("unknown class"))?;
            let row = cues.rows.len() as u16;
            cues.rows.push(Cue {
                lemma,
                class,
                commitment: commitment.parse().map_err(|()| wrong("unknown commitment"))?,
                force: force.parse().map_err(|()| wrong("unknown force"))?,
                takes: table::list(takes).collect(),
            });
            let forms: Vec<String> = match rest.first().filter(|f| !f.is_empty()) {
                Some(given) => table::list(given).map(str::to_string).chain([lemma.to_string()]).collect(),
                None => inflected(lemma, class),
            };
            for form in forms {
                let rows = cues.forms.entry(form).or_default();
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        Ok(cues)
    }

    /// The rows a lower-cased form may be.
    pub fn form(&self, lower: &str) -> impl Iterator<Item = &Cue> {
        self.forms.get(lower).into_iter().flatten().map(|&row| &self.rows[usize::from(row)])
    }

    /// The row that a token is, by form and part of speech; verbs first where the part of speech is not known.
    pub fn of(&self, doc: &Document, token: Id<Token>) -> Option<&Cue> {
        let rows = self.forms.get(doc.lower(token))?;
        let class = match doc.pos(token) {
            Pos::Verb | Pos::Aux => Some(Class::Verb),
            Pos::Noun => Some(Class::Noun),
            Pos::Adj => Some(Class::Adjective),
            Pos::Adv => Some(Class::Adverb),
            Pos::X => None,
            _ => return None,
        };
        let mut rows = rows.iter().map(|&row| &self.rows[usize::from(row)]);
        match class {
            Some(class) => rows.find(|row| row.class == class),
            None => rows.min_by_key(|row| row.class),
        }
    }
}

/// The regular forms of a word: "deny" gives denies, denied, denying; "plan" plans, planned, planning.
fn inflected(lemma: &str, class: Class) -> Vec<String> {
    let (first, rest) = lemma.split_once(' ').map_or((lemma, ""), |(f, r)| (f, r));
    if !rest.is_empty() {
        // "call for": the first word alone is found, the second is a matter of syntax.
        return inflected(first, class).into_iter().map(|f| format!("{f} {rest}")).collect();
    }
    let mut forms = vec![lemma.to_string()];
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let letters: Vec<char> = lemma.chars().collect();
    let last = letters.last().copied();
    let before = letters.len().checked_sub(2).map(|i| letters[i]);
    let s = if last == Some('y') && !vowel(before) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    match class {
        Class::Noun => forms.push(s),
        Class::Verb => {
            let doubling = matches!(
                lemma,
                "admit"
                    | "commit"
                    | "chat"
                    | "plan"
                    | "slam"
                    | "nod"
                    | "sob"
                    | "refer"
                    | "pan"
                    | "quip"
                    | "tut"
                    | "rebut"
                    | "brag"
                    | "beg"
                    | "rip"
                    | "blog"
                    | "hum"
                    | "shrug"
                    | "permit"
                    | "opt"
                    | "label"
                    | "dub"
            ) && lemma != "opt"
                && lemma != "label";
            let stem = if doubling { format!("{lemma}{}", last.unwrap_or(' ')) } else { lemma.to_string() };
            let (ed, ing) = if last == Some('e') {
                let short = &lemma[..lemma.len() - 1];
                let ing = if lemma.ends_with("ee") { format!("{lemma}ing") } else { format!("{short}ing") };
                (format!("{lemma}d"), ing)
            } else if last == Some('y') && !vowel(before) {
                (format!("{}ied", &lemma[..lemma.len() - 1]), format!("{lemma}ing"))
            } else {
                (format!("{stem}ed"), format!("{stem}ing"))
            };
            forms.extend([s, ed, ing]);
        }
        Class::Adjective | Class::Adverb => {}
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_without_doubles() {
        let rows = &cues().rows;
        for pair in rows.windows(2) {
            let key = |c: &Cue| (c.lemma, c.class.as_str());
            assert!(key(&pair[0]) < key(&pair[1]), "{} {}", pair[1].lemma, pair[1].class);
        }
        let takes = ["quote", "that", "to", "noun", "of", "for", "whether", "about", "clause"];
        for cue in rows {
            assert!(!cue.takes.is_empty(), "{}", cue.lemma);
            assert!(cue.takes.iter().all(|t| takes.contains(t)), "{}: {:?}", cue.lemma, cue.takes);
        }
    }

    #[test]
    fn forms_are_found() {
        for (form, lemma) in [
            ("said", "say"),
            ("denies", "deny"),
            ("denied", "deny"),
            ("planned", "plan"),
            ("agreeing", "agree"),
            ("admitted", "admit"),
            ("slams", "slam"),
            ("accuses", "accuse"),
            ("wrote", "write"),
            ("claims", "claim"),
        ] {
            assert!(cues().form(form).any(|c| c.lemma == lemma), "{form}");
        }
        assert_eq!(cues().form("table").count(), 0);
    }
}
