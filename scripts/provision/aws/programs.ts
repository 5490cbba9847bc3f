import type { Hindrance } from "../../../lib/layer/preflight";
import type { Run } from "../run/run";

const cli = {
  program: "aws",
  install: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
};
const plugin = {
  program: "session-manager-plugin",
  install:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
};

/**
 * Looks for the programs with which layers reach a server in the VPC: the AWS CLI, by which Terraform also gets a token
 * for the Kubernetes API, and its plugin, which this machine needs only if it does not reach the server by itself.
 */
export async function missingPrograms(run: Run): Promise<readonly Hindrance[]> {
  const reaching = run.selected.filter(({ reaches }) => reaches !== undefined).map(({ name }) => `"${name}"`);
  if (reaching.length === 0) return [];
  const [hasCli, hasPlugin] = await Promise.all(
    [cli, plugin].map(({ program }) => isInstalled(run, program)),
  );
  const layers = reaching.join(", ");
  if (hasCli && !hasPlugin)
    run.events.note(
      `There is no "${plugin.program}" on the PATH, which ${layers} needs unless this machine is in the VPC or connected to it; to install it, see ${plugin.install}`,
      "warning",
    );
  if (hasCli) return [];
  return [
    {
      reason: `there is no "${cli.program}" on the PATH, which ${layers} needs`,
      cure: `Install the AWS CLI with its Session Manager plugin: ${cli.install}, ${plugin.install}`,
    },
  ];
}

async function isInstalled({ world, environment }: Run, program: string): Promise<boolean> {
  const command = { program, arguments: ["--version"], folder: ".", environment, timeoutSeconds: 20 };
  const { exitCode } = await world.processes.run(command);
  return exitCode !== 127 && exitCode !== 126;
}
