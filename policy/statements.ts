import type { SynthesisedJson } from "../synthesis/environment";
import type { Resource } from "../synthesis/resource";
import { type Condition, isNarrowing } from "./narrowing";

/** One statement of an IAM policy, every part a list. */
export interface Statement {
  readonly allows: boolean;
  /** `*` stands for NotAction too, since it allows nearly everything. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `*`, or kind and name: `Service ec2.amazonaws.com`. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
  /** Condition keys in lower case, e.g. `aws:sourceaccount`. */
  readonly conditionKeys: readonly string[];
  /** Those of them whose values are listed: not excluded, not anything, and not only compared if the request has the key. */
  readonly narrowingKeys: readonly string[];
}

/** A policy within a resource; without statements when it is not written out as JSON. */
export interface Policy {
  readonly resource: Resource;
  readonly kind: keyof typeof policyArguments;
  readonly statements: readonly Statement[] | undefined;
}

/** Where policies stand: what a principal may do, who may become a role, who may use a resource, what may pass at most. */
const policyArguments = {
  identity: {
    aws_iam_policy: "policy",
    aws_iam_role: "inline_policy.policy",
    aws_iam_role_policy: "policy",
    aws_iam_user_policy: "policy",
    aws_iam_group_policy: "policy",
    aws_ssoadmin_permission_set_inline_policy: "inline_policy",
  },
  trust: { aws_iam_role: "assume_role_policy" },
  resource: {
    aws_backup_vault_policy: "policy",
    aws_cloudwatch_event_bus_policy: "policy",
    aws_cloudwatch_log_destination_policy: "access_policy",
    aws_cloudwatch_log_resource_policy: "policy_document",
    aws_dynamodb_resource_policy: "policy",
    aws_ecr_registry_policy: "policy",
    aws_ecr_repository_policy: "policy",
    aws_efs_file_system_policy: "policy",
    aws_kms_external_key: "policy",
    aws_kms_key: "policy",
    aws_kms_key_policy: "policy",
    aws_kms_replica_external_key: "policy",
    aws_kms_replica_key: "policy",
    aws_s3_access_point: "policy",
    aws_s3_bucket: "policy",
    aws_s3_bucket_policy: "policy",
    aws_s3control_access_point_policy: "policy",
    aws_secretsmanager_secret: "policy",
    aws_secretsmanager_secret_policy: "policy",
    aws_sns_topic: "policy",
    aws_sns_topic_policy: "policy",
    aws_sqs_queue: "policy",
    aws_sqs_queue_policy: "policy",
  },
  ceiling: { aws_vpc_endpoint: "policy", aws_vpc_endpoint_policy: "policy" },
} as const;

/** Every policy of these kinds in an environment. */
export function policiesIn(
  synthesised: SynthesisedJson,
  ...kinds: readonly Policy["kind"][]
): readonly Policy[] {
  return kinds.flatMap((kind) =>
    Object.entries(policyArguments[kind]).flatMap(([type, path]) =>
      synthesised
        .of(type)
        .flatMap((resource) =>
          resource.texts(path).map((text) => ({ resource, kind, statements: readStatements(text) })),
        ),
    ),
  );
}

/** Parses JSON that holds Terraform expressions, whose own quotes would end its strings; undefined if it is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/(?<!\$)\$\{[^}]*\}/g, (found) => found.replace(/\\?"/g, "'")));
  } catch {
    return undefined;
  }
}

function readStatements(text: string): readonly Statement[] | undefined {
  const parsed = readJson(text);
  if (!isRecord(parsed)) return undefined;
  return listOf(parsed["Statement"]).filter(isRecord).map(toStatement);
}

function toStatement(raw: Readonly<Record<string, unknown>>): Statement {
  const conditions = conditionsOf(raw["Condition"]);
  return {
    allows: raw["Effect"] === "Allow",
    actions: "NotAction" in raw ? ["*"] : textsOf(raw["Action"]),
    resources: "NotResource" in raw ? ["*"] : textsOf(raw["Resource"]),
    principals: "NotPrincipal" in raw ? ["*"] : principalsOf(raw["Principal"]),
    conditions,
    conditionKeys: conditions.map(({ key }) => key),
    narrowingKeys: conditions.filter(isNarrowing).map(({ key }) => key),
  };
}

function conditionsOf(condition: unknown): readonly Condition[] {
  return Object.entries(isRecord(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );
}

function principalsOf(principal: unknown): readonly string[] {
  if (!isRecord(principal)) return textsOf(principal);
  return Object.entries(principal).flatMap(([kind, names]) =>
    textsOf(names).map((name) => (isAnybody(name) ? "*" : `${kind} ${name}`)),
  );
}

/** Whether a principal is everyone, or a name in any account. */
function isAnybody(name: string): boolean {
  if (!name.startsWith("arn:")) return /^[*?]+$/.test(name);
  // A wildcard at the end stands for the account if that is missing.
  return /[*?]/.test(name.split(":")[4] ?? "*");
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  // A list of unknown things, which Array.isArray alone would call a list of any.
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
