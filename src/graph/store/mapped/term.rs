//! A term as bytes: short for the IRIs and literals that a graph of ours has most of, equal bytes for equal terms.

use std::sync::RwLock;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use spareval::ExpressionTerm;

/// Beginnings of IRIs beyond this many are written out.
const MOST_PREFIXES: usize = 200;

/// Hexadecimal digits at the end of an IRI of ours.
const DIGITS: usize = 20;

/// What a term's first byte tells.
mod kind {
    pub const IRI: u8 = 0;
    /// A known beginning and twenty hexadecimal digits.
    pub const HASHED: u8 = 1;
    /// The same, and `#char=begin,end`.
    pub const PLACE: u8 = 2;
    pub const BLANK: u8 = 3;
    pub const STRING: u8 = 4;
    pub const LANGUAGE: u8 = 5;
    pub const TYPED: u8 = 6;
    pub const TRIPLE: u8 = 7;
    /// A literal with a language and a direction of writing.
    pub const DIRECTED: u8 = 8;
    /// In a file: a string that stands in another one of the run. How many terms before it that is, where it begins there, and
    /// how long it is.
    pub const PART: u8 = 9;
    /// In a file: a place in the document of an IRI of the run: how many terms before it that is, and the place.
    pub const PLACE_OF: u8 = 10;
    /// From here on, a literal of each of the usual datatypes.
    pub const USUAL: u8 = 16;
}

const USUAL: [NamedNodeRef<'static>; 7] =
    [xsd::INTEGER, xsd::DECIMAL, xsd::DATE, xsd::BOOLEAN, xsd::DATE_TIME, xsd::DOUBLE, xsd::TOKEN];

/// The beginnings of IRIs that stand before digits, in the order in which they were met. It only grows: an IRI has the
/// same bytes for as long as the store lives.
#[derive(Debug, Default)]
pub(super) struct Prefixes(RwLock<Vec<String>>);

impl Prefixes {
    pub fn new(known: Vec<String>) -> Prefixes {
        Prefixes(RwLock::new(known))
    }

    pub fn to_vec(&self) -> Vec<String> {
        self.0.read().map(|known| known.clone()).unwrap_or_default()
    }

    /// The number of a beginning; `None` when it is not known and there is room: then no term has it.
    fn number(&self, prefix: &str) -> Number {
        let Ok(known) = self.0.read() else { return Number::Full };
        match known.iter().position(|k| k == prefix) {
            Some(number) => Number::Known(number as u8),
            None if known.len() < MOST_PREFIXES => Number::Free,
            None => Number::Full,
        }
    }

    fn add(&self, prefix: &str) -> u8 {
        let Ok(mut known) = self.0.write() else { return 0 };
        known.push(prefix.to_owned());
        (known.len() - 1) as u8
    }

    fn begin(&self, number: u8, room: usize) -> Option<String> {
        let known = self.0.read().ok()?;
        let prefix = known.get(number as usize)?;
        let mut iri = String::with_capacity(prefix.len() + room);
        iri.push_str(prefix);
        Some(iri)
    }
}

enum Number {
    Known(u8),
    /// Not known, and there is room for it.
    Free,
    Full,
}

/// Writes a term's bytes. With `learn`, beginnings of IRIs that are not known yet are added; without, a term that has
/// one is in no dictionary, and `false` is given.
pub(super) fn encode(term: TermRef<'_>, prefixes: &Prefixes, learn: bool, out: &mut Vec<u8>) -> bool {
    match term {
        TermRef::NamedNode(node) => return encode_iri(node.as_str(), prefixes, learn, out),
        TermRef::BlankNode(node) => {
            out.push(kind::BLANK);
            out.extend(node.as_str().as_bytes());
        }
        TermRef::Literal(literal) => match (literal.language(), literal.direction()) {
            (Some(language), Some(direction)) => {
                out.push(kind::DIRECTED);
                out.extend(language.as_bytes());
                out.push(0);
                out.extend(direction.to_string().as_bytes());
                out.push(0);
                out.extend(literal.value().as_bytes());
            }
            (Some(language), None) => {
                out.push(kind::LANGUAGE);
                out.extend(language.as_bytes());
                out.push(0);
                out.extend(literal.value().as_bytes());
            }
            _ if literal.datatype() == xsd::STRING => {
                out.push(kind::STRING);
                out.extend(literal.value().as_bytes());
            }
            _ => {
                match USUAL.iter().position(|d| *d == literal.datatype()) {
                    Some(number) => out.push(kind::USUAL + number as u8),
                    None => {
                        out.push(kind::TYPED);
                        out.extend(literal.datatype().as_str().as_bytes());
                        out.push(0);
                    }
                }
                out.extend(literal.value().as_bytes());
            }
        },
        TermRef::Triple(triple) => {
            out.push(kind::TRIPLE);
            let parts = [Term::from(triple.subject.clone()), triple.predicate.clone().into(), triple.object.clone()];
            for part in parts {
                let mut bytes = Vec::new();
                if !encode(part.as_ref(), prefixes, learn, &mut bytes) {
                    return false;
                }
                varint(bytes.len() as u64, out);
                out.extend(bytes);
            }
        }
    }
    true
}

fn encode_iri(iri: &str, prefixes: &Prefixes, learn: bool, out: &mut Vec<u8>) -> bool {
    if let Some((prefix, digits, place)) = cut(iri) {
        let number = match prefixes.number(prefix) {
            Number::Known(number) => Some(number),
            Number::Free if learn => Some(prefixes.add(prefix)),
            Number::Free => return false,
            Number::Full => None,
        };
        if let Some(number) = number {
            out.push(if place.is_some() { kind::PLACE } else { kind::HASHED });
            out.push(number);
            out.extend(digits.as_bytes().chunks(2).map(|pair| nibble(pair[0]) << 4 | nibble(pair[1])));
            if let Some((begin, end)) = place {
                varint(begin, out);
                varint(end - begin, out);
            }
            return true;
        }
    }
    out.push(kind::IRI);
    out.extend(iri.as_bytes());
    true
}

/// An IRI that ends in a slash and twenty digits, with or without a place: what stands before, the digits, the place.
fn cut(iri: &str) -> Option<(&str, &str, Option<(u64, u64)>)> {
    let (iri, place) = match iri.rsplit_once("#char=") {
        Some((iri, place)) => {
            let (begin, end) = place.split_once(',')?;
            let place = (number(begin)?, number(end)?);
            (place.0 <= place.1).then_some((iri, Some(place)))?
        }
        None => (iri, None),
    };
    let at = iri.len().checked_sub(DIGITS).filter(|at| iri.is_char_boundary(*at))?;
    let (prefix, digits) = iri.split_at(at);
    let is_hashed = prefix.ends_with('/') && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_hashed.then_some((prefix, digits, place))
}

/// A number as we write numbers: without a sign or zeros before it.
fn number(text: &str) -> Option<u64> {
    let is_plain =
        text.len() < 19 && text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    is_plain.then(|| text.parse().ok())?
}

fn nibble(digit: u8) -> u8 {
    if digit <= b'9' { digit - b'0' } else { digit - b'a' + 10 }
}

/// The bytes of a term: its kind, and what comes behind it. The beginning of that may stand elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'b> {
    first: u8,
    begin: &'b [u8],
    rest: &'b [u8],
}

