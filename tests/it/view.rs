//! Views of a store: what is chosen, what is left out, and how it is drawn.

use sayso::graph::export::dot::{self, Clusters};
use sayso::graph::store::from_text;
use sayso::graph::view::{Focus, Kind, Options, Relation, Verdict, View};

/// The store of the three articles about a bridge.
pub fn bridge() -> sayso::graph::store::Loaded {
    from_text(include_str!("../cases/view/bridge.trig"), "trig").expect("the fixture is RDF")
}

fn view(options: Options) -> View {
    View::of(&bridge(), &options).expect("a view")
}

fn about(name: &str, hops: usize, max_nodes: usize) -> View {
    view(Options { focus: Focus::About(name.to_owned()), hops, max_nodes, ..Options::default() })
}

/// "label kind" of each node.
fn labels(view: &View) -> Vec<String> {
    view.graph.node_weights().map(|n| format!("{}: {}", n.kind.as_str(), n.label)).collect()
}

fn compared(view: &View) -> Vec<(Verdict, String, String)> {
    let mut found = Vec::new();
    for edge in view.graph.edge_indices() {
        let Some((from, to)) = view.graph.edge_endpoints(edge) else { continue };
        if let Relation::Compares(verdict) = view.graph[edge].relation {
            let name = |n| {
                let iri: &str = &view.graph[n as petgraph::graph::NodeIndex].iri;
                iri.rsplit('/').next().unwrap_or_default().to_owned()
            };
            found.push((verdict, name(from), name(to)));
        }
    }
    found.sort();
    found
}

#[test]
fn a_person_with_statements_and_those_who_contradict_them() {
    let view = about("ilse varga", 2, 120);
    assert_eq!(view.title, "Ilse Varga");
    let labels = labels(&view);
    for wanted in [
        "person: Ilse Varga",
        "person: Daniel Okafor",
        "statement: said 3 Mar 2031: at least 14 people",
        "statement: put 4–5 Mar 2031: nine dead",
        "statement: announced 8 Mar 2031: 17 people",
        "statement: told by 5 Mar 2031: the pillars were sound",
        "event: collapse · bridge · Linde",
        "question: people: killed, Linde",
    ] {
        assert!(labels.iter().any(|l| l == wanted), "{wanted} is not in {labels:#?}");
    }
    assert_eq!(
        compared(&view),
        [
            (Verdict::Contradicts, "one-1".to_owned(), "two-1".to_owned()),
            (Verdict::Contradicts, "three-1".to_owned(), "two-1".to_owned()),
            (Verdict::Updates, "three-1".to_owned(), "one-1".to_owned()),
        ]
    );
    assert_eq!(view.left_out_words(), None);
}

#[test]
fn a_part_of_a_name_an_iri_and_an_external_iri_find_the_same() {
    for name in ["Varga", "VARGA ilse", "https://example.org/id/entity/varga", "http://www.wikidata.org/entity/Q999001"]
    {
        let found: Vec<String> = sayso::graph::view::find_entities(&bridge(), name)
            .expect("a search")
            .into_iter()
            .map(|(_, label, _)| label)
            .collect();
        assert_eq!(found, ["Ilse Varga"], "{name}");
    }
}

#[test]
fn an_unknown_name_is_an_error_that_names_the_known() {
    let options = Options { focus: Focus::About("Vargason".to_owned()), ..Options::default() };
    let error = View::of(&bridge(), &options).expect_err("nobody of that name");
    assert_eq!(error.to_string(), "nothing in the store is called Vargason");
    assert!(error.hint().contains("Ilse Varga"), "{}", error.hint());
}

#[test]
fn a_cap_keeps_speakers_with_their_statements_and_says_what_is_missing() {
    let view = about("Ilse Varga", 2, 4);
    assert!(view.graph.node_count() <= 4);
    for index in view.graph.node_indices() {
        if view.graph[index].kind == Kind::Statement {
            let spoken = view.graph.edges_directed(index, petgraph::Direction::Incoming);
            assert!(spoken.into_iter().any(|e| e.weight().relation == Relation::Says), "{:?}", view.graph[index].label);
        }
    }
    let words = view.left_out_words().expect("something is left out");
    assert!(words.starts_with("left out: "), "{words}");
    assert!(dot::write(&view, Clusters::Document).contains(&words));
}

