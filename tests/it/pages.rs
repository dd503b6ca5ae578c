//! The pages of lists: the query under each gives the rows that it shows, with every filter, and a facet's counts are the rows
//! that choosing its values leaves.

use std::collections::BTreeSet;
use std::path::Path;

use sayso::serve::{Options, Running};

use super::serve::{get, server};

/// The invented stories of the corpus.
fn stories() -> (tempfile::TempDir, Running) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let paths = ["halvorne", "earthquake", "tankers"].map(|name| corpus.join(name).display().to_string());
    let arguments: Vec<&str> = std::iter::once("build").chain(paths.iter().map(String::as_str)).collect();
    let output = super::cli::sayso(folder.path(), &arguments, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let store = sayso::graph::store::Store::open(folder.path().join("sayso-store")).and_then(|s| s.load());
    (folder, server(store.expect("a store"), Options::default()))
}

/// What stands between two marks of a text, each time.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    text.split(begin).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// A page in all its parts.
fn parts(site: &Running, address: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = Some(address.to_owned());
    while let Some(now) = next {
        let page = get(site, &now);
        assert_eq!(page.status, 200, "{now}: {}", page.body);
        next = between(&page.body, "rel=\"next\"", ">")
            .first()
            .and_then(|link| between(link, "href=\"", "\"").first().map(|address| address.replace("&amp;", "&")));
        found.push(page.body);
        assert!(found.len() < 50, "{address} has no end");
    }
    found
}

