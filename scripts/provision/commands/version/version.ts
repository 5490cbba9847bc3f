import { exitCodes } from "../../../../lib/errors";
import { releaseNames } from "../../../../gitops/releases/index";
import { realEnvironment } from "../../terraform/environment";
import { checkProgram, terraformProgram } from "../../terraform/program";
import { isOpenTofu } from "../../terraform/providers/registry-host";
import type { World } from "../../world/index";
import type { VersionInvocation } from "./index";

/** Prints what runs, and what it works with. */
export async function handle({ world, request, screen }: VersionInvocation): Promise<number> {
  const { name, version, commit } = world.product.about();
  const terraform = await terraformFound(world);
  if (request.format === "json") {
    const document = { name, version, commit, orchestratorReleases: releaseNames, terraform };
    screen.verbatim(JSON.stringify(document, undefined, 2));
    return exitCodes.done;
  }
  screen.print(`${name} ${version}${commit === undefined ? "" : `, commit ${commit.slice(0, 12)}`}`);
  screen.print(`Orchestrator releases: ${releaseNames.join(", ")}`);
  screen.print(
    "version" in terraform
      ? `${productOf(terraform.program)} ${terraform.version} (${terraform.program})`
      : `No Terraform that can be used: ${terraform.reason}
  ${terraform.cure}`,
  );
  return exitCodes.done;
}

/** The Terraform that a run would use, or why it would refuse to. */
async function terraformFound(world: World) {
  const environment = realEnvironment(world.environment);
  const program = terraformProgram(world, environment);
  return { program, ...(await checkProgram(world, program, environment)) };
}

function productOf(program: string): string {
  return isOpenTofu(program) ? "OpenTofu" : "Terraform";
}
