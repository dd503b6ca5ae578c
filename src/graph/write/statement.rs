//! Statements as quads: who said it, how, when, to whom, and where it stands.

use oxigraph::model::{Literal, NamedNode};

use super::{Writer, day, decimal};
use crate::graph::decided::Ruling;
use crate::graph::vocab::{class, other, property, value};
use crate::lexicon::country;
use crate::text::*;

impl Writer<'_> {
    pub(super) fn statements(&mut self) {
        let doc = self.doc;
        for (id, statement) in doc.statements.rows() {
            self.statement(id, statement);
        }
        self.narrated();
    }

    fn statement(&mut self, id: Id<Statement>, statement: &Statement) {
        let doc = self.doc;
        let node = self.statements[id.index()].clone();
        self.kind(&node, class::STATEMENT);
        let document = self.document.clone();
        self.add(&node, property::REPORTED_IN, document);
        self.text(&node, property::WORDS, &self.joined(&statement.content));
        self.text(&node, property::CUE, &self.phrase(&statement.cue));
        self.text(&node, property::SOURCE, &self.joined(&statement.source));
        self.mode(&node, statement.mode);
        let mut speakers: Vec<NamedNode> = self.speaker(id, statement).into_iter().collect();
        for &other in &statement.also {
            speakers.extend(self.agent(other));
        }
        let ruling = self.ruling(&self.joined(&statement.content), &self.joined(&statement.source), &speakers);
        match &ruling {
            Some(Ruling::Of(name)) => self.spoken_by(&node, name, &statement.content),
            _ => speakers.into_iter().for_each(|speaker| self.add(&node, property::SPEAKER, speaker)),
        }
        if let Some(country) = self.speaks_for(statement) {
            self.add(&node, property::SPEAKS_FOR, country);
        }
        if statement.mode == Mode::Direct || statement.mode == Mode::Mixed {
            for quote in quoted(&self.joined(&statement.content), statement.mode) {
                self.text(&node, property::QUOTE, &quote);
            }
        }
        let polarity = match statement.polarity {
            Polarity::Positive => value::POSITIVE,
            Polarity::Negative => value::NEGATIVE,
        };
        self.add(&node, property::POLARITY, polarity);
        if let Some(saying) = saying(statement.saying) {
            self.add(&node, property::SAYING, saying);
        }
        if statement.saying_negated {
            self.add(&node, property::SAYING_NEGATED, Literal::from(true));
        }
        if let Some(kind) = statement.source_kind {
            self.add(&node, property::SOURCE_KIND, source_kind(kind));
        }
        if let Some(title) = statement.title {
            self.text(&node, property::SOURCE_TITLE, doc.slice(title));
        }
        if let Some(reason) = statement.reason {
            self.text(&node, property::UNNAMED_BECAUSE, doc.slice(reason));
        }
        self.modality(&node, statement.modality.as_str());
        self.add(&node, property::COMMITMENT, commitment(statement.commitment));
        if let Some(addressee) = statement.addressee {
            self.text(&node, property::ADDRESSEE, doc.slice(addressee));
        }
        if let Some(medium) = statement.medium {
            self.text(&node, property::MEDIUM, doc.slice(medium));
        }
        self.said(&node, statement.said.as_ref());
        let spans = [
            (property::CONTENT_AT, &statement.content),
            (property::CUE_AT, &statement.cue),
            (property::SPEAKER_AT, &statement.source),
        ];
        for (property, spans) in spans {
            for &span in spans {
                let place = self.place_of(span);
                self.add(&node, property, place);
            }
        }
        for &span in statement.content.iter().chain(&statement.cue) {
            self.sentences(&node, span);
        }
        // What a person has looked at is certain.
        let sure = match &ruling {
            None => i64::from(statement.confidence.min(100)),
            Some(Ruling::Wrong) => 0,
            Some(_) => 100,
        };
        self.add(&node, property::CONFIDENCE, decimal(rust_decimal::Decimal::new(sure, 2)));
        self.made_by(&node, statement.made_by);
        let parent = statement.parent.filter(|&p| p != id).and_then(|p| self.statements.get(p.index()).cloned());
        if let Some(parent) = parent {
            self.add(&parent, property::CONTENT, node.clone());
        }
        self.claims(&node, Some(id), &statement.content);
    }

    /// What a person decided about a statement with these words, of this source, given to these speakers.
    fn ruling(&self, words: &str, source: &str, speakers: &[NamedNode]) -> Option<Ruling> {
        if self.options.decided.lines().is_empty() {
            return None;
        }
        let label = |node: &NamedNode| {
            let has = |q: &&oxigraph::model::Quad| q.subject == (*node).clone().into() && q.predicate == other::LABEL;
            // A shared node may have its label from another article, too; pages take the first by its letters.
            let labels = self.out.iter().filter(has).filter_map(|q| match &q.object {
                oxigraph::model::Term::Literal(label) => Some(label.value().to_owned()),
                _ => None,
            });
            labels.min().unwrap_or_default()
        };
        let names: Vec<String> = speakers.iter().map(label).filter(|name| !name.is_empty()).collect();
        let who = if names.is_empty() { source.to_owned() } else { names.join(" and ") };
        self.options.decided.statement(&self.doc.source.id, words, source, &who)
    }

    /// Gives a statement the speaker that a person named: who has the name in the article, else an agent of this document.
    fn spoken_by(&mut self, node: &NamedNode, name: &str, content: &[Span]) {
        let doc = self.doc;
        let has = |label: &str| label.eq_ignore_ascii_case(name);
        let known = doc
            .entities
            .rows()
            .filter(|(_, entity)| entity.named)
            .find(|(id, entity)| has(&entity.label) || self.target(*id).is_some_and(|target| has(&target.label)));
        let known = known.map(|(id, _)| id);
        let speaker = known.and_then(|id| self.agent(id)).unwrap_or_else(|| {
            let agent = self.local("entity", content.first().copied().unwrap_or_default(), &format!("source {name}"));
            self.kind(&agent, class::AGENT);
            self.text(&agent, other::LABEL, name);
            agent
        });
        self.add(node, property::SPEAKER, speaker);
        self.text(node, property::MADE_BY, super::BY_HAND);
    }

    /// The words of a verb in several pieces ("had … been seen"), joined by spaces.
    pub(super) fn phrase(&self, spans: &[Span]) -> String {
        spans.iter().map(|&s| self.doc.slice(s)).collect::<Vec<_>>().join(" ")
    }

    /// The words of several spans, with "…" where words between them are left out.
    pub(super) fn joined(&self, spans: &[Span]) -> String {
        let mut words = String::new();
        let mut end = None;
        for &span in spans {
            if let Some(end) = end {
                let between = self.doc.text().get(end..span.start()).unwrap_or("");
                words.push_str(if between.contains(char::is_alphanumeric) { " … " } else { " " });
            }
            words.push_str(self.doc.slice(span));
            end = Some(span.end());
        }
        words
    }

    pub(super) fn mode(&mut self, node: &NamedNode, mode: Mode) {
        let mode = match mode {
            Mode::Direct => value::DIRECT,
            Mode::Indirect => value::INDIRECT,
            Mode::Mixed => value::MIXED,
            Mode::Narrator => value::NARRATOR,
        };
        self.add(node, property::MODE, mode);
    }

    pub(super) fn modality(&mut self, node: &NamedNode, name: &str) {
        let modality = match name {
            "asserted" => value::ASSERTED,
            "denied" => value::NEGATED,
            "possible" => value::POSSIBLE,
            "probable" => value::PROBABLE,
            "future" => value::FUTURE,
            "conditional" => value::CONDITIONAL,
            _ => value::UNKNOWN,
        };
        self.add(node, property::MODALITY, modality);
    }

    /// The node of an entity that speaks. Places and other things that do ("Moscow said") are agents too.
    fn agent(&mut self, entity: Id<Entity>) -> Option<NamedNode> {
        let node = self.entities.get(entity.index()).cloned()?;
        if !matches!(self.doc.entities[entity].kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Group)
        {
            self.kind(&node, class::AGENT);
        }
        Some(node)
    }

    /// The country for whose government a speaker stands that is no person and no body: the Kremlin, or a capital in an
    /// article that also names its country. The speaker stays what it is.
    fn speaks_for(&self, statement: &Statement) -> Option<NamedNode> {
        let doc = self.doc;
        let &[span] = statement.source.as_slice() else { return None };
        let words = doc.slice(span);
        let words = words.strip_prefix("the ").or(words.strip_prefix("The ")).unwrap_or(words);
        let iso = country::seat(words).or_else(|| {
            let iso = country::capital(words)?;
            let is_place = doc.entities.at(statement.speaker?)?.kind == EntityKind::Place;
            let names = |word: &str| {
                country::find(word).iter().any(|(own, kind)| *own == iso && *kind != country::CountryWord::Capital)
            };
            let is_named =
                doc.text().contains(country::name_of(iso)?) || doc.tokens.ids().any(|token| names(doc.word(token)));
            (is_place && is_named).then_some(iso)
        })?;
        NamedNode::new(format!("http://www.wikidata.org/entity/{}", country::wikidata(iso)?)).ok()
    }

    /// The speaker's node: the entity; or, for a source that is no entity, an agent of this document with its words.
    fn speaker(&mut self, id: Id<Statement>, statement: &Statement) -> Option<NamedNode> {
        if let Some(node) = statement.speaker.and_then(|entity| self.agent(entity)) {
            return Some(node);
        }
        if statement.mode == Mode::Narrator {
            return self.publisher();
        }
        let &first = statement.source.first()?;
        // "He", "which", "that": nobody is named, and the words stay with the statement.
        if is_pronoun(self.doc, statement) {
            return None;
        }
        let class = match statement.speaker_kind {
            SpeakerKind::Unnamed => class::UNNAMED_SOURCE,
            SpeakerKind::Group => class::GROUP,
            SpeakerKind::Named => class::AGENT,
            SpeakerKind::Implicit => return None,
        };
        let words = self.joined(&statement.source);
        let node = self.local("entity", first, &format!("source {}", if words.is_empty() { id.index() } else { 0 }));
        self.kind(&node, class);
        self.text(&node, other::LABEL, &words);
        Some(node)
    }

    /// Between which days it was said: as stated, else not after publication.
    fn said(&mut self, node: &NamedNode, said: Option<&Said>) {
        let published = self.doc.source.published.as_ref().map(|p| p.date);
        let (earliest, latest) = match said {
            Some(said) => (said.earliest, said.latest.or(published)),
            None => (None, published),
        };
        // Nothing is reported before it was said: a day after publication is a misreading, and says nothing.
        let late = |day: Option<jiff::civil::Date>| matches!((day, published), (Some(d), Some(p)) if d > p);
        let (earliest, latest) = (earliest.filter(|_| !late(earliest)), if late(latest) { published } else { latest });
        if let Some(date) = earliest {
            self.add(node, property::SAID_EARLIEST, day(date));
        }
        if let Some(date) = latest {
            self.add(node, property::SAID_LATEST, day(date));
        }
        if let Some(time) = said.and_then(|s| s.time).and_then(|t| self.times.get(t.index()).cloned()) {
            self.add(node, property::SAID_ON, time);
        }
    }

    /// What the article says in its own voice: one statement for each sentence with a number or event that nobody else says;
    /// other sentences of which nobody says a part are kept as words.
    fn narrated(&mut self) {
        let doc = self.doc;
        let said = |span: Span| doc.statements.iter().any(|s| s.holds(span));
        for sentence in doc.sentences.iter() {
            if doc.blocks.at(sentence.block).is_some_and(|b| b.repeats.is_some()) {
                continue;
            }
            let has_number = doc.quantities.within(sentence.span).any(|q| !said(doc.quantities[q].span));
            let has_event = doc.events.within(sentence.span).any(|e| !said(doc.events[e].span));
            if !has_number && !has_event {
                let is_said = doc.statements.iter().any(|s| s.content.iter().any(|part| part.overlaps(sentence.span)));
                if !is_said {
                    self.tells(sentence.span);
                }
                continue;
            }
            let node = self.local("statement", sentence.span, "narrator");
            self.kind(&node, class::STATEMENT);
            let document = self.document.clone();
            self.add(&node, property::REPORTED_IN, document);
            self.text(&node, property::WORDS, doc.slice(sentence.span));
            let publisher = self.publisher();
            let paper = doc.source.publisher.as_deref().unwrap_or_default();
            let decided = &self.options.decided;
            match decided.statement(&doc.source.id, doc.slice(sentence.span), "", paper) {
                Some(Ruling::Of(name)) => {
                    self.mode(&node, Mode::Indirect);
                    self.spoken_by(&node, &name, &[sentence.span]);
                }
                ruling => {
                    self.mode(&node, Mode::Narrator);
                    if let Some(publisher) = publisher {
                        self.add(&node, property::SPEAKER, publisher);
                    }
                    if ruling == Some(Ruling::Wrong) {
                        self.add(&node, property::CONFIDENCE, decimal(rust_decimal::Decimal::ZERO));
                    }
                }
            }
            self.add(&node, property::POLARITY, value::POSITIVE);
            self.said(&node, None);
            let place = self.place_of(sentence.span);
            self.add(&node, property::CONTENT_AT, place);
            self.sentences(&node, sentence.span);
            self.add(&node, property::MADE_BY, Literal::new_simple_literal("write/narrator"));
            self.claims(&node, None, &[sentence.span]);
        }
    }

    /// A sentence of the article's own, with its characters.
    fn tells(&mut self, span: Span) {
        let words = self.doc.slice(span);
        if words.split_whitespace().count() >= SHORTEST {
            let (begin, end) = self.points.of(span);
            let document = self.document.clone();
            self.text(&document, property::TELLS, &format!("{begin},{end} {words}"));
        }
    }
}

