import { UserError } from "../../../../lib/errors";
import { planJson } from "../../plan-view/json";
import { planMarkdown } from "../../plan-view/markdown";
import { type Planned, PlanReport } from "../../plan-view/report";
import { planDocument } from "../../plan-view/text";
import type { Row } from "../../run/outcome";
import { maskSecrets } from "../../run/secrets";
import { nextCommand, nextSteps } from "./next-steps";
import type { PlanRun } from "./index";

/** Prints or writes the document that was asked for, also when a layer fails, and ends with the next step. */
export async function reporting(run: PlanRun, plan: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const report = new PlanReport();
  run.events.listen(report.listen);
  let rows: readonly Row[];
  try {
    rows = await plan();
  } catch (error) {
    deliverIncomplete(run, planned(run, report, error));
    throw error;
  }
  deliver(run, planned(run, report));
  for (const text of nextSteps(run, rows)) run.events.note(text);
  return rows;
}

function planned(run: PlanRun, { layers }: PlanReport, error?: unknown): Planned {
  const { name: environment, account, region } = run.loaded.environment;
  const next = nextCommand(
    run,
    layers.map(({ row }) => row),
  );
  return {
    ...{ environment, account, region, simulated: run.request.rehearse, layers },
    ...(error === undefined ? {} : { failure: failureOf(run, error) }),
    ...(next === undefined ? {} : { next }),
  };
}

/** In one sentence; what Terraform said may contain values, and is on the screen and in the log. */
function failureOf(run: PlanRun, error: unknown): string {
  return error instanceof UserError ? maskSecrets(run)(error.message) : "the program failed";
}

function deliver({ request, world, screen, events }: PlanRun, plan: Planned): void {
  const { format, out } = request;
  if (format === "text" && out === undefined) return;
  const text = { text: planDocument, markdown: planMarkdown, json: planJson }[format](plan).trimEnd();
  if (out === undefined) {
    screen.verbatim(text);
    return;
  }
  world.files.write(out, `${text}\n`);
  events.note(`The plan${plan.failure === undefined ? "" : ", as far as it got,"} is in ${out}`);
}

/** The run ends with what failed first, whether or not the document can be written. */
function deliverIncomplete(run: PlanRun, plan: Planned): void {
  try {
    deliver(run, plan);
  } catch (error) {
    run.events.note(error instanceof Error ? error.message : String(error), "warning");
  }
}
