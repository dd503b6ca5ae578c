//! Changes: the direction, and whether a number is the amount of the change or a level before or after it.
//!
//! Each number of a sentence is asked for its part by the words that lead it and follow it; then every level before finds
//! its level after, and both carry both ends.

use rust_decimal::Decimal;

use super::draft::{Draft, Level, Scene};
use super::words::{CHANGES, COLLECTIVES, ChangeClass, is_level_noun};
use crate::lexicon::measure;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::number::Form;
use crate::lexicon::speech;
use crate::lexicon::wordnet;
use crate::text::*;

/// Direction told by the nearest word of change before a number, a few words back.
pub fn change_near(scene: &Scene, at: usize) -> Option<Change> {
    nearest(scene, at).map(|n| n.0)
}

/// The nearest word of change before a place, with where it stands.
fn nearest(scene: &Scene, at: usize) -> Option<(Change, usize)> {
    (at.saturating_sub(9)..at)
        .rev()
        .take_while(|&i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but" | "while" | "(" | ")"))
        .find_map(|i| word_of_change(scene, i).map(|c| (c.0, i)))
}

/// "made up", "shot down", "cut off": a particle that is no direction.
fn is_particle(scene: &Scene, at: usize) -> bool {
    let verb = at.checked_sub(1).map_or("", |i| scene.doc.lemma(scene.p[i].token));
    let rose = (verb, scene.word(at)) == ("shoot", "up");
    !rose
        && matches!(scene.word(at), "up" | "down" | "off")
        && matches!(
            verb,
            "back"
                | "blow"
                | "break"
                | "build"
                | "burn"
                | "call"
                | "fire"
                | "give"
                | "gun"
                | "hand"
                | "hold"
                | "hunt"
                | "knock"
                | "lay"
                | "make"
                | "mow"
                | "open"
                | "pay"
                | "pick"
                | "put"
                | "ring"
                | "round"
                | "sell"
                | "set"
                | "shoot"
                | "show"
                | "shut"
                | "sign"
                | "sit"
                | "stand"
                | "take"
                | "team"
                | "tear"
                | "track"
                | "turn"
                | "wash"
                | "write"
        )
}

/// A word of change, and how it is used here.
fn word_of_change(scene: &Scene, at: usize) -> Option<(Change, ChangeClass)> {
    let piece = scene.p.get(at)?;
    let &(direction, class) = CHANGES.get(scene.word(at)).filter(|_| !is_particle(scene, at))?;
    let class = match (class, scene.doc.pos(piece.token)) {
        (_, Pos::Adj | Pos::Adv) if scene.word(at) == "lower" => ChangeClass::Adverb,
        (ChangeClass::Adverb, _) => ChangeClass::Adverb,
        (_, Pos::Noun) => ChangeClass::Noun,
        _ => class,
    };
    Some((direction, class))
}

/// "dropped", "climbed": a verb of change.
pub fn is_verb(scene: &Scene, at: usize) -> bool {
    word_of_change(scene, at).is_some_and(|w| w.1 == ChangeClass::Verb)
}

/// Finds what part each number of a sentence has in a change.
pub fn changes(scene: &Scene, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].level.is_none() && drafts[i].change.is_none() && has_level(&drafts[i]) {
            part(scene, drafts, i);
        }
    }
    compared(scene, drafts);
    link(scene, drafts);
    // "up two to 41.5 per cent", "lost 12 to 4,310 points": the amount is told in the unit of the level.
    for i in 1..drafts.len() {
        let (a, b) = (&drafts[i - 1], &drafts[i]);
        let leads = a.change.is_some() && a.level.is_none() && a.unit.is_none() && b.level == Some(Level::After);
        if leads
            && b.all.start == a.all.end + 1
            && matches!(scene.word(a.all.end), "to" | "at")
            && a.kind == QuantityKind::Count
        {
            let points = || measure::by_code("percentage-point");
            let (unit, kind) = match b.unit {
                Some(u) if &*u.code == "percent" => (points(), QuantityKind::Percent),
                unit => (unit, b.kind),
            };
            (drafts[i - 1].unit, drafts[i - 1].kind) = (unit, kind);
        }
    }
}

fn has_level(draft: &Draft) -> bool {
    !matches!(draft.kind, QuantityKind::Ordinal | QuantityKind::Age | QuantityKind::Score)
}

/// "the country's **top 10** exporters": how long a list is.
fn lists(scene: &Scene, draft: &Draft) -> bool {
    matches!(scene.before(draft.all.start), "top" | "bottom") && draft.unit.is_none()
}

/// The word that leads a number, past "a", "just", "a record".
fn lead(scene: &Scene, draft: &Draft) -> Option<usize> {
    let mut at = draft.all.start.checked_sub(1)?;
    for _ in 0..3 {
        let piece = &scene.p[at];
        let filler = matches!(
            scene.word(at),
            "just" | "only" | "another" | "further" | "a" | "an" | "the" | "some" | "record" | "mere"
        ) || scene.doc.pos(piece.token) == Pos::Adj && piece.is_word();
        if !filler || CHANGES.contains_key(scene.word(at)) || at == 0 {
            break;
        }
        at -= 1;
    }
    // "down **from** the record high of 799", "rose **to** a new peak of 4,100": the noun is the level's own.
    if scene.word(at) == "of" && at >= 3 && is_level_noun(scene.word(at - 1)) {
        let part = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Det | Pos::Adj | Pos::Noun | Pos::Punct);
        let led = (at.saturating_sub(7)..at - 1).rev().find(|&i| !part(i) || scene.word(i) == ",");
        if let Some(led) = led.filter(|&i| matches!(scene.word(i), "from" | "to" | "with" | "against" | "versus")) {
            return Some(led);
        }
    }
    Some(at)
}

/// A share, a sum, a measure: what can be the amount of a change without more words.
fn measured(draft: &Draft) -> bool {
    draft.unit.is_some() || matches!(draft.kind, QuantityKind::Multiplier | QuantityKind::Fraction)
}

