//! Quotations that the taggers left out or cut: every spoken quotation is somebody's statement, and whole.

use std::ops::Range;

use super::model::Found;
use super::quote::Quotation;
use super::reading::{Paragraph, Reading};
use super::tree;
use crate::text::{BlockKind, Document, Id, MentionKind, NameClass, Number, Relation};

/// A statement on the way: its tokens and the rule that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Cue (empty: none), source and content.
    pub found: Found,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// What decided.
    pub made_by: &'static str,
    /// The draft whose speaker goes on speaking here.
    pub carries: Option<usize>,
}

/// Tokens of a quotation with its marks.
pub fn tokens(doc: &Document, quotation: &Quotation) -> Range<usize> {
    let start = doc.tokens.partition_point(|t| t.span.end() <= quotation.span.start());
    let end = doc.tokens.partition_point(|t| t.span.start() < quotation.span.end());
    start..end.max(start)
}

/// Whether a quotation is spoken: it ends in a punctuation mark, or it is long and not all in capitals like a title.
/// “Not like this,” he said; the so-called “free hunt” and the film “The Long Way Down” are none.
pub fn is_spoken(doc: &Document, quotation: &Quotation) -> bool {
    let inner = doc.slice(quotation.inner).trim();
    let words: Vec<&str> = inner.split_whitespace().collect();
    let ends = inner.ends_with([',', '.', '?', '!', '…', '—', '–', '-']);
    let small = words.iter().skip(1).filter(|w| w.starts_with(|c: char| c.is_lowercase())).count();
    let title = words.len() > 1 && small * 3 < words.len();
    if words.len() < 2 {
        ends && words.len() == 1
    } else {
        (ends && (words.len() > 3 || !title)) || (words.len() >= 7 && !title)
    }
}

/// How much of a range lies in the contents of drafts.
fn covered<'d>(drafts: impl Iterator<Item = &'d Draft>, range: &Range<usize>) -> usize {
    let touches = |c: &&Range<usize>| c.start < range.end && range.start < c.end;
    let pieces: Vec<&Range<usize>> = drafts.flat_map(|d| &d.found.content).filter(touches).collect();
    range.clone().filter(|t| pieces.iter().any(|c| c.contains(t))).count()
}

/// "We won," she said, "and that is all": a content that takes most of a quotation takes all of it, with its marks.
pub fn snap(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    let cue = found.cue.clone();
    for quotation in paragraph.quotations.iter().filter(|q| q.depth == 0) {
        let quote = tokens(doc, quotation);
        if quote.is_empty() || quote.start <= cue.start && cue.start < quote.end || !is_spoken(doc, quotation) {
            continue;
        }
        let inner = doc.tokens_in(quotation.inner);
        let inner = inner.start.index()..inner.end.index();
        if found.source.as_ref().is_some_and(|s| s.start < quote.end && quote.start < s.end) {
            continue;
        }
        for piece in 0..found.content.len() {
            let content = found.content[piece].clone();
            let both = content.end.min(inner.end).saturating_sub(content.start.max(inner.start));
            // "… He is a fine striker," Rowe said; Rowe said: "…": beside the cue the quotation is one, however much was taken.
            let front = found.source.as_ref().map_or(cue.start, |s| s.start.min(cue.start));
            let back = found.source.as_ref().map_or(cue.end, |s| s.end.max(cue.end));
            let beside = !cue.is_empty()
                && quotation.closed
                && both > 0
                && (content.end + 1 >= inner.end && (quote.end..quote.end + 2).contains(&front)
                    || content.start <= inner.start && (back..back + 2).contains(&quote.start));
            if both * 2 <= inner.len() && !beside {
                continue;
            }
            // Without its closing mark a quotation may run too far: leave the end alone.
            let end = if quotation.closed { content.end.max(quote.end) } else { content.end };
            let wide = content.start.min(quote.start)..end;
            if !(wide.contains(&cue.start) && !cue.is_empty()) {
                found.content[piece] = wide;
            }
        }
    }
    merge(reading, &mut found.content);
}

