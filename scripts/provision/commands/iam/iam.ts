import { exitCodes, UserError } from "../../../../lib/errors";
import type { Environment } from "../../../../lib/layer/environment-schema";
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
  if (policies.length > attachable.usual)
    run.screen.printError(tooManyNotice(policies.length, loaded.environment));
  return Promise.resolve(exitCodes.done);
}

/** Managed policies of a role, and the most after a quota increase: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const attachable = { usual: 10, most: 20 };

/** Errors are for people, also where the list is for a program. */
function tooManyNotice(count: number, { iam: { path } }: Pick<Environment, "iam">): string {
  const { usual, most } = attachable;
  const limit =
    count > most
      ? `a role can have ${most} at most, after a quota increase`
      : `a role can have ${usual}, and up to ${most} after a quota increase`;
  const shorter =
    path === "/" ? "" : `; a shorter iam.path, which now has ${path.length} characters, makes them fewer`;
  return `These are ${count} policies, but ${limit}${shorter}`;
}

function unknownRights(unknown: readonly Resource[]): UserError {
  const each = [...new Set(unknown.map(({ type, layer }) => `"${type}" in layer "${layer}"`))];
  const names = [...new Set(unknown.map(({ layer }) => `"${layer}"`))];
  return new UserError(
    `Cannot list the deployer's rights: no rights are known for ${each.join(", ")}`,
    `Declare ${each.length === 1 ? "the type" : "the types"} in "rights" of ${names.join(", ")}, as docs/guides/adding-a-layer.md shows`,
  );
}
