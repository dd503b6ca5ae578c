//! Claims that fact-checkers have reviewed (schema.org `ClaimReview`, and Google's interface to them), as one more source:
//! who claimed what, when, according to whom. The verdict is left where it is: nobody's truth is judged here.

use serde_json::{Map, Value};

use super::dates;
use crate::text::{FoundIn, Given, Span};

/// What a review says of its claim.
struct Claim {
    words: String,
    claimant: Option<String>,
    /// The day of the claim, as written.
    day: Option<String>,
    publisher: Option<Value>,
    published: Option<Value>,
    url: Option<Value>,
    language: Option<Value>,
}

/// Whether an object is a reviewed claim.
pub fn is_review(object: &Map<String, Value>) -> bool {
    claim(object).is_some()
}

/// The claim as an article that says who claimed it, and the places of both in its text; `None` where the object is no
/// review, or nobody is said to claim it.
pub fn article(object: &Map<String, Value>) -> Option<(Map<String, Value>, Given)> {
    let claim = claim(object)?;
    let claimant = claim.claimant?;
    let day = claim.day.as_deref().and_then(|day| dates::parse_in(day, FoundIn::Given, None)).map(|p| p.date);
    let when = day
        .map_or(String::new(), |day| format!(" on {} {} {}", day.day(), MONTHS[day.month() as usize - 1], day.year()));
    let words = claim.words.trim();
    let end = if words.ends_with(['.', '!', '?', '”', '"', '…']) { "" } else { "." };
    let mut article = Map::new();
    let head = format!("{claimant} said{when}: ");
    let given = Given {
        source: Span::new(0, claimant.len()),
        cue: Span::new(claimant.len() + 1, claimant.len() + 5),
        content: Span::new(head.len(), head.len() + words.len()),
        day,
    };
    article.insert("text".into(), format!("{head}{words}{end}").into());
    let written = claim.published.or(claim.day.map(Value::from));
    let facts = [("publisher", claim.publisher), ("date", written), ("url", claim.url), ("language", claim.language)];
    for (name, value) in facts {
        if let Some(value) = value {
            article.insert(name.to_owned(), value);
        }
    }
    Some((article, given))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn claim(object: &Map<String, Value>) -> Option<Claim> {
    of_schema(object).or_else(|| of_interface(object))
}

/// `ClaimReview`, by itself or as an item of a feed (`DataFeedItem`).
fn of_schema(object: &Map<String, Value>) -> Option<Claim> {
    let inner = object.get("item").and_then(first_object);
    let review = [Some(object), inner].into_iter().flatten().find(|o| is_type(o, "ClaimReview"))?;
    let words = text(review.get("claimReviewed")?)?;
    let reviewed = review.get("itemReviewed").and_then(first_object);
    let claimed = |name: &str| reviewed.and_then(|o| o.get(name));
    let appearance = claimed("appearance").or(claimed("firstAppearance")).and_then(first_object);
    // Before there was `Claim`, the work in which it was claimed stood in its place.
    let claimant = claimed("author").or_else(|| appearance?.get("author")).and_then(all_named);
    let day = claimed("datePublished").or_else(|| appearance?.get("datePublished")).and_then(text);
    Some(Claim {
        words,
        claimant: claimant.filter(|name| is_somebody(name)),
        day,
        publisher: review.get("author").or(review.get("publisher")).and_then(named).map(Value::from),
        published: review.get("datePublished").cloned(),
        url: review.get("url").or(review.get("@id")).cloned(),
        language: review.get("inLanguage").cloned(),
    })
}

/// A claim of the Fact Check Tools interface: `text`, `claimant`, `claimDate`, `claimReview`.
fn of_interface(object: &Map<String, Value>) -> Option<Claim> {
    let reviews = object.get("claimReview")?.as_array()?;
    let review = reviews.first().and_then(Value::as_object);
    let of_review = |name: &str| review.and_then(|r| r.get(name));
    let publisher = of_review("publisher").and_then(Value::as_object);
    Some(Claim {
        words: text(object.get("text")?)?,
        claimant: object.get("claimant").and_then(text).filter(|name| is_somebody(name)),
        day: object.get("claimDate").and_then(text),
        publisher: publisher.and_then(|p| p.get("name").or(p.get("site"))).cloned(),
        published: of_review("reviewDate").cloned(),
        url: of_review("url").cloned(),
        language: of_review("languageCode").cloned(),
    })
}

fn is_type(object: &Map<String, Value>, wanted: &str) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|t| t.rsplit(['/', ':']).next() == Some(wanted));
    match object.get("@type").or(object.get("type")) {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

fn first_object(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        Value::Array(list) => list.iter().find_map(Value::as_object),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
}

/// The names of all of several.
fn all_named(value: &Value) -> Option<String> {
    let Value::Array(list) = value else { return named(value) };
    let names: Vec<String> = list.iter().filter_map(named).filter(|name| is_somebody(name)).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
}

/// The name of a person or body, or of the first of several.
fn named(value: &Value) -> Option<String> {
    text(value).or_else(|| first_object(value)?.get("name").and_then(text))
}

/// Where things are posted. Reviews write it in the place of a claimant whom they do not know; the firm has claimed nothing.
const CHANNELS: &[&str] = &[
    "social media",
    "facebook",
    "twitter",
    "x",
    "instagram",
    "tiktok",
    "youtube",
    "whatsapp",
    "telegram",
    "reddit",
    "threads",
    "linkedin",
    "weibo",
    "wechat",
    "vkontakte",
    "internet",
    "the internet",
    "online",
    "chain message",
];

/// Whether a claimant's name names anybody: some reviews write that they do not know, others where it was posted.
fn is_somebody(name: &str) -> bool {
    let is_nobody = |part: &str| {
        let part = part.trim();
        part.is_empty()
            || CHANNELS.contains(&part)
            || matches!(part, "unknown" | "n/a" | "na" | "none" | "-" | "anonymous" | "various" | "other" | "others")
    };
    !name.to_lowercase().split([',', ';', '/', '&']).flat_map(|p| p.split(" and ")).all(is_nobody)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<String> {
        let Ok(Value::Object(object)) = serde_json::from_str(json) else { panic!("{json}") };
        assert!(is_review(&object));
        let (article, given) = article(&object)?;
        let text = article.get("text")?.as_str()?.to_owned();
        assert_eq!((&text[given.source.range()], &text[given.cue.range()]), ("Marta Keel", "said"));
        assert_eq!(&text[given.content.range()], "The new hospital has 450 beds");
        Some(text)
    }

    #[test]
    fn the_claim_and_the_claimant_are_read_and_the_rating_is_not() {
        let review = r#"{"@context": "https://schema.org", "@type": "ClaimReview", "url": "https://check.example/1",
            "claimReviewed": "The new hospital has 450 beds", "author": {"@type": "Organization", "name": "Ardland Checks"},
            "datePublished": "2020-05-20", "reviewRating": {"@type": "Rating", "alternateName": "False"},
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Marta Keel"}, "datePublished": "2020-05-12"}}"#;
        let words = "Marta Keel said on 12 May 2020: The new hospital has 450 beds.";
        assert_eq!(read(review).as_deref(), Some(words));
        assert_eq!(read(&format!(r#"{{"@type": "DataFeedItem", "item": [{review}]}}"#)).as_deref(), Some(words));
        let answer = r#"{"text": "The new hospital has 450 beds", "claimant": "Marta Keel", "claimDate": "2020-05-12T00:00:00Z",
            "claimReview": [{"publisher": {"name": "Ardland Checks", "site": "check.example"}, "url": "https://check.example/1",
            "reviewDate": "2020-05-20T10:00:00Z", "textualRating": "False", "languageCode": "en"}]}"#;
        assert_eq!(read(answer).as_deref(), Some(words));
    }

    #[test]
    fn a_claim_of_nobody_is_none() {
        let review = r#"{"@type": ["Article", "ClaimReview"], "claimReviewed": "A video shows a flood.",
            "itemReviewed": {"@type": "CreativeWork", "author": {"name": "Unknown"}}}"#;
        assert_eq!(read(review), None);
        assert!(!is_somebody("Facebook, Twitter") && !is_somebody("Social media") && is_somebody("Facebook posts"));
    }
}
