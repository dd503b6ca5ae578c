// Every QUDT unit that the program can write is in QUDT's vocabulary of units, and has the factor that our table has.
//
// usage: node qudt.mjs      (npm install @qudtlib/allunits, which packs a release of QUDT)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.SAYSO_NODE_MODULES ?? process.cwd() + "/");
let Units;
try {
  ({ Units } = require("@qudtlib/allunits"));
} catch {
  console.log("skipped: @qudtlib/allunits is not installed");
  process.exit(0);
}
const known = new Map(Object.values(Units).map((unit) => [unit.iri.replace(/.*\//, ""), unit]));
const root = new URL("../../", import.meta.url);
const rows = (name) =>
  readFileSync(new URL(`src/lexicon/en/${name}`, root), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"));
const prefixes = { k: "Kilo", K: "Kilo", M: "Mega", G: "Giga", T: "Tera", P: "Peta", E: "Exa", h: "Hecto", c: "Centi", m: "Milli", "μ": "Micro", n: "Nano", p: "Pico" };

// Units whose factor differs by definition: bits as entropy, angles in radians, rotation in radians a second, charge in
// coulombs, torque in newton metres, points of percent; years and months are of several lengths.
const other = new Set(["BIT", "BYTE", "KiloBIT", "MegaBIT", "BIT-PER-SEC", "DEG", "ARCMIN", "ARCSEC", "REV-PER-MIN", "A-HR", "LB_F-FT", "PERCENT", "DeciB", "YR", "DECADE", "MO_MeanGREGORIAN"]);
let units = 0, wrong = [];
for (const [code, , qudt, , , factor, , , also] of rows("units.tsv")) {
  if (qudt === "-") continue;
  for (const prefix of ["", ...(also ?? "").split(",").filter(Boolean)]) {
    units += 1;
    const name = (prefix && prefixes[prefix]) + qudt;
    const unit = known.get(name);
    if (!unit) wrong.push(`${prefix}${code}: QUDT has no unit ${name}`);
    else if (unit.deprecated) wrong.push(`${prefix}${code}: ${name} is deprecated`);
    else if (!prefix && factor !== "-" && !other.has(name)) {
      const [top, bottom] = factor.split("/").map(Number);
      const ours = top / (bottom ?? 1), theirs = Number(String(unit.conversionMultiplier));
      if (Math.abs(ours / theirs - 1) > 1e-6) wrong.push(`${code}: ${ours} here, ${theirs} of ${name}`);
    }
  }
}
const source = readFileSync(new URL("src/graph/write/quantity.rs", root), "utf8");
const lacking = new Set(/NOT_IN_QUDT: .*?= &\[(.*?)\]/s.exec(source)[1].match(/[A-Z]{3}/g));
const codes = new Set(rows("currencies.tsv").map(([code]) => code));
for (const code of codes) {
  if (known.has(`CCY_${code}`) === lacking.has(code)) wrong.push(`${code}: CCY_${code} ${lacking.has(code) ? "is in QUDT after all" : "is not in QUDT"}`);
}
console.log("QUDT:", units, "units and", codes.size, "currencies,", wrong.length, "wrong");
wrong.forEach((line) => console.log("  " + line));
process.exit(wrong.length ? 1 : 0);
