//! Whether an article is in English: by the little words that no English text is without, by those of other languages, and
//! where both are rare by the trigrams of the `whatlang` crate.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use super::{Error, ErrorKind};
use crate::text::Document;

/// Words that make up a quarter of English prose and are rare in every other language that is written in Latin letters.
const WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "for", "said", "were", "from", "have", "has", "had", "are", "by", "they",
    "their", "this", "which", "would", "his", "it", "its", "been", "but", "not", "who", "be", "as", "at", "is", "was",
    "will", "after", "about", "more", "than", "she", "her", "he", "we", "you", "i", "or", "can", "on", "an", "in", "a",
];

/// Those among them that other languages of Latin letters have as well.
const SHARED: &[&str] = &[
    "in", "a", "an", "on", "is", "was", "be", "at", "as", "of", "had", "he", "we", "her", "or", "i", "by", "are",
    "for", "not", "it",
];

/// Words that are looked at.
const LOOKED_AT: usize = 400;

/// Fewer words than these say nothing by themselves.
const FEWEST: usize = 8;

/// The language of an article that is not in English, in English words ("German"); `None` for English and for what cannot be told.
pub fn other(text: &str, declared: Option<&str>) -> Option<String> {
    let (mut words, mut letters, mut latin) = (0_usize, 0_usize, 0_usize);
    // Words that are English; among them those that few others have, or that others have in another sense.
    let (mut english, mut shared, mut others) = (0_usize, 0_usize, 0_usize);
    for word in
        text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|w| !w.is_empty()).take(LOOKED_AT)
    {
        words += 1;
        letters += word.chars().count();
        latin += word.chars().filter(|c| c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(c)).count();
        let lower = word.to_ascii_lowercase();
        if SHARED.contains(&lower.as_str()) {
            shared += 1;
        } else if WORDS.contains(&lower.as_str()) {
            english += 1;
            others += usize::from(matches!(lower.as_str(), "will" | "to" | "have"));
        }
    }
    let head: String = text.chars().take(2_000).collect();
    // Another script needs no words, and few letters: some languages put no spaces between words and write one in a letter.
    if letters >= 4 && latin * 2 < letters {
        return Some(guess(&head).unwrap_or_else(|| "a language of another script".to_owned()));
    }
    let declared = declared.and_then(name);
    if let Some(name) = by_little_words(&head, english - others) {
        return Some(name);
    }
    if words >= FEWEST {
        // One word in twelve that is English alone, or one in five that English has too: prose. Headlines have fewer.
        let is_english = english * 12 >= words || (english > 0 && (english + shared) * 5 >= words);
        if is_english {
            return None;
        }
        let info = whatlang::detect(&head);
        if let Some(info) = info.filter(|i| i.lang() != whatlang::Lang::Eng) {
            let is_sure = info.is_reliable() && words >= 12;
            let agrees = declared.as_deref().is_some_and(|d| d == info.lang().eng_name());
            if is_sure || agrees || (english == 0 && words >= 40) {
                return Some(info.lang().eng_name().to_owned());
            }
        }
    }
    declared.filter(|d| d != "English" && english == 0)
}

/// A document whose language is told: as it is, or with the code of its language where any may be read.
///
/// # Errors
/// An article in another language than English, where only English ones are read.
pub fn checked(mut doc: Document, any: bool, path: &Path) -> Result<Document, Box<Error>> {
    if !doc.tokens.is_empty() {
        return Ok(doc);
    }
    let declared = doc.source.language.take();
    doc.source.language = match other(doc.text(), declared.as_deref()) {
        // Numbers are read as the article's language writes them.
        Some(name) if any => code(&name).or(declared),
        Some(name) => return Err(Box::new(Error::new(ErrorKind::Language, path, format!("an article in {name}")))),
        // A page in English whose frame is declared otherwise is in English.
        None => declared.map(|_| "en".to_owned()),
    };
    Ok(doc)
}

/// Words of other languages, from the file of them.
struct Little {
    languages: Vec<&'static str>,
    /// For each word the languages that have it, as bits.
    words: HashMap<&'static str, u64>,
    /// Particles of names: "Luis de la Fuente", "Ursula von der Leyen".
    particles: Vec<&'static str>,
}

static LITTLE: LazyLock<Little> = LazyLock::new(|| {
    let rows = include_str!("little_words.tsv").lines().filter(|l| !l.starts_with('#'));
    let rows: Vec<(&str, Vec<&str>)> =
        rows.filter_map(|row| row.split_once('\t')).map(|(name, list)| (name, list.split(' ').collect())).collect();
    let named =
        |wanted: &str| rows.iter().find(|(name, _)| *name == wanted).map_or(Vec::new(), |(_, list)| list.clone());
    // What English has as a word, a part of a word or of a name says nothing.
    let english = named("English");
    let (mut languages, mut words) = (Vec::new(), HashMap::new());
    for (name, list) in rows.iter().filter(|(name, _)| !matches!(*name, "English" | "Names")) {
        let bit = 1 << languages.len();
        languages.push(*name);
        for word in list.iter().filter(|w| !english.contains(*w) && !WORDS.contains(*w)) {
            *words.entry(*word).or_insert(0) |= bit;
        }
    }
    Little { languages, words, particles: named("Names") }
});

