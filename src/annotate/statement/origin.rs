//! What kind of source speaks, with which title, and why it is not named.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::model::Found;
use super::reading::Reading;
use super::tree;
use crate::lexicon::{noun, table};
use crate::text::*;

/// The table, by word.
static ORIGINS: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut origins: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (_, cells) in table::rows(include_str!("en/origins.tsv")) {
        for word in table::list(cells[1]) {
            origins.entry(word).or_default().push(cells[0]);
        }
    }
    origins
});

fn is(word: &str, kind: &str) -> bool {
    ORIGINS.get(word).is_some_and(|kinds| kinds.contains(&kind))
}

/// A noun for a poll: "survey".
pub fn is_poll(lemma: &str) -> bool {
    is(lemma, "poll") && lemma != "referendum"
}

/// The word itself where it names what is written and speaks: "report", "study".
pub fn document(lemma: &str) -> Option<&'static str> {
    ORIGINS
        .get_key_value(lemma)
        .filter(|(_, kinds)| kinds.contains(&"document") || kinds.contains(&"poll"))
        .map(|(w, _)| *w)
}

/// The kind of source of a statement; `None` where nobody is named.
pub fn kind(
    doc: &Document,
    reading: &Reading,
    found: &Found,
    made_by: &str,
    entity: Option<Id<Entity>>,
) -> Option<SourceKind> {
    let source = found.source.clone()?;
    if matches!(made_by, "statement/post" | "statement/retweet") {
        return Some(SourceKind::Post);
    }
    let head = head(doc, reading, source.clone());
    let word = doc.lower(Id::new(head));
    let lemma = doc.lemma(Id::new(head));
    let proper = doc.pos(Id::new(head)) == Pos::Propn || reading.name[head] != 0;
    let pronoun = doc.pos(Id::new(head)) == Pos::Pron;
    let compound = match head > source.start {
        true => format!("{} {word}", doc.lower(Id::new(head - 1))),
        false => String::new(),
    };
    if doc.word(Id::new(source.start)).starts_with('@') {
        return Some(SourceKind::Post);
    }
    if !proper && !pronoun {
        let share = source.clone().any(|t| matches!(doc.lower(Id::new(t)), "percent" | "%" | "cent"));
        if !share && (is(lemma, "poll") || is(&compound, "poll")) {
            return Some(SourceKind::Poll);
        }
        if compound == "news agency" || compound == "news agencies" || is(lemma, "agency") && lemma != "agency" {
            return Some(SourceKind::Agency);
        }
        // "the paper" of a newspaper and "a paper" of a scholar: the one that speaks in the article's voice is a medium.
        let press = is(lemma, "medium") && !(is(lemma, "document") && !definite(doc, &source));
        let state = matches!(word, "media" | "press");
        if (press || state) && !office(doc, reading, head) {
            return Some(SourceKind::Medium);
        }
        if document(lemma).is_some() {
            return Some(SourceKind::Document);
        }
    }
    // "Fair Ballot, a watchdog group": the noun behind the name tells what a name alone does not.
    if proper && let Some(noun) = apposed(doc, reading, head, &source) {
        use noun::NounClass::{Armed, Body};
        if noun::of(doc, Id::new(noun)).is_some_and(|n| matches!(n.class, Body | Armed)) {
            return Some(of_body(doc.slice(doc.span_of(Id::new(source.start)..Id::new(noun)))));
        }
    }
    let serves_here = proper && serves(doc, Id::new(source.start)..Id::new(source.end));
    if let Some(kind) = entity.and_then(|e| doc.entities.at(e)).and_then(|e| of_entity(doc, e)) {
        return Some(if kind == SourceKind::Person && serves_here { SourceKind::Official } else { kind });
    }
    let mention = doc.mentions_headed(Id::new(head)).next().map(|(_, m)| m);
    if let Some(class) = mention.filter(|m| m.kind == MentionKind::Name).and_then(|m| m.class) {
        let name = mention.map_or("", |m| doc.slice(m.span));
        match class {
            NameClass::Organisation | NameClass::Place => return Some(of_body(name)),
            NameClass::Person => return Some(person(doc, reading, &source)),
            NameClass::Norp => return Some(SourceKind::Group),
            _ => {}
        }
    }
    Some(of_noun(doc, reading, head, &source))
}

