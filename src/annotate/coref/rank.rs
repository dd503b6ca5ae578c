//! Third sieve: common nouns and pronouns, ranked. For each the chains met before are its candidates, together with
//! "none of them"; what is known of the two (distance, place in the sentence, nouns, countries, quotation marks, who spoke)
//! adds up to a score by learned whole weights (`en/weights.tsv`, made by `training/coref`), and the best candidate wins.
//!
//! Some things are barred and not weighed: gender, number and kind that differ; two arguments of one verb; what stands
//! inside the quotation that the pronoun itself says; and, inside a quotation, its speaker as "he" or "she".
//! What stands outside of quotation marks is decided first, so that speakers are known when their words are read.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::chain::Store;
use super::name::{body_words, plain};
use super::nominal::{self, Phrase};
use super::{pronoun, quote};
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::{gazetteer, speech, table, wordnet};
use crate::text::*;

closed_set! {
    /// What kind of word looks for the thing it names.
    Form {
        HeShe = "he-she",
        It = "it",
        They = "they",
        Person = "person",
        People = "people",
        Body = "body",
        Place = "place",
        Thing = "thing",
    }
}

closed_set! {
    /// What is looked at; each has a small number as its value.
    Feature {
        /// Sentences between, in steps.
        Distance = "distance",
        /// How many candidates are nearer.
        Nearer = "nearer",
        /// Place of the candidate's last mention in its sentence.
        Place = "place",
        /// Whether a mention in that sentence is a subject.
        Subject = "subject",
        /// Name, noun, pronoun.
        Wording = "wording",
        /// How often it was mentioned.
        Weight = "weight",
        /// Kind of thing, with or without a name.
        Kind = "kind",
        /// Gender known or not.
        Gender = "gender",
        /// Mentioned in the first sentences.
        Opening = "opening",
        /// Inside or outside of quotation marks.
        Quote = "quote",
        /// The candidate says the quotation the word stands in.
        Speaker = "speaker",
        /// The word is a speaker, and the candidate spoke before.
        Spoke = "spoke",
        /// Who tells, who is told.
        Teller = "teller",
        /// The subject of the clause.
        Clause = "clause",
        /// The same place in the sentence.
        Parallel = "parallel",
        /// How the noun fits what is known of the candidate.
        Noun = "noun",
        /// How its modifiers fit.
        Modifiers = "modifiers",
        /// How its country fits.
        Country = "country",
        /// A firm by its name, for "the company".
        Firm = "firm",
        /// The only one of its kind.
        Sole = "sole",
        /// The determiner.
        Determiner = "determiner",
        /// None of the candidates.
        None = "none",
        /// None, by the determiner.
        NoneDeterminer = "none-determiner",
        /// None, by the number of modifiers.
        NoneModifiers = "none-modifiers",
        /// None, by what hangs on the noun.
        NoneComplement = "none-complement",
        /// None, by whether the noun was met before.
        NoneMet = "none-met",
        /// None, by the number of candidates.
        NoneCandidates = "none-candidates",
        /// None, by quotation marks.
        NoneQuote = "none-quote",
        /// None, by how "it" is used.
        NoneUse = "none-use",
    }
}

/// Values a feature may have.
const VALUES: usize = 16;

static WEIGHTS: LazyLock<Vec<i16>> = LazyLock::new(|| {
    let mut weights = vec![0; Feature::ALL.len() * Form::ALL.len() * VALUES];
    for (line, cells) in table::rows(include_str!("en/weights.tsv")) {
        let wrong = || -> ! { panic!("weights.tsv:{line}: {cells:?}") };
        let [feature, form, value, weight] = cells[..] else { wrong() };
        let (Ok(feature), Ok(form)) = (feature.parse::<Feature>(), form.parse::<Form>()) else { wrong() };
        let (Ok(value), Ok(weight)) = (value.parse::<u8>(), weight.parse::<i16>()) else { wrong() };
        weights[slot(feature, form, value)] = weight;
    }
    weights
});

fn slot(feature: Feature, form: Form, value: u8) -> usize {
    (feature as usize * Form::ALL.len() + form as usize) * VALUES + usize::from(value).min(VALUES - 1)
}

/// What is known of one candidate.
pub type Facts = Vec<(Feature, u8)>;

/// One decision for the trainer: the form, and every candidate's facts with whether it is right. The first is "none".
#[derive(Clone, Debug)]
pub struct Decision {
    pub form: Form,
    pub candidates: Vec<(Facts, bool)>,
}

/// What the trainer knows: the gold entity of a mention. `None` where nothing is annotated.
pub type Gold<'g> = &'g dyn Fn(usize) -> Option<u32>;

/// Joins common nouns and pronouns to chains.
pub fn join(store: &mut Store) {
    Ranker::new(store).run(None, &mut Vec::new());
}

/// Joins as the gold entities say, and tells what was to be decided.
pub fn decisions(store: &mut Store, gold: Gold) -> Vec<Decision> {
    let mut decisions = Vec::new();
    Ranker::new(store).run(Some(gold), &mut decisions);
    decisions
}

/// A common noun or a pronoun that looks for its chain.
struct Anaphor {
    m: usize,
    form: Form,
    phrase: Option<Phrase>,
    quote: Option<usize>,
    /// It is the subject of a verb of saying.
    says: bool,
}

struct Candidate {
    chain: usize,
    /// Its last mention before the anaphor that counts.
    last: usize,
    /// Candidates that are nearer.
    nearer: usize,
}

struct Ranker<'s, 'd> {
    store: &'s mut Store<'d>,
    /// The mention that says a quotation.
    speakers: Vec<Option<usize>>,
    /// The quotation each mention stands in.
    quote_of: Vec<Option<usize>>,
    /// Whether each mention says something.
    says: Vec<bool>,
    /// For each sentence, how many up to it do not begin inside a quotation.
    told: Vec<usize>,
    /// Lemmas of the common nouns met so far.
    met: FxHashSet<String>,
    /// The chains that a common noun named, the last one last.
    by_lemma: FxHashMap<String, Vec<usize>>,
}

