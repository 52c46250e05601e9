// A hash table of one site's visitors of one day, packed into arrays: 28 bytes a slot, at most three quarters full.
const smallest = 64;
const entryBytes = 28;

export interface VisitorEntry {
  readonly visitor: number;
  readonly visit: number;
  /** Epoch seconds. */
  readonly lastAt: number;
}

/** Keys are 64 bits of a digest, as two halves; one in which both are zero is stored with its low bit set. */
export class VisitorTable {
  #capacity = smallest;
  #size = 0;
  #high = new Uint32Array(smallest);
  #low = new Uint32Array(smallest);
  #visitor = new Float64Array(smallest);
  #visit = new Float64Array(smallest);
  #lastAt = new Uint32Array(smallest);

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#capacity * entryBytes;
  }

  get(high: number, low: number): VisitorEntry | undefined {
    const slot = this.#slotOf(high, low);
    if (this.#isFree(slot)) return undefined;
    return { visitor: this.#visitor[slot] ?? 0, visit: this.#visit[slot] ?? 0, lastAt: this.#lastAt[slot] ?? 0 };
  }

  set(high: number, low: number, entry: VisitorEntry): void {
    let slot = this.#slotOf(high, low);
    if (this.#isFree(slot)) {
      if ((this.#size + 1) * 4 > this.#capacity * 3) {
        this.#grow();
        slot = this.#slotOf(high, low);
      }
      this.#size += 1;
      this.#high[slot] = high;
      this.#low[slot] = storedLow(high, low);
    }
    this.#visitor[slot] = entry.visitor;
    this.#visit[slot] = entry.visit;
    this.#lastAt[slot] = entry.lastAt;
  }

  /** Every entry in 28 bytes, little-endian: key, visitor, visit, second; in no order. */
  toBytes(): Buffer {
    const bytes = Buffer.alloc(this.#size * entryBytes);
    let at = 0;
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      if (this.#isFree(slot)) continue;
      bytes.writeUInt32LE(this.#high[slot] ?? 0, at);
      bytes.writeUInt32LE(this.#low[slot] ?? 0, at + 4);
      bytes.writeDoubleLE(this.#visitor[slot] ?? 0, at + 8);
      bytes.writeDoubleLE(this.#visit[slot] ?? 0, at + 16);
      bytes.writeUInt32LE(this.#lastAt[slot] ?? 0, at + 24);
      at += entryBytes;
    }
    return bytes;
  }

  /** What `toBytes` wrote. @throws RangeError for bytes that are no whole entries */
  static from(bytes: Buffer): VisitorTable {
    if (bytes.length % entryBytes !== 0) throw new RangeError("a table of visitors is cut off");
    const table = new VisitorTable();
    for (let at = 0; at < bytes.length; at += entryBytes) {
      table.set(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4), {
        visitor: bytes.readDoubleLE(at + 8),
        visit: bytes.readDoubleLE(at + 16),
        lastAt: bytes.readUInt32LE(at + 24),
      });
    }
    return table;
  }

  #isFree(slot: number): boolean {
    return this.#high[slot] === 0 && this.#low[slot] === 0;
  }

  /** Where the key is, or the free slot where it belongs. */
  #slotOf(high: number, low: number): number {
    const mask = this.#capacity - 1;
    const wanted = storedLow(high, low);
    let slot = (wanted ^ high) & mask;
    while (!this.#isFree(slot) && (this.#high[slot] !== high || this.#low[slot] !== wanted)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [high, low, visitor, visit, lastAt] = [this.#high, this.#low, this.#visitor, this.#visit, this.#lastAt];
    this.#capacity *= 2;
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#visitor = new Float64Array(this.#capacity);
    this.#visit = new Float64Array(this.#capacity);
    this.#lastAt = new Uint32Array(this.#capacity);
    for (let old = 0; old < high.length; old += 1) {
      const [h, l] = [high[old] ?? 0, low[old] ?? 0];
      if (h === 0 && l === 0) continue;
      const slot = this.#slotOf(h, l);
      this.#high[slot] = h;
      this.#low[slot] = l;
      this.#visitor[slot] = visitor[old] ?? 0;
      this.#visit[slot] = visit[old] ?? 0;
      this.#lastAt[slot] = lastAt[old] ?? 0;
    }
  }
}

function storedLow(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