/// Pieces in order; those that touch become one, if they stand in the same paragraph.
pub fn merge(reading: &Reading, content: &mut Vec<Range<usize>>) {
    content.sort_by_key(|c| (c.start, c.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for piece in content.drain(..) {
        match out.last_mut() {
            Some(last)
                if piece.start < last.end
                    || piece.start == last.end
                        && piece.start < reading.len()
                        && reading.paragraphs.binary_search_by_key(&piece.start, |p| p.tokens.start).is_err() =>
            {
                last.end = last.end.max(piece.end)
            }
            _ => out.push(piece),
        }
    }
    *content = out;
}

/// Makes statements of the spoken quotations of a paragraph that no draft holds.
pub fn rescue(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    for quotation in paragraph.quotations.iter().filter(|q| q.depth == 0) {
        let quote = tokens(doc, quotation);
        if quote.is_empty() || !is_spoken(doc, quotation) || covered(drafts.iter(), &quote) * 2 > quote.len() {
            continue;
        }
        if let Some(draft) = signed(doc, reading, number, &quote) {
            drafts.push(draft);
            continue;
        }
        // Held already: its words are the content of an attribution that begins inside it.
        let after = cue_after(reading, paragraph, &quote);
        let before = cue_before(doc, reading, paragraph, &quote);
        if after.is_none()
            && before.is_none()
            && let Some((cue, source)) = tagged(doc, reading, quotation, &quote)
        {
            drafts.push(Draft {
                found: Found { cue, source: Some(source), content: vec![quote] },
                paragraph: number,
                made_by: "statement/quote-cue",
                carries: None,
            });
            continue;
        }
        let Some((cue, rule)) =
            after.map(|c| (c, "statement/quote-cue")).or(before.map(|c| (c, "statement/cue-quote")))
        else {
            continue;
        };
        // The cue may have its draft already: then the quotation is one more piece of it.
        if let Some(draft) = drafts.iter_mut().find(|d| d.found.cue.contains(&cue.start)) {
            let held = draft.found.content.iter().any(|c| c.start < quote.end && quote.start < c.end);
            if !held {
                draft.found.content.push(quote.clone());
                merge(reading, &mut draft.found.content);
            }
            continue;
        }
        let head = tree::head_of(reading, cue.clone());
        let source = tree::source(doc, reading, &cue, head)
            .map(|s| s.0)
            .or_else(|| beside(doc, reading, paragraph, &quote, &cue))
            .filter(|s| s.end <= quote.start || s.start >= quote.end);
        drafts.push(Draft {
            found: Found { cue, source, content: vec![quote] },
            paragraph: number,
            made_by: rule,
            carries: None,
        });
    }
}

/// A paragraph of running text, and no line printed twice.
fn is_text(doc: &Document, paragraph: &Paragraph) -> bool {
    doc.blocks.at(paragraph.block).is_some_and(|b| b.repeats.is_none() && b.kind == BlockKind::Paragraph)
}

/// The whole sentences in quotation marks of a paragraph of text, each with the token that ends what stands before it: in the
/// paragraph before where the quotation has a line of its own.
fn set_off(doc: &Document, reading: &Reading, number: usize) -> Vec<(Range<usize>, usize)> {
    let paragraph = &reading.paragraphs[number];
    if !is_text(doc, paragraph) {
        return Vec::new();
    }
    let before = number.checked_sub(1).map(|n| &reading.paragraphs[n]).filter(|p| is_text(doc, p));
    let with_last = |quotation: &Quotation| {
        let quote = tokens(doc, quotation);
        let inner = doc.slice(quotation.inner).trim();
        let whole = inner.ends_with(['.', '!', '?', '…']) && inner.starts_with(|c: char| c.is_uppercase());
        if !whole || !is_spoken(doc, quotation) {
            return None;
        }
        if quote.start > paragraph.tokens.start {
            let last = quote.start - 1;
            return Some((quote, last));
        }
        let ends = quote.end >= paragraph.tokens.end || reading.quote.get(quote.end).is_some_and(|q| *q != 0);
        before.filter(|_| ends).map(|p| (quote, p.tokens.end - 1))
    };
    paragraph.quotations.iter().filter(|q| q.depth == 0 && q.closed).filter_map(with_last).collect()
}

/// "Lena Voss could not hide her joy. “It was a dream. I cried.”": whole sentences in quotation marks behind a sentence about
/// somebody, with no verb of speaking anywhere near, are that person's; on a line of their own only where the line before says
/// that somebody spoke.
pub fn left_alone(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    for (quote, last) in set_off(doc, reading, number) {
        let held = drafts.iter().any(|d| d.found.content.iter().any(|c| c.start < quote.end && quote.start < c.end));
        if quote.len() < 7 || held {
            continue;
        }
        let own_line = quote.start == reading.paragraphs[number].tokens.start;
        // The sentence before must end there, outside of quotation marks.
        let closes =
            matches!(doc.lower(Id::new(last)), "." | "!" | ":") && reading.quote[last] == super::reading::OUTSIDE;
        let range = tree::sentence(doc, reading, last).start..last;
        if !closes || range.len() < 3 || range.clone().any(|t| reading.quote[t] != super::reading::OUTSIDE) {
            continue;
        }
        let Some(subject) = range.clone().find(|&t| {
            tree::relation(reading, t).is_some_and(|r| r.is("nsubj"))
                && reading.up(t).is_some_and(|v| {
                    reading.up(v).is_none_or(|r| r == v) || tree::relation(reading, v) == Some(Relation::Root)
                })
        }) else {
            continue;
        };
        let spoke = || {
            reading.up(subject).is_some_and(|v| {
                let lemma = doc.lemma(Id::new(v));
                crate::lexicon::speech::is(lemma)
                    || matches!(lemma, "speak" | "talk" | "ask" | "answer" | "react" | "respond")
            })
        };
        let person = doc.mentions.within(doc.sentences[Id::new(reading.sentence[last] as usize)].span).any(|m| {
            let m = &doc.mentions[m];
            let (start, end) = (m.tokens.start.index(), m.tokens.end.index());
            m.class == Some(NameClass::Person)
                && m.number != Some(Number::Plural)
                && m.kind != MentionKind::Pronoun
                && start <= subject + 1
                && end > subject
        });
        if !person || own_line && !spoke() {
            continue;
        }
        let source = tree::subtree(doc, reading, subject);
        let source = source.start..source.end.min(reading.up(subject).unwrap_or(source.end).max(source.start + 1));
        drafts.push(Draft {
            found: Found { cue: quote.start..quote.start, source: Some(source), content: vec![quote] },
            paragraph: number,
            made_by: "statement/quote-beside",
            carries: None,
        });
    }
}

/// "The association answered in a statement on Tuesday: / “We stand by our advice.”": a whole quotation behind a colon, with no
/// speaker yet, is said by the person or body that the sentence before it is about, or whose reply or letter it is.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn introduced(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let of = by_paragraph(reading, drafts);
    for number in 0..reading.paragraphs.len() {
        // What goes on over some paragraphs is kept with the first.
        let near: Vec<usize> = of[number.saturating_sub(4)..=number].iter().flatten().copied().collect();
        introduced_in(doc, reading, number, &near, drafts);
    }
}

fn introduced_in(doc: &Document, reading: &Reading, number: usize, near: &[usize], drafts: &mut Vec<Draft>) {
    use crate::lexicon::wordnet;
    for (quote, last) in set_off(doc, reading, number) {
        let overlaps = |d: &Draft| d.found.content.iter().any(|c| c.start < quote.end && quote.start < c.end);
        let told = |d: &Draft| d.found.source.is_some() || !d.found.cue.is_empty();
        if quote.len() < 5 || near.iter().any(|&d| overlaps(&drafts[d]) && told(&drafts[d])) {
            continue;
        }
        let range = tree::sentence(doc, reading, last).start..last;
        let outside = |t: usize| reading.quote[t] == super::reading::OUTSIDE;
        if doc.lower(Id::new(last)) != ":" || range.len() < 3 || !range.clone().chain([last]).all(outside) {
            continue;
        }
        let main =
            |v: usize| reading.up(v).is_none_or(|r| r == v) || tree::relation(reading, v) == Some(Relation::Root);
        let is_subject =
            |t: &usize| tree::relation(reading, *t).is_some_and(|r| r.is("nsubj")) && reading.up(*t).is_some_and(main);
        let Some(subject) = range.clone().find(is_subject) else { continue };
        // "The council's **reply**, sent on Friday, was short:": whose document it is.
        let lemma = doc.lemma(Id::new(subject));
        let written = super::origin::document(lemma).is_some() || wordnet::is_message(lemma);
        let owner = tree::children(doc, reading, subject, &[Relation::NmodPoss, Relation::Nmod])
            .find(|&t| written && (t < subject || matches!(doc.lower(Id::new(subject + 1)), "by" | "from" | "of")));
        let sentence = doc.sentences[Id::new(reading.sentence[last] as usize)].span;
        let speaks = doc.mentions.within(sentence).map(|m| &doc.mentions[m]).any(|m| {
            matches!(m.class, Some(NameClass::Person | NameClass::Organisation))
                && m.kind != MentionKind::Pronoun
                && m.tokens.start.index() <= subject + 1
                && m.tokens.end.index() > subject
        });
        if owner.is_none() && !speaks {
            continue;
        }
        let mut source = tree::subtree(doc, reading, owner.unwrap_or(subject));
        if owner.is_none() {
            source.end = source.end.min(reading.up(subject).unwrap_or(source.end).max(source.start + 1));
        }
        let edge = |t: usize| matches!(doc.lower(Id::new(t)), "'s" | "’s" | "'" | "’" | ",");
        while source.end > source.start + 1 && edge(source.end - 1) {
            source.end -= 1;
        }
        if matches!(doc.lower(Id::new(source.start)), "by" | "from" | "of") && source.len() > 1 {
            source.start += 1;
        }
        match near.iter().copied().find(|&d| overlaps(&drafts[d])) {
            Some(at) => drafts[at].found.source = Some(source),
            None => drafts.push(Draft {
                found: Found { cue: quote.start..quote.start, source: Some(source), content: vec![quote] },
                paragraph: number,
                made_by: "statement/quote-beside",
                carries: None,
            }),
        }
    }
}

/// “We cannot afford the rent any more.” ― Ana Lopez, Riverside: a name behind a dash signs the quotation.
fn signed(doc: &Document, reading: &Reading, number: usize, quote: &Range<usize>) -> Option<Draft> {
    let paragraph = &reading.paragraphs[number];
    let dash = |t: usize| matches!(doc.word(Id::new(t)), "—" | "–" | "―" | "--" | "-");
    let (at, tokens) = if quote.end < paragraph.tokens.end {
        (quote.end, paragraph.tokens.clone())
    } else {
        let next = reading.paragraphs.get(number + 1)?;
        (next.tokens.start, next.tokens.clone())
    };
    // "I watched it with him." : Mark Dunn
    let colon = at == quote.end && at < paragraph.tokens.end && doc.lower(Id::new(at)) == ":";
    if !(dash(at) || colon) || at + 1 >= tokens.end || tokens.end > at + 14 || !matches!(reading.shape[at + 1], 3 | 4) {
        return None;
    }
    let end =
        (at + 1..tokens.end).find(|&t| reading.shape[t] == 1 && doc.lower(Id::new(t)) != ".").unwrap_or(tokens.end);
    Some(Draft {
        found: Found { cue: at..at + 1, source: Some(at + 1..end), content: vec![quote.clone()] },
        paragraph: number,
        made_by: "statement/signed",
        carries: None,
    })
}

/// “It is a house of thieves,” villagers used to whisper: behind a quotation that ends in a comma stands who says it, and
/// whatever the verb is, it is one of saying.
fn tagged(
    doc: &Document,
    reading: &Reading,
    quotation: &Quotation,
    quote: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    use crate::text::Pos;
    if !doc.slice(quotation.inner).trim_end().ends_with(',') {
        return None;
    }
    let last = quote.end.checked_sub(1)?;
    let end = tree::sentence(doc, reading, last).end.min(quote.end + 10);
    let verb = (quote.end..end).find(|&t| doc.pos(Id::new(t)) == Pos::Verb || doc.pos(Id::new(t)) == Pos::Aux)?;
    let source = quote.end..verb;
    let noun = |t: usize| {
        matches!(
            doc.pos(Id::new(t)),
            Pos::Det | Pos::Noun | Pos::Propn | Pos::Adj | Pos::Pron | Pos::Num | Pos::Adp | Pos::Adv
        ) || doc.lower(Id::new(t)) == "-"
    };
    let named = source.clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::Pron));
    if source.is_empty() || !named || !source.clone().all(noun) {
        return None;
    }
    // "used to whisper", "would grumble": up to the last verb of the group.
    let mut cue = verb..verb + 1;
    while cue.end < end
        && (matches!(doc.pos(Id::new(cue.end)), Pos::Verb | Pos::Aux) || doc.lower(Id::new(cue.end)) == "to")
    {
        cue.end += 1;
    }
    Some((cue, source))
}

