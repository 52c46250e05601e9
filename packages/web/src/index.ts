// What the server needs to know of the files that run in a browser; the files themselves are in dist/ after `npm run build`.
export { bakeDomain, bakeNames, domainToken, namesToken } from "./bake-domain.ts";
