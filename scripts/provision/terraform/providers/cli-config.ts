import type { Run } from "../../run/run";
import { isOpenTofu } from "./registry-host";

/** Where Terraform may take providers from, and which; patterns as `registry.terraform.io/hashicorp/*`. */
export interface InstallationMethod {
  readonly kind: "filesystem_mirror" | "network_mirror" | "direct";
  /** Folder or URL; empty for the registry itself. */
  readonly place: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What Terraform's configuration for this user says about providers. */
export interface CliConfig {
  /** The file; undefined if there is none. */
  readonly file?: string;
  /** In the order of the file; empty when it says nothing of it. */
  readonly methods: readonly InstallationMethod[];
  /** Whether providers under development replace others. */
  readonly overrides: boolean;
  /** Where the layers share what is downloaded. */
  readonly cacheFolder?: string;
}

type Place = Pick<Run, "world" | "environment" | "program">;

/**
 * Reads the part about providers: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation.
 * A file in HCL's other form, JSON, has the same words.
 */
export function cliConfig({ world, environment, program }: Place): CliConfig {
  const home = environment["HOME"] ?? "";
  const own = isOpenTofu(program) ? [`${home}/.tofurc`, `${home}/.terraformrc`] : [`${home}/.terraformrc`];
  const named = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  const file = (named ? [named] : own).find((path) => world.files.kind(path) === "file");
  const text = file === undefined ? "" : withoutComments(world.files.read(file) ?? "");
  const cacheFolder = environment["TF_PLUGIN_CACHE_DIR"] || setting(text, "plugin_cache_dir");
  return {
    ...(file === undefined ? {} : { file }),
    methods: [...text.matchAll(method)].map(([, kind = "", body = ""]) => methodOf(kind, body)),
    overrides: /\bdev_overrides\b/.test(text),
    ...(cacheFolder ? { cacheFolder } : {}),
  };
}

const method = /"?\b(filesystem_mirror|network_mirror|direct)\b"?\s*[:=]?\s*\[?\s*\{([^}]*)\}/g;

function methodOf(kind: string, body: string): InstallationMethod {
  const place = setting(body, kind === "network_mirror" ? "url" : "path") ?? "";
  const list = (name: string) =>
    [
      ...(new RegExp(`"?\\b${name}\\b"?\\s*[:=]\\s*\\[([^\\]]*)\\]`).exec(body)?.[1] ?? "").matchAll(
        /"([^"]*)"/g,
      ),
    ].map(([, pattern = ""]) => pattern);
  return {
    kind: kind === "filesystem_mirror" || kind === "network_mirror" ? kind : "direct",
    ...{ place, include: list("include"), exclude: list("exclude") },
  };
}

function setting(text: string, name: string): string | undefined {
  return new RegExp(`"?\\b${name}\\b"?\\s*[:=]\\s*"([^"]*)"`).exec(text)?.[1];
}

/** What begins with # or //, but for the // of an address. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|\s)(#|\/\/).*$/gm, "$1");
}
