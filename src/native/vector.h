// Vectors of the native kernels. WIDTH bits are what the compiler may use for the machine at hand, unless it is set by
// hand. Lanes hold independent outputs, as in WebAssembly, so the width never changes a bit; where a sum runs over four
// lanes there, it does so here, in a vector of four or in several of them side by side.
#pragma once

#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#ifndef WIDTH
#if defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512DQ__) && defined(__AVX512BW__)
#define WIDTH 512
#elif defined(__AVX2__)
#define WIDTH 256
#else
#define WIDTH 128
#endif
#endif

/** Lanes of the widest vector. */
#define LANES (WIDTH / 32)
/** Registers that hold vectors. */
#if defined(__AVX512VL__) || defined(__aarch64__)
#define REGISTERS 32
#else
#define REGISTERS 16
#endif

#define INLINE static inline __attribute__((always_inline))

/** Floats and words that may lie anywhere in the memory and be anything before. */
typedef float f4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float f8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef float f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t i4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef int32_t i8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t i16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint64_t l2 __attribute__((vector_size(16), aligned(8), may_alias));
typedef uint32_t word_at __attribute__((aligned(4), may_alias));
typedef uint64_t long_at __attribute__((aligned(1), may_alias));

#define LOAD(type, pointer) (*(const type *)(pointer))
#define STORE(type, pointer, value) (*(type *)(pointer) = (value))

/** Lanes of `a` and `b` (counted on from those of `a`), in any order. */
#ifdef __clang__
#define SHUFFLE4(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE4(a, b, ...) __builtin_shuffle(a, b, (i4){__VA_ARGS__})
#endif

/** `name` for the widest vector, and the vectors that there are. */
#define PASTE(a, b) a##b
#if WIDTH == 512
#define WIDEST(name) name##16
#elif WIDTH == 256
#define WIDEST(name) name##8
#else
#define WIDEST(name) name##4
#endif
typedef WIDEST(f) fv;
typedef WIDEST(i) iv;

INLINE f4 splat4(float x) { return (f4){x, x, x, x}; }

/** WebAssembly's pmax: z < y ? y : z, so that NaN in z stays. */
#ifdef __SSE__
INLINE f4 pmax4(f4 z, f4 y) { return (f4)_mm_max_ps((__m128)y, (__m128)z); }
#else
INLINE f4 pmax4(f4 z, f4 y) {
  const i4 larger = z < y;
  return (f4)((larger & (i4)y) | (~larger & (i4)z));
}
#endif

/** The sums of four vectors' lanes, each as (l0 + l1) + (l2 + l3). */
INLINE f4 sum_quads4(f4 v0, f4 v1, f4 v2, f4 v3) {
  const f4 low = SHUFFLE4(v0, v1, 0, 2, 4, 6) + SHUFFLE4(v0, v1, 1, 3, 5, 7);
  const f4 high = SHUFFLE4(v2, v3, 0, 2, 4, 6) + SHUFFLE4(v2, v3, 1, 3, 5, 7);
  return SHUFFLE4(low, high, 0, 2, 4, 6) + SHUFFLE4(low, high, 1, 3, 5, 7);
}

/** Four floats from each of as many rows as the vector has quads; and four floats in every quad. */
INLINE f4 rows4(const float *const *rows, size_t s) { return LOAD(f4, rows[0] + s); }
INLINE f4 quads4(const float *at) { return LOAD(f4, at); }
INLINE f4 quad4(f4 v, int i) {
  (void)i;
  return v;
}

