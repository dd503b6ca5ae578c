//! Review: one thing at a time, what was decided, and how much of what was looked at is right.

use std::fmt::Write;
use std::hash::{BuildHasher, BuildHasherDefault};

use hyper::StatusCode;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};

use super::facets::{self, Chosen, Shape};
use super::line::{shortened, whole};
use super::lists::named;
use super::paging::Paging;
use super::{Failed, Page, View, article, counted, day, encoded, escaped, link, nothing, place_of, roles, who};
use crate::graph::catalogue::{Alike, Catalogue, Filter, Row, Standing, Verdict, characters};
use crate::graph::decided::{self, LINK, Line, MERGE, Pair, SPEAKER, STATEMENT, VERDICT};
use crate::graph::export::sheet::{Cell, Column, Sheet};
use crate::graph::links::Linked;
use crate::graph::view::Resource;
use crate::import::decisions::HEAD;
use crate::lexicon::gazetteer;
use crate::serve::Site;
use crate::serve::access::{MARK, see_other};
use crate::serve::request::{Request, Response, one};

/// The kinds of things to look at, with their names on the page.
const KINDS: [(&str, &str); 4] = [(STATEMENT, "Statements"), (VERDICT, "Verdicts"), (LINK, "Links"), (MERGE, "Merges")];

/// How many of the queue, of the last decisions and of the speakers to choose from are shown.
const QUEUE: usize = 7;
const DONE: usize = 8;
const CHOICES: usize = 7;
/// Decisions of a part of the table.
const WRITTEN: usize = 20;

/// Articles of a second name whose sentences are shown.
const SENTENCES: usize = 3;

/// How the page begins, whatever is looked at.
pub(super) const CRUMB: &str = "<p class=\"crumb\"><a href=\"/\">Home</a> / Review</p>";

/// What the form of the page asks for.
pub(super) const SHAPE: Shape<'static> = Shape {
    page: "review",
    rows: ["statement", "statements"],
    words: "Words",
    speaker: true,
    sure: true,
    voice: false,
};

/// Something to look at.
#[derive(Clone)]
enum Item {
    Statement(u32),
    Verdict(u32),
    Link(u32),
    Merge(Alike),
}

/// Whether there is a kind of things of a name; without one, statements are looked at.
pub(super) fn is_kind(name: &str) -> bool {
    name.is_empty() || KINDS.iter().any(|(kind, _)| *kind == name)
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let kind = match view.one("of")? {
        "" => STATEMENT,
        name => KINDS
            .iter()
            .find(|(kind, _)| *kind == name)
            .map(|(kind, _)| *kind)
            .ok_or_else(|| Failed::bad("of is statement, verdict, link or merge"))?,
    };
    let by_doubt = view.one("order")? == "doubt";
    let links = if kind == LINK { view.site.links()? } else { Default::default() };
    let (found, mut queue) = looked_at(view, kind, &links)?;
    // One that a page leads here for comes first, decided or not.
    if let Some(Row::Statement(at)) = view.all.row(view.one("iri")?) {
        queue.retain(|item| !matches!(item, Item::Statement(s) if *s == at));
        queue.insert(0, Item::Statement(at));
    }
    let total = queue.len();
    let at = view.one("at")?.parse::<usize>().unwrap_or(0).min(total.saturating_sub(1));
    let what = match kind {
        VERDICT => ("verdict", "verdicts"),
        LINK => ("link", "links"),
        MERGE => ("merge", "merges"),
        _ => ("statement", "statements"),
    };
    let checked = match kind {
        VERDICT => view.all.checked_verdicts().told("verdict"),
        LINK => told_links(view),
        MERGE => told_merges(view),
        _ => view.all.checked_statements().told("statement"),
    };
    let order = match (kind, by_doubt) {
        (STATEMENT, false) => " They come by chance, so that the share holds for all that the pages show.",
        (STATEMENT, true) => " The least sure come first: their share is lower than that of all.",
        _ => "",
    };
    let mut body = String::from(CRUMB);
    let title = format!("{} to look at", counted(total, what.0, what.1));
    body += &view.head(&title, &format!("{checked}{order}"), "");
    progress(view, kind, total, &mut body);
    if let Some(trouble) = &view.trouble {
        let _ = write!(
            body,
            "<div class=\"state err\" role=\"alert\"><h2 class=\"plainh\">The table of decisions cannot be read</h2><pre class=\"wrap\" tabindex=\"0\">{}</pre><p>The pages show the decisions as they were before.</p></div>",
            escaped(trouble)
        );
    }
    body.push_str("<nav class=\"chips\" aria-label=\"What to look at\">");
    for (name, label) in KINDS {
        let current = if name == kind { " aria-current=\"true\"" } else { "" };
        let _ = write!(body, "<a class=\"btn\" href=\"{}\"{current}>{label}</a>", kept(view, name));
    }
    if kind == STATEMENT {
        let (value, label) = if by_doubt { ("", "By chance") } else { ("doubt", "Least sure first") };
        let _ = write!(body, "<a class=\"btn\" href=\"{}\">{label}</a>", view.with("order", value));
    }
    body.push_str("</nav>");
    body += &facets::form(view, &found, shape(kind), facets::Place::Folded);
    facets::chips(view, &mut body);
    body.push_str("<div class=\"side\" id=\"queue\"><div>");
    match queue.get(at) {
        None => {
            let reason = match kind {
                _ if kind != STATEMENT && facets::is_narrowed(view) => {
                    "Nothing that the filters choose is undecided. Take one of them away."
                }
                VERDICT => "No two figures that are shown stand against each other undecided.",
                LINK => "Every link that is in doubt has been decided.",
                MERGE => {
                    "No two names of one story look like one, and no namesakes like two, of whom nobody has decided."
                }
                _ => {
                    "Every statement that the filters choose has been decided. <a href=\"/review\">Take the filters away</a>."
                }
            };
            body += &nothing("Nothing is left to look at", reason);
        }
        Some(item) => card(view, item, at, total, &links, &mut body)?,
    }
    written(view, &mut body)?;
    body.push_str("</div><aside aria-labelledby=\"h-q\"><h2 id=\"h-q\">Queue</h2><ol class=\"queue\">");
    for (n, item) in queue.iter().enumerate().skip(at).take(QUEUE) {
        let current = if n == at { " class=\"now\" aria-current=\"true\"" } else { "" };
        let _ = write!(
            body,
            "<li{current}><span class=\"sign\" aria-hidden=\"true\">{}</span><a class=\"plain\" href=\"{}\">{}</a></li>",
            if n == at { "▸" } else { "·" },
            view.with("at", &n.to_string()),
            in_short(view, item, &links)
        );
    }
    body.push_str("</ol>");
    done(view, kind, &mut body);
    body.push_str("<details class=\"fold keys\"><summary>Keys of this page</summary><ul><li><kbd>y</kbd> right, or as chosen; <kbd>n</kbd> wrong; <kbd>e</kbd> correct</li><li><kbd>1</kbd>–<kbd>9</kbd> choose, <kbd>u</kbd> take the last one back</li><li><kbd>j</kbd> or <kbd>s</kbd> next, <kbd>k</kbd> back, <kbd>o</kbd> open the article</li></ul></details></aside></div>");
    let mut page = Page::new("/review", "Review", body);
    page.sheets.push(sheet(view));
    Ok(page)
}