/// “…,” the minister said: a verb of speaking within eight tokens of the closing mark, before any other mark.
fn cue_after(reading: &Reading, paragraph: &Paragraph, quote: &Range<usize>) -> Option<Range<usize>> {
    let end = paragraph.tokens.end.min(quote.end + 8);
    let at = (quote.end..end).take_while(|&t| reading.quote[t] == 0).find(|&t| reading.band[t] == 1)?;
    Some(at..at + 1)
}

/// The minister said: “…”: a verb of speaking in the sentence before the opening mark.
fn cue_before(doc: &Document, reading: &Reading, paragraph: &Paragraph, quote: &Range<usize>) -> Option<Range<usize>> {
    let start = paragraph.tokens.start.max(quote.start.saturating_sub(14));
    let mark = quote.start.checked_sub(1).filter(|&t| t >= start)?;
    if !matches!(doc.lower(Id::new(mark)), "," | ":") && reading.band[mark] != 1 {
        return None;
    }
    let at = (start..quote.start).rev().take_while(|&t| reading.quote[t] == 0).find(|&t| reading.band[t] == 1)?;
    Some(at..at + 1)
}

/// Without a tree: the words between quotation and cue, or those behind the cue up to a mark.
fn beside(
    doc: &Document,
    reading: &Reading,
    paragraph: &Paragraph,
    quote: &Range<usize>,
    cue: &Range<usize>,
) -> Option<Range<usize>> {
    let word = |t: usize| doc.lower(Id::new(t));
    let stops = |t: usize| reading.shape[t] == 1 && !matches!(word(t), "-" | "'s" | "’s" | ".");
    let range = if cue.start > quote.end {
        quote.end..cue.start
    } else if cue.start == quote.end {
        let end = (cue.end..paragraph.tokens.end.min(cue.end + 12))
            .find(|&t| stops(t) || word(t) == "." || matches!(word(t), "on" | "in" | "at" | "after" | "during"))
            .unwrap_or(cue.end);
        cue.end..end
    } else {
        let start = paragraph.tokens.start.max(cue.start.saturating_sub(10));
        let from = (start..cue.start).rev().take_while(|&t| !stops(t)).last().unwrap_or(cue.start);
        from..cue.start
    };
    let mut range = range;
    while range.start < range.end && reading.shape[range.start] == 1 {
        range.start += 1;
    }
    (!range.is_empty()).then_some(range)
}

