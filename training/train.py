"""Trains the network of `src/annotate/syntax` on one CPU. See README.md."""

import argparse
import json
import math
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import clauses
import data
import features
from model import Net

WEIGHTS = {"names": 2.0, "speech": 1.5}
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
HEADS = {"ewt": "tree", "gum": "tree", "polnear": "speech"}
OPEN = {  # what a source does not mark: label -> labels it may stand for
    "btc": {"O": ["B-NORP", "I-NORP", "B-MISC", "I-MISC"]},
    "wnut": {"O": ["B-NORP", "I-NORP"]},
    "wikigold": {"B-MISC": ["B-NORP"], "I-MISC": ["I-NORP"]},
    "gum_names": {"O": ["B-NORP", "I-NORP", "B-MISC", "I-MISC"], "B-MISC": ["O", "B-NORP"], "I-MISC": ["O", "I-NORP"]},
    "re3d": {"O": ["B-MISC", "I-MISC"]},
}


class Types:
    """Distinct token strings with their rows, and the number of their lower-, upper- and title-case forms."""

    def __init__(self, vectors):
        z = np.load(vectors)
        self.table = np.concatenate([np.zeros((1, z["table"].shape[1]), np.float32), z["table"]])
        self.keys = dict(zip(z["keys"].tolist(), (z["rows"] + 1).tolist()))
        self.index, self.names, self.rows, self.vec = {}, [], [], []

    def add(self, word):
        i = self.index.get(word)
        if i is None:
            i = self.index[word] = len(self.rows)
            self.names.append(word)
            self.rows.append(features.rows(word))
            self.vec.append(self.keys.get(features.lower(features.norm(word)), 0))
        return i

    def freeze(self):
        self.rows, self.vec = np.array(self.rows, np.int64), np.array(self.vec, np.int64)


class Unit:
    """Some sentences that are read together, as arrays."""
    __slots__ = ("types", "flags", "bounds", "tree", "names", "speech", "source")


def unit(sentences, types, maps, source, variants=True):
    u = Unit()
    u.source = source
    words = [w for s in sentences for w in s["words"]]
    u.types = [np.array([types.add(w) for w in words], np.int64)]
    if variants:
        u.types.append(np.array([types.add(w.lower()) for w in words], np.int64))
        u.types.append(np.array([types.add(w.upper()) for w in words], np.int64))
        u.types.append(np.array([types.add(w if len(w) < 4 else w[0].upper() + w[1:]) for w in words], np.int64))
    bounds = np.cumsum([0] + [len(s["words"]) for s in sentences])
    u.bounds = bounds
    pars = {int(b) for b, s in zip(bounds, sentences) if s.get("paragraph")} | {0}
    flags = np.zeros((len(words), features.FLAGS), np.int64)
    q = features.quote_states(words, pars)
    flags[:, 0] = np.where(np.array(q) > 0, features.FLAG_ROWS["quoted"], 0)
    flags[bounds[:-1], 1] = features.FLAG_ROWS["sentence"]
    flags[sorted(pars), 2] = features.FLAG_ROWS["paragraph"]
    for b, s in zip(bounds, sentences):
        f = "capitals" if features.capitals(s["words"]) else "headline" if features.title_case(s["words"]) else None
        if f:
            flags[b:b + len(s["words"]), 3] = features.FLAG_ROWS[f]
    u.flags = flags
    u.tree = u.names = u.speech = None
    if "heads" in sentences[0]:
        up = [maps["upos"].get(t, -100) for s in sentences for t in s["upos"]]
        xp = [maps["xpos"].get(t, -100) for s in sentences for t in s["xpos"]]
        hd = [h - 1 for s in sentences for h in s["heads"]]
        rl = [maps["rel"].get(t, -100) for s in sentences for t in s["rels"]]
        u.tree = np.array([up, xp, hd, rl], np.int64)
    if "names" in sentences[0]:
        u.names = np.array([maps["names"][t] for s in sentences for t in s["names"]], np.int64)
    if "speech" in sentences[0]:
        u.speech = np.array([maps["speech"][t] for s in sentences for t in s["speech"]], np.int64)
    return u


