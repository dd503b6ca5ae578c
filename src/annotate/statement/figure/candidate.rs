//! Who may give a figure: the noun phrases of its sentence, and who acts in the one before, each with what is known of it
//! beside the number.
//!
//! What does not hang on the number is found once a sentence: a sentence of many names and numbers would else cost their
//! product times its length.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::quoted::Draft;
use super::giver::{self, Kind};
use super::word::{self, Class};
use super::{Figure, Scene, holds, innermost, overlap};
use crate::lexicon::odds::{Fact, several};
use crate::lexicon::{noun, speech, wordnet};
use crate::text::steps::step;
use crate::text::{Document, Id, Pos, Relation, Speech, Xpos};

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

/// The figures of a paragraph, with who tells each, and the drafts about it.
pub(super) struct Told<'a, 'd> {
    scene: &'a Scene<'d>,
    number: usize,
    pub(super) figures: &'a [Figure],
    tellers: Vec<Option<&'a Draft>>,
    /// The drafts of the paragraph and its neighbours, in the order of all.
    near: Vec<&'a Draft>,
}

impl<'a, 'd> Told<'a, 'd> {
    /// `of` holds the places of each paragraph's drafts.
    pub(super) fn new(
        scene: &'a Scene<'d>,
        number: usize,
        figures: &'a [Figure],
        drafts: &'a [Draft],
        of: &[Vec<usize>],
    ) -> Self {
        let own = &of[number];
        let teller = |f: &Figure| innermost(own.iter().map(|&d| (d, &drafts[d])), f.anchor).map(|(_, draft)| draft);
        let around = number.saturating_sub(1)..(number + 2).min(of.len());
        let mut near: Vec<usize> = of[around].iter().flatten().copied().collect();
        near.sort_unstable();
        Told {
            scene,
            number,
            figures,
            tellers: figures.iter().map(teller).collect(),
            near: near.into_iter().map(|d| &drafts[d]).collect(),
        }
    }

    /// Whether somebody tells a figure already.
    pub(super) fn is_told(&self, at: usize) -> bool {
        self.tellers[at].is_some()
    }
}

/// A noun phrase that may give the figures of a sentence.
struct Head<'a> {
    at: usize,
    /// In the sentence itself, not in the one before.
    here: bool,
    source: Range<usize>,
    cue: Range<usize>,
    /// What is known of it whatever the figure.
    facts: Vec<Fact>,
    /// It and the tokens above it.
    line: Vec<usize>,
    /// The first draft about it near the paragraph.
    speaks: Option<&'a Draft>,
    /// The figures of the sentence that it tells.
    gives: Vec<usize>,
}

impl Head<'_> {
    fn is_source(&self, draft: &Draft) -> bool {
        draft.found.source.as_ref().is_some_and(|s| overlap(s, &self.source))
    }
}

/// A sentence and all who may give its figures.
pub(super) struct Sentence<'t, 'a, 'd> {
    told: &'t Told<'a, 'd>,
    pub(super) home: Range<usize>,
    heads: Vec<Head<'a>>,
    /// Where those of the sentence itself stand, its figures and its verbs, in order.
    names: Vec<usize>,
    anchors: Vec<usize>,
    verbs: Vec<usize>,
    /// Where each of [`MARKS`] stands.
    marks: Vec<Vec<usize>>,
}

/// What may part a candidate from a figure, the strongest first.
const MARKS: [&str; 16] =
    [";", ":", "(", ")", "—", "–", "but", "while", "and", "which", "who", "that", "\"", "“", "”", ","];

/// How many of some places in order lie in a range.
fn within(places: &[usize], range: &Range<usize>) -> usize {
    let before = |end: usize| places.partition_point(|&p| p < end);
    before(range.end).saturating_sub(before(range.start))
}

