// Optimizers over a range of parameters: plain loops, which the compiler makes as wide as it may. See
// src/kernels/optimizer.ts for what they compute.
#include "kernels.generated.h"
#include "vector.h"

#define GRADIENT_GRAIN 0x1p-30f
#define MOMENT_GRAIN 0x1p-76f
#define SQUARE_FLOOR 0x1p-100f
#define MOMENT_FLOOR 1e-30f

void kernel_adamUpdate(uint8_t *memory, uint32_t p0, uint32_t grad0, uint32_t m0, uint32_t v0, int32_t count,
                       float rate, float beta1, float beta2, float floor, float decay, float shrink) {
  float *restrict p = (float *)(memory + p0);
  const float *restrict grad = (const float *)(memory + grad0);
  float *restrict m = (float *)(memory + m0);
  float *restrict v = (float *)(memory + v0);
  for (int32_t i = 0; i < count; i++) {
    const float g = ((grad[i] + p[i] * decay) + GRADIENT_GRAIN) - GRADIENT_GRAIN;
    const float m1 = ((g + m[i] * beta1) + MOMENT_GRAIN) - MOMENT_GRAIN;
    const float v1 = v[i] * beta2 + (SQUARE_FLOOR + g * g);
    m[i] = m1;
    v[i] = v1;
    p[i] = p[i] * shrink - (m1 * rate) / (__builtin_sqrtf(v1) + floor);
  }
}

void kernel_sgdUpdate(uint8_t *memory, uint32_t p0, uint32_t grad0, uint32_t buffer0, int32_t count,
                      float learningRate, float momentum, float decay) {
  float *restrict p = (float *)(memory + p0);
  const float *restrict grad = (const float *)(memory + grad0);
  float *restrict buffer = (float *)(memory + buffer0);
  for (int32_t i = 0; i < count; i++) {
    const float g = grad[i] + p[i] * decay;
    const float b = g + buffer[i] * momentum;
    const float flushed = __builtin_fabsf(b) < MOMENT_FLOOR ? 0 : b;
    buffer[i] = flushed;
    p[i] = p[i] - flushed * learningRate;
  }
}
