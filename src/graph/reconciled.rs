//! Asking a reconciliation service elsewhere which known thing a name is (Reconciliation Service API 0.2): its manifest, names
//! in batches, patience when it asks for it, and its answers, which are kept. Nothing is asked but the address that is given.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::export::web::encoded;
use super::links::{Unlinked, key};
use super::query::{Call, Reply, normal, send};
use super::{Error, ErrorKind};

/// Bytes of an answer at most.
const MOST: usize = 16 << 20;
/// How often one request is sent, when the service says that it is busy.
const TRIES: u32 = 5;
/// The longest wait that a service may ask for.
const PATIENCE: u64 = 60;
/// What Wikidata's identifiers begin with.
const WIKIDATA: &str = "://www.wikidata.org/entity/";
/// What the kinds are at Wikidata. A group is nothing there that all of them are.
const TYPES: [(&str, &str); 3] = [("Person", "Q5"), ("Organization", "Q43229"), ("Place", "Q2221906")];

/// What a service says of itself, as far as it matters here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub name: String,
    /// What its identifiers are.
    pub space: String,
    /// Names that it takes at once, where it says.
    pub batch: Option<usize>,
}

impl Manifest {
    fn is_wikidata(&self) -> bool {
        self.space.ends_with(WIKIDATA) && self.space.starts_with("http")
    }

    /// The type that names of a kind have there, where nothing else is said.
    fn usual(&self, kind: &str) -> Option<&'static str> {
        TYPES.iter().find(|(own, _)| self.is_wikidata() && *own == kind).map(|(_, id)| *id)
    }
}

/// Something that a name may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Ids and names of its types.
    pub types: Vec<[String; 2]>,
    /// As the service writes it.
    pub score: String,
    pub is_match: bool,
}

/// A question: a name, the type it should have (empty: any), how many candidates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub words: String,
    pub of_type: String,
    pub limit: usize,
}

/// The answers of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub manifest: Manifest,
    pub found: BTreeMap<Asked, Vec<Candidate>>,
}

/// The answers that were given before, by the addresses of services. As text it is one object of JSON a line, in an order of
/// its own: the same answers make the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cache(BTreeMap<String, Answers>);

impl Cache {
    /// Reads the text.
    ///
    /// # Errors
    /// With the number of the line that is no answer.
    pub fn parse(text: &str) -> Result<Cache, String> {
        let mut cache = Cache::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let read = serde_json::from_str(line).map_err(|e| e.to_string()).and_then(|line| cache.take(&line));
            read.map_err(|why| format!("line {}: {why}", at + 1))?;
        }
        Ok(cache)
    }

    fn take(&mut self, line: &Value) -> Result<(), String> {
        let text = |name: &str| line[name].as_str().ok_or(format!("no {name:?}"));
        let answers = self.0.entry(text("endpoint")?.to_owned()).or_default();
        if let Some(own) = line.get("manifest") {
            answers.manifest = manifest(own)?;
            return Ok(());
        }
        let limit = line["limit"].as_u64().ok_or("no \"limit\"")? as usize;
        let asked = Asked { words: text("query")?.to_owned(), of_type: text("type")?.to_owned(), limit };
        let found = candidates(&line["result"], limit)?;
        answers.found.insert(asked, found);
        Ok(())
    }

    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut line = |value: Value| {
            out.push_str(&value.to_string());
            out.push('\n');
        };
        for (endpoint, answers) in &self.0 {
            let own = &answers.manifest;
            let mut manifest = json!({ "name": own.name, "identifierSpace": own.space });
            if let Some(batch) = own.batch {
                manifest["batchSize"] = batch.into();
            }
            line(json!({ "endpoint": endpoint, "manifest": manifest }));
            for (asked, found) in &answers.found {
                let result: Vec<Value> = found.iter().map(Candidate::json).collect();
                line(json!({
                    "endpoint": endpoint,
                    "query": asked.words,
                    "type": asked.of_type,
                    "limit": asked.limit,
                    "result": result,
                }));
            }
        }
        out
    }

    /// The answers of a service.
    pub fn of(&mut self, service: &Service) -> &mut Answers {
        self.0.entry(service.address.clone()).or_default()
    }

    /// Leaves out the answers of a service, so that they are asked for again.
    pub fn forget(&mut self, service: &Service) {
        self.0.remove(&service.address);
    }
}

