//! Figures and who gives them: "police put the crowd at 9,000", "by the union's count", "64 aboard (coast guard)".
//!
//! Every number asks, from the inside outwards, who stands nearest: the verb or the noun it hangs on (`verb`, `noun`),
//! what stands beside it (`label`), the poll or the analysts of its phrase (`poll`), who gave the figure before it in the same words (`elided`), and the sentence behind
//! (`resumed`). What no construction gives is somebody's where what was learned says so (`ranking`), else the writer's.

mod candidate;
mod elided;
mod giver;
mod label;
mod noun;
mod poll;
mod ranking;
mod resumed;
mod verb;
pub mod word;

use std::ops::Range;

use super::model::Found;
use super::quoted::{Draft, merge};
use super::reading::Reading;
use super::tree;
use crate::text::{Document, Id, Pos, Quantity, QuantityKind, Relation};

pub use poll::carried;
pub use ranking::{ranked, rows as candidates};
pub use resumed::resumed;

/// True for a verb with which somebody gives a figure: "estimate", "put", "count".
pub fn gives(lemma: &str) -> bool {
    use word::Class::{Appraise, Count, Foresee, Give, State};
    word::any(lemma, &[Appraise, Count, Foresee, Give, State])
}

/// True for a verb with which somebody gives a figure or finds one out: "estimate", "establish".
pub fn reports(lemma: &str) -> bool {
    gives(lemma) || matches!(lemma, "establish" | "discover")
}

/// A number of a paragraph, in tokens.
#[derive(Clone, Debug)]
struct Figure {
    /// Its row.
    id: Id<Quantity>,
    /// Number with bound, currency and unit.
    own: Range<usize>,
    /// The same with the thing counted, where that stands behind it.
    whole: Range<usize>,
    /// The token that the rest of the number hangs on.
    anchor: usize,
    /// The preposition that leads it, or its first token.
    lead: usize,
}

/// What a construction found for a number.
#[derive(Clone, Debug)]
struct Given {
    cue: Range<usize>,
    source: Range<usize>,
    content: Vec<Range<usize>>,
    made_by: &'static str,
}

/// What the constructions read.
struct Scene<'d> {
    doc: &'d Document,
    reading: &'d Reading,
}

