import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import type { RawEnvironment } from "../synth";
import { type CommandResult, startCommand, type StartedCommand } from "./command";
import type { Variables } from "./terraform";

const root = resolve(__dirname, "../..");

/** Runs the command that users type, in `folder`, with exactly these variables beside PATH and HOME. */
export function provision(folder: string, variables: Variables, ...args: string[]): Promise<CommandResult> {
  return startProvision(folder, variables, ...args).ended;
}

/** Starts it. */
export function startProvision(folder: string, variables: Variables, ...args: string[]): StartedCommand {
  mkdirSync(folder, { recursive: true });
  return startCommand({ program: process.execPath, folder, variables }, ...provisionWords(), ...args);
}

/** What Node is given to run it. */
export function provisionWords(): readonly string[] {
  const program = [join(root, "node_modules/ts-node/dist/bin.js"), "--project", join(root, "tsconfig.json")];
  return [...program, join(root, "scripts/provision.ts")];
}

/** Writes an environment file for an emulator; gives its path. */
export function emulatorEnvironment(folder: string, name: string, dev: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, emulatorText(name, dev));
  return file;
}

/** configs/dev.yaml, changed where the emulator differs from AWS; with settings of these layers alone, if any are named. */
export function emulatorText(name: string, dev: string, ...layers: readonly string[]): string {
  const raw: RawEnvironment = parse(dev);
  raw.name = name;
  raw.state.bucket = `123456789012-${name}-state`;
  // The emulator ignores the conditions of bucket policies and would refuse every request.
  raw.layers["s3-backend"] = { ...raw.layers["s3-backend"], denyInsecureTransport: false };
  const settings: Record<string, unknown> = raw.layers;
  const kept = Object.entries(settings).filter(([layer]) => layers.length === 0 || layers.includes(layer));
  raw.layers = Object.fromEntries(kept);
  return stringify(raw);
}

/** Where to cut a run off: at a Terraform command, before it, in the middle of it, or when it has ended. */
export interface Cut {
  /** How the command line begins, e.g. `apply`. */
  readonly command: string;
  readonly when: "before" | "during" | "after";
}

/** Seconds after which a command is interrupted: long enough to have created something. */
const middleSeconds = 25;

/** Writes a Terraform that kills provision (its parent), and itself, at one command. */
export function killingTerraform(folder: string, { command, when }: Cut): string {
  const file = join(folder, `terraform-killed-${when}-${command.replace(/\W+/g, "-")}`);
  const until = {
    before: ":",
    during: `terraform "$@" >/dev/null 2>&1 & sleep ${middleSeconds}; kill -9 $!`,
    after: 'terraform "$@" >/dev/null 2>&1',
  };
  const script = [
    "#!/bin/sh",
    `case "$*" in ${command.replaceAll(" ", "\\ ")}*) ${until[when]}; kill -9 "$PPID"; exit 1 ;; esac`,
    'exec terraform "$@"',
  ];
  writeFileSync(file, `${script.join("\n")}\n`, { mode: 0o755 });
  return file;
}
