// A version that was declared material comes into force on its day, also while the server runs (clauses.md JL6).
import type { NoticeShelf } from "../notices/notice-shelf.ts";

const everyMs = 60_000;

/** Stops when its result is called. */
export function startTakingEffect(shelf: Pick<NoticeShelf, "takeEffect">): () => Promise<void> {
  const timer = setInterval(() => void shelf.takeEffect(), everyMs);
  timer.unref();
  return async () => clearInterval(timer);
}
