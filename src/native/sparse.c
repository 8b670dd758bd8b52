// The first linear layer on byte images: see src/kernels/sparse.ts for layouts and what is computed.
//
// A row of a panel is 20 floats: with vectors of 16 and 4 it would take fewer instructions than with 8, 8 and 4, and
// more time, as three in four of the wide loads cross a line of the cache.
#include "kernels.generated.h"
#include "vector.h"

#define PANEL 20
#define PANEL_BYTES 80

/** A panel's row, or its sums. */
typedef struct {
#if WIDTH >= 256
  f8 a, b;
#else
  f4 a, b, c, d;
#endif
  f4 z;
} panel;

INLINE panel load_panel(const uint8_t *at) {
#if WIDTH >= 256
  return (panel){LOAD(f8, at), LOAD(f8, at + 32), LOAD(f4, at + 64)};
#else
  return (panel){LOAD(f4, at), LOAD(f4, at + 16), LOAD(f4, at + 32), LOAD(f4, at + 48), LOAD(f4, at + 64)};
#endif
}

INLINE void store_panel(uint8_t *at, panel p) {
#if WIDTH >= 256
  STORE(f8, at, p.a);
  STORE(f8, at + 32, p.b);
#else
  STORE(f4, at, p.a);
  STORE(f4, at + 16, p.b);
  STORE(f4, at + 32, p.c);
  STORE(f4, at + 48, p.d);
#endif
  STORE(f4, at + 64, p.z);
}

/** sum += x * the row at `row`. */
INLINE void add_product(panel *sum, float x, const uint8_t *row) {
  const panel p = load_panel(row);
#if WIDTH >= 256
  const f8 xs = splat8(x);
  sum->a += xs * p.a;
  sum->b += xs * p.b;
  sum->z += low4(xs) * p.z;
#else
  const f4 xs = splat4(x);
  sum->a += xs * p.a;
  sum->b += xs * p.b;
  sum->c += xs * p.c;
  sum->d += xs * p.d;
  sum->z += xs * p.z;
#endif
}

INLINE panel add_panels(panel p, panel q) {
  p.a += q.a;
  p.b += q.b;
#if WIDTH < 256
  p.c += q.c;
  p.d += q.d;
#endif
  p.z += q.z;
  return p;
}

/** An entry of a list: where its row lies, in bytes from the first, and its factor. */
typedef struct {
  uint32_t offset;
  float value;
} __attribute__((may_alias)) entry;

/** sum plus the products of the entries [at, end) with rows from `rows`, in order. */
INLINE panel walk(panel sum, const entry *at, const entry *end, const uint8_t *rows) {
#pragma GCC unroll 4
  for (; at < end; at++) add_product(&sum, at->value, rows + at->offset);
  return sum;
}

/** Four samples of four outputs, [sample][20] to [output][stride]. */
INLINE void transpose_out(const float *from, float *to, int32_t stride, bool activate, float slope) {
  f4 r0 = LOAD(f4, from), r1 = LOAD(f4, from + PANEL), r2 = LOAD(f4, from + 2 * PANEL), r3 = LOAD(f4, from + 3 * PANEL);
  if (activate) {
    r0 = leaky4(r0, slope);
    r1 = leaky4(r1, slope);
    r2 = leaky4(r2, slope);
    r3 = leaky4(r3, slope);
  }
  const f4 a = SHUFFLE4(r0, r1, 0, 4, 1, 5), b = SHUFFLE4(r0, r1, 2, 6, 3, 7);
  const f4 c = SHUFFLE4(r2, r3, 0, 4, 1, 5), d = SHUFFLE4(r2, r3, 2, 6, 3, 7);
  STORE(f4, to, SHUFFLE4(a, c, 0, 1, 4, 5));
  STORE(f4, to + stride, SHUFFLE4(a, c, 2, 3, 6, 7));
  STORE(f4, to + 2 * (size_t)stride, SHUFFLE4(b, d, 0, 1, 4, 5));
  STORE(f4, to + 3 * (size_t)stride, SHUFFLE4(b, d, 2, 3, 6, 7));
}

void kernel_sparseForward(uint8_t *memory, uint32_t weights, uint32_t bias, uint32_t rowStarts, uint32_t out,
                          uint32_t block, int32_t samples, int32_t stride, bool activate, float slope) {
  const word_at *starts = (const word_at *)(memory + rowStarts);
  const panel start = load_panel(memory + bias);
  float *sums = (float *)(memory + block), *to = (float *)(memory + out);
  for (int32_t s = 0; s < samples; s += 4) {
    for (int t = 0; t < 4; t++) {
      const entry *at = (const entry *)(memory + starts[s + t]), *end = (const entry *)(memory + starts[s + t + 1]);
      store_panel((uint8_t *)(sums + t * PANEL), walk(start, at, end, memory + weights));
    }
    for (int o = 0; o < PANEL; o += 4) {
      transpose_out(sums + o, to + (size_t)o * stride + s, stride, activate, slope);
    }
  }
}

void kernel_sparseGradient(uint8_t *memory, uint32_t columns, uint32_t bucketBytes, uint32_t columnEnds,
                           int32_t pixels, uint32_t block, uint32_t dw, bool accumulate) {
  const word_at *ends = (const word_at *)(memory + columnEnds);
  for (int32_t p = 0; p < pixels; p++, columns += bucketBytes, dw += PANEL_BYTES) {
    const entry *at = (const entry *)(memory + columns), *end = (const entry *)(memory + ends[p]);
    const panel sum = walk((panel){0}, at, end, memory + block);
    store_panel(memory + dw, accumulate ? add_panels(load_panel(memory + dw), sum) : sum);
  }
}