#if WIDTH >= 256
INLINE f8 splat8(float x) { return (f8){x, x, x, x, x, x, x, x}; }
INLINE f8 pmax8(f8 z, f8 y) { return (f8)_mm256_max_ps((__m256)y, (__m256)z); }
INLINE f8 rows8(const float *const *rows, size_t s) {
  return (f8)_mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(rows[0] + s)), _mm_loadu_ps(rows[1] + s), 1);
}
INLINE f8 quads8(const float *at) { return (f8)_mm256_broadcast_ps((const __m128 *)at); }
INLINE f4 quad8(f8 v, int i) { return (f4)_mm256_extractf128_ps((__m256)v, i); }
/** Shuffles of _mm_shuffle_ps, within each quad. */
#define PAIRS8(a, b, how) ((f8)_mm256_shuffle_ps((__m256)(a), (__m256)(b), how))
/** The first four lanes. */
INLINE f4 low4(f8 v) { return (f4)_mm256_castps256_ps128((__m256)v); }
INLINE f8 sum_quads8(f8 v0, f8 v1, f8 v2, f8 v3) {
  const f8 low = PAIRS8(v0, v1, 0x88) + PAIRS8(v0, v1, 0xdd), high = PAIRS8(v2, v3, 0x88) + PAIRS8(v2, v3, 0xdd);
  return PAIRS8(low, high, 0x88) + PAIRS8(low, high, 0xdd);
}
#endif

#if WIDTH == 512
INLINE f16 splat16(float x) { return (f16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
INLINE f16 pmax16(f16 z, f16 y) { return (f16)_mm512_max_ps((__m512)y, (__m512)z); }
INLINE f16 rows16(const float *const *rows, size_t s) {
  __m512 v = _mm512_castps128_ps512(_mm_loadu_ps(rows[0] + s));
  v = _mm512_insertf32x4(v, _mm_loadu_ps(rows[1] + s), 1);
  v = _mm512_insertf32x4(v, _mm_loadu_ps(rows[2] + s), 2);
  return (f16)_mm512_insertf32x4(v, _mm_loadu_ps(rows[3] + s), 3);
}
INLINE f16 quads16(const float *at) { return (f16)_mm512_broadcast_f32x4(_mm_loadu_ps(at)); }
INLINE f4 quad16(f16 v, int i) {
  switch (i) {
    case 0: return (f4)_mm512_extractf32x4_ps((__m512)v, 0);
    case 1: return (f4)_mm512_extractf32x4_ps((__m512)v, 1);
    case 2: return (f4)_mm512_extractf32x4_ps((__m512)v, 2);
    default: return (f4)_mm512_extractf32x4_ps((__m512)v, 3);
  }
}
#define PAIRS16(a, b, how) ((f16)_mm512_shuffle_ps((__m512)(a), (__m512)(b), how))
INLINE f16 sum_quads16(f16 v0, f16 v1, f16 v2, f16 v3) {
  const f16 low = PAIRS16(v0, v1, 0x88) + PAIRS16(v0, v1, 0xdd), high = PAIRS16(v2, v3, 0x88) + PAIRS16(v2, v3, 0xdd);
  return PAIRS16(low, high, 0x88) + PAIRS16(low, high, 0xdd);
}
#endif

/** Loads and stores of the first `quads` quads of a vector, a literal; the others are 0, or stay. */
INLINE f4 load_quads4(const float *at, const int quads) {
  (void)quads;
  return LOAD(f4, at);
}
INLINE void store_quads4(float *at, f4 v, const int quads) {
  (void)quads;
  STORE(f4, at, v);
}
#if WIDTH >= 256
INLINE f8 load_quads8(const float *at, const int quads) {
  return quads == 2 ? LOAD(f8, at) : (f8)_mm256_zextps128_ps256(_mm_loadu_ps(at));
}
INLINE void store_quads8(float *at, f8 v, const int quads) {
  if (quads == 2) STORE(f8, at, v);
  else STORE(f4, at, low4(v));
}
#endif
#if WIDTH == 512
INLINE f16 load_quads16(const float *at, const int quads) {
  return quads == 4 ? LOAD(f16, at) : (f16)_mm512_maskz_loadu_ps((1 << 4 * quads) - 1, at);
}
INLINE void store_quads16(float *at, f16 v, const int quads) {
  if (quads == 4) STORE(f16, at, v);
  else _mm512_mask_storeu_ps(at, (1 << 4 * quads) - 1, (__m512)v);
}
#endif

INLINE f4 leaky4(f4 z, float slope) { return pmax4(z, slope * z); }