/// The drafts of each paragraph, by their places in the list.
pub fn by_paragraph(reading: &Reading, drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); reading.paragraphs.len()];
    for (at, draft) in drafts.iter().enumerate() {
        of[draft.paragraph].push(at);
    }
    of
}

/// “The first paragraph is open.” / “The second goes on”: paragraphs that hold nothing but quotation and have no
/// statement yet carry on what was said before: an open quotation is continued, a closed one is followed.
pub fn follow(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    // The draft, its paragraph, and whether it was told in the writer's words.
    let mut last: Option<(usize, usize, bool)> = None;
    let of = by_paragraph(reading, drafts);
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        let Some(block) = doc.blocks.at(paragraph.block) else { continue };
        if block.repeats.is_some() || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Answer)
        {
            continue;
        }
        let own = of[number].clone();
        // A turn is carried on for some paragraphs.
        let near = &of[number.saturating_sub(4)..];
        let near = &near[..near.len().min(5)];
        let range = wholly_quoted(doc, paragraph).or_else(|| {
            let before = number.checked_sub(1).map(|n| &reading.paragraphs[n])?;
            (before.ends_open() && only_closes(doc, paragraph)).then(|| paragraph.tokens.clone())
        });
        if let Some(range) = range
            && covered(near.iter().flatten().map(|&d| &drafts[d]), &range) * 3 < range.len()
            && let Some((before, at, told)) = last
            && at + 1 == number
            && range.len() >= 4
            && !(told && is_taken_up(doc, reading, number))
        {
            let previous = &reading.paragraphs[at];
            let open = previous.ends_open();
            let colon = doc.lower(Id::new(previous.tokens.end.saturating_sub(1))) == ":";
            if open || colon {
                drafts[before].found.content.push(range.clone());
                merge(reading, &mut drafts[before].found.content);
                last = Some((before, number, false));
            } else {
                drafts.push(Draft {
                    found: Found { cue: range.start..range.start, source: None, content: vec![range] },
                    paragraph: number,
                    made_by: "statement/quote-follows",
                    carries: Some(before),
                });
                last = Some((drafts.len() - 1, number, false));
            }
            continue;
        }
        // The last statement with a quotation (or before a colon) in this paragraph may be carried on in the next.
        let speaks = |d: &Draft| {
            d.found.content.iter().any(|c| c.clone().any(|t| reading.quote[t] != 0)) || d.found.content.is_empty()
        };
        let end = |d: &usize| drafts[*d].found.content.last().map_or(drafts[*d].found.cue.end, |c| c.end);
        // "He said three fires were of most concern. / “We have 80 of them.”": who spoke last, in the writer's words.
        let final_sentence = reading.sentence[paragraph.tokens.end - 1];
        let says = |d: &usize| {
            let found = &drafts[*d].found;
            found.source.is_some()
                && !found.cue.is_empty()
                && reading.sentence[found.cue.start] == final_sentence
                && found.cue.clone().any(|t| crate::lexicon::speech::is(doc.lemma(Id::new(t))))
        };
        let quoted = own.iter().copied().filter(|&d| speaks(&drafts[d])).max_by_key(end);
        let told = || own.iter().copied().filter(says).max_by_key(end);
        last = quoted.map(|d| (d, number, false)).or_else(|| told().map(|d| (d, number, true)));
    }
}

