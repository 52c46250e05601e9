// How much one client may ask of the server; every limit has a line in docs/reference/http-api.md.

export interface Limits {
  /** Bytes of an event's body. */
  readonly bodyBytes: number;
  /** Bytes of any other body: questions and forms. */
  readonly pageBodyBytes: number;
  /** Characters of a path with its query. */
  readonly urlLength: number;
  /** Bytes of all headers and the request line. */
  readonly headerBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly connections: number;
  readonly queriesAtOnce: number;
  readonly queriesPerHour: number;
  readonly queryTimeMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  pageBodyBytes: 262_144,
  urlLength: 8192,
  headerBytes: 32 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  idleTimeoutMs: 60_000,
  connections: 4096,
  queriesAtOnce: 8,
  queriesPerHour: 600,
  queryTimeMs: 10_000,
};
