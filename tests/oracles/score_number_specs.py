#!/usr/bin/env python3
"""Compare quantities with the test specifications of Recognizers-Text and quantulum3.

    score_number_specs.py --articles GOLD.jsonl.gz > in.jsonl     (the texts, input of `sayso annotate - --format jsonl`)
    score_number_specs.py GOLD.jsonl.gz PRED.jsonl [--all] [--errors N] [--json]

GOLD: one text a line, {"id", "text", "news", "results": [{"span", "type", "resolution"}]}; only texts marked `news` count, unless
--all. PRED is the annotation format. A text is right when each of its expected results is met by its own quantity:

  number, percentage   the spans overlap and the value is the same (relative tolerance 1e-6)
  numberrange          the ends are the same; for one-sided ranges also whether the end belongs to it. Two-sided ranges
                       compare the ends alone: the specification closes the left and opens the right one whatever the words say
  ordinal              the value, as an ordinal
  currency, dimension, temperature, age    value and unit
  quantity (quantulum3)  value (the middle of a range, or of the two ends of a change) and unit; a duration that is annotated as a time counts

and, where nothing is expected, when no quantity of that kind is found. Not counted, and said how many: relative ordinals
("last", "next": no number), percentages without a number, and bare years that quantulum3 lists as numbers.
"""
import argparse, collections, gzip, json, math, re, sys

CURRENCY = {"dollar": "USD AUD CAD NZD HKD SGD", "united states dollar": "USD", "cent": "cent", "euro": "EUR", "pound": "GBP", "japanese yen": "JPY",
            "finnish markka": "FIM", "franc": "CHF FRF", "hong kong dollar": "HKD", "canadian dollar": "CAD", "peseta": "ESP",
            "netherlands guilder": "NLG", "chinese yuan": "CNY"}
UNITS = {"mile": "mi", "ounce": "oz", "acre": "acre", "gallon": "gal", "cubic foot": "ft3", "foot": "ft", "square meter": "m2", "bit": "bit",
         "kilometer": "km", "square kilometer": "km2", "megabyte": "MB", "megabit": "Mbit", "picometer": "pm", "picometre": "pm", "dram": "dram",
         "c": "Cel", "f": "degF", "degree": "deg", "year": "a", "age": "a", "kilometre": "km", "metre": "m", "inch": "in", "cubic kilometre": "km3",
         "percentage": "percent", "dimensionless": "item person multiple fraction", "month": "mo", "day": "d", "hour": "h", "minute": "min", "second": "s",
         "kilogram": "kg", "gram": "g", "milligram": "mg", "tonne": "t", "pound-mass": "lb", "british thermal unit": "BTU", "degree celsius": "Cel",
         "degree fahrenheit": "degF", "kelvin": "K", "kilometre per hour": "km/h", "watt": "W", "watt hour": "Wh", "megawatt hour": "MWh", "exabyte": "EB",
         "milligray": "mGy", "cubic centimetre": "ml", "kilobit per second": "kbit", "minute of arc": "arcmin", "second of arc": "arcsec",
         "litre": "l", "millilitre": "ml", "square metre": "m2", "hectare": "ha", "barrel": "bbl", "knot": "kn", "mile per hour": "mph", "volt": "V", "ampere": "A",
         "joule": "J", "hertz": "Hz", "pascal": "Pa", "gigabyte": "GB", "kilobyte": "kB", "byte": "B", "yard": "yd", "meter": "m", "centimeter": "cm", "kilogram ": "kg",
         "pound": "lb GBP", "ton": "t", "liter": "l", "square foot": "ft2", "week": "wk"}
DURATION = {"Y": "a", "M": "mo", "W": "wk", "D": "d", "TH": "h", "TM": "min", "TS": "s"}


