//! Who gives a figure, learned: every noun phrase of its sentence, and who spoke or acted in the one before, with what is
//! known of it beside the number.
//!
//! The constructions of the other files are facts here too. Weights stand in `en/ranking.tsv` (hundredths of log-odds, fitted
//! by `training/figure/ranking.py` to short texts of our own that nobody had looked at while the constructions were written).

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::model::Found;
use super::super::quoted::Draft;
use super::super::reading::{OUTSIDE, Reading};
use super::giver::{self, Kind};
use super::word::{self, Class};
use super::{Figure, Scene, holds, overlap};
use crate::lexicon::odds::{Fact, Odds, several};
use crate::lexicon::{noun, speech, wordnet};
use crate::text::{Document, Id, Pos, Quantity, QuantityKind, QuantityRelation, Relation, Speech, Xpos};

static WEIGHTS: LazyLock<Odds> = LazyLock::new(|| Odds::read("ranking.tsv", include_str!("../en/ranking.tsv")));

/// The chance in percent from which on a number that nobody was found for is somebody's.
const GIVEN: u8 = 60;

/// Somebody who may give a figure.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The words that name them, in tokens.
    pub source: Range<usize>,
    /// The words that join them to the figure: the verb or the preposition that they hang on.
    pub cue: Range<usize>,
    /// What is known of them beside the figure.
    pub facts: Vec<Fact>,
}

/// Numbers that no construction gives to anybody go to whom the weights find likely enough.
pub fn ranked(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let scene = Scene { doc, reading };
    let mut found = Vec::new();
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        let figures = scene.figures(&paragraph.tokens);
        for (at, figure) in figures.iter().enumerate() {
            let row = &doc.quantities[figure.id];
            // "Several", "twice as many": words of a story more often than figures that somebody gives.
            let vague = row.relation == QuantityRelation::Vague || row.kind == QuantityKind::Multiplier;
            if vague || told(number, figure, drafts).is_some() || reading.quote[figure.anchor] != OUTSIDE {
                continue;
            }
            let candidates = candidates(&scene, number, &figures, at, drafts);
            let best = WEIGHTS.likeliest(candidates.iter().map(|c| c.facts.as_slice()));
            let Some((best, _)) = best.filter(|&(_, chance)| chance >= GIVEN) else { continue };
            let best = &candidates[best];
            found.push(Draft {
                found: Found {
                    cue: best.cue.clone(),
                    source: Some(best.source.clone()),
                    content: vec![content(figure, best)],
                },
                paragraph: number,
                made_by: "statement/figure-ranked",
                carries: None,
            });
        }
    }
    drafts.extend(found);
}

/// The number with its thing, short of whoever gives it.
fn content(figure: &Figure, by: &Candidate) -> Range<usize> {
    let mut whole = figure.whole.clone();
    for bar in [&by.source, &by.cue] {
        if bar.start >= figure.own.end {
            whole.end = whole.end.min(bar.start);
        }
    }
    whole
}

/// The candidates of every figure of the article, for training.
pub fn rows(doc: &Document, reading: &Reading, drafts: &[Draft]) -> Vec<(Id<Quantity>, Vec<Candidate>)> {
    let scene = Scene { doc, reading };
    let mut out = Vec::new();
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        let figures = scene.figures(&paragraph.tokens);
        for (at, figure) in figures.iter().enumerate() {
            out.push((figure.id, candidates(&scene, number, &figures, at, drafts)));
        }
    }
    out
}

/// The draft that tells a figure, the innermost if several do.
fn told<'d>(number: usize, figure: &Figure, drafts: &'d [Draft]) -> Option<&'d Draft> {
    let size = |d: &Draft| d.found.content.iter().map(|c| c.len()).sum::<usize>();
    drafts.iter().filter(|d| d.paragraph == number && holds(d, figure.anchor)).min_by_key(|d| size(d))
}

