// Puts a site's domain into the built tracker, for `/js/pa-<id>.js`.

/** Stands, quoted, exactly once in dist/tracker.js; a file served with it still in place takes `data-domain`. */
export const domainToken = "__AVOW_DOMAIN__";

/** The tracker's text for one site, for snippets that do not name their domain themselves. */
export function bakeDomain(tracker: string, domain: string): string {
  return tracker.replace(JSON.stringify(domainToken), () => JSON.stringify(domain));
}
