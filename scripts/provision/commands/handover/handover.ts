import { stringify } from "yaml";
import { handOverDocument, type HandOverDocument } from "../../../../gitops/expectations/hand-over-document";
import { type AppliedOutputs, layersBehind } from "../../../../gitops/expectations/known-values";
import { platformOf } from "../../../../gitops/expectations/platform-of";
import { handedOver } from "../../../../gitops/expectations/provided/handed-over";
import { exitCodes, UserError } from "../../../../lib/errors";
import { readEnvironment } from "../../../../synthesis/read";
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
  const document = handOverDocument({
    ...{ synthesised, handedOver: given, environment, platform: platformOf(loaded) },
    outputs: await outputsOf(run, layersBehind(given)),
  });
  screen.verbatim(request.format === "json" ? JSON.stringify(document, undefined, 2) : yamlOf(document));
  sayUnknown(run, document);
  return exitCodes.done;
}

/** What the states of these layers have; a state that cannot be read leaves values unknown, and a warning says why. */
async function outputsOf(run: HandoverRun, names: readonly string[]): Promise<AppliedOutputs> {
  const read = await Promise.all(
    names.map(async (name) => [name, await storedOutputs(run, { name }, "question")] as const),
  );
  const reasons = read.flatMap(([, stored]) => ("fault" in stored ? [faultText(stored.fault)] : []));
  for (const reason of new Set(reasons))
    run.events.note(`Cannot read the outputs of applied layers: ${reason}`, "warning");
  return Object.fromEntries(
    read.map(([name, stored]) => [name, "outputs" in stored ? stored.outputs : {}] as const),
  );
}

function yamlOf(document: HandOverDocument): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}

function sayUnknown({ events }: HandoverRun, { unknown }: HandOverDocument): void {
  if (unknown.length === 0) return;
  const layers = [...new Set(unknown.map(({ layer }) => layer))].join(", ");
  const count = unknown.length === 1 ? "1 value is" : `${unknown.length} values are`;
  events.note(`${count} known only after these layers are applied: ${layers}`, "warning");
}

function withoutRoot({ file }: HandoverRun): UserError {
  return new UserError(
    `Cannot print the hand-over of ${file}: its layers have no root application that Argo CD would deploy`,
    `Add the layer argocd to ${file}`,
  );
}
