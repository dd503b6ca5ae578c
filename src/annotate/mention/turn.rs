//! Labels of turns and signatures of posts as mentions: in "THE WITNESS: No.", "A: Never." and "Quade: Mostly nothing." the
//! label is somebody, and so is who signs "— Jo Roe (@joroe)".

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::head_of;
use crate::lexicon::noun;
use crate::text::*;

/// Makes one mention of every label of a transcript. A name stays a name, and is a person's where nothing says otherwise.
pub fn label(doc: &Document, rows: &mut Vec<Mention>) {
    let labels = doc.turn_labels();
    if labels.is_empty() {
        return;
    }
    rows.sort_by_key(|m| m.span);
    complete(doc, &labels, rows);
    let person = |m: &&Mention| m.kind == MentionKind::Name && m.class == Some(NameClass::Person);
    let last = |m: &Mention| doc.lower(Id::new(m.tokens.end.index() - 1)).to_owned();
    let whole = |m: &Mention| (m.tokens.end.index() > m.tokens.start.index() + 1).then(|| last(m));
    let people: FxHashSet<String> = rows.iter().filter(person).filter_map(whole).collect();
    let mut gone = vec![false; rows.len()];
    let mut made = Vec::new();
    for tokens in labels {
        let span = doc.span_of(tokens.clone());
        let office = |t: Id<Token>| noun::find(&noun::singular(doc.lower(t)));
        let somebody = Id::range(tokens.clone()).any(|t| office(t).is_some_and(|n| n.is_person() || n.is_people()));
        let from = rows.partition_point(|m| m.span.start() < span.start());
        let upto = rows.partition_point(|m| m.span.start() < span.end());
        // "SENATOR ADEYEMI-ROSS" is a name with its title, "WITNESS C" none.
        let name = (from..upto).find(|&i| {
            let row = &rows[i];
            row.kind == MentionKind::Name
                && span.covers(row.span)
                && !Id::range(row.tokens.clone()).all(|t| office(t).is_some() || doc.word(t).chars().count() < 2)
        });
        match name {
            Some(i) => {
                // "MILES **O'BRIEN**": all of the label but titles is the name.
                let mut start = rows[i].tokens.start;
                while start > tokens.start {
                    let before = Id::new(start.index() - 1);
                    let title = office(before).is_some() || noun::honorific(doc.lower(before)).is_some();
                    if title || doc.lower(before) == "the" || !doc.word(before).starts_with(char::is_alphabetic) {
                        break;
                    }
                    start = before;
                }
                if start < rows[i].tokens.start && rows[i].title.is_none() {
                    rows[i].tokens.start = start;
                    rows[i].span = doc.span_of(rows[i].tokens.clone());
                    for (k, gone) in gone.iter_mut().enumerate().take(upto).skip(from) {
                        *gone |= k != i && span.covers(rows[k].span);
                    }
                }
                let unclear = matches!(rows[i].class, None | Some(NameClass::Other));
                if !somebody && (unclear || people.contains(&last(&rows[i]))) {
                    rows[i].class = Some(NameClass::Person);
                }
            }
            None => {
                for i in from..upto {
                    gone[i] |= span.covers(rows[i].span);
                }
                made.push(of_label(doc, tokens, span));
            }
        }
    }
    let mut at = gone.into_iter();
    rows.retain(|_| !at.next().unwrap_or(false));
    rows.extend(made);
}

/// "Anna **Lively**" where a label says "LIVELY": the labels know surnames that look like other words.
fn complete(doc: &Document, labels: &[Range<Id<Token>>], rows: &mut [Mention]) {
    let surnames: FxHashSet<&str> = labels.iter().map(|l| doc.lower(Id::new(l.end.index() - 1))).collect();
    for row in rows.iter_mut().filter(|m| m.kind == MentionKind::Name && m.class == Some(NameClass::Person)) {
        let next = row.tokens.end;
        let surname = doc.tokens.at(next).is_some()
            && doc.sentence_of(next) == doc.sentence_of(row.head)
            && doc.word(next).starts_with(char::is_uppercase)
            && surnames.contains(doc.lower(next));
        if surname {
            row.tokens.end = Id::new(next.index() + 1);
            row.span = doc.span_of(row.tokens.clone());
        }
    }
}

