import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerNames } from "../../../rehearsal/providers";
import { providerPackage } from "../../../rehearsal/schema/provider-package";
import { buildProviderProgram } from "./program";

const architectures: Readonly<Record<string, string>> = { x64: "amd64" };
/** OpenTofu takes the same short names from its own registry. */
const registries = ["registry.terraform.io", "registry.opentofu.org"];

/**
 * Lays out a filesystem mirror of the simulated providers, which Terraform installs and starts as it does real ones; gives
 * the CLI configuration file that allows no other.
 */
export function layOutMirror(directory: string): string {
  const mirror = join(directory, "mirror");
  mkdirSync(mirror, { recursive: true });
  // Terraform keeps checksums of what is in the mirror, which must not change when the program does.
  const program = join(directory, "simulated-provider.cjs");
  writeFileSync(program, `require(${JSON.stringify(buildProviderProgram())});\n`);
  for (const name of providerNames)
    for (const registry of registries) {
      const { address, providerVersion: version } = providerPackage(name);
      const [, namespace = ""] = address.split("/");
      const platform = `${process.platform}_${architectures[process.arch] ?? process.arch}`;
      const folder = join(mirror, registry, namespace, name, version, platform);
      mkdirSync(folder, { recursive: true });
      const script = `#!/bin/sh\nexec ${[process.execPath, program, name].map(quoted).join(" ")}\n`;
      writeFileSync(join(folder, `terraform-provider-${name}_v${version}`), script, { mode: 0o755 });
    }
  const configuration = join(directory, "terraform.rc");
  const path = JSON.stringify(mirror).replaceAll("${", "$${");
  const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`;
  writeFileSync(configuration, `${installation}disable_checkpoint = true\n`);
  return configuration;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
