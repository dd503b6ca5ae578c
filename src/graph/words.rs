//! Words of a text as they are looked for: without capitals, accents and plural endings.
//!
//! `trucks` finds "Truck" and "trucks", `quist` finds "Quíst's", `oil trucks` finds the two words beside one another, and
//! `bomb*` what begins so. SPARQL reaches it as `?text sayso:matches "oil trucks"` and as `FILTER(sayso:matches(?text, "…"))`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The property and the function.
pub const MATCHES: &str = "https://w3id.org/sayso/ns#matches";

/// Gives each word of a text in the shape in which words are compared.
pub fn each(text: &str, mut work: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        // What stands behind an apostrophe is no word: "Quist's".
        if !word.is_empty() && word != "s" {
            work(stem(word));
        }
        word.clear();
    };
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte.is_ascii_alphanumeric() {
                true => word.push(byte.to_ascii_lowercase() as char),
                false => end(&mut word),
            }
        }
    } else {
        for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
            match c.is_alphanumeric() {
                true => word.extend(c.to_lowercase()),
                false => end(&mut word),
            }
        }
    }
    end(&mut word);
}

/// The words of a text.
pub fn of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each(text, |word| words.push(word.to_owned()));
    words
}

/// A word without the ending of a plural (Harman's S stemmer): "parties" and "party" differ still, "trucks" and "truck"
/// do not.
fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

/// Words that are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The words, in the shape in which they are compared, and whether each is only the beginning of one.
    pub words: Vec<(String, bool)>,
}

impl Wanted {
    /// Reads `oil trucks`, `bomb*`.
    pub fn new(text: &str) -> Wanted {
        let mut words = Vec::new();
        for piece in text.split_whitespace() {
            each(piece, |word| words.push((word.to_owned(), false)));
            if piece.ends_with('*')
                && let Some(last) = words.last_mut()
            {
                // The beginning of a word has no ending to be taken off.
                let bare = piece.trim_end_matches('*').to_lowercase();
                *last = (bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned(), true);
            }
        }
        words.retain(|(word, _)| !word.is_empty());
        Wanted { words }
    }

    /// Whether the words stand in a text, one after another.
    pub fn are_in(&self, text: &str) -> bool {
        let Some((first, _)) = self.words.first() else { return false };
        // Most texts have not even the letters of the first word; they need not be cut into words.
        if first.is_ascii() && is_plain(text) && !has_letters(text, first) {
            return false;
        }
        let words = of(text);
        let fits = |(found, (wanted, is_begin)): (&String, &(String, bool))| {
            if *is_begin { found.starts_with(wanted.as_str()) } else { found == wanted }
        };
        words.windows(self.words.len()).any(|window| window.iter().zip(&self.words).all(fits))
    }
}

/// Whether no letter of a text is compared as another than itself: ASCII, and the dashes and quotation marks of print.
fn is_plain(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || ('\u{2010}'..='\u{2027}').contains(&c))
}

/// Whether letters stand somewhere in a text, in capitals or not.
fn has_letters(text: &str, letters: &str) -> bool {
    let (text, letters) = (text.as_bytes(), letters.as_bytes());
    let Some(first) = letters.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .any(|at| text.get(at..at + letters.len()).is_some_and(|found| found.eq_ignore_ascii_case(letters)))
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn words_are_found_whatever_their_case_accents_and_endings() {
        let cases = [
            ("trucks", "A truck burnt.", true),
            ("truck", "Twenty Trucks burnt.", true),
            ("quist", "Mayor Quíst's office", true),
            ("José", "Jose said so", true),
            ("oil trucks", "the oil truck", true),
            ("oil trucks", "oil in trucks", false),
            ("oil trucks", "trucks of oil", false),
            ("bomb*", "the bombing", true),
            ("bomb", "the bombing", false),
            ("241,000", "some 241,000 people", true),
            ("us", "the bus", false),
            ("crisis", "a crisis", true),
            ("", "anything", false),
            ("…", "anything …", false),
        ];
        for (wanted, text, expected) in cases {
            assert_eq!(Wanted::new(wanted).are_in(text), expected, "{wanted} in {text}");
        }
    }
}
