//! A dump of Wikidata in JSON, one item a line, whole or an extract.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};

use super::{Count, Filter, Row, each_line};
use crate::lexicon::country;
use crate::lexicon::gazetteer::ThingKind;

/// Classes of Wikidata (values of P31) and the kinds of ours that they are.
const CLASSES: &str = include_str!("classes.tsv");

#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    labels: Names<Text>,
    #[serde(default)]
    descriptions: Names<Text>,
    #[serde(default)]
    aliases: Names<Vec<Text>>,
    #[serde(default)]
    claims: Claims,
    #[serde(default)]
    sitelinks: Sitelinks,
}

#[derive(Deserialize, Clone)]
struct Text {
    value: String,
}

/// Texts by language. An empty one is written as a list.
struct Names<T>(BTreeMap<String, T>);

impl<T> Default for Names<T> {
    fn default() -> Names<T> {
        Names(BTreeMap::new())
    }
}

/// Languages whose names papers in English use as well; the wanted one is kept beside them.
const LANGUAGES: &[&str] = &["en", "en-gb", "en-ca", "mul"];

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Names<T> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Names<T>, D::Error> {
        struct Read<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = Names<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("texts by language")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names<T>, A::Error> {
                let wanted = WANTED.with(|w| w.borrow().clone());
                let mut found = BTreeMap::new();
                while let Some(language) = map.next_key::<std::borrow::Cow<str>>()? {
                    if *language == *wanted || LANGUAGES.iter().any(|l| *l == &*language) {
                        found.insert(language.into_owned(), map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Names(found))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Names<T>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Names::default())
            }
        }
        input.deserialize_any(Read(std::marker::PhantomData))
    }
}

std::thread_local! {
    /// The language of the import of this thread; the reader of a map has no other way to know it.
    static WANTED: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// The number of Wikipedias, and the title in the English one.
#[derive(Default)]
struct Sitelinks {
    wikipedias: u32,
}

impl<'de> Deserialize<'de> for Sitelinks {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Sitelinks, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Sitelinks;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("links to sites")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sitelinks, A::Error> {
                let mut found = Sitelinks::default();
                while let Some(site) = map.next_key::<std::borrow::Cow<str>>()? {
                    found.wikipedias +=
                        u32::from(site.ends_with("wiki") && site != "commonswiki" && site != "specieswiki");
                    map.next_value::<IgnoredAny>()?;
                }
                Ok(found)
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Sitelinks, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Sitelinks::default())
            }
        }
        input.deserialize_any(Read)
    }
}

/// The claims that are used.
#[derive(Default)]
struct Claims {
    /// Instance of (P31), country (P17), citizenship (P27), GeoNames (P1566), coordinates (P625).
    of: BTreeMap<&'static str, Vec<Value>>,
}

const PROPERTIES: &[&str] = &["P31", "P17", "P27", "P1566", "P625"];

#[derive(Deserialize)]
struct Statement {
    #[serde(default)]
    rank: Option<String>,
    mainsnak: Snak,
}

#[derive(Deserialize)]
struct Snak {
    #[serde(default)]
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Item {
        id: String,
    },
    Numbered {
        #[serde(rename = "numeric-id")]
        number: u64,
    },
    Point {
        latitude: f64,
        longitude: f64,
    },
    Text(String),
    Other(IgnoredAny),
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Claims, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Claims;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("claims by property")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Claims, A::Error> {
                let mut found = Claims::default();
                while let Some(property) = map.next_key::<std::borrow::Cow<str>>()? {
                    let Some(known) = PROPERTIES.iter().find(|p| **p == &*property) else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let mut statements: Vec<Statement> = map.next_value()?;
                    statements.retain(|s| s.rank.as_deref() != Some("deprecated"));
                    let preferred = statements.iter().any(|s| s.rank.as_deref() == Some("preferred"));
                    let values = statements
                        .into_iter()
                        .filter(|s| !preferred || s.rank.as_deref() == Some("preferred"))
                        .filter_map(|s| s.mainsnak.datavalue.map(|d| d.value));
                    found.of.insert(known, values.collect());
                }
                Ok(found)
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Claims, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Claims::default())
            }
        }
        input.deserialize_any(Read)
    }
}

impl Claims {
    /// The items that a property has for values.
    fn items(&self, property: &str) -> Vec<String> {
        let values = self.of.get(property).map_or(&[][..], Vec::as_slice);
        let item = |v: &Value| match v {
            Value::Item { id } => Some(id.clone()),
            Value::Numbered { number } => Some(format!("Q{number}")),
            _ => None,
        };
        values.iter().filter_map(item).collect()
    }
}