/// “We have 80 fires. / “We are tired,” Brook said: an open quotation whose next paragraph names who says it.
fn is_taken_up(doc: &Document, reading: &Reading, number: usize) -> bool {
    let mut at = number;
    while reading.paragraphs[at].ends_open() {
        at += 1;
        if reading.paragraphs.get(at).is_none_or(|p| wholly_quoted(doc, p).is_none()) {
            return true;
        }
    }
    false
}

/// "'…,' says Grey. 'Women are on their own.' The minister said families should call": the quotation between two speakers goes
/// on with the first, where the second has words of his own.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn between(_: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let quoted = |c: &Range<usize>| !c.is_empty() && reading.quote[c.start] != 0 && reading.quote[c.end - 1] != 0;
    for at in 0..drafts.len() {
        let found = &drafts[at].found;
        let [first, .., last] = found.content.as_slice() else { continue };
        let (first, last) = (first.clone(), last.clone());
        if drafts[at].paragraph != number || found.cue.is_empty() || last.is_empty() {
            continue;
        }
        let home = reading.sentence[found.cue.start];
        let front = found.source.as_ref().map_or(found.cue.start, |s| s.start.min(found.cue.start));
        let apart = quoted(&first) && first.end <= front && reading.sentence[first.end - 1] != home;
        let own = last.start >= found.cue.end
            && reading.sentence[last.start] == home
            && !last.clone().any(|t| reading.quote[t] != 0);
        if !apart || !own {
            continue;
        }
        let before = (0..drafts.len()).filter(|&d| d != at && drafts[d].paragraph == number).find(|&d| {
            let other = &drafts[d].found;
            !other.cue.is_empty()
                && other.cue.end <= first.start
                && other.source.is_some()
                && other.content.iter().any(|c| quoted(c) && c.start < first.start || *c == first)
        });
        let Some(before) = before else { continue };
        drafts[at].found.content.retain(|c| *c != first);
        let held = drafts[before].found.content.iter().any(|c| c.start <= first.start && first.end <= c.end);
        if !held {
            drafts[before].found.content.push(first);
            merge(reading, &mut drafts[before].found.content);
        }
    }
}

