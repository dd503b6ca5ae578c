//! W3C Web Annotations (JSON-LD): a page of annotations, one for each statement, whose targets are the places of its
//! content, by characters and by the words there with those before and after.

use crate::graph::store::Loaded as Store;
use serde_json::{Value, json};

use super::saying::{Saying, characters};
use crate::graph::Error;
use crate::graph::vocab::property;

/// As many characters before and after a quotation tell it from the same words elsewhere.
const AROUND: usize = 32;

/// Writes the annotations of the statements.
pub fn write(store: &Store, statements: &[String]) -> Result<String, Error> {
    let mut items = Vec::new();
    for iri in statements {
        if let Some(saying) = Saying::read(store, iri)? {
            items.extend(annotation(&saying));
        }
    }
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:sayso:annotations",
        "type": "AnnotationPage",
        "items": items,
    });
    Ok(super::pretty(&page))
}

/// One annotation; nothing where the article is not known.
fn annotation(saying: &Saying) -> Option<Value> {
    let document = saying.document.as_ref()?;
    let source = document.link(property::ADDRESS).unwrap_or(&document.iri);
    let mut places: Vec<(usize, usize)> = saying.statement.links(property::CONTENT_AT).filter_map(characters).collect();
    places.sort_unstable();
    let targets: Vec<Value> = places.into_iter().flat_map(|place| targets(saying, place, source)).collect();
    let mut body = vec![
        json!({ "type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": saying.summary() }),
        json!({ "type": "SpecificResource", "purpose": "identifying", "source": saying.statement.iri }),
    ];
    if let Some(speaker) = &saying.speaker {
        body.push(json!({ "type": "SpecificResource", "purpose": "tagging", "source": speaker.iri }));
    }
    Some(json!({
        "id": saying.sibling("annotation"),
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": if targets.is_empty() { json!(source) } else { json!(targets) },
    }))
}

/// A target for each sentence that a place reaches into: the characters between sentences are not kept in the graph.
fn targets(saying: &Saying, (begin, end): (usize, usize), source: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for sentence in saying.sentences.iter().filter(|s| s.begin < end && begin < s.end) {
        let (first, last) = (begin.max(sentence.begin) - sentence.begin, end.min(sentence.end) - sentence.begin);
        let words: Vec<char> = sentence.words.chars().collect();
        let part =
            |from: usize, to: usize| words[from.min(words.len())..to.min(words.len())].iter().collect::<String>();
        let mut quote = json!({ "type": "TextQuoteSelector", "exact": part(first, last) });
        for (name, context) in
            [("prefix", part(first.saturating_sub(AROUND), first)), ("suffix", part(last, last + AROUND))]
        {
            if !context.is_empty() {
                quote[name] = context.into();
            }
        }
        let position = json!({
            "type": "TextPositionSelector",
            "start": sentence.begin + first,
            "end": sentence.begin + last,
        });
        found.push(json!({ "source": source, "selector": [position, quote] }));
    }
    found
}
