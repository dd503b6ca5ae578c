//! Propositions as plain tuples, for people and programs that work with open information extraction: one tuple for each
//! predicate with all its arguments, or one short fact for each conjunct and each prepositional argument.
//!
//! The second is what the references of BenchIE (Gashteovski et al., ACL 2022) hold, the first what those of CaRB hold
//! (Bhardwaj et al., EMNLP 2019). Here a verb of saying with its clause is a tuple too.

use super::{chain, is_verbal, merged, relation_tokens};
use crate::text::{closed_set, *};

closed_set! {
    /// How propositions are written.
    Shape {
        /// One tuple for each predicate, all arguments kept.
        Nary = "nary",
        /// One short fact for each conjunct and each prepositional argument.
        Binary = "binary",
    }
}

/// A tuple of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple {
    /// The sentence it was made from.
    pub sentence: Id<Sentence>,
    /// Head of the predicate.
    pub head: Id<Token>,
    /// Who or what.
    pub subject: String,
    /// The relation; in binary facts with the words up to the object ("served as the first Prime Minister of").
    pub relation: String,
    /// The object, with its preposition in n-ary tuples.
    pub object: String,
    /// Further arguments of an n-ary tuple, in text order.
    pub more: Vec<String>,
}

type Tokens = Vec<Id<Token>>;

/// The tuples of a document, in text order. Needs the tree; without one it finds nothing.
pub fn tuples(doc: &Document, shape: Shape) -> Vec<Tuple> {
    if doc.heads.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Tuple> = Vec::new();
    for (sentence, row) in doc.sentences.rows() {
        let first = found.len();
        for head in Id::range(row.tokens.clone()) {
            let Some(clause) = Clause::of(doc, head) else { continue };
            let made = match shape {
                Shape::Nary => clause.whole().into_iter().collect(),
                Shape::Binary => clause.parts(),
            };
            for (subject, relation, object, more) in made {
                let tuple = Tuple { sentence, head, subject, relation, object, more };
                if !found[first..].contains(&tuple) {
                    found.push(tuple);
                }
            }
        }
    }
    found
}

type Words = (String, String, String, Vec<String>);

/// A predicate with its subject and the words of its relation.
struct Clause<'a> {
    doc: &'a Document,
    head: Id<Token>,
    copula: bool,
    subject: Id<Token>,
    chain: Tokens,
    relation: Tokens,
}

impl<'a> Clause<'a> {
    fn of(doc: &'a Document, head: Id<Token>) -> Option<Clause<'a>> {
        let own = |at: Id<Token>| doc.children(at).find(|&c| doc.relation(c) == Relation::Cop);
        // "is a doctor and a mother": the second shares the copula.
        let joined = || {
            let first = doc.head(head).filter(|_| doc.relation(head) == Relation::Conj)?;
            matches!(doc.pos(head), Pos::Noun | Pos::Propn | Pos::Adj).then(|| own(first)).flatten()
        };
        let copula = own(head).or_else(joined);
        if copula.is_none() && !is_verbal(doc, head) || merged(doc, head) {
            return None;
        }
        let subject = subject(doc, head, 0)?;
        let chain = chain(doc, head);
        let mut relation = relation_tokens(doc, head, own(head), &chain);
        if let Some(copula) = copula.filter(|c| !relation.contains(c)) {
            relation.retain(|&t| t != head);
            relation.push(copula);
            relation.sort();
        }
        Some(Clause { doc, head, copula: copula.is_some(), subject, chain, relation })
    }

    /// The arguments that hang on the verbs of the chain, in text order.
    fn children(&self) -> impl Iterator<Item = Id<Token>> + '_ {
        self.chain.iter().flat_map(|&v| self.doc.children(v)).filter(|c| !self.chain.contains(c))
    }

    fn is_relative(&self, token: Id<Token>) -> bool {
        matches!(self.doc.lower(token), "that" | "which" | "who" | "whom" | "where" | "when")
    }

