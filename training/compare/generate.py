#!/usr/bin/env python3
"""Writes incidents with figures, to train the weights of the comparison and to watch for regressions; never a result.

    python training/compare/generate.py [--seed 1] [--sets 400] [--wordnet package/dict] > generated.jsonl

The shape is that of the conflict sets (one incident a line: articles, claims, pairs, never). Types of incidents, measures,
paraphrases, attributions, ways to write a number, updates, parts, windows and look-alikes are combined at random; the
phrases are our own or WordNet's. `type` and each claim's `form` tell what a split by type or by paraphrase needs.
"""
import argparse, datetime, json, random
from pathlib import Path

# One measure: things counted, clauses with {n} and {t}; clauses without {t} leave the thing unsaid. `|` before an elliptical
# form, which needs a sentence of the measure before it. `course`: grows while it is counted, moves, or is settled.
PEOPLE = "people|person|residents|villagers|men and women"
MEASURES = {
    "killed": ("grows", PEOPLE, (2, 400), """{n} {t} were killed; {n} {t} died; {n} {t} lost their lives; the death toll stood at {n}; at the scene {n} bodies were found;
        it killed {n} {t}; {n} {t} are dead; it claimed {n} lives; {n} deaths were recorded; it left {n} {t} dead; {n} {t} perished; the number of dead reached {n}; |the toll was {n}; |the figure was {n}""",
        "children|women|foreigners|pupils"),
    "injured": ("grows", PEOPLE, (3, 900), """{n} {t} were injured; {n} {t} were hurt; it wounded {n} {t}; {n} {t} were taken to hospital; hospitals treated {n} {t}; {n} {t} suffered injuries;
        it left {n} {t} injured; there were {n} injured; the number of wounded rose to {n}; {n} needed treatment""", "children|women|police officers"),
    "missing": ("moves", PEOPLE, (2, 300), """{n} {t} are missing; {n} {t} are unaccounted for; {n} {t} have not been found; rescuers are looking for {n} {t}; there was no trace of {n} {t};
        the number of missing stood at {n}; {n} {t} were reported missing""", "children|tourists"),
    "rescued": ("grows", PEOPLE, (2, 300), """{n} {t} were rescued; {n} {t} were saved; rescuers pulled out {n} {t}; {n} {t} were brought to safety; crews freed {n} {t}; {n} survivors were found""", "children"),
    "evacuated": ("grows", PEOPLE + "|families", (50, 90000), """{n} {t} were evacuated; {n} {t} fled their homes; {n} {t} had to leave; it displaced {n} {t}; {n} {t} were made homeless; {n} {t} were moved to shelters;
        {n} {t} left the area; it drove {n} {t} from their homes""", "children|women"),
    "infected": ("grows", PEOPLE + "|patients|cases", (5, 9000), """{n} {t} were infected; {n} {t} fell ill; {n} {t} caught it; doctors confirmed {n} cases; {n} {t} tested positive; {n} infections were counted; the number of cases rose to {n}; {n} {t} were sickened""", "children|nurses"),
    "attended": ("settled", "people|protesters|demonstrators|marchers|supporters", (300, 400000), """{n} {t} took part; {n} {t} marched; a crowd of {n} gathered; the rally drew {n} {t}; {n} {t} joined the march; {n} {t} turned out; {n} {t} filled the square; attendance was {n};
        {n} {t} took to the streets; the turnout was put at {n}""", None),
    "arrested": ("grows", "people|suspects|protesters", (3, 900), """{n} {t} were arrested; police detained {n} {t}; {n} {t} were taken into custody; {n} arrests were made; officers held {n} {t}; {n} {t} were locked up""", "minors|women"),
    "captured": ("settled", "soldiers|fighters|hostages", (2, 400), """{n} {t} were captured; it took {n} {t} prisoner; {n} {t} were seized; {n} {t} are being held; {n} {t} were taken hostage; {n} {t} fell into their hands""", "officers"),
    "freed": ("settled", "prisoners|hostages|captives", (2, 400), """{n} {t} were freed; {n} {t} were released; {n} {t} were handed over; {n} {t} came home; {n} {t} were let go""", "women|officers"),
    "destroyed": ("grows", "houses|homes|buildings|vehicles|boats", (2, 3000), """{n} {t} were destroyed; it destroyed {n} {t}; {n} {t} burned down; {n} {t} were flattened; {n} {t} were wrecked; {n} {t} lie in ruins; it razed {n} {t}; {n} {t} were lost""", None),
    "damaged": ("grows", "houses|homes|buildings|shops", (2, 3000), """{n} {t} were damaged; it damaged {n} {t}; {n} {t} suffered damage; {n} {t} were hit; {n} {t} lost their roofs""", None),
    "burned": ("grows", "hectares|acres", (20, 60000), """the fire burned {n} {t}; {n} {t} were scorched; it has consumed {n} {t}; {n} {t} of forest burned; the fire covers {n} {t}; it grew to {n} {t}""", None),
    "leaked": ("settled", "litres|tonnes|barrels", (20, 90000), """{n} {t} leaked out; {n} {t} were spilled; it released {n} {t}; {n} {t} of oil ran into the river; {n} {t} escaped; the leak was put at {n} {t}; {n} {t} poured out""", None),
    "cost": ("settled", "$", (2, 900), """it will cost {n}; the bill is {n}; the damage was put at {n}; losses came to {n}; the repair costs {n}; {n} will be spent; the price is {n}; it caused {n} of damage""", None),
    "fine": ("settled", "$", (1, 400), """it must pay {n}; the fine is {n}; it was fined {n}; the penalty is {n}; a fine of {n} was imposed; the court awarded {n}; the damages amount to {n}""", None),
    "profit": ("settled", "$", (2, 900), """profit was {n}; it earned {n}; net income came to {n}; it made a profit of {n}; earnings were {n}; it made {n}""", None),
    "revenue": ("settled", "$", (20, 9000), """revenue was {n}; it had sales of {n}; sales came to {n}; turnover reached {n}; it took in {n}; revenue rose to {n}""", None),
    "dismissed": ("settled", "workers|employees|jobs|staff", (20, 9000), """{n} {t} will go; it will cut {n} {t}; {n} {t} are to lose their jobs; it is laying off {n} {t}; {n} {t} will be dismissed; {n} redundancies are planned""", "women|engineers"),
    "struck": ("settled", "workers|employees|nurses|drivers", (20, 90000), """{n} {t} went on strike; {n} {t} walked out; {n} {t} stopped work; {n} {t} stayed away; {n} {t} joined the strike; {n} {t} downed tools""", None),
    "turnout": ("settled", "percent", (20, 90), """turnout was {n}; {n} of voters cast their ballots; {n} of the electorate voted; {n} went to the polls""", None),
    "vote": ("settled", "percent", (10, 70), """she won {n} of the vote; she got {n}; {n} of voters backed her; she had {n} of the votes; her share was {n}""", None),
    "inflation": ("settled", "percent", (1, 30), """inflation was {n}; prices rose by {n}; prices were {n} higher than a year before; the rate of inflation reached {n}""", None),
    "troops": ("settled", "troops|soldiers", (200, 90000), """{n} {t} are stationed there; it has massed {n} {t}; {n} {t} were sent; it deployed {n} {t}; {n} {t} stand at the border; it moved {n} {t} there""", None),
    "fired": ("settled", "missiles|drones|rockets|shells", (3, 300), """{n} {t} were fired; it launched {n} {t}; {n} {t} were used; it sent {n} {t}; {n} {t} flew in""", None),
    "shot down": ("settled", "missiles|drones|rockets", (2, 200), """{n} {t} were shot down; air defences intercepted {n} {t}; it brought down {n} {t}; {n} {t} were destroyed in the air; it downed {n} {t}""", None),
    "stolen": ("settled", "paintings|bars of gold|cars|records|accounts", (2, 90000), """{n} {t} were stolen; thieves took {n} {t}; {n} {t} are gone; the thieves made off with {n} {t}; {n} {t} were carried off""", None),
    "recalled": ("settled", "cars|vehicles|toys|bottles", (200, 900000), """{n} {t} are being recalled; it calls back {n} {t}; the recall covers {n} {t}; {n} {t} must go back; {n} {t} are affected""", None),
    "affected": ("grows", "people|customers|households|patients", (200, 900000), """{n} {t} are affected; {n} {t} were without power; it hit {n} {t}; {n} {t} were concerned; data of {n} {t} were exposed""", None),
    "temperature": ("settled", "degrees Celsius", (31, 49), """it was {n}; the temperature reached {n}; thermometers showed {n}; the heat rose to {n}; {n} were measured""", None),
    "height": ("settled", "metres", (2, 20), """the water stood {n} high; the wave was {n} high; the river rose to {n}; it reached a height of {n}""", None),
    "aboard": ("settled", "people|passengers", (3, 400), """{n} {t} were aboard; it carried {n} {t}; {n} {t} were on board; there were {n} {t} in it""", "children|crew members"),
    "rooms": ("settled", "rooms|flats|beds", (3, 400), """it has {n} {t}; there are {n} {t}; {n} {t} stood empty; it offers {n} {t}""", None),
}
TYPES = {
    "quake": ("an earthquake|a strong earthquake|the quake", "killed injured missing rescued evacuated destroyed damaged cost"),
    "fire": ("a fire|a blaze|the fire", "killed injured rescued evacuated destroyed burned cost"),
    "flood": ("a flood|floods|high water", "killed missing evacuated destroyed damaged height cost affected"),
    "crash": ("a bus crash|a train crash|the accident", "killed injured rescued aboard cost"),
    "ship": ("the sinking of a ferry|a shipwreck", "killed missing rescued aboard"),
    "attack": ("an attack|a bomb attack|a raid", "killed injured captured destroyed arrested"),
    "battle": ("fighting|a battle|clashes", "killed injured captured evacuated destroyed"),
    "missiles": ("an air raid|a missile attack", "killed injured fired#shot down destroyed damaged"),
    "swap": ("an exchange of prisoners", "freed captured killed"),
    "march": ("a march|a demonstration|a rally", "attended arrested injured"),
    "strike": ("a strike|a walkout", "struck attended dismissed cost"),
    "outbreak": ("an outbreak|an epidemic", "killed infected affected cost"),
    "spill": ("an oil spill|a leak", "leaked cost fine affected evacuated"),
    "results": ("the results of the quarter", "profit revenue dismissed"),
    "layoffs": ("the closing of a plant", "dismissed cost profit"),
    "election": ("an election|the vote", "turnout vote attended"),
    "prices": ("the latest figures", "inflation cost"),
    "trial": ("a trial|a verdict", "fine killed injured"),
    "theft": ("a burglary|a theft", "stolen arrested cost"),
    "recall": ("a recall", "recalled injured cost fine"),
    "hack": ("a data breach|a cyberattack", "stolen affected fine"),
    "heat": ("a heatwave", "killed temperature affected"),
    "build-up": ("a build-up of troops", "troops fired cost"),
    "hotel": ("the opening of a hotel", "rooms cost dismissed"),
    "outage": ("a power cut|a blackout", "affected cost rescued"),
}
SOURCES = [("the mayor, {name}", "mayor {name}"), ("the police", "a police spokesman"), ("the rebels", "the rebels' spokesman, {name}"), ("the hospital", "a doctor, {name}"),
           ("the ministry of the interior", "the ministry"), ("the union", "the union's leader, {name}"), ("the company", "its director, {name}"), ("the organisers", "the organiser, {name}"),
           ("the army", "an army spokesman, {name}"), ("the Red Cross", "aid workers"), ("the opposition", "opposition leader {name}"), ("residents", "a witness"), ("the governor, {name}", "governor {name}"),
           ("the fire brigade", "fire chief {name}")]
