//! What is let in: queries and RDF are looked at for depth and size before a parser sees them.
//!
//! The parsers, and the passes after them, call themselves for every level of nesting and, for a query, also for every
//! link of a chain (`a || b || c`, one pattern after another). A text made for it would use up the stack, and that ends
//! the process. So the depth is bounded as in other readers (`serde_json` has the same bound), the number of tokens that
//! can make a link is bounded too, and a query is worked on by a thread whose stack is made for its number of tokens.

use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;

use super::{Error, ErrorKind};

/// Levels of nesting at most.
const DEPTH: usize = 128;

/// Bytes of a query at most; updates carry data and are bounded by the request's body.
pub const QUERY: usize = 1 << 20;

/// Tokens of a query at most, without the elements of lists between commas, of `VALUES` and of data.
const TOKENS: usize = 20_000;

/// Stack that a token can need: each level of the parser, of the optimiser and of the evaluation. Measured by the tests,
/// which nest every construct of SPARQL to its bounds.
const STACK_OF_TOKEN: usize = 8 << 10;

/// Stack that every query gets.
const STACK: usize = 2 << 20;

/// Calls whose arguments the parser reads once more where the last of them is left out: nested in one another they are read 2, 4, 8 times.
const READ_AGAIN: &[&str] = &["regex", "replace", "substr", "group_concat"];

/// Tokens that may be read again so.
const AGAIN: u64 = 1 << 16;

/// Attributes of an element of XML at most: the reader compares each with all before it.
const ATTRIBUTES: usize = 256;

/// Bytes of contexts of JSON-LD that may be taken over: a context within the reach of another is made from a copy of it.
const CONTEXTS: u64 = 64 << 20;

/// What is known of a query or update before it is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    depth: usize,
    tokens: usize,
}

impl Size {
    /// The stack for parsing and answering it.
    pub fn stack(self) -> usize {
        STACK + self.tokens * STACK_OF_TOKEN
    }
}

fn refused(kind: ErrorKind, what: &str, why: String) -> Error {
    let hint = match kind {
        ErrorKind::Rdf => "write it as N-Triples or N-Quads, which do not nest",
        _ => "write it flatter and shorter, or ask several times",
    };
    Error::new(kind, format!("{what} {why}")).with_hint(hint)
}

/// Looks at a query.
pub fn query(text: &str) -> Result<Size, Error> {
    if text.len() > QUERY {
        let why = format!("has {} bytes, and at most {QUERY} are read", text.len());
        return Err(refused(ErrorKind::Query, "the query", why));
    }
    measured("the query", text)
}

/// Looks at an update.
pub fn update(text: &str) -> Result<Size, Error> {
    measured("the update", text)
}

fn measured(what: &str, text: &str) -> Result<Size, Error> {
    let mut scan = Scan { bytes: text.as_bytes(), ..Scan::default() };
    let sure = scan.sparql();
    let size = Size { depth: scan.deepest, tokens: scan.tokens };
    if size.depth > DEPTH {
        return Err(refused(
            ErrorKind::Query,
            what,
            format!("is nested {} deep, and at most {DEPTH} are read", size.depth),
        ));
    }
    // Where the scanner cannot tell what is an IRI and what is "less than", it may have missed what it should have counted.
    let tokens = if sure { size.tokens } else { size.tokens.max(marks(text)) };
    let again = if sure { scan.again } else { scan.again.max(hidden_again(text)) };
    if again > AGAIN {
        let names = "REGEX, REPLACE, SUBSTR or GROUP_CONCAT";
        return Err(refused(
            ErrorKind::Query,
            what,
            format!("nests {names} in one another more than can be read in time"),
        ));
    }
    if tokens > TOKENS {
        return Err(refused(ErrorKind::Query, what, format!("has {tokens} parts, and at most {TOKENS} are read")));
    }
    Ok(Size { tokens, ..size })
}

/// Characters that can make a level or a link, wherever they stand: no reading of the text has more.
fn marks(text: &str) -> usize {
    text.bytes().filter(|b| !b.is_ascii_alphanumeric() && !matches!(b, b' ' | b'\t' | b'_') && b.is_ascii()).count()
}

