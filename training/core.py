#!/usr/bin/env python3
"""Makes `training/gazetteer/news_core.tsv.gz`: the people, bodies and groups that the news names, with identifiers that were seen.

    python3 training/core.py TABLES CLONES

TABLES is the folder that `training/gazetteer.py` takes, with `registry/`, `authored/news_core.tsv` and, to look things up
only, `fetched/`. CLONES holds git clones of these public repositories, each in a folder named owner+name:

    every-politician-scrapers/*   office holders by country, queried from Wikidata (html/holders21.csv, html/current.csv,
                                  of the United States html/legislators.csv); only these files, whose contents are CC0
    hdigital/partyfactsdata       parties with Wikidata numbers (import/wikipedia/wikidata.csv), MIT
    villmow/datasets_knowledge_embedding  labels, other names and descriptions of Wikidata (FB15k-237), MIT
    hearvox/wiki-media-cred       newspapers, cities and states of the United States with Wikidata numbers, CC0
    martynafford/natural-earth-geojson    cities with Wikidata and GeoNames numbers (10m populated places), public domain
    withqwerty/reep               football clubs with Wikidata numbers (data/teams.csv), CC0
    opentraveldata/opentraveldata airports: GeoNames numbers, names, weight (optd_por_best_known_so_far.csv, samples_4_lang/optd_por_public_en.csv), CC BY
    confirmordeny/supraverden     international bodies; only looked up: the numbers are Wikidata's (CC0), nothing else is taken

What the news must know is chosen by hand (`gazetteer/bodies.tsv`, `gazetteer/people.tsv`: names, roles and years, no
identifiers), by office (holders since 2000) and by table: people, bodies, universities, broadcasters, bands and clubs of FB15k (what
Freebase said most of), clubs that most providers of football data know. Beside it, `gazetteer/place_ids.tsv.gz`: Wikidata numbers of places that
GeoNames numbers. An identifier is taken only where a table has it under the same name and says
that it is such a thing; a row without one ships without. Same tables, same bytes. Python standard library only.
"""
import csv
import gzip
import io
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from gazetteer import key, table, latin

HERE = Path(__file__).resolve().parent
COLUMNS = ["qid", "status", "evidence", "label", "aliases", "type", "iso2", "weight", "description"]
# Repositories whose name is not the name of a country.
NOT_COUNTRIES = {"world": "", "eu-cabinets": "", "world-leaders-2021": "", "us-cabinet": "US", "us-governors": "US", "scotland-cabinet": "GB",
                 "wales-cabinet": "GB", "northern-ireland-ministers": "GB", "swiss-federal-council": "CH", "saudi-ministers": "SA",
                 "uae-ministers": "AE", "czech-ministers": "CZ", "congo-kinshasa-ministers": "CD", "united-kingdom-cabinet": "GB",
                 "bosnia-herzegovina-ministers": "BA", "ivory-coast": "CI", "kosovo-cabinet": "XK", "north-korea": "KP", "south-korea-ministers": "KR"}
# Countries whose whole cabinets the world's news names; of the others the heads and the great offices.
LARGE = set("US GB RU CN FR DE IN JP IL IR IQ SY TR UA CA AU ES IT PL PK NG ZA BR MX KR EG SA KP TW ID AR VE GR IE NL SE".split())
# Chinese, Korean, Vietnamese names begin with the family's name.
FAMILY_FIRST = {"CN", "KR", "KP", "TW", "VN", "HK", "SG"}
PARTICLES = {"al", "el", "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ben", "bin", "ibn", "abu", "zu", "af", "ter", "mac", "mc", "st"}
HEAD = re.compile(r"^(acting |interim |transitional |federal )?(president|prime minister|premier|chancellor|monarch|king|queen|emperor|emir|sultan|pope|"
                  r"supreme leader|taoiseach|chairman of the council of ministers|chairperson of the council of ministers|head of state|head of government|chief executive|"
                  r"president of the (republic|united states|french republic|european commission|european council|swiss confederation|government|russian federation|islamic republic.*)|"
                  r"prime minister of .*|president of (?!the|parliament|congress)[a-z ]+|secretary-general of the united nations|secretary general of nato|state counsellor|general secretary.*|paramount leader|"
                  r"chairman of the (state affairs commission|presidency|sovereignty council|national defence commission)|director-general of .*|first minister|"
                  r"(president|high representative|commissioner) of .*(european|union).*|managing director of .*)$")
GREAT = re.compile(r"vice[- ]president|deputy prime minister|deputy premier|vice premier|foreign|external relations|external affairs|secretary of state|international cooperation|defen[cs]e|"
                   r"\binterior\b|internal affairs|home (secretary|affairs)|home department|finance|treasury|exchequer|justice|attorney[- ]general|prosecutor general|"
                   r"speaker|president of the (senate|national assembly|chamber|knesset|parliament)|central bank|governor of the bank|general staff|chief of staff|joint chiefs|"
                   r"permanent representative to the united nations|ambassador to the united nations|first lady|director of (the )?(central|national) intelligence|intelligence|"
                   r"national security|leader of the opposition|united states senator|chief justice|director of the (cia|fbi|central intelligence agency|federal bureau of investigation)|governor of (?!the)[A-Za-z ]+$|first secretary|minister-president|"
                   r"supreme commander|commander[- ]in[- ]chief|trade representative|homeland", re.I)
