//! Repairs: what the taggers cut too short, took too long or mixed up, where the text itself leaves no doubt.

use std::ops::Range;

use super::model::Found;
use super::quoted::{Draft, merge};
use super::reading::{OPENS, Paragraph, Reading};
use super::source;
use super::tree;
use crate::lexicon::noun::{self, NounClass};
use crate::text::{Document, Id, Mention, MentionKind, NameClass, Pos, Relation, Token, Xpos};

/// "said the blast in the harbour, a quiet place, was heard far away" with the first noun phrase alone taken for what was
/// said: what one says is a clause.
pub fn clause_of_saying(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let [piece] = &mut found.content[..] else { return };
    let said = found.cue.clone().rev().find(|&t| doc.lemma(Id::new(t)) == "say");
    let Some(verb) = said.filter(|_| piece.start >= found.cue.end && piece.start < piece.end) else { return };
    let is_clause = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux);
    if piece.clone().any(|t| is_clause(t) || reading.quote[t] != 0)
        || reading.sentence[piece.start] != reading.sentence[verb]
    {
        return;
    }
    let Some(clause) = tree::children(doc, reading, verb, &[Relation::Ccomp]).find(|&c| c >= piece.end) else { return };
    let mut end = tree::subtree(doc, reading, clause).end;
    while end > piece.end && reading.shape[end - 1] == 1 {
        end -= 1;
    }
    if !found.source.as_ref().is_some_and(|s| s.start < end && piece.end < s.end) {
        piece.end = end;
    }
}

/// "a mode that would | disable some functions", "no mention of his | promise": a content that stops at a small word goes on
/// to the end of what the word belongs to.
pub fn unfinished(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    use Relation::{Amod, Aux, AuxPass, Case, Cc, Compound, Cop, Det, Mark, NmodDesc, NmodPoss, Nummod};
    const SMALL: [Relation; 12] = [Amod, NmodDesc, Aux, AuxPass, Case, Cc, Compound, Cop, Det, Mark, NmodPoss, Nummod];
    let Some(last) = found.content.last_mut().filter(|c| c.start < c.end) else { return };
    let at = last.end - 1;
    let Some(head) = reading.up(at).filter(|&h| h > at) else { return };
    if !tree::relation(reading, at).is_some_and(|r| SMALL.contains(&r)) || found.cue.contains(&at) {
        return;
    }
    let end = tree::subtree(doc, reading, head).end;
    let mut end = (head + 1..end).find(|&t| doc.lower(Id::new(t)) == ",").unwrap_or(end);
    while end > last.end && reading.shape[end - 1] == 1 && reading.quote[end - 1] == 0 {
        end -= 1;
    }
    let crossed = |r: &Range<usize>| r.start < end && last.end < r.end;
    let enters = (last.end..end).any(|t| reading.quote[t] == OPENS);
    if !enters && !crossed(&found.cue) && !found.source.as_ref().is_some_and(crossed) {
        last.end = end;
    }
}

/// "After confirmation that a bomb was found, the town closed the station": what a noun in such a phrase reports was not
/// said by the subject of the sentence.
pub fn nobody(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let [noun] = found.cue.clone().collect::<Vec<_>>()[..] else { return };
    let Some(source) = found.source.clone() else { return };
    if reading.band[noun] != 7 || !matches!(tree::relation(reading, noun), Some(Relation::Obl)) {
        return;
    }
    let after = tree::children(doc, reading, noun, &[Relation::Case]).any(|t| {
        matches!(doc.lower(Id::new(t)), "after" | "following" | "despite" | "amid" | "before" | "upon" | "pending")
    });
    let own = tree::subtree(doc, reading, noun);
    if after && !(own.start <= source.start && source.end <= own.end) {
        found.source = None;
    }
}

