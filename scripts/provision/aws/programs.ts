import type { Hindrance } from "../../../lib/layer/preflight";
import type { Run } from "../run/run";

/** A program that others need, and where to get it. */
interface Program {
  readonly program: string;
  readonly install: string;
}

const cli: Program = {
  program: "aws",
  install: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
};
const plugin: Program = {
  program: "session-manager-plugin",
  install:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
};

/** A program, and who needs it. */
export interface NeededProgram extends Program {
  readonly user: string;
  /** Whether a machine in the VPC does without. */
  readonly outsideVpcOnly: boolean;
}

/**
 * The programs with which a run reaches a server in the VPC: the AWS CLI, by which Terraform also gets a token
 * for the Kubernetes API, and its plugin. Only `tunnel` is certain to need the plugin: other commands do without it on a
 * machine that reaches the server by itself, which is known no sooner than there is a server.
 */
export function neededPrograms(
  run: Pick<Run, "request" | "selected">,
  sessions?: "always" | "if needed",
): readonly NeededProgram[] {
  const command = `"${run.request.command}"`;
  const outsideVpcOnly = sessions === "if needed";
  if (sessions !== undefined)
    return [cli, plugin].map((program) => ({ ...program, user: command, outsideVpcOnly }));
  const reaching = run.selected.filter(({ reaches }) => reaches !== undefined).map(({ name }) => `"${name}"`);
  if (reaching.length === 0) return [];
  const user = reaching.join(", ");
  return [
    { ...cli, user, outsideVpcOnly: false },
    { ...plugin, user, outsideVpcOnly: true },
  ];
}

/** Programs that are not installed: some stop a run, others only matter where this machine is not in the VPC. */
export interface MissingPrograms {
  readonly hindrances: readonly Hindrance[];
  readonly warnings: readonly string[];
}

/** Looks for the programs that a run needs. */
export function missingPrograms(run: Run, sessions: "always" | "if needed" | undefined): MissingPrograms {
  const { world, environment } = run;
  const lacking = neededPrograms(run, sessions).filter(
    ({ program }) => !world.processes.isInstalled(program, environment),
  );
  return {
    hindrances: lacking.filter(({ outsideVpcOnly }) => !outsideVpcOnly).map(missingProgram),
    warnings: lacking
      .filter(({ outsideVpcOnly }) => outsideVpcOnly)
      .map(
        (needed) =>
          `There is ${missingProgram(needed).reason.slice("there is ".length)}; to install it, see ${needed.install}`,
      ),
  };
}

/** Why a program is needed, and where to get it. */
export function missingProgram({ program, user, install, outsideVpcOnly }: NeededProgram): Hindrance {
  const unless = outsideVpcOnly ? " unless this machine is in the VPC or connected to it" : "";
  return {
    reason: `there is no "${program}" on the PATH, which ${user} needs${unless}`,
    cure: `Install it (${install})`,
  };
}
