import { exitCodes, UserError } from "../../../../lib/errors";
import type { Abandoned, AbandonedKind, AbandonedObject } from "../../../../lib/layer/abandoned";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { tryAws } from "../../aws/client";
import { awsFailure } from "../../aws/failure";
import { faultText } from "../../aws/fault";
import { faultless, sender } from "../../aws/send";
import { unknownLines } from "../../aws/unknown-lines";
import { commandLine } from "../../command-line/request";
import { Interrupted } from "../../run/interrupts";
import { retryLine } from "../../run/run";
import { askConsent, Declined } from "../../runner/consent";
import { needSettings } from "../../run/need-settings";
import { idsOfNeeds } from "../../runner/stored-ids";
import { deleteUntilGone } from "./delete-until-gone";
import type { DrainRun } from "./drain/drain-run";

/** Objects of a kind that nobody deletes any more; at least one. */
interface Found {
  readonly kind: AbandonedKind;
  readonly objects: readonly AbandonedObject[];
}

/** As services say of a cluster that is gone. */
const absent = /NotFound|^NoSuch/;

/**
 * Deletes what programs in a layer's cluster have had created in the account, once the cluster is gone, with consent of its own. Data
 * stays unless the operator agrees to its loss as well.
 */
export async function removeAbandoned(run: DrainRun, layer: AnyLayer): Promise<void> {
  if (layer.abandoned === undefined || run.request.rehearse) return;
  const known = await idsOfNeeds(run, layer);
  if ("fault" in known) {
    const because = faultText(known.fault);
    run.events.note(
      `Not looked for: what programs in the cluster of ${layer.name} created; ${because}`,
      "warning",
    );
    return;
  }
  const { environment, settings } = run.loaded;
  const given = { environment, settings: settings[layer.name], needs: needSettings(run.loaded, layer) };
  const abandoned = layer.abandoned({ ...given, ids: known.ids });
  if (!(await isGone(run, abandoned))) return;
  const found = await search(run, abandoned);
  const plain = found.filter(({ kind }) => kind.holdsData !== true);
  if (plain.length > 0) await removePlain(run, layer, { abandoned, plain });
  const data = found.filter(({ kind }) => kind.holdsData === true);
  if (data.length > 0 && (await agreesToLoss(run, layer, data)))
    await remove(run, layer, { abandoned, found: data });
}

/** While AWS does not say that the owner is gone, nothing is known to be abandoned. */
async function isGone(run: DrainRun, { call, owner }: Abandoned): Promise<boolean> {
  const reply = await tryAws(run, call);
  if (reply.kind === "answered") {
    run.events.note(`Not looked for: what programs in ${owner} created, because it still exists`, "warning");
    return false;
  }
  if (reply.fault.kind === "refused" && absent.test(reply.fault.code)) return true;
  run.events.note(`Not looked for: what programs in ${owner} created; ${faultText(reply.fault)}`, "warning");
  return false;
}

async function search(run: DrainRun, { owner, kinds }: Abandoned): Promise<readonly Found[]> {
  const looked = await run.events.step(`looking for what programs in ${owner} created`, () =>
    Promise.all(
      kinds.map(async (kind) => ({ kind, objects: await faultless(() => kind.find(sender(run))) })),
    ),
  );
  const found: Found[] = [];
  const foreign: string[] = [];
  const unknown: { readonly about: string; readonly because: string }[] = [];
  for (const { kind, objects } of looked)
    if ("fault" in objects) unknown.push({ about: kind.about, because: faultText(objects.fault) });
    else {
      foreign.push(...objects.flatMap((one) => foreignLine(kind, one)));
      const own = objects.filter(isOwn);
      if (own.length > 0) found.push({ kind, objects: own });
    }
  run.events.publish({
    ...{ type: "account checked", title: "Left by the cluster" },
    about: `what programs in ${owner} created, and nobody deletes any more`,
    findings: [...found.map((one) => `${textOf(one)}: ${one.kind.effect}`), ...foreign],
    unknown: unknownLines(unknown),
  });
  return found;
}

const isOwn = ({ foreign }: AbandonedObject) => foreign === undefined;

