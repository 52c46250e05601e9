// Builds what runs in a browser: dist/tracker.js, one classic script, minified, with the domain token in place.
import { defineConfig, type Plugin } from "vite";
import { domainToken } from "./src/bake-domain.ts";

/** Quotes the token after minifying: before, a minifier would decide at build time what the server puts there. */
const quoteDomainToken: Plugin = {
  name: "quote-domain-token",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      chunk.code = chunk.code.replaceAll(domainToken, JSON.stringify(domainToken));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  plugins: [quoteDomainToken],
  build: {
    target: "es2020",
    minify: true,
    emptyOutDir: false,
    lib: { entry: "src/tracker/tracker.ts", formats: ["iife"], name: "avow", fileName: () => "tracker.js" },
  },
});