/// "The storm broke 300 roofs, the mayor said. This included the roof of the school.": what a reporter sums up as part
/// of what was said goes on with the same speaker.
pub fn included(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let sentences = reading.paragraphs[number].sentences.clone();
    for sentence in sentences.clone().skip(1) {
        let tokens = &doc.sentences[Id::new(sentence)].tokens;
        let (start, mut end) = (tokens.start.index(), tokens.end.index());
        let sums = matches!(word(start), "this" | "that" | "these" | "those" | "they")
            && end > start + 4
            && matches!(word(start + 1), "include" | "includes" | "included");
        if !sums
            || drafts
                .iter()
                .any(|d| d.paragraph == number && d.found.content.iter().any(|c| c.start < end && start < c.end))
        {
            continue;
        }
        while end > start && reading.shape[end - 1] == 1 {
            end -= 1;
        }
        // The statement of the sentence before, with its cue there, of saying.
        let before = drafts.iter().position(|d| {
            let cue = &d.found.cue;
            d.paragraph == number
                && !cue.is_empty()
                && reading.sentence[cue.start] as usize + 1 == sentence
                && cue.clone().any(|t| reading.band[t] == 1 || word(t) == "according")
        });
        let Some(before) = before else { continue };
        drafts.push(Draft {
            found: Found { cue: start..start, source: None, content: vec![start..end] },
            paragraph: number,
            made_by: "statement/included",
            carries: Some(before),
        });
    }
}

