import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';

interface Props {
  /** What it shows: where that changes it is tried again. */
  readonly of: unknown;
  readonly children: ComponentChildren;
}

/** Shows what is inside it, or a sentence in its place where that cannot be drawn: the rest of the page goes on. */
export function Safely({ of, children }: Props) {
  const [error, retry] = useErrorBoundary();
  useEffect(() => retry(), [of]);
  if (!error) return <>{children}</>;
  return <p class="empty">What this run is made of cannot be shown: {(error as Error).message}</p>;
}
