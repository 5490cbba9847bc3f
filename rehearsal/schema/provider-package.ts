import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An installed npm package of generated provider bindings, and the provider they were generated from. */
export interface ProviderPackage {
  readonly directory: string;
  readonly packageVersion: string;
  /** "registry.terraform.io/hashicorp/aws" */
  readonly address: string;
  readonly providerVersion: string;
}

/** Finds the installed bindings of a provider, which pin its version. */
export function providerPackage(name: string): ProviderPackage {
  const manifestFile = require.resolve(`@cdktf/provider-${name}/package.json`);
  // The generator writes this section into every provider package.
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as {
    version: string;
    cdktf: { provider: { name: string; version: string } };
  };
  return {
    directory: dirname(manifestFile),
    packageVersion: manifest.version,
    address: manifest.cdktf.provider.name,
    providerVersion: manifest.cdktf.provider.version,
  };
}

/** A package has one module a type: "vpc", "data-aws-region", "provider". */
export function moduleNames(packageDirectory: string): string[] {
  const library = join(packageDirectory, "lib");
  const isModule = (name: string): boolean => existsSync(join(library, name, "index.js"));
  return readdirSync(library).filter(isModule).sort();
}

/** The generated TypeScript of a module, which the compiler embedded in the source maps of the JavaScript. */
export function moduleSource(packageDirectory: string, name: string): string {
  const directory = join(packageDirectory, "lib", name);
  // Structs of big resources are sharded into files beside the module's own.
  const shards = join(directory, "index-structs");
  const structs = existsSync(shards)
    ? readdirSync(shards).filter((file) => /^structs\d+\.js$/.test(file))
    : [];
  const files = [join(directory, "index.js"), ...structs.sort().map((file) => join(shards, file))];
  return files.map(embeddedSource).join("\n");
}

const sourceMapMark = "//# sourceMappingURL=data:application/json;base64,";

function embeddedSource(file: string): string {
  const script = readFileSync(file, "utf8");
  const at = script.lastIndexOf(sourceMapMark);
  if (at < 0) throw new Error(`Cannot read the schema in ${file}: it has no inline source map`);
  const map = Buffer.from(script.slice(at + sourceMapMark.length).trim(), "base64").toString("utf8");
  // The source map format fixes this member.
  const { sourcesContent } = JSON.parse(map) as { sourcesContent: string[] };
  return sourcesContent.join("\n");
}