/// The head of the source: of "an exit poll by Datum" the poll, of "one of them" the one.
fn head(doc: &Document, reading: &Reading, source: Range<usize>) -> usize {
    let head = tree::head_of(reading, source.clone());
    match doc.pos(Id::new(head)) {
        Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::X | Pos::Det | Pos::Adj => head,
        _ => source.clone().rev().find(|&t| matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn)).unwrap_or(head),
    }
}

/// The noun in apposition to a name: "Umbra Labs, a security firm".
fn apposed(doc: &Document, reading: &Reading, head: usize, source: &Range<usize>) -> Option<usize> {
    tree::children(doc, reading, head, &[Relation::Appos]).find(|&t| t > head && source.contains(&t))
}

fn definite(doc: &Document, source: &Range<usize>) -> bool {
    matches!(doc.lower(Id::new(source.start)), "the" | "this" | "that" | "state" | "local" | "several" | "some")
}

/// "the paper's editor", "a radio host": a person after all.
fn office(doc: &Document, _reading: &Reading, head: usize) -> bool {
    noun::of(doc, Id::new(head)).is_some_and(|n| matches!(n.class, noun::NounClass::Office | noun::NounClass::Person))
}

/// What an entity is by its kind, its label and its roles.
fn of_entity(doc: &Document, entity: &Entity) -> Option<SourceKind> {
    let label = entity.label.to_lowercase();
    match entity.kind {
        EntityKind::Person if entity.named => {
            let office = entity.roles.iter().any(|&r| serves(doc, lengthened(doc, doc.tokens_in(r))))
                || entity.mentions.iter().any(|&m| {
                    let m = &doc.mentions[m];
                    m.title.is_some_and(|t| serves(doc, doc.tokens_in(t)))
                        || m.kind == MentionKind::Nominal && serves(doc, lengthened(doc, m.tokens.clone()))
                });
            Some(if office { SourceKind::Official } else { SourceKind::Person })
        }
        EntityKind::Organisation | EntityKind::Place if entity.named => Some(of_body(&entity.label)),
        EntityKind::Group if entity.named => Some(SourceKind::Group),
        EntityKind::Organisation => {
            let last = label.split_whitespace().next_back().unwrap_or("").to_string();
            is(&last, "medium").then_some(SourceKind::Medium)
        }
        _ => None,
    }
}

/// A body by its name: an agency, a paper or station, or any other.
fn of_body(name: &str) -> SourceKind {
    let lower = name.trim_start_matches("The ").trim_start_matches("the ").to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (first, last) = (words.first().copied().unwrap_or(""), words.last().copied().unwrap_or(""));
    if is(&lower, "bearer") || lower.ends_with("news agency") || words.len() > 1 && matches!(last, "wire" | "newswire")
    {
        return SourceKind::Agency;
    }
    let medium = words.len() > 1
        && (matches!(
            last,
            "times"
                | "post"
                | "herald"
                | "tribune"
                | "gazette"
                | "courier"
                | "echo"
                | "radio"
                | "tv"
                | "television"
                | "news"
                | "daily"
                | "journal"
                | "mail"
                | "telegraph"
                | "observer"
                | "chronicle"
                | "broadcasting"
                | "sun"
                | "mirror"
                | "kurier"
                | "zeitung"
                | "tageblatt"
                | "nachrichten"
                | "dagblad"
                | "nyheter"
                | "presse"
                | "jornal"
                | "diario"
                | "gazeta"
                | "nación"
                | "nacion"
                | "prensa"
                | "repubblica"
                | "sera"
                | "pravda"
                | "izvestia"
                | "hurriyet"
                | "online"
                | "guardian"
                | "standard"
                | "express"
                | "examiner"
                | "inquirer"
                | "argus"
                | "sentinel"
                | "dispatch"
                | "bulletin"
                | "review"
                | "magazine"
                | "globe"
                | "weekly"
                | "record"
                | "mercury"
                | "press"
                | "today"
                | "monitor"
        ) || matches!(first, "radio" | "channel" | "tv" | "television" | "daily"))
        || matches!(
            lower.as_str(),
            "bbc"
                | "cnn"
                | "npr"
                | "cbs"
                | "nbc"
                | "abc"
                | "msnbc"
                | "rt"
                | "pbs"
                | "itv"
                | "sky"
                | "politico"
                | "bloomberg"
                | "axios"
                | "guardian"
                | "telegraph"
                | "economist"
                | "meridian"
                | "courier"
        );
    if medium { SourceKind::Medium } else { SourceKind::Body }
}