impl Scene<'_> {
    fn word(&self, at: usize) -> &str {
        self.doc.lower(Id::new(at))
    }

    fn lemma(&self, at: usize) -> &str {
        self.doc.lemma(Id::new(at))
    }

    /// The tokens of the sentence that a token stands in.
    fn sentence(&self, at: usize) -> Range<usize> {
        tree::sentence(self.doc, self.reading, at)
    }

    fn relation(&self, at: usize) -> Option<Relation> {
        tree::relation(self.reading, at)
    }

    fn child(&self, at: usize, wanted: &[Relation]) -> Option<usize> {
        giver::child(self.doc, self.reading, at, wanted)
    }

    fn phrase(&self, head: usize) -> Range<usize> {
        giver::phrase(self.doc, self.reading, head)
    }

    fn kind(&self, head: usize) -> giver::Kind {
        giver::kind(self.doc, self.reading, head)
    }

    /// A dash between words; a hyphen inside one is none.
    fn dash(&self, at: usize) -> bool {
        match self.doc.word(Id::new(at)) {
            "—" | "–" | "--" | "―" => true,
            "-" => !self.doc.ties(Id::new(at)),
            _ => false,
        }
    }

    /// The ending of a possessor.
    fn is_clitic(&self, at: usize) -> bool {
        matches!(self.word(at), "'s" | "’s" | "'" | "’")
    }

    /// A possessor without its ending: "the treasury" of "the treasury's".
    fn possessor(&self, mut words: Range<usize>) -> Range<usize> {
        while words.end > words.start + 1 && self.is_clitic(words.end - 1) {
            words.end -= 1;
        }
        words
    }

    /// Without marks at both ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end);
        let bare = |t: usize| self.reading.shape[t] == 1 && !matches!(self.word(t), "$" | "€" | "£" | "%" | "¥" | "₹");
        while start < end && bare(start) {
            start += 1;
        }
        while end > start && bare(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The numbers of a paragraph that say how much or how many.
    fn figures(&self, tokens: &Range<usize>) -> Vec<Figure> {
        let span = self.doc.span_of(Id::new(tokens.start)..Id::new(tokens.end));
        let rows = self.doc.quantities.within(span);
        rows.filter(|&id| {
            !matches!(self.doc.quantities[id].kind, QuantityKind::Ordinal | QuantityKind::Score | QuantityKind::Age)
        })
        .filter_map(|id| self.figure(id))
        .collect()
    }

    fn figure(&self, id: Id<Quantity>) -> Option<Figure> {
        let row = &self.doc.quantities[id];
        let tokens = |span| {
            let t = self.doc.tokens_in(span);
            t.start.index()..t.end.index()
        };
        let mut own = tokens(row.span);
        // "estimated at 80 million": the verb that the bound is made of stands above the number.
        if let Some(verb) = own.clone().find(|&t| word::is(self.lemma(t), word::Class::Appraise)) {
            let at = verb + 1 < own.end && self.word(verb + 1) == "at";
            own.start = if at { verb + 2 } else { verb + 1 };
        }
        if own.is_empty() {
            return None;
        }
        let mut whole = own.clone();
        if let Some(counted) = row.counted.map(tokens)
            && !counted.is_empty()
            && counted.start >= own.end
            && counted.start <= own.end + 4
        {
            whole.end = counted.end;
        }
        let outside = |t: usize| self.reading.up(t).is_none_or(|h| !own.contains(&h));
        let heavy = |t: usize| {
            !matches!(self.doc.pos(Id::new(t)), Pos::Adp | Pos::Adv | Pos::Punct | Pos::Part | Pos::Cconj | Pos::Det)
        };
        let anchor = own.clone().rev().find(|&t| outside(t) && heavy(t)).unwrap_or(own.end - 1);
        let mut lead = own.start;
        let home = self.sentence(own.start);
        for back in 1..=3 {
            let Some(at) = own.start.checked_sub(back).filter(|t| home.contains(t)) else { break };
            match self.doc.pos(Id::new(at)) {
                Pos::Adp | Pos::Part => {
                    lead = at;
                    break;
                }
                _ if matches!(self.word(at), "to" | "at" | "as") => {
                    lead = at;
                    break;
                }
                Pos::Det | Pos::Adv | Pos::Adj => {}
                Pos::Noun if word::is(self.lemma(at), word::Class::Level) => {}
                _ => break,
            }
        }
        Some(Figure { id, own, whole, anchor, lead })
    }

    /// The tokens above a number in the tree, each with the relation by which it was reached, the number's own first.
    fn above(&self, figure: &Figure) -> Vec<(usize, Relation)> {
        let mut out = Vec::new();
        let mut at = figure.anchor;
        while let (Some(up), Some(relation)) = (self.reading.up(at), self.relation(at)) {
            if out.len() >= 8 || out.iter().any(|&(t, _)| t == up) {
                break;
            }
            out.push((up, relation));
            at = up;
        }
        out
    }
}