/// "**Marek's** relatives in Lodz have fought …, saying": who is somebody's speaks, and not whose he is. "**33**% say": a sign that
/// is written on a number belongs to it.
pub fn whole_source(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone().filter(|s| !s.is_empty()) else { return };
    let mut end = source.end;
    if doc.touches(Id::new(end)) && doc.lower(Id::new(end)) == "%" && doc.pos(Id::new(end - 1)) == Pos::Num {
        end += 1;
    }
    let possessive = source.len() > 1 && doc.tags.at(Id::new(end - 1)).is_some_and(|t| t.xpos == Xpos::Pos);
    let owner = (source.start..end - 1).rev().find(|&t| tree::relation(reading, t) == Some(Relation::NmodPoss));
    if possessive
        && let Some(owned) = owner.and_then(|o| reading.up(o)).filter(|&n| n >= end)
        && matches!(doc.pos(Id::new(owned)), Pos::Noun | Pos::Propn)
    {
        let whole = tree::subtree(doc, reading, owned);
        let bar = |t: usize| {
            matches!(doc.lower(Id::new(t)), "," | ":" | ";" | "(" | "who" | "which" | "that")
                || reading.quote[t] != 0
                || found.cue.contains(&t)
                || found.content.iter().any(|c| c.contains(&t))
        };
        if whole.start <= source.start && !(end..owned + 1).any(bar) {
            end = (owned + 1..whole.end).find(|&t| bar(t)).unwrap_or(whole.end);
        }
    }
    if end > source.end && !found.cue.contains(&(end - 1)) {
        found.source = Some(source.start..end);
    }
}

/// "“…,” she told | **ambassadors of 30 countries**": behind a quotation who is told is no part of what was said.
pub fn hearer(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let cue = found.cue.clone();
    let tells = cue.clone().any(|t| matches!(doc.lemma(Id::new(t)), "tell" | "remind" | "inform" | "assure"));
    let quoted = |c: &Range<usize>| c.clone().all(|t| reading.quote[t] != 0 || reading.shape[t] == 1);
    if !tells || found.content.len() < 2 || !found.content.iter().any(|c| c.end <= cue.start && quoted(c)) {
        return;
    }
    found.content.retain(|c| {
        let plain = c.clone().all(|t| reading.quote[t] == 0 && !matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
        !(c.start >= cue.end && c.start <= cue.end + 1 && plain)
    });
}

/// "warned jurors | **not to discuss the case**": whom somebody asks, and what for, is one content.
pub fn to_do(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let [piece] = &mut found.content[..] else { return };
    let word = |t: usize| doc.lower(Id::new(t));
    let plain = |t: usize| reading.quote[t] == 0 && !matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux);
    if piece.start < found.cue.end || piece.start >= piece.end || !piece.clone().all(plain) {
        return;
    }
    let object = tree::head_of(reading, piece.clone());
    let asked = reading.up(object).is_some_and(|v| found.cue.contains(&v))
        && tree::relation(reading, object).is_some_and(|r| matches!(r, Relation::Obj | Relation::Iobj));
    let to = piece.end + usize::from(matches!(word(piece.end), "not" | "never"));
    let verb = to + 1;
    let here = |t: usize| doc.tokens.at(Id::new(t)).is_some() && reading.sentence[t] == reading.sentence[object];
    if !asked || word(to) != "to" || !here(verb) || doc.xpos(Id::new(verb)) != Xpos::Vb {
        return;
    }
    let mut end = tree::subtree(doc, reading, verb).end;
    while end > verb + 1 && reading.shape[end - 1] == 1 {
        end -= 1;
    }
    if end > piece.end && !found.source.as_ref().is_some_and(|s| s.start < end && piece.end < s.end) {
        piece.end = end;
    }
}

/// "I take **what** he said seriously": a question word alone is not what anybody said.
pub fn only_what(doc: &Document, _: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| matches!(doc.lower(Id::new(t)), "what" | "whatever" | "which" | "who" | "whom");
    if let [piece] = &found.content[..]
        && piece.len() == 1
        && word(piece.start)
    {
        found.content.clear();
    }
}

