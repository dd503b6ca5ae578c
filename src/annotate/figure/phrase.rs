//! What a number is of, in words that stand alone: "people killed", "patients without insurance who skipped a dose", "chairs the
//! plant makes", "Brook earned", "age of Ann Hale".
//!
//! The noun phrase with what narrows it, and the verb that tells of it, in the article's own words where they stand side by side.

use std::ops::Range;

use super::{measure, site};
use crate::lexicon::country;
use crate::lexicon::measure::{by_code, is_direction};
use crate::lexicon::speech;
use crate::text::clause::{self, is_passive, narrowed};
use crate::text::*;

/// The most words that a subject, a group of verbs, or what follows it may have.
const SUBJECT: usize = 7;
const GROUP: usize = 7;
const REST: usize = 6;

/// Nouns that stand before "of" and what is counted, and are not counted themselves.
const NUMBERS: &[&str] =
    &["total", "number", "majority", "minority", "maximum", "minimum", "remainder", "rest", "record", "sum"];

/// The words; empty where nothing is known.
pub fn of(doc: &Document, id: Id<Quantity>) -> String {
    let quantity = &doc.quantities[id];
    let own = doc.tokens_in(quantity.span);
    if own.start >= own.end || doc.heads.is_empty() {
        return quantity.counted.map(|c| doc.slice(c).to_owned()).unwrap_or_default();
    }
    let class = doc.frames.at(id).and_then(Option::as_ref).filter(|f| f.is_class).map(|f| f.measure.as_str());
    let writer = Writer { doc, quantity, own: own.clone(), class };
    match quantity.kind {
        QuantityKind::Age => writer.age(),
        QuantityKind::Ordinal | QuantityKind::Score => quantity.counted.map(|c| writer.narrow(c)).unwrap_or_default(),
        _ => writer.figure().unwrap_or_default(),
    }
}

struct Writer<'a> {
    doc: &'a Document,
    quantity: &'a Quantity,
    own: Range<Id<Token>>,
    /// What is measured, where it is a class of the table.
    class: Option<&'a str>,
}