/// All who may give a figure: of its sentence, and who acts in the one before.
fn candidates(scene: &Scene, number: usize, figures: &[Figure], at: usize, drafts: &[Draft]) -> Vec<Candidate> {
    let figure = &figures[at];
    let home = scene.sentence(figure.anchor);
    let here = home.clone().filter(|&t| may_give(scene, figures, t)).map(|t| (t, true));
    let heads: Vec<(usize, bool)> = here.chain(before(scene, &home, figures).map(|t| (t, false))).collect();
    let asking = Asking { scene, number, figures, at, heads: &heads, drafts, home: &home };
    let all = heads.iter().map(|&(head, here)| Candidate {
        source: source(scene, head),
        cue: cue(scene, head, &home),
        facts: facts(&asking, head, here),
    });
    all.filter(|c| !c.source.is_empty() && !overlap(&c.source, &figure.own)).collect()
}

/// The noun phrase of a head as a source: without the ending of a possessor.
fn source(scene: &Scene, head: usize) -> Range<usize> {
    scene.possessor(scene.phrase(head))
}

/// The verb above a candidate, else the preposition or noun that it hangs on; none in another sentence.
fn cue(scene: &Scene, head: usize, home: &Range<usize>) -> Range<usize> {
    if !home.contains(&head) {
        return 0..0;
    }
    let case = scene.child(head, &[Relation::Case]).filter(|&c| !scene.is_clitic(c));
    let up = scene.reading.up(head);
    match (up, case) {
        (Some(up), _) if giver::is_verb(scene.doc, up) => up..up + 1,
        (_, Some(case)) => case..case + 1,
        (Some(up), None) => up..up + 1,
        (None, None) => 0..0,
    }
}

/// A head of a noun phrase that somebody may be meant by.
fn may_give(scene: &Scene, figures: &[Figure], t: usize) -> bool {
    let doc = scene.doc;
    let within = matches!(
        scene.relation(t).map(Relation::base),
        None | Some(
            "compound" | "flat" | "fixed" | "amod" | "det" | "case" | "nummod" | "goeswith" | "advmod" | "punct"
        )
    );
    if within && scene.reading.up(t).is_some()
        || figures.iter().any(|f| f.own.contains(&t))
        || doc.is_in_time(Id::new(t))
    {
        return false;
    }
    match doc.pos(Id::new(t)) {
        Pos::Pron | Pos::Det => scene.kind(t) == Kind::Pronoun,
        Pos::Propn => true,
        Pos::Noun | Pos::X | Pos::Adj => {
            let lemma = scene.lemma(t);
            scene.kind(t) != Kind::Thing
                || wordnet::is_person(lemma)
                || wordnet::is_organization(lemma)
                || wordnet::is_message(lemma)
        }
        _ => false,
    }
}

/// Who acts or speaks in the sentence before: the subjects of its verbs.
fn before<'s>(scene: &'s Scene, home: &Range<usize>, figures: &'s [Figure]) -> impl Iterator<Item = usize> + use<'s> {
    let last = home.start.checked_sub(1);
    let sentence = last.map_or(0..0, |t| scene.sentence(t));
    let subject = |t: &usize| {
        matches!(
            scene.relation(*t),
            Some(
                Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter | Relation::OblAgent | Relation::NmodPoss
            )
        ) || scene.child(*t, &[Relation::Case]).is_some_and(|c| matches!(scene.word(c), "to" | "by" | "from"))
    };
    sentence.filter(move |t| subject(t) && may_give(scene, figures, *t)).take(6)
}

/// A figure among all of its paragraph and those who may give it.
struct Asking<'a, 'd> {
    scene: &'a Scene<'d>,
    number: usize,
    figures: &'a [Figure],
    at: usize,
    heads: &'a [(usize, bool)],
    drafts: &'a [Draft],
    home: &'a Range<usize>,
}