/// A person: an official where the words of the source say so.
fn person(doc: &Document, _reading: &Reading, source: &Range<usize>) -> SourceKind {
    match serves(doc, Id::new(source.start)..Id::new(source.end)) {
        true => SourceKind::Official,
        false => SourceKind::Person,
    }
}

/// A role with what stands behind it up to the next mark: "secretary **of the union**".
fn lengthened(doc: &Document, tokens: Range<Id<Token>>) -> Range<Id<Token>> {
    let mut end = tokens.end.index();
    let word = |t: usize| doc.tokens.at(Id::new(t)).map_or("", |t| t.lower.as_str());
    if matches!(word(end), "of" | "for" | "at" | "in" | "to") {
        while end < tokens.end.index() + 8 && word(end).chars().any(char::is_alphanumeric) {
            end += 1;
        }
    }
    tokens.start..Id::new(end)
}

/// True for words with a post in public service: "the interior minister", "Gen.". What stands behind "of", "to" or "for"
/// is not the post: "a son of the mayor"; but it tells whom the post serves: "president of the club".
fn serves(doc: &Document, tokens: Range<Id<Token>>) -> bool {
    let (mut found, mut always, mut speaks, mut private, mut public) = (false, false, false, false, false);
    let mut behind = false;
    for token in Id::range(tokens.clone()) {
        let lemma = doc.lemma(token);
        let lower = doc.lower(token);
        if matches!(lower, "who" | "which") || lower == "," && (found || speaks) {
            break;
        }
        if matches!(lower, "former" | "ex" | "retired") {
            return false;
        }
        if matches!(lower, "'s" | "’s") && !behind {
            // "the minister's wife": whose, not who; "the company's president" stays private.
            found = false;
            always = false;
            speaks = false;
            continue;
        }
        private |= is(lemma, "private") || is(lower, "private");
        public |= is(lemma, "state") || is(lower, "state");
        if behind {
            continue;
        }
        if matches!(lower, "of" | "to" | "for" | "with" | "from" | "in" | "at") {
            if !(found || speaks) {
                break;
            }
            behind = true;
            continue;
        }
        let next = doc.tokens.at(Id::new(token.index() + 1)).map_or("", |t| t.lower.as_str());
        let chief = lower == "chief" && is(next, "trade");
        always |= is(lemma, "public") || is(lower, "public");
        found |= always || !chief && (is(lemma, "post") || is(lower, "post"));
        speaks |= is(lemma, "speaks");
    }
    always || (found || speaks) && (public || !private)
}

