//! Calendar values as vague as the words: a day, a week, a season, a decade; their TIMEX3 and EDTF spellings and bounds.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::text::TimeMod;

/// A unit of the calendar or the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Grain {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    Weekend,
    Fortnight,
    Period,
    Night,
}

impl Grain {
    /// The grain with the code that `words.tsv` uses.
    pub fn from_code(code: i32) -> Option<Grain> {
        use Grain::*;
        [
            Second, Minute, Hour, Day, Week, Month, Quarter, Year, Decade, Century, Millennium, Weekend, Fortnight,
            Period, Night,
        ]
        .get(usize::try_from(code).ok()?)
        .copied()
    }

    /// Designator in a TIMEX3 duration, whether it follows `T`, and how many of it one unit is (a decade is ten years).
    pub fn designator(self) -> (&'static str, bool, i64) {
        match self {
            Grain::Second => ("S", true, 1),
            Grain::Minute => ("M", true, 1),
            Grain::Hour => ("H", true, 1),
            Grain::Day => ("D", false, 1),
            Grain::Week => ("W", false, 1),
            Grain::Month => ("M", false, 1),
            Grain::Quarter => ("Q", false, 1),
            Grain::Year => ("Y", false, 1),
            Grain::Decade => ("Y", false, 10),
            Grain::Century => ("Y", false, 100),
            Grain::Millennium => ("Y", false, 1000),
            Grain::Weekend => ("WE", false, 1),
            Grain::Fortnight => ("W", false, 2),
            Grain::Period => ("X", false, 1),
            Grain::Night => ("NI", true, 1),
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
    Day,
}

impl Part {
    /// The part with the code that `words.tsv` uses.
    pub fn from_code(code: i32) -> Part {
        match code {
            0 => Part::Morning,
            1 => Part::Afternoon,
            2 => Part::Evening,
            3 => Part::Night,
            _ => Part::Day,
        }
    }

    /// TIMEX3 letters.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Morning => "MO",
            Part::Afternoon => "AF",
            Part::Evening => "EV",
            Part::Night => "NI",
            Part::Day => "DT",
        }
    }
}

/// A stretch of the calendar that has a name. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cal {
    /// Hundreds of years: 19 is 1900 to 1999.
    Century(i16),
    /// Tens of years: 199 is 1990 to 1999.
    Decade(i16),
    Year(i16),
    Half(i16, i8),
    Quarter(i16, i8),
    /// 0 spring to 3 winter; the winter of a year begins in its December.
    Season(i16, i8),
    Month(i16, i8),
    /// ISO year and week.
    Week(i16, i8),
    /// Saturday and Sunday of an ISO week.
    Weekend(i16, i8),
    Day(Date),
    Part(Date, Part),
    /// Hour and minute (and second) of a day; 24:00 is its end.
    Clock(Date, u8, u8, Option<u8>),
}

pub const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// A day, if the calendar has it.
pub fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day some days away, if the calendar reaches that far.
pub fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A day some months away; the day of the month is kept or cut to the month's last.
pub fn add_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

fn month_end(year: i16, month: i8) -> Option<Date> {
    Some(Date::new(year, month, 1).ok()?.last_of_month())
}

fn week_start(year: i16, week: i8) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

