import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "rehearsal/**/*.test.ts"],
    exclude: ["test/real/**", "node_modules/**"],
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".provision/test-report/test.json" }]],
  },
});
