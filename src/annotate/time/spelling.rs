//! Spellings: what the resolver writes for lengths, for dates with holes, and for named days of a year.

use jiff::civil::Date;

use crate::text::TimeMod;

use super::calendar::{Cal, Grain, SEASONS, add_days, date, easter, nth_weekday};
use super::duration::period;
use super::meaning::{Amount, Inner, Meaning, Year};
use super::words::DayRule;

/// A stretch of a year that is known.
pub fn within_year(y: i32, inner: Inner) -> Option<Cal> {
    let year = i16::try_from(y).ok()?;
    checked(match inner {
        Inner::Whole | Inner::SameQuarter => Cal::Year(year),
        Inner::Month(m) => Cal::Month(year, m as i8),
        Inner::Day(m, d) => Cal::Day(date(y, m, d)?),
        Inner::Quarter(q) => Cal::Quarter(year, q as i8),
        Inner::Half(h) => Cal::Half(year, h as i8),
        Inner::Season(s) => Cal::Season(year, s as i8),
        Inner::Holiday(rule) => Cal::Day(holiday(rule, y)?),
        Inner::Week(w) => Cal::Week(year, w as i8),
        Inner::WeekOf(m, d) => Cal::week_of(date(y, m, d)?),
    })
}

/// A stretch, if the calendar reaches that far.
pub fn checked(cal: Cal) -> Option<Cal> {
    cal.bounds().map(|_| cal)
}

/// A named day in a year.
pub fn holiday(rule: DayRule, year: i32) -> Option<Date> {
    match rule {
        DayRule::Fixed(month, day) => date(year, month, day),
        DayRule::Nth(month, weekday, nth) => nth_weekday(year, month, weekday, nth),
        DayRule::Easter(days) => add_days(easter(year)?, days),
        DayRule::Election => add_days(nth_weekday(year, 11, 1, 1)?, 1),
    }
}

/// "the last week of May", "the first Monday of September": a week is the one that holds the counted day.
pub fn nth_of(n: i32, grain: Grain, weekday: Option<i32>, whole: Cal) -> Option<Cal> {
    let (first, last) = whole.bounds()?;
    let steps = i64::from(n - 1);
    if let Some(weekday) = weekday {
        let day = nth_weekday(first.year().into(), first.month().into(), weekday, n)?;
        return matches!(whole, Cal::Month(..)).then_some(Cal::Day(day));
    }
    let day = match (grain, n) {
        (_, 0) => last,
        (Grain::Day, _) => add_days(first, steps)?,
        (_, _) => add_days(first, steps.checked_mul(7)?)?,
    };
    if !(first..=last).contains(&day) {
        return None;
    }
    Cal::of(grain, day)
}

/// The TIMEX3 value with X for what is not known; `None` for days that no calendar has.
pub fn open(meaning: &Meaning) -> Option<String> {
    Some(match meaning {
        Meaning::Date(Year::Known(_) | Year::TwoDigits(_), _) => return None,
        Meaning::Date(_, inner) => match *inner {
            Inner::Whole | Inner::SameQuarter => "XXXX".to_string(),
            Inner::Month(m) => format!("XXXX-{m:02}"),
            // 2000 is a leap year: "February 29" is a day, "February 30" none.
            Inner::Day(m, d) => date(2000, m, d).map(|_| format!("XXXX-{m:02}-{d:02}"))?,
            Inner::Quarter(q) => format!("XXXX-Q{q}"),
            Inner::Half(h) => format!("XXXX-H{h}"),
            Inner::Season(s) => format!("XXXX-{}", SEASONS.get(s as usize)?),
            Inner::Holiday(DayRule::Fixed(m, d)) => format!("XXXX-{m:02}-{d:02}"),
            Inner::Holiday(_) => "XXXX-XX-XX".to_string(),
            Inner::Week(w) => format!("XXXX-W{w:02}"),
            Inner::WeekOf(..) => "XXXX-WXX".to_string(),
        },
        Meaning::OpenDecade(d) => format!("XX{d}"),
        Meaning::Weekday(day, ..) => format!("XXXX-WXX-{day}"),
        Meaning::Unit(Grain::Year, ..) | Meaning::Spoken(Grain::Year) => "XXXX".to_string(),
        Meaning::Unit(Grain::Month, ..) | Meaning::Spoken(Grain::Month) => "XXXX-XX".to_string(),
        Meaning::Unit(Grain::Week, ..) | Meaning::Spoken(Grain::Week) => "XXXX-WXX".to_string(),
        Meaning::Unit(Grain::Weekend, ..) | Meaning::Spoken(Grain::Weekend) => "XXXX-WXX-WE".to_string(),
        Meaning::Unit(Grain::Quarter, ..) | Meaning::Spoken(_) => "XXXX-QX".to_string(),
        Meaning::Unit(Grain::Decade, ..) => "XXX".to_string(),
        Meaning::Unit(Grain::Century, ..) => "XX".to_string(),
        Meaning::Day(..) | Meaning::MonthDay(_) => "XXXX-XX-XX".to_string(),
        _ => return None,
    })
}

