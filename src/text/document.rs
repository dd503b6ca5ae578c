//! The document: a text and the layers that the stages add to it.

use std::sync::Arc;

use super::*;

/// One article with everything found in it. The text is never edited: an offset means the same for ever.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Where it comes from.
    pub source: Source,
    text: Arc<str>,
    /// The statement that the text was made for, where whoever gave it knows who says what.
    pub given: Option<Given>,
    /// Where the names stand that are to be linked, in text order, where whoever gave the text knows; `None`: they are found.
    pub given_names: Option<Vec<Span>>,
    /// Headline, byline, paragraphs, captions.
    pub blocks: Layer<Block>,
    /// Sentences, in text order; each lies in one block.
    pub sentences: Layer<Sentence>,
    /// Tokens, in text order.
    pub tokens: Layer<Token>,
    /// Parts of speech.
    pub tags: Column<Token, Tag>,
    /// Dependency trees.
    pub heads: Column<Token, Head>,
    /// The same downwards, for trees that [`Document::set_trees`] has set.
    dependents: Dependents,
    /// Names and roles in attributions, as the network sees them.
    pub labels: Column<Token, Label>,
    /// Dictionary forms.
    pub lemmas: Column<Token, smol_str::SmolStr>,
    /// Names, noun phrases that may name entities, pronouns.
    pub mentions: Layer<Mention>,
    /// Expressions of time.
    pub times: Layer<Time>,
    /// Numbers.
    pub quantities: Layer<Quantity>,
    /// Things named.
    pub entities: Layer<Entity>,
    /// Which entity a mention names.
    pub entity_of: Column<Mention, Option<Id<Entity>>>,
    /// Who said what. Ordered by first content span.
    pub statements: Layer<Statement>,
    /// How far the contents of the statements up to each one reach: what begins before a place and does not reach it cannot
    /// hold it. Empty: not known.
    pub reach: Column<Statement, usize>,
    /// What happened.
    pub events: Layer<Event>,
    /// Subject, relation, object.
    pub propositions: Layer<Proposition>,
    /// What each number is the answer to; `None`: it is no figure that others could give.
    pub frames: Column<Quantity, Option<Frame>>,
    /// What the article is about, in a few words.
    pub topic: Topic,
    /// Links to external datasets.
    pub links: Column<Entity, Option<Link>>,
}

/// Dependents by their governors: those of a token lie together, in text order.
#[derive(Clone, Debug, Default)]
struct Dependents {
    /// Where those of each token begin in the list, and behind the last where they end.
    starts: Vec<u32>,
    list: Vec<Id<Token>>,
}

impl Dependents {
    /// Those of a token; nothing where they are not listed.
    fn of(&self, token: Id<Token>) -> Option<&[Id<Token>]> {
        let (&from, &to) = (self.starts.get(token.index())?, self.starts.get(token.index() + 1)?);
        self.list.get(from as usize..to as usize)
    }
}

impl Document {
    /// A document with a text and nothing found in it yet.
    pub fn new(source: Source, text: impl Into<Arc<str>>) -> Document {
        Document { source, text: text.into(), ..Document::default() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The words of several spans, one blank between two: of what is said when "she said" interrupts.
    pub fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| self.slice(*span)).collect::<Vec<_>>().join(" ")
    }

    /// A token's words as written.
    pub fn word(&self, token: Id<Token>) -> &str {
        self.slice(self.tokens[token].span)
    }

    /// True when nothing, not even a blank, stands between a token and the one before it.
    pub fn touches(&self, token: Id<Token>) -> bool {
        let before = token.index().checked_sub(1).and_then(|t| self.tokens.at(Id::new(t)));
        before.zip(self.tokens.at(token)).is_some_and(|(before, own)| before.span.end() == own.span.start())
    }

    /// True for a sign inside a word, with nothing between it and what stands on either side: the hyphen of "break-in".
    pub fn ties(&self, token: Id<Token>) -> bool {
        self.touches(token) && self.touches(Id::new(token.index() + 1))
    }

    /// A token's lower-cased form; empty behind the last token, where a stage may look for the next word.
    pub fn lower(&self, token: Id<Token>) -> &str {
        self.tokens.at(token).map_or("", |t| t.lower.as_str())
    }

