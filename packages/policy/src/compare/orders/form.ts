// How forms compare: the order of the language itself, which the gate applies too.
export { isFormAtOrBelow } from "../../model/form-order.ts";