/// A source without a name.
fn of_noun(doc: &Document, reading: &Reading, head: usize, source: &Range<usize>) -> SourceKind {
    let id = Id::new(head);
    let word = doc.lower(id);
    let plural = matches!(doc.xpos(id), Xpos::Nns | Xpos::Nnps);
    if serves(doc, Id::new(source.start)..Id::new(source.end)) {
        return SourceKind::Official;
    }
    if matches!(word, "police" | "military" | "army" | "navy" | "government" | "council") {
        return SourceKind::Body;
    }
    if let Some(noun) = noun::of(doc, id) {
        use noun::NounClass::{Armed, Body, Craft, Document, Office, People, Person, Place};
        return match noun.class {
            Body | Armed | Place | Craft => SourceKind::Body,
            People => SourceKind::Group,
            Document => SourceKind::Document,
            Office | Person if plural => SourceKind::Group,
            Office | Person => SourceKind::Person,
        };
    }
    match word {
        "they" | "we" | "them" | "some" | "many" | "most" | "others" | "several" | "both" | "all" | "few" => {
            SourceKind::Group
        }
        "it" => SourceKind::Body,
        _ if plural => SourceKind::Group,
        _ if doc.pos(id) == Pos::Propn && reading.name[head] == 0 => SourceKind::Body,
        _ => SourceKind::Person,
    }
}

