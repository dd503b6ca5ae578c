//! Pictures for GraphViz. Shapes and line styles tell kinds apart without colour; colours are Okabe and Ito's, which
//! colour-blind readers can tell apart.

mod columns;

use std::collections::BTreeMap;
use std::fmt::Write;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::graph::view::{Kind, Manner, Node, Relation, Verdict, View, day, head};

/// What is drawn in one frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Clusters {
    /// The statements of one article.
    #[default]
    Document,
    /// The statements about one event.
    Event,
    /// No frames; articles are nodes.
    None,
}

/// Above this many nodes a layered drawing is slow and unreadable.
const LARGE: usize = 300;

/// Whether a view is drawn with springs instead of layers.
pub fn is_large(view: &View) -> bool {
    view.graph.node_count() > LARGE
}

const FONT: &str = "Helvetica,Arial,sans-serif";
const BLUE: &str = "#0072B2";
const SKY: &str = "#56B4E9";
const GREEN: &str = "#009E73";
const ORANGE: &str = "#E69F00";
const PURPLE: &str = "#CC79A7";
const GREY: &str = "#767676";
const INK: &str = "#1a1a1a";

/// How a kind of node looks: attributes besides its label.
fn look(kind: Kind) -> String {
    let (shape, style, border, fill) = match kind {
        Kind::Person => ("ellipse", "filled", BLUE, "#DCECF7"),
        Kind::Organization => ("box", "filled,rounded", BLUE, "#DCECF7"),
        Kind::Group => ("ellipse", "filled", SKY, "#EEF7FD"),
        Kind::Unnamed => ("ellipse", "filled,dashed", GREY, "#F3F3F3"),
        Kind::Place => ("house", "filled", GREEN, "#DFF3EC"),
        Kind::Thing => ("box", "filled,rounded", GREY, "#F3F3F3"),
        Kind::Statement | Kind::Claim => ("box", "filled", INK, "#FFFFFF"),
        Kind::Quantity => ("parallelogram", "filled", ORANGE, "#FDF3DC"),
        Kind::Event => ("hexagon", "filled", ORANGE, "#FDF3DC"),
        Kind::Question => ("diamond", "filled", PURPLE, "#F9EAF2"),
        Kind::Document => ("note", "filled", GREY, "#FAFAFA"),
        Kind::Time => ("cds", "filled", GREY, "#FAFAFA"),
        Kind::Other => ("box", "filled", GREY, "#FFFFFF"),
    };
    let lines = if kind == Kind::Group { ",peripheries=2" } else { "" };
    // A hexagon and a diamond bring room of their own.
    let margin = if matches!(shape, "hexagon" | "diamond") { ",margin=\"0.01,0.03\"" } else { "" };
    format!("shape={shape},style=\"{style}\",color=\"{border}\",fillcolor=\"{fill}\"{lines}{margin}")
}

/// How a relation looks, and what a legend calls it.
fn line(relation: &Relation, denied: bool) -> (String, &'static str) {
    let (style, called) = match relation {
        Relation::Says if denied => ("style=dashed,color=\"#1a1a1a\",penwidth=1.2", "denies"),
        Relation::Says => ("color=\"#1a1a1a\",penwidth=1.2", "says"),
        Relation::PassesOn => ("color=\"#1a1a1a\",arrowhead=empty", "passes on"),
        Relation::Reports => ("color=\"#1a1a1a\",penwidth=1.2,arrowhead=vee", "reports that"),
        Relation::About => ("color=\"#8a6d00\",arrowhead=open", "about"),
        Relation::Answers => ("color=\"#a5527f\",arrowhead=odot", "answers"),
        Relation::ReportedIn => ("color=\"#9a9a9a\",arrowhead=none", "in article"),
        Relation::Asks => ("color=\"#a5527f\",arrowhead=none", "asks about"),
        Relation::Role(_) => ("color=\"#8a6d00\",arrowhead=dot,arrowsize=0.6", "takes part"),
        Relation::Names => ("color=\"#9a9a9a\",style=dotted,arrowhead=open,constraint=false", "names"),
        Relation::Affiliation => ("color=\"#0072B2\",style=dotted,arrowhead=diamond", "belongs to"),
        Relation::Publisher => ("color=\"#9a9a9a\",arrowhead=none", "published by"),
        Relation::Compares(Verdict::Contradicts) => {
            ("color=\"#D55E00\",penwidth=2.2,dir=both,arrowhead=tee,arrowtail=tee,constraint=false", "contradicts")
        }
        Relation::Compares(Verdict::Updates) => {
            ("color=\"#0072B2\",penwidth=1.6,arrowhead=normal,style=bold,constraint=false", "updates")
        }
        Relation::Compares(Verdict::Agrees) => {
            ("color=\"#009E73\",penwidth=1.8,dir=both,arrowhead=obox,arrowtail=obox,constraint=false", "agrees")
        }
        Relation::Compares(Verdict::Compatible) => {
            ("color=\"#009E73\",style=dotted,dir=none,constraint=false", "compatible")
        }
        Relation::Compares(Verdict::OtherScope) => {
            ("color=\"#9a9a9a\",style=dotted,dir=both,arrowhead=odot,arrowtail=odot,constraint=false", "other scope")
        }
        Relation::Property(_) => ("color=\"#555555\"", "property"),
    };
    (style.to_owned(), called)
}

