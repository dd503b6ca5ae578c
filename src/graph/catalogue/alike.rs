//! Speakers that may be one, and speakers counted as one that may be two: what a person is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Agent, Catalogue, source_kind};
use crate::graph::view::Kind;
use crate::lexicon::gazetteer;
use crate::text::NameClass;

/// What somebody who speaks is, as far as names go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Person,
    /// An institution, also where it has no name of its own: the police, the ministry.
    Body,
    /// Several people, and whoever is not named.
    Several,
}

/// Speakers of one incident that are looked at: more would be too many pairs.
const MOST: usize = 400;

/// Two names about which a person is asked once: a speaker, and those of another name, or of its own, in some articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub one: u32,
    /// The speakers of the other name, one an article; never none.
    pub others: Vec<u32>,
    /// They have one name and count as one now.
    pub are_one_now: bool,
}

/// The words that tell a name: without articles, small words, the ending of a possessive.
fn telling(name: &str) -> Vec<String> {
    const SMALL: &[&str] = &["the", "its", "his", "her", "their", "our", "of", "and", "for", "in", "on", "at", "s"];
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|w| !w.is_empty() && !SMALL.contains(&w.as_str())).collect()
}

/// Names that point at nobody in particular: "a resident", "two officials", "some", "he".
fn is_vague(name: &str, words: &[String]) -> bool {
    const VAGUE: &[&str] = &[
        "a", "an", "one", "two", "three", "four", "five", "several", "some", "many", "others", "another", "he", "she",
        "it", "they", "we", "you", "who", "this", "that", "these", "those", "no", "any", "people", "other",
    ];
    let first = name.split_whitespace().next().unwrap_or("").to_lowercase();
    words.is_empty() || VAGUE.contains(&first.as_str()) || first.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether two names may be one's. `is_other` knows names of places and of families, after which bodies are called.
fn may_be_one(sorts: [Sort; 2], names: [&str; 2], words: [&[String]; 2], is_other: &dyn Fn(&str) -> bool) -> bool {
    let persons = sorts.iter().filter(|sort| **sort == Sort::Person).count();
    if persons == 1 {
        return false;
    }
    let [a, b] = words;
    let (short, long, [brief, full]) = match a.len() <= b.len() {
        true => (a, b, names),
        false => (b, a, [names[1], names[0]]),
    };
    let is_part = short.iter().all(|word| long.contains(word));
    // "Residents" of one article and of another are hardly the same; "South Sudan officials" may be.
    if sorts.contains(&Sort::Several) {
        let has_name = |name: &&str| name.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
        return is_part && short.len() == long.len() && names.iter().all(has_name);
    }
    if persons == 2 {
        return is_part && short.last() == long.last();
    }
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    let letters = names.iter().find(|name| {
        (2..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase()) && name.to_lowercase() == initials
    });
    is_part && (short.len() == long.len() || shortens(brief, full, is_other)) || long.len() > 1 && letters.is_some()
}

/// Small words that lead on from what a body is to what it is of.
const LEADING: [&str; 7] = ["of", "for", "in", "at", "on", "to", "from"];

/// Whether a short name could be that of the body with the long one: "the police" of "the police of Halvorne", "Tessaly" of
/// "Tessaly Batteries". What the body is of, where it is, and whom it is named after are others.
fn shortens(brief: &str, full: &str, is_other: &dyn Fn(&str) -> bool) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.filter(|w| *w != "s").map(str::to_owned).collect()
    };
    let (brief_words, full_words) = (words(brief), words(full));
    let end = full_words.iter().position(|w| LEADING.contains(&w.as_str())).unwrap_or(full_words.len());
    let (first, after) = full_words.split_at(end);
    let Some(head) = first.last() else { return false };
    let lower = |words: &[String]| telling(&words.join(" "));
    // "The police of Halvorne" is also "Halvorne police"; what a body is for or in stays behind.
    let turned = match after.first().is_some_and(|w| w == "of") {
        true => [lower(&after[1..]), lower(first)].concat(),
        false => Vec::new(),
    };
    let (short, straight) = (lower(&brief_words), [lower(first), lower(after)].concat());
    let is_in = |long: &[String]| {
        let mut rest = long.iter();
        short.iter().all(|word| rest.any(|own| own == word))
    };
    if !is_in(&straight) && !is_in(&turned) {
        return false;
    }
    if short.contains(&head.to_lowercase()) {
        return true;
    }
    // "The HP board" is not HP, nor the University of Ardmouth Ardmouth, nor the Clinton Foundation Clinton.
    let of = lower(after);
    head.starts_with(char::is_uppercase) && !short.iter().all(|word| of.contains(word)) && !is_other(brief)
}