def load(path):
    op = gzip.open if path.endswith(".gz") else open
    with op(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def close(a, b):
    try: return math.isclose(float(a), float(b), rel_tol=1e-6, abs_tol=1e-9)
    except (TypeError, ValueError): return False


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def number(q):
    """The point; the bound of a one-sided quantity; the middle of a range."""
    if q.get("value") is not None: return float(q["value"])
    ends = [float(q[k]) for k in ("lower", "upper") if q.get(k) is not None]
    return sum(ends) / len(ends) if ends else None


def with_durations(row):
    out, parts = list(row.get("quantities", [])), []
    for t in row.get("timexes", []):
        value = t.get("value") or ""
        if not re.fullmatch(r"P(\d+(\.\d+)?[YMWD])*(T(\d+(\.\d+)?[HMS])+)?", value) or any(overlap(q["span"], t["span"]) for q in out): continue
        date, _, clock = value[1:].partition("T")
        for part, prefix in ((date, ""), (clock, "T")):
            for n, letter in re.findall(r"(\d+(?:\.\d+)?)([A-Z])", part):
                parts.append({"span": t["span"], "value": float(n), "unit": DURATION.get(prefix + letter, letter), "kind": "duration"})
    return out + parts


def same_unit(name, code):
    table = (CURRENCY.get(name.lower(), "") + " " + UNITS.get(name.lower(), "")).split()
    return code in table


def skipped(r):
    kind, res = r["type"], r.get("resolution") or {}
    if kind.startswith("ordinal.relative"): return "relative ordinal"
    if res.get("value") in (None, "null"): return "no number"
    if kind == "quantity" and res.get("unit") == "dimensionless" and float(res["value"]).is_integer() and 1900 <= res["value"] <= 2100: return "bare year"
    return None


def met(r, q):
    if not overlap(r["span"], q["span"]): return False
    kind, res = r["type"], r.get("resolution") or {}
    if kind == "numberrange":
        m = re.fullmatch(r"([\[(])([^,]*),([^)\]]*)([\])])", res["value"])
        low, high = m[2].strip(), m[3].strip()
        relation = q.get("relation", "=")
        if low and high:
            if low == high: return close(number(q), low)
            return close(q.get("lower"), low) and close(q.get("upper"), high)
        if low: return relation == (">" if m[1] == "(" else "≥") and close(number(q), low)
        return relation == ("<" if m[4] == ")" else "≤") and close(number(q), high)
    ends = [q.get("from"), q.get("to")]
    change = None not in ends and close(sum(map(float, ends)) / 2, res["value"])
    if not (close(number(q), res["value"]) or kind == "quantity" and change): return False
    if kind == "ordinal": return q.get("kind") == "ordinal"
    if kind in ("number", "percentage"): return q.get("kind") != "ordinal"
    unit = q.get("unit") or ""
    if res.get("isoCurrency"): return unit == res["isoCurrency"]
    name = str(res.get("unit", ""))
    return same_unit(name, unit) or same_unit(name.split(" per ")[0], unit)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("gold", nargs="?"); a.add_argument("pred", nargs="?"); a.add_argument("--articles")
    a.add_argument("--all", action="store_true"); a.add_argument("--errors", type=int, default=0); a.add_argument("--json", action="store_true")
    a = a.parse_args()
    if a.articles:
        for r in load(a.articles): print(json.dumps({"id": r["id"], "text": r["text"], "date": (r.get("ref_date") or "2016-11-07")[:10]}, ensure_ascii=False))
        return
    pred = {r["id"]: r for r in load(a.pred)}
    right, total, left, errors = collections.Counter(), collections.Counter(), collections.Counter(), []
    for g in load(a.gold):
        if not (a.all or g.get("news")): continue
        source, qs = g["source"], with_durations(pred.get(g["id"], {}))
        wanted = []
        for r in g["results"]:
            why = skipped(r)
            if why: left[why] += 1
            else: wanted.append(r)
        if g["results"] and not wanted: continue
        total[source] += 1
        free, ok = list(range(len(qs))), True
        for r in wanted:
            hit = next((k for k in free if met(r, qs[k])), None)
            if hit is None: ok = False
            else: free.remove(hit)
        if not g["results"]:
            kinds = {"Dimension": ("measure",), "Temperature": ("measure",), "Currency": ("money",), "Age": ("age",), "Percent": ("percent",), "Ordinal": ("ordinal",)}
            kind = next((v for k, v in kinds.items() if k in source), None)
            ok = not any(q.get("kind") != "duration" and (kind is None or q.get("kind") in kind) for q in qs)
        right[source] += ok
        if not ok:
            errors.append((source, g["text"], [(g["text"][r["span"][0]:r["span"][1]], r["resolution"]) for r in wanted],
                           [(q.get("text"), number(q), q.get("relation"), q.get("unit")) for q in qs]))
    everything = {"right": sum(right.values()), "texts": sum(total.values())}
    everything["share"] = round(100 * everything["right"] / max(1, everything["texts"]), 1)
    if a.json: print(json.dumps({"all": everything, "by_source": {s: [right[s], total[s]] for s in sorted(total)}, "not_counted": dict(left)}))
    else:
        for s in sorted(total): print(f"{s:45} {right[s]:4} of {total[s]:4}  {100 * right[s] / total[s]:5.1f} %")
        print(f"{'all':45} {everything['right']:4} of {everything['texts']:4}  {everything['share']:5.1f} %   not counted: {dict(left)}")
    for e in errors[: a.errors]: print(*e, sep="\n    ")


if __name__ == "__main__":
    main()
