// An address cut to the network it is looked up and counted by: /24, or /48; the rest of it is forgotten (clauses.md PI3).

/** `203.0.113.0` or `2001:db8:7::`; empty when `text` holds no address. Port, brackets, zone and `::ffff:` are taken off. */
export function truncateAddress(text: string): string {
  if (text.length > 100) return "";
  const end = endOfPlainNetwork(text);
  if (end > 0) return `${text.slice(0, end)}.0`;
  const bare = bareAddress(text.trim());
  if (!bare.includes(":")) return truncateFour(bare);
  const groups = groupsOf(bare.toLowerCase());
  if (groups === undefined) return "";
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = groups;
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff)
    return `${g >> 8}.${g & 255}.${(groups[7] ?? 0) >> 8}.0`;
  return `${hex(a)}:${hex(b)}:${hex(c)}::`;
}

/** Where the last octet of an address written plainly begins, its dot included; 0 for everything else, which is read with care. */
function endOfPlainNetwork(text: string): number {
  let end = 0;
  let dots = 0;
  let octet = -1;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit === -2) {
      if (octet < 0) return 0;
      dots += 1;
      end = index;
      octet = -1;
    } else if (digit < 0 || digit > 9 || octet === 0) return 0;
    else {
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return 0;
    }
  }
  return dots === 3 && octet >= 0 ? end : 0;
}

function bareAddress(text: string): string {
  const bracketed = /^"?\[([^\]]*)\](?::\d+)?"?$/.exec(text)?.[1];
  const address = bracketed ?? (/^[\d.]+:\d+$/.test(text) ? text.slice(0, text.indexOf(":")) : text);
  const zone = address.indexOf("%");
  return zone < 0 ? address : address.slice(0, zone);
}

function truncateFour(text: string): string {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return "";
  return `${octets[0]}.${octets[1]}.${octets[2]}.0`;
}

/** Eight groups of an IPv6 address, dotted ending included; undefined when it is none. */
function groupsOf(text: string): readonly number[] | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const left = halfOf(head, tail === undefined);
  const right = tail === undefined ? [] : halfOf(tail, true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

/** Only the last part of an address may be dotted. */
function halfOf(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else if (isEnd && index === parts.length - 1 && truncateFour(part) !== "") {
      const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
      groups.push((a << 8) | b, (c << 8) | d);
    } else return undefined;
  }
  return groups;
}

function hex(group: number): string {
  return group.toString(16);
}
