//! Which speakers are one: those that articles name in full alike, and those of whom a person has said so; namesakes that a
//! person has told apart are not.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Agent, Catalogue, Statement};
use crate::graph::decided::{Decided, flat};
use crate::graph::view::Kind;

/// The speakers that are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Ones {
    /// The speaker that stands for each.
    of: Vec<u32>,
    /// All that a speaker stands for, where they are several.
    groups: FxHashMap<u32, Vec<u32>>,
}

impl Agent {
    /// Whether the name is enough to tell who it is, in whatever article: a person's with first name and surname, a body's.
    pub fn is_full(&self) -> bool {
        Agent::is_full_name(self.kind, &self.name)
    }

    /// The same of a name of somebody of a kind.
    pub(super) fn is_full_name(kind: Kind, name: &str) -> bool {
        match kind {
            Kind::Person => name.contains(' '),
            Kind::Organization => true,
            _ => false,
        }
    }
}

impl Catalogue {
    /// The speaker that stands for one and for all others that are the same.
    pub fn one(&self, agent: u32) -> u32 {
        self.ones.of.get(agent as usize).copied().unwrap_or(agent)
    }

    /// All speakers that are the same as one, in order; itself among them.
    pub fn all_of(&self, agent: u32) -> Vec<u32> {
        self.ones.groups.get(&self.one(agent)).cloned().unwrap_or_else(|| vec![agent])
    }

    /// Who said it, in words, under one name for those that are one.
    pub fn voice(&self, statement: &Statement) -> String {
        if statement.speakers.is_empty() || self.ones.groups.is_empty() {
            return self.who(statement);
        }
        let names: Vec<&str> =
            statement.speakers.iter().map(|&a| self.agents[self.one(a) as usize].name.as_str()).collect();
        names.join(" and ")
    }

    /// The articles in which a speaker is heard.
    pub fn heard_in(&self, agent: u32) -> impl Iterator<Item = u32> {
        self.agents[agent as usize].statements.iter().map(|&s| self.statements[s as usize].article)
    }

    /// Finds out who is one, with what people decided.
    pub(super) fn unite(&mut self, decided: &Decided) {
        let pairs = decided.pairs();
        let names: FxHashSet<&str> =
            pairs.iter().flat_map(|(pair, _)| pair.sides.iter().map(|s| s.words.as_str())).collect();
        let mut named: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        if !names.is_empty() {
            for (at, agent) in self.agents.iter().enumerate() {
                let name = flat(&agent.name);
                if names.contains(name.as_str()) {
                    named.entry(name).or_default().push(at as u32);
                }
            }
        }
        let meant = |words: &str, article: &str| -> Vec<u32> {
            let all = named.get(words).map_or(&[][..], Vec::as_slice);
            let is_there = |agent: &&u32| {
                article.is_empty() || self.heard_in(**agent).any(|a| self.articles[a as usize].id == article)
            };
            all.iter().filter(is_there).copied().collect()
        };
        // Namesakes: the one of the second article is another than all others of the name.
        let mut apart: FxHashMap<u32, &str> = FxHashMap::default();
        for (pair, _) in pairs.iter().filter(|(pair, is_one)| !is_one && pair.are_namesakes()) {
            let [_, other] = &pair.sides;
            meant(&other.words, &other.article).into_iter().for_each(|agent| {
                apart.insert(agent, &other.article);
            });
        }
        let mut of: Vec<u32> = (0..self.agents.len() as u32).collect();
        let mut first: FxHashMap<(&str, Kind, &str), u32> = FxHashMap::default();
        for (at, agent) in self.agents.iter().enumerate().filter(|(_, agent)| agent.is_full()) {
            let key = (agent.name.as_str(), agent.kind, apart.get(&(at as u32)).copied().unwrap_or(""));
            of[at] = *first.entry(key).or_insert(at as u32);
        }
        let root = |of: &[u32], mut at: u32| {
            while of[at as usize] != at {
                at = of[at as usize];
            }
            at
        };
        for (pair, _) in pairs.iter().filter(|(_, is_one)| *is_one) {
            let mut all: Vec<u32> = pair.sides.iter().flat_map(|side| meant(&side.words, &side.article)).collect();
            all.iter_mut().for_each(|agent| *agent = root(&of, *agent));
            let standing = |agent: u32| crate::import::decisions::standing(&self.agents[agent as usize].name);
            let Some(&best) = all.iter().min_by_key(|&&a| (std::cmp::Reverse(standing(a)), a)) else { continue };
            all.iter().for_each(|&agent| of[agent as usize] = best);
        }
        let of: Vec<u32> = (0..of.len() as u32).map(|at| root(&of, at)).collect();
        let mut groups: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (at, &one) in of.iter().enumerate() {
            if one != at as u32 {
                groups.entry(one).or_insert_with(|| vec![one]).push(at as u32);
            }
        }
        groups.values_mut().for_each(|group| group.sort_unstable());
        self.ones = Ones { of, groups };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::catalogue::Article;
    use crate::import::decisions::Line;

    /// Three articles: "Ann Lee" in the first two, "Lee" in the third.
    fn three() -> Catalogue {
        let mut all = Catalogue::default();
        for (at, (id, name)) in [("a", "Ann Lee"), ("b", "Ann Lee"), ("c", "Lee")].into_iter().enumerate() {
            all.articles.push(Article { id: id.into(), ..Article::default() });
            all.statements.push(Statement { article: at as u32, speakers: vec![at as u32], ..Statement::default() });
            all.agents.push(Agent {
                iri: format!("urn:{id}"),
                name: name.into(),
                kind: Kind::Person,
                roles: Vec::new(),
                same_as: Vec::new(),
                statements: vec![at as u32],
            });
        }
        all
    }

    fn decided(decision: &str, article: &str, words: &str) -> Decided {
        Decided::of(vec![Line {
            decision: decision.into(),
            kind: "merge".into(),
            article: article.into(),
            words: words.into(),
            ..Line::default()
        }])
    }

    #[test]
    fn full_names_are_one_by_themselves() {
        let mut all = three();
        all.unite(&Decided::default());
        assert_eq!((all.all_of(1), all.all_of(2)), (vec![0, 1], vec![2]));
    }

    #[test]
    fn a_merge_makes_two_names_one_in_every_article() {
        let mut all = three();
        all.unite(&decided("accept", "| c", "Ann Lee | Lee"));
        assert_eq!(all.all_of(2), [0, 1, 2]);
        assert_eq!(all.voice(&all.statements[2]), "Ann Lee");
        all.unite(&decided("accept", "| b", "Ann Lee | Lee"));
        assert_eq!(all.all_of(2), [2], "there is no Lee in that article");
    }

    #[test]
    fn namesakes_are_told_apart() {
        let mut all = three();
        all.unite(&decided("reject", "a | b", "Ann Lee | Ann Lee"));
        assert_eq!((all.all_of(0), all.all_of(1)), (vec![0], vec![1]));
    }
}
