// Names of fields that tend to be about somebody: a hint, never a proof; jupyterhub's `username` is one that no mark says so.

const words = new Set([
  "user",
  "username",
  "users",
  "login",
  "email",
  "mail",
  "ip",
  "address",
  "host",
  "hostname",
  "path",
  "file",
  "filename",
  "directory",
  "cwd",
  "home",
  "token",
  "password",
  "secret",
  "session",
  "cookie",
  "name",
  "fullname",
  "displayname",
  "avatar",
  "author",
  "room",
  "roomid",
  "url",
  "origin",
  "referrer",
  "referer",
  "query",
  "ref",
  "phone",
  "location",
  "latitude",
  "longitude",
  "uuid",
  "guid",
  "id",
]);

/** The word of the name that says so; `user_id`, `userName` and `ip-address` are two words each. */
export function personalWord(name: string): string | undefined {
  const parts = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return [parts.join(""), ...parts].find((part) => words.has(part));
}