/// What the form asks for where verdicts, links or merges are looked at: a verdict and a merge stand for the statements of
/// both their sides, a link for the article in which it was weighed.
const VERDICTS: Shape<'static> = Shape { page: "review/verdict", rows: ["verdict", "verdicts"], ..SHAPE };
const MERGES: Shape<'static> = Shape { page: "review/merge", rows: ["merge", "merges"], sure: false, ..SHAPE };
const LINKS: Shape<'static> =
    Shape { page: "review/link", rows: ["link", "links"], speaker: false, sure: false, ..SHAPE };

/// What the form asks for where things of a kind are looked at.
pub(super) fn shape(kind: &str) -> &'static Shape<'static> {
    match kind {
        VERDICT => &VERDICTS,
        LINK => &LINKS,
        MERGE => &MERGES,
        _ => &SHAPE,
    }
}

/// What nobody has decided of a kind, as far as the filters choose it, in the order in which it is looked at.
fn looked_at(view: &View, kind: &str, links: &[Linked]) -> Result<(Chosen, Vec<Item>), Failed> {
    let all = &view.all;
    let filter = facets::filter(view);
    let mut queue = match kind {
        VERDICT => verdicts(view),
        LINK => to_link(view, links),
        MERGE => to_merge(view),
        _ => {
            let filter = Filter { attributed: view.one("voice")? != "all", ..filter };
            let found = super::statements::chosen(view, &filter);
            let queue = statements(view, found.statements(), view.one("order")? == "doubt");
            return Ok((found, queue));
        }
    };
    let question = |item: &Item| match item {
        Item::Verdict(at) => Some(&all.questions[all.comparisons[*at as usize].question as usize]),
        _ => None,
    };
    let articles: FxHashMap<&str, u32> = match kind {
        LINK => all.articles.iter().zip(0..).map(|(article, at)| (article.id.as_str(), at)).collect(),
        _ => FxHashMap::default(),
    };
    let article = |item: &Item| match item {
        Item::Link(at) => articles.get(links[*at as usize].article.as_str()).copied(),
        _ => None,
    };
    let by_article = kind == LINK && !facets::is_of_statements(&filter) && filter.speaker.is_empty();
    let said = |item: &Item| -> Vec<u32> {
        match item {
            Item::Statement(at) => vec![*at],
            Item::Verdict(at) => {
                let comparison = &all.comparisons[*at as usize];
                [comparison.left, comparison.right].map(|f| all.figures[f as usize].statement).to_vec()
            }
            Item::Link(_) if by_article => Vec::new(),
            Item::Link(_) => article(item).map_or(Vec::new(), |a| all.articles[a as usize].statements.clone()),
            Item::Merge(pair) => {
                let agents = std::iter::once(pair.one).chain(pair.others.iter().copied());
                agents.flat_map(|a| all.agents[a as usize].statements.iter().copied()).collect()
            }
        }
    };
    let rows = queue.iter().zip(0..).map(|(item, row)| (row, said(item)));
    // Two names are two whatever the confidence of what their bearers say, and so is a link.
    let least = if kind == VERDICT { filter.min_confidence } else { None };
    let filter = Filter { min_confidence: least, ..filter };
    let mut found = facets::chosen(view, &filter, rows, |row| {
        question(&queue[row as usize]).map(|question| question.measure.as_str())
    });
    if by_article {
        let of: Vec<(u32, Option<u32>)> = queue.iter().zip(0..).map(|(item, row)| (row, article(item))).collect();
        facets::of_articles(view, &filter, of.iter().map(|(row, article)| (*row, article.as_slice())), &mut found);
    }
    if facets::is_narrowed(view) {
        let fit: FxHashSet<u32> = found.rows.iter().copied().collect();
        let mut row = 0..;
        queue.retain(|_| row.next().is_some_and(|row| fit.contains(&row)));
    }
    Ok((found, queue))
}

