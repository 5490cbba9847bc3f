import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Figure, figureTable, judge } from "../../scripts/bench/figures";
import { readOptions } from "../../scripts/bench/options";
import { megabytesOf, secondsOf } from "../../scripts/bench/process";
import { jsonReport, machineLine } from "../../scripts/bench/report";
import { skippedTests } from "../../scripts/bench/test-report";

const figure: Figure = { what: "start", unit: "s", values: [0.4, 0.9, 0.5], limit: 0.5 };

describe("a figure", () => {
  test("is within its limit by its median, whatever its slowest run took", () => {
    expect(judge(figure)).toMatchObject({ median: 0.5, verdict: "within" });
  });

  test("exceeds its limit by its median, which is the mean of the middle two of an even number", () => {
    expect(judge({ ...figure, values: [0.4, 0.5, 0.6, 0.9] })).toMatchObject({
      median: 0.55,
      verdict: "EXCEEDED",
    });
  });

  test("without a value exceeds every limit", () => {
    expect(judge({ ...figure, values: [] }).verdict).toBe("EXCEEDED");
  });

  test("is not accepted as evidence if it states a reason, however small it is", () => {
    expect(judge({ ...figure, incomplete: "3 tests were skipped" }).verdict).toBe("incomplete");
  });

  test("is printed with its runs, its spread and its limit", () => {
    const row = figureTable([judge(figure)]).split("\n")[3];
    expect(row?.split("│").map((cell) => cell.trim())).toEqual([
      "",
      "start",
      "3",
      "0.40 s",
      "0.50 s",
      "0.90 s",
      "0.50 s",
      "within",
      "",
    ]);
  });

  test("is printed with the reason why it proves nothing", () => {
    expect(figureTable([judge({ ...figure, incomplete: "3 tests were skipped" })])).toContain(
      "incomplete: 3 tests were skipped",
    );
  });
});

describe("the command line of the benchmark", () => {
  test("measures five runs without the test suites by default", () => {
    expect(readOptions([])).toEqual({
      help: false,
      runs: 5,
      tests: false,
      json: undefined,
      model: undefined,
    });
  });

  test("takes a number of runs, the test suites and a file", () => {
    expect(readOptions(["--tests", "--runs", "2", "--json", "figures.json"])).toEqual({
      help: false,
      runs: 2,
      tests: true,
      json: "figures.json",
      model: undefined,
    });
  });

  test("models the example, or the environment that it names", () => {
    expect(readOptions(["--model"]).model).toBe("example");
    expect(readOptions(["--model", "--env", "dev"]).model).toBe("dev");
  });

  test.each([
    [["--runs", "none"], 'Cannot read the command line: --runs is "none", not a number above 0'],
    [["--json", ""], "Cannot read the command line: --json has an empty value"],
    [["--env", "dev"], "Cannot read the command line: --env is an option of --model"],
    [["--fast"], "Cannot read the command line: Unknown option '--fast'"],
  ])("refuses %s", (args, message) => {
    const hint = "Run: npm run bench -- --help";
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ message, hint, exitCode: 64 }));
  });
});

describe("the report", () => {
  const machine = { processor: "Fast", cores: 2, memoryGib: 16, node: "v20.19.0", load: 0.25 };

  test("names the machine in one line, and how busy it was", () => {
    expect(machineLine(machine)).toBe("Fast, 2 cores, 16 GiB, Node v20.19.0, load 0.25");
  });

  test("is JSON with every value, median, limit and verdict", () => {
    expect(JSON.parse(jsonReport(machine, [judge(figure)]))).toEqual({
      machine,
      figures: [{ ...figure, median: 0.5, verdict: "within" }],
    });
  });

  test("reports that a suite with skipped tests is not evidence", () => {
    expect(skippedTests('{"numPendingTests":3}')).toBe("3 tests were skipped");
    expect(skippedTests('{"numPendingTests":0}')).toBeUndefined();
  });
});

describe("a measured command", () => {
  const scratch = mkdtempSync(join(tmpdir(), "bench-test-"));
  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });
  const node = (script: string) => ({ program: process.execPath, arguments: ["-e", script] });

  test("takes as long as it runs", async () => {
    expect(await secondsOf(node("setTimeout(() => {}, 300)"))).toBeGreaterThan(0.3);
  });

  test("that ends otherwise than expected is an error with its output", async () => {
    await expect(
      secondsOf(node("console.log('out'); console.error('err'); process.exitCode = 4")),
    ).rejects.toThrow(/^Cannot measure ".* -e .*": it ended with 4, not 0\n(out\nerr|err\nout)$/);
  });

  test("may be expected to fail", async () => {
    await expect(secondsOf({ ...node("process.exitCode = 3"), exitCode: 3 })).resolves.toBeGreaterThan(0);
  });

  test("has its peak memory recorded, although it is CommonJS in TypeScript", async () => {
    const program = join(scratch, "program.ts");
    writeFileSync(
      program,
      "const kept: Buffer = Buffer.alloc(150 * 2 ** 20, 1);\nif (require.main !== module) throw kept;\n",
    );
    const tsNode = ["node_modules/ts-node/dist/bin.js", "--project", "tsconfig.json"];
    const megabytes = await megabytesOf({ arguments: [...tsNode, program] });
    expect(megabytes).toBeGreaterThan(150);
    expect(megabytes).toBeLessThan(600);
  });
});
