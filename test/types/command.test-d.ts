// Must not compile: checked by `tsc`, an expected error above each wrong line.
import { commandLine } from "../../scripts/provision/command-line/request";
import { option } from "../../scripts/provision/command-line/option";
import { plan, type PlanRun } from "../../scripts/provision/commands/plan/index";
import { defineCommand, type RunWith } from "../../scripts/provision/run/command";
import type { Run } from "../../scripts/provision/run/run";

const options = { depth: option.value("--depth <number>", ""), wide: option.flag("--wide", "") };
const uses = { terraform: false, rehearsal: "no", selection: "every" } as const;
const base = { name: "look", summary: "", examples: [], options, uses };
const done = Promise.resolve(0);

defineCommand({ ...base, load: () => Promise.resolve({ handle: (_: RunWith<typeof options>) => done }) });
defineCommand({ ...base, load: () => Promise.resolve({ handle: (_: Run) => done }) });
// @ts-expect-error a handler that reads an option of another command
defineCommand({ ...base, load: () => Promise.resolve({ handle: (_: PlanRun) => done }) });
// @ts-expect-error a handler that does not return an exit code
defineCommand({ ...base, load: () => Promise.resolve({ handle: (_: Run) => Promise.resolve("done") }) });
// @ts-expect-error a module without a handler
defineCommand({ ...base, load: () => import("../../scripts/provision/run/outcome.ts") });
// @ts-expect-error a module that does not exist
defineCommand({ ...base, load: () => import("./nowhere.ts") });
// @ts-expect-error a selection that does not exist
defineCommand({ ...base, uses: { ...uses, selection: "some" }, load: plan.load });

/** What a handler may read. */
export function handler(run: RunWith<typeof options>): unknown[] {
  return [
    run.request.depth?.length,
    commandLine(run.request, { depth: "3", env: "dev" }),
    // @ts-expect-error an option that the command does not declare
    run.request.confirm,
    // @ts-expect-error a flag is not a text
    run.request.wide.length,
    // @ts-expect-error a repeated command line with an option that nothing declares
    commandLine(run.request, { height: "3" }),
  ];
}
