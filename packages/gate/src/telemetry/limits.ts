// How much of anything telemetry takes; the same figures in client and collector (docs/reference/telemetry-protocol.md).

export const limits = {
  /** Characters of a text value. */
  textLength: 1024,
  /** Items of a list. */
  listLength: 64,
  /** Objects and lists inside each other. */
  depth: 8,
  /** Characters of one event, envelope included. */
  eventLength: 8192,
  /** Bytes of a batch as it is sent. */
  batchBytes: 131_072,
  batchEvents: 500,
  /** Characters waiting in the queue of one program. */
  queueLength: 1_048_576,
  /** Characters in memory until they are written. */
  bufferLength: 262_144,
  /** Sealed batches that wait for a collector. */
  batches: 16,
  /** Different events remembered for `once`. */
  onceKeys: 4096,
} as const;

/** Names no event may have at its top: what they mean to JavaScript is not what they say. */
export const forbiddenKeys = ["__proto__", "constructor", "prototype"] as const;