    /// One tuple with all arguments.
    fn whole(&self) -> Option<Words> {
        let doc = self.doc;
        let mut arguments: Vec<Tokens> = Vec::new();
        if self.copula {
            arguments.push(led(
                doc,
                self.head,
                phrase(doc, self.head, Cut { conjuncts: false, predicate: true, ..WHOLE }),
            ));
        }
        for child in self.children() {
            let relation = doc.relation(child);
            let argument = match relation {
                Relation::Obj | Relation::Iobj if !self.copula => {
                    if self.is_relative(child) {
                        match doc.head(self.head).filter(|_| doc.relation(self.head) == Relation::AclRelcl) {
                            Some(noun) => phrase(doc, noun, WHOLE),
                            None => continue,
                        }
                    } else {
                        phrase(doc, child, WHOLE)
                    }
                }
                Relation::Obl | Relation::OblAgent | Relation::OblUnmarked if !self.is_relative(child) => {
                    led(doc, child, phrase(doc, child, WHOLE))
                }
                Relation::Xcomp if doc.pos(child) == Pos::Verb => below(doc, child),
                Relation::Xcomp => led(doc, child, phrase(doc, child, WHOLE)),
                Relation::Ccomp => below(doc, child),
                Relation::NmodUnmarked => below(doc, child),
                Relation::Advmod if !self.copula && !self.relation.contains(&child) && !small(doc.lower(child)) => {
                    below(doc, child)
                }
                _ => continue,
            };
            if !argument.is_empty() {
                arguments.push(argument);
            }
        }
        arguments.sort_by_key(|a| a.iter().min().copied());
        let mut words = arguments.iter().map(|a| text(doc, a));
        let object = words.next()?;
        let subject = phrase(doc, self.subject, WHOLE);
        let subject: Tokens = subject.into_iter().filter(|&t| t != self.head).collect();
        Some((text(doc, &subject), text(doc, &self.relation), object, words.collect()))
    }

    /// One fact for each conjunct and each prepositional argument.
    fn parts(&self) -> Vec<Words> {
        let mut out = Vec::new();
        for subject in conjuncts(self.doc, self.subject) {
            let subject: Tokens = phrase(self.doc, subject, SHORT).into_iter().filter(|&t| t != self.head).collect();
            let subject = text(self.doc, &subject);
            self.facts(&mut |relation, object| {
                if !relation.is_empty() && !object.is_empty() {
                    out.push((subject.clone(), text(self.doc, &relation), text(self.doc, &object), Vec::new()));
                }
            });
        }
        out
    }

    fn facts(&self, emit: &mut dyn FnMut(Tokens, Tokens)) {
        let (doc, relation) = (self.doc, &self.relation);
        let bare = |t: Id<Token>| phrase(doc, t, Cut { prepositions: false, ..SHORT });
        if self.copula {
            let attribute = phrase(doc, self.head, Cut { predicate: true, ..SHORT });
            let case = case(doc, self.head);
            if !case.is_empty() {
                return emit(joined(&[relation, &case]), attribute);
            }
            emit(relation.clone(), attribute);
            let short = phrase(doc, self.head, Cut { predicate: true, prepositions: false, ..SHORT });
            let base = joined(&[relation, &short]);
            for inner in prepositional(doc, self.head, &[Relation::Nmod, Relation::Obl]) {
                emit(joined(&[&base, &self::case(doc, inner)]), phrase(doc, inner, SHORT));
                second(doc, &base, inner, emit);
            }
            return;
        }
        let mut objects: Tokens = self.children().filter(|&c| doc.relation(c) == Relation::Obj).collect();
        if doc.relation(self.head) == Relation::AclRelcl
            && let Some(noun) = doc.head(self.head).filter(|&n| n != self.subject)
            && objects.iter().any(|&o| self.is_relative(o))
        {
            objects.retain(|&o| !self.is_relative(o));
            objects.push(noun);
        }
        for &object in &objects {
            for conjunct in conjuncts(doc, object) {
                emit(relation.clone(), phrase(doc, conjunct, SHORT));
                let base = joined(&[relation, &bare(conjunct)]);
                for inner in prepositional(doc, conjunct, &[Relation::Nmod]) {
                    for each in conjuncts(doc, inner) {
                        emit(joined(&[&base, &case(doc, inner)]), phrase(doc, each, SHORT));
                    }
                    second(doc, &base, inner, emit);
                }
            }
        }
        for child in self.children() {
            match doc.relation(child) {
                Relation::Obl | Relation::OblAgent | Relation::OblUnmarked if !self.is_relative(child) => {
                    let object = objects.first().filter(|&&o| o < child).map_or(Vec::new(), |&o| bare(o));
                    let base = joined(&[relation, &object]);
                    let case = case(doc, child);
                    if case.is_empty() {
                        emit(base, phrase(doc, child, SHORT));
                        continue;
                    }
                    for each in conjuncts(doc, child) {
                        emit(joined(&[&base, &case]), phrase(doc, each, SHORT));
                    }
                    second(doc, &base, child, emit);
                }
                Relation::Xcomp if doc.pos(child) != Pos::Verb => {
                    emit(relation.clone(), phrase(doc, child, SHORT));
                    for inner in prepositional(doc, child, &[Relation::Nmod, Relation::Obl]) {
                        emit(joined(&[relation, &bare(child), &case(doc, inner)]), phrase(doc, inner, SHORT));
                    }
                }
                _ => {}
            }
        }
    }
}

