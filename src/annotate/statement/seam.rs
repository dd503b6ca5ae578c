//! Seams: a cue that runs on into the next one, a content in pieces that are one, or with words at its ends that are
//! not said.

use std::ops::Range;

use super::figure;
use super::model::Found;
use super::quoted::Draft;
use super::reading::{self, Paragraph, Reading};
use super::tree;
use crate::text::{Commitment, Document, Id, MentionKind, NameClass, NamePart, Pos, Relation, Xpos};

/// Marks of the reading's shapes.
const MARK: u8 = 1;

/// "He is expected to …" with nothing behind: a bare subject says nothing.
pub fn bare_subject(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    found.content.retain(|c| !c.is_empty());
    let words: Vec<usize> = found.content.iter().cloned().flatten().filter(|&t| reading.shape[t] != MARK).collect();
    if let [one] = words.as_slice()
        && matches!(doc.lower(Id::new(*one)), "he" | "she" | "they" | "i" | "we" | "you" | "who" | "which" | "whom")
        && reading.quote[*one] == 0
    {
        found.content.clear();
    }
}

/// "Nineteen thousand, say the organisers": with the verb of saying in front of its subject the parser may take the
/// content for the subject.
pub fn inverted(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    // "Fire kills 12, **say police**; mayor silent": who stands right behind the cue, taken for more of what is said.
    if found.source.is_none()
        && !found.cue.is_empty()
        && matches!(doc.lower(Id::new(found.cue.end - 1)), "say" | "says" | "said")
    {
        let nominal =
            |t: usize| matches!(doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part);
        let behind = found.content.iter().position(|c| {
            c.start == found.cue.end
                && c.len() <= 6
                && c.clone().all(nominal)
                && super::aside::somebody(doc, reading, tree::head_of(reading, c.clone()))
        });
        if let Some(at) = behind.filter(|_| found.content.len() > 1) {
            found.source = Some(found.content.remove(at));
            return;
        }
    }
    if let Some((content, source)) = behind_its_clause(doc, reading, paragraph, found) {
        found.content = vec![content];
        found.source = Some(source);
        return;
    }
    let word = |t: usize| doc.lower(Id::new(t));
    let Some(source) = found.source.clone() else { return };
    let cue = found.cue.clone();
    let [only] = found.content.as_slice() else { return };
    let only = only.clone();
    let plain = cue.len() == 1 && matches!(word(cue.start), "say" | "says" | "said");
    let verb = |r: &Range<usize>| {
        r.clone().any(|t| matches!(doc.pos(Id::new(t)), crate::text::Pos::Verb | crate::text::Pos::Aux))
    };
    let comma = cue.start > 0 && word(cue.start - 1) == "," && source.end + 1 == cue.start;
    let determined = matches!(word(only.start), "the" | "a" | "an" | "its" | "their" | "his" | "her" | "some");
    if plain && comma && only.start == cue.end && only.len() <= 6 && determined && !verb(&only) {
        let day = matches!(word(only.end - 1), "today" | "yesterday" | "now" | "here") && only.len() > 2;
        found.content = vec![source];
        found.source = Some(only.start..only.end - usize::from(day));
    }
}

/// "Rents have doubled, **reports the daily Norrick Post**", "It bit nobody, **claims its owner, a retired baker**": a verb that
/// may end a quotation, behind a clause and its comma, with nothing but somebody up to the stop. The words before are what
/// is said, whatever the parser hangs where.
fn behind_its_clause(
    doc: &Document,
    reading: &Reading,
    paragraph: &Paragraph,
    found: &Found,
) -> Option<(Range<usize>, Range<usize>)> {
    use crate::text::{BlockKind, Pos, Xpos};
    let word = |t: usize| doc.lower(Id::new(t));
    let cue = found.cue.clone();
    // "Heat kills 130, say doctors": in a headline other verbs may go on with its subject.
    let headline = doc.blocks.at(paragraph.block).is_some_and(|b| b.kind == BlockKind::Headline);
    let body = !headline || doc.lemma(Id::new(cue.start.min(doc.tokens.len() - 1))) == "say";
    if cue.len() != 1 || !body || cue.start == 0 || word(cue.start - 1) != "," {
        return None;
    }
    let quotes = super::cue::cues().form(word(cue.start)).any(|r| {
        r.class == super::cue::Class::Verb
            && r.force != super::cue::Force::Stance
            && r.takes.iter().any(|t| matches!(*t, "quote" | "that"))
    });
    if !quotes || !matches!(doc.xpos(Id::new(cue.start)), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp | Xpos::Nns) {
        return None;
    }
    let Range { mut start, mut end } = tree::sentence(doc, reading, cue.start);
    end = (cue.end..end).find(|&t| word(t) == ";").unwrap_or(end);
    while start < cue.start && reading.shape[start] == MARK {
        start += 1;
    }
    while end > cue.end && reading.shape[end - 1] == MARK {
        end -= 1;
    }
    let outside = (start..end).all(|t| reading.quote[t] == reading::OUTSIDE);
    // Who says it: no verb but in a relative clause, or behind a comma.
    let relative = |t: usize| {
        t > cue.end
            && (matches!(word(t), "who" | "which" | "whose" | "whom")
                || tree::relation(reading, t).is_some_and(|r| r.is("acl") && r != Relation::AclRelcl)
                    && reading.up(t).is_some_and(|h| (cue.end..t).contains(&h)))
    };
    let comma = (cue.end..end).find(|&t| word(t) == "," || relative(t)).unwrap_or(end);
    let verb = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux);
    let source = cue.end..end;
    if !outside || comma == cue.end || source.len() > 20 || (cue.end..comma).any(verb) || word(cue.end) == "that" {
        return None;
    }
    let head = tree::head_of(reading, cue.end..comma);
    let somebody = (cue.end..comma).any(|t| reading.name[t] != 0)
        || crate::lexicon::noun::of(doc, Id::new(head)).is_some_and(|n| {
            use crate::lexicon::noun::NounClass;
            matches!(
                n.class,
                NounClass::Office | NounClass::Person | NounClass::People | NounClass::Body | NounClass::Armed
            )
        });
    // What is said: a clause with a verb of its own that no relative opens.
    let opened = |t: usize| {
        (start..t)
            .rev()
            .take_while(|&o| !matches!(word(o), "," | ";"))
            .any(|o| matches!(word(o), "who" | "which" | "whose" | "that") && doc.pos(Id::new(o)) != Pos::Det)
    };
    let clause = (start..cue.start - 1).any(|t| tree::is_finite(doc, t) && verb(t) && !opened(t));
    // "Trade fell, Ana Brook, the minister, told the chamber": words, speaker and verb in this order need no turning round.
    let in_order = found
        .source
        .as_ref()
        .is_some_and(|s| s.end <= cue.start && s.start > start + 2 && found.content.iter().all(|c| c.end <= s.start));
    if in_order {
        return None;
    }
    let own = found.content.iter().all(|c| c.start < end && c.end > start)
        && found.source.as_ref().is_none_or(|s| s.end <= end);
    (somebody && clause && own).then_some((start..cue.start - 1, source))
}

