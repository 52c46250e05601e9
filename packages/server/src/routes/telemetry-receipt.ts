// Receipts for deletions: signed by this installation (Ed25519), so that whoever asked can show what was answered (docs/reference/telemetry-protocol.md).
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { canonicalJson } from "@avow/policy";
import type { Records } from "@avow/store";

export const erasures = ["deleted", "counted", "not held"] as const;
export type Erasure = (typeof erasures)[number];

export interface Receipt {
  readonly avow: 1;
  readonly telemetry: string;
  readonly batch: string;
  readonly day: string;
  readonly outcome: Erasure;
  readonly says: string;
  /** UTC day. */
  readonly on: string;
}

const says: Readonly<Record<Erasure, string>> = {
  deleted: "the batch was removed from every store; nothing was counted of it and nothing will be",
  counted:
    "the day is closed: if the batch was received it is part of counts of groups, which name nobody and from which it cannot be taken out; the batch itself is gone",
  "not held": "no such batch is held",
};

const keySetting = "telemetry-receipt-key";

/** SHA-256 (hex) of the token: the batch's name. */
export function batchOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export async function signedReceipt(
  records: Pick<Records, "setting" | "setSetting">,
  about: Omit<Receipt, "avow" | "says">,
): Promise<Receipt & { readonly key: string; readonly signature: string }> {
  const receipt: Receipt = { avow: 1, ...about, says: says[about.outcome] };
  const key = await privateKey(records);
  const signature = sign(null, Buffer.from(canonicalJson(receipt)), key).toString("base64url");
  return { ...receipt, key: publicOf(key), signature };
}

/** Raw Ed25519 key, base64url; shown on the result page too. */
export async function receiptKey(records: Pick<Records, "setting" | "setSetting">): Promise<string> {
  return publicOf(await privateKey(records));
}

function publicOf(key: ReturnType<typeof createPrivateKey>): string {
  return createPublicKey(key).export({ format: "jwk" })["x"] ?? "";
}

/** Made when it is first needed. */
async function privateKey(records: Pick<Records, "setting" | "setSetting">) {
  const known = await records.setting(keySetting);
  if (known !== undefined) return createPrivateKey(known);
  const { privateKey: made } = generateKeyPairSync("ed25519");
  await records.setSetting(keySetting, made.export({ type: "pkcs8", format: "pem" }).toString());
  // Another process may have been first.
  return createPrivateKey((await records.setting(keySetting)) ?? "");
}
