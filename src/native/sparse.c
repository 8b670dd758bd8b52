// The first linear layer on byte images: see src/kernels/sparse.ts for layouts and what is computed.
//
// A row of a panel is 20 floats: with vectors of 16 and 4 it would take fewer instructions than with 8, 8 and 4, and
// more time, as three in four of the wide loads cross a line of the cache. Where vectors have 16 floats and a batch is
// not small, the rows of up to four panels are laid side by side.
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

/** Four rows of four to the columns of rows that lie `to` floats apart. */
INLINE void transpose4(f4 r0, f4 r1, f4 r2, f4 r3, float *at, size_t to) {
  const f4 a = SHUFFLE4(r0, r1, 0, 4, 1, 5), b = SHUFFLE4(r0, r1, 2, 6, 3, 7);
  const f4 c = SHUFFLE4(r2, r3, 0, 4, 1, 5), d = SHUFFLE4(r2, r3, 2, 6, 3, 7);
  STORE(f4, at, SHUFFLE4(a, c, 0, 1, 4, 5));
  STORE(f4, at + to, SHUFFLE4(a, c, 2, 3, 6, 7));
  STORE(f4, at + 2 * to, SHUFFLE4(b, d, 0, 1, 4, 5));
  STORE(f4, at + 3 * to, SHUFFLE4(b, d, 2, 3, 6, 7));
}

/** Four samples of four outputs, rows `row` floats apart, to [output][stride]. */
INLINE void transpose_out(const float *from, size_t row, float *to, int32_t stride, bool activate, float slope) {
  f4 r0 = LOAD(f4, from), r1 = LOAD(f4, from + row), r2 = LOAD(f4, from + 2 * row), r3 = LOAD(f4, from + 3 * row);
  if (activate) {
    r0 = leaky4(r0, slope);
    r1 = leaky4(r1, slope);
    r2 = leaky4(r2, slope);
    r3 = leaky4(r3, slope);
  }
  transpose4(r0, r1, r2, r3, to, stride);
}

/** Forward over the samples' lists, panel by panel as the weights lie. */
static void forward_panel(const uint8_t *memory, const uint8_t *weights, const float *bias, const word_at *starts,
                          float *out, int32_t samples, int32_t stride, bool activate, float slope) {
  const panel start = load_panel((const uint8_t *)bias);
  float sums[4 * PANEL];
  for (int32_t s = 0; s < samples; s += 4) {
    for (int t = 0; t < 4; t++) {
      const entry *at = (const entry *)(memory + starts[s + t]), *end = (const entry *)(memory + starts[s + t + 1]);
      store_panel((uint8_t *)(sums + t * PANEL), walk(start, at, end, weights));
    }
    for (int o = 0; o < PANEL; o += 4) {
      transpose_out(sums + o, PANEL, out + (size_t)o * stride + s, stride, activate, slope);
    }
  }
}

/** The first line of the cache in the scratch. */
INLINE float *rows_of(uint8_t *memory, uint32_t scratch) {
  return (float *)(((uintptr_t)memory + scratch + 63) & ~(uintptr_t)63);
}

/** Gradients that reach some panels, from [outputs][stride] to a row for each sample, `row` floats apart. */
INLINE void gather_delta(const int panels, const float *delta, float *rows, const size_t row, int32_t samples,
                         size_t stride) {
  for (int o = 0; o < panels * PANEL; o += 4) {
    const float *from = delta + o * stride;
    for (int32_t s = 0; s < samples; s += 4, from += 4) {
      transpose4(LOAD(f4, from), LOAD(f4, from + stride), LOAD(f4, from + 2 * stride), LOAD(f4, from + 3 * stride),
                 rows + s * row + o, row);
    }
  }
}

