import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that drive Terraform over many layers: started first, so that none is left running alone at the end. */
const slow = /(test\/rehearsal|life-cycle|secrets|policy\/environments)\.test\.ts$/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => (slow.test(moduleId) ? 0 : 1);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "rehearsal/**/*.test.ts"],
    exclude: ["test/real/**", "node_modules/**"],
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: SlowFirst },
    reporters: ["default", ["json", { outputFile: ".provision/test-report/test.json" }]],
  },
});
