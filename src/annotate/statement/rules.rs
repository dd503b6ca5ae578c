//! The rules of the stage, by name, in the order in which they run. What the taggers propose is mended by the rules of one
//! attribution; those of a paragraph and of the whole article add what the taggers leave out. Each can be switched off by
//! name, so that its worth can be measured (`training/statement/rules.py` prints the table).

use std::sync::OnceLock;

use super::model::Found;
use super::quoted::{self, Draft};
use super::reading::{Paragraph, Reading};
use super::{
    aside, deed, figure, headline, hearsay, inner, mend, nested, noun, post, seam, second, source, told, turn, withheld,
};
use crate::text::Document;

/// What a rule works on.
#[derive(Clone, Copy)]
pub enum Run {
    /// One attribution, as the taggers gave it.
    One(fn(&Document, &Reading, &Paragraph, &mut Found)),
    /// The attributions of one paragraph, by its number.
    Paragraph(fn(&Document, &Reading, usize, &mut Vec<Draft>)),
    /// All attributions of the article.
    Whole(fn(&Document, &Reading, &mut Vec<Draft>)),
}

/// A named construction.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its name: the file and what it does there.
    pub name: &'static str,
    /// The code.
    pub run: Run,
}

const fn one(name: &'static str, run: fn(&Document, &Reading, &Paragraph, &mut Found)) -> Entry {
    Entry { name, run: Run::One(run) }
}

const fn paragraph(name: &'static str, run: fn(&Document, &Reading, usize, &mut Vec<Draft>)) -> Entry {
    Entry { name, run: Run::Paragraph(run) }
}

const fn whole(name: &'static str, run: fn(&Document, &Reading, &mut Vec<Draft>)) -> Entry {
    Entry { name, run: Run::Whole(run) }
}

/// The table. The order matters within a kind: a rule sees what those above it left.
pub static RULES: &[Entry] = &[
    one("quoted/snap", quoted::snap),
    one("mend/trim-source", mend::trim_source),
    one("mend/whole-source", mend::whole_source),
    one("mend/up-to-the-comma", mend::up_to_the_comma),
    one("mend/agent", mend::agent),
    one("mend/nobody", mend::nobody),
    one("mend/clause-of-saying", mend::clause_of_saying),
    one("mend/unfinished", mend::unfinished),
    one("told/mend", told::mend),
    one("told/content", told::content),
    one("seam/relative", seam::relative),
    one("seam/inverted", seam::inverted),
    one("seam/subject", seam::subject),
    one("seam/from-the-start", seam::from_the_start),
    one("seam/to-the-verb", seam::to_the_verb),
    one("seam/bare-subject", seam::bare_subject),
    one("seam/scare", seam::scare),
    one("seam/whole-clause", seam::whole_clause),
    one("seam/list", seam::list),
    one("seam/goes-on", seam::goes_on),
    one("seam/ends-before", seam::ends_before),
    one("seam/participle", seam::participle),
    one("seam/gerund", seam::gerund),
    one("seam/over-dashes", seam::over_dashes),
    one("seam/and-said", seam::and_said),
    one("seam/own-subject", seam::own_subject),
    one("seam/than-expected", seam::than_expected),
    one("seam/title-and-name", seam::title_and_name),
    one("seam/in-front", seam::in_front),
    one("seam/cue-noun", seam::cue_noun),
    one("seam/leading", seam::leading),
    one("seam/before-the-speaker", seam::before_the_speaker),
    one("seam/fronted", seam::fronted),
    one("aside/around", aside::around),
    one("seam/topic", seam::topic),
    one("mend/adverbial", mend::adverbial),
    one("mend/to-do", mend::to_do),
    one("mend/hearer", mend::hearer),
    one("mend/only-what", mend::only_what),
    one("deed/bar", deed::bar),
    one("deed/nobody", deed::nobody),
    one("deed/title", deed::title),
    one("deed/tail", deed::tail),
    paragraph("quoted/rescue", quoted::rescue),
    paragraph("quoted/between", quoted::between),
    paragraph("mend/claimed", mend::claimed),
    paragraph("mend/through", mend::through),
    paragraph("mend/quoting", mend::quoting),
    paragraph("mend/citing", mend::citing),
    paragraph("mend/trailing", mend::trailing),
    paragraph("noun/find", noun::find),
    paragraph("source/quoted-as", source::quoted_as),
    paragraph("source/unnamed", source::unnamed),
    paragraph("told/rescue", told::rescue),
    paragraph("aside/find", aside::find),
    paragraph("second/find", second::find),
    paragraph("second/outside", second::outside),
    paragraph("second/quoted", second::quoted),
    paragraph("nested/find", nested::find),
    paragraph("post/find", post::find),
    paragraph("post/introduced", post::introduced),
    paragraph("headline/find", headline::find),
    paragraph("nested/unconfirmed", nested::unconfirmed),
    paragraph("turn/headline", turn::headline),
    paragraph("turn/find", turn::find),
    paragraph("figure/find", figure::find),
    paragraph("seam/turned", seam::turned),
    paragraph("quoted/included", quoted::included),
    paragraph("quoted/left-alone", quoted::left_alone),
    paragraph("withheld/find", withheld::find),
    paragraph("hearsay/find", hearsay::find),
    paragraph("inner/find", inner::find),
    paragraph("seam/find-inverted", seam::find_inverted),
    paragraph("seam/find-trailing", seam::find_trailing),
    paragraph("seam/own-words", seam::own_words),
    paragraph("seam/apart", seam::apart),
    whole("quoted/follow", quoted::follow),
    whole("quoted/ahead", quoted::ahead),
    whole("post/alone", post::alone),
    whole("turn/prune", turn::prune),
    whole("figure/resumed", figure::resumed),
    whole("figure/poll", figure::carried),
    whole("quoted/introduced", quoted::introduced),
    whole("figure/ranked", figure::ranked),
];

static OFF: OnceLock<Vec<String>> = OnceLock::new();

/// Switches rules off for this process, to measure what they are worth; once, before the first article. A name that no rule
/// has is given back.
pub fn switch_off(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|n| !RULES.iter().any(|r| r.name == n.as_str())) {
        return Err(unknown.clone());
    }
    let _ = OFF.set(names.to_vec());
    Ok(())
}

/// The rules that are switched on.
pub fn active() -> impl Iterator<Item = &'static Entry> {
    let off = OFF.get().map_or(&[][..], Vec::as_slice);
    RULES.iter().filter(move |r| off.is_empty() || !off.iter().any(|o| o == r.name))
}

/// Runs the rules of one attribution.
pub fn mend_one(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    for rule in active() {
        if let Run::One(run) = rule.run {
            run(doc, reading, paragraph, found);
        }
    }
}

/// Runs the rules of one paragraph.
pub fn paragraph_rules(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    for rule in active() {
        if let Run::Paragraph(run) = rule.run {
            run(doc, reading, number, drafts);
        }
    }
}

/// Runs the rules of the whole article.
pub fn whole_rules(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    for rule in active() {
        if let Run::Whole(run) = rule.run {
            run(doc, reading, drafts);
        }
    }
}
