#!/usr/bin/env python3
"""Makes `training/gazetteer/wide.tsv.gz` and `training/gazetteer/core_ids.tsv`: what public tables know beside the offices of `core.py`.

    python3 training/wide.py TABLES CLONES

TABLES and CLONES are the folders that `training/core.py` takes; of CLONES only these are needed:

    ror-community/ror-records       organisations with Wikidata numbers, of all release folders the newest of each (CC0)
    tom-james-watson/wikitrivia     content/queries/*/rows.json: media, sites, firms, clubs, wars … queried from Wikidata by class (MIT; CC0)
    septette/wikitrivia             public/items.json: ten thousand cards of the most read articles, with class and occupations (MIT; CC0)
    EdwardTheLegend/wikitrivia-data split-items/*.json: places with Wikidata numbers and the state they lie in (no licence of its own; Wikidata CC0)
    chadwickbureau/register         baseball players with Wikidata numbers (data/people-*.csv), Open Data Commons Attribution
    TABLES/registry/organisations_nsi.tsv.gz  police, fire brigades, agencies and councils (npm name-suggestion-index, BSD-3-Clause; CC0)
    villmow/datasets_knowledge_embedding  programmes, prizes and groups of people of FB15k (MIT; CC0)

`wide.tsv.gz` has the columns of `news_core.tsv.gz`. `core_ids.tsv` gives rows of the news core that had no number the one that a table here has
under the same name and class. Nobody is taken because a text names him: the tables are taken whole, by class, by how much is read about him,
by country. Names that say too little (one common word, letters that many bodies share, what every country calls a body of its own) are left out.
Same tables, same bytes. Python standard library only.
"""
import csv
import gzip
import io
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from core import COLUMNS, SAYS, SAYS_NOT, Seen, bytes_of, country_names, git_show, plain
from gazetteer import BODY_WORDS, HOME, ONE_ONLY, key, latin, table, words

HERE = Path(__file__).resolve().parent
QID = re.compile(r"Q\d+")
# Who is read about so often (visits of the English article a month) is meant by his full name; of others more must be said.
READ_ABOUT = 60_000
# So many people of one surname, and so many of one given name, in the tables: the two together are many people's name.
MANY_SURNAMES, MANY_GIVEN = 12, 60
# A query's rows down to so many editions of Wikipedia.
EDITIONS = 15

# Words of which names of bodies are made anywhere.
GENERIC = BODY_WORDS | set("""university college institute institutes institution school academy faculty hospital hospitals clinic clinics medical medicine center centre
health healthcare care foundation trust fund society association research science sciences technology technological polytechnic studies study library museum archive archives art arts
laboratory laboratories program programme project network group company corporation systems solutions environment environmental forestry fisheries water food drug public private
memorial regional provincial municipal metropolitan community childrens children womens women st saint marys mary josephs joseph johns john lukes luke trinity christ mercy holy
cross cancer heart eye mental nursing teachers training management business law economics engineering industry industrial development planning statistics culture tourism sports youth
family human rights social work international global district royal applied advanced natural history nature teaching clinical energy space marine geological survey meteorological
transport rural urban resources safety standards protection conservation innovation higher vocational technical open free methodist baptist lutheran presbyterian good samaritan our lady""".split())

