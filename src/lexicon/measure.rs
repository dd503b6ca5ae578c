//! Units of measure and currencies: their words, codes and exact factors, and what may be compared with what.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::table;

/// A unit of measure or a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Short code: `km`, `bbl`, `percent`, or ISO 4217; the name for a part of a currency (`cent`).
    pub code: String,
    /// UCUM code, if UCUM has the unit (it has no currencies).
    pub ucum: Option<String>,
    /// Local name of the QUDT unit: `KiloM`, `CCY_USD`; of its whole for a part of a currency.
    pub qudt: Option<String>,
    /// Name in the singular: `kilometre`, `dollar`, `cent`.
    pub name: String,
    /// What it measures: `length`, `mass`, `money` …
    pub dimension: &'static str,
    /// Factor to the base of the dimension as a ratio of exact decimals; `None` where there is no fixed one.
    pub factor: Option<(Decimal, Decimal)>,
}

impl Measure {
    /// True for currencies and their parts.
    pub fn is_money(&self) -> bool {
        self.dimension == "money"
    }

    /// True for second, hour, day, year …
    pub fn is_time(&self) -> bool {
        self.dimension.trim_end_matches('~') == "time"
    }
}

/// A unit found in running text: its row and how many words it took.
pub type Found = (&'static Measure, usize);

struct Table {
    rows: Vec<Measure>,
    by_code: FxHashMap<String, usize>,
    /// First word to (whole phrase, row), the longest phrases first.
    by_word: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    by_symbol: FxHashMap<String, usize>,
}

const PREFIXES: &[(&str, &str, i32)] = &[
    ("k", "kilo", 3),
    ("K", "kilo", 3),
    ("M", "mega", 6),
    ("G", "giga", 9),
    ("T", "tera", 12),
    ("P", "peta", 15),
    ("E", "exa", 18),
    ("h", "hecto", 2),
    ("c", "centi", -2),
    ("m", "milli", -3),
    ("μ", "micro", -6),
    ("n", "nano", -9),
    ("p", "pico", -12),
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut out = Table {
        rows: Vec::new(),
        by_code: FxHashMap::default(),
        by_word: FxHashMap::default(),
        by_symbol: FxHashMap::default(),
    };
    for (line, cells) in table::rows(include_str!("en/units.tsv")) {
        let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
        let some = |text: &str| (text != "-").then(|| text.to_owned());
        let factor = match cell(5) {
            "-" => None,
            text => Some(ratio(text).unwrap_or_else(|| panic!("units.tsv:{line}: bad factor {text}"))),
        };
        let base = Measure {
            code: cell(0).to_owned(),
            ucum: some(cell(1)),
            qudt: some(cell(2)),
            name: cell(3).to_owned(),
            dimension: cell(4),
            factor,
        };
        let words: Vec<&str> = table::list(cell(6)).collect();
        let symbols: Vec<&str> = table::list(cell(7)).collect();
        for prefix in table::list(cell(8)) {
            let (_, long, power) =
                PREFIXES.iter().find(|(p, _, _)| *p == prefix).unwrap_or_else(|| panic!("units.tsv:{line}: {prefix}"));
            let scale = (0..power.unsigned_abs()).fold(Decimal::ONE, |v, _| v * Decimal::TEN);
            let factor = base.factor.map(|(n, d)| if *power > 0 { (n * scale, d) } else { (n, d * scale) });
            let row = Measure {
                code: format!("{prefix}{}", base.code),
                ucum: base.ucum.as_ref().map(|u| format!("{prefix}{u}").replace('μ', "u")),
                qudt: base.qudt.as_ref().map(|q| format!("{}{}{q}", long[..1].to_uppercase(), &long[1..])),
                name: format!("{long}{}", base.name),
                dimension: base.dimension,
                factor,
            };
            let words: Vec<String> = words.iter().map(|w| format!("{long}{w}")).collect();
            let mut symbols: Vec<String> = symbols.iter().map(|s| format!("{prefix}{s}")).collect();
            if prefix == "μ" {
                symbols.extend(symbols.clone().iter().map(|s| s.replace('μ', "µ")));
            }
            if matches!(row.code.as_str(), "kHz" | "kWh" | "kW" | "km") {
                symbols.push(symbols[0].to_uppercase().replace("KHZ", "KHz").replace("KWH", "KWh"));
            }
            out.add(row, words.iter().map(String::as_str), symbols.iter().map(String::as_str));
        }
        out.add(base, words.into_iter(), symbols.into_iter());
    }
    for (line, cells) in table::rows(include_str!("en/currencies.tsv")) {
        let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
        let factor = ratio(cell(2)).unwrap_or_else(|| panic!("currencies.tsv:{line}: bad value"));
        let whole = factor == (Decimal::ONE, Decimal::ONE);
        let row = Measure {
            code: if whole { cell(0) } else { cell(1) }.to_owned(),
            ucum: None,
            qudt: Some(format!("CCY_{}", cell(0))),
            name: cell(1).to_owned(),
            dimension: "money",
            factor: Some(factor),
        };
        out.add(row, table::list(cell(3)), table::list(cell(4)));
    }
    for phrases in out.by_word.values_mut() {
        phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }
    out
});