/// Writes a view as a picture: stable order, every label escaped, legend and caption included.
pub fn write(view: &View, clusters: Clusters) -> String {
    let large = is_large(view);
    let clusters = if large || view.full { Clusters::None } else { clusters };
    let mut out = String::new();
    out.push_str("digraph sayso {\n");
    let _ = writeln!(out, "  graph [{}];", graph_attributes(view, large));
    let _ = writeln!(
        out,
        "  node [fontname=\"{FONT}\",fontsize=11,fontcolor=\"{INK}\",margin=\"0.12,0.07\",penwidth=1.3];"
    );
    let _ = writeln!(out, "  edge [fontname=\"{FONT}\",fontsize=9,fontcolor=\"#444444\",arrowsize=0.7];");
    let hidden = |n: NodeIndex| clusters == Clusters::Document && folded(view, n);
    let groups = groups(view, clusters);
    let mut grouped: Vec<bool> = vec![false; view.graph.node_count()];
    for (number, (title, members)) in groups.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{number} {{");
        let _ = writeln!(
            out,
            "    graph [label={title},labeljust=l,style=\"rounded\",color=\"#9a9a9a\",fontcolor=\"#444444\",fontsize=10,margin=10];"
        );
        for &member in members {
            grouped[member.index()] = true;
            node(&mut out, "    ", view, member);
        }
        out.push_str("  }\n");
    }
    for index in view.graph.node_indices() {
        if !grouped[index.index()] && !hidden(index) {
            node(&mut out, "  ", view, index);
        }
    }
    for edge in lines(view, &hidden) {
        let (from, to) = (edge.source(), edge.target());
        let weight = edge.weight();
        let (style, called) = line(&weight.relation, weight.denied);
        let label = match &weight.relation {
            Relation::Role(role) => (*role).to_owned(),
            Relation::Property(name) => name.clone(),
            _ => String::new(),
        };
        let label = if label.is_empty() { String::new() } else { format!(",label={}", quoted(&clip(&label, 32))) };
        let tip = quoted(&clip(if weight.label.is_empty() { called } else { &weight.label }, 300));
        let _ = writeln!(out, "  n{} -> n{} [{style}{label},tooltip={tip}];", from.index(), to.index());
    }
    if !large {
        if !view.full {
            columns::write(&mut out, view, &lines(view, &hidden), &groups, &hidden);
        }
        legend(&mut out, view, &hidden);
    }
    out.push_str("}\n");
    out
}

/// The edges that are drawn: of several comparisons between two statements the gravest, of several others of one kind
/// the first. (GraphViz stops with an error, or not at all, at parallel edges that it may not rank by.)
fn lines<'v>(
    view: &'v View,
    hidden: &dyn Fn(NodeIndex) -> bool,
) -> Vec<petgraph::graph::EdgeReference<'v, crate::graph::view::Edge>> {
    let grave = |relation: &Relation| match relation {
        Relation::Compares(Verdict::Contradicts) => 0,
        Relation::Compares(Verdict::Updates) => 1,
        Relation::Compares(Verdict::Agrees) => 2,
        Relation::Compares(_) => 3,
        _ => 4,
    };
    let mut best = BTreeMap::new();
    for edge in view.graph.edge_references().filter(|e| !hidden(e.source()) && !hidden(e.target())) {
        let (from, to, relation) = (edge.source(), edge.target(), &edge.weight().relation);
        let key = match relation {
            Relation::Compares(_) => (from.min(to), from.max(to), "compares"),
            _ => (from, to, relation.name()),
        };
        let rank = (grave(relation), edge.id());
        let known = best.entry(key).or_insert((rank, edge));
        if rank < known.0 {
            *known = (rank, edge);
        }
    }
    let mut drawn: Vec<_> = best.into_values().map(|(_, edge)| edge).collect();
    drawn.sort_by_key(|edge| edge.id());
    drawn
}

