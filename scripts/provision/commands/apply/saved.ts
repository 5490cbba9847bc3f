import { exitCodes, UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import { shortDigest } from "../../run/plan";
import type { Run } from "../../run/run";
import { readSavedPlan, type SavedPlan } from "../../terraform/saved-plan/archive";
import type { Manifest } from "../../terraform/saved-plan/manifest";
import { minuteOf } from "../../screen/minute";
import { staleLayers } from "./stale";

/**
 * The run of the layers in a saved plan, with their plans. Throws `UserError` unless all of them can be applied exactly as they
 * were planned; those that were applied already are left out.
 */
export async function withSavedPlans<AnyRun extends Run>(run: AnyRun, path: string): Promise<AnyRun> {
  const saved = readSavedPlan(run.world.files, path);
  const { manifest } = saved;
  assertFits(run, path, manifest);
  announce(run, path, manifest);
  const layers = run.layers.filter(({ name }) => saved.plans.has(name));
  const { stale, done } = await staleLayers({ ...run, selected: layers }, saved);
  if (stale.length > 0) throw staleError(run, path, stale);
  const selected = layers.filter(({ name }) => !done.includes(name));
  if (selected.length === 0) run.events.note("Nothing to apply");
  return { ...run, selected, savedPlans: plansOf(saved, selected) };
}

function plansOf({ manifest, plans }: SavedPlan, selected: Run["layers"]): NonNullable<Run["savedPlans"]> {
  const chosen = manifest.layers.filter(({ name }) => selected.some((layer) => layer.name === name));
  return new Map(
    chosen.flatMap(({ name, digest }) => {
      const file = plans.get(name);
      return file === undefined ? [] : [[name, { file, digest }]];
    }),
  );
}

/** Throws with everything in which this run is another one than was planned for. */
function assertFits(run: Run, path: string, manifest: Manifest): void {
  const { name, account, region } = run.loaded.environment;
  const pairs: readonly (readonly [what: string, planned: string, here: string])[] = [
    ["environment", manifest.environment, name],
    ["account", manifest.account, account],
    ["region", manifest.region, region],
    ["account", manifest.simulated ? "simulated" : "real", run.request.rehearse ? "simulated" : "real"],
    ["version of Terraform", manifest.terraform, run.version ?? run.program],
    ["platform", manifest.platform, run.world.downloads.platform],
  ];
  const known = new Set(run.layers.map((layer) => layer.name));
  const unknown = manifest.layers.filter((layer) => !known.has(layer.name));
  const faults = [
    ...pairs.flatMap(([what, planned, here]) =>
      planned === here ? [] : [`it is for ${what} "${planned}", and this is "${here}"`],
    ),
    ...unknown.map((layer) => `there is no layer "${layer.name}"`),
  ];
  if (faults.length === 0) return;
  throw new UserError(
    `Cannot apply the saved plan "${path}": ${faults.join("; ")}`,
    `Apply it where it belongs, or plan here: ${planLine(run, path, [])}`,
    exitCodes.preflightFailed,
  );
}

function announce({ events }: Run, path: string, { created, product, layers, left }: Manifest): void {
  const { version, commit } = product;
  const by = commit === null ? version : `${version}, commit ${commit.slice(0, 12)}`;
  events.note(`The plans in ${path} were made at ${minuteOf(new Date(created))} by version ${by}:`);
  for (const { name, digest } of layers) events.note(`  ${name}: plan ${shortDigest(digest)}`);
  for (const { layer, because } of left) events.note(`Not in it: ${layer}, because ${because}`, "warning");
}

function staleError(run: Run, path: string, stale: readonly string[]): UserError {
  return new UserError(
    `Cannot apply the saved plan "${path}": it is stale for ${stale.map((name) => `"${name}"`).join(", ")}; nothing was changed`,
    `Save a new one, and have that approved: ${planLine(run, path, stale)}`,
    exitCodes.stalePlan,
  );
}

function planLine({ request }: Run, path: string, only: readonly string[]): string {
  return commandLine(request, { command: "plan", only, save: path });
}