impl<'t, 'a, 'd> Sentence<'t, 'a, 'd> {
    pub(super) fn new(told: &'t Told<'a, 'd>, home: Range<usize>) -> Self {
        let (scene, figures) = (told.scene, told.figures);
        let here = home.clone().filter(|&t| may_give(scene, figures, t)).map(|t| (t, true));
        let all: Vec<(usize, bool)> = here.chain(before(scene, &home, figures).map(|t| (t, false))).collect();
        let mut anchors: Vec<usize> = figures.iter().map(|f| f.anchor).filter(|a| home.contains(a)).collect();
        anchors.sort_unstable();
        let is_verb = |&t: &usize| scene.doc.pos(Id::new(t)) == Pos::Verb;
        let mut sentence = Sentence {
            told,
            heads: Vec::with_capacity(all.len()),
            names: all.iter().filter(|h| h.1).map(|h| h.0).collect(),
            anchors,
            verbs: home.clone().filter(is_verb).collect(),
            marks: MARKS.iter().map(|m| home.clone().filter(|&t| scene.word(t) == *m).collect()).collect(),
            home,
        };
        let nearest = all.iter().filter(|h| !h.1).map(|h| h.0).max();
        let sources: Vec<Range<usize>> = all.iter().map(|&(t, _)| source(scene, t)).collect();
        let seen: Vec<u32> = sources.iter().map(|s| seen_as(scene.doc, s.clone(), Role::Source)).collect();
        let best = seen.iter().copied().max().unwrap_or(0);
        let cue_seen = seen_as(scene.doc, sentence.home.clone(), Role::Cue);
        let shared = [("sentence in", tense(scene, &sentence.home)), ("cue of the sentence", share(cue_seen))];
        for (((at, here), source), seen) in all.into_iter().zip(sources).zip(seen) {
            if source.is_empty() {
                continue;
            }
            let mut head = Head {
                cue: cue(scene, at, &sentence.home),
                line: line(scene, at),
                facts: shared.to_vec(),
                speaks: None,
                gives: Vec::new(),
                source,
                here,
                at,
            };
            head.speaks = told.near.iter().copied().find(|d| head.is_source(d));
            let tells = |&n: &usize| {
                sentence.home.contains(&figures[n].anchor) && told.tellers[n].is_some_and(|d| head.is_source(d))
            };
            head.gives = (0..figures.len()).filter(tells).collect();
            sentence.know(&mut head, seen, best, nearest);
            sentence.heads.push(head);
        }
        sentence
    }

