//! A statement: its sentence with speaker, cue and content marked, and what is known of it.

use std::fmt::Write;

use hyper::StatusCode;

use super::{Failed, Page, View, article, day, encoded, escaped, link, place_of, printed, shown, stance, sure, who};
use crate::graph::catalogue::{Row, characters, source_kind};
use crate::graph::export::sheet::{self, Place};
use crate::graph::query::compact;
use crate::graph::view::Resource;
use crate::graph::vocab::{other, property};

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let iri = view.one("iri")?;
    let Some(Row::Statement(at)) = all.row(iri) else {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such statement"));
    };
    let statement = &all.statements[at as usize];
    let resource = Resource::read(&view.site.store, iri)?;
    let mut places = Vec::new();
    for (property, class) in article::PLACES {
        places.extend(resource.links(property).filter_map(characters).map(|place| (place, class)));
    }
    for &figure in &statement.figures {
        places.extend(characters(&all.figures[figure as usize].evidence).map(|place| (place, article::NUMBERS)));
    }
    let of = all.article(statement);
    let query =
        format!("SELECT ?property ?value WHERE {{ <{}> ?property ?value }} ORDER BY ?property ?value", statement.iri);
    let mut body = String::from("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"/articles\">Articles</a>");
    let _ = write!(body, " / {}</p>", link("/article", &of.iri, of.label()));
    let title = if statement.is_narrator() {
        format!("{}, in its own voice", escaped(of.paper()))
    } else {
        format!(
            "{}, {}",
            escaped(&all.who(statement)),
            escaped(if statement.cue.is_empty() { "said" } else { &statement.cue })
        )
    };
    body += &view.head(&title, &format!("{} {}", escaped(&statement.words), stance(statement)), &query);
    for sentence in &statement.sentences {
        let sentence = Resource::read(&view.site.store, sentence)?;
        let begin = characters(&sentence.iri).map_or(0, |(begin, _)| begin);
        let words = sentence.words(other::ANCHOR_OF);
        let _ = write!(body, "<div class=\"text\"><p>{}</p></div>", article::one_marked(&words, begin, &places));
    }
    body.push_str("<p class=\"key\"><span><mark class=\"w\">who</mark> speaker</span> <span><mark class=\"c\">cue</mark> words of saying</span> <span><mark class=\"s\">what</mark> said</span> <span><mark class=\"n\">9,000</mark> number</span></p><div class=\"why\"><dl>");
    let mut fact = |term: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(body, "<dt>{term}</dt><dd>{value}</dd>");
        }
    };
    let written = match statement.source.as_str() {
        "" => String::new(),
        source if source == all.who(statement) => String::new(),
        source => format!(" <span class=\"small muted\">“{}”</span>", escaped(source)),
    };
    fact("Who", who(all, statement) + &written);
    fact("Role", escaped(&statement.title));
    fact("Kind of source", escaped(source_kind(&statement.kind)));
    fact("How", escaped(if statement.is_narrator() { "the paper’s own voice" } else { &statement.mode }));
    fact("To", escaped(&statement.addressee));
    fact("Through", escaped(&statement.medium));
    fact("When", escaped(&day(&statement.latest)));
    for &figure in &statement.figures {
        let figure = &all.figures[figure as usize];
        let question = figure.question.map(|q| &all.questions[q as usize]);
        let others = question.map_or(String::new(), |q| format!(" — {}", link("/question", &q.iri, "what others say")));
        let thing =
            if figure.measured.is_empty() { String::new() } else { format!(" · {}", escaped(&figure.measured)) };
        fact("Figure", format!("<b class=\"fig\">{}</b>{thing}{others}", escaped(&figure.surface)));
    }
    fact("Where", escaped(&statement.places.join("; ")));
    fact("Confidence", sure(statement));
    fact("Decided by", escaped(&resource.texts(property::MADE_BY).collect::<Vec<_>>().join("; ")));
    fact("Article", format!("{} · <a href=\"{}\">in its text</a>", printed(all, at), place_of(all, at)));
    if of.address.starts_with("http") {
        fact("Original", format!("<a rel=\"noreferrer\" href=\"{0}\">{0}</a>", escaped(&of.address)));
    }
    let _ = write!(
        body,
        "</dl></div><p class=\"small\"><a href=\"/review?iri={}\">Right or wrong? Review it</a></p>",
        encoded(iri)
    );
    body.push_str("<details><summary>All that the graph holds of it</summary><div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"Triples\"><table class=\"tsv\"><tbody>");
    for (name, objects) in &resource.facts {
        let values: Vec<String> = objects.iter().map(shown).collect();
        let _ =
            write!(body, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escaped(&compact(name)), values.join("<br>"));
    }
    let _ = write!(
        body,
        "</tbody></table></div><p class=\"small\"><a href=\"/sparql?query={}\">Ask for it in SPARQL</a></p></details>",
        encoded(&query)
    );
    let mut page = Page::new("/statements", "Statement", body);
    if !view.one("as")?.is_empty() {
        page.sheets.push(sheet::statements(&view.site.store, all, &[at], &Place { pages: Some(view.host.clone()) })?);
    }
    Ok(page)
}
