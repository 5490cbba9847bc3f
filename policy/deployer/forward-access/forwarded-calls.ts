/** The parameters of a request, as botocore's models name them. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Calls that AWS makes with the permissions of the caller while it serves a request, and permissions that it checks
 * beside the one that is named after the operation. No request shows them, so each has the page that documents it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export interface ForwardedCalls {
  /** Requests that cause the calls, e.g. `elbv2.CreateLoadBalancer`; services have the names of botocore. */
  readonly of: readonly string[];
  /** Limits them to requests with such parameters. */
  readonly when?: (params: Params) => boolean;
  readonly actions: readonly string[];
  /**
   * An ARN without `arn:<partition>:`; `{region}` and `{account}` are those of the request, any other name in braces is
   * a parameter, `{encryptionConfig.provider.keyArn}`. A parameter that is an ARN may stand alone. Without: any resource.
   */
  readonly resource?: string | ((params: Params) => string);
  /** Condition keys whose values are known, e.g. `iam:AWSServiceName`. */
  readonly conditionKeys?: Readonly<Record<string, string>>;
  /** Page that documents it. */
  readonly source: string;
}

/** Whether a request has a parameter, at a path of names. */
export const given =
  (path: string) =>
  (params: Params): boolean =>
    membersAt(params, path).length > 0;

/** The texts at a path of names, through lists as well; empty if there are none. */
export function valuesAt(params: Params, path: string): readonly string[] {
  return membersAt(params, path).flatMap((value) =>
    ["string", "boolean", "number"].includes(typeof value) ? [String(value)] : [],
  );
}

function membersAt(params: Params, path: string): readonly unknown[] {
  return path
    .split(".")
    .reduce<readonly unknown[]>(
      (values, name) => values.flatMap((value) => member(value, name).flatMap(entries)),
      [params],
    );
}

const entries = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function member(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== "object" || value === null || !(name in value)) return [];
  // `in` has proved that there is such a member.
  return [(value as Record<string, unknown>)[name]];
}

/** The calls that create the service-linked role of a service in an account that has none yet. */
export function linkedRole(of: readonly string[], service: string, source: string): ForwardedCalls {
  return {
    of,
    actions: ["iam:CreateServiceLinkedRole"],
    resource: `iam::{account}:role/aws-service-role/${service}.amazonaws.com/*`,
    conditionKeys: { "iam:AWSServiceName": `${service}.amazonaws.com` },
    source,
  };
}