fn graph_attributes(view: &View, large: bool) -> String {
    let mut caption = format!("<B><FONT POINT-SIZE=\"17\">{}</FONT></B>", html(&wrap(&view.title, 90, 3)));
    let mut notes = view.notes.clone();
    notes.extend(view.left_out_words());
    for note in notes {
        let _ = write!(
            caption,
            "<BR ALIGN=\"LEFT\"/><FONT POINT-SIZE=\"10\" COLOR=\"#555555\">{}</FONT>",
            html(&wrap(&note, 120, 3))
        );
    }
    let layout = match large {
        true => "layout=sfdp,overlap=prism,outputorder=edgesfirst,splines=true,K=1.2",
        false => "rankdir=LR,ranksep=0.55,nodesep=0.16,newrank=true,splines=true",
    };
    format!(
        "charset=\"UTF-8\",{layout},fontname=\"{FONT}\",fontcolor=\"{INK}\",bgcolor=\"white\",labelloc=t,labeljust=l,pad=0.3,label=<{caption}<BR ALIGN=\"LEFT\"/>>"
    )
}

/// Frames with their titles and members, in a stable order.
fn groups(view: &View, clusters: Clusters) -> Vec<(String, Vec<NodeIndex>)> {
    let mut groups: BTreeMap<(String, String), Vec<NodeIndex>> = BTreeMap::new();
    for index in view.graph.node_indices() {
        let Some(said) = &view.graph[index].said else { continue };
        let key = match clusters {
            Clusters::Document => view
                .documents
                .get(&said.document)
                .map(|d| (format!("{} {}", d.latest.as_deref().unwrap_or("9999"), d.iri), document_title(d))),
            Clusters::Event => {
                let event = view
                    .graph
                    .edges(index)
                    .filter(|e| e.weight().relation == Relation::About)
                    .map(|e| &view.graph[e.target()])
                    .min_by_key(|n| (&n.latest, &n.iri));
                event.map(|e| (e.iri.clone(), format!("<{}>", html(&wrap(&e.label, 60, 2)))))
            }
            Clusters::None => None,
        };
        if let Some(key) = key {
            groups.entry(key).or_default().push(index);
        }
    }
    groups.into_iter().map(|((_, title), members)| (title, members)).collect()
}

/// "Northern Herald, 20 Nov 2015" over the headline.
fn document_title(document: &Node) -> String {
    let publisher = document.fields.iter().find(|(n, _)| n == "publisher").map(|(_, v)| v.as_str());
    let when = document.latest.as_deref().map(day);
    let first: Vec<String> = publisher.map(str::to_owned).into_iter().chain(when).collect();
    let headline = html(&wrap(&document.label, 52, 2));
    match first.is_empty() {
        true => format!("<<I>{headline}</I>>"),
        false => format!(
            "<<B>{}</B><BR ALIGN=\"LEFT\"/><I>{headline}</I><BR ALIGN=\"LEFT\"/>>",
            html(&clip(&first.join(", "), 60))
        ),
    }
}

/// An article whose statements stand in a frame of their own needs no node.
fn folded(view: &View, index: NodeIndex) -> bool {
    view.graph[index].kind == Kind::Document && !view.full
}

fn node(out: &mut String, indent: &str, view: &View, index: NodeIndex) {
    let node = &view.graph[index];
    let mut extra = String::new();
    if node.is_focus {
        extra.push_str(",penwidth=3.2");
    }
    let label = match &node.said {
        Some(_) => statement(node, &mut extra),
        None if view.full => full_label(node),
        None => plain_label(node),
    };
    let _ = writeln!(
        out,
        "{indent}n{} [{}{extra},label=<{label}>,tooltip={},URL={}];",
        index.index(),
        look(node.kind),
        quoted(&tooltip(node)),
        quoted(&node.iri)
    );
}