fn facts(asking: &Asking, head: usize, here: bool) -> Vec<Fact> {
    let Asking { scene, number, figures, at, heads, drafts, home } = *asking;
    let (doc, reading) = (scene.doc, scene.reading);
    let figure = &figures[at];
    let own = source(scene, head);
    let mut known: Vec<Fact> = vec![("all", "candidates"), ("where", if here { "here" } else { "before" })];
    known.push(("kind", kind(scene, head)));
    known.push(("named", if doc.pos(Id::new(head)) == Pos::Propn { "yes" } else { "no" }));
    known.push(("many", if matches!(doc.xpos(Id::new(head)), Xpos::Nns | Xpos::Nnps) { "yes" } else { "no" }));
    let first = doc.lower(Id::new(own.start));
    known.push((
        "begins",
        match first {
            "the" => "the",
            "a" | "an" => "a",
            "its" | "their" | "his" | "her" | "our" => "whose",
            "this" | "that" | "these" | "those" => "this",
            _ if own.len() == 1 => "alone",
            _ => "another word",
        },
    ));
    known.push(("hangs as", hangs(scene, head)));
    known.push(("case", case(scene, head)));
    let up = reading.up(head);
    known.push(("hangs on", up.map_or("nothing", |t| class(scene, t))));
    known.push(("its verb", verb_above(scene, head).map_or("none", |t| class(scene, t))));
    known.push((
        "its verb is",
        verb_above(scene, head)
            .map_or("none", |t| if giver::passive(doc, reading, t) { "passive" } else { form(doc, t) }),
    ));
    known.push(("figure's verb", verb_above(scene, figure.anchor).map_or("none", |t| class(scene, t))));
    known.push(("figure hangs as", scene.relation(figure.anchor).map_or("none", Relation::base)));
    known.push(("figure hangs on", reading.up(figure.anchor).map_or("nothing", |t| class(scene, t))));
    known.push(("figure's case", lead(scene, figure)));
    known.push(("owns", owns(scene, head)));
    let row = &doc.quantities[figure.id];
    known.push(("number", row.kind.as_str()));
    known.push((
        "number's thing",
        row.counted.map_or("none", |c| if c.start() < row.span.start() { "before" } else { "behind" }),
    ));
    known.push(("changes", row.change.map_or("no", |_| "yes")));
    known.push(("block", doc.block_kind(Id::new(figure.anchor)).map_or("none", |b| b.as_str())));
    let fields =
        [("its verb's field", verb_above(scene, head)), ("figure's verb's field", verb_above(scene, figure.anchor))];
    for (name, verb) in fields {
        known.push((name, verb.map_or("none", |v| field(scene, v))));
    }
    known.push(("its verb may tell", verb_above(scene, head).map_or("no", |v| may_tell(scene, v))));
    known.push(("figure's verb may tell", verb_above(scene, figure.anchor).map_or("no", |v| may_tell(scene, v))));
    known.push(("its verb takes", verb_above(scene, head).map_or("nothing", |v| takes(scene, v))));
    known.push((
        "its verb hangs as",
        verb_above(scene, head).and_then(|v| scene.relation(v)).map_or("none", Relation::base),
    ));
    known.push(("sentence in", tense(scene, home)));
    // What the network takes each for.
    let seen = |tokens: Range<usize>, role: Role| tokens.map(|t| taken_for(doc, t, role)).max().unwrap_or(0);
    let mine_seen = seen(own.clone(), Role::Source);
    let best = heads.iter().map(|&(h, _)| seen(source(scene, h), Role::Source)).max().unwrap_or(0);
    known.push(("seen as a source", share(mine_seen)));
    known.push((
        "likeliest source",
        if best < 13 {
            "nobody"
        } else if mine_seen == best {
            "they"
        } else {
            "another"
        },
    ));
    known.push((
        "its verb seen as a cue",
        verb_above(scene, head).map_or("none", |v| share(taken_for(doc, v, Role::Cue))),
    ));
    known.push(("cue of the sentence", share(seen(home.clone(), Role::Cue))));
    known.push(("figure seen as content", share(seen(figure.own.clone(), Role::Content))));
    // Who tells what.
    let mine = |d: &&Draft| d.found.source.as_ref().is_some_and(|s| overlap(s, &own));
    let teller = told(number, figure, drafts);
    known.push((
        "told by",
        match teller {
            None => "nobody",
            Some(d) if mine(&d) => "them",
            Some(d) if d.found.source.is_none() => "somebody unknown",
            Some(_) => "another",
        },
    ));
    known.push(("rule", teller.filter(mine).map_or("none", |d| d.made_by)));
    known.push(("another's rule", teller.filter(|d| !mine(d)).map_or("none", |d| d.made_by)));
    let speaks = drafts.iter().filter(|d| d.paragraph.abs_diff(number) <= 1).find(mine);
    let elsewhere = speaks.filter(|d| !holds(d, figure.anchor));
    known
        .push(("speaks", elsewhere.map_or("not", |d| if d.paragraph == number { "in the paragraph" } else { "near" })));
    let sibling = figures.iter().enumerate().filter(|&(n, _)| n != at).find(|(_, f)| {
        told(number, f, drafts).is_some_and(|d| mine(&d))
            && reading.sentence[f.anchor] == reading.sentence[figure.anchor]
    });
    known.push((
        "gives another figure",
        sibling.map_or("no", |(n, _)| {
            if n + 1 == at {
                "the one before"
            } else if n == at + 1 {
                "the next"
            } else {
                "yes"
            }
        }),
    ));
    let others = drafts.iter().any(|d| {
        d.paragraph == number && !mine(&d) && d.found.source.as_ref().is_some_and(|s| home.contains(&s.start))
    });
    known.push(("others speak", if others { "yes" } else { "no" }));
    if !here {
        known.push((
            "nearest before",
            if heads.iter().filter(|h| !h.1).map(|h| h.0).max() == Some(head) { "yes" } else { "no" },
        ));
        let first = home.start;
        known.push(("sentence begins", opening(scene, first)));
        known.push(("sentence's verb", root(scene, home).map_or("none", |t| class(scene, t))));
        let there = scene.sentence(head);
        let verb = root(scene, &there);
        known.push(("verb before", verb.map_or("none", |t| class(scene, t))));
        known.push(("verb before's field", verb.map_or("none", |t| field(scene, t))));
        known.push(("verb before takes", verb.map_or("nothing", |t| takes(scene, t))));
        known.push(("of the verb before", if scene.reading.up(head) == verb { hangs(scene, head) } else { "no" }));
        known.push(("figures before", if figures.iter().any(|f| there.contains(&f.anchor)) { "yes" } else { "no" }));
        known.push(("ends before", there.clone().next_back().map_or("none", |t| known_word(scene.word(t)))));
        known.push((
            "paragraph",
            if scene.reading.paragraphs[number].tokens.contains(&head) { "the same" } else { "another" },
        ));
        let names = heads.iter().filter(|h| h.1).count();
        known.push(("others here", several(names)));
        return known;
    }
    known.extend(path(scene, head, figure));
    known.extend(place(asking, head, &own));
    known
}

