//! How much of a document is written: all that was found, what is asked for, or the claims alone.
//!
//! The writer describes everything; this leaves out of it what the level does not have. `ontology/README.md` lists the
//! levels with what they hold. What the usual level leaves to be told by other quads, `view::Resource` tells again.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::places;
use crate::graph::vocab::{ASSUMED, MADE, assumed, class, other, property, value};

/// How much of a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// All that a ready-made question, a page or an export of statements asks for, without what goes without saying
    /// ([`vocab::ASSUMED`](crate::graph::vocab::ASSUMED)).
    Usual,
    /// Everything: also what is assumed, relation, subject, predicate and object of each claim, claims without a figure, an
    /// event or a thing with a name, what the narrator says without a figure or an event, times that nothing refers to, the
    /// article and the numbers of the characters of each sentence, the sentence of each figure and event, the places of
    /// statements as IRIs, the trigger of each event, and who decided each.
    #[default]
    Full,
    /// Only what somebody says: statement, speaker, cue, figure, day and place in the text.
    Claims,
}

impl Detail {
    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Detail::Usual => "usual",
            Detail::Full => "full",
            Detail::Claims => "claims",
        }
    }

    /// Of all quads of a document those that this level has, in their order. With `rdf12` the usual level keeps what the
    /// triple terms of claims are made of.
    pub fn of(self, quads: Vec<Quad>, rdf12: bool) -> Vec<Quad> {
        match self {
            Detail::Full => quads,
            Detail::Usual => usual(quads, rdf12),
            Detail::Claims => claims(quads),
        }
    }
}

/// What the quads say of each thing, by its IRI.
struct Things<'q> {
    quads: FxHashMap<&'q str, Vec<&'q Quad>>,
}

impl<'q> Things<'q> {
    fn of(quads: &'q [Quad]) -> Things<'q> {
        let mut things: FxHashMap<&str, Vec<&Quad>> = FxHashMap::default();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(node) = &quad.subject {
                things.entry(node.as_str()).or_default().push(quad);
            }
        }
        Things { quads: things }
    }

    fn has(&self, thing: &str, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> bool {
        self.objects(thing, property).any(|o| o == object.as_str())
    }

    /// The IRIs that a property of a thing gives.
    fn objects<'s>(&'s self, thing: &str, property: NamedNodeRef<'s>) -> impl Iterator<Item = &'q str> + 's {
        let quads = self.quads.get(thing).into_iter().flatten();
        quads.filter(move |q| q.predicate.as_ref() == property).filter_map(|q| iri(&q.object))
    }

