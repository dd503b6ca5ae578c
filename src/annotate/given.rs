//! A statement that whoever gave the text knows: a reviewed claim has its claimant and its words in fields of their own. It
//! is taken as it is given, and is the only one of its text.

use jiff::civil::Date;

use crate::text::{
    Commitment, Document, Given, Id, Layer, Mention, MentionKind, Modality, Mode, Polarity, Rule, Said, Saying,
    SpeakerKind, Statement, Time, Token,
};

/// Who decided: the field of the input.
const GIVEN: Rule = Rule("statement/given");

/// The mentions with that of the given speaker as one name, whatever was found in it.
pub fn mentions(doc: &Document, given: &Given) -> Layer<Mention> {
    let tokens = doc.tokens_in(given.source);
    let overlaps = |m: &Mention| m.span.start() < given.source.end() && given.source.start() < m.span.end();
    let own: Vec<&Mention> = doc.mentions.iter().filter(|m| overlaps(m)).collect();
    let like =
        own.iter().filter(|m| m.kind == MentionKind::Name).max_by_key(|m| (m.span.len(), m.span.start())).copied();
    let like = like.or(own.first().copied());
    let last = Id::<Token>::new(tokens.end.index().saturating_sub(1));
    let speaker = Mention {
        span: given.source,
        head: like.map_or(last, |m| m.head),
        tokens,
        kind: MentionKind::Name,
        class: like.and_then(|m| m.class),
        title: None,
        gender: like.and_then(|m| m.gender),
        number: like.and_then(|m| m.number),
        made_by: GIVEN,
    };
    let others = doc.mentions.iter().filter(|m| !overlaps(m)).cloned();
    let mut all: Vec<Mention> = others.chain([speaker]).collect();
    all.sort_by_key(|m| (m.span.start(), m.span.end()));
    Layer::new(all)
}

/// The given statement.
pub fn statements(doc: &Document, given: &Given) -> Layer<Statement> {
    let mention = doc.mentions.rows().find(|(_, m)| m.span == given.source).map(|(id, _)| id);
    Layer::new(vec![Statement {
        content: vec![given.content],
        cue: vec![given.cue],
        source: vec![given.source],
        source_mention: mention,
        speaker: mention.and_then(|m| doc.entity_of[m]),
        also: Vec::new(),
        speaker_kind: SpeakerKind::Named,
        mode: Mode::Indirect,
        source_kind: None,
        title: None,
        reason: None,
        parent: None,
        addressee: None,
        medium: None,
        said: said(doc, given),
        polarity: Polarity::Positive,
        saying_negated: false,
        saying: Saying::Said,
        modality: Modality::Asserted,
        commitment: Commitment::Neutral,
        takes_side: false,
        confidence: 100,
        made_by: GIVEN,
    }])
}

/// The day that is given, else that of publication as the last possible one.
fn said(doc: &Document, given: &Given) -> Option<Said> {
    let published: Option<Date> = doc.source.published.as_ref().map(|p| p.date);
    let Some(day) = given.day else {
        return published.map(|latest| Said {
            time: None,
            earliest: None,
            latest: Some(latest),
            rule: Rule("published"),
        });
    };
    let is_it = |t: &Time| t.span.start() >= given.cue.end() && t.span.end() <= given.content.start();
    let time = doc.times.rows().find(|(_, t)| is_it(t)).map(|(id, _)| id);
    Some(Said { time, earliest: Some(day), latest: Some(day), rule: Rule("stated") })
}