fn part(scene: &Scene, drafts: &mut [Draft], i: usize) {
    let draft = &drafts[i];
    // "lost $1.58, or 5.8 %": the same change in other words.
    if let Some(before) = i.checked_sub(1).map(|b| &drafts[b])
        && let Some(direction) = before.change.filter(|_| before.level.is_none())
        && (again(scene, before.all.end..draft.all.start) || both(scene, before, draft))
    {
        drafts[i].change = Some(direction);
        return;
    }
    // "rose to $31 million (£24 million) from $28 million (£22 million)", "fell to $1.2 billion, **or 45 cents** a share": the
    // same in other money.
    if let Some(before) = i.checked_sub(1).map(|b| &drafts[b])
        && before.level.is_some()
        && (scene.word(before.all.end) == "(" && before.all.end + 1 == draft.all.start
            || scene.word(before.all.end) == ","
                && scene.word(before.all.end + 1) == "or"
                && before.all.end + 2 == draft.all.start)
        && let (Some(a), Some(b)) = (before.unit.filter(|u| u.is_money()), draft.unit.filter(|u| u.is_money()))
        && a.code != b.code
    {
        (drafts[i].level, drafts[i].change) = (before.level, before.change);
        return;
    }
    let Some(at) = lead(scene, draft) else {
        behind(scene, &mut drafts[i]);
        return;
    };
    // "**raised $92 million** from investors": what is collected, and nothing has risen.
    if scene.doc.lemma(scene.p[at].token) == "raise" && draft.unit.is_some_and(|u| u.is_money()) {
        return;
    }
    // "The forecast, cut by $5 million, is now $60 million."
    let now = matches!(scene.word(at), "now" | "currently")
        && at > 0
        && matches!(scene.word(at - 1), "is" | "are" | "stands" | "stand");
    let stands = |d: &Draft| now && d.level.is_none() && d.unit.map(|u| &u.code) == draft.unit.map(|u| &u.code);
    if let Some(direction) = drafts[..i].iter().rev().find(|d| stands(d)).and_then(|d| d.change) {
        drafts[i].change = Some(direction);
        drafts[i].level = Some(Level::After);
        return;
    }
    let near = |at: usize| {
        // "fell by 3 percent, to 5 million".
        let at = if at > 0 && scene.word(at - 1) == "," { at - 1 } else { at };
        change_near(scene, at).or_else(|| {
            let before = &drafts[i.checked_sub(1)?];
            let close = before.all.end <= at && at - before.all.end <= 3 && before.level.is_none();
            before.change.filter(|_| close)
        })
    };
    match scene.word(at) {
        // "attributed the fall **to a 6 per cent drop**".
        "to" if measured(draft)
            && at + 1 < draft.all.start
            && scene.p.get(draft.all.end).is_some_and(|n| scene.doc.pos(n.token) == Pos::Noun)
            && word_of_change(scene, draft.all.end).is_some() => {}
        "to" => {
            // "from 6 to 4 per cent in April **and to 2** a year later": one level after another.
            let next = i.checked_sub(1).map(|b| &drafts[b]).filter(|b| {
                let after = b.level == Some(Level::After) && b.unit.map(|u| &u.code) == draft.unit.map(|u| &u.code);
                after && at > b.all.end && at - b.all.end <= 6 && matches!(scene.word(at - 1), "and" | "then" | ",")
            });
            let next = next.and_then(|b| {
                let on = match b.change? {
                    Change::Up => draft.value > b.value,
                    Change::Down => draft.value < b.value,
                };
                on.then_some((b.change, b.value))
            });
            if let Some((change, before)) = next {
                drafts[i].change = change;
                drafts[i].level = Some(Level::After);
                drafts[i].other_level = Some(before);
                return;
            }
            if supplied(scene, draft, at) {
                return;
            }
            let near = near(at).or_else(|| past_aside(scene, drafts, i, at));
            if near.is_some() || reached(scene, at) {
                drafts[i].change = near;
                drafts[i].level = Some(Level::After);
            }
        }
        "at" => {
            // "up 2% at 5,884", "lost 40 cents to close at $31".
            let direction = i.checked_sub(1).and_then(|b| {
                let before = &drafts[b];
                let gap = before.all.end..at;
                // "up 2% at 5,884", "ended 7 percent lower at 212 pence".
                let ends = |t: usize| {
                    matches!(scene.word(t), "to" | "," | ")" | "and" | "at" | "higher" | "lower" | "up" | "down")
                        || matches!(
                            scene.doc.lemma(scene.p[t].token),
                            "close" | "end" | "finish" | "settle" | "stand" | "trade"
                        )
                };
                before.change.filter(|_| before.level.is_none() && gap.len() <= 5 && gap.clone().all(ends))
            });
            if direction.is_some() {
                drafts[i].change = direction;
                drafts[i].level = Some(Level::After);
            }
        }
        "from" => {
            let direct = leaned(scene, at);
            let next = drafts.get(i + 1).filter(|n| lead(scene, n).is_some_and(|l| scene.word(l) == "to"));
            let between = next.and_then(|n| change_near(scene, n.all.start.saturating_sub(1)));
            let ago = earlier(scene, draft.all.end).is_some() && at > 0 && scene.word(at - 1) == ",";
            // "more than halved, to 2,100 **from** 4,800".
            let reached = i
                .checked_sub(1)
                .map(|b| &drafts[b])
                .filter(|b| b.level == Some(Level::After) && b.other_level.is_none() && (b.all.end..at).len() <= 2);
            // "to $1.2 billion, or 45 cents a share, **from** $1.5 billion": past the same in other words.
            let or = |d: &Draft| scene.before(d.all.start) == "or";
            let reached = reached.or_else(|| {
                let (other, level) = (drafts.get(i.checked_sub(1)?)?, drafts.get(i.checked_sub(2)?)?);
                let past = or(other) && at >= other.all.end && at - other.all.end <= 4;
                (past && level.level == Some(Level::After) && level.other_level.is_none()).then_some(level)
            });
            let direct = direct.or(reached.and_then(|b| b.change));
            if let Some(direction) = direct.or_else(|| near(at)).or(between) {
                drafts[i].change = Some(direction);
                drafts[i].level = Some(Level::Before);
            } else if ago {
                drafts[i].level = Some(Level::Before);
            }
        }
        "on" if leaned(scene, at).is_some() && !measured(draft) => {}
        // "won by 20 points, lost the next match by six": how far two are apart.
        "by" if !draft.unit.is_some_and(|u| u.is_money())
            && nearest(scene, at).is_some_and(|n| matches!(scene.doc.lemma(scene.p[n.1].token), "lose" | "gain")) => {}
        "by" => drafts[i].change = near(at).or_else(|| beyond(scene, at)),
        "of" => {
            // "an increase of $3 million", "a rise in rents of 5 percent".
            let noun = nearest(scene, at).filter(|&(_, n)| {
                let is_noun = word_of_change(scene, n).is_some_and(|w| w.1 == ChangeClass::Noun);
                let no_verb = (n..at).all(|t| !matches!(scene.doc.pos(scene.p[t].token), Pos::Verb | Pos::Aux));
                is_noun && no_verb && at - n <= 6
            });
            drafts[i].change = noun.map(|n| n.0);
        }
        _ => {
            let free = scene.p.get(draft.all.end).is_none_or(|n| {
                !n.is_word() || matches!(scene.doc.pos(n.token), Pos::Adp | Pos::Cconj | Pos::Sconj | Pos::Punct)
            });
            match word_of_change(scene, at) {
                // "Harper Air lost $2.4 billion": a loss, unless it is a price that lost.
                Some((_, ChangeClass::Verb))
                    if draft.unit.is_some_and(|u| u.is_money())
                        && draft.scale.is_some()
                        && matches!(scene.doc.lemma(scene.p[at].token), "lose" | "gain") => {}
                // "raise at least 88 billion dollars", "raised $5 million": so much was collected.
                Some((_, ChangeClass::Verb))
                    if draft.unit.is_some_and(|u| u.is_money())
                        && matches!(scene.doc.lemma(scene.p[at].token), "raise" | "hike")
                        && !matches!(scene.word(draft.all.end), "to" | "from") => {}
                // "gained just 3 per cent backing": so much of it was won, and nothing rose.
                Some((_, ChangeClass::Verb))
                    if draft.unit.is_some_and(|u| &*u.code == "percent")
                        && matches!(scene.doc.lemma(scene.p[at].token), "lose" | "gain")
                        && scene.p.get(draft.all.end).is_some_and(|n| {
                            scene.doc.pos(n.token) == Pos::Noun || scene.doc.xpos(n.token) == Xpos::Vbg
                        })
                        && !CHANGES.contains_key(scene.word(draft.all.end)) => {}
                // "fell 200 metres down a gully": somebody moved, and nothing became less.
                Some((_, ChangeClass::Verb)) if moves(scene, draft, at) => {}
                // "lost 3 men", "shot down three drones", "cut 300 jobs": amounts of things count as changes only by "by".
                Some((direction, ChangeClass::Verb)) if measured(draft) => drafts[i].change = Some(direction),
                // "the crowd was **down about 9,000 visitors**": so many fewer.
                Some((direction, ChangeClass::Adverb))
                    if measured(draft)
                        || free && scene.word(at) != "off"
                        || matches!(scene.word(at), "up" | "down")
                            && at > 0
                            && matches!(scene.word(at - 1), "was" | "were" | "is" | "are") =>
                {
                    drafts[i].change = Some(direction);
                }
                _ if cut_by(scene, draft, at) => drafts[i].change = change_near(scene, at),
                _ => {
                    // "lifted its rate half a point to 4.5 percent": between the verb and the level reached.
                    let to = scene.word(draft.all.end) == "to" && i + 1 < drafts.len();
                    // "fell 1.5 to 9 per cent": right behind the verb, without a unit of its own.
                    let bare =
                        draft.unit.is_none() && drafts.get(i + 1).is_some_and(|n| n.all.start == draft.all.end + 1);
                    let verb = nearest(scene, draft.all.start).filter(|&(_, n)| {
                        to && (measured(draft) && draft.all.start - n <= 6 || bare && draft.all.start - n == 1)
                    });
                    drafts[i].change = verb.map(|v| v.0);
                }
            }
        }
    }
    if drafts[i].change.is_none() && drafts[i].level.is_none() {
        behind(scene, &mut drafts[i]);
    }
}