    /// A token's dictionary form; its lower-cased form where no lemma is known.
    pub fn lemma(&self, token: Id<Token>) -> &str {
        match self.lemmas.at(token) {
            Some(lemma) => lemma,
            None => self.lower(token),
        }
    }

    /// Universal part of speech; `X` before the network has run.
    pub fn pos(&self, token: Id<Token>) -> Pos {
        self.tags.at(token).map_or(Pos::X, |t| t.pos)
    }

    /// Penn tag; `XX` before the network has run.
    pub fn xpos(&self, token: Id<Token>) -> Xpos {
        self.tags.at(token).map_or(Xpos::Xx, |t| t.xpos)
    }

    /// The token's governor; `None` for a root or before the network has run.
    pub fn head(&self, token: Id<Token>) -> Option<Id<Token>> {
        self.heads.at(token).and_then(|h| h.head)
    }

    /// The token's relation to its governor; `dep` before the network has run.
    pub fn relation(&self, token: Id<Token>) -> Relation {
        self.heads.at(token).map_or(Relation::Dep, |h| h.relation)
    }

    /// The sentence that holds a token (binary search).
    pub fn sentence_of(&self, token: Id<Token>) -> Id<Sentence> {
        let after = self.sentences.partition_point(|s| s.tokens.start <= token);
        Id::new(after.saturating_sub(1))
    }

    /// What kind of block a token stands in.
    pub fn block_kind(&self, token: Id<Token>) -> Option<BlockKind> {
        let sentence = self.sentences.at(self.sentence_of(token))?;
        self.blocks.at(sentence.block).map(|b| b.kind)
    }

    /// Takes the parts of speech and the trees, and lists the dependents of every token: trees that are set by their field are
    /// scanned sentence by sentence at each look for a dependent.
    pub fn set_trees(&mut self, tags: Column<Token, Tag>, heads: Column<Token, Head>) {
        (self.tags, self.heads) = (tags, heads);
        let governor = |token: Id<Token>, own: &std::ops::Range<Id<Token>>| {
            self.head(token).filter(|head| own.contains(head)).map(Id::index)
        };
        let count = self.tokens.len();
        let mut starts = vec![0_u32; count + 1];
        let sentences = || self.sentences.iter().map(|sentence| &sentence.tokens);
        for own in sentences() {
            Id::range(own.clone()).filter_map(|t| governor(t, own)).for_each(|head| starts[head + 1] += 1);
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut list = vec![Id::new(0); starts[count] as usize];
        for own in sentences() {
            for token in Id::range(own.clone()) {
                if let Some(head) = governor(token, own) {
                    list[next[head] as usize] = token;
                    next[head] += 1;
                }
            }
        }
        self.dependents = Dependents { starts, list };
    }

    /// Direct dependents of a token, in text order.
    pub fn children(&self, token: Id<Token>) -> impl Iterator<Item = Id<Token>> + '_ {
        let listed = self.dependents.of(token);
        let own = || self.sentences.at(self.sentence_of(token)).map(|sentence| sentence.tokens.clone());
        let range = if listed.is_some() { None } else { own() }.unwrap_or(token..token);
        let scanned = Id::range(range).filter(move |&t| self.head(t) == Some(token));
        listed.unwrap_or_default().iter().copied().chain(scanned)
    }

    /// The mentions with this head, in text order; they lie in its sentence.
    pub fn mentions_headed(&self, head: Id<Token>) -> impl Iterator<Item = (Id<Mention>, &Mention)> {
        let sentence = self.sentences.at(self.sentence_of(head)).map_or(Span::default(), |s| s.span);
        self.mentions.within(sentence).map(|id| (id, &self.mentions[id])).filter(move |(_, m)| m.head == head)
    }

    /// True when an expression of time of its sentence holds the token.
    pub fn is_in_time(&self, token: Id<Token>) -> bool {
        let span = self.tokens[token].span;
        let sentence = self.sentences.at(self.sentence_of(token)).map_or(Span::default(), |s| s.span);
        self.times.within(sentence).any(|t| self.times[t].span.covers(span))
    }

