// Where data rests. Drivers are opened by the server's compose.ts and the command; nobody else names them.
export type * from "./contract.ts";
export { dimensionColumns, metrics } from "./contract.ts";
