// Tiles of linear.c for one width of vectors, LANES_OF_TILE; included once for each.
#define JOIN(a, b) PASTE(a, b)
#define OF(name) JOIN(name, LANES_OF_TILE)
#define V OF(f)
#define I OF(i)
#define QUADS (LANES_OF_TILE / 4)

/** A finished sum through the epilogue. */
INLINE V OF(finish)(V c, const float *mask, const product *p) {
  if (p->epilogue == ACTIVATE) c = OF(pmax)(c, p->slope * c);
  if (p->epilogue & MASK) {
    const V one = OF(splat)(1), slope = OF(splat)(p->slope);
    c *= (V)((I)slope ^ (((I)one ^ (I)slope) & (LOAD(V, mask) > (V){0})));
  }
  if (p->epilogue & ROUND) c = (c + GRADIENT_GRAIN) - GRADIENT_GRAIN;
  return c;
}

/** A tile of `rows` x `vectors`; both are literals, so each use compiles to a tile of its own. */
INLINE void OF(tile_of)(const int rows, const int vectors, const product *p, const float *a, const float *bias,
                        const float *b, float *out, const float *mask) {
  V c[TILE_ROWS][TILE_VECTORS];
#pragma GCC unroll 12
  for (int m = 0; m < rows; m++) {
    for (int v = 0; v < vectors; v++) {
      if (p->accumulate) c[m][v] = LOAD(V, out + m * p->line + v * LANES_OF_TILE);
      else c[m][v] = OF(splat)(p->biased ? bias[m] : 0);
    }
  }
  for (int32_t k = 0; k < p->depth; k++, a += p->aColumn, b += p->line) {
    V x[TILE_VECTORS];
    for (int v = 0; v < vectors; v++) x[v] = LOAD(V, b + v * LANES_OF_TILE);
#pragma GCC unroll 12
    for (int m = 0; m < rows; m++) {
      const V factor = OF(splat)(a[m * p->aRow]);
      for (int v = 0; v < vectors; v++) c[m][v] += factor * x[v];
    }
  }
#pragma GCC unroll 12
  for (int m = 0; m < rows; m++) {
    for (int v = 0; v < vectors; v++) {
      const size_t at = m * p->line + v * LANES_OF_TILE;
      STORE(V, out + at, OF(finish)(c[m][v], mask + at, p));
    }
  }
}

#define TILE_CASE(height, vectors) \
  case height: OF(tile_of)(height, vectors, p, a, bias, b, out, mask); break;
#define TILE_CASES(vectors)                                                                                  \
  TILE_CASE(1, vectors) TILE_CASE(2, vectors) TILE_CASE(3, vectors) TILE_CASE(4, vectors) TILE_CASE(5, vectors) \
  TILE_CASE(6, vectors)
#define TALL_TILE_CASES(vectors)                                                                              \
  TILE_CASE(7, vectors) TILE_CASE(8, vectors) TILE_CASE(9, vectors) TILE_CASE(10, vectors) TILE_CASE(11, vectors) \
  TILE_CASE(12, vectors)
#if REGISTERS == 16
#undef TALL_TILE_CASES
#define TALL_TILE_CASES(vectors)
#endif

#if LANES_OF_TILE == 8 || LANES_OF_TILE * 32 == WIDTH
static void OF(tile)(int rows, const product *p, const float *a, const float *bias, const float *b, float *out,
                     const float *mask) {
  switch (rows) { TILE_CASES(1) TALL_TILE_CASES(1) }
}
#endif

#if LANES_OF_TILE * 32 == WIDTH
static void OF(wide_tile)(int rows, const product *p, const float *a, const float *bias, const float *b, float *out,
                          const float *mask) {
  switch (rows) { TILE_CASES(2) TALL_TILE_CASES(2) }
}
#endif

#ifndef GRADIENT
#define GRADIENT
/** What a gradient needs beside its operands. Rows of dz and x are `line` floats apart. */
typedef struct {
  size_t line;
  int32_t samples, inputs;
  bool accumulate;
} gradient;

INLINE void set_or_add(float *to, float sum, bool accumulate) { *to = accumulate ? *to + sum : sum; }
#endif

/** Four sums in each quad of four vectors, for `count` (1-4) inputs from `dw` on and as many outputs as are left. */
INLINE void OF(store_sums)(const V *sums, const int count, int outputs, float *dw, size_t row, bool accumulate) {
  const V zero = {0};
  const V four = OF(sum_quads)(sums[0], count > 1 ? sums[1] : zero, count > 2 ? sums[2] : zero,
                               count > 3 ? sums[3] : zero);
#pragma GCC unroll 4
  for (int q = 0; q < QUADS; q++, dw += row) {
    if (q >= outputs) break;
    const f4 found = OF(quad)(four, q);
    if (count < 4) {
      for (int k = 0; k < count; k++) set_or_add(dw + k, found[k], accumulate);
    } else if (accumulate) {
      STORE(f4, dw, LOAD(f4, dw) + found);
    } else {
      STORE(f4, dw, found);
    }
  }
}

