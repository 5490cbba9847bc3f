import { stringify } from "yaml";
import { handOverDocument, type HandOverDocument } from "../../../../gitops/expectations/hand-over-document";
import { type AppliedOutputs, layersBehind } from "../../../../gitops/expectations/known-values";
import { platformOf } from "../../../../gitops/expectations/platform-of";
import { handedOver } from "../../../../gitops/expectations/provided/handed-over";
import { exitCodes, UserError } from "../../../../lib/errors";
import { readEnvironment } from "../../../../synthesis/read";
import { awsFailure } from "../../aws/failure";
import { faultText } from "../../aws/fault";
import { storedOutputs } from "../../runner/stored-outputs";
import type { HandoverRun } from "./index";

/** Prints the document of the hand-over; what is not known yet is marked, listed, and said on standard error. */
export async function handle(run: HandoverRun): Promise<number> {
  const { world, screen, loaded, layers, folders, request } = run;
  const { environment } = loaded;
  const synthesised = readEnvironment(world.files, folders.synthesised, layers);
  const given = handedOver(synthesised, environment);
  if (given === undefined) throw withoutRoot(run);
  const { outputs, unread } = await outputsOf(run, layersBehind(given));
  const document = handOverDocument({
    ...{ synthesised, handedOver: given, environment, platform: platformOf(loaded) },
    outputs,
  });
  screen.verbatim(request.format === "json" ? JSON.stringify(document, undefined, 2) : yamlOf(document));
  sayUnknown(run, document, unread);
  return exitCodes.done;
}

/** What the states of these layers have, and the layers without, because there are no credentials: a warning says so. */
async function outputsOf(
  run: HandoverRun,
  names: readonly string[],
): Promise<{ readonly outputs: AppliedOutputs; readonly unread: readonly string[] }> {
  const read = await Promise.all(
    names.map(async (name) => [name, await storedOutputs(run, { name }, "question")] as const),
  );
  const failed = read.flatMap(([name, stored]) => ("fault" in stored ? [{ name, fault: stored.fault }] : []));
  // With credentials, half of a document would be taken for the whole.
  const other = failed.find(({ fault }) => fault.kind !== "credentials");
  if (other !== undefined) throw awsFailure(run, `read the outputs of "${other.name}"`, other.fault);
  for (const reason of new Set(failed.map(({ fault }) => faultText(fault))))
    run.events.note(`Cannot read the outputs of applied layers: ${reason}`, "warning");
  const known = read.map(([name, stored]) => [name, "outputs" in stored ? stored.outputs : {}] as const);
  return { outputs: Object.fromEntries(known), unread: failed.map(({ name }) => name) };
}

function yamlOf(document: HandOverDocument): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}

function sayUnknown({ events }: HandoverRun, { unknown }: HandOverDocument, unread: readonly string[]): void {
  const say = (values: HandOverDocument["unknown"], what: string) => {
    if (values.length === 0) return;
    const layers = [...new Set(values.map(({ layer }) => layer))].join(", ");
    const count = values.length === 1 ? "1 value is" : `${values.length} values are`;
    events.note(`${count} ${what}: ${layers}`, "warning");
  };
  const isUnread = ({ layer }: HandOverDocument["unknown"][number]) => unread.includes(layer);
  say(unknown.filter(isUnread), "unknown, because the state of these layers was not read");
  say(
    unknown.filter((value) => !isUnread(value)),
    "known only after these layers are applied",
  );
}

function withoutRoot({ file }: HandoverRun): UserError {
  return new UserError(
    `Cannot print the hand-over of ${file}: its layers have no root application that Argo CD would deploy`,
    `Add the layer argocd to ${file}`,
  );
}
