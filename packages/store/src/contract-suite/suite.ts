// How a suite opens a driver: anew for each test, or again on what an earlier opening of the same test left.
import { describe } from "vitest";

export interface Opened<Store> {
  readonly store: Store;
  /** Removes what the driver keeps, after the store is closed. */
  readonly remove: () => Promise<void>;
  /** Opens the same place again; absent where a driver keeps nothing past its process. */
  readonly again?: () => Promise<Store>;
}

export type Open<Store> = () => Promise<Opened<Store>>;

/** Runs the suite, or reports the driver by name with the reason why it cannot run on this machine. */
export function driverSuite(driver: string, cannotRun: string | undefined, suite: () => void): void {
  if (cannotRun === undefined) describe(driver, suite);
  else describe.skip(`${driver} (skipped: ${cannotRun})`, suite);
}

/** One test's store, closed and removed after it. */
export function using<Store extends { close(): Promise<void> }>(
  open: Open<Store>,
  test: (store: Store, again: (() => Promise<Store>) | undefined) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const { store, remove, again } = await open();
    try {
      await test(store, again);
    } finally {
      await store.close();
      await remove();
    }
  };
}
