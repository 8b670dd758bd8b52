/** What lies in a trial's folder; a measurement's has `spec`, `result`, `provenance` and `checksums` of these. */
export const taskFiles = {
  spec: 'spec.json',
  metrics: 'metrics.parquet',
  weights: 'weights.safetensors',
  result: 'result.json',
  provenance: 'provenance.json',
  predictions: 'predictions.json',
  snapshots: 'snapshots.safetensors',
  checksums: 'checksums.txt',
} as const;