impl<'s, 'd> Ranker<'s, 'd> {
    fn new(store: &'s mut Store<'d>) -> Ranker<'s, 'd> {
        let doc = store.doc;
        let quotes = quote::find(doc);
        let speakers = quote::speakers(store, &quotes);
        let within = |span: Span| {
            let after = quotes.partition_point(|q| q.start() <= span.start());
            after.checked_sub(1).filter(|&q| quotes[q].covers(span))
        };
        let quote_of = doc.mentions.iter().map(|m| within(m.span)).collect();
        let says = doc.mentions.iter().map(|m| speaks(doc, m.head)).collect();
        let mut count = 0;
        let told = doc.sentences.iter().map(|s| {
            count += usize::from(quote::holding(&quotes, s.span).is_none());
            count
        });
        let told = told.collect();
        Ranker { store, speakers, quote_of, says, told, met: FxHashSet::default(), by_lemma: FxHashMap::default() }
    }

    fn run(mut self, gold: Option<Gold>, decisions: &mut Vec<Decision>) {
        let all = self.store.doc.mentions.len();
        let headline: Vec<bool> = (0..all).map(|m| in_headline(self.store.doc, self.store.mention(m))).collect();
        for inside in [false, true] {
            for m in 0..all {
                if !headline[m] && self.quote_of[m].is_some() == inside && self.store.of[m].is_none() {
                    self.decide(m, gold, decisions);
                }
            }
        }
        // A headline is written last: its "minister" is the one that the text names.
        for m in (0..all).filter(|&m| headline[m]) {
            let found = self.announced(m).filter(|_| gold.is_none());
            match (self.store.of[m], found) {
                (None, Some(chain)) => self.store.add(m, chain, "coref/headline"),
                (None, None) => self.decide(m, gold, decisions),
                (Some(from), Some(into)) => self.store.merge(into, from, "coref/headline"),
                (Some(_), None) => {}
            }
        }
        pronoun::first_person(self.store, &self.quote_of, &self.speakers);
    }

    /// What a noun of a headline announces: the first of the text that is called so, holds that office, or has the noun
    /// in its name.
    fn announced(&self, m: usize) -> Option<usize> {
        let store = &*self.store;
        let row = store.mention(m);
        // "**Ministry** knew": a word that a capital makes look like a name.
        let looks = || {
            let lower = store.doc.lower(row.head);
            let one = row.tokens.end.index() == row.tokens.start.index() + 1;
            let alone = |c: usize| store.chains[c].mentions.iter().all(|&x| in_headline(store.doc, store.mention(x)));
            one && noun::find(lower).is_some() && store.of[m].is_some_and(alone)
        };
        if row.kind != MentionKind::Nominal && !(row.kind == MentionKind::Name && looks()) {
            return None;
        }
        let mut phrase = Phrase::read(store, m);
        phrase.lemma = phrase.lemma.to_lowercase();
        if phrase.possessed || !phrase.definite && !phrase.bare {
            return None;
        }
        let fits = |&c: &usize| {
            let chain = &store.chains[c];
            let later = chain.mentions.first().is_some_and(|&f| !in_headline(store.doc, store.mention(f)));
            let plural = chain.kind == EntityKind::Group || chain.number == Some(Number::Plural);
            // "Opposition accuses party": a body is nobody of it.
            let person = chain.kind == EntityKind::Person && nominal::kind(row) == EntityKind::Organisation;
            let gender = chain.gender.is_none() || row.gender.is_none() || chain.gender == row.gender;
            let country = phrase.country.is_none() || chain.country.is_none() || phrase.country == chain.country;
            later
                && !person
                && gender
                && country
                && plural == (row.number == Some(Number::Plural))
                && matches!(self.noun(&phrase, c), (1 | 2 | 4, 0 | 2))
        };
        (0..store.chains.len()).filter(fits).min_by_key(|&c| store.chains[c].mentions.first().copied())
    }

    fn decide(&mut self, m: usize, gold: Option<Gold>, decisions: &mut Vec<Decision>) {
        let nominal = self.store.mention(m).kind == MentionKind::Nominal;
        let anaphor = self.anaphor(m);
        let sure = anaphor.as_ref().and_then(|a| self.sure(a));
        let found = match &anaphor {
            _ if sure.is_some() && gold.is_none() => sure,
            Some(anaphor) => {
                let candidates = self.candidates(anaphor);
                let none = self.none(anaphor, candidates.len());
                let facts: Vec<Facts> = candidates.iter().map(|c| self.facts(anaphor, c, &candidates)).collect();
                match gold {
                    None if candidates.is_empty() && anaphor.form == Form::HeShe => {
                        pronoun::ahead(self.store, m).map(|c| (c, rule(anaphor.form)))
                    }
                    None => best(anaphor.form, &none, &facts)
                        .map(|i| self.goes_on(anaphor, &candidates, i))
                        .or_else(|| self.only(anaphor, &candidates))
                        .or_else(|| self.body(anaphor, &candidates))
                        .or_else(|| self.spoke(anaphor, &candidates))
                        .or_else(|| self.alone(anaphor, &candidates))
                        .map(|i| (self.possessor(anaphor, candidates[i].chain), rule(anaphor.form)))
                        .or_else(|| self.firm(anaphor).map(|c| (c, rule(anaphor.form)))),
                    Some(gold) => {
                        let wanted = gold(m);
                        let right = |c: &Candidate| wanted.is_some() && self.gold_of(c.chain, gold) == wanted;
                        let rights: Vec<bool> = candidates.iter().map(right).collect();
                        if wanted.is_some() && !candidates.is_empty() && sure.is_none() {
                            let mut rows = vec![(none, !rights.contains(&true))];
                            rows.extend(facts.into_iter().zip(rights.iter().copied()));
                            decisions.push(Decision { form: anaphor.form, candidates: rows });
                        }
                        let same = wanted
                            .and_then(|w| (0..self.store.chains.len()).find(|&c| self.gold_of(c, gold) == Some(w)));
                        same.map(|c| (c, "coref/gold"))
                    }
                }
            }
            None => None,
        };
        match found {
            Some((chain, made_by)) => self.store.add(m, chain, made_by),
            None if nominal => {
                let chain = self.store.begin(m, nominal::kind(self.store.mention(m)), "coref/new");
                if let Some(phrase) = anaphor.as_ref().and_then(|a| a.phrase.as_ref()) {
                    self.store.chains[chain].country = phrase.country;
                }
            }
            None => {}
        }
        if nominal {
            let phrase = anaphor.and_then(|a| a.phrase).unwrap_or_else(|| Phrase::read(self.store, m));
            self.met.insert(phrase.lemma.clone());
            if let Some(chain) = self.store.of[m] {
                let same = self.by_lemma.entry(phrase.lemma.clone()).or_default();
                if same.last() != Some(&chain) {
                    same.retain(|&c| c != chain);
                    same.push(chain);
                }
                let known = &mut self.store.chains[chain].nouns;
                if known.len() < 12 {
                    known.push(phrase);
                }
            }
        }
    }