class Batch:
    """Units laid end to end, those with trees first."""

    def __init__(self, units, types, rng=None, drop=0.0):
        t, fl, bounds, wins, n = [], [], [0], [], 0
        self.units, self.types, self.variants = units, types, []
        for u in units:
            k = 0
            f = u.flags
            if rng is not None and len(u.types) > 1:
                z = rng.random()
                if z < 0.12:
                    k = 1 if z < 0.04 else 2 if z < 0.08 else 3
                    if k > 1:
                        f = f.copy()
                        f[:, 3] = features.FLAG_ROWS["capitals" if k == 2 else "headline"]
            self.variants.append(k)
            t.append(u.types[k])
            fl.append(f)
            wins.append((n, n + len(u.types[0])))
            bounds += [int(b) + n for b in u.bounds[1:]]
            n += len(u.types[0])
        t = np.concatenate(t)
        rows = types.rows[t]
        vec = types.vec[t]
        flags = np.concatenate(fl)
        if rng is not None and drop:
            m = rng.random(n) < drop
            rows[m, :2] = 0
            m = rng.random(n) < drop * 0.5
            rows[m] = 0
            m = rng.random(n) < drop * 0.5
            vec[m] = 0
            m = rng.random(flags.shape) < 0.1
            flags[m] = 0
        self.n = n
        self.rows = torch.from_numpy(np.concatenate([rows, flags], 1))
        self.vec = torch.from_numpy(vec)
        b = np.array(bounds)
        first = np.zeros((n, 1), np.float32)
        last = np.zeros((n, 1), np.float32)
        first[b[:-1]] = 1
        last[b[1:] - 1] = 1
        self.first, self.last = torch.from_numpy(first), torch.from_numpy(last)
        self.bounds = b
        self.starts = torch.from_numpy(b.astype(np.int64))
        self.wins = wins


