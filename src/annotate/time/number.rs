//! Numbers, years and units as expressions of time hold them.

use super::calendar::Grain;
use super::find::Finder;
use super::meaning::{Amount, Year};
use super::words::Class;

/// An end position (exclusive) and what was read.
pub type Read<T> = Option<(usize, T)>;

impl Finder<'_> {
    /// A number below a hundred in words: "twenty", "twenty-four".
    fn below_hundred(&self, i: usize) -> Read<i32> {
        match self.class(i) {
            Class::Number => Some((i + 1, self.value(i))),
            Class::Tens => {
                let next = if self.class(i + 1) == Class::Hyphen { i + 2 } else { i + 1 };
                match self.class(next) {
                    Class::Number if (1..10).contains(&self.value(next)) => {
                        Some((next + 1, self.value(i) + self.value(next)))
                    }
                    _ => Some((i + 1, self.value(i))),
                }
            }
            _ => None,
        }
    }

    /// A whole number in words: "four", "a hundred", "two thousand and fifteen".
    pub fn number_words(&self, i: usize) -> Read<i32> {
        let (mut at, mut number) = match self.class(i) {
            Class::Article if matches!(self.class(i + 1), Class::Hundred | Class::Thousand) => (i + 1, 1),
            Class::Article if self.class(i + 1) == Class::Number && self.value(i + 1) == 12 => {
                return Some((i + 2, 12));
            }
            Class::Hundred | Class::Thousand => (i, 1),
            _ => self.below_hundred(i)?,
        };
        let mut total = 0i32;
        for (class, factor) in [(Class::Thousand, 1000), (Class::Hundred, 100)] {
            if self.class(at) == class && number != 0 {
                total += number * factor;
                at += 1;
                number = 0;
                let next = if self.class(at) == Class::And { at + 1 } else { at };
                if let Some((end, more)) = self.below_hundred(next) {
                    at = end;
                    number = more;
                }
            }
        }
        Some((at, total + number))
    }

    /// A year written as four digits, in words ("nineteen ninety-six", "two thousand and fifteen"), or as "'96".
    pub fn year(&self, i: usize) -> Read<Year> {
        match self.class(i) {
            Class::Digits if self.digits(i) == 4 && (1000..=2999).contains(&self.value(i)) => {
                // "1990-91" is a span of years, "1990-2-3" a date: the finder's business.
                Some((i + 1, Year::Known(self.value(i))))
            }
            Class::Quote if self.class(i + 1) == Class::Digits && self.digits(i + 1) == 2 && self.glued(i + 1) => {
                Some((i + 2, Year::TwoDigits(self.value(i + 1))))
            }
            Class::Number | Class::Tens => self.year_words(i).map(|(end, y)| (end, Year::Known(y))),
            _ => None,
        }
    }

    /// "nineteen ninety-six", "nineteen hundred ninety three", "two thousand (and fifteen)".
    fn year_words(&self, i: usize) -> Read<i32> {
        let (at, first) = self.below_hundred(i)?;
        if first == 2 && self.class(at) == Class::Thousand {
            let and = if self.class(at + 1) == Class::And { at + 2 } else { at + 1 };
            return match self.below_hundred(and) {
                Some((end, rest)) if self.class(end) != Class::Hundred => Some((end, 2000 + rest)),
                _ => Some((at + 1, 2000)),
            };
        }
        if !(11..=20).contains(&first) {
            return None;
        }
        let at = if self.class(at) == Class::Hyphen { at + 1 } else { at };
        let (hundred, at) = if self.class(at) == Class::Hundred { (true, at + 1) } else { (false, at) };
        let at = if hundred && self.class(at) == Class::And { at + 1 } else { at };
        match self.below_hundred(at) {
            Some((end, rest)) if hundred || rest >= 10 => Some((end, first * 100 + rest)),
            None if hundred => Some((at, first * 100)),
            _ => None,
        }
    }

    /// A day of the month: "19", "20th", "twenty-first". A bare number must not go on as another kind of number.
    pub fn month_day(&self, i: usize) -> Read<i32> {
        match self.class(i) {
            Class::Digits if self.digits(i) <= 2 && (1..=31).contains(&self.value(i)) => {
                let glued_on = self.glued(i + 1)
                    && (self.class(i + 1) == Class::Other || self.class(i + 1) == Class::Slash)
                    && !self.is_punctuation(i + 1);
                (!glued_on).then(|| (i + 1, self.value(i)))
            }
            _ => self.ordinal(i).filter(|&(_, n)| (1..=31).contains(&n)),
        }
    }

    /// "20th", "third", "twenty-first".
    pub fn ordinal(&self, i: usize) -> Read<i32> {
        match self.class(i) {
            Class::Ordinal => Some((i + 1, self.value(i))),
            Class::Tens => {
                let next = if self.class(i + 1) == Class::Hyphen { i + 2 } else { i + 1 };
                (self.class(next) == Class::Ordinal && (1..10).contains(&self.value(next)))
                    .then(|| (next + 1, self.value(i) + self.value(next)))
            }
            _ => None,
        }
    }

    /// A unit of time: "day", "weeks"; after a number "second" is one too. Gives the grain and whether it is plural.
    pub fn unit(&self, i: usize) -> Read<(Grain, bool)> {
        let plural = match self.class(i) {
            Class::Unit => false,
            Class::Units => true,
            Class::Ordinal if self.value(i) == 2 && self.digits(i) == 0 => {
                return Some((i + 1, (Grain::Second, false)));
            }
            _ => return None,
        };
        Some((i + 1, (Grain::from_code(self.value(i))?, plural)))
    }

    /// How many: "four", "2 1/2", "a couple of", "several", "two to three", "a". The unit must follow.
    pub fn amount(&self, i: usize) -> Read<Amount> {
        let (mut at, mut amount) = self.plain_amount(i)?;
        // "two to three", "12 or 18", "5-7"
        let joined = matches!(self.class(at), Class::To | Class::Or | Class::Hyphen);
        if joined && amount.hundredths.is_some() {
            if let Some((end, upper)) = self.plain_amount(at + 1) {
                if upper.hundredths > amount.hundredths && !matches!(self.class(at + 1), Class::Article) {
                    amount.upper = upper.hundredths;
                    at = end;
                }
            }
        }
        Some((at, amount))
    }

    fn plain_amount(&self, i: usize) -> Read<Amount> {
        let exact =
            |end, hundredths: i64| Some((end, Amount { hundredths: Some(hundredths), about: false, upper: None }));
        let of = |end: usize| if self.class(end) == Class::Of { end + 1 } else { end };
        match self.class(i) {
            Class::Digits | Class::Grouped => {
                if self.class(i) == Class::Digits && self.glued(i + 1) && self.class(i + 1) == Class::Slash {
                    // "1/2"
                    let (top, bottom) = (i64::from(self.value(i)), i64::from(self.value(i + 2)));
                    let small = self.class(i + 2) == Class::Digits && (2..=8).contains(&bottom) && top < bottom;
                    return if small { exact(i + 3, top * 100 / bottom) } else { None };
                }
                let whole = i64::from(self.value(i)) * 100;
                // "2 1/2"
                if self.class(i + 1) == Class::Digits && self.class(i + 2) == Class::Slash && self.glued(i + 2) {
                    if let Some((end, Amount { hundredths: Some(part), .. })) = self.plain_amount(i + 1) {
                        return exact(end, whole + part);
                    }
                }
                if self.class(i + 1) == Class::Half && self.glued(i + 1) {
                    return exact(i + 2, whole + 50);
                }
                self.and_fraction(i + 1, whole).map_or_else(|| exact(i + 1, whole), |(end, sum)| exact(end, sum))
            }
            Class::Decimal => exact(i + 1, i64::from(self.value(i))),
            // "for the third time in as many months"
            Class::Vague if self.before(i) == Class::As => None,
            Class::Vague => Some((i + 1, Amount::vague())),
            Class::Half => {
                let at = if self.class(i + 1) == Class::Hyphen { i + 2 } else { i + 1 };
                let at = if matches!(self.class(at), Class::Article) { at + 1 } else { at };
                exact(at, 50)
            }
            Class::Couple => Some((of(i + 1), Amount { hundredths: Some(200), about: true, upper: None })),
            Class::Article => match self.class(i + 1) {
                Class::Couple => self.plain_amount(i + 1),
                Class::Vague => Some((i + 2, Amount::vague())),
                Class::Half => exact(i + 2, 50),
                Class::Number | Class::Hundred | Class::Thousand => {
                    let (end, n) = self.number_words(i)?;
                    exact(end, i64::from(n) * 100)
                }
                _ => exact(i + 1, 100),
            },
            Class::Number | Class::Tens | Class::Hundred | Class::Thousand => {
                let (end, n) = self.number_words(i)?;
                let whole = i64::from(n) * 100;
                self.and_fraction(end, whole).map_or_else(|| exact(end, whole), |(end, sum)| exact(end, sum))
            }
            _ => None,
        }
    }

    /// "and a half", "and a quarter" after a number.
    fn and_fraction(&self, at: usize, whole: i64) -> Read<i64> {
        if self.class(at) != Class::And {
            return None;
        }
        let next = if self.class(at + 1) == Class::Article { at + 2 } else { at + 1 };
        match self.class(next) {
            Class::Half => Some((next + 1, whole + 50)),
            Class::Unit if self.value(next) == 6 && next == at + 2 => Some((next + 1, whole + 25)),
            _ => None,
        }
    }
}
