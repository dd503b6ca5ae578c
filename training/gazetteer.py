#!/usr/bin/env python3
"""Compiles the shipped gazetteer from the source tables.

    python3 training/gazetteer.py TABLES

TABLES is a folder with `registry/` (tables derived from npm and PyPI packages). What the news must know and the Wikidata numbers
of places stand in `training/gazetteer/` (`news_core.tsv.gz`, `place_ids.tsv.gz`), made by `training/core.py`.
Writes `src/lexicon/countries.tsv` and `src/lexicon/known/gazetteer.bin`; the same tables give the same bytes.
Sources and licences: `src/lexicon/known/GAZETTEER.md`. Python standard library only.
"""
import csv
import gzip
import math
import re
import struct
import sys
import unicodedata
import zlib
from collections import Counter
from pathlib import Path

# How many readings of a name are kept.
READINGS = 20
# Towns from this size on; in the countries whose papers write in English smaller ones, for their news is read most.
TOWNS, TOWNS_AT_HOME, HOME = 10_000, 3_000, {"US", "GB", "CA", "AU", "IE", "NZ"}
# How likely a thing of the news core is meant before looking, by its weight.
WEIGHTS = {"5": 850, "4": 760, "3": 650, "2": 520, "1": 380}
KINDS = ["country", "region", "admin1", "admin2", "city", "person", "organisation", "armed_group", "military",
         "media", "facility", "place", "event", "product", "group"]
STATUS = ["verified", "memory", "none", "registry", "listed"]

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
# country-coder numbers the realm; the news means the country.
COUNTRY_QIDS = {"NL": "Q55", "DK": "Q35"}
# Cities that go by the name of their state.
CITY_ALSO = {5128581: "New York"}
# GeoNames numbers of continents and of the parts of the United Kingdom.
REGION_GEONAMES = {"Europe": 6255148, "Asia": 6255147, "Africa": 6255146, "North America": 6255149, "South America": 6255150, "Oceania": 6255151,
                   "England": 6269131, "Scotland": 2638360, "Wales": 2634895, "Northern Ireland": 2641364}
CAPITAL_EXTRA = {"IL": "Tel Aviv|Jerusalem", "KZ": "Astana|Nur-Sultan", "UA": "Kyiv|Kiev", "MM": "Naypyidaw", "US": "Washington|Washington, D.C."}
# Words that name bodies of any country; a name made of them alone names none of them.
BODY_WORDS = set("""congress senate parliament house houses representatives commons lords assembly national supreme court high constitutional department ministry of for and the
foreign affairs defence defense justice treasury finance interior state home office bank central reserve federal party labour labor democratic democrats republican republicans
conservative conservatives liberal liberals socialist communist social people workers green greens movement union army navy air force guard coast border police patrol secret service
services council election electoral commission committee agency authority bureau intelligence security investigative transportation education energy commerce agriculture
homeland veterans staff chiefs joint marine corps government general democracy freedom justice and new peoples liberation front popular progressive reform alliance coalition
independence independent unity revolutionary action daily news times post herald tribune star journal gazette sun press standard observer chronicle courier record sentinel
leader advocate dispatch examiner mirror mail express telegraph weekly sunday morning evening today world local city county valley review register reporter republic democrat enterprise
banner argus bulletin beacon call citizen eagle globe guardian independent inquirer ledger mercury messenger monitor nation pilot progress progressive reporter spectator transcript tribune union voice""".split())
# Names made of such words, or words themselves, of which the world has one.
ONE_ONLY = set("""federal reserve|security council|world bank|central intelligence agency|national security agency|federal security service|foreign intelligence service|
secret intelligence service|peoples liberation army|national peoples congress|peoples daily|homeland security|department of homeland security|revolutionary guard|
daily mail|daily mirror|daily express|daily telegraph|sunday times|sunday telegraph|news of the world|national post|star tribune|globe and mail|mail on sunday|evening standard|
democratic national committee|republican national committee|social democratic party of germany|home office|foreign office|state department|secret service|marine corps|border patrol|joint chiefs of staff|state council|house of lords|
google|twitter|facebook|kremlin|pentagon|taliban|hamas|hezbollah|houthi|houthis|youtube|microsoft|samsung|toyota|boeing|airbus|reuters|xinhua|interfax|daesh|
obama|putin|merkel|netanyahu|trump|biden|blair|assad|erdogan|sarkozy|macron|khamenei|gaddafi|qaddafi|mubarak|arafat|mandela|musk|
wikipedia|instagram|netflix|tiktok|volkswagen|siemens|gazprom|knesset|bundestag|mossad|interpol|europol|nasdaq|nasa|nato|unicef|unesco|opec|fatah|likud|duma|
scotland yard|fbi|cia|greenpeace|amnesty|oxfam|walmart|starbucks|ikea|nokia|toshiba|exxon|chevron|pfizer|enron|huawei|uber|mafia|clinton|reagan|thatcher|nixon""".replace("\n", "").split("|"))
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


