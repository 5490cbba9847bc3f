import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examplePublisher } from "../../scripts/generate/publishers";
import { githubWorkflow } from "../../scripts/provision/commands/export/github-workflow";
import { githubCaller, githubPublishing } from "../../scripts/provision/commands/export/publishing/github";
import { pipelineOf } from "../../scripts/provision/commands/export/steps";
import { type CommandResult, runCommand } from "./command";
import { missing, tools } from "./tools";

const ours = resolve(__dirname, "../../.github/workflows");
const place = { name: "a-b", region: "us-west-2" };
const exported = githubWorkflow(pipelineOf(place, "../my configs/a-b.yaml", { validate: "github" }));
const noActionlint = missing("actionlint");
const noZizmor = missing("zizmor");
const noJq = missing("jq");

let scratch: string;
let folder: string;
/** With a workflow of a publisher's repository. */
let calling: string;
/** One workflow that violates what the linter and the scanner look for. */
let wrong: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "workflows-"));
  folder = join(scratch, "repository/.github/workflows");
  cpSync(ours, folder, { recursive: true });
  writeFileSync(join(folder, "a-b.yml"), exported);
  const publisher = examplePublisher("installer");
  writeFileSync(join(folder, `${publisher.job}.yml`), githubPublishing(publisher));
  // Apart, because zizmor prefers a newer form of its path.
  calling = join(scratch, "calling/.github/workflows");
  cpSync(folder, calling, { recursive: true });
  mkdirSync(join(scratch, "calling/.git"));
  writeFileSync(join(calling, "publisher.yml"), githubCaller(publisher));
  wrong = join(scratch, "wrong/.github/workflows");
  mkdirSync(wrong, { recursive: true });
  const loosened = exported
    .replace("permissions: {}", "permissions: write-all")
    .replace(/checkout@\S+ # \S+/, "checkout@v7")
    .replace("needs: check", "needs: nothing");
  writeFileSync(join(wrong, "a-b.yml"), loosened);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.skipIf(noActionlint !== undefined)(`actionlint ${noActionlint ?? ""}`, () => {
  const lint = (below: string, ...files: readonly string[]): Promise<CommandResult> =>
    runCommand(
      { program: tools.actionlint ?? "actionlint", folder: below, variables: {} },
      ...["-no-color", "-oneline", ...files],
    );

  test("finds nothing in our workflows, and in those that export writes", async () => {
    expect(await lint(folder, ...readdirSync(folder))).toEqual({ code: 0, output: "" });
  });

  test("finds nothing in what calls the workflow of a publisher, and what is wrong with it", async () => {
    expect(await lint(calling, "publisher.yml")).toEqual({ code: 0, output: "" });
    const text = readFileSync(join(calling, "publisher.yml"), "utf8");
    writeFileSync(join(calling, "wrong.yml"), text.replace("      file:", "      fill:"));
    expect((await lint(calling, "wrong.yml")).output).toContain('input "file" is required');
  });

  test("finds what is wrong", async () => {
    const { code, output } = await lint(wrong, "a-b.yml");
    expect(code).toBe(1);
    expect(output).toContain('job "plan" needs job "nothing" which does not exist');
  });
});

describe.skipIf(noZizmor !== undefined)(`zizmor ${noZizmor ?? ""}`, () => {
  /** Informational findings are a matter of taste, such as jobs without a title. */
  const scan = (below: string): Promise<CommandResult> =>
    runCommand(
      { program: tools.zizmor ?? "zizmor", folder: below, variables: {} },
      ...["--offline", "--quiet", "--no-progress", "--color=never"],
      ...["--persona=auditor", "--min-severity=low", "."],
    );

  test("finds nothing in our workflows, and in those that export writes", async () => {
    const { code, output } = await scan(folder);
    expect(output).toContain("No findings to report");
    expect(code).toBe(0);
  });

  test("finds what is wrong", async () => {
    const { code, output } = await scan(wrong);
    expect(code).not.toBe(0);
    expect(output).toContain("excessive-permissions");
    expect(output).toContain("unpinned-uses");
  });
});

/** Answers lists as the API would, by the expression, and records what is written. */
const fakeGh = `#!/bin/sh
printf '%s ' "$@" | grep -q -- --jq || { printf '%s\\n' "$*" >>written; exit; }
for last; do :; done
exec jq -r "$last" comments.json
`;

describe.skipIf(noJq !== undefined)(`the comment with the plan ${noJq ?? ""}`, () => {
  const body = (environment: string) => `## Plan of ${environment}: 1 to add`;
  const bot = { login: "github-actions[bot]" };

  async function comment(comments: readonly object[]): Promise<string> {
    const home = mkdtempSync(join(scratch, "comment-"));
    // The document is ours; its shape is tested in test/pipelines.test.ts.
    const { jobs } = parse(exported) as {
      jobs: { plan: { steps: readonly { run?: string; env?: Record<string, string> }[] } };
    };
    const step = jobs.plan.steps.find(({ env }) => env?.["OURS"] !== undefined);
    writeFileSync(join(home, "comments.json"), JSON.stringify(comments));
    writeFileSync(join(home, "gh"), fakeGh);
    chmodSync(join(home, "gh"), 0o755);
    const variables = {
      PATH: [home, process.env["PATH"]].join(delimiter),
      ISSUE: "repos/o/r/issues/7",
      COMMENTS: "repos/o/r/issues/comments",
      OURS: step?.env?.["OURS"] ?? "",
    };
    // As the runner does: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
    const ended = await runCommand({ program: "bash", folder: home, variables }, "-e", "-c", step?.run ?? "");
    expect(ended).toEqual({ code: 0, output: "" });
    return readFileSync(join(home, "written"), "utf8").trim();
  }

  test("is written once for each environment, and only over the pipeline's own", async () => {
    const others = [
      { id: 1, user: bot, body: body("prod") },
      { id: 2, user: { login: "someone" }, body: body("a&#45;b") },
    ];
    expect(await comment(others)).toBe("api --silent repos/o/r/issues/7/comments --field body=@plan.md");
    expect(await comment([...others, { id: 3, user: bot, body: body("a&#45;b") }])).toBe(
      "api --silent --method PATCH repos/o/r/issues/comments/3 --field body=@plan.md",
    );
  });
});
