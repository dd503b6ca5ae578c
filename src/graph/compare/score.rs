//! Weights of features, their sums, and the chance that a sum stands for. All sums are whole numbers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::likeness::Feature;
use crate::lexicon::table;

/// What the sums are in: a hundred is one step of the natural logarithm of the odds.
const UNIT: i32 = 100;

/// The chances, in percent, that two figures answer one question, or the same question in another scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chances {
    pub same: u8,
    pub scope: u8,
}

type Row = (i32, i32, i32);

/// Feature to its weights: for one question, for another scope, for an update.
#[derive(Debug)]
pub struct Weights(FxHashMap<Feature, Row>);

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("en/weights.tsv")));

impl Weights {
    /// Those that ship with the program.
    pub fn shipped() -> &'static Weights {
        &SHIPPED
    }

    /// A table in the shape of the one that ships; panics where it is malformed.
    pub fn read(text: &'static str) -> Weights {
        let row = |(line, cells): (usize, Vec<&'static str>)| {
            let &[a, b, same, scope, update] = cells.as_slice() else { panic!("weights.tsv:{line}: expected 5 cells") };
            let number =
                |cell: &str| cell.parse().unwrap_or_else(|_| panic!("weights.tsv:{line}: {cell:?} is no number"));
            ((a, b), (number(same), number(scope), number(update)))
        };
        Weights(table::rows(text).map(row).collect())
    }

    fn sums(&self, features: &[Feature]) -> Row {
        features.iter().filter_map(|f| self.0.get(f)).fold((0, 0, 0), |(x, y, z), w| (x + w.0, y + w.1, z + w.2))
    }

    /// The chances of a pair with these features.
    pub fn chances(&self, features: &[Feature]) -> Chances {
        let (same, scope, _) = self.sums(features);
        let power = |sum: i32| (f64::from(sum.clamp(-2000, 2000)) / f64::from(UNIT)).exp();
        let (same, scope) = (power(same), power(scope));
        let all = 1.0 + same + scope;
        let percent = |part: f64| (part * 100.0 / all).round() as u8;
        Chances { same: percent(same), scope: percent(scope) }
    }

    /// The chance, in percent, that one figure takes the place of another.
    pub fn update(&self, features: &[Feature]) -> u8 {
        let power = (f64::from(self.sums(features).2.clamp(-2000, 2000)) / f64::from(UNIT)).exp();
        (power * 100.0 / (1.0 + power)).round() as u8
    }

    /// The features that weigh most for one question, the heaviest first.
    pub fn reasons(&self, features: &[Feature]) -> Vec<Feature> {
        let mut found: Vec<(i32, Feature)> = features
            .iter()
            .filter(|f| f.0 != "base")
            .filter_map(|f| Some((self.0.get(f)?.0, *f)))
            .filter(|(w, _)| *w > 0)
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, f)| f).take(5).collect()
    }
}
