//! The second look: for one cue, which tokens are its source and its content.
//!
//! The first look labels every token once; here each cue of a paragraph asks anew, so that two cues may share a
//! source ("He said …, adding that …") and a content may hold another attribution.

use std::ops::Range;

use super::reading::{CLOSES, OPENS, Paragraph, Reading, bucket};
use super::tagger::{Feature, feature, viterbi};
use super::tree;
use crate::text::{Document, Id};

/// Number of labels: outside, begin and inside of the source, begin and inside of the content.
pub const LABELS: usize = 5;
/// Outside.
pub const OUT: u8 = 0;
/// First token of the source.
pub const BEGIN_SOURCE: u8 = 1;
/// Later token of the source.
pub const IN_SOURCE: u8 = 2;
/// First token of a piece of content.
pub const BEGIN_CONTENT: u8 = 3;
/// Later token of it.
pub const IN_CONTENT: u8 = 4;

/// States of the search: the labels before and after the source was seen, so that there is one source at most.
const STATES: [u8; 8] = [OUT, BEGIN_SOURCE, IN_SOURCE, BEGIN_CONTENT, IN_CONTENT, OUT, BEGIN_CONTENT, IN_CONTENT];

fn allowed(before: Option<usize>, state: usize) -> bool {
    let Some(before) = before else { return matches!(state, 0 | 1 | 3) };
    match state {
        0 => matches!(before, 0 | 3 | 4),
        1 => matches!(before, 0 | 3 | 4),
        2 => matches!(before, 1 | 2),
        3 => matches!(before, 0 | 3 | 4),
        4 => matches!(before, 3 | 4),
        5 => matches!(before, 1 | 2 | 5 | 6 | 7),
        6 => matches!(before, 1 | 2 | 5 | 6 | 7),
        _ => matches!(before, 6 | 7),
    }
}

/// The best labels for the tokens around one cue.
pub fn decode<T>(scores: &[T], transitions: &[T]) -> Vec<u8>
where
    T: Copy + PartialOrd + std::ops::Add<Output = T>,
{
    let states = STATES.len();
    let wide: Vec<T> = scores.chunks_exact(LABELS).flat_map(|row| STATES.map(|l| row[usize::from(l)])).collect();
    let mut between = Vec::with_capacity((states + 1) * states);
    for before in 0..=states {
        let row = STATES.get(before).map_or(LABELS, |&l| usize::from(l)) * LABELS;
        between.extend(STATES.map(|l| transitions[row + usize::from(l)]));
    }
    viterbi(&wide, states, &between, allowed).into_iter().map(|s| STATES[usize::from(s)]).collect()
}

/// The nearest-cue rule, once for a paragraph: for each of its tokens that a source or content segment of the first look
/// holds, the cue with the smallest gap (an empty range: none); a change of sentence counts extra.
///
/// Only the nearest cue to each side can win: behind it gap, cues between and sentences only grow.
pub fn owners(reading: &Reading, paragraph: &Paragraph, roles: &[u8]) -> Vec<Range<usize>> {
    let mut segments: Vec<(u8, Range<usize>)> = Vec::new();
    for (place, &label) in roles.iter().enumerate() {
        let at = paragraph.tokens.start + place;
        let role = label.div_ceil(2);
        match segments.last_mut() {
            Some(last) if last.0 == role && label % 2 == 0 && last.1.end == at => last.1.end = at + 1,
            _ if role != 0 => segments.push((role, at..at + 1)),
            _ => {}
        }
    }
    let mut owners = vec![0..0; roles.len()];
    let cues: Vec<Range<usize>> = segments.iter().filter(|s| s.0 == 2).map(|s| s.1.clone()).collect();
    for (role, segment) in segments.iter().filter(|s| s.0 != 2) {
        let after = cues.partition_point(|c| c.end <= segment.start);
        let cost = |cue: &Range<usize>| {
            let gap = if cue.end <= segment.start { segment.start - cue.end } else { cue.start - segment.end };
            let sentences = reading.sentence[segment.start].abs_diff(reading.sentence[cue.start]) as usize;
            gap + sentences * if *role == 1 { 30 } else { 3 }
        };
        let before = after.checked_sub(1).and_then(|i| cues.get(i));
        let near = before.into_iter().chain(cues.get(after));
        let Some(best) = near.min_by_key(|c| (cost(c), c.start)) else { continue };
        let start = paragraph.tokens.start;
        owners[segment.start - start..segment.end - start].fill(best.clone());
    }
    owners
}