/// So many posts are looked at in one article, which bounds the time that they take.
const POSTS: usize = 300;

/// Makes a name of every signature of a post, and of its handle wherever it stands.
pub fn signature(doc: &Document, rows: &mut Vec<Mention>) {
    let mut signed: Vec<_> = doc.blocks.iter().filter_map(|b| doc.signature(b)).take(POSTS).collect();
    let handles: FxHashSet<&str> = signed.iter().filter_map(|(_, h)| h.map(|h| doc.lower(h))).collect();
    let mut names: Vec<(Range<Id<Token>>, NameClass)> = Vec::new();
    for (name, _) in &mut signed {
        // "— **Rep.** Jo Roe (@joroe)": a title is none of the name.
        let title = |t: Id<Token>| noun::honorific(doc.lower(t)).is_some() || doc.word(t) == ".";
        while name.end.index() > name.start.index() + 1 && title(name.start) {
            name.start = Id::new(name.start.index() + 1);
        }
        let span = doc.span_of(name.clone());
        // Who signs with a given name is a person whatever the network said.
        let given = noun::given_name(doc.word(name.start)).is_some() && name.end.index() > name.start.index() + 1;
        let words = doc.slice(span);
        if rows.iter().any(|m| m.kind == MentionKind::Name && m.span == span) {
            for row in rows.iter_mut().filter(|m| given && m.kind == MentionKind::Name && doc.slice(m.span) == words) {
                row.class = Some(NameClass::Person);
            }
            continue;
        }
        let body = Id::range(name.clone())
            .map(|t| doc.lower(t))
            .any(|w| noun::company_form(w) || noun::find(w).is_some_and(|n| n.class == noun::NounClass::Body));
        // The same words elsewhere have the class that they have there.
        let elsewhere = rows.iter().find(|m| m.kind == MentionKind::Name && doc.slice(m.span) == words);
        let part = rows.iter().find(|m| {
            m.kind == MentionKind::Name
                && m.class == Some(NameClass::Organisation)
                && words.starts_with(doc.slice(m.span))
        });
        let class = match (elsewhere.and_then(|m| m.class), part) {
            (Some(class), _) => class,
            _ if body && !given => NameClass::Organisation,
            (_, Some(_)) if !given => NameClass::Organisation,
            _ => NameClass::Person,
        };
        names.push((name.clone(), class));
    }
    for block in doc.blocks.iter().filter(|b| !handles.is_empty() && b.kind != BlockKind::Byline) {
        for token in Id::range(doc.tokens_in(block.span)).filter(|&t| handles.contains(doc.lower(t))) {
            let of = signed.iter().position(|(_, h)| h.is_some_and(|h| doc.lower(h) == doc.lower(token)));
            let class = of.and_then(|i| names.iter().find(|(n, _)| *n == signed[i].0)).map(|(_, c)| *c);
            names.push((token..Id::new(token.index() + 1), class.unwrap_or(NameClass::Person)));
        }
    }
    let spans: Vec<Span> = names.iter().map(|(tokens, _)| doc.span_of(tokens.clone())).collect();
    if spans.is_empty() {
        return;
    }
    let mut sorted = spans.clone();
    sorted.sort();
    rows.retain(|m| {
        let at = sorted.partition_point(|s| s.end() <= m.span.start());
        sorted.get(at).is_none_or(|s| !s.overlaps(m.span))
    });
    for ((tokens, class), span) in names.into_iter().zip(spans) {
        rows.push(Mention {
            span,
            head: tokens.start,
            tokens,
            kind: MentionKind::Name,
            class: Some(class),
            title: None,
            gender: None,
            number: Some(Number::Singular),
            made_by: Rule("mention/signature"),
        });
    }
}

fn of_label(doc: &Document, tokens: Range<Id<Token>>, span: Span) -> Mention {
    let person = |t: &Id<Token>| noun::find(doc.lower(*t)).is_some_and(noun::Noun::is_person);
    let head = Id::range(tokens.clone()).rfind(person).unwrap_or_else(|| head_of(doc, &tokens));
    Mention {
        span,
        tokens,
        head,
        kind: MentionKind::Nominal,
        class: Some(NameClass::Person),
        title: None,
        gender: None,
        number: Some(Number::Singular),
        made_by: Rule("mention/turn"),
    }
}