/// "said | **on** average there were 3.5 deaths", "said in | **part** the delay was caused": a small word whose noun hangs in what was
/// said, or stands bare before the clause, belongs to that.
pub fn adverbial(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(verb) = found.cue.clone().find(|&t| doc.pos(Id::new(t)) == Pos::Verb) else { return };
    let cue = found.cue.clone();
    let Some(piece) = found.content.iter_mut().find(|c| c.start > verb && c.len() > 2) else { return };
    let Some(small) = piece.start.checked_sub(1).filter(|&t| t > verb && (t >= cue.end || t + 1 == cue.end)) else {
        return;
    };
    let noun =
        reading.up(small).filter(|n| piece.contains(n) && tree::relation(reading, small) == Some(Relation::Case));
    let Some(noun) = noun.filter(|_| small <= cue.end) else { return };
    let inside = reading.up(noun).is_some_and(|v| v > small && piece.contains(&v));
    let clause = tree::children(doc, reading, verb, &[Relation::Ccomp]).any(|c| c > noun && piece.contains(&c));
    let bare = noun == small + 1 && doc.xpos(Id::new(noun)) == Xpos::Nn && clause;
    if inside || bare {
        piece.start = small;
        found.cue.end = cue.end.min(small);
    }
}

/// A capitalised word that no list of cues has and that stands behind another capitalised word elsewhere in the article:
/// a surname.
pub fn known_name(reading: &Reading, at: usize) -> bool {
    let surname = |(first, last): &(u32, u32)| *first as usize != at || *last as usize != at;
    reading.shape[at] == 3 && reading.band[at] == 0 && reading.surnames.get(&reading.word[at]).is_some_and(surname)
}

/// Takes off what is no part of the speaker: marks, a label in front ("Moscow: "), the day behind ("on Wednesday"),
/// what follows a dash.
pub fn trim_source(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    // "…, **although the figure was not** confirmed by police": a clause is nobody.
    let opens = |s: &Range<usize>| matches!(doc.lower(Id::new(s.start)), "although" | "though" | "because" | "unless");
    if found.source.as_ref().is_some_and(|s| opens(s) && s.clone().any(|t| tree::is_finite(doc, t))) {
        found.source = None;
        found.content.clear();
        return;
    }
    if let Some(source) = found.source.take() {
        found.source = trimmed_source(doc, paragraph, reading, source);
    }
}

/// Where who speaks begins behind a time: "On Wednesday **General Ray**", "Last Friday **the mayor**". A time that is part of
/// a name ("Sunday Times editor") or of what is named ("March figures") stays.
fn behind_time(doc: &Document, source: Range<usize>) -> usize {
    let adposition = |t: usize| {
        matches!(doc.lower(Id::new(t)), "on" | "in" | "at" | "since" | "during" | "until" | "after" | "before")
    };
    let begin = source.start + usize::from(adposition(source.start));
    let preposition = begin.checked_sub(1).is_some_and(adposition);
    let span = doc.span_of(Id::new(source.start)..Id::new(source.end));
    let near = doc.span_of(Id::new(source.start.saturating_sub(3))..Id::new(source.end));
    let mut times = doc.times.within(near).map(|time| doc.tokens_in(doc.times[time].span));
    let leading =
        |time: &Range<Id<Token>>| time.start.index() <= begin && (begin + 1..source.end).contains(&time.end.index());
    let Some(time) = times.find(leading) else { return source.start };
    let next = time.end;
    let last = Id::new(next.index() - 1);
    let mentions = || doc.mentions.within(span).map(|mention| &doc.mentions[mention]);
    let is_name = |m: &Mention| m.kind == MentionKind::Name && m.tokens.start <= last && next < m.tokens.end;
    let in_name = mentions().any(is_name);
    let titled = mentions().any(|m| m.title.is_some_and(|title| doc.tokens_in(title).start == next));
    let leads = match doc.pos(next) {
        Pos::Det | Pos::Pron | Pos::Propn => true,
        // After "on Thursday" it is who speaks: "on Thursday officials" would be no subject. "In the 2009 paper" is.
        Pos::Noun | Pos::Adj => preposition && doc.pos(time.start) != Pos::Det,
        _ => false,
    };
    if (titled || leads) && !in_name { next.index() } else { source.start }
}

