import { defineConfig } from "vitest/config";
import { slowFirst } from "./test/slow-first.mjs";

/** What takes long: the first waits most, and so do waves of applications; the real provider sees most layers in the third. */
const slow = [
  /(emulator|everything-on)\.test\.ts$/,
  /kubernetes\/(rollout|layer\/argocd-layer)\.test\.ts$/,
  /profiles\/growth\.test\.ts$/,
  /secrets\.test\.ts$/,
  /profiles\/.*\.test\.ts$/,
  /(legal-values|switching-off|bootstrap|cdktf|recover-objects|deletion-guards)\.test\.ts$/,
];

/** Tests against the real AWS provider and an AWS emulator, and long ones; each says why when it is skipped. */
export default defineConfig({
  test: {
    include: ["test/real/**/*.test.ts"],
    isolate: false,
    // Against hanging only: machines differ, and tests here wait for each other.
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    // One more than elsewhere: against the emulator, Terraform mostly waits.
    maxWorkers: 3,
    // Terraform and its provider take a fifth less time of the processor when they collect garbage less often.
    env: { GOGC: "400" },
    sequence: { sequencer: slowFirst(...slow) },
    reporters: ["verbose", ["json", { outputFile: ".provision/test-report/real.json" }]],
  },
});
