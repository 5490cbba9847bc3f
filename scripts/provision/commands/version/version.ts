import { exitCodes, UserError } from "../../../../lib/errors";
import { orchestratorReleases } from "../../../../lib/orchestrator-releases";
import { realEnvironment } from "../../terraform/environment";
import { assertProgramUsable, terraformProgram } from "../../terraform/program";
import type { World } from "../../world/index";
import type { VersionInvocation } from "./index";

/** Prints what runs, and what it works with. */
export async function handle({ world, request, screen }: VersionInvocation): Promise<number> {
  const { name, version, commit } = world.product.about();
  const terraform = await terraformFound(world);
  if (request.format === "json") {
    const document = { name, version, commit, orchestratorReleases, terraform };
    screen.verbatim(JSON.stringify(document, undefined, 2));
    return exitCodes.done;
  }
  screen.print(`${name} ${version}${commit === undefined ? "" : `, commit ${commit.slice(0, 12)}`}`);
  screen.print(`Orchestrator releases: ${orchestratorReleases.join(", ")}`);
  screen.print(
    "version" in terraform
      ? `Terraform ${terraform.version} (${terraform.program})`
      : `No Terraform: ${terraform.problem}`,
  );
  return exitCodes.done;
}

type Found = { readonly program: string } & ({ readonly version: string } | { readonly problem: string });

/** The Terraform that a run would use, or why it would refuse to. */
async function terraformFound(world: World): Promise<Found> {
  const program = terraformProgram(world);
  try {
    return {
      program,
      version: await assertProgramUsable(world, program, realEnvironment(world.environment)),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { program, problem: error.message };
  }
}