impl Candidate {
    fn json(&self) -> Value {
        let mut out = Map::new();
        out.insert("id".into(), self.id.as_str().into());
        out.insert("name".into(), self.name.as_str().into());
        if !self.description.is_empty() {
            out.insert("description".into(), self.description.as_str().into());
        }
        let types = self.types.iter().map(|[id, name]| json!({ "id": id, "name": name }));
        out.insert("type".into(), types.collect());
        // It was a number when it was read.
        out.insert("score".into(), serde_json::from_str(&self.score).unwrap_or(Value::Null));
        out.insert("match".into(), self.is_match.into());
        Value::Object(out)
    }
}

/// A manifest, from what a service answers.
fn manifest(value: &Value) -> Result<Manifest, String> {
    let space = value["identifierSpace"].as_str().ok_or("it has no \"identifierSpace\"")?;
    let versions: Vec<&str> = value["versions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !versions.is_empty() && !versions.iter().any(|v| v.starts_with("0.1") || v.starts_with("0.2")) {
        return Err(format!("it speaks version {}, and 0.2 is asked", versions.join(", ")));
    }
    Ok(Manifest {
        name: value["name"].as_str().unwrap_or_default().to_owned(),
        space: space.to_owned(),
        batch: value["batchSize"].as_u64().filter(|n| *n > 0).map(|n| n as usize),
    })
}

/// The candidates of one answer.
fn candidates(value: &Value, limit: usize) -> Result<Vec<Candidate>, String> {
    let list = value.as_array().ok_or("\"result\" is no list")?;
    let read = |value: &Value| {
        let text = |name: &str| value[name].as_str().filter(|t| !t.trim().is_empty());
        let needed = |name: &str| text(name).map(str::to_owned).ok_or(format!("a candidate without {name:?}"));
        let types = value["type"].as_array().into_iter().flatten().filter_map(|own| match own {
            Value::String(id) => Some([id.clone(), String::new()]),
            own => {
                let name = own["name"].as_str().unwrap_or_default();
                Some([own["id"].as_str()?.to_owned(), name.to_owned()])
            }
        });
        Ok(Candidate {
            id: needed("id")?,
            name: needed("name")?,
            description: text("description").unwrap_or_default().to_owned(),
            types: types.collect(),
            score: value["score"].as_number().ok_or("a candidate without \"score\"")?.to_string(),
            is_match: value["match"].as_bool().unwrap_or(false),
        })
    };
    list.iter().take(limit).map(read).collect()
}

/// A service.
pub struct Service {
    /// In its normal form.
    address: String,
    /// For one request.
    time: Duration,
    /// Names asked at once at most.
    batch: usize,
}