def short(name):
    """The look-up form with the short words of towns."""
    return key(name).replace("saint ", "st ").replace("fort ", "ft ").replace("mount ", "mt ")


def table(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def latin(text):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘'-" for c in text)


def number(qid):
    return int(qid[1:]) if qid and qid[0] == "Q" else 0


def words():
    """Lower-case words of English: nouns and verbs of WordNet, and given names."""
    lexicon = Path(__file__).resolve().parent.parent / "src/lexicon"
    net = zlib.decompress((lexicon / "known/wordnet.bin").read_bytes()).decode()
    found = {line.split("\t")[1] for line in net.splitlines() if line[:2] in ("N\t", "V\t")}
    given = (lexicon / "given_names.tsv").read_text(encoding="utf-8")
    return found, {line.split("\t")[0] for line in given.splitlines() if not line.startswith("#")}


NOUNS, GIVEN = set(), set()


def is_vague(name, kind):
    """A word ("Target", "Time"), a given name ("Jordan"), or what many countries call a body of theirs ("Supreme Court")."""
    parts = key(name).split()
    if name.isupper() and len(name) > 1:
        return len(name) < 3 and kind not in ("organisation", "media", "armed_group")
    if kind in ("organisation", "media", "military", "armed_group") and all(p in BODY_WORDS for p in parts):
        return key(name) not in ONE_ONLY
    if len(parts) > 1 or kind in ("place", "event"):
        return False
    return parts[0] not in ONE_ONLY and (parts[0] in NOUNS or parts[0] in GIVEN or len(parts[0]) < 3)


class Gazetteer:
    def __init__(self):
        self.records, self.names = [], {}

    def add(self, qid=0, geonames=0, label="", kind="place", iso="", description="", dbpedia="", prior=0, status="registry", names=(), point=None):
        at = len(self.records)
        self.records.append((qid, geonames, label, description, dbpedia, prior, KINDS.index(kind), STATUS.index(status), iso, point))
        for rank, group in enumerate(names):
            self.name(at, rank, group)
        return at

    def name(self, at, rank, group):
        for name in group:
            k = key(name)
            if len(k) >= 2 and latin(name) and k not in DROP_ALIASES:
                known = self.names.setdefault(k, {})
                known[at] = min(rank, known.get(at, 9))

    def bytes(self):
        pool, places = bytearray(b"\0\0"), {"": 0}

        def put(text):
            if text not in places:
                raw = text.encode()
                places[text] = len(pool)
                pool.extend(struct.pack("<H", len(raw)) + raw)
            return places[text]

        rows = bytearray()
        for qid, geonames, label, description, dbpedia, prior, kind, status, iso, point in self.records:
            rows += struct.pack("<IIIIIHBB2sHii", qid, geonames, put(label), put(description), put(dbpedia), min(prior, 65535), kind, status,
                                iso.encode().ljust(2, b"\0")[:2], point is not None, *(round(1e5 * c) for c in point or (0, 0)))
        keys = sorted(self.names, key=lambda k: k.encode())
        blob, starts, refs_at, refs = bytearray(), [], [], []
        for k in keys:
            starts.append(len(blob))
            refs_at.append(len(refs))
            blob += k.encode()
            found = self.names[k]
            best = sorted(found, key=lambda r: (-(self.records[r][5] - 60 * found[r]), r))[:READINGS]
            refs += [r << 2 | found[r] for r in best]
        starts.append(len(blob))
        refs_at.append(len(refs))
        while len(blob) % 4:
            blob.append(0)
        head = b"SAYSOGZ2" + struct.pack("<IIIII", len(self.records), len(keys), len(refs), len(blob), len(pool))
        numbers = b"".join(struct.pack("<%dI" % len(x), *x) for x in (starts, refs_at, refs))
        return head + bytes(rows) + numbers + bytes(blob) + bytes(pool)


def main(tables, out):
    nouns, given = words()
    NOUNS.update(nouns)
    GIVEN.update(given)
    countries = [r for r in table(tables / "registry/countries.tsv") if r["qid"]]
    gaz, lines, capitals, regions = Gazetteer(), [], {}, {}
    for r in countries:
        r["qid"] = COUNTRY_QIDS.get(r["iso2"], r["qid"])
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
    here = Path(__file__).resolve().parent / "gazetteer"
    ids = {int(r["geonames_id"]): number(r["qid"]) for r in table(here / "place_ids.tsv.gz")}
    for r in table(here / "wide_places.tsv.gz"):
        ids.setdefault(int(r["geonames_id"]), number(r["qid"]))
    core = list(table(here / "news_core.tsv.gz"))
    # Rows chosen by hand whose number only the wide tables have; then what is in the wide tables alone.
    later = {(r["label"], r["iso2"]): r for r in table(here / "core_ids.tsv")}
    for r in core:
        found = later.get((r["label"], r["iso2"]))
        if found and not r["qid"]:
            r.update(qid=found["qid"], status="verified", evidence=found["evidence"])
    numbered_core = {r["qid"] for r in core if r["qid"]}
    surnames_of = list(core)
    core += [r for r in table(here / "wide.tsv.gz") if r["qid"] not in numbered_core]
    # A place of the core that has a row of its own in the tables of places gives it its names.
    placed, extra = {record[0]: at for at, record in enumerate(gaz.records) if record[0]}, {}
    numbered, by_label = set(ids.values()), {}
    borne = Counter(w for r in surnames_of if r["type"] == "person" for w in {key(r["label"]).split()[0], key(r["label"]).split()[-1]})
    for r in core:
        label, aliases = [r["label"]], [a for a in r["aliases"].split("|") if a]
        if r["type"] == "place" and not r["qid"]:
            by_label[key(r["label"])] = [a for a in r["aliases"].split("|") if a]
        if r["type"] in ("place", "region") and r["qid"]:
            if number(r["qid"]) in placed:
                gaz.name(placed[number(r["qid"])], 1, [r["label"]] + [a for a in r["aliases"].split("|") if a])
                continue
            if number(r["qid"]) in numbered:
                extra[number(r["qid"])] = [r["label"]] + [a for a in r["aliases"].split("|") if a]
                continue
        # In the news the Pentagon speaks: the department is meant, not the building.
        if r["qid"] == "Q11208":
            label, aliases = ["Pentagon building"], []
        # A name that is a word, a given name or what many countries call a body is known only beside something that fits.
        names = [[], [], []]
        for rank, group in ((0, label), (1, aliases)):
            for name in group:
                marked = name.startswith("~")
                # "Air Force", as a table calls an academy.
                if rank and not marked and re.search("academy|college|university|school", r["description"]) and all(p in BODY_WORDS for p in key(name).split()) and key(name) not in ONE_ONLY:
                    continue
                vague = marked or is_vague(name, r["type"]) or r["type"] == "person" and " " not in name and borne[key(name).split()[-1]] > 4
                names[2 if vague else rank].append(name.lstrip("~"))
        prior = WEIGHTS[r["weight"]] - (150 if r["type"] == "event" and r["weight"] == "5" else 0)
        gaz.add(number(r["qid"]), 0, r["label"], r["type"], r["iso2"], r["description"], "", prior,
                "listed" if r["weight"] < "5" and r["status"] == "verified" else r["status"], names)
    taken = set(gaz.names)
    for r in table(tables / "registry/subdivisions.tsv.gz"):
        county = r["admin_level"] == "2" and r["iso2"] == "US" and r["name"].endswith((" County", " Parish"))
        if county:
            gaz.add(ids.get(int(r["geonames_id"] or 0), 0), int(r["geonames_id"] or 0), r["name"], "admin2", "US", r["geonames_code"].split(".")[1] if "." in r["geonames_code"] else "", "", 480,
                    "registry", [[r["name"]]])
        if r["admin_level"] != "1":
            continue
        if r["iso3166_2"] in regions:
            old = gaz.records[regions[r["iso3166_2"]]]
            gaz.records[regions[r["iso3166_2"]]] = (old[0] or ids.get(int(r["geonames_id"] or 0), 0), old[1] or int(r["geonames_id"] or 0)) + old[2:]
            continue
        aliases = [a for a in r["aliases"].split("|") if latin(a) and len(a) > 3]
        prior = 620 + (100 if r["iso2"] in ("US", "CA", "AU", "GB", "IN") else 0)
        gaz.add(ids.get(int(r["geonames_id"] or 0), 0), int(r["geonames_id"] or 0), r["name"], "admin1", r["iso2"], r["type"].lower(), r["dbpedia"].rsplit("/", 1)[-1], prior, "registry",
                [[r["name"]] if latin(r["name"]) else [], aliases + extra.get(ids.get(int(r["geonames_id"] or 0), 0), []) 
                                                                     + [n for a in [r["name"]] + aliases for n in by_label.get(key(a), [])]])
    for r in table(tables / "registry/cities500_latin.tsv.gz"):
        population = int(r["population"])
        if population < (TOWNS_AT_HOME if r["iso2"] in HOME else TOWNS):
            continue
        capital = (key(r["name"]), r["iso2"]) in capitals
        aliases = [a for a in r["alt_names"].split("|") if population >= 100_000 and len(a) > 4 and a.isascii() and " City" not in a]
        # What a town of an English-speaking country was called long ago, or is called in jest, is now something else: Atlanta's Whitehall.
        if r["iso2"] in HOME:
            aliases = [a for a in aliases if short(a)[:3] == short(r["name"])[:3] or short(r["name"]) in short(a)]
        aliases = [a for a in aliases if key(a) != key(r["name"])][: 12 if population > 500_000 else 5]
        prior = int(100 * math.log10(population)) + 150 * capital
        gaz.add(ids.get(int(r["geonames_id"]), 0), int(r["geonames_id"]), r["name"], "city", r["iso2"], r["admin1"], "", prior, "registry",
                [[r["name"]] + [n for n in [CITY_ALSO.get(int(r["geonames_id"]))] if n], aliases + extra.get(ids.get(int(r["geonames_id"]), 0), [])], (float(r["lat"]), float(r["lon"])))
    numbers = {row[1] for row in gaz.records if row[1]}
    for r in table(here / "airports.tsv.gz"):
        if int(r["geonames_id"]) in numbers:
            continue
        aliases = [a for a in r["aliases"].split("|") if a]
        # An airport that the core has gets its number and its spot.
        known = [at for n in [r["name"]] + aliases for at in gaz.names.get(key(n.lstrip("~")), ())
                 if KINDS[gaz.records[at][6]] in ("place", "facility") and not gaz.records[at][1] and gaz.records[at][8] in ("", r["iso2"])]
        if known:
            old = gaz.records[known[0]]
            gaz.records[known[0]] = (old[0], int(r["geonames_id"])) + old[2:9] + ((float(r["lat"]), float(r["lon"])),)
            gaz.name(known[0], 1, [r["name"]] + [a for a in aliases if a[0] != "~"])
            gaz.name(known[0], 2, [a[1:] for a in aliases if a[0] == "~"])
            continue
        gaz.add(0, int(r["geonames_id"]), r["name"], "facility", r["iso2"], "airport", "", 440 + int(200 * float(r["weight"])), "registry",
                [[r["name"]], [a for a in aliases if a[0] != "~"], [a[1:] for a in aliases if a[0] == "~"]], (float(r["lat"]), float(r["lon"])))
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
    (out / "known/gazetteer.bin").write_bytes(data)
    print(len(gaz.records), "things,", len(gaz.names), "names,", len(data), "bytes", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "src/lexicon")