/// The same where brackets may be hidden: every such call may hold all that come after it.
fn hidden_again(text: &str) -> u64 {
    let calls =
        |name: &&str| text.as_bytes().windows(name.len()).filter(|w| w.eq_ignore_ascii_case(name.as_bytes())).count();
    let calls: usize = READ_AGAIN.iter().map(calls).sum();
    again(calls as u32).saturating_mul(8)
}

/// How often more than once what stands in so many such calls is read.
fn again(calls: u32) -> u64 {
    1u64.checked_shl(calls.min(63)).unwrap_or(u64::MAX) - 1
}

/// A scanner of brackets and tokens.
#[derive(Default)]
struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    open: Vec<Bracket>,
    deepest: usize,
    tokens: usize,
    /// How often tokens are read again, all together.
    again: u64,
    /// The word before is a call whose arguments are read again.
    called: bool,
}

/// An open bracket.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bracket {
    mark: u8,
    /// What stands in it is data: it makes no links.
    data: bool,
    /// Calls around it whose arguments are read again.
    calls: u32,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn open(&mut self, mark: u8, data: bool) {
        let data = data || self.open.last().is_some_and(|b| b.data);
        let calls = self.open.last().map_or(0, |b| b.calls) + u32::from(self.called && mark == b'(');
        self.open.push(Bracket { mark, data, calls });
        self.deepest = self.deepest.max(self.open.len());
    }

    fn close(&mut self, mark: u8) {
        // A text with brackets that do not match is refused by the parser; until there it may only be counted too deep.
        if self.open.last().is_some_and(|b| b.mark == mark) {
            self.open.pop();
        }
    }

    fn line(&mut self) {
        self.at += memchr::memchr2(b'\n', b'\r', &self.bytes[self.at..]).unwrap_or(self.bytes.len() - self.at);
    }

    /// Passes a string, long or short.
    fn string(&mut self) {
        let quote = self.peek(0);
        let long = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if long { 3 } else { 1 };
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'\n' | b'\r' if !long => return,
                b if b == quote && !long => {
                    self.at += 1;
                    return;
                }
                b if b == quote && self.peek(1) == quote && self.peek(2) == quote => {
                    self.at += 3;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// The end of what looks like an IRI and begins here.
    fn iri(&self) -> Option<usize> {
        let rest = &self.bytes[self.at + 1..];
        let end = rest.iter().position(|b| *b <= b' ' || b"<>\"{}|^`".contains(b))?;
        (rest[end] == b'>').then_some(self.at + end + 2)
    }

    /// Scans SPARQL; false when what looks like an IRI could be read in another way.
    fn sparql(&mut self) -> bool {
        let mut sure = true;
        // Whether what comes is an element of a list between commas, which is a flat list for everybody.
        let mut after_comma = false;
        // The keyword before a `{`: what stands in VALUES and in DATA is data.
        let mut data = false;
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            if byte.is_ascii_whitespace() {
                self.at += 1;
                continue;
            }
            if byte == b'#' {
                self.line();
                continue;
            }
            let flat = self.open.last().is_some_and(|b| b.data);
            let in_list = self.open.last().is_some_and(|b| b.mark == b'(') && (after_comma || byte == b',');
            after_comma = false;
            let begun = self.at;
            let mut counts = !flat;
            let mut called = false;
            self.again = self.again.saturating_add(again(self.open.last().map_or(0, |b| b.calls)));
            match byte {
                b'"' | b'\'' => {
                    self.string();
                    counts &= !in_list;
                }
                b'(' | b'[' | b'{' => {
                    self.open(byte, data && byte == b'{');
                    data &= byte != b'{';
                    self.at += 1;
                }
                b')' | b']' | b'}' => {
                    let mark = [b'(', b'[', b'{'][usize::from(byte == b']') + 2 * usize::from(byte == b'}')];
                    self.close(mark);
                    self.at += 1;
                    counts = false;
                }
                b'<' if self.peek(1) == b'<' => {
                    self.open(b'<', false);
                    self.at += 2;
                    // The parenthesis is the triple term's own.
                    self.at += usize::from(self.peek(0) == b'(');
                }
                b'>' if self.peek(1) == b'>' && self.open.last().is_some_and(|b| b.mark == b'<') => {
                    self.close(b'<');
                    self.at += 2;
                    counts = false;
                }
                b'<' if let Some(end) = self.iri() => {
                    let inside = &self.bytes[self.at + 1..end - 1];
                    // With "//" after the scheme it can only be an IRI: no operand ends so.
                    let certain = memchr::memmem::find(inside, b"://").is_some_and(|colon| {
                        inside[..colon].iter().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b))
                    });
                    sure &= certain || !inside.iter().any(|b| b"'()[],;!*+=&#".contains(b));
                    // "a/b/c" may be divisions, or steps of a path.
                    if !certain && !flat {
                        self.tokens += inside.iter().filter(|b| b"/-.".contains(b)).count();
                    }
                    self.at = end;
                    counts &= !in_list;
                }
                // A language: its name is no keyword.
                b'@' => {
                    self.at += 1;
                    while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'-' {
                        self.at += 1;
                    }
                }
                b',' => {
                    after_comma = true;
                    self.at += 1;
                    counts &= !in_list;
                }
                b if b.is_ascii_alphanumeric() || b == b'_' || b == b'?' || b == b'$' || b == b':' || b >= 0x80 => {
                    self.word();
                    let word = &self.bytes[begun..self.at];
                    if !matches!(byte, b'?' | b'$') {
                        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword.as_bytes());
                        // After VALUES come variables and then the block.
                        data = is("values") || is("data");
                        called = READ_AGAIN.iter().any(|name| is(name));
                    }
                    // A name in a list is flat too, a call is not: its bracket counts.
                    counts &= !in_list;
                }
                _ => self.at += 1,
            }
            self.tokens += usize::from(counts);
            self.called = called;
        }
        sure
    }

    /// Passes a name, number, keyword or variable. A stop at the end is one of its own.
    fn word(&mut self) {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 2,
                b if b.is_ascii_alphanumeric() || b"_:%".contains(&b) || b >= 0x80 => self.at += 1,
                b'-' | b'.' if self.peek(1).is_ascii_alphanumeric() || self.peek(1) >= 0x80 => {
                    // "1-1-1" is two subtractions, "a-b" one name.
                    self.tokens += 1;
                    self.at += 1;
                }
                _ => return,
            }
        }
    }

    /// Opens or closes at a bracket, and steps over it.
    fn bracket(&mut self, mark: u8) {
        match mark {
            b')' => self.close(b'('),
            b']' => self.close(b'['),
            b'}' => self.close(b'{'),
            _ => self.open(mark, false),
        }
        self.at += 1;
    }

    /// Scans the languages of the Turtle family, where `<` always begins an IRI or a triple term.
    fn turtle(&mut self) {
        while self.at < self.bytes.len() && self.deepest <= DEPTH {
            match self.peek(0) {
                b'#' => self.line(),
                b'"' | b'\'' => self.string(),
                b'\\' => self.at += 2,
                mark @ (b'(' | b'[' | b'{' | b')' | b']' | b'}') => self.bracket(mark),
                b'<' if self.peek(1) == b'<' => {
                    self.open(b'<', false);
                    self.at += 2;
                    // The parenthesis is the triple term's own.
                    self.at += usize::from(self.peek(0) == b'(');
                }
                b'>' if self.peek(1) == b'>' => {
                    self.close(b'<');
                    self.at += 2;
                }
                b'<' => self.at = self.iri().unwrap_or(self.at + 1),
                _ => self.at += 1,
            }
        }
    }

    /// Scans JSON-LD; gives the bytes of contexts that are taken over by others, all together.
    fn json(&mut self) -> u64 {
        // For each open bracket the bytes of the contexts that hold in it; those of the one that is being read, and its depth.
        let mut reach: Vec<u64> = vec![0];
        let mut reading: Option<(usize, usize)> = None;
        // A context inside of another holds for a term, and is taken anew wherever the term stands.
        let mut scoped = false;
        let mut taken = 0u64;
        while self.at < self.bytes.len() && self.deepest <= DEPTH {
            match self.peek(0) {
                b'"' => {
                    let begun = self.at;
                    self.at += 1;
                    while self.at < self.bytes.len() && self.peek(0) != b'"' {
                        self.at += 1 + usize::from(self.peek(0) == b'\\');
                    }
                    self.at += 1;
                    // A key may be written with escapes: what is no plain text counts as one.
                    let word = self.bytes.get(begun + 1..self.at.saturating_sub(1)).unwrap_or_default();
                    let is_context = word == b"@context" || word.contains(&b'\\') && word.len() <= 48;
                    if is_context
                        && self.bytes[self.at.min(self.bytes.len())..].trim_ascii_start().first() == Some(&b':')
                    {
                        scoped |= reading.is_some();
                        taken = taken.saturating_add(reach.last().copied().unwrap_or(0));
                        reading = reading.or(Some((self.open.len(), self.at)));
                    }
                }
                mark @ (b'[' | b'{' | b']' | b'}') => {
                    let before = self.open.len();
                    self.bracket(mark);
                    if self.open.len() > before {
                        let held = reach.last().copied().unwrap_or(0);
                        reach.push(held);
                        if scoped && mark == b'{' && reading.is_none() {
                            taken = taken.saturating_add(held);
                        }
                    } else if self.open.len() < before && reach.len() > 1 {
                        reach.pop();
                    }
                    if let Some((depth, begun)) = reading.filter(|(depth, _)| self.open.len() <= *depth) {
                        reading = None;
                        let held = (self.at - begun) as u64;
                        if self.open.len() == depth
                            && let Some(last) = reach.last_mut()
                        {
                            *last += held;
                        }
                    }
                }
                _ => self.at += 1,
            }
        }
        taken
    }
}

