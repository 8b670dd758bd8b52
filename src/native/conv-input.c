// Gradient of a convolution's input: see src/kernels/conv-input.ts for layouts, what is computed, and in which order.
#include "kernels.generated.h"

#include "vector.h"

/** An entry of a list: the weights of a channel, by their address, and its gradient. */
typedef struct {
  uint32_t block;
  float gradient;
} __attribute__((may_alias)) entry;

#define GROUP 4

/** One vector of the target: the sum of `count` products, in order, is added to it. */
#define ADD_VECTOR(type)                                                      \
  do {                                                                        \
    type sum = g[0] * LOAD(type, from[0] + at);                               \
    for (int i = 1; i < count; i++) sum += g[i] * LOAD(type, from[i] + at);   \
    STORE(type, to + at, LOAD(type, to + at) + sum);                          \
    at += sizeof(type) / 4;                                                   \
  } while (0)

/** A group of `count` entries, a literal. target[r][i] += sum over the entries of gradient * block[r][i]. */
INLINE void add_group(const int count, const uint8_t *memory, const entry *list, float *target, int32_t rows,
                      int32_t quads, size_t targetRow) {
  const float *from[GROUP];
  float g[GROUP];
  for (int i = 0; i < count; i++) {
    from[i] = (const float *)(memory + list[i].block);
    g[i] = list[i].gradient;
  }
  const size_t row = (size_t)quads << 2;
  for (int32_t r = 0; r < rows; r++, target += targetRow) {
    float *to = target;
    size_t at = 0;
#if WIDTH == 512
    while (at + 16 <= row) ADD_VECTOR(f16);
#endif
#if WIDTH >= 256
    while (at + 8 <= row) ADD_VECTOR(f8);
#endif
    while (at < row) ADD_VECTOR(f4);
    for (int i = 0; i < count; i++) from[i] += row;
  }
}

/** All entries of a list, in groups of 4. */
INLINE void add_weights(const uint8_t *memory, const entry *list, const entry *end, float *target, int32_t rows,
                        int32_t quads, size_t targetRow) {
  for (; list + GROUP <= end; list += GROUP) add_group(GROUP, memory, list, target, rows, quads, targetRow);
  switch (end - list) {
    case 1: add_group(1, memory, list, target, rows, quads, targetRow); break;
    case 2: add_group(2, memory, list, target, rows, quads, targetRow); break;
    case 3: add_group(3, memory, list, target, rows, quads, targetRow); break;
  }
}

void kernel_convGradInput(uint8_t *memory, uint32_t grad0, uint32_t argmax0, uint32_t packed, uint32_t inputGrad0,
                          uint32_t scratch, int32_t samples, int32_t height, int32_t width, int32_t cin, int32_t cout,
                          int32_t kernel, int32_t gradHeight, int32_t gradWidth, int32_t size, bool accumulate) {
  const size_t inputRow = (size_t)width * cin;
  const int32_t quads = (kernel * cin + 3) >> 2, positions = size * size;
  const uint32_t channelBytes = (uint32_t)(kernel * quads) << 4;
  float *inputGrad = (float *)(memory + inputGrad0);
  if (!accumulate) memset(inputGrad, 0, (size_t)samples * height * inputRow * sizeof(float));
  word_at *ends = (word_at *)(memory + scratch);
  const uint32_t lists = (scratch + 4 * (uint32_t)positions + 7) & ~7u, listBytes = (uint32_t)cout * sizeof(entry);
  const float *grad = (const float *)(memory + grad0);
  const uint8_t *argmax = argmax0 ? memory + argmax0 : NULL;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t cellY = 0; cellY < gradHeight; cellY++) {
      for (int32_t cellX = 0; cellX < gradWidth; cellX++, grad += cout) {
        for (int32_t p = 0; p < positions; p++) ends[p] = lists + (uint32_t)p * listBytes;
        // Each entry is written, and kept if its gradient is not zero: a branch would be mispredicted often.
        for (int32_t c = 0; c < cout; c++) {
          word_at *end = ends + (argmax ? argmax[c] : 0);
          *(entry *)(memory + *end) = (entry){packed + (uint32_t)c * channelBytes, grad[c]};
          *end += (uint32_t)(grad[c] != 0) * sizeof(entry);
        }
        if (argmax) argmax += cout;
        float *patch = inputGrad + (((size_t)s * height + cellY * size) * width + cellX * size) * cin;
        for (int32_t p = 0; p < positions; p++) {
          float *target = patch + (p / size) * inputRow + (size_t)(p % size) * cin;
          const entry *list = (const entry *)(memory + lists + (uint32_t)p * listBytes);
          add_weights(memory, list, (const entry *)(memory + ends[p]), target, kernel, quads, inputRow);
        }
      }
    }
  }
}
