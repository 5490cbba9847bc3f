import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One provider of the mirror: what Terraform asks for, and the program that it shall start. */
export interface MirroredProvider {
  /** "registry.terraform.io/hashicorp/aws" */
  readonly address: string;
  readonly version: string;
  /** Arguments for Node. */
  readonly program: readonly string[];
}

const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** OpenTofu takes the same short names from its own registry. */
const registries = ["registry.terraform.io", "registry.opentofu.org"];

/** Lays out a filesystem mirror of simulated providers, and gives the CLI configuration file that allows nothing else. */
export function layOutMirror(directory: string, providers: readonly MirroredProvider[]): string {
  const mirror = join(directory, "mirror");
  for (const provider of providers)
    for (const registry of registries) placeProvider(mirror, registry, provider);
  const configuration = join(directory, "terraform.rc");
  const path = JSON.stringify(mirror).replaceAll("${", "$${");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\ndisable_checkpoint = true\n`,
  );
  return configuration;
}

function placeProvider(
  mirror: string,
  registry: string,
  { address, version, program }: MirroredProvider,
): void {
  const [, namespace = "", name = ""] = address.split("/");
  const platform = `${process.platform}_${architectures[process.arch] ?? process.arch}`;
  const folder = join(mirror, registry, namespace, name, version, platform);
  mkdirSync(folder, { recursive: true });
  const command = [process.execPath, ...program].map(quoted).join(" ");
  // A shebang line could not name a Node whose path has spaces.
  const script = `#!/bin/sh\nexec ${command}\n`;
  writeFileSync(join(folder, `terraform-provider-${name}_v${version}`), script, { mode: 0o755 });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