/** The weight gradient of a panel, from the gradients that reach it, gathered to [sample][20]. */
static void gradient_panel(const uint8_t *memory, uint32_t columns, uint32_t bucketBytes, const word_at *ends,
                           const float *delta, float *block, uint8_t *dw, int32_t pixels, int32_t samples,
                           int32_t stride, bool accumulate) {
  gather_delta(1, delta, block, PANEL, samples, stride);
  for (int32_t p = 0; p < pixels; p++, columns += bucketBytes, dw += PANEL_BYTES) {
    const entry *at = (const entry *)(memory + columns), *end = (const entry *)(memory + ends[p]);
    const panel sum = walk((panel){0}, at, end, (const uint8_t *)block);
    store_panel(dw, accumulate ? add_panels(load_panel(dw), sum) : sum);
  }
}

#if WIDTH == 512

// Several panels in one walk: their rows side by side in the scratch, each from the start of a line of the cache, so
// that no wide load crosses one. A sum is still of one output, in the order of its list. With narrower vectors a walk
// takes as long as those of the panels one by one.

/** Floats from one row to the next: of four panels, of which fewer use the first. */
#define ROW (4 * PANEL)
/** Vectors of a row of so many panels. */
#define VECTORS_OF(panels) (((panels) * PANEL + LANES - 1) / LANES)

typedef struct {
  f16 v[VECTORS_OF(4)];
} sums_of_row;

/** sum plus the products of the entries [at, end) with rows of so many panels, in order. */
INLINE sums_of_row walk_row(const int panels, sums_of_row sum, const entry *at, const entry *end, const float *rows) {
  for (; at < end; at++) {
    const f16 x = splat16(at->value);
    // A list has 80 bytes for each row, and a row has 80 floats.
    const float *row = rows + at->offset;
#pragma GCC unroll 5
    for (int i = 0; i < VECTORS_OF(panels); i++) sum.v[i] += x * LOAD(f16, row + i * LANES);
  }
  return sum;
}

/** Zeros behind a row's panels, up to whole vectors: what lies there is computed with, and not used. */
INLINE void end_row(const int panels, float *row) {
  memset(row + panels * PANEL, 0, (VECTORS_OF(panels) * LANES - panels * PANEL) * sizeof(float));
}

/** A row from panels that lie `distance` bytes apart. */
INLINE void gather_row(const int panels, float *row, const uint8_t *from, size_t distance) {
#pragma GCC unroll 4
  for (int p = 0; p < panels; p++, from += distance) {
    STORE(f16, row + p * PANEL, LOAD(f16, from));
    STORE(f4, row + p * PANEL + LANES, LOAD(f4, from + 4 * LANES));
  }
  end_row(panels, row);
}

/** The sums of a row to panels that lie `distance` bytes apart, quad by quad. */
INLINE void scatter_row(const int panels, sums_of_row sum, uint8_t *to, size_t distance, bool accumulate) {
#pragma GCC unroll 20
  for (int q = 0; q < panels * (PANEL / 4); q++) {
    f4 found = quad16(sum.v[q / 4], q % 4);
    uint8_t *at = to + q / (PANEL / 4) * distance + q % (PANEL / 4) * 16;
    if (accumulate) found = LOAD(f4, at) + found;
    STORE(f4, at, found);
  }
}

/** Packs the weights of `panels` panels, a literal, then walks each list once. */
INLINE void forward_rows(const int panels, const uint8_t *memory, const uint8_t *weights, const float *bias,
                         const word_at *starts, float *out, float *rows, int32_t pixels, int32_t samples,
                         int32_t stride, bool activate, float slope) {
  const size_t distance = (size_t)pixels * PANEL_BYTES;
  for (int32_t p = 0; p < pixels; p++) gather_row(panels, rows + (size_t)p * ROW, weights + p * PANEL_BYTES, distance);
  float sums[4 * ROW] __attribute__((aligned(64)));
  gather_row(panels, sums, (const uint8_t *)bias, PANEL_BYTES);
  sums_of_row start;
  for (int i = 0; i < VECTORS_OF(panels); i++) start.v[i] = LOAD(f16, sums + i * LANES);
  for (int32_t s = 0; s < samples; s += 4) {
    for (int t = 0; t < 4; t++) {
      const entry *at = (const entry *)(memory + starts[s + t]), *end = (const entry *)(memory + starts[s + t + 1]);
      const sums_of_row sum = walk_row(panels, start, at, end, rows);
      for (int i = 0; i < VECTORS_OF(panels); i++) STORE(f16, sums + t * ROW + i * LANES, sum.v[i]);
    }
    for (int o = 0; o < panels * PANEL; o += 4) {
      transpose_out(sums + o, ROW, out + (size_t)o * stride + s, stride, activate, slope);
    }
  }
}

