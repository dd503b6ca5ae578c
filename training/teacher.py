"""The teacher: MiniLM (Apache-2.0 weights) fine-tuned on the same tasks, which then labels the news text that has no trees.

    python teacher.py train --out teacher.pt …      python teacher.py label --teacher teacher.pt --out silver.npz …
"""

import argparse
import json
import time
import unicodedata
import zipfile

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
import train
from model import dropout


class Pieces:
    """Word pieces of token strings (greedy, lower-cased, without accents)."""

    def __init__(self, wheel):
        z = zipfile.ZipFile(wheel)
        name = next(n for n in z.namelist() if n.endswith("model/vocab.txt"))
        self.vocab = {w: i for i, w in enumerate(z.read(name).decode("utf-8").split("\n")) if w}
        self.cache = {}

    def __call__(self, word):
        out = self.cache.get(word)
        if out is None:
            out = self.cache[word] = self.split(word)
        return out

    def split(self, word):
        text = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        parts, cur = [], ""
        for c in text:
            if c.isalnum():
                cur += c
            else:
                if cur:
                    parts.append(cur)
                parts.append(c)
                cur = ""
        if cur:
            parts.append(cur)
        out = []
        for p in parts[:6]:
            at = 0
            while at < len(p) and len(out) < 8:
                for end in range(len(p), at, -1):
                    i = self.vocab.get(("##" if at else "") + p[at:end])
                    if i is not None:
                        out.append(i)
                        at = end
                        break
                else:
                    out.append(self.vocab["[UNK]"])
                    break
        return out[:8] or [self.vocab["[UNK]"]]


def casing(word):
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) > 1 else 2
    if word[:1].isupper():
        return 3
    if any(c.isdigit() for c in word):
        return 4
    return 5 if word.isalpha() else 6


class Layer(nn.Module):
    def __init__(self, d=384, heads=12, inner=1536):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, inner)
        self.down = nn.Linear(inner, d)
        self.norm2 = nn.LayerNorm(d, eps=1e-12)

    def forward(self, x, mask, p):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, n, d)
        x = self.norm1(x + dropout(self.out(y), p, self.training))
        return self.norm2(x + dropout(self.down(F.gelu(self.up(x))), p, self.training))