/// Whether the known thing that a name means first is a place.
fn is_place(name: &str) -> bool {
    let first = gazetteer::SHIPPED.find(&gazetteer::key(name)).next();
    first.is_some_and(|reading| reading.thing.kind.class() == NameClass::Place)
}

impl Catalogue {
    /// The pairs of speakers about whom a person is best asked, those with most statements first: names of one story that may
    /// be one's, then namesakes of different stories in different offices.
    pub fn alike(&self) -> Vec<Alike> {
        let said =
            |agent: u32| self.all_of(agent).iter().map(|&a| self.agents[a as usize].statements.len()).sum::<usize>();
        let mut found = self.asked_once(self.one_in_a_story(), false);
        found.sort_by_key(|pair| {
            let statements: usize = pair.others.iter().map(|&other| said(other)).sum();
            (std::cmp::Reverse(statements), pair.one, pair.others[0])
        });
        found.extend(self.asked_once(self.namesakes(), true));
        found
    }

    /// Pairs of speakers as pairs of names, in the order in which the first of each comes. Namesakes are another in every
    /// story.
    fn asked_once(&self, pairs: Vec<(u32, u32)>, are_one_now: bool) -> Vec<Alike> {
        let story = |agent: u32| match are_one_now {
            true => self.heard_in(agent).flat_map(|a| self.articles[a as usize].incidents.first().copied()).next(),
            false => None,
        };
        let mut places: BTreeMap<(u32, String, Option<u32>, u32), usize> = BTreeMap::new();
        let mut found: Vec<Alike> = Vec::new();
        for (one, other) in pairs {
            // A namesake of no story is nobody else's.
            let (story, alone) = match story(other) {
                None if are_one_now => (None, other),
                story => (story, 0),
            };
            let key = (one, telling(&self.agents[other as usize].name).join(" "), story, alone);
            let at = *places.entry(key).or_insert(found.len());
            match found.get_mut(at) {
                Some(pair) if !pair.others.contains(&other) => pair.others.push(other),
                Some(_) => {}
                None => found.push(Alike { one, others: vec![other], are_one_now }),
            }
        }
        found
    }

    fn sort(&self, agent: &Agent) -> Sort {
        let source = agent.statements.first().map_or("", |&s| source_kind(&self.statements[s as usize].kind));
        match (agent.kind, source) {
            (Kind::Person, _) => Sort::Person,
            (Kind::Organization, _) | (_, "institution") => Sort::Body,
            _ => Sort::Several,
        }
    }

    fn one_in_a_story(&self) -> Vec<(u32, u32)> {
        let words: Vec<Vec<String>> = self.agents.iter().map(|agent| telling(&agent.name)).collect();
        let others = self.names_of_others(&words);
        let is_other = |name: &str| is_place(name) || others.contains(&telling(name).join(" "));
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for incident in &self.incidents {
            let statements = incident.articles.iter().flat_map(|&a| &self.articles[a as usize].statements);
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for statement in statements.map(|&s| &self.statements[s as usize]).filter(|s| !s.is_narrator()) {
                for &agent in &statement.speakers {
                    if !is_vague(&self.agents[agent as usize].name, &words[agent as usize]) {
                        *counts.entry(self.one(agent)).or_default() += 1;
                    }
                }
            }
            let mut agents: Vec<(u32, usize)> = counts.into_iter().collect();
            // The name with most words stands for the others, then the one heard most.
            agents.sort_by_key(|&(agent, n)| {
                (std::cmp::Reverse(words[agent as usize].len()), std::cmp::Reverse(n), agent)
            });
            agents.truncate(MOST);
            for (place, &(other, _)) in agents.iter().enumerate() {
                let fits = |&&(one, _): &&(u32, usize)| {
                    let both = [one, other].map(|a| &self.agents[a as usize]);
                    may_be_one(
                        both.map(|a| self.sort(a)),
                        both.map(|a| a.name.as_str()),
                        [one, other].map(|a| words[a as usize].as_slice()),
                        &is_other,
                    )
                };
                if let Some(&(one, _)) = agents[..place].iter().find(fits)
                    && seen.insert((one, other))
                {
                    found.push((one, other));
                }
            }
        }
        found
    }

    /// The names of places that speak, and the last names of people.
    fn names_of_others(&self, words: &[Vec<String>]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (agent, words) in self.agents.iter().zip(words) {
            match (agent.kind, words.as_slice()) {
                (Kind::Place, words) => drop(found.insert(words.join(" "))),
                (Kind::Person, [_, .., last]) => drop(found.insert(last.clone())),
                _ => {}
            }
        }
        found
    }

