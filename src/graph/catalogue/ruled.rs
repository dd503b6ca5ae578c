//! Decisions of people, applied to the rows: a rejected statement is not sure at all, a confirmed one is certain, one of
//! somebody else has the other speaker; a rejected verdict is none. What the rows were before is kept, so that decisions can
//! be applied anew when they have changed.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Catalogue, Comparison, Statement, Verdict};
use crate::graph::Error;
use crate::graph::decided::{Checked, Decided, Ruling, STATEMENT, Sides, VERDICT, flat};
use crate::graph::store::Loaded as Store;
use crate::graph::view::{Kind, Resource};
use crate::graph::vocab::property;

/// How a person's decision stands to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has decided.
    #[default]
    Open,
    /// It is right.
    Right,
    /// It is no such thing.
    Wrong,
    /// It was changed.
    Corrected,
}

/// Rows as they were before decisions changed them.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    statements: Vec<(u32, Statement)>,
    comparisons: Vec<(u32, Comparison)>,
}

impl Catalogue {
    /// The words by which a decision knows a statement: article, words, source as worded, who it is given to.
    pub fn told_by(&self, statement: &Statement) -> [String; 4] {
        let article = self.article(statement);
        let who = match statement.is_narrator() {
            true => article.publisher.clone(),
            false if statement.speakers.is_empty() => statement.source.to_string(),
            false => self.who(statement),
        };
        [article.id.clone(), flat(&statement.words), flat(&statement.source), flat(&who)]
    }

    /// The words by which a decision knows a verdict.
    pub fn sides(&self, comparison: &Comparison) -> Sides {
        let [one, other] = [comparison.left, comparison.right].map(|figure| {
            let figure = &self.figures[figure as usize];
            let statement = self.statement(figure);
            [self.article(statement).id.as_str(), statement.words.as_str(), figure.surface.as_str()]
        });
        Sides::of(one, other)
    }

    /// Applies decisions in place of those applied before.
    pub fn decide(&mut self, store: &Store, decided: &Decided) -> Result<(), Error> {
        self.undecide();
        self.unite(decided);
        if decided.has(STATEMENT) {
            self.decide_statements(store, decided)?;
        }
        if decided.has(VERDICT) {
            for at in 0..self.comparisons.len() {
                let found = self.comparisons[at].verdict;
                let Some(ruling) = decided.verdict(&self.sides(&self.comparisons[at]), found) else { continue };
                self.before.comparisons.push((at as u32, self.comparisons[at].clone()));
                let comparison = &mut self.comparisons[at];
                (comparison.verdict, comparison.standing) = match ruling {
                    Some(verdict) if verdict == found => (verdict, Standing::Right),
                    Some(verdict) => (verdict, Standing::Corrected),
                    None => (Verdict::OtherScope, Standing::Wrong),
                };
            }
        }
        Ok(())
    }

    fn decide_statements(&mut self, store: &Store, decided: &Decided) -> Result<(), Error> {
        let words: FxHashSet<String> =
            decided.lines().iter().filter(|l| l.kind == STATEMENT).map(|l| flat(&l.words)).collect();
        for at in 0..self.statements.len() {
            if !words.contains(&flat(&self.statements[at].words)) {
                continue;
            }
            let [article, words, source, who] = self.told_by(&self.statements[at]);
            let Some(ruling) = decided.statement(&article, &words, &source, &who) else { continue };
            self.before.statements.push((at as u32, self.statements[at].clone()));
            let by_hand = self.is_by_hand(store, at)?;
            let speaker = match &ruling {
                Ruling::Of(name) => Some((name.clone(), self.agent_named(at, name))),
                _ => None,
            };
            let statement = &mut self.statements[at];
            statement.confidence = Some(if ruling == Ruling::Wrong { 0.0 } else { 1.0 });
            statement.standing = match ruling {
                Ruling::Right if !by_hand => Standing::Right,
                Ruling::Wrong => Standing::Wrong,
                _ => Standing::Corrected,
            };
            let Some((name, agent)) = speaker else { continue };
            if statement.is_narrator() {
                statement.mode = SmolStr::new("indirect");
                statement.kind = SmolStr::default();
            }
            statement.source = SmolStr::new(name);
            let old = std::mem::replace(&mut statement.speakers, agent.into_iter().collect());
            for agent in old {
                self.agents[agent as usize].statements.retain(|s| *s != at as u32);
            }
            if let Some(agent) = agent {
                let list = &mut self.agents[agent as usize].statements;
                let place = list.partition_point(|s| *s < at as u32);
                list.insert(place, at as u32);
            }
        }
        Ok(())
    }

    /// Whether the store was built with another speaker than the program's own.
    fn is_by_hand(&self, store: &Store, at: usize) -> Result<bool, Error> {
        let read = Resource::read(store, &self.statements[at].iri)?;
        Ok(read.texts(property::MADE_BY).any(|rule| rule == crate::graph::write::BY_HAND))
    }

    /// Who has this name: in the article itself, else a person or body of the store.
    fn agent_named(&self, at: usize, name: &str) -> Option<u32> {
        let article = &self.articles[self.statements[at].article as usize];
        let has = |agent: &u32| self.agents[*agent as usize].name.eq_ignore_ascii_case(name);
        let here = article.statements.iter().flat_map(|&s| self.statements[s as usize].speakers.iter().copied());
        here.into_iter().find(|agent| has(agent)).or_else(|| {
            (0..self.agents.len() as u32).find(|agent| {
                has(agent) && matches!(self.agents[*agent as usize].kind, Kind::Person | Kind::Organization)
            })
        })
    }

    fn undecide(&mut self) {
        let before = std::mem::take(&mut self.before);
        for (at, old) in before.statements {
            let new = std::mem::replace(&mut self.statements[at as usize], old);
            let old = self.statements[at as usize].speakers.clone();
            if new.speakers == old {
                continue;
            }
            for agent in new.speakers {
                self.agents[agent as usize].statements.retain(|s| *s != at);
            }
            for agent in old {
                let list = &mut self.agents[agent as usize].statements;
                let place = list.partition_point(|s| *s < at);
                list.insert(place, at);
            }
        }
        for (at, old) in before.comparisons {
            self.comparisons[at as usize] = old;
        }
    }

    /// How many of the statements that people looked at were read rightly: all, and those that others than the papers say.
    pub fn checked_statements(&self) -> Checked {
        let mut checked = Checked::default();
        for statement in self.statements.iter().filter(|s| s.standing != Standing::Open) {
            checked.count(statement.standing == Standing::Right);
        }
        checked
    }

    /// How many of the verdicts were.
    pub fn checked_verdicts(&self) -> Checked {
        let mut checked = Checked::default();
        for comparison in self.comparisons.iter().filter(|c| c.standing != Standing::Open) {
            checked.count(comparison.standing == Standing::Right);
        }
        checked
    }

    /// The statements that people rejected.
    pub fn rejected(&self) -> usize {
        self.statements.iter().filter(|s| s.standing == Standing::Wrong).count()
    }
}