fn trimmed_source(
    doc: &Document,
    paragraph: &Paragraph,
    reading: &Reading,
    source: Range<usize>,
) -> Option<Range<usize>> {
    let word = |t: usize| doc.lower(Id::new(t));
    let (mut start, mut end) = (source.start, source.end);
    if start == paragraph.tokens.start
        && let Some(colon) = (start..end.min(start + 5)).find(|&t| word(t) == ":")
        && colon + 1 < end
    {
        start = colon + 1;
    }
    // The lower-cased form makes every dash plain; a hyphen or the en dash of "Smith–Jones" divides nothing.
    if let Some(dash) = (start + 1..end).find(|&t| matches!(doc.word(Id::new(t)), "—" | "―" | "--")) {
        end = dash;
    }
    // "…, say doctors; the radio is silent".
    if let Some(stop) = (start + 1..end).find(|&t| word(t) == ";") {
        end = stop;
    }
    let span = doc.span_of(Id::new(start)..Id::new(end));
    for time in doc.times.within(span) {
        let tokens = doc.tokens_in(doc.times[time].span);
        let (first, last) = (tokens.start.index(), tokens.end.index());
        // "NBC's Today" is a name; "…, who was Ray's adviser in 2012" tells of him.
        let of_him = || {
            matches!(word(first - 1), "'s" | "’s") || (start..first).any(|t| matches!(word(t), "," | "who" | "that"))
        };
        let owned = (start..first).any(|t| matches!(word(t), "'s" | "’s"));
        if last == end && first > start && !(owned && of_him()) {
            let preposition = first > start + 1 && matches!(word(first - 1), "on" | "in" | "at" | "late" | "early");
            end = if preposition { first - 1 } else { first };
        }
    }
    start = behind_time(doc, start..end);
    let bare = |t: usize| reading.shape[t] == 1 && !matches!(word(t), ")" | "(" | "." | "#" | "@" | "'s" | "’s");
    // "an outbreak **officials** believe began": the article belongs to the noun that the clause says more of.
    if end >= start + 3
        && matches!(word(start), "a" | "an")
        && doc.xpos(Id::new(end - 1)) == Xpos::Nns
        && doc.xpos(Id::new(end - 2)) == Xpos::Nn
        && noun::of(doc, Id::new(end - 1)).is_some_and(|n| !matches!(n.class, NounClass::Place | NounClass::Document))
        && !matches!(word(start + 1), "number" | "group" | "lot" | "few")
    {
        start = end - 1;
    }
    // "**The Cedar Way**, Wash.-based company": where a firm is based may take two names.
    let sentence = tree::sentence(doc, reading, start).start;
    if start + 3 < end
        && word(start + 1) == "-"
        && word(start + 2) == "based"
        && start > sentence + 1
        && word(start - 1) == ","
    {
        let mut at = start - 1;
        while at > sentence && doc.pos(Id::new(at - 1)) == Pos::Propn {
            at -= 1;
        }
        if at < start - 1 {
            start = if at > sentence && matches!(word(at - 1), "the" | "a") { at - 1 } else { at };
        }
    }
    // "Outside court **she** told reporters": a pronoun that is a subject is all of who speaks.
    let subject = |t: usize| matches!(word(t), "he" | "she" | "they" | "i" | "we");
    if end > start + 1
        && subject(end - 1)
        && reading.up(end - 1).is_none_or(|up| !(start..end).contains(&up))
        && !(start..end - 1).any(|t| matches!(word(t), "and" | "or" | "nor") || subject(t))
    {
        start = end - 1;
    }
    // "to the office, which": a preposition is no part of who speaks.
    while start + 1 < end
        && matches!(word(start), "to" | "by" | "from" | "of" | "with")
        && doc.pos(Id::new(start)) == Pos::Adp
    {
        start += 1;
    }
    while start < end && (bare(start) || matches!(word(start), ")" | ".")) {
        start += 1;
    }
    // "what activists said were barrel bombs": the relative is no part of who says it.
    if start + 1 < end && word(start) == "what" {
        start += 1;
    }
    while end > start && bare(end - 1) {
        end -= 1;
    }
    // "'s **Craig Ray**": whose stands elsewhere.
    if end > start + 1 && matches!(word(start), "'s" | "’s") {
        start += 1;
    }
    (start < end).then(|| start..finished(doc, reading, start..end))
}