/// Of an IRI of ours, the number of its beginning and its digits.
const OWN: usize = 1 + DIGITS / 2;

impl<'b> Bytes<'b> {
    pub fn of(bytes: &'b [u8]) -> Option<Bytes<'b>> {
        let (&first, rest) = bytes.split_first()?;
        Some(Bytes { first, begin: &[], rest })
    }

    /// Whether they are these.
    pub fn are(&self, bytes: &[u8]) -> bool {
        let rest = || bytes.get(1..)?.strip_prefix(self.begin);
        bytes.first() == Some(&self.first) && rest() == Some(self.rest)
    }

    /// They as they are when nothing is left out.
    pub fn append(&self, out: &mut Vec<u8>) {
        out.push(self.first);
        out.extend(self.begin);
        out.extend(self.rest);
    }

    /// How many terms before it the one stands that it is written by; nothing where it is written out.
    pub fn back(&self) -> Option<usize> {
        let mut rest = self.rest;
        matches!(self.first, kind::PART | kind::PLACE_OF).then(|| read_varint(&mut rest)).flatten().map(|n| n as usize)
    }

    /// It as a whole, by the other one.
    pub fn by(&self, other: Bytes<'b>) -> Option<Bytes<'b>> {
        let mut rest = self.rest;
        read_varint(&mut rest)?;
        if self.first == kind::PLACE_OF {
            let is_own = matches!(other.first, kind::HASHED | kind::PLACE);
            let begin = other.rest.get(..OWN).filter(|_| is_own)?;
            return Some(Bytes { first: kind::PLACE, begin, rest });
        }
        let (begin, length) = (read_varint(&mut rest)? as usize, read_varint(&mut rest)? as usize);
        let text = other.rest.get(begin..begin.checked_add(length)?)?;
        (other.first == kind::STRING).then_some(Bytes { first: kind::STRING, begin: &[], rest: text })
    }
}

/// What a place in a document has in common with its document and with other places in it, and what it has not.
pub(super) fn place(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first == kind::PLACE { rest.split_at_checked(OWN) } else { None }
}

/// Writes a place by another that stands so many terms before.
pub(super) fn encode_place(back: usize, place: &[u8], out: &mut Vec<u8>) {
    out.push(kind::PLACE_OF);
    varint(back as u64, out);
    out.extend(place);
}

/// Writes a part of a string that stands so many terms before.
pub(super) fn encode_part(back: usize, begin: usize, length: usize, out: &mut Vec<u8>) {
    out.push(kind::PART);
    [back, begin, length].into_iter().for_each(|number| varint(number as u64, out));
}

/// The term of some bytes; `None` where they are none.
pub(super) fn decode(Bytes { first, begin, rest }: Bytes<'_>, prefixes: &Prefixes) -> Option<Term> {
    let text = || std::str::from_utf8(rest).ok();
    Some(match first {
        kind::IRI => NamedNode::new_unchecked(text()?).into(),
        kind::HASHED | kind::PLACE => NamedNode::new_unchecked(iri(first, begin, rest, prefixes)?).into(),
        kind::BLANK => BlankNode::new_unchecked(text()?).into(),
        kind::STRING => Literal::new_simple_literal(text()?).into(),
        kind::LANGUAGE => {
            let (language, value) = text()?.split_once('\0')?;
            Literal::new_language_tagged_literal_unchecked(value, language).into()
        }
        kind::DIRECTED => {
            let (language, rest) = text()?.split_once('\0')?;
            let (direction, value) = rest.split_once('\0')?;
            let direction = match direction {
                "ltr" => oxigraph::model::BaseDirection::Ltr,
                _ => oxigraph::model::BaseDirection::Rtl,
            };
            Literal::new_directional_language_tagged_literal_unchecked(value, language, direction).into()
        }
        kind::TYPED => {
            let (datatype, value) = text()?.split_once('\0')?;
            Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into()
        }
        kind::TRIPLE => {
            let mut rest = rest;
            let mut part = || {
                let length = read_varint(&mut rest)? as usize;
                let (now, later) = rest.split_at_checked(length)?;
                rest = later;
                decode(Bytes::of(now)?, prefixes)
            };
            let (subject, predicate, object) = (part()?, part()?, part()?);
            let subject = match subject {
                Term::NamedNode(node) => NamedOrBlankNode::NamedNode(node),
                Term::BlankNode(node) => NamedOrBlankNode::BlankNode(node),
                _ => return None,
            };
            let Term::NamedNode(predicate) = predicate else { return None };
            Triple::new(subject, predicate, object).into()
        }
        usual => {
            let datatype = USUAL.get(usual.checked_sub(kind::USUAL)? as usize)?;
            Literal::new_typed_literal(text()?, *datatype).into()
        }
    })
}

/// The same for the evaluator of expressions, which asks for strings most.
pub(super) fn decode_for_expressions(bytes: Bytes<'_>, prefixes: &Prefixes) -> Option<ExpressionTerm> {
    match string(bytes) {
        Some(text) => Some(ExpressionTerm::StringLiteral(text.to_owned())),
        None => decode(bytes, prefixes).map(ExpressionTerm::from),
    }
}

/// The text of a plain string.
pub(super) fn string(Bytes { first, rest, .. }: Bytes<'_>) -> Option<&str> {
    if first == kind::STRING { std::str::from_utf8(rest).ok() } else { None }
}

fn iri(first: u8, begin: &[u8], rest: &[u8], prefixes: &Prefixes) -> Option<String> {
    let (own, mut place) = if begin.is_empty() { rest.split_at_checked(OWN)? } else { (begin, rest) };
    let (&number, digits) = own.split_first()?;
    let mut iri = prefixes.begin(number, DIGITS + if first == kind::PLACE { 24 } else { 0 })?;
    for byte in digits {
        for nibble in [byte >> 4, byte & 15] {
            iri.push(char::from_digit(u32::from(nibble), 16)?);
        }
    }
    if first == kind::PLACE {
        let begin = read_varint(&mut place)?;
        let end = begin.checked_add(read_varint(&mut place)?)?;
        iri += &format!("#char={begin},{end}");
    }
    Some(iri)
}

/// Seven bits a byte, the lowest first.
pub(super) fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// A hash that stays the same for ever: it places terms in files.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mix = |state: u64, word: u64| {
        let product = u128::from(state.rotate_left(23) ^ word) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        product as u64 ^ (product >> 64) as u64
    };
    let mut state = 0x243f_6a88_85a3_08d3 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        state = mix(state, u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    mix(mix(state, u64::from_le_bytes(last)), 0x1319_8a2e_0370_7344)
}
