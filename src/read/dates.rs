//! Publication dates as markup, metadata and datelines write them. Only dates with day, month and year are read.

use jiff::civil::{Date, Time};

use crate::text::calendar::MONTHS;
use crate::text::{FoundIn, Published};

/// Reads one date, with time and zone where given, from a field that holds nothing else: `2015-11-19T10:51:00+05:30`,
/// `Nov 19, 2015, 10:51 pm IST`, `Thu, 19 Nov 2015 22:51:00 GMT`. `None` when no full date is in it.
pub fn parse(field: &str, found_in: FoundIn) -> Option<Published> {
    let (date, rest) = iso(field).or_else(|| compact(field)).or_else(|| worded(field))?;
    let (time, offset_minutes) = time_and_zone(rest);
    Some(Published { date, time, offset_minutes, found_in })
}

/// In which order a table writes day and month: `17/06/2019` or `06/17/2019`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// The same, also of numbers alone: `17/06/2019`, `17.06.2019` where day and month can be told apart or their order is
/// known, and seconds or milliseconds since 1970.
pub fn parse_in(field: &str, found_in: FoundIn, order: Option<Order>) -> Option<Published> {
    if let Some(found) = parse(field, found_in) {
        return Some(found);
    }
    if let Some((one, two, year, rest)) = numbers(field) {
        let (day, month) = match (one > 12, two > 12, order) {
            (true, false, _) => (one, two),
            (false, true, _) => (two, one),
            (false, false, _) if one == two => (one, two),
            (false, false, Some(Order::DayFirst)) => (one, two),
            (false, false, Some(Order::MonthFirst)) => (two, one),
            _ => return None,
        };
        let date = Date::new(year, month, day).ok().filter(|d| plausible(*d))?;
        let (time, offset_minutes) = time_and_zone(rest);
        return Some(Published { date, time, offset_minutes, found_in });
    }
    if let Some(found) = unpadded(field).or_else(|| short(field)) {
        return Some(Published { date: found, time: None, offset_minutes: None, found_in });
    }
    let field = field.trim();
    let is_stamp = matches!(field.len(), 10 | 13) && field.bytes().all(|b| b.is_ascii_digit());
    let seconds = field.get(..10).filter(|_| is_stamp)?.parse::<i64>().ok()?;
    let zoned = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    let time = Time::new(zoned.hour(), zoned.minute(), zoned.second(), 0).ok();
    Some(Published { date: zoned.date(), time, offset_minutes: Some(0), found_in })
}

/// `2018-6-7`, the year first and no zeros.
fn unpadded(field: &str) -> Option<Date> {
    let mut parts = field.trim().split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(|d| plausible(*d))
}

