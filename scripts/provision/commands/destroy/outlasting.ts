import { outlasting } from "../../../../lib/aws-facts/outlasting";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { layerFolder } from "../../../../synthesis/folder";
import { readLayer } from "../../../../synthesis/read";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { type Creation, recordedCreations } from "../../run/creations";
import { retryLine } from "../../run/run";
import { askConsent } from "../../runner/consent";
import { withImportsOnly } from "../../runner/lost-objects/importing-plan";
import type { Place } from "../../runner/lost-objects/search";
import { terraformFor } from "../../terraform/for-layer";
import { missingNeed } from "../../terraform/needs";
import { applyPlan } from "../../terraform/plan-file";
import type { StateHead } from "../../terraform/state";
import { withPrivateEndpoint } from "../../tunnel/private-endpoint";
import { publishPlan } from "../../runner/publish-plan";
import type { DrainRun } from "./drain/drain-run";
import { findNamed, type Named } from "./find-named";
import type { Signs } from "./signs";

/**
 * The record of creations, if an object that an apply would create again, and that outlasts all else of the layer, may be in no state. It is
 * read before the search for all else, which may forget it.
 */
export async function suspectOutlasting(
  run: DrainRun,
  { layer, state }: Pick<Place, "layer"> & { readonly state: StateHead | undefined },
  signs: Signs,
): Promise<readonly Creation[] | undefined> {
  const { files } = run.world;
  const declared = readLayer(files, layerFolder(run.folders.synthesised, layer.name)).resource ?? {};
  const lacking = Object.keys(outlasting).filter(
    (type) => Object.keys(declared[type] ?? {}).length > (state?.ids(type).length ?? 0),
  );
  if (lacking.length === 0) return undefined;
  const recorded = recordedCreations(files, run.folders, layer.name);
  if (recorded.some(({ type }) => lacking.includes(type))) return recorded;
  return (await signs.tell(layer, state)) ? recorded : undefined;
}

/**
 * Imports such objects with consent of its own, so that the plan of the destroy has them, and returns how many; names what may be
 * somebody else's. `recover` leaves them to the next apply, after which nothing is lost; after a destroy, they would stay.
 */
export async function importOutlasting(
  run: DrainRun,
  layer: AnyLayer,
  recorded: readonly Creation[],
): Promise<number> {
  if ((await missingNeed(run, layer)) !== undefined) return 0;
  return withPrivateEndpoint(run, layer, async (variables) => {
    const terraform = terraformFor(run, layer, { verb: "destroy", variables });
    await terraform.initialise();
    const place = { layer, terraform };
    const found = await run.events.step(`looking for named objects of ${layer.name}`, () =>
      findNamed(run, place, recorded),
    );
    const own = found.filter(({ isOwn }) => isOwn);
    run.events.publish({
      ...{ type: "account checked", title: "In no state", unknown: [] },
      about: `objects with the names of ${layer.name}`,
      findings: found.map(lineOf),
    });
    if (own.length > 0) await importAll(run, place, own);
    return own.length;
  });
}

function lineOf({ address, id, isOwn, deletion }: Named): string {
  const effect = isOwn
    ? "import, then destroy"
    : `not touched, because it may be somebody else's; to delete it, run: ${deletion}`;
  return `${address} ${id}: ${effect}`;
}

async function importAll(run: DrainRun, { layer, terraform }: Place, own: readonly Named[]): Promise<void> {
  const addresses = own.map(({ address }) => address);
  await withImportsOnly(terraform, { files: run.world.files, candidates: own }, async (plan) => {
    const others = plan.changes.filter(
      ({ action, address }) => !["import", "update"].includes(action) || !addresses.includes(address),
    );
    if (others.length > 0)
      throw notImportable(
        run,
        own,
        others.map(({ action, address }) => `${action} ${address}`),
      );
    publishPlan(run, layer, plan);
    await agree(run, layer, own);
    await applyPlan(terraform, plan);
  });
}

function notImportable(run: DrainRun, own: readonly Named[], others: readonly string[]): UserError {
  return new UserError(
    `Cannot import ${own.map(({ address, id }) => `${address} ${id}`).join(", ")}: Terraform would ${others.join(", ")} as well`,
    `Run: ${own.map(({ deletion }) => deletion).join("; ")}; then run: ${commandLine(run.request)}`,
    exitCodes.recoveryNeeded,
  );
}

/** A deletion that was in no plan when the operator agreed needs an answer, or an option, of its own. */
async function agree(run: DrainRun, layer: AnyLayer, own: readonly Named[]): Promise<void> {
  const { rehearse, removeLeftovers, yes } = run.request;
  if (rehearse || removeLeftovers === true) return;
  const count = counted(own.length, "object");
  if (yes)
    throw new UserError(
      `Cannot destroy "${layer.name}" without approval: ${count} of it exist, and no state has ${own.map(({ address, id }) => `${address} ${id}`).join(", ")}`,
      `To destroy them as well, run: ${commandLine(run.request, { removeLeftovers: true })}`,
      exitCodes.recoveryNeeded,
    );
  await askConsent(run, {
    ...{ verb: "destroy", subject: layer.name, review: "what was found" },
    question: `Import ${count} into the state of ${layer.name}, to destroy them with it?`,
    next: retryLine(run, layer),
  });
}