/// What the query under a page gives for a variable, row by row.
fn answers(site: &Running, page: &str, variables: &[&str]) -> Vec<Vec<String>> {
    let query = between(page, "/editor?query=", "\"").first().expect("a query").replace("&amp;", "&");
    let answer = get(site, &format!("/sparql?query={query}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let rows = answer["results"]["bindings"].as_array().expect("rows");
    let cell = |row: &serde_json::Value, name: &&str| row[name]["value"].as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| variables.iter().map(|name| cell(row, name)).collect()).collect()
}

/// How many rows a page says it has.
fn told(page: &str) -> usize {
    let heading = between(page, "<h2 id=\"h-list\" class=\"plainh\">", "</h2>")[0];
    let last = heading.rsplit(" of ").next().unwrap_or(heading);
    last.split(' ').find_map(|word| word.replace(',', "").parse().ok()).expect("a number of rows")
}

const CHOICES: [&str; 11] = [
    "",
    "publisher=The%20Inland%20Post",
    "kind=official&min=0",
    "mode=direct",
    "speaker=police&min=0",
    "since=2015-01-01&until=2030-01-01&kind=institution",
    "measure=killed&min=0",
    "q=the&min=0.8",
    "q=people&min=0",
    "q=trucks",
    "place=Halvorne&mode=indirect&min=0",
];

#[test]
fn the_query_under_a_list_gives_the_rows_that_it_shows() {
    let (_folder, site) = stories();
    for (list, link, variable) in [
        ("articles", "/article?iri=", "article"),
        ("incidents", "/incident?iri=", "incident"),
        ("disputes", "/question?iri=", "question"),
    ] {
        let mut some = false;
        for choice in CHOICES {
            let (mut shown, mut given) = (BTreeSet::new(), BTreeSet::new());
            for page in parts(&site, &format!("/{list}?{choice}")) {
                let rows = page.split("id=\"h-list\"").nth(1).expect("a list");
                shown.extend(
                    between(rows, &format!("href=\"{link}"), "\"")
                        .into_iter()
                        .map(|address| address.split('#').next().unwrap_or_default().to_owned())
                        .collect::<Vec<_>>(),
                );
                given.extend(answers(&site, &page, &[variable]).into_iter().flatten());
            }
            // An incident is named beside its questions, too.
            assert_eq!(shown, given, "/{list}?{choice}");
            some |= !choice.is_empty() && !shown.is_empty();
        }
        assert!(some, "/{list}: every choice leaves nothing");
    }
    for choice in CHOICES {
        let (mut shown, mut given) = (Vec::new(), Vec::new());
        for page in parts(&site, &format!("/speakers?{choice}")) {
            for row in between(&page, "<tr><td><svg", "</tr>") {
                let name = between(row, "/entity?iri=", "</a>")[0].split_once("\">").expect("a name").1;
                let mut cells = vec![name.replace("&amp;", "&").replace("&#39;", "'")];
                let counts = between(row, "<td class=\"n\">", "</td>");
                cells.extend(counts.into_iter().map(|n| between(n, "\">", "<")[0].replace(',', "")));
                shown.push(cells);
            }
            given = answers(&site, &page, &["who", "statements", "articles"]);
        }
        shown.sort();
        given.sort();
        assert_eq!(shown, given, "/speakers?{choice}");
    }
    for choice in CHOICES {
        let page = get(&site, &format!("/explore?{choice}")).body;
        let shown = between(&page, "class=\"lead\">", " statement")[0].replace(',', "");
        let given: BTreeSet<String> = answers(&site, &page, &["statement"]).into_iter().flatten().collect();
        assert_eq!(shown, given.len().to_string(), "/explore?{choice}");
    }
}

#[test]
fn a_facet_counts_the_rows_that_its_value_leaves() {
    let (_folder, site) = stories();
    for (list, besides) in [
        ("statements", ""),
        ("articles", ""),
        ("articles", "&kind=official"),
        ("incidents", ""),
        ("incidents", "&mode=direct"),
        ("speakers", ""),
        ("disputes", "&min=0"),
    ] {
        let page = get(&site, &format!("/{list}?{besides}")).body;
        let form = between(&page, "<form class=\"facets\"", "</form>")[0];
        let mut seen = BTreeSet::new();
        for facet in between(form, "<label class=\"f\"><input type=\"checkbox\" name=\"", "</label>") {
            let name = facet.split('"').next().expect("a name");
            let value =
                between(facet, "value=\"", "\"")[0].replace("&amp;", "&").replace("&#39;", "'").replace(' ', "%20");
            let count = between(facet, "<span>", "</span>")[1];
            // Besides another value of the same facet it means one or the other.
            if count.is_empty() || besides.contains(name) {
                continue;
            }
            seen.insert(name.to_owned());
            let narrowed = get(&site, &format!("/{list}?{name}={value}{besides}")).body;
            assert_eq!(
                told(&narrowed),
                count.replace(',', "").parse::<usize>().expect("a count"),
                "/{list}?{name}={value}{besides}"
            );
            let values = get(&site, &format!("/values?of={name}&in={list}{besides}")).body;
            assert!(values.contains(&format!("<td class=\"n\">{count}</td>")), "/values?of={name}&in={list}");
        }
        assert!(seen.len() >= 3, "/{list}: {seen:?}");
    }
    // The form is one that works without scripts, and an address says everything.
    let page = get(&site, "/articles?kind=official&q=the").body;
    assert!(page.contains("name=\"kind\" value=\"official\" checked") && page.contains("<button>Show</button>"));
    let question = get(&site, "/ask/who-said?kind=official").body;
    assert!(question.contains("name=\"kind\" value=\"official\" checked"), "a question's page has facets, too");
    assert_eq!(get(&site, "/articles?mode=loudly").status, 400);
    assert_eq!(get(&site, "/values?of=kind&in=nothing").status, 400);
}

#[test]
fn a_question_gives_its_first_rows_without_the_others() {
    let (_folder, site) = stories();
    let rows = get(&site, "/ask/who-said?as=jsonl").body.lines().count();
    let counted = |page: &str| page.matches("<tr><td").count();
    let first = get(&site, "/ask/timeline").body;
    assert!(!first.contains("there are more"), "what is counted from all articles comes whole");
    let second = get(&site, "/ask/who-said?page=2&min=0.1").body;
    assert!(second.contains("The first 40 rows; there are more") && second.contains("rel=\"next\""), "{second}");
    assert_eq!(counted(&second), 20);
    let whole = get(&site, "/ask/who-said?all=1").body;
    assert!(whole.contains(&format!("{rows} rows")), "{rows}: {whole}");
    // A browser is told at once what comes, and gets the same page as a program.
    let browser = [("accept", "text/html")];
    for path in
        ["/articles?kind=official", "/explore?kind=official", "/statements?q=the&kind=person", "/ask/who-said?page=2"]
    {
        let page = super::serve::send(&site, "GET", path, &browser, b"");
        assert_eq!(page.body.matches("</html>").count(), 1, "{path}: {}", page.body);
        assert_eq!(page.body.matches("<main").count(), 1, "{path}");
        assert_eq!(between(&page.body, "<h1>", "</h1>"), between(&get(&site, path).body, "<h1>", "</h1>"), "{path}");
    }
    assert_eq!(super::serve::send(&site, "GET", "/articles?page=0", &browser, b"").status, 400);
}

/// The rows of a table of a page, each as its cells: heading and content.
fn cells(page: &str) -> Vec<Vec<(String, String)>> {
    between(page, "<tr><td", "</tr>")
        .into_iter()
        .map(|row| {
            row.split("<td")
                .filter_map(|cell| {
                    let name = between(cell, "data-c=\"", "\"").first()?.to_string();
                    Some((name, cell.split_once('>')?.1.trim_end_matches("</td>").to_owned()))
                })
                .collect()
        })
        .collect()
}

#[test]
fn every_row_of_a_question_leads_to_its_sentence() {
    let (_folder, site) = stories();
    // Rows that count or name something are about no one sentence.
    let (mut asked, mut seen) = (0, BTreeSet::new());
    for name in between(&get(&site, "/ask").body, "href=\"/ask/", "\"") {
        let page = get(&site, &format!("/ask/{name}")).body;
        for row in cells(&page) {
            let leads = row.iter().any(|(_, cell)| cell.contains("/article?iri=") && cell.contains("#t"))
                || row.iter().any(|(_, cell)| cell.contains("/statement?iri="));
            asked += 1;
            if leads {
                seen.insert(name.to_owned());
                continue;
            }
            // What happened is told by an article, whose sentence may hold no statement.
            let other = ["/article?iri=", "/entity?iri=", "/question?iri=", "/incident?iri=", "/statements?publisher="];
            let counts = ["manner", "map", "entity", "weak-links", "as-triples"].contains(&name);
            let is_led = other.iter().any(|page| row.iter().any(|(_, cell)| cell.contains(page)));
            assert!(counts || is_led, "/ask/{name}: {row:?}");
        }
        assert!(!page.contains("data-c=\"id\"") && !page.contains("data-c=\"asked\""), "{name}: a hash is no answer");
    }
    assert!(asked > 200, "{asked}");
    for name in ["who-said", "disagreements", "first-to-say", "denials", "corroborated", "timeline", "side-by-side"] {
        assert!(seen.contains(name), "{name}: {seen:?}");
    }
    // Each side of a pair stands in one column with a way to its own sentence.
    let page = get(&site, "/ask/disagreements").body;
    assert!(page.contains(">left</th>") && page.contains(">right</th>") && !page.contains(">left who</th>"));
    for row in cells(&page) {
        for side in ["left", "right"] {
            let cell = &row.iter().find(|(name, _)| name == side).expect("a side").1;
            assert!(cell.contains("#t"), "{cell}");
        }
    }
    // A place leads to the words of the row, not merely to the article.
    let row = &cells(&get(&site, "/ask/who-said").body)[0];
    let cell = |name: &str| &row.iter().find(|(own, _)| own == name).expect("a column").1;
    let place = between(cell("words"), "href=\"", "\"")[0].to_owned();
    let (address, mark) = place.split_once('#').expect("a place");
    let words = cell("words").split_once("\">").expect("a link").1.replace("</a>", "");
    let article = get(&site, &address.replace("&amp;", "&")).body;
    let statement =
        article.split(&format!("id=\"{mark}\"")).nth(1).or_else(|| article.split(&format!("#{mark}\"")).nth(1));
    assert!(statement.is_some() && article.contains(&words[..words.len().min(12)]), "{place}: {words}");
}

#[test]
fn the_first_page_is_narrowed_by_the_filters_of_all_lists() {
    let (_folder, site) = stories();
    let whole = get(&site, "/").body;
    let form = between(&whole, "<form class=\"facets across\"", "</form>")[0];
    for name in ["kind", "publisher", "mode", "measure", "place", "min", "since", "until", "speaker"] {
        assert!(form.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(form.contains("<details class=\"filters\">"), "it is folded, so that the page keeps its calm");
    let said = |page: &str| between(page, "class=\"lead\">", "</p>")[0].to_owned();
    for facet in between(form, "<label class=\"f\"><input type=\"checkbox\" name=\"", "</label>") {
        let name = facet.split('"').next().expect("a name");
        let value = between(facet, "value=\"", "\"")[0].replace("&amp;", "&").replace(' ', "%20");
        let count = between(facet, "<span>", "</span>")[1];
        let narrowed = get(&site, &format!("/?{name}={value}")).body;
        let word = if count == "1" { "chosen statement" } else { "chosen statements" };
        assert!(said(&narrowed).contains(&format!(" {count} {word} ")), "{name}={value}: {}", said(&narrowed));
        assert!(narrowed.contains("class=\"chips\""));
        let values = get(&site, &format!("/values?of={name}&in=home")).body;
        assert!(values.contains(&format!("<td class=\"n\">{count}</td>")), "/values?of={name}&in=home");
    }
    // The rows are those of the lists under the same filters.
    let narrowed = get(&site, "/?publisher=The%20Inland%20Post").body;
    let list = get(&site, "/speakers?publisher=The%20Inland%20Post").body;
    let first = |page: &str| between(page, "/entity?iri=", "\"").first().map(|iri| (*iri).to_owned());
    let heard = narrowed.split("id=\"h-sp\"").nth(1).expect("speakers");
    assert_eq!(first(heard), first(list.split("id=\"h-list\"").nth(1).expect("a list")));
    let nothing = get(&site, "/?speaker=xyzzy").body;
    assert!(nothing.contains("No two figures that fit contradict each other"), "{nothing}");
    assert_eq!(get(&site, "/?kind=loud").status, 400);
    assert_eq!(get(&site, "/?kind=official&as=csv").status, 200);
}

#[test]
fn one_figure_in_several_words_is_no_range() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |name: &str, words: &str| {
        let text = format!("Harbour strike\n\nOn 3 March 2031 the strike closed Port Varn. {words}\n");
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    told("one.txt", "Lina Haddad said on Monday that 40 workers had been arrested in Port Varn.");
    told("two.txt", "Tom Reyes said on Monday that forty workers had been arrested in Port Varn.");
    let output = super::cli::sayso(folder.path(), &["build", "one.txt", "two.txt"], b"");
    assert!(output.status.success());
    let store = sayso::graph::store::Store::open(folder.path().join("sayso-store")).and_then(|s| s.load());
    let site = server(store.expect("a store"), Options::default());
    let list = get(&site, "/disputes?min=0").body;
    if let Some(question) = between(&list, "href=\"/question?iri=", "\"").first() {
        let page = get(&site, &format!("/question?iri={question}&min=0")).body;
        let title = between(&page, "<h1>", "</h1>")[0];
        assert!(!title.contains(" to "), "{title}");
        assert!(page.contains("All say <b>"), "{}", between(&page, "class=\"lead\">", "</p>")[0]);
        assert!(list.contains("none of them has contradictions"));
    } else {
        panic!("the two figures answer one question");
    }
    // Where nothing contradicts the first page still shows what differs, or says that nothing does.
    assert!(get(&site, "/?min=0").body.contains("No two figures of this store contradict each other."));
}

#[test]
fn what_takes_its_time_begins_at_once() {
    let (_folder, site) = stories();
    let browser = [("accept", "text/html")];
    let speaker = between(&get(&site, "/speakers").body, "href=\"/entity?iri=", "\"")[0].to_owned();
    for path in [
        "/review?of=link",
        "/review?of=verdict",
        "/review?of=merge",
        "/review",
        "/values?of=kind&in=review",
        &format!("/entity?iri={speaker}"),
    ] {
        let page = super::serve::send(&site, "GET", path, &browser, b"");
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.body.matches("</html>").count(), 1, "{path}: {}", page.body);
        assert_eq!(page.body.matches("<main").count(), 1, "{path}");
        assert_eq!(between(&page.body, "<h1>", "</h1>"), between(&get(&site, path).body, "<h1>", "</h1>"), "{path}");
    }
    // What is not there, or cannot be, is still told by the status.
    for (path, status) in [
        ("/review?of=rumour", 400),
        ("/values?of=kind&in=nothing", 400),
        ("/values?of=kind&page=0", 400),
        ("/entity?iri=https://example.org/nobody", 404),
    ] {
        assert_eq!(super::serve::send(&site, "GET", path, &browser, b"").status, status, "{path}");
    }
}

#[test]
fn a_speakers_figures_are_drawn_by_day() {
    let (_folder, site) = stories();
    let list = get(&site, "/speakers?q=Ixcot").body;
    let speaker = between(&list, "href=\"/entity?iri=", "\"")[0];
    let page = get(&site, &format!("/entity?iri={speaker}")).body;
    let chart = between(&page, "<figure>", "</figure>")[0];
    assert!(chart.contains(">48</text>") && chart.contains(">19</text>"), "{chart}");
    // "Nineteen, down from 48" does not rise again.
    let chain = between(page.split("<ul class=\"rows\">").nth(1).expect("chains"), "<b>", "</b>");
    let at = |figure: &str| chain.iter().position(|own| *own == figure).expect("a figure");
    assert!(at("48") < at("19") && chain.iter().filter(|own| **own == "48").count() == 1, "{chain:?}");
}

#[test]
fn pages_of_one_thing_have_the_facets_of_lists() {
    let (_folder, site) = stories();
    let first = |list: &str, mark: &str| {
        let page = get(&site, list).body;
        between(&page, mark, "\"").first().expect("a link").replace("&amp;", "&")
    };
    let busiest = first("/speakers", "<a href=\"/entity?");
    // What a page tells of how many rows it has, before these words.
    for (page, begin, end) in [
        ("/review?of=verdict".to_owned(), "<h1>", " verdict"),
        ("/review?of=link".to_owned(), "<h1>", " link"),
        ("/review?of=merge".to_owned(), "<h1>", " merge"),
        (format!("/entity?{busiest}"), "class=\"lead\">", " of "),
        (format!("/incident?{}", first("/incidents", "<a href=\"/incident?")), "\">All ", " statement"),
        (format!("/question?{}&min=0", first("/disputes", "<a href=\"/question?")), "figures: ", " "),
    ] {
        let whole = get(&site, &page);
        assert_eq!(whole.status, 200, "{page}: {}", whole.body);
        let forms = between(&whole.body, "<form class=\"facets across\"", "</form>");
        let form = forms.first().unwrap_or_else(|| panic!("{page} has no facets"));
        assert!(form.contains("name=\"since\"") && form.contains("<button>Show</button>"), "{page}");
        let mut seen = BTreeSet::new();
        for facet in between(form, "<label class=\"f\"><input type=\"checkbox\" name=\"", "</label>") {
            let name = facet.split('"').next().expect("a name");
            let value = between(facet, "value=\"", "\"")[0].replace("&amp;", "&").replace("&#39;", "'");
            let value = value.replace('&', "%26").replace(' ', "%20");
            let count = between(facet, "<span>", "</span>")[1];
            if count.is_empty() {
                continue;
            }
            seen.insert(name.to_owned());
            let address = format!("{page}&{name}={value}");
            let narrowed = get(&site, &address);
            assert_eq!(narrowed.status, 200, "{address}: {}", narrowed.body);
            let told = match begin {
                "figures: " => {
                    let lead = between(&narrowed.body, "class=\"lead\">", "</p>")[0];
                    let told = lead.split(" chosen: ").next().and_then(|l| l.rsplit(": ").next()).expect("a number");
                    told.split(' ').next().unwrap_or_default().to_owned()
                }
                _ => {
                    let told = between(&narrowed.body, begin, end)[0];
                    told.rsplit(['>', '”', ' ']).next().unwrap_or_default().to_owned()
                }
            };
            assert_eq!(told, count, "{address}");
            // The choice can be taken away again, and leads on to the same page.
            assert!(narrowed.body.contains("<div class=\"chips\">"), "{address}");
        }
        assert!(seen.len() > usize::from(!page.contains("link")), "{page}: {seen:?}");
        assert!(seen.contains("publisher"), "{page}: {seen:?}");
        let (own, rest) = page.split_once('?').expect("pairs");
        let list = match own {
            "/review" => rest.replacen("of=", "review%2F", 1),
            own => format!("{}&{rest}", own.trim_start_matches('/')),
        };
        let values = get(&site, &format!("/values?of=publisher&in={list}"));
        assert_eq!(values.status, 200, "{page}: {}", values.body);
        let rows = between(&values.body, "<tr><td><a href=\"", "\"");
        let back = get(&site, &rows.first().expect("a value").replace("&amp;", "&"));
        assert_eq!(back.status, 200);
        assert!(back.body.contains("name=\"publisher\" value=") && back.body.contains("checked"), "{page}");
    }
    assert!(!get(&site, "/review?of=link").body.contains("decided by link/"), "names of rules are no words");
}

/// Where the numbers of a row lead, with the numbers.
fn led(row: &[(String, String)]) -> Vec<(String, String, usize)> {
    row.iter()
        .filter_map(|(name, cell)| {
            let address = between(cell, "<a href=\"", "\"").first()?.replace("&amp;", "&");
            let number = cell.split_once("\">")?.1.strip_suffix("</a>")?.replace(',', "").parse().ok()?;
            Some((name.clone(), address, number))
        })
        .collect()
}

#[test]
fn what_is_counted_leads_to_the_rows_that_are_counted() {
    let (_folder, site) = stories();
    let mut followed = 0;
    for question in ["speakers", "documents", "publishers", "incidents", "manner", "sources-of-article"] {
        let rows = cells(&get(&site, &format!("/ask/{question}")).body);
        let mut of_question = 0;
        for (name, address, number) in rows.iter().take(6).flat_map(|row| led(row)) {
            let page = get(&site, address.split('#').next().unwrap_or_default());
            assert_eq!(page.status, 200, "{address}");
            of_question += 1;
            // Figures of somebody, papers and questions are a part of a page that tells more.
            let values = || between(&page.body, "class=\"lead\">", " value")[0].parse().expect("a number of values");
            let told = match () {
                () if page.body.contains("id=\"h-list\"") => told(&page.body),
                () if address.starts_with("/values") => values(),
                () => continue,
            };
            // Several who speak together, and sources without a name, are voices that are nobody's name.
            let is_right = if name == "speakers" { told <= number } else { told == number };
            assert!(is_right, "/ask/{question}: {name} {number} leads to {address}: {told}");
            followed += 1;
        }
        assert!(of_question > 0, "/ask/{question}: no number leads anywhere");
    }
    assert!(followed > 40, "{followed}");
    // So it is on the lists.
    for (list, column) in [("speakers", 0), ("speakers", 1), ("articles", 0), ("incidents", 1)] {
        let page = get(&site, &format!("/{list}")).body;
        let row = between(&page, "<tr><td", "</tr>")[0];
        let cell = between(row, "<td class=\"n\">", "</td>")[column];
        let number: usize = between(cell, "\">", "<")[0].replace(',', "").parse().expect("a number");
        let address = between(cell, "href=\"", "\"")[0].replace("&amp;", "&");
        assert_eq!(told(&get(&site, &address).body), number, "/{list} leads to {address}");
    }
}

#[test]
fn rows_of_two_sides_give_way_without_losing_anything() {
    let (_folder, site) = stories();
    let page = get(&site, "/ask/comparisons").body;
    assert!(page.contains("rel=\"next\"") && cells(&page).len() <= 10, "few rows at first: {}", cells(&page).len());
    let all: usize = parts(&site, "/ask/comparisons").iter().map(|page| cells(page).len()).sum();
    let rows = get(&site, "/ask/comparisons?as=csv").body.trim().lines().count() - 1;
    assert_eq!(all, rows, "every row is on one of the pages");
    for row in cells(&page) {
        for side in ["one", "other"] {
            let cell = &row.iter().find(|(name, _)| name == side).expect("a side").1;
            let (open, folded) = cell.split_once("<details class=\"said\">").expect("its words are folded");
            assert!(open.contains("class=\"part first\"") && folded.contains("#t"), "{cell}");
        }
    }
    // A column in which no row has anything says nothing, and is left out; files have it.
    let inland = "/ask/speakers?publisher=The%20Inland%20Post";
    let page = get(&site, inland).body;
    assert!(
        page.contains(">speaker</th>") && !page.contains(">known as</th>"),
        "nobody of this paper is known elsewhere"
    );
    let file = get(&site, &format!("{inland}&as=csv")).body;
    assert!(file.lines().next().expect("a head").contains("known as"), "{file}");
}

#[test]
fn the_ends_of_a_number_line_have_their_numbers() {
    let (_folder, site) = stories();
    let page = get(&site, "/disputes?min=0").body;
    let lines = between(&page, "<svg class=\"mini", "</svg>");
    assert!(lines.iter().any(|line| line.starts_with(" tall")), "no name stands at an end here");
    for line in lines {
        assert_eq!(line.matches("class=\"end\"").count(), 2, "{line}");
        let foot = if line.starts_with(" tall") { "y=\"68\"" } else { "y=\"55\"" };
        assert!(between(line, "class=\"lab\"", ">").iter().all(|label| label.contains(foot)), "{line}");
    }
}

#[test]
fn numbers_of_a_small_line_do_not_touch() {
    let (_folder, site) = stories();
    let page = get(&site, "/disputes?min=0").body;
    let mut seen = 0;
    for line in between(&page, "<svg class=\"mini", "</svg>") {
        // A bold letter is some seven of the 510 pixels that a line has in a list at 1280.
        let mut labels: Vec<(f64, f64)> = between(line, "<text class=\"strong", "</text>")
            .into_iter()
            .map(|label| {
                let x: f64 = between(label, "x=\"", "%")[0].parse().expect("a place");
                let wide =
                    label.split_once('>').expect("words").1.replace("&gt;", ">").chars().count() as f64 * 7.0 / 5.1;
                match between(label, "text-anchor=\"", "\"")[0] {
                    "end" => (x - wide, x),
                    "start" => (x, x + wide),
                    _ => (x - wide / 2.0, x + wide / 2.0),
                }
            })
            .collect();
        labels.sort_by(|a, b| a.0.total_cmp(&b.0));
        seen += labels.len();
        assert!(labels.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{line}");
    }
    assert!(seen > 10, "{seen}");
    // An article of a timeline leads to itself, and a span of days is not broken.
    let rows: Vec<_> = parts(&site, "/ask/timeline").iter().flat_map(|page| cells(page)).collect();
    let articles = rows.iter().filter(|row| row.iter().any(|(name, cell)| name == "kind" && cell == "article"));
    let led = articles.filter(|row| row.iter().any(|(name, cell)| name == "what" && cell.contains("/article?iri=")));
    assert!(led.count() > 3);
    assert!(get(&site, "/ask/timeline").body.contains("<td class=\"short\" data-c=\"day\">1991-01-01/1991-12-31</td>"));
}

#[test]
fn what_is_asked_for_wrongly_in_the_terminal_is_named_before_anything_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/halvorne");
    let build = super::cli::sayso(folder.path(), &["build", &article.display().to_string()], b"");
    assert!(build.status.success());
    let told = |arguments: &[&str]| {
        let output = super::cli::sayso(folder.path(), arguments, b"");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (fine, words) = told(&["ask", "who-said", "-o", "rows.xls"]);
    assert!(!fine && words.contains("did you mean .xlsx?") && !words.contains("left out"), "{words}");
    let (fine, words) = told(&["ask", "speaker"]);
    assert!(!fine && words.contains("did you mean speakers?") && words.contains("comparisons"), "{words}");
    let (fine, words) = told(&["ask", "who-said", "--place", "Halvornne"]);
    assert!(fine && words.contains("nothing is told of a place \"Halvornne\""), "{words}");
    assert!(words.contains("did you mean \"Halvorne\"?"), "{words}");
    let (fine, words) =
        told(&["table", "--store", "sayso-store", "--speaker", "Solli", "--sheet", "speakers", "-o", "a.csv"]);
    assert!(fine && words.contains("1 speaker\n"), "{words}");
}
