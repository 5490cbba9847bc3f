import { coerce, gte } from "semver";
import { z } from "zod";
import { exitCodes, UserError } from "../../../lib/errors";
import { cannotStart } from "./terraform";
import type { World } from "../world/index";

/** The first version with state locking in S3. */
const oldest = "1.11.0";
const versionShape = z.object({ terraform_version: z.string() });

/** The Terraform binary, from the same variable that cdktf uses. */
export function terraformProgram({ environment }: Pick<World, "environment">): string {
  return environment["TERRAFORM_BINARY_NAME"] ?? "terraform";
}

/** Throws unless the program can run and supports state locking in S3; returns its version. */
export async function assertProgramUsable(
  world: World,
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const args = ["version", "-json"];
  const finished = await world.processes.run({ program, arguments: args, folder: ".", environment });
  if (finished.exitCode !== 0) throw cannotStart(program, finished);
  const { terraform_version: version } = versionShape.parse(JSON.parse(finished.stdout));
  if (isRecent(version)) return version;
  throw new UserError(
    `Cannot use "${program}" ${version}: state locking in S3 requires ${oldest} or later`,
    "Install a later version (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME",
    exitCodes.preflightFailed,
  );
}

/** A release candidate of a release is as good as the release. */
function isRecent(version: string): boolean {
  const release = coerce(version);
  return release !== null && gte(release, oldest);
}
