import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { layers } from "../../modules";
import { doctorFigure } from "./doctor";
import type { Figure } from "./figures";
import { type Command, megabytesOf, secondsOf } from "./process";
import { skippedTests } from "./test-report";

const tsNode = "node_modules/ts-node/dist/bin.js";

/** Whatever the variables and profiles of this machine are. */
const noCredentials = {
  ...{ AWS_ACCESS_KEY_ID: "", AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "", AWS_WEB_IDENTITY_TOKEN_FILE: "" },
  ...{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: "" },
  ...{ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" },
  AWS_EC2_METADATA_DISABLED: "true",
};

/** What takes seconds, each `runs` times: start-up, a mistake, the doctor, the synthesis. */
export async function quickFigures(runs: number): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const wrong = join(scratch, "wrong.yaml");
  writeFileSync(wrong, "name: wrong\nregion: nowhere\n");
  const provision = (...args: readonly string[]) => [tsNode, "scripts/provision.ts", ...args];
  const variables = { ORCHESTRATOR_ENV: "example", CDKTF_OUTDIR: join(scratch, "example") };
  const synthesis = { arguments: ["scripts/cdktf.cjs"], variables };
  const seconds = (command: Omit<Command, "program">) =>
    repeat(runs, () => secondsOf({ ...command, program: process.execPath }));
  try {
    await megabytesOf(synthesis); // warms the page cache
    return [
      {
        what: "provision.ts --help",
        unit: "s",
        limit: 0.6,
        values: await seconds({ arguments: provision("--help") }),
      },
      {
        what: "a wrong environment file (exit 3)",
        unit: "s",
        limit: 0.8,
        values: await seconds({ arguments: provision("--env", wrong), exitCode: 3 }),
      },
      {
        what: "a run without credentials (exit 4)",
        unit: "s",
        limit: 1,
        values: await seconds({
          arguments: provision("plan", "--env", "dev"),
          variables: noCredentials,
          exitCode: 4,
        }),
      },
      await doctorFigure(runs),
      { what: `synthesis of ${layers.length} layers`, unit: "s", limit: 1, values: await seconds(synthesis) },
      {
        what: "memory of the synthesis",
        unit: "MB",
        limit: 200,
        values: await repeat(runs, () => megabytesOf(synthesis)),
      },
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** As provision writes it with `--timings`. */
const timingsShape = z.object({ terraformSeconds: z.number(), totalSeconds: z.number() });

/** The README's first command, without `npm ci`: apply, second plan and destroy of every layer. */
export async function rehearsalFigures(runs: number): Promise<readonly Figure[]> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(scratch, "timings.json");
  const rehearsal = ["ts-node", "scripts/provision.ts", "--env", "dev", "--rehearse", "--timings", file];
  try {
    const measured = await repeat(runs, async () => {
      const seconds = await secondsOf({ program: "npx", arguments: rehearsal });
      const { terraformSeconds, totalSeconds } = timingsShape.parse(JSON.parse(readFileSync(file, "utf8")));
      // Apply, second plan and destroy pass every layer once each.
      return { seconds, overhead: (1000 * (totalSeconds - terraformSeconds)) / (3 * layers.length) };
    });
    const values = measured.map(({ seconds }) => seconds);
    const overheads = measured.map(({ overhead }) => overhead);
    return [
      { what: "README's first command, after npm ci", unit: "s", limit: 75, values },
      { what: "its overhead beyond Terraform, a layer", unit: "ms", limit: 150, values: overheads },
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Both test suites, once each. */
export async function testFigures(): Promise<readonly Figure[]> {
  const unit = "s";
  const plain = await secondsOf({ program: "npm", arguments: ["test"] });
  const real = await secondsOf({ program: "npm", arguments: ["run", "test:real"] });
  const report = readFileSync(join(__dirname, "../../.provision/test-report/real.json"), "utf8");
  return [
    { what: "npm test", unit, limit: 150, values: [plain] },
    { what: "npm run test:real", unit, limit: 2700, values: [real], incomplete: skippedTests(report) },
  ];
}

async function repeat<Result>(runs: number, act: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let run = 0; run < runs; run++) results.push(await act());
  return results;
}