/// The modifier that an amount carries: "a couple of years", "two to three weeks".
pub fn implied(meaning: &Meaning) -> Option<TimeMod> {
    let amount = match meaning {
        Meaning::Duration(parts, _) => parts.first()?.0,
        Meaning::Away(amount, ..) => *amount,
        _ => return None,
    };
    match amount {
        Amount { upper: Some(_), .. } => Some(TimeMod::EqualOrMore),
        Amount { about: true, .. } => Some(TimeMod::Approx),
        _ => None,
    }
}

/// The TIMEX3 value of a length: `P2Y6M`, `PT1H30M`, `PXD`.
pub fn duration(parts: &[(Amount, Grain)]) -> Option<String> {
    if let [(Amount { hundredths: Some(h), .. }, grain)] = parts {
        let finer = match grain {
            Grain::Year => Some((Grain::Month, 12)),
            Grain::Hour => Some((Grain::Minute, 60)),
            Grain::Minute => Some((Grain::Second, 60)),
            _ => None,
        };
        // "2 1/2 years" is P2Y6M, "half an hour" PT30M.
        if let Some((fine, per)) = finer.filter(|(_, per)| h % 100 != 0 && h % 100 * per % 100 == 0) {
            let (whole, rest) = (h / 100, h % 100 * per / 100);
            let rest = period(fine, rest * 100);
            if whole == 0 {
                return Some(rest);
            }
            let rest = rest.trim_start_matches(['P', 'T']).to_string();
            return Some(period(*grain, whole * 100) + &rest);
        }
        return Some(period(*grain, *h));
    }
    let mut value = String::from("P");
    for (amount, grain) in parts {
        let (letter, clock, factor) = grain.designator();
        if clock && !value.contains('T') {
            value.push('T');
        }
        match amount.hundredths {
            Some(_) => value.push_str(period(*grain, amount.hundredths?).trim_start_matches(['P', 'T'])),
            None => {
                value.push('X');
                value.push_str(match factor {
                    10 => "DE",
                    100 => "CE",
                    1000 => "ML",
                    _ => letter,
                });
            }
        }
    }
    Some(value)
}

/// The name of a finder's rule in output.
pub fn rule_name(rule: &'static str) -> &'static str {
    match rule {
        "phrase" => "time/phrase",
        "clock" => "time/clock",
        "numeric" => "time/numeric-date",
        "calendar" => "time/calendar-date",
        "year" => "time/year",
        "length" => "time/length",
        "set" => "time/set",
        "quarter" => "time/quarter",
        "century" => "time/century",
        "decade" => "time/decade",
        "season" => "time/season",
        "pointed" => "time/pointed",
        "spoken" => "time/spoken-of",
        "nth" => "time/nth-part",
        "part" => "time/part-of-day",
        "fiscal" => "time/fiscal-year",
        "day" => "time/day",
        "weekday" => "time/weekday",
        "unit" => "time/unit",
        "modified" => "time/modified",
        "bounded" => "time/bounded",
        _ => "time",
    }
}
