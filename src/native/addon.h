// What the generated wrappers of kernels need of Node-API.
#pragma once

#include <node_api.h>
#include <stdint.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

/** What a call works on: the bytes of a WebAssembly memory, and its arguments as they were put down for it. */
typedef struct {
  uint8_t *memory;
  const double *values;
} kernel_call;

kernel_call kernel_call_of(napi_env env, napi_callback_info info);

static inline napi_value result_f64(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}
