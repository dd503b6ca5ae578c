"""The network: summed hashed features and static vectors, a window-3 convolution, simple recurrent units, one head a task.

The first recurrent layers run within a sentence; one more runs over the window of sentences and serves names and speech.
All tensors are flat over tokens; `starts` holds the bounds of sentences or windows, so nothing is padded but the arc scores.
"""

import ctypes
import subprocess
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

import features


def library():
    out = Path(tempfile.gettempdir()) / "sayso_scan.so"
    src = Path(__file__).with_name("scan.c")
    if not out.exists() or out.stat().st_mtime < src.stat().st_mtime:
        subprocess.run(["gcc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", "-fopenmp-simd", str(src), "-o", str(out), "-lm"], check=True)
    return ctypes.CDLL(str(out))


LIB = library()


def ptr(t):
    return ctypes.c_void_p(t.data_ptr())


class Scan(torch.autograd.Function):
    """u: [n][2][k][h] in bfloat16; x: [n][h or 2h], or empty where the highway is in u; v: [2][2][h]; starts: bounds."""

    @staticmethod
    def forward(ctx, u, x, v, starts):
        u, x, v = u.contiguous(), x.float().contiguous(), v.contiguous()
        n, h, k = u.shape[0], u.shape[3], u.shape[2]
        c, f, r, out = (torch.empty(n, 2, h) for _ in range(4))
        ctx.args = [ctypes.c_long(z) for z in (len(starts) - 1,)] + [ptr(starts)] + [ctypes.c_long(z) for z in (h, k, x.shape[1] if k == 3 else 0)]
        LIB.scan_forward(*ctx.args, ptr(u), ptr(x), ptr(v), ptr(c), ptr(f), ptr(r), ptr(out))
        ctx.save_for_backward(u, x, v, starts, c, f, r)
        return out

    @staticmethod
    def backward(ctx, g):
        u, x, v, starts, c, f, r = ctx.saved_tensors
        g = g.float().contiguous()
        du, dx, dv = torch.empty_like(u), torch.empty_like(x), torch.empty_like(v)
        LIB.scan_backward(*ctx.args, ptr(u), ptr(x), ptr(v), ptr(c), ptr(f), ptr(r), ptr(g), ptr(du), ptr(dx), ptr(dv))
        return du, dx, dv, None


POOL = None


def dropout(x, p, training):
    """Dropout with masks cut from one pool of random numbers: drawing fresh ones costs more than the products."""
    global POOL
    if not training or p == 0:
        return x
    if POOL is None:
        POOL = torch.rand(1 << 23)
    n = x.numel()
    if n > POOL.numel() // 2:
        return F.dropout(x, p, True)
    o = int(torch.randint(POOL.numel() - n, (1,)))
    key = (p, x.dtype)
    if key not in MASKS:
        MASKS[key] = ((POOL >= p).float() / (1 - p)).to(x.dtype)
    return x * MASKS[key][o:o + n].view(x.shape)


MASKS = {}


class Gather(torch.autograd.Function):
    """Sums of rows of a table; row 0 is empty."""

    @staticmethod
    def forward(ctx, rows, table):
        rows = rows.contiguous()
        out = torch.empty(rows.shape[0], table.shape[1])
        ctx.save_for_backward(rows)
        ctx.shape = table.shape
        LIB.gather(*(ctypes.c_long(z) for z in (rows.shape[0], rows.shape[1], table.shape[1])), ptr(rows), ptr(table), ptr(out))
        return out

    @staticmethod
    def backward(ctx, g):
        rows, = ctx.saved_tensors
        g = g.float().contiguous()
        d = torch.zeros(ctx.shape)
        LIB.scatter(*(ctypes.c_long(z) for z in (rows.shape[0], rows.shape[1], g.shape[1])), ptr(rows), ptr(g), ptr(d))
        return None, d


class Linear(nn.Linear):
    """A linear layer that fills its input up to a multiple of 512 rows: the library compiles a product for each new shape,
    which costs more than the product."""

    def forward(self, x):
        n = x.shape[0]
        return F.linear(F.pad(x, (0, 0, 0, -n % 512)), self.weight, self.bias)[:n]