impl Table {
    fn add<'a>(&mut self, row: Measure, words: impl Iterator<Item = &'a str>, symbols: impl Iterator<Item = &'a str>) {
        let index = self.rows.len();
        self.by_code.entry(row.code.clone()).or_insert(index);
        self.rows.push(row);
        for phrase in words {
            // Phrases are matched piece by piece: "light-year" is three pieces.
            let parts: Vec<String> = split(phrase);
            self.by_word.entry(parts[0].clone()).or_default().push((parts, index));
        }
        for symbol in symbols {
            self.by_symbol.entry(symbol.to_owned()).or_insert(index);
        }
    }
}

/// A phrase cut as pieces are: letters together, every other character alone.
fn split(phrase: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = false;
    for c in phrase.chars() {
        if c.is_whitespace() {
            open = false;
        } else if c.is_alphabetic() {
            match parts.last_mut().filter(|_| open) {
                Some(last) => last.push(c),
                None => parts.push(c.to_string()),
            }
            open = true;
        } else {
            parts.push(c.to_string());
            open = false;
        }
    }
    parts
}

fn ratio(text: &str) -> Option<(Decimal, Decimal)> {
    match text.split_once('/') {
        Some((n, d)) => Some((n.parse().ok()?, d.parse().ok()?)),
        None => Some((text.parse().ok()?, Decimal::ONE)),
    }
}

/// The unit of a code: `km`, `USD`; a part of a currency has its name as code (`cent`).
pub fn by_code(code: &str) -> Option<&'static Measure> {
    TABLE.by_code.get(code).map(|&i| &TABLE.rows[i])
}

/// The longest unit whose words begin with these lower-cased pieces.
pub fn by_words<'a>(first: &str, at: impl Fn(usize) -> Option<&'a str>) -> Option<Found> {
    let phrases = TABLE.by_word.get(first)?;
    phrases
        .iter()
        .find(|(parts, _)| parts.iter().enumerate().all(|(i, part)| at(i) == Some(part.as_str())))
        .map(|(parts, index)| (&TABLE.rows[*index], parts.len()))
}

/// The unit of a symbol as written: `km`, `GB`, `€`, `US$`.
pub fn by_symbol(symbol: &str) -> Option<&'static Measure> {
    TABLE.by_symbol.get(symbol).map(|&i| &TABLE.rows[i])
}

/// A value in another unit, and how far to trust it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The value in the unit asked for.
    pub value: Decimal,
    /// Why it is only an estimate ("7.33 barrels a tonne of crude oil"); `None` when the factor is fixed by definition.
    pub estimate: Option<&'static str>,
}

/// Why two measures cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// One of the codes is not known.
    UnknownUnit,
    /// They measure different things: metres and tonnes.
    OtherDimension,
    /// Alike, but no fixed factor lies between them: euros and dollars, tonnes and litres.
    NoFixedFactor,
    /// One is a rate and the other is not, or the divisors do not convert.
    OtherRate,
    /// The result does not fit 28 digits.
    TooLarge,
}

impl Apart {
    /// The reason in words, for output.
    pub fn reason(self) -> &'static str {
        match self {
            Apart::UnknownUnit => "a unit is not known",
            Apart::OtherDimension => "they measure different things",
            Apart::NoFixedFactor => "no fixed factor lies between the units",
            Apart::OtherRate => "one is a rate and the other is not",
            Apart::TooLarge => "the converted number is too large",
        }
    }
}

/// Barrels of crude oil in a tonne: the average of BP's Statistical Review of World Energy ("approximate conversion factors").
const BARRELS_A_TONNE: (i64, u32) = (733, 2);

