//! Whether an article is in English: by the little words that no English text is without, and where they are rare by the
//! trigrams of the `whatlang` crate.

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
    let (mut words, mut english, mut shared, mut letters, mut latin) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
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
        }
    }
    let head: String = text.chars().take(2_000).collect();
    // Another script needs no words, and few letters: some languages put no spaces between words and write one in a letter.
    if letters >= 4 && latin * 2 < letters {
        return Some(guess(&head).unwrap_or_else(|| "a language of another script".to_owned()));
    }
    let declared = declared.and_then(name);
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
