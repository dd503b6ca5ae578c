#!/usr/bin/env python3
"""Compiles the shipped gazetteer from the source tables.

    python3 training/gazetteer.py TABLES

TABLES is a folder with `registry/` (tables derived from npm and PyPI packages) and `authored/news_core.tsv`.
Writes `src/lexicon/countries.tsv` and `src/lexicon/gazetteer.bin`; the same tables give the same bytes.
Sources and licences: `src/lexicon/GAZETTEER.md`. Python standard library only.
"""
import csv
import gzip
import math
import struct
import sys
import unicodedata
from pathlib import Path

KINDS = ["country", "region", "admin1", "admin2", "city", "person", "organisation", "armed_group", "military",
         "media", "facility", "place", "event", "product"]
STATUS = ["verified", "memory", "none", "registry"]

# Written for this project: names and adjectives that news uses and the tables lack or spell otherwise.
# iso2: (other names, adjectives, people)
AUTHORED = {
    "US": ("US|U.S.|USA|U.S.A.|America|United States of America", "American|US", "Americans"),
    "GB": ("UK|U.K.|Britain|Great Britain", "British", "Britons|Brits"),
    "AE": ("UAE|Emirates", "Emirati", "Emiratis"), "RU": ("Russian Federation", "Russian", "Russians"),
    "KP": ("DPRK|North Korea", "North Korean", "North Koreans"), "KR": ("South Korea", "South Korean", "South Koreans"),
    "CD": ("DR Congo|DRC|Congo-Kinshasa", "Congolese", ""), "CG": ("Congo|Congo-Brazzaville", "", ""),
    "PS": ("Palestine|Palestinian territories", "Palestinian", "Palestinians"), "CZ": ("Czech Republic", "Czech", "Czechs"),
    "MM": ("Burma", "Burmese", ""), "SZ": ("Swaziland", "Swazi", ""), "MK": ("Macedonia", "Macedonian", "Macedonians"),
    "NL": ("Netherlands|Holland", "Dutch", ""), "CN": ("People's Republic of China|PRC", "Chinese", ""),
    "TW": ("", "Taiwanese", ""), "VA": ("Holy See|Vatican City", "Vatican", ""), "BA": ("Bosnia", "Bosnian", "Bosnians"),
    "CI": ("Cote d'Ivoire", "Ivorian", "Ivorians"), "TL": ("East Timor|Timor-Leste", "East Timorese", ""),
    "CV": ("Cape Verde", "Cape Verdean", ""), "TR": ("Türkiye", "Turkish", "Turks"), "SY": ("Syrian Arab Republic", "Syrian", "Syrians"),
    "DK": ("", "Danish", "Danes"), "SE": ("", "Swedish", "Swedes"), "FI": ("", "Finnish", "Finns"), "PL": ("", "Polish", "Poles"),
    "ES": ("", "Spanish", "Spaniards"), "FR": ("", "French", ""), "IE": ("", "Irish", ""), "AF": ("", "Afghan", "Afghans"),
    "AR": ("", "Argentine|Argentinian", "Argentines"), "BW": ("", "Botswanan", ""), "YE": ("", "Yemeni", "Yemenis"),
    "UZ": ("", "Uzbek", "Uzbeks"), "KZ": ("", "Kazakh", "Kazakhs"), "TM": ("", "Turkmen", ""), "KG": ("", "Kyrgyz", ""),
    "SK": ("", "Slovak", "Slovaks"), "SI": ("", "Slovene|Slovenian", "Slovenes"), "NZ": ("", "New Zealand", "New Zealanders"),
    "HT": ("", "Haitian", "Haitians"), "IS": ("", "Icelandic", "Icelanders"), "EC": ("", "Ecuadorian", "Ecuadorians"),
    "DM": ("", "", ""), "DO": ("", "Dominican", "Dominicans"), "XK": ("", "Kosovan|Kosovar", "Kosovars"),
    "SS": ("", "South Sudanese", ""), "HK": ("", "", "Hongkongers"), "IQ": ("", "Iraqi", "Iraqis"), "IR": ("Islamic Republic of Iran", "Iranian", "Iranians"),
    "IL": ("", "Israeli", "Israelis"), "SA": ("KSA", "Saudi|Saudi Arabian", "Saudis"), "GR": ("", "Greek", "Greeks"),
    "LY": ("", "Libyan", "Libyans"), "MG": ("", "Malagasy", ""), "LU": ("", "Luxembourgish", "Luxembourgers"),
    "LS": ("", "Basotho", ""), "SM": ("", "Sammarinese", ""), "MC": ("", "Monegasque", ""), "MV": ("", "Maldivian", "Maldivians"),
    "NE": ("", "Nigerien", ""), "TT": ("Trinidad", "Trinidadian", ""), "WF": ("", "", ""), "PH": ("", "Philippine|Filipino", "Filipinos"),
    "IN": ("", "Indian", "Indians"), "ID": ("", "Indonesian", "Indonesians"), "VN": ("Viet Nam", "Vietnamese", ""), "RS": ("", "Serbian|Serb", "Serbs"),
    "HR": ("", "Croatian|Croat", "Croats"), "CH": ("", "Swiss", ""), "SV": ("", "Salvadoran|Salvadorean", "Salvadorans"), "GT": ("", "Guatemalan", "Guatemalans"),
    "DE": ("", "German", "Germans"), "JP": ("", "Japanese", ""), "CU": ("", "Cuban", "Cubans"), "SO": ("", "Somali", "Somalis"), "PK": ("", "Pakistani", "Pakistanis"),
    "LA": ("", "Lao|Laotian", "Laotians"), "BD": ("", "Bangladeshi", "Bangladeshis"), "CO": ("", "Colombian", "Colombians"),
}
# Cities whose Wikidata number was seen with its label in a source (notes on linking): GeoNames id -> number.
CITY_QIDS = {2988507: 90, 524901: 649, 4140963: 61, 170063: 41183, 172955: 283368}
# GeoNames numbers of continents and of the parts of the United Kingdom.
REGION_GEONAMES = {"Europe": 6255148, "Asia": 6255147, "Africa": 6255146, "North America": 6255149, "South America": 6255150, "Oceania": 6255151,
                   "England": 6269131, "Scotland": 2638360, "Wales": 2634895, "Northern Ireland": 2641364}
