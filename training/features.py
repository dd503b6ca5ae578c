"""What the network sees of a token. The twin of `src/annotate/syntax/features.rs`: both must give the same rows."""

import functools

MAP = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
       "–": "-", "—": "-", "―": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u00ad": ""}
TITLES = ("Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Messrs", "Mx")     # written with a full stop or without
ROWS = 24576          # rows of the hashed table; row 0 stays empty
FEATURES = 14         # hashed rows a token string
FLAGS = 4             # hashed rows a token's place


def norm(word):
    """Typographic variants folded; the rest as it is."""
    if word in ("``", "''"):
        return '"'
    out = "".join(MAP.get(c, c) for c in word)
    if "…" in out:
        out = out.replace("…", "...")
    if word in TITLES:
        out += "."
    return out


def lower(word):
    return "".join("0" if c.isdigit() and c.isascii() else c.lower() for c in word)


def fnv(data, salt):
    """FNV-1a, 32 bits, over UTF-8 with the kind of feature mixed in first, then a finaliser."""
    h = (0x811C9DC5 ^ (salt * 0x9E3779B1)) & 0xFFFFFFFF
    for b in data:
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    h ^= h >> 12
    h = (h * 0x297A2D39) & 0xFFFFFFFF
    h ^= h >> 15
    return h


def row(text, salt):
    return 1 + fnv(text.encode("utf-8"), salt) % (ROWS - 1)


def shape(word):
    """Letters by case, digits, anything else itself; runs longer than three are cut."""
    out = []
    last, run = None, 0
    for c in word:
        k = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c
        run = run + 1 if k == last else 1
        last = k
        if run <= 3:
            out.append(k)
    return "".join(out[:12])


@functools.lru_cache(maxsize=None)
def rows(word):
    """The hashed rows of a token string, in a fixed order; 0 where a feature is absent."""
    n = norm(word)
    low = lower(n)
    s = shape(n)
    chars = list(low)
    out = [row(low, 1), row(low, 2), row(s, 3)]
    for k in (1, 2, 3, 4, 5):
        out.append(row("".join(chars[:k]), 10 + k) if len(chars) >= k else 0)
    for k in (1, 2, 3, 4, 5):
        out.append(row("".join(chars[-k:]), 20 + k) if len(chars) >= k else 0)
    out.append(row(s[:1] + "".join(chars[-3:]), 30))
    return tuple(out)


def quote_states(words, paragraph_starts):
    """0 outside, 1 inside double quotation marks (the marks count as inside); a paragraph starts outside."""
    out = []
    inside = False
    for i, w in enumerate(words):
        if i in paragraph_starts:
            inside = False
        if w in ('"', "``", "''", "“", "”", "„", "«", "»"):
            if w in ("“", "``", "„", "«"):
                inside = True
                out.append(1)
            elif w in ("”", "''", "»"):
                out.append(1)
                inside = False
            else:
                out.append(1)
                inside = not inside
        else:
            out.append(1 if inside else 0)
    return out


def capitals(words):
    """A sentence in capitals: more than 60 % of its words with three or more letters, and at least two, are upper-case."""
    long = [w for w in words if len(w) >= 3 and w.isalpha()]
    return len(long) >= 2 and sum(w.isupper() for w in long) * 10 > len(long) * 6


def title_case(words):
    """A headline: nearly all words of four or more letters start with a capital."""
    long = [w for w in words if len(w) >= 4 and w.isalpha()]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) * 10 > len(long) * 8


FLAG_ROWS = {name: row(name, 40) for name in
             ("quoted", "unquoted", "sentence", "paragraph", "capitals", "headline", "final")}
