//! The names of months and of days of the week, in lower case.

/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The name of a month, or what it is shortened to: "november", "nov", "sept".
pub fn is_month(word: &str) -> bool {
    word == "sept" || MONTHS.iter().any(|m| *m == word || &m[..3] == word)
}

/// A word that begins as the name of a month does, and is no longer than one may be.
pub fn is_like_month(word: &str) -> bool {
    word.len() <= 9 && MONTHS.iter().any(|m| word.starts_with(&m[..3]))
}

/// The whole name of a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// The whole name of a month or of a day of the week.
pub fn is_name(word: &str) -> bool {
    MONTHS.contains(&word) || WEEKDAYS.contains(&word)
}

/// A unit of days and more.
pub fn is_unit(word: &str) -> bool {
    matches!(word, "day" | "week" | "weekend" | "month" | "quarter" | "year" | "decade" | "century")
}

/// A noun that names a time: a month, a day of the week, a part of the day, a unit longer than an hour.
pub fn is_noun(word: &str) -> bool {
    is_name(word)
        || is_unit(word)
        || matches!(
            word,
            "today"
                | "yesterday"
                | "tomorrow"
                | "tonight"
                | "morning"
                | "afternoon"
                | "evening"
                | "night"
                | "fortnight"
        )
}