/// What the address chooses of a kind of things to look at.
pub(super) fn chosen(view: &View, kind: &str) -> Result<Chosen, Failed> {
    let links = if kind == LINK { view.site.links()? } else { Default::default() };
    Ok(looked_at(view, kind, &links)?.0)
}

/// The address of the things of a kind, with the filters of this page.
fn kept(view: &View, kind: &str) -> String {
    let is_filter = |name: &str| facets::FIELDS.iter().any(|field| field.name == name);
    let filters = view.given.iter().filter(|(name, value)| is_filter(name) && !value.is_empty());
    let filters = filters.map(|(name, value)| format!("&{}={}", encoded(name), encoded(value)));
    escaped(&format!("/review?of={kind}{}", filters.collect::<String>()))
}

/// What is right, wrong and left, as a bar and in words.
fn progress(view: &View, kind: &str, total: usize, body: &mut String) {
    let checked = match kind {
        VERDICT => view.all.checked_verdicts(),
        STATEMENT => view.all.checked_statements(),
        MERGE => view.decided.checked_merges(),
        _ => return,
    };
    if checked.all() == 0 {
        return;
    }
    let whole = (checked.all() + total).max(1) as f64;
    let (right, wrong) = (checked.right as f64 * 100.0 / whole, checked.wrong as f64 * 100.0 / whole);
    let _ = write!(
        body,
        "<svg class=\"prog\" role=\"img\" aria-label=\"{0} right, {1} wrong, {2} to go\"><rect class=\"fillx\" width=\"100%\" height=\"14\"/><rect class=\"fill\" width=\"{right:.1}%\" height=\"14\"/><rect class=\"fill2\" x=\"{right:.1}%\" width=\"{wrong:.1}%\" height=\"14\"/></svg><p class=\"small muted\">{0} right, {1} wrong or corrected, {2} to go</p>",
        checked.right, checked.wrong, total
    );
}

/// The statements that the filters choose and nobody has decided.
fn statements(view: &View, mut chosen: Vec<u32>, by_doubt: bool) -> Vec<Item> {
    let all = &view.all;
    chosen.retain(|&s| all.statements[s as usize].standing == Standing::Open);
    if by_doubt {
        chosen.sort_by(|&a, &b| {
            all.statements[a as usize].sure().total_cmp(&all.statements[b as usize].sure()).then(a.cmp(&b))
        });
    } else {
        // A hash of the words is a fixed order that nothing else depends on.
        let hash = BuildHasherDefault::<FxHasher>::default();
        chosen.sort_by_cached_key(|&s| {
            let statement = &all.statements[s as usize];
            (hash.hash_one((all.article(statement).id.as_str(), statement.words.as_str())), s)
        });
    }
    chosen.into_iter().map(Item::Statement).collect()
}

/// The verdicts between figures that are shown, those that contradict first.
fn verdicts(view: &View) -> Vec<Item> {
    let all = &view.all;
    let shown = |figure: u32| view.filter.trusts(all.statement(&all.figures[figure as usize]));
    let mut seen = std::collections::HashSet::with_hasher(FxBuildHasher);
    let mut chosen: Vec<u32> = (0..all.comparisons.len() as u32)
        .filter(|&at| {
            let comparison = &all.comparisons[at as usize];
            comparison.standing == Standing::Open
                && comparison.verdict != Verdict::OtherScope
                && all.is_telling(&all.questions[comparison.question as usize])
                && shown(comparison.left)
                && shown(comparison.right)
        })
        .collect();
    chosen.sort_by_key(|&at| (all.comparisons[at as usize].verdict, at));
    // Two pairs with the same words are one to a reader.
    chosen.retain(|&at| {
        let comparison = &all.comparisons[at as usize];
        let side = |figure: u32| {
            let figure = &all.figures[figure as usize];
            let statement = all.statement(figure);
            (statement.article, statement.words.as_str(), figure.surface.as_str())
        };
        let (one, other) = (side(comparison.left), side(comparison.right));
        seen.insert(if one <= other { (one, other) } else { (other, one) })
    });
    chosen.into_iter().map(Item::Verdict).collect()
}

/// The links in doubt that nobody has decided: first what is used and least sure, then what is not used and surest.
fn to_link(view: &View, links: &[Linked]) -> Vec<Item> {
    let mut chosen: Vec<u32> = (0..links.len() as u32)
        .filter(|&at| {
            let row = &links[at as usize];
            (row.confidence < 0.9 || !row.accepted)
                && view.decided.link(&row.article, &decided::flat(&row.words), &row.target).is_none()
        })
        .collect();
    let doubt = |row: &Linked| if row.accepted { row.confidence } else { 2.0 - row.confidence };
    chosen.sort_by(|&a, &b| {
        let (a, b) = (&links[a as usize], &links[b as usize]);
        doubt(a).total_cmp(&doubt(b)).then_with(|| a.key().cmp(&b.key()))
    });
    chosen.into_iter().map(Item::Link).collect()
}

/// The pairs of names that nobody has decided, each with the articles of which that is so.
fn to_merge(view: &View) -> Vec<Item> {
    let seen: std::collections::BTreeSet<[String; 2]> =
        view.decided.pairs().into_iter().flat_map(|(pair, _)| [pair.cells(), pair.turned().cells()]).collect();
    let open = view.all.alike().into_iter().filter_map(|mut pair| {
        let is_open = |other: &u32| !seen.contains(&pair_of(&view.all, &pair, *other).cells());
        let others: Vec<u32> = pair.others.iter().copied().filter(is_open).collect();
        pair.others = others;
        (!pair.others.is_empty()).then_some(Item::Merge(pair))
    });
    open.collect()
}