CAPITAL_EXTRA = {"IL": "Tel Aviv|Jerusalem", "KZ": "Astana|Nur-Sultan", "UA": "Kyiv|Kiev", "MM": "Naypyidaw", "US": "Washington|Washington, D.C."}
DROP_ALIASES = {"ps", "us virgin"}
SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ß": "ss", "œ": "oe", "ð": "d", "þ": "th",
                         "’": None, "‘": None, "'": None, "`": None, "´": None, "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None,
                         ".": None, "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " "})


def key(name):
    """The look-up form; `lexicon::gazetteer::key` does the same."""
    text = unicodedata.normalize("NFKD", name.lower())
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(SPECIAL)
    words = text.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def table(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def latin(text):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘'-" for c in text)


def number(qid):
    return int(qid[1:]) if qid and qid[0] == "Q" else 0


class Gazetteer:
    def __init__(self):
        self.records, self.names = [], {}

    def add(self, qid=0, geonames=0, label="", kind="place", iso="", description="", dbpedia="", prior=0, status="registry", names=()):
        at = len(self.records)
        self.records.append((qid, geonames, label, description, dbpedia, prior, KINDS.index(kind), STATUS.index(status), iso))
        for rank, group in enumerate(names):
            for name in group:
                k = key(name)
                if len(k) >= 2 and (latin(name)) and k not in DROP_ALIASES:
                    known = self.names.setdefault(k, {})
                    known[at] = min(rank, known.get(at, 9))
        return at

    def bytes(self):
        pool, places = bytearray(b"\0\0"), {"": 0}

        def put(text):
            if text not in places:
                raw = text.encode()
                places[text] = len(pool)
                pool.extend(struct.pack("<H", len(raw)) + raw)
            return places[text]

        rows = bytearray()
        for qid, geonames, label, description, dbpedia, prior, kind, status, iso in self.records:
            rows += struct.pack("<IIIIIHBB2sH", qid, geonames, put(label), put(description), put(dbpedia), min(prior, 65535), kind, status,
                                iso.encode().ljust(2, b"\0")[:2], 0)
        keys = sorted(self.names, key=lambda k: k.encode())
        blob, starts, refs_at, refs = bytearray(), [], [], []
        for k in keys:
            starts.append(len(blob))
            refs_at.append(len(refs))
            blob += k.encode()
            found = self.names[k]
            best = sorted(found, key=lambda r: (-(self.records[r][5] - 60 * found[r]), r))[:8]
            refs += [r << 2 | found[r] for r in best]
        starts.append(len(blob))
        refs_at.append(len(refs))
        while len(blob) % 4:
            blob.append(0)
        head = b"SAYSOGZ1" + struct.pack("<IIIII", len(self.records), len(keys), len(refs), len(blob), len(pool))
        numbers = b"".join(struct.pack("<%dI" % len(x), *x) for x in (starts, refs_at, refs))
        return head + bytes(rows) + numbers + bytes(blob) + bytes(pool)


def main(tables, out):
    countries = [r for r in table(tables / "registry/countries.tsv") if r["qid"]]
    gaz, lines, capitals, regions = Gazetteer(), [], {}, {}
    for r in countries:
        names, adjectives, people = AUTHORED.get(r["iso2"], ("", None, None))
        generic = r["demonyms_en"].strip()
        if adjectives is None:
            good = generic and "(" not in generic and "," not in generic and " or " not in generic and " and " not in generic
            good = good and generic not in (r["name"], r["official_name"]) and "Island" not in generic
            adjectives = generic.rstrip("s") if good else ""
            people = adjectives + "s" if adjectives[-2:] in ("an", "ni", "li", "ti", "si", "ch", "se") and adjectives[-2:] not in ("se", "ch") else ""
        stem = key(r["name"])[:4]
        aliases = [a for a in r["aliases"].split("|") if len(a) > 4 and key(a).startswith(stem) and "," not in a and latin(a)]
        aliases = sorted({a for a in aliases if key(a) != key(r["name"])})[:6]
        own = [n for n in names.split("|") if n]
        official = [r["official_name"]] if r["official_name"] else []
        dbpedia = r["dbpedia"].rsplit("/", 1)[-1]
        prior = 1000 + int(10 * math.log10(int(r["population"] or 1) + 1))
        small = int(r["population"] or 0) < 200_000
        gaz.add(number(r["qid"]), int(r["geonames_id"] or 0), r["name"], "country", r["iso2"], "country", dbpedia, prior - 400 * small, "registry",
                [[r["name"]] + own, official, aliases])
        capital = [c for c in CAPITAL_EXTRA.get(r["iso2"], r["capital"]).split("|") if c]
        for c in capital:
            capitals[key(c), r["iso2"]] = True
        lines.append([r["iso2"], r["qid"], r["geonames_id"], r["name"], ",".join(own), adjectives.replace("|", ","), people.replace("|", ","),
                      ",".join(c for c in capital if "," not in c)])
    for r in table(tables / "registry/territories_unions.tsv"):
        if r["level"] in ("", "subterritory", "sharedLandform", "subregion", "region", "union", "territory") and r["qid"]:
            aliases = [a for a in r["aliases"].split("|") if len(a) > 3 and "-" not in a]
            at = gaz.add(number(r["qid"]), REGION_GEONAMES.get(r["name"], 0), r["name"], "region", r["country"], "region", "", 700, "registry",
                         [[r["name"]], [a for a in aliases if not a.isupper()]])
            codes = {a for a in r["aliases"].split("|") if len(a) > 3 and a[2] == "-"}
            if "-" in r["iso2"]:
                codes.add(r["iso2"])
            for code in codes | {a for c in r.values() for a in c.split("|") if len(a) in (5, 6) and a[2] == "-"}:
                regions[code] = at
    core = list(table(tables / "authored/news_core.tsv"))
    for r in core:
        prior = {"person": 800, "event": 700, "place": 850}.get(r["type"], 850)
        label, aliases = [r["label"]], [a for a in r["aliases"].split("|") if a]
        # In the news the Pentagon speaks: the department is meant, not the building.
        if r["qid"] == "Q11208":
            label, aliases = ["Pentagon building"], []
        elif r["qid"] == "Q11209":
            aliases.append("Pentagon")
        gaz.add(number(r["qid"]), 0, r["label"], r["type"], r["iso2"], r["description"], "", prior, r["status"], [label, aliases])
    taken = set(gaz.names)
    for r in table(tables / "registry/subdivisions.tsv.gz"):
        county = r["admin_level"] == "2" and r["iso2"] == "US" and r["name"].endswith((" County", " Parish"))
        if county:
            gaz.add(0, int(r["geonames_id"] or 0), r["name"], "admin2", "US", r["geonames_code"].split(".")[1] if "." in r["geonames_code"] else "", "", 480,
                    "registry", [[r["name"]]])
        if r["admin_level"] != "1":
            continue
        if r["iso3166_2"] in regions:
            old = gaz.records[regions[r["iso3166_2"]]]
            gaz.records[regions[r["iso3166_2"]]] = (old[0], old[1] or int(r["geonames_id"] or 0)) + old[2:]
            continue
        aliases = [a for a in r["aliases"].split("|") if latin(a) and len(a) > 3]
        prior = 620 + (100 if r["iso2"] in ("US", "CA", "AU", "GB", "IN") else 0)
        gaz.add(0, int(r["geonames_id"] or 0), r["name"], "admin1", r["iso2"], r["type"].lower(), r["dbpedia"].rsplit("/", 1)[-1], prior, "registry",
                [[r["name"]] if latin(r["name"]) else [], aliases])
    for r in table(tables / "registry/cities500_latin.tsv.gz"):
        population = int(r["population"])
        if population < 15_000:
            continue
        capital = (key(r["name"]), r["iso2"]) in capitals
        aliases = [a for a in r["alt_names"].split("|") if population >= 100_000 and len(a) > 4 and a.isascii() and " City" not in a]
        aliases = [a for a in aliases if key(a) != key(r["name"])][: 12 if population > 500_000 else 5]
        prior = int(100 * math.log10(population)) + 150 * capital
        gaz.add(CITY_QIDS.get(int(r["geonames_id"]), 0), int(r["geonames_id"]), r["name"], "city", r["iso2"], r["admin1"], "", prior, "registry",
                [[r["name"]], aliases if not capital else aliases])
    for r in table(tables / "registry/organisations_nsi.tsv.gz"):
        k = key(r["label"])
        if int(r["n_items"]) < 4 or k in gaz.names or k in taken or not r["description"] or not latin(r["label"]) or len(k) < 3:
            continue
        if any(w in r["description"] for w in ("city", "town", "municipality", "country", "island", "state ", "village", "disambiguation")):
            continue
        gaz.add(number(r["qid"]), 0, r["label"], "organisation", "", r["description"][:60], "", 300 + 10 * int(r["n_items"]), "registry", [[r["label"]]])
    head = "# Countries and their adjectives, people and capitals. Made by training/gazetteer.py; sources in GAZETTEER.md.\n"
    head += "# iso2\twikidata\tgeonames\tname\tother names\tadjectives\tpeople\tcapitals\n"
    (out / "countries.tsv").write_text(head + "".join("\t".join(x) + "\n" for x in sorted(lines)), encoding="utf-8")
    data = gaz.bytes()
    (out / "gazetteer.bin").write_bytes(data)
    print(len(gaz.records), "things,", len(gaz.names), "names,", len(data), "bytes", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "src/lexicon")