def groups(lengths, step=8):
    """Indices of sentences grouped by like length, so that padding stays small."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    out, cur = [], []
    for i in order:
        if cur and (lengths[i] > lengths[cur[0]] * 1.5 + step or len(cur) * lengths[i] ** 2 > 400_000):
            out.append(cur)
            cur = []
        cur.append(i)
    if cur:
        out.append(cur)
    return out


def padded(bounds, which):
    l = max(bounds[i + 1] - bounds[i] for i in which)
    index = np.zeros((len(which), l), np.int64)
    mask = np.zeros((len(which), l), bool)
    for k, i in enumerate(which):
        n = bounds[i + 1] - bounds[i]
        index[k, :n] = np.arange(bounds[i], bounds[i + 1])
        mask[k, :n] = True
    return index, mask


def losses(net, batch, open_masks):
    """The loss of every head that some unit of the batch can teach. Units with trees come first."""
    x = net.encode_batch(batch)
    out = {}
    nt = sum(len(u.types[0]) for u in batch.units if u.tree is not None)
    if nt:
        tree = np.concatenate([u.tree for u in batch.units if u.tree is not None], 1)
        xt = x[:nt]
        gold = torch.from_numpy(tree)
        upos, xpos, arc_dep, arc_head, rel_dep, rel_head = net.grow(xt)
        out["upos"] = F.cross_entropy(upos.float(), gold[0], ignore_index=-100)
        out["xpos"] = F.cross_entropy(xpos.float(), gold[1], ignore_index=-100)
        b = batch.bounds[batch.bounds <= nt]
        lengths = np.diff(b)
        head = gold[2]
        total = 0.0
        for g in groups(lengths):
            index, mask = padded(b, g)
            s = net.arcs(arc_dep, arc_head, torch.from_numpy(index), F.pad(torch.from_numpy(mask), (1, 0), value=True))
            h = head[torch.from_numpy(index)]
            h = torch.where(torch.from_numpy(mask) & (h != -100), h + 1, -100)
            total = total + F.cross_entropy(s.flatten(0, 1), h.flatten(), ignore_index=-100, reduction="sum")
        out["arc"] = total / max(1, int((head != -100).sum()))
        offset = np.repeat(b[:-1], lengths)
        absolute = torch.where(head < 0, -1, head + torch.from_numpy(offset))
        out["rel"] = F.cross_entropy(net.relations(rel_dep, rel_head, absolute).float(), gold[3], ignore_index=-100)
    rest = [(u, w) for u, w in zip(batch.units, batch.wins) if u.names is not None or u.speech is not None]
    if rest:
        where = np.concatenate([np.arange(*w) for _, w in rest])
        starts = np.cumsum([0] + [w[1] - w[0] for _, w in rest])
        y = x[nt:] if len(where) == x.shape[0] - nt and where[0] == nt else x if len(where) == x.shape[0] else x[torch.from_numpy(where)]
        names, speech = net.tail(y, torch.from_numpy(starts))
        lp = {"names": F.log_softmax(names.float(), 1), "speech": F.log_softmax(speech.float(), 1)}
        for task in ("names", "speech"):
            hard, allowed = [], []
            for (u, _), p, q in zip(rest, starts, starts[1:]):
                labels = getattr(u, task)
                if labels is not None:
                    hard.append(np.arange(p, q))
                    allowed.append(open_masks[u.source][labels] if task == "names" else np.where(np.eye(len(data.SPEECH), dtype=bool)[labels], 0, -1e4))
            if hard:
                m = torch.from_numpy(np.concatenate(allowed).astype(np.float32))
                out[task] = -(lp[task][torch.from_numpy(np.concatenate(hard))] + m).logsumexp(1).mean()
    return out


def spans(labels):
    out, start, kind = set(), None, None
    for i, l in enumerate(list(labels) + ["O"]):
        if start is not None and (l == "O" or l[0] == "B" or l[2:] != kind):
            out.add((start, i, kind))
            start = None
        if l != "O" and start is None:
            start, kind = i, l[2:]
    return out


@torch.no_grad()
def evaluate(net, sets, types, batch_size=40):
    net.eval()
    out = {}
    for name, units in sets.items():
        c = dict(n=0, upos=0, xpos=0, uas=0, las=0)
        tp = fp = fn = 0
        sp = {}
        for k in range(0, len(units), batch_size):
            us = units[k:k + batch_size]
            b = Batch(us, types)
            x = net.encode_batch(b)
            if us[0].tree is not None:
                tree = np.concatenate([u.tree for u in us], 1)
                upos, xpos, arc_dep, arc_head, rel_dep, rel_head = net.grow(x)
                lengths = np.diff(b.bounds)
                head = np.zeros(b.n, np.int64)
                for g in groups(lengths):
                    index, mask = padded(b.bounds, g)
                    s = net.arcs(arc_dep, arc_head, torch.from_numpy(index), F.pad(torch.from_numpy(mask), (1, 0), value=True))
                    h = s.argmax(2).numpy() - 1
                    head[index[mask]] = h[mask]
                offset = np.repeat(b.bounds[:-1], lengths)
                rel = net.relations(rel_dep, rel_head, torch.from_numpy(np.where(head < 0, head, head + offset))).argmax(1).numpy()
                c["n"] += b.n
                c["upos"] += (upos.argmax(1).numpy() == tree[0]).sum()
                c["xpos"] += (xpos.argmax(1).numpy() == tree[1]).sum()
                ok = head == tree[2]
                plain = net.plain_rel
                c["uas"] += ok.sum()
                c["las"] += (ok & (plain[rel] == plain[np.maximum(tree[3], 0)]) & (tree[3] >= 0)).sum()
            else:
                n, s = net.tail(x, torch.tensor([0] + [w[1] for w in b.wins], dtype=torch.int64))
                n, s = n.argmax(1).numpy(), s.argmax(1).numpy()
                for u, (p, q) in zip(us, b.wins):
                    if u.names is not None:
                        keep = ("PER", "ORG", "LOC")
                        g = {z for z in spans([data.NAMES[i] for i in u.names]) if z[2] in keep}
                        h = {z for z in spans([data.NAMES[i] for i in n[p:q]]) if z[2] in keep}
                        tp += len(g & h); fp += len(h - g); fn += len(g - h)
                    if u.speech is not None:
                        for r, (i, j) in dict(source=(1, 2), cue=(3, 4), content=(5, 6)).items():
                            g = (u.speech == i) | (u.speech == j)
                            h = (s[p:q] == i) | (s[p:q] == j)
                            z = sp.setdefault(r, [0, 0, 0])
                            z[0] += (g & h).sum(); z[1] += h.sum(); z[2] += g.sum()
        if c["n"]:
            out[name] = {k: round(100 * float(c[k]) / c["n"], 2) for k in ("upos", "xpos", "uas", "las")}
        if tp + fp + fn:
            out[name] = round(200 * tp / (2 * tp + fp + fn), 2)
        if sp:
            out[name] = {r: round(200 * float(z[0]) / max(1, z[1] + z[2]), 1) for r, z in sp.items()}
    net.train()
    return out


def development(shared, types, maps, tokens=None):
    s = data.Path(shared)
    out = {}
    for name, f in (("ewt", "en_ewt-ud-dev"), ("gum", "en_gum-ud-dev-cc")):
        out[name] = [unit(d, types, maps, name, False) for d in data.conllu(s / "ud" / f"{f}.conllu.gz")]
    ww = data.split_paragraphs(data.bio(s / "ner" / "worldwide-dev.bio.gz", data.WORLDWIDE, "\t"))
    out["worldwide"] = [unit(w, types, maps, "worldwide", False) for d in ww for w in data.windows(data.cut_long(d))]
    un = data.bio(s / "ner" / "uner_ewt-dev.iob2.gz", data.PLAIN, "\t", 2)
    out["uner"] = [unit([x], types, maps, "uner", False) for d in un for x in d]
    pn = data.polnear(s / "polnear" / "dev.jsonl.gz", data.split_by_program(tokens, "dev"))
    out["polnear"] = [unit(w, types, maps, "polnear", False) for d in pn for w in data.windows(data.cut_long(d))]
    return out


class Stream:
    """Units of a source in an endless shuffled order."""

    def __init__(self, units, seed):
        self.units, self.rng, self.order = units, random.Random(seed), []

    def take(self, tokens):
        out, n = [], 0
        while n < tokens:
            if not self.order:
                self.order = list(range(len(self.units)))
                self.rng.shuffle(self.order)
            u = self.units[self.order.pop()]
            out.append(u)
            n += len(u.types[0])
        return out


class Task:
    """The data of all sources as units, and the sets of labels.

    `pools` has units by what they teach: single sentences with trees, windows with names, windows with speech labels.    """

    def __init__(self, shared, vectors, without=(), limit=512, tokens=None, made=0):
        src = data.sources(shared, without, tokens)
        trees = [s for k in ("ewt", "gum") for d in src.get(k, []) for s in d]
        self.labels = dict(upos=UPOS, xpos=sorted({t for s in trees for t in s["xpos"]}), rel=sorted({t for s in trees for t in s["rels"]}),
                           names=data.NAMES, speech=data.SPEECH)
        self.maps = maps = {k: {t: i for i, t in enumerate(v)} for k, v in self.labels.items()}
        self.types = types = Types(vectors)
        self.pools = {"tree": [], "names": [], "speech": []}
        for name, docs in src.items():
            kind = HEADS.get(name, "names")
            single = name in ("btc", "wnut", "wikigold")
            for d in docs:
                if kind == "tree":
                    joined = unit(d, types, maps, name)
                    for i, s in enumerate(d):
                        u = unit([s], types, maps, name)
                        u.flags[:, [0, 2]] = joined.flags[joined.bounds[i]:joined.bounds[i + 1]][:, [0, 2]]
                        self.pools[kind].append(u)
                else:
                    ws = [[x] for x in d] if single else data.windows(data.cut_long(d), limit)
                    self.pools[kind] += [unit(w, types, maps, name) for w in ws]
        if made:
            self.pools["tree"] += [unit([s], types, maps, "ewt") for s in clauses.clauses(made)]
        self.dev = development(shared, types, maps, tokens)
        types.freeze()
        self.masks = {}
        for name in src:
            m = np.full((len(data.NAMES),) * 2, -1e4, np.float32)
            for i, l in enumerate(data.NAMES):
                m[i, i] = 0
                for other in OPEN.get(name, {}).get(l, []):
                    m[i, maps["names"][other]] = 0
            self.masks[name] = m

    def plain_rel(self):
        rel = self.labels["rel"]
        return np.array([rel.index(r.split(":")[0]) if r.split(":")[0] in rel else i for i, r in enumerate(rel)])


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--shared", default="../../shared/data")
    p.add_argument("--vectors", required=True)
    p.add_argument("--out", required=True, help="checkpoint to write")
    p.add_argument("--without", action="append", default=[], help="leave a source out (ewt gum worldwide wikigold btc wnut re3d polnear)")
    p.add_argument("--minutes", type=float, default=0, help="stop (with the learning rate run down) after this time; 0: after --steps")
    p.add_argument("--steps", type=int, default=4000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--lr", type=float, default=2e-3)
    p.add_argument("--mix", default="1500,1900,1700", help="tokens a step with trees, with names, with speech labels")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--size", default='{"d":128,"h":128,"layers":2,"c":64,"arc":96,"rel":128,"hidden":64,"dropout":0.25}')
    p.add_argument("--dropout", type=float)
    p.add_argument("--start", help="checkpoint to go on from")
    p.add_argument("--layers", type=int, help="with --start: more recurrent layers than the checkpoint has; new ones begin as good as closed")
    p.add_argument("--tokens", help="folder with what tokens.py wrote for PolNeAR (without: a rough tokeniser)")
    p.add_argument("--made", type=int, default=0, help="sentences of clauses.py to add to the treebanks")
    p.add_argument("--every", type=int, default=1500)
    p.add_argument("--profile", action="store_true")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = np.random.default_rng(a.seed)
    task = Task(a.shared, a.vectors, a.without, tokens=a.tokens, made=a.made)
    labels, types, pools, dev, open_masks = task.labels, task.types, task.pools, task.dev, task.masks
    size = json.loads(a.size)
    start = torch.load(a.start, weights_only=False) if a.start else None
    if start:
        size = dict(start["size"], layers=a.layers or start["size"]["layers"])
    if a.dropout is not None:
        size["dropout"] = a.dropout
    net = Net(size, torch.from_numpy(types.table), None, labels)
    if start:
        assert start["labels"] == labels
        missing, _ = net.load_state_dict(start["state"], strict=not a.layers)
        assert all(k.startswith("layers.") for k in missing), missing
        for layer in list(net.layers)[start["size"]["layers"]:]:
            with torch.no_grad():
                layer.linear.bias.view(2, 3, -1)[:, 2] = -2.0       # the reset gate: the input passes
    net.plain_rel = task.plain_rel()
    print({k: sum(len(u.types[0]) for u in v) for k, v in pools.items()}, sum(q.numel() for q in net.parameters()), "parameters", flush=True)
    mix = dict(zip(pools, map(int, a.mix.split(","))))
    streams = {k: Stream(v, a.seed + i) for i, (k, v) in enumerate(pools.items()) if v}
    opt = torch.optim.AdamW(net.parameters(), lr=a.lr, betas=(0.9, 0.95), weight_decay=0.01, eps=1e-8, fused=True)
    ema = {k: v.detach().clone() for k, v in net.state_dict().items()}
    t0, step, seen = time.time(), 0, {}
    net.train()
    if a.profile:
        prof = torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU])
    while True:
        if a.profile and step == 60:
            prof.stop()
            print(prof.key_averages().table(sort_by="self_cpu_time_total", row_limit=25))
            return
        if a.profile and step == 40:
            prof.start()
        done = (time.time() - t0) / (60 * a.minutes) if a.minutes else step / a.steps
        if done >= 1:
            break
        warm = min(1.0, (step + 1) / 100)
        for g in opt.param_groups:
            g["lr"] = a.lr * warm * (1 - done) ** 0.8
        units = [u for k in streams for u in streams[k].take(mix[k])]
        b = Batch(units, types, rng, 0.15)
        with torch.autocast("cpu", torch.bfloat16, enabled=a.bf16):
            l = losses(net, b, open_masks)
        loss = sum(WEIGHTS.get(k, 1.0) * v for k, v in l.items())
        opt.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        step += 1
        if not torch.isfinite(norm):
            print(step, "left out: a gradient that is not finite", {k: float(v.detach()) for k, v in l.items()},
                  [n for n, q in net.named_parameters() if q.grad is not None and not torch.isfinite(q.grad).all()], flush=True)
            continue
        opt.step()
        if step % 4 == 0:
            k = min(0.99, step / (step + 40))
            with torch.no_grad():
                for name, v in net.state_dict().items():
                    ema[name].lerp_(v, 1 - k)
        for k, v in l.items():
            seen[k] = seen.get(k, 0) * 0.98 + 0.02 * float(v.detach())
        if a.profile and step in (30, 60):
            print(step, "CPU seconds", round(time.process_time(), 2), flush=True)
        if step % 200 == 0:
            print(step, f"{time.time() - t0:.0f}s", {k: round(v, 3) for k, v in seen.items()}, flush=True)
        if step % a.every == 0:
            keep = {k: v.clone() for k, v in net.state_dict().items()}
            net.load_state_dict(ema)
            print(step, f"{time.time() - t0:.0f}s {done:.0%}", {k: round(v, 3) for k, v in seen.items()}, evaluate(net, dev, types), flush=True)
            torch.save(dict(size=size, labels=labels, state=ema), a.out)
            net.load_state_dict(keep)
    net.load_state_dict(ema)
    final = evaluate(net, dev, types)
    print("final", step, f"{time.time() - t0:.0f}s", final, flush=True)
    torch.save(dict(size=size, labels=labels, state=net.state_dict(), scores=final, arguments=vars(a)), a.out)


if __name__ == "__main__":
    main()