impl Service {
    /// A service at an address.
    ///
    /// # Errors
    /// When it is no address.
    pub fn new(address: &str, time: Duration, batch: usize) -> Result<Service, Error> {
        let address = normal(address).ok_or_else(|| {
            Error::new(ErrorKind::Unknown, format!("{address} is no address of a service")).with_hint(
                "give it with http or https, without a user: --endpoint https://wikidata.reconci.link/en/api",
            )
        })?;
        Ok(Service { address, time, batch: batch.max(1) })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    fn failed(&self, why: impl Into<String>, hint: &str) -> Error {
        Error::new(ErrorKind::Io, format!("<{}> cannot be asked: {}", self.address, why.into())).with_hint(hint)
    }

    /// Asks it what it is, unless that is known.
    ///
    /// # Errors
    /// When it is no reconciliation service, or is not reached.
    pub fn introduce(&self, answers: &mut Answers, tell: &mut dyn FnMut(&str)) -> Result<(), Error> {
        if !answers.manifest.space.is_empty() {
            return Ok(());
        }
        let value = self.exchange(None, tell)?;
        answers.manifest = manifest(&value).map_err(|why| {
            self.failed(
                format!("what it answers is no manifest of a reconciliation service of version 0.2: {why}"),
                "give the address of the service itself: who runs it says which (often it ends in /reconcile or /api)",
            )
        })?;
        Ok(())
    }

    /// The question about a name: the type of its kind goes along where one is given, or is usual there.
    pub fn question(
        &self,
        name: &Unlinked,
        types: &BTreeMap<&str, String>,
        manifest: &Manifest,
        limit: usize,
    ) -> Asked {
        let of_type = types.get(name.kind).cloned().or_else(|| manifest.usual(name.kind).map(str::to_owned));
        Asked { words: name.words.clone(), of_type: of_type.unwrap_or_default(), limit: limit.max(1) }
    }

    /// Asks all that is not known. Gives the number of requests that this took; what was answered before something failed is
    /// among the answers.
    ///
    /// # Errors
    /// When the service is not reached, or answers what is no answer.
    pub fn ask(
        &self,
        asked: &BTreeSet<Asked>,
        answers: &mut Answers,
        tell: &mut dyn FnMut(&str),
    ) -> Result<usize, Error> {
        let new: Vec<&Asked> = asked.iter().filter(|own| !answers.found.contains_key(own)).collect();
        let size = answers.manifest.batch.map_or(self.batch, |most| most.min(self.batch));
        for batch in new.chunks(size) {
            let value = self.exchange(Some(queries(batch)), tell)?;
            let found = of_batch(&value, batch).map_err(|why| {
                let hint = "what was answered before is kept; tell who runs the service, or ask another one";
                self.failed(format!("what it answers is no answer of version 0.2: {why}"), hint)
            })?;
            for (own, found) in batch.iter().zip(found) {
                answers.found.insert((*own).clone(), found);
            }
        }
        Ok(new.len().div_ceil(size))
    }

    /// Sends one request, again where it is told to wait, and reads the JSON of the answer.
    fn exchange(&self, form: Option<String>, tell: &mut dyn FnMut(&str)) -> Result<Value, Error> {
        let body = form.map(|form| ("application/x-www-form-urlencoded", form));
        let call = Call { address: &self.address, accept: "application/json", body, most: MOST };
        let later = "see that it runs and that the address is right; what was answered before is kept, and the same command goes on \
                     from there (with a smaller --batch or a longer --timeout if it was slow)";
        let mut tries = 0;
        let reply = loop {
            let reply = send(&call, self.time).map_err(|why| self.failed(why, later))?;
            tries += 1;
            if !matches!(reply.status, 429 | 503) {
                break reply;
            }
            let wait = wait(&reply, tries);
            if tries == TRIES || wait > PATIENCE {
                let asks = if wait > PATIENCE { format!(" and asks to wait {wait} seconds") } else { String::new() };
                let times = if tries == 1 { String::new() } else { format!(", {tries} times") };
                return Err(self.failed(format!("it is busy ({}{times}){asks}", reply.told), later));
            }
            tell(&format!("{}: {}, asked again in {wait} s", self.address, reply.told));
            std::thread::sleep(Duration::from_secs(wait));
        };
        if !reply.is_success() {
            return Err(self.failed(reply.refused(), "see that the address is right; what was answered before is kept"));
        }
        serde_json::from_slice(&reply.body).map_err(|e| {
            let is_page = reply.kind.starts_with("text/html") || reply.body.trim_ascii_start().starts_with(b"<");
            match is_page {
                true => self.failed(
                    "it answers with a page for people (HTML)",
                    "give the address of the service itself, which answers JSON: often it ends in /reconcile or /api",
                ),
                false => self.failed(
                    format!("what it answers is not JSON: {e}"),
                    "see that the address is that of a reconciliation service; what was answered before is kept",
                ),
            }
        })
    }
}

/// Seconds to wait: as told, else twice as long each time.
fn wait(reply: &Reply, tries: u32) -> u64 {
    reply.wait.as_ref().and_then(|told| told.trim().parse().ok()).unwrap_or(1 << (tries - 1).min(6))
}

/// The form of a batch.
fn queries(batch: &[&Asked]) -> String {
    let query = |(at, asked): (usize, &&Asked)| {
        let mut query = json!({ "query": asked.words });
        if !asked.of_type.is_empty() {
            query["type"] = asked.of_type.as_str().into();
            query["type_strict"] = "should".into();
        }
        query["limit"] = asked.limit.into();
        (format!("q{at}"), query)
    };
    let queries: Map<String, Value> = batch.iter().enumerate().map(query).collect();
    format!("queries={}", encoded(&Value::Object(queries).to_string(), b"-._~"))
}

/// The answers of a batch, in the order of its questions.
fn of_batch(value: &Value, batch: &[&Asked]) -> Result<Vec<Vec<Candidate>>, String> {
    let object = value.as_object().ok_or("it is no object")?;
    let place = |key: &str| key.strip_prefix('q').and_then(|n| n.parse::<usize>().ok());
    if let Some(other) =
        object.keys().find(|key| place(key).is_none_or(|n| n >= batch.len() || **key != format!("q{n}")))
    {
        return Err(format!("it has {other:?}, which was not asked"));
    }
    let one = |(at, asked): (usize, &&Asked)| {
        let own = object.get(&format!("q{at}")).ok_or(format!("it has no \"q{at}\" ({:?})", asked.words))?;
        let result = own.get("result").ok_or(format!("\"q{at}\" ({:?}) has no \"result\"", asked.words))?;
        candidates(result, asked.limit).map_err(|why| format!("\"q{at}\" ({:?}): {why}", asked.words))
    };
    batch.iter().enumerate().map(one).collect()
}

/// What a decision would name: a number of Wikidata or GeoNames, or an IRI; nothing where the identifier makes none.
pub fn target(candidate: &Candidate, manifest: &Manifest) -> Option<String> {
    let is_whole = candidate.id.starts_with("http://") || candidate.id.starts_with("https://");
    let iri = match is_whole {
        true => candidate.id.clone(),
        // Others are the name of a kind of identifiers, with which no IRI begins.
        false if manifest.space.ends_with(['/', ':']) => format!("{}{}", manifest.space, candidate.id),
        false => return None,
    };
    let row = crate::import::list::row(&iri)?;
    [row.wikidata, row.geonames, row.iri].into_iter().find(|value| !value.is_empty())
}

/// Why a candidate is not taken without being looked at; `None` when it is safe: the service says that it matches, and that
/// no other does, its name is that of the text, and nothing says that it is of another kind.
pub fn doubt(
    name: &Unlinked,
    at: usize,
    found: &[Candidate],
    types: &BTreeMap<&str, String>,
    manifest: &Manifest,
) -> Option<&'static str> {
    let candidate = &found[at];
    if !candidate.is_match {
        Some("no match")
    } else if found.iter().filter(|c| c.is_match).count() > 1 {
        Some("several match")
    } else if key(&candidate.name) != key(&name.words) {
        Some("another name")
    } else if is_of_another_kind(name.kind, candidate, types, manifest) {
        Some("another kind")
    } else if name.is_mixed {
        Some("the name has several kinds here")
    } else if name.kind == "Person" && !name.words.trim().contains(' ') {
        Some("one word is no full name")
    } else if target(candidate, manifest).is_none() {
        Some("its identifier is no IRI")
    } else {
        None
    }
}