/// Converts a value between two units. `of_oil`: the thing measured is crude oil, so that tonnes and barrels may be
/// converted by a stated average, marked as an estimate.
///
/// A number without unit (`item`, `person`) converts to itself and to the other count.
pub fn convert(value: Decimal, from: &str, to: &str, of_oil: bool) -> Result<Converted, Apart> {
    let exact = |value: Decimal| Ok(Converted { value: value.normalize(), estimate: None });
    let count = |code: &str| matches!(code, "item" | "person");
    if from == to || count(from) && count(to) {
        return exact(value);
    }
    if count(from) || count(to) {
        return Err(Apart::OtherDimension);
    }
    // A fraction and a percentage are the same share.
    if (from, to) == ("fraction", "percent") {
        return exact(value.checked_mul(Decimal::ONE_HUNDRED).ok_or(Apart::TooLarge)?);
    }
    if (from, to) == ("percent", "fraction") {
        return exact(value.checked_div(Decimal::ONE_HUNDRED).ok_or(Apart::TooLarge)?);
    }
    let (a, b) = (by_code(from).ok_or(Apart::UnknownUnit)?, by_code(to).ok_or(Apart::UnknownUnit)?);
    if of_oil && (a.dimension, b.dimension) == ("mass", "volume")
        || of_oil && (a.dimension, b.dimension) == ("volume", "mass")
    {
        return oil(value, a, b);
    }
    if a.dimension != b.dimension {
        let pair = (a.dimension.trim_end_matches('~'), b.dimension.trim_end_matches('~'));
        let alike = pair.0 == pair.1 || matches!(pair, ("mass", "volume") | ("volume", "mass"));
        return Err(if alike { Apart::NoFixedFactor } else { Apart::OtherDimension });
    }
    if a.is_money() && a.qudt != b.qudt {
        return Err(Apart::NoFixedFactor);
    }
    if a.dimension == "temperature" {
        return temperature(value, &a.code, &b.code).ok_or(Apart::TooLarge).and_then(exact);
    }
    let (Some((an, ad)), Some((bn, bd))) = (a.factor, b.factor) else { return Err(Apart::NoFixedFactor) };
    let top = value.checked_mul(an).and_then(|v| v.checked_mul(bd)).ok_or(Apart::TooLarge)?;
    let bottom = ad.checked_mul(bn).ok_or(Apart::TooLarge)?;
    exact(top.checked_div(bottom).ok_or(Apart::TooLarge)?)
}

/// Crude oil between mass and volume.
fn oil(value: Decimal, from: &Measure, to: &Measure) -> Result<Converted, Apart> {
    let per_tonne = Decimal::new(BARRELS_A_TONNE.0, BARRELS_A_TONNE.1);
    let (middle, target) = if from.dimension == "mass" { ("t", "bbl") } else { ("bbl", "t") };
    let middle = convert(value, &from.code, middle, false)?.value;
    let turned = if target == "bbl" { middle.checked_mul(per_tonne) } else { middle.checked_div(per_tonne) };
    let value = convert(turned.ok_or(Apart::TooLarge)?, target, &to.code, false)?.value;
    Ok(Converted { value, estimate: Some("7.33 barrels of crude oil to the tonne") })
}

fn temperature(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let absolute = Decimal::new(27315, 2);
    let celsius = match from {
        "degF" => value.checked_sub(Decimal::from(32))?.checked_mul(Decimal::from(5))?.checked_div(Decimal::from(9))?,
        "K" => value.checked_sub(absolute)?,
        _ => value,
    };
    Some(match to {
        "degF" => {
            celsius.checked_mul(Decimal::from(9))?.checked_div(Decimal::from(5))?.checked_add(Decimal::from(32))?
        }
        "K" => celsius.checked_add(absolute)?,
        _ => celsius,
    })
}

/// Days in the period that a rate is by: `day` 1, `week` 7, `year` 365, `month` 365/12.
pub fn days(period: &str) -> Option<(Decimal, Decimal)> {
    let n = |n: i64, d: i64| Some((Decimal::from(n), Decimal::from(d)));
    match period {
        "second" => n(1, 86400),
        "minute" => n(1, 1440),
        "hour" => n(1, 24),
        "day" | "night" => n(1, 1),
        "week" => n(7, 1),
        "fortnight" => n(14, 1),
        "month" => n(365, 12),
        "quarter" => n(365, 4),
        "year" => n(365, 1),
        "decade" => n(3650, 1),
        "century" => n(36500, 1),
        _ => None,
    }
}