MINISTER = re.compile(r"minister|secretary|chancellor|commissioner|chair|governor|mayor|president|director|justice|judge|representative|senator|leader|attorney|ambassador|chief|whip|lord", re.I)
MINOR = re.compile(r"^(deputy|assistant|junior|parliamentary|under|vice|member|state secretary|ambassador|lord|lady)|ambassador|under-secretary|undersecretary|representative$|whip|permanent secretary", re.I)


def git_show(repo, path):
    for at in (repo / "repo" / ".git", repo / "repo", repo / ".git", repo):
        if (at / "HEAD").exists():
            done = subprocess.run(["git", f"--git-dir={at}", "show", f"HEAD:{path}"], capture_output=True)
            return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
    return ""


def rows_of(text):
    return csv.DictReader(io.StringIO(text))


def year(text):
    return int(text[:4]) if text and text[:4].isdigit() else None


def surnames(label, iso):
    """The names by which papers call someone the second time."""
    words = label.split()
    if len(words) < 2:
        return []
    if iso in FAMILY_FIRST and len(words) <= 3 and not any(len(w) > 7 for w in words[:1]):
        return [words[0]]
    at = len(words) - 1
    if words[at].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv") and at > 1:
        words, at = words[:at], at - 1
    while at > 1 and words[at - 1].lower().strip("-") in PARTICLES:
        at -= 1
    found = [" ".join(words[at:])]
    last = words[-1]
    if "-" in last and last.split("-")[0].lower() in PARTICLES:
        found.append(last.split("-", 1)[1])
    return [name for name in found if len(name) > 2]


def plain(label):
    """'Charles B. Rangel' is also 'Charles Rangel'; 'Derry Irvine, Baron Irvine of Lairg' is Derry Irvine."""
    short = re.sub(r" [A-Z]\.(?= )", "", re.sub(r",? (Jr|Sr)\.?$", "", label))
    return [short] if short != label and " " in short else []


class Offices:
    """People by Wikidata number: name, country, offices with years."""

    def __init__(self, clones, countries):
        self.people = {}
        for repo in sorted(clones.glob("every-politician-scrapers+*")):
            name = repo.name.split("+")[1]
            iso = NOT_COUNTRIES.get(name)
            if iso is None:
                plain_name = re.sub(r"-(cabinet|ministers)$", "", name).replace("-", " ")
                iso = countries.get(key(plain_name))
                if iso is None:
                    print("no country:", name, file=sys.stderr)
                    continue
            files = ["html/holders21.csv", "html/current.csv"] + (["html/legislators.csv"] if name == "us-cabinet" else [])
            for file in files:
                for row in rows_of(git_show(repo, file)):
                    self.add(row, iso)

    def add(self, row, iso):
        qid, label, office = row.get("personID") or "", (row.get("person") or "").strip(), (row.get("position") or "").strip()
        if not re.fullmatch(r"Q\d+", qid) or not label or label == qid or not latin(label) or "\t" in label or not office:
            return
        label = label.split(",")[0] if re.search(r", (\d+\w\w )?(Baron|Lord|Viscount|Earl|Marquess|Duke|Baroness)", label) else label
        start, end = year(row.get("start")), year(row.get("end"))
        if office == "United States representative":
            office = "US Representative"
        elif office == "United States senator":
            office = "US Senator"
        if (end and end < 2000) or (not end and start and start < 1985 and not HEAD.match(office.lower())) or (not start and not end):
            return
        person = self.people.setdefault(qid, {"label": label, "iso": iso, "offices": {}})
        if iso and not person["iso"]:
            person["iso"] = iso
        spans = person["offices"].setdefault(office, set())
        spans.add((start or end, end or 0))

    def weight(self, person):
        best = 0
        for office in person["offices"]:
            low = office.lower()
            large = person["iso"] in LARGE or not person["iso"]
            if HEAD.match(low) and not MINOR.match(low):
                best = max(best, 4 if large else 3)
            elif office == "US Senator":
                best = max(best, 3)
            elif GREAT.search(office) and not MINOR.match(low.replace("deputy prime", "prime").replace("deputy premier", "premier").replace("vice", "")) :
                best = max(best, 3 if large else 2)
            elif MINISTER.search(office) and not MINOR.search(low):
                best = max(best, 2 if large else 1)
            elif office == "US Representative" or (person["iso"] in ("US", "GB") and "ambassador" in low):
                best = max(best, 1)
        return best

    def description(self, person):
        def rank(item):
            office, spans = item
            low = office.lower()
            great = 3 if HEAD.match(low) else 2 if GREAT.search(office) else 0 if MINOR.search(low) else 1
            return (-great, -max(s for s, _ in spans), office)

        parts = []
        for office, spans in sorted(person["offices"].items(), key=rank)[:3]:
            merged = []
            for start, end in sorted(spans):
                if merged and (merged[-1][1] == 0 or start <= merged[-1][1]):
                    merged[-1][1] = 0 if end == 0 or merged[-1][1] == 0 else max(end, merged[-1][1])
                else:
                    merged.append([start, end])
            years = ", ".join(f"{s}..{e if e else ''}" if s != e else f"{s}" for s, e in merged[-3:])
            parts.append(f"{office[:60]} {years}")
        return "; ".join(parts)


