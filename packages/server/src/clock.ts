// The server's clock: the system's, or under --test-clock the time a request names in `X-Avow-Now`.

export const testClockHeader = "x-avow-now";

/** Epoch milliseconds of an ISO date-time with zone; undefined when it is none. */
export function readInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The time of one request. A test time that cannot be read was refused before anything asks (http/listener.ts). */
export function clockOf(testClock: boolean): (named: string | null | undefined) => number {
  if (!testClock) return () => Date.now();
  return (named) => (named === null || named === undefined ? undefined : readInstant(named)) ?? Date.now();
}