/// Brings a rate from one divisor to another: $500 million a `year` into dollars a `day`. `None` as divisor: no rate.
pub fn per(value: Decimal, from: Option<&str>, to: Option<&str>) -> Result<Decimal, Apart> {
    if from == to {
        return Ok(value.normalize());
    }
    let (Some(from), Some(to)) = (from, to) else { return Err(Apart::OtherRate) };
    if let (Some((an, ad)), Some((bn, bd))) = (days(from), days(to)) {
        let top = value.checked_mul(bn).and_then(|v| v.checked_mul(ad)).ok_or(Apart::TooLarge)?;
        let bottom = an.checked_mul(bd).ok_or(Apart::TooLarge)?;
        return top.checked_div(bottom).map(|v| v.normalize()).ok_or(Apart::TooLarge);
    }
    // Dollars a barrel into dollars a litre: as many as one litre has barrels.
    convert(value, to, from, false).map(|c| c.value).map_err(|_| Apart::OtherRate)
}

/// "north", "southeast", "westwards": a quarter of the compass.
pub fn is_direction(word: &str) -> bool {
    ["north", "south", "east", "west"].iter().any(|quarter| word.starts_with(quarter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("decimal")
    }

    #[test]
    fn units_convert_by_fixed_factors() {
        assert_eq!(convert(d("1"), "mi", "km", false).expect("lengths").value, d("1.609344"));
        assert_eq!(convert(d("1"), "bbl", "l", false).expect("volumes").value, d("158.987294928"));
        assert_eq!(convert(d("212"), "degF", "Cel", false).expect("temperatures").value, d("100"));
        assert_eq!(convert(d("0.75"), "fraction", "percent", false).expect("shares").value, d("75"));
        assert_eq!(convert(d("3"), "item", "person", false).expect("counts").value, d("3"));
        assert_eq!(convert(d("250"), "cent", "USD", false).expect("money").value, d("2.5"));
    }

    #[test]
    fn oil_is_an_estimate_and_says_so() {
        let barrels = convert(d("100"), "t", "bbl", true).expect("oil");
        assert_eq!(barrels.value, d("733"));
        assert!(barrels.estimate.is_some());
        assert_eq!(convert(d("100"), "t", "bbl", false), Err(Apart::NoFixedFactor));
    }

    #[test]
    fn what_cannot_be_compared_says_so() {
        assert_eq!(convert(d("1"), "EUR", "USD", false), Err(Apart::NoFixedFactor));
        assert_eq!(convert(d("1"), "km", "t", false), Err(Apart::OtherDimension));
        assert_eq!(convert(d("1"), "percent", "percentage-point", false), Err(Apart::OtherDimension));
        assert_eq!(convert(d("1"), "item", "t", false), Err(Apart::OtherDimension));
        assert_eq!(convert(d("1"), "no such unit", "t", false), Err(Apart::UnknownUnit));
        assert_eq!(per(d("1"), Some("day"), None), Err(Apart::OtherRate));
    }

    #[test]
    fn rates_change_their_divisor() {
        assert_eq!(per(d("365000000"), Some("year"), Some("day")), Ok(d("1000000")));
        assert_eq!(per(d("2000000"), Some("day"), Some("week")), Ok(d("14000000")));
        assert_eq!(per(d("158.987294928"), Some("bbl"), Some("l")), Ok(d("1")));
    }

    #[test]
    fn huge_values_are_refused() {
        assert_eq!(convert(Decimal::MAX, "km", "m", false), Err(Apart::TooLarge));
        assert_eq!(per(Decimal::MAX, Some("day"), Some("year")), Err(Apart::TooLarge));
    }

    #[test]
    fn names_are_found() {
        let find = |words: &[&'static str]| {
            let words = words.to_vec();
            by_words(words[0], |i| words.get(i).copied()).map(|(m, n)| (m.code.as_str(), n))
        };
        assert_eq!(find(&["square", "metres", "of"]), Some(("m2", 2)));
        assert_eq!(find(&["kilometres"]), Some(("km", 1)));
        assert_eq!(find(&["hong", "kong", "dollars"]), Some(("HKD", 3)));
        assert_eq!(find(&["light", "-", "years"]), Some(("ly", 3)));
        assert_eq!(find(&["tables"]), None);
        assert_eq!(by_symbol("GWh").map(|m| m.qudt.as_deref()), Some(Some("GigaW-HR")));
    }
}