/// Everything about one cue that the templates ask.
pub struct Frame<'r> {
    reading: &'r Reading,
    /// The cue's tokens.
    pub cue: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// The tokens around it that may take part.
    pub window: Range<usize>,
    /// For each token of the window: steps up from the cue to the common ancestor (9: other sentence or no tree).
    up: Vec<u8>,
    /// The relation of the branch below that ancestor.
    branch: Vec<u8>,
    /// The head of that branch, to find its ends.
    limb: Vec<u32>,
    /// Steps down.
    down: Vec<u8>,
    /// Place in the subject that the tree gives: 0 none, 1 first token, 2 later.
    subject: Vec<u8>,
    /// How that subject was found.
    way: u8,
    /// Segments of the first look: role and rank from the cue, for each token of the window.
    segment: Vec<u32>,
    /// Cues between the token and this cue.
    between: Vec<u8>,
    /// Whether the nearest-cue rule gives the token's segment to this cue (1), to another (2), or it has none (0).
    link: Vec<u8>,
    /// What the network says of each token: its likeliest role and how sure it is, and how likely a beginning is.
    sure: Vec<u32>,
    starts: Vec<u32>,
    /// Opening and closing marks before each token of the window, and in all of it.
    marks: Vec<u32>,
    /// Kind of cue word.
    band: u32,
    lemma: u32,
}