/// "Weingarten, **who has**", "an official who led the inquiry **and**", "a poll **released**" on Friday: where who speaks
/// ends before a clause of which nothing else is left.
fn finished(doc: &Document, reading: &Reading, source: Range<usize>) -> usize {
    let word = |t: usize| doc.lower(Id::new(t));
    let told = |source: Range<usize>| {
        let head = Id::new(tree::head_of(reading, source));
        noun::of(doc, head).is_some_and(|n| n.class == NounClass::Document)
    };
    // "exit polls, **which Mr. Ray**", "people **whose dealings with Ray**": a relative without its verb.
    // Of "who" and "that" the next word may well be the verb, whatever it is read as.
    let relative = |t: &usize| match doc.xpos(Id::new(*t)) {
        Xpos::WpPoss => true,
        Xpos::Wdt | Xpos::Wp => {
            t + 1 < source.end && matches!(doc.pos(Id::new(t + 1)), Pos::Det | Pos::Propn | Pos::Pron)
        }
        _ => false,
    };
    let mut end = match (source.start + 1..source.end).rfind(relative) {
        Some(r) if !(r..source.end).any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux)) => r,
        _ => source.end,
    };
    while end > source.start + 1 {
        let last = Id::new(end - 1);
        let open = match doc.pos(last) {
            Pos::Cconj | Pos::Sconj | Pos::Aux => true,
            // "Those surveyed", "fighters captured" are whom it means; of a poll the participle tells the day alone.
            Pos::Verb if matches!(doc.xpos(last), Xpos::Vbn | Xpos::Vbd) => {
                is_before_time(doc, end) && told(source.start..end - 1)
            }
            _ => matches!(word(end - 1), "who" | "which" | "whose" | "whom" | "," | ";" | "has" | "have"),
        };
        if !open {
            break;
        }
        end -= 1;
    }
    end
}

/// True where a time, or a preposition and a time, stands right behind.
fn is_before_time(doc: &Document, end: usize) -> bool {
    let begin = end + usize::from(doc.tokens.at(Id::new(end)).is_some() && doc.pos(Id::new(end)) == Pos::Adp);
    let span = doc.span_of(Id::new(end)..Id::new((begin + 4).min(doc.tokens.len())));
    doc.times.within(span).any(|time| (end..=begin).contains(&doc.tokens_in(doc.times[time].span).start.index()))
}

/// "The images showed rows of trucks, a person familiar with the matter said": what stands before the comma is the
/// content as a whole.
pub fn up_to_the_comma(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let front = found.source.as_ref().map_or(found.cue.start, |s| s.start.min(found.cue.start));
    let reporting = found.cue.clone().any(|t| reading.band[t] == 1 || word(t) == "according");
    let Some(last) = found.content.last_mut() else { return };
    if !reporting
        || last.end >= front
        || front < 2
        || word(front - 1) != ","
        || reading.sentence[last.end - 1] != reading.sentence[found.cue.start]
    {
        return;
    }
    let gap = last.end..front - 1;
    let free = gap.clone().all(|t| reading.quote[t] == 0 && reading.band[t] != 1 && word(t) != "according");
    // Behind a comma of its own a subordinate clause may well be the writer's.
    let aside = gap.start < gap.end && matches!(word(gap.start), "," | ";");
    if free && !aside && gap.clone().any(|t| reading.shape[t] != 1) {
        last.end = gap.end;
    }
}