/// The year as TIMEX3 writes it: four digits, `BC0490` before our era.
fn year_text(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

impl Cal {
    /// The week that holds a day.
    pub fn week_of(day: Date) -> Cal {
        let iso = day.iso_week_date();
        Cal::Week(iso.year(), iso.week())
    }

    /// The quarter that holds a day.
    pub fn quarter_of(day: Date) -> Cal {
        Cal::Quarter(day.year(), (day.month() - 1) / 3 + 1)
    }

    /// The unit of a grain that holds a day.
    pub fn of(grain: Grain, day: Date) -> Option<Cal> {
        Some(match grain {
            Grain::Day => Cal::Day(day),
            Grain::Week | Grain::Fortnight => Cal::week_of(day),
            Grain::Weekend => match Cal::week_of(day) {
                Cal::Week(y, w) => Cal::Weekend(y, w),
                _ => return None,
            },
            Grain::Month => Cal::Month(day.year(), day.month()),
            Grain::Quarter => Cal::quarter_of(day),
            Grain::Year => Cal::Year(day.year()),
            Grain::Decade => Cal::Decade(day.year().div_euclid(10)),
            Grain::Century | Grain::Millennium => Cal::Century(day.year().div_euclid(100)),
            Grain::Night => Cal::Part(day, Part::Night),
            Grain::Second | Grain::Minute | Grain::Hour | Grain::Period => return None,
        })
    }

    /// The grain of the value.
    pub fn grain(self) -> Grain {
        match self {
            Cal::Century(_) => Grain::Century,
            Cal::Decade(_) => Grain::Decade,
            Cal::Year(_) => Grain::Year,
            Cal::Half(..) | Cal::Quarter(..) | Cal::Season(..) => Grain::Quarter,
            Cal::Month(..) => Grain::Month,
            Cal::Week(..) => Grain::Week,
            Cal::Weekend(..) => Grain::Weekend,
            Cal::Day(_) | Cal::Part(..) => Grain::Day,
            Cal::Clock(..) => Grain::Minute,
        }
    }

    /// First and last day.
    pub fn bounds(self) -> Option<(Date, Date)> {
        Some(match self {
            Cal::Century(c) => {
                let first = c.checked_mul(100)?;
                (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(99)?, 12, 31).ok()?)
            }
            Cal::Decade(d) => {
                let first = d.checked_mul(10)?;
                (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(9)?, 12, 31).ok()?)
            }
            Cal::Year(y) => (Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?),
            Cal::Half(y, h) => (Date::new(y, (h - 1) * 6 + 1, 1).ok()?, month_end(y, h * 6)?),
            Cal::Quarter(y, q) => (Date::new(y, (q - 1) * 3 + 1, 1).ok()?, month_end(y, q * 3)?),
            Cal::Season(y, 3) => (Date::new(y, 12, 1).ok()?, month_end(y.checked_add(1)?, 2)?),
            Cal::Season(y, s) => (Date::new(y, s * 3 + 3, 1).ok()?, month_end(y, s * 3 + 5)?),
            Cal::Month(y, m) => (Date::new(y, m, 1).ok()?, month_end(y, m)?),
            Cal::Week(y, w) => (week_start(y, w)?, add_days(week_start(y, w)?, 6)?),
            Cal::Weekend(y, w) => (add_days(week_start(y, w)?, 5)?, add_days(week_start(y, w)?, 6)?),
            Cal::Day(d) | Cal::Part(d, _) | Cal::Clock(d, ..) => (d, d),
        })
    }

    /// The same kind of stretch, so many steps later: quarters by quarters, years by years.
    pub fn shift(self, steps: i64) -> Option<Cal> {
        let small = i16::try_from(steps).ok();
        let index = |year: i16, part: i8, parts: i64| -> Option<(i16, i8)> {
            let at = (i64::from(year) * parts + i64::from(part)).checked_add(steps)?;
            Some((i16::try_from(at.div_euclid(parts)).ok()?, at.rem_euclid(parts) as i8))
        };
        let cal = match self {
            Cal::Century(c) => Cal::Century(c.checked_add(small?)?),
            Cal::Decade(d) => Cal::Decade(d.checked_add(small?)?),
            Cal::Year(y) => Cal::Year(y.checked_add(small?)?),
            Cal::Half(y, h) => {
                let (y, h) = index(y, h - 1, 2)?;
                Cal::Half(y, h + 1)
            }
            Cal::Quarter(y, q) => {
                let (y, q) = index(y, q - 1, 4)?;
                Cal::Quarter(y, q + 1)
            }
            Cal::Season(y, s) => {
                let (y, s) = index(y, s, 4)?;
                Cal::Season(y, s)
            }
            Cal::Month(y, m) => {
                let (y, m) = index(y, m - 1, 12)?;
                Cal::Month(y, m + 1)
            }
            Cal::Week(y, w) => Cal::week_of(add_days(week_start(y, w)?, steps.checked_mul(7)?)?),
            Cal::Weekend(y, w) => {
                let day = add_days(week_start(y, w)?, steps.checked_mul(7)?)?;
                Cal::of(Grain::Weekend, day)?
            }
            Cal::Day(d) => Cal::Day(add_days(d, steps)?),
            Cal::Part(d, p) => Cal::Part(add_days(d, steps)?, p),
            Cal::Clock(d, h, m, s) => Cal::Clock(add_days(d, steps)?, h, m, s),
        };
        cal.bounds().map(|_| cal)
    }

    /// The same stretch some years later.
    pub fn shift_years(self, years: i64) -> Option<Cal> {
        let y = |year: i16| i16::try_from(i64::from(year).checked_add(years)?).ok();
        let d = |day: Date| add_months(day, years.checked_mul(12)?);
        let cal = match self {
            Cal::Century(_) | Cal::Decade(_) => return None,
            Cal::Year(year) => Cal::Year(y(year)?),
            Cal::Half(year, h) => Cal::Half(y(year)?, h),
            Cal::Quarter(year, q) => Cal::Quarter(y(year)?, q),
            Cal::Season(year, s) => Cal::Season(y(year)?, s),
            Cal::Month(year, m) => Cal::Month(y(year)?, m),
            Cal::Week(..) | Cal::Weekend(..) => Cal::Year(y(self.bounds()?.0.year())?),
            Cal::Day(day) | Cal::Part(day, _) | Cal::Clock(day, ..) => Cal::Day(d(day)?),
        };
        cal.bounds().map(|_| cal)
    }

    /// The TIMEX3 value.
    pub fn timex(self) -> String {
        match self {
            Cal::Century(c) => format!("{c:02}"),
            Cal::Decade(d) => format!("{d:03}"),
            Cal::Year(y) => year_text(y),
            Cal::Half(y, h) => format!("{}-H{h}", year_text(y)),
            Cal::Quarter(y, q) => format!("{}-Q{q}", year_text(y)),
            Cal::Season(y, s) => format!("{}-{}", year_text(y), SEASONS[s as usize & 3]),
            Cal::Month(y, m) => format!("{}-{m:02}", year_text(y)),
            Cal::Week(y, w) => format!("{}-W{w:02}", year_text(y)),
            Cal::Weekend(y, w) => format!("{}-W{w:02}-WE", year_text(y)),
            Cal::Day(d) => day_text(d),
            Cal::Part(d, p) => format!("{}T{}", day_text(d), p.as_str()),
            Cal::Clock(d, h, m, None) => format!("{}T{h:02}:{m:02}", day_text(d)),
            Cal::Clock(d, h, m, Some(s)) => format!("{}T{h:02}:{m:02}:{s:02}", day_text(d)),
        }
    }

    /// The Extended Date/Time Format of the stretch, with its modifier; `None` where the format cannot say it.
    pub fn edtf(self, modifier: Option<TimeMod>) -> Option<String> {
        let (first, last) = self.bounds()?;
        let text = match self {
            Cal::Century(c) if c >= 0 => format!("{c:02}XX"),
            Cal::Decade(d) if d >= 0 => format!("{d:03}X"),
            Cal::Century(_) | Cal::Decade(_) => format!("{}/{}", edtf_year(first.year()), edtf_year(last.year())),
            Cal::Year(y) => edtf_year(y),
            Cal::Half(y, h) => format!("{}-{}", edtf_year(y), 39 + h),
            Cal::Quarter(y, q) => format!("{}-{}", edtf_year(y), 32 + q),
            Cal::Season(y, s) => format!("{}-{}", edtf_year(y), 21 + s),
            Cal::Month(y, m) => format!("{}-{m:02}", edtf_year(y)),
            Cal::Week(..) | Cal::Weekend(..) => interval(first, last),
            Cal::Day(d) | Cal::Part(d, _) => edtf_day(d),
            Cal::Clock(d, h, m, s) if h < 24 => format!("{}T{h:02}:{m:02}:{:02}", edtf_day(d), s.unwrap_or(0)),
            Cal::Clock(d, ..) => edtf_day(d),
        };
        let plain = !text.contains('/') && !text.contains('T');
        Some(match modifier {
            Some(TimeMod::Approx) if plain => format!("{text}~"),
            Some(TimeMod::Start | TimeMod::Mid | TimeMod::End) if first < last => {
                let (from, to) = third(self, modifier)?;
                interval(from, to)
            }
            Some(TimeMod::Before) => format!("../{}", edtf_day(add_days(first, -1)?)),
            Some(TimeMod::After) => format!("{}/..", edtf_day(add_days(last, 1)?)),
            Some(TimeMod::OnOrBefore) => format!("../{}", edtf_day(last)),
            Some(TimeMod::OnOrAfter) => format!("{}/..", edtf_day(first)),
            _ => text,
        })
    }
}

