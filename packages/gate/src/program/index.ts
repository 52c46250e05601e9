// The program's gate, pure: states, questions, answers, signals (docs/design/inside-software.md).
export type { ProgramContact, ProgramFeature, ProgramTable } from "@avow/policy";
export {
  type AnswerStore,
  type Given,
  type StoredAnswer,
  createMemoryStore,
  longestAnswer,
  readAnswer,
} from "./answer-store.ts";
export { type Because, type FeatureState, type State, chainOf, featureOf } from "./feature-state.ts";
export {
  type Forbidder,
  type InstallationRule,
  type Signals,
  disabledVariable,
  forbidderOf,
  readInstallation,
} from "./forbidding.ts";
export { type AddressRefusal, type ReadAddress, isLoopback, refusedAddress } from "./host-rule.ts";
export {
  type ProgramGate,
  type ProgramNote,
  type ProgramPorts,
  type Prompt,
  type Receipt,
  type Reply,
  UndeclaredFeature,
  createProgramGate,
} from "./program-gate.ts";
export { type Asker, type Question, type QuestionWords, english, listed, questionOf } from "./question.ts";
export { longestTable, readTable } from "./read-table.ts";