/// A speaker of a pair and one of the others by the words that a decision knows them by: a name that is enough by itself
/// means its bearer in all articles.
fn pair_of(all: &Catalogue, pair: &Alike, other: u32) -> Pair {
    let side = |agent: u32| {
        let row = &all.agents[agent as usize];
        let article = match row.is_full() && !pair.are_one_now {
            true => "",
            false => all.heard_in(agent).next().map_or("", |a| all.articles[a as usize].id.as_str()),
        };
        [article, row.name.as_str()]
    };
    Pair::of(side(pair.one), side(other))
}

/// The one target that speakers get who are one: that which one of them has already, else one made of the names.
fn target_of(all: &Catalogue, pair: &Alike) -> String {
    let speakers = std::iter::once(&pair.one).chain(&pair.others).flat_map(|&a| all.all_of(a));
    let known = speakers.into_iter().find_map(|agent| {
        let iri = all.agents[agent as usize].same_as.first()?;
        let item = iri.strip_prefix("http://www.wikidata.org/entity/").unwrap_or(iri);
        crate::import::list::row(item).map(|_| item.to_owned())
    });
    known.unwrap_or_else(|| {
        let [one, _] = pair_of(all, pair, pair.others[0]).sides;
        minted("same", &[one.words, one.article])
    })
}

/// An IRI made of words, which the same words give again.
fn minted(kind: &str, words: &[String]) -> String {
    let mut out = format!("urn:sayso:{kind}");
    for word in words.iter().filter(|word| !word.is_empty()) {
        let _ = write!(out, ":{}", crate::graph::export::web::encoded(&word.to_lowercase().replace(' ', "-"), b"-._~"));
    }
    out
}

fn told_merges(view: &View) -> String {
    let checked = view.decided.checked_merges();
    let told = match checked.all() {
        0 => "No pair of names has been checked yet.".to_owned(),
        n => format!(
            "Of {} that {} checked {} one and the same.",
            counted(n, "pair of names", "pairs of names"),
            if n == 1 { "was" } else { "were" },
            match checked.right {
                1 => "1 is".to_owned(),
                right => format!("{right} are"),
            }
        ),
    };
    format!("{told} The pages show them as one at once, the graph with the next build.")
}

fn told_links(view: &View) -> String {
    let of = |decision: &str| view.decided.lines().iter().filter(|l| l.kind == LINK && l.decision == decision).count();
    format!("{} were accepted, {} rejected; links change with the next build.", of("accept"), of("reject"))
}

/// A thing of the queue in a line.
fn in_short(view: &View, item: &Item, links: &[Linked]) -> String {
    let all = &view.all;
    match *item {
        Item::Statement(at) => {
            let statement = &all.statements[at as usize];
            let voice =
                if statement.is_narrator() { all.article(statement).paper().to_owned() } else { all.who(statement) };
            format!(
                "<b>{}</b> <span class=\"quote\">{}</span><br><span class=\"small muted\">{}, {}</span>",
                escaped(&shortened(&voice, 40)),
                escaped(&shortened(&statement.words, 70)),
                escaped(all.article(statement).paper()),
                escaped(&day(&all.article(statement).published))
            )
        }
        Item::Verdict(at) => {
            let comparison = &all.comparisons[at as usize];
            let figure = |at: u32| escaped(&all.figures[at as usize].surface);
            format!(
                "<b>{}</b> {} {} {}",
                escaped(&named(all, &all.questions[comparison.question as usize])),
                figure(comparison.left),
                mark(comparison.verdict),
                figure(comparison.right)
            )
        }
        Item::Link(at) => {
            let row = &links[at as usize];
            format!(
                "<b>{}</b> is {}?<br><span class=\"small muted\">{}{:.2}</span>",
                escaped(&shortened(&row.words, 40)),
                escaped(&shortened(&row.target, 40)),
                thing(row).map_or(String::new(), |told| escaped(&shortened(&told, 60)) + " · "),
                row.confidence
            )
        }
        Item::Merge(ref pair) => {
            let name = |agent: u32| escaped(&shortened(&all.agents[agent as usize].name, 40));
            let told = if pair.are_one_now { "one name, two offices" } else { "two names in one story" };
            let articles = match pair.others.len() {
                1 => String::new(),
                n => format!(", in {n} articles"),
            };
            format!(
                "<b>{}</b> and <b>{}</b><br><span class=\"small muted\">{told}{articles}</span>",
                name(pair.one),
                name(pair.others[0])
            )
        }
    }
}

/// A verdict as a word.
fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradicts => "<span class=\"v contra\">contradicts</span>",
        Verdict::Updates => "<span class=\"v upd\">updates</span>",
        Verdict::Agrees => "<span class=\"v agree\">agrees with</span>",
        Verdict::Compatible => "<span class=\"v fits\">fits with</span>",
        Verdict::OtherScope => "<span class=\"v scope\">asks something else than</span>",
    }
}