/// "attacks claimed by the group": the agent of a passive says it, of the thing that the participle belongs to.
pub fn agent(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    if found.cue.is_empty() {
        return;
    }
    let verb = tree::head_of(reading, found.cue.clone());
    let Some(agent) = tree::children(doc, reading, verb, &[Relation::OblAgent]).next() else { return };
    let mut range = tree::subtree(doc, reading, agent);
    let by = doc.lower(Id::new(range.start)) == "by";
    range.start += usize::from(by);
    let touches = |c: &Range<usize>| c.start < range.end && range.start < c.end;
    let behind = found.content.iter().all(|c| c.start >= range.start) && found.source.as_ref().is_some_and(touches);
    if !by || range.is_empty() || !(behind || found.content.iter().any(touches)) {
        return;
    }
    let passive = |v: usize| tree::children(doc, reading, v, &[Relation::NsubjPass]).next();
    let thing = match tree::relation(reading, verb) {
        Some(Relation::Acl) => reading.up(verb),
        Some(Relation::Conj) => passive(verb).or_else(|| reading.up(verb).and_then(passive)),
        _ => passive(verb),
    };
    let Some(thing) = thing else { return };
    let mut content = tree::subtree(doc, reading, thing);
    content.end = content.end.min(found.cue.start);
    while content.end > content.start && reading.shape[content.end - 1] == 1 {
        content.end -= 1;
    }
    if !content.is_empty() && content.end <= found.cue.start {
        found.content = vec![content];
        found.source = Some(range);
    }
}

/// "…, she said. It hit depots first, he said": a piece that another cue of its own sentence claims is not ours.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn claimed(_: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    for at in 0..drafts.len() {
        if drafts[at].paragraph != number || drafts[at].found.content.len() < 2 || drafts[at].found.cue.is_empty() {
            continue;
        }
        let home = reading.sentence[drafts[at].found.cue.start];
        let claimed: Vec<bool> = drafts[at]
            .found
            .content
            .iter()
            .map(|piece| {
                let elsewhere = reading.sentence[piece.start] != home;
                let own = &drafts[at].found;
                let front = own.source.as_ref().map_or(own.cue.start, |s| s.start.min(own.cue.start));
                // "While the ministry declined to comment on the plan, an official said that …".
                let before = piece.end <= front && own.content.iter().any(|c| c.start >= own.cue.end);
                // "She would not confirm it. “We saw the claims. We saw no trucks,” she said": the quotation has a cue.
                let inside = elsewhere
                    && reading.quote[piece.start] == OPENS
                    && drafts.iter().enumerate().any(|(other, d)| {
                        let holds =
                            |c: &Range<usize>| c.start <= piece.start && piece.end <= c.end && c.len() > piece.len();
                        other != at && !d.found.cue.is_empty() && d.found.content.iter().any(holds)
                    });
                inside
                    || (elsewhere || before)
                        && drafts.iter().enumerate().any(|(other, d)| {
                            other != at
                                && !d.found.cue.is_empty()
                                && reading.sentence[d.found.cue.start] == reading.sentence[piece.start]
                                && !piece.contains(&d.found.cue.start)
                                && d.found.content.iter().any(|c| c.start <= piece.start && piece.start < c.end)
                        })
            })
            .collect();
        if claimed.contains(&false) {
            let mut claimed = claimed.iter();
            drafts[at].found.content.retain(|_| !*claimed.next().unwrap_or(&false));
        }
    }
}