function foreignLine({ about }: AbandonedKind, { id, foreign }: AbandonedObject): readonly string[] {
  return foreign === undefined ? [] : [`${about} (${id}): not touched, because ${foreign}`];
}

function textOf({ kind, objects }: Found): string {
  return `${kind.about} (${objects.map(({ id }) => id).join(", ")})`;
}

async function removePlain(
  run: DrainRun,
  layer: AnyLayer,
  { abandoned, plain }: { readonly abandoned: Abandoned; readonly plain: readonly Found[] },
): Promise<void> {
  const typed = plain.flatMap(({ kind, objects }) => {
    const { removal } = kind;
    return "command" in removal ? objects.map(({ id }) => removal.command(id)) : [];
  });
  if (typed.length > 0)
    throw new UserError(
      `Cannot finish destroying "${layer.name}": ${textsOf(plain)} of ${abandoned.owner} are left`,
      `Run: ${typed.join("; ")}; then run: ${commandLine(run.request)}`,
      exitCodes.recoveryNeeded,
    );
  await agree(run, layer, { abandoned, plain });
  await remove(run, layer, { abandoned, found: plain });
}

function textsOf(found: readonly Found[]): string {
  return found.map(textOf).join(", ");
}

/** A deletion that was in no plan when the operator agreed needs an answer, or an option, of its own. */
async function agree(
  run: DrainRun,
  layer: AnyLayer,
  { abandoned, plain }: { readonly abandoned: Abandoned; readonly plain: readonly Found[] },
): Promise<void> {
  const { yes, removeLeftovers } = run.request;
  if (removeLeftovers === true) return;
  if (yes)
    throw new UserError(
      `Cannot finish destroying "${layer.name}" without approval: programs in ${abandoned.owner} have left ${textsOf(plain)}`,
      `To delete them as well, run: ${commandLine(run.request, { removeLeftovers: true })}`,
      exitCodes.recoveryNeeded,
    );
  await askConsent(run, {
    ...{ verb: "destroy", subject: layer.name, review: "what is left" },
    question: `Delete what programs in ${abandoned.owner} have left?`,
    next: retryLine(run, layer),
  });
}

/** Data is kept after any other answer, and with --yes unless both options say otherwise; the end of the run names it. */
async function agreesToLoss(run: DrainRun, layer: AnyLayer, data: readonly Found[]): Promise<boolean> {
  const { yes, removeLeftovers, allowDataLoss } = run.request;
  if (yes) return removeLeftovers === true && allowDataLoss.includes(layer.name);
  try {
    await askConsent(run, {
      ...{ verb: "destroy", subject: layer.name, review: "what is left", danger: true },
      question: `Delete ${data.map(({ kind, objects }) => `${kind.about} (${objects.length})`).join(", ")}, with all their data?`,
      next: retryLine(run, layer),
    });
    return true;
  } catch (error) {
    if (error instanceof Declined) return false;
    throw error;
  }
}

/** Deletes what was shown, and nothing that came since: the answer may have taken hours, in which somebody created the owner again. */
async function remove(
  run: DrainRun,
  layer: AnyLayer,
  { abandoned, found }: { readonly abandoned: Abandoned; readonly found: readonly Found[] },
): Promise<void> {
  const send = sender(run);
  for (const { kind, objects: agreed } of found) {
    const { removal, about } = kind;
    if ("command" in removal) continue;
    await run.environmentLock.confirm(layer.name);
    if (!(await isGone(run, abandoned))) return;
    const shown = new Set(agreed.map(({ id }) => id));
    const list = async () => {
      const objects = await faultless(() => kind.find(send));
      if ("fault" in objects) throw awsFailure(run, `list ${about}`, objects.fault);
      return objects.filter((one) => shown.has(one.id) && isOwn(one));
    };
    const deleteOne = async (id: string) => {
      const outcome = await faultless(async () => {
        await removal.delete(id, send);
        return {};
      });
      return "fault" in outcome ? outcome.fault : undefined;
    };
    await deleteUntilGone(run, { about, list, delete: deleteOne });
    if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
  }
  run.events.note(`Deleted ${textsOf(found)}`);
}
