// A relative path seen from a file, as text: no file system is asked.

/** `resolvePath("notices/pypi/notice.yaml", "../psf/notice.yaml")` is `notices/psf/notice.yaml`. */
export function resolvePath(from: string, relative: string): string {
  if (relative.startsWith("/")) return relative;
  const isRooted = from.startsWith("/");
  const parts = from
    .split("/")
    .slice(0, -1)
    .filter((each) => each !== "" && each !== ".");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    const last = parts.at(-1);
    if (part !== "..") parts.push(part);
    else if (last !== undefined && last !== "..") parts.pop();
    else if (!isRooted) parts.push(part);
  }
  return `${isRooted ? "/" : ""}${parts.join("/")}`;
}