/// "dropped 212 points, **its worst day since March,** to 14,306", "ballooned in October, **data showed,** to €14.6 billion": the
/// change that the words before an aside tell.
fn past_aside(scene: &Scene, drafts: &[Draft], i: usize, to: usize) -> Option<Change> {
    let close = to.checked_sub(1).filter(|&c| matches!(scene.word(c), "," | ")" | "-" | "–" | "—"))?;
    let opens = if scene.word(close) == ")" { "(" } else { scene.word(close) };
    let open = (close.saturating_sub(16)..close).rev().find(|&o| scene.word(o) == opens)?;
    if (open + 1..close).any(|k| matches!(scene.word(k), ";" | ":" | "and" | "but")) || close == open + 1 {
        return None;
    }
    // The amount of the change right before, else the verb that is to reach a level.
    let amount =
        drafts[..i].iter().rev().find(|d| d.all.end <= open).filter(|d| d.all.end == open && d.level.is_none());
    amount.and_then(|d| d.change).or_else(|| {
        let (change, at) = nearest(scene, open)?;
        let verb = word_of_change(scene, at).is_some_and(|w| w.1 == ChangeClass::Verb);
        // "Sales rose, the firm said, to …": nothing that the change would reach stands before the aside.
        let reached = drafts.iter().any(|d| d.all.start > at && d.all.end <= open);
        let to = (at..open).any(|k| scene.word(k) == "to");
        (verb && !reached && !to).then_some(change)
    })
}

/// "exceeded last August's **by 190,000 tonnes**": how far one level lies beyond another.
fn beyond(scene: &Scene, by: usize) -> Option<Change> {
    let clause =
        (by.saturating_sub(8)..by).rev().take_while(|&i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but"));
    clause.map(|i| scene.doc.lemma(scene.p[i].token)).find_map(|lemma| match lemma {
        "exceed" | "outstrip" | "overshoot" | "surpass" => Some(Change::Up),
        "undershoot" => Some(Change::Down),
        _ => None,
    })
}

/// "projected **to cut emissions** 42.6 per cent": a verb of change, a short object, and the share with nothing behind it.
fn cut_by(scene: &Scene, draft: &Draft, last: usize) -> bool {
    let noun = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det);
    let share = draft.unit.is_some_and(|u| &*u.code == "percent");
    let first = (last.saturating_sub(3)..=last).rev().take_while(|&i| noun(i)).last();
    let free = scene.p.get(draft.all.end).is_none_or(|n| !n.is_word() || scene.doc.pos(n.token) == Pos::Adp);
    let whole = scene.word(draft.all.end) == "of";
    share && free && !whole && first.and_then(|f| f.checked_sub(1)).is_some_and(|v| is_verb(scene, v))
}

