// Which tests run: `unit` opens nothing and is quick; `integration` opens stores, servers and processes; the rest says its name.
import { defineConfig } from "vitest/config";

const source = {
  resolve: { conditions: ["source", "node"] },
  ssr: { resolve: { conditions: ["source", "node"] } },
};
/** What ends in time on the largest input: ten seconds, so not for every save. */
const bounds = ["packages/policy/src/check/bad-input.prop.test.ts"];
/** Pages whose commands are run. */
const processes = ["tests/docs/readme.test.ts", "tests/docs/notice-workflow.test.ts"];
/** Adapters that open sockets, files and processes. */
const adapters = "packages/gate/src/{web,node,browser,register,gateway}/**/*.test.ts";
const slow = { testTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  ...source,
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          isolate: false,
          include: [
            "packages/{policy,gate,collect,web}/src/**/*.test.ts",
            "tests/{architecture,docs,notices}/**/*.test.ts",
          ],
          exclude: [...processes, ...bounds, adapters],
        },
      },
      {
        ...source,
        test: {
          name: "integration",
          testTimeout: 30_000,
          include: ["packages/{store,server,cli}/src/**/*.test.ts", adapters, ...processes, ...bounds],
        },
      },
      { ...source, test: { ...slow, name: "attacks", include: ["tests/attacks/**/*.test.ts"] } },
      { ...source, test: { ...slow, name: "journeys", include: ["tests/journeys/**/*.test.ts"] } },
    ],
  },
});