/// What is to be looked at now, with the form that decides.
fn card(view: &View, item: &Item, at: usize, total: usize, links: &[Linked], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let _ = write!(
        body,
        "<section class=\"card\" aria-labelledby=\"h-now\"><p class=\"crumb\">{} of {}",
        whole(at + 1),
        whole(total)
    );
    let mut form = Form::default();
    match *item {
        Item::Statement(s) => {
            let statement = &all.statements[s as usize];
            let of = all.article(statement);
            let _ = write!(body, " · {}", link("/article", &of.iri, of.label()));
            if let Some(sure) = statement.confidence.filter(|_| statement.standing == Standing::Open) {
                let _ = write!(body, " · {sure:.2}");
            }
            let name = if statement.is_narrator() { of.paper().to_owned() } else { all.who(statement) };
            let question = if statement.is_narrator() {
                format!("Does {} itself say this?", escaped(&name))
            } else {
                format!("Did {} say this?", escaped(&name))
            };
            let _ = write!(body, "</p><h2 id=\"h-now\" class=\"plainh\">{question}</h2>");
            sentence(view, s, body)?;
            let _ = write!(
                body,
                "<p class=\"small\">{} <span class=\"muted\">{}</span> {}{}</p>",
                who(all, statement),
                escaped(&statement.cue),
                escaped(&statement.words),
                super::stance(statement)
            );
            let [article, words, source, who] = all.told_by(statement);
            form.line = Line { kind: STATEMENT.into(), article, words, prefix: source, ..Line::default() };
            form.now = who.clone();
            form.choices
                .push((who, if statement.is_narrator() { "the paper’s own voice" } else { "as it is read now" }));
            let mut others: Vec<&str> = of
                .statements
                .iter()
                .flat_map(|&other| &all.statements[other as usize].speakers)
                .map(|&agent| all.agents[agent as usize].name.as_str())
                .collect();
            others.sort_unstable();
            others.dedup();
            for other in others {
                if form.choices.len() < CHOICES && form.choices.iter().all(|(name, _)| name != other) {
                    form.choices.push((other.to_owned(), ""));
                }
            }
            form.other = Some("somebody else, as the text names them");
            form.open = place_of(all, s);
        }
        Item::Verdict(c) => {
            let comparison = &all.comparisons[c as usize];
            let question = &all.questions[comparison.question as usize];
            let _ = write!(
                body,
                " · {}</p><h2 id=\"h-now\" class=\"plainh\">{} {} {}?</h2>",
                link("/question", &question.iri, &named(all, question)),
                escaped(&all.figures[comparison.left as usize].surface),
                mark(comparison.verdict),
                escaped(&all.figures[comparison.right as usize].surface)
            );
            for figure in [comparison.left, comparison.right] {
                let statement = &all.statements[all.figures[figure as usize].statement as usize];
                let s = all.figures[figure as usize].statement;
                let _ = write!(
                    body,
                    "<p class=\"small\">{} <span class=\"muted\">· {}, {}</span></p>",
                    who(all, statement),
                    escaped(all.article(statement).paper()),
                    escaped(&day(&all.article(statement).published))
                );
                sentence(view, s, body)?;
                form.open = place_of(all, s);
            }
            let _ = write!(body, "<p class=\"small muted\">Because: {}</p>", escaped(&comparison.reason));
            let sides = all.sides(comparison);
            form.line = Line {
                kind: VERDICT.into(),
                article: sides.articles,
                words: sides.words,
                field: sides.figures,
                ..Line::default()
            };
            form.now = comparison.verdict.as_str().to_owned();
            let words = |verdict| match verdict {
                Verdict::Contradicts => "both cannot be true",
                Verdict::Updates => "the later figure replaces the earlier one",
                Verdict::Agrees => "the same figure",
                Verdict::Compatible => "both can be true",
                Verdict::OtherScope => "they answer different questions",
            };
            form.choices.push((form.now.clone(), words(comparison.verdict)));
            let rest = Verdict::ALL.iter().filter(|(_, verdict)| *verdict != comparison.verdict);
            form.choices.extend(rest.map(|(name, verdict)| ((*name).to_owned(), words(*verdict))));
        }
        Item::Link(l) => {
            let row = &links[l as usize];
            let article = all.articles.iter().find(|a| a.id == row.article);
            if let Some(article) = article {
                let _ = write!(body, " · {}", link("/article", &article.iri, article.label()));
                form.open = format!("/article?iri={}", encoded(&article.iri));
            }
            let target = match row.target.strip_prefix('Q') {
                Some(_) => format!("https://www.wikidata.org/wiki/{}", row.target),
                None if row.target.starts_with("http") => row.target.clone(),
                None => format!("https://www.geonames.org/{}", row.target),
            };
            let _ = write!(
                body,
                " · {:.2}</p><h2 id=\"h-now\" class=\"plainh\">Is “{}” here <a rel=\"noreferrer\" href=\"{}\">{}</a>?</h2><p class=\"small muted\">{}, {}.</p>",
                row.confidence,
                escaped(&row.words),
                escaped(&target),
                escaped(&match label(row) {
                    Some(label) => format!("{label} ({})", row.target),
                    None => row.target.clone(),
                }),
                if row.accepted { "Used now" } else { "Not used now" },
                weighed(&row.rule)
            );
            if let Some(told) = thing(row) {
                let _ = write!(body, "<p>{}</p>", escaped(&told));
            }
            if let Some(article) = article {
                let sentences = article::sentences(view, article)?;
                let texts = sentences.iter().map(|s| s.letters.iter().collect::<String>());
                if let Some(text) = texts.into_iter().find(|text| text.contains(row.words.as_str())) {
                    let (text, words) = (escaped(&text), escaped(&row.words));
                    let marked = text.replacen(&words, &format!("<mark class=\"w\">{words}</mark>"), 1);
                    let _ = write!(body, "<p class=\"text\">{marked}</p>");
                }
            }
            form.line = Line {
                kind: LINK.into(),
                article: row.article.clone(),
                words: decided::flat(&row.words),
                ..Line::default()
            };
            form.now = row.target.clone();
            form.choices.push((row.target.clone(), if row.accepted { "as it is now" } else { "proposed" }));
            form.other = Some("another: Q-number, GeoNames number or IRI");
        }
        Item::Merge(ref pair) => merge(view, pair, &mut form, body)?,
    }
    form.write(view, at, total, body);
    body.push_str("</section>");
    Ok(())
}