/// The title or office of the source, as worded in it: before the name ("Defence Minister"), else behind it ("head of
/// Acme").
pub fn title(doc: &Document, reading: &Reading, source: &Range<usize>, mention: Option<Id<Mention>>) -> Option<Span> {
    let inside = |m: &Mention| m.tokens.start.index() >= source.start && m.tokens.end.index() <= source.end;
    let name =
        mention.map(|m| &doc.mentions[m]).filter(|m| m.kind == MentionKind::Name && inside(m)).or_else(|| {
            let span = doc.span_of(Id::new(source.start)..Id::new(source.end));
            let person = |m: &&Mention| m.kind == MentionKind::Name && m.class == Some(NameClass::Person) && inside(m);
            doc.mentions.within(span).map(|id| &doc.mentions[id]).find(person)
        })?;
    if name.class != Some(NameClass::Person) && name.title.is_none() {
        return None;
    }
    // What the mention stage saw as title, else the words between the source's beginning and the name.
    let front = source.start..name.tokens.start.index();
    let polite =
        |t: &str| matches!(t.trim_end_matches('.').to_lowercase().as_str(), "mr" | "mrs" | "ms" | "miss" | "mx");
    let office = |span: Span| {
        let tokens = doc.tokens_in(span);
        let last = tokens.end.index().saturating_sub(1);
        let known = noun::of(doc, Id::new(last)).is_none_or(|n| n.class == noun::NounClass::Office);
        // "**and** Democratic Gov. Ray" begins elsewhere, and "the **younger Mr.** Ray" is no office.
        known && doc.pos(tokens.start) != Pos::Cconj && !polite(doc.lower(Id::new(last)))
    };
    if let Some(title) = name.title.filter(|&t| office(t)) {
        return Some(title);
    }
    // A name that was read with its post in front: "Mayor Delroy Pinnock".
    let inside_name = name.tokens.start.index()..name.tokens.end.index();
    let post = |t: usize| {
        noun::of(doc, Id::new(t)).is_some_and(|n| n.class == noun::NounClass::Office)
            || is(doc.lower(Id::new(t)), "public")
            || is(doc.lower(Id::new(t)), "post")
    };
    if name.class == Some(NameClass::Person)
        && let Some(last) = inside_name.clone().take(inside_name.len().saturating_sub(1)).rfind(|&t| post(t))
        && !polite(doc.lower(Id::new(last)))
    {
        return Some(doc.span_of(name.tokens.start..Id::new(last + 1)));
    }
    let mut front = front;
    while front.start < front.end
        && matches!(doc.lower(Id::new(front.start)), "the" | "a" | "an" | "its" | "his" | "her" | "their")
    {
        front.start += 1;
    }
    while front.end > front.start && reading.shape[front.end - 1] == 1 && doc.lower(Id::new(front.end - 1)) != "." {
        front.end -= 1;
    }
    let last = front.end.saturating_sub(1);
    let led = !front.is_empty()
        && !polite(doc.lower(Id::new(last)))
        && !front.clone().any(|t| matches!(doc.lower(Id::new(t)), "," | "and" | "by"))
        && (post(last) || noun::honorific(doc.lower(Id::new(last))).is_some());
    if led {
        return Some(doc.span_of(Id::new(front.start)..Id::new(front.end)));
    }
    // Behind the name, between commas.
    let comma = name.tokens.end.index();
    if comma + 1 >= source.end || doc.lower(Id::new(comma)) != "," {
        return None;
    }
    let mut start = comma + 1;
    // "Ana Brook, 41, the mayor": past the age.
    if start + 1 < source.end && reading.shape[start] == 2 && doc.lower(Id::new(start + 1)) == "," {
        start += 2;
    }
    let mut end = start;
    // As far as the clause that says more of him, or of the office.
    let closes = |t: usize| {
        matches!(doc.lower(Id::new(t)), "," | ";" | "—" | "–" | "(")
            || matches!(doc.xpos(Id::new(t)), Xpos::Wp | Xpos::WpPoss | Xpos::Wdt)
    };
    while end < source.end && !closes(end) {
        end += 1;
    }
    while start < end
        && matches!(doc.lower(Id::new(start)), "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "my")
    {
        start += 1;
    }
    while start < end && matches!(doc.pos(Id::new(end - 1)), Pos::Cconj | Pos::Adp | Pos::Punct | Pos::Aux) {
        end -= 1;
    }
    let opens = start < end && !matches!(doc.pos(Id::new(start)), Pos::Adp | Pos::Sconj | Pos::Pron | Pos::Verb);
    let holds = opens && (start..end).any(post);
    holds.then(|| doc.span_of(Id::new(start)..Id::new(end)))
}

/// Why the source is not named: what stands behind "who asked not to be named because …", "on condition of anonymity …".
pub fn reason(doc: &Document, reading: &Reading, found: &Found) -> Option<Span> {
    let near = found.cue.clone().chain(found.source.iter().cloned().flatten()).next()?;
    let sentence = &doc.sentences.at(Id::new(*reading.sentence.get(near)? as usize))?.tokens;
    given(doc, reading, found, sentence.start.index()..sentence.end.index())
}

/// "The person asked not to be named because the talks are secret.": a sentence of its own about who spoke before it.
pub fn asked(doc: &Document, reading: &Reading, statements: &mut [Statement]) {
    let nothing = Found { cue: 0..0, source: None, content: Vec::new() };
    for sentence in doc.sentences.iter() {
        let tokens = sentence.tokens.start.index()..sentence.tokens.end.index();
        let Some(reason) = given(doc, reading, &nothing, tokens.clone()) else { continue };
        // Who asks: the first mention of the sentence, if nothing is said there but that.
        let subject = doc.mentions.within(sentence.span).next();
        let entity = subject.and_then(|m| doc.entity_of.at(m).copied().flatten());
        let opens = tokens.start < tokens.end
            && subject.is_some_and(|m| doc.mentions[m].tokens.start.index() <= tokens.start + 1);
        let pronoun = matches!(doc.lower(Id::new(tokens.start)), "they" | "he" | "she" | "both" | "all");
        let from = sentence.span.start().saturating_sub(500);
        let before = |s: &Statement| {
            s.parent.is_none() && s.span().start() >= from && s.content.iter().all(|c| c.end() <= sentence.span.start())
        };
        let unnamed = |s: &Statement| matches!(s.speaker_kind, SpeakerKind::Unnamed | SpeakerKind::Group);
        let same = |s: &Statement| entity.is_some() && s.speaker == entity;
        let found = statements.iter().rposition(|s| before(s) && unnamed(s) && opens && same(s)).or_else(|| {
            statements
                .iter()
                .rposition(|s| before(s) && s.reason.is_none())
                .filter(|&s| unnamed(&statements[s]) && pronoun)
        });
        if let Some(at) = found {
            statements[at].reason = statements[at].reason.or(Some(reason));
        }
    }
}

/// The reason in a range of tokens.
fn given(doc: &Document, reading: &Reading, found: &Found, tokens: Range<usize>) -> Option<Span> {
    let word = |t: usize| doc.lower(Id::new(t));
    let hidden = tokens.clone().find(|&t| {
        let named = matches!(word(t), "named" | "identified" | "quoted")
            && (tokens.start.max(t.saturating_sub(4))..t).any(|b| matches!(word(b), "not" | "declined" | "refused"));
        let withheld = word(t) == "withheld"
            && (tokens.start.max(t.saturating_sub(5))..t).any(|b| word(b) == "name" || word(b) == "names");
        (named || withheld || matches!(word(t), "anonymity" | "anonymously" | "anonymous")) && reading.quote[t] == 0
    })?;
    // Somebody else's words are no reason.
    let said = |t: usize| found.content.iter().any(|c| c.contains(&t));
    if said(hidden) {
        return None;
    }
    let end = tokens.end;
    let mut at = hidden + 1;
    while at < end.min(hidden + 12) {
        let lead = match word(at) {
            "because" | "since" | "fearing" | "citing" | "as" => 1,
            "due" if at + 1 < end && word(at + 1) == "to" => 2,
            "out" if at + 1 < end && word(at + 1) == "of" => 2,
            "for"
                if at + 1 < end
                    && matches!(
                        word(at + 1),
                        "fear" | "security" | "safety" | "legal" | "privacy" | "personal" | "professional" | "reasons"
                    ) =>
            {
                1
            }
            "in" if at + 2 < end && word(at + 1) == "order" && word(at + 2) == "to" => 2,
            "to" if at + 1 < end
                && matches!(doc.pos(Id::new(at + 1)), Pos::Verb)
                && word(hidden).starts_with("anonym") =>
            {
                0
            }
            "given" if at + 1 < end && matches!(word(at + 1), "the" | "their" | "his" | "her") => 1,
            "," | "and" | "by" | "name" | "of" => {
                at += 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let start = at + lead;
        // To the end of its clause: the comma or the verb of saying behind it, or the content.
        let mut stop = start;
        while stop < end && !said(stop) && !found.cue.contains(&stop) {
            let close = word(stop) == ","
                && (stop + 1 >= end
                    || found.cue.contains(&(stop + 1))
                    || found.cue.start > stop && found.cue.start <= stop + 4
                    || said(stop + 1))
                || matches!(word(stop), "." | ";" | "—" | "”" | "\"" | ")");
            if close {
                break;
            }
            stop += 1;
        }
        while stop > start && reading.shape[stop - 1] == 1 {
            stop -= 1;
        }
        return (stop > start).then(|| doc.span_of(Id::new(start)..Id::new(stop)));
    }
    None
}

/// Who is in office in one statement is so in all of them; *I* and *we* are what the one is who is quoted.
pub fn agree(doc: &Document, statements: &mut [Statement]) {
    let official: Vec<Id<Entity>> = statements
        .iter()
        .filter(|s| s.source_kind == Some(SourceKind::Official))
        .filter(|s| s.source.first().is_none_or(|&w| !doc.slice(w).contains(" and ")))
        .filter_map(|s| s.speaker)
        .filter(|&e| doc.entities.at(e).is_some_and(|e| e.named && e.kind == EntityKind::Person))
        .collect();
    for at in 0..statements.len() {
        let own = statements[at].speaker.is_some_and(|s| official.contains(&s));
        if own && statements[at].source_kind == Some(SourceKind::Person) {
            statements[at].source_kind = Some(SourceKind::Official);
        }
    }
    for at in 0..statements.len() {
        let first = statements[at].source.first().map(|&s| doc.slice(s).to_lowercase());
        let myself = matches!(first.as_deref(), Some("i" | "we" | "me" | "us" | "my" | "our"));
        if let Some(outer) = statements[at].parent.filter(|_| myself) {
            let outer = &statements[outer.index()];
            let same = outer.speaker == statements[at].speaker;
            statements[at].source_kind = if same { outer.source_kind } else { statements[at].source_kind };
        }
    }
}