/// Words of the shortest sentence that tells something.
const SHORTEST: usize = 4;

/// The passages of `words` in quotation marks, without the marks; all of them where a direct quotation has no marks.
/// An apostrophe closes a ‘single’ quotation only where no letter follows it and no later one could.
fn quoted(words: &str, mode: Mode) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(open) = rest.find(['"', '“', '‘']) {
        let mark = rest[open..].chars().next().unwrap_or('"');
        let inside = &rest[open + mark.len_utf8()..];
        let close = match mark {
            '‘' => {
                let reach = inside.find('‘').unwrap_or(inside.len());
                let closes = |at: &usize| !inside[at + '’'.len_utf8()..].starts_with(char::is_alphanumeric);
                inside[..reach].match_indices('’').map(|(at, _)| at).rfind(closes)
            }
            _ => inside.find(['"', '“', '”']),
        };
        let Some(close) = close else {
            if mode == Mode::Direct {
                found.push(inside.to_owned());
            }
            break;
        };
        found.push(inside[..close].to_owned());
        // A paragraph of a longer quotation opens again before it closes: the next mark is then an opening one.
        let after = &inside[close..];
        let again = after.starts_with('“');
        rest = if again { after } else { &after[after.chars().next().map_or(0, char::len_utf8)..] };
    }
    if found.is_empty() && mode == Mode::Direct {
        found.push(words.trim_matches(['"', '“', '”', ' ']).to_owned());
    }
    found.retain(|q| !q.trim().is_empty());
    found
}