impl Writer<'_> {
    fn narrow(&self, span: Span) -> String {
        let whole = self.coordinated(narrowed(self.doc, span, self.quantity.span));
        let tokens = self.doc.tokens_in(whole);
        if self.doc.span_of(tokens.clone()) == whole { self.words(tokens) } else { self.doc.slice(whole).to_owned() }
    }

    /// Whether a number of its sentence holds a token.
    fn is_number(&self, token: Id<Token>) -> bool {
        let doc = self.doc;
        let span = doc.tokens[token].span;
        let sentence = doc.sentences.at(doc.sentence_of(token)).map_or(span, |s| s.span);
        doc.quantities.within(sentence).any(|q| doc.quantities[q].span.covers(span))
    }

    /// "22 cities **and counties**": a second noun without a number of its own.
    fn coordinated(&self, span: Span) -> Span {
        let doc = self.doc;
        let tokens = doc.tokens_in(span);
        let (and, noun) = (tokens.end, Id::<Token>::new(tokens.end.index() + 1));
        let last = tokens.end.index().checked_sub(1).map(Id::<Token>::new);
        let plural = |t: Id<Token>| doc.tokens.at(t).is_some() && doc.xpos(t) == Xpos::Nns;
        let joins = doc.tokens.at(and).is_some() && matches!(doc.lower(and), "and" | "or");
        let counts = self.quantity.kind == QuantityKind::Count && self.own.end <= tokens.start;
        let fits = joins && counts && plural(noun) && last.is_some_and(plural);
        if fits && doc.relation(noun) == Relation::Conj && !self.is_number(noun) {
            return span.join(doc.tokens[noun].span);
        }
        span
    }

    /// Whose age it is.
    fn age(&self) -> String {
        let doc = self.doc;
        if let Some(entity) = self.quantity.counted_entity.and_then(|e| doc.entities.at(e)) {
            let label = entity.label.clone();
            // "the **46-year-old**": what others call him elsewhere may be somebody else.
            let bare = |&m: &Id<Mention>| {
                let tokens = &doc.mentions[m].tokens;
                tokens.contains(&self.own.start) && tokens.end.index() <= self.own.end.index()
            };
            let here = doc.sentences.at(doc.sentence_of(self.own.start)).map(|s| s.span);
            if !entity.named && here.is_some_and(|s| doc.mentions.within(s).any(|m| bare(&m))) {
                return "age".to_owned();
            }
            return format!("age of {}", if entity.named { label } else { small_first(label) });
        }
        let noun = self.quantity.counted.map(|c| self.narrow(c)).or_else(|| {
            let head = Id::range(self.own.clone()).find_map(|t| doc.head(t).filter(|h| !self.own.contains(h)))?;
            // "voters over 50", "Tom Reed, 29,": the noun that the age stands beside; "children up to **age** 9".
            let head = doc.head(head).filter(|_| matches!(doc.lower(head), "age" | "ages")).unwrap_or(head);
            let noun = matches!(doc.pos(head), Pos::Noun | Pos::Propn) && head < self.own.start;
            let words = self.words(doc.tokens_in(clause::phrase(doc, head)));
            let other = words.contains(|c: char| c.is_ascii_digit());
            let words = if other { doc.lower(head).to_owned() } else { words };
            (noun && (!other || measure::is_people(doc.lemma(head)))).then_some(words)
        });
        noun.map(|n| format!("age of {n}")).unwrap_or_else(|| "age".to_owned())
    }

    fn figure(&self) -> Option<String> {
        let (doc, quantity) = (self.doc, self.quantity);
        let anchor = site::head_of(doc, quantity.span)?;
        // "a shortfall of 6 percent **of GDP**": what it is held against is not what it is of.
        let base = |s: &Span| matches!(doc.slice(*s).to_lowercase().as_str(), "gdp" | "gross domestic product");
        let counted = quantity.counted.or(quantity.whole);
        let counted = match counted.filter(base) {
            Some(gdp) => quantity.concepts.iter().copied().find(|c| !base(c)).or(Some(gdp)),
            None => counted,
        };
        if let Some(apart) = self.distance().or_else(|| self.extent()).or_else(|| self.bracketed()) {
            return Some(apart);
        }
        // "the **150-foot** ferry": of the noun that it stands before.
        let before = doc.head(anchor).filter(|&h| {
            let describes = matches!(doc.relation(anchor).base(), "compound" | "amod" | "nummod");
            describes
                && quantity.kind == QuantityKind::Measure
                && doc.tokens[h].span.start() >= quantity.span.end()
                && matches!(doc.pos(h), Pos::Noun | Pos::Propn)
        });
        let counted = before.map(|h| doc.tokens[h].span).or(counted);
        let head = counted.and_then(|c| site::head_of(doc, c));
        let noun = counted.map(|c| self.narrow(c));
        // "Two of **the 39 trucks** the police stopped": of the whole nothing more is told.
        if self.is_whole() {
            return noun;
        }
        let near = head.filter(|&h| doc.sentence_of(h) == doc.sentence_of(anchor));
        // A sum or a share of somebody: what they do with it, or what is done to them.
        let counts = quantity.kind == QuantityKind::Count
            || near.is_none() && doc.relation(anchor).is("nsubj")
            || near.is_some_and(|h| doc.is_under(h, anchor) || doc.is_under(anchor, h) && doc.pos(h) != Pos::Verb);
        if !counts && quantity.change.is_none() {
            // "The fire destroyed **stock** worth $6 million", "sold **land** for $4 million": what was done with it.
            let before = |n: usize| self.own.start.index().checked_sub(n).map_or("", |t| doc.lower(Id::new(t)));
            let priced = matches!((before(2), before(1)), (_, "worth" | "for") | ("valued" | "priced", "at"));
            let done = near.filter(|&h| priced && doc.relation(h) == Relation::Obj && h < anchor);
            return match (done, noun) {
                (Some(thing), Some(noun)) => Some(self.told(&noun, thing, thing).unwrap_or(noun)),
                (_, noun) => self.sum(anchor, near).or(noun),
            };
        }
        if quantity.change.is_some() && quantity.kind != QuantityKind::Count {
            // "Brook **earned** $2 million, down from $3 million": a verb that tells of no change says what the sum is.
            let level = quantity.to.is_some() || quantity.from.is_some();
            // "lost 3 percent **to** $41": what moved, whatever the verb.
            let moved = doc.children(anchor).any(|c| doc.relation(c) == Relation::Case && doc.lower(c) == "to");
            let whose = near.filter(|&h| level && doc.relation(h).is("nsubj"));
            let whose = whose.filter(|&h| !moved || doc.pos(h) == Pos::Propn);
            return whose.and_then(|h| self.sum(anchor, Some(h))).or(noun);
        }
        let share = matches!(quantity.kind, QuantityKind::Percent | QuantityKind::Fraction);
        let people = quantity.kind == QuantityKind::Count && &*quantity.unit.code == "person";
        let noun = noun.or_else(|| people.then(|| "people".to_owned()));
        let noun = noun.or_else(|| (share && doc.relation(anchor).is("nsubj")).then(|| "those".to_owned()))?;
        let top = near.map_or(anchor, |h| self.top(anchor, h));
        if let Some(whose) = self.gapped(&noun) {
            return Some(whose);
        }
        let told = self.told(&noun, top, near.unwrap_or(top)).unwrap_or(noun);
        Some(match self.fronted() {
            Some(place) => format!("{told} {place}"),
            None => told,
        })
    }

    /// "**In Bardal**, 3,837 houses were flooded": the place that a sentence begins with.
    fn fronted(&self) -> Option<String> {
        let doc = self.doc;
        let sentence = doc.sentences.at(doc.sentence_of(self.own.start))?.tokens.clone();
        let first = sentence.start;
        let comma = Id::range(first..sentence.end).take(6).find(|&t| doc.lower(t) == ",")?;
        let place = Id::range(first..comma)
            .any(|t| doc.labels.at(t).is_some_and(|l| l.name != NamePart::Outside && l.class == NameClass::Place));
        let led = matches!(doc.lower(first), "in" | "at" | "near" | "across" | "around" | "outside");
        (led && place && comma < self.own.start).then(|| self.words(first..comma))
    }

    /// "Greece **(29%)**, Spain (23%)": the noun before the bracket, unless it is another number.
    fn bracketed(&self) -> Option<String> {
        let doc = self.doc;
        let open = self.own.start.index().checked_sub(1).map(Id::<Token>::new).filter(|&t| doc.lower(t) == "(")?;
        let before = open.index().checked_sub(1).map(Id::<Token>::new)?;
        let noun = matches!(doc.pos(before), Pos::Noun | Pos::Propn) && !self.is_number(before);
        let closes = doc.tokens.at(self.own.end).is_some_and(|_| matches!(doc.lower(self.own.end), ")" | ";" | ","));
        if !noun || !closes || !matches!(self.quantity.kind, QuantityKind::Count | QuantityKind::Percent) {
            return None;
        }
        let mut first = before;
        while let Some(t) = first.index().checked_sub(1).map(Id::<Token>::new)
            && matches!(doc.pos(t), Pos::Propn | Pos::Noun)
            && doc.sentence_of(t) == doc.sentence_of(before)
        {
            first = t;
        }
        let name = self.words(first..open);
        // "**Departures** were from Lebanon (9,800)": of what each has so many.
        let mut at = Some(before);
        let subject = (0..8).find_map(|_| {
            let here = at?;
            at = doc.head(here);
            doc.children(here).find(|&c| doc.relation(c).is("nsubj") && c < first && matches!(doc.pos(c), Pos::Noun))
        });
        Some(match subject {
            Some(subject) => format!("{}: {name}", self.words(doc.tokens_in(clause::phrase(doc, subject)))),
            None => name,
        })
    }

    /// "Nevada has six votes, **Colorado** nine": whose they are, where the verb is left out.
    fn gapped(&self, noun: &str) -> Option<String> {
        let doc = self.doc;
        let name = self.own.start.index().checked_sub(1).map(Id::<Token>::new)?;
        let link = name.index().checked_sub(1).map(Id::<Token>::new)?;
        let bare = self.quantity.kind == QuantityKind::Count
            && self.quantity.counted.is_some_and(|c| c.end() <= doc.tokens[name].span.start());
        let fits = doc.pos(name) == Pos::Propn && matches!(doc.lower(link), "," | "and" | ";" | "while");
        (bare && fits && doc.sentence_of(link) == doc.sentence_of(name)).then(|| format!("{noun}, {}", doc.word(name)))
    }

    /// The head of the noun phrase of the number and its thing.
    fn top(&self, anchor: Id<Token>, head: Id<Token>) -> Id<Token> {
        let doc = self.doc;
        if doc.is_under(anchor, head) && head != anchor {
            return head;
        }
        // "20 **others** are missing": the word in the place of the noun.
        let stands = doc
            .head(anchor)
            .filter(|&h| matches!(doc.relation(anchor), Relation::Nummod | Relation::Det) && h > anchor);
        stands.unwrap_or(anchor)
    }

    /// "of the 39 trucks".
    fn is_whole(&self) -> bool {
        let back = |n: usize| self.own.start.index().checked_sub(n).map_or("", |t| self.doc.lower(Id::new(t)));
        matches!(back(1), "the" | "its" | "their" | "all")
            && back(2) == "of"
            && self.quantity.kind == QuantityKind::Count
    }

    /// The thing with the verb that tells of it.
    fn told(&self, noun: &str, top: Id<Token>, head: Id<Token>) -> Option<String> {
        let doc = self.doc;
        // "24 people, including nine children, were killed": the parts have met with what the whole has.
        let part = doc.children(top).any(|c| doc.relation(c) == Relation::Case && doc.lower(c) == "including");
        let top = doc.head(top).filter(|_| part && doc.relation(top) == Relation::Nmod).unwrap_or(top);
        // "a total of 2.3 million Britons **have** it": what the noun of number is said of.
        let of = doc.head(top).filter(|&h| {
            let led = doc.children(top).any(|c| doc.relation(c) == Relation::Case && doc.lower(c) == "of");
            led && doc.relation(top) == Relation::Nmod && NUMBERS.contains(&doc.lemma(h))
        });
        let top = of.unwrap_or(top);
        // "killed 25 militants **and five civilians**": the second has met with what the first has.
        let first = doc.head(top).filter(|&h| {
            doc.relation(top) == Relation::Conj && h < top && matches!(doc.pos(h), Pos::Noun | Pos::Propn | Pos::Num)
        });
        // "damaged 60 structures and **injured** one person": a verb right before the number, whatever the tree joins.
        let beside = self.own.start.index().checked_sub(1).map(Id::<Token>::new).filter(|&v| {
            let verb = doc.pos(v) == Pos::Verb && matches!(doc.xpos(v), Xpos::Vbd | Xpos::Vbn | Xpos::Vbz | Xpos::Vbp);
            let joined =
                v.index().checked_sub(1).is_some_and(|t| matches!(doc.lower(Id::new(t)), "," | "and" | "or" | "but"));
            verb && joined && first.is_some() && doc.relation(v) == Relation::Conj && !doc.children(v).any(|c| c > v)
        });
        if let Some(verb) = beside.filter(|&v| !measure::is_light_verb(doc.lemma(v))) {
            let subject = clause::subject(doc, verb).filter(|&s| s < verb);
            return match subject {
                Some(subject) => Some(format!("{noun} {}", self.clause(subject, verb)?)),
                None => Some(format!("{noun} {}", doc.lower(verb))),
            };
        }
        let top = first.unwrap_or(top);
        let verb = doc.head(top)?;
        let relation = doc.relation(top);
        // "students enrollment has increased by": an amount of change is told as one.
        if self.quantity.change.is_some() && measure::is_change(doc.lemma(verb)) {
            return None;
        }
        // "17 people have been killed, 3,800 houses **flooded**": the participle beside the noun is its own.
        let next = Id::<Token>::new(head.index() + 1);
        let beside =
            doc.tokens.at(next).is_some() && doc.xpos(next) == Xpos::Vbn && next != verb && head > self.own.start;
        if beside
            && relation.is("nsubj")
            && doc.sentence_of(next) == doc.sentence_of(head)
            && !noun.contains(doc.word(next))
        {
            return Some(format!("{noun} {}", doc.word(next)));
        }
        let counts = matches!(
            self.quantity.kind,
            QuantityKind::Count | QuantityKind::Percent | QuantityKind::Fraction | QuantityKind::Multiplier
        );
        if relation.is("nsubj") {
            // "two ministers, was": what the tree has joined wrongly.
            let one = doc
                .children(verb)
                .find(|&c| matches!(doc.relation(c), Relation::Cop | Relation::Aux | Relation::AuxPass));
            let many = doc.xpos(head) == Xpos::Nns && one.is_some_and(|c| matches!(doc.lower(c), "was" | "is" | "has"));
            let passive = relation == Relation::NsubjPass;
            if !counts || many && !passive {
                return None;
            }
            if measure::is_light_verb(doc.lemma(verb)) && !self.has_rest(verb) {
                return None;
            }
            // "3,000 houses were flooded and 700 families **displaced**": a participle without its auxiliary.
            // "At least 20 civilians **killed** in airstrike", which the tag takes for a past tense: it has happened to them.
            let thing = doc.lemma(head);
            let kind = measure::kind_of(self.quantity, thing);
            let meets = |undergoes| measure::verb(doc.lemma(verb), undergoes, kind, thing, &[]).is_some();
            let undergo = doc.xpos(verb) == Xpos::Vbd && meets(true) && !meets(false);
            let bare = (doc.xpos(verb) == Xpos::Vbn && (meets(true) || !meets(false)) || undergo)
                && !doc.children(verb).any(|c| doc.relation(c).is("aux") || doc.relation(c) == Relation::Obj);
            if relation == Relation::NsubjPass || bare || is_passive(doc, verb) && doc.pos(verb) == Pos::Verb {
                let rest = self.rest(verb);
                let not = self.negation(verb).map_or("", |t| if doc.lower(t) == "never" { "never " } else { "not " });
                return Some(format!("{noun} {not}{}", self.words(verb..rest)));
            }
            // "have registered **or are waiting**": one of two is not told alone.
            let or = doc.children(verb).any(|c| {
                doc.relation(c) == Relation::Conj
                    && doc.children(c).any(|k| doc.relation(k) == Relation::Cc && doc.lower(k) == "or")
            });
            if or {
                return None;
            }
            let mut group = self.group(verb, top)?;
            // "with twelve fires **still burning**": a participle without its auxiliary needs no pronoun.
            let bare = doc.xpos(verb) == Xpos::Vbg
                && !doc.children(verb).any(|c| doc.relation(c).is("aux") || doc.relation(c) == Relation::Cop);
            if bare {
                let rest = self.rest(verb).max(group.end);
                return Some(format!("{noun} {}", self.words(group.start..rest)));
            }
            group.start = self.negation(verb).map_or(group.start, |t| t.min(group.start));
            let rest = self.rest(verb).max(group.end);
            return Some(format!("{noun}{}{}", self.relative(head), self.words(group.start..rest)));
        }
        // "Latinos **make up** 16% of the population", "small towns account for 9 percent of it".
        let makes_up = matches!(doc.lemma(verb), "make" | "account" | "represent" | "comprise" | "constitute" | "form");
        if makes_up && self.quantity.whole.is_some() {
            let subject = doc.children(verb).filter(|&c| doc.relation(c).is("nsubj") && c < verb).last()?;
            // "**Women and children** make up": all of whom it is a part.
            let last = doc.children(subject).filter(|&c| doc.relation(c) == Relation::Conj && c < verb).last();
            let whole = clause::phrase(doc, subject);
            let whole = last.map_or(whole, |l| whole.join(clause::phrase(doc, l)));
            return Some(format!("{noun}: {}", self.words(doc.tokens_in(whole))));
        }
        // "destroyed more than 90 homes": an object that the tree hangs on without a preposition.
        let bare = relation == Relation::Obl && !doc.children(top).any(|c| doc.relation(c) == Relation::Case);
        if (relation == Relation::Obj || bare) && doc.pos(verb) == Pos::Verb && verb < top {
            let light = measure::is_light_verb(doc.lemma(verb))
                && !matches!(doc.lemma(verb), "have" | "add" | "give" | "release");
            // "left 12,000 homes **without power**".
            if light {
                let end = self.own.end.max(Id::new(top.index() + 1));
                let state = self.led(verb, end)?;
                return Some(format!("{noun} {}", self.words(state)));
            }
            // "derailed, **killing four**": the class of the table tells it.
            let alone = doc.xpos(verb) == Xpos::Vbg && !doc.children(verb).any(|c| doc.relation(c).is("aux"));
            if alone {
                let class = self.class.filter(|c| !c.contains(' ') && c.ends_with("ed"));
                return class.map(|c| format!("{noun} {c}"));
            }
            let own = doc.children(verb).find(|&c| doc.relation(c).is("nsubj") && c < verb);
            // "a strike in the borderlands **with Pakistan** killed five": what a preposition leads does nothing.
            let led = |s: Id<Token>| {
                doc.children(s)
                    .any(|c| c < s && doc.relation(c) == Relation::Case && !doc.lower(c).starts_with(['\'', '’']))
                    || doc.children(verb).any(|c| c < s && doc.relation(c) == Relation::Mark && doc.lower(c) == "with")
            };
            let own = own.map(|s| clause::antecedent(doc, s, verb));
            let subject = own.or_else(|| clause::subject(doc, verb)).filter(|&s| s < verb && Some(s) != Some(top));
            if subject.is_some_and(led) && doc.lower(verb).ends_with("ed") && doc.relation(verb) != Relation::AclRelcl {
                return Some(format!("{noun} {}", doc.lower(verb)));
            }
            // A subject far off, with others between, may be another's.
            let far = own.is_some_and(|s| verb.index() - s.index() > 2 * GROUP);
            let Some(subject) = subject.filter(|_| !far) else {
                let participle = matches!(doc.xpos(verb), Xpos::Vbn | Xpos::Vbd) && doc.lower(verb).ends_with("ed");
                return match doc.xpos(verb) {
                    Xpos::Vb => Some(format!("{noun} to {}", doc.lower(verb))),
                    _ if participle => Some(format!("{noun} {}", doc.lower(verb))),
                    _ => None,
                };
            };
            return Some(format!("{noun} {}", self.clause(subject, verb)?));
        }
        None
    }

    fn relative(&self, top: Id<Token>) -> &'static str {
        let lemma = self.doc.lemma(top);
        let counts =
            &*self.quantity.unit.code == "person" && !matches!(lemma, "death" | "casualty" | "fatality" | "body");
        let person = counts || measure::is_people(lemma);
        if person { " who " } else { " that " }
    }

    /// "Brook **earned**", "the club **paid for the striker**": the clause of a sum without a noun of its own.
    fn sum(&self, anchor: Id<Token>, thing: Option<Id<Token>>) -> Option<String> {
        let doc = self.doc;
        let mut verb = anchor;
        for _ in 0..4 {
            verb = doc.head(verb)?;
            if doc.pos(verb) == Pos::Verb {
                break;
            }
        }
        let light = matches!(
            doc.lemma(verb),
            "be" | "total" | "reach" | "stand" | "amount" | "hit" | "average" | "include" | "come"
        );
        let led = doc.children(anchor).find(|&c| doc.relation(c) == Relation::Case).map_or("", |c| doc.lower(c));
        // "**compared** with $44 million": words that hold a sum against another.
        let apart = matches!(led, "against" | "than" | "versus") || doc.lower(verb) == "compared";
        let says = speech::is(doc.lemma(verb))
            || matches!(
                doc.lemma(verb),
                "anticipate"
                    | "believe"
                    | "expect"
                    | "find"
                    | "forecast"
                    | "foresee"
                    | "know"
                    | "predict"
                    | "show"
                    | "think"
            );
        // "raised $600,000" is no rise.
        let changes =
            (self.quantity.change.is_some() || self.quantity.per.is_some()) && measure::is_change(doc.lemma(verb));
        // "The rate **inched up** to 5 percent".
        let next = Id::<Token>::new(verb.index() + 1);
        let moves = doc.tokens.at(next).is_some_and(|t| matches!(&*t.lower, "up" | "down" | "higher" | "lower"));
        let changes = changes || moves && self.quantity.change.is_some();
        // "and imports **were** $8 billion", where the tree joins it to the verb before.
        let said = self.own.start.index().checked_sub(1).map(Id::<Token>::new);
        let said = said.is_some_and(|t| doc.relation(t) == Relation::Cop);
        if doc.pos(verb) != Pos::Verb || light || said || apart || says || changes || verb > anchor {
            return None;
        }
        // "the $1 million **it needs**": a clause of its own.
        let relative = doc.children(anchor).find(|&c| doc.relation(c) == Relation::AclRelcl && c > anchor);
        if let Some(relative) = relative
            && let Some(subject) = doc.children(relative).find(|&c| doc.relation(c).is("nsubj") && c < relative)
        {
            return self.clause(subject, relative);
        }
        // Its own subject, or none: what another noun is said of is not what this one does.
        let pointing = |t: Id<Token>| {
            doc.pos(t) == Pos::Pron
                || matches!(doc.lower(t), "this" | "that" | "which" | "it" | "what" | "these" | "those")
        };
        let own = doc.children(verb).find(|&c| doc.relation(c).is("nsubj") && c < verb && !pointing(c));
        // "winds **gusting** to 50 mph".
        let own =
            own.or_else(|| doc.head(verb).filter(|&h| doc.relation(verb) == Relation::Acl && h < verb && !pointing(h)));
        let own = own.filter(|&s| matches!(doc.pos(s), Pos::Noun | Pos::Propn));
        let subject = own.or_else(|| thing.filter(|&t| doc.relation(t).is("nsubj")));
        if thing.is_some() && subject.is_none() {
            return None;
        }
        let begun = match subject {
            Some(subject) => self.clause(subject, verb)?,
            None => self.words(self.verbs(verb)),
        };
        // "paid **for the striker**", "towards the clean-up".
        let led = self.led(verb, self.own.end).or_else(|| self.led(anchor, self.own.end));
        Some(match led {
            Some(led) => format!("{begun} {}", self.words(led)),
            None => begun,
        })
    }

    /// A phrase with a preposition that hangs on `head` and begins at `start`.
    fn led(&self, head: Id<Token>, start: Id<Token>) -> Option<Range<Id<Token>>> {
        let doc = self.doc;
        let fits = |c: &Id<Token>| {
            let below = doc.subtree(*c);
            matches!(doc.relation(*c).base(), "obl" | "nmod" | "xcomp")
                && below.start == start
                && below.end.index() - below.start.index() <= REST
                && !doc.is_in_time(*c)
                && !matches!(doc.lower(start), "compared" | "according" | "including" | "based" | "than" | "as")
                && self.plain(below)
        };
        doc.children(head).find(fits).map(|c| doc.subtree(c))
    }

    /// A subject and its verb, side by side as they stand, else the two alone.
    fn clause(&self, subject: Id<Token>, verb: Id<Token>) -> Option<String> {
        let doc = self.doc;
        let phrase = doc.tokens_in(clause::phrase(doc, subject));
        let phrase = if phrase.end.index() - phrase.start.index() > SUBJECT {
            subject..Id::new(subject.index() + 1)
        } else {
            phrase
        };
        let between = phrase.end.index()..verb.index();
        let verbs = self.verbs(verb);
        // "drivers the company **that** employs": the relative stands for the subject.
        let relative = |t: Id<Token>| matches!(doc.lower(t), "that" | "which" | "who");
        let own = |t: Id<Token>| !matches!(doc.pos(t), Pos::Num | Pos::Cconj) && !relative(t);
        let close = between.len() <= GROUP && self.plain(phrase.end..verb) && Id::range(phrase.end..verb).all(own);
        if close && phrase.end <= verb {
            return Some(self.words(phrase.start..verbs.end));
        }
        Some(format!("{} {}", self.words(phrase), self.words(verbs)))
    }

    /// A verb with its auxiliaries before it, where they stand together, and its particle.
    fn verbs(&self, verb: Id<Token>) -> Range<Id<Token>> {
        let doc = self.doc;
        let mut start = verb;
        while let Some(before) = start.index().checked_sub(1).map(Id::<Token>::new)
            && (matches!(doc.pos(before), Pos::Aux | Pos::Part)
                || matches!(doc.relation(before), Relation::Aux | Relation::AuxPass))
            && doc.is_under(before, verb)
        {
            start = before;
        }
        let next = Id::<Token>::new(verb.index() + 1);
        let particle = doc.tokens.at(next).is_some()
            && doc.relation(next) == Relation::CompoundPrt
            && doc.head(next) == Some(verb);
        start..if particle { Id::new(next.index() + 1) } else { next }
    }

    /// From the first auxiliary behind a subject to the verb.
    fn group(&self, verb: Id<Token>, subject: Id<Token>) -> Option<Range<Id<Token>>> {
        let doc = self.doc;
        let start = doc
            .children(verb)
            .filter(|&c| c > subject && c < verb)
            .find(|&c| matches!(doc.relation(c), Relation::Aux | Relation::AuxPass | Relation::Cop))
            .unwrap_or(verb);
        let group = start..self.verbs(verb).end;
        (verb > subject && group.end.index() - group.start.index() <= GROUP && self.plain(group.clone()))
            .then_some(group)
    }

    /// The word that negates a verb: "**never** came back".
    fn negation(&self, verb: Id<Token>) -> Option<Id<Token>> {
        let doc = self.doc;
        doc.children(verb).find(|&c| c < verb && matches!(doc.lower(c), "not" | "n't" | "n’t" | "never" | "neither"))
    }

    fn has_rest(&self, verb: Id<Token>) -> bool {
        self.rest(verb).index() > verb.index() + 1
    }

    /// How far what belongs to a verb goes behind it, without a break and within a few words.
    fn rest(&self, verb: Id<Token>) -> Id<Token> {
        let doc = self.doc;
        let begin = self.verbs(verb).end;
        let mut end = begin;
        for _ in 0..2 {
            let next = doc.children(verb).find(|&c| {
                let below = doc.subtree(c);
                below.start == end
                    && matches!(doc.relation(c).base(), "obj" | "xcomp" | "obl" | "compound" | "advmod")
                    && below.end.index() - begin.index() <= REST
                    && !doc.is_in_time(c)
                    && !matches!(doc.lower(c), "which" | "that" | "who" | "whom")
                    // "killed **and more than** 15 others wounded".
                    && doc.pos(below.start) != Pos::Cconj
                    && self.plain(below)
            });
            let Some(next) = next else { break };
            end = doc.subtree(next).end;
        }
        end
    }

    /// No mark and no word of the number itself.
    fn plain(&self, tokens: Range<Id<Token>>) -> bool {
        let doc = self.doc;
        Id::range(tokens).all(|t| {
            let mark = !doc
                .word(t)
                .contains(|c: char| c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '%' | '-' | '\'' | '’'));
            // "killed- most of them": a dash that stands apart.
            let apart = doc.word(t) == "-" && !doc.ties(t);
            !self.own.contains(&t) && !mark && !apart && doc.lower(t) != "whose"
        })
    }

    fn is_length(&self) -> bool {
        self.quantity.kind == QuantityKind::Measure
            && by_code(&self.quantity.unit.code).is_some_and(|m| m.dimension == "length")
    }

    /// "a tower 240 metres **high**", "the bridge is 366 metres **long**": how high or long what is.
    fn extent(&self) -> Option<String> {
        let doc = self.doc;
        let next =
            doc.tokens.at(self.own.end).filter(|_| doc.sentence_of(self.own.end) == doc.sentence_of(self.own.start));
        let measure = match next.map(|t| t.lower.as_str())? {
            "high" | "tall" => "height",
            "long" => "length",
            "wide" | "across" => "width",
            "deep" => "depth",
            "thick" => "thickness",
            _ => return None,
        };
        let before = self.own.start.index().checked_sub(1).map(Id::<Token>::new);
        let noun = before.filter(|&t| matches!(doc.pos(t), Pos::Noun | Pos::Propn)).map(|t| clause::phrase(doc, t));
        let noun = noun.or(self.quantity.counted).filter(|n| !n.overlaps(self.quantity.span));
        self.is_length().then(|| match noun {
            Some(noun) => format!("{measure} of {}", self.words(doc.tokens_in(noun))),
            None => measure.to_owned(),
        })
    }

    /// "8 miles **east of Chab**", "200 yards **from the door**".
    fn distance(&self) -> Option<String> {
        let doc = self.doc;
        let mut next = self.own.end;
        doc.tokens.at(next)?;
        // "80 miles **(130 km)** southeast of Jackson": past the same in another unit.
        let closes = (next.index()..next.index() + 6)
            .map(Id::<Token>::new)
            .take_while(|&t| doc.tokens.at(t).is_some())
            .find(|&t| doc.lower(t) == ")");
        let inside = self.own.start.index().checked_sub(1).is_some_and(|t| doc.lower(Id::new(t)) == "(");
        if let Some(close) = closes.filter(|_| inside || doc.lower(next) == "(") {
            next = Id::new(close.index() + 1);
            doc.tokens.at(next)?;
        }
        let word = doc.lower(next);
        let towards = is_direction(word) || matches!(word, "away" | "off" | "inland" | "offshore" | "from" | "outside");
        if !self.is_length() || !towards || doc.sentence_of(next) != doc.sentence_of(self.own.start) {
            return None;
        }
        let mut end = Id::<Token>::new(next.index() + 1);
        // To the end of the place's name.
        while doc.tokens.at(end).is_some() && end.index() < next.index() + REST + 3 {
            let fits = (matches!(doc.pos(end), Pos::Adp | Pos::Det | Pos::Propn | Pos::Noun | Pos::Adj)
                || doc.lower(end) == "-")
                && doc.sentence_of(end) == doc.sentence_of(next);
            let past = end.index() > next.index() + 1
                && doc.pos(end) == Pos::Adp
                && matches!(doc.pos(Id::new(end.index() - 1)), Pos::Propn | Pos::Noun);
            if !fits || past && !matches!(doc.lower(end), "of") {
                break;
            }
            end = Id::new(end.index() + 1);
        }
        while end > next
            && matches!(doc.pos(Id::new(end.index() - 1)), Pos::Adp | Pos::Det | Pos::Adj)
            && end.index() > next.index() + 1
        {
            end = Id::new(end.index() - 1);
        }
        Some(format!("distance {}", self.words(next..end)))
    }

    /// The words as they stand, a sentence's first in small letters unless it is a name.
    fn words(&self, tokens: Range<Id<Token>>) -> String {
        let doc = self.doc;
        let first = tokens.start;
        let words = doc.slice(doc.span_of(tokens)).split_whitespace().collect::<Vec<_>>().join(" ");
        // Past an opening quotation mark; "Russian" keeps its capital.
        let mark = |t: Id<Token>| !doc.word(t).contains(char::is_alphanumeric);
        let opens =
            doc.sentences.at(doc.sentence_of(first)).is_some_and(|s| Id::range(s.tokens.start..first).all(mark))
                && country::find(doc.lower(first)).is_empty();
        let small = opens
            && matches!(doc.pos(first), Pos::Det | Pos::Pron | Pos::Adj | Pos::Adp | Pos::Verb | Pos::Num | Pos::Noun);
        let acronym = doc.word(first).chars().skip(1).any(char::is_uppercase);
        if small && !acronym && doc.word(first) != "I" { small_first(words) } else { words }
    }
}

/// The words with a small first letter.
fn small_first(words: String) -> String {
    match words.chars().next() {
        Some(first) => format!("{}{}", first.to_lowercase(), &words[first.len_utf8()..]),
        None => words,
    }
}
