import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LayerJson } from "../../../synthesis/environment";
import type { Arguments } from "../../../synthesis/resource";
import type { RealInit } from "../real-init";
import { realProviders, succeed, terraform } from "../terraform";

/** One diagnostic of `terraform validate -json`. */
interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string };
  readonly snippet?: { readonly context: string | null };
}

/** A layer that the real provider refuses or warns of. */
export interface Objection {
  /** Number of the environment whose layer it is; the first of those that have it alike. */
  readonly environment: number;
  readonly layer: string;
  readonly message: string;
}

/**
 * Layers of many environments, as modules of one configuration with the providers of the first, because Terraform starts the
 * provider once for each configuration of it. Layers that are the same to the byte are validated once.
 */
export class JoinedLayers {
  private readonly modules: Record<string, object> = {};
  private readonly providers = new Map<string, Arguments>();
  private readonly seen = new Set<string>();

  constructor(private readonly folder: string) {}

  get count(): number {
    return Object.keys(this.modules).length;
  }

  add(environment: number, layer: string, given: LayerJson): void {
    const json = environment % webAclEvery === 0 ? given : withoutWebAcls(given);
    const names = (json.provider?.["aws"] ?? []).map((provider) => this.nameOf(provider));
    const text = JSON.stringify(moduleOf(json, names));
    if (this.seen.has(text)) return;
    this.seen.add(text);
    const name = `${layer}-${environment}`;
    mkdirSync(join(this.folder, name), { recursive: true });
    writeFileSync(join(this.folder, name, "cdk.tf.json"), text);
    const variables = Object.entries(json.variable ?? {}).map(([variable, { type }]) => [
      variable,
      anyOf(type),
    ]);
    const providers = Object.fromEntries(names.map((provider) => [provider, provider]));
    this.modules[name] = { source: `./${name}`, providers, ...(Object.fromEntries(variables) as object) };
  }

  private nameOf(provider: Arguments): string {
    const { alias } = provider;
    const name = typeof alias === "string" ? `aws.${alias}` : "aws";
    if (!this.providers.has(name)) this.providers.set(name, provider);
    return name;
  }

  /** Shows all of them to the real provider; gives what it objects to. */
  async validate(init: RealInit): Promise<readonly Objection[]> {
    const root = { provider: { aws: [...this.providers.values()] }, module: this.modules };
    writeFileSync(join(this.folder, "main.tf.json"), JSON.stringify(root));
    const variables = realProviders(this.folder);
    await init.prepare(this.folder, variables);
    await succeed(this.folder, variables, "get", "-no-color");
    const { stdout } = await terraform(this.folder, variables, "validate", "-json");
    // Terraform's own format, of which we read a part.
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
    return diagnostics.map(objection);
  }
}

/** The schema of a web ACL is so large that the provider takes seconds for each: only every so many environments have theirs. */
const webAclEvery = 10;
const webAcl = "aws_wafv2_web_acl";
const anyWebAcl =
  "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/any/1234abcd-12ab-34cd-56ef-1234567890ab";

function withoutWebAcls(json: LayerJson): LayerJson {
  if (json.resource?.[webAcl] === undefined) return json;
  const resource = Object.fromEntries(Object.entries(json.resource).filter(([type]) => type !== webAcl));
  const reference = new RegExp(`\\$\\{${webAcl}\\.[\\w-]+\\.(?:arn|name)\\}`, "g");
  // The same JSON, with other texts.
  return JSON.parse(JSON.stringify({ ...json, resource }).replace(reference, anyWebAcl)) as LayerJson;
}

/** A value of a variable's type: a text, or an object of texts. */
function anyOf(type: unknown): string | Readonly<Record<string, string>> {
  const members = /^object\(\{(.*)\}\)$/s.exec(String(type))?.[1];
  if (members === undefined) return "given";
  const names = [...members.matchAll(/(\w+)\s*=\s*string/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, "given"]));
}

/** A layer without what a module cannot have: a backend, and providers of its own. */
function moduleOf(json: LayerJson, providers: readonly string[]): LayerJson {
  const { terraform = {} } = json;
  // As every layer of ours has it.
  const required = terraform["required_providers"] as Readonly<Record<string, Arguments>>;
  const aws = { ...required["aws"], configuration_aliases: providers.filter((name) => name !== "aws") };
  const kept = { required_version: terraform["required_version"], required_providers: { ...required, aws } };
  const others = Object.entries(json).filter(([block]) => block !== "provider" && block !== "terraform");
  return { ...Object.fromEntries(others), terraform: kept };
}

function objection({ severity, summary, detail = "", range, snippet }: Diagnostic): Objection {
  const [, layer = "", environment = "-1"] = /^(.+)-(\d+)\//.exec(range?.filename ?? "") ?? [];
  const where = snippet?.context ?? "";
  return { environment: Number(environment), layer, message: `${severity}: ${where}: ${summary}: ${detail}` };
}
