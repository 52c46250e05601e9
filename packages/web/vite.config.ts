// Builds what runs in a browser: dist/tracker.js, and with `--mode more` dist/tracker-more.js; classic scripts with tokens in place.
import { defineConfig, type Plugin } from "vite";
import { domainToken, namesToken } from "./src/bake-domain.ts";

/** Quotes the tokens after minifying: before, a minifier would decide at build time what the server puts there. */
const quoteTokens: Plugin = {
  name: "quote-tokens",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      for (const token of [domainToken, namesToken]) chunk.code = chunk.code.replaceAll(token, JSON.stringify(token));
    }
  },
};

export default defineConfig(({ mode }) => {
  const name = mode === "more" ? "tracker-more" : "tracker";
  return {
    root: import.meta.dirname,
    logLevel: "warn",
    plugins: [quoteTokens],
    build: {
      target: "es2020",
      minify: true,
      emptyOutDir: false,
      lib: { entry: `src/tracker/${name}.ts`, formats: ["iife"], name: "avow", fileName: () => `${name}.js` },
    },
  };
});