# What a table must say of a thing for it to be such a thing.
SAYS = {
    "person": r"politic|president|minister|chancellor|king\b|queen|prince|pope|senator|governor|mayor|general|activist|business|entrepreneur|founder|journalist|economist|"
              r"executive|lawyer|judge|justice|player|coach|golfer|actor|actress|singer|scientist|physicist|linguist|leader|monarch|diplomat|officer|statesman|cleric|bishop|"
              r"terrorist|militant|criminal|writer|film|bomber|host|racing|sprinter|swimmer|boxer|cyclist|lady|duchess|duke|revolutionary|investor|emperor|person|football",
    "organisation": r"organi[sz]ation|agency|union|league|association|federation|commission|committee|department|ministry|court|institut|foundation|party|movement|company|"
                    r"corporation|manufactur|maker|retail|airline|bank|conglomerate|brand|publisher|studio|network|univers|college|club|team|council|parliament|legislat|chamber|house|senate|"
                    r"assembly|congress|government|police|service|administration|bureau|authority|office|fund|alliance|group|body|system|exchange|firm|business|provider|"
                    r"chain|subsidiary|operator|museum|charity|NGO|think tank|broadcaster|website|social|engine|church|stock|insurer|bloc|center|centre|institution|division|carrier|"
                    r"automobile|automaker|studio|board|trust|foundation|railway|oil|software|record label|forum|initiative|intergovernmental|collaboration|religio|summit|treaty|agreement",
    "armed_group": r"militant|organi[sz]ation|group|army|movement|guerrilla|terror|militia|party|insurgen|rebel|cartel|paramilitary|front|forces|brigade|network|jihad|caliphate|state",
    "military": r"army|navy|air force|armed forces|military|force|marine|guard|command|corps|branch|mission|staff|service|troops",
    "media": r"newspaper|magazine|broadcast|television|news|radio|channel|agency|journal|website|tabloid|media|network|publication|weekly|daily|company|periodical",
    "place": r"sea|ocean|gulf|strait|canal|region|river|mountain|peninsula|island|continent|area|territor|city|borough|neighbo|district|building|airport|palace|castle|"
             r"square|plant|base|street|valley|desert|province|state|autonomous|country|part of|range|strip|bay|county|mosque|cathedral|museum|park|tower|stadium|wall|republic|heights|forest|"
             r"subcontinent|channel|waterway|community|village|place|location|archipelago|land|mount|rainforest|residence|military installation|prison|republic",
    "event": r"war|conflict|attack|genocide|uprising|protest|revolution|depression|hurricane|cyclone|cup|games|tournament|championship|race|award|prize|exit|withdrawal|referend|agreement|"
             r"treaty|protocol|contest|battle|crisis|event|ceremony|killing|massacre|festival|competition|operation",
    "product": r"aircraft|bomber|missile|ship|carrier|weapon|tank|rifle|gun|helicopter|fighter|drone|submarine|system|software|car\b|rocket|cruiser|frigate|destroyer|vehicle|plane|gunship",
    "facility": r"citadel|residence|house|office|building|base|airport|palace|plant|headquarters|prison|bridge|dam|port|complex|facility|fort",
}
# Words that show a table means another thing of that name.
SAYS_NOT = {
    "person": r"^(film|album|song|novel|city|town|village|ship|family name|given name|disambig)|\b(album|song|film by|family name)\b",
    "organisation": r"\b(album|song|film|novel|city in|town in|village in|river|disambiguation|family name|genus|given name|band|fruit|asteroid|episode|video game)\b",
    "media": r"\b(album|song|film|novel|city in|town in|river|asteroid|band|star|unit|concept)\b",
    "place": r"\b(album|song|film|novel|band|ship|football|company|genus|war)\b",
    "event": r"\b(album|song|film|novel|band)\b",
}


POLITICAL = re.compile(r"politic|president|premier|minister|chancellor|king\b|queen|emir|pope|senator|governor|mayor|secretary|attorney|representative|judge|justice|speaker|general|"
                       r"director|head of|chair|leader|ambassador|envoy|chief|prince|monarch|statesman|dictator|adviser|spokes|commander|lady|emperor|strategist|counselor|official", re.I)


def in_office(person, description):
    """True when an office was held, by the table, within some years of what we wrote."""
    ours = [int(y) for y in re.findall(r"\d{4}", description)]
    theirs = [y for spans in person["offices"].values() for span in spans for y in span if y]
    return not ours or (min(ours) - 6 <= max(theirs) and min(theirs) <= (max(ours) + 12))


