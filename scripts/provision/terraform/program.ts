import { coerce, gte } from "semver";
import { z } from "zod";
import type { Hindrance } from "../../../lib/layer/preflight";
import { startFailure } from "./start-failure";
import type { Finished, World } from "../world/index";

/** The first version with state locking in S3. */
const oldest = "1.11.0";
const versionShape = z.object({ terraform_version: z.string() });

/** The Terraform binary, from the same variable that cdktf uses. */
export function terraformProgram({ environment }: Pick<World, "environment">): string {
  return environment["TERRAFORM_BINARY_NAME"] ?? "terraform";
}

/** A command that takes no time, unless a wrapper downloads a version first. */
const timeoutSeconds = 60;

const cure =
  "Install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME";

/** The version of the program; or why it cannot be used: it does not run, or has no state locking in S3. */
export async function checkProgram(
  { processes }: Pick<World, "processes">,
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly version: string } | Hindrance> {
  const command = { program, arguments: ["version", "-json"], folder: ".", environment, timeoutSeconds };
  const finished = await processes.run(command);
  const version = finished.exitCode === 0 ? versionIn(finished.stdout) : undefined;
  if (version === undefined) return { reason: unusable(program, finished), cure };
  if (isRecent(version)) return { version };
  return {
    reason: `"${program}" is version ${version}, but state locking in S3 requires ${oldest} or later`,
    cure,
  };
}

function versionIn(output: string): string | undefined {
  try {
    return versionShape.safeParse(JSON.parse(output)).data?.terraform_version;
  } catch {
    return undefined;
  }
}

function unusable(program: string, { exitCode, stderr, stdout }: Finished): string {
  if (exitCode === 127) return `there is no "${program}" on the PATH`;
  if (exitCode === 126) return `"${program}" cannot be started, ${startFailure(stderr)}`;
  const said = `${stdout}\n${stderr}`.trim().split("\n")[0] ?? "";
  return `"${program} version -json" prints no version, but "${said}"`;
}

/** A release candidate of a release is as good as the release. */
function isRecent(version: string): boolean {
  const release = coerce(version);
  return release !== null && gte(release, oldest);
}