    /// Where the weights choose none: "the group", "it said" and "they said" are the only body, document or people that
    /// the sentence before (for a noun, the two before) is about.
    fn only(&self, a: &Anaphor, candidates: &[Candidate]) -> Option<usize> {
        let store = &*self.store;
        let reach = match a.form {
            Form::Body => 2,
            Form::It | Form::They if a.says => 1,
            _ => return None,
        };
        let generic = a.phrase.as_ref().is_none_or(|p| p.words.is_empty() && nominal::is_generic_body(&p.lemma));
        let about = |c: &Candidate| {
            let chain = &store.chains[c.chain];
            let near = self.gap(a.m, c.last) <= reach;
            let fits = match a.form {
                Form::Body => chain.named && chain.kind == EntityKind::Organisation,
                Form::It => {
                    chain.kind == EntityKind::Organisation
                        || chain.nouns.iter().any(|p| p.class == Some(NounClass::Document))
                }
                _ => chain.kind == EntityKind::Group,
            };
            near && fits && store.is_subject(c.last) && self.quote_of[c.last].is_none()
        };
        let mut found = candidates.iter().enumerate().filter(|(_, c)| about(c));
        let one = found.next()?.0;
        (generic && a.quote.is_none() && found.next().is_none()).then_some(one)
    }

    /// "…, **he** added", "…, **it** said" behind the words of one who spoke in the sentence before: they go on, whoever is named
    /// in their words.
    fn goes_on(&self, a: &Anaphor, candidates: &[Candidate], best: usize) -> usize {
        let store = &*self.store;
        let doc = store.doc;
        let verb = doc.head(store.mention(a.m).head);
        let main = verb.is_some_and(|v| {
            !matches!(
                doc.relation(v),
                Relation::Advcl | Relation::AclRelcl | Relation::Acl | Relation::Ccomp | Relation::Xcomp
            )
        });
        if !matches!(a.form, Form::HeShe | Form::They | Form::It) || !a.says || a.quote.is_some() || !main {
            return best;
        }
        // Behind his words ("The goal from X was luck, **he** said") whoever they name is another, and he spoke before.
        let behind = candidates[best].last < a.m
            && store.sentence[candidates[best].last] == store.sentence[a.m]
            && verb.is_some_and(|v| doc.relation(v) == Relation::Parataxis);
        // "They include X, Y and Z. **He** pointed out …": whom a list names is not who speaks on.
        let name = store.mention(candidates[best].last).head;
        // "the clerk **Ben Ward**" hangs on its title.
        let titled = matches!(doc.relation(name), Relation::Flat | Relation::Appos | Relation::Compound);
        let last = doc.head(name).filter(|_| titled).unwrap_or(name);
        let listed = !store.is_subject(candidates[best].last)
            && (doc.relation(last) == Relation::Conj || doc.children(last).any(|c| doc.relation(c) == Relation::Conj));
        let reach = if behind || listed { 4 } else { 1 };
        let spoke = |c: &Candidate| {
            let chain = &store.chains[c.chain];
            let near = |&&m: &&usize| m < a.m && store.sentence[a.m] - store.sentence[m] <= reach;
            chain.mentions.iter().filter(near).any(|&m| self.says[m] && self.quote_of[m].is_none())
        };
        if spoke(&candidates[best]) {
            return best;
        }
        let mut others = candidates.iter().enumerate().filter(|(_, c)| spoke(c));
        match (others.next(), others.next()) {
            (Some((one, _)), None) => one,
            _ => best,
        }
    }

    /// Where the weights choose none: "she said" goes on from the only one of that gender who spoke in the two sentences
    /// before.
    fn spoke(&self, a: &Anaphor, candidates: &[Candidate]) -> Option<usize> {
        if a.form != Form::HeShe || !a.says || a.quote.is_some() {
            return None;
        }
        let near = |c: &Candidate| self.gap(a.m, c.last) <= 2;
        let spoke = |c: &Candidate| self.says[c.last] && near(c) && self.quote_of[c.last].is_none();
        let mut found = candidates.iter().enumerate().filter(|(_, c)| spoke(c));
        let one = found.next()?.0;
        found.next().is_none().then_some(one)
    }

    /// "The bank raised **its** forecast. **It** said …": a thing of somebody who may speak does not speak for itself.
    fn possessor(&self, a: &Anaphor, found: usize) -> usize {
        let store = &*self.store;
        let doc = store.doc;
        if a.form != Form::It || !a.says || store.chains[found].kind == EntityKind::Organisation {
            return found;
        }
        let last = store.last_before(found, a.m);
        let owner = last.filter(|&l| !store.is_subject(l)).and_then(|l| {
            let head = store.mention(l).head;
            let its = doc.children(head).find(|&c| doc.relation(c) == Relation::NmodPoss)?;
            let owner = store.chain_at(its)?;
            (store.chains[owner].kind == EntityKind::Organisation).then_some(owner)
        });
        owner.unwrap_or(found)
    }

    /// "Harmon Steel sold 40 mills, **it** said": what is called "it" is no person, whatever its name looks like.
    fn firm(&mut self, a: &Anaphor) -> Option<usize> {
        let store = &*self.store;
        let puts =
            store.doc.head(store.mention(a.m).head).is_some_and(|v| matches!(store.doc.lemma(v), "post" | "put"));
        if a.form != Form::It || a.quote.is_some() || !store.is_subject(a.m) || !(a.says || puts) {
            return None;
        }
        let here = store.sentence[a.m];
        let m = (0..a.m).rev().take_while(|&m| here - store.sentence[m] <= 1).find(|&m| {
            store.mention(m).kind == MentionKind::Name && store.is_subject(m) && self.quote_of[m].is_none()
        })?;
        let chain = store.of[m]?;
        let known = &store.chains[chain];
        let row = store.mention(m);
        let first = store.doc.word(row.tokens.start);
        let last = store.doc.lower(Id::new(row.tokens.end.index() - 1));
        let looks = row.tokens.end.index() > row.tokens.start.index() + 1
            && known.kind == EntityKind::Person
            && known.gender.is_none()
            && known.roles.is_empty()
            && noun::given_name(first).is_none()
            && wordnet::is_noun(&noun::singular(last))
            && !wordnet::is_person(&noun::singular(last));
        if !looks {
            return None;
        }
        self.store.chains[chain].kind = EntityKind::Organisation;
        Some(chain)
    }

