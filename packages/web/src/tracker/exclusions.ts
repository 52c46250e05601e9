// Pages that are not told of: `data-exclude`, and `data-include` for all others (the extension `exclusions`).

/** `*` is any text up to the next slash, `**` any text. */
function isListed(list: string, path: string): boolean {
  return list.split(",").some((each) => {
    const pattern = each
      .trim()
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, (stars) => (stars.length > 1 ? ".*" : "[^/]*"));
    return pattern !== "" && new RegExp(`^${pattern}/?$`).test(path);
  });
}

export function isExcluded({ exclude, include }: DOMStringMap): boolean {
  const path = location.pathname;
  return (include !== undefined && !isListed(include, path)) || (exclude !== undefined && isListed(exclude, path));
}
