//! Stretches inside quotation marks, and who says them, as far as pronouns need it.

use super::chain::Store;
use crate::lexicon::speech;
use crate::text::*;

/// Quotations of the document: byte spans, each inside one block, in order. A mark without partner ends with its block.
pub fn find(doc: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    for block in doc.blocks.iter() {
        let text = doc.slice(block.span);
        let mut open: Option<usize> = None;
        for (at, c) in text.char_indices() {
            let here = block.span.start() + at;
            match c {
                '“' => open = open.or(Some(here)),
                '”' => {
                    if let Some(start) = open.take() {
                        found.push(Span::new(start, here + c.len_utf8()));
                    }
                }
                '"' | '″' if !(c == '″' && text[..at].ends_with(|d: char| d.is_ascii_digit())) => match open.take()
                {
                    Some(start) => found.push(Span::new(start, here + c.len_utf8())),
                    None => open = Some(here),
                },
                _ => {}
            }
        }
        if let Some(start) = open {
            found.push(Span::new(start, block.span.end()));
        }
    }
    found
}

/// The mention that says a quotation: the subject of a verb of speech outside the marks in the sentences where the
/// quotation begins or ends; else, for a quotation of whole sentences, the speaker of the quotation before in the block.
pub fn speakers(store: &Store, quotes: &[Span]) -> Vec<Option<usize>> {
    let doc = store.doc;
    let blocks: Vec<usize> = quotes.iter().map(|q| doc.blocks.partition_point(|b| b.span.end() <= q.start())).collect();
    let mut speakers: Vec<Option<usize>> = Vec::new();
    for (i, quote) in quotes.iter().enumerate() {
        let own = speaker(store, quotes, *quote);
        let before = i.checked_sub(1).filter(|&j| blocks[j] == blocks[i]).and_then(|j| speakers[j]);
        speakers.push(own.or(before));
    }
    // A paragraph that is nothing but quotation goes on with the speaker of the paragraph before.
    for i in 1..quotes.len() {
        let Some(block) = doc.blocks.at(Id::new(blocks[i])).filter(|b| b.span.covers(quotes[i])) else { continue };
        if speakers[i].is_none() && quotes[i].len() + 3 >= block.span.len() && blocks[i] <= blocks[i - 1] + 1 {
            let between = &doc.text()[quotes[i - 1].end()..quotes[i].start().max(quotes[i - 1].end())];
            if between.trim().len() < 200 {
                speakers[i] = speakers[i - 1];
            }
        }
    }
    // "…," she began a block: a quotation without a speaker of its own may be led by the one after in the same block.
    for i in (0..quotes.len().saturating_sub(1)).rev() {
        if speakers[i].is_none() && blocks[i] == blocks[i + 1] {
            speakers[i] = speakers[i + 1];
        }
    }
    speakers
}

fn speaker(store: &Store, quotes: &[Span], quote: Span) -> Option<usize> {
    let doc = store.doc;
    let inside = |token: Id<Token>| holding(quotes, doc.tokens[token].span).is_some();
    let tokens = doc.tokens_in(quote);
    if tokens.start >= tokens.end {
        return None;
    }
    let (first, last) = (doc.sentence_of(tokens.start), doc.sentence_of(Id::new(tokens.end.index() - 1)));
    let around = [first.index(), last.index()];
    for sentence in around {
        let range = doc.sentences[Id::new(sentence)].tokens.clone();
        for token in Id::range(range) {
            if inside(token) || !speech::is(doc.lemma(token)) || !matches!(doc.pos(token), Pos::Verb | Pos::X) {
                continue;
            }
            let subject = doc.children(token).find(|&c| doc.relation(c).is("nsubj"));
            if let Some(mention) = subject.filter(|s| !inside(*s)).and_then(|s| mention_at(store, s)) {
                return Some(mention);
            }
        }
        for token in Id::range(doc.sentences[Id::new(sentence)].tokens.clone()) {
            // "according to X"
            if doc.lower(token) == "according" && !inside(token) {
                let object = doc.head(token).filter(|&h| doc.relation(h).is("obl"));
                if let Some(mention) = object.and_then(|o| mention_at(store, o)) {
                    return Some(mention);
                }
            }
        }
    }
    None
}

/// The quotation that holds a span; quotations are in order and do not overlap.
pub fn holding(quotes: &[Span], span: Span) -> Option<usize> {
    let at = quotes.partition_point(|q| q.start() <= span.start()).checked_sub(1)?;
    quotes[at].covers(span).then_some(at)
}

/// The widest mention with this head; it lies in the sentence of its head.
pub fn mention_at(store: &Store, head: Id<Token>) -> Option<usize> {
    let sentence = store.doc.sentences.at(store.doc.sentence_of(head))?;
    let near = store.doc.mentions.within(sentence.span).map(Id::index);
    near.filter(|&m| store.mention(m).head == head).max_by_key(|&m| store.mention(m).span.len())
}