/// Finds who gives the figures of a paragraph.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let scene = Scene { doc, reading };
    let paragraph = &reading.paragraphs[number];
    let figures = scene.figures(&paragraph.tokens);
    for figure in &figures {
        verb::whole_bound(&scene, number, figure, drafts);
        let given = label::bracket(&scene, figure)
            .or_else(|| label::lead(&scene, figure))
            .or_else(|| poll::behind(&scene, figure))
            .or_else(|| poll::based(&scene, figure));
        // Of two "according to" in one sentence each has its own words, whatever was found for the first one.
        if given.is_none()
            && let Some(given) = noun::accorded(&scene, figure)
        {
            let long = |d: &Draft| d.paragraph == number && overlap(&d.found.cue, &given.cue);
            if let Some(draft) = drafts.iter_mut().find(|d| long(d)) {
                let source = draft.found.source.clone().unwrap_or(0..0);
                let swallows =
                    source.len() > given.source.len() || figures.iter().filter(|f| holds(draft, f.anchor)).count() > 1;
                if swallows {
                    (draft.found.source, draft.found.content) = (Some(given.source), given.content);
                    draft.made_by = given.made_by;
                    continue;
                }
            }
            put(&scene, number, figure, given, drafts);
            continue;
        }
        let given = given
            .or_else(|| verb::find(&scene, figure))
            .or_else(|| noun::find(&scene, figure))
            .or_else(|| noun::aside(&scene, figure))
            .or_else(|| noun::trailing(&scene, figure))
            .or_else(|| verb::behind_verb(&scene, figure))
            .or_else(|| poll::within(&scene, figure));
        if let Some(mut given) = given {
            carry_on(&scene, figure, &figures, &mut given);
            put(&scene, number, figure, given, drafts);
        }
    }
    label::headline(&scene, number, &figures, drafts);
    label::credit(&scene, number, &figures, drafts);
    elided::find(&scene, number, &figures, drafts);
    held_against(&scene, number, &figures, drafts);
}

/// "posted a profit of £61 million, **down from £77 million**", "counted 340, **against 210 in May**": the two ends of a change,
/// with no verb between, are of one source.
fn held_against(scene: &Scene, number: usize, figures: &[Figure], drafts: &mut [Draft]) {
    for pair in figures.windows(2) {
        let [first, second] = pair else { continue };
        let (a, b) = (&scene.doc.quantities[first.id], &scene.doc.quantities[second.id]);
        let gap = first.whole.end.max(first.own.end)..second.own.start;
        let verb = |t: usize| {
            matches!(scene.doc.pos(Id::new(t)), Pos::Verb | Pos::Aux) && scene.word(t) != "compared"
                || matches!(scene.word(t), "as" | "than" | "that" | "which" | ";" | ":" | "by")
        };
        let ends = a.from.is_some() && a.from == b.from && a.to == b.to && a.to.is_some();
        let quoted = scene.reading.quote[first.anchor] != scene.reading.quote[second.anchor];
        if !ends || quoted || gap.len() > 10 || gap.clone().any(verb) {
            continue;
        }
        let cued = |d: &&Draft| d.paragraph == number && !d.found.cue.is_empty();
        let told = |at: usize| {
            let own = drafts.iter().enumerate().filter(|(_, d)| cued(d));
            innermost(own, at).map(|(place, _)| place)
        };
        let (held, free) = match (told(first.anchor), told(second.anchor)) {
            (Some(d), None) => (d, second),
            (None, Some(d)) => (d, first),
            _ => continue,
        };
        let found = &mut drafts[held].found;
        let bars = |t: usize| found.cue.contains(&t) || found.source.as_ref().is_some_and(|s| s.contains(&t));
        if (first.own.start..second.whole.end).any(bars) {
            continue;
        }
        let ahead = free.own.start > first.own.start;
        let near = |c: &&mut Range<usize>| if ahead { c.contains(&first.anchor) } else { c.contains(&second.anchor) };
        let Some(piece) = found.content.iter_mut().find(near) else { continue };
        if ahead {
            piece.end = piece.end.max(second.whole.end);
        } else {
            piece.start = piece.start.min(first.own.start);
        }
    }
}

