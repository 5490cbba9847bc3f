import type { Attributes, Context } from "../../engine/behaviour";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { arn, endpointDomain } from "./arn";
import { refuseProtocolMismatch } from "./elb-protocols";
import { attributeOf, twin, zonesOf } from "./lookup";
import { nameFrom, put, type Behaviours } from "./naming";

/** Load balancers, listeners, rules and target groups. */
export const elb: Behaviours = {
  aws_lb: {
    id: (planned, context) => {
      const name = nameFrom("name", "tf-lb-")(planned, context);
      const kind = isNetwork(planned) ? "net" : "app";
      return arn(context, "elasticloadbalancing", `loadbalancer/${kind}/${name}/${context.hash("lb", 16)}`);
    },
    check: checkBalancer,
    computed: balancerValues,
  },
  aws_lb_target_group: {
    id: (planned, context) => {
      const name = nameFrom("name", "tf-")(planned, context);
      return arn(context, "elasticloadbalancing", `targetgroup/${name}/${context.hash("tg", 16)}`);
    },
    check: (planned, context) =>
      typeof planned.name === "string" && twin(planned, context, ["name"])
        ? `DuplicateTargetGroupName: A target group with the same name '${planned.name}' exists, but with different settings`
        : undefined,
    computed: ({ protocol }, { id }) => ({
      arn: id,
      arn_suffix: id.split(":").pop(),
      name: id.split("/")[1],
      ip_address_type: "ipv4",
      load_balancing_algorithm_type: isHttp(protocol) ? "round_robin" : "",
      load_balancing_anomaly_mitigation: isHttp(protocol) ? "off" : "",
      load_balancing_cross_zone_enabled: "use_load_balancer_configuration",
      protocol_version: isHttp(protocol) ? "HTTP1" : "",
    }),
  },
  aws_lb_listener: {
    id: ({ load_balancer_arn }, context) => below(load_balancer_arn, ["loadbalancer", "listener"], context),
    check: (planned, context) =>
      twin(planned, context, ["load_balancer_arn", "port"])
        ? `DuplicateListener: A listener already exists on this port for this load balancer '${textOf(planned.load_balancer_arn) ?? ""}'`
        : refuseProtocolMismatch(planned, context),
    computed: (planned, context) => ({
      arn: context.id,
      protocol: isNetwork({ load_balancer_type: balancerType(planned, context) }) ? undefined : "HTTP",
      ssl_policy: ["HTTPS", "TLS"].includes(textOf(planned.protocol) ?? "")
        ? "ELBSecurityPolicy-2016-08"
        : "",
    }),
  },
  aws_lb_listener_rule: {
    id: ({ listener_arn }, context) => below(listener_arn, ["listener", "listener-rule"], context),
    check: checkRule,
    computed: (_planned, { id }) => ({ arn: id, priority: parseInt(id.slice(-3), 16) + 1 }),
  },
  aws_lb_listener_certificate: {
    ...put,
    id: ({ listener_arn, certificate_arn }) =>
      `${textOf(listener_arn) ?? ""}_${textOf(certificate_arn) ?? ""}`,
  },
  aws_lb_target_group_attachment: {
    ...put,
    id: ({ target_group_arn }, context) =>
      `${textOf(target_group_arn) ?? ""}-${context.hash("attachment", 26)}`,
  },
};

const isHttp = (protocol: unknown): boolean => protocol === "HTTP" || protocol === "HTTPS";

const isNetwork = ({ load_balancer_type }: Attributes): boolean => load_balancer_type === "network";

const balancerType = ({ load_balancer_arn }: Attributes, context: Context): string | undefined =>
  attributeOf(context, "aws_lb", [load_balancer_arn, "load_balancer_type"]);

/** ARN of something that belongs to a load balancer or a listener: theirs, with another kind and one more part. */
const below = (parent: unknown, [from, to]: [string, string], { hash }: Context): string =>
  `${(textOf(parent) ?? "").replace(`:${from}/`, `:${to}/`)}/${hash("below", 16)}`;

function checkBalancer(planned: Attributes, context: Context): string | undefined {
  const subnets = subnetsOf(planned);
  if (!isNetwork(planned) && subnets.length > 0 && zonesOf(context, subnets).size < 2) {
    return "ValidationError: At least two subnets in two different Availability Zones must be specified";
  }
  if (zonesOf(context, subnets).size < subnets.length) {
    return "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone";
  }
  return typeof planned.name === "string" && twin(planned, context, ["name"])
    ? `DuplicateLoadBalancerName: A load balancer with the same name '${planned.name}' exists`
    : undefined;
}

function subnetsOf({ subnets, subnet_mapping }: Attributes): readonly unknown[] {
  const listed = listOf(subnets);
  return listed.length > 0 ? listed : listOf(subnet_mapping).map((mapping) => objectOf(mapping).subnet_id);
}

function balancerValues(planned: Attributes, context: Context): Attributes {
  const [, kind, name = ""] = context.id.split("/");
  const host = `${name}-${context.hash("host", 10)}`;
  const place = kind === "net" ? `elb.${context.region}` : `${context.region}.elb`;
  const internal = planned.internal === true && kind !== "net" ? "internal-" : "";
  return {
    arn: context.id,
    arn_suffix: context.id.split("loadbalancer/")[1],
    name,
    dns_name: `${internal}${host}.${place}.${endpointDomain(context)}`,
    zone_id: kind === "net" ? "Z26RNL4JYFTOTI" : "Z35SXDOTRQ7X7K",
    internal: false,
    ip_address_type: "ipv4",
    subnets: subnetsOf(planned),
    vpc_id: attributeOf(context, "aws_subnet", [subnetsOf(planned)[0], "vpc_id"]),
  };
}

function checkRule({ listener_arn, priority }: Attributes, context: Context): string | undefined {
  const listener = textOf(listener_arn) ?? "";
  if (!context.cloud.get("aws_lb_listener", listener))
    return `ListenerNotFound: One or more listeners not found: ${listener}`;
  const taken =
    typeof priority === "number" && twin({ listener_arn, priority }, context, ["listener_arn", "priority"]);
  return taken ? `PriorityInUse: Priority '${priority}' is currently in use` : undefined;
}