/// "a drop of 0.8 **and 0.2** percentage points", "fell 73% at Harper **and 68%** at Reed": two changes of one kind, with no
/// verb of its own for the second.
fn both(scene: &Scene, before: &Draft, draft: &Draft) -> bool {
    let share = |d: &Draft| d.unit.map(|u| &*u.code).filter(|c| matches!(*c, "percent" | "percentage-point"));
    let gap = before.all.end..draft.all.start;
    let verb = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Verb | Pos::Aux);
    (1..=6).contains(&gap.len())
        && (scene.word(gap.end - 1) == "and" || gapped(scene, gap.clone()).is_some())
        && !gap.clone().any(verb)
        && !gap.clone().skip(1).any(|i| matches!(scene.word(i), "to" | "," | ";" | "(" | ")"))
        && scene.word(gap.start) != "to"
        && share(draft).is_some()
        && share(before) == share(draft)
}

/// "exports rose 12 per cent **and domestic sales** 7 per cent": the noun phrase between two numbers of one verb.
pub fn gapped(scene: &Scene, gap: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let by = gap.end > gap.start && scene.word(gap.end - 1) == "by";
    let gap = gap.start..gap.end - usize::from(by);
    let links = gap.clone().take_while(|&i| matches!(scene.word(i), "," | "and" | "while" | "the")).count();
    let phrase = gap.start + links..gap.end;
    let nominal = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Noun | Pos::Propn | Pos::Adj);
    let noun = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Noun | Pos::Propn);
    let fits = links > 0 && (1..=4).contains(&phrase.len()) && phrase.clone().all(nominal) && noun(phrase.end - 1);
    fits.then_some(phrase)
}

/// "The climber **fell 200 metres**", "sank two kilometres **off** the coast": a way that somebody or something moved, by who
/// moves or by where to.
fn moves(scene: &Scene, draft: &Draft, verb: usize) -> bool {
    let doc = scene.doc;
    if draft.unit.is_none_or(|u| u.dimension != "length") {
        return false;
    }
    let where_to = matches!(
        scene.word(draft.all.end),
        "down"
            | "into"
            | "onto"
            | "off"
            | "through"
            | "over"
            | "out"
            | "along"
            | "across"
            | "towards"
            | "toward"
            | "away"
    );
    let subject = doc.children(scene.p[verb].token).find(|&c| doc.relation(c).is("nsubj"));
    where_to
        || subject.is_some_and(|s| {
            let person = doc.labels.at(s).is_some_and(|l| l.name != NamePart::Outside && l.class == NameClass::Person);
            let pronoun = matches!(doc.lower(s), "he" | "she" | "who" | "i" | "we" | "you");
            let class = noun::of(doc, s).is_some_and(|n| n.is_people() || n.class == NounClass::Craft);
            let moves = ["vehicle", "animal", "rock"].iter().any(|kind| wordnet::is_a(doc.lemma(s), kind));
            person || pronoun || class || moves
        })
}

/// "The storm **cut power to 30,000 homes**": what is cut is no number of them, and it does not reach one.
fn supplied(scene: &Scene, draft: &Draft, to: usize) -> bool {
    let doc = scene.doc;
    let counts = draft.unit.is_none()
        && draft.kind == QuantityKind::Count
        && scene.p.get(draft.all.end).is_some_and(|n| doc.pos(n.token) == Pos::Noun);
    let thing = to.checked_sub(1).map(|i| scene.p[i].token).filter(|&t| doc.xpos(t) == Xpos::Nn);
    let verb = thing.and_then(|t| {
        let head = doc.head(t)?;
        (doc.relation(t).is("obj") && doc.pos(head) == Pos::Verb).then_some(t)
    });
    counts
        && verb.is_some_and(|t| {
            let lemma = doc.lemma(t);
            let people = noun::find(lemma).is_some_and(|n| n.is_people());
            !is_level_noun(lemma) && !people && COLLECTIVES.get(lemma).is_none()
        })
}

/// "or", ", or", "(": the second number says the same.
fn again(scene: &Scene, gap: std::ops::Range<usize>) -> bool {
    let words: Vec<&str> = gap.map(|i| scene.word(i)).collect();
    matches!(words.as_slice(), ["or"] | [",", "or"] | ["("] | ["(", "or"] | ["a", "share", ",", "or"])
}

/// "revised to 95", "brings the bill to $19 million": verbs that reach a level and say nothing of the direction.
fn reached(scene: &Scene, to: usize) -> bool {
    (to.saturating_sub(9)..to)
        .rev()
        .take_while(|&i| !matches!(scene.word(i), "," | ";" | ":" | "but" | "while" | "and" | "(" | ")"))
        .find(|&i| scene.doc.pos(scene.p[i].token) == Pos::Verb)
        .is_some_and(|i| {
            let lemma = scene.doc.lemma(scene.p[i].token);
            matches!(lemma, "revise" | "correct" | "adjust" | "amend" | "update" | "change" | "restate" | "reset")
                || matches!(lemma, "bring" | "take") && i + 1 < to
        })
}

/// The direction of what stands right before a preposition: "down from", "up sharply from", "rising from".
fn leaned(scene: &Scene, at: usize) -> Option<Change> {
    let mut i = at.checked_sub(1)?;
    if scene.doc.pos(scene.p[i].token) == Pos::Adv && !CHANGES.contains_key(scene.word(i)) {
        i = i.checked_sub(1)?;
    }
    word_of_change(scene, i).map(|w| w.0)
}