/// Two names, each with what its bearers say, and the form that tells whether they are one.
fn merge(view: &View, pair: &Alike, form: &mut Form, body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let agent = |at: u32| &all.agents[at as usize];
    let (one, other) = (agent(pair.one), agent(pair.others[0]));
    let question = match pair.are_one_now {
        true => format!("Is {} one and the same here and there?", escaped(&one.name)),
        false if one.name.eq_ignore_ascii_case(&other.name) => {
            format!("Are “{}” of these articles one and the same?", escaped(&one.name))
        }
        false => format!("Are {} and {} one and the same?", escaped(&one.name), escaped(&other.name)),
    };
    let _ = write!(body, "</p><h2 id=\"h-now\" class=\"plainh\">{question}</h2>");
    for at in std::iter::once(pair.one).chain(pair.others.iter().copied().take(SENTENCES)) {
        let own = agent(at);
        let Some(&said) = own.statements.first() else { continue };
        let statement = &all.statements[said as usize];
        let of = all.article(statement);
        let articles: std::collections::BTreeSet<u32> = all.heard_in(at).collect();
        let _ = write!(
            body,
            "<p class=\"small\">{}<b>{}</b> <span class=\"muted\">{} · heard {} in {} · {}, {}</span></p>",
            super::line::Glyph::of(all, statement).inline(),
            link("/entity", &own.iri, &own.name),
            escaped(&shortened(&roles(all, &[at], &[]).join("; "), 80)),
            counted(own.statements.len(), "time", "times"),
            counted(articles.len(), "article", "articles"),
            escaped(of.paper()),
            escaped(&day(&of.published))
        );
        sentence(view, said, body)?;
        form.open = place_of(all, said);
    }
    if pair.others.len() > 1 {
        let _ = write!(
            body,
            "<p class=\"small muted\">{} has “{}” in {}; the decision holds for all of them.</p>",
            if pair.are_one_now { "Another story" } else { "The story" },
            escaped(&other.name),
            counted(pair.others.len(), "article", "articles")
        );
    }
    let mut cells: Vec<[String; 2]> = pair.others.iter().map(|&other| pair_of(all, pair, other).cells()).collect();
    cells.dedup();
    let [articles, words] = cells.remove(0);
    form.line = Line { kind: MERGE.into(), article: articles, words, ..Line::default() };
    form.also = cells.into_iter().map(|[articles, _]| articles).collect();
    if pair.are_one_now {
        let [_, second] = pair_of(all, pair, pair.others[0]).sides;
        form.now = minted("one", &[second.words, second.article]);
    }
    form.choices.push((target_of(all, pair), ""));
    Ok(())
}

/// How a link was found, in words.
fn weighed(rule: &str) -> &'static str {
    match rule {
        "link/place" => "found among the names of places",
        "link/person" => "found by a person’s name and what is told of its bearer",
        "link/group" => "found as the name of a people or a party",
        "link/name" => "found by the name of a body",
        "link/decision" => "decided by hand",
        _ => "found by its name",
    }
}

/// What the thing that a link leads to is called in the shipped table.
fn label(row: &Linked) -> Option<String> {
    thing(row)?.split(" · ").next().filter(|label| !label.is_empty()).map(str::to_owned)
}

/// What the shipped table says of the thing that a link leads to.
fn thing(row: &Linked) -> Option<String> {
    let number = row.target.trim_start_matches('Q').parse::<u32>().ok()?;
    let found = gazetteer::SHIPPED.find(&gazetteer::key(&row.words));
    let thing = found.map(|reading| reading.thing).find(|thing| match row.target.starts_with('Q') {
        true => thing.wikidata == number,
        false => thing.geonames == number,
    })?;
    let parts = [thing.label, thing.description, thing.country];
    Some(parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · "))
}

/// The sentences of a statement, marked, with the words before and after.
fn sentence(view: &View, at: u32, body: &mut String) -> Result<(), Failed> {
    let statement = &view.all.statements[at as usize];
    let read = Resource::read(&view.site.store, &statement.iri)?;
    let mut places = Vec::new();
    for (property, class) in article::PLACES {
        places.extend(read.links(property).filter_map(characters).map(|place| (place, class)));
    }
    for &figure in &statement.figures {
        places.extend(characters(&view.all.figures[figure as usize].evidence).map(|place| (place, article::NUMBERS)));
    }
    let all = article::sentences(view, view.all.article(statement))?;
    let own: Vec<(u32, u32)> = statement.sentences.iter().filter_map(|s| characters(s)).collect();
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Ok(()) };
    body.push_str("<p class=\"text\">");
    let words = |letters: &[char]| letters.iter().collect::<String>();
    if let Some(before) = all.iter().rfind(|s| s.end <= first.0) {
        let _ = write!(body, "<span class=\"muted\">{}</span> ", escaped(&words(&before.letters)));
    }
    for sentence in all.iter().filter(|s| s.begin >= first.0 && s.begin <= last.0) {
        let _ = write!(body, "{} ", article::one_marked(&words(&sentence.letters), sentence.begin, &places));
    }
    if let Some(after) = all.iter().find(|s| s.begin >= last.1) {
        let _ = write!(body, "<span class=\"muted\">{}</span>", escaped(&words(&after.letters)));
    }
    body.push_str("</p>");
    Ok(())
}

