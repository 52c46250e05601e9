// What the server needs to know of the files that run in a browser; the files themselves are in dist/ after `npm run build`.
export { bakeDomain, domainToken } from "./bake-domain.ts";