/// "puts its losses at four dead **and nine wounded**": what is counted further in one list is of the same source.
fn carry_on(scene: &Scene, figure: &Figure, figures: &[Figure], given: &mut Given) {
    let mut end = figure.whole.end;
    for next in figures.iter().filter(|f| f.own.start >= figure.whole.end) {
        let gap = end..next.own.start;
        let joined = (1..=2).contains(&gap.len()) && gap.clone().all(|t| matches!(scene.word(t), "," | "and" | "or"));
        let same = scene.reading.sentence[next.anchor] == scene.reading.sentence[figure.anchor];
        let stops = given.source.start >= end && given.source.start < next.whole.end || given.cue.start >= end;
        if !joined || !same || stops {
            return;
        }
        let Some(piece) = given.content.iter_mut().find(|c| c.end == end) else { return };
        end = next.whole.end;
        piece.end = end;
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Of some drafts, each with its place, the one with the fewest words among those whose content holds a token.
fn innermost<'a>(drafts: impl Iterator<Item = (usize, &'a Draft)>, at: usize) -> Option<(usize, &'a Draft)> {
    let size = |d: &Draft| d.found.content.iter().map(|c| c.len()).sum::<usize>();
    drafts.filter(|(_, d)| holds(d, at)).min_by_key(|(_, d)| size(d))
}

/// The innermost draft of a paragraph whose content holds a token, by its place.
fn told_in(drafts: &[Draft], paragraph: usize, at: usize) -> Option<usize> {
    let own = drafts.iter().enumerate().filter(|(_, d)| d.paragraph == paragraph);
    innermost(own, at).map(|(place, _)| place)
}

fn holds(draft: &Draft, at: usize) -> bool {
    draft.found.content.iter().any(|c| c.contains(&at))
}

/// Adds what was found, unless a statement says it already; what the taggers cut short at the same cue is completed.
fn put(scene: &Scene, number: usize, figure: &Figure, given: Given, drafts: &mut Vec<Draft>) {
    let Given { cue, source, mut content, made_by } = given;
    let source = scene.possessor(source);
    // "it had received **150 missing person reports**": what is counted gives no figure.
    if source.contains(&figure.anchor) {
        return;
    }
    content.retain(|c| c.start < c.end);
    // A content cannot take in its own source or cue.
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in content {
        let mut rest = vec![piece];
        for cut in [&source, &cue] {
            rest = rest
                .into_iter()
                .flat_map(|r| {
                    if overlap(&r, cut) {
                        vec![r.start..cut.start.max(r.start), cut.end.min(r.end)..r.end]
                    } else {
                        vec![r]
                    }
                })
                .filter(|r| r.start < r.end)
                .collect();
        }
        pieces.extend(rest);
    }
    let bare = |t: usize| scene.reading.shape[t] == 1;
    pieces.retain(|r| r.clone().any(|t| !bare(t)));
    merge(scene.reading, &mut pieces);
    if !pieces.iter().any(|c| c.contains(&figure.anchor)) || source.is_empty() {
        return;
    }
    let own = |d: &Draft| d.paragraph == number && !d.found.cue.is_empty() && overlap(&d.found.cue, &cue);
    if let Some(at) = drafts.iter().position(own) {
        let same = drafts[at].found.source.as_ref().is_some_and(|s| overlap(s, &source));
        // "cited the office as putting the crowd at 9,000": the office, and not who cites it.
        let cited = drafts[at].made_by == "statement/quoted-as";
        if (same || cited) && holds(&drafts[at], figure.anchor) {
            return;
        }
        let found = &mut drafts[at].found;
        if !same {
            found.content = pieces;
        } else {
            found.content.extend(pieces);
            merge(scene.reading, &mut found.content);
        }
        found.source = Some(source);
        drafts[at].made_by = made_by;
        return;
    }
    // Whoever is said to say it already.
    let inner = told_in(drafts, number, figure.anchor);
    if inner.is_some_and(|d| drafts[d].found.source.as_ref().is_some_and(|s| overlap(s, &source))) {
        return;
    }
    drafts.push(Draft {
        found: Found { cue, source: Some(source), content: pieces },
        paragraph: number,
        made_by,
        carries: None,
    });
}
