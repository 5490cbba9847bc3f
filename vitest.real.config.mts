import { defineConfig } from "vitest/config";

/** Tests against the real AWS provider and an AWS emulator; each says why when it is skipped. */
export default defineConfig({
  test: {
    include: ["test/real/**/*.test.ts"],
    testTimeout: 500_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: ["verbose", ["json", { outputFile: ".provision/test-report/real.json" }]],
  },
});
