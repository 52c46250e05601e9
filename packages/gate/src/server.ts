// Run-time enforcement: who may do what with which data, decided by the notice.
export type * from "./contract.ts";
export { createGate } from "./create-gate.ts";
export { likelyOperator } from "./outside.ts";
export { refusal } from "./refusal.ts";
export type { RefusalNotice } from "./refusal.ts";
