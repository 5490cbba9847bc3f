import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tools } from "./tools";

export interface TerraformResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Variables = Readonly<Record<string, string>>;

/** Runs Terraform in `directory` with exactly these variables beside PATH and HOME. */
export function terraform(
  directory: string,
  variables: Variables,
  ...args: string[]
): Promise<TerraformResult> {
  const { PATH = "", HOME = "", GOGC = "" } = process.env;
  const base = { PATH, HOME, GOGC, CHECKPOINT_DISABLE: "1" };
  return new Promise((resolve, reject) => {
    const child = spawn(tools.terraform ?? "terraform", args, {
      cwd: directory,
      env: { ...base, ...variables },
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, ...output });
    });
  });
}

/** Runs Terraform and throws what it said unless it ended with one of `codes`. */
export async function succeed(directory: string, variables: Variables, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await terraform(directory, variables, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Writes a CLI configuration that installs providers from the mirrors and nowhere else; returns its variable. */
export function realProviders(scratch: string): Variables {
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, "real-providers.tfrc");
  const mirrors = [...new Set([tools.mirror, tools.clusterProviders])].filter((path) => path !== undefined);
  const blocks = mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`);
  writeFileSync(file, `provider_installation {\n${blocks.join("")}}\n`);
  // A rehearsal would have the simulated providers used in their place.
  return { TF_CLI_CONFIG_FILE: file, TF_REATTACH_PROVIDERS: "" };
}

/** A state in a file of the folder that Terraform runs in, wherever the layer itself keeps it. */
export const localState = "local.tfstate";

/** Copies a synthesised layer and gives it a local state: an empty one, unless its text is given. */
export function copyWithLocalState(from: string, to: string, state?: string): void {
  mkdirSync(to, { recursive: true });
  cpSync(join(from, "cdk.tf.json"), join(to, "cdk.tf.json"));
  const backend = { terraform: { backend: { local: { path: localState } } } };
  writeFileSync(join(to, "backend_override.tf.json"), JSON.stringify(backend));
  if (state !== undefined) writeFileSync(join(to, localState), state);
}