/// Where a candidate stands beside the figure.
fn place(asking: &Asking, head: usize, own: &Range<usize>) -> Vec<Fact> {
    let Asking { scene, figures, at, heads, home, .. } = *asking;
    let figure = &figures[at];
    let ahead = own.start >= figure.own.end;
    let gap = if ahead { figure.whole.end.min(own.start)..own.start } else { own.end..figure.own.start.max(own.end) };
    let mut known: Vec<Fact> = vec![("stands", if ahead { "behind" } else { "before" })];
    known.push((
        "tokens between",
        match gap.len() {
            0 => "0",
            1 => "1",
            2..=3 => "3",
            4..=6 => "6",
            7..=12 => "12",
            13..=20 => "20",
            _ => "more",
        },
    ));
    let others = heads.iter().filter(|h| h.1 && gap.contains(&h.0)).count();
    known.push(("names between", several(others)));
    known.push(("figures between", several(figures.iter().filter(|f| gap.contains(&f.anchor)).count())));
    let marks = [";", ":", "(", ")", "—", "–", "but", "while", "and", "which", "who", "that", "\"", "“", "”", ","];
    let mark = marks.iter().find(|m| gap.clone().any(|t| scene.word(t) == **m));
    known.push(("between", mark.copied().unwrap_or("nothing")));
    let verbs = gap.clone().filter(|&t| scene.doc.pos(Id::new(t)) == Pos::Verb).count();
    known.push(("verbs between", several(verbs)));
    known.push((
        "first of the sentence",
        if heads.iter().find(|h| h.1).is_some_and(|h| h.0 == head) { "yes" } else { "no" },
    ));
    let next = own.end;
    known.push(("followed by", if home.contains(&next) { next_word(scene, next) } else { "the end" }));
    let prior = own.start.checked_sub(1).filter(|t| home.contains(t));
    known.push(("preceded by", prior.map_or("the start", |t| next_word(scene, t))));
    known
}