    /// What is known of a noun phrase whatever the figure.
    fn know(&self, head: &mut Head, seen: u32, best: u32, nearest: Option<usize>) {
        let Told { scene, number, .. } = *self.told;
        let (doc, reading) = (scene.doc, scene.reading);
        let (at, own) = (head.at, head.source.clone());
        let verb = verb_above(scene, at);
        let others = self.told.near.iter().any(|d| {
            d.paragraph == number
                && !head.is_source(d)
                && d.found.source.as_ref().is_some_and(|s| self.home.contains(&s.start))
        });
        let begins = match doc.lower(Id::new(own.start)) {
            "the" => "the",
            "a" | "an" => "a",
            "its" | "their" | "his" | "her" | "our" => "whose",
            "this" | "that" | "these" | "those" => "this",
            _ if own.len() == 1 => "alone",
            _ => "another word",
        };
        let likeliest = if best < 13 {
            "nobody"
        } else if seen == best {
            "they"
        } else {
            "another"
        };
        let manner = |v: usize| if giver::passive(doc, reading, v) { "passive" } else { form(doc, v) };
        head.facts.extend([
            ("all", "candidates"),
            ("where", if head.here { "here" } else { "before" }),
            ("kind", kind(scene, at)),
            ("named", yes(doc.pos(Id::new(at)) == Pos::Propn)),
            ("many", yes(matches!(doc.xpos(Id::new(at)), Xpos::Nns | Xpos::Nnps))),
            ("begins", begins),
            ("hangs as", hangs(scene, at)),
            ("case", case(scene, at)),
            ("hangs on", reading.up(at).map_or("nothing", |t| class(scene, t))),
            ("owns", owns(scene, at)),
            ("its verb", verb.map_or("none", |v| class(scene, v))),
            ("its verb is", verb.map_or("none", manner)),
            ("its verb's field", verb.map_or("none", |v| field(scene, v))),
            ("its verb may tell", verb.map_or("no", |v| may_tell(scene, v))),
            ("its verb takes", verb.map_or("nothing", |v| takes(scene, v))),
            ("its verb hangs as", verb.and_then(|v| scene.relation(v)).map_or("none", Relation::base)),
            ("its verb seen as a cue", verb.map_or("none", |v| share(taken_for(doc, v, Role::Cue)))),
            ("seen as a source", share(seen)),
            ("likeliest source", likeliest),
            ("others speak", yes(others)),
        ]);
        if head.here {
            let next = own.end;
            let prior = own.start.checked_sub(1).filter(|t| self.home.contains(t));
            head.facts.extend([
                ("first of the sentence", yes(self.names.first() == Some(&at))),
                ("followed by", if self.home.contains(&next) { next_word(scene, next) } else { "the end" }),
                ("preceded by", prior.map_or("the start", |t| next_word(scene, t))),
            ]);
            return;
        }
        let there = scene.sentence(at);
        let verb = root(scene, &there);
        let figures = self.told.figures;
        head.facts.extend([
            ("nearest before", yes(nearest == Some(at))),
            ("sentence begins", opening(scene, self.home.start)),
            ("sentence's verb", root(scene, &self.home).map_or("none", |t| class(scene, t))),
            ("verb before", verb.map_or("none", |t| class(scene, t))),
            ("verb before's field", verb.map_or("none", |t| field(scene, t))),
            ("verb before takes", verb.map_or("nothing", |t| takes(scene, t))),
            ("of the verb before", if reading.up(at) == verb { hangs(scene, at) } else { "no" }),
            ("figures before", yes(figures.iter().any(|f| there.contains(&f.anchor)))),
            ("ends before", there.clone().next_back().map_or("none", |t| known_word(scene.word(t)))),
            ("paragraph", if reading.paragraphs[number].tokens.contains(&at) { "the same" } else { "another" }),
            ("others here", several(self.names.len())),
        ]);
    }

    /// All who may give a figure of the sentence.
    pub(super) fn candidates(&self, at: usize) -> Vec<Candidate> {
        let Told { scene, number, figures, .. } = *self.told;
        let figure = &figures[at];
        let mine = self.of_figure(figure);
        let up = line(scene, figure.anchor);
        let teller = self.told.tellers[at];
        let fits = |h: &&Head| !overlap(&h.source, &figure.own);
        let candidates = self.heads.iter().filter(fits).map(|head| {
            step(1);
            let mut facts = Vec::with_capacity(head.facts.len() + mine.len() + 20);
            facts.extend_from_slice(&head.facts);
            facts.extend_from_slice(&mine);
            let tells = teller.is_some_and(|d| head.is_source(d));
            let elsewhere = head.speaks.filter(|d| !holds(d, figure.anchor));
            let near = |d: &Draft| if d.paragraph == number { "in the paragraph" } else { "near" };
            let sibling = head.gives.iter().copied().find(|&n| n != at);
            let beside = |n: usize| match n {
                n if n + 1 == at => "the one before",
                n if n == at + 1 => "the next",
                _ => "yes",
            };
            facts.extend([
                (
                    "told by",
                    match teller {
                        None => "nobody",
                        Some(_) if tells => "them",
                        Some(d) if d.found.source.is_none() => "somebody unknown",
                        Some(_) => "another",
                    },
                ),
                ("rule", teller.filter(|_| tells).map_or("none", |d| d.made_by)),
                ("another's rule", teller.filter(|_| !tells).map_or("none", |d| d.made_by)),
                ("speaks", elsewhere.map_or("not", near)),
                ("gives another figure", sibling.map_or("no", beside)),
            ]);
            if head.here {
                facts.extend(path(scene, &up, &head.line));
                facts.extend(self.place(head, figure));
            }
            Candidate { source: head.source.clone(), cue: head.cue.clone(), facts }
        });
        candidates.collect()
    }

