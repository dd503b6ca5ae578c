//! How sure it is that a row of an event is right: type, participants and day, and that it is news of its own.
//!
//! A row starts as sure as plain ones are found to be and loses a share for each thing that makes such rows wrong more often. The
//! shares are of rows of real articles read beside their sentences (`docs/events.md`).

use super::kind;
use crate::lexicon::noun::{self, NounClass};
use crate::text::clause::{is_passive, subject};
use crate::text::*;

/// The share of plain rows that are right.
const PLAIN: f64 = 0.93;

/// How sure an event is, of a hundred.
pub fn of(doc: &Document, event: &Event, noun: bool, light: Option<Id<Token>>) -> u8 {
    let factors = [
        told(event),
        attributive(doc, event),
        participants(doc, event, noun),
        pointing(doc, event),
        kind(doc, event, noun),
        tense(doc, event, noun, light),
        day(doc, event),
        sentence(doc, event),
        torn(doc, event),
        object(doc, event),
    ];
    let share = factors.iter().fold(PLAIN, |a, b| a * b);
    // One rounding, of exact thousandths: the same number on every machine.
    (share * 100.0).round().clamp(0.0, 99.0) as u8
}

/// An event without a type of its own only carries a number.
fn told(event: &Event) -> f64 {
    match event.kind.as_str() {
        "Event" => 0.3,
        _ => 1.0,
    }
}

/// "the **injured** reserve", "a **wounded** soldier": a participle before its noun tells a state.
fn attributive(doc: &Document, event: &Event) -> f64 {
    let before =
        doc.relation(event.trigger) == Relation::Amod && doc.head(event.trigger).is_some_and(|h| h > event.trigger);
    // Whatever the tree makes of it: "on **injured** reserve", "the **wounded** man".
    let at = event.trigger.index();
    let framed = doc.xpos(event.trigger) == Xpos::Vbn
        && doc.tokens.at(Id::new(at + 1)).is_some()
        && doc.pos(Id::new(at + 1)) == Pos::Noun
        && at.checked_sub(1).is_some_and(|b| matches!(doc.pos(Id::new(b)), Pos::Adp | Pos::Det));
    if before || framed { 0.6 } else { 1.0 }
}

/// Deeds between two: who accuses, meets or sells nothing has been cut from what it was.
const OF_TWO: &[&str] =
    &["Accuse", "Praise", "Reject", "Demand", "Agree", "Threaten", "Meet", "Trade", "Publish", "Seize"];

/// Deeds done to somebody or something.
const NEEDS_OBJECT: &[&str] = &[
    "Aid",
    "Kill",
    "Injure",
    "Destroy",
    "Arrest",
    "Abduct",
    "Seize",
    "Investigate",
    "Sanction",
    "Torture",
    "Legislate",
    "Publish",
];

/// Things that befall somebody, whoever did them.
const BEFALLS: &[&str] = &[
    "Kill",
    "Injure",
    "Destroy",
    "Arrest",
    "Abduct",
    "Torture",
    "Seize",
    "Shoot",
    "AirStrike",
    "Explode",
    "Crash",
    "Attack",
    "Shell",
    "Disaster",
    "TakeTerritory",
];

/// Who takes part, and where.
fn participants(doc: &Document, event: &Event, noun: bool) -> f64 {
    let agent = !event.agents.is_empty() || event.agent_span.is_some();
    let patient = !event.patients.is_empty() || event.patient_span.is_some();
    let befalls = BEFALLS.contains(&event.kind.as_str());
    match (agent, patient, event.place.is_some()) {
        (false, false, false) => 0.4,
        // "bombings in Oldbury" is an incident; "meetings in Oldbury" is none.
        (false, false, true) if befalls && noun => 1.0,
        (false, false, true) => 0.6,
        (false, true, _) if befalls => 1.0,
        // "condemned the raid": by whom is all the news of it.
        (false, true, _) if !noun && !is_passive(doc, event.trigger) => 0.6,
        // "A peace agreement was signed" is news of its own; "officers were called" asks by whom.
        (false, true, _) if OF_TWO.contains(&event.kind.as_str()) => {
            let worded = matches!(event.kind.as_str(), "Accuse" | "Praise" | "Demand" | "Threaten");
            if noun || worded { 0.7 } else { 0.85 }
        }
        (true, false, false) if OF_TWO.contains(&event.kind.as_str()) => 0.7,
        // "rescued … from the school": whom?
        (true, false, _) if NEEDS_OBJECT.contains(&event.kind.as_str()) && !noun => 0.7,
        _ => 1.0,
    }
}