/// The form of a card.
#[derive(Default)]
struct Form {
    line: Line,
    /// Further articles of which the same is decided.
    also: Vec<String>,
    /// The value that stands now: what is rejected.
    now: String,
    choices: Vec<(String, &'static str)>,
    other: Option<&'static str>,
    open: String,
}

impl Form {
    fn write(&self, view: &View, at: usize, total: usize, body: &mut String) {
        let step = |to: usize| view.with("at", &to.to_string());
        let before = if at > 0 {
            format!("<a class=\"btn\" rel=\"prev\" data-k=\"k\" href=\"{}\"><kbd>k</kbd> Back</a>", step(at - 1))
        } else {
            String::new()
        };
        let after = if at + 1 < total {
            format!("<a class=\"btn\" rel=\"next\" data-k=\"s\" href=\"{}\"><kbd>s</kbd> Skip</a>", step(at + 1))
        } else {
            String::new()
        };
        let open = if self.open.is_empty() {
            String::new()
        } else {
            format!("<a class=\"btn\" data-k=\"o\" href=\"{}\"><kbd>o</kbd> Article</a>", self.open)
        };
        let Some(mark) = &view.mark else {
            let _ = write!(
                body,
                "<p class=\"left\">To decide, start the server with <code>sayso serve --review</code> and open the link that it prints.</p><div class=\"acts\">{open}{after}{before}</div>"
            );
            return;
        };
        body.push_str("<form class=\"decide\" action=\"/review\" method=\"post\">");
        hidden(MARK, mark, body);
        hidden("back", &back(view, at), body);
        hidden("now", &self.now, body);
        fields(&self.line, &["decision", "value", "day", "by"], body);
        self.also.iter().for_each(|article| hidden(ALSO, article, body));
        let legend = match self.line.kind.as_str() {
            VERDICT => "How they stand to each other",
            LINK => "What it is",
            _ => "Who says so",
        };
        let chooses = self.line.kind != MERGE;
        if chooses {
            let _ = write!(body, "<fieldset class=\"choice\"><legend class=\"small muted\">{legend}</legend>");
        }
        for (n, (name, words)) in self.choices.iter().enumerate() {
            if !chooses {
                hidden("choice", name, body);
                continue;
            }
            let checked = if n == 0 { " checked" } else { "" };
            let shown = if name.is_empty() { "nobody named" } else { name };
            let _ = write!(
                body,
                "<label><input type=\"radio\" name=\"choice\" value=\"{}\"{checked}> <kbd>{}</kbd> {} <span class=\"small muted\">{words}</span></label>",
                escaped(name),
                n + 1,
                escaped(shown)
            );
        }
        if let Some(words) = self.other {
            let _ = write!(
                body,
                "<label class=\"other\">{words} <input name=\"other\" autocomplete=\"off\" maxlength=\"300\"></label>"
            );
        }
        let (right, wrong) = match self.line.kind.as_str() {
            VERDICT => ("As chosen", "None of these: leave it out"),
            LINK => ("It is", "It is not"),
            MERGE => ("One and the same", "Two"),
            _ => ("Right, as chosen", "Nobody says so"),
        };
        let _ = write!(
            body,
            "{}<div class=\"acts\"><button class=\"main\" name=\"decision\" value=\"accept\" data-k=\"y\"><kbd>y</kbd> {right}</button><button name=\"decision\" value=\"reject\" data-k=\"n\"><kbd>n</kbd> {wrong}</button>{after}{before}{open}</div></form>",
            if chooses { "</fieldset>" } else { "" }
        );
    }
}

fn hidden(name: &str, value: &str, body: &mut String) {
    let _ = write!(body, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value));
}

/// The name of a form's fields for articles beside the first.
const ALSO: &str = "also";

/// A line of the table as hidden fields.
fn fields(line: &Line, except: &[&str], body: &mut String) {
    for (name, value) in cells(line) {
        if !except.contains(&name) {
            hidden(name, value, body);
        }
    }
}

fn cells(line: &Line) -> [(&'static str, &str); 9] {
    [
        ("decision", &line.decision),
        ("kind", &line.kind),
        ("article", &line.article),
        ("words", &line.words),
        ("prefix", &line.prefix),
        ("field", &line.field),
        ("value", &line.value),
        ("day", &line.day),
        ("by", &line.by),
    ]
}

/// The address to come back to: the same choice, at the same place of the queue, which has moved up.
fn back(view: &View, at: usize) -> String {
    let kept = view.given.iter().filter(|(n, v)| !v.is_empty() && !matches!(n.as_str(), "at" | "iri" | "as" | "key"));
    let mut pairs: Vec<String> = kept.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
    if at > 0 {
        pairs.push(format!("at={at}"));
    }
    pairs.join("&")
}

/// The last decisions of a kind, each of which can be taken back.
fn done(view: &View, kind: &str, body: &mut String) {
    let lines: Vec<&Line> = view.decided.lines().iter().filter(|l| l.kind == kind).collect();
    if lines.is_empty() {
        return;
    }
    // What was decided at once of several articles is taken back at once.
    let apart = |line: &Line| Line { article: String::new(), ..line.clone() };
    let at_once: Vec<&[&Line]> = lines.chunk_by(|a, b| kind == MERGE && apart(a) == apart(b)).collect();
    body.push_str("<h2 id=\"h-d\">Done</h2><ol class=\"queue\" aria-labelledby=\"h-d\">");
    for (n, decided) in at_once.into_iter().rev().take(DONE).enumerate() {
        let line = decided[0];
        let sign = if line.decision == "accept" { "✓" } else { "✕" };
        let value = if line.value.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"small\">{}</span>", escaped(&shortened(&line.value, 40)))
        };
        let _ = write!(
            body,
            "<li class=\"done\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span><span><span class=\"vh\">{}ed:</span> {}{value}",
            line.decision,
            escaped(&shortened(&line.words, 70))
        );
        if let Some(mark) = &view.mark {
            body.push_str(" <form class=\"undo\" action=\"/review\" method=\"post\">");
            hidden(MARK, mark, body);
            hidden("back", &back(view, 0), body);
            hidden("undo", "1", body);
            fields(line, &[], body);
            decided[1..].iter().for_each(|line| hidden(ALSO, &line.article, body));
            let key = if n == 0 { " data-k=\"u\"" } else { "" };
            let _ = write!(
                body,
                "<button class=\"link small\"{key} aria-label=\"Take back: {}\">take back</button></form>",
                escaped(&shortened(&line.words, 40))
            );
        }
        body.push_str("</span></li>");
    }
    body.push_str("</ol>");
}

