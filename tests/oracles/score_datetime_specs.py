#!/usr/bin/env python3
"""Compare `sayso annotate` with the date-time specs of Microsoft's Recognizers-Text (MIT).

    score_datetime_specs.py GOLD PRED [--all] [--errors]

GOLD: ../shared/data/datetime_specs/recognizers_specs.jsonl.gz; PRED: the annotation format.  To make the input:
    score_datetime_specs.py GOLD --input > in.jsonl;  sayso annotate - < in.jsonl > out.jsonl

The specs speak of moments and half-open ranges, TIMEX3 of stretches of the calendar, so a result counts as right when type
and value say the same in either notation:
  date            one DATE (or an offset DURATION with both bounds) whose bounds are the day
  daterange       bounds (or begin and end) are the range; of two joined dates the end may be the second's first or last day
  duration        the same number of seconds, as the specs count them (a month has 30 days, a year 365)
  set             the same period
  time, datetime  the same time of the clock (and day); of two readings twelve hours apart either counts
  timerange, datetimerange   both times, or the same part of the day
Only results marked `news` count unless --all is given.  A text without results counts as one, right when nothing is found.
"""
import argparse, datetime, gzip, json, re, sys


def load(path):
    op = gzip.open if path.endswith(".gz") else open
    with op(path, "rt", encoding="utf-8") as f:
        return [json.loads(l) for l in f if l.strip()]


def day(text):
    return datetime.date.fromisoformat(text[:10])


def seconds(value):
    m = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)Q)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?", value or "")
    if not m:
        return None
    parts = [float(x or 0) for x in m.groups()]
    return sum(n * s for n, s in zip(parts, (365 * 86400, 90 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1)))


def near(a, b):
    return a is not None and abs(a - b) <= 0.02 * max(b, 1)


def clock(value):
    m = re.search(r"T(\d\d)(?::(\d\d))?(?::(\d\d))?", value or "")
    return (int(m[1]), int(m[2] or 0)) if m else None


PART = {"TMO": "MO", "TAF": "AF", "TEV": "EV", "TNI": "NI", "TNT": "NI", "TDT": "DT"}