    fn namesakes(&self) -> Vec<(u32, u32)> {
        let incidents = |agent: u32| -> BTreeSet<u32> {
            self.heard_in(agent).flat_map(|a| self.articles[a as usize].incidents.iter().copied()).collect()
        };
        let roles = |agent: u32| -> BTreeSet<String> {
            self.agents[agent as usize].roles.iter().flat_map(|role| telling(role)).collect()
        };
        let mut found = Vec::new();
        for at in 0..self.agents.len() as u32 {
            let one = self.one(at);
            let (own, other) = (&self.agents[one as usize], &self.agents[at as usize]);
            if one == at || own.kind != Kind::Person || own.name != other.name || other.statements.is_empty() {
                continue;
            }
            let (a, b) = (roles(one), roles(at));
            let differ = !a.is_empty() && !b.is_empty() && a.is_disjoint(&b);
            if differ && incidents(one).is_disjoint(&incidents(at)) {
                found.push((one, at));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::catalogue::{Article, Incident, Statement};

    fn fits(sort: Sort, a: &str, b: &str) -> bool {
        let words = [telling(a), telling(b)];
        let is_other = |name: &str| is_place(name) || ["Halvorne", "Varga"].contains(&name);
        may_be_one([sort, sort], [a, b], [&words[0], &words[1]], &is_other)
    }

    #[test]
    fn a_body_is_not_its_place_nor_who_it_is_named_after() {
        for (long, short) in [
            ("Tessaly Batteries", "Tessaly"),
            ("the police of Halvorne", "Halvorne police"),
            ("the Halvorne Harbour Workers Union", "the Workers Union"),
            ("the Linden Post", "the Post"),
            ("the Ministry of Defence", "the ministry"),
        ] {
            assert!(fits(Sort::Body, long, short), "{long}: {short}");
            assert!(fits(Sort::Body, short, long), "{short}: {long}");
        }
        for (long, short, why) in [
            ("France Defence Forces", "France", "a body and its country"),
            ("the Halvorne Council", "Halvorne", "a body and its town"),
            ("the University of Ardmouth", "Ardmouth", "a body and what it is of"),
            ("the Varga Foundation", "Varga", "a body and whose name it has"),
            ("the Tessaly board", "Tessaly", "a part and the whole"),
            ("the Centre for Fair Rent Policy", "the Rent Policy Centre", "other words in another order"),
        ] {
            assert!(!fits(Sort::Body, long, short), "{long}: {short}: {why}");
            assert!(!fits(Sort::Body, short, long), "{short}: {long}: {why}");
        }
    }

    #[test]
    fn names_that_may_be_one() {
        assert!(fits(Sort::Person, "Rosalba Ixcot", "Ixcot"));
        assert!(fits(Sort::Person, "Dr Ann Lee", "Ann Lee"));
        assert!(!fits(Sort::Person, "Ann Lee", "Bo Lee"), "two of a family");
        assert!(!fits(Sort::Person, "Ann Lee", "Ann"), "a first name is anybody's");
        assert!(fits(Sort::Body, "the police of Halvorne", "police"));
        assert!(fits(Sort::Body, "Harbour Workers Union", "HWU"));
        assert!(!fits(Sort::Body, "the union of ferry crews", "the police"));
        assert!(fits(Sort::Several, "the South Sudan officials", "South Sudan officials"));
        assert!(!fits(Sort::Several, "residents", "the residents"), "those of another street");
    }

    /// One story in three articles: "Ann Lee" in the first, "Lee" in the two others.
    fn story() -> Catalogue {
        let mut all = Catalogue::default();
        all.incidents.push(Incident { articles: vec![0, 1, 2], ..Incident::default() });
        for (at, name) in ["Ann Lee", "Lee", "Lee"].into_iter().enumerate() {
            all.articles.push(Article {
                id: at.to_string(),
                incidents: vec![0],
                statements: vec![at as u32],
                ..Article::default()
            });
            all.statements.push(Statement { article: at as u32, speakers: vec![at as u32], ..Statement::default() });
            all.agents.push(Agent {
                iri: format!("urn:{at}"),
                name: name.into(),
                kind: Kind::Person,
                roles: Vec::new(),
                same_as: Vec::new(),
                statements: vec![at as u32],
            });
        }
        all
    }

    #[test]
    fn two_names_are_asked_about_once_however_many_articles_have_them() {
        assert_eq!(story().alike(), [Alike { one: 0, others: vec![1, 2], are_one_now: false }]);
    }

    #[test]
    fn nobody_in_particular_is_no_candidate() {
        for name in ["a resident", "two officials", "He", "40 people", "others"] {
            assert!(is_vague(name, &telling(name)), "{name}");
        }
        assert!(!is_vague("the police", &telling("the police")));
    }
}