/// Looks at a document of RDF.
pub fn rdf(text: &[u8], format: RdfFormat) -> Result<(), Error> {
    let refuse = |why: String| Err(refused(ErrorKind::Rdf, "the RDF", why));
    let mut scan = Scan { bytes: text, ..Scan::default() };
    match format {
        RdfFormat::RdfXml => return xml(text).or_else(refuse),
        RdfFormat::JsonLd { .. } => {
            let taken = scan.json();
            if taken > CONTEXTS {
                return refuse(format!(
                    "has contexts within contexts of {} MiB, and at most {} are read",
                    taken >> 20,
                    CONTEXTS >> 20
                ));
            }
        }
        _ => scan.turtle(),
    }
    if scan.deepest > DEPTH {
        return refuse(format!("is nested more than {DEPTH} deep"));
    }
    Ok(())
}

/// Looks at the results of a query.
pub fn results(text: &[u8], format: QueryResultsFormat) -> Result<(), Error> {
    match format {
        QueryResultsFormat::Xml => rdf(text, RdfFormat::RdfXml),
        QueryResultsFormat::Json => rdf(text, RdfFormat::JsonLd { profile: Default::default() }),
        _ => rdf(text, RdfFormat::NTriples),
    }
}

/// Looks at XML: entities that name others can grow without bound, and many attributes take the square of their number.
pub fn xml(text: &[u8]) -> Result<(), String> {
    let entities = entities(text)?;
    let mut grown = 0;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'<', b'&', &text[at..]) {
        at += found;
        if text[at] == b'&' {
            grown += grown_by(&text[at..], &entities);
            at += 1;
        } else if let Some(skipped) =
            ["<!--", "<![CDATA[", "<?"].iter().zip(["-->", "]]>", "?>"]).find_map(|(from, to)| {
                let rest = text[at..].strip_prefix(from.as_bytes())?;
                Some(
                    memchr::memmem::find(rest, to.as_bytes())
                        .map_or(text.len(), |end| at + from.len() + end + to.len()),
                )
            })
        {
            at = skipped;
        } else if text[at..].starts_with(b"<!") {
            at = after_declaration(text, at);
        } else {
            // A tag: its attributes are the equals signs outside of quotation marks.
            let (mut quote, mut equals, begun) = (0, 0, at);
            while at < text.len() && (quote != 0 || text[at] != b'>') {
                match text[at] {
                    mark @ (b'"' | b'\'') if quote == 0 => quote = mark,
                    mark if mark == quote => quote = 0,
                    b'=' if quote == 0 => equals += 1,
                    b'&' => grown += grown_by(&text[at..], &entities),
                    _ => {}
                }
                at += 1;
            }
            if equals > ATTRIBUTES {
                return Err(format!("has an element of more than {ATTRIBUTES} attributes"));
            }
            match (text[begun..].get(1), text[..at].last()) {
                (Some(b'/'), _) => depth = depth.saturating_sub(1),
                (_, Some(b'/')) => {}
                _ => depth += 1,
            }
            if depth > 8 * DEPTH {
                return Err(format!("has elements nested more than {} deep", 8 * DEPTH));
            }
        }
        if grown > text.len() * 4 + (1 << 20) {
            return Err("has entities that make it many times as long".to_owned());
        }
    }
    Ok(())
}