/**
 * `vectors` vectors of outputs x `inputs` inputs, literals both, and the bias if `biased`. A quad of a vector has the
 * four sums of an output. d: the rows of the outputs, one for each quad; dw: where they go.
 */
INLINE void OF(gradient_tile)(const int vectors, const int inputs, const bool biased, const gradient *g,
                              const float *const *d, int outputs, const float *x, float *dw, float *db) {
  V sums[TILE_OUTPUTS][8] = {0}, bias[TILE_OUTPUTS] = {0};
  for (size_t s = 0; s < (size_t)g->samples; s += 4) {
    V delta[TILE_OUTPUTS];
#pragma GCC unroll 3
    for (int v = 0; v < vectors; v++) {
      delta[v] = OF(rows)(d + v * QUADS, s);
      if (biased) bias[v] += delta[v];
    }
#pragma GCC unroll 8
    for (int i = 0; i < inputs; i++) {
      const V values = OF(quads)(x + i * g->line + s);
#pragma GCC unroll 3
      for (int v = 0; v < vectors; v++) sums[v][i] += delta[v] * values;
    }
  }
#pragma GCC unroll 3
  for (int v = 0; v < vectors; v++) {
    float *to = dw + (size_t)(v * QUADS) * g->inputs;
    const int left = outputs - v * QUADS;
#pragma GCC unroll 2
    for (int i = 0; i < inputs; i += 4) {
      OF(store_sums)(sums[v] + i, inputs - i < 4 ? inputs - i : 4, left, to + i, g->inputs, g->accumulate);
    }
    if (biased) OF(store_sums)(bias + v, 1, left, db + v * QUADS, 1, g->accumulate);
  }
}

#define GRADIENT_CASE(inputs)                                                                                  \
  case inputs:                                                                                                 \
    if (db) OF(gradient_tile)(vectors, inputs, true, g, d, outputs, x, dw, db);                                \
    else OF(gradient_tile)(vectors, inputs, false, g, d, outputs, x, dw, db);                                  \
    break;

/** All inputs in the least number of tiles, as equal as can be; the bias goes with the first. */
INLINE void OF(gradient_inputs)(const int vectors, const gradient *g, const float *const *d, int outputs,
                                const float *x, float *dw, float *db) {
  for (int32_t left = g->inputs, tiles = (left + TILE_INPUTS - 1) / TILE_INPUTS; tiles > 0; tiles--) {
    const int32_t count = (left + tiles - 1) / tiles;
    switch (count) {
      GRADIENT_CASE(1) GRADIENT_CASE(2) GRADIENT_CASE(3) GRADIENT_CASE(4)
#if TILE_INPUTS == 8
      GRADIENT_CASE(5) GRADIENT_CASE(6) GRADIENT_CASE(7) GRADIENT_CASE(8)
#endif
    }
    left -= count;
    x += count * g->line;
    dw += count;
    db = NULL;
  }
}

/** All inputs of `outputs` outputs. Quads behind the last output repeat it and are not stored. */
static void OF(gradient_rows)(const gradient *g, const float *dz, const float *x, float *dw, float *db, int outputs) {
  const float *d[TILE_OUTPUTS * QUADS];
  for (int q = 0; q < TILE_OUTPUTS * QUADS; q++) d[q] = dz + (q < outputs ? q : outputs - 1) * g->line;
#if LANES_OF_TILE * 32 == WIDTH
  if (outputs > 2 * QUADS) OF(gradient_inputs)(3, g, d, outputs, x, dw, db);
  else if (outputs > QUADS) OF(gradient_inputs)(2, g, d, outputs, x, dw, db);
  else OF(gradient_inputs)(1, g, d, outputs, x, dw, db);
#elif LANES_OF_TILE == 4
  // Only for a single output.
  OF(gradient_inputs)(1, g, d, outputs, x, dw, db);
#else
  // Only for a single input.
  if (outputs > 2 * QUADS) OF(gradient_tile)(3, 1, true, g, d, outputs, x, dw, db);
  else if (outputs > QUADS) OF(gradient_tile)(2, 1, true, g, d, outputs, x, dw, db);
  else OF(gradient_tile)(1, 1, true, g, d, outputs, x, dw, db);
#endif
}

#undef OF
#undef JOIN
#undef V
#undef I
#undef QUADS
#undef TILE_CASE
#undef GRADIENT_CASE
#undef TILE_CASES
#undef TALL_TILE_CASES
#undef LANES_OF_TILE
