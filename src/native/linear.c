// Dense linear layers on feature-major activations: see src/kernels/linear.ts for layouts and what is computed.
#include "kernels.generated.h"

#include <stddef.h>

#include "vector.h"

#define ACTIVATE 1
#define MASK 2
#define ROUND 4

#define GRADIENT_GRAIN 0x1p-42f

/** Sums of a tile of the product: rows and vectors. Together with b and a factor they fit into the registers. */
#define TILE_ROWS (REGISTERS == 32 ? 12 : 6)
#define TILE_VECTORS 2
/** Sums of a tile of the gradient: vectors of outputs, and inputs, at most. */
#define TILE_OUTPUTS 3
#if REGISTERS == 32
#define TILE_INPUTS 8
#else
#define TILE_INPUTS 4
#endif

/** What a product needs beside its operands. Rows of b, out and mask are `line` floats apart, those of a `aRow`. */
typedef struct {
  size_t aRow, aColumn, line;
  int32_t depth, epilogue;
  bool accumulate, biased;
  float slope;
} product;

#define LANES_OF_TILE 4
#include "linear-tiles.h"
#if WIDTH >= 256
#define LANES_OF_TILE 8
#include "linear-tiles.h"
#endif
#if WIDTH == 512
#define LANES_OF_TILE 16
#include "linear-tiles.h"
#endif

/** Depth 1: a row is one pass over b. Gradients start without the 0 of other sums. */
static void multiply_column(const product *p, const float *a, const float *bias, const float *b, float *out,
                            const float *mask, int32_t rows, int32_t samples) {
  for (int32_t m = 0; m < rows; m++, out += p->line, mask += p->line) {
    const float factor = a[m * p->aRow], start = p->biased ? bias[m] : 0;
    int32_t s = 0;
    for (; s + (int32_t)(sizeof(fv) / 4) <= samples; s += sizeof(fv) / 4) {
      fv z = factor * LOAD(fv, b + s);
      if (p->epilogue < MASK) z = start + z;
      STORE(fv, out + s, WIDEST(finish)(z, mask + s, p));
    }
    for (; s < samples; s += 4) {
      f4 z = factor * LOAD(f4, b + s);
      if (p->epilogue < MASK) z = start + z;
      STORE(f4, out + s, finish4(z, mask + s, p));
    }
  }
}

/** `count` rows in the least number of tiles, as equal as can be. */
static void multiply_rows(const product *p, const float *a, const float *bias, const float *b, float *out,
                          const float *mask, int32_t rows, int32_t samples, int lanes) {
  for (int32_t tiles = (rows + TILE_ROWS - 1) / TILE_ROWS; tiles > 0; tiles--) {
    const int32_t height = (rows + tiles - 1) / tiles;
    if (samples == TILE_VECTORS * (int32_t)(sizeof(fv) / 4)) WIDEST(wide_tile)(height, p, a, bias, b, out, mask);
    else if (lanes == sizeof(fv) / 4) WIDEST(tile)(height, p, a, bias, b, out, mask);
#if WIDTH == 512
    else tile8(height, p, a, bias, b, out, mask);
#endif
    rows -= height;
    a += height * p->aRow;
    bias += height;
    out += height * p->line;
    mask += height * p->line;
  }
}

void kernel_linearMultiply(uint8_t *memory, uint32_t a0, uint32_t aRow, uint32_t aColumn, uint32_t bias0, uint32_t b0,
                           uint32_t out0, uint32_t mask0, int32_t rows, int32_t depth, int32_t samples, int32_t stride,
                           bool accumulate, int32_t epilogue, float slope) {
  const product p = {aRow >> 2, aColumn >> 2, stride, depth, epilogue, accumulate, bias0 != 0, slope};
  const float *a = (const float *)(memory + a0), *bias = (const float *)(memory + bias0);
  const float *b = (const float *)(memory + b0), *mask = (const float *)(memory + mask0);
  float *out = (float *)(memory + out0);
  if (depth == 1 && !accumulate) {
    multiply_column(&p, a, bias, b, out, mask, rows, samples);
    return;
  }
  for (int32_t s = 0, width; s < samples; s += width) {
    const int32_t left = samples - s, lanes = sizeof(fv) / 4;
    width = left >= TILE_VECTORS * lanes ? TILE_VECTORS * lanes : left >= lanes ? lanes : 8;
    multiply_rows(&p, a, bias, b + s, out + s, mask + s, rows, width, width < lanes ? 8 : lanes);
  }
}

void kernel_linearGradients(uint8_t *memory, uint32_t dz0, uint32_t x0, uint32_t dw0, uint32_t db0, int32_t outputs,
                            int32_t inputs, int32_t samples, int32_t stride, bool accumulate) {
  const float *dz = (const float *)(memory + dz0), *x = (const float *)(memory + x0);
  float *dw = (float *)(memory + dw0), *db = (float *)(memory + db0);
  const gradient g = {stride, samples, inputs, accumulate};
  // A single input or output fills no wide vector: building one would take longer than it saves.
  const int quads = outputs == 1 ? 1 : inputs == 1 && WIDTH == 512 ? 2 : sizeof(fv) / 16;
  for (int32_t o = 0, count; o < outputs; o += count) {
    count = outputs - o < TILE_OUTPUTS * quads ? outputs - o : TILE_OUTPUTS * quads;
    const float *d = dz + (size_t)o * stride;
    float *to = dw + (size_t)o * inputs;
    if (quads == 1) gradient_rows4(&g, d, x, to, db + o, count);
#if WIDTH == 512
    else if (quads == 2) gradient_rows8(&g, d, x, to, db + o, count);
#endif
    else WIDEST(gradient_rows)(&g, d, x, to, db + o, count);
  }
}