/// The node of what became of a saying; none for what was said.
fn saying(saying: Saying) -> Option<oxigraph::model::NamedNodeRef<'static>> {
    Some(match saying {
        Saying::Said => return None,
        Saying::Declined => value::SAYING_DECLINED,
        Saying::NoResponse => value::SAYING_UNANSWERED,
        Saying::Unreachable => value::SAYING_UNREACHABLE,
        Saying::Unverified => value::SAYING_UNVERIFIED,
    })
}

fn source_kind(kind: SourceKind) -> oxigraph::model::NamedNodeRef<'static> {
    match kind {
        SourceKind::Person => value::SOURCE_PERSON,
        SourceKind::Official => value::SOURCE_OFFICIAL,
        SourceKind::Body => value::SOURCE_BODY,
        SourceKind::Group => value::SOURCE_GROUP,
        SourceKind::Document => value::SOURCE_DOCUMENT,
        SourceKind::Poll => value::SOURCE_POLL,
        SourceKind::Post => value::SOURCE_POST,
        SourceKind::Agency => value::SOURCE_AGENCY,
        SourceKind::Medium => value::SOURCE_MEDIUM,
    }
}

fn commitment(commitment: Commitment) -> oxigraph::model::NamedNodeRef<'static> {
    match commitment {
        Commitment::Neutral => value::NEUTRAL,
        Commitment::Confirmed => value::CONFIRMED,
        Commitment::Claimed => value::CLAIMED,
        Commitment::Alleged => value::ALLEGED,
        Commitment::Denied => value::DENIED,
        Commitment::Declined => value::DECLINED,
        Commitment::NotConfirmed => value::NOT_CONFIRMED,
        Commitment::Pledged => value::PLEDGED,
        Commitment::Demanded => value::DEMANDED,
        Commitment::Warned => value::WARNED,
        Commitment::Asked => value::ASKED,
        Commitment::Believed => value::BELIEVED,
        Commitment::Showed => value::SHOWED,
    }
}

