//! Speakers that may be one, and speakers counted as one that may be two: what a person is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Agent, Catalogue, source_kind};
use crate::graph::view::Kind;

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

/// Two speakers about whom a person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub one: u32,
    pub other: u32,
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

/// Whether two names may be one's.
fn may_be_one(sorts: [Sort; 2], names: [&str; 2], words: [&[String]; 2]) -> bool {
    let persons = sorts.iter().filter(|sort| **sort == Sort::Person).count();
    if persons == 1 {
        return false;
    }
    let [a, b] = words;
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
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
    is_part || long.len() > 1 && letters.is_some()
}

impl Catalogue {
    /// The pairs of speakers about whom a person is best asked, those with most statements first: names of one story that may
    /// be one's, then namesakes of different stories in different offices.
    pub fn alike(&self) -> Vec<Alike> {
        let mut found = self.one_in_a_story();
        let said =
            |agent: u32| self.all_of(agent).iter().map(|&a| self.agents[a as usize].statements.len()).sum::<usize>();
        found.sort_by_key(|pair| (std::cmp::Reverse(said(pair.other)), pair.one, pair.other));
        found.dedup();
        found.extend(self.namesakes());
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

    fn one_in_a_story(&self) -> Vec<Alike> {
        let words: Vec<Vec<String>> = self.agents.iter().map(|agent| telling(&agent.name)).collect();
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
                    )
                };
                if let Some(&(one, _)) = agents[..place].iter().find(fits)
                    && seen.insert((one, other))
                {
                    found.push(Alike { one, other, are_one_now: false });
                }
            }
        }
        found
    }

    fn namesakes(&self) -> Vec<Alike> {
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
                found.push(Alike { one, other: at, are_one_now: true });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(sort: Sort, a: &str, b: &str) -> bool {
        let words = [telling(a), telling(b)];
        may_be_one([sort, sort], [a, b], [&words[0], &words[1]])
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

    #[test]
    fn nobody_in_particular_is_no_candidate() {
        for name in ["a resident", "two officials", "He", "40 people", "others"] {
            assert!(is_vague(name, &telling(name)), "{name}");
        }
        assert!(!is_vague("the police", &telling("the police")));
    }
}