/// How a candidate and a figure are joined in the tree.
fn path(scene: &Scene, head: usize, figure: &Figure) -> Vec<Fact> {
    let line = |from: usize| {
        let mut out = vec![from];
        let mut at = from;
        while let Some(up) = scene.reading.up(at).filter(|u| !out.contains(u) && out.len() < 12) {
            out.push(up);
            at = up;
        }
        out
    };
    let (a, b) = (line(figure.anchor), line(head));
    let Some((up, down)) = a.iter().enumerate().find_map(|(i, t)| Some((i, b.iter().position(|u| u == t)?))) else {
        return vec![("meet", "nowhere")];
    };
    let meet = a[up];
    // The last clause that is left on the way.
    let clause = |line: &[usize]| {
        line.iter().rev().find_map(|&t| {
            let relation = scene.relation(t)?.base();
            matches!(relation, "ccomp" | "advcl" | "acl" | "conj" | "parataxis" | "xcomp" | "appos" | "csubj")
                .then_some(relation)
        })
    };
    let last = |line: &[usize]| line.last().and_then(|&t| scene.relation(t)).map_or("itself", Relation::base);
    vec![
        ("meet", class(scene, meet)),
        ("steps up", several(up)),
        ("steps down", several(down)),
        ("clause up", clause(&a[..up]).unwrap_or("none")),
        ("clause down", clause(&b[..down]).unwrap_or("none")),
        ("arm up", last(&a[..up])),
        ("arm down", last(&b[..down])),
    ]
}

/// What a candidate is.
fn kind(scene: &Scene, head: usize) -> &'static str {
    let lemma = scene.lemma(head);
    match scene.kind(head) {
        Kind::Pronoun => match scene.word(head) {
            "he" | "she" => "he",
            "they" | "them" | "we" => "they",
            "it" => "it",
            "who" | "which" | "that" => "who",
            _ => "some",
        },
        Kind::Document if word::is(lemma, Class::Amount) => "an estimate",
        Kind::Document => "a document",
        Kind::Place => "a place",
        Kind::Somebody => match noun::of(scene.doc, Id::new(head)).map(|n| n.class) {
            Some(class) => class.as_str(),
            None if scene.doc.pos(Id::new(head)) == Pos::Propn => "a name",
            None => "somebody",
        },
        Kind::Thing if wordnet::is_person(lemma) => "a person by its word",
        Kind::Thing if wordnet::is_organization(lemma) => "a body by its word",
        Kind::Thing if wordnet::is_message(lemma) => "a message",
        Kind::Thing => "a thing",
    }
}

/// The relation of a candidate, with the preposition where one decides.
fn hangs(scene: &Scene, head: usize) -> &'static str {
    match scene.relation(head) {
        None => "nothing",
        Some(relation) => relation.as_str(),
    }
}

/// The preposition of a candidate.
fn case(scene: &Scene, head: usize) -> &'static str {
    let Some(case) = scene.child(head, &[Relation::Case]) else { return "none" };
    if scene.is_clitic(case) {
        return "'s";
    }
    known_word(scene.word(case))
}

/// What a candidate owns: "the union's **count**".
fn owns(scene: &Scene, head: usize) -> &'static str {
    let owner = matches!(scene.relation(head), Some(Relation::NmodPoss | Relation::Compound | Relation::Nmod));
    match scene.reading.up(head).filter(|_| owner) {
        Some(up) => class(scene, up),
        None => "nothing",
    }
}

/// The nearest verb above a token.
fn verb_above(scene: &Scene, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..8 {
        at = scene.reading.up(at)?;
        if scene.doc.pos(Id::new(at)) == Pos::Verb {
            return Some(at);
        }
    }
    None
}