/// "Neighbours say one of the cars | , a red sedan, broke down": words cut before the verb of the clause that is said go on
/// to its end.
pub fn whole_clause(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let [content] = found.content.as_slice() else { return };
    if found.cue.is_empty() || content.is_empty() || content.start < found.cue.end || content.start > found.cue.end + 1
    {
        return;
    }
    let verb = tree::head_of(reading, found.cue.clone());
    // Nothing but a clause, a quotation or a figure is the object of "say": what the tree takes for one is its subject.
    let object = tree::children(doc, reading, verb, &[Relation::Obj]).find(|o| content.contains(o)).filter(|&o| {
        doc.lemma(Id::new(verb)) == "say" && !doc.lower(Id::new(o)).starts_with(|c: char| c.is_ascii_digit())
    });
    let clauses: &[Relation] = match object {
        Some(_) => &[Relation::Ccomp, Relation::Parataxis, Relation::Conj],
        None => &[Relation::Ccomp],
    };
    let said = tree::children(doc, reading, verb, clauses).find(|&t| t >= content.end);
    let Some(said) = said.filter(|&t| doc.pos(Id::new(t)) == crate::text::Pos::Verb) else { return };
    let subject = tree::children(doc, reading, said, &[Relation::Nsubj, Relation::NsubjPass]).next();
    let own = subject.map_or(object.is_some(), |s| content.contains(&s) || object.is_some() && s > content.end);
    let and = (content.end..said).any(|t| matches!(doc.lower(Id::new(t)), "and" | "but"));
    if !own || and {
        return;
    }
    let range = tree::subtree(doc, reading, said);
    let quote = reading.quote[content.start];
    let mut end = content.end;
    while end < range.end
        && reading.quote[end] == quote
        && !matches!(doc.lower(Id::new(end)), ";" | ":" | "—" | "–")
        && found.source.as_ref().is_none_or(|s| !s.contains(&end))
    {
        end += 1;
    }
    while end > content.end && reading.shape[end - 1] == MARK {
        end -= 1;
    }
    if end > said {
        found.content[0].end = end;
    }
}

/// "refused to blame the referee | , but his captain was less kind": a clause of its own behind what somebody is to do; "disputed
/// that | , saying …"; "having said that it would wait | , called the strike".
pub fn ends_before(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let cue = found.cue.clone();
    let Some(verb) = cue.clone().find(|&t| doc.pos(Id::new(t)) == Pos::Verb) else { return };
    // "Hasnol said **this** while appearing on television": it points back, and when he said it is not said.
    let [first, ..] = &found.content[..] else { return };
    let back = first.start >= cue.end
        && first.len() > 1
        && matches!(word(first.start), "this" | "so")
        && matches!(word(first.start + 1), "while" | "when" | "during" | "in" | "at" | "on" | "after" | "before");
    if back && reading.quote[first.start] == reading::OUTSIDE {
        found.content.clear();
        return;
    }
    // "…, he said, disputing the army's account. | “They came at night.”": the quotation is none of the participle's.
    if doc.xpos(Id::new(verb)) == Xpos::Vbg && reading.quote[verb] == reading::OUTSIDE {
        let here = reading.sentence[verb];
        let thing = |c: &Range<usize>| {
            reading.sentence[c.start] == here
                && reading.quote[c.start] == reading::OUTSIDE
                && !c.clone().any(|t| reading.sentence[t] == here && tree::is_finite(doc, t))
        };
        let plain = word(verb) != "according" && found.content.iter().any(thing);
        if plain {
            found.content.retain(|c| reading.sentence[c.start] == here || reading.quote[c.start] == reading::OUTSIDE);
            for piece in &mut found.content {
                if let Some(cut) =
                    piece.clone().find(|&t| reading.sentence[t] != here && reading.quote[t] != reading::OUTSIDE)
                {
                    piece.end = cut;
                }
            }
        }
    }
    // "Buyers are key, Pike said, | offering an example": a gerund that hangs on the saying.
    if let [before, behind] = &found.content[..]
        && before.end <= cue.start
        && behind.start > cue.end
        && word(behind.start - 1) == ","
        && doc.xpos(Id::new(behind.start)) == Xpos::Vbg
        && reading.quote[behind.start] == reading::OUTSIDE
        && reading.up(behind.start) == Some(verb)
        && before.clone().any(|t| tree::is_finite(doc, t))
    {
        found.content.truncate(1);
        return;
    }
    for piece in found.content.iter_mut().filter(|p| p.start >= cue.end && p.len() > 2) {
        let adds = |t: usize| doc.xpos(Id::new(t)) == Xpos::Vbg && reading.band[t] == 1;
        if word(piece.start) == "that" && word(piece.start + 1) == "," && adds(piece.start + 2) {
            piece.end = piece.start + 1;
            continue;
        }
        let outside = |t: usize| reading.quote[t] == reading::OUTSIDE;
        if word(piece.start) == "to" {
            // "told him to leave | and a short time later he told her to stay".
            let again = |t: usize| {
                word(t) == "and"
                    && outside(t)
                    && (t + 1..piece.end.min(t + 7)).any(|s| {
                        matches!(word(s), "he" | "she" | "they" | "it")
                            && s + 1 < piece.end
                            && reading.band[s + 1] == 1
                            && tree::is_finite(doc, s + 1)
                    })
            };
            if let Some(stop) = (piece.start + 1..piece.end - 2).find(|&t| again(t)) {
                piece.end = stop;
            }
            let clause = |t: usize| {
                word(t) == ","
                    && outside(t)
                    && word(t + 1) == "but"
                    && (t + 2..piece.end).any(|s| {
                        tree::relation(reading, s).is_some_and(|r| r.is("nsubj"))
                            && (s + 1..piece.end).any(|x| tree::is_finite(doc, x))
                    })
            };
            if let Some(stop) = (piece.start + 1..piece.end - 2).find(|&t| clause(t)) {
                piece.end = stop;
            }
        }
        // "the chase was lawful, | a view disputed by Liberty Watch": what the writer calls it is not said.
        let tail = (piece.start + 3..piece.end.saturating_sub(2)).find(|&t| {
            let noun = t + 2;
            word(t) == ","
                && outside(t)
                && matches!(word(t + 1), "a" | "an")
                && noun + 1 < piece.end
                && doc.pos(Id::new(noun)) == Pos::Noun
                && (matches!(word(noun), "view" | "position" | "move" | "stance" | "figure")
                    || crate::lexicon::wordnet::is_message(doc.lemma(Id::new(noun))))
                && (doc.xpos(Id::new(noun + 1)) == Xpos::Vbn && (noun + 2..piece.end).any(|b| word(b) == "by")
                    || matches!(word(noun + 1), "which" | "that"))
        });
        if let Some(stop) = tail {
            piece.end = stop;
        }
        // "told them it was her duty | , as she deflected attacks", "would come back | , amid simmering anger": what went on
        // meanwhile.
        let meanwhile = (piece.start + 3..piece.end.saturating_sub(2)).find(|&t| {
            let did = matches!(word(t + 1), "as" | "while")
                && matches!(word(t + 2), "he" | "she" | "they")
                && t + 3 < piece.end
                && doc.xpos(Id::new(t + 3)) == Xpos::Vbd;
            word(t) == "," && outside(t) && (did || word(t + 1) == "amid")
        });
        if let Some(stop) = meanwhile {
            piece.end = stop;
        }
        // The verb that the saying hangs on as a participle is not said.
        let above = reading.up(verb).filter(|_| tree::relation(reading, verb) == Some(Relation::Advcl));
        let having = doc.xpos(Id::new(verb)) == Xpos::Vbg || cue.clone().any(|t| word(t) == "having");
        let above = above.filter(|h| (piece.start..piece.end).contains(h) && having);
        if let Some(stop) = above.and_then(|h| (piece.start + 1..=h).rev().find(|&t| word(t) == "," && outside(t))) {
            piece.end = stop;
        }
    }
}

