//! A dispute: the claims that answer one question side by side, and how they compare.

use std::fmt::Write;

use hyper::StatusCode;
use oxigraph::model::Term;

use super::{Failed, Site, escaped, link, node, rows};

/// What is asked, in words: the thing counted and the measure.
pub(super) fn label(counted: &str, measure: &str) -> String {
    match (counted, measure) {
        ("", "") => "a figure".to_owned(),
        ("", words) | (words, "") => words.to_owned(),
        (counted, measure) => format!("{counted}: {measure}"),
    }
}

/// The answers to a question, the smallest first, and the pairs of them by verdict.
pub(super) fn page(site: &Site, iri: &str) -> Result<(String, String), Failed> {
    let question = node(iri)?;
    let about = rows(
        site,
        &format!(
            "SELECT ?counted ?measure {{ OPTIONAL {{ {question} sayso:counted ?counted }} \
             OPTIONAL {{ {question} sayso:measure ?measure }} FILTER EXISTS {{ {question} ?any ?thing }} }} LIMIT 1"
        ),
    )?;
    let Some(words) = about.cells().pop() else {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such question"));
    };
    let answers = rows(
        site,
        &format!(
            "SELECT DISTINCT ?agent ?who ?how ?surface ?low ?high ?said ?statement ?text ?title ?publisher {{
               ?claim sayso:answers {question} ; sayso:quantity ?quantity . ?quantity sayso:surface ?surface .
               ?statement sayso:content ?claim ; sayso:reportedIn ?article .
               OPTIONAL {{ ?quantity sayso:value ?value }} OPTIONAL {{ ?quantity sayso:lower ?lower }}
               OPTIONAL {{ ?quantity sayso:upper ?upper }} OPTIONAL {{ ?quantity sayso:bound ?bound }}
               OPTIONAL {{ ?statement sayso:speaker ?agent . ?agent rdfs:label ?name }}
               OPTIONAL {{ ?statement sayso:source ?source }} OPTIONAL {{ ?statement sayso:cue ?how }}
               OPTIONAL {{ ?statement sayso:saidLatest ?said }}
               OPTIONAL {{ ?statement sayso:sentence ?sentence . ?sentence nif:anchorOf ?sentenceText }}
               OPTIONAL {{ ?statement sayso:words ?statementWords }}
               OPTIONAL {{ ?article sayso:title ?title }}
               OPTIONAL {{ ?article sayso:publisher ?paper . ?paper rdfs:label ?publisher }}
               BIND(COALESCE(?name, ?source, \"\") AS ?who)
               BIND(COALESCE(?lower, IF(COALESCE(?bound IN (sayso:atMost, sayso:lessThan), false), ?none, ?value)) AS ?low)
               BIND(COALESCE(?upper, IF(COALESCE(?bound IN (sayso:atLeast, sayso:moreThan), false), ?none, ?value)) AS ?high)
               BIND(COALESCE(?sentenceText, ?statementWords) AS ?text)
             }} ORDER BY ?low ?high ?said ?who ?statement"
        ),
    )?;
    let mut body = String::from("<table><tr><th>Figure<th>At least<th>At most<th>Who<th>Sentence</tr>");
    for (row, cells) in answers.rows.iter().zip(answers.cells()) {
        let [_, who, how, surface, low, high, said, _, text, title, publisher] = &cells[..] else { continue };
        let who = match &row[0] {
            Some(Term::NamedNode(agent)) => link("/entity", agent.as_str(), who),
            _ => escaped(who),
        };
        let text = match &row[7] {
            Some(Term::NamedNode(statement)) => link("/statement", statement.as_str(), text),
            _ => escaped(text),
        };
        let source: Vec<String> =
            [publisher, title].into_iter().filter(|t| !t.is_empty()).map(|t| escaped(t)).collect();
        let _ = write!(
            body,
            "<tr><td><b>{}</b><td class=number>{}<td class=number>{}<td>{who}<br><small>{} <span class=number>{}</span></small>\
             <td>{text}<br><small>{}</small></tr>",
            escaped(surface),
            number(low),
            number(high),
            escaped(how),
            escaped(said),
            source.join(" · ")
        );
    }
    body.push_str("</table>");
    compared(site, &question.to_string(), &mut body)?;
    Ok((escaped(&label(&words[0], &words[1])), body))
}

/// A bound with its thousands apart; a dash where there is none.
fn number(text: &str) -> String {
    if text.is_empty() {
        return "–".to_owned();
    }
    let (whole, rest) = text.split_once('.').map_or((text, ""), |(w, r)| (w, &r[..r.len().min(2)]));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && left % 3 == 0 && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    if rest.trim_end_matches('0').is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

/// The verdicts on pairs of answers, contradictions first.
fn compared(site: &Site, question: &str, body: &mut String) -> Result<(), Failed> {
    let verdicts = [
        ("sayso:contradicts", "Contradictions", "contradicts"),
        ("sayso:updates", "Later figures", "updates"),
        ("sayso:corroborates", "Confirmed by others", "confirms"),
        ("sayso:agrees", "The same", "agrees with"),
        ("sayso:compatible", "Both can be true", "fits"),
        ("sayso:otherScope", "Of different scope", "counts another part than"),
    ];
    for (property, title, verb) in verdicts {
        // What holds both ways may be written one way; it is shown once.
        let (path, once) = match property {
            "sayso:updates" => (property.to_owned(), ""),
            _ => (format!("({property}|^{property})"), "FILTER(STR(?claim) < STR(?other))"),
        };
        let pairs = rows(
            site,
            &format!(
                "SELECT DISTINCT ?number ?who ?otherNumber ?otherWho ?reason {{
                   ?claim sayso:answers {question} ; {path} ?other . ?other sayso:answers {question} . {once}
                   ?claim sayso:quantity/sayso:surface ?number . ?other sayso:quantity/sayso:surface ?otherNumber .
                   OPTIONAL {{ ?claim ^sayso:content/sayso:speaker/rdfs:label ?who }}
                   OPTIONAL {{ ?other ^sayso:content/sayso:speaker/rdfs:label ?otherWho }}
                   OPTIONAL {{ ?pair sayso:left ?claim ; sayso:right ?other ; sayso:reason ?reason1 }}
                   OPTIONAL {{ ?pair2 sayso:left ?other ; sayso:right ?claim ; sayso:reason ?reason2 }}
                   BIND(COALESCE(?reason1, ?reason2, \"\") AS ?reason)
                 }} ORDER BY ?number ?who ?otherNumber ?otherWho LIMIT 200"
            ),
        )?;
        if pairs.rows.is_empty() {
            continue;
        }
        let _ = write!(body, "<h2>{title}</h2><table>");
        for cells in pairs.cells() {
            let [number, who, other, other_who, reason] = &cells[..] else { continue };
            let red = if property == "sayso:contradicts" { " class=red" } else { "" };
            let _ = write!(
                body,
                "<tr><td><b>{}</b> <small>{}</small><td{red}>{verb}<td><b>{}</b> <small>{}</small><td><small>{}</small></tr>",
                escaped(number),
                escaped(who),
                escaped(other),
                escaped(other_who),
                escaped(reason)
            );
        }
        body.push_str("</table>");
    }
    Ok(())
}