/// Who is killed or arrested is somebody: no attack, no place.
fn object(doc: &Document, event: &Event) -> f64 {
    if !matches!(event.kind.as_str(), "Kill" | "Injure" | "Arrest" | "Abduct" | "Torture") {
        return 1.0;
    }
    let thing = |m: &Id<Mention>| {
        let row = &doc.mentions[*m];
        let place = noun::of(doc, row.head).is_some_and(|n| n.class == NounClass::Place);
        row.kind != MentionKind::Name
            && doc.pos(row.head) == Pos::Noun
            && (place || kind::is_event_noun(doc.lemma(row.head)))
    };
    if event.patients.iter().any(thing) { 0.6 } else { 1.0 }
}

/// "who", "it", "those": participants that only point, and are resolved to no name.
fn pointing(doc: &Document, event: &Event) -> f64 {
    let bare = |m: &Id<Mention>| {
        let row = &doc.mentions[*m];
        let named = doc.entity_of.at(*m).copied().flatten().and_then(|e| doc.entities.at(e)).is_some_and(|e| e.named);
        row.kind == MentionKind::Pronoun && !named
            || !named && matches!(doc.lower(row.head), "those" | "these" | "this" | "that" | "ones" | "them")
    };
    // "the number of people who died": of whom the number is told, not who died.
    let counted = |s: &Span| {
        let words = doc.slice(*s).to_lowercase();
        ["the number of ", "a number of ", "the toll"].iter().any(|w| words.starts_with(w))
    };
    if event.patient_span.iter().chain(&event.agent_span).any(counted) && event.kind != "ChangeLevel" {
        return 0.6;
    }
    let all = event.agents.iter().chain(&event.patients);
    let words = |s: &Span| {
        matches!(doc.slice(*s).to_lowercase().as_str(), "those" | "these" | "this" | "that" | "others" | "some" | "it")
    };
    let points = all.clone().any(bare) || event.agent_span.iter().chain(&event.patient_span).any(words);
    // "a man's attack on her": the other side still tells it.
    if points { 0.7 } else { 1.0 }
}

/// Types that are seldom news, or ask for more than others.
fn kind(doc: &Document, event: &Event, noun: bool) -> f64 {
    match event.kind.as_str() {
        // Levels of business and money: measured over a period, and told by `numbers-about`.
        "Earn" | "Produce" => 0.4,
        // "deaths from cancer fell by 12 percent": a count of many, over a period.
        _ if noun && is_counted(doc, event.trigger) => 0.6,
        "ChangeLevel" if noun || event.quantities.is_empty() && event.patient_span.is_some() => 0.6,
        "ChangeLevel" => 0.85,
        // "This article was first published on …" tells of the page.
        "Publish" => {
            let page = |t: Id<Token>| {
                matches!(
                    doc.lemma(t),
                    "article" | "story" | "report" | "page" | "video" | "post" | "column" | "version"
                )
            };
            let said = event.trigger;
            let of_page = subject(doc, said).is_some_and(page)
                || doc.sentences[doc.sentence_of(said)].tokens.end.index() < said.index() + 8;
            if of_page && event.agents.is_empty() { 0.2 } else { 0.8 }
        }
        "Transport" | "Cooperate" | "Mobilize" | "Concede" => 0.9,
        _ => 1.0,
    }
}

/// True for several that are the subject of a level's verb: "deaths fell", "thefts doubled".
fn is_counted(doc: &Document, token: Id<Token>) -> bool {
    doc.xpos(token) == Xpos::Nns
        && doc.relation(token) == Relation::Nsubj
        && doc.head(token).is_some_and(|h| kind::is_level(doc.lemma(h)))
}

/// Verbs whose past looks like their present.
const INVARIANT: &[&str] = &[
    "beat", "bet", "burst", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit", "rid", "set", "shed", "shut",
    "slit", "split", "spread", "thrust", "upset",
];

