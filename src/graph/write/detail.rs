//! How much of a document is written: all that was found, what is asked for, or the claims alone.
//!
//! The writer describes everything; this leaves out of it what the level does not have. `ontology/README.md` lists the
//! levels with what they hold.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::vocab::{ASSUMED, assumed, class, other, property, value};

/// How much of a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// All that a ready-made question, a page or an export of statements asks for, without what goes without saying
    /// ([`vocab::ASSUMED`](crate::graph::vocab::ASSUMED)).
    Usual,
    /// Everything: also what is assumed, subject, predicate and object of each claim, claims without a figure, an event or a
    /// thing with a name, what the narrator says without a figure or an event, times that nothing refers to, the numbers of
    /// the characters of each sentence, the sentence of each figure, and who decided each.
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
    kept(&quads, &gone, |quad| {
        let (thing, property) = (subject(quad), quad.predicate.as_ref());
        // The IRI of a sentence tells its characters.
        if [other::BEGIN_INDEX, other::END_INDEX].contains(&property)
            || property == other::TYPE && iri(&quad.object) == Some(class::SENTENCE.as_str())
        {
            return false;
        }
        if property == property::MADE_BY {
            return [class::STATEMENT, class::QUANTITY, class::ENTITY_LINK].iter().any(|class| kind(thing, *class));
        }
        if property == property::SENTENCE {
            return kind(thing, class::STATEMENT) || kind(thing, class::EVENT);
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
    })
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
