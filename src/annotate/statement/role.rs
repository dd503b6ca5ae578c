//! The first look: which tokens are source, cue or content of some attribution.

use std::ops::Range;

use super::reading::{Reading, bucket};
use super::tagger::{Feature, feature, viterbi, word_hash};
use crate::text::Speech;

/// Number of roles with their begin and inside forms.
pub const LABELS: usize = Speech::ALL.len();

/// For each token the cue word it hangs under, and how.
pub struct Above {
    /// The nearest cue word above, plus 1; 0: none.
    cue: Vec<u32>,
    /// The relation of the branch directly below that cue word.
    branch: Vec<u8>,
    /// Steps to it.
    depth: Vec<u8>,
}

impl Above {
    /// Climbs from every token.
    pub fn new(reading: &Reading) -> Above {
        let n = reading.len();
        let mut above = Above { cue: vec![0; n], branch: vec![0; n], depth: vec![0; n] };
        for token in 0..n {
            let mut at = token;
            for step in 1..40u8 {
                let Some(head) = reading.up(at) else { break };
                if reading.band[head] != 0 {
                    above.cue[token] = head as u32 + 1;
                    above.branch[token] = reading.relation[at];
                    above.depth[token] = step;
                    break;
                }
                at = head;
            }
        }
        above
    }
}

/// Which label may follow which: an inside form only after its own begin or inside form.
pub fn allowed(before: Option<usize>, label: usize) -> bool {
    match label {
        2 | 4 | 6 => before.is_some_and(|b| b == label || b == label - 1),
        _ => true,
    }
}

/// The best roles of a paragraph's tokens.
pub fn decode<T>(scores: &[T], transitions: &[T]) -> Vec<u8>
where
    T: Copy + PartialOrd + std::ops::Add<Output = T>,
{
    viterbi(scores, LABELS, transitions, allowed)
}

/// The cue words next to each token of a paragraph: nearest to the left and to the right, within its sentence.
pub struct Near {
    left: Vec<u32>,
    right: Vec<u32>,
    /// How the token's sentence ends and begins: see [`tail`].
    tail: Vec<u8>,
}

impl Near {
    /// Looks along the paragraph once in each direction.
    pub fn new(reading: &Reading, tokens: &Range<usize>) -> Near {
        let mut near =
            Near { left: Vec::with_capacity(tokens.len()), right: vec![0; tokens.len()], tail: vec![0; tokens.len()] };
        let mut last = 0;
        for at in tokens.clone() {
            if at > tokens.start && reading.sentence[at] != reading.sentence[at - 1] {
                last = 0;
            }
            near.left.push(last);
            if reading.band[at] != 0 {
                last = at as u32 + 1;
            }
        }
        last = 0;
        for at in tokens.clone().rev() {
            if at + 1 < tokens.end && reading.sentence[at] != reading.sentence[at + 1] {
                last = 0;
            }
            near.right[at - tokens.start] = last;
            if reading.band[at] != 0 {
                last = at as u32 + 1;
            }
        }
        let mut from = tokens.start;
        while from < tokens.end {
            let mut to = from + 1;
            while to < tokens.end && reading.sentence[to] == reading.sentence[from] {
                to += 1;
            }
            let kind = tail(reading, from..to);
            near.tail[from - tokens.start..to - tokens.start].fill(kind);
            from = to;
        }
        near
    }
}

/// "…, the minister said on Friday." or "According to …, …": whether a sentence ends (1–4: after a comma or a closing
/// mark, by the cue's distance from it; a speech verb or another) or begins (+8) with the words of an attribution.
fn tail(reading: &Reading, sentence: Range<usize>) -> u8 {
    let according = word_hash("according");
    let comma = [word_hash(","), word_hash("\""), word_hash("”"), word_hash("''")];
    let mut kind = 0;
    for at in (sentence.start.max(sentence.end.saturating_sub(18))..sentence.end).rev() {
        if comma.contains(&reading.word[at]) {
            let after = at + 1..sentence.end.min(at + 9);
            let speech = after.clone().find(|&i| reading.band[i] == 1);
            let other = after.clone().find(|&i| reading.band[i] != 0);
            kind = if after.clone().any(|i| reading.word[i] == according) {
                4
            } else if let Some(cue) = speech {
                if cue < at + 4 { 1 } else { 2 }
            } else if other.is_some() {
                3
            } else {
                continue;
            };
            break;
        }
    }
    kind + if reading.word[sentence.start] == according { 8 } else { 0 }
}