/// "served as the first Prime Minister of | Australia": the noun inside a prepositional argument.
fn second(doc: &Document, base: &Tokens, outer: Id<Token>, emit: &mut dyn FnMut(Tokens, Tokens)) {
    for inner in prepositional(doc, outer, &[Relation::Nmod]) {
        let bare = phrase(doc, outer, Cut { prepositions: false, ..SHORT });
        emit(joined(&[base, &case(doc, outer), &bare, &case(doc, inner)]), phrase(doc, inner, SHORT));
    }
}

/// The subject of a predicate, its own or taken over from the clause it is joined to or controlled by.
fn subject(doc: &Document, head: Id<Token>, depth: usize) -> Option<Id<Token>> {
    if let Some(own) = doc.children(head).find(|&c| doc.relation(c).is("nsubj")) {
        if !matches!(doc.lower(own), "who" | "which" | "that") {
            return Some(own);
        }
        let mut at = head;
        for _ in 0..4 {
            match doc.relation(at) {
                Relation::AclRelcl => return doc.head(at),
                Relation::Conj | Relation::Xcomp | Relation::Ccomp => at = doc.head(at)?,
                _ => return None,
            }
        }
        return None;
    }
    if depth > 5 {
        return None;
    }
    let up = doc.head(head)?;
    let marks = || doc.children(head).filter(|&c| doc.relation(c) == Relation::Mark).map(|c| doc.lower(c));
    match doc.relation(head) {
        Relation::Conj if doc.pos(up) == Pos::Verb || doc.children(up).any(|c| doc.relation(c) == Relation::Cop) => {
            subject(doc, up, depth + 1)
        }
        Relation::Xcomp => {
            let object = doc.children(up).find(|&c| doc.relation(c) == Relation::Obj);
            object.filter(|_| doc.lemma(up) != "promise").or_else(|| subject(doc, up, depth + 1))
        }
        Relation::Acl if matches!(doc.pos(up), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num) => {
            matches!(doc.xpos(head), Xpos::Vbn | Xpos::Vbg).then_some(up)
        }
        Relation::Advcl
            if marks().any(|m| m == "to")
                || matches!(doc.xpos(head), Xpos::Vbg | Xpos::Vbn)
                    && marks().all(|m| matches!(m, "while" | "when" | "before" | "after")) =>
        {
            subject(doc, up, depth + 1)
        }
        _ => None,
    }
}