/// A statement's box: how and when, its numbers in bold, its words.
fn statement(node: &Node, extra: &mut String) -> String {
    let Some(said) = &node.said else { return String::new() };
    if said.denied {
        extra.push_str(",style=\"filled,dashed\"");
    } else if said.manner == Some(Manner::Narrator) {
        let _ = write!(extra, ",color=\"{GREY}\",fontcolor=\"#555555\"");
    }
    let mut lines: Vec<String> = Vec::new();
    let head = head(said, node.earliest.as_deref(), node.latest.as_deref());
    let source = match said.manner {
        Some(Manner::Narrator) => String::new(),
        _ => said.source.clone(),
    };
    let small = if source.is_empty() { head } else { format!("{} {head}", clip(&source, 40)) };
    lines.push(format!("<FONT POINT-SIZE=\"9\" COLOR=\"#555555\">{}</FONT>", html(&wrap(&small, 56, 2))));
    for number in said.numbers.iter().take(4) {
        let measure = if number.measure.is_empty() || number.words.contains(&number.measure) {
            String::new()
        } else {
            format!(" {}", number.measure)
        };
        lines.push(bold(&wrap(&format!("{}{measure}", number.words), 38, 2)));
    }
    if said.numbers.len() > 4 {
        lines.push(format!("<B>and {} more numbers</B>", said.numbers.len() - 4));
    }
    let words = match said.manner {
        Some(Manner::Direct) if !said.words.starts_with(['"', '“', '\'', '‘']) => format!("“{}”", said.words),
        _ => said.words.clone(),
    };
    let room = if said.numbers.is_empty() { 4 } else { 3 };
    lines.push(html(&wrap(&words, 46, room)));
    lines.join("<BR ALIGN=\"LEFT\"/>") + "<BR ALIGN=\"LEFT\"/>"
}

/// An entity, event or question: its name, what it is, when.
fn plain_label(node: &Node) -> String {
    let width = if node.kind == Kind::Question { 22 } else { 30 };
    // A separator ends a line and begins none.
    let mut label = html(&wrap(&node.label, width, 4).replace("\n· ", " ·\n")).replace("<BR ALIGN=\"LEFT\"/>", "<BR/>");
    if node.is_focus {
        label = format!("<B>{label}</B>");
    }
    let when = crate::graph::view::days(node.earliest.as_deref(), node.latest.as_deref());
    let role = node.fields.iter().find(|(n, _)| n == "role").map(|(_, v)| v.split("; ").next().unwrap_or_default());
    let link = node.fields.iter().find(|(n, _)| n == "link").map_or("", |(_, v)| v.as_str());
    for small in [role.unwrap_or_default(), link, &when] {
        if !small.is_empty() {
            let _ = write!(label, "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"#555555\">{}</FONT>", html(&wrap(small, 30, 2)));
        }
    }
    label
}

/// A raw node: its class, then its literals.
fn full_label(node: &Node) -> String {
    let classes: Vec<&str> = node.fields.iter().filter(|(n, _)| n == "a").map(|(_, v)| v.as_str()).collect();
    let name = if classes.is_empty() { node.label.clone() } else { classes.join(" ") };
    let mut label = bold(&clip(&name, 40));
    for (name, value) in node.fields.iter().filter(|(n, _)| n != "a").take(9) {
        let name = name.strip_prefix("sayso:").unwrap_or(name);
        let value = value.strip_prefix("sayso:").unwrap_or(value);
        let _ = write!(
            label,
            "<BR ALIGN=\"LEFT\"/><FONT POINT-SIZE=\"9\" COLOR=\"#555555\">{}</FONT> <FONT POINT-SIZE=\"9\">{}</FONT>",
            html(name),
            html(&wrap(value, 40, 3))
        );
    }
    label + "<BR ALIGN=\"LEFT\"/>"
}

fn tooltip(node: &Node) -> String {
    let words = node.said.as_ref().map_or("", |s| s.words.as_str());
    clip(if words.is_empty() { &node.label } else { words }, 600)
}

/// A frame with a sample of every kind of node and line that occurs, each node in the column where its kind stands.
fn legend(out: &mut String, view: &View, hidden: &dyn Fn(NodeIndex) -> bool) {
    let kinds: std::collections::BTreeSet<Kind> =
        view.graph.node_indices().filter(|&n| !hidden(n)).map(|n| view.graph[n].kind).collect();
    if kinds.is_empty() {
        return;
    }
    let mut drawn: BTreeMap<&'static str, String> = BTreeMap::new();
    if !view.full {
        for edge in lines(view, hidden) {
            let (style, called) = line(&edge.weight().relation, edge.weight().denied);
            drawn.insert(called, style);
        }
    }
    out.push_str("  subgraph cluster_legend {\n");
    out.push_str("    graph [label=\"Legend\",labeljust=l,style=\"rounded,filled\",fillcolor=\"#FCFCFC\",color=\"#cccccc\",fontcolor=\"#444444\",fontsize=10,margin=8];\n");
    out.push_str("    node [fontsize=9,height=0.2,width=0.3,margin=\"0.08,0.03\",penwidth=1.2];\n");
    let kinds: Vec<Kind> = kinds.into_iter().collect();
    for (number, kind) in kinds.iter().enumerate() {
        let _ = writeln!(out, "    k{number} [{},ordering=out,label={}];", look(*kind), quoted(kind.as_str()));
    }
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); 3];
    for (number, kind) in kinds.iter().enumerate() {
        let column = match kind {
            Kind::Statement | Kind::Claim | Kind::Document => 1,
            Kind::Event | Kind::Question | Kind::Quantity | Kind::Time => 2,
            Kind::Place if kinds.len() > 4 => 1,
            _ => 0,
        };
        columns[column].push(format!("k{number}"));
    }
    // The lines go where there is most room: half of them beside the statement, half in the next column.
    let samples: Vec<String> = drawn.iter().map(|(called, style)| sample(called, style)).collect();
    for (number, part) in samples.chunks(samples.len().div_ceil(2).max(1)).enumerate() {
        let name = format!("lines{number}");
        let _ = writeln!(
            out,
            "    {name} [shape=plaintext,style=\"\",label=<<TABLE BORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">{}</TABLE>>];",
            part.concat()
        );
        columns[number + 1].push(name);
    }
    columns.retain(|column| !column.is_empty());
    for pair in columns.windows(2) {
        let _ = writeln!(out, "    {} -> {} [style=invis];", pair[0][0], pair[1][0]);
        for name in &pair[1][1..] {
            let _ = writeln!(out, "    {} -> {name} [style=invis];", pair[0][0]);
        }
    }
    out.push_str("  }\n");
}