/// A paragraph with one double mark, at its end, and none that opens: the last of a quotation of several paragraphs.
fn only_closes(doc: &Document, paragraph: &Paragraph) -> bool {
    let tokens = paragraph.tokens.clone();
    let marks: Vec<usize> =
        tokens.clone().filter(|&t| matches!(doc.word(Id::new(t)), "\"" | "”" | "“" | "''" | "``")).collect();
    paragraph.quotations.iter().all(|q| q.depth != 0)
        && marks.len() == 1
        && marks[0] + 2 >= tokens.end
        && doc.word(Id::new(marks[0])) != "“"
}

/// "“Six teams have been sent. / “Trials have begun,” it said": paragraphs that open a quotation, do not close it and have no
/// speaker are the first words of the quotation that goes on below.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn ahead(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    // Which tokens are told, and by whom a paragraph is begun.
    let mut told = vec![false; reading.len()];
    let mut begun: Vec<Vec<usize>> = vec![Vec::new(); reading.paragraphs.len()];
    for (at, draft) in drafts.iter().enumerate() {
        for piece in draft.found.content.iter().filter(|c| !c.is_empty()) {
            told[piece.clone()].fill(true);
            let from = reading.paragraphs.partition_point(|p| p.tokens.start + 1 < piece.start);
            let inside = reading.paragraphs[from..].iter().take_while(|p| p.tokens.start < piece.end).count();
            begun[from..from + inside].iter_mut().for_each(|b| b.push(at));
        }
    }
    for number in (0..reading.paragraphs.len().saturating_sub(1)).rev() {
        let (paragraph, next) = (&reading.paragraphs[number], &reading.paragraphs[number + 1]);
        if !paragraph.ends_open() || !is_text(doc, paragraph) || !is_text(doc, next) {
            continue;
        }
        let Some(range) = wholly_quoted(doc, paragraph) else { continue };
        let leads = next.quotations.iter().find(|q| q.depth == 0);
        let held = told[range.clone()].iter().filter(|t| **t).count();
        if leads.is_none_or(|q| tokens(doc, q).start != next.tokens.start) || held * 3 >= range.len() {
            continue;
        }
        // Who says the first words of the next paragraph.
        let says = |d: &&usize| drafts[**d].paragraph > number && drafts[**d].made_by != "statement/quote-follows";
        let Some(goes_on) = begun[number + 1].iter().filter(says).min().copied() else { continue };
        told[range.clone()].fill(true);
        begun[number].push(goes_on);
        drafts[goes_on].found.content.push(range);
        merge(reading, &mut drafts[goes_on].found.content);
    }
}

/// The tokens of a paragraph that begins with an opening mark and has no words outside marks.
pub fn wholly_quoted(doc: &Document, paragraph: &Paragraph) -> Option<Range<usize>> {
    let first = paragraph.quotations.iter().find(|q| q.depth == 0)?;
    let tokens_range = paragraph.tokens.clone();
    if tokens(doc, first).start != tokens_range.start {
        return None;
    }
    let inside = |t: usize| {
        let span = doc.tokens[Id::new(t)].span;
        paragraph.quotations.iter().any(|q| q.span.covers(span))
    };
    let bare = |t: usize| !doc.lower(Id::new(t)).chars().any(char::is_alphanumeric);
    tokens_range.clone().all(|t| bare(t) || inside(t)).then_some(tokens_range)
}
