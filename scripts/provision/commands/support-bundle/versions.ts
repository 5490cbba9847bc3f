import { releaseNames } from "../../../../gitops/releases/index";
import { realEnvironment } from "../../terraform/environment";
import { checkProgram, terraformProgram } from "../../terraform/program";
import type { World } from "../../world/index";

/** What runs, and which variables could change what it does: their names alone. */
export async function versions(world: World): Promise<object> {
  const environment = realEnvironment(world.environment);
  const program = terraformProgram(world, environment);
  return {
    ...world.product.about(),
    platform: world.downloads.platform,
    orchestratorReleases: releaseNames,
    terraform: { program, ...(await checkProgram(world, program, environment)) },
    variables: Object.keys(world.environment)
      .filter((name) => ours.test(name))
      .sort(),
  };
}

const ours = /^(AWS_|TF_|TERRAFORM_|PROVISION_|(https?|no|all)_proxy$|CI$|GITHUB_ACTIONS$|GITLAB_CI$|NODE_)/i;