#[derive(Clone, Copy)]
enum Role {
    Source,
    Cue,
    Content,
}

/// How sure the network is that a token is of a role, in 1/255.
fn taken_for(doc: &Document, token: usize, role: Role) -> u32 {
    let (first, second) = match role {
        Role::Source => (Speech::BeginSource, Speech::InsideSource),
        Role::Cue => (Speech::BeginCue, Speech::InsideCue),
        Role::Content => (Speech::BeginContent, Speech::InsideContent),
    };
    let scores = doc.labels.at(Id::new(token)).map_or([0; 7], |l| l.speech_scores);
    u32::from(scores[first as usize]) + u32::from(scores[second as usize])
}

/// A share of 255 as one of six steps.
fn share(of_255: u32) -> &'static str {
    match of_255 {
        0..=5 => "none",
        6..=25 => "a tenth",
        26..=76 => "little",
        77..=140 => "half",
        141..=215 => "much",
        _ => "all",
    }
}

/// The field of a verb's first sense.
fn field(scene: &Scene, verb: usize) -> &'static str {
    wordnet::verb_field(scene.lemma(verb)).map_or("unknown", |(field, _)| field)
}

/// Whether a verb is one of saying, by its list or its senses.
fn may_tell(scene: &Scene, verb: usize) -> &'static str {
    if speech::is(scene.lemma(verb)) {
        return "surely";
    }
    match wordnet::verb_field(scene.lemma(verb)) {
        Some(("communication", _)) => "yes",
        Some((_, true)) => "perhaps",
        _ => "no",
    }
}

/// What a verb takes: an object, a clause, something behind a preposition.
fn takes(scene: &Scene, verb: usize) -> &'static str {
    let has = |wanted: &[Relation]| scene.child(verb, wanted).is_some();
    match () {
        () if has(&[Relation::Ccomp]) => "a clause",
        () if has(&[Relation::Obj]) => "an object",
        () if has(&[Relation::Xcomp]) => "a verb",
        () if has(&[Relation::Obl, Relation::OblAgent, Relation::OblUnmarked]) => "a phrase",
        () => "nothing",
    }
}

/// The tense of a sentence: "had left" and "would leave" go on with what somebody said.
fn tense(scene: &Scene, home: &Range<usize>) -> &'static str {
    let verb = root(scene, home);
    let aux = verb.and_then(|v| {
        home.clone().find(|&t| scene.reading.up(t) == Some(v) && scene.relation(t).is_some_and(|r| r.is("aux")))
    });
    match aux.map(|t| scene.word(t)) {
        Some("had") => return "had",
        Some("would" | "could" | "might") => return "would",
        Some("will" | "can" | "may" | "must") => return "will",
        Some("has" | "have") => return "has",
        _ => {}
    }
    match verb.map(|v| scene.doc.xpos(Id::new(v))) {
        Some(Xpos::Vbd) => "past",
        Some(Xpos::Vbz | Xpos::Vbp) => "present",
        Some(_) if home.clone().any(|t| matches!(scene.word(t), "was" | "were")) => "was",
        Some(_) if home.clone().any(|t| matches!(scene.word(t), "is" | "are")) => "is",
        _ => "none",
    }
}

fn root(scene: &Scene, home: &Range<usize>) -> Option<usize> {
    home.clone().find(|&t| scene.relation(t) == Some(Relation::Root))
}

fn form(doc: &Document, verb: usize) -> &'static str {
    match doc.xpos(Id::new(verb)) {
        Xpos::Vbg => "in -ing",
        Xpos::Vbn => "a participle",
        Xpos::Vb => "bare",
        _ => "finite",
    }
}

/// The preposition of a figure, or the verb that it follows.
fn lead(scene: &Scene, figure: &Figure) -> &'static str {
    if figure.lead == figure.own.start { "none" } else { known_word(scene.word(figure.lead)) }
}