/// "…, **having told** reporters that it was over": a participle's speaker is the subject of the clause it hangs on.
pub fn participle(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let auxiliary = |t: usize| matches!(doc.lower(Id::new(t)), "having" | "being");
    // "**While admitting** that he had the tape, Reed said …": in front of the sentence, with nobody of its own.
    let opens = |at: usize| {
        let start = tree::sentence(doc, reading, at).start;
        doc.xpos(Id::new(at)) == Xpos::Vbg
            && (at == start
                || at == start + 1
                    && matches!(doc.lower(Id::new(start)), "while" | "although" | "though" | "in" | "by" | "after"))
    };
    let fits = match &found.source {
        None => !found.cue.is_empty() && found.cue.len() <= 2 && found.cue.clone().any(opens),
        Some(source) => !source.is_empty() && source.clone().all(auxiliary),
    };
    if !fits {
        return;
    }
    let Some(verb) = found.cue.clone().rev().find(|&t| doc.pos(Id::new(t)) == Pos::Verb) else { return };
    let above =
        reading.up(verb).filter(|_| matches!(tree::relation(reading, verb), Some(Relation::Advcl | Relation::Acl)));
    let subject = above.and_then(|h| tree::children(doc, reading, h, &[Relation::Nsubj]).next());
    found.source = subject.map(|s| tree::subtree(doc, reading, s)).filter(|r| {
        !r.clone().any(|t| found.cue.contains(&t)) && !found.content.iter().any(|c| c.start < r.end && r.start < c.end)
    });
}

/// "admitted to | **threatening** the girl", "denied | **promising** a road": what somebody owns to or denies is told by a
/// gerund, which is part of the words also where it is a verb of saying itself.
pub fn gerund(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let cue = found.cue.clone();
    let Some(first) = found.content.first().filter(|c| c.start == cue.end) else { return };
    let owns = |t: usize| {
        super::cue::cues().of(doc, Id::new(t)).is_some_and(|r| {
            r.class == super::cue::Class::Verb && matches!(r.commitment, Commitment::Denied | Commitment::Confirmed)
        })
    };
    let Some(verb) = cue.clone().find(|&t| doc.pos(Id::new(t)) == Pos::Verb && owns(t)) else { return };
    let gerund = (verb + 1..cue.end).find(|&t| {
        doc.xpos(Id::new(t)) == Xpos::Vbg
            && (t == verb + 1 || t == verb + 2 && doc.lower(Id::new(verb + 1)) == "to")
            && reading.quote[t] == reading::OUTSIDE
    });
    let Some(gerund) = gerund else { return };
    let content = gerund..first.end;
    found.content[0] = content;
    found.cue = cue.start..gerund;
}

/// "Wages fell in May, official figures **have shown**.": somebody or a document, and a verb that may end a quotation, at the
/// end of a sentence behind a clause and its comma, where the taggers saw no cue.
pub fn find_trailing(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    use crate::lexicon::noun::{self, NounClass};
    let word = |t: usize| doc.lower(Id::new(t));
    for sentence in reading.paragraphs[number].sentences.clone() {
        let tokens = doc.sentences[Id::new(sentence)].tokens.clone();
        let (start, mut end) = (tokens.start.index(), tokens.end.index());
        while end > start && reading.shape[end - 1] == MARK {
            end -= 1;
        }
        // "…, a union warns **today**", "…, officials said **on Monday**".
        let span = doc.span_of(Id::new(start)..Id::new(end));
        let day = doc.times.within(span).map(|t| doc.tokens_in(doc.times[t].span)).find(|r| r.end.index() == end);
        if let Some(day) = day.filter(|d| d.start.index() > start + 6) {
            end = day.start.index() - usize::from(matches!(word(day.start.index() - 1), "on" | "late" | "early"));
        }
        let Some(verb) = end.checked_sub(1).filter(|&v| v > start + 6 && doc.pos(Id::new(v)) == Pos::Verb) else {
            continue;
        };
        let says = super::cue::cues()
            .form(word(verb))
            .any(|r| r.class == super::cue::Class::Verb && r.takes.iter().any(|t| matches!(*t, "quote" | "that")))
            || figure::reports(doc.lemma(Id::new(verb)));
        let have = matches!(word(verb - 1), "has" | "have" | "had");
        let first = if have { verb - 1 } else { verb };
        let finite = have || tree::is_finite(doc, verb);
        let comma = (start..first).rev().find(|&t| word(t) == ",");
        let Some(comma) = comma.filter(|&c| says && finite && c > start + 2 && c + 1 < first) else { continue };
        let outside = (start..end).all(|t| reading.quote[t] == reading::OUTSIDE);
        let source = comma + 1..first;
        // "a study **confirming** the effect showed": what the source does is a part of it, and no words of its own.
        let does = (source.start + 1..source.end).find(|&t| {
            let noun = matches!(doc.pos(Id::new(t - 1)), Pos::Noun | Pos::Propn);
            noun && matches!(doc.xpos(Id::new(t)), Xpos::Vbg | Xpos::Vbn) && doc.pos(Id::new(t)) == Pos::Verb
        });
        let inner = |d: &Draft| {
            does.is_some() && d.paragraph == number && !d.found.cue.is_empty() && source.contains(&d.found.cue.start)
        };
        let taken = |d: &Draft| {
            d.paragraph == number
                && !inner(d)
                && (d.found.cue.contains(&verb)
                    || d.found.content.iter().any(|c| c.start < comma && start < c.end || c.contains(&verb)))
        };
        let plain = source
            .clone()
            .filter(|&t| Some(t) != does)
            .all(|t| !matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux | Pos::Sconj | Pos::Punct | Pos::Cconj));
        // "Warming would end at 2 degrees, **it adds**."
        let pronoun = source.len() == 1 && matches!(word(source.start), "it" | "he" | "she" | "they");
        let opens = matches!(doc.pos(Id::new(source.start)), Pos::Det | Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num)
            && !matches!(word(source.start), "which" | "who" | "that")
            || pronoun;
        let head = tree::head_of(reading, source.start..does.unwrap_or(source.end));
        let speaks = reading.name[head] != 0
            || pronoun
            || noun::of(doc, Id::new(head)).is_some_and(|n| n.class != NounClass::Place)
            || figure::word::is_giver(doc.lemma(Id::new(head)))
            || super::origin::document(doc.lemma(Id::new(head))).is_some();
        let clause = (start..comma).any(|t| tree::is_finite(doc, t))
            && (start..comma).any(|t| tree::relation(reading, t).is_some_and(|r| r.is("nsubj")))
            && !matches!(
                word(start),
                "if" | "when"
                    | "after"
                    | "before"
                    | "while"
                    | "although"
                    | "though"
                    | "as"
                    | "because"
                    | "since"
                    | "but"
                    | "and"
            );
        if outside && plain && opens && speaks && clause && !drafts.iter().any(taken) {
            drafts.retain(|d| !inner(d));
            let found = Found { cue: first..verb + 1, source: Some(source), content: vec![start..comma] };
            drafts.push(Draft { found, paragraph: number, made_by: "statement/trailing", carries: None });
        }
    }
}