/// The features of one token of a paragraph.
pub fn features(
    reading: &Reading,
    above: &Above,
    near: &Near,
    tokens: &Range<usize>,
    at: usize,
    out: &mut Vec<Feature>,
) {
    out.clear();
    let inside = |offset: isize| -> Option<usize> {
        let to = at.checked_add_signed(offset)?;
        (to >= tokens.start && to < tokens.end).then_some(to)
    };
    let word = |o: isize| inside(o).map_or(o as u32 & 3, |i| reading.word[i]);
    let pos = |o: isize| inside(o).map_or(63, |i| u32::from(reading.pos[i]));
    let xpos = |o: isize| inside(o).map_or(63, |i| u32::from(reading.xpos[i]));
    let band = |o: isize| inside(o).map_or(63, |i| u32::from(reading.band[i]));
    let quote = |o: isize| inside(o).map_or(7, |i| u32::from(reading.quote[i]));
    let shape = |o: isize| inside(o).map_or(7, |i| u32::from(reading.shape[i]));
    let name = |o: isize| inside(o).map_or(0, |i| u32::from(reading.name[i]));
    let (w0, q0) = (word(0), quote(0));
    let mut t = 0;
    let mut push = |a: u32, b: u32, c: u32| {
        out.push(feature(t, a, b, c));
        t += 1;
    };
    push(0, 0, 0);
    push(w0, 0, 0);
    push(word(-1), 0, 0);
    push(word(1), 0, 0);
    push(word(-2), 0, 0);
    push(word(2), 0, 0);
    push(word(-1), w0, 0);
    push(w0, word(1), 0);
    push(reading.suffix[at], 0, 0);
    push(shape(-1), shape(0), shape(1));
    push(w0, q0, 0);
    push(quote(-1), q0, quote(1));
    push(quote(-2) * 8 + quote(-1), q0, quote(1) * 8 + quote(2));
    push(q0, word(-1), 0);
    push(xpos(0), 0, 0);
    push(xpos(-1), xpos(0), 0);
    push(xpos(0), xpos(1), 0);
    push(pos(-2), pos(-1), pos(0));
    push(pos(-1), pos(0), pos(1));
    push(pos(0), pos(1), pos(2));
    push(pos(0), q0, 0);
    for offset in [-3isize, -2, -1, 0, 1, 2, 3] {
        push(band(offset), q0, 0);
    }
    push(band(-1), band(0), band(1));
    push(name(0), name(1), name(-1));
    push(name(0), band(1), band(2));
    // Nearest cue words in the sentence.
    let here = at - tokens.start;
    let (left, right) = (near.left[here], near.right[here]);
    let kind = |cue: u32| if cue == 0 { 0 } else { u32::from(reading.band[cue as usize - 1]) };
    let lemma = |cue: u32| if cue == 0 { 0 } else { reading.cue[cue as usize - 1] };
    let dl = if left == 0 { 9 } else { bucket(at + 1 - left as usize) };
    let dr = if right == 0 { 9 } else { bucket(right as usize - 1 - at) };
    push(kind(left), dl, q0);
    push(kind(right), dr, q0);
    push(lemma(left), dl.min(4), 0);
    push(lemma(right), dr.min(4), 0);
    push(kind(left), kind(right), pos(0) * 8 + q0);
    let after_left = if left == 0 { 0 } else { reading.word.get(left as usize).copied().unwrap_or(0) };
    push(kind(left), after_left, dl.min(4));
    // How the sentence ends.
    let tail = u32::from(near.tail[here]);
    push(tail, q0, kind(right));
    push(tail, kind(left), dr.min(6));
    push(tail, u32::from(at == tokens.start || reading.sentence[at - 1] != reading.sentence[at]), pos(0));
    push(tail, word(-1), shape(0));
    // Place in sentence and paragraph.
    let sentence_start = at == tokens.start || reading.sentence[at - 1] != reading.sentence[at];
    let sentence_end = at + 1 == tokens.end || reading.sentence[at + 1] != reading.sentence[at];
    let first_sentence = reading.sentence[tokens.start] == reading.sentence[at];
    let place = u32::from(sentence_start) + 2 * u32::from(sentence_end) + 4 * u32::from(first_sentence);
    push(place, pos(0), q0);
    push(place, shape(0), u32::from(tokens.len() < 20));
    // The tree.
    let relation = u32::from(reading.relation[at]);
    if relation != 0 {
        let head = reading.up(at);
        let head_word = head.map_or(1, |h| reading.word[h]);
        let head_band = head.map_or(63, |h| u32::from(reading.band[h]));
        let head_side = head.map_or(2, |h| u32::from(h > at));
        let head_relation = head.map_or(0, |h| u32::from(reading.relation[h]));
        push(relation, pos(0), 0);
        push(relation, head_word, 0);
        push(relation, head_band, head_side);
        push(relation, head_relation, head_band);
        push(w0, head_word, 0);
        let cue = above.cue[at];
        let cue_word = if cue == 0 { 0 } else { reading.cue[cue as usize - 1] };
        let cue_band = kind(cue);
        let branch = u32::from(above.branch[at]);
        let depth = bucket(usize::from(above.depth[at]));
        let side = if cue == 0 { 2 } else { u32::from(cue as usize > at) };
        push(cue_band, branch, depth * 4 + side);
        push(cue_word, branch, side);
        push(cue_band, branch, relation);
        push(cue_band * 64 + branch, q0, relation);
        push(cue_band * 64 + branch, pos(-1), pos(0));
        push(cue_band * 64 + branch, word(-1), 0);
        let children = reading.children[at];
        push(children, band(0), 0);
        push(children, pos(0), relation);
        push(w0, children & 0xFF, 0);
        let head_children = head.map_or(0, |h| reading.children[h]);
        push(head_children & 0xFF, relation, head_band);
        // The same branch as the token before?
        let before = inside(-1)
            .map_or(0, |i| 1 + u32::from(above.cue[i] == cue) + 2 * u32::from(above.branch[i] == above.branch[at]));
        push(before, cue_band, branch);
        push(before, relation, q0);
    }
}