/// "…, an official was quoted as saying by news agencies": the agencies are a source of their own, of the whole.
pub fn through(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let mut outer = Vec::new();
    for draft in drafts.iter_mut().filter(|d| d.paragraph == number) {
        let cue = draft.found.cue.clone();
        if !cue.clone().any(|t| matches!(word(t), "quoted" | "cited")) || !cue.clone().any(|t| word(t) == "as") {
            continue;
        }
        let by = (cue.start..reading.len().min(cue.end + 1)).rev().find(|&t| word(t) == "by");
        let Some(by) = by else { continue };
        let subject = || {
            let verb = cue.clone().find(|&t| matches!(word(t), "quoted" | "cited"))?;
            let subject = tree::children(doc, reading, verb, &[Relation::NsubjPass, Relation::Nsubj]).next()?;
            let mut range = tree::subtree(doc, reading, subject);
            range.start = range.start.max(range.clone().rev().find(|&t| reading.quote[t] != 0).map_or(0, |t| t + 1));
            (range.end <= cue.start && !range.is_empty()).then_some(range)
        };
        let Some(source) = draft.found.source.clone().or_else(subject) else { continue };
        // The taggers may have given the speaker to the content.
        for piece in draft.found.content.iter_mut().filter(|c| c.contains(&source.start) && c.start < source.start) {
            piece.end = source.start;
        }
        draft.found.source = Some(source.clone());
        if by + 1 < cue.end {
            continue;
        }
        let end = (by + 1..reading.paragraphs[number].tokens.end)
            .find(|&t| reading.shape[t] == 1 || matches!(word(t), "on" | "as" | "in" | "after" | "that"))
            .unwrap_or(by + 1);
        if end == by + 1 || source.contains(&by) {
            continue;
        }
        draft.found.cue = cue.start..by;
        let mut content = draft.found.content.clone();
        content.push(source);
        merge(reading, &mut content);
        outer.push(Draft {
            found: Found { cue: cue.start..by + 1, source: Some(by + 1..end), content },
            paragraph: number,
            made_by: "statement/through",
            carries: None,
        });
    }
    drafts.extend(outer);
}

/// "The paper quoted an unnamed officer as saying …": the officer says it, the paper that he said it.
pub fn quoting(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let mut inner = Vec::new();
    for draft in drafts.iter_mut().filter(|d| d.paragraph == number && d.made_by == "statement/model") {
        let found = &mut draft.found;
        let verb = found.cue.clone().find(|&t| matches!(word(t), "quoted" | "quotes" | "cited" | "cites"));
        let Some(verb) = verb else { continue };
        let passive = reading.children[verb] & super::reading::child_bit(Relation::AuxPass) != 0;
        let Some(object) = tree::children(doc, reading, verb, &[Relation::Obj]).find(|&t| t > verb) else { continue };
        let end = reading.paragraphs[number].tokens.end.min(verb + 16);
        let says = (object..end.saturating_sub(1)).find(|&t| word(t) == "as" && source::tells(doc, t + 1));
        let Some(says) = says.filter(|_| !passive && found.source.is_some()) else { continue };
        let mut person = tree::subtree(doc, reading, object);
        person.end = person.end.min(says);
        person.start = person.start.max(verb + 1);
        let behind = found.content.iter().find(|c| c.start < says && c.end > says + 2).map(|c| says + 2..c.end);
        let said: Vec<Range<usize>> = found
            .content
            .iter()
            .map(|c| if c.start < says { c.start..c.end.min(person.start.max(c.start)) } else { c.clone() })
            .collect();
        let said: Vec<Range<usize>> =
            said.into_iter().filter(|c| !c.is_empty() && (c.end <= verb || c.start > says)).chain(behind).collect();
        if said.is_empty() || person.is_empty() {
            continue;
        }
        found.cue = verb..verb + 1;
        let mut whole = said.clone();
        whole.push(person.clone());
        merge(reading, &mut whole);
        found.content = whole;
        draft.made_by = "statement/through";
        inner.push(Draft {
            found: Found { cue: says..says + 2, source: Some(person), content: said },
            paragraph: number,
            made_by: "statement/quoted-as",
            carries: None,
        });
    }
    drafts.extend(inner);
}