    /// What is known of a figure whoever gives it.
    fn of_figure(&self, figure: &Figure) -> [Fact; 11] {
        let scene = self.told.scene;
        let row = &scene.doc.quantities[figure.id];
        let verb = verb_above(scene, figure.anchor);
        let thing = |c: crate::text::Span| if c.start() < row.span.start() { "before" } else { "behind" };
        [
            ("figure's verb", verb.map_or("none", |v| class(scene, v))),
            ("figure's verb's field", verb.map_or("none", |v| field(scene, v))),
            ("figure's verb may tell", verb.map_or("no", |v| may_tell(scene, v))),
            ("figure hangs as", scene.relation(figure.anchor).map_or("none", Relation::base)),
            ("figure hangs on", scene.reading.up(figure.anchor).map_or("nothing", |t| class(scene, t))),
            ("figure's case", lead(scene, figure)),
            ("figure seen as content", share(seen_as(scene.doc, figure.own.clone(), Role::Content))),
            ("number", row.kind.as_str()),
            ("number's thing", row.counted.map_or("none", thing)),
            ("changes", yes(row.change.is_some())),
            ("block", scene.doc.block_kind(Id::new(figure.anchor)).map_or("none", |b| b.as_str())),
        ]
    }

    /// Where a candidate stands beside a figure of its sentence.
    fn place(&self, head: &Head, figure: &Figure) -> [Fact; 6] {
        let own = &head.source;
        let ahead = own.start >= figure.own.end;
        let gap =
            if ahead { figure.whole.end.min(own.start)..own.start } else { own.end..figure.own.start.max(own.end) };
        let mark = self.marks.iter().position(|places| within(places, &gap) > 0);
        let distance = match gap.len() {
            0 => "0",
            1 => "1",
            2..=3 => "3",
            4..=6 => "6",
            7..=12 => "12",
            13..=20 => "20",
            _ => "more",
        };
        [
            ("stands", if ahead { "behind" } else { "before" }),
            ("tokens between", distance),
            ("names between", several(within(&self.names, &gap))),
            ("figures between", several(within(&self.anchors, &gap))),
            ("between", mark.map_or("nothing", |m| MARKS[m])),
            ("verbs between", several(within(&self.verbs, &gap))),
        ]
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// A token and up to eleven above it.
fn line(scene: &Scene, from: usize) -> Vec<usize> {
    let mut out = vec![from];
    while let Some(up) = scene.reading.up(out[out.len() - 1]).filter(|u| !out.contains(u) && out.len() < 12) {
        out.push(up);
    }
    out
}

/// How sure the network is, in 1/255, that one of some tokens is of a role.
fn seen_as(doc: &Document, tokens: Range<usize>, role: Role) -> u32 {
    tokens.map(|t| taken_for(doc, t, role)).max().unwrap_or(0)
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

/// How a candidate and a figure are joined in the tree.
fn path(scene: &Scene, a: &[usize], b: &[usize]) -> Vec<Fact> {
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

/// The relation of a candidate.
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

/// The classes of verbs with which figures are given, and what they and verbs of their senses are called in facts.
const VERBS: [(Class, &str, &str); 9] = [
    (Class::Appraise, "to estimate", "like to estimate"),
    (Class::Foresee, "to foresee", "like to foresee"),
    (Class::Revise, "to revise", "like to revise"),
    (Class::Count, "to count", "like to count"),
    (Class::State, "to state", "like to state"),
    (Class::Speak, "to speak", "like to speak"),
    (Class::Shift, "to shift", "like to shift"),
    (Class::Give, "to give", "like to give"),
    (Class::Deny, "to deny", "like to deny"),
];

/// The senses of these verbs in WordNet, with what verbs of one are called.
static SENSES: LazyLock<FxHashMap<u32, &'static str>> = LazyLock::new(|| {
    let mut senses = FxHashMap::default();
    for (class, _, like) in VERBS {
        for sense in word::listed(class).filter_map(|verb| wordnet::verb_line(verb).first().copied()) {
            senses.entry(sense).or_insert(like);
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
            if let Some((_, name, _)) = VERBS.iter().find(|(c, ..)| word::is(lemma, *c)) {
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