    /// The texts that a property of a thing gives.
    fn texts<'s>(&'s self, thing: &str, property: NamedNodeRef<'s>) -> impl Iterator<Item = &'q str> + 's {
        let quads = self.quads.get(thing).into_iter().flatten();
        quads.filter(move |q| q.predicate.as_ref() == property).filter_map(|q| match &q.object {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    /// The things of a class.
    fn instances<'s>(&'s self, class: NamedNodeRef<'s>) -> impl Iterator<Item = &'q str> + 's {
        self.quads.keys().copied().filter(move |thing| self.has(thing, other::TYPE, class))
    }
}

fn iri(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str(),
        NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

/// The quads that pass, and that tell nothing of what has been left out.
fn kept(quads: &[Quad], gone: &FxHashSet<&str>, passes: impl Fn(&Quad) -> bool) -> Vec<Quad> {
    let stays = |quad: &&Quad| {
        !gone.contains(subject(quad)) && !iri(&quad.object).is_some_and(|o| gone.contains(o)) && passes(quad)
    };
    quads.iter().filter(stays).cloned().collect()
}

fn usual(quads: Vec<Quad>, rdf12: bool) -> Vec<Quad> {
    let things = Things::of(&quads);
    let mut gone: FxHashSet<&str> = FxHashSet::default();
    let refers = |quad: &&Quad| [property::TIME, property::SAID_ON].contains(&quad.predicate.as_ref());
    let dated: FxHashSet<&str> = quads.iter().filter(refers).filter_map(|q| iri(&q.object)).collect();
    gone.extend(things.instances(class::TIME).filter(|time| !dated.contains(time)));
    // What the article says in its own voice stays where it has a figure or an event, without its triples; of what others
    // say also what joins things with names. A claim of nothing but words is told by the words of its statement.
    let mut plain: FxHashSet<&str> = FxHashSet::default();
    let tells =
        |claim: &str, of: &[NamedNodeRef<'static>]| of.iter().any(|p| things.objects(claim, *p).next().is_some());
    let news = [property::QUANTITY, property::ABOUT];
    let named = [property::QUANTITY, property::ABOUT, property::SUBJECT_ENTITY, property::OBJECT_ENTITY];
    for statement in things.instances(class::STATEMENT) {
        let is_narrator = things.has(statement, property::MODE, value::NARRATOR);
        for claim in things.objects(statement, property::CONTENT) {
            match is_narrator {
                true if tells(claim, &news) => {
                    plain.insert(claim);
                }
                true => {
                    gone.insert(claim);
                }
                false if rdf12 || tells(claim, &named) || things.has(claim, other::TYPE, class::STATEMENT) => {}
                false => {
                    gone.insert(claim);
                }
            }
        }
    }
    let kind = |thing: &str, class| things.has(thing, other::TYPE, class);
    let published: FxHashSet<&str> = things
        .instances(class::DOCUMENT)
        .flat_map(|document| things.texts(document, property::PUBLISHED).collect::<Vec<_>>())
        .collect();
    let told = told(&things, &gone);
    let mut kept = kept(&quads, &gone, |quad| {
        let (thing, property) = (subject(quad), quad.predicate.as_ref());
        let text = || match &quad.object {
            Term::Literal(literal) => literal.value(),
            _ => "",
        };
        // The IRI of a sentence tells its article and its characters.
        if [other::BEGIN_INDEX, other::END_INDEX].contains(&property)
            || property == other::REFERENCE_CONTEXT
                && iri(&quad.object).is_some_and(|d| places::document(thing) == Some(d))
            || property == other::TYPE && iri(&quad.object) == Some(class::SENTENCE.as_str())
        {
            return false;
        }
        if property == property::MADE_BY {
            return kind(thing, class::ENTITY_LINK)
                || kind(thing, class::STATEMENT) && !is_made_as_most(&things, thing);
        }
        // What is said of nobody knows when was said when it was printed, or before.
        if property == property::SAID_LATEST && published.contains(text()) {
            return false;
        }
        if property == property::SENTENCE {
            return kind(thing, class::STATEMENT) || kind(thing, class::EVENT) && !told.contains(thing);
        }
        if property == property::TRIGGER {
            return !(told.contains(thing) && words_of(&things, thing).is_some_and(|words| words == text()));
        }
        // Whether a negated claim is of a verb is asked; the verb itself stands in the words.
        if property == property::RELATION {
            return rdf12 || things.has(thing, property::MODALITY, value::NEGATED);
        }
        if [property::SUBJECT, property::OBJECT, property::PREDICATE].contains(&property) {
            return rdf12 && !plain.contains(thing);
        }
        if [property::SUBJECT_ENTITY, property::OBJECT_ENTITY].contains(&property) {
            return !plain.contains(thing);
        }
        let could_be =
            ASSUMED.iter().any(|(_, on, value)| *on == property && iri(&quad.object) == Some(value.as_str()));
        !(could_be && things.objects(thing, other::TYPE).any(|class| assumed(class, property).is_some()))
    });
    let mut told: FxHashMap<&str, (&[NamedNodeRef<'static>], NamedNodeRef<'static>, Literal)> = FxHashMap::default();
    for thing in things.instances(class::STATEMENT) {
        let text = characters(&things, thing).map(|text| Literal::new_typed_literal(text, xsd::TOKEN));
        told.extend(text.map(|text| (thing, (&places::STANDS[..], property::CHARACTERS, text))));
    }
    for thing in things.instances(class::QUANTITY) {
        let text = clause(&things, thing).map(Literal::new_simple_literal);
        told.extend(text.map(|text| (thing, (&IN_CLAUSE[..], property::IN_CLAUSE, text))));
    }
    // One quad in the place of the first of those that it tells.
    let mut is_told: FxHashSet<&str> = FxHashSet::default();
    kept.retain_mut(|quad| {
        let Some((thing, (properties, property, text))) = told.get_key_value(subject(quad)) else { return true };
        if !properties.contains(&quad.predicate.as_ref()) {
            return true;
        }
        (quad.predicate, quad.object) = (property.into_owned(), text.clone().into());
        is_told.insert(thing) && !text.value().is_empty()
    });
    kept
}

/// Whether a statement was made by what makes most of its sort, and by nothing else.
fn is_made_as_most(things: &Things<'_>, statement: &str) -> bool {
    let is_narrator = things.has(statement, property::MODE, value::NARRATOR);
    let usual = if is_narrator { MADE.1 } else { MADE.0 };
    things.texts(statement, property::MADE_BY).all(|rule| rule == usual)
}

/// Events whose one sentence is one of a statement that tells of them.
fn told<'q>(things: &Things<'q>, gone: &FxHashSet<&str>) -> FxHashSet<&'q str> {
    let mut told = FxHashSet::default();
    for statement in things.instances(class::STATEMENT) {
        for claim in things.objects(statement, property::CONTENT).filter(|claim| !gone.contains(claim)) {
            for event in things.objects(claim, property::ABOUT) {
                let mut own = things.objects(event, property::SENTENCE);
                if let (Some(sentence), None) = (own.next(), own.next())
                    && things.objects(statement, property::SENTENCE).any(|s| s == sentence)
                    && things.objects(event, property::EVIDENCE).all(|place| places::is_within(place, sentence))
                {
                    told.insert(event);
                }
            }
        }
    }
    told
}

/// The words at the place of an event, as its sentence has them.
fn words_of(things: &Things<'_>, event: &str) -> Option<String> {
    let (place, sentence) =
        (things.objects(event, property::EVIDENCE).next()?, things.objects(event, property::SENTENCE).next()?);
    places::words_at(place, sentence, things.texts(sentence, other::ANCHOR_OF).next()?)
}

/// The properties that `inClause` puts into one text, in its order.
pub(in crate::graph) const IN_CLAUSE: [NamedNodeRef<'static>; 5] =
    [property::COUNTED_ROLE, property::TOLD_BY, property::CLAUSE_TERMS, property::ACTED_BY, property::NARROWED_BY];

/// The places of a statement in one text. Content that is its sentence is not told, nor anything of the article's own voice
/// where it is its sentence: that it names nobody who made it says so.
fn characters(things: &Things<'_>, statement: &str) -> Option<String> {
    let mut told = places::STANDS.map(|property| things.objects(statement, property).collect::<Vec<_>>());
    let sentences: FxHashSet<&str> = things.objects(statement, property::SENTENCE).collect();
    let is_sentence = told[0].iter().copied().collect::<FxHashSet<&str>>() == sentences;
    let is_alone = told[1].is_empty() && told[2].is_empty();
    let is_narrator = things.has(statement, property::MODE, value::NARRATOR);
    if is_sentence && (!is_alone || is_narrator && is_made_as_most(things, statement)) {
        told[0].clear();
    }
    places::told(told)
}

/// What the comparison asks of a clause in one text; nothing where a bar stands in it.
fn clause(things: &Things<'_>, quantity: &str) -> Option<String> {
    let parts = IN_CLAUSE.map(|property| things.texts(quantity, property).next().unwrap_or_default());
    (!parts.iter().any(|part| part.contains('|'))).then(|| parts.join("|").trim_end_matches('|').to_owned())
}

/// What the level of claims tells of each kind of thing.
fn claims(quads: Vec<Quad>) -> Vec<Quad> {
    let things = Things::of(&quads);
    let mut gone: FxHashSet<&str> = FxHashSet::default();
    let mut speakers: FxHashSet<&str> = FxHashSet::default();
    let mut figures: FxHashSet<&str> = FxHashSet::default();
    let mut told: FxHashSet<&str> = FxHashSet::default();
    for statement in things.instances(class::STATEMENT) {
        if things.has(statement, property::MODE, value::NARRATOR) {
            gone.insert(statement);
            continue;
        }
        told.insert(statement);
        speakers.extend(things.objects(statement, property::SPEAKER));
        for claim in things.objects(statement, property::CONTENT) {
            let mut own = things.objects(claim, property::QUANTITY).peekable();
            if own.peek().is_some() || things.has(claim, other::TYPE, class::STATEMENT) {
                told.insert(claim);
                figures.extend(own);
            } else {
                gone.insert(claim);
            }
        }
    }
    let document = [property::IDENTIFIER, property::TITLE, property::PUBLISHED, property::PUBLISHER, property::ADDRESS];
    let statement = [
        other::TYPE,
        property::REPORTED_IN,
        property::WORDS,
        property::CUE,
        property::SPEAKER,
        property::SAID_LATEST,
        property::CONTENT,
        property::CONTENT_AT,
    ];
    let figure = [
        property::SURFACE,
        property::VALUE,
        property::LOWER,
        property::UPPER,
        property::BOUND,
        property::UNIT_NAME,
        property::COUNTED,
        property::EVIDENCE,
    ];
    kept(&quads, &gone, |quad| {
        let (thing, property) = (subject(quad), quad.predicate.as_ref());
        if things.has(thing, other::TYPE, class::DOCUMENT) {
            return document.contains(&property);
        }
        if things.has(thing, other::TYPE, class::STATEMENT) {
            return told.contains(thing) && statement.contains(&property);
        }
        if told.contains(thing) {
            return property == property::QUANTITY;
        }
        if figures.contains(thing) {
            return figure.contains(&property);
        }
        speakers.contains(thing) && property == other::LABEL
    })
}
