import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { layers } from "../modules";
import { type Figure, figureTable, median } from "./bench/figures";
import { measure } from "./bench/process";

const usage = `Usage: npm run bench [-- --runs N] [-- --tests]
  --runs N   counted runs of each figure (default 5; the life cycle runs at most 3 times)
  --tests    also time npm test and npm run test:real, once each`;

const scratch = mkdtempSync(join(tmpdir(), "bench-"));
const tsNode = "node_modules/ts-node/dist/bin.js";

async function repeat<T>(runs: number, act: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < runs; run++) results.push(await act());
  return results;
}

async function synthesis(runs: number): Promise<Figure[]> {
  const variables = { ORCHESTRATOR_ENV: "example", CDKTF_OUTDIR: join(scratch, "example") };
  await measure([tsNode, "main.ts"], variables); // warms the page cache
  const measured = await repeat(runs, () => measure([tsNode, "main.ts"], variables));
  return [
    { what: "synthesis of all layers", unit: "s", values: measured.map(({ seconds }) => seconds), limit: 2 },
    {
      what: "memory of the synthesis",
      unit: "MB",
      values: measured.map(({ megabytes }) => megabytes),
      limit: 260,
    },
  ];
}

/** As provision writes it with `--timings`. */
interface Timings {
  readonly terraformSeconds: number;
  readonly totalSeconds: number;
}

async function lifeCycle(runs: number): Promise<Figure[]> {
  const file = join(scratch, "timings.json");
  const timings = await repeat(Math.min(runs, 3), async () => {
    await measure([tsNode, "scripts/provision.ts", "--env", "dev", "--rehearse", "--timings", file]);
    return JSON.parse(readFileSync(file, "utf8")) as Timings; // our own report
  });
  // Apply, second plan and destroy pass every layer once each.
  const passes = 3 * layers.length;
  const overhead = timings.map(
    ({ totalSeconds, terraformSeconds }) => (1000 * (totalSeconds - terraformSeconds)) / passes,
  );
  return [
    {
      what: "rehearsal: apply, plan, destroy",
      unit: "s",
      values: timings.map(({ totalSeconds }) => totalSeconds),
      // 120 s for the nine layers that the limit was set for.
      limit: (120 / 9) * layers.length,
    },
    { what: "overhead beyond Terraform, a layer", unit: "ms", values: overhead, limit: 150 },
  ];
}

async function tests(): Promise<Figure[]> {
  const vitest = "node_modules/vitest/vitest.mjs";
  const plain = await measure([vitest, "run"]);
  const real = await measure([vitest, "run", "--config", "vitest.real.config.mts"]);
  return [
    { what: "npm test", unit: "s", values: [plain.seconds], limit: 240 },
    { what: "npm run test:real", unit: "s", values: [real.seconds], limit: 600 },
  ];
}

async function bench(runs: number, withTests: boolean): Promise<void> {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${memory}, Node ${process.version}`,
  );
  const figures = [
    ...(await synthesis(runs)),
    ...(await lifeCycle(runs)),
    ...(withTests ? await tests() : []),
  ];
  console.log(figureTable(figures));
  process.exitCode = figures.some(({ values, limit }) => median(values) > limit) ? 1 : 0;
}

if (process.argv.includes("--help")) {
  console.log(usage);
} else {
  const at = process.argv.indexOf("--runs");
  const runs = at < 0 ? 5 : Number(process.argv[at + 1]);
  void bench(runs, process.argv.includes("--tests")).finally(() => {
    rmSync(scratch, { recursive: true });
  });
}
