// Puts into the built tracker what the server knows of it: a site's domain, for `/js/pa-<id>.js`, and the extensions it is loaded by.

/** Stands, quoted, exactly once in each build; a file served with it still in place takes `data-domain`. */
export const domainToken = "__AVOW_DOMAIN__";

/** The same for the extensions; a file served with it still in place goes by its own name. */
export const namesToken = "__AVOW_NAMES__";

/** The tracker's text for one site, for snippets that do not name their domain themselves. */
export function bakeDomain(tracker: string, domain: string): string {
  return tracker.replace(JSON.stringify(domainToken), () => JSON.stringify(domain));
}

/** `names`: `.hash.manual`; so that the file can be handed on under any name. */
export function bakeNames(tracker: string, names: string): string {
  return tracker.replace(JSON.stringify(namesToken), () => JSON.stringify(names));
}
