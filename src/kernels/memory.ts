/** First byte after the module's own static data: what the host lays out in memory starts here. */
export function heapBase(): usize {
  return __heap_base;
}