/// What follows the number: "9 percent higher", "5 points up on", "45 fewer deaths than", "a 13 % increase".
fn behind(scene: &Scene, draft: &mut Draft) {
    let glued = scene.p.get(draft.all.end).is_some_and(|n| n.is_sign('-') && n.glued);
    let at = draft.all.end + usize::from(glued);
    let closes = |i: usize| {
        scene
            .p
            .get(i)
            .is_none_or(|n| !n.is_word() || matches!(scene.doc.pos(n.token), Pos::Adp | Pos::Sconj | Pos::Cconj))
    };
    // "30 centimetres above the average", "2 percent below target".
    if let "above" | "below" | "over" | "under" = scene.word(at)
        && measured(draft)
        && norm(scene, at + 1)
    {
        draft.change = Some(if matches!(scene.word(at), "above" | "over") { Change::Up } else { Change::Down });
        return;
    }
    // "came in 2 per cent **short of forecast**".
    if scene.word(at) == "short" && scene.word(at + 1) == "of" && measured(draft) && norm(scene, at + 2) {
        draft.change = Some(Change::Down);
        return;
    }
    match scene.word(at) {
        "more" | "fewer" | "less" => {
            let than = (at + 1..at + 7)
                .take_while(|&i| !matches!(scene.word(i), "," | ";" | "." | ""))
                .find(|&i| scene.word(i) == "than");
            if than.is_some() && draft.kind != QuantityKind::Multiplier {
                draft.change = Some(if scene.word(at) == "more" { Change::Up } else { Change::Down });
            }
            return;
        }
        // "Attendance was 1,800 **lower than** at the previous match."
        "higher" | "lower" if scene.word(at + 1) == "than" && draft.kind != QuantityKind::Multiplier => {
            draft.change = Some(if scene.word(at) == "higher" { Change::Up } else { Change::Down });
            return;
        }
        _ => {}
    }
    // "a 27,000 increase on 2010": a count that is one of change.
    if draft.kind == QuantityKind::Count && draft.unit.is_none() && closes(at + 1) {
        // "three increases" are as many of them.
        let one = scene.p.get(at).is_some_and(|n| scene.doc.xpos(n.token) != Xpos::Nns);
        if let Some((direction, ChangeClass::Noun)) = word_of_change(scene, at).filter(|_| one) {
            draft.change = Some(direction);
        }
        return;
    }
    if !measured(draft) || matches!(draft.kind, QuantityKind::Multiplier) {
        return;
    }
    // "4 percent **fee increases**", "a 40% year-on-year rise": the noun of the phrase.
    let tied = |i: usize| {
        let (sign, next) = (scene.p.get(i), scene.p.get(i + 1));
        sign.is_some_and(|n| n.is_sign('-')) || next.is_some_and(|n| n.is_sign('-') && n.glued)
    };
    let part = |i: usize| scene.p.get(i).is_some_and(|n| n.is_word()) && scene.doc.pos(scene.p[i].token) == Pos::Noun;
    let head = (at..at + 7).take_while(|&i| part(i) || tied(i) || i > at && tied(i - 1)).last();
    if let Some(head) = head.filter(|&h| h > at && draft.kind == QuantityKind::Percent)
        && let Some((direction, ChangeClass::Noun)) = word_of_change(scene, head)
    {
        draft.change = Some(direction);
        return;
    }
    // "a 16 percent increase over 2019", "a 5% annual rise".
    for i in at..at + 2 {
        match word_of_change(scene, i) {
            Some((direction, ChangeClass::Noun)) => {
                draft.change = Some(direction);
                return;
            }
            Some((direction, ChangeClass::Adverb)) if i == at && (closes(i + 1)) => {
                draft.change = Some(direction);
                return;
            }
            _ => {}
        }
        if scene.p.get(i).is_none_or(|n| scene.doc.pos(n.token) != Pos::Adj) {
            return;
        }
    }
}

/// "the average", "its usual level", "last year's": what a level is held against.
fn norm(scene: &Scene, from: usize) -> bool {
    let end = (from..from + 5).take_while(|&i| !matches!(scene.word(i), "," | ";" | "." | "" | "and")).last();
    end.is_some_and(|end| {
        (from..=end).any(|i| {
            matches!(
                scene.word(i),
                "average"
                    | "mean"
                    | "median"
                    | "normal"
                    | "norm"
                    | "usual"
                    | "target"
                    | "forecast"
                    | "estimate"
                    | "expectations"
                    | "trend"
                    | "par"
            )
        }) || rank(scene, from, end + 1).is_some()
    })
}

/// How far back the words near a number place it: "a year earlier" further than "last year", that further than nothing.
fn earlier(scene: &Scene, from: usize) -> Option<u8> {
    rank(scene, from, (from + 7).min(scene.p.len()))
}

fn rank(scene: &Scene, from: usize, to: usize) -> Option<u8> {
    let period = |w: &str| {
        is_period(w)
            || w.strip_suffix('s')
                .is_some_and(|w| matches!(w, "year" | "month" | "week" | "day" | "quarter" | "decade" | "season"))
    };
    for i in from..to {
        if matches!(scene.word(i), "," | ";" | "(" | ")" | "and" | "but") && i > from {
            return None;
        }
        if !period(scene.word(i)) {
            continue;
        }
        let (before, after) = (scene.before(i), scene.word(i + 1));
        if matches!(after, "earlier" | "before" | "ago" | "previously" | "prior")
            || matches!(before, "previous" | "prior" | "preceding")
            || after == "-" && scene.word(i + 2) == "earlier"
        {
            return Some(2);
        }
        if before == "last" {
            return Some(1);
        }
    }
    None
}

/// A stretch of time that comes again.
pub fn is_period(word: &str) -> bool {
    matches!(
        word,
        "year"
            | "month"
            | "week"
            | "day"
            | "quarter"
            | "decade"
            | "season"
            | "century"
            | "night"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
    )
}

