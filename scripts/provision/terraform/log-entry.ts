import { z } from "zod";
import { jsonOrUndefined } from "../run/json";
import { isWanted, type WantedLog } from "./log-levels";

const entryShape = z.looseObject({ "@level": z.string(), "@message": z.string() });

/** How the entries of Terraform's log are written. */
interface Use {
  readonly wanted: Pick<WantedLog, "level" | "format">;
  /** Whether the layer has values that must not be logged. */
  readonly isSecret: boolean;
  readonly mask: (text: string) => string;
}

/**
 * What is written of a line on Terraform's standard error: "" if it is less than what is wanted, undefined if it is no
 * entry of a log.
 */
export function loggedText(line: string, { wanted, isSecret, mask }: Use): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const { data: entry } = entryShape.safeParse(jsonOrUndefined(line));
  if (entry === undefined) return undefined;
  if (!isWanted(wanted, entry["@level"])) return "";
  const kept = isSecret ? withoutContents(entry) : entry;
  return mask(wanted.format === "json" ? JSON.stringify(kept) : textOf(kept));
}

type Entry = Readonly<Record<string, unknown>>;

/**
 * What is kept of an entry: which request of whom it is about, and how it went. Contents are in the bodies, and the AWS
 * provider masks some of them alone:
 * https://github.com/hashicorp/aws-sdk-go-base/blob/v2.0.0-beta.65/logging/http.go
 */
const harmless = /^(?:@.+|err|error|http\.(?!\w+\.body$).+|rpc\..+|tf_(?!http_re[qs]_body$).+)$/;
const spoken = new Set(["@message", "err", "error"]);

function withoutContents(entry: Entry): Entry {
  const kept = Object.entries(entry).filter(([name]) => harmless.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, spoken.has(name) ? briefly(value) : value]));
}

/**
 * A message until whole objects begin in it: the Kubernetes provider logs a Secret before it creates it, and Helm all values.
 * https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/resource_kubernetes_secret_v1.go
 */
function briefly(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const [brief = ""] = value.split(/[{\n]/, 1);
  return brief.length < value.length ? `${brief}...` : value;
}

/** As Terraform writes its log where no program reads it. */
function textOf(entry: Entry): string {
  const { "@timestamp": time, "@level": level, "@module": module, "@message": message, ...others } = entry;
  const details = Object.entries(others).map(([name, value]) => ` ${name}=${plain(value)}`);
  const from = module === undefined ? "" : `${plain(module)}: `;
  return `${plain(time)} [${plain(level).toUpperCase()}] ${from}${plain(message)}${details.length > 0 ? ":" : ""}${details.join("")}`;
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