/// `17-Jun-18`, as spreadsheets show days: years up to 68 are of this century.
fn short(field: &str) -> Option<Date> {
    let mut parts = field.trim().split('-');
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 2 || day.len() > 2 || parts.next().is_some() {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    Date::new(if year <= 68 { 2000 + year } else { 1900 + year }, month(name)?, day.parse().ok()?).ok()
}

/// The order that a date of numbers alone shows, where it can be told.
pub fn order_of(field: &str) -> Option<Order> {
    let (one, two, _, _) = numbers(field)?;
    match (one > 12, two > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// `17/06/2019`, `17.06.2019`, `17-06-2019`: two numbers of up to 31, the year, and what follows.
fn numbers(field: &str) -> Option<(i8, i8, i16, &str)> {
    let field = field.trim();
    let mark = field.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = field.splitn(3, mark);
    let (one, two, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let year = rest.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &rest[4..];
    let (one, two) = (one.parse::<i8>().ok()?, two.parse::<i8>().ok()?);
    let is_date = (1..=31).contains(&one) && (1..=31).contains(&two) && !rest.starts_with(|c: char| c.is_ascii_digit());
    is_date.then_some((one, two, year.parse().ok()?, rest))
}

/// The first full date in a line of prose, and the byte where it ends.
pub fn find(line: &str, found_in: FoundIn) -> Option<Published> {
    let (date, rest) = worded(line).or_else(|| iso_inside(line))?;
    let (time, offset_minutes) = time_and_zone(rest.get(..40.min(rest.len())).unwrap_or(""));
    Some(Published { date, time, offset_minutes, found_in })
}

fn iso_inside(line: &str) -> Option<(Date, &str)> {
    line.char_indices()
        .filter(|&(i, c)| c.is_ascii_digit() && !line[..i].ends_with(|p: char| p.is_ascii_digit()))
        .find_map(|(i, _)| iso(&line[i..]))
}

/// `2015-11-19…`, `2015/11/19…`
fn iso(field: &str) -> Option<(Date, &str)> {
    let field = field.trim_start();
    let head = field.get(..10)?;
    let bytes = head.as_bytes();
    let mark = bytes[4];
    if !(mark == b'-' || mark == b'/') || bytes[7] != mark {
        return None;
    }
    let number = |range: std::ops::Range<usize>| head.get(range)?.parse::<i16>().ok();
    let date = Date::new(number(0..4)?, number(5..7)? as i8, number(8..10)? as i8).ok()?;
    plausible(date).then_some((date, &field[10..]))
}

/// `20151119`, `20151119123000`
fn compact(field: &str) -> Option<(Date, &str)> {
    let field = field.trim();
    // `20151119T123000Z`, as GDELT and iCalendar write it.
    let field = match field.split_once('T') {
        Some((day, clock)) if clock.bytes().all(|b| b.is_ascii_digit() || b == b'Z') => day,
        _ => field,
    };
    if !(field.len() == 8 || field.len() == 14) || !field.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = Date::new(field[..4].parse().ok()?, field[4..6].parse().ok()?, field[6..8].parse().ok()?).ok()?;
    plausible(date).then_some((date, ""))
}

/// Months in the other languages in which press databases write their days, over articles in English as well.
const MONTHS_ELSEWHERE: [&str; 12] = [
    "januar janvier enero gennaio januari janeiro",
    "februar février febrero febbraio februari fevereiro",
    "märz mars marzo maart março",
    "avril abril aprile",
    "mai mayo maggio mei maio",
    "juni juin junio giugno junho",
    "juli juillet julio luglio julho",
    "août agosto augustus",
    "septembre septiembre settembre setembro",
    "oktober octobre octubre ottobre outubro",
    "novembre noviembre novembro",
    "dezember décembre diciembre dicembre december dezembro",
];

/// The month named by a word or its abbreviation, 1 to 12.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if let Some(found) = MONTHS_ELSEWHERE.iter().position(|names| names.split(' ').any(|name| name == word)) {
        return Some(found as i8 + 1);
    }
    let found =
        MONTHS.iter().position(|m| *m == word || (word.len() >= 3 && word.len() <= 4 && m.starts_with(&word)))?;
    Some(found as i8 + 1)
}

/// `Nov 19, 2015`, `19 November 2015`, `20th November, 2015`, anywhere in the text; the rest after it.
fn worded(text: &str) -> Option<(Date, &str)> {
    let words: Vec<(usize, &str)> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '/' | '-'))
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
        // `18 de junio de 2018`
        .filter(|(_, w)| !w.is_empty() && *w != "de")
        .collect();
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let tail = &word[digits.len()..];
        (matches!(tail, "" | "st" | "nd" | "rd" | "th" | ".")).then(|| digits.parse::<i8>().ok()).flatten()
    };
    let year = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten()
    };
    for three in words.windows(3) {
        let [(_, a), (_, b), (start, c)] = three else { continue };
        let found = match (month(a), month(b)) {
            (Some(m), _) => Some((m, day(b), year(c))),
            // `17 June 2018`, `2018-Jun-17`
            (None, Some(m)) if day(a).is_none() => Some((m, day(c), year(a))),
            (None, Some(m)) => Some((m, day(a), year(c))),
            _ => None,
        };
        if let Some((month, Some(day), Some(year))) = found
            && let Ok(date) = Date::new(year, month, day)
            && plausible(date)
        {
            return Some((date, &text[start + c.len()..]));
        }
    }
    None
}

fn plausible(date: Date) -> bool {
    (1600..=2200).contains(&date.year())
}

/// Zones that publishers write, in minutes from UTC. Ambiguous ones (CST, BST, IST in India) by common use in news.
const ZONES: [(&str, i16); 16] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("BST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("MSK", 180),
    ("IST", 330),
    ("JST", 540),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("PST", -480),
    ("PDT", -420),
];