/// Whether the types of a candidate, where it has some, tell that it is of another kind.
fn is_of_another_kind(kind: &str, candidate: &Candidate, types: &BTreeMap<&str, String>, manifest: &Manifest) -> bool {
    let asked = |kind: &str| types.get(kind).map(String::as_str).or_else(|| manifest.usual(kind));
    let has = |wanted: &str| candidate.types.iter().any(|[id, _]| id == wanted);
    if let Some(own) = asked(kind) {
        // Below the other classes of Wikidata are others, which the service knows; a person is of that one.
        let is_open = manifest.is_wikidata() && own != "Q5";
        if has(own) || candidate.types.is_empty() {
            return false;
        }
        if !is_open {
            return true;
        }
    }
    let others = super::links::NAMED.iter().filter(|other| **other != kind).filter_map(|other| asked(other));
    if others.into_iter().any(has) {
        return true;
    }
    let named: BTreeSet<&str> = candidate.types.iter().flatten().filter_map(|word| kind_named(word)).collect();
    let alike = if kind == "Group" { "Organization" } else { kind };
    !named.is_empty() && !named.contains(alike)
}

/// The kind that the id or name of a type names, a group as an organization.
fn kind_named(word: &str) -> Option<&'static str> {
    let last = word.rsplit(['/', '#', ':']).next().unwrap_or(word).to_lowercase();
    Some(match last.as_str() {
        "person" | "human" | "human being" | "people" => "Person",
        "organization" | "organisation" | "corporate body" | "corporation" | "company" | "group" => "Organization",
        "place" | "location" | "geographic location" | "geographical feature" | "city" | "country" => "Place",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &str, kind: &'static str) -> Unlinked {
        Unlinked { words: words.into(), kind, articles: 1, is_mixed: false }
    }

    fn of(id: &str, name: &str, types: &[&str]) -> Candidate {
        Candidate {
            id: id.into(),
            name: name.into(),
            description: String::new(),
            types: types.iter().map(|t| [(*t).to_owned(), String::new()]).collect(),
            score: "100".into(),
            is_match: true,
        }
    }

    #[test]
    fn only_what_is_sure_in_each_way_is_safe() {
        let wikidata = Manifest { space: "http://www.wikidata.org/entity/".into(), ..Manifest::default() };
        let doubt = |name: &Unlinked, found: &[Candidate]| doubt(name, 0, found, &BTreeMap::new(), &wikidata);
        let varga = named("Ilse Varga", "Person");
        assert_eq!(doubt(&varga, &[of("Q1", "ilse Várga", &["Q5"])]), None);
        assert_eq!(doubt(&varga, &[of("Q1", "Ilse Varga", &[])]), None, "nothing is told of its kind");
        assert_eq!(doubt(&varga, &[of("Q1", "Ilse Varga", &["Q3305213"])]), Some("another kind"));
        assert_eq!(doubt(&varga, &[of("Q1", "Ilse V.", &["Q5"])]), Some("another name"));
        let two = [of("Q1", "Ilse Varga", &["Q5"]), of("Q2", "Ilse Varga", &["Q5"])];
        assert_eq!(doubt(&varga, &two), Some("several match"));
        let unsure = Candidate { is_match: false, ..of("Q1", "Ilse Varga", &["Q5"]) };
        assert_eq!(doubt(&varga, std::slice::from_ref(&unsure)), Some("no match"));
        assert_eq!(doubt(&varga, &[of("Q1", "Ilse Varga", &["Q5"]), unsure]), None);
        assert_eq!(doubt(&named("Linde", "Place"), &[of("Q1", "Linde", &["Q515"])]), None, "a city is a place there");
        assert_eq!(doubt(&named("Linde", "Place"), &[of("Q1", "Linde", &["Q5"])]), Some("another kind"));
        assert_eq!(doubt(&named("Varga", "Person"), &[of("Q1", "Varga", &["Q5"])]), Some("one word is no full name"));
        let mixed = Unlinked { is_mixed: true, ..named("Linde", "Place") };
        assert_eq!(doubt(&mixed, &[of("Q1", "Linde", &["Q515"])]), Some("the name has several kinds here"));
    }

    #[test]
    fn identifiers_are_targets_where_they_make_an_iri() {
        let with =
            |space: &str, id: &str| target(&of(id, "x", &[]), &Manifest { space: space.into(), ..Manifest::default() });
        assert_eq!(with("http://www.wikidata.org/entity/", "Q76").as_deref(), Some("Q76"));
        assert_eq!(with("https://sws.geonames.org/", "170063").as_deref(), Some("170063"));
        assert_eq!(with("https://lobid.org/gnd/", "118540238").as_deref(), Some("https://lobid.org/gnd/118540238"));
        assert_eq!(with("", "https://ror.example/05").as_deref(), Some("https://ror.example/05"));
        assert_eq!(with("http://rdf.freebase.com/ns/type.object.id", "7"), None);
        assert_eq!(with("https://lobid.org/gnd/", "two words"), None);
    }

    #[test]
    fn answers_are_kept_in_one_order() {
        let text = concat!(
            r#"{"endpoint":"http://h/b","query":"B","type":"","limit":3,"result":[{"id":"1","name":"B","type":["t"],"score":99.50,"match":true}]}"#,
            "\n",
            r#"{"endpoint":"http://h/b","query":"A","type":"","limit":3,"result":[]}"#,
            "\n",
            r#"{"endpoint":"http://h/b","manifest":{"name":"b","identifierSpace":"http://h/","batchSize":2}}"#,
            "\n",
        );
        let cache = Cache::parse(text).expect("answers");
        let written = cache.text();
        assert_eq!(Cache::parse(&written), Ok(cache));
        let lines: Vec<&str> = written.lines().collect();
        assert!(lines[0].contains("manifest") && lines[1].contains("\"A\"") && lines[2].contains("\"score\":99.50"));
        assert!(Cache::parse("{}").is_err_and(|e| e.starts_with("line 1")));
        assert!(Cache::parse("\n[").is_err_and(|e| e.starts_with("line 2")));
    }
}
