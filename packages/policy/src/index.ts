// The notice language, whole: parse, check, compile, decide, explain, write.
export type * from "./model/notice.ts";
export { promiseKinds } from "./model/notice.ts";
export type * from "./model/diagnostic.ts";
export type * from "./model/policy.ts";
export { reasons } from "./model/policy.ts";
export type * from "./model/vocabulary.ts";
export { termKinds } from "./model/vocabulary.ts";