/// Text in bold; GraphViz refuses an empty one.
fn bold(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("<B>{}</B>", html(text)) }
}

/// A row of the legend: the line drawn with characters in its colour, and its name.
fn sample(called: &str, style: &str) -> String {
    let colour = style.split("color=\"").nth(1).map_or(INK, |rest| &rest[..rest.len().min(7)]);
    let drawn = match called {
        "denies" => "– –▶",
        "contradicts" => "┣━━┫",
        "agrees" => "□─□",
        "compatible" => "· · ·",
        "names" => "· · ▷",
        "belongs to" => "· · ◆",
        "other scope" => "○· ·○",
        "answers" => "──○",
        "updates" => "━━▶",
        "takes part" => "──●",
        "in article" | "asks about" | "published by" => "───",
        _ => "──▶",
    };
    format!(
        "<TR><TD ALIGN=\"RIGHT\"><FONT COLOR=\"{colour}\">{drawn}</FONT></TD><TD ALIGN=\"LEFT\">{}</TD></TR>",
        html(called)
    )
}

/// A quoted string of the DOT language.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if is_printable(c) => out.push(c),
            _ => out.push(' '),
        }
    }
    out.push('"');
    out
}

/// Text of an HTML-like label.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(named) = super::web::entity(c) {
            out.push_str(named);
            continue;
        }
        match c {
            '\n' => out.push_str("<BR ALIGN=\"LEFT\"/>"),
            c if is_printable(c) => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

/// Whether XML allows the character and a reader sees it: not a control, nor a mark that turns the text's direction.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
}

/// Lines of at most `width` columns, at most `most` of them; what does not fit gives way to an ellipsis.
pub fn wrap(text: &str, width: usize, most: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            let wide = columns(&piece);
            if used > 0 && used + 1 + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&piece);
            used += wide;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    lines.join("\n")
}

/// A word cut where it is wider than a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let wide = column(c);
        if used + wide > width {
            found.push(String::new());
            used = 0;
        }
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
        used += wide;
    }
    found
}

/// One line of at most `most` characters.
pub fn clip(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// East Asian letters and emoji take two columns.
fn column(c: char) -> usize {
    match u32::from(c) {
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 => 2,
        0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        0x300..=0x36F | 0x200B..=0x200F => 0,
        _ => 1,
    }
}
