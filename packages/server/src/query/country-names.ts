// English names of ISO 3166 countries, from the runtime's own tables, both ways.

let byCode: ReadonlyMap<string, string> | undefined;

function names(): ReadonlyMap<string, string> {
  if (byCode !== undefined) return byCode;
  const display = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const found = new Map<string, string>();
  for (let a = 65; a <= 90; a += 1) {
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCodePoint(a, b);
      const name = display.of(code);
      if (name !== undefined && name !== code) found.set(code, name);
    }
  }
  byCode = found;
  return found;
}

/** The name of a code; the code itself when it has none. */
export function countryName(code: string): string {
  return names().get(code) ?? code;
}

/** Codes whose names fit; an impossible code when none does, so that the filter matches nothing. */
export function countryCodes(op: string, values: readonly string[], caseSensitive: boolean): readonly string[] {
  const folded = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  const fits = (name: string): boolean =>
    values.some((value) =>
      op.startsWith("contains") ? folded(name).includes(folded(value)) : folded(name) === folded(value),
    );
  const codes = [...names()].filter(([, name]) => fits(name)).map(([code]) => code);
  return codes.length === 0 ? ["--"] : codes;
}