# What a list of Wikitrivia holds: the kind of its rows, what they are said to be, and how likely they are meant.
LISTS = {
    "websites-launch-year": ("media", "website", "3"), "online-communities-launch-year": ("media", "website", "3"),
    "social-networking-services-launch-year": ("media", "social networking service", "3"), "tv-channels-launch-year": ("media", "television channel", "3"),
    "newspapers-launch-year": ("media", "newspaper", "3"), "radio-stations-launch-year": ("media", "radio station", "3"),
    "podcasts-start-year": ("media", "podcast", "3"), "tv-shows-first-air-year": ("media", "television series", "3"), "radio-programs-start-year": ("media", "radio program", "3"),
    "airlines-founding-year": ("organisation", "airline", "3"), "brands-and-companies-founding-year": ("organisation", "company", "3"),
    "restaurant-chains-founding-year": ("organisation", "restaurant chain", "3"), "football-clubs-founding-year": ("organisation", "football club", "3"),
    "rugby-clubs-founding-year": ("organisation", "rugby club", "3"), "f1-teams-founding-year": ("organisation", "motor racing team", "3"),
    "nobel-laureates-award-year": ("person", "", "3"), "wars-start-year": ("event", "war", "4"), "massacres-year": ("event", "massacre", "4"), "coups-year": ("event", "coup", "4"),
    "protests-riots-and-uprisings-year": ("event", "protest", "4"), "revolutions-start-year": ("event", "revolution", "4"), "disease-outbreaks-start-year": ("event", "epidemic", "4"),
    "museums-and-historic-sites-founding-year": ("facility", "museum", "3"), "historic-landmarks-completion-year": ("facility", "landmark", "3"),
    "notable-buildings-and-structures-completion-year": ("facility", "building", "3"), "bridges-towers-and-skyscrapers-completion-year": ("facility", "tower or bridge", "3"),
}
# What a card says that it is an instance of.
BODY = re.compile(r"\b(business|company|enterprise|corporation|concern|manufacturer|conglomerate|musical group|rock (group|band)|boy band|girl group|musical duo|organi[sz]ation|university|college|"
                  r"bank|airline|website|social networking service|online video platform|messaging client|agency|political party|party committee|league|football club|basketball team|hockey team|"
                  r"baseball team|football team|record label|developer|publisher|production company|studio|parliament|legislature|supreme court|court|think tank|trade association|trade union|union|"
                  r"committee|church|denomination|political movement|social movement|police|law enforcement|museum|retail chain|chain store|supermarket chain|airline|space agency|advocacy group|foundation|charity)\b", re.I)
MEDIA = re.compile(r"\b(newspaper|magazine|television (station|channel|network)|specialty channel|broadcaster|news (agency|website|desk)|radio station|cable news|tabloid|periodical)\b", re.I)
SHOW = re.compile(r"\b(television (series|program|programme|show)|talk show|news (program|show)|reality (television|show)|game show|sitcom|podcast)\b", re.I)
EVENT = re.compile(r"\b(war|conflict|massacre|revolution|pandemic|epidemic|terrorist attack|mass shooting|disaster|hurricane|scandal|referendum|protest|coup|genocide|treaty|sporting event|award|music festival|film festival)\b", re.I)
FORCES = re.compile(r"\b(armed forces|air force|navy|army|military branch|marines)\b", re.I)
GROUPS = re.compile(r"\b(militant|terrorist organization|terrorist group|guerrilla|paramilitary|insurgent|cartel|criminal organization|armed organization|militia)\b", re.I)
PAST = re.compile(r"\b(historical|former|dynasty|noble|fictional|mythological|brand|model|series|franchise|film|game|genre|song|album|novel|family|ancient|kingdom|empire|legion)\b", re.I)


# What bodies of states and towns call themselves.
OFFICIAL = re.compile(r"\b(Police|Sheriff|Fire|Department|Bureau|Authority|Commission|Administration|Agency|Ministry|Council|Guard|Corrections|Prisons|Service|Board|Office|NHS)\b")
# What a description says of a region, and of a people.
REGION = re.compile(r"([\w,'-]+ ){0,5}(region|portion|area|peninsula|valley|neighbou?rhood|borough|island|archipelago|mountains?|range|river|lake|sea|gulf|bay|strait|canal|desert|subcontinent|"
                    r"district|street|square|park|building|stadium|arena|airport|bridge|prison|theat(re|er)|hotel|castle|palace|museum)\b", re.I)