/// What a little word counts, what a word counts that is written with letters that English has not, and what tells a
/// language by itself.
const LITTLE_WORD: usize = 2;
const FOREIGN_LETTERS: usize = 1;
const TOLD: usize = 4;

/// The language of a text in Latin letters by its little words, where there are so many of one language, and so few of
/// English, that it is no English text with a name or a title in it.
fn by_little_words(text: &str, english: usize) -> Option<String> {
    let Little { languages: names, words: little, particles } = &*LITTLE;
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’' | '-'))
        .map(|w| w.trim_matches(['\'', '’', '-']))
        .filter(|w| !w.is_empty())
        .take(LOOKED_AT)
        .collect();
    let is_capital = |at: Option<&&str>| at.is_some_and(|w| w.starts_with(char::is_uppercase));
    let is_particle = |word: &str| particles.contains(&word);
    let (mut counts, mut letters) = (vec![0; names.len()], 0);
    // A German sentence may begin with an article, and so may an English one that names "Die Welt".
    if words.first().is_some_and(|w| matches!(*w, "Die" | "Der" | "Das" | "Ein" | "Eine" | "Im" | "Am")) {
        counts[0] += FOREIGN_LETTERS;
    }
    for (at, word) in words.iter().enumerate() {
        // French and Italian leave a vowel out: "l'eau", "d'une", "dell'acqua".
        let elided = word.split_once(['\'', '’']).filter(|(before, after)| {
            matches!(*before, "l" | "d" | "qu" | "n" | "s" | "c" | "j" | "dell" | "nell" | "all" | "un")
                && after.chars().count() > 2
        });
        if elided.is_some() {
            for name in ["French", "Italian"] {
                counts[names.iter().position(|n| *n == name)?] += LITTLE_WORD;
            }
            continue;
        }
        if is_particle(word) {
            let before = words[..at].iter().rev().find(|w| !is_particle(w));
            let after = words[at + 1..].iter().find(|w| !is_particle(w));
            if is_capital(before) && is_capital(after) {
                continue;
            }
        }
        let bits = little.get(word).copied().unwrap_or(0);
        let is_foreign =
            word.starts_with(char::is_lowercase) && word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        letters += usize::from(is_foreign && bits == 0);
        for (n, count) in counts.iter_mut().enumerate() {
            *count += if bits & 1 << n != 0 { LITTLE_WORD } else { 0 };
        }
    }
    // Of two languages that are alike the first of the list.
    let (best, count) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
    let told = count + FOREIGN_LETTERS * letters;
    // One little word of another language in eight at least, and some of each for one that is English.
    let is_dense = told * 4 >= words.len();
    if told >= TOLD + english * 2 * LITTLE_WORD && is_dense && *count > 0 {
        return Some(names[best].to_owned());
    }
    if english > 0 || told < LITTLE_WORD || !is_dense {
        return None;
    }
    let guess = whatlang::detect(text)?;
    let agrees = guess.lang() != whatlang::Lang::Eng && (guess.lang().eng_name() == names[best] || letters > 1);
    agrees.then(|| guess.lang().eng_name().to_owned())
}

fn guess(text: &str) -> Option<String> {
    whatlang::detect(text).map(|i| i.lang().eng_name().to_owned()).filter(|n| n != "English")
}

/// The language that a declaration names: `de`, `de-AT`, `deu`, `German`, `ENGLISH`.
fn name(declared: &str) -> Option<String> {
    let first = declared.trim().split(['-', '_', ';', ',', ' ']).next()?.to_ascii_lowercase();
    let code = TWO.iter().find(|(two, _)| *two == first).map_or(first.as_str(), |(_, three)| three);
    if code == "eng" {
        return Some("English".to_owned());
    }
    if let Some(lang) = whatlang::Lang::from_code(code) {
        return Some(lang.eng_name().to_owned());
    }
    let all = whatlang::Lang::all().iter().map(|l| l.eng_name());
    all.into_iter().find(|n| n.eq_ignore_ascii_case(&first)).map(str::to_owned)
}

