/** What has to be written is written within this time. */
const lingerMs = 1000;

/** Has the process end even if a connection to a Redis that is away still keeps it. */
export function endSoon(): void {
  setTimeout(() => process.exit(), lingerMs).unref();
}