SAY = ["{C}, {s} said.", "{S} said that {c}.", "According to {s}, {c}.", "{S} told reporters that {c}.", "{C}, according to {s}.", "{S} says {c}.", "{S} announced on {day} that {c}.", "{C}, {s} confirmed.", "{S} put it plainly: {c}."]
SYLLABLES = "bal dor ket mar vin sul tor pel gran hol mid ros fen wick lan der nor sta bur gle yar kes tol ver min sad ok zel".split()
PAPERS = "Herald Courier Post Gazette Wire Observer Tribune Echo Times Journal Dispatch Mirror Radio Star".split()
FIRST = "Anna Boris Carla Dmitri Edda Farid Grace Hanna Igor Jana Karim Lena Musa Nadia Omar Petra Rosa Stefan Tove Ugo Vera Wim Yusuf Zora".split()
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()


class Maker:
    def __init__(self, seed, senses):
        self.r, self.senses, self.number = random.Random(seed), senses, 0

    def name(self):
        return "".join(self.r.choice(SYLLABLES) for _ in range(self.r.choice((2, 2, 3)))).capitalize()

    def figure(self, value, unit, exact):
        """Words for a number with its relation, value, lower, upper."""
        r = self.r
        money = unit == "$"
        if value < 20 and not money and r.random() < 0.6 and unit != "percent":
            words = SMALL[int(value)]
        else:
            words = f"{value:,}" if isinstance(value, int) else f"{value}"
        if money:
            words = f"${words} million"
        elif unit == "percent":
            words = f"{words} {r.choice(('percent', 'per cent', '%'))}".replace(" %", "%")
        scale = 1_000_000 if money else 1
        real = value * scale
        kind = "=" if exact or r.random() < 0.6 else r.choice("≈≈≥>≤")
        lead = {"=": "", "≈": r.choice(("about ", "some ", "around ", "roughly ")), "≥": "at least ", ">": "more than ", "≤": "up to "}[kind]
        text = lead + words
        low, high = {"=": (real, real), "≈": (real * .9, real * 1.1), "≥": (real, None), ">": (real, None), "≤": (None, real)}[kind]
        return text, kind, real, low, high

    def clause(self, measure, thing, value, exact=False, plain=False):
        course, things, _, clauses, _ = MEASURES[measure]
        forms = [c.strip() for c in clauses.replace("\n", " ").split(";")]
        forms = [f for f in forms if not (plain and f.startswith("|"))]
        form = self.r.choice(forms)
        unit = things if things in ("$", "percent") else "item"
        text, kind, real, low, high = self.figure(value, unit, exact)
        clause = form.lstrip("|").replace("{t}", thing if value != 1 else thing.rstrip("s"))
        return clause, text, (kind, real, low, high), form

    def incident(self, place=None, kind=None, day=None, values=None):
        """The truth of an incident: measures with the lines that sources tell of them."""
        r = self.r
        kind = kind or r.choice(list(TYPES))
        measures = [m.replace("#", " ") for m in TYPES[kind][1].replace("fired#shot down", "fired shot#down").split()]
        measures = r.sample(measures, min(len(measures), r.choice((2, 3, 3, 4))))
        place = place or self.name()
        day = day or datetime.date(2016, 1, 1) + datetime.timedelta(days=r.randrange(2500))
        sources = r.sample(SOURCES, 4)
        sources = [tuple(x.replace("{name}", n) for x in s) for s in sources for n in [r.choice(FIRST) + " " + self.name()]]
        lines = {}
        for measure in measures:
            course, things, (low, high), _, parts = MEASURES[measure]
            value = int(round(low * (high / low) ** r.random()))
            if value > 200:
                value = int(float(f"{value:.2g}"))
            lines[measure] = {"thing": r.choice(things.split("|")), "value": value, "quarrel": r.random() < 0.45, "part": r.choice(parts.split("|")) if parts and r.random() < 0.5 and value > 5 else None,
                              "other": max(1, int(value * r.choice((.3, .5, .7, 1.4, 2, 3, 5)))), "wide": r.random() < 0.15}
        return {"kind": kind, "place": place, "day": day, "sources": sources, "lines": lines, "region": self.name(), "noun": r.choice(TYPES[kind][0].split("|"))}

    def article(self, truth, late, claims, set_id):
        r = self.r
        self.number += 1
        doc = f"gen-{self.number:05d}"
        date = truth["day"] + datetime.timedelta(days=late)
        weekday = DAYS[truth["day"].weekday()]
        noun = truth["noun"] if r.random() < 0.5 else r.choice(TYPES[truth["kind"]][0].split("|"))
        text, made = "", []

        def add(sentence, rows):
            """Appends a sentence; `rows` are (marker, words, claim), markers are put in place of the words."""
            nonlocal text
            if text and not text.endswith("\n\n"):
                text += r.choice((" ", " ", "\n\n"))
            for marker, words, row in rows:
                at = sentence.index(marker)
                if at == 0:
                    words = words[0].upper() + words[1:]
                sentence = sentence[:at] + words + sentence[at + len(marker):]
                if row is not None:
                    begin = len(text) + at
                    made.append({**row, "document": doc, "span": [begin, begin + len(words)], "text": words})
            text += sentence

        def cap(s):
            return s[0].upper() + s[1:]

        lead = r.choice(("{N} shook {place} on {d}.", "{N} in {place} kept people busy on {d}.", "{place} spoke of nothing but {n} on {d}.", "There was {n} in {place} on {d}.", "The talk in {place} is of {n} of {d}."))
        add(lead.replace("{N}", cap(noun)).replace("{n}", noun).replace("{place}", truth["place"]).replace("{d}", weekday), [])
        measures = list(truth["lines"])
        r.shuffle(measures)
        for measure in measures[: r.choice((1, 2, 2, 3, 4))]:
            line = truth["lines"][measure]
            course = MEASURES[measure][0]
            things = MEASURES[measure][1]
            thing = line["thing"] if r.random() < 0.6 or things in ("$", "percent") else r.choice(things.split("|"))
            if measure in ("leaked", "burned", "evacuated") and thing != line["thing"]:
                thing = line["thing"]
            who = r.choice((0, 0, 1)) if line["quarrel"] else r.randrange(len(truth["sources"]))
            value = line["value"] if not (line["quarrel"] and who == 1) else line["other"]
            grown = 0
            if course == "grows" and late and not line["quarrel"]:
                grown = late
                value = int(value * (1 + 0.3 * late)) + 1
            if course == "moves" and late:
                grown = late
                value = max(1, int(value / (1 + 0.5 * late)))
            source = r.choice(truth["sources"][who])
            clause, words, number, form = self.clause(measure, thing, value, plain=not made)
            if thing in ("cases",) and "cases" in clause:
                clause = clause.replace("cases were infected", "people were infected")
            row = {"measure": measure, "who": who, "late": grown, "number": number, "form": form, "scope": "", "of": thing}
            mark = "\u0001"
            clause = clause.replace("{n}", mark, 1)
            if r.random() < 0.25 and measure not in ("turnout", "vote", "inflation"):
                clause += r.choice((f" in {truth['place']}", f" near {truth['place']}", f" on {weekday}"))
            voice = r.random()
            if voice < 0.3:
                add(cap(clause) + ".", [(mark, words, {**row, "who": None if who == 0 else who})])
            else:
                say = r.choice(SAY)
                say = say.replace("{C}", cap(clause)).replace("{c}", clause).replace("{S}", cap(source)).replace("{s}", source).replace("{day}", DAYS[date.weekday()])
                add(say, [(mark, words, row)])
            if line["quarrel"] and r.random() < 0.25:
                other = 1 - who if who < 2 else 1
                value = line["other"] if other == 1 else line["value"]
                text2, kind, real, low, high = self.figure(value, things if things in ("$", "percent") else "item", False)
                source = r.choice(truth["sources"][other])
                say = r.choice((f"{cap(source)} spoke of \u0001.", f"{cap(source)} put the number at \u0001.", f"But {source} said it was \u0001.", f"{cap(source)}, however, said \u0001."))
                add(say, [("\u0001", text2, {"measure": measure, "who": other, "late": 0, "number": (kind, real, low, high), "form": "|", "scope": "", "of": None})])
            if line["part"] and r.random() < 0.5 and value > 3:
                few = max(1, value // r.choice((3, 5)))
                text2, kind, real, low, high = self.figure(few, "item", True)
                tail = r.choice(("\u0001 of them were {p}.", "Among them were \u0001 {p}.", "\u0001 {p} were among them."))
                add(tail.replace("{p}", line["part"]), [("\u0001", text2, {"measure": measure, "who": None, "late": grown, "number": (kind, real, low, high), "form": "part", "scope": line["part"], "of": line["part"]})])
            elif line["wide"] and r.random() < 0.6 and things not in ("percent",):
                clause, words, number, form = self.clause(measure, thing, value * r.choice((3, 4, 6)), plain=True)
                wide = r.choice(("since January", "so far this year", "in the whole province", "across the country", "since the war began"))
                add(cap(clause.replace("{n}", "\u0001", 1)) + " " + wide + ".", [("\u0001", words, {"measure": measure, "who": None, "late": grown, "number": number, "form": form, "scope": "wide", "of": thing})])
        noise = ["{name}, {n}, saw it from the window.", "The street is {n} kilometres long.", "It began at {h}.{mm} in the morning.", "In {y} a similar event there had cost {n} lives.", "The building has {n} floors.", "Bus {n} runs again.",
                 "Last year {n} people were hurt in {other}.", "\"I have lived here for {n} years,\" said {name}.", "A few kilometres away, in {other}, {n} people were killed in an accident a month ago."]
        for sentence in r.sample(noise, r.choice((0, 1, 1, 2))):
            words = str(r.randrange(2, 90))
            sentence = sentence.replace("{name}", r.choice(FIRST)).replace("{h}", str(r.randrange(1, 12))).replace("{mm}", f"{r.randrange(10, 59)}").replace("{y}", str(r.randrange(1970, 2012))).replace("{other}", self.name())
            rows = [("{n}", words, {"measure": "", "who": None, "late": 0, "number": ("=", int(words), int(words), int(words)), "form": "noise", "scope": "", "of": None})] if "{n}" in sentence else []
            add(sentence, rows)
        for row in made:
            row["id"] = f"c{len(claims) + 1}"
            claims.append(row)
        return {"id": doc, "date": date.isoformat(), "publisher": truth["place"] + " " + r.choice(PAPERS) if r.random() < 0.3 else self.name() + " " + r.choice(PAPERS), "title": cap(noun) + " in " + truth["place"], "text": text}

    def verdict(self, a, b):
        """(newer or part first, verdict) or None."""
        if not a["measure"] or a["measure"] != b["measure"]:
            return None
        if a["of"] != b["of"] and ("families" in (a["of"], b["of"])):
            return None
        if a["scope"] != b["scope"]:
            part = a if a["scope"] and a["scope"] != "wide" or b["scope"] == "wide" else b
            return (part, b if part is a else a, "other-scope")
        (ra, va, la, ha), (rb, vb, lb, hb) = a["number"], b["number"]
        if a["late"] != b["late"]:
            return (a, b, "updates") if a["late"] > b["late"] else (b, a, "updates")
        if ra == rb and va == vb:
            return a, b, "agree"
        la, lb = (-1 if x is None else x for x in (la, lb))
        ha, hb = (float("inf") if x is None else x for x in (ha, hb))
        strict = ra == ">" and la >= hb or rb == ">" and lb >= ha
        return (a, b, "compatible") if la <= hb and lb <= ha and not strict else (a, b, "differs")

    def set(self, number):
        r = self.r
        truths = [self.incident()]
        if r.random() < 0.4:  # a look-alike: the same kind in the same place on another day, or on the same day elsewhere
            first = truths[0]
            if r.random() < 0.5:
                truths.append(self.incident(first["place"], first["kind"], first["day"] + datetime.timedelta(days=r.choice((7, 14, 30, 365)))))
            else:
                truths.append(self.incident(None, first["kind"], first["day"] + datetime.timedelta(days=r.choice((0, 1, 2)))))
        articles, claims, home = [], [], {}
        for which, truth in enumerate(truths):
            for _ in range(r.choice((3, 4, 5)) if which == 0 else 2):
                article = self.article(truth, r.choice((0, 0, 1, 1, 2)), claims, number)
                home[article["id"]] = which
                articles.append(article)
        pairs, never = [], []
        for i, a in enumerate(claims):
            for b in claims[i + 1:]:
                same = a["document"] == b["document"]
                if same and (a["who"] is None or b["who"] is None or a["who"] == b["who"]):
                    continue
                found = self.verdict(a, b) if home[a["document"]] == home[b["document"]] else None
                if same and (not found or found[2] in ("updates", "other-scope")):
                    continue
                if found:
                    pairs.append([found[0]["id"], found[1]["id"], found[2], ""])
                else:
                    never.append([a["id"], b["id"], ""])
        out = []
        for c in claims:
            kind, real, low, high = c["number"]
            out.append({"id": c["id"], "document": c["document"], "span": c["span"], "text": c["text"], "value": real, "lower": low, "upper": high, "relation": kind, "unit": "item", "per": None,
                        "of": c["of"], "speaker": None, "form": c["form"], "measure": c["measure"]})
        return {"id": f"g{number:04d}", "phenomena": [], "type": truths[0]["kind"], "articles": articles, "claims": out, "pairs": pairs, "never": never}


def synonyms(folder):
    """Verbs of WordNet that are written in several ways and take a plural object: measures by themselves."""
    found = []
    for line in (Path(folder) / "data.verb").open(encoding="utf-8"):
        if line.startswith("  "):
            continue
        cells = line.split("|")[0].split()
        count = int(cells[3], 16)
        words = [cells[4 + 2 * i].replace("_", " ") for i in range(count)]
        words = [w for w in words if w.isalpha() and w.endswith(tuple("bcdfgklmnprstvwxyz"))]
        if len(words) >= 2 and int(cells[1]) in (30, 33, 35, 36, 38, 40):
            found.append(words[:3])
    return found


def past(verb):
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sets", type=int, default=400)
    parser.add_argument("--wordnet")
    given = parser.parse_args()
    if given.wordnet:
        pick = random.Random(given.seed)
        verbs = synonyms(given.wordnet)
        for nth, words in enumerate(pick.sample(verbs, min(60, len(verbs)))):
            thing = pick.choice(("crates|boxes", "sheep|animals", "lorries|trucks", "letters", "machines", "pupils|students", "ships|vessels", "trees", "phones", "guns|weapons"))
            forms = "; ".join(f"{{n}} {{t}} were {past(w)}; it {past(w)} {{n}} {{t}}" for w in words)
            MEASURES[f"w{nth}"] = ("settled", thing, (2, 5000), forms, None)
            kind = pick.choice(list(TYPES))
            TYPES[kind] = (TYPES[kind][0], TYPES[kind][1] + f" w{nth}")
    maker = Maker(given.seed, None)
    for number in range(given.sets):
        print(json.dumps(maker.set(number), ensure_ascii=False))


main()