/// "$5 million, compared with $4 million a year earlier", "2,900 ships last year and 2,500 the year before".
fn compared(scene: &Scene, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        if drafts[i].level.is_some()
            || drafts[i].change.is_some()
            || !has_level(&drafts[i])
            || single(scene, &drafts[i])
        {
            continue;
        }
        let Some(mut at) = lead(scene, &drafts[i]) else { continue };
        // "compared with **net earnings of** $2 million".
        if scene.word(at) == "of" {
            let noun = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Noun | Pos::Adj);
            at = (0..at).rev().find(|&i| !noun(i)).unwrap_or(at);
        }
        let second = at.checked_sub(1).map_or("", |b| scene.word(b));
        let compares =
            matches!((second, scene.word(at)), ("compared", "with" | "to") | (_, "versus" | "vs" | "against"));
        // "Output, 1,450 cars in May, **compares with** 2,000 in April."
        if matches!(second, "compare" | "compares") && scene.word(at) == "with" && i > 0 {
            drafts[i].level = Some(Level::Before);
            continue;
        }
        // "The fine, **originally** $2 million, was cut to $750,000": so much it was before.
        if matches!(scene.word(at), "originally" | "initially" | "previously" | "formerly")
            && matches!(second, "," | "(" | "-" | "–" | "—")
        {
            drafts[i].level = Some(Level::Before);
            continue;
        }
        let ended = |d: &Draft| d.level == Some(Level::After) && d.other_level.is_none();
        // "The list, which **stood at 900** in May, has grown to 1,300."
        let stood = scene.word(at) == "at" && matches!(second, "stood" | "was" | "were");
        if stood
            && drafts.get(i + 1).is_some_and(|n| ended(n) && alike(&drafts[i], n) && scene.before(n.all.start) == "to")
        {
            drafts[i].level = Some(Level::Before);
            continue;
        }
        // "quickened to 4.1 percent in April **after 3.7 percent** in March".
        if scene.word(at) == "after"
            && i > 0
            && ended(&drafts[i - 1])
            && drafts[i].unit.is_some()
            && alike(&drafts[i - 1], &drafts[i])
            && scene.p.get(drafts[i].all.end).is_none_or(|n| scene.doc.pos(n.token) != Pos::Noun)
        {
            drafts[i].level = Some(Level::Before);
            continue;
        }
        let behind = drafts[i].all.end..(drafts[i].all.end + 14).min(scene.p.len());
        let dated = age(scene, behind) > 0
            || earlier(scene, drafts[i].all.end).is_some()
            || year_behind(scene, drafts[i].all.end).is_some()
            || rank(scene, at.saturating_sub(8), at).is_some();
        if compares && dated {
            drafts[i].level = Some(Level::Before);
        }
    }
    let levels: Vec<usize> = (0..drafts.len()).filter(|&i| has_level(&drafts[i])).collect();
    for pair in levels.windows(2) {
        let (left, right) = drafts.split_at_mut(pair[1]);
        let (a, b) = (&mut left[pair[0]], &mut right[0]);
        let plain = |d: &Draft| {
            d.level.is_none()
                && d.change.is_none()
                && has_level(d)
                && d.upper.is_none()
                && !lists(scene, d)
                && !single(scene, d)
        };
        // "employs 1,900 people and made a profit of $14 million last year": what counts its own noun is no sum.
        let apart = a.unit.is_some() && counts_its_own(scene, b) || b.unit.is_some() && counts_its_own(scene, a);
        let named = scene.before(b.all.start) == ":";
        // "an idea started **by two women** in 2015": who did it is no level.
        let doers = |d: &Draft| {
            let made = |i: usize| scene.doc.xpos(scene.p[i].token) == Xpos::Vbn && !is_verb(scene, i);
            scene.before(d.all.start) == "by" && d.unit.is_none() && d.all.start.checked_sub(2).is_some_and(made)
        };
        // "$1.23 per share, compared with a loss of $670 million": a rate and a sum.
        let rated = a.kind == QuantityKind::Money && a.per.is_some() != b.per.is_some();
        if apart
            || named
            || rated
            || doers(a)
            || doers(b)
            || !plain(a)
            || !plain(b)
            || !alike(a, b)
            || !same_noun(scene, a, b)
            || turns(scene, a, b)
        {
            continue;
        }
        let back = |d: &Draft, floor: usize| {
            let before = rank(scene, d.all.start.saturating_sub(8).max(floor), d.all.start);
            earlier(scene, d.all.end).or(before).unwrap_or(0)
        };
        let years = year_behind(scene, a.all.end).zip(year_behind(scene, b.all.end));
        let order = match years {
            Some((x, y)) => y.cmp(&x),
            None => back(a, 0).cmp(&back(b, a.all.end)),
        };
        let order = order.then_with(|| by_clause(scene, a, b));
        match order {
            std::cmp::Ordering::Less => {
                a.level = Some(Level::After);
                b.level = Some(Level::Before);
            }
            std::cmp::Ordering::Greater => {
                a.level = Some(Level::Before);
                b.level = Some(Level::After);
            }
            std::cmp::Ordering::Equal => {}
        }
    }
}

/// "five recalls, including **one** last month": one of them, and no level.
fn single(scene: &Scene, draft: &Draft) -> bool {
    scene.word(draft.number.start) == "one"
        && draft.unit.is_none()
        && matches!(scene.before(draft.all.start), "including" | "and" | "," | "the")
}

/// Which of two numbers the words of its own clause place further back: "employed 450 people last spring, has 120 now",
/// "611 pupils in 2015; there are 288 today", "against 46 last term, only 29 were fined".
fn by_clause(scene: &Scene, a: &Draft, b: &Draft) -> std::cmp::Ordering {
    let seam = (a.all.end..b.all.start).rev().find(|&i| matches!(scene.word(i), "," | ";" | "and" | "but" | "while"));
    let Some(seam) = seam else { return std::cmp::Ordering::Equal };
    let start = (a.all.start.saturating_sub(12)..a.all.start)
        .rev()
        .find(|&i| matches!(scene.word(i), ";" | "."))
        .map_or(a.all.start.saturating_sub(12), |i| i + 1);
    let end = (b.all.end..scene.p.len().min(b.all.end + 12))
        .find(|&i| matches!(scene.word(i), "," | ";" | "." | "and" | "but"))
        .unwrap_or(scene.p.len().min(b.all.end + 12));
    let (x, y) = (age(scene, start..seam), age(scene, seam..end));
    // "ends the year, after surgery **earlier** this season, with 404 yards of rushing **and** 440 of receiving": one clause.
    let verb = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Verb | Pos::Aux);
    if y == 0 && !(seam..b.all.start).any(verb) {
        return std::cmp::Ordering::Equal;
    }
    // A year or a month beside "now" is the time before; two years were looked at.
    let dated = |d: &Draft, r: std::ops::Range<usize>| {
        let month = |i: usize| {
            let time = scene.withheld.iter().any(|w| w.overlaps(scene.p[i].span));
            time && matches!(scene.before(i), "in" | "at" | "on" | "by" | "during" | "until")
        };
        year_behind(scene, d.all.end).is_some() || r.clone().any(|i| is_year(scene, i) || month(i))
    };
    match (x, y) {
        (0, -1) if !dated(a, start..seam) => return std::cmp::Ordering::Equal,
        (-1, 0) if !dated(b, seam..end) => return std::cmp::Ordering::Equal,
        _ => {}
    }
    x.cmp(&y)
}

