import { defineConfig } from "vitest/config";
import { slowFirst } from "./test/slow-first.mjs";

/** Tests that drive Terraform over many layers. */
const slow = /(test\/rehearsal|life-cycle|secrets|policy\/environments)\.test\.ts$/;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "rehearsal/**/*.test.ts"],
    exclude: ["test/real/**", "node_modules/**"],
    isolate: false,
    // What was compiled is kept in node_modules, by the content of each file.
    experimental: { fsModuleCache: true },
    // One more than two cores: some tests wait for Terraform, a terminal or a timeout.
    maxWorkers: 3,
    // With more space for new objects, tests take a tenth less time of the processor.
    execArgv: ["--min-semi-space-size=16", "--max-semi-space-size=32"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: slowFirst(slow) },
    reporters: ["default", ["json", { outputFile: ".provision/test-report/test.json" }]],
  },
});
