import { expect, test } from "vitest";
import { ConfigError } from "../lib/environment/config-error";
import { environmentJsonSchema } from "../lib/environment/json-schema";
import type { JsonSchema } from "../lib/environment/schema-outline";
import { layers } from "../modules";
import { loadConfig, type RawEnvironment } from "./synth";

type Given = readonly [list: string, equal: readonly [unknown, unknown], message?: string];

const arn = (kind: string) => `arn:aws:iam::123456789012:${kind}`;
const during = ["plan", "plan"] as const;
const hook = { when: "before", command: ["true"], during };
const taint = { key: "a", value: "b" };
const source = { repository: "https://a.example.com", path: "a", revision: "v1.0.0" };
const application = { name: "a", ...source, namespace: "a" };
const kind = { group: "", kind: "Namespace" };
const proxy = "layers.eks.nodes.proxy.noProxy";
const publisher = "layers.release-service.publishers.main";
const zones = "layers.route53.zones.certificateAuthorities";

/** Every list of an environment file, with two entries that AWS, Kubernetes or Terraform takes for the same. */
const lists: readonly Given[] = [
  ["zones", ["us-west-2a", "us-west-2a"]],
  [
    "access.adminRoleArns",
    [arn("role/admin"), arn("role/Admin")],
    `"${arn("role/Admin")}" is listed twice, before as "${arn("role/admin")}"`,
  ],
  ["access.adminCidrs", ["203.0.113.0/24", "203.0.113.0/24"]],
  [
    "access.publicCidrs",
    ["2001:db8::/32", "2001:DB8:0::/32"],
    '"2001:DB8:0::/32" is listed twice, before as "2001:db8::/32"',
  ],
  ["extensions", ["./a.ts", "./a.ts"]],
  ["hooks", [{ ...hook }, { ...hook }], "is equal to hooks[0]"],
  ["hooks.0.during", during],
  [
    "layers.argocd.applications",
    [application, { ...application, revision: "v2.0.0" }],
    "has the name of layers.argocd.applications[0]",
  ],
  [
    "layers.argocd.applications.0.clusterResources",
    [kind, { ...kind }],
    "is equal to layers.argocd.applications[0].clusterResources[0]",
  ],
  [
    "layers.audit.alarmEmails",
    ["ops@example.com", "Ops@Example.com"],
    '"Ops@Example.com" is listed twice, before as "ops@example.com"',
  ],
  ["layers.audit.budget.thresholdsPercent", [50, 50.0], "50 is listed twice"],
  ["layers.vpc.additionalCidrs", ["100.64.0.0/16", "100.64.0.0/16"]],
  ["layers.network-operations.interfaceEndpoints", ["kms", "kms"]],
  [zones, ["amazon.com", "Amazon.com"], '"Amazon.com" is listed twice, before as "amazon.com"'],
  ["layers.registry-cache.withoutAccount", ["k8s", "k8s"]],
  ["layers.eks.publicAccessCidrs", ["18.0.0.0/24", "18.0.0.0/24"]],
  [
    "layers.eks.nodeGroups.main.taints",
    [taint, { ...taint, value: "c", effect: "NO_SCHEDULE" }],
    "has the key and effect of layers.eks.nodeGroups.main.taints[0]",
  ],
  [
    "layers.eks.nodeGroups.observability.taints",
    [taint, { value: "b", key: "a" }],
    "has the key and effect of layers.eks.nodeGroups.observability.taints[0]",
  ],
  ["layers.eks.nodes.additionalPolicyArns", [arn("policy/a"), arn("policy/a")]],
  [proxy, [".example.com", ".example.com"]],
  ["layers.lb-waf.waf.countedRules.common", ["A", "A"]],
  ["layers.lb-waf.waf.countedRules.knownBadInputs", ["A", "A"]],
  ["layers.lb-waf.waf.countedRules.ipReputation", ["A", "A"]],
  ["layers.lb-waf.waf.countedRules.sqlInjection", ["A", "A"]],
  ["layers.platform.edgeNodeProxy.noProxy", [".example.com", ".example.com"]],
  ["layers.release-service.repositories", ["a/b", "a/b"]],
  ["layers.release-service.anonymousPrefixes", ["a/", "a/"]],
  [
    "layers.release-service.identityProviderArns",
    [arn("oidc-provider/a.example.com"), arn("oidc-provider/a.example.com")],
  ],
  [`${publisher}.pathPrefixes`, ["a/", "a/"]],
  ...["repositories", "branches", "tagPrefixes", "environments", "subjects"].map((list): Given => [
    `${publisher}.${list}`,
    ["a", "a"],
  ]),
  ["layers.argocd.repository.valueFiles", ["a.yaml", "a.yaml"]],
];

function write(raw: RawEnvironment, list: string, value: unknown): void {
  const keys = list.split(".");
  const last = keys.pop() ?? "";
  let parent = raw;
  for (const key of keys) parent = parent[key] ??= {};
  parent[last] = value;
}

/** The problems of a file, without their positions. */
function problems(edit: (raw: RawEnvironment) => void): readonly string[] {
  try {
    loadConfig({ edit });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^.*?:\d+:\d+ /, ""));
  }
}

const found = problems((raw) => {
  for (const [list, equal] of lists) write(raw, list, equal);
});

test.each(lists.map(([list, equal, message]) => ({ list, second: equal[1], message })))(
  "$list: two equal entries are refused at the second",
  ({ list, second, message = `${JSON.stringify(second)} is listed twice` }) => {
    expect(found).toContain(`${list.replace(/\.(\d)\./, "[$1].")}[1]: ${message}`);
  },
);

test("the arguments of a program may be equal", () => {
  expect(problems((raw) => (raw.hooks = [{ when: "before", command: ["echo", "a", "a"] }]))).toEqual([]);
});

test("every list of the schema is among them, but the arguments of a program", () => {
  const known = new Set(listsOf(environmentJsonSchema(layers)));
  expect([...known].sort()).toEqual([...lists.map(([list]) => list), "hooks.0.command"].sort());
});

/** The paths of all lists below a schema; of maps with free keys, those below "main". */
function listsOf(schema: JsonSchema, path: readonly string[] = []): readonly string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const free =
    typeof schema.additionalProperties === "object" ? [["main", schema.additionalProperties] as const] : [];
  const named = Object.entries(schema.properties ?? {});
  return [
    ...(schema["type"] === "array" ? [path.join(".")] : []),
    ...(schema.items === undefined ? [] : listsOf(schema.items, [...path, "0"])),
    ...[...named, ...free].flatMap(([key, inner]) => listsOf(inner, [...path, key])),
    ...forms.flatMap((form) => listsOf(form, path)),
  ];
}
