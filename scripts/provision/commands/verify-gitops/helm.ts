import { exitCodes, UserError } from "../../../../lib/errors";
import type { Screen } from "../../screen/screen";
import type { World } from "../../world/index";

/** What a chart is rendered with. */
export interface Rendering {
  /** Absolute path of the chart. */
  readonly chart: string;
  readonly namespace: string;
  /** Absolute paths of files with values; the last precedes the others. */
  readonly valueFiles: readonly string[];
}

/** Renders charts that have no dependencies, which takes neither a cluster nor a network. */
export type Render = (rendering: Rendering) => Promise<string>;

interface RenderSettings {
  /** Variables of the program. */
  readonly environment: Readonly<Record<string, string>>;
  /** The setting with value files instead of the release's own, and its file; undefined: there is none. */
  readonly ownFiles: string | undefined;
}

const timeoutSeconds = 120;

/** How charts are rendered: by the program that HELM names, or by that on the PATH. */
export function helmRender(
  { processes, environment: caller }: Pick<World, "processes" | "environment">,
  screen: Screen,
  { environment, ownFiles }: RenderSettings,
): Render {
  const { HELM: named = "" } = caller;
  const program = named === "" ? "helm" : named;
  return async ({ chart, namespace, valueFiles }) => {
    const files = valueFiles.flatMap((file) => ["--values", file]);
    const { exitCode, stdout, stderr } = await processes.run({
      program,
      arguments: ["template", "root-app", chart, "--namespace", namespace, ...files],
      folder: ".",
      environment,
      timeoutSeconds,
    });
    if (exitCode === 0) return stdout;
    if (exitCode === 126 || exitCode === 127) throw unusable(program, exitCode);
    screen.printError(stderr.trim());
    throw new UserError(
      `Cannot render "${chart}": "${program} template" ended with exit code ${exitCode}`,
      ownFiles === undefined
        ? "Check that the checkout is unchanged and the program is Helm 3.11 or later; its message is above"
        : `Add the value files of the release that ${ownFiles} lacks, or remove the setting, for the release's own; Helm's message is above`,
      exitCodes.preflightFailed,
    );
  };
}

function unusable(program: string, exitCode: 126 | 127): UserError {
  const reason = exitCode === 127 ? `there is no "${program}" on the PATH` : `"${program}" cannot be started`;
  return new UserError(
    `Cannot render the platform's applications: ${reason}`,
    "Install Helm 3 (https://helm.sh/docs/intro/install/), or set HELM to the path of the program",
    exitCodes.preflightFailed,
  );
}
