//! CoNLL-U: one line a token, as the Universal Dependencies project defines it.

use std::fmt::{self, Write};

use crate::lexicon::factuality;
use crate::text::*;

/// Writes one document: a `# newdoc` line, then its sentences, each with `# sent_id` and `# text`.
///
/// Before the network has run, tags are `_` and every token hangs on the first one of its sentence, which is the
/// root, so that the file stays readable for other programs.
pub fn document(doc: &Document, out: &mut impl Write) -> fmt::Result {
    let name = if doc.source.id.is_empty() { "document" } else { &doc.source.id };
    writeln!(out, "# newdoc id = {}", OneLine(name))?;
    let mut block = None;
    for (id, sentence) in doc.sentences.rows() {
        if block != Some(sentence.block) {
            block = Some(sentence.block);
            writeln!(out, "# newpar")?;
        }
        writeln!(out, "# sent_id = {}-{}", OneLine(name), id.index() + 1)?;
        writeln!(out, "# text = {}", OneLine(doc.slice(sentence.span)))?;
        write_tokens(doc, sentence, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_tokens(doc: &Document, sentence: &Sentence, out: &mut impl Write) -> fmt::Result {
    let tokens: &[Token] = &doc.tokens;
    let first = sentence.tokens.start.index();
    let end = sentence.tokens.end.index();
    let root = Id::range(sentence.tokens.clone()).find(|&t| doc.head(t).is_none()).map_or(first, Id::index);
    for index in first..end {
        let token = Id::<Token>::new(index);
        let row = &doc.tokens[token];
        let number = index - first + 1;
        let spaced = index + 1 == end || tokens[index + 1].span.start() > row.span.end();
        // The surface form of a multi-word token comes before its first word.
        let last = (index + 1..end).take_while(|&i| tokens[i].glued).last();
        if !row.glued
            && let Some(last) = last
        {
            let form = doc.slice(row.span.join(tokens[last].span));
            let spaced = last + 1 == end || tokens[last + 1].span.start() > tokens[last].span.end();
            let misc = if spaced { "_" } else { "SpaceAfter=No" };
            writeln!(out, "{number}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", last - first + 1, OneLine(form))?;
        }
        let inside = row.glued || last.is_some();
        let misc = Misc { label: doc.labels.at(token), factuality: told(doc, token), space: spaced || inside };
        let tag = doc.tags.at(token);
        let (upos, xpos) = tag.map_or(("_", "_"), |t| (t.pos.as_str(), t.xpos.as_str()));
        let head = match doc.heads.at(token) {
            _ if index == root => 0,
            Some(Head { head: Some(head), .. }) if (first..end).contains(&head.index()) => head.index() - first + 1,
            _ => root - first + 1,
        };
        let relation = match doc.heads.at(token) {
            _ if index == root => "root",
            Some(head) => head.relation.as_str(),
            None => "dep",
        };
        let lemma = doc.lemmas.at(token).map_or("_", |l| l.as_str());
        let feats = tag.map_or("_", |t| features(*t, &row.lower));
        let form = OneLine(doc.slice(row.span));
        let lemma = OneLine(lemma);
        writeln!(out, "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{relation}\t_\t{misc}")?;
    }
    Ok(())
}

/// Whether what a predicate tells is said to have happened.
fn told(doc: &Document, token: Id<Token>) -> Option<Factuality> {
    let row = doc.heads.at(token)?;
    let verb = doc.pos(token) == Pos::Verb
        && !matches!(
            row.relation,
            Relation::Amod | Relation::Compound | Relation::Fixed | Relation::Case | Relation::Mark
        );
    let copular = || doc.children(token).any(|c| doc.relation(c) == Relation::Cop);
    (verb || copular()).then(|| factuality::of(doc, token, false, None, doc.statement_at(doc.tokens[token].span)))
}

/// The last column: whether a predicate holds, what the network sees of names and attributions, and whether a space follows.
struct Misc<'d> {
    label: Option<&'d Label>,
    factuality: Option<Factuality>,
    space: bool,
}

impl fmt::Display for Misc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut empty = true;
        let mut part = |f: &mut fmt::Formatter<'_>, words: fmt::Arguments<'_>| {
            let bar = if std::mem::take(&mut empty) { "" } else { "|" };
            write!(f, "{bar}{words}")
        };
        if let Some(factuality) = self.factuality {
            part(f, format_args!("Factuality={}", factuality.as_str()))?;
        }
        if let Some(label) = self.label.filter(|l| l.name != NamePart::Outside) {
            part(f, format_args!("NER={}-{}", label.name, label.class))?;
        }
        if !self.space {
            part(f, format_args!("SpaceAfter=No"))?;
        }
        if let Some(label) = self.label.filter(|l| l.speech != Speech::Outside) {
            part(f, format_args!("Speech={}", label.speech))?;
        }
        if empty { f.write_str("_") } else { Ok(()) }
    }
}

/// Features that follow from the Penn tag alone, in the order CoNLL-U wants; `_` where none is sure.
fn features(tag: Tag, lower: &str) -> &'static str {
    match (tag.xpos, tag.pos) {
        (Xpos::Nn, Pos::Noun) | (Xpos::Nnp, Pos::Propn) => "Number=Sing",
        (Xpos::Nns, Pos::Noun) | (Xpos::Nnps, Pos::Propn) => "Number=Plur",
        (Xpos::Vbd, _) if lower != "were" && lower != "was" => "Mood=Ind|Tense=Past|VerbForm=Fin",
        (Xpos::Vbz, _) => "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
        (Xpos::Vbg, _) => "VerbForm=Ger",
        (Xpos::Vbn, _) => "Tense=Past|VerbForm=Part",
        (Xpos::Md, _) => "VerbForm=Fin",
        (Xpos::Vb, Pos::Verb | Pos::Aux) => "VerbForm=Inf",
        (Xpos::Jj, Pos::Adj) => "Degree=Pos",
        (Xpos::Jjr, _) | (Xpos::Rbr, _) => "Degree=Cmp",
        (Xpos::Jjs, _) | (Xpos::Rbs, _) => "Degree=Sup",
        (Xpos::Dt, Pos::Det) if lower == "the" => "Definite=Def|PronType=Art",
        (Xpos::Dt, Pos::Det) if lower == "a" || lower == "an" => "Definite=Ind|PronType=Art",
        _ => "_",
    }
}

/// Text without line breaks and tabs, which CoNLL-U keeps for itself: white space that has one becomes one space.
struct OneLine<'t>(&'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const BREAKS: [char; 8] = ['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
        for (i, part) in self.0.split(BREAKS).map(str::trim).filter(|part| !part.is_empty()).enumerate() {
            if i > 0 {
                f.write_char(' ')?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}
