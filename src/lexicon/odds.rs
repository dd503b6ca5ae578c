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
        chance(self.sum(facts))
    }

    /// The sum of the weights, in hundredths of log-odds.
    fn sum(&self, facts: &[Fact]) -> i32 {
        let known: FxHashMap<&'static str, &'static str> = facts.iter().rev().copied().collect();
        let of = |wanted: &'static str| Some((wanted, *known.get(wanted)?));
        let single: i32 = facts.iter().filter_map(|f| self.single.get(f)).sum();
        let pair = |(a, b): &(&'static str, &'static str)| self.pairs.get(&(of(a)?, of(b)?));
        single + self.together.iter().filter_map(pair).sum::<i32>()
    }

    /// Of several who exclude each other, and of nobody, who has stands to zero: the likeliest, the first of equals, and its
    /// chance in percent, from 0 to 99.
    pub fn likeliest<'f>(&self, rivals: impl Iterator<Item = &'f [Fact]>) -> Option<(usize, u8)> {
        let sums: Vec<i32> = rivals.map(|facts| self.sum(facts)).collect();
        let best = (0..sums.len()).max_by_key(|&at| (sums[at], std::cmp::Reverse(at)))?;
        let total: f64 = 1.0 + sums.iter().map(|&s| exponential(s)).sum::<f64>();
        Some((best, (100.0 * exponential(sums[best]) / total).floor().min(99.0) as u8))
    }
}

/// e to the power of so many hundredths, by multiplication alone: the same on every machine.
fn exponential(hundredths: i32) -> f64 {
    /// e to the power of a hundredth.
    const STEP: f64 = 1.010_050_167_084_168;
    static POWERS: LazyLock<Vec<f64>> =
        LazyLock::new(|| std::iter::successors(Some(1.0), |p| Some(p * STEP)).take(3001).collect());
    let power = POWERS[hundredths.unsigned_abs().min(3000) as usize];
    if hundredths < 0 { 1.0 / power } else { power }
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
