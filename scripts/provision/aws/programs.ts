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

/** Programs that are not installed: some stop a run, others only matter where this machine is not in the VPC. */
export interface MissingPrograms {
  readonly hindrances: readonly Hindrance[];
  readonly warnings: readonly string[];
}

/**
 * Looks for the programs with which a run reaches a server in the VPC: the AWS CLI, by which Terraform also gets a token
 * for the Kubernetes API, and its plugin. Only `tunnel` is certain to need the plugin: other commands do without it on a
 * machine that reaches the server by itself, which is known no sooner than there is a server.
 */
export function missingPrograms(run: Run, sessions: "always" | "if needed" | undefined): MissingPrograms {
  const { command } = run.request;
  if (sessions === "always") return { hindrances: missing(run, `"${command}"`, [cli, plugin]), warnings: [] };
  if (sessions === "if needed")
    return { hindrances: [], warnings: unlessInVpc(run, `"${command}"`, [cli, plugin]) };
  const reaching = run.selected.filter(({ reaches }) => reaches !== undefined).map(({ name }) => `"${name}"`);
  if (reaching.length === 0) return { hindrances: [], warnings: [] };
  const user = reaching.join(", ");
  return { hindrances: missing(run, user, [cli]), warnings: unlessInVpc(run, user, [plugin]) };
}

type Program = typeof cli;

function missing(run: Run, user: string, programs: readonly Program[]): readonly Hindrance[] {
  return lacking(run, programs).map(({ program, install }) => ({
    reason: `there is no "${program}" on the PATH, which ${user} needs`,
    cure: `Install it (${install})`,
  }));
}

function unlessInVpc(run: Run, user: string, programs: readonly Program[]): readonly string[] {
  return lacking(run, programs).map(
    ({ program, install }) =>
      `There is no "${program}" on the PATH, which ${user} needs unless this machine is in the VPC or connected to it; to install it, see ${install}`,
  );
}

function lacking({ world, environment }: Run, programs: readonly Program[]): readonly Program[] {
  return programs.filter(({ program }) => !world.processes.isInstalled(program, environment));
}
