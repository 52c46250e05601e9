// Which tests run: unit tests beside their source, and the house's own tests under tests/.
import { defineConfig } from "vitest/config";

const source = { resolve: { conditions: ["source", "node"] }, ssr: { resolve: { conditions: ["source", "node"] } } };

export default defineConfig({
  ...source,
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "tests/{architecture,docs,notices}/**/*.test.ts"],
        },
      },
      {
        ...source,
        test: {
          name: "attacks",
          include: ["tests/attacks/**/*.test.ts"],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        ...source,
        test: {
          name: "journeys",
          include: ["tests/journeys/**/*.test.ts"],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
