//! schema.org as JSON-LD, fit for the `<script type="application/ld+json">` of a web page: articles with the quotations
//! and claims they report, and who is quoted.
//!
//! No `ClaimReview` is written: it is a verdict on whether a claim is true, and this program judges nobody's truth.

use std::collections::BTreeMap;

use crate::graph::store::Loaded as Store;
use serde_json::{Map, Value, json};

use super::saying::{Claim, Saying};
use crate::graph::Error;
use crate::graph::view::{Kind, Resource};
use crate::graph::vocab::{other, property};

/// Writes the statements with their articles and speakers.
pub fn write(store: &Store, statements: &[String]) -> Result<String, Error> {
    // Articles first, then people and organizations, then what they said: by rank and IRI.
    let mut things: BTreeMap<(u8, String), Value> = BTreeMap::new();
    for iri in statements {
        let Some(saying) = Saying::read(store, iri)? else { continue };
        for agent in [&saying.speaker, &saying.publisher].into_iter().flatten() {
            things.entry((1, agent.iri.clone())).or_insert_with(|| self::agent(agent));
        }
        if let Some(document) = &saying.document {
            let key = (0, document.iri.clone());
            things.entry(key).or_insert_with(|| article(document));
        }
        for (iri, quotation) in quotations(&saying) {
            things.insert((2, iri), quotation);
        }
        for claim in &saying.claims {
            things.insert((3, claim.resource.iri.clone()), self::claim(&saying, claim));
        }
    }
    let graph: Vec<Value> = things.into_values().collect();
    let text = super::pretty(&json!({ "@context": "https://schema.org", "@graph": graph }));
    // Inside a page, "</script>" in a quotation must not end the script.
    Ok(text.replace('<', "\\u003c"))
}

fn reference(resource: &Resource) -> Value {
    json!({ "@id": resource.iri })
}

fn article(document: &Resource) -> Value {
    let mut article = Map::new();
    article.insert("@type".into(), "NewsArticle".into());
    article.insert("@id".into(), document.iri.clone().into());
    let texts = [
        ("headline", document.text(property::TITLE)),
        ("datePublished", document.text(property::PUBLISHED)),
        ("url", document.link(property::ADDRESS)),
        ("identifier", document.text(property::IDENTIFIER)),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            article.insert(name.into(), text.into());
        }
    }
    let authors: Vec<Value> =
        document.texts(property::AUTHOR).map(|name| json!({ "@type": "Person", "name": name })).collect();
    if !authors.is_empty() {
        article.insert("author".into(), authors.into());
    }
    if let Some(publisher) = document.link(property::PUBLISHER) {
        article.insert("publisher".into(), json!({ "@id": publisher }));
    }
    article.into()
}

fn agent(agent: &Resource) -> Value {
    let kind = match agent.kind() {
        Kind::Person | Kind::Unnamed | Kind::Group => "Person",
        Kind::Organization => "Organization",
        _ => "Thing",
    };
    let mut object = Map::new();
    object.insert("@type".into(), kind.into());
    // "Moscow said": a place that speaks is its government.
    if agent.kind() == Kind::Place {
        object.insert("@type".into(), json!(["Place", "Organization"]));
    }
    object.insert("@id".into(), agent.iri.clone().into());
    // A group is no single person, and an unnamed source has no name.
    let (name, what) = match agent.kind() {
        Kind::Group => {
            object.insert("@type".into(), "Organization".into());
            ("name", "a group of people, not named one by one")
        }
        Kind::Unnamed => ("description", ""),
        _ => ("name", ""),
    };
    object.insert(name.into(), agent.label().into());
    if !what.is_empty() {
        object.insert("disambiguatingDescription".into(), what.into());
    }
    if let (Kind::Person, Some(role)) = (agent.kind(), agent.text(property::ROLE)) {
        object.insert("jobTitle".into(), role.into());
    }
    let same: Vec<&str> = agent.links(other::EXACT_MATCH).collect();
    if !same.is_empty() {
        object.insert("sameAs".into(), same.into());
    }
    object.into()
}

/// The speaker, where he is known to be a person or an organization, as schema.org wants its speakers.
fn speaker(saying: &Saying) -> Option<&Resource> {
    saying.speaker.as_ref().filter(|s| s.kind() != Kind::Thing)
}

/// The words in quotation marks, each a `Quotation` of its speaker.
fn quotations(saying: &Saying) -> Vec<(String, Value)> {
    let quotes: Vec<&str> = saying.statement.texts(property::QUOTE).collect();
    let several = quotes.len() > 1;
    let quotation = |(number, text): (usize, &str)| {
        let iri = match several {
            true => format!("{}#quote{}", saying.statement.iri, number + 1),
            false => saying.statement.iri.clone(),
        };
        let mut quotation = json!({ "@type": "Quotation", "@id": iri, "text": text, "description": saying.head() });
        if let Some(speaker) = speaker(saying) {
            quotation["spokenByCharacter"] = reference(speaker);
        }
        if let Some(document) = &saying.document {
            quotation["isPartOf"] = reference(document);
        }
        (iri, quotation)
    };
    quotes.into_iter().enumerate().map(quotation).collect()
}

fn claim(saying: &Saying, claim: &Claim) -> Value {
    let mut object = json!({
        "@type": "Claim",
        "@id": claim.resource.iri,
        "text": claim.resource.words(property::WORDS),
        "description": saying.head(),
    });
    // What somebody denies is not his claim.
    if let (Some(speaker), false) = (speaker(saying), saying.is_withheld()) {
        object["author"] = reference(speaker);
    }
    if let Some(document) = &saying.document {
        object["appearance"] = reference(document);
    }
    if let Some(quantity) = &claim.quantity {
        object["about"] = number(quantity);
    }
    object
}

/// A `QuantitativeValue`, or a `MonetaryAmount`, with its bounds.
fn number(quantity: &Resource) -> Value {
    let currency = quantity.text(property::CURRENCY);
    let mut number = Map::new();
    number.insert("@type".into(), if currency.is_some() { "MonetaryAmount" } else { "QuantitativeValue" }.into());
    number.insert("@id".into(), quantity.iri.clone().into());
    number.insert("name".into(), crate::graph::view::number_words(quantity).into());
    let bounds = [(property::VALUE, "value"), (property::LOWER, "minValue"), (property::UPPER, "maxValue")];
    let is_exact = quantity.value(property::BOUND) == "exact";
    for (property, name) in bounds {
        // "At least 40" has a least value and no value.
        if name == "value" && !is_exact && quantity.text(property::LOWER).or(quantity.text(property::UPPER)).is_some() {
            continue;
        }
        if is_exact && name != "value" {
            continue;
        }
        if let Some(value) = quantity.text(property).and_then(|v| serde_json::from_str::<serde_json::Number>(v).ok()) {
            number.insert(name.into(), value.into());
        }
    }
    match (currency, quantity.text(property::UNIT_NAME)) {
        (Some(currency), _) => {
            number.insert("currency".into(), currency.into());
        }
        (None, Some("item")) => {
            if let Some(counted) = quantity.text(property::COUNTED) {
                number.insert("unitText".into(), counted.into());
            }
        }
        (None, Some(unit)) => {
            number.insert("unitText".into(), unit.into());
            if let Some(iri) = quantity.link(property::UNIT) {
                number.insert("unitCode".into(), iri.into());
            }
        }
        (None, None) => {}
    }
    number.into()
}