/// The code of two letters of a language that [`other`] told.
pub fn code(name: &str) -> Option<String> {
    let other = [
        ("Norwegian", "no"),
        ("Malay", "ms"),
        ("Icelandic", "is"),
        ("Swahili", "sw"),
        ("Albanian", "sq"),
        ("Welsh", "cy"),
    ];
    if let Some((_, code)) = other.iter().find(|(own, _)| *own == name) {
        return Some((*code).to_owned());
    }
    let lang = whatlang::Lang::all().iter().find(|l| l.eng_name() == name)?;
    TWO.iter().find(|(_, three)| *three == lang.code()).map(|(two, _)| (*two).to_owned())
}

/// Codes of two letters for those of three.
const TWO: &[(&str, &str)] = &[
    ("en", "eng"),
    ("de", "deu"),
    ("fr", "fra"),
    ("es", "spa"),
    ("it", "ita"),
    ("pt", "por"),
    ("nl", "nld"),
    ("ru", "rus"),
    ("zh", "cmn"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("ar", "ara"),
    ("hi", "hin"),
    ("bn", "ben"),
    ("tr", "tur"),
    ("pl", "pol"),
    ("uk", "ukr"),
    ("cs", "ces"),
    ("sv", "swe"),
    ("da", "dan"),
    ("no", "nob"),
    ("nb", "nob"),
    ("fi", "fin"),
    ("el", "ell"),
    ("he", "heb"),
    ("hu", "hun"),
    ("ro", "ron"),
    ("bg", "bul"),
    ("sr", "srp"),
    ("hr", "hrv"),
    ("sl", "slv"),
    ("sk", "slk"),
    ("id", "ind"),
    ("vi", "vie"),
    ("th", "tha"),
    ("fa", "pes"),
    ("ur", "urd"),
    ("ta", "tam"),
    ("te", "tel"),
    ("mr", "mar"),
    ("gu", "guj"),
    ("kn", "kan"),
    ("ml", "mal"),
    ("pa", "pan"),
    ("my", "mya"),
    ("km", "khm"),
    ("ka", "kat"),
    ("hy", "hye"),
    ("az", "aze"),
    ("uz", "uzb"),
    ("ca", "cat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("et", "est"),
    ("mk", "mkd"),
    ("be", "bel"),
    ("tl", "tgl"),
    ("jv", "jav"),
    ("af", "afr"),
    ("zu", "zul"),
    ("sn", "sna"),
    ("am", "amh"),
    ("la", "lat"),
    ("eo", "epo"),
    ("yi", "yid"),
    ("ne", "nep"),
    ("si", "sin"),
    ("or", "ori"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_others() {
        for english in [
            "It rained.",
            "Stocks fall; oil up 3%",
            "Mayor Ann Smith denied the figures.",
            "Police said on Sunday that 241,000 people joined the march. Organisers said nearly 1.3 million people took part.",
            "Results: Ardmouth 2 Halvorne 1; Tessaly 0 Greyling 0; Marlow 3 Port Alder 2; Kingsway 1 Norwood 4; Selby 2 Thorne 2",
            "Prime Minister Kaczyński and Gdańsk Mayor Aleksandra Dulkiewicz visited Łódź on Monday, officials said.",
        ] {
            assert_eq!(other(english, None), None, "{english}");
        }
        for (text, language) in [
            (
                "Die Polizei sagte am Sonntag, dass 241.000 Menschen am Marsch teilnahmen. Die Veranstalter sprachen von fast 1,3 Millionen Teilnehmern.",
                "German",
            ),
            (
                "La police a déclaré dimanche que 241 000 personnes avaient participé à la marche, selon les organisateurs plus d'un million.",
                "French",
            ),
            (
                "La policía dijo el domingo que 241.000 personas participaron en la marcha; los organizadores hablaron de casi un millón.",
                "Spanish",
            ),
            ("Полиция сообщила в воскресенье, что в марше приняли участие 241 000 человек.", "Russian"),
            (
                "De politie zei zondag dat 241.000 mensen aan de mars deelnamen. Volgens de organisatie waren het er bijna een miljoen.",
                "Dutch",
            ),
            ("警方周日表示，有二十四万一千人参加了游行。组织者称近一百三十万人参加。", "Mandarin"),
            ("警方周日表示，有24.1万人参加了游行。", "Mandarin"),
        ] {
            assert_eq!(other(text, None).as_deref(), Some(language), "{text}");
        }
    }

    #[test]
    fn a_declaration_decides_where_the_text_does_not() {
        assert_eq!(other("Marsch in Berlin", Some("de-DE")).as_deref(), Some("German"));
        assert_eq!(other("Marsch in Berlin", Some("en")), None);
        assert_eq!(other("Police said on Sunday that the march was large and that nobody was hurt.", Some("de")), None);
        assert_eq!(other("It rained.", Some("ENGLISH")), None);
        assert_eq!(other("It rained.", Some("klingon")), None);
        assert_eq!(code("German").as_deref(), Some("de"));
    }
}