/// `T10:51:00+05:30`, `, 10:51 pm IST`: the first clock time and the zone after it.
fn time_and_zone(text: &str) -> (Option<Time>, Option<i16>) {
    let Some(colon) = text.find(':') else { return (None, None) };
    let hours: String =
        text[..colon].chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let after = &text[colon + 1..];
    let minutes: String = after.chars().take_while(char::is_ascii_digit).collect();
    let mut rest = &after[minutes.len()..];
    let mut second = 0;
    if let Some(more) = rest.strip_prefix(':') {
        let digits: String = more.chars().take_while(char::is_ascii_digit).collect();
        second = digits.parse().unwrap_or(0);
        rest = &more[digits.len()..];
        if let Some(more) = rest.strip_prefix('.') {
            rest = more.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let (Ok(mut hour), Ok(minute)) = (hours.parse::<i8>(), minutes.parse::<i8>()) else { return (None, None) };
    let rest = rest.trim_start();
    let lower = rest.to_ascii_lowercase();
    let rest = if lower.starts_with("pm") || lower.starts_with("p.m.") {
        hour = if hour < 12 { hour + 12 } else { hour };
        rest[if lower.starts_with("pm") { 2 } else { 4 }..].trim_start()
    } else if lower.starts_with("am") || lower.starts_with("a.m.") {
        hour %= 12;
        rest[if lower.starts_with("am") { 2 } else { 4 }..].trim_start()
    } else {
        rest
    };
    let time = Time::new(hour, minute, second, 0).ok();
    (time, time.and_then(|_| zone(rest)))
}

fn zone(text: &str) -> Option<i16> {
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '+' | '-')) {
        let digits: String = text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).take(4).collect();
        let minutes = match digits.len() {
            4 => digits[..2].parse::<i16>().ok()? * 60 + digits[2..].parse::<i16>().ok()?,
            2 => digits.parse::<i16>().ok()? * 60,
            _ => return None,
        };
        return (minutes <= 14 * 60).then_some(if sign == '-' { -minutes } else { minutes });
    }
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_between_hyphens_and_in_other_languages() {
        let day = |field: &str| parse_in(field, FoundIn::Given, None).map(|p| p.date.to_string());
        for field in [
            "17-Jun-2018",
            "17-JUN-18",
            "2018-Jun-17",
            "Jun-17-2018",
            "17. Juni 2018",
            "17 de junio de 2018",
            "17 juin 2018",
        ] {
            assert_eq!(day(field).as_deref(), Some("2018-06-17"), "{field}");
        }
        assert_eq!(day("17-Jun-95").as_deref(), Some("1995-06-17"));
        assert_eq!(day("17-Jum-18"), None);
    }

    #[test]
    fn reads_publication_dates() {
        let rows = [
            ("2015-11-19", "2015-11-19", None, None),
            ("2015-11-19T22:51:00+05:30", "2015-11-19", Some("22:51:00"), Some(330)),
            ("2015-11-19 08:00:00Z", "2015-11-19", Some("08:00:00"), Some(0)),
            ("Thu, 19 Nov 2015 22:51:00 GMT", "2015-11-19", Some("22:51:00"), Some(0)),
            ("Published Nov 19, 2015, 10:51 pm IST", "2015-11-19", Some("22:51:00"), Some(330)),
            ("By 20th November 2015 Industry News", "2015-11-20", None, None),
            ("Sept. 3, 2019", "2019-09-03", None, None),
            ("20240229", "2024-02-29", None, None),
            ("May 1, 2020 12:05 a.m. EST", "2020-05-01", Some("00:05:00"), Some(-300)),
        ];
        for (text, date, time, offset) in rows {
            let found = parse(text, FoundIn::Given).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date.to_string(), date, "{text}");
            assert_eq!(found.time.map(|t| t.to_string()).as_deref(), time, "{text}");
            assert_eq!(found.offset_minutes, offset, "{text}");
        }
    }

    #[test]
    fn numbers_are_dates_where_their_order_is_known() {
        let date = |text: &str, order| parse_in(text, FoundIn::Given, order).map(|p| p.date.to_string());
        assert_eq!(date("17/06/2019", None).as_deref(), Some("2019-06-17"));
        assert_eq!(date("6/17/2019 14:30", None).as_deref(), Some("2019-06-17"));
        assert_eq!(date("03/04/2019", None), None);
        assert_eq!(date("03/04/2019", Some(Order::DayFirst)).as_deref(), Some("2019-04-03"));
        assert_eq!(date("03.04.2019", Some(Order::MonthFirst)).as_deref(), Some("2019-03-04"));
        assert_eq!(date("1529222400", None).as_deref(), Some("2018-06-17"));
        assert_eq!(date("1529222400000", None).as_deref(), Some("2018-06-17"));
        assert_eq!(date("20180617T080000Z", None).as_deref(), Some("2018-06-17"));
        assert_eq!(date("2018-6-7", None).as_deref(), Some("2018-06-07"));
        assert_eq!(date("32/13/2019", None), None);
        assert_eq!(date("12345", None), None);
    }

    #[test]
    fn reads_no_half_dates() {
        for text in ["", "November 2015", "Thursday", "2015", "2015-13-40", "Nov 31, 2015", "19/11", "é-é-é-é-é"] {
            assert_eq!(parse(text, FoundIn::Given), None, "{text}");
            assert_eq!(find(text, FoundIn::Text), None, "{text}");
        }
    }
}
