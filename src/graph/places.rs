//! Places in the text of an article: as IRIs tell them (`DOC#char=120,184`), and those of a statement in one text.

use std::str::FromStr;

use oxigraph::model::NamedNodeRef;

use super::vocab::property;

/// Where a statement stands: its content, its cue, its source.
pub const STANDS: [NamedNodeRef<'static>; 3] = [property::CONTENT_AT, property::CUE_AT, property::SPEAKER_AT];

/// What stands before the places of each in one text.
const MARKS: [&str; 3] = ["", "cue", "source"];

/// What stands in an IRI before its characters.
pub const MARK: &str = "#char=";

/// The first character of a place and the one after its last, in code points.
pub fn characters<N: FromStr>(iri: &str) -> Option<(N, N)> {
    numbers(iri.rsplit_once(MARK)?.1)
}

/// The two numbers of `120,184`.
pub fn numbers<N: FromStr>(text: &str) -> Option<(N, N)> {
    let (begin, end) = text.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

/// The document of a place.
pub fn document(iri: &str) -> Option<&str> {
    Some(iri.rsplit_once(MARK)?.0)
}

/// Whether a place lies within another of the same document.
pub fn is_within(place: &str, other: &str) -> bool {
    document(place) == document(other)
        && characters::<usize>(place).zip(characters(other)).is_some_and(|((a, b), (c, d))| c <= a && b <= d)
}

/// The words at a place within a sentence, with single blanks.
pub fn words_at(place: &str, sentence: &str, text: &str) -> Option<String> {
    let ((begin, end), (first, _)) = (characters::<usize>(place)?, characters::<usize>(sentence)?);
    if !is_within(place, sentence) {
        return None;
    }
    let words: String = text.chars().skip(begin - first).take(end - begin).collect();
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The places of content, cue and source as one text: `120,184 190,200 cue 101,105 source 90,99`. Nothing where an IRI tells
/// no characters.
pub fn told<'i>(places: [Vec<&'i str>; 3]) -> Option<String> {
    let mut parts: Vec<&'i str> = Vec::new();
    for (mark, places) in MARKS.into_iter().zip(places) {
        parts.extend((!mark.is_empty() && !places.is_empty()).then_some(mark));
        for place in places {
            parts.push(place.rsplit_once(MARK).filter(|(_, text)| numbers::<usize>(text).is_some())?.1);
        }
    }
    Some(parts.join(" "))
}

/// What [`told`] has made one text of: for each the characters of its places, as IRIs have them.
pub fn read(text: &str) -> [Vec<&str>; 3] {
    let mut found: [Vec<&str>; 3] = Default::default();
    let mut of = 0;
    for part in text.split(' ') {
        match MARKS.iter().position(|mark| *mark == part && !mark.is_empty()) {
            Some(other) => of = other,
            None if numbers::<usize>(part).is_some() => found[of].push(part),
            None => {}
        }
    }
    found
}

/// Where the content begins, by such a text; nothing where that is the sentence.
pub fn begin(text: &str) -> Option<u32> {
    read(text)[0].iter().filter_map(|place| numbers(place)).map(|(begin, _)| begin).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_from_one_text() {
        let iri = |text: &str| format!("https://example.org/doc/1#char={text}");
        let places = [vec![iri("120,184"), iri("99,101")], vec![iri("101,105")], vec![]];
        let text = told(places.each_ref().map(|all| all.iter().map(String::as_str).collect())).expect("a text");
        assert_eq!(text, "120,184 99,101 cue 101,105");
        assert_eq!(read(&text), [vec!["120,184", "99,101"], vec!["101,105"], vec![]]);
        assert_eq!((begin(&text), begin("cue 101,105 source 3,4")), (Some(99), None));
        assert_eq!(read("cue 101,105 source 3,4"), [vec![], vec!["101,105"], vec!["3,4"]]);
        assert_eq!(told([vec!["https://example.org/doc/1"], vec![], vec![]]), None);
    }

    #[test]
    fn words_are_read_from_the_sentence_that_holds_them() {
        let (sentence, text) = ("https://example.org/doc/1#char=10,32", "“Ä car \n burnt,” he said");
        assert_eq!(words_at("https://example.org/doc/1#char=11,24", sentence, text).as_deref(), Some("Ä car burnt"));
        assert_eq!(words_at("https://example.org/doc/1#char=9,12", sentence, text), None);
        assert_eq!(words_at("https://example.org/doc/2#char=11,12", sentence, text), None);
    }
}
