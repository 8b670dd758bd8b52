// Gradient of a convolution's weights and bias: see src/kernels/conv-weights.ts for layouts, what is computed, and in
// which order.
#include "kernels.generated.h"

#include "vector.h"

/** Bytes of inputs and lists in a group of samples: part of what the bits depend on. */
#define GROUP_BYTES (28 << 10)

/** An entry of a list: a patch of the input, by its address, and the gradient that it is multiplied by. */
typedef struct {
  uint32_t block;
  float gradient;
} __attribute__((may_alias)) entry;

/** Sums of a tile: rows of at most this many vectors and a tail. */
#define TILE_VECTORS 3
#if REGISTERS == 32
#define TILE_ROWS 5
#else
#define TILE_ROWS 3
#endif

/** target[r][i] += sum over the entries, in order and from 0, of gradient * block[r][i]; distances in floats. */
typedef struct {
  const uint8_t *memory;
  const entry *list, *end;
  size_t sourceRow, targetRow;
} blocks;

/** A tile of `rows` x (`vectors` vectors and a tail of `tail` quads), all literals, from `offset` floats on. */
INLINE void add_tile(const int rows, const int vectors, const int tail, const blocks *b, size_t offset, float *target) {
  fv sums[TILE_ROWS][TILE_VECTORS] = {0}, tails[TILE_ROWS] = {0};
  f4 quads[TILE_ROWS] = {0};
  for (const entry *at = b->list; at < b->end; at++) {
    const float *source = (const float *)(b->memory + at->block) + offset;
    const fv g = WIDEST(splat)(at->gradient);
#pragma GCC unroll 5
    for (int r = 0; r < rows; r++) {
      const float *row = source + r * b->sourceRow;
#pragma GCC unroll 3
      for (int v = 0; v < vectors; v++) sums[r][v] += g * LOAD(fv, row + v * LANES);
      if (tail == 1) quads[r] += at->gradient * LOAD(f4, row + vectors * LANES);
      else if (tail) tails[r] += g * WIDEST(load_quads)(row + vectors * LANES, tail);
    }
  }
#pragma GCC unroll 5
  for (int r = 0; r < rows; r++) {
    float *to = target + r * b->targetRow;
#pragma GCC unroll 3
    for (int v = 0; v < vectors; v++) STORE(fv, to + v * LANES, LOAD(fv, to + v * LANES) + sums[r][v]);
    float *end = to + vectors * LANES;
    if (tail == 1) STORE(f4, end, LOAD(f4, end) + quads[r]);
    else if (tail) {
      WIDEST(store_quads)(end, WIDEST(load_quads)(end, tail) + tails[r], tail);
    }
  }
}

#define ROWS_CASE(rows) case rows: add_tile(rows, vectors, tail, b, offset, target); break;

/** All rows of a column of tiles. */
INLINE void add_rows(const int vectors, const int tail, const blocks *b, size_t offset, float *target, int32_t rows) {
  for (int32_t tiles = (rows + TILE_ROWS - 1) / TILE_ROWS; tiles > 0; tiles--) {
    const int32_t count = (rows + tiles - 1) / tiles;
    switch (count) {
      ROWS_CASE(1) ROWS_CASE(2) ROWS_CASE(3)
#if TILE_ROWS == 5
      ROWS_CASE(4) ROWS_CASE(5)
#endif
    }
    rows -= count;
    offset += count * b->sourceRow;
    target += count * b->targetRow;
  }
}

#define TAIL_CASE(vectors, tail) case vectors * 4 + tail: add_rows(vectors, tail, b, offset, target, rows); break;
#if WIDTH == 512
#define TAIL_CASES(vectors) TAIL_CASE(vectors, 1) TAIL_CASE(vectors, 2) TAIL_CASE(vectors, 3)
#elif WIDTH == 256
#define TAIL_CASES(vectors) TAIL_CASE(vectors, 1)
#else
#define TAIL_CASES(vectors)
#endif

static void add_blocks(const blocks *b, float *target, int32_t rows, int32_t quads) {
  const int32_t most = TILE_VECTORS * LANES / 4;
  for (size_t offset = 0; quads > 0; quads -= most, offset += TILE_VECTORS * LANES, target += TILE_VECTORS * LANES) {
    // A tail goes with the vectors before it.
    const int32_t width = quads < most + LANES / 4 ? quads : most;
    const int32_t vectors = width / (LANES / 4);
    switch (vectors * 4 + width % (LANES / 4)) {
      TAIL_CASES(0) TAIL_CASE(1, 0) TAIL_CASES(1) TAIL_CASE(2, 0) TAIL_CASES(2) TAIL_CASE(3, 0) TAIL_CASES(3)
    }
    if (width > most) break;
  }
}

static int32_t group_samples(int32_t height, int32_t width, int32_t cin, int32_t cout, int32_t cells) {
  const int32_t fitting = GROUP_BYTES / (4 * height * width * cin + (int32_t)sizeof(entry) * cells * cout);
  return fitting > 1 ? fitting : 1;
}

/** sums[co] += the column sums of grad [rows][cout]: four sums of every fourth row, then (0 + 1) + (2 + 3). */
static void add_bias(const float *grad, float *sums, int32_t rows, int32_t cout) {
  for (int32_t c = 0; c < cout; c += 4) {
    const float *at = grad + c;
    f4 s[4] = {{0}, {0}, {0}, {0}};
    int32_t r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int i = 0; i < 4; i++, at += cout) s[i] += LOAD(f4, at);
    }
    for (int i = 0; r < rows; r++, i++, at += cout) s[i] += LOAD(f4, at);
    STORE(f4, sums + c, LOAD(f4, sums + c) + ((s[0] + s[1]) + (s[2] + s[3])));
  }
}

