// The native kernels as functions of Node, through Node-API. A set of them is bound to the bytes of one WebAssembly
// memory. Sets belong to their environment (the main thread's or a worker's) and end with it. Arguments of a call lie
// in an array that the environment shares with it: reading fourteen through Node-API takes eight times as long.
#include "addon.h"

#include <stdlib.h>

#include "vector.h"
#include "wrappers.generated.h"

#define MOST_ARGUMENTS 16

/** One set of kernels: where its memory lies. */
struct binding {
  uint8_t *memory;
  const double *arguments;
  struct binding *next;
};

/** What belongs to one environment. */
struct environment {
  double *arguments;
  struct binding *bindings;
};

typedef struct {
  const char *name;
  napi_callback call;
} kernel_entry;

static const kernel_entry entries[] = {
#include "kernel-table.generated.h"
};

kernel_call kernel_call_of(napi_env env, napi_callback_info info) {
  struct binding *binding;
  napi_get_cb_info(env, info, NULL, NULL, NULL, (void **)&binding);
  return (kernel_call){binding->memory, binding->arguments};
}

/** The bytes of a memory, or NULL, with an exception, where the value is none. */
static uint8_t *bytes_of(napi_env env, napi_value buffer) {
  void *bytes = NULL;
  size_t length;
  if (napi_get_arraybuffer_info(env, buffer, &bytes, &length) != napi_ok) {
    napi_throw_type_error(env, NULL, "bind: expected the buffer of a WebAssembly memory");
    return NULL;
  }
  return bytes;
}

/** rebind(buffer): the memory has grown and may have moved. */
static napi_value rebind(napi_env env, napi_callback_info info) {
  struct binding *binding;
  napi_value buffer;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &buffer, NULL, (void **)&binding);
  uint8_t *memory = bytes_of(env, buffer);
  if (memory) binding->memory = memory;
  return NULL;
}

static void set_function(napi_env env, napi_value object, const char *name, napi_callback call, void *data) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, data, &function);
  napi_set_named_property(env, object, name, function);
}

/** bind(buffer): the kernels over the memory with this buffer, and `rebind`. */
static napi_value bind(napi_env env, napi_callback_info info) {
  struct environment *environment;
  napi_value buffer, kernels, result;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &buffer, NULL, NULL);
  uint8_t *memory = bytes_of(env, buffer);
  if (!memory || napi_get_instance_data(env, (void **)&environment) != napi_ok) return NULL;
  struct binding *binding = malloc(sizeof *binding);
  *binding = (struct binding){memory, environment->arguments, environment->bindings};
  environment->bindings = binding;
  napi_create_object(env, &kernels);
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    set_function(env, kernels, entries[i].name, entries[i].call, binding);
  }
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "kernels", kernels);
  set_function(env, result, "rebind", rebind, binding);
  return result;
}

static void free_environment(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  struct environment *environment = data;
  for (struct binding *at = environment->bindings, *next; at; at = next) {
    next = at->next;
    free(at);
  }
  free(environment);
}

/** { width, compiler, kernels, arguments, bind }; `kernels` is the digest of the WebAssembly binary they are twins of,
 *  `arguments` the buffer that calls find their arguments in, as doubles. */
NAPI_MODULE_INIT() {
  struct environment *environment = calloc(1, sizeof *environment);
  napi_set_instance_data(env, environment, free_environment, NULL);
  napi_value value;
  napi_create_int32(env, WIDTH, &value);
  napi_set_named_property(env, exports, "width", value);
  napi_create_string_utf8(env, COMPILER, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, exports, "compiler", value);
  napi_create_string_utf8(env, KERNELS, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, exports, "kernels", value);
  napi_create_arraybuffer(env, MOST_ARGUMENTS * sizeof(double), (void **)&environment->arguments, &value);
  napi_set_named_property(env, exports, "arguments", value);
  set_function(env, exports, "bind", bind, NULL);
  return exports;
}
