// The numbers of a day that is over are forgotten even when nobody comes by any more (design, "Visits without a visitor").

const everyMs = 60_000;

/** Stops when its result is called. */
export function startForgetting(visitors: { dropEnded(at: number): void }): () => void {
  const timer = setInterval(() => visitors.dropEnded(Math.floor(Date.now() / 1000)), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