class Teacher(nn.Module):
    def __init__(self, wheel, labels, arc=192, rel=192, hidden=192):
        super().__init__()
        self.pieces = Pieces(wheel)
        self.size = dict(arc=arc)
        d = 384
        self.words = nn.Embedding(30522, d)
        self.places = nn.Embedding(512, d)
        self.case = nn.Embedding(7, d)
        nn.init.normal_(self.case.weight, std=0.02)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(6)])
        self.load(wheel)
        self.parts = [len(labels["upos"]), len(labels["xpos"]), arc, arc, rel, rel]
        self.tree = nn.Linear(d, sum(self.parts))
        self.arc = nn.Linear(arc, arc)
        self.root = nn.Parameter(torch.zeros(arc))
        self.distance = nn.Parameter(torch.zeros(33))
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rel = nn.Linear(rel, len(labels["rel"]))
        self.tail_hidden = nn.Linear(d, 2 * hidden)
        self.name = nn.Linear(hidden, len(labels["names"]))
        self.speech = nn.Linear(hidden, len(labels["speech"]))
        self.p = 0.15

    def load(self, wheel):
        z = zipfile.ZipFile(wheel)
        raw = z.read(next(n for n in z.namelist() if n.endswith("model.safetensors")))
        n = int.from_bytes(raw[:8], "little")
        head = json.loads(raw[8:8 + n])

        def get(name):
            e = head[name]
            a, b = e["data_offsets"]
            return torch.from_numpy(np.frombuffer(raw[8 + n + a:8 + n + b], np.float32).reshape(e["shape"]).copy())

        pre = "bert." if any(k.startswith("bert.") for k in head) else ""
        with torch.no_grad():
            self.words.weight.copy_(get(pre + "embeddings.word_embeddings.weight"))
            self.places.weight.copy_(get(pre + "embeddings.position_embeddings.weight") + get(pre + "embeddings.token_type_embeddings.weight")[0])
            self.norm.weight.copy_(get(pre + "embeddings.LayerNorm.weight"))
            self.norm.bias.copy_(get(pre + "embeddings.LayerNorm.bias"))
            for i, l in enumerate(self.layers):
                b = f"{pre}encoder.layer.{i}."
                for t in ("weight", "bias"):
                    getattr(l.qkv, t).copy_(torch.cat([get(f"{b}attention.self.{q}.{t}") for q in ("query", "key", "value")]))
                    getattr(l.out, t).copy_(get(f"{b}attention.output.dense.{t}"))
                    getattr(l.norm1, t).copy_(get(f"{b}attention.output.LayerNorm.{t}"))
                    getattr(l.up, t).copy_(get(f"{b}intermediate.dense.{t}"))
                    getattr(l.down, t).copy_(get(f"{b}output.dense.{t}"))
                    getattr(l.norm2, t).copy_(get(f"{b}output.LayerNorm.{t}"))

    def encode_batch(self, batch):
        """Words' vectors in the batch's order; each unit is a sequence, units of like length are padded together."""
        seqs = []
        for u, k in zip(batch.units, batch.variants):
            words = [batch.types.names[i] for i in u.types[k]]
            ids, case, first = [101], [0], []
            for w in words:
                first.append(len(ids))
                ps = self.pieces(w)
                ids += ps
                case += [casing(w)] * len(ps)
            if len(ids) > 511:
                cut = 511
                first = [min(f, cut - 1) for f in first]
                ids, case = ids[:cut], case[:cut]
            seqs.append((ids + [102], case + [0], first))
        out = [None] * len(seqs)
        for g in train.groups([len(s[0]) for s in seqs], 8):
            l = max(len(seqs[i][0]) for i in g)
            ids = torch.zeros(len(g), l, dtype=torch.long)
            case = torch.zeros(len(g), l, dtype=torch.long)
            mask = torch.zeros(len(g), 1, 1, l, dtype=torch.bool)
            for k, i in enumerate(g):
                n = len(seqs[i][0])
                ids[k, :n] = torch.tensor(seqs[i][0])
                case[k, :n] = torch.tensor(seqs[i][1])
                mask[k, :, :, :n] = True
            x = self.norm(self.words(ids) + self.places.weight[:l] + self.case(case))
            x = dropout(x, 0.1, self.training)
            if torch.is_autocast_enabled("cpu"):
                x = x.bfloat16()
            for layer in self.layers:
                x = layer(x, mask, 0.1)
            for k, i in enumerate(g):
                out[i] = x[k, torch.tensor(seqs[i][2])]
        return torch.cat(out)

    grow = train.Net.grow
    arcs = train.Net.arcs
    relations = train.Net.relations

    def tail(self, x, starts):
        n, s = dropout(F.relu(self.tail_hidden(x)), self.p, self.training).chunk(2, 1)
        return self.name(n), self.speech(s)


