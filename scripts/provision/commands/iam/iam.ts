import { exitCodes, UserError } from "../../../../lib/errors";
import { deployerRights } from "../../../../policy/deployer/index";
import { readEnvironment } from "../../../../synthesis/read";
import type { Resource } from "../../../../synthesis/resource";
import { surveyActions } from "../../aws/questions";
import type { Run } from "../../run/run";

/** Prints the policies of the role that runs Terraform, as a JSON list. */
export function handle(run: Run): Promise<number> {
  const { layers, loaded, folders, world } = run;
  const synthesised = readEnvironment(world.files, folders.synthesised, layers);
  const { policies, unknown } = deployerRights(synthesised, loaded.environment, {
    layers,
    surveyActions: surveyActions(layers, loaded),
  });
  if (unknown.length > 0) throw unknownRights(unknown);
  run.screen.verbatim(JSON.stringify(policies, undefined, 2));
  return Promise.resolve(exitCodes.done);
}

function unknownRights(unknown: readonly Resource[]): UserError {
  const each = [...new Set(unknown.map(({ type, layer }) => `"${type}" in layer "${layer}"`))];
  const names = [...new Set(unknown.map(({ layer }) => `"${layer}"`))];
  return new UserError(
    `Cannot list the deployer's rights: no rights are known for ${each.join(", ")}`,
    `Declare ${each.length === 1 ? "the type" : "the types"} in "rights" of ${names.join(", ")}, as docs/guides/adding-a-layer.md shows`,
  );
}