    /// Sentences of the reporter between two mentions: the words of a long quotation take nobody farther away.
    fn gap(&self, m: usize, last: usize) -> usize {
        let (here, there) = (self.store.sentence[m], self.store.sentence[last]);
        self.told[here].saturating_sub(self.told[there]).min(here.saturating_sub(there))
    }

    /// Where the weights choose none: "he said" is the only person met in the reporter's last sentences.
    fn alone(&self, a: &Anaphor, candidates: &[Candidate]) -> Option<usize> {
        let [one] = candidates else { return None };
        let near = self.gap(a.m, one.last) <= 3 && self.quote_of[one.last].is_none();
        (a.form == Form::HeShe && a.says && a.quote.is_none() && near).then_some(0)
    }

    /// Where the weights choose none: "the university" is the one body so far whose name holds the noun, "the lorry maker"
    /// the one firm that a sentence of this article was about.
    fn body(&self, a: &Anaphor, candidates: &[Candidate]) -> Option<usize> {
        let store = &*self.store;
        let phrase = a.phrase.as_ref().filter(|p| p.definite && !p.possessed && p.country.is_none())?;
        let single = store.mention(a.m).number != Some(Number::Plural);
        if !single || a.quote.is_some() || !matches!(a.form, Form::Body | Form::Person | Form::Thing | Form::Place) {
            return None;
        }
        let lemma = phrase.lemma.as_str();
        let holds = |key: &str, word: &str| key.split(' ').any(|w| plain(w) == word);
        let body = |c: &&(usize, &Candidate)| {
            let chain = &store.chains[c.1.chain];
            chain.named && chain.kind == EntityKind::Organisation && self.quote_of[c.1.last].is_none()
        };
        let bodies: Vec<(usize, &Candidate)> = candidates.iter().enumerate().filter(|c| body(&c)).collect();
        let mut same = bodies.iter().filter(|(_, c)| {
            let keys = &store.chains[c.chain].keys;
            keys.iter().any(|k| {
                k.contains(' ') && holds(k, lemma) && phrase.words.iter().all(|w| holds(k, w) || nominal::is_epithet(w))
            })
        });
        if let Some(&(one, _)) = same.next() {
            return same.next().is_none().then_some(one);
        }
        if !nominal::is_firm(lemma) {
            return None;
        }
        // A name that ends in another noun for a body says what it is: no ministry is a firm.
        let firm = |chain: usize| {
            store.chains[chain].keys.iter().all(|k| {
                let last = k.rsplit(' ').next().unwrap_or(k);
                nominal::is_firm(last)
                    || noun::find(last).is_none_or(|n| !matches!(n.class, NounClass::Body | NounClass::Armed))
            }) && store.chains[chain]
                .known()
                .is_none_or(|t| matches!(t.kind, gazetteer::ThingKind::Organisation | gazetteer::ThingKind::Media))
        };
        let about = |chain: usize| store.chains[chain].mentions.iter().any(|&m| m < a.m && store.is_subject(m));
        let mut firms = bodies.iter().filter(|(_, c)| firm(c.chain) && about(c.chain));
        let one = firms.next()?.0;
        firms.next().is_none().then_some(one)
    }

    /// The gold entity of a chain: that of its first mention that has one.
    fn gold_of(&self, chain: usize, gold: Gold) -> Option<u32> {
        self.store.chains[chain].mentions.iter().find_map(|&x| gold(x))
    }

    /// The word as a searcher; nothing for what searches nothing: indefinite nouns, "I", "you".
    fn anaphor(&self, m: usize) -> Option<Anaphor> {
        let store = &*self.store;
        let doc = store.doc;
        let row = store.mention(m);
        let (form, phrase) = match row.kind {
            MentionKind::Name => return None,
            MentionKind::Pronoun => {
                let form = match doc.lower(row.head) {
                    "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Form::HeShe,
                    "it" | "its" | "itself" => Form::It,
                    "they" | "them" | "their" | "theirs" | "themselves" => Form::They,
                    _ => return None,
                };
                (form, None)
            }
            MentionKind::Nominal => {
                let phrase = Phrase::read(store, m);
                // "53 per cent" are others than "17 per cent".
                let counted = Id::range(row.tokens.clone())
                    .any(|t| doc.relation(t) == Relation::Nummod || doc.pos(t) == Pos::Num);
                if counted && !phrase.definite {
                    return None;
                }
                let thing = phrase.class.is_none_or(|c| matches!(c, NounClass::Document | NounClass::Craft));
                if !phrase.definite && !(phrase.bare && thing && self.met.contains(&phrase.lemma)) {
                    return None;
                }
                let plural = row.number == Some(Number::Plural);
                let form = match phrase.class {
                    Some(NounClass::Office | NounClass::Person) if plural => Form::People,
                    Some(NounClass::People) => Form::People,
                    Some(NounClass::Office | NounClass::Person) => Form::Person,
                    Some(NounClass::Body | NounClass::Armed) => Form::Body,
                    Some(NounClass::Place) => Form::Place,
                    // "the SSP": a rank that somebody was introduced with.
                    None if !plural && store.ranks.contains(phrase.lemma.as_str()) => Form::Person,
                    None if !plural && nominal::is_firm(&phrase.lemma) => Form::Body,
                    _ => Form::Thing,
                };
                (form, Some(phrase))
            }
        };
        Some(Anaphor { m, form, phrase, quote: self.quote_of[m], says: self.says[m] })
    }

    /// What the sentence's own shape decides: "Raising **his** voice, Gray said".
    fn sure(&self, a: &Anaphor) -> Option<(usize, &'static str)> {
        if let Some(chain) = self.titled(a) {
            return Some((chain, "coref/role"));
        }
        if let Some(chain) = self.aged(a) {
            return Some((chain, "coref/age"));
        }
        (a.form == Form::HeShe && a.quote.is_none())
            .then(|| pronoun::fronted(self.store, a.m))
            .flatten()
            .map(|c| (c, "coref/he-she"))
    }