/// First and last day with the modifier taken in: START, MID and END are the thirds of a stretch (of a year four months
/// each, of a decade the years 0-3, 4-6 and 7-9, of a month the days 1-10, 11-20 and the rest); BEFORE and AFTER are open.
pub fn bounds(cal: Cal, modifier: Option<TimeMod>) -> (Option<Date>, Option<Date>) {
    let Some((first, last)) = cal.bounds() else { return (None, None) };
    match modifier {
        Some(TimeMod::Start | TimeMod::Mid | TimeMod::End) => match third(cal, modifier) {
            Some((from, to)) => (Some(from), Some(to)),
            None => (Some(first), Some(last)),
        },
        Some(TimeMod::Before) => (None, add_days(first, -1)),
        Some(TimeMod::After) => (add_days(last, 1), None),
        Some(TimeMod::OnOrBefore) => (None, Some(last)),
        Some(TimeMod::OnOrAfter) => (Some(first), None),
        _ => (Some(first), Some(last)),
    }
}

fn third(cal: Cal, modifier: Option<TimeMod>) -> Option<(Date, Date)> {
    let (first, last) = cal.bounds()?;
    let which = match modifier {
        Some(TimeMod::Start) => 0,
        Some(TimeMod::Mid) => 1,
        Some(TimeMod::End) => 2,
        _ => return Some((first, last)),
    };
    match cal {
        Cal::Month(y, m) => {
            let day = |d: i8| Date::new(y, m, d).ok();
            Some([(first, day(10)?), (day(11)?, day(20)?), (day(21)?, last)][which])
        }
        Cal::Year(y) => {
            let from = which as i8 * 4 + 1;
            Some((Date::new(y, from, 1).ok()?, month_end(y, from + 3)?))
        }
        Cal::Decade(_) | Cal::Century(_) => {
            let years = if matches!(cal, Cal::Decade(_)) { [0, 4, 7, 10] } else { [0, 33, 67, 100] };
            let at = |i: usize| first.year().checked_add(years[i]);
            Some((Date::new(at(which)?, 1, 1).ok()?, Date::new(at(which + 1)? - 1, 12, 31).ok()?))
        }
        _ => {
            let days = i64::from(first.until(last).ok()?.get_days()) + 1;
            let cut = [0, (days + 2) / 3, days - days / 3, days];
            let (from, to) = (cut[which], cut[which + 1].max(cut[which] + 1));
            Some((add_days(first, from.min(days - 1))?, add_days(first, (to - 1).min(days - 1))?))
        }
    }
}