PEOPLE = re.compile(r"\bethnic group\b|\bethnoreligious\b|^adherents? of|people (native to|from|of or descended)|^nationality$|^citizens or native|ethnic inhabitants|racial or ethnic|^original inhabitants|"
                    r"US citizens of|of \w+ ancestry|^pre-Columbian inhabitants|^people of the United States", re.I)
NO_REGION = re.compile(r"\b(film|album|song|novel|series|company|team|war|wars|former|kingdom|language|actress|actor|migration|cemetery|position|person|player|lyricist|"
                       r"movie|biographic|empire|rule|hegemony|football)\b", re.I)


def group_names(names, adjectives):
    """'Tamil people' are Tamils and Tamil; an adjective of a country is the country's."""
    of_countries = {key(w) for words_of in adjectives.values() for w in words_of}
    found = []
    for name in names:
        short = re.sub(r" people$", "", name)
        forms = (name, short, short.rstrip("s"), short if short.endswith(("s", "ese", "sh", "ch", "i")) else short + "s") if name == names[0] else (name, short)
        for form in forms:
            # "Pole", "Turkey": a word, or an adjective that is the country's.
            if latin(form) and re.fullmatch(r"[A-Z][\w-]{3,}( [A-Z][\w-]+)?", form) and (key(form) not in of_countries and form not in ("Pole", "Negroes") or form == names[0]):
                found.append(form)
    return found


class Taken:
    """Words that are something else: nouns, given names, towns, surnames."""

    def __init__(self, tables, people):
        self.nouns, self.given = words()
        self.towns = {key(r["name"]) for r in table(tables / "registry/cities500_latin.tsv.gz") if int(r["population"]) > 5_000}
        self.states = {key(r["name"]) for r in table(tables / "registry/subdivisions.tsv.gz") if r["admin_level"] == "1"}
        self.surnames, self.firsts = Counter(), Counter()
        for name in people:
            parts = key(name).split()
            if len(parts) > 1:
                self.surnames[parts[-1]] += 1
                self.firsts[parts[0]] += 1

    def is_word(self, name):
        """One word that says too little."""
        k = key(name)
        return " " not in k and k not in ONE_ONLY and (
            len(k) < 4 or k in self.nouns or k.rstrip("s") in self.nouns or k in self.given or k in self.towns or k in self.states or k in self.surnames)

    def is_common(self, name):
        """"Chris Evans": a name of many people."""
        parts = key(name).split()
        return len(parts) == 2 and self.surnames[parts[1]] >= MANY_SURNAMES and (self.firsts[parts[0]] >= MANY_GIVEN or parts[0] in self.given)

    def is_place(self, name):
        return key(name) in self.towns or key(name) in self.states


def bare(label):
    """'Marty Walsh (politician)' is Marty Walsh."""
    return re.sub(r"\s+", " ", re.sub(r" \([^)]*\)$", "", label)).strip()


def good(label):
    return bool(label) and latin(label) and len(label) < 70 and not re.search(r"[\t|;:\"=]|^Q\d+$", label) and label[0].isupper() or bool(re.match(r"[a-z0-9]+[A-Z]", label)) and latin(label)


def specific(name):
    """How many words of a name are not of those that bodies anywhere are made of."""
    return sum(w not in GENERIC for w in key(name).split())


def cards(clones):
    for line in git_show(clones / "septette+wikitrivia", "public/items.json").splitlines():
        if line.strip():
            yield json.loads(line)


def lists(clones):
    repo = clones / "tom-james-watson+wikitrivia"
    for name in sorted(LISTS):
        for row in json.loads(git_show(repo, f"content/queries/{name}/rows.json") or "[]"):
            qid = (row.get("item") or "").rsplit("/", 1)[-1]
            if QID.fullmatch(qid) and row.get("itemLabel"):
                yield name, qid, bare(row["itemLabel"]), int(row.get("sitelinks") or 0), row