    /// Tokens that lie wholly inside a span.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<Id<Token>> {
        let start = self.tokens.partition_point(|t| t.span.start() < span.start());
        let end = self.tokens.partition_point(|t| t.span.end() <= span.end());
        Id::new(start)..Id::new(end.max(start))
    }

    /// From the first byte of the first token to the last byte of the last.
    pub fn span_of(&self, tokens: std::ops::Range<Id<Token>>) -> Span {
        if tokens.start >= tokens.end {
            return Span::default();
        }
        let last = Id::<Token>::new(tokens.end.index() - 1);
        self.tokens[tokens.start].span.join(self.tokens[last].span)
    }

    /// The text span of a token's whole subtree, as the smallest range of tokens (scans the sentence).
    pub fn subtree(&self, token: Id<Token>) -> std::ops::Range<Id<Token>> {
        let Some(sentence) = self.sentences.at(self.sentence_of(token)) else {
            return token..token;
        };
        let (from, to) = (sentence.tokens.start.index(), sentence.tokens.end.index());
        let (mut first, mut last) = (token, token);
        // How each token of the sentence stands to `token`: 1 below it, 2 not; 0 is not known yet. Each step up is taken
        // twice at most, however deep the tree is.
        let (mut few, mut many) = ([0u8; 256], Vec::new());
        let known = match few.get_mut(..to - from) {
            Some(known) => known,
            None => {
                many.resize(to - from, 0u8);
                &mut many[..]
            }
        };
        for other in from..to {
            let mut at = other;
            let mut steps = 0;
            let answer = loop {
                // Heads that lead out of the sentence or round in a circle are no tree's.
                let Some(&seen) = at.checked_sub(from).and_then(|p| known.get(p)) else { break 2 };
                if at == token.index() {
                    break 1;
                } else if seen != 0 {
                    break seen;
                } else if steps > to - from {
                    break 2;
                }
                steps += 1;
                match self.head(Id::new(at)) {
                    Some(head) => at = head.index(),
                    None => break 2,
                }
            };
            let mut at = other;
            while at != token.index()
                && let Some(place) = at.checked_sub(from).filter(|&p| known.get(p) == Some(&0))
            {
                known[place] = answer;
                match self.head(Id::new(at)) {
                    Some(head) => at = head.index(),
                    None => break,
                }
            }
            if answer == 1 {
                first = first.min(Id::new(other));
                last = last.max(Id::new(other));
            }
        }
        first..Id::new(last.index() + 1)
    }

    /// True when `token` is `ancestor` or hangs below it.
    pub fn is_under(&self, token: Id<Token>, ancestor: Id<Token>) -> bool {
        let mut at = token;
        for _ in 0..self.tokens.len() {
            if at == ancestor {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// True when a name or a noun tells who or what an entity is; "I" and "you" of nobody in particular tell nothing.
    pub fn is_told(&self, entity: Id<Entity>) -> bool {
        self.entities.at(entity).is_some_and(|e| {
            e.mentions.iter().any(|&m| self.mentions.at(m).is_some_and(|m| m.kind != MentionKind::Pronoun))
        })
    }

    /// The innermost statement whose content holds a span; the article's own voice is none.
    pub fn statement_at(&self, span: Span) -> Option<Id<Statement>> {
        let known = self.reach.values().len() == self.statements.len();
        let after = self.statements.partition_point(|s| s.span().start() <= span.start());
        let rows = self.statements.rows().take(if known { after } else { self.statements.len() }).rev();
        rows.take_while(|(id, _)| !known || self.reach[*id] >= span.end())
            .filter(|(_, s)| s.mode != Mode::Narrator && s.holds(span))
            .min_by_key(|(id, s)| (s.content.iter().map(|c| c.len()).sum::<usize>(), std::cmp::Reverse(id.index())))
            .map(|(id, _)| id)
    }

    /// Paragraphs that are too long to be read as one.
    pub fn long_paragraphs(&self) -> usize {
        let tokens = |block: &Block| {
            let range = self.tokens_in(block.span);
            range.end.index() - range.start.index()
        };
        self.blocks.iter().filter(|b| tokens(b) > LONGEST_PARAGRAPH).count()
    }

    /// Takes the statements, in order of their first content.
    pub fn set_statements(&mut self, statements: Layer<Statement>) {
        let mut reach = 0;
        let ends = statements.iter().map(|s| {
            reach = s.content.last().map_or(0, |c| c.end()).max(reach);
            reach
        });
        self.reach = Column::new(ends.collect());
        self.statements = statements;
    }
}