    /// "**The 22-year-old** said": the person with a name whom the reporter's sentences spoke of last.
    fn aged(&self, a: &Anaphor) -> Option<usize> {
        let store = &*self.store;
        a.phrase.as_ref().filter(|p| p.definite && noun::is_aged(store.doc, store.mention(a.m).head))?;
        let candidates = self.candidates(a);
        let told = |c: &&Candidate| {
            let chain = &store.chains[c.chain];
            chain.named
                && chain.kind == EntityKind::Person
                && self.quote_of[c.last].is_none()
                && self.gap(a.m, c.last) <= 3
        };
        let those: Vec<&Candidate> = candidates.iter().filter(told).collect();
        those.iter().find(|c| store.is_subject(c.last)).or(those.first()).map(|c| c.chain)
    }

    /// "**The botanist** said" where the article calls one person so ("Anneke Sy, a botanist") and speaks of no other.
    fn titled(&self, a: &Anaphor) -> Option<usize> {
        let store = &*self.store;
        let phrase = a.phrase.as_ref().filter(|p| p.definite && !p.possessed)?;
        let single = store.mention(a.m).number != Some(Number::Plural);
        if a.form != Form::Person || !single || determiner(store.doc, store.mention(a.m)) != 1 {
            return None;
        }
        let called = |c: &usize| {
            let chain = &store.chains[*c];
            let fits = |r: &super::chain::RoleFact| {
                r.span.is_some()
                    && r.head == phrase.lemma
                    && phrase.words.iter().all(|w| r.words.contains(w) || nominal::is_epithet(w))
            };
            chain.named && chain.kind == EntityKind::Person && chain.roles.iter().any(fits)
        };
        let mut those = (0..store.chains.len()).filter(called);
        let one = those.next().filter(|_| those.next().is_none())?;
        // Somebody without a name who is called the same was met since.
        let other = self.by_lemma.get(&phrase.lemma).and_then(|c| c.last()).is_some_and(|&c| c != one);
        // An office may be told before its holder's name: "the minister wrote … Konrad Weil, the education minister, said".
        let office = phrase.class == Some(NounClass::Office);
        let later = || store.chains[one].mentions.first().copied().filter(|_| office);
        let last = store.last_before(one, a.m).or_else(later)?;
        (!other && self.fits(a, one, last)).then_some(one)
    }

    fn candidates(&self, a: &Anaphor) -> Vec<Candidate> {
        let store = &*self.store;
        let here = store.sentence[a.m];
        let (reach, most) = match a.form {
            Form::HeShe => (6, 12),
            Form::It | Form::They => (3, 12),
            _ => (40, 40),
        };
        let mut found: Vec<Candidate> = Vec::new();
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        // A noun for a thing looks for the same noun, however far away.
        if a.form == Form::Thing {
            let same = a.phrase.as_ref().and_then(|p| self.by_lemma.get(&p.lemma));
            for &chain in same.into_iter().flatten().rev().take(6) {
                if let Some(last) = store.last_before(chain, a.m).filter(|&last| self.fits(a, chain, last)) {
                    let nearer = found.len();
                    found.push(Candidate { chain, last, nearer });
                }
            }
            return found;
        }
        for last in (0..a.m).rev() {
            if here.saturating_sub(store.sentence[last]) > reach || found.len() >= most {
                break;
            }
            let Some(chain) = store.of[last] else { continue };
            // "LONDON (Wire) — … **The company** said": who sends a report is nobody in it.
            let place = store.mention(last).tokens.start;
            if matches!(store.doc.block_kind(place), Some(BlockKind::Dateline | BlockKind::Credit | BlockKind::Byline))
            {
                continue;
            }
            // What stands in the words that the anaphor itself says is not it.
            let said = self.quote_of[last].is_some_and(|q| a.quote.is_none() && self.speakers[q] == Some(a.m));
            if said || seen.contains(&chain) {
                continue;
            }
            seen.insert(chain);
            if self.fits(a, chain, last) {
                let nearer = found.len();
                found.push(Candidate { chain, last, nearer });
            }
        }
        // An office of a country may be held by somebody named only later.
        if a.form == Form::Person && a.phrase.as_ref().is_some_and(|p| p.country.is_some()) {
            let mut later = (0..store.chains.len()).filter(|c| {
                let known = &store.chains[*c];
                known.named && !seen.contains(c) && known.mentions.first().is_some_and(|&f| f > a.m) && {
                    let phrase = a.phrase.as_ref().expect("a noun");
                    known
                        .roles
                        .iter()
                        .any(|r| nominal::same_office(&r.head, &phrase.lemma) && r.country == phrase.country)
                }
            });
            if let (Some(one), None) = (later.next(), later.next())
                && self.agrees(a, one)
            {
                let nearer = found.len();
                found.push(Candidate { chain: one, last: store.chains[one].mentions[0], nearer });
            }
        }
        found
    }

    /// Kind, gender and number.
    fn agrees(&self, a: &Anaphor, chain: usize) -> bool {
        let store = &*self.store;
        let (row, chain) = (store.mention(a.m), &store.chains[chain]);
        let plural = chain.kind == EntityKind::Group || chain.number == Some(Number::Plural);
        let gender = chain.gender.is_none() || row.gender.is_none() || chain.gender == row.gender;
        match a.form {
            Form::HeShe => chain.kind == EntityKind::Person && !plural && gender,
            Form::Person => {
                let trade = || a.phrase.as_ref().is_some_and(|p| nominal::is_trade(&p.lemma));
                !plural
                    && gender
                    && (chain.kind == EntityKind::Person || chain.kind == EntityKind::Organisation && trade())
            }
            // "It said": a body, a place, what has a name, what is written or told; "her release" says nothing.
            Form::It if a.says => {
                let told = || {
                    chain.nouns.iter().any(|p| p.class == Some(NounClass::Document) || wordnet::is_message(&p.lemma))
                };
                // Of places a country speaks, and one that has spoken.
                let voice = || {
                    let said = |&m: &usize| speaks(store.doc, store.mention(m).head);
                    chain.known().is_some_and(|t| t.kind == gazetteer::ThingKind::Country)
                        || chain.mentions.iter().any(said)
                };
                let able = match chain.kind {
                    EntityKind::Organisation => true,
                    EntityKind::Place => voice(),
                    _ => chain.named || told(),
                };
                !matches!(chain.kind, EntityKind::Person | EntityKind::Group) && !plural && able
            }
            Form::It => !matches!(chain.kind, EntityKind::Person | EntityKind::Group) && !plural,
            // "1,200 homes burnt and 300 **others** were damaged, they said": not the others.
            Form::They if a.says => {
                let others = |&m: &usize| store.doc.lower(store.mention(m).head) == "others";
                (plural || chain.kind == EntityKind::Organisation) && !chain.mentions.iter().all(others)
            }
            Form::They => plural || chain.kind == EntityKind::Organisation,
            Form::People => plural && matches!(chain.kind, EntityKind::Group | EntityKind::Person | EntityKind::Other),
            Form::Body => {
                chain.kind == EntityKind::Organisation && (row.number == Some(Number::Plural)) == plural
                    || chain.named && chain.kind == EntityKind::Other && !plural
            }
            Form::Place => chain.kind == EntityKind::Place && (row.number == Some(Number::Plural)) == plural,
            Form::Thing => {
                matches!(chain.kind, EntityKind::Other | EntityKind::Product | EntityKind::Event)
                    && (row.number == Some(Number::Plural)) == plural
            }
        }
    }