def newest(clones):
    """The newest record of each organisation of the registry."""
    for at in (clones / "ror-community+ror-records/repo/.git", clones / "ror-community+ror-records/repo", clones / "ror-community+ror-records/.git"):
        if (at / "HEAD").exists():
            break
    listed = subprocess.run(["git", f"--git-dir={at}", "ls-tree", "-r", "HEAD"], capture_output=True, text=True, check=True).stdout
    best = {}
    for line in listed.splitlines():
        meta, path = line.split("\t")
        found = re.match(r"v(\d+)\.(\d+)(?:\.(\d+))?/(?:.*/)?(\w+)\.json$", path)
        if found:
            version = tuple(int(n or 0) for n in found.groups()[:3])
            if found[4] not in best or best[found[4]][0] < version:
                best[found[4]] = (version, meta.split()[2])
    blobs = [best[name][1] for name in sorted(best)]
    packed = subprocess.run(["git", f"--git-dir={at}", "cat-file", "--batch"], input="\n".join(blobs).encode() + b"\n", capture_output=True, check=True).stdout
    start = 0
    while start < len(packed):
        end = packed.index(b"\n", start)
        head = packed[start:end].split()
        if head[1] != b"blob":
            start = end + 1
            continue
        size = int(head[2])
        yield json.loads(packed[end + 1:end + 1 + size])
        start = end + 1 + size + 1


SAID = {"government": "government agency", "nonprofit": "nonprofit organization", "company": "company", "healthcare": "hospital", "education": "university", "archive": "museum or archive",
        "other": "organization", "facility": "research institute"}


def registry(clones):
    """Organisations: id, number, label, other names, letters, country, types."""
    for r in newest(clones):
        if r.get("status") != "active":
            continue
        ids = r.get("external_ids") or []
        found = [ids["Wikidata"]] if isinstance(ids, dict) and "Wikidata" in ids else [] if isinstance(ids, dict) else [i for i in ids if i["type"] == "wikidata"]
        qid = (found[0].get("preferred") or (found[0].get("all") or [""])[0]) if found else ""
        types = [t.lower() for t in r["types"] if t.lower() != "funder"]
        if "names" in r:
            country = r["locations"][0]["geonames_details"].get("country_code") or "" if r["locations"] else ""
            shown = [n["value"] for n in r["names"] if "label" in n["types"] and n.get("lang") == "en"] or [n["value"] for n in r["names"] if "ror_display" in n["types"] and n.get("lang") in ("en", None)]
            others = [n["value"] for n in r["names"] if {"label", "alias"} & set(n["types"]) and n.get("lang") in ("en", None)]
            letters = [n["value"] for n in r["names"] if "acronym" in n["types"]]
        else:
            country = (r.get("country") or {}).get("country_code") or ""
            shown, others, letters = [r["name"]], r["aliases"] + [x["label"] for x in r["labels"] if x["iso639"] == "en"], r["acronyms"]
        if shown:
            yield r["id"], qid if QID.fullmatch(qid or "") else "", bare(shown[0]), [bare(o) for o in others if bare(o) != bare(shown[0])], letters, country, types


def players(clones):
    """Baseball: number, name, what he was, in which years."""
    for part in "0123456789abcdef":
        for r in csv.DictReader(io.StringIO(git_show(clones / "chadwickbureau+register", f"data/people-{part}.csv"))):
            if not QID.fullmatch(r["key_wikidata"] or "") or not r["name_first"] or not r["name_last"]:
                continue
            spans = []
            for what, first, last in (("player", "mlb_played_first", "mlb_played_last"), ("manager", "mlb_managed_first", "mlb_managed_last")):
                if r[last] and int(r[last]) >= 1985:
                    spans.append(f"baseball {what} {r[first]}..{r[last] if int(r[last]) < 2025 else ''}")
            if spans:
                yield r["key_wikidata"], f"{r['name_first']} {r['name_last']}", "; ".join(spans)


TOWN = re.compile(r"\b(city|town|village|borough|big city|municipality|census-designated place|locality|suburb|human settlement|county seat|port)\b", re.I)