/// "Duda won half, while his rival | -- backed by the centre -- won 49", "asserted the probe | , launched in May, had sent
/// data": a subject in front of two dashes, or of two commas around a participle, waits for its verb. And no words end inside a
/// name.
pub fn over_dashes(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    let Some(at) = found.content.iter().rposition(|c| !c.is_empty()) else { return };
    let free = |f: &Found, t: usize| !f.cue.contains(&t) && f.source.as_ref().is_none_or(|s| !s.contains(&t));
    let end = tree::sentence(doc, reading, found.content[at].end - 1).end.min(paragraph.tokens.end);
    let inside = |t: usize| {
        t < end
            && doc.labels.at(Id::new(t)).is_some_and(|l| l.name == NamePart::Inside)
            && reading.quote[t] == reading.quote[t - 1]
    };
    while inside(found.content[at].end) && free(found, found.content[at].end) {
        found.content[at].end += 1;
    }
    // "claimed the break | -in".
    while found.content[at].end + 1 < end
        && matches!(doc.word(Id::new(found.content[at].end)), "-" | "‑")
        && doc.ties(Id::new(found.content[at].end))
        && free(found, found.content[at].end + 1)
    {
        found.content[at].end += 2;
    }
    let piece = found.content[at].clone();
    let open = piece.end;
    if open + 3 >= end || !matches!(doc.pos(Id::new(open - 1)), Pos::Noun | Pos::Propn) {
        return;
    }
    let dash = |t: usize| matches!(doc.word(Id::new(t)), "--" | "—" | "–" | "―");
    let comma = |t: usize| doc.lower(Id::new(t)) == ",";
    let participle = matches!(doc.xpos(Id::new(open + 1)), Xpos::Vbn | Xpos::Vbg);
    let closes: &dyn Fn(usize) -> bool = match () {
        _ if dash(open) => &dash,
        _ if comma(open) && participle && piece.start >= found.cue.end => &comma,
        _ => return,
    };
    let Some(close) = (open + 2..end - 1).find(|&t| closes(t)) else { return };
    // No verb yet behind the last subordinator or comma, and one right behind the second mark.
    let divides = |t: &usize| matches!(doc.pos(Id::new(*t)), Pos::Sconj | Pos::Cconj | Pos::Punct);
    let clause = (piece.start..open).rev().find(divides).unwrap_or(piece.start);
    let waits = !(clause..open).any(|t| tree::is_finite(doc, t));
    if !waits || !tree::is_finite(doc, close + 1) || !(open..end).all(|t| free(found, t)) {
        return;
    }
    let mut last = end;
    while last > close + 2 && reading.shape[last - 1] == MARK {
        last -= 1;
    }
    found.content[at].end = last;
}

/// "believes **support among** nurses is growing", "says **pressure on** the ministry has worked": a noun with its preposition
/// in front of a finite verb is the subject of what is said, and no part of the cue.
pub fn cue_noun(doc: &Document, _: &Reading, _: &Paragraph, found: &mut Found) {
    let cue = found.cue.clone();
    let pos = |t: usize| doc.pos(Id::new(t));
    let word = |t: usize| doc.lower(Id::new(t));
    let Some(content) = found.content.first_mut().filter(|c| c.start == cue.end) else { return };
    if cue.len() < 3 || pos(cue.end - 1) != Pos::Adp || pos(cue.end - 2) != Pos::Noun || pos(cue.end - 3) != Pos::Verb {
        return;
    }
    let clause = super::cue::cues().of(doc, Id::new(cue.end - 3)).is_some_and(|r| r.takes.contains(&"that"));
    let link = |t: usize| {
        matches!(word(t), "that" | "who" | "which" | "what" | "how" | "whether" | "why" | "when" | "," | "where")
    };
    let finite = content.clone().take_while(|&t| !link(t)).any(|t| tree::is_finite(doc, t));
    if clause && finite {
        content.start = cue.end - 2;
        found.cue.end = cue.end - 2;
    }
}

/// Words in front of what is said that are none of it: "**Accepting the award**, she said: “…”", "told Radio One | **and Two
/// channels** that …", "said by 10pm | **(local time** …".
pub fn in_front(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let (cue, source) = (found.cue.clone(), found.source.clone());
    if cue.is_empty() || found.content.is_empty() {
        return;
    }
    let outside = |r: &Range<usize>| r.clone().all(|t| reading.quote[t] == reading::OUTSIDE);
    let start = tree::sentence(doc, reading, cue.start).start;
    let subject = source.as_ref().map_or(cue.start, |s| s.start.min(cue.start));
    let front = |c: &Range<usize>| {
        c.start == start
            && c.end < subject
            && (matches!(doc.xpos(Id::new(c.start)), Xpos::Vbg | Xpos::Vbn) || word(c.start) == "asked")
            && word(c.end) == ","
            && c.end + 1 == subject
            && outside(c)
    };
    // "Asked about the bishop, the pope said:" with the words in the next paragraph.
    let colon = word(cue.end - 1) == ":" || doc.tokens.at(Id::new(cue.end)).is_some_and(|t| t.lower == ":");
    let ahead = colon && found.content.iter().all(front);
    if ahead || found.content.iter().any(|c| !front(c) && !c.is_empty()) {
        found.content.retain(|c| !front(c));
    }
    let Some(first) = found.content.iter_mut().find(|c| c.start >= cue.end) else { return };
    let hears = cue.clone().any(|t| matches!(doc.lemma(Id::new(t)), "tell" | "inform" | "remind" | "assure" | "warn"));
    let that = (first.start + 1..first.end.min(first.start + 10)).find(|&t| word(t) == "that");
    if let Some(that) = that.filter(|&t| hears && outside(&(first.start..t + 1))) {
        let when = |t: &usize| matches!(word(*t), "after" | "as" | "before" | "when" | "while");
        let addressed = (first.start..that).find(when).unwrap_or(that);
        let heard = (first.start..addressed).all(|t| {
            matches!(
                doc.pos(Id::new(t)),
                Pos::Noun | Pos::Propn | Pos::Det | Pos::Adj | Pos::Cconj | Pos::Punct | Pos::Num
            ) || word(t) == "of"
        });
        if heard && tree::relation(reading, that) == Some(Relation::Mark) {
            first.start = that;
        }
    }
    // "said in a statement **as the vote began** that …": when it was said.
    let when = matches!(word(first.start), "after" | "as" | "before" | "when" | "while");
    let that = (first.start + 1..first.end.min(first.start + 12))
        .take_while(|&t| word(t) != "," && reading.quote[t] == reading::OUTSIDE)
        .find(|&t| word(t) == "that" && tree::relation(reading, t) == Some(Relation::Mark));
    let clause = |t: usize| (first.start..t).any(|t| tree::is_finite(doc, t));
    if let Some(that) = that.filter(|&t| when && first.start == cue.end && t + 1 < first.end && clause(t)) {
        first.start = that;
    }
    let closes = first.clone().position(|t| word(t) == ")").filter(|&n| n < 6);
    let opens = first.clone().position(|t| word(t) == "(");
    if closes.is_some_and(|c| opens.is_none_or(|o| o > c))
        && source.is_none_or(|s| s.end <= cue.start || s.start >= first.end)
        && first.start < cue.end + 10
    {
        first.start = cue.end;
    }
}