    fn fits(&self, a: &Anaphor, chain: usize, last: usize) -> bool {
        let store = &*self.store;
        let doc = store.doc;
        let (row, other, known) = (store.mention(a.m), store.mention(last), &store.chains[chain]);
        let near = store.sentence[a.m] == store.sentence[last];
        if !self.agrees(a, chain)
            || other.span.overlaps(row.span)
            || self.holds_one(a.m, chain)
            || near && pronoun::clash(doc, row, other)
        {
            return false;
        }
        // Inside a quotation he, she, the minister and they are not who says it.
        let speaker = a.quote.and_then(|q| self.speakers[q]).and_then(|s| store.of[s]);
        if speaker == Some(chain) && matches!(a.form, Form::HeShe | Form::Person | Form::People | Form::They) {
            return false;
        }
        match a.form {
            Form::HeShe => !pronoun::own_kin(store, a.m, known),
            Form::It | Form::They => !(other.class == Some(NameClass::Norp) && other.kind == MentionKind::Name),
            // The nouns must have something to do with each other where names are no help.
            _ => {
                let phrase = a.phrase.as_ref().expect("a common noun has a phrase");
                let differs = phrase.country.is_some() && known.country.is_some() && phrase.country != known.country;
                let (noun, _) = self.noun(phrase, chain);
                let possessed = phrase.possessed && !matches!(noun, 1 | 2);
                !differs
                    && !possessed
                    && match a.form {
                        Form::Thing | Form::People | Form::Place => {
                            matches!(noun, 1 | 2 | 4) || self.is_place(phrase, chain)
                        }
                        Form::Person => known.named || matches!(noun, 1 | 2),
                        // "The ministry" is what is called or known as one; "the group" may be anybody.
                        Form::Body => {
                            matches!(noun, 1..=4)
                                || known.named
                                    && (nominal::is_generic_body(&phrase.lemma) || nominal::is_firm(&phrase.lemma))
                                    && !(nominal::is_no_firm(&phrase.lemma) && self.is_firm(chain))
                                    && !(nominal::is_firm(&phrase.lemma) && self.is_no_firm(chain))
                                    && !(nominal::is_told_by_name(&phrase.lemma) && self.is_of_no_kind(chain))
                        }
                        _ => known.named || noun == 1,
                    }
            }
        }
    }

    /// A firm by the last word of a name: "Larne Holdings plc", "Larne Airways".
    fn is_firm(&self, chain: usize) -> bool {
        let airline = |w: &str| matches!(w, "airline" | "airlines" | "airways" | "air" | "aviation");
        let keys = &self.store.chains[chain].keys;
        keys.iter().any(|k| k.rsplit(' ').next().is_some_and(|w| noun::company_form(w) || airline(w)))
    }

    /// A name of several words of which none says what kind of body or whose it is: "Fjord Securities", not "Nurses United".
    fn is_of_no_kind(&self, chain: usize) -> bool {
        let tells = |w: &str| {
            nominal::is_no_firm(w)
                || noun::find(&noun::singular(w))
                    .is_some_and(|n| n.class == NounClass::Body && !nominal::is_firm(w) || n.is_people())
        };
        let keys = &self.store.chains[chain].keys;
        keys.iter().any(|k| k.contains(' ')) && !keys.iter().any(|k| k.split(' ').any(tells))
    }

    /// No firm by a word of its name: "National Union of Mineworkers", "Ministry of Works".
    fn is_no_firm(&self, chain: usize) -> bool {
        let other = |w: &str| {
            nominal::is_no_firm(w)
                || noun::find(w).is_some_and(|n| n.class == NounClass::Body)
                    && !nominal::is_firm(w)
                    && !nominal::is_generic_body(w)
        };
        self.store.chains[chain].keys.iter().any(|k| k.contains(' ') && k.split(' ').any(other)) && !self.is_firm(chain)
    }

    /// A mention of the chain inside the anaphor, or around it.
    fn holds_one(&self, m: usize, chain: usize) -> bool {
        let near = m.saturating_sub(6)..(m + 7).min(self.store.doc.mentions.len());
        let span = self.store.mention(m).span;
        near.into_iter().any(|x| x != m && self.store.of[x] == Some(chain) && self.store.mention(x).span.overlaps(span))
    }

    /// "the country", "the city": a place of that kind.
    fn is_place(&self, phrase: &Phrase, chain: usize) -> bool {
        nominal::kind_of_place(&phrase.lemma).is_some_and(|wanted| {
            let chain = &self.store.chains[chain];
            let kind = chain
                .known()
                .map(|t| t.kind)
                .or_else(|| gazetteer::SHIPPED.find(chain.keys.first()?).next().map(|r| r.thing.kind));
            kind.is_some_and(|k| wanted.contains(&k))
        })
    }

