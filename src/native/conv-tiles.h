// Tiles of conv-forward.c for one width of vectors, LANES_OF_TILE; included once for each.
#define JOIN(a, b) PASTE(a, b)
#define OF(name) JOIN(name, LANES_OF_TILE)
#define V OF(f)
#define QUADS (LANES_OF_TILE / 4)
/** Quads of vector v of a block of `quads`. */
#define QUADS_OF(v) (quads - (v) * QUADS < QUADS ? quads - (v) * QUADS : QUADS)

/** `positions` neighbours and a block of `quads` quads of channels, all literals (`step` only where it is 1). */
INLINE void OF(conv_tile)(const int positions, const int quads, const size_t step, const convolution *c,
                          const float *input, const float *packed, float *output, int32_t rows) {
  const int vectors = (quads + QUADS - 1) / QUADS;
  V sums[MOST_POSITIONS][MOST_VECTORS];
#pragma GCC unroll 4
  for (int v = 0; v < vectors; v++) {
    const V start = OF(load_quads)(packed + v * LANES_OF_TILE, QUADS_OF(v));
#pragma GCC unroll 12
    for (int p = 0; p < positions; p++) {
      sums[p][v] = start;
      if (c->accumulate) {
        sums[p][v] = OF(load_quads)(output + p * c->outStep + v * LANES_OF_TILE, QUADS_OF(v)) + start;
      }
    }
  }
  const float *weights = packed + c->tap;
  for (int32_t ky = 0; ky < rows; ky++, input += c->inputRow) {
    for (int32_t i = 0; i < c->rowLength; i++, weights += c->tap) {
      V w[MOST_VECTORS];
#pragma GCC unroll 4
      for (int v = 0; v < vectors; v++) w[v] = OF(load_quads)(weights + v * LANES_OF_TILE, QUADS_OF(v));
#pragma GCC unroll 12
      for (int p = 0; p < positions; p++) {
        const V x = OF(splat)(input[i + p * step]);
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) sums[p][v] += x * w[v];
      }
    }
  }
  // In increasing order: what a position's last quad spills into the next one is overwritten by that one.
#pragma GCC unroll 12
  for (int p = 0; p < positions; p++) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
      OF(store_quads)(output + p * c->outStep + v * LANES_OF_TILE, sums[p][v], QUADS_OF(v));
    }
  }
}

#define POSITIONS_CASE(count)                                                                                   \
  case count:                                                                                                   \
    if (c->step == 1) OF(conv_tile)(count, quads, 1, c, input, packed, output, rows);                           \
    else OF(conv_tile)(count, quads, c->step, c, input, packed, output, rows);                                  \
    break;

/** A run of positions in the fewest tiles, as equal as can be. rows: of the kernel, or 0 where inputs are 0. */
INLINE void OF(conv_run)(const int quads, const convolution *c, const float *input, const float *packed, float *output,
                         int32_t positions, int32_t rows) {
  for (int32_t tiles = (positions + MOST_POSITIONS - 1) / MOST_POSITIONS; tiles > 0; tiles--) {
    const int32_t count = (positions + tiles - 1) / tiles;
    switch (count) {
      POSITIONS_CASE(1) POSITIONS_CASE(2) POSITIONS_CASE(3) POSITIONS_CASE(4) POSITIONS_CASE(5) POSITIONS_CASE(6)
#if MOST_POSITIONS == 12
      POSITIONS_CASE(7) POSITIONS_CASE(8) POSITIONS_CASE(9) POSITIONS_CASE(10) POSITIONS_CASE(11) POSITIONS_CASE(12)
#endif
    }
    positions -= count;
    input += count * c->step;
    output += count * c->outStep;
  }
}

#undef OF
#undef JOIN
#undef V
#undef QUADS
#undef QUADS_OF
#undef POSITIONS_CASE
#undef LANES_OF_TILE