/// "The site, citing a source in the ministry, reported that …": what the site reports is what its source says.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn citing(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    for at in 0..drafts.len() {
        let own = &drafts[at].found;
        let [person] = own.content.as_slice() else { continue };
        let cites = own.cue.len() == 1 && matches!(word(own.cue.start), "citing" | "quoting");
        let clause = person.clone().any(|t| {
            matches!(tree::relation(reading, t), Some(Relation::Nsubj | Relation::NsubjPass)) || reading.quote[t] != 0
        });
        let head = tree::head_of(reading, person.clone());
        let body = [NameClass::Person, NameClass::Organisation];
        let somebody = doc.mentions_headed(Id::new(head)).any(|(_, m)| m.class.is_some_and(|c| body.contains(&c)));
        if drafts[at].paragraph != number
            || !cites
            || !somebody
            || clause
            || person.start < own.cue.end
            || person.len() > 14
        {
            continue;
        }
        let report = drafts.iter().find(|d| {
            d.paragraph == number
                && !d.found.cue.is_empty()
                && d.found.cue != own.cue
                && reading.sentence[d.found.cue.start] == reading.sentence[own.cue.start]
                && d.found.source.is_some()
                && d.found.source == own.source
                && d.found.cue.clone().any(|t| reading.band[t] == 1)
        });
        let Some(content) = report.map(|d| d.found.content.clone()) else { continue };
        let person = person.clone();
        if content.iter().any(|c| c.start < person.end && person.start < c.end) {
            continue;
        }
        drafts[at].found.source = Some(person);
        drafts[at].found.content = content;
        drafts[at].made_by = "statement/cited";
    }
}

/// "State television showed the bombs, the agency reports.": a reporting clause behind the last comma of a sentence
/// that no cue was found in holds the whole sentence before it; the same at the end of what another source is quoted
/// for ("…, the secretary said on Tuesday, according to the ministry").
pub fn trailing(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let mut found = Vec::new();
    let mut wholes: Vec<Range<usize>> = Vec::new();
    for sentence in paragraph.sentences.clone() {
        let tokens = &doc.sentences[Id::new(sentence)].tokens;
        wholes.push(tokens.start.index()..tokens.end.index());
    }
    let according = |d: &&Draft| d.found.cue.clone().any(|t| doc.lower(Id::new(t)) == "according");
    let here = |d: &&Draft| d.paragraph == number;
    wholes.extend(drafts.iter().filter(here).filter(according).flat_map(|d| d.found.content.iter().cloned()));
    for whole in wholes {
        let Some((comma, verb)) = reporting_tail(doc, reading, whole.clone()) else { continue };
        let taken = drafts.iter().any(|d| {
            d.paragraph == number
                && (d.found.cue.contains(&verb) || d.found.source.as_ref().is_some_and(|s| s.contains(&verb)))
        });
        if taken {
            continue;
        }
        found.push(Draft {
            found: Found { cue: verb..verb + 1, source: Some(comma + 1..verb), content: vec![whole.start..comma] },
            paragraph: number,
            made_by: "statement/trailing",
            carries: None,
        });
    }
    drafts.extend(found);
}

/// The last comma of a range and the plain verb of reporting behind it, when only a subject stands between them and at
/// most a day follows.
fn reporting_tail(doc: &Document, reading: &Reading, range: Range<usize>) -> Option<(usize, usize)> {
    let word = |t: usize| doc.lower(Id::new(t));
    let (start, mut end) = (range.start, range.end);
    while end > start && reading.shape[end - 1] == 1 {
        end -= 1;
    }
    if end < start + 8 || reading.quote[start] != 0 {
        return None;
    }
    let comma = (end.saturating_sub(9).max(start)..end).rev().find(|&t| word(t) == ",")?;
    let verb = (comma + 1..end).find(|&t| matches!(reading.band[t], 1 | 7) && t > comma + 1)?;
    let plain = matches!(
        word(verb),
        "said"
            | "says"
            | "say"
            | "reported"
            | "reports"
            | "report"
            | "wrote"
            | "writes"
            | "announced"
            | "added"
            | "confirmed"
    );
    // Only the subject, the verb and perhaps a day.
    let short = verb + 4 >= end && reading.quote[verb] == 0;
    let opens = matches!(
        word(comma + 1),
        "which" | "who" | "that" | "and" | "but" | "as" | "it" | "when" | "where" | "according"
    );
    let nouns = [Xpos::Nn, Xpos::Nnp, Xpos::Prp, Xpos::Nns, Xpos::Nnps].map(|x| x as u8 + 1);
    let noun = (comma + 1..verb).any(|t| reading.name[t] != 0 || nouns.contains(&reading.xpos[t]));
    (plain && short && !opens && noun).then_some((comma, verb))
}