def fit(a):
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = np.random.default_rng(a.seed)
    task = train.Task(a.shared, a.vectors, a.without, limit=160)
    net = Teacher(a.wheel, task.labels)
    net.plain_rel = task.plain_rel()
    slow = [p for n, p in net.named_parameters() if n.split(".")[0] in ("words", "places", "norm", "layers")]
    fast = [p for n, p in net.named_parameters() if n.split(".")[0] not in ("words", "places", "norm", "layers")]
    opt = torch.optim.AdamW([dict(params=slow, lr=a.lr, base=a.lr), dict(params=fast, lr=1e-3, base=1e-3)], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    streams = {k: train.Stream(v, a.seed + i) for i, (k, v) in enumerate(task.pools.items()) if v}
    mix = dict(zip(("tree", "names", "speech"), map(int, a.mix.split(","))))
    t0, step, seen = time.time(), 0, {}
    net.train()
    while True:
        done = (time.time() - t0) / (60 * a.minutes)
        if done >= 1:
            break
        for g in opt.param_groups:
            g["lr"] = g["base"] * min(1.0, (step + 1) / 100) * (1 - done)
        b = train.Batch([u for k in streams for u in streams[k].take(mix[k])], task.types, rng)
        with torch.autocast("cpu", torch.bfloat16):
            l = train.losses(net, b, task.masks)
        loss = sum(l.values())
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        for k, v in l.items():
            seen[k] = seen.get(k, float(v.detach())) * 0.96 + 0.04 * float(v.detach())
        if step % 50 == 0:
            print(step, f"{time.time() - t0:.0f}s {done:.0%}", {k: round(v, 3) for k, v in seen.items()}, flush=True)
            torch.save(dict(state=net.state_dict(), labels=task.labels), a.out)
    torch.save(dict(state=net.state_dict(), labels=task.labels), a.out)
    small = {k: v[:len(v) // 3] for k, v in task.dev.items()}
    with torch.autocast("cpu", torch.bfloat16):
        print("first third of each development set:", train.evaluate(net, small, task.types), flush=True)


@torch.no_grad()
def label(a):
    """Trees, names and speech labels for every window of the training sources, as arrays in the order of train.Task."""
    torch.set_num_threads(a.threads)
    task = train.Task(a.shared, a.vectors, a.without, whole=True)
    net = Teacher(a.wheel, task.labels)
    net.load_state_dict(torch.load(a.teacher, weights_only=False)["state"])
    net.eval()
    out = {}
    for source, units in task.windows.items():
        parts = {k: [] for k in ("upos", "xpos", "head", "rel", "sure", "names", "speech")}
        t0 = time.time()
        for k in range(0, len(units), 24):
            with torch.autocast("cpu", torch.bfloat16):
                b = train.Batch(units[k:k + 24], task.types)
                x = net.encode_batch(b)
                upos, xpos, arc_dep, arc_head, rel_dep, rel_head = net.grow(x)
                head, sure = np.zeros(b.n, np.int16), np.zeros(b.n, np.float16)
                lengths = np.diff(b.bounds)
                for g in train.groups(lengths):
                    index, mask = train.padded(b.bounds, g)
                    s = net.arcs(arc_dep, arc_head, torch.from_numpy(index), F.pad(torch.from_numpy(mask), (1, 0), value=True))
                    p, h = s.softmax(2).max(2)
                    head[index[mask]] = h.numpy()[mask] - 1
                    sure[index[mask]] = p.numpy()[mask]
                offset = np.repeat(b.bounds[:-1], lengths)
                rel = net.relations(rel_dep, rel_head, torch.from_numpy(np.where(head < 0, head, head + offset)).long())
                names, speech = net.tail(x, None)
            parts["head"].append(head)
            parts["sure"].append(sure)
            for name, t in (("upos", upos), ("xpos", xpos), ("rel", rel)):
                parts[name].append(t.argmax(1).numpy().astype(np.uint8))
            parts["names"].append((names.float().softmax(1).numpy() * 255).round().astype(np.uint8))
            parts["speech"].append((speech.float().softmax(1).numpy() * 255).round().astype(np.uint8))
        for name, v in parts.items():
            out[f"{source}.{name}"] = np.concatenate(v)
        print(source, len(units), f"{time.time() - t0:.0f}s", flush=True)
    np.savez(a.out, **out)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=("train", "label"))
    p.add_argument("--shared", default="../../shared/data")
    p.add_argument("--vectors", required=True)
    p.add_argument("--wheel", required=True, help="the package with MiniLM's weights")
    p.add_argument("--out", required=True)
    p.add_argument("--teacher")
    p.add_argument("--without", action="append", default=[])
    p.add_argument("--minutes", type=float, default=20)
    p.add_argument("--lr", type=float, default=1.5e-4)
    p.add_argument("--mix", default="900,700,600")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1)
    a = p.parse_args()
    fit(a) if a.what == "train" else label(a)


if __name__ == "__main__":
    main()