/// The present tense tells what is so, or what may happen any day, not what happened on one.
fn tense(doc: &Document, event: &Event, noun: bool, light: Option<Id<Token>>) -> f64 {
    let verb = light.unwrap_or(event.trigger);
    if noun && light.is_none() || doc.pos(verb) != Pos::Verb {
        return 1.0;
    }
    let headline = doc
        .block_kind(verb)
        .is_some_and(|k| !matches!(k, BlockKind::Paragraph | BlockKind::Question | BlockKind::Answer));
    let aux = |wanted: &[&str]| {
        doc.children(verb)
            .any(|c| matches!(doc.relation(c), Relation::Aux | Relation::AuxPass) && wanted.contains(&doc.lower(c)))
    };
    let perfect = aux(&["has", "have", "had", "'ve", "been"]);
    // "put", "quit", "cut" look alike in both tenses; beside a day that is over they are past.
    let past = INVARIANT.contains(&doc.lower(verb))
        && doc
            .source
            .published
            .as_ref()
            .map(|p| p.date)
            .zip(event.time.and_then(|t| doc.times.at(t)?.latest))
            .is_some_and(|(p, l)| l <= p);
    // A bare form with a subject and no auxiliary is a present tense that the tagger took for an infinitive.
    let own = doc.xpos(verb) == Xpos::Vb
        && doc.children(verb).any(|c| doc.relation(c) == Relation::Nsubj)
        && !doc.children(verb).any(|c| matches!(doc.relation(c), Relation::Aux | Relation::Mark));
    let present = own
        || !past
            && (matches!(doc.xpos(verb), Xpos::Vbz | Xpos::Vbp) || !perfect && aux(&["is", "are", "am", "do", "does"]));
    if present && !headline {
        return 0.55;
    }
    // "…, starting to sell", "an order given by": a participle without an auxiliary is often of another clause than it seems.
    let bare = !doc.children(verb).any(|c| matches!(doc.relation(c), Relation::Aux | Relation::AuxPass));
    // "…, killing six soldiers": not of who is harmed.
    let harmed = BEFALLS.contains(&event.kind.as_str()) && event.patient_span.is_some();
    if bare && !harmed && doc.xpos(verb) == Xpos::Vbg {
        return 0.7;
    }
    let both = !event.agents.is_empty() && (!event.patients.is_empty() || event.patient_span.is_some());
    if bare && !both && doc.relation(verb) == Relation::Acl && !BEFALLS.contains(&event.kind.as_str()) {
        return 0.72;
    }
    // A bare infinitive is somebody's aim.
    if doc.xpos(verb) == Xpos::Vb && !aux(&["did"]) { 0.7 } else { 1.0 }
}

/// How surely the day is the event's own.
fn day(doc: &Document, event: &Event) -> f64 {
    let Some(time) = event.time.and_then(|t| doc.times.at(t)) else { return 1.0 };
    let at = doc.tokens_in(time.span).start;
    let between = at.index().abs_diff(event.trigger.index());
    // Of another clause, the farther the likelier.
    let far = if between > 20 {
        0.7
    } else if between > 12 {
        0.85
    } else {
        1.0
    };
    // "today" in somebody's mouth is the day on which they spoke.
    let quoted = event.statement.is_some_and(|s| doc.statements[s].mode == Mode::Direct);
    let spoken = quoted && time.anchor.is_some();
    // Of a year that is not over the article can only foretell.
    let ahead = doc.source.published.as_ref().zip(time.latest).is_some_and(|(p, l)| l > p.date);
    let foretold = ahead && event.kind == "ChangeLevel";
    far * if foretold { 0.7 } else { 1.0 } * if spoken { 0.75 } else { 1.0 }
}

/// A participant that holds a finite verb is a clause that the tree has taken for a phrase; one of many words often is.
fn torn(doc: &Document, event: &Event) -> f64 {
    let broken = |span: &Span| {
        let tokens = doc.tokens_in(*span);
        let finite = |t: Id<Token>| {
            matches!(doc.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
                && !matches!(doc.relation(t), Relation::AclRelcl | Relation::Amod)
        };
        Id::range(tokens).any(finite)
    };
    let agent = event.agent_span.iter().any(broken);
    let long = event.agent_span.is_some_and(|s| doc.tokens_in(s).end.index() - doc.tokens_in(s).start.index() > 14);
    if agent {
        0.6
    } else if long {
        0.75
    } else {
        1.0
    }
}

/// Sentences in which trees go wrong: very long ones, and lines that are no sentence.
fn sentence(doc: &Document, event: &Event) -> f64 {
    let row = &doc.sentences[doc.sentence_of(event.trigger)];
    let length = row.tokens.end.index() - row.tokens.start.index();
    let ends = Id::range(row.tokens.clone())
        .rev()
        .take(3)
        .any(|t| matches!(doc.lower(t), "." | "!" | "?" | "”" | "\"" | "''"));
    let long = if length > 60 {
        0.75
    } else if length > 45 {
        0.9
    } else {
        1.0
    };
    long * if ends { 1.0 } else { 0.75 }
}
