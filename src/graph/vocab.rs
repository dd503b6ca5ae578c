//! Our IRIs, and those of other vocabularies that we write. The only file that knows them.

use oxigraph::model::NamedNodeRef;

/// The namespace of the ontology.
pub const NAMESPACE: &str = "https://w3id.org/sayso/ns#";

/// The base under which data is minted unless another is given.
pub const BASE: &str = "https://w3id.org/sayso/id/";

/// The prefixes that queries and Turtle know without being told.
pub const PREFIXES: &[(&str, &str)] = &[
    ("sayso", NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("qudt", "http://qudt.org/schema/qudt/"),
    ("unit", "http://qudt.org/vocab/unit/"),
    ("currency", "http://qudt.org/vocab/currency/"),
    ("time", "http://www.w3.org/2006/time#"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("gn", "https://sws.geonames.org/"),
    ("dbr", "http://dbpedia.org/resource/"),
];

const fn term(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// Terms of other vocabularies.
pub mod other {
    use super::{NamedNodeRef, term};
    /// `rdf:type`
    pub const TYPE: NamedNodeRef<'static> = term("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    /// `rdf:reifies` of RDF 1.2
    pub const REIFIES: NamedNodeRef<'static> = term("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");
    /// `rdfs:label`
    pub const LABEL: NamedNodeRef<'static> = term("http://www.w3.org/2000/01/rdf-schema#label");
    /// `rdfs:subClassOf`
    pub const SUB_CLASS_OF: NamedNodeRef<'static> = term("http://www.w3.org/2000/01/rdf-schema#subClassOf");
    /// `skos:exactMatch`
    pub const EXACT_MATCH: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#exactMatch");
    /// `owl:sameAs`
    pub const SAME_AS: NamedNodeRef<'static> = term("http://www.w3.org/2002/07/owl#sameAs");
    /// `geo:hasGeometry`
    pub const HAS_GEOMETRY: NamedNodeRef<'static> = term("http://www.opengis.net/ont/geosparql#hasGeometry");
    /// `geo:asWKT`
    pub const AS_WKT: NamedNodeRef<'static> = term("http://www.opengis.net/ont/geosparql#asWKT");
    /// `geo:wktLiteral`
    pub const WKT_LITERAL: NamedNodeRef<'static> = term("http://www.opengis.net/ont/geosparql#wktLiteral");
    /// `skos:altLabel`
    pub const ALT_LABEL: NamedNodeRef<'static> = term("http://www.w3.org/2004/02/skos/core#altLabel");
    /// `nif:referenceContext`
    pub const REFERENCE_CONTEXT: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext");
    /// `nif:beginIndex`
    pub const BEGIN_INDEX: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex");
    /// `nif:endIndex`
    pub const END_INDEX: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex");
    /// `nif:anchorOf`
    pub const ANCHOR_OF: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf");
    /// `prov:wasGeneratedBy`
    pub const WAS_GENERATED_BY: NamedNodeRef<'static> = term("http://www.w3.org/ns/prov#wasGeneratedBy");
    /// `prov:wasDerivedFrom`
    pub const WAS_DERIVED_FROM: NamedNodeRef<'static> = term("http://www.w3.org/ns/prov#wasDerivedFrom");
    /// `prov:wasAssociatedWith`
    pub const WAS_ASSOCIATED_WITH: NamedNodeRef<'static> = term("http://www.w3.org/ns/prov#wasAssociatedWith");
    /// `prov:SoftwareAgent`
    pub const SOFTWARE_AGENT: NamedNodeRef<'static> = term("http://www.w3.org/ns/prov#SoftwareAgent");
    /// `schema:softwareVersion`
    pub const SOFTWARE_VERSION: NamedNodeRef<'static> = term("https://schema.org/softwareVersion");
}

/// Terms of NIF 2.0 and of ITS 2.0 in RDF, in which names and what they name are told to other programs.
pub mod nif {
    use super::{NamedNodeRef, term};
    /// A whole text.
    pub const CONTEXT: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context");
    /// A stretch of a text.
    pub const STRING: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#String");
    /// A stretch whose IRI tells its characters by RFC 5147.
    pub const RFC5147_STRING: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#RFC5147String");
    /// Some words.
    pub const PHRASE: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Phrase");
    /// One word.
    pub const WORD: NamedNodeRef<'static> = term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Word");
    /// Stretches that are no names.
    pub const PARTS: &[NamedNodeRef<'static>] = &[
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Sentence"),
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Paragraph"),
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Title"),
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Structure"),
    ];
    /// The text of a context.
    pub const IS_STRING: NamedNodeRef<'static> =
        term("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString");
    /// The thing that is named.
    pub const IDENTITY: NamedNodeRef<'static> = term("http://www.w3.org/2005/11/its/rdf#taIdentRef");
    /// The kind of the thing.
    pub const KIND: NamedNodeRef<'static> = term("http://www.w3.org/2005/11/its/rdf#taClassRef");
    /// How sure it is.
    pub const SURE: NamedNodeRef<'static> = term("http://www.w3.org/2005/11/its/rdf#taConfidence");
    /// The prefixes of what is written.
    pub const PREFIXES: &[(&str, &str)] = &[
        ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
        ("itsrdf", "http://www.w3.org/2005/11/its/rdf#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("sayso", super::NAMESPACE),
        ("wd", "http://www.wikidata.org/entity/"),
    ];
}

/// Classes.
pub mod class {
    use super::{NamedNodeRef, term};
    /// One article as it was read.
    pub const DOCUMENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Document");
    /// A stretch of a document's text.
    pub const MENTION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Mention");
    /// A mention that is a whole sentence, headline or caption.
    pub const SENTENCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Sentence");
    /// A thing that mentions name: in one document, or across documents once it is linked or fully named.
    pub const ENTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Entity");
    /// Whoever can say or do something.
    pub const AGENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Agent");
    /// A named human being.
    pub const PERSON: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Person");
    /// A ministry, company, party, newspaper, army: an institution that speaks as one.
    pub const ORGANIZATION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Organization");
    /// Several people spoken of together: witnesses, residents, three diplomats.
    pub const GROUP: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Group");
    /// A source kept unnamed by the document, such as a senior official.
    pub const UNNAMED_SOURCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#UnnamedSource");
    /// A country, city, river, building: where something is or happened.
    pub const PLACE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Place");
    /// What can be said: a claim, or a statement that is itself reported.
    pub const PROPOSITION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Proposition");
    /// One speech act as reported at one place of one document.
    pub const STATEMENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Statement");
    /// What is said: the content of a statement, asserted by its speaker and not by the graph.
    pub const CLAIM: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Claim");
    /// What several claims with numbers answer: an event, a measure, a counted thing, and the place and period these are confined to.
    pub const QUESTION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Question");
    /// A verdict on two claims that answer one question, with its reason in words.
    pub const COMPARISON: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Comparison");
    /// What several documents tell of: the documents are joined by the words that tell them from others.
    pub const INCIDENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Incident");
    /// A number as it was said: value or bounds, approximation, unit, rate and the thing counted.
    pub const QUANTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Quantity");
    /// An expression of time, resolved against the date of publication and as vague as its words, between two plain bounds.
    pub const TIME: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Time");
    /// Something that happened, will happen, or is said to.
    pub const EVENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Event");
    /// A proposal that an entity is the same thing as one of an external dataset, with its confidence, so that it can be reviewed and corrected.
    pub const ENTITY_LINK: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#EntityLink");
    /// The making of a graph by one version of the program with one model.
    pub const RUN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Run");
    /// The manner in which a statement is reported.
    pub const MODE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Mode");
    /// How a cue presents what is said.
    pub const COMMITMENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Commitment");
    /// Whether words or saying are negated.
    pub const POLARITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Polarity");
    /// What became of a saying that did not come.
    pub const SAYING: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Saying");
    /// A kind of source of a statement.
    pub const SOURCE_KIND: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#SourceKind");
    /// How the content is said to stand to the facts.
    pub const MODALITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Modality");
    /// How words bound a number.
    pub const BOUND: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Bound");
    /// The direction in which a number changed.
    pub const CHANGE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Change");
    /// How two claims that answer one question stand to each other.
    pub const VERDICT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#Verdict");
    /// Every constant of this list.
    pub const ALL: &[NamedNodeRef<'static>] = &[
        DOCUMENT,
        MENTION,
        SENTENCE,
        ENTITY,
        AGENT,
        PERSON,
        ORGANIZATION,
        GROUP,
        UNNAMED_SOURCE,
        PLACE,
        PROPOSITION,
        STATEMENT,
        CLAIM,
        QUESTION,
        COMPARISON,
        INCIDENT,
        QUANTITY,
        TIME,
        EVENT,
        ENTITY_LINK,
        RUN,
        MODE,
        COMMITMENT,
        POLARITY,
        SAYING,
        SOURCE_KIND,
        MODALITY,
        BOUND,
        CHANGE,
        VERDICT,
    ];
}

/// Properties.
pub mod property {
    use super::{NamedNodeRef, term};
    /// The headline of a document.
    pub const TITLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#title");
    /// Who published the document; also the speaker of the narrator's own statements.
    pub const PUBLISHER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#publisher");
    /// A person named in the byline, as written.
    pub const AUTHOR: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#author");
    /// The day of publication, against which relative times are resolved.
    pub const PUBLISHED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#published");
    /// Where the day of publication was found.
    pub const PUBLISHED_FROM: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#publishedFrom");
    /// The id under which the document was read; the same id gives the same IRIs.
    pub const IDENTIFIER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#identifier");
    /// Where the document was found on the web.
    pub const ADDRESS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#address");
    /// An entity that the document names.
    pub const MENTIONS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#mentions");
    /// The text a decision rests on, to the character.
    pub const EVIDENCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#evidence");
    /// The sentence in which a statement, quantity or event is worded.
    pub const SENTENCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sentence");
    /// The rule or model that decided, by name.
    pub const MADE_BY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#madeBy");
    /// Computed by the store: the text has the words, one after another.
    pub const MATCHES: NamedNodeRef<'static> = term(crate::graph::words::MATCHES);
    /// How sure the maker of a decision was, from 0 to 1.
    pub const CONFIDENCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#confidence");
    /// The version of the language model with which a run read its text.
    pub const MODEL_VERSION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#modelVersion");
    /// The organization an agent belongs to or speaks for.
    pub const AFFILIATION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#affiliation");
    /// An office or description as worded: defence minister, eyewitness.
    pub const ROLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#role");
    /// Who the statement is attributed to.
    pub const SPEAKER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#speaker");
    /// Whom the speaker addressed, as worded: reporters, parliament.
    pub const ADDRESSEE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#addressee");
    /// The country for whose government the speaker, a place or a building, stands.
    pub const SPEAKS_FOR: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#speaksFor");
    /// Through what the words came, as worded: in a statement, on Telegram, by phone.
    pub const MEDIUM: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#medium");
    /// The agent that passed the words on: a news agency, a spokesman, a monitoring group.
    pub const VIA: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#via");
    /// What is said.
    pub const CONTENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#content");
    /// The document that reports the statement.
    pub const REPORTED_IN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#reportedIn");
    /// The speaker as worded at this place: he, the ministry, Sergeant Finn.
    pub const SOURCE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#source");
    /// The words that signal the attribution: said, according to, denied.
    pub const CUE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#cue");
    /// The content of a statement or claim as worded in the document.
    pub const WORDS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#words");
    /// Words of a statement that stand between quotation marks.
    pub const QUOTE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#quote");
    /// Where the content stands; several places when the cue interrupts it.
    pub const CONTENT_AT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#contentAt");
    /// Where the cue stands.
    pub const CUE_AT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#cueAt");
    /// Where the speaker is mentioned.
    pub const SPEAKER_AT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#speakerAt");
    /// The places of a statement in one text: those of the content, then of the cue, then of the source.
    pub const CHARACTERS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#characters");
    /// Direct, indirect, mixed, or the narrator's own voice.
    pub const MODE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#mode");
    /// How the cue presents the saying: neutral, confirmed, claimed, denied.
    pub const COMMITMENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#commitment");
    /// Negative where the main clause of the words is negated as worded (had not agreed, no soldier was killed), or the saying is (did not say, declined to comment). Who denies something is a matter of the commitment.
    pub const POLARITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#polarity");
    /// What became of the saying where nothing was said: declined, no response, unreachable, unverified.
    pub const SAYING: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#saying");
    /// True where the saying itself is withheld: did not say, declined to comment.
    pub const SAYING_NEGATED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sayingNegated");
    /// What kind of source speaks: a person, an official, a body, a document, a poll.
    pub const SOURCE_KIND: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceKind");
    /// The title or office of the source as worded in the attribution: defence minister, head of the union.
    pub const SOURCE_TITLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceTitle");
    /// The reason given for not naming the source, as worded.
    pub const UNNAMED_BECAUSE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#unnamedBecause");
    /// Whether the content is presented as fact, possibility, future, condition or denial.
    pub const MODALITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#modality");
    /// The expression of time that dates the saying, where the text has one.
    pub const SAID_ON: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#saidOn");
    /// The first day on which the words can have been said.
    pub const SAID_EARLIEST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#saidEarliest");
    /// The last day on which the words can have been said; never after publication.
    pub const SAID_LATEST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#saidLatest");
    /// The event a claim is about.
    pub const ABOUT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#about");
    /// The question to which the claim's number is an answer.
    pub const ANSWERS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#answers");
    /// The number that a claim gives, or that belongs to an event.
    pub const QUANTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#quantity");
    /// The subject of a claim's proposition, as worded.
    pub const SUBJECT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#subject");
    /// The relation of a claim's proposition, as worded.
    pub const RELATION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#relation");
    /// The relation of a claim's proposition as a property: its dictionary form under the base of the data.
    pub const PREDICATE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#predicate");
    /// The object of a claim's proposition, as worded; several where the relation takes several.
    pub const OBJECT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#object");
    /// The entity that a claim's subject names.
    pub const SUBJECT_ENTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#subjectEntity");
    /// An entity that a claim's object names.
    pub const OBJECT_ENTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#objectEntity");
    /// An event that a question asks about, as the documents tell it.
    pub const EVENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#event");
    /// What a question or a claim measures or counts of the event: killed, injured, destroyed, cost.
    pub const MEASURE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#measure");
    /// The number as said, exact to the digit.
    pub const VALUE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#value");
    /// The lowest number that the words admit, where they set one.
    pub const LOWER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#lower");
    /// The highest number that the words admit, where they set one.
    pub const UPPER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#upper");
    /// How the words bound the number: exact, about, at least, more than, a range, vague.
    pub const BOUND: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#bound");
    /// How exact the words are: exact, about, order-of-magnitude.
    pub const APPROXIMATION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#approximation");
    /// What sort of number it is: count, measure, money, percent, fraction, multiplier, age, ordinal, score.
    pub const KIND: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#kind");
    /// A quantity or time as written in the document.
    pub const SURFACE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#surface");
    /// The unit, as an IRI of the QUDT unit vocabulary; a count has unit:NUM.
    pub const UNIT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#unit");
    /// The unit as a short code: item, percent, t, km, bbl, USD.
    pub const UNIT_NAME: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#unitName");
    /// The ISO 4217 code of an amount of money.
    pub const CURRENCY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#currency");
    /// What a rate is for each of: day, year, person.
    pub const PER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#per");
    /// The thing counted or measured, as worded: fuel trucks, people.
    pub const COUNTED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#counted");
    /// The entity that the counted thing names.
    pub const COUNTED_ENTITY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#countedEntity");
    /// The whole of which a fraction or percentage is a part, as worded.
    pub const SHARE_OF: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#shareOf");
    /// The direction of a change: up or down.
    pub const CHANGE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#change");
    /// The number before a change.
    pub const CHANGE_FROM: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#changeFrom");
    /// The number after a change.
    pub const CHANGE_TO: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#changeTo");
    /// By how much a number changed.
    pub const CHANGE_BY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#changeBy");
    /// The first day of a time, or the first on which an event can have happened, or the first of a question's period.
    pub const EARLIEST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#earliest");
    /// The last day of a time, or the last on which an event can have happened, or the last of a question's period.
    pub const LATEST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#latest");
    /// The TIMEX3 value of a time: 2021-W23, P3D, 2020-SU.
    pub const TIMEX: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#timex");
    /// The TIMEX3 type of a time: DATE, TIME, DURATION or SET.
    pub const TIMEX_TYPE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#timexType");
    /// The time in the Extended Date/Time Format.
    pub const EDTF: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#edtf");
    /// The kind of an event: Attack, Die, Meet, Destroy.
    pub const EVENT_TYPE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#eventType");
    /// The word that tells of the event.
    pub const TRIGGER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#trigger");
    /// An entity that takes part in an event.
    pub const PARTICIPANT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#participant");
    /// Who did it.
    pub const ACTOR: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#actor");
    /// Whom or what it was done to.
    pub const PATIENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#patient");
    /// Where an event happened, or the place to which a question is confined.
    pub const PLACE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#place");
    /// The expression of time that dates an event.
    pub const TIME: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#time");
    /// The entity that is linked.
    pub const LINK_OF: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#linkOf");
    /// The thing of an external dataset: Wikidata, GeoNames, DBpedia.
    pub const LINK_TARGET: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#linkTarget");
    /// An article in which the link was weighed so.
    pub const WEIGHED_IN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#weighedIn");
    /// Whether the link is used.
    pub const ACCEPTED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#accepted");
    /// The first of two compared claims; the newer one where the verdict is updates, the part where it is other scope.
    pub const LEFT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#left");
    /// The second of two compared claims.
    pub const RIGHT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#right");
    /// The question that two compared claims answer.
    pub const QUESTION: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#question");
    /// The comparison that is shown in place of this one: the same two numbers, told in other papers.
    pub const REPEATS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#repeats");
    /// How the two claims stand to each other.
    pub const VERDICT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdict");
    /// Why the verdict was given, in words.
    pub const REASON: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#reason");
    /// Both claims give the same number under the same bound word.
    pub const AGREES: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#agrees");
    /// The claims agree, and neither speaker nor publisher is the same.
    pub const CORROBORATES: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#corroborates");
    /// Some number satisfies both claims.
    pub const COMPATIBLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#compatible");
    /// No number satisfies both claims, and neither brings the other up to date.
    pub const CONTRADICTS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#contradicts");
    /// The claim gives a grown or corrected figure in place of the other.
    pub const UPDATES: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#updates");
    /// The claims measure the same thing over another part of the population, another window of time or a wider place.
    pub const OTHER_SCOPE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#otherScope");
    /// What the number is of its thing: level, change, old, new, share, rate, limit, forecast, plan.
    pub const ASPECT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#aspect");
    /// The noun counted, in its dictionary form, also where it is taken over from a number before.
    pub const THING: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#thing");
    /// The words that narrow the thing counted, in their dictionary form, with blanks between them.
    pub const NARROWED_BY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#narrowedBy");
    /// The verbs and nouns that tell what is measured, in their dictionary form, the nearest first, with blanks between them.
    pub const TOLD_BY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#toldBy");
    /// What the counted do in the clause of their number: undergoes, does, is, beside.
    pub const COUNTED_ROLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#countedRole");
    /// The words for whoever did to the counted what the number tells, as worded.
    pub const ACTED_BY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#actedBy");
    /// Whose figure it is: the company whose profit it is, the player who scored.
    pub const FIGURE_OF: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#figureOf");
    /// What a number is of, in words that stand alone: people killed, patients without insurance, chairs the plant makes.
    pub const MEASURED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#measured");
    /// Why a number is of another scope than the plain question, with the words that say so: part, window, area.
    pub const SCOPE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#scope");
    /// The day for which a number stands, where its clause says one.
    pub const AS_OF: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#asOf");
    /// The number of the same document whose measure this one takes over: the toll was 34.
    pub const TAKES_OVER: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#takesOver");
    /// True where the clause says that the number has grown, fallen or been corrected.
    pub const RESTATED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#restated");
    /// The content words of the number's own clause, in their dictionary form, with blanks between them.
    pub const CLAUSE_TERMS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#clauseTerms");
    /// What the clause of a number says, in one text: what the counted do, by which words it is told, the clause's content
    /// words, who acts, what narrows the thing.
    pub const IN_CLAUSE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#inClause");
    /// A place that the number's own clause names, as worded.
    pub const PLACE_NAMED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#placeNamed");
    /// The words that tell a document from others, each with its weight, the heaviest first.
    pub const TERMS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#terms");
    /// The smallest hashes of the document's stretches of five words: documents that share most of them are copies of one text.
    pub const FINGERPRINT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#fingerprint");
    /// A sentence in the document's own voice that has no number and no event: its first and last character, and its words.
    pub const TELLS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#tells");
    /// The incident that a question asks about, or that a document tells of.
    pub const INCIDENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#incident");
    /// Every constant of this list.
    pub const ALL: &[NamedNodeRef<'static>] = &[
        TITLE,
        PUBLISHER,
        AUTHOR,
        PUBLISHED,
        PUBLISHED_FROM,
        IDENTIFIER,
        ADDRESS,
        MENTIONS,
        EVIDENCE,
        SENTENCE,
        MADE_BY,
        MATCHES,
        CONFIDENCE,
        MODEL_VERSION,
        AFFILIATION,
        ROLE,
        SPEAKER,
        ADDRESSEE,
        SPEAKS_FOR,
        MEDIUM,
        VIA,
        CONTENT,
        REPORTED_IN,
        SOURCE,
        CUE,
        WORDS,
        QUOTE,
        CONTENT_AT,
        CUE_AT,
        SPEAKER_AT,
        CHARACTERS,
        MODE,
        COMMITMENT,
        POLARITY,
        SAYING,
        SAYING_NEGATED,
        SOURCE_KIND,
        SOURCE_TITLE,
        UNNAMED_BECAUSE,
        MODALITY,
        SAID_ON,
        SAID_EARLIEST,
        SAID_LATEST,
        ABOUT,
        ANSWERS,
        QUANTITY,
        SUBJECT,
        RELATION,
        PREDICATE,
        OBJECT,
        SUBJECT_ENTITY,
        OBJECT_ENTITY,
        EVENT,
        MEASURE,
        VALUE,
        LOWER,
        UPPER,
        BOUND,
        APPROXIMATION,
        KIND,
        SURFACE,
        UNIT,
        UNIT_NAME,
        CURRENCY,
        PER,
        COUNTED,
        COUNTED_ENTITY,
        SHARE_OF,
        CHANGE,
        CHANGE_FROM,
        CHANGE_TO,
        CHANGE_BY,
        EARLIEST,
        LATEST,
        TIMEX,
        TIMEX_TYPE,
        EDTF,
        EVENT_TYPE,
        TRIGGER,
        PARTICIPANT,
        ACTOR,
        PATIENT,
        PLACE,
        TIME,
        LINK_OF,
        LINK_TARGET,
        WEIGHED_IN,
        ACCEPTED,
        LEFT,
        RIGHT,
        QUESTION,
        REPEATS,
        VERDICT,
        REASON,
        AGREES,
        CORROBORATES,
        COMPATIBLE,
        CONTRADICTS,
        UPDATES,
        OTHER_SCOPE,
        ASPECT,
        THING,
        NARROWED_BY,
        TOLD_BY,
        COUNTED_ROLE,
        ACTED_BY,
        FIGURE_OF,
        MEASURED,
        SCOPE,
        AS_OF,
        TAKES_OVER,
        RESTATED,
        CLAUSE_TERMS,
        IN_CLAUSE,
        PLACE_NAMED,
        TERMS,
        FINGERPRINT,
        TELLS,
        INCIDENT,
    ];
}

/// What goes without saying: where a thing of the class has no value of the property, it is this one. The usual level of detail
/// does not write it, so a query asks with `OPTIONAL` and `COALESCE`. Of what an article says in its own voice polarity alone
/// is assumed.
pub const ASSUMED: [(NamedNodeRef<'static>, NamedNodeRef<'static>, NamedNodeRef<'static>); 6] = [
    (class::STATEMENT, property::POLARITY, value::POSITIVE),
    (class::STATEMENT, property::COMMITMENT, value::NEUTRAL),
    (class::STATEMENT, property::MODALITY, value::ASSERTED),
    (class::CLAIM, property::MODALITY, value::ASSERTED),
    (class::EVENT, property::MODALITY, value::ASSERTED),
    (class::QUANTITY, property::BOUND, value::EXACT),
];

/// How two claims that were compared stand to each other.
pub const RELATIONS: [NamedNodeRef<'static>; 6] = [
    property::AGREES,
    property::CORROBORATES,
    property::COMPATIBLE,
    property::CONTRADICTS,
    property::UPDATES,
    property::OTHER_SCOPE,
];

/// Who made a statement of somebody where nobody is named, and who made one of the article's own voice.
pub const MADE: (&str, &str) = ("statement/model", "write/narrator");

/// The value that a thing of a class has where none is written.
pub fn assumed(class: &str, property: NamedNodeRef<'_>) -> Option<NamedNodeRef<'static>> {
    ASSUMED.iter().find(|(of, on, _)| *on == property && of.as_str() == class).map(|(.., value)| *value)
}

/// Values of the closed lists.
pub mod value {
    use super::{NamedNodeRef, term};
    /// In the speaker's own words, between quotation marks.
    pub const DIRECT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#direct");
    /// In the document's words.
    pub const INDIRECT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#indirect");
    /// In the document's words with some of the speaker's own between quotation marks.
    pub const MIXED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#mixed");
    /// Told by the document in its own voice.
    pub const NARRATOR: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#narrator");
    /// said, told, according to.
    pub const NEUTRAL: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#neutral");
    /// confirmed, acknowledged, admitted.
    pub const CONFIRMED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#confirmed");
    /// claimed, maintained, insisted.
    pub const CLAIMED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#claimed");
    /// alleged, accused.
    pub const ALLEGED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#alleged");
    /// denied, rejected, dismissed.
    pub const DENIED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#denied");
    /// declined to comment, refused to say.
    pub const DECLINED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#declined");
    /// could not confirm, could not verify.
    pub const NOT_CONFIRMED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#notConfirmed");
    /// promised, vowed, pledged.
    pub const PLEDGED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#pledged");
    /// demanded, urged, called on.
    pub const DEMANDED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#demanded");
    /// warned, threatened.
    pub const WARNED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#warned");
    /// asked, wondered.
    pub const ASKED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#asked");
    /// estimated, reckoned, believed.
    pub const BELIEVED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#believed");
    /// showed, revealed, found.
    pub const SHOWED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#showed");
    /// Nothing is negated.
    pub const POSITIVE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#positive");
    /// The main clause or the saying is negated.
    pub const NEGATIVE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#negative");
    /// declined to comment, would not say
    pub const SAYING_DECLINED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sayingDeclined");
    /// did not respond, has yet to answer
    pub const SAYING_UNANSWERED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sayingUnanswered");
    /// could not be reached
    pub const SAYING_UNREACHABLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sayingUnreachable");
    /// could not confirm, could not verify
    pub const SAYING_UNVERIFIED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sayingUnverified");
    /// Somebody who speaks for themselves or a private body.
    pub const SOURCE_PERSON: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourcePerson");
    /// Somebody in public office or who speaks for a public body.
    pub const SOURCE_OFFICIAL: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceOfficial");
    /// A ministry, a firm, a party, the police, a state.
    pub const SOURCE_BODY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceBody");
    /// Several people: witnesses, residents, analysts.
    pub const SOURCE_GROUP: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceGroup");
    /// What is written or shown: a report, a study, a court paper.
    pub const SOURCE_DOCUMENT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceDocument");
    /// A poll or survey of opinion.
    pub const SOURCE_POLL: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourcePoll");
    /// A post in a social network.
    pub const SOURCE_POST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourcePost");
    /// A news agency.
    pub const SOURCE_AGENCY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceAgency");
    /// A newspaper, a station, a site.
    pub const SOURCE_MEDIUM: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#sourceMedium");
    /// It is so.
    pub const ASSERTED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#asserted");
    /// It is not so.
    pub const NEGATED: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#negated");
    /// It may be so.
    pub const POSSIBLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#possible");
    /// It is likely so.
    pub const PROBABLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#probable");
    /// It will be so.
    pub const FUTURE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#future");
    /// It would be so under a condition.
    pub const CONDITIONAL: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#conditional");
    /// The words leave it open.
    pub const UNKNOWN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#unknown");
    /// The number itself.
    pub const EXACT: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#exact");
    /// some, about, around, nearly.
    pub const APPROXIMATELY: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#approximately");
    /// The number or more.
    pub const AT_LEAST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#atLeast");
    /// The number or fewer.
    pub const AT_MOST: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#atMost");
    /// More than the number, which is not included.
    pub const MORE_THAN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#moreThan");
    /// Fewer than the number, which is not included.
    pub const LESS_THAN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#lessThan");
    /// Between two numbers, both included.
    pub const RANGE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#range");
    /// dozens, hundreds: bounds set by rule.
    pub const VAGUE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#vague");
    /// It grew.
    pub const UP: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#up");
    /// It shrank.
    pub const DOWN: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#down");
    /// The same number under the same bound word.
    pub const VERDICT_AGREE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdictAgree");
    /// Some number satisfies both.
    pub const VERDICT_COMPATIBLE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdictCompatible");
    /// No number satisfies both.
    pub const VERDICT_DIFFERS: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdictDiffers");
    /// The first claim replaces the second.
    pub const VERDICT_UPDATES: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdictUpdates");
    /// A part, a wider window or a wider place.
    pub const VERDICT_OTHER_SCOPE: NamedNodeRef<'static> = term("https://w3id.org/sayso/ns#verdictOtherScope");
    /// Every constant of this list.
    pub const ALL: &[NamedNodeRef<'static>] = &[
        DIRECT,
        INDIRECT,
        MIXED,
        NARRATOR,
        NEUTRAL,
        CONFIRMED,
        CLAIMED,
        ALLEGED,
        DENIED,
        DECLINED,
        NOT_CONFIRMED,
        PLEDGED,
        DEMANDED,
        WARNED,
        ASKED,
        BELIEVED,
        SHOWED,
        POSITIVE,
        NEGATIVE,
        SAYING_DECLINED,
        SAYING_UNANSWERED,
        SAYING_UNREACHABLE,
        SAYING_UNVERIFIED,
        SOURCE_PERSON,
        SOURCE_OFFICIAL,
        SOURCE_BODY,
        SOURCE_GROUP,
        SOURCE_DOCUMENT,
        SOURCE_POLL,
        SOURCE_POST,
        SOURCE_AGENCY,
        SOURCE_MEDIUM,
        ASSERTED,
        NEGATED,
        POSSIBLE,
        PROBABLE,
        FUTURE,
        CONDITIONAL,
        UNKNOWN,
        EXACT,
        APPROXIMATELY,
        AT_LEAST,
        AT_MOST,
        MORE_THAN,
        LESS_THAN,
        RANGE,
        VAGUE,
        UP,
        DOWN,
        VERDICT_AGREE,
        VERDICT_COMPATIBLE,
        VERDICT_DIFFERS,
        VERDICT_UPDATES,
        VERDICT_OTHER_SCOPE,
    ];
}