#[test]
fn one_hop_is_fewer_than_two_and_events_are_two_away() {
    let (one, two) = (about("Daniel Okafor", 1, 120), about("Daniel Okafor", 2, 120));
    assert!(one.graph.node_count() < two.graph.node_count());
    assert!(!one.kinds().contains(&Kind::Event));
    assert!(two.kinds().contains(&Kind::Event));
}

#[test]
fn a_dispute_shows_every_answer() {
    let view = view(Options { focus: Focus::Question("killed".to_owned()), hops: 1, ..Options::default() });
    assert_eq!(view.title, "people: killed, Linde");
    let statements = view.graph.node_weights().filter(|n| n.kind == Kind::Statement).count();
    assert_eq!(statements, 3);
    assert_eq!(compared(&view).len(), 3);
}

#[test]
fn a_window_holds_what_can_have_been_said_in_it() {
    let focus = Focus::Window { from: Some("2031-03-08".to_owned()), to: None };
    let view = view(Options { focus, narrator: false, ..Options::default() });
    let statements: Vec<&str> =
        view.graph.node_weights().filter(|n| n.kind == Kind::Statement).map(|n| n.label.as_str()).collect();
    assert_eq!(statements, ["announced 8 Mar 2031: 17 people"]);
}

#[test]
fn the_whole_and_the_full_view_hold_all_statements() {
    for full in [false, true] {
        let view = view(Options { full, max_nodes: 0, ..Options::default() });
        let count = view.graph.node_weights().filter(|n| n.kind == Kind::Statement).count();
        assert_eq!(count, 8, "full: {full}");
        assert_eq!(view.left_out_total(), 0);
    }
}

#[test]
fn pictures_are_the_same_twice_and_escape_everything() {
    let options = Options { max_nodes: 0, ..Options::default() };
    let (first, second) =
        (dot::write(&view(options.clone()), Clusters::Document), dot::write(&view(options), Clusters::Document));
    assert_eq!(first, second);
    assert!(first.contains("Delta &quot;Evening&quot; Post \\ &lt;Online&gt;"));
    assert!(first.contains("&quot;cracks&quot; &amp; then"));
    assert!(first.contains("وكالة الجسر 🌉"));
    assert!(first.contains("style=\"filled,dashed\""), "the denial is dashed");
    assert!(first.contains("#D55E00"), "the contradiction is red");
}

#[test]
fn escapes_and_wraps() {
    assert_eq!(dot::quoted("a \"b\" \\ c\nd\u{0}"), "\"a \\\"b\\\" \\\\ c\\nd \"");
    assert_eq!(dot::html("<a & \"b\">\u{202E}"), "&lt;a &amp; &quot;b&quot;&gt; ");
    assert_eq!(dot::wrap("one two three four", 9, 9), "one two\nthree\nfour");
    assert_eq!(dot::wrap("one two three four", 9, 2), "one two\nthree …");
    assert_eq!(dot::wrap("abcdefgh", 3, 9), "abc\ndef\ngh");
    assert_eq!(dot::wrap("橋が落ちた", 4, 9), "橋が\n落ち\nた");
}

/// GraphViz reads every picture, if it is installed.
#[test]
fn graphviz_draws_them() {
    let focuses = [
        Focus::About("Ilse Varga".to_owned()),
        Focus::Event("collapse".to_owned()),
        Focus::Question(String::new()),
        Focus::Document("two".to_owned()),
        Focus::Everything,
    ];
    for focus in focuses {
        for full in [false, true] {
            let view = view(Options { focus: focus.clone(), full, ..Options::default() });
            for clusters in [Clusters::Document, Clusters::Event, Clusters::None] {
                match sayso::graph::export::svg::draw(&dot::write(&view, clusters), &view) {
                    Ok((svg, _)) => assert!(svg.contains("</svg>")),
                    Err(error) if error.to_string().contains("not installed") => {
                        eprintln!("skipped: GraphViz is not installed");
                        return;
                    }
                    Err(error) => panic!("{focus:?} full {full}: {error}"),
                }
            }
        }
    }
}