fn is_year(scene: &Scene, at: usize) -> bool {
    let year = scene.word(at).parse::<u32>().is_ok_and(|y| (1800..2100).contains(&y));
    year && scene.word(at).len() == 4 && matches!(scene.before(at), "in" | "of" | "since")
}

/// Where the words of a clause place it: 2 before something ("before the storm", "a year earlier"), 1 in the past one ("last
/// term", "in the same month of 2022"), -1 now.
fn age(scene: &Scene, clause: std::ops::Range<usize>) -> i8 {
    let period = |i: usize| {
        is_period(scene.word(i)) || matches!(scene.word(i), "term" | "morning" | "time" | "election" | "census")
    };
    let mut found = 0i8;
    for i in clause.clone() {
        let next = |n: usize| if i + n < clause.end { scene.word(i + n) } else { "" };
        let here = match scene.word(i) {
            "before" if matches!(next(1), "the" | "a" | "an" | "its" | "his" | "her" | "their") => 2,
            "earlier" | "ago" | "previously" | "formerly" | "originally" => 2,
            "previous" | "preceding" | "prior" if period(i + 1) => 2,
            "year" | "month" | "week" | "quarter" | "decade" if next(1) == "before" => 2,
            "last" if period(i + 1) => 1,
            "same" if matches!(next(1), "period" | "point" | "stage" | "time" | "month" | "quarter" | "week") => 1,
            "once" if i > 0 && scene.doc.pos(scene.p[i].token) == Pos::Adv => 1,
            "now" | "today" | "currently" | "nowadays" => -1,
            "this" if period(i + 1) => -1,
            _ => 0,
        };
        if here != 0 && (found == 0 || here > found) {
            found = here;
        }
    }
    found
}

/// "in 2019" behind a number and its noun.
fn year_behind(scene: &Scene, end: usize) -> Option<u32> {
    (end..end + 5)
        .take_while(|&i| !matches!(scene.word(i), "," | ";" | "and" | "but" | "(" | ""))
        .find(|&i| matches!(scene.word(i), "in" | "of" | "for") && scene.word(i + 1).len() == 4)
        .and_then(|i| scene.word(i + 1).parse().ok())
        .filter(|y| (1800..2100).contains(y))
}

/// The second names no other thing than the first.
fn same_noun(scene: &Scene, a: &Draft, b: &Draft) -> bool {
    let noun = |d: &Draft| {
        let piece = scene.p.get(d.all.end)?;
        let nominal = matches!(scene.doc.pos(piece.token), Pos::Noun | Pos::Adj | Pos::Propn) && piece.is_word();
        let time = scene.withheld.iter().any(|w| w.overlaps(piece.span))
            || matches!(scene.word(d.all.end), "last" | "this" | "next");
        (nominal && !time).then(|| scene.doc.lemma(piece.token))
    };
    let of = |d: &Draft| scene.word(d.all.end) == "of";
    // "Against 46 last term, only 29 pupils were fined": the first is what the second is held against.
    let held = |d: &Draft| matches!(scene.before(d.all.start), "against" | "versus");
    !of(b) && (noun(b).is_none() || noun(a) == noun(b) || held(a) && noun(a).is_none())
}

/// Whether two numbers can be levels of one thing: of one unit, or one of them without.
fn alike(a: &Draft, b: &Draft) -> bool {
    let plain = |d: &Draft| d.unit.is_none() && d.kind == QuantityKind::Count && d.form != Form::Vague;
    match (a.unit, b.unit) {
        (Some(x), Some(y)) => x.code == y.code,
        (None, None) => a.kind == b.kind,
        (Some(_), None) => plain(b),
        (None, Some(_)) => plain(a),
    }
}

/// "The captain said 1,500 were aboard, **but the office earlier estimated** 2,000": two count, and nothing has fallen.
fn rival(scene: &Scene, left: &Draft, right: &Draft) -> bool {
    let gap = left.all.end..right.all.start;
    // "(organisers' figure: 30,000; **police count:** 12,000)".
    if scene.before(right.all.start) == ":" {
        return true;
    }
    let Some(turn) = gap.clone().find(|&i| matches!(scene.word(i), "but" | "while" | "whereas")) else { return false };
    let tells = |i: usize| {
        let lemma = scene.doc.lemma(scene.p[i].token);
        speech::is(lemma) || matches!(lemma, "estimate" | "put" | "count" | "reckon")
    };
    let verb = (turn..gap.end.max(turn)).chain(right.all.clone()).find(|&i| tells(i));
    let noun = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Noun | Pos::Propn);
    verb.is_some_and(|verb| (turn..verb).any(noun))
}

/// "$39 million **a quarter, compared with** $44 million": nothing but what is measured and when stands between a level and the
/// words that hold another against it.
fn is_held(scene: &Scene, level: &Draft, before: &Draft) -> bool {
    let gap = level.all.end..before.all.start;
    let alternative = scene.before(level.all.start) == "or" || level.per.is_some() != before.per.is_some();
    let holds = |i: usize| {
        matches!(scene.word(i), "compared" | "against" | "versus" | "vs" | "from")
            && (scene.word(i) != "from" || leaned(scene, i).is_some())
    };
    let other = |i: usize| {
        matches!(scene.word(i), "and" | "but" | "while" | ")" | ";")
            || scene.word(i) != "compared" && matches!(scene.doc.pos(scene.p[i].token), Pos::Verb | Pos::Aux)
    };
    let unit = |d: &Draft| d.unit.map(|u| &u.code);
    let alike = unit(level) == unit(before) && (level.unit.is_some() || same_noun(scene, level, before));
    let comma = gap.clone().filter(|&i| scene.word(i) == ",").count() <= 1;
    alike && !alternative && comma && gap.len() <= 10 && gap.clone().any(holds) && !gap.clone().any(other)
}

