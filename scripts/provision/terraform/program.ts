import { coerce, gte } from "semver";
import { z } from "zod";
import type { Hindrance } from "../../../lib/layer/preflight";
import { jsonOrUndefined, printedJson } from "../run/json";
import { startFailure } from "./start-failure";
import { oldestRelease, terraformCure } from "./cure";
import { fetchedProgram } from "./opentofu/cache";
import type { Finished, World } from "../world/index";

const oldest = `${oldestRelease}.0`;
const versionShape = z.object({ terraform_version: z.string() });

/**
 * The Terraform to use: of the variable that cdktf uses too, where a path is relative to where the product was started; of the
 * PATH; or, if neither is there, the OpenTofu that was fetched.
 */
export function terraformProgram(world: World, environment: Readonly<Record<string, string>>): string {
  const named = world.environment["TERRAFORM_BINARY_NAME"];
  // It runs in the layers' folders.
  if (named !== undefined) return named.includes("/") ? world.files.absolute(named) : named;
  const onPath = "terraform";
  return world.processes.isInstalled(onPath, environment) ? onPath : (fetchedProgram(world) ?? onPath);
}

/** A command that takes no time, unless a wrapper downloads a version first. */
const timeoutSeconds = 10;

/** The version of the program; or why it cannot be used: it does not run, or has no state locking in S3. */
export async function checkProgram(
  world: Pick<World, "processes" | "environment" | "downloads">,
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly version: string } | Hindrance> {
  const cure = terraformCure(world);
  const command = { program, arguments: ["version", "-json"], folder: ".", environment, timeoutSeconds };
  const finished = await world.processes.run(command);
  const version = finished.exitCode === 0 ? versionIn(finished.stdout) : undefined;
  if (version === undefined && finished.seconds >= timeoutSeconds)
    return {
      reason: `"${program} version" does not end within ${timeoutSeconds} seconds`,
      cure: `To see why, run: ${program} version; or set TERRAFORM_BINARY_NAME to another program`,
    };
  if (version === undefined) {
    const exists = world.processes.isInstalled(program, environment);
    return { reason: unusable(program, finished, exists), cure };
  }
  if (isRecent(version)) return { version };
  return {
    reason: `"${program}" is version ${version}, but state locking in S3 requires ${oldest} or later`,
    cure,
  };
}

function versionIn(output: string): string | undefined {
  const json = jsonOrUndefined(printedJson(output) ?? "");
  return versionShape.safeParse(json).data?.terraform_version;
}

function unusable(program: string, { exitCode, stderr, stdout }: Finished, exists: boolean): string {
  const said = (exitCode === 126 ? startFailure(stderr) : `${stdout}\n${stderr}`).trim().split("\n")[0] ?? "";
  if (exitCode === 127 && !exists) return `there is no "${program}" on the PATH`;
  // What the system does not know as a program, a shell is asked to run.
  if (exitCode === 126 || exitCode === 127)
    return `"${program}" cannot be started, ${said === "" ? "because the program that its first line names is missing" : said}`;
  return `"${program} version -json" prints no version, but "${said}"`;
}

/** A release candidate of a release is as good as the release. */
function isRecent(version: string): boolean {
  const release = coerce(version);
  return release !== null && gte(release, oldest);
}
