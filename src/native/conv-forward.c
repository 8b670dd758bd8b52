// Convolution forward: see src/kernels/conv-forward.ts for layouts and what is computed.
#include "kernels.generated.h"

#include "vector.h"

/** Sums of a tile: positions and vectors of channels. */
#if REGISTERS == 32
#define MOST_POSITIONS 12
#else
#define MOST_POSITIONS 6
#endif
#define MOST_VECTORS (16 / LANES)

/** Distances in floats: of positions and rows of the input, positions of the output, taps of the weights. */
typedef struct {
  size_t step, inputRow, outStep, tap;
  int32_t rowLength;
  bool accumulate;
} convolution;

#define LANES_OF_TILE 4
#include "conv-tiles.h"
#if WIDTH >= 256
#define LANES_OF_TILE 8
#include "conv-tiles.h"
#endif
#if WIDTH == 512
#define LANES_OF_TILE 16
#include "conv-tiles.h"
#endif

typedef void conv_run(const convolution *c, const float *input, const float *packed, float *output, int32_t positions,
                      int32_t rows);

/** A run for blocks of 1 to 4 quads of channels, in the vectors that fit them best. */
#define RUN_OF(quads, lanes)                                                                                     \
  static void run_of_##quads(const convolution *c, const float *input, const float *packed, float *output,       \
                             int32_t positions, int32_t rows) {                                                  \
    PASTE(conv_run, lanes)(quads, c, input, packed, output, positions, rows);                                    \
  }
RUN_OF(1, 4)
#if WIDTH == 128
RUN_OF(2, 4)
RUN_OF(3, 4)
RUN_OF(4, 4)
#else
RUN_OF(2, 8)
#if WIDTH == 256
RUN_OF(3, 8)
RUN_OF(4, 8)
#else
RUN_OF(3, 16)
RUN_OF(4, 16)
#endif
#endif
static conv_run *const runs[] = {run_of_1, run_of_2, run_of_3, run_of_4};

/** False if the inputs in the columns [x, x + count) are known to be zeros. */
INLINE bool is_live(uint64_t live, int32_t x, int32_t count) {
  return live == UINT64_MAX || (live & (((1ull << count) - 1) << x)) != 0;
}

/**
 * One row of outputs for a block of channels, in runs of positions that are computed and that are not. Which are is
 * decided for as many positions at once as a WebAssembly tile has: 0 times a weight that is not finite is no 0.
 */
static void conv_row(int quads, const convolution *c, int32_t kernel, const float *input, uint64_t live,
                     const float *packed, float *output, int32_t outWidth) {
  const int32_t together = quads > 2 ? 2 : 4;
  for (int32_t x = 0, end; x < outWidth; x = end) {
    const int32_t first = x + together <= outWidth ? together : 1;
    const bool alive = is_live(live, x, kernel + first - 1);
    for (end = x + first; end < outWidth;) {
      const int32_t next = end + together <= outWidth ? together : 1;
      if (is_live(live, end, kernel + next - 1) != alive) break;
      end += next;
    }
    runs[quads - 1](c, input + x * c->step, packed, output + x * c->outStep, end - x, alive ? kernel : 0);
  }
}

void kernel_convForward(uint8_t *memory, uint32_t input0, uint32_t masks0, uint32_t packed0, uint32_t output0,
                        int32_t samples, int32_t height, int32_t width, int32_t cin, int32_t cout, int32_t kernel,
                        int32_t outHeight, int32_t outWidth, bool accumulate) {
  const int32_t quads = (cout + 3) >> 2;
  const convolution c = {cin, (size_t)width * cin, cout, (size_t)quads << 2, kernel * cin, accumulate};
  const float *packed = (const float *)(memory + packed0);
  float *output = (float *)(memory + output0);
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t y = 0; y < outHeight; y++, output += (size_t)outWidth * cout) {
      const size_t row = (size_t)s * height + y;
      const float *input = (const float *)(memory + input0) + row * c.inputRow;
      const long_at *masks = (const long_at *)(memory + masks0) + row;
      uint64_t live = masks0 ? 0 : UINT64_MAX;
      for (int32_t ky = 0; masks0 && ky < kernel; ky++) live |= masks[ky];
      // The last block first: it reaches into the next position, whose first channels are written after it.
      for (int32_t first = (quads - 1) & ~3; first >= 0; first -= 4) {
        const int block = quads - first < 4 ? quads - first : 4;
        conv_row(block, &c, kernel, input, live, packed + 4 * first, output + 4 * first, outWidth);
      }
    }
  }
}