    /// How a noun fits a chain: 1 the same noun, 2 its office, 3 a like office, 4 a word of its name, 5 another noun than
    /// those known, 6 nothing known. And how the modifiers fit: 0 all known, 1 new ones, 2 it has fewer.
    fn noun(&self, phrase: &Phrase, chain: usize) -> (u8, u8) {
        let known = &self.store.chains[chain];
        let modifiers =
            |words: &[String]| match phrase.words.iter().filter(|w| !nominal::is_epithet(w)).all(|w| words.contains(w))
            {
                true if phrase.words.is_empty() && !words.is_empty() => 2,
                true => 0,
                false => 1,
            };
        let owner = |p: &Phrase| !phrase.possessed || p.possessed && p.owner == phrase.owner && phrase.owner.is_some();
        if let Some(same) =
            known.nouns.iter().filter(|p| p.lemma == phrase.lemma && owner(p)).map(|p| modifiers(&p.words)).min()
        {
            return (1, same);
        }
        if !phrase.possessed {
            let role = |r: &&super::chain::RoleFact| r.head == phrase.lemma || r.words.contains(&phrase.lemma);
            if let Some(same) = known.roles.iter().filter(role).map(|r| modifiers(&r.words)).min() {
                return (2, same);
            }
            // "The PUP leader" is the chairman of the PUP: a wider noun with the same modifiers.
            let wider = |r: &super::chain::RoleFact| {
                !phrase.words.is_empty()
                    && phrase.words.iter().all(|w| r.words.contains(w))
                    && matches!(wordnet::nouns(&r.head, &phrase.lemma), wordnet::Kinship::Narrower(_))
            };
            if known.roles.iter().any(wider) {
                return (2, 0);
            }
            if let Some(like) = known
                .roles
                .iter()
                .filter(|r| nominal::same_office(&r.head, &phrase.lemma))
                .map(|r| modifiers(&r.words))
                .min()
            {
                return (3, like);
            }
        }
        let lemma = plain(&phrase.lemma);
        let label = known.known().map(|t| gazetteer::key(t.label));
        let in_name = known.keys.iter().chain(label.iter()).any(|key| {
            let (words, _) = body_words(key);
            // "The airline" is Larne Airlines, and Larne Airways.
            let holds = |w: &&str| {
                *w == lemma
                    || w.strip_suffix('s')
                        .is_some_and(|w| w == lemma || wordnet::nouns(w, lemma) == wordnet::Kinship::Same)
            };
            words.iter().any(holds) && phrase.words.iter().all(|w| words.contains(&w.as_str()))
        });
        if in_name && known.kind != EntityKind::Person {
            return (4, 0);
        }
        if let Some(thing) = known.known()
            && nominal::names_kind(&phrase.lemma, thing.kind)
            && phrase.words.is_empty()
        {
            return (4, 0);
        }
        // "The ministry" is none of a council; a firm may be many things.
        let own_name_tells = known
            .keys
            .iter()
            .any(|key| key.rsplit(' ').next().and_then(noun::find).is_some_and(|n| matches!(n.class, NounClass::Body)));
        let person = known.kind == EntityKind::Person;
        let described = known.roles.iter().any(|r| r.span.is_some()) || !known.nouns.is_empty();
        match person {
            true if described => (5, 0),
            false if own_name_tells && !nominal::is_generic_body(&phrase.lemma) => (5, 0),
            _ => (6, u8::from(!phrase.words.is_empty())),
        }
    }

    fn none(&self, a: &Anaphor, candidates: usize) -> Facts {
        let doc = self.store.doc;
        let row = self.store.mention(a.m);
        let mut facts = vec![(Feature::None, 0), (Feature::NoneCandidates, candidates.min(4) as u8)];
        facts.push((Feature::NoneQuote, u8::from(a.quote.is_some())));
        if let Some(phrase) = &a.phrase {
            facts.push((Feature::NoneDeterminer, determiner(doc, row)));
            facts.push((Feature::NoneModifiers, phrase.words.len().min(3) as u8));
            let after = doc.children(row.head).filter(|&c| c > row.head);
            let complement = after
                .map(|c| match doc.relation(c) {
                    Relation::Nmod => 1,
                    Relation::AclRelcl => 2,
                    Relation::Acl => 3,
                    _ => 0,
                })
                .max()
                .unwrap_or(0);
            facts.push((Feature::NoneComplement, complement));
            facts.push((Feature::NoneMet, u8::from(self.met.contains(&phrase.lemma))));
        } else {
            facts.push((Feature::NoneUse, usage(doc, row, a.says)));
        }
        facts
    }