/// What stands in the table, the latest first.
fn written(view: &View, body: &mut String) -> Result<(), Failed> {
    let lines = view.decided.lines();
    let _ = write!(
        body,
        "<section aria-labelledby=\"h-file\"><h2 id=\"h-file\">What is written</h2><p class=\"small muted\">{} in <code>decisions.tsv</code> beside the store. They are known by their words, hold for every later build, and are applied to all pages at once; take a line out to take it back.</p>",
        counted(lines.len(), "decision", "decisions")
    );
    if !lines.is_empty() {
        body.push_str("<div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"The table of decisions\"><table class=\"tsv\"><thead><tr>");
        for name in ["decision", "kind", "article", "words", "value", "day"] {
            let _ = write!(body, "<th scope=\"col\">{name}</th>");
        }
        body.push_str("</tr></thead><tbody>");
        let paging = Paging::of(view, "linepage", "h-file", lines.len(), WRITTEN)?;
        let latest: Vec<&Line> = lines.iter().rev().collect();
        for line in paging.of_rows(&latest) {
            body.push_str("<tr>");
            for cell in [&line.decision, &line.kind, &line.article, &line.words, &line.value, &line.day] {
                let _ = write!(body, "<td>{}</td>", escaped(&shortened(cell, 80)));
            }
            body.push_str("</tr>");
        }
        let _ = write!(body, "</tbody></table></div>{}", paging.nav(view, "decisions"));
    }
    body.push_str("</section>");
    Ok(())
}

/// The decisions as a table for a file.
fn sheet(view: &View) -> Sheet {
    let columns = HEAD.trim_end().split('\t').map(|title| Column { title: title.to_owned(), width: 24 }).collect();
    let row = |line: &Line| cells(line).iter().map(|(_, cell)| Cell::text(*cell)).collect();
    Sheet { name: "decisions", columns, rows: view.decided.lines().iter().map(row).collect() }
}

/// A form that was sent: writes the decision, or takes one back, and leads on to the next.
pub(super) fn decide(site: &Site, request: &Request) -> Result<Response, Failed> {
    let Some(review) = &site.options.review else {
        let how = "nobody can decide here: start the server with --review";
        return Err(Failed::new(StatusCode::FORBIDDEN, how));
    };
    let given = review.form(request)?;
    let text = |name: &str| -> Result<String, Failed> { Ok(decided::flat(one(&given, name)?.unwrap_or_default())) };
    let mut line = Line {
        decision: text("decision")?,
        kind: text("kind")?,
        article: text("article")?,
        words: text("words")?,
        prefix: text("prefix")?,
        field: text("field")?,
        value: text("value")?,
        day: text("day")?,
        by: text("by")?,
    };
    if !KINDS.iter().any(|(kind, _)| *kind == line.kind) || line.words.is_empty() {
        return Err(Failed::bad("a decision has a kind and words"));
    }
    let undo = !text("undo")?.is_empty();
    let also: Vec<String> = given.iter().filter(|(name, _)| name == ALSO).map(|(_, a)| decided::flat(a)).collect();
    let lines = |line: &Line| -> Vec<Line> {
        let others = also.iter().map(|article| Line { article: article.clone(), ..line.clone() });
        std::iter::once(line.clone()).chain(others).collect()
    };
    // The words of an article are data: nothing of them can begin a line or a cell of the table.
    if undo {
        if !decided::take_back(&review.decisions, &lines(&line))? {
            return Err(Failed::new(StatusCode::CONFLICT, "this decision does not stand in the table any more"));
        }
    } else {
        let (now, choice, other) = (text("now")?, text("choice")?, text("other")?);
        line.value = match line.decision.as_str() {
            "reject" => now,
            "accept" if !other.is_empty() => other,
            "accept" => choice,
            _ => return Err(Failed::bad("a decision is accept or reject")),
        };
        match line.kind.as_str() {
            VERDICT if Verdict::named(&line.value).is_none() => return Err(Failed::bad("there is no such verdict")),
            MERGE if line.value.is_empty() && line.decision == "reject" => {}
            MERGE if crate::import::decisions::sides(&line).is_none() => {
                return Err(Failed::bad("a merge names two speakers"));
            }
            LINK | MERGE if line.decision == "accept" || line.kind == MERGE => {
                let row = crate::import::list::row(&line.value)
                    .ok_or_else(|| Failed::bad(format!("{:?} is no number and no IRI", line.value)))?;
                let known = [row.wikidata, row.geonames, row.iri].into_iter().find(|v| !v.is_empty());
                line.value = known.unwrap_or_default();
            }
            STATEMENT if line.decision == "accept" => line.field = SPEAKER.to_owned(),
            _ => {}
        }
        line.day = jiff::Timestamp::now().to_string().chars().take(10).collect();
        line.by = review.by.clone();
        decided::add(&review.decisions, &lines(&line))?;
    }
    site.decided();
    let back = one(&given, "back")?.unwrap_or_default();
    let is_plain = back.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/:%=&".contains(&b));
    Ok(see_other(&format!("/review?{}", if is_plain { back } else { "" })))
}