/// How a sentence begins that may go on with who spoke before.
fn opening(scene: &Scene, first: usize) -> &'static str {
    match scene.word(first) {
        "the" => "the",
        "a" | "an" => "a",
        "he" | "she" | "it" | "they" | "we" => "a pronoun",
        "that" | "this" | "these" | "those" => "this",
        "of" | "in" | "at" | "by" | "for" | "on" => "a preposition",
        "another" | "other" | "more" | "some" | "most" | "about" | "nearly" | "around" | "almost" => "another",
        "its" | "their" | "his" | "her" => "whose",
        "and" | "but" | "or" => "and",
        _ if scene.reading.shape[first] == 2 => "a number",
        _ => match scene.doc.pos(Id::new(first)) {
            Pos::Propn => "a name",
            Pos::Noun => "a noun",
            Pos::Num => "a number",
            _ => "a word",
        },
    }
}

fn next_word(scene: &Scene, at: usize) -> &'static str {
    match scene.doc.pos(Id::new(at)) {
        Pos::Verb | Pos::Aux => "a verb",
        Pos::Noun => "a noun",
        Pos::Propn => "a name",
        Pos::Num => "a number",
        Pos::Adv => "an adverb",
        _ => known_word(scene.word(at)),
    }
}

/// The words that join, as facts.
fn known_word(word: &str) -> &'static str {
    const WORDS: [&str; 46] = [
        "by",
        "of",
        "from",
        "to",
        "for",
        "in",
        "at",
        "on",
        "with",
        "per",
        "according",
        "as",
        "than",
        "against",
        "into",
        "over",
        "under",
        "about",
        "after",
        "before",
        "between",
        "among",
        "via",
        "within",
        "through",
        "like",
        "and",
        "but",
        "or",
        "that",
        "which",
        "who",
        "while",
        "whereas",
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "—",
        "–",
        "-",
        "'s",
        "“",
        "”",
    ];
    WORDS.iter().find(|w| **w == word).copied().unwrap_or("another word")
}

/// The classes of the words with which figures are given, by the senses of WordNet: the nearest word that is listed.
static SENSES: LazyLock<FxHashMap<u32, &'static str>> = LazyLock::new(|| {
    let mut senses = FxHashMap::default();
    for (class, words) in word::listed() {
        for word in words {
            if let Some(&sense) = wordnet::verb_line(word).first() {
                senses.entry(sense).or_insert(class);
            }
        }
    }
    senses
});

/// What a word does with figures: its class in `figures.tsv`, that of the nearest word by WordNet, or what it is.
fn class(scene: &Scene, at: usize) -> &'static str {
    let id = Id::new(at);
    let lemma = scene.lemma(at);
    match scene.doc.pos(id) {
        Pos::Verb | Pos::Aux => {
            let listed = [
                (Class::Appraise, "to estimate"),
                (Class::Foresee, "to foresee"),
                (Class::Revise, "to revise"),
                (Class::Count, "to count"),
                (Class::State, "to state"),
                (Class::Speak, "to speak"),
                (Class::Shift, "to shift"),
                (Class::Give, "to give"),
                (Class::Deny, "to deny"),
            ];
            if let Some((_, name)) = listed.iter().find(|(c, _)| word::is(lemma, *c)) {
                return name;
            }
            if matches!(lemma, "be" | "have" | "do") {
                return "to be";
            }
            if speech::is(lemma) {
                return "to say";
            }
            if word::is(lemma, Class::Show) {
                return "to show";
            }
            if scene.reading.band[at] != 0 {
                return "to think";
            }
            wordnet::verb_line(lemma).iter().find_map(|s| SENSES.get(s).copied()).unwrap_or("to do")
        }
        Pos::Noun | Pos::Propn => {
            let listed = [
                (Class::Amount, "an estimate"),
                (Class::Document, "a document"),
                (Class::Level, "a number"),
                (Class::View, "a view"),
            ];
            if let Some((_, name)) = listed.iter().find(|(c, _)| word::is(lemma, *c)) {
                return name;
            }
            match scene.kind(at) {
                Kind::Somebody => "somebody",
                Kind::Place => "a place",
                _ if scene.reading.band[at] != 0 => "a saying",
                _ if wordnet::is_message(lemma) => "a message",
                _ => "a thing",
            }
        }
        Pos::Num => "a figure",
        Pos::Pron => "a pronoun",
        _ => "a word",
    }
}
