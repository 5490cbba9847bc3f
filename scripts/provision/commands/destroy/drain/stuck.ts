import { UserError } from "../../../../../lib/errors";
import type { AnyLayer } from "../../../../../lib/layer/layer";
import { commandLine } from "../../../command-line/request";
import type { Application } from "../../../kubernetes/application";
import { retryLine } from "../../../run/run";
import { askConsent } from "../../../runner/consent";
import type { DrainRun } from "./drain-run";
import { remainingLine, type Remaining, remainingOf } from "./remaining";
import { isDeleting, type Place } from "./steps";

/** More are counted. */
const listed = 20;

/** What keeps applications from being deleted. */
export interface Obstruction {
  readonly applications: readonly Application[];
  readonly remaining: readonly Remaining[];
}

/** What is left of the applications that are being deleted; of the root application, only when it is the last. */
export async function obstruction(
  { api, rollout }: Place,
  applications: readonly Application[],
): Promise<Obstruction> {
  const deleting = applications.filter(isDeleting);
  const others = deleting.filter(({ metadata }) => metadata.name !== rollout.rootApplication);
  const blamed = others.length > 0 ? others : deleting;
  const remaining = await Promise.all(others.map((application) => remainingOf(api, application)));
  return { applications: blamed, remaining: remaining.flat() };
}

/** Lists what does not go, and removes its finalizers if the operator agrees; throws otherwise. */
export async function endObstruction(
  run: DrainRun,
  { layer, place }: { readonly layer: AnyLayer; readonly place: Place },
  found: Obstruction,
): Promise<void> {
  const held = found.remaining.filter(({ finalizers, isDeleting: is }) => is && finalizers.length > 0);
  const { removeFinalizers = false, yes } = run.request;
  const mayAsk = run.world.terminal.interactive && !yes;
  if (held.length === 0 || (!removeFinalizers && !mayAsk)) throw stuck(run, found, held.length > 0);
  if (!removeFinalizers) {
    for (const line of linesOf(found)) run.screen.print(line);
    run.screen.print(
      "  What a finalizer waits for, e.g. the deletion of a volume in AWS, is left behind without it",
    );
    await askConsent(run, {
      verb: "drain",
      subject: layer.name,
      question: `Remove the finalizers of ${held.length === 1 ? "this object" : `these ${held.length} objects`}?`,
      danger: true,
      next: retryLine(run, layer),
    });
  }
  for (const { name, finalizers } of held) {
    await place.api.patch(name, { metadata: { finalizers: null } });
    const { namespace = "", name: called } = name.metadata;
    run.events.note(
      `Removed the finalizers of ${name.kind} ${namespace}/${called}: ${finalizers.join(", ")}`,
      "warning",
    );
  }
}

function stuck(run: DrainRun, found: Obstruction, isHeld: boolean): UserError {
  const names = found.applications.map(({ metadata }) => `"${metadata.name}"`).join(", ");
  const again = commandLine(run.request);
  const removing = commandLine(run.request, { removeFinalizers: true });
  return new UserError(
    [
      `Cannot drain the applications: nothing has been deleted for minutes, ${names || "none"} is left`,
      ...linesOf(found),
    ].join("\n"),
    isHeld
      ? `Remove what they wait for, then run: ${again}; or, to remove their finalizers, run: ${removing}`
      : `Look at the log of Argo CD's application controller, correct what it reports, then run: ${again}`,
  );
}

function linesOf({ applications, remaining }: Obstruction): readonly string[] {
  const errors = applications.flatMap(({ metadata, status }) =>
    status.conditions
      .filter(({ type }) => type.endsWith("Error"))
      .map(({ type, message }) => `  ${metadata.name}: ${type}, ${message}`),
  );
  const lines = remaining.slice(0, listed).map((one) => `  ${remainingLine(one)}`);
  const more = remaining.length - listed;
  return [...errors, ...lines, ...(more > 0 ? [`  and ${more} more objects`] : [])];
}