/// True for a source that is nothing but a pronoun, a relative or a demonstrative.
fn is_pronoun(doc: &Document, statement: &Statement) -> bool {
    let [span] = statement.source[..] else { return false };
    let tokens = doc.tokens_in(span);
    let one = tokens.end.index() == tokens.start.index() + 1;
    let relative =
        |word: &str| matches!(word, "who" | "which" | "that" | "whom" | "whose" | "this" | "these" | "those" | "one");
    one && (doc.pos(tokens.start) == Pos::Pron || relative(doc.lower(tokens.start)))
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use crate::text::Mode;

    #[test]
    fn quotations_are_cut_at_their_own_marks() {
        let cases: [(&str, Mode, &[&str]); 6] = [
            ("\"One,\" … \"two.\"", Mode::Direct, &["One,", "two."]),
            ("that it was “too late” and ‘too dear’", Mode::Mixed, &["too late", "too dear"]),
            (
                "‘It’s the board’s street and the workers’ too,’ … ‘I know.’",
                Mode::Direct,
                &["It’s the board’s street and the workers’ too,", "I know."],
            ),
            ("“First.\n“Second.”", Mode::Direct, &["First.\n", "Second."]),
            ("No marks at all", Mode::Direct, &["No marks at all"]),
            ("that the workers’ bus left", Mode::Mixed, &[]),
        ];
        for (words, mode, expected) in cases {
            assert_eq!(quoted(words, mode), expected, "{words}");
        }
    }
}
