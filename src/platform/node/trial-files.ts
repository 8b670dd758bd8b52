/** What lies in a trial's folder. */
export const trialFiles = {
  spec: 'spec.json',
  metrics: 'metrics.parquet',
  weights: 'weights.safetensors',
  result: 'result.json',
  provenance: 'provenance.json',
  predictions: 'predictions.json',
} as const;
