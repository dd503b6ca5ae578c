// Reads our RDF 1.2 with N3.js: every format has the same quads, each triple term is reified by a claim, and without
// the reifiers it is the RDF 1.1 of the same store.
//
// usage: node rdf12.mjs SAYSO STORE      (npm install n3)
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import assert from "node:assert/strict";

const require = createRequire(process.env.SAYSO_NODE_MODULES ?? process.cwd() + "/");
let N3;
try {
  N3 = require("n3");
} catch {
  console.log("skipped: n3 is not installed");
  process.exit(0);
}
const [sayso, store] = process.argv.slice(2);
const reifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
const types = { turtle: "text/turtle", trig: "application/trig", ntriples: "application/n-triples", nquads: "application/n-quads" };
const key = (term) => (term.termType === "Quad" ? `<<(${key(term.subject)} ${key(term.predicate)} ${key(term.object)})>>` : N3.termToId(term));

function read(format, ...options) {
  return parse(format, ["export", "--store", store, ...options]);
}

function parse(format, command) {
  const text = execFileSync(sayso, [...command, "--quiet", "--format", format], { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] }).toString();
  return new N3.Parser({ format: types[format] }).parse(text);
}

for (const format of Object.keys(types)) {
  const plain = read(format).map((q) => [q.subject, q.predicate, q.object, q.graph].map(key).join(" "));
  const quads = read(format, "--rdf12");
  const claims = new Set(quads.filter((q) => q.predicate.value.endsWith("#type") && q.object.value.endsWith("ns#Claim")).map((q) => q.subject.value));
  const reified = quads.filter((q) => q.predicate.value === reifies);
  assert(reified.length > 0 && reified.every((q) => q.object.termType === "Quad" && claims.has(q.subject.value)), format);
  assert(quads.every((q) => q.predicate.value === reifies || q.object.termType !== "Quad"), format);
  const rest = quads.filter((q) => q.predicate.value !== reifies).map((q) => [q.subject, q.predicate, q.object, q.graph].map(key).join(" "));
  assert.deepEqual(rest.sort(), plain.sort(), format);
  const reifiers = new Set(reified.map((q) => q.subject.value)).size;
  console.log(`N3.js: ${format} 1.2, ${quads.length} quads, ${reified.length} triple terms reified by ${reifiers} of ${claims.size} claims`);
}

// The filter without a store writes the same triple terms.
const terms = (quads) => quads.filter((q) => q.predicate.value === reifies).map((q) => key(q.subject) + key(q.object)).sort();
const corpus = new URL("../../corpus", import.meta.url).pathname;
const streamed = terms(parse("trig", ["triples", corpus, "--rdf12"]));
assert.deepEqual(streamed, terms(parse("trig", ["triples", corpus, "--rdf12", "--jobs", "1"])));
console.log(`N3.js: triples --rdf12 of corpus, ${streamed.length} triple terms`);
