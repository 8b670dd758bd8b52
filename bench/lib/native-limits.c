// The limits of the machine in native code, as JSON: what a loop of load, multiply and add reaches by working set,
// and what a square root with a division takes. Compiled like src/native; WIDTH: bits of a vector.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "vector.h"

/** Independent sums, which hide the latency of the addition. */
#define SUMS 12
#define TRIES 60

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

__attribute__((noinline)) static float multiply_add(const float *from, size_t floats, int rounds) {
  const fv factor = WIDEST(splat)(from[0]);
  fv sums[SUMS];
  for (int i = 0; i < SUMS; i++) sums[i] = factor;
  for (int r = 0; r < rounds; r++) {
    for (const float *at = from; at < from + floats; at += SUMS * LANES) {
#pragma GCC unroll 12
      for (int i = 0; i < SUMS; i++) sums[i] += factor * LOAD(fv, at + i * LANES);
    }
  }
  for (int i = 1; i < SUMS; i++) sums[0] += sums[i];
  return sums[0][0];
}

__attribute__((noinline)) static void square_root_divide(float *at, size_t floats) {
  for (float *end = at + floats; at < end; at++) *at = *at / __builtin_sqrtf(*at);
}

static double gigaflops(const float *data, size_t bytes) {
  const size_t row = SUMS * LANES, floats = bytes / 4 / row * row;
  const int rounds = bytes < (1 << 20) ? (1 << 20) / bytes : 1;
  double least = 1e18;
  volatile float sum;
  for (int i = 0; i < TRIES; i++) {
    const double start = nanoseconds();
    sum = multiply_add(data, floats, rounds);
    const double time = nanoseconds() - start;
    if (time < least) least = time;
  }
  (void)sum;
  return 2.0 * floats * rounds / least;
}

static double square_root_divide_ns(float *data, size_t floats) {
  double least = 1e18;
  for (int i = 0; i < TRIES; i++) {
    const double start = nanoseconds();
    square_root_divide(data, floats);
    const double time = nanoseconds() - start;
    if (time < least) least = time;
  }
  return least / floats;
}

int main(void) {
  static const struct {
    const char *name;
    size_t bytes;
  } sizes[] = {{"16 kB", 16 << 10}, {"384 kB", 384 << 10}, {"6 MB", 6 << 20}};
  const size_t floats = 2 << 20;
  float *data = aligned_alloc(64, floats * sizeof(float));
  for (size_t i = 0; i < floats; i++) data[i] = 1;
  printf("{\"width\":%d,\"gigaflops\":{", WIDTH);
  for (int i = 0; i < 3; i++) printf("%s\"%s\":%.2f", i ? "," : "", sizes[i].name, gigaflops(data, sizes[i].bytes));
  printf("},\"squareRootDivideNs\":%.4f}\n", square_root_divide_ns(data, 8192));
}
