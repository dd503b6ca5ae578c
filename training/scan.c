/* The recurrence of the simple recurrent unit over ragged sequences, forward and backward.
   u: [n][2][k][h] candidate, forget and reset inputs and, where k is 4, the highway, in bfloat16; x: [n][xw] the
   highway where k is 3 (xw = h: shared by both directions, 2h: each its own); v: [2][2][h] peephole weights.
   starts: [s+1] sequence bounds. Direction 0 runs forward, 1 backward. Saved: c, f, r: [n][2][h]. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 1024 };
typedef uint16_t bf16;
static inline float wide(bf16 x) { uint32_t b = (uint32_t)x << 16; float f; memcpy(&f, &b, 4); return f; }
static inline bf16 narrow(float f) { uint32_t b; memcpy(&b, &f, 4); return (bf16)((b + 0x7fffu + ((b >> 16) & 1u)) >> 16); }

/* Bounded, because a fast division by infinity is not zero but no number. */
static inline float bound(float x) { return x < -30.0f ? -30.0f : x > 30.0f ? 30.0f : x; }
static inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-bound(x))); }
static inline float tanh_(float x) { return 2.0f / (1.0f + expf(-2.0f * bound(x))) - 1.0f; }


static void step(long h, const bf16 *restrict u, const float *restrict x, const float *restrict vf, const float *restrict vr,
                 const float *restrict prev, float *restrict c, float *restrict f, float *restrict r, float *restrict out) {
    const bf16 *uf = u + h, *ur = uf + h;
#pragma omp simd
    for (long j = 0; j < h; j++) {
        float p = prev[j], ux = wide(u[j]);
        float fj = sigmoid(wide(uf[j]) + vf[j] * p);
        float rj = sigmoid(wide(ur[j]) + vr[j] * p);
        float cj = fj * p + (1.0f - fj) * ux;
        c[j] = cj; f[j] = fj; r[j] = rj;
        out[j] = rj * tanh_(cj) + (1.0f - rj) * x[j];
    }
}

static void back(long h, const bf16 *restrict u, const float *restrict x, const float *restrict vf, const float *restrict vr,
                 const float *restrict prev, const float *restrict c, const float *restrict f, const float *restrict r,
                 const float *restrict go, float *restrict dc, float *restrict dvf, float *restrict dvr,
                 bf16 *restrict du, float *restrict dx) {
    bf16 *duf = du + h, *dur = duf + h;
#pragma omp simd
    for (long j = 0; j < h; j++) {
        float g = tanh_(c[j]), rj = r[j], fj = f[j], p = prev[j];
        float dr = go[j] * (g - x[j]) * rj * (1.0f - rj);
        float dcj = dc[j] + go[j] * rj * (1.0f - g * g);
        float df = dcj * (p - wide(u[j])) * fj * (1.0f - fj);
        dx[j] = go[j] * (1.0f - rj);
        du[j] = narrow(dcj * (1.0f - fj));
        duf[j] = narrow(df);
        dur[j] = narrow(dr);
        dvf[j] += df * p;
        dvr[j] += dr * p;
        dc[j] = dcj * fj + df * vf[j] + dr * vr[j];
    }
}

void scan_forward(long s, const long *starts, long h, long k, long xw, const bf16 *u, const float *x, const float *v,
                  float *c, float *f, float *r, float *out) {
    float zero[MOST], hw[MOST];
    memset(zero, 0, sizeof zero);
    for (long q = 0; q < s; q++)
        for (int d = 0; d < 2; d++) {
            const float *prev = zero, *vf = v + (d * 2) * h, *vr = vf + h;
            for (long i = starts[q]; i < starts[q + 1]; i++) {
                long t = d == 0 ? i : starts[q] + starts[q + 1] - 1 - i, o = (t * 2 + d) * h;
                const bf16 *ut = u + (t * 2 + d) * k * h;
                const float *xx = hw;
                if (k == 4) for (long j = 0; j < h; j++) hw[j] = wide(ut[3 * h + j]);
                else xx = x + t * xw + (xw == h ? 0 : d * h);
                step(h, ut, xx, vf, vr, prev, c + o, f + o, r + o, out + o);
                prev = c + o;
            }
        }
}

void scan_backward(long s, const long *starts, long h, long k, long xw, const bf16 *u, const float *x, const float *v,
                   const float *c, const float *f, const float *r, const float *dout, bf16 *du, float *dx, float *dv) {
    float zero[MOST], dc[MOST], hw[MOST], dhw[MOST];
    memset(zero, 0, sizeof zero);
    memset(dv, 0, sizeof(float) * 4 * h);
    for (long q = 0; q < s; q++)
        for (int d = 0; d < 2; d++) {
            memset(dc, 0, sizeof dc);
            const float *vf = v + (d * 2) * h, *vr = vf + h;
            for (long i = starts[q + 1] - 1; i >= starts[q]; i--) {
                long t = d == 0 ? i : starts[q] + starts[q + 1] - 1 - i, p = d == 0 ? t - 1 : t + 1, o = (t * 2 + d) * h;
                const float *prev = i > starts[q] ? c + (p * 2 + d) * h : zero;
                const bf16 *ut = u + (t * 2 + d) * k * h;
                bf16 *dut = du + (t * 2 + d) * k * h;
                const float *xx = hw;
                if (k == 4) for (long j = 0; j < h; j++) hw[j] = wide(ut[3 * h + j]);
                else xx = x + t * xw + (xw == h ? 0 : d * h);
                back(h, ut, xx, vf, vr, prev, c + o, f + o, r + o, dout + o, dc, dv + (d * 2) * h, dv + (d * 2 + 1) * h, dut, dhw);
                if (k == 4) for (long j = 0; j < h; j++) dut[3 * h + j] = narrow(dhw[j]);
                else {
                    float *dxx = dx + t * xw + (xw == h ? 0 : d * h);
                    if (xw == h && d == 1) for (long j = 0; j < h; j++) dxx[j] += dhw[j];
                    else memcpy(dxx, dhw, sizeof(float) * h);
                }
            }
        }
}

/* Sums of table rows: out[n][d] = sum over k of table[rows[n][k]]; row 0 counts nothing. */
void gather(long n, long k, long d, const long *rows, const float *table, float *out) {
    for (long i = 0; i < n; i++) {
        float *restrict o = out + i * d;
        memset(o, 0, sizeof(float) * d);
        for (long j = 0; j < k; j++) {
            long r = rows[i * k + j];
            if (!r) continue;
            const float *restrict t = table + r * d;
#pragma omp simd
            for (long l = 0; l < d; l++) o[l] += t[l];
        }
    }
}

void scatter(long n, long k, long d, const long *rows, const float *dout, float *dtable) {
    for (long i = 0; i < n; i++) {
        const float *restrict o = dout + i * d;
        for (long j = 0; j < k; j++) {
            long r = rows[i * k + j];
            if (!r) continue;
            float *restrict t = dtable + r * d;
#pragma omp simd
            for (long l = 0; l < d; l++) t[l] += o[l];
        }
    }
}