/// Two days as an EDTF interval.
pub fn interval(first: Date, last: Date) -> String {
    format!("{}/{}", edtf_day(first), edtf_day(last))
}

fn edtf_year(year: i16) -> String {
    if year < 0 { format!("-{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

fn edtf_day(day: Date) -> String {
    format!("{}-{:02}-{:02}", edtf_year(day.year()), day.month(), day.day())
}

fn day_text(day: Date) -> String {
    format!("{}-{:02}-{:02}", year_text(day.year()), day.month(), day.day())
}

/// Western Easter of a year (the anonymous Gregorian computus, Meeus 1991).
pub fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    date(year, n.div_euclid(31), n.rem_euclid(31) + 1)
}

/// The nth (from 1; 0 is the last) given weekday (1 = Monday) of a month.
pub fn nth_weekday(year: i32, month: i32, weekday: i32, nth: i32) -> Option<Date> {
    let first = date(year, month, 1)?;
    let weekday = i64::from(weekday);
    if nth == 0 {
        let last = first.last_of_month();
        let back = (i64::from(last.weekday().to_monday_one_offset()) - weekday).rem_euclid(7);
        return add_days(last, -back);
    }
    let ahead = (weekday - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
    let day = add_days(first, ahead + 7 * (i64::from(nth) - 1))?;
    (day.month() == first.month()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_easter_and_thanksgiving() {
        assert_eq!(easter(2015), date(2015, 4, 5));
        assert_eq!(easter(2017), date(2017, 4, 16));
        assert_eq!(easter(1999), date(1999, 4, 4));
        assert_eq!(nth_weekday(1999, 11, 4, 4), date(1999, 11, 25));
        assert_eq!(nth_weekday(2015, 5, 1, 0), date(2015, 5, 25));
        assert_eq!(nth_weekday(2015, 2, 1, 5), None);
    }

    #[test]
    fn thirds_follow_the_convention() {
        let day = |y, m, d| date(y, m, d);
        assert_eq!(bounds(Cal::Month(2015, 9), Some(TimeMod::End)), (day(2015, 9, 21), day(2015, 9, 30)));
        assert_eq!(bounds(Cal::Decade(199), Some(TimeMod::Start)), (day(1990, 1, 1), day(1993, 12, 31)));
        assert_eq!(bounds(Cal::Year(1989), Some(TimeMod::Mid)), (day(1989, 5, 1), day(1989, 8, 31)));
        assert_eq!(bounds(Cal::Week(2015, 47), Some(TimeMod::Start)), (day(2015, 11, 16), day(2015, 11, 18)));
        assert_eq!(bounds(Cal::Week(2015, 47), Some(TimeMod::End)), (day(2015, 11, 21), day(2015, 11, 22)));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_panic() {
        for cal in [Cal::Century(99), Cal::Decade(999), Cal::Year(9999), Cal::Season(9999, 3), Cal::Year(-9999)] {
            let _ = (cal.bounds(), cal.timex(), cal.edtf(Some(TimeMod::After)), cal.shift(i64::MAX), cal.shift(1));
        }
        assert_eq!(Cal::Season(9999, 3).bounds(), None);
        assert_eq!(Cal::Year(-489).timex(), "BC0490");
    }
}