def places(tables, clones):
    """Numbers of Wikidata for places of GeoNames: the same name in the same state of the United States, or the one town of that name of a country."""
    states = {}
    for r in table(tables / "registry/subdivisions.tsv.gz"):
        if r["iso2"] == "US" and r["admin_level"] == "1":
            states[key(r["name"])] = r["iso3166_2"][-2:]
    counties, towns = defaultdict(list), defaultdict(list)
    for r in table(tables / "registry/subdivisions.tsv.gz"):
        if r["iso2"] == "US" and r["admin_level"] == "2" and "." in r["geonames_code"]:
            counties[key(r["name"]), r["geonames_code"].split(".")[1]].append(int(r["geonames_id"]))
    for r in table(tables / "registry/cities500_latin.tsv.gz"):
        at = r["admin1"] if r["iso2"] == "US" else ""
        towns[key(r["name"]), r["iso2"], at].append((int(r["population"]), int(r["geonames_id"])))
    countries, _ = country_names(tables)
    countries.update({"england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB"})
    found, claims = {}, defaultdict(set)
    for part in range(5):
        for item in json.loads("[" + ",".join(git_show(clones / "EdwardTheLegend+wikitrivia-data", f"split-items/items{part}.json").splitlines()) + "]"):
            label, title, of, says = bare(item["label"]), item.get("wikipedia_title") or "", ", ".join(item.get("instance_of") or []), item.get("description") or ""
            state = states.get(key(title.rsplit(", ", 1)[1])) if ", " in title else None
            if state and re.search(r"\bcounty of\b|\bparish of Louisiana\b", of):
                for number in counties.get((key(label), state), ()):
                    claims[number].add(item["id"])
                continue
            if not TOWN.search(of) or re.search(r"township|district|former|ghost town", of):
                continue
            last = key(says.split(" (")[0].split(", ")[-1])
            iso = "US" if state else countries.get(last, "")
            if not iso or iso == "US" and not state:
                continue
            near = towns.get((key(label), iso, state or ""), [])
            people = item.get("population") or 0
            near = sorted(near, reverse=True)
            if near and (state or len(near) == 1 or near[0][0] > 5 * near[1][0]):
                population, number = near[0]
                if people and 0.4 < (population + 1) / (people + 1) < 2.5:
                    claims[number].add(item["id"])
    # Of what is said of most, a town without its size: it must be by far the greatest of its name.
    for e in json.loads(git_show(clones / "villmow+datasets_knowledge_embedding", "FB15K/entity2wikidata.json")).values():
        label, says = bare((e.get("label") or "").strip()), (e.get("description") or "").strip()
        iso = countries.get(key(re.sub(r" \(.*", "", says).split(", ")[-1].split(" in ")[-1]), "")
        near = sorted(towns.get((key(label), iso, ""), []), reverse=True)
        if iso and iso != "US" and re.match(r"([\w-]+ ){0,2}(city|town)\b", says, re.I) and near and near[0][0] > 20_000 and (len(near) == 1 or near[0][0] > 10 * near[1][0]):
            claims[near[0][1]].add(e.get("wikidata_id") or "")
    for number, qids in claims.items():
        if len(qids) == 1:
            found[number] = min(qids)
    # A number that two places would get is neither's.
    times = Counter(found.values())
    return {number: qid for number, qid in found.items() if times[qid] == 1}