/// A head and the nouns joined to it.
fn conjuncts(doc: &Document, head: Id<Token>) -> Tokens {
    let noun = |c: &Id<Token>| {
        doc.relation(*c) == Relation::Conj && matches!(doc.pos(*c), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
    };
    std::iter::once(head).chain(doc.children(head).filter(noun)).collect()
}

/// Children of these relations that a preposition leads.
fn prepositional(doc: &Document, head: Id<Token>, relations: &[Relation]) -> Tokens {
    doc.children(head).filter(|&c| relations.contains(&doc.relation(c)) && !case(doc, c).is_empty()).collect()
}

/// The words of the preposition in front of a phrase.
fn case(doc: &Document, head: Id<Token>) -> Tokens {
    let mut tokens: Tokens = doc
        .children(head)
        .filter(|&c| c < head && doc.relation(c) == Relation::Case)
        .flat_map(|c| below(doc, c))
        .collect();
    tokens.sort();
    tokens
}

/// A phrase behind its preposition.
fn led(doc: &Document, head: Id<Token>, phrase: Tokens) -> Tokens {
    joined(&[&case(doc, head), &phrase])
}

fn joined(parts: &[&Tokens]) -> Tokens {
    parts.iter().flat_map(|p| p.iter().copied()).collect()
}

/// All tokens of a subtree, in text order.
fn below(doc: &Document, head: Id<Token>) -> Tokens {
    let (mut out, mut at) = (vec![head], 0);
    while at < out.len() {
        let next: Tokens = doc.children(out[at]).filter(|c| !out.contains(c)).collect();
        out.extend(next);
        at += 1;
    }
    out.sort();
    out
}

/// What of a noun phrase is kept.
#[derive(Clone, Copy)]
struct Cut {
    prepositions: bool,
    conjuncts: bool,
    predicate: bool,
}

/// The phrase with what is joined to it.
const WHOLE: Cut = Cut { prepositions: true, conjuncts: true, predicate: false };
/// One conjunct alone.
const SHORT: Cut = Cut { prepositions: true, conjuncts: false, predicate: false };

/// The words of a noun phrase without clauses, appositions and its own preposition, in text order.
fn phrase(doc: &Document, head: Id<Token>, cut: Cut) -> Tokens {
    let mut out = vec![head];
    let joins = doc.children(head).filter(|&c| doc.relation(c) == Relation::Conj).max();
    for child in doc.children(head) {
        let relation = doc.relation(child);
        let clause = matches!(
            relation,
            Relation::Acl
                | Relation::AclRelcl
                | Relation::Appos
                | Relation::Parataxis
                | Relation::Case
                | Relation::Mark
                | Relation::Advcl
                | Relation::AdvclRelcl
                | Relation::Dep
                | Relation::List
                | Relation::Orphan
                | Relation::Vocative
                | Relation::Discourse
        );
        let core = relation.is("nsubj")
            || relation.is("csubj")
            || matches!(relation, Relation::Cop | Relation::Aux | Relation::AuxPass | Relation::Expl);
        let negation = cut.predicate && relation == Relation::Advmod && small(doc.lower(child));
        let cut_off = cut.predicate && matches!(relation, Relation::Obl | Relation::Cc | Relation::Conj);
        if clause || core || negation || cut_off {
            continue;
        }
        match relation {
            Relation::Cc | Relation::CcPreconj | Relation::Conj if !cut.conjuncts => {}
            Relation::Conj => out.extend(phrase(doc, child, cut)),
            Relation::Punct => {
                let between = cut.conjuncts && joins.is_some_and(|j| child < j) && doc.lower(child) == ",";
                if between || matches!(doc.word(child), "-" | "'" | "\"" | "$" | "%" | "``" | "''") {
                    out.push(child);
                }
            }
            Relation::Nmod | Relation::Obl => {
                if cut.prepositions {
                    out.extend(led(doc, child, phrase(doc, child, Cut { predicate: false, ..cut })));
                }
            }
            Relation::Obj | Relation::Ccomp | Relation::Xcomp if !cut.conjuncts => {}
            _ => out.extend(below(doc, child)),
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Adverbs that stand in the relation, or ask.
fn small(word: &str) -> bool {
    matches!(
        word,
        "not" | "n't" | "never" | "also" | "already" | "still" | "again" | "no" | "when" | "where" | "how" | "why"
    )
}

/// The words of tokens: neighbours as they stand, a space where some are left out.
fn text(doc: &Document, tokens: &Tokens) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < tokens.len() {
        let first = at;
        while at + 1 < tokens.len() && tokens[at + 1].index() == tokens[at].index() + 1 {
            at += 1;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(doc.slice(doc.tokens[tokens[first]].span.join(doc.tokens[tokens[at]].span)));
        at += 1;
    }
    out
}
