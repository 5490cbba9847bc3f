import type { AccountContext } from "../../../policy/deployer/account";
import type { RecordedCall } from "../../real/api/recorded-call";
import { valuesAt } from "../../../policy/deployer/forward-access/forwarded-calls";
import { ec2Type } from "./ids";
import { matches } from "./patterns";
import type { SupportedType } from "./reference";

/** Stands for a part of an ARN that only AWS's answer tells; a right must hold whatever it is. */
export const unknown = "0123456789abcdef0";

/** Parameters that are the variable of an ARN under another name, both in lower case and without other characters. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  alias: ["aliasname"],
  alarmname: ["alarmname", "alarmnames"],
  backupplanid: ["backupplanid"],
  bucketname: ["bucket"],
  certificateid: ["certificatearn"],
  clustername: ["clustername", "name"],
  clusterparametergroupname: ["dbclusterparametergroupname"],
  clustersnapshotname: ["finaldbsnapshotidentifier", "dbclustersnapshotidentifier"],
  dashboardname: ["dashboardname", "dashboardnames"],
  dbclusterinstancename: ["dbclusteridentifier"],
  dbinstancename: ["dbinstanceidentifier"],
  documentname: ["name", "resourceid"],
  groupfriendlyname: ["autoscalinggroupname"],
  instanceid: ["instanceids"],
  keyid: ["keyid", "targetkeyid"],
  loadbalancername: ["name"],
  loggroupname: ["loggroupname", "loggroupidentifier"],
  objectname: ["key"],
  oidcprovidername: ["url"],
  parametergroupname: ["dbparametergroupname"],
  parameternamewithoutleadingslash: ["name", "names", "resourceid"],
  repositoryname: ["repositorynames"],
  rulename: ["name", "rule"],
  secretid: ["name", "secretid"],
  subnetgroupname: ["dbsubnetgroupname"],
  targetgroupname: ["name"],
  topicname: ["name"],
  trailname: ["name", "trailname"],
};

/** What AWS takes where a request names nothing. */
const defaults: Readonly<Record<string, string>> = { optiongroupname: "default:aurora-postgresql-16" };

/** Regions are no part of the ARNs of these services. */
const global = new Set(["iam", "route53", "s3", "budgets", "shield"]);

/** What a request acts on, of each type that its action supports, as far as the request tells. */
export function resourcesOf(
  call: RecordedCall,
  supported: readonly SupportedType[],
  { partition, account }: Pick<AccountContext, "partition" | "account">,
): readonly string[] {
  if (call.service === "ec2" && /^(Create|Delete)Tags$/.test(call.operation))
    return valuesAt(call.params, "Resources").map(
      (id) => `arn:${partition}:ec2:${call.region}:${account}:${ec2Type(id) ?? unknown}/${id}`,
    );
  const types = typesNamed(call.params, supported);
  const told = flatten(call.params);
  const arns = [...told.values()].flat().filter((text) => text.startsWith("arn:"));
  const fixed: Readonly<Record<string, string>> = {
    partition,
    account,
    region: global.has(call.service) ? "" : call.region,
    // Labels have a scope as well.
    scope: typeof call.params["Scope"] === "string" ? call.params["Scope"].toLowerCase() : "regional",
  };
  const given = types.filter((type) => arns.some((arn) => isOfType(arn, type)));
  return types.flatMap((type) => {
    if (given.includes(type)) return arns.filter((arn) => isOfType(arn, type));
    if (given.some(({ name }) => kindOf(name) === kindOf(type.name)) || isOfOtherKind(call.params, type))
      return [];
    const named = complete(type.arn, (name) => fixed[name] ?? valueOf(told, name));
    return type.required || types.length === 1 || !named.includes(unknown) ? [named] : [];
  });
}

/** Some requests name the type that they are about, e.g. `ResourceType: "Document"`. */
function typesNamed(
  { ResourceType }: RecordedCall["params"],
  types: readonly SupportedType[],
): readonly SupportedType[] {
  const named = types.filter(({ name }) => plain(name) === plain(String(ResourceType)));
  return named.length > 0 ? named : types;
}

/** `listener/app` and `listener/net` are listeners: a request names one of them. */
const kindOf = (name: string) => name.split("/")[0];

/** An application load balancer is none of the network type, nor the other way round. */
function isOfOtherKind({ Type = "application" }: RecordedCall["params"], { name }: SupportedType): boolean {
  return name === `loadbalancer/${Type === "application" ? "net" : "app"}/`;
}

function isOfType(arn: string, type: SupportedType): boolean {
  if (type.name === "bucket" && arn.includes("/")) return false;
  return matches(
    complete(type.arn, () => "*"),
    arn,
  );
}

function complete(template: string, value: (name: string) => string): string {
  return template.replace(/\$\{([^}]+)\}/g, (_, name: string) => value(plain(name)));
}

function valueOf(told: ReadonlyMap<string, readonly string[]>, name: string): string {
  const values = [name, ...(aliases[name] ?? [])].flatMap((candidate) => told.get(candidate) ?? []);
  const value = values.find((text) => !text.startsWith("arn:"));
  if (value === undefined) return defaults[name] ?? unknown;
  if (name === "oidcprovidername") return value.replace("https://", "");
  return name === "alias" || name === "parameternamewithoutleadingslash"
    ? value.replace(/^(alias)?\//, "")
    : value;
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Every text among parameters by its plain name, at any depth, outer ones first. */
function flatten(params: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, name);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, plain(key));
    else if (typeof value === "string") found.set(name, [...(found.get(name) ?? []), value]);
  };
  visit(params, "");
  return found;
}
