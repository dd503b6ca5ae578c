//! Mappings as SSSOM (mapping-commons.github.io/sssom): what a person or another program has decided about names, as
//! decisions of ours.

use std::collections::BTreeMap;

use super::decisions::Line;
use super::list;

/// Mappings read, and those that decide nothing here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mappings {
    pub lines: Vec<Line>,
    /// Mappings that are no identity (broader, related …).
    pub other: usize,
    /// Lines without a label or with a target that is no number and no IRI.
    pub broken: usize,
}

/// Reads a table of mappings. A subject is known by its label: decisions hold for words of texts, not for our IRIs.
///
/// # Errors
/// When it has no line with the names of columns.
pub fn read(text: &str) -> Result<Mappings, String> {
    let mut prefixes: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines().take_while(|l| l.starts_with('#')) {
        let line = line.trim_start_matches('#').trim();
        if let Some((prefix, space)) = line.split_once(':').filter(|(_, space)| space.contains("://")) {
            prefixes.insert(prefix.trim().to_owned(), space.trim().trim_matches(['"', '\'']).to_owned());
        }
    }
    let mut rows = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let titles: Vec<&str> = rows.next().unwrap_or_default().split('\t').map(str::trim).collect();
    let place = |name: &str| titles.iter().position(|t| *t == name);
    let (Some(label), Some(predicate), Some(object)) =
        (place("subject_label"), place("predicate_id"), place("object_id"))
    else {
        return Err("a table of mappings has the columns subject_label, predicate_id and object_id".to_owned());
    };
    let mut found = Mappings::default();
    for row in rows {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let cell = |place: Option<usize>| place.and_then(|p| cells.get(p)).copied().unwrap_or_default();
        let predicate = cell(Some(predicate)).rsplit([':', '#', '/']).next().unwrap_or_default();
        if !matches!(predicate, "exactMatch" | "sameAs" | "closeMatch" | "equivalentClass") {
            found.other += 1;
            continue;
        }
        let words = cell(Some(label));
        let target = list::row(&whole(cell(Some(object)), &prefixes));
        let Some(target) = target.filter(|_| !words.is_empty()) else {
            found.broken += 1;
            continue;
        };
        let is_not = cell(place("predicate_modifier")).eq_ignore_ascii_case("not");
        found.lines.push(Line {
            decision: if is_not { "reject" } else { "accept" }.to_owned(),
            kind: "link".to_owned(),
            words: words.to_owned(),
            value: [target.wikidata, target.geonames, target.iri]
                .into_iter()
                .find(|v| !v.is_empty())
                .unwrap_or_default(),
            day: cell(place("mapping_date")).to_owned(),
            by: cell(place("author_label").or(place("author_id"))).to_owned(),
            ..Line::default()
        });
    }
    Ok(found)
}

/// An IRI in full: `wikidata:Q76` by the prefixes that the table or everybody knows.
fn whole(id: &str, prefixes: &BTreeMap<String, String>) -> String {
    let Some((prefix, rest)) = id.split_once(':').filter(|(_, rest)| !rest.starts_with("//")) else {
        return id.to_owned();
    };
    let usual = match prefix.to_ascii_lowercase().as_str() {
        "wikidata" | "wd" | "wdt" => "http://www.wikidata.org/entity/",
        "geonames" | "gn" => "https://sws.geonames.org/",
        "dbpedia" | "dbr" => "http://dbpedia.org/resource/",
        _ => "",
    };
    match prefixes.get(prefix).map(String::as_str).unwrap_or(usual) {
        "" => id.to_owned(),
        space => format!("{space}{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_become_decisions() {
        let text = "#curie_map:\n#  people: https://example.org/people/\n#mapping_tool: other\n\
                    subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_date\n\
                    x:1\tIlse Varga\tskos:exactMatch\t\tpeople:7\t2031-03-09\n\
                    x:2\tLinde\towl:sameAs\tNot\twikidata:Q999\t\n\
                    x:3\tThe Ministry\tskos:relatedMatch\t\twd:Q1\t\n\
                    x:4\t\tskos:exactMatch\t\twd:Q2\t\n";
        let found = read(text).expect("a table");
        let told: Vec<(&str, &str, &str)> =
            found.lines.iter().map(|l| (l.decision.as_str(), l.words.as_str(), l.value.as_str())).collect();
        assert_eq!(told, [("accept", "Ilse Varga", "https://example.org/people/7"), ("reject", "Linde", "Q999")]);
        assert_eq!((found.other, found.broken, found.lines[0].day.as_str()), (1, 1, "2031-03-09"));
        assert!(read("name\ttarget\n").is_err());
    }
}
