// What is known of a truncated address by the longest network that holds it.
import { type Cidr, addressBytes, maskedBytes } from "./address.ts";

export class Networks<Known> {
  readonly #known = new Map<string, Known>();
  readonly #lengths = { 4: new Set<number>(), 6: new Set<number>() };
  #longestFirst: { readonly 4: readonly number[]; readonly 6: readonly number[] } | undefined;

  add({ family, bytes, bits }: Cidr, known: Known): void {
    this.#lengths[family].add(bits);
    this.#known.set(keyOf(bytes, bits), known);
    this.#longestFirst = undefined;
  }

  find(address: string): Known | undefined {
    const bytes = addressBytes(address.split("/")[0] ?? "");
    if (bytes === undefined) return undefined;
    this.#longestFirst ??= {
      4: [...this.#lengths[4]].toSorted((a, b) => b - a),
      6: [...this.#lengths[6]].toSorted((a, b) => b - a),
    };
    for (const bits of this.#longestFirst[bytes.length === 4 ? 4 : 6]) {
      const known = this.#known.get(keyOf(maskedBytes(bytes, bits), bits));
      if (known !== undefined) return known;
    }
    return undefined;
  }
}

function keyOf(bytes: Uint8Array, bits: number): string {
  return `${Buffer.from(bytes).toString("hex")}/${bits}`;
}