class Seen:
    """Names in public tables: look-up form -> (rank of the name, number, what the table says of it, table)."""

    def __init__(self):
        self.names = defaultdict(dict)

    def add(self, qid, label, aliases, says, source, iso=""):
        if not re.fullmatch(r"Q\d+", qid):
            return
        for rank, names in ((0, [label]), (1, aliases)):
            for name in names:
                k = key(name)
                if len(k) > 1:
                    entry = self.names[k].setdefault(qid, {"rank": rank, "says": [], "sources": set(), "iso": set()})
                    entry["rank"] = min(entry["rank"], rank)
                    entry["says"].append(says)
                    entry["sources"].add(source)
                    if iso:
                        entry["iso"].add(iso)

    def find(self, label, aliases, kind, iso, adjectives, description="", offices=None):
        """The number of the thing of this name, kind and country, and the tables that say so."""
        best = None
        politician = kind == "person" and POLITICAL.search(description)
        for at, name in enumerate([label] + [a for a in aliases if " " in a]):
            for qid, entry in self.names.get(key(name), {}).items():
                says = " ; ".join(s for s in entry["says"] if s)
                if not re.search(SAYS[kind], says, re.I) or (kind in SAYS_NOT and re.search(SAYS_NOT[kind], says, re.I)):
                    continue
                # A politician is no actor of that name; an office holder held office in those years.
                if politician and not POLITICAL.search(says):
                    continue
                if kind == "person" and entry["sources"] == {"offices"} and not (politician and offices and in_office(offices[qid], description)):
                    continue
                # A table that names another country means another thing; one that names the country means this one.
                of_country = iso in entry["iso"] or any(re.search(rf"\b{re.escape(a)}\b", says) for a in adjectives.get(iso, ()))
                if iso and entry["iso"] and iso not in entry["iso"]:
                    continue
                other = any(re.search(rf"\b{re.escape(a)}\b", says) for i, names in adjectives.items() if i != iso for a in names)
                if iso and other and not of_country:
                    continue
                if at > 0 and not of_country and kind not in ("organisation", "media", "military"):
                    continue
                score = (at + entry["rank"] > 0, -of_country, -len(entry["sources"]), int(qid[1:]))
                if best is None or score < best[0]:
                    best = (score, qid, sorted(entry["sources"]))
            if best and at == 0:
                break
        return (best[1], best[2]) if best else ("", [])


# What a description of a table whole says of a person whom the news names, and of a body.
NAMED_PERSON = re.compile(r"\b(actor|actress|singer|songwriter|musician|rapper|politician|president|minister|chancellor|director|producer|writer|author|novelist|poet|journalist|"
                          r"comedian|presenter|host|player|footballer|coach|manager|athlete|boxer|golfer|wrestler|driver|swimmer|sprinter|skater|gymnast|cyclist|businessman|businesswoman|"
                          r"business (executive|magnate)|entrepreneur|investor|founder|economist|scientist|physicist|chemist|biologist|mathematician|philosopher|philanthropist|activist|lawyer|"
                          r"jurist|judge|general|officer|admiral|model|designer|artist|painter|architect|composer|conductor|guitarist|drummer|pianist|dancer|choreographer|screenwriter|"
                          r"filmmaker|playwright|humorist|cinematographer|editor|critic|historian|personality|socialite|queen|king|prince|princess|monarch|pope|bishop|astronaut|chef|"
                          r"statesman|diplomat|governor|senator|revolutionary|leader|inventor|engineer|cartoonist|animator|magician|DJ|disc jockey)\b", re.I)
NAMED_BODY = re.compile(r"\b(university|college|institute of technology|school|academy|band|musical group|boy band|girl group|rock group|club|team|franchise|company|corporation|"
                        r"conglomerate|airline|bank|manufacturer|retailer|publisher|film studio|network|channel|broadcaster|broadcasting|station|newspaper|magazine|news agency|website|"
                        r"organi[sz]ation|agency|party|league|association|federation|museum|orchestra|army|navy|air force|union|commission|department|foundation|institution|record label|"
                        r"studio|parliament|legislature|court|intergovernmental|developer|automaker|brewery|hospital|church|denomination)\b", re.I)
NO_BODY = re.compile(r"\b(album|song|film|novel|series|sitcom|game|genre|award|city|town|village|county|state|province|capital|neighbou?rhood|river|island|character|position|instrument|"
                     r"language|disease|compound|software|format|street|stadium|category|list|concept|degree|profession|occupation|currency|suburb|district|event|season|tournament|war|battle|"
                     r"festival|ceremony|television (show|program)|book|cemetery|building|airport|franchise created|media franchise)\b", re.I)
CLUB_FORMS = re.compile(r"(?<![\w.])(A\.?F\.?C\.?|F\.?C\.?|S\.?C\.?|C\.?F\.?|F\.?K\.?|S\.?V\.?|S\.?S\.?|A\.?S\.?|A\.?C\.?|R\.?C\.?|U\.?S\.?|B\.?K\.?|IF|IK|SK|NK|BC|1\.|\d{4}|Calcio)(?![\w.])")
# Of what the makers of data about football number, the clubs of the great leagues have nearly all numbers.
CLUB_NUMBERS = 6
AIRPORTS = 0.02


KNOWN_PERSON = re.compile(r"\b(actor|actress|singer|songwriter|rapper|politician|president|minister|comedian|television (host|presenter|personality)|player|footballer|coach|athlete|boxer|golfer|"
                          r"wrestler|driver|swimmer|sprinter|businessman|businesswoman|business (executive|magnate)|entrepreneur|statesman|film director|filmmaker|monarch|queen|king|prince|princess|"
                          r"pope|model|philosopher|physicist|fashion designer|chef|rock musician|musician|novelist|playwright|poet|journalist|activist)\b", re.I)


def club_names(label, places):
    """'Arsenal F.C.' is also Arsenal FC and, where football is played, Arsenal; its town's name is the club's only in reports of matches."""
    bare = re.sub(r"\s+", " ", CLUB_FORMS.sub(" ", label)).strip(" -.")
    if key(bare) in places:
        return [label.replace(".", ""), "~" + bare]
    return [label.replace(".", "")] + ([bare] if " " in bare else ["~" + bare] if len(bare) > 3 else [])