def right(kind, value, ps):
    """Whether the predictions over a result's span say one of its values; gives (type right, value right)."""
    timex = value.get("timex", "")
    mod = value.get("Mod")
    bounds = [(p.get("earliest"), p.get("latest")) for p in ps]
    first, last = ps[0], ps[-1]
    begin = first.get("begin") or first.get("earliest")
    end = last.get("end") or last.get("latest")
    kinds = {p["type"] for p in ps}
    if kind == "date":
        ok = any(a == b == value.get("value") for a, b in bounds)
        return "DATE" in kinds or (ok and "DURATION" in kinds), ok
    if kind == "daterange":
        start, stop = value.get("start"), value.get("end")
        typed = bool(kinds & {"DATE", "DURATION"})
        if value.get("value") == "not resolved":
            return typed, any(p.get("value", "").endswith(re.sub(r"^(FY|SY)", "", timex)) for p in ps)
        if mod in ("since", "after", "until", "before") and not (start and stop):
            edge = start or stop
            near_edges = {first.get("begin"), last.get("end"), first.get("earliest"), first.get("latest")}
            other = {str(day(edge) + datetime.timedelta(days=k)) for k in (-1, 0, 1)}
            return typed, bool(near_edges & other)
        if not (start and stop):
            return typed, False
        inclusive = str(day(stop) - datetime.timedelta(days=1))
        for p in ps:
            if p.get("earliest") == start and p.get("latest") in (inclusive, stop):
                return typed, True
            if p.get("begin") == start and p.get("end") in (inclusive, stop):
                return typed, True
        if len(ps) > 1 or timex.startswith("("):
            ends = {last.get("earliest"), last.get("latest"), end}
            return typed, begin == start and bool(ends & {inclusive, stop})
        return typed, False
    if kind == "duration":
        total = sum(seconds(p.get("value")) or 0 for p in ps if p["type"] == "DURATION")
        return "DURATION" in kinds, near(total, float(value.get("value") or 0))
    if kind == "set":
        return "SET" in kinds, any(p.get("value") == timex or near(seconds(p.get("value")), seconds(timex) or -1) for p in ps)
    times = [p for p in ps if p["type"] == "TIME"]
    if kind in ("time", "datetime"):
        wanted = value.get("value", "")
        if timex in ("PRESENT_REF", "FUTURE_REF", "PAST_REF"):
            return True, any(p.get("value") == timex for p in ps)
        at = clock("T" + wanted[-8:])
        same = [p for p in times if clock(p.get("value")) == at or at == (23, 59) and p.get("mod") == "END"]
        if kind == "datetime":
            same = [p for p in same if p.get("earliest") == wanted[:10]]
        return bool(times), bool(same)
    if kind in ("timerange", "datetimerange"):
        part = PART.get(re.sub(r"^.*(T[A-Z]{2})$", r"\1", timex))
        if part:
            same = [p for p in times if p.get("value", "").endswith("T" + part)]
            return bool(times), bool(same)
        edges = [clock("T" + value[k][-8:]) for k in ("start", "end") if value.get(k)]
        got = [clock(p.get("value")) for p in times]
        dated = [value[k][:10] for k in ("start", "end") if value.get(k) and kind == "datetimerange"]
        days = {p.get("earliest") for p in ps}
        return bool(times), all(e in got for e in edges) and set(dated) <= days
    return False, False


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("pred", nargs="?")
    ap.add_argument("--input", action="store_true", help="print the texts as input for `sayso annotate -`")
    ap.add_argument("--all", action="store_true", help="all specs, not only those marked news")
    ap.add_argument("--errors", action="store_true")
    a = ap.parse_args()
    gold = load(a.gold)
    if a.input:
        for g in gold:
            print(json.dumps({"id": g["id"], "text": g["text"], "date": g["ref_date"][:10]}))
        return
    pred = {p["id"]: p for p in load(a.pred)}
    total = found = typed = valued = spurious = 0
    for g in gold:
        if not (g["news"] or a.all):
            continue
        timexes = pred.get(g["id"], {}).get("timexes", [])
        over = lambda p, s: min(p["span"][1], s[1]) > max(p["span"][0], s[0])
        used = set()
        if not g["results"]:
            total += 1
            ok = not timexes
            found, typed, valued = found + ok, typed + ok, valued + ok
        for r in g["results"]:
            total += 1
            ps = [p for p in timexes if over(p, r["span"])]
            used.update(id(p) for p in ps)
            kind = r["type"].split(".")[-1]
            values = (r.get("resolution") or {}).get("values", [])
            verdicts = [right(kind, v, ps) for v in values] if ps else []
            t, v = any(x for x, _ in verdicts), any(x and y for x, y in verdicts)
            found, typed, valued = found + bool(ps), typed + t, valued + v
            if a.errors and not v:
                print(kind, "|", g["text"], "|", g["text"][r["span"][0]:r["span"][1]], "|", json.dumps(values[:1]), "|",
                      [(g["text"][p["span"][0]:p["span"][1]], p["type"], p.get("value"), p.get("earliest"), p.get("latest")) for p in ps], g["ref_date"][:10])
        extra = [p for p in timexes if id(p) not in used]
        spurious += len(extra)
        if a.errors and extra:
            print("spurious |", g["text"], "|", [(g["text"][p["span"][0]:p["span"][1]], p["value"]) for p in extra])
    share = lambda n: "%.1f" % (100 * n / total if total else 0)
    print("results %d  found %s  type right %s  type and value right %s  spurious %d" % (total, share(found), share(typed), share(valued), spurious))


if __name__ == "__main__":
    main()