/// "…, said the Chamber | of Commerce president Hasnol Ayub": an office and a name behind a body's "of" belong to who speaks.
pub fn title_and_name(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let Some(source) = found.source.clone().filter(|s| !s.is_empty() && s.start >= found.cue.end) else { return };
    let sentence = tree::sentence(doc, reading, source.start);
    if source.end + 3 > sentence.end || word(source.end) != "of" {
        return;
    }
    let span = doc.span_of(Id::new(source.end)..Id::new(sentence.end));
    let named = doc.mentions.within(span).map(|m| &doc.mentions[m]).find(|m| {
        let begin = m.title.map_or(m.tokens.start, |t| doc.tokens_in(t).start).index();
        let plain = |t: usize| {
            matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det)
                || matches!(word(t), "of" | "and" | "for")
        };
        let office = m.title.is_some()
            || crate::lexicon::noun::of(doc, Id::new(begin - 1)).is_some_and(crate::lexicon::noun::Noun::is_person);
        m.kind == MentionKind::Name
            && m.class == Some(NameClass::Person)
            && begin > source.end + 1
            && begin < source.end + 9
            && office
            && (source.end..begin).all(plain)
    });
    if let Some(named) = named {
        found.source = Some(source.start..named.tokens.end.index());
    }
}

/// "The office said it was 6.5, while the survey gave 6.7 **and said** …": who stands behind "while" says what follows. "The
/// paper attacks the minister, Dan Brook, **and accuses** him": whoever the first verb is of, and not whom it names.
pub fn and_said(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let Some(source) = found.source.clone() else { return };
    let verb = tree::head_of(reading, found.cue.clone());
    let Some(and) = found.cue.start.checked_sub(1).filter(|&t| word(t) == "and" && source.end <= t) else { return };
    let start = tree::sentence(doc, reading, and).start;
    if source.start < start || reading.quote[and] != reading::OUTSIDE {
        return;
    }
    let turn = (source.end..and).rev().find(|&t| matches!(word(t), "while" | "whereas"));
    if let Some(turn) = turn {
        let other = (turn + 1..and).find(|&t| {
            tree::relation(reading, t).is_some_and(|r| r == Relation::Nsubj)
                && (t + 1..and).any(|v| tree::is_finite(doc, v))
        });
        if let Some(other) = other {
            let mut whole = tree::subtree(doc, reading, other);
            whole.start = whole.start.max(turn + 1);
            whole.end = other + 1;
            found.source = Some(whole);
        }
        return;
    }
    // In apposition to an object: between a comma and ", and".
    let apposed =
        source.start > start + 2 && word(source.start - 1) == "," && word(source.end) == "," && source.end + 1 == and;
    let up = reading.up(verb).filter(|_| tree::relation(reading, verb) == Some(Relation::Conj));
    let subject = up.and_then(|v| tree::children(doc, reading, v, &[Relation::Nsubj]).next());
    if let Some(subject) = subject.filter(|&s| apposed && s + 1 < source.start) {
        let mut whole = tree::subtree(doc, reading, subject);
        whole.end = whole.end.min(source.start - 1);
        found.source = Some(whole);
    }
}