/// Turns the items of a dump into rows: of the kinds of ours, or of the classes asked for, with links to enough Wikipedias.
///
/// # Errors
/// When reading or writing fails; broken items are counted and passed over.
pub fn read(input: &mut dyn BufRead, filter: &Filter, out: &mut dyn Write) -> io::Result<Count> {
    WANTED.with(|w| w.replace(filter.language.clone()));
    let kinds: BTreeMap<&str, ThingKind> = CLASSES
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(class, rest)| Some((class, rest.split('\t').next()?.parse().ok()?)))
        .collect();
    let mut count = Count::default();
    each_line(input, &mut |line| {
        let line = line.trim_ascii();
        let line = line.strip_suffix(b",").unwrap_or(line);
        if line.is_empty() || line == b"[" || line == b"]" {
            return Ok(());
        }
        match serde_json::from_slice::<Item>(line) {
            Ok(item) => {
                count.read += 1;
                if let Some(row) = row(&item, filter, &kinds) {
                    count.kept += 1;
                    row.write(out)?;
                }
            }
            Err(_) => count.broken += 1,
        }
        Ok(())
    })?;
    Ok(count)
}

fn row(item: &Item, filter: &Filter, kinds: &BTreeMap<&str, ThingKind>) -> Option<Row> {
    if !item.id.starts_with('Q') || item.sitelinks.wikipedias < filter.sitelinks {
        return None;
    }
    let classes = item.claims.items("P31");
    if !filter.classes.is_empty() && !classes.iter().any(|c| filter.classes.contains(c)) {
        return None;
    }
    let kind = classes.iter().find_map(|c| kinds.get(c.as_str())).copied();
    // What is asked for by its class is kept also where no kind of ours is known for it.
    let kind = kind.or((!filter.classes.is_empty()).then_some(ThingKind::Organisation))?;
    let first = |names: &Names<Text>| {
        let languages = std::iter::once(filter.language.as_str()).chain(LANGUAGES.iter().copied());
        languages.filter_map(|l| names.0.get(l)).map(|t| t.value.clone()).next()
    };
    let label = first(&item.labels)?;
    let mut aliases: Vec<String> = item.labels.0.values().map(|t| t.value.clone()).collect();
    aliases.extend(item.aliases.0.values().flatten().map(|t| t.value.clone()));
    // Codes and flags are no names: "be", "br".
    aliases
        .retain(|a| a.chars().count() > 2 && a.chars().any(char::is_alphabetic) || a.chars().all(char::is_uppercase));
    let nations = [item.claims.items("P27"), item.claims.items("P17")].concat();
    let country = nations.iter().find_map(|q| country::of_wikidata(q)).unwrap_or("").to_owned();
    let geonames = match item.claims.of.get("P1566").and_then(|v| v.first()) {
        Some(Value::Text(number)) if number.bytes().all(|b| b.is_ascii_digit()) => number.clone(),
        _ => String::new(),
    };
    let point = match item.claims.of.get("P625").and_then(|v| v.first()) {
        Some(Value::Point { latitude, longitude }) => Some((*latitude, *longitude)),
        _ => None,
    };
    // On the scale of populations: a thing of two hundred Wikipedias is known like a city of ten million.
    let fame = (f64::from(item.sitelinks.wikipedias) + 1.0).ln();
    let prior = match kind {
        ThingKind::Country => 1000,
        _ => (250.0 + 95.0 * fame).min(900.0) as u16,
    };
    let description = first(&item.descriptions).unwrap_or_default();
    Some(Row {
        wikidata: item.id.clone(),
        geonames,
        label,
        aliases,
        kind: Some(kind),
        country,
        description,
        prior,
        point,
        ..Row::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: &str = r#"{"id":"Q900001","labels":{"en":{"language":"en","value":"Ada Brook"},"sv":{"language":"sv","value":"Ada Bäck"}},
        "descriptions":{"en":{"language":"en","value":"Swedish minister"}},"aliases":{"en":[{"language":"en","value":"A. Brook"}]},
        "claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"}}}],
                  "P27":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q34"}}}}],"P18":[{"mainsnak":{"snaktype":"novalue"}}]},
        "sitelinks":{"enwiki":{"title":"Ada Brook"},"svwiki":{"title":"Ada Bäck"},"commonswiki":{"title":"x"}}}"#;

    #[test]
    fn an_item_becomes_a_row() {
        let text = format!(
            "[\n{},\n{{\"id\":\"Q900002\",\"labels\":[],\"claims\":[]}},\nbroken\n]\n",
            PERSON.replace('\n', " ")
        );
        let mut out = Vec::new();
        let filter = Filter { sitelinks: 2, ..Filter::default() };
        let count = read(&mut text.as_bytes(), &filter, &mut out).expect("in memory");
        assert_eq!(count, Count { read: 2, kept: 1, broken: 1 });
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(out.starts_with("Q900001\t\t\tAda Brook\tA. Brook\tperson\tSE\tSwedish minister\t"), "{out}");
    }
}