def main(tables, clones):
    countries, adjectives = country_names(tables)
    of_country = [(i, re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")) for i, names in sorted(adjectives.items()) if names]

    def country(says):
        found = [(m.start(), i) for i, names in of_country for m in [names.search(says)] if m]
        return min(found)[1] if found else ""

    core = list(table(HERE / "gazetteer/news_core.tsv.gz"))
    orgs, all_cards, all_lists, sport = list(registry(clones)), list(cards(clones)), list(lists(clones)), list(players(clones))
    humans = [c for c in all_cards if "human" in (c["instance_of"] or [])]
    taken_words = Taken(tables, [r["label"] for r in core if r["type"] == "person"] + [bare(c["label"]) for c in humans] + [name for _, name, _ in sport])
    freebase = json.loads(git_show(clones / "villmow+datasets_knowledge_embedding", "FB15K/entity2wikidata.json")).values()

    # The numbers of what the news core has by name alone.
    seen = Seen()
    borne = Counter(key(n) for _, _, label, others, _, _, _ in orgs for n in {label, *others})
    for _, qid, label, others, _, iso, types in orgs:
        if qid and types:
            for at, name in enumerate([label] + others):
                if borne[key(name)] == 1:
                    seen.add(qid, label if at == 0 else name, [], " ".join(SAID.get(t, t) for t in types), "ror", iso)
    for c in all_cards:
        seen.add(c["id"], bare(c["label"]), [], (c["description"] or "") + " ; " + ", ".join((c["instance_of"] or []) + (c["occupations"] or [])), "cards")
    for name, qid, label, links, row in all_lists:
        seen.add(qid, label, [], LISTS[name][1] or "person scientist writer politician", "lists")
    numbers, numbered = [], {r["qid"] for r in core if r["qid"]}
    public = dict(reversed(line.split("\t")) for line in (HERE / "gazetteer/seen.tsv").read_text(encoding="utf-8").splitlines() if line[:1] == "Q")
    for r in core:
        if r["qid"]:
            continue
        if r["label"] in public and public[r["label"]] not in numbered:
            numbered.add(public[r["label"]])
            numbers.append((r["label"], r["iso2"], public[r["label"]], "public"))
            continue
        aliases = [a for a in r["aliases"].split("|") if a]
        # Under a name that the tables give to two things of the kind it is neither.
        found = {q for q, e in seen.names.get(key(r["label"]), {}).items() if re.search(SAYS[r["type"]], " ; ".join(e["says"]), re.I)
                 and not (r["type"] in SAYS_NOT and re.search(SAYS_NOT[r["type"]], " ; ".join(e["says"]), re.I)) and (not r["iso2"] or not e["iso"] or r["iso2"] in e["iso"])}
        several = len(found) > 1
        # What is read about most goes before a second entry of the registry of research bodies.
        read = {q for q in found if {"cards", "lists"} & seen.names[key(r["label"])][q]["sources"]}
        if several and len(read) == 1:
            qid, several = read.pop(), False
            sources = sorted(seen.names[key(r["label"])][qid]["sources"])
        else:
            qid, sources = seen.find(r["label"], aliases if not found else [], r["type"], r["iso2"], adjectives, r["description"])
        if qid and not several and qid not in numbered:
            numbered.add(qid)
            numbers.append((r["label"], r["iso2"], qid, ",".join(sources)))
    with open(HERE / "gazetteer/core_ids.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("label\tiso2\tqid\tevidence\n" + "".join("\t".join(n) + "\n" for n in numbers))

    rows, by_qid = [], set(numbered)
    known = {key(n.lstrip("~")) for r in core if r["weight"] == "5" for n in [r["label"]] + r["aliases"].split("|")}

    def row(qid, label, kind, iso, weight, description, source, aliases=()):
        if not QID.fullmatch(qid) or qid in by_qid or not good(label) or key(label) in known:
            return
        by_qid.add(qid)
        rows.append({"qid": qid, "status": "verified", "evidence": source, "label": label, "aliases": "|".join(dict.fromkeys(a for a in aliases if a != label)), "type": kind, "iso2": iso,
                     "weight": weight, "description": description[:80]})

    for c in sorted(humans, key=lambda c: (-c["page_views"], c["id"])):
        label, says = bare(c["label"]), (c["description"] or "").strip()
        if " " not in label or re.search(r"\bof\b|\d|\b(I|II|III|IV|V|VI)$|^(Saint|Pope|King|Queen)\b", label) or re.search(r"\b(biblical|mythical|legendary)\b", says, re.I):
            continue
        jobs = ", ".join((c["occupations"] or [])[:4])
        weight = "2" if taken_words.is_common(label) else "4" if c["page_views"] >= READ_ABOUT else "3"
        # Years of a life are no years of an office.
        says = re.sub(r"\s+", " ", re.sub(r"\([^)]*\d{3,}[^)]*\)?|\d{4}", "", says)).strip(" ,;")
        row(c["id"], label, "person", country(says), weight, f"{says[:48]}; {jobs}" if jobs else says, "cards", plain(label))
    for c in sorted(all_cards, key=lambda c: (-c["page_views"], c["id"])):
        label, says, of = bare(c["label"]), (c["description"] or "").strip(), ", ".join(c["instance_of"] or [])
        if "human" in (c["instance_of"] or []) or taken_words.is_word(label) or taken_words.is_place(label):
            continue
        kind = ("armed_group" if GROUPS.search(of) else "military" if FORCES.search(of) else "media" if MEDIA.search(of) or SHOW.search(of) and " " in label
                else "organisation" if BODY.search(of) else "event" if EVENT.search(of) and " " in label else "")
        if kind and not (PAST.search(of) and kind not in ("media", "event")) and not re.search(r"\b(fictional|character|historical|ancient|film|album|song)\b", says, re.I):
            if kind in ("organisation", "media", "military") and not specific(label) and key(label) not in ONE_ONLY:
                continue
            row(c["id"], label, kind, country(says), "4" if kind == "event" else "3", says, "cards")
    for name, qid, label, links, data in sorted(all_lists, key=lambda r: (-r[3], r[1], r[0])):
        kind, says, weight = LISTS[name]
        if links < EDITIONS or taken_words.is_word(label) or taken_words.is_place(label):
            continue
        if kind in ("media", "event", "facility") and (name.startswith(("podcast", "tv-shows", "radio-p")) or kind != "media") and " " not in label:
            continue
        if kind == "person":
            weight = "2" if taken_words.is_common(label) else "3"
            says = f"laureate of the {data.get('awardLabel') or 'Nobel Prize'}"
        elif not specific(label) and key(label) not in ONE_ONLY:
            continue
        row(qid, label, kind, "", weight, says, "lists")
    for e in sorted(freebase, key=lambda e: e.get("wikidata_id") or ""):
        label, says = bare((e.get("label") or "").strip()), (e.get("description") or "").strip()
        if " " in label and re.search(r"television (series|program|show)|talk show|game show|sitcom|news program", says, re.I) and specific(label):
            row(e["wikidata_id"], label, "media", "US" if "American" in says else "GB" if "British" in says else "", "3", says, "fb15k")
        elif " " in label and re.search(r"\b(festival|award|awards|prize|tournament|championship|league cup)\b", label, re.I) and re.search(r"award|prize|festival|tournament|championship|competition|ceremony", says, re.I) \
                and not re.match(r"\d", label) and len(label.split()) <= 4:
            row(e["wikidata_id"], label, "event", "", "4", says, "fb15k")
    known_places = {r["qid"] for r in table(HERE / "gazetteer/place_ids.tsv.gz")} | {r["qid"] for r in table(tables / "registry/territories_unions.tsv")}
    known_places |= {r["qid"] for r in table(tables / "registry/countries.tsv")}
    every_town = {key(r["name"]) for r in table(tables / "registry/cities500_latin.tsv.gz")} | {key(r["name"]) for r in table(tables / "registry/subdivisions.tsv.gz")}
    for e in sorted(freebase, key=lambda e: e.get("wikidata_id") or ""):
        qid, label, says = e.get("wikidata_id") or "", (e.get("label") or "").strip(), (e.get("description") or "").strip()
        if REGION.match(says) and not PEOPLE.search(says) and not NO_REGION.search(says + " " + label) and qid not in known_places and key(label) not in every_town and not taken_words.is_word(label):
            row(qid, label, "place", country(says), "4", says, "fb15k")
        elif PEOPLE.search(says) and not NO_REGION.search(says + " " + label) and label[:1].isupper():
            row(qid, label, "group", "", "3", says, "fb15k", group_names([label] + (e.get("alternatives") or []), adjectives))
    for label in ("Americans", "Arabs"):
        row(public[label], label, "group", "", "3", "people", "public", group_names([label], adjectives))
    letters_of = Counter(key(a) for o in orgs for a in o[4])
    for _, qid, label, others, letters, iso, types in sorted(orgs, key=lambda o: o[0]):
        kinds = [t for t in types if t in SAID]
        if not qid or not kinds or kinds == ["facility"]:
            continue
        kind = "government" if "government" in kinds else kinds[0]
        own = specific(label)
        length = len(key(label).split())
        if taken_words.is_word(label) or taken_words.is_place(label) or length == 1 and (len(label) < 6 or kind not in ("company", "nonprofit") or iso not in HOME) or not own and length < 3:
            continue
        # A hospital or a ministry is meant where its country is; a university of a name of its own anywhere.
        once = borne[key(label)] == 1
        weight = "3" if own and once and (kind in ("education", "nonprofit", "other", "company") or iso in HOME and kind in ("government", "archive")) and (length > 2 or kind in ("education", "company")) else "2"
        others = [o for o in others if " " in o and specific(o) and borne[key(o)] == 1 and good(o) and not taken_words.is_place(o)
                  and not (len(o.split()) == 2 and re.match(r"[A-Z]\w+ [A-Z]\w+$", o) and key(o).split()[0] in taken_words.given)][:4]
        if kind in ("government", "nonprofit", "other") and iso in HOME:
            others += ["~" + a for a in letters if re.fullmatch(r"[A-Z]{4,6}", a) and letters_of[key(a)] == 1 and not taken_words.is_word(a)][:1]
        row(qid, label, "organisation", iso, weight, SAID[kind], "ror", others)
    for r in sorted(table(tables / "registry/organisations_nsi.tsv.gz"), key=lambda r: r["qid"]):
        label = bare(r["label"])
        if OFFICIAL.search(label) and specific(label) and len(label.split()) > 2 and borne[key(label)] < 2 and r["description"]:
            # "National Revenue Administration": of which country the text must say.
            anywhere = key(label).split()[0] in ("national", "federal", "general", "central", "bureau", "ministry", "department", "state", "public")
            row(r["qid"], label, "organisation", country(r["description"]), "2" if anywhere else "3", r["description"], "nsi", [a for a in r["aliases"].split("|") if len(a.split()) > 2 and specific(a) and good(a)][:2])
    for qid, label, says in sorted(sport):
        row(qid, label, "person", "US", "1", says, "chadwick")
    with gzip.GzipFile(HERE / "gazetteer/wide.tsv.gz", "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for r in rows:
            file.write("\t".join(r[c].replace("\t", " ").replace("\n", " ") for c in COLUMNS) + "\n")
    known_numbers = {r["geonames_id"] for r in table(HERE / "gazetteer/place_ids.tsv.gz")}
    of_places = places(tables, clones)
    with gzip.GzipFile(HERE / "gazetteer/wide_places.tsv.gz", "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
        file.write("geonames_id\tqid\tevidence\n")
        for number, qid in sorted(of_places.items()):
            if str(number) not in known_numbers and qid not in known_places:
                file.write(f"{number}\t{qid}\twikitrivia\n")
    agree = [r["qid"] == of_places[int(r["geonames_id"])] for r in table(HERE / "gazetteer/place_ids.tsv.gz") if int(r["geonames_id"]) in of_places]
    print(len(of_places), "places;", sum(agree), "of", len(agree), "as place_ids has them", file=sys.stderr)
    counts = Counter((r["evidence"], r["type"]) for r in rows)
    print(len(numbers), "numbers for the news core;", len(rows), "rows:", ", ".join(f"{n} {s} {k}" for (s, k), n in sorted(counts.items())), file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