class Recurrent(nn.Module):
    """A bidirectional simple recurrent unit. With `project`, the highway is a projection of the input; else the input itself
    (twice, where it is as wide as one direction)."""

    def __init__(self, d, h, project):
        super().__init__()
        self.d, self.h, self.project = d, h, project
        self.linear = Linear(d, 2 * (4 if project else 3) * h)
        self.v = nn.Parameter(torch.zeros(2, 2, h))
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x, starts):
        n, h = x.shape[0], self.h
        u = self.linear(x).bfloat16().view(n, 2, 4 if self.project else 3, h)
        return Scan.apply(u, x[:0] if self.project else x, self.v, starts).view(n, 2 * h)


class Net(nn.Module):
    def __init__(self, size, table, tags, labels):
        super().__init__()
        d, h, c, a, r, w = (size[k] for k in ("d", "h", "c", "arc", "rel", "hidden"))
        self.size, self.tags, self.labels = size, tags, labels
        self.rows = nn.Parameter(torch.randn(features.ROWS, d) * 0.06)
        self.register_buffer("table", table, persistent=False)
        self.vector = Linear(table.shape[1], d)
        self.window = Linear(3 * d, h)
        self.layers = nn.ModuleList([Recurrent(h if i == 0 else 2 * h, h, False) for i in range(size["layers"])])
        e = 2 * h
        self.context = Recurrent(e, c, True)
        self.parts = [len(labels["upos"]), len(labels["xpos"]), a, a, r, r]
        self.tree = Linear(e, sum(self.parts))
        self.arc = Linear(a, a)
        self.root = nn.Parameter(torch.zeros(a))
        self.distance = nn.Parameter(torch.zeros(33))
        self.rel_root = nn.Parameter(torch.zeros(r))
        self.rel = Linear(r, len(labels["rel"]))
        self.tail_hidden = Linear(e + 2 * c, 2 * w)
        self.name = Linear(w, len(labels["names"]))
        self.speech = Linear(w, len(labels["speech"]))
        self.p = size.get("dropout", 0.25)

    def encode_batch(self, b):
        return self.encode(b.rows, b.vec, b.first, b.last, b.starts)

    def encode(self, rows, vec, first, last, starts):
        """rows [n][k], vec [n], first/last: float masks of sentence bounds [n][1], starts: sentence bounds."""
        p = self.p
        x = Gather.apply(rows, self.rows) + self.vector(self.table[vec])
        x = dropout(torch.relu(x) if self.size.get("relu", False) else x, p, self.training)
        zero = x.new_zeros(1, x.shape[1])
        prev = torch.cat([zero, x[:-1]]) * (1 - first)
        nxt = torch.cat([x[1:], zero]) * (1 - last)
        x = dropout(torch.relu(self.window(torch.cat([prev, x, nxt], 1))), p, self.training)
        for layer in self.layers:
            x = dropout(layer(x, starts), p, self.training)
        return x.bfloat16() if torch.is_autocast_enabled("cpu") else x

    def grow(self, x):
        """Logits of UPOS and XPOS, and the dependents' and heads' sides of arcs and relations."""
        return self.tree(x).split(self.parts, 1)

    def arcs(self, dep, head, index, mask):
        """Scores [b][l][l + 1] of each token's head, column 0 the root. index: [b][l] into tokens."""
        q = self.arc(dropout(F.relu(dep), self.p, self.training))[index].float()
        k = dropout(F.relu(head), self.p, self.training)[index].float()
        k = torch.cat([self.root.expand(index.shape[0], 1, -1), k], 1)
        with torch.autocast("cpu", enabled=False):
            s = torch.bmm(q, k.transpose(1, 2)) / self.size["arc"] ** 0.5
        i = torch.arange(index.shape[1])
        far = (i[None, :] - i[:, None]).clamp(-16, 16) + 16
        s = s.float() + F.pad(self.distance[far], (1, 0))[None]
        return s.masked_fill(~mask[:, None, :], -1e4)

    def relations(self, dep, head_side, head):
        """Logits of each token's relation to `head` (token index, -1 the root)."""
        hh = torch.where((head < 0)[:, None], self.rel_root.to(head_side.dtype), head_side[head.clamp(min=0)])
        return self.rel(dropout(F.relu(dep + hh), self.p, self.training))

    def tail(self, x, starts):
        """Logits of names and of speech labels; starts: bounds of windows."""
        y = torch.cat([x, dropout(self.context(x, starts), self.p, self.training).to(x.dtype)], 1)
        n, s = dropout(F.relu(self.tail_hidden(y)), self.p, self.training).chunk(2, 1)
        return self.name(n), self.speech(s)