TEAMS = re.compile(r"(football|basketball|baseball|(ice )?hockey|soccer) (team|franchise)|(National Football|National Hockey|American League|National League|Major League)[\w ]* (team|franchise)|franchise in", re.I)


def team_names(label):
    """'Green Bay Packers' are the Packers, where a game is reported of; 'Boston Red Sox' the Red Sox."""
    words = label.split()
    if len(words) < 2 or not words[-1].endswith(("s", "x")) or "team" in label:
        return []
    pair = words[-1] in ("Sox", "Jays", "Leafs", "Blazers", "Wings", "Jackets", "Knights") and len(words) > 2
    return ["~" + " ".join(words[-2:] if pair else words[-1:])]


def of_tables(tables, clones, adjectives, countries):
    """People and bodies of tables taken whole: number, name, other names, kind, country, weight, description, table."""
    places = {key(r["name"]) for r in table(tables / "registry/cities500_latin.tsv.gz") if int(r["population"]) > 15_000}
    of_country = [(i, re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")) for i, names in sorted(adjectives.items()) if names]
    states = [r["state"] for r in csv.DictReader(io.StringIO(git_show(clones / "hearvox+wiki-media-cred", "data/wikidata-us-states.tsv")), delimiter="\t") if r["state"]]
    of_country.append(("US", re.compile(r"\b(" + "|".join(map(re.escape, states)) + r")\b")))
    for e in sorted(json.loads(git_show(clones / "villmow+datasets_knowledge_embedding", "FB15K/entity2wikidata.json")).values(), key=lambda e: e.get("wikidata_id") or ""):
        qid, label, says = e.get("wikidata_id") or "", (e.get("label") or "").strip(), (e.get("description") or "").strip()
        if not re.fullmatch(r"Q\d+", qid) or not label or not says or not latin(label) or re.search(r"[()\t:;]|disambiguation|^[a-z]", label):
            continue
        said = [(m.start(), i) for i, names in of_country for m in [names.search(says)] if m]
        iso = min(said)[1] if said else ""
        thing = re.match(r"([\w,-]+ ){0,3}(city|town|county|village|seat|war|army|university|college|ceremonial officer|office|position|province capital|programming language|animated|body of)\b", says, re.I)
        person = bool(NAMED_PERSON.search(says)) and not thing and not re.search(r"\b(song|film by|film directed|album|band|duo|group|family name|given name|fictional|character|television|series|award|prize|title|office|profession|position)\b", re.sub(r"film (director|producer|actor|actress|score|editor|critic|composer|maker)|television (actor|actress|host|presenter|producer|director|writer|personality|journalist)|fictional writer", "", says), re.I)
        aliases = [a for a in e.get("alternatives") or [] if " " in a and latin(a) and len(a) < 40 and not set(a) & set('()/,;:|\t"') and a[0].isupper()]
        if person:
            # A king's or a saint's name alone says little; whom the news names has two names, or one that is nobody else's.
            aliases = [a for a in aliases if key(a).split()[-1] == key(label).split()[-1] and not re.match(r"(The|Sir|Lord|Lady|Dr|Mr|Mrs|King|Queen|Saint|St)\b", a)][:5]
            # Those who stand before an audience are named without more; of the others a namesake may be meant.
            weight = 4 if KNOWN_PERSON.search(says) else 2
            yield qid, label, plain(label) + aliases, "person", iso, weight, says[:80], "fb15k"
        elif NAMED_BODY.search(says) and not re.search(r"\b(singer|songwriter|guitarist|drummer|bassist|pianist|member of|head of|head or)\b", says) and not NO_BODY.search(re.sub(r"television (network|station|channel)|film (studio|production company|distribut\w+)|(video )?game (developer|publisher|company)|software (company|developer|corporation)|state university|city university|^(\w+ )?(public|private|state|national|research|liberal arts).{0,30}(university|college)\b.*|(university|college|school|team|club|franchise|company|bank|airline|newspaper|agency|church|organi[sz]ation|station|museum) .*", "university", says, flags=re.I)):
            media = re.search(r"newspaper|magazine|news agency|television (network|channel|station)|broadcaster|radio (network|station)|news website", says, re.I)
            aliases = [a for a in aliases if not re.match(r"(The )?(Company|Bank|Club|University|Team|Party|Network|Firm|Church|College|School)$", a)][:6]
            if re.search(r"\b(football|soccer) club", says):
                aliases += club_names(label, places)
            team = bool(TEAMS.search(says)) and "university" not in says.lower()
            if team:
                aliases += team_names(label)
                says = says if re.search("team", says[:60]) else "sports team"
            yield qid, label, aliases, "media" if media else "organisation", iso, 3, says[:60], "fb15k"
    for r in rows_of(git_show(clones / "withqwerty+reep", "data/teams.csv")):
        numbers = sum(bool(v) for c, v in r.items() if c.startswith("key_") and c != "key_wikidata")
        label = r["name"].strip()
        if numbers < CLUB_NUMBERS or not re.fullmatch(r"Q\d+", r["key_wikidata"]) or not latin(label) or re.search(r"national|under|women|B$| II$|reserve", label, re.I):
            continue
        yield r["key_wikidata"], label, club_names(label, places), "organisation", countries.get(key(r["country"]), ""), 3, "football club", "reep"


def airports(tables, clones):
    """Airports with numbers of GeoNames: number, name, other names, country, place, weight."""
    at = {}
    for line in git_show(clones / "opentraveldata+opentraveldata", "opentraveldata/optd_por_best_known_so_far.csv").splitlines()[1:]:
        cells = line.split("^")
        kind = re.fullmatch(r"[A-Z]{3}-C?A-(\d+)", cells[0])
        if kind and kind.group(1) != "0":
            at[kind.group(1)] = (cells[2], cells[3])
    cities = {(key(r["name"]), r["iso2"]) for r in table(tables / "registry/cities500_latin.tsv.gz") if int(r["population"]) > 30_000}
    cities |= {(key("New York"), "US"), (key("Washington"), "US")}
    for line in git_show(clones / "opentraveldata+opentraveldata", "opentraveldata/samples_4_lang/optd_por_public_en.csv").splitlines():
        cells = [c.strip() for c in line.split(";")]
        if len(cells) < 6 or "geonames.org/" not in cells[3]:
            continue
        number, iso, weight, name = cells[3].rsplit("/", 1)[-1].strip(), cells[2], float(cells[4] or 0), cells[5]
        if number not in at or weight < AIRPORTS or not latin(name) or "Airport" not in name:
            continue
        words, others = name.split(), set()
        # "London Heathrow Airport" is also Heathrow Airport and, for the great ones, Heathrow.
        for n in (3, 2, 1):
            if len(words) > n + 1 and (key(" ".join(words[:n])), iso) in cities:
                others.add(" ".join(words[n:]))
                break
        for other in [name, *sorted(others)]:
            others.add(re.sub(r" International(?= Airport)", "", other))
        bare = {re.sub(r"( International)? Airport$", "", o) for o in others}
        others |= {"~" + b for b in bare if weight > 0.1 and len(b) > 4 and (key(b), iso) not in cities}
        generic = {key(o) for o in ("Airport", "International Airport", "City Airport", "Regional Airport", "Municipal Airport", "International")}
        yield number, name, sorted(o for o in others - {name} if key(o.lstrip("~")) not in generic), iso, at[number], weight


SUBDIVISION = re.compile(r"province|state|region|governorate|prefecture|county|canton|oblast|emirate|department|voivodeship|territory|republic|krai|division|community", re.I)


def bytes_of(repo, path):
    for at in (repo / "repo" / ".git", repo / "repo", repo / ".git", repo):
        if (at / "HEAD").exists():
            return subprocess.run(["git", f"--git-dir={at}", "show", f"HEAD:{path}"], capture_output=True, check=True).stdout
    sys.exit(f"no clone in {repo}")


def place_ids(tables, clones, seen, adjectives):
    """Wikidata numbers of GeoNames places: the same name at the same spot, or in the same state."""
    import tempfile

    import py7zr

    cities, by_number, towns = defaultdict(list), {}, {}
    for r in table(tables / "registry/cities500_latin.tsv.gz"):
        spot = (int(r["geonames_id"]), float(r["lat"]), float(r["lon"]), int(r["population"]))
        by_number[spot[0]] = (spot, {key(r["name"])} | {key(a) for a in r["alt_names"].split("|")})
        cities[key(r["name"]), r["iso2"]].append(spot)
        if r["iso2"] == "US":
            at = (key(r["name"]), r["admin1"])
            if at not in towns or towns[at][3] < spot[3]:
                towns[at] = spot
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        packed = bytes_of(clones / "martynafford+natural-earth-geojson", "10m/cultural/ne_10m_populated_places.7z")
        with py7zr.SevenZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(folder)
        features = json.loads(next(Path(folder).rglob("*.json")).read_text(encoding="utf-8"))["features"]
    for feature in features:
        p = feature["properties"]
        qid, lat, lon = p.get("wikidataid") or "", p["LATITUDE"], p["LONGITUDE"]
        names = {key(p[c]) for c in ("NAME", "NAMEASCII", "GN_ASCII", "NAMEPAR", "MEGANAME") if p.get(c)}
        if not re.fullmatch(r"Q\d+", qid):
            continue

        def near(spot, degrees):
            return abs(spot[1] - lat) < degrees and abs(spot[2] - lon) < degrees

        own = by_number.get(int(p.get("GEONAMEID") or 0))
        if own and names & own[1] and near(own[0], 0.5):
            found.setdefault(own[0][0], (qid, "natural-earth"))
            continue
        spots = [s for name in names for s in cities.get((name, p["ISO_A2"]), []) if near(s, 0.4)]
        if spots:
            found.setdefault(max(spots, key=lambda s: s[3])[0], (qid, "natural-earth"))
    for r in table(tables / "fetched/wof_syria.tsv.gz"):
        if r["qid"] and r["geonames_id"].isdigit():
            found.setdefault(int(r["geonames_id"]), (r["qid"], "wof"))
    papers = clones / "hearvox+wiki-media-cred"
    for r in csv.DictReader(io.StringIO(git_show(papers, "data/wikidata-us-cities.tsv")), delimiter="\t"):
        spot = towns.get((key(r["placeLabel"]), r["state"]))
        if spot and re.fullmatch(r"Q\d+", r["WD-QID"]):
            found.setdefault(spot[0], (r["WD-QID"], "us-cities"))
    states = {key(r["state"]): r["qid"] for r in csv.DictReader(io.StringIO(git_show(papers, "data/wikidata-us-states.tsv")), delimiter="\t")}
    for r in table(tables / "registry/subdivisions.tsv.gz"):
        if r["admin_level"] != "1" or not r["geonames_id"]:
            continue
        if r["iso2"] == "US":
            if key(r["name"]) in states:
                found[int(r["geonames_id"])] = (states[key(r["name"])], "us-states")
            continue
        plain_name = re.sub(r" (province|governorate|region|state|oblast|prefecture|county)$", "", r["name"], flags=re.I)
        best = None
        for name in (r["name"], plain_name):
            for qid, entry in seen.names.get(key(name), {}).items():
                says = " ; ".join(x for x in entry["says"] if x)
                country = any(re.search(rf"\b{re.escape(a)}\b", says) for a in adjectives.get(r["iso2"], ()))
                if country and re.match(rf"(\W*\w+\W+){{0,5}}({SUBDIVISION.pattern})\b", says, re.I) and not re.search(r"\b(capital|city|town|village|municipality)\b", says):
                    if best is None or (entry["rank"], int(qid[1:])) < best[0]:
                        best = ((entry["rank"], int(qid[1:])), qid, ",".join(sorted(entry["sources"])))
        if best:
            found.setdefault(int(r["geonames_id"]), best[1:])
    return found


def country_names(tables):
    """The countries by name, and by country its names and adjectives."""
    countries, adjectives = {}, {}
    for r in table(tables / "registry/countries.tsv"):
        if r["qid"]:
            countries[key(r["name"])] = r["iso2"]
            for alias in r["aliases"].split("|"):
                countries.setdefault(key(alias), r["iso2"])
    for line in (HERE.parent / "src/lexicon/countries.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            iso, _, _, name, others, adjective, people, _ = line.split("\t")
            words = [name] + others.split(",") + adjective.split(",") + people.split(",")
            adjectives[iso] = [w for w in words if len(w) > 3 or w in ("US", "UK")]
            countries.setdefault(key(name), iso)
    adjectives["GB"] += ["English", "England", "Scottish", "Scotland", "Welsh", "London", "Northern Irish"]
    return countries, adjectives


def main(tables, clones):
    countries, adjectives = country_names(tables)
    offices = Offices(clones, countries)
    seen = Seen()
    entities = json.loads(git_show(clones / "villmow+datasets_knowledge_embedding", "FB15K/entity2wikidata.json"))
    for e in entities.values():
        if e.get("wikidata_id") and e.get("label"):
            seen.add(e["wikidata_id"], e["label"], e.get("alternatives") or [], e.get("description") or "", "fb15k")
    for r in table(tables / "registry/organisations_nsi.tsv.gz"):
        seen.add(r["qid"], r["label"], [a for a in r["aliases"].split("|") if a], r["description"], "nsi")
    for r in table(tables / "registry/territories_unions.tsv"):
        if r["qid"]:
            seen.add(r["qid"], r["name"], [], r["level"] + " region territory", "country-coder")
    for r in table(tables / "fetched/english_namenet.tsv.gz"):
        seen.add(r["qid"], r["label"], [a for a in r["aliases"].split("|") if a], r["category"] + " " + r["definition"], "namenet")
    for r in table(tables / "fetched/us_officials.tsv"):
        if r["qid"]:
            seen.add(r["qid"], r["name"], [a for a in r["aliases"].split("|") if a], "politician", "congress", "US")
    for qid, person in offices.people.items():
        seen.add(qid, person["label"], plain(person["label"]), "politician", "offices", person["iso"])
    for block in re.split(r"\n(?=\S)", git_show(clones / "confirmordeny+supraverden", "data/general_list.yaml")):
        cells = dict(re.findall(r"^  (\w+): (.+)$", block, re.M))
        if cells.get("Name_en"):
            others = [v for c, v in cells.items() if re.fullmatch(r"(Abbreviation|Name_other(_\d)?)_en", c)]
            seen.add(cells.get("Wikidata_code", ""), cells["Name_en"], others, "international organisation", "supraverden")
    iso3 = {r["iso3"]: r["iso2"] for r in table(tables / "registry/countries.tsv")}
    parties = []
    for r in rows_of(git_show(clones / "hdigital+partyfactsdata", "import/wikipedia/wikidata.csv")):
        if re.fullmatch(r"Q\d+", r["wikidata_id"] or "") and r["name"] and r["country"] in iso3 and latin(r["name"]):
            aliases = [a for a in (r["name_short"], r["name_native"]) if a and a != "NA" and latin(a) and not set(a) & set("/()")]
            # "PS", "SD": two or three letters are many parties' and much else.
            aliases = ["~" + a if len(a) < 5 else a for a in aliases]
            seen.add(r["wikidata_id"], r["name"], [a.lstrip("~") for a in aliases], "political party", "partyfacts", iso3[r["country"]])
            parties.append((r["wikidata_id"], r["name"], aliases, iso3[r["country"]]))
    papers = []
    for r in csv.DictReader(io.StringIO(git_show(clones / "hearvox+wiki-media-cred", "data/wikipedia-us-newspapers.tsv")), delimiter="\t"):
        if re.fullmatch(r"Q\d+", r.get("qid") or "") and latin(r["WP-title"]):
            title = re.sub(r" \(.*\)$", "", r["WP-title"])
            seen.add(r["qid"], title, [], "newspaper", "us-newspapers", "US")
            papers.append((r["qid"], title))

    public = {}
    for line in (HERE / "gazetteer/seen.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            qid, name = line.split("\t")
            public[name] = qid
    rows, taken, by_name = [], {}, set()

    def row(label, aliases, kind, iso, weight, description, qid=None, sources=()):
        if qid is None:
            qid, sources = seen.find(label, aliases, kind, iso, adjectives, description, offices.people)
        if not qid and weight == 5 and label in public:
            qid, sources = public[label], ["public"]
        if qid and qid in taken:
            known = rows[taken[qid]]
            known["aliases"] += [a for a in [label] + aliases if a not in known["aliases"] and a != known["label"]]
            known["weight"] = max(known["weight"], weight)
            return
        if qid:
            taken[qid] = len(rows)
        by_name.add((key(label), iso))
        rows.append({"qid": qid, "status": "verified" if qid else "none", "evidence": ",".join(sources), "label": label, "aliases": list(aliases),
                     "type": kind, "iso2": iso, "weight": weight, "description": description})

    def written(name):
        for line in (HERE / "gazetteer" / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield [c.strip() for c in line.split("\t")]

    for iso, label, aliases, description in written("people.tsv"):
        aliases = [a for a in aliases.split("|") if a]
        row(label, aliases, "person", iso, 5, description)
    for cells in written("bodies.tsv"):
        kind, iso, label, aliases = (cells + [""])[:4]
        row(label, [a for a in aliases.split("|") if a], kind, iso, 5, "")
    every_name = {key(n) for r in rows for n in [r["label"]] + r["aliases"]}
    for r in table(tables / "authored/news_core.tsv"):
        if (key(r["label"]), r["iso2"]) not in by_name and key(r["label"]) not in every_name:
            aliases = [a for a in r["aliases"].split("|") if a]
            qid, sources = seen.find(r["label"], aliases, r["type"], r["iso2"], adjectives)
            # Numbers that the table's own maker saw in a source that ships count as seen; the others are looked up anew.
            if not qid and r["status"] == "verified" and set(r["evidence"].split(",")) - {"elevant", ""}:
                qid, sources = r["qid"], [s for s in r["evidence"].split(",") if s != "elevant"]
            row(r["label"], aliases, r["type"], r["iso2"], 5, r["description"], qid, sources)
    for qid, person in sorted(offices.people.items(), key=lambda p: int(p[0][1:])):
        weight = offices.weight(person)
        if weight:
            aliases = plain(person["label"])
            if weight >= 3:
                aliases += ["~" + a for a in surnames(person["label"], person["iso"])]
            row(person["label"], aliases, "person", person["iso"], weight, offices.description(person), qid, ["offices"])
    for qid, label, aliases, iso in parties:
        row(label, aliases, "organisation", iso, 2, "political party", qid, ["partyfacts"])
    for qid, title in papers:
        if len(title.split()) > 1:
            row(title, [], "media", "US", 1, "newspaper", qid, ["us-newspapers"])
    hand = {key(n.lstrip("~")) for r in rows if r["weight"] == 5 for n in [r["label"]] + r["aliases"]}
    for qid, label, aliases, kind, iso, weight, description, source in of_tables(tables, clones, adjectives, countries):
        # What is chosen by hand, or known by office, is described better there; a name without a number there is left without.
        if qid not in taken and key(label) not in hand:
            row(label, aliases, kind, iso, weight, description, qid, [source])
    out = HERE / "gazetteer/news_core.tsv.gz"
    with gzip.GzipFile(out, "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for r in rows:
            # A surname that nobody wrote by hand is marked: it says less than a name.
            seen_aliases = list(dict.fromkeys(a for a in r["aliases"] if a != r["label"] and not (a[0] == "~" and a[1:] in r["aliases"])))
            cells = dict(r, aliases="|".join(seen_aliases), weight=str(r["weight"]))
            file.write("\t".join(str(cells[c]).replace("\t", " ").replace("\n", " ") for c in COLUMNS) + "\n")
    places = place_ids(tables, clones, seen, adjectives)
    with gzip.GzipFile(HERE / "gazetteer/place_ids.tsv.gz", "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
        file.write("geonames_id\tqid\tevidence\n")
        for number, (qid, evidence) in sorted(places.items()):
            file.write(f"{number}\t{qid}\t{evidence}\n")
    with gzip.GzipFile(HERE / "gazetteer/airports.tsv.gz", "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as file:
        file.write("geonames_id\tname\taliases\tiso2\tlat\tlon\tweight\n")
        for number, name, aliases, iso, (lat, lon), weight in sorted(airports(tables, clones), key=lambda a: int(a[0])):
            file.write(f"{number}\t{name}\t{'|'.join(aliases)}\t{iso}\t{lat}\t{lon}\t{weight:.3f}\n")
    print(len(places), "places with a number of Wikidata", file=sys.stderr)
    hand = [r for r in rows if r["weight"] == 5]
    print(len(rows), "rows,", sum(bool(r["qid"]) for r in rows), "with a number;", len(hand), "chosen by hand,", sum(bool(r["qid"]) for r in hand), "of them with a number",
          file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
