// Max pooling, channels in lanes: see src/kernels/pool.ts for layouts and what is computed.
#include "kernels.generated.h"
#include "vector.h"

/** Lanes where `value`, further on in the window, replaces `best`. */
INLINE iv replaces(fv value, fv best) { return (value > best) | (value != value); }

INLINE fv select_floats(iv mask, fv yes, fv no) { return (fv)((mask & (iv)yes) | (~mask & (iv)no)); }

typedef int8_t bytes_of_lanes __attribute__((vector_size(LANES), aligned(1), may_alias));

/** The largest of a window and its index: the first of equal values, NaN before any number. */
INLINE void pool_window(const float *window, size_t step, size_t line, const int32_t size, float *output,
                        uint8_t *argmax, const int quads) {
  fv best = WIDEST(load_quads)(window, quads);
  iv index = {0};
  for (int32_t i = 0; i < size; i++) {
    for (int32_t j = 0; j < size; j++) {
      const fv value = WIDEST(load_quads)(window + i * line + j * step, quads);
      const iv better = replaces(value, best);
      best = select_floats(better, value, best);
      index = (better & (i * size + j)) | (~better & index);
    }
  }
  WIDEST(store_quads)(output, best, quads);
  const bytes_of_lanes bytes = __builtin_convertvector(index, bytes_of_lanes);
  memcpy(argmax, &bytes, 4 * quads);
}

#define QUADS_CASE(quads)                                                                               \
  case quads:                                                                                           \
    if (size == 2) pool_window(window + c, step, line, 2, output + c, argmax + c, quads);               \
    else pool_window(window + c, step, line, size, output + c, argmax + c, quads);                      \
    break;

void kernel_maxPoolForward(uint8_t *memory, uint32_t input0, uint32_t output0, uint32_t argmax0, int32_t samples,
                           int32_t height, int32_t width, int32_t channels, int32_t size) {
  const int32_t rows = height / size, columns = width / size;
  const size_t step = (size_t)channels, line = (size_t)width * step;
  float *output = (float *)(memory + output0);
  uint8_t *argmax = memory + argmax0;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t row = 0; row < rows; row++) {
      const float *window = (const float *)(memory + input0) + ((size_t)s * height + row * size) * line;
      for (int32_t column = 0; column < columns; column++, window += size * step, output += step, argmax += step) {
        for (int32_t c = 0; c < channels; c += LANES) {
          const int32_t left = (channels - c + 3) >> 2;
          switch (left < LANES / 4 ? left : LANES / 4) {
            QUADS_CASE(1)
#if WIDTH >= 256
            QUADS_CASE(2)
#endif
#if WIDTH == 512
            QUADS_CASE(3)
            QUADS_CASE(4)
#endif
          }
        }
      }
    }
  }
}
