// What is said about a host no notice covers: not covered, ask its operator; never this notice's answer (clauses.md JP4, JP10).

/** Second-level labels under which countries register names, as in `example.co.uk`. */
const secondLevel = new Set(["ac", "co", "com", "edu", "gov", "gouv", "net", "ne", "nom", "or", "org"]);

/** Hosts under which every customer runs something of their own, so that the whole name is the operator's. */
const sharedHosts = [
  "azurewebsites.net",
  "blogspot.com",
  "cloudfront.net",
  "fly.dev",
  "github.io",
  "gitlab.io",
  "herokuapp.com",
  "netlify.app",
  "onrender.com",
  "pages.dev",
  "readthedocs.io",
  "vercel.app",
  "web.app",
  "workers.dev",
];

/** The host whose owner probably runs `host`; undefined when a name does not tell (an address, this machine). */
export function likelyOperator(host: string): string | undefined {
  const labels = host.toLowerCase().replace(/\.$/, "").split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || !/^[a-z][a-z0-9-]*$/.test(last) || last === "localhost" || last === "local")
    return undefined;
  const shared = sharedHosts.find((each) => labels.join(".").endsWith(`.${each}`));
  if (shared !== undefined) return labels.slice(-(shared.split(".").length + 1)).join(".");
  const hasSecondLevel = last.length === 2 && labels.length > 2 && secondLevel.has(labels.at(-2) ?? "");
  return labels.slice(hasSecondLevel ? -3 : -2).join(".");
}

export function outsideSentence(host: string): string {
  const name = isHost(host) ? host.toLowerCase() : "that address";
  const operator = isHost(host) ? likelyOperator(host) : undefined;
  const sentence = `not covered; ask ${name}'s operator`;
  if (operator === undefined) return `${sentence}, whoever runs the machine it is reached on`;
  return operator === name ? sentence : `${sentence}, likely ${operator}`;
}

/** Only what can be a host is repeated in a sentence that people read. */
function isHost(text: string): boolean {
  if (text.length > 253) return false;
  if (/^\[[\da-f:.]+\]$/i.test(text)) return true;
  const labels = text.replace(/\.$/, "").split(".");
  return labels.every((label) => /^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,62}$/u.test(label));
}