/// Articles with one speaker and two statements each; the two numbers of the first statements contradict each other.
fn many(articles: usize) -> sayso::graph::store::Loaded {
    let mut text =
        String::from("@prefix sayso: <https://w3id.org/sayso/ns#> . @prefix : <https://example.org/id/> .\n");
    text.push_str("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n");
    for n in 0..articles {
        text.push_str(&format!(
            ":d{n} a sayso:Document ; sayso:title \"Article {n}\" . :e{n} a sayso:Person ; rdfs:label \"Person {n}\" .\n"
        ));
        for s in ["a", "b"] {
            text.push_str(&format!(
                ":s{n}{s} a sayso:Statement ; sayso:speaker :e{n} ; sayso:reportedIn :d{n} ; sayso:words \"{}\" ;
                   sayso:content :c{n}{s}1 , :c{n}{s}2 . :c{n}{s}1 a sayso:Claim . :c{n}{s}2 a sayso:Claim .\n",
                "words ".repeat(30)
            ));
        }
        text.push_str(&format!(
            ":c{n}a1 sayso:contradicts :c{n}b1 . :c{n}b2 sayso:contradicts :c{n}a2 . :c{n}a1 sayso:compatible :c{n}b2 .\n"
        ));
    }
    from_text(&text, "ttl").expect("RDF")
}

#[test]
fn two_statements_have_one_comparison_drawn_the_gravest() {
    let view = View::of(&many(1), &Options::default()).expect("a view");
    assert!(compared(&view).len() > 1, "the graph has them all");
    let dot = dot::write(&view, Clusters::Document);
    assert_eq!(dot.matches("arrowhead=tee").count(), 1);
    assert_eq!(dot.matches("tooltip=\"compatible\"").count(), 0);
}

#[test]
fn what_is_not_joined_stands_in_columns() {
    let dot = |articles| {
        let view = View::of(&many(articles), &Options { max_nodes: 200, ..Options::default() }).expect("a view");
        dot::write(&view, Clusters::Document)
    };
    assert!(!dot(2).contains("column0"), "one column is enough");
    let text = dot(30);
    assert!(text.contains("column0 -> column1") && text.contains("column1 -> column2"), "{text}");
    let view = View::of(&many(30), &Options { max_nodes: 200, ..Options::default() }).expect("a view");
    let Ok((svg, _)) = sayso::graph::export::svg::draw(&text, &view) else { return eprintln!("skipped: no GraphViz") };
    let size = |name: &str| {
        let rest = svg.split(&format!(" {name}=\"")).nth(1).expect("a size");
        rest.split("pt").next().and_then(|n| n.parse::<f64>().ok()).expect("points")
    };
    let ratio = size("height") / size("width");
    for edge in svg.split("class=\"edge\"").skip(1) {
        let edge = edge.split("class=\"").next().unwrap_or_default();
        assert!(edge.matches("<path").count() <= 1, "drawn twice: {edge}");
    }
    assert!((0.4..2.5).contains(&ratio), "a page and no strip: {ratio}");
}