/// A word that may stand in a noun phrase with its complements and appositions.
fn in_a_noun_phrase(doc: &Document, reading: &Reading, at: usize) -> bool {
    matches!(doc.pos(Id::new(at)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Adp | Pos::Part | Pos::Num)
        || tree::relation(reading, at) == Some(Relation::NmodPoss)
        || doc.lower(Id::new(at)) == ","
}

/// "The army said it was looking into it, **but the governor of Kandel, Ada Roe,** confirmed …": a noun phrase right between
/// "but" and the verb is who the verb is of, where the tree gives it the subject of the clause before.
pub fn own_subject(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    let word = |t: usize| doc.lower(Id::new(t));
    let verb = found.cue.start;
    if found.cue.is_empty() || source.end >= verb || reading.quote[verb] != reading::OUTSIDE {
        return;
    }
    let finite = matches!(doc.xpos(Id::new(verb)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let noun = |&t: &usize| in_a_noun_phrase(doc, reading, t);
    let Some(first) = (verb.saturating_sub(16)..verb).rev().take_while(noun).last() else { return };
    let Some(turn) = first.checked_sub(1).filter(|&t| t >= source.end) else { return };
    let joins = match word(turn) {
        "but" | "while" | "whereas" => true,
        "and" => turn > 0 && word(turn - 1) == ",",
        _ => false,
    };
    let mut subject = turn + 1..verb;
    while subject.start < subject.end && word(subject.end - 1) == "," {
        subject.end -= 1;
    }
    let opens = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Adp) || word(t) == ",";
    let acts = (source.end..turn).any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
    if !finite || !joins || !acts || subject.is_empty() || opens(subject.start) {
        return;
    }
    let head = tree::head_of(reading, subject.clone());
    if matches!(doc.pos(Id::new(head)), Pos::Noun | Pos::Propn) && !doc.is_in_time(Id::new(head)) {
        found.source = Some(subject);
        // What the one before said is none of the other's words.
        found.content.retain(|c| c.end > turn);
    }
}

/// "It fell to 61, far less **than the 68 expected** by economists": they expected what stands behind "than", and the rest is
/// told.
pub fn than_expected(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let foresees = found.cue.clone().any(|t| {
        matches!(doc.lemma(Id::new(t)), "anticipate" | "expect" | "forecast" | "foresee" | "predict" | "project")
    });
    if !foresees || found.cue.is_empty() || reading.quote[found.cue.start] != reading::OUTSIDE {
        return;
    }
    let start = tree::sentence(doc, reading, found.cue.start).start;
    let number = |t: usize| doc.pos(Id::new(t)) == Pos::Num;
    let Some(than) = (start..found.cue.start).rev().take(10).find(|&t| word(t) == "than") else { return };
    let end = (than + 1..found.cue.start).rev().find(|&t| number(t)).map_or(than, |t| t + 1);
    if end == than
        || !found.content.iter().any(|c| c.start < than)
        || found.content.iter().any(|c| c.start >= found.cue.end)
    {
        return;
    }
    // "the 0.5% economists had expected": who stands behind the number.
    let mut end = end;
    while end < found.cue.start && matches!(word(end), "%" | "percent" | "cent" | "points") {
        end += 1;
    }
    if let Some(source) = found.source.as_mut().filter(|s| s.start < end && s.end > end) {
        source.start = end;
    }
    found.content = vec![than + 1..end];
}

/// Words that open a clause which another clause follows: "said **if** it rains, they will wait".
const BEFORE_A_CLAUSE: &[&str] = &[
    "when", "whenever", "if", "after", "before", "because", "although", "though", "while", "once", "unless", "until",
    "since", "as", "had", "should", "were", "where", "whereas", "despite", "without", "given",
];

/// "He said when the members asked for a count, | the speaker left": a clause in front of what is said is not all of it, nor
/// is what ends inside a bracket ("that had the Assembly (SA | Speaker not agreed, …").
pub fn goes_on(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let (cue, source) = (found.cue.clone(), found.source.clone());
    let [piece] = &mut found.content[..] else { return };
    if piece.start >= piece.end || cue.is_empty() || piece.start < cue.end || piece.start > cue.end + 8 {
        return;
    }
    let end = tree::sentence(doc, reading, piece.start).end.min(paragraph.tokens.end);
    let open = piece.clone().filter(|&t| word(t) == "(").count() > piece.clone().filter(|&t| word(t) == ")").count();
    let first = if word(piece.start) == "that" { piece.start + 1 } else { piece.start };
    let subject =
        |from: usize, to: usize| (from..to).any(|t| tree::relation(reading, t).is_some_and(|r| r.is("nsubj")));
    let comma = if word(piece.end - 1) == "," { piece.end - 1 } else { piece.end };
    let clause = piece.start <= cue.end + 1
        && first < piece.end
        && BEFORE_A_CLAUSE.contains(&word(first))
        && subject(first, piece.end)
        && comma + 2 < end
        && word(comma) == ","
        && !matches!(word(comma + 1), "and" | "but" | "who" | "which" | "or" | "he" | "she" | "they" | "according")
        && subject(comma + 1, end);
    let quoted = (piece.end..end).any(|t| reading.quote[t] != reading.quote[piece.start]);
    let later = (piece.end..end)
        .any(|t| reading.band[t] == 1 && tree::relation(reading, t).is_some_and(|r| matches!(r, Relation::Parataxis)));
    let crossed = source.is_some_and(|s| s.start < end && piece.end < s.end);
    if !(open || clause) || quoted || later || crossed || cue.start >= piece.end {
        return;
    }
    let mut stop = end;
    while stop > piece.end && reading.shape[stop - 1] == 1 && word(stop - 1) != ")" {
        stop -= 1;
    }
    piece.end = stop.max(piece.end);
}

/// "“Our lawyers say it is legal | and we will go on,” said Kemp": what *we* do in a quotation is no words of others in it.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn own_words(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let mine = |t: usize| matches!(word(t), "i" | "we");
    for found in drafts.iter_mut().filter(|d| d.paragraph == number).map(|d| &mut d.found) {
        let cue = found.cue.clone();
        if cue.is_empty() || reading.quote[cue.start] == 0 || found.source.as_ref().is_none_or(|s| s.clone().any(mine))
        {
            continue;
        }
        for piece in found.content.iter_mut().filter(|p| p.start >= cue.end) {
            let stop = (piece.start + 1..piece.end.saturating_sub(1)).find(|&t| {
                matches!(word(t), "and" | "but" | "so")
                    && mine(t + 1)
                    && !(piece.start..t).any(mine)
                    && tree::relation(reading, t + 1).is_some_and(|r| r.is("nsubj"))
            });
            if let Some(stop) = stop {
                piece.end = if word(stop - 1) == "," { stop - 1 } else { stop };
            }
        }
    }
}

/// "The state geologist, Kari Moen, said that …", "“At last,” a diplomat was quoted as saying": who says it is none of the words.
#[allow(clippy::ptr_arg)] // every rule of the table has this shape
pub fn apart(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let verb = |r: &Range<usize>| r.clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
    for found in drafts.iter_mut().filter(|d| d.paragraph == number).map(|d| &mut d.found) {
        let Some(source) = found.source.clone().filter(|s| !s.is_empty()) else { continue };
        let cue = found.cue.clone();
        // Behind the cue stands a clause of its own: not "The officials, Haldane said, | had warned".
        let behind = found.content.iter().find(|p| p.start >= cue.end && !p.is_empty());
        let many = behind.is_some_and(|p| {
            !matches!(doc.pos(Id::new(p.start)), Pos::Verb | Pos::Aux | Pos::Adp | Pos::Cconj) && word(p.start) != "to"
        });
        found.content.retain(|piece| {
            let same = piece.start < source.end && source.start < piece.end;
            let bare = !verb(piece) && !piece.clone().any(|t| reading.quote[t] != reading::OUTSIDE);
            // All of it stands in the source, or it is the noun that the source is apposed to.
            let held = same && piece.start >= source.start && piece.end <= source.end + 1;
            let title = many
                && bare
                && !cue.is_empty()
                && source.end <= cue.start
                && piece.end + 1 == source.start
                && word(piece.end) == ","
                && piece.len() <= 6;
            !(held || title)
        });
    }
}

/// "It has left the town, **said** an activist who goes by the name of Noor": a verb of saying behind a clause and its comma
/// that the taggers saw no cue in.
pub fn find_inverted(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    for verb in paragraph.tokens.clone() {
        let taken = |d: &Draft| {
            d.found.cue.contains(&verb) || d.found.content.iter().chain(&d.found.source).any(|c| c.contains(&verb))
        };
        if !matches!(doc.lower(Id::new(verb)), "said" | "says") || drafts.iter().any(taken) {
            continue;
        }
        let found = Found { cue: verb..verb + 1, source: None, content: Vec::new() };
        let Some((content, source)) = behind_its_clause(doc, reading, paragraph, &found) else { continue };
        let found = Found { cue: found.cue, source: Some(source), content: vec![content] };
        drafts.push(Draft { found, paragraph: number, made_by: "statement/inverted", carries: None });
    }
}

/// "He said | on another occasion, | his friend came": a phrase between the verb and its clause, up to a comma, is told with it.
/// "According to a man in the crowd, **Kate**, who was cold, | seemed glad": a clause has a subject.
pub fn fronted(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    if found.cue.is_empty() || found.content.is_empty() {
        return;
    }
    let first = found.content[0].clone();
    let sentence = tree::sentence(doc, reading, found.cue.start);
    // The source that takes in the subject.
    if word(found.cue.start) == "according"
        && found.cue.start <= sentence.start + 1
        && let Some(source) = found.source.clone()
        && source.start >= found.cue.end
        && tree::is_finite(doc, first.start)
    {
        let comma = (source.start + 1..first.start).find(|&t| word(t) == "," && !super::speaker::within_a_name(doc, t));
        if let Some(comma) = comma.filter(|&c| c + 1 < first.start) {
            found.source = Some(source.start..comma.min(source.end));
            found.content[0].start = comma + 1;
        }
        return;
    }
    let says = found.cue.clone().any(|t| reading.band[t] == 1);
    let gap = found.cue.end..first.start;
    if !says || gap.len() < 2 || gap.len() > 12 || found.source.as_ref().is_some_and(|s| s.start >= found.cue.end) {
        return;
    }
    let led = doc.pos(Id::new(gap.start)) == crate::text::Pos::Adp
        || matches!(word(gap.start), "when" | "after" | "before" | "the" | "last");
    let plain = gap.clone().all(|t| {
        reading.quote[t] == reading::OUTSIDE && reading.band[t] != 1 && !matches!(word(t), "that" | ";" | ":")
    });
    let comma = word(first.start - 1) == ",";
    // "said in a statement the bridge was shut", "told on Monday": how and when it was said.
    let told = || {
        gap.clone().any(|t| {
            matches!(
                doc.lemma(Id::new(t)),
                "statement"
                    | "interview"
                    | "conference"
                    | "tweet"
                    | "post"
                    | "email"
                    | "e-mail"
                    | "letter"
                    | "report"
                    | "speech"
                    | "blog"
                    | "message"
                    | "briefing"
                    | "broadcast"
                    | "article"
                    | "release"
                    | "court"
                    | "television"
                    | "reporter"
                    | "journalist"
                    | "testimony"
                    | "hearing"
                    | "filing"
                    | "video"
                    | "call"
                    | "phone"
                    | "telephone"
            )
        })
    };
    let subject = (first.start..first.end.min(first.start + 8))
        .any(|t| matches!(tree::relation(reading, t), Some(Relation::Nsubj | Relation::NsubjPass | Relation::Expl)));
    if led
        && plain
        && subject
        && comma
        && !told()
        && word(first.start) != "that"
        && reading.quote[first.start] == reading::OUTSIDE
    {
        found.content[0].start = gap.start;
    }
}

/// "“It is over!” Jenna Cole says: “I am glad.”": behind the colon stand the words; what was quoted before the speaker is another's.
/// "**Driver** Ian Dorn said he ran": a noun right before the speaker is none of the words.
pub fn before_the_speaker(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    let word = |t: usize| doc.lower(Id::new(t));
    if found.cue.is_empty() || source.end > found.cue.start || found.content.len() < 2 {
        return;
    }
    let colon = found.cue.end.checked_sub(1).is_some_and(|t| word(t) == ":") || word(found.cue.end) == ":";
    let quoted = |c: &Range<usize>| c.clone().any(|t| reading.quote[t] != reading::OUTSIDE);
    let behind = found.content.iter().any(|c| c.start >= found.cue.end && quoted(c));
    // "“We won,” he said: “…”" is one quotation; behind a full stop another begins.
    let ended = |c: &Range<usize>| {
        (c.start..source.start).rev().take(3).any(|t| matches!(word(t), "." | "!" | "?" | "…"))
            && (c.end.saturating_sub(1)..source.start).any(|t| reading.quote[t] == reading::CLOSES)
    };
    if colon && behind {
        found.content.retain(|c| !(c.end <= source.start && quoted(c) && ended(c)));
    }
    // "The fight was short. … “He is hard to hit,” Steward said": sentences before the quotation are the writer's.
    if let Some(quote) =
        found.content.iter().find(|c| quoted(c) && c.end <= source.start).map(|c| reading.sentence[c.start])
    {
        found.content.retain(|c| quoted(c) || reading.sentence[c.end - 1] >= quote);
    }
    let noun = |t: usize| {
        matches!(doc.pos(Id::new(t)), crate::text::Pos::Noun | crate::text::Pos::Adj | crate::text::Pos::Propn)
            && reading.quote[t] == reading::OUTSIDE
    };
    if let Some(at) = found.content.iter().position(|c| {
        c.end == source.start && c.len() <= 4 && c.clone().all(noun) && tree::relation(reading, c.end - 1).is_some()
    }) {
        let head = tree::head_of(reading, source.clone());
        let piece = found.content[at].clone();
        let hangs = piece
            .clone()
            .all(|t| reading.up(t).is_some_and(|u| u == head || piece.contains(&u) || source.contains(&u)))
            || piece.clone().any(|t| reading.up(head) == Some(t));
        if hangs {
            found.content.remove(at);
            found.source = Some(piece.start..source.end);
        }
    }
}

/// ". Moffat added", ", he said": a stop before the words is none of them.
pub fn leading(doc: &Document, _: &Reading, paragraph: &Paragraph, found: &mut Found) {
    for content in &mut found.content {
        // "June 3, 2010 -- Flu is over": a day before a dash at the start is when it was written.
        let first = content.start;
        let dash = (first + 1..content.end.min(first + 8)).find(|&t| matches!(doc.word(Id::new(t)), "--" | "—" | "–"));
        if let Some(dash) = dash.filter(|&d| first == paragraph.tokens.start && d + 2 < content.end) {
            let span = doc.span_of(Id::new(first)..Id::new(dash));
            if doc.times.within(span).any(|t| doc.times[t].span == span) {
                content.start = dash + 1;
            }
        }
        while content.len() > 1 && matches!(doc.lower(Id::new(content.start)), "." | "," | ";" | ":" | "!" | "?") {
            content.start += 1;
        }
    }
}

/// "justice for Eric Dole | , Mike Brown and Akai Gould", "beat Atik of the People's Party | (PDP), who scored …": words cut at
/// a bracket or inside a list go on as far as the tree hangs them on what was found.
pub fn list(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(last) = found.content.last().cloned().filter(|c| !c.is_empty()) else { return };
    let sentence = &doc.sentences[Id::new(reading.sentence[last.end - 1] as usize)].tokens;
    let word = |t: usize| doc.lower(Id::new(t));
    if last.end + 1 >= sentence.end.index() {
        return;
    }
    let mark = |t: usize| reading.shape[t] == MARK;
    let stop = |t: usize| {
        found.cue.contains(&t)
            || found.source.as_ref().is_some_and(|s| s.contains(&t))
            || reading.quote[t] != reading.quote[last.end - 1]
            || matches!(word(t), ";" | ":" | "–" | "—")
    };
    // The token of the words behind that hangs on the words found, above this one.
    let hangs = |t: usize| {
        let mut at = t;
        for _ in 0..40 {
            let up = reading.up(at)?;
            if last.contains(&up) {
                return Some(at);
            }
            if up < last.end {
                return None;
            }
            at = up;
        }
        None
    };
    let mut next = last.end;
    if word(next) == "(" {
        let Some(close) = (next..sentence.end.index().min(next + 6)).find(|&t| word(t) == ")") else { return };
        next = close + 1;
    } else if matches!(word(next), "," | "and") {
        let first = (next + 1..sentence.end.index()).find(|&t| !mark(t) && word(t) != "and");
        let joins = |t: usize| {
            tree::relation(reading, t) == Some(Relation::Conj)
                && matches!(doc.pos(Id::new(t)), crate::text::Pos::Noun | crate::text::Pos::Propn)
                && reading.children[t] & reading::child_bit(Relation::Nsubj) == 0
        };
        if !first.and_then(hangs).is_some_and(joins) {
            return;
        }
    } else {
        return;
    }
    let mut end = next;
    while end < sentence.end.index() && !stop(end) && (mark(end) || hangs(end).is_some()) {
        // "…, marking the end of the contest" is the writer's.
        if word(end) == "," && end + 1 < sentence.end.index() && doc.xpos(Id::new(end + 1)) == crate::text::Xpos::Vbg {
            break;
        }
        end += 1;
    }
    while end > next && mark(end - 1) && word(end - 1) != ")" {
        end -= 1;
    }
    if (last.end..end).any(stop) {
        return;
    }
    // A source or a cue right behind a comma ends the words before it.
    if let Some(content) = found.content.last_mut() {
        content.end = end;
    }
}

/// "a nurse, who did not want to be named, said": of a source that a relative clause was cut off in, the noun is kept.
pub fn relative(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    let opens = |t: usize| matches!(doc.lower(Id::new(t)), "who" | "which" | "whose");
    let Some(at) = source.clone().find(|&t| opens(t)) else { return };
    if source.len() == 1 {
        return;
    }
    let mut verb = at;
    for _ in 0..4 {
        if tree::relation(reading, verb) == Some(Relation::AclRelcl) {
            break;
        }
        let Some(up) = reading.up(verb) else { return };
        verb = up;
    }
    if tree::relation(reading, verb) != Some(Relation::AclRelcl) {
        return;
    }
    let clause = tree::subtree(doc, reading, verb);
    if clause.end <= source.end && at > source.start {
        return;
    }
    let start = match at > source.start {
        true => source.start,
        // Only the clause was found: its noun.
        false => match reading.up(verb) {
            Some(noun) => tree::subtree(doc, reading, noun).start,
            None => return,
        },
    };
    let mut end = at;
    while end > start && reading.shape[end - 1] == MARK {
        end -= 1;
    }
    let free = !found.cue.clone().any(|t| (start..end).contains(&t))
        && !found.content.iter().any(|c| c.start < end && start < c.end);
    if start < end && free {
        found.source = Some(start..end);
    }
}

/// "After a night of rain, two bridges had to be closed, the county said": with the cue behind it a content begins
/// where its sentence begins, the words before its comma included.
pub fn from_the_start(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let front = found.source.as_ref().map_or(found.cue.start, |s| s.start.min(found.cue.start));
    let Some(last) = found.content.last() else { return };
    let home = reading.sentence[found.cue.start];
    if found.cue.is_empty() || last.end > front || !found.cue.clone().any(|t| reading.band[t] == 1) {
        return;
    }
    // "…, **where the mayor will speak, has agreed to pay**, Bingham said": words without a verb of their own, or that a
    // relative opens, begin further back.
    let open = found.content.len() == 1 && {
        let c = &found.content[0];
        let finite = |t: usize| tree::is_finite(doc, t);
        c.len() > 2
            && c.end + 1 >= front
            && (!c.clone().any(finite) || matches!(word(c.start), "where" | "who" | "which" | "whose"))
    };
    let first = &mut found.content[0];
    if reading.sentence[first.start] != home || reading.quote[first.start] != 0 {
        return;
    }
    let mut start = doc.sentences[Id::new(home as usize)].tokens.start.index();
    while start < first.start && (reading.shape[start] == MARK || matches!(word(start), "but" | "and" | "yet" | "so")) {
        start += 1;
    }
    // "Houston: One man has been held, officials said": a label is none of the words.
    if let Some(colon) = (start..first.start.min(start + 4)).find(|&t| word(t) == ":") {
        start = colon + 1;
    }
    let gap = start..first.start.max(start);
    let adverbial = tree::relation(reading, start).is_some_and(|r| matches!(r, Relation::Case | Relation::Mark));
    let plain = |t: usize| reading.quote[t] == 0 && reading.band[t] != 1 && !matches!(word(t), "according" | ":" | ";");
    let fronted = gap.len() > 1 && word(first.start - 1) == "," && adverbial;
    let hangs = open
        && reading.up(tree::head_of(reading, first.clone())).is_none_or(|up| gap.contains(&up) || first.contains(&up));
    if !gap.is_empty() && (fronted || hangs) && gap.clone().all(plain) {
        first.start = start;
    }
}

/// "confirmation that a train" of "after confirmation that a train in the valley was derailed": a clause that "that"
/// opens holds its verb.
pub fn to_the_verb(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let next: Vec<usize> = found.content.iter().skip(1).map(|c| c.start).collect();
    for (at, piece) in found.content.iter_mut().enumerate() {
        let that = piece.start;
        if piece.start < found.cue.end
            || doc.lower(Id::new(that)) != "that"
            || tree::relation(reading, that) != Some(Relation::Mark)
        {
            continue;
        }
        let Some(verb) = reading.up(that).filter(|&v| v >= piece.end) else { continue };
        let mut end = tree::subtree(doc, reading, verb).end;
        while end > piece.end && reading.shape[end - 1] == MARK && reading.quote[end - 1] == 0 {
            end -= 1;
        }
        let stop = found.source.iter().map(|s| s.start).chain(next.get(at).copied()).filter(|&s| s >= piece.end).min();
        piece.end = end.min(stop.unwrap_or(end)).max(piece.end);
    }
}

/// "Harbour town votes on bridge, claims to have found the money": a piece of content before the cue that the tree
/// gives as the subject of its verb is the source.
pub fn subject(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    if found.source.is_some() || found.content.len() < 2 || found.cue.is_empty() {
        return;
    }
    let head = tree::head_of(reading, found.cue.clone());
    let speech = found.cue.clone().any(|t| reading.band[t] != 0 && !reading.band[t].is_multiple_of(6));
    let passive = reading.children[head] & super::reading::child_bit(Relation::NsubjPass) != 0;
    if !speech || passive {
        return;
    }
    let Some((source, way)) = tree::source(doc, reading, &found.cue, head) else { return };
    let first = found.content[0].clone();
    let relative = source.len() == 1 && matches!(doc.lower(Id::new(source.start)), "which" | "that" | "who" | "whom");
    let same = first.start >= source.start && first.end <= source.end && source.end <= found.cue.start && !relative;
    if same && matches!(way, 1 | 5) {
        found.source = Some(source);
        found.content.remove(0);
    }
}

/// The so-called “free hunt”: a quotation behind "so-called" is nobody's statement.
pub fn scare(doc: &Document, _: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let so_called = |t: usize| word(t) == "so-called" || t >= 2 && word(t) == "called" && word(t - 2) == "so";
    let scare = |c: &Range<usize>| c.len() <= 8 && (c.start.saturating_sub(3)..c.start + 1).any(so_called);
    if found.content.iter().any(scare) {
        nothing(found);
    }
}

/// "to discuss the plan", "for talks about the plan": what is to be spoken of is no statement yet.
pub fn topic(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(verb) = found.cue.clone().find(|&t| reading.band[t] != 0) else { return };
    let topic = verb > 0
        && (found.cue.start == verb || found.cue.start + 1 == verb)
        && doc.lower(Id::new(verb - 1)) == "to"
        && matches!(doc.lower(Id::new(verb)), "discuss" | "debate" | "talk" | "address")
        && found.content.iter().all(|c| c.start > verb && c.clone().all(|t| reading.quote[t] == reading::OUTSIDE));
    if topic {
        nothing(found);
    }
}

/// An attribution without content or source is dropped.
fn nothing(found: &mut Found) {
    found.content.clear();
    found.source = None;
}

/// "Mr Ode said 30 had died, **while** two residents put the toll at 37": what somebody says ends where another's words are told
/// against them.
#[allow(clippy::ptr_arg)] // the form of a paragraph's rules
pub fn turned(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    // Where somebody's words turn, and where the cue of the other's ends.
    let turns: Vec<(usize, usize)> = drafts
        .iter()
        .filter(|d| d.paragraph == number && !d.found.cue.is_empty())
        .filter_map(|d| {
            let (source, cue) = (d.found.source.as_ref()?, &d.found.cue);
            let turn = source.start.checked_sub(1).filter(|&t| matches!(word(t), "while" | "whereas" | "but"))?;
            let free = turn > 0 && cue.start >= source.end;
            (free && reading.quote[turn] == reading::OUTSIDE).then_some((turn, cue.end))
        })
        .collect();
    // "said it was over, **but the governor of Kandar, Ada Roe,** confirmed …": words that end in another's name.
    let subjects: Vec<(usize, usize)> = drafts
        .iter()
        .filter(|d| d.paragraph == number && !d.found.cue.is_empty())
        .filter_map(|d| {
            let (source, cue) = (d.found.source.as_ref()?, &d.found.cue);
            let noun = |&t: &usize| in_a_noun_phrase(doc, reading, t);
            let from = (source.end.saturating_sub(16)..source.start + 1).rev().take_while(noun).last()?;
            let turn = from.checked_sub(1).filter(|&t| matches!(word(t), "while" | "whereas" | "but"))?;
            let free = cue.start >= source.end && reading.quote[turn] == reading::OUTSIDE;
            (free && cue.start <= source.end + 1).then_some((turn, cue.start))
        })
        .collect();
    // Without the comma in front of the turn.
    let before = |turn: usize| if turn > 0 && word(turn - 1) == "," { turn - 1 } else { turn };
    for (turn, cue) in subjects {
        for draft in drafts.iter_mut().filter(|d| d.paragraph == number) {
            let found = &mut draft.found;
            let said = !found.cue.is_empty() && found.cue.end <= turn;
            for piece in found.content.iter_mut().filter(|p| said && p.start < turn && p.end > turn && p.end <= cue) {
                piece.end = before(turn);
            }
        }
    }
    for (turn, behind) in turns {
        // The other's own cue stands behind the turn.
        for draft in drafts.iter_mut().filter(|d| d.paragraph == number) {
            let found = &mut draft.found;
            if found.cue.is_empty() || found.cue.start > turn {
                continue;
            }
            for piece in found.content.iter_mut().filter(|p| p.start + 2 < turn && p.end >= behind) {
                piece.end = before(turn);
            }
        }
    }
}
