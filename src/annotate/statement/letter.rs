//! Letters: *you* is who is addressed ("Dear Ms Aase"), *I* who signed, *we* those whom the letter is written for.

use crate::text::*;

/// What a letter says of its ends.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// Who is addressed.
    pub you: Option<Id<Entity>>,
    /// The body that the addressee works for, for "your company".
    pub yours: Option<Id<Entity>>,
    /// Who signed, where it is one.
    pub i: Option<Id<Entity>>,
    /// For whom it is signed.
    pub we: Option<Id<Entity>>,
}

/// Longest line that may be a salutation or a signature, in bytes.
const LINE: usize = 80;

/// Finds the ends of a letter; nothing in a text without a salutation.
pub fn find(doc: &Document) -> Option<Letter> {
    let blocks: Vec<&Block> = doc.blocks.iter().collect();
    let greets = |b: &&Block| {
        let line = doc.slice(b.span);
        line.len() <= LINE && line.starts_with("Dear ") && line.ends_with([',', ':', '!'])
    };
    let opening = blocks.iter().position(greets)?;
    let you = mentions(doc, blocks[opening].span, |m| m.class == Some(NameClass::Person)).first().copied();
    let mut letter = Letter { you, ..Letter::default() };
    if let Some(you) = letter.you {
        // "To Gunnhild Aase, managing director of Fjordlink".
        letter.yours = blocks.iter().take(opening).find_map(|b| {
            let named = mentions(doc, b.span, |m| m.kind == MentionKind::Name);
            let body = |e: &Id<Entity>| doc.entities[*e].kind == EntityKind::Organisation;
            named.contains(&you).then(|| named.iter().copied().find(body)).flatten()
        });
    }
    let closing = blocks.iter().skip(opening + 1).rev().take_while(|b| doc.slice(b.span).len() <= LINE);
    let mut signers = Vec::new();
    for block in closing {
        let line = doc.slice(block.span);
        let lower = line.to_lowercase();
        let for_whom = ["for ", "on behalf of "].iter().any(|p| lower.starts_with(p));
        if for_whom {
            letter.we = mentions(doc, block.span, |m| m.kind != MentionKind::Pronoun).first().copied();
            break;
        }
        let formula = ["yours", "sincerely", "regards", "kind regards", "best wishes", "respectfully", "faithfully"];
        if formula.iter().any(|f| lower.starts_with(f)) {
            break;
        }
        let first = mentions(doc, block.span, |m| {
            m.class == Some(NameClass::Person)
                && m.kind == MentionKind::Name
                && m.title.map_or(m.span, |t| t.join(m.span)).start() == block.span.start()
        });
        match first.first() {
            Some(&one) => signers.push(one),
            None => break,
        }
    }
    if let [one] = signers[..] {
        letter.i = Some(one);
    }
    Some(letter)
}

/// The entities of the mentions in a span that are wanted, in text order.
fn mentions(doc: &Document, span: Span, wanted: impl Fn(&Mention) -> bool) -> Vec<Id<Entity>> {
    let of = |m: Id<Mention>| doc.entity_of.at(m).copied().flatten();
    doc.mentions.within(span).filter(|&m| wanted(&doc.mentions[m])).filter_map(of).collect()
}
