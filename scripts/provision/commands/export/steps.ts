import { stringify } from "yaml";
import { programLine } from "../../command-line/help";
import { quoted } from "../../command-line/quoted";

/** What a pipeline is about: the environment, and the command line of each step as a value in YAML. */
export interface Pipeline {
  readonly environment: string;
  readonly region: string;
  readonly commands: Readonly<Record<"validate" | "policy" | "capacity" | "plan" | "apply", string>>;
}

/** The steps of an environment's pipeline; `env` is what --env names. */
export function pipelineOf(
  environment: { readonly name: string; readonly region: string },
  env: string,
  formats: { readonly validate: "text" | "github" },
): Pipeline {
  const line = (command: string, ...options: readonly string[]) =>
    stringify([programLine, command, "--env", quoted(env), ...options].join(" "), { lineWidth: 0 }).trim();
  const format = formats.validate === "text" ? [] : ["--format", formats.validate];
  return {
    environment: environment.name,
    region: environment.region,
    commands: {
      validate: line("validate", ...format),
      policy: line("policy"),
      capacity: line("capacity"),
      plan: line("plan", "--format", "markdown", "--out", "plan.md"),
      apply: line("apply", "--yes"),
    },
  };
}