/// "rose to $84 million, **or 42 cents a share**": the number before, said again in another measure.
fn is_alternative(scene: &Scene, drafts: &[Draft], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|b| &drafts[b]) else { return false };
    let gap = drafts[at].all.start.saturating_sub(before.all.end);
    let joined = scene.before(drafts[at].all.start) == "or";
    joined && (gap == 1 || gap == 2 && scene.word(before.all.end) == ",") && drafts[at].per.is_some()
}

/// "Profit was $4 million, compared with **a loss of** $2 million": what is earned and what is lost are no levels of one thing.
fn turns(scene: &Scene, level: &Draft, before: &Draft) -> bool {
    let lost = |r: std::ops::Range<usize>| {
        r.rev().find_map(|i| match scene.doc.lemma(scene.p[i].token) {
            "deficit" | "loss" | "lose" | "shortfall" => Some(true),
            "earn" | "earning" | "earnings" | "gain" | "income" | "profit" | "surplus" => Some(false),
            _ => None,
        })
    };
    let sentence = scene.doc.sentence_of(scene.p[level.all.start].token);
    let first = (0..level.all.start).rev().take_while(|&i| scene.doc.sentence_of(scene.p[i].token) == sentence).last();
    let begin = first.unwrap_or(level.all.start);
    let held = lost(before.all.start.saturating_sub(4).max(level.all.end)..before.all.start);
    held.is_some_and(|held| held != lost(begin..level.all.start).unwrap_or(false))
}

/// Every level before finds its level after; one that finds none is no level.
fn link(scene: &Scene, drafts: &mut [Draft]) {
    let alternative: Vec<bool> = (0..drafts.len()).map(|i| is_alternative(scene, drafts, i)).collect();
    for i in 1..drafts.len() {
        // "from $70 million, or 35 cents a share, **a year earlier**".
        let told = alternative[i] && drafts[i].level == Some(Level::Before) && drafts[i - 1].level.is_none();
        if told && drafts[i - 1].change.is_none() {
            drafts[i - 1].level = Some(Level::Before);
        }
    }
    for i in 0..drafts.len() {
        if drafts[i].level != Some(Level::Before) || drafts[i].other_level.is_some() {
            continue;
        }
        let after = |j: usize| {
            drafts[j].level == Some(Level::After) && drafts[j].other_level.is_none() && alike(&drafts[j], &drafts[i])
        };
        let open = |j: usize| {
            drafts[j].level.is_none()
                && drafts[j].change.is_none()
                && has_level(&drafts[j])
                && drafts[j].upper.is_none()
                && alike(&drafts[j], &drafts[i])
                && same_noun(scene, &drafts[j.min(i)], &drafts[j.max(i)])
                && !rival(scene, &drafts[j.min(i)], &drafts[j.max(i)])
                && !(drafts[i].unit.is_some_and(|u| &*u.code == "percent")
                    && drafts[j].unit.is_none()
                    && drafts[j].value > Decimal::ONE_HUNDRED)
                && !(drafts[i].unit.is_some() && counts_its_own(scene, &drafts[j]))
        };
        // "recovered from six raids, leaving £1 million": what counts its own noun is no level of a sum.
        let unlike = |j: usize| {
            let (a, b) = (&drafts[i], &drafts[j]);
            let money = |d: &Draft| d.kind == QuantityKind::Money;
            money(a) && counts_its_own(scene, b) || money(b) && counts_its_own(scene, a)
        };
        let near = |j: &usize| {
            let same = !unlike(*j) && alternative[*j] == alternative[i] && !turns(scene, &drafts[*j], &drafts[i]);
            j.abs_diff(i) <= 3 && same && (!alternative[i] || !turns(scene, &drafts[*j - 1], &drafts[i - 1]))
        };
        let back = || (0..i).rev().filter(near);
        let on = || (i + 1..drafts.len()).filter(near);
        // "Sales rose to $412 million, and profit was **$39 million, compared with $44 million**": the nearest that it is held
        // against, whatever has changed in a clause before.
        let beside =
            back().find(|&j| after(j) || open(j)).filter(|&j| open(j) && is_held(scene, &drafts[j], &drafts[i]));
        let partner = beside
            .or_else(|| back().find(|&j| after(j)))
            .or_else(|| on().find(|&j| after(j)))
            .or_else(|| back().find(|&j| open(j)))
            .or_else(|| on().find(|&j| open(j)));
        let Some(j) = partner else {
            drafts[i].level = None;
            drafts[i].change = None;
            continue;
        };
        let (before, level) = (drafts[i].value, drafts[j].value);
        let told = drafts[i].change.or(drafts[j].change);
        let seen = if level > before { Some(Change::Up) } else { (level < before).then_some(Change::Down) };
        let direction = told.or(seen);
        for k in [i, j] {
            drafts[k].change = direction;
        }
        drafts[j].level = Some(Level::After);
        drafts[i].other_level = Some(level);
        drafts[j].other_level = Some(before);
        let (unit, kind) =
            if drafts[i].unit.is_some() { (drafts[i].unit, drafts[i].kind) } else { (drafts[j].unit, drafts[j].kind) };
        for k in [i, j] {
            if drafts[k].unit.is_none() && unit.is_some() {
                drafts[k].unit = unit;
                drafts[k].kind = kind;
            }
        }
    }
}

/// A number without a unit, with the noun that it counts behind it.
fn counts_its_own(scene: &Scene, draft: &Draft) -> bool {
    draft.unit.is_none() && !bare(scene, draft)
}

/// A number without a noun behind it.
fn bare(scene: &Scene, draft: &Draft) -> bool {
    scene
        .p
        .get(draft.all.end)
        .is_none_or(|n| !n.is_word() || !matches!(scene.doc.pos(n.token), Pos::Noun | Pos::Adj | Pos::Propn))
}