/// The end of a declaration, its internal subset included.
fn after_declaration(text: &[u8], from: usize) -> usize {
    let (mut quote, mut inside) = (0, 0_usize);
    for (at, &byte) in text.iter().enumerate().skip(from) {
        match byte {
            mark @ (b'"' | b'\'') if quote == 0 => quote = mark,
            mark if mark == quote => quote = 0,
            _ if quote != 0 => {}
            b'[' => inside += 1,
            b']' => inside = inside.saturating_sub(1),
            b'>' if inside == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The names and lengths of the entities that a document declares. None may name another.
fn entities(text: &[u8]) -> Result<Vec<(&[u8], usize)>, String> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text, b"!ENTITY") {
        let rest = text[at + 7..].trim_ascii_start();
        let name = rest.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        let value = rest[name.len()..].trim_ascii_start();
        let Some(&quote) = value.first().filter(|q| matches!(q, b'"' | b'\'')) else { continue };
        let length = memchr::memchr(quote, &value[1..]).unwrap_or(value.len() - 1);
        let value = &value[1..1 + length];
        if memchr::memchr2(b'&', b'%', value).is_some_and(|first| !value[first..].starts_with(b"&#")) {
            return Err("has an entity that names another".to_owned());
        }
        if memchr::memmem::find(value, b"&#38;").or(memchr::memmem::find(value, b"&#x26;")).is_some() {
            return Err("has an entity that makes another".to_owned());
        }
        found.push((name, length));
        if found.len() > ATTRIBUTES {
            return Err(format!("declares more than {ATTRIBUTES} entities"));
        }
    }
    Ok(found)
}

/// How much longer a reference to an entity makes the text.
fn grown_by(reference: &[u8], entities: &[(&[u8], usize)]) -> usize {
    let own = |name: &[u8]| reference[1..].strip_prefix(name).is_some_and(|rest| rest.first() == Some(&b';'));
    entities.iter().filter(|(name, _)| own(name)).map(|(_, length)| *length).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_strings_comments_and_iris() {
        let depth = |text: &str| query(text).map(|s| s.depth).unwrap_or(usize::MAX);
        assert_eq!(depth("SELECT * { ?s <http://a/(((((> '((((' . # ((((\n ?s ?p \"\"\"((\"(\"\"\" }"), 1);
        assert_eq!(depth("SELECT * { FILTER((1 + (2)) < 3) }"), 4);
        assert_eq!(depth("SELECT * { ?s ?p <<( ?a ?b <<( ?c ?d 1 )>> )>> }"), 3);
        assert_eq!(depth(&format!("ASK {{ FILTER({}1{}) }}", "(".repeat(126), ")".repeat(126))), 128);
        assert_eq!(depth(&format!("ASK {{ FILTER({}1{}) }}", "(".repeat(127), ")".repeat(127))), usize::MAX);
    }

    #[test]
    fn flat_lists_may_be_long_and_chains_may_not() {
        let list = |n: usize| (0..n).map(|i| i.to_string()).collect::<Vec<_>>();
        assert!(query(&format!("ASK {{ ?s ?p ?o FILTER(?o IN ({})) }}", list(50_000).join(","))).is_ok());
        assert!(query(&format!("ASK {{ VALUES ?o {{ {} }} }}", list(50_000).join(" "))).is_ok());
        assert!(update(&format!("INSERT DATA {{ {} }}", "<a:s> <a:p> 1 . ".repeat(100_000))).is_ok());
        for chain in ["1||", "1+", "!", "-", "1<", "?s ?p 1 . ", "{} ", "1 ", "<a:b>/", "1-1"] {
            assert!(query(&format!("ASK {{ {} }}", chain.repeat(20_001))).is_err(), "{chain}");
        }
    }

    /// What the parser reads twice where an argument is left out is read 2ⁿ times where it is nested n times.
    #[test]
    fn calls_that_are_read_again_nest_as_deep_as_can_be_read_in_time() {
        let nested = |open: &str, close: &str, n: usize| {
            query(&format!("ASK {{ FILTER({}\"a\"{}) }}", open.repeat(n), close.repeat(n))).map_err(|e| e.to_string())
        };
        for (open, close) in [
            ("REPLACE(", ",\"b\",\"c\")"),
            ("replace(\"a\", ", ",\"b\")"),
            ("SUBSTR # (\n (", ",1)"),
            ("STR(REGEX(", ",\"a\"))"),
            ("GROUP_CONCAT(DISTINCT ", ")"),
            ("UCASE((SUBSTR(", ",1)))"),
        ] {
            assert!(nested(open, close, 8).is_ok(), "{open}");
            let refused = nested(open, close, 20).expect_err(open);
            assert!(refused.contains("REPLACE"), "{refused}");
        }
        let flat = "REPLACE(?o, \"a\", \"b\") = \"c\" || ".repeat(1_000);
        assert!(query(&format!("ASK {{ ?s ?p ?o FILTER({flat}true) }}")).is_ok());
        let hidden = format!("ASK {{ FILTER(1<'a>b'{}1{}) }}", "||REPLACE(".repeat(20), ",'a','b')".repeat(20));
        assert!(query(&hidden).is_err());
    }

    #[test]
    fn what_may_be_less_than_hides_nothing() {
        let hidden = format!("ASK {{ FILTER(1<'a>b'{}) }}", "||1".repeat(20_001));
        assert!(query(&hidden).is_err());
        assert!(query("ASK { ?s <http://example.org/it's_(a)> ?o }").is_ok());
    }

    /// Each context is made from a copy of the one in whose reach it stands.
    #[test]
    fn contexts_of_json_ld_are_bounded() {
        let json = |text: &str| rdf(text.as_bytes(), RdfFormat::JsonLd { profile: Default::default() });
        let terms: Vec<String> = (0..20_000).map(|i| format!("\"t{i}\": \"http://a.example/{i}\"")).collect();
        let large = format!("{{ {} }}", terms.join(","));
        let plain = vec!["{\"@id\": \"http://b.example/\", \"t1\": \"x\"}"; 50_000].join(",");
        assert!(json(&format!("{{\"@context\": {large}, \"@graph\": [{plain}]}}")).is_ok());
        let own = vec!["{\"@context\": {\"a\": \"http://a.example/a\"}, \"a\": \"x\"}"; 50_000].join(",");
        assert!(json(&format!("[{own}]")).is_ok());
        for key in ["@context", "@conte\\u0078t"] {
            let within = vec![format!("{{\"{key}\": {{}}, \"t1\": \"x\"}}"); 2_000].join(",");
            assert!(json(&format!("{{\"{key}\": {large}, \"@graph\": [{within}]}}")).is_err(), "{key}");
        }
        let scoped =
            format!("{{ \"s\": {{\"@id\": \"http://a.example/s\", \"@context\": {{}}}}, {} }}", terms.join(","));
        let used = vec!["{\"s\": {\"t1\": \"x\"}}"; 2_000].join(",");
        assert!(json(&format!("{{\"@context\": {scoped}, \"@graph\": [{used}]}}")).is_err());
    }

    #[test]
    fn rdf_is_bounded_in_depth_entities_and_attributes() {
        let turtle = |text: &str| rdf(text.as_bytes(), RdfFormat::Turtle);
        let nested = |n: usize| format!("<a:s> <a:p> {}1{} .", "<<( <a:s> <a:p> ".repeat(n), " )>>".repeat(n));
        assert!(turtle(&nested(100)).is_ok() && turtle(&nested(129)).is_err());
        assert!(turtle(&format!("<a:s> <a:p> '''{}''' .", "(".repeat(1_000))).is_ok());
        let xml = |text: &str| xml(text.as_bytes());
        assert!(xml("<!DOCTYPE r [<!ENTITY x \"http://a/\">]><r a=\"&x;b\">&x;</r>").is_ok());
        assert!(xml("<!DOCTYPE r [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>").is_err());
        let long = format!("<!DOCTYPE r [<!ENTITY x \"{}\">]><r>{}</r>", "a".repeat(100_000), "&x;".repeat(100_000));
        assert!(xml(&long).is_err());
        assert!(xml(&format!("<r {}/>", "a=\"b\" ".repeat(1_000))).is_err());
        assert!(rdf("[".repeat(200).as_bytes(), RdfFormat::JsonLd { profile: Default::default() }).is_err());
    }
}