/** The weight gradients of `panels` panels, a literal. */
INLINE void gradient_rows(const int panels, const uint8_t *memory, uint32_t columns, uint32_t bucketBytes,
                          const word_at *ends, const float *delta, float *rows, uint8_t *dw, int32_t pixels,
                          int32_t samples, int32_t stride, bool accumulate) {
  const size_t distance = (size_t)pixels * PANEL_BYTES;
  gather_delta(panels, delta, rows, ROW, samples, stride);
  for (int32_t s = 0; s < samples; s++) end_row(panels, rows + (size_t)s * ROW);
  for (int32_t p = 0; p < pixels; p++, columns += bucketBytes, dw += PANEL_BYTES) {
    const entry *at = (const entry *)(memory + columns), *end = (const entry *)(memory + ends[p]);
    const sums_of_row sum = walk_row(panels, (sums_of_row){0}, at, end, rows);
    scatter_row(panels, sum, dw, distance, accumulate);
  }
}

#endif

/** From so many samples on, rows of several panels pay: forward they have to be packed. */
#define ROWS_FORWARD 96
#define ROWS_BACKWARD 16
#define CASES_OF_PANELS(call) \
  case 1: call(1); return;    \
  case 2: call(2); return;    \
  case 3: call(3); return;    \
  case 4: call(4); return;

void kernel_sparseForward(uint8_t *memory, uint32_t weights0, uint32_t bias0, uint32_t rowStarts, uint32_t out0,
                          uint32_t scratch, int32_t pixels, int32_t panels, int32_t samples, int32_t stride,
                          bool activate, float slope) {
  const word_at *starts = (const word_at *)(memory + rowStarts);
  const uint8_t *weights = memory + weights0;
  const float *bias = (const float *)(memory + bias0);
  float *out = (float *)(memory + out0);
#if WIDTH == 512
#define FORWARD(count) \
  forward_rows(count, memory, weights, bias, starts, out, rows, pixels, samples, stride, activate, slope)
  float *rows = rows_of(memory, scratch);
  if (samples >= ROWS_FORWARD) switch (panels) { CASES_OF_PANELS(FORWARD) }
#endif
  for (int32_t p = 0; p < panels; p++) {
    forward_panel(memory, weights, bias, starts, out, samples, stride, activate, slope);
    weights += (size_t)pixels * PANEL_BYTES;
    bias += PANEL;
    out += (size_t)stride * PANEL;
  }
}

void kernel_sparseGradient(uint8_t *memory, uint32_t columns, uint32_t bucketBytes, uint32_t columnEnds,
                           uint32_t delta0, uint32_t scratch, uint32_t dw0, int32_t pixels, int32_t panels,
                           int32_t samples, int32_t stride, bool accumulate) {
  const word_at *ends = (const word_at *)(memory + columnEnds);
  const float *delta = (const float *)(memory + delta0);
  float *rows = rows_of(memory, scratch);
  uint8_t *dw = memory + dw0;
#if WIDTH == 512
#define GRADIENT(count)                                                                                       \
  gradient_rows(count, memory, columns, bucketBytes, ends, delta, rows, dw, pixels, samples, stride, accumulate)
  if (samples >= ROWS_BACKWARD) switch (panels) { CASES_OF_PANELS(GRADIENT) }
#endif
  for (int32_t p = 0; p < panels; p++) {
    gradient_panel(memory, columns, bucketBytes, ends, delta, rows, dw, pixels, samples, stride, accumulate);
    delta += (size_t)stride * PANEL;
    dw += (size_t)pixels * PANEL_BYTES;
  }
}