impl<'r> Frame<'r> {
    /// Prepares a cue of a paragraph; `roles` are the first look's labels of the paragraph's tokens, `owners` what
    /// [`owners`] made of them.
    pub fn new(
        doc: &Document,
        reading: &'r Reading,
        paragraph: &Paragraph,
        roles: &[u8],
        owners: &[Range<usize>],
        cue: Range<usize>,
    ) -> Frame<'r> {
        let head = tree::head_of(reading, cue.clone());
        // The cue's sentence, and up to three to each side as long as they hold quotation marks.
        let here = reading.sentence[head] as usize;
        let quoted = |number: usize| {
            let tokens = &doc.sentences[Id::new(number)].tokens;
            (tokens.start.index()..tokens.end.index()).any(|t| reading.quote[t] != 0)
        };
        let (mut first, mut last) = (here, here + 1);
        while first > paragraph.sentences.start && here - first < 3 && quoted(first - 1) {
            first -= 1;
        }
        while last < paragraph.sentences.end && last - here < 4 && quoted(last) {
            last += 1;
        }
        let from = doc.sentences[Id::new(first)].tokens.start.index().max(cue.start.saturating_sub(160));
        let to = doc.sentences[Id::new(last - 1)].tokens.end.index().min(cue.end + 160);
        let window = from.min(cue.start)..to.max(cue.end).min(reading.len());
        let n = window.len();
        let mut frame = Frame {
            reading,
            cue: cue.clone(),
            head,
            window: window.clone(),
            up: vec![9; n],
            branch: vec![0; n],
            limb: vec![0; n],
            down: vec![0; n],
            subject: vec![0; n],
            way: 0,
            segment: vec![0; n],
            between: vec![0; n],
            link: vec![0; n],
            sure: vec![0; n],
            starts: vec![0; n],
            marks: Vec::with_capacity(n + 1),
            band: 0,
            lemma: 0,
        };
        frame.marks.push(0);
        let mut marks = 0;
        for at in window.clone() {
            marks += u32::from(matches!(reading.quote[at], OPENS | CLOSES));
            frame.marks.push(marks);
        }
        let main = cue.clone().filter(|&t| reading.band[t] != 0).min_by_key(|&t| (t != head, reading.band[t], t));
        if let Some(token) = main {
            frame.band = u32::from(reading.band[token]);
            frame.lemma = reading.cue[token];
        } else {
            frame.lemma = reading.word[head];
        }
        frame.climb();
        if let Some((subject, way)) = tree::source(doc, reading, &cue, head) {
            frame.way = way;
            for (place, at) in subject.enumerate() {
                if window.contains(&at) {
                    frame.subject[at - window.start] = if place == 0 { 1 } else { 2 };
                }
            }
        }
        frame.count(paragraph, roles);
        frame.assign(paragraph, owners);
        for (place, at) in window.enumerate() {
            if let Some(label) = doc.labels.at(Id::new(at)) {
                let p = &label.speech_scores;
                let step = |p: u8| match p {
                    0..=12 => 0,
                    13..=50 => 1,
                    51..=115 => 2,
                    116..=190 => 3,
                    191..=240 => 4,
                    _ => 5,
                };
                let role = |b: usize| p[b].saturating_add(p[b + 1]);
                let (source, cue, content) = (role(1), role(3), role(5));
                frame.sure[place] = 1 + step(source) + 6 * step(content) + 36 * step(cue).min(3);
                frame.starts[place] = 1 + step(p[1]) + 6 * step(p[5]);
            }
        }
        frame
    }

    /// Which tokens of the window belong to this cue by the nearest-cue rule, and which to another.
    fn assign(&mut self, paragraph: &Paragraph, owners: &[Range<usize>]) {
        for (place, at) in self.window.clone().enumerate() {
            let owner = at.checked_sub(paragraph.tokens.start).and_then(|p| owners.get(p)).filter(|c| !c.is_empty());
            self.link[place] = owner.map_or(0, |cue| if *cue == self.cue { 1 } else { 2 });
        }
    }

    /// The path from the cue's head to every token of its sentence.
    fn climb(&mut self) {
        let reading = self.reading;
        if reading.relation[self.head] == 0 {
            return;
        }
        let mut ancestors = vec![self.head];
        let mut at = self.head;
        while let Some(up) = reading.up(at) {
            if ancestors.len() > 6 || ancestors.contains(&up) {
                break;
            }
            ancestors.push(up);
            at = up;
        }
        for token in self.window.clone() {
            if reading.sentence[token] != reading.sentence[self.head] {
                continue;
            }
            let place = token - self.window.start;
            let (mut at, mut limb) = (token, token);
            for step in 0..40u8 {
                if let Some(up) = ancestors.iter().position(|&a| a == at) {
                    self.up[place] = up as u8;
                    self.branch[place] = if step == 0 { 0 } else { reading.relation[limb] };
                    self.limb[place] = limb as u32;
                    self.down[place] = step;
                    break;
                }
                limb = at;
                match reading.up(at) {
                    Some(head) => at = head,
                    None => break,
                }
            }
        }
    }

    /// Ranks the first look's segments from the cue outwards.
    fn count(&mut self, paragraph: &Paragraph, roles: &[u8]) {
        let role = |at: usize| roles.get(at.wrapping_sub(paragraph.tokens.start)).map_or(0, |&l| l.div_ceil(2));
        let begins = |at: usize| roles.get(at.wrapping_sub(paragraph.tokens.start)).is_some_and(|l| l % 2 == 1);
        for left in [true, false] {
            let (mut ranks, mut cues_seen, mut last) = ([0u32; 4], 0u8, 0u8);
            let mut visit = |at: usize, frame: &mut Frame| {
                let now = role(at);
                let new = if left {
                    // Going left, a segment ends after its begin label.
                    now != last || (at + 1 < frame.cue.start && begins(at + 1))
                } else {
                    now != last || begins(at)
                };
                if new && now != 0 {
                    ranks[usize::from(now)] += 1;
                    if now == 2 {
                        cues_seen += 1;
                    }
                }
                last = now;
                let place = at - frame.window.start;
                let rank = if now == 0 { 0 } else { ranks[usize::from(now)].min(3) };
                frame.segment[place] = u32::from(now) * 4 + rank;
                frame.between[place] = (cues_seen - u8::from(now == 2 && cues_seen > 0)).min(3);
            };
            if left {
                for at in (self.window.start..self.cue.start).rev() {
                    visit(at, self);
                }
            } else {
                for at in self.cue.end..self.window.end {
                    visit(at, self);
                }
            }
        }
    }

    /// The features of one token of the window.
    pub fn features(&self, at: usize, out: &mut Vec<Feature>) {
        out.clear();
        let reading = self.reading;
        let place = at - self.window.start;
        let get = |values: &[u32], o: isize| -> u32 {
            place.checked_add_signed(o).and_then(|p| values.get(p)).copied().unwrap_or(99)
        };
        let token = |o: isize| at.checked_add_signed(o).filter(|t| self.window.contains(t));
        let word = |o: isize| token(o).map_or(o as u32 & 3, |t| reading.word[t]);
        let pos = |o: isize| token(o).map_or(63, |t| u32::from(reading.pos[t]));
        let quote = |o: isize| token(o).map_or(7, |t| u32::from(reading.quote[t]));
        let (band, lemma) = (self.band, self.lemma);
        let side = if at < self.cue.start {
            0
        } else if at >= self.cue.end {
            2
        } else {
            1
        };
        let gap = if side == 0 { self.cue.start - at } else { (at + 1).saturating_sub(self.cue.end) };
        let sentence = (reading.sentence[at] as i64 - reading.sentence[self.head] as i64 + 4).clamp(0, 8) as u32;
        let (s0, s1, s_1) = (self.segment[place], get(&self.segment, 1), get(&self.segment, -1));
        let begin = s0 / 4 != s_1 / 4 || s0 != s_1;
        let quoted = u32::from(reading.quote[self.head]) * 8 + quote(0);
        let between = u32::from(self.between[place]);
        let here = side * 16 + sentence;
        let mut t = 200;
        let mut push = |a: u32, b: u32, c: u32| {
            out.push(feature(t, a, b, c));
            t += 1;
        };
        push(0, here, 0);
        push(s0, here, between);
        push(s0, s_1, s1);
        push(s0, here, quoted);
        push(s0, u32::from(begin), bucket(gap));
        push(s0, side, band);
        push(s0, side, lemma);
        push(here, bucket(gap), band);
        push(here, quoted, quote(-1) * 8 + quote(1));
        push(side, word(0), 0);
        push(side, word(-1), s0 / 4);
        push(side, word(0), s0 / 4);
        push(side, word(1), s0 / 4);
        push(side, pos(0) * 64 + pos(-1), s0 / 4);
        push(side, pos(0) * 64 + pos(1), s0 / 4);
        push(band, pos(0), side * 8 + bucket(gap));
        push(side, gap.min(4) as u32, word(0));
        push(side, gap.min(4) as u32, lemma);
        push(quote(-1), quote(0) * 8 + quote(1), s0);
        let (link, sure) = (u32::from(self.link[place]), self.sure[place]);
        let starts = self.starts[place];
        push(link, s0, side);
        push(link, u32::from(begin), s0 / 4);
        push(link, here, between);
        push(link, band, s0 / 4);
        push(sure, link, side);
        push(sure, s0 / 4, between);
        push(starts, link, side);
        push(starts, get(&self.starts, 1), s0 / 4);
        push(sure, get(&self.sure, -1), link);
        push(sure, get(&self.sure, 1), link);
        // Marks that divide.
        let own_quote = u32::from(
            side != 1 && {
                let (a, b) = if at < self.cue.start { (at, self.cue.start) } else { (self.cue.end, at) };
                self.marks[b - self.window.start] > self.marks[a - self.window.start]
            },
        );
        push(own_quote, quoted, here);
        push(own_quote, s0, between);
        if reading.relation[self.head] != 0 {
            let (up, branch, down) =
                (u32::from(self.up[place]), u32::from(self.branch[place]), u32::from(self.down[place]));
            let limb = self.limb[place];
            let same_before =
                u32::from(place > 0 && self.limb[place - 1] == limb && self.up[place - 1] == self.up[place]);
            let same_after = u32::from(
                place + 1 < self.limb.len() && self.limb[place + 1] == limb && self.up[place + 1] == self.up[place],
            );
            let ends = same_before * 2 + same_after;
            let path = up * 64 + branch;
            let head_relation = u32::from(reading.relation[self.head]);
            let subject = u32::from(self.subject[place]);
            let next_subject = place.checked_sub(1).map_or(0, |p| u32::from(self.subject[p]));
            let relation = u32::from(reading.relation[at]);
            push(path, side, bucket(down as usize));
            push(path, side * 8 + quote(0), band);
            push(path, lemma, side);
            push(path, head_relation, side);
            push(path, ends, band);
            push(path, ends, s0);
            push(path, s0, side);
            push(path, s0 / 4, link);
            push(path, sure, side);
            push(path, starts, ends);
            push(path, relation, pos(0));
            push(path, word(-1), word(0));
            push(path, word(0), 0);
            push(path, between, quoted);
            push(subject * 4 + next_subject, u32::from(self.way), s0);
            push(subject * 4 + next_subject, u32::from(self.way), band);
            push(subject, relation, pos(0));
            push(u32::from(self.way), s0, here);
            push(reading.children[self.head] & 0x7FFF, path, side);
        }
    }
}