/**
 * The lists of a group of samples: one for each channel, with room for all of its gradients; where each ends, and how
 * far an entry moves that. Channels behind the last one, which fill a vector, write to a spare entry and stay there.
 */
typedef struct {
  uint8_t *memory;
  word_at *ends, *moves;
  uint32_t lists, listBytes;
} group_lists;

/**
 * Appends an entry to each of four lists. All are written, and kept where the gradient is not zero: branches would be
 * mispredicted often.
 */
INLINE void append4(const group_lists *l, int32_t c, i4 patches, f4 gradients) {
  const f4 low = SHUFFLE4((f4)patches, gradients, 0, 4, 1, 5), high = SHUFFLE4((f4)patches, gradients, 2, 6, 3, 7);
  const l2 pairs[2] = {(l2)low, (l2)high};
  const i4 ends = LOAD(i4, l->ends + c);
  for (int k = 0; k < 4; k++) *(long_at *)(l->memory + (uint32_t)ends[k]) = pairs[k >> 1][k & 1];
  STORE(i4, l->ends + c, ends + ((gradients != (f4){0}) & LOAD(i4, l->moves + c)));
}

/** Geometry, in elements. */
typedef struct {
  int32_t height, width, cin, cout, kernel, gradHeight, gradWidth, size;
} geometry;

/** Appends a sample's gradients to the channels' lists: entries (patch, gradient) that are not zero. */
static void list_sample(const group_lists *l, const geometry *g, uint32_t input, const long_at *masks,
                        const float *grad, const uint8_t *argmax) {
  const int32_t reach = g->kernel + g->size - 1;
  const uint32_t step = (uint32_t)g->cin << 2, inputRow = (uint32_t)g->width * step;
  int32_t offsets[256];
  for (int32_t p = 0; p < g->size * g->size; p++) {
    offsets[p] = (int32_t)((uint32_t)(p / g->size) * inputRow + (uint32_t)(p % g->size) * step);
  }
  for (int32_t row = 0; row < g->gradHeight; row++) {
    uint64_t live = 0;
    for (int32_t i = 0; masks && i < reach; i++) live |= masks[row * g->size + i];
    uint32_t patch = input + (uint32_t)(row * g->size) * inputRow;
    for (int32_t column = 0; column < g->gradWidth; column++, patch += (uint32_t)g->size * step) {
      if (!masks || (live & (((1ull << reach) - 1) << (column * g->size)))) {
        for (int32_t c = 0; c < g->cout; c += 4) {
          const uint8_t *at = argmax + c;
          const i4 patches = argmax ? (i4){offsets[at[0]], offsets[at[1]], offsets[at[2]], offsets[at[3]]} : (i4){0};
          append4(l, c, patches + (int32_t)patch, LOAD(f4, grad + c));
        }
      }
      grad += g->cout;
      if (argmax) argmax += g->cout;
    }
  }
}

void kernel_convGradWeights(uint8_t *memory, uint32_t input, uint32_t masks0, uint32_t grad0, uint32_t argmax0,
                            uint32_t sums0, uint32_t scratch, int32_t samples, int32_t height, int32_t width,
                            int32_t cin, int32_t cout, int32_t kernel, int32_t gradHeight, int32_t gradWidth,
                            int32_t size, bool accumulate) {
  const geometry g = {height, width, cin, cout, kernel, gradHeight, gradWidth, size};
  const int32_t cells = gradHeight * gradWidth, quads = (kernel * cin + 3) >> 2;
  const size_t block = (size_t)kernel * quads << 2;
  float *sums = (float *)(memory + sums0);
  if (!accumulate) memset(sums, 0, (cout * block + (size_t)((cout + 3) & ~3)) * sizeof(float));
  const int32_t group = group_samples(height, width, cin, cout, cells);
  const uint32_t channels = ((uint32_t)cout + 3) & ~3u, spare = (scratch + 8 * channels + 7) & ~7u;
  word_at *ends = (word_at *)(memory + scratch);
  const uint32_t listBytes = (uint32_t)(cells * group) * sizeof(entry);
  const group_lists l = {memory, ends, ends + channels, spare + sizeof(entry), listBytes};
  for (int32_t s = 0, count; s < samples; s += count) {
    count = samples - s < group ? samples - s : group;
    for (uint32_t c = 0; c < channels; c++) {
      l.ends[c] = c < (uint32_t)cout ? l.lists + c * l.listBytes : spare;
      l.moves[c] = c < (uint32_t)cout ? sizeof(entry) : 0;
    }
    const float *grad = (const float *)(memory + grad0) + (size_t)s * cells * cout;
    for (int32_t i = 0; i < count; i++) {
      const size_t sample = (size_t)(s + i) * cells * cout;
      list_sample(&l, &g, input + 4 * (uint32_t)((s + i) * height * width * cin),
                  masks0 ? (const long_at *)(memory + masks0) + (size_t)(s + i) * height : NULL,
                  (const float *)(memory + grad0) + sample, argmax0 ? memory + argmax0 + sample : NULL);
    }
    for (int32_t c = 0; c < cout; c++) {
      const entry *list = (const entry *)(memory + l.lists + (uint32_t)c * l.listBytes);
      const blocks b = {memory, list, (const entry *)(memory + l.ends[c]), (size_t)width * cin, (size_t)quads << 2};
      if (b.end > list) add_blocks(&b, sums + c * block, kernel, quads);
    }
    add_bias(grad, sums + cout * block, cells * count, cout);
  }
}
