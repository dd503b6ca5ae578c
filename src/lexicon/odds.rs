//! Chances as sums of learned weights: facts of a row, each a kind and a value, weigh hundredths of log-odds.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::table;

/// A kind of fact and its value.
pub type Fact = (&'static str, &'static str);

/// The weights of single facts and of two together, and the kinds of those that are looked at together.
#[derive(Debug, Default)]
pub struct Odds {
    single: FxHashMap<Fact, i32>,
    pairs: FxHashMap<(Fact, Fact), i32>,
    together: Vec<(&'static str, &'static str)>,
}

impl Odds {
    /// Reads a table of rows "kind, value, weight" and "kind, value, other kind, its value, weight".
    ///
    /// # Panics
    /// Where a row has other cells or its weight is no number: the table is compiled in.
    pub fn read(name: &str, rows: &'static str) -> Odds {
        let mut odds = Odds::default();
        for (line, cells) in table::rows(rows) {
            let weight = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("{name}:{line}: weight {cell}"));
            match cells.as_slice() {
                [kind, value, cell] => {
                    odds.single.insert((*kind, *value), weight(cell));
                }
                [kind, value, other, second, cell] => {
                    odds.pairs.insert(((*kind, *value), (*other, *second)), weight(cell));
                    if !odds.together.contains(&(*kind, *other)) {
                        odds.together.push((*kind, *other));
                    }
                }
                _ => panic!("{name}:{line}: three or five cells"),
            }
        }
        odds
    }

    /// The chance in percent, from 0 to 99.
    pub fn percent(&self, facts: &[Fact]) -> u8 {
        let of = |wanted: &str| facts.iter().find(|(kind, _)| *kind == wanted).copied();
        let single: i32 = facts.iter().filter_map(|f| self.single.get(f)).sum();
        let pair = |(a, b): &(&'static str, &'static str)| self.pairs.get(&(of(a)?, of(b)?));
        chance(single + self.together.iter().filter_map(pair).sum::<i32>())
    }
}

/// For each percent from 1 to 99 the log-odds, in hundredths, from which on it holds.
static STEPS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let odds = |percent: i32| (f64::from(percent) - 0.5) / (100.5 - f64::from(percent));
    (1..100).map(|p| (100.0 * odds(p).ln()).round() as i32).collect()
});

/// The chance in percent, from 0 to 99, that a sum of hundredths of log-odds stands for.
pub fn chance(sum: i32) -> u8 {
    STEPS.partition_point(|&step| step <= sum) as u8
}

/// A chance in percent as one of ten steps.
pub fn tenth(percent: u8) -> &'static str {
    ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90"][usize::from(percent.min(99) / 10)]
}

/// A number of things as a fact.
pub fn several(n: usize) -> &'static str {
    ["0", "1", "2", "3", "4"].get(n).copied().unwrap_or("more")
}