/// A store of made-up articles: each has a speaker with a number, and two papers tell of each incident.
fn news(articles: usize) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = String::new();
    for n in 0..articles {
        let (month, day, count) = (n % 12 + 1, n / 12 % 28 + 1, 20 + n % 7);
        lines.push_str(&format!(
            "{{\"id\":\"n{n}\",\"title\":\"Bridge number {} closed\",\"publisher\":\"Paper {}\",\"date\":\"2031-{month:02}-{day:02}\",\"text\":\"Anna Person{n} said on Monday that {count} people had been hurt on the bridge at Varn{}. Tom Other{n} denied it. Lina Third{n} said that {} lorries were waiting.\"}}\n",
            n / 2,
            n % 30,
            n / 2,
            n + 3
        ));
    }
    std::fs::write(folder.path().join("news.jsonl"), lines).expect("written");
    let output = super::cli::sayso(folder.path(), &["build", "news.jsonl"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let store = folder.path().join("sayso-store");
    (folder, store)
}

/// The words of a picture with the boxes that they fill, about: a letter is six tenths as wide as high.
fn boxes(svg: &str) -> Vec<(String, [f64; 4])> {
    svg.split("<text ")
        .skip(1)
        .map(|rest| {
            let (tag, rest) = rest.split_once('>').expect("a tag");
            let number = |name: &str| -> f64 {
                let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|v| v.split('"').next());
                value.and_then(|v| v.parse().ok()).unwrap_or(13.0)
            };
            let mut words = String::new();
            let mut is_tag = false;
            for c in rest.split("</text>").next().unwrap_or_default().chars() {
                match c {
                    '<' => is_tag = true,
                    '>' => is_tag = false,
                    c if !is_tag => words.push(c),
                    _ => {}
                }
            }
            let (x, y, size) = (number("x"), number("y"), number("font-size"));
            let wide = words.chars().count() as f64 * size * 0.5;
            let from = match tag {
                tag if tag.contains("text-anchor=\"end\"") => x - wide,
                tag if tag.contains("text-anchor=\"middle\"") => x - wide / 2.0,
                _ => x,
            };
            (words, [from, y - size * 0.8, from + wide, y])
        })
        .collect()
}

#[test]
fn a_whole_corpus_is_an_overview_that_can_be_read() {
    let (folder, store) = news(120);
    let store = store.display().to_string();
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["export", "--store", &store].iter().chain(arguments).copied().collect();
        let output = super::cli::sayso(folder.path(), &all, b"");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        (text(&output.stdout), text(&output.stderr))
    };
    let (svg, told) = run(&["--format", "svg"]);
    assert!(told.contains("overview") && told.contains("--max-nodes"), "{told}");
    assert_eq!(svg, run(&["--format", "svg"]).0, "twice the same");
    for words in ["Who said what in 120 articles", "When it was said", "Heard most", "Papers"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(svg.len() < 60_000, "{}", svg.len());
    // No words lie over others, nor over the bars, and nothing leaves the page.
    let boxes = boxes(&svg);
    assert!(boxes.len() > 30);
    let meet = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    for (n, (words, own)) in boxes.iter().enumerate() {
        assert!(own[0] >= 0.0 && own[2] <= 980.0, "{words}: {own:?}");
        for (others, other) in &boxes[n + 1..] {
            assert!(!meet(own, other), "{words} lies over {others}");
        }
    }
    let number = |tag: &str, name: &str| -> f64 {
        tag.split(&format!("{name}=\""))
            .nth(1)
            .and_then(|v| v.split('"').next())
            .and_then(|v| v.parse().ok())
            .unwrap_or(0.0)
    };
    for bar in svg.split("<rect ").skip(2) {
        let [x, y, wide, high] = ["x", "y", "width", "height"].map(|name| number(bar, name));
        let own = [x, y, x + wide, y + high];
        assert!(boxes.iter().all(|(_, other)| !meet(&own, other)), "{own:?} is written over");
    }
    // What is chosen is drawn the same way; who asks for the graph gets it, and few statements are one.
    let (some, _) =
        run(&["--format", "svg", "--publisher", "Paper 1", "--publisher", "Paper 2", "--min-confidence", "0"]);
    assert!(some.contains("<svg"), "few statements are a graph, many an overview");
    let (dot, _) = run(&["--format", "dot"]);
    assert!(dot.starts_with("digraph"));
    if let Ok(output) = std::process::Command::new("neato").arg("-V").output()
        && output.status.success()
    {
        let (graph, _) = run(&["--format", "svg", "--max-nodes", "30"]);
        assert!(graph.contains("class=\"graph\""), "a graph is drawn where it is asked for");
        let png = super::cli::sayso(folder.path(), &["export", "--store", &store, "-o", "all.png"], b"");
        assert!(png.status.success());
        assert!(std::fs::read(folder.path().join("all.png")).expect("a picture").starts_with(b"\x89PNG"));
    }
}