    fn facts(&self, a: &Anaphor, c: &Candidate, all: &[Candidate]) -> Facts {
        let store = &*self.store;
        let doc = store.doc;
        let (row, last, chain) = (store.mention(a.m), store.mention(c.last), &store.chains[c.chain]);
        let (here, there) = (store.sentence[a.m], store.sentence[c.last]);
        let distance = here.saturating_sub(there);
        let mut facts: Facts = Vec::with_capacity(24);
        let ahead = u8::from(c.last > a.m) * 9;
        let step = match distance {
            0..=3 => distance as u8,
            4..=5 => 4,
            6..=8 => 5,
            9..=15 => 6,
            16..=25 => 7,
            _ => 8,
        };
        facts.push((Feature::Distance, step.max(ahead)));
        facts.push((Feature::Nearer, c.nearer.min(5) as u8));
        // Who tells the clause is a subject wherever the mention stands: "met Reyle, who told Bergmark **he** would pay".
        let teller = pronoun::teller(store, a.m);
        let tells = teller.is_some_and(|(who, _)| who == c.chain);
        let their_place = if tells { 1 } else { place(doc, last.head) };
        facts.push((Feature::Place, their_place));
        let before = chain.mentions.partition_point(|&x| x < a.m);
        let mut beside = chain.mentions[..before].iter().rev().take_while(|&&x| store.sentence[x] == there);
        let subject = tells || beside.any(|&x| store.is_subject(x));
        facts.push((Feature::Subject, u8::from(subject)));
        facts.push((
            Feature::Wording,
            match last.kind {
                MentionKind::Name => 0,
                MentionKind::Nominal => 1,
                MentionKind::Pronoun => 2,
            },
        ));
        facts.push((
            Feature::Weight,
            match before {
                0 | 1 => 1,
                2 => 2,
                3 | 4 => 3,
                5..=8 => 4,
                _ => 5,
            },
        ));
        facts.push((Feature::Kind, chain.kind as u8 * 2 + u8::from(chain.named)));
        facts.push((Feature::Gender, u8::from(chain.gender.is_some())));
        facts.push((Feature::Opening, u8::from(chain.mentions.first().is_some_and(|&f| store.sentence[f] < 3))));
        let quote = match (a.quote, self.quote_of[c.last]) {
            (None, None) => 0,
            (None, Some(_)) => 1,
            (Some(_), None) => 2,
            (Some(x), Some(y)) if x == y => 3,
            _ => 4,
        };
        facts.push((Feature::Quote, quote));
        let speaker = a.quote.and_then(|q| self.speakers[q]).and_then(|s| store.of[s]);
        facts.push((Feature::Speaker, u8::from(speaker == Some(c.chain))));
        if a.says {
            let spoke = chain.mentions[..before].iter().rev().take(12).find(|&&x| self.says[x]);
            let written = chain.nouns.iter().any(|p| p.class == Some(NounClass::Document));
            let value = match spoke.map(|&x| here - store.sentence[x]) {
                // "It warns": what is written says something whether it was told so or not.
                _ if written => 5 + u8::from(distance < 2),
                Some(0) => 1,
                Some(1) => 2,
                Some(2 | 3) => 3,
                Some(_) => 4,
                None => 0,
            };
            facts.push((Feature::Spoke, value));
        }
        match teller {
            Some((who, _)) if who == c.chain => facts.push((Feature::Teller, 1)),
            Some((_, Some(hearer))) if hearer == c.chain => facts.push((Feature::Teller, 2)),
            _ => {}
        }
        if pronoun::clause_subject(store, a.m) == Some(c.chain) {
            facts.push((Feature::Clause, 1));
        }
        let own = place(doc, row.head);
        if own == their_place {
            facts.push((Feature::Parallel, own));
        }
        let same_kind =
            |x: &&Candidate| store.chains[x.chain].kind == chain.kind && store.chains[x.chain].named == chain.named;
        facts.push((Feature::Sole, u8::from(all.iter().filter(same_kind).count() == 1)));
        if let Some(phrase) = &a.phrase {
            let (noun, modifiers) = self.noun(phrase, c.chain);
            let noun = if noun > 4 && self.is_place(phrase, c.chain) { 7 } else { noun };
            facts.push((Feature::Noun, noun));
            facts.push((Feature::Modifiers, modifiers + 3 * u8::from(noun > 4)));
            facts.push((
                Feature::Country,
                match (phrase.country, chain.country) {
                    (Some(x), Some(y)) if x == y => 1,
                    (Some(_), None) => 2,
                    _ => 0,
                },
            ));
            facts.push((Feature::Determiner, determiner(doc, row)));
            if nominal::is_generic_body(&phrase.lemma) && noun > 4 {
                let firm = chain.keys.iter().any(|k| k.rsplit(' ').next().is_some_and(noun::company_form));
                facts.push((Feature::Firm, 1 + u8::from(firm)));
            }
        }
        facts
    }
}

/// The best candidate, where one is better than none.
fn best(form: Form, none: &Facts, candidates: &[Facts]) -> Option<usize> {
    let score = |facts: &Facts| facts.iter().map(|&(f, v)| i32::from(WEIGHTS[slot(f, form, v)])).sum::<i32>();
    let least = score(none);
    let scores = candidates.iter().map(score).enumerate();
    let (at, best) = scores.max_by_key(|&(at, s)| (s, std::cmp::Reverse(at)))?;
    (best > least).then_some(at)
}

fn rule(form: Form) -> &'static str {
    match form {
        Form::HeShe => "coref/he-she",
        Form::It => "coref/it",
        Form::They => "coref/they",
        Form::Person => "coref/role",
        Form::People => "coref/people",
        Form::Body => "coref/body",
        Form::Place => "coref/place",
        Form::Thing => "coref/same-noun",
    }
}

/// Subject, object, phrase, possessor …
fn place(doc: &Document, head: Id<Token>) -> u8 {
    let relation = doc.relation(head);
    match relation {
        r if r.is("nsubj") => 1,
        Relation::Obj | Relation::Iobj => 2,
        r if r.is("obl") => 3,
        Relation::NmodPoss => 4,
        r if r.is("nmod") => 5,
        Relation::Appos => 6,
        Relation::Conj => 7,
        Relation::Compound | Relation::Flat => 8,
        Relation::Root => 9,
        _ => 0,
    }
}

fn determiner(doc: &Document, row: &Mention) -> u8 {
    let det =
        doc.children(row.head).find(|&c| c < row.head && matches!(doc.relation(c), Relation::Det | Relation::NmodPoss));
    match det.map(|d| doc.lower(d)) {
        Some("the") => 1,
        Some("this" | "these") => 2,
        Some("that" | "those") => 3,
        Some("both") => 4,
        Some(_) => 5,
        None => 0,
    }
}

/// How a pronoun is used: as a speaker, as a possessor, as the subject of a copula with a clause ("it is clear that") …
fn usage(doc: &Document, row: &Mention, says: bool) -> u8 {
    if says {
        return 1;
    }
    let place = place(doc, row.head);
    if place == 4 {
        return 2;
    }
    let Some(verb) = doc.head(row.head).filter(|_| place == 1) else { return if place == 2 { 3 } else { 4 } };
    let copula = doc.children(verb).any(|c| doc.relation(c) == Relation::Cop);
    let clause = doc
        .children(verb)
        .any(|c| matches!(doc.relation(c), Relation::Csubj | Relation::Ccomp | Relation::Xcomp | Relation::Advcl));
    match (copula, clause) {
        (true, true) => 5,
        (true, false) => 6,
        (false, true) => 7,
        (false, false) => 8,
    }
}

/// The subject of a verb of saying, or who something is "according to".
fn speaks(doc: &Document, head: Id<Token>) -> bool {
    let Some(verb) = doc.head(head) else { return false };
    // "Gray praised the crews **and said** …": a second verb that has no subject of its own.
    let joined = || {
        doc.children(verb).any(|c| {
            doc.relation(c) == Relation::Conj
                && speech::is(doc.lemma(c))
                && !doc.children(c).any(|s| doc.relation(s).is("nsubj"))
        })
    };
    doc.relation(head) == Relation::Nsubj && (speech::is(doc.lemma(verb)) || joined())
        || doc.children(head).any(|c| doc.lower(c) == "according")
}

/// True for what stands in the headline.
pub fn in_headline(doc: &Document, row: &Mention) -> bool {
    doc.block_kind(row.head) == Some(BlockKind::Headline)
}
