import type { CloudObject } from "../../rehearsal/engine/cloud";

/** A list of objects without names, and how AWS writes it. */
interface Listing {
  /** What the operation is, with the value that selects what is listed, unless that is in the body. */
  readonly operation: RegExp;
  readonly types: readonly string[];
  /** Parameter in the body, unless the value is in the operation, and the attribute that it selects by. */
  readonly parameter?: string;
  readonly attribute: string;
  write(objects: readonly CloudObject[]): string;
}

const listings: readonly Listing[] = [
  {
    operation: /^DescribeSecurityGroupRules$/,
    types: ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
    parameter: "Filter.1.Value.1",
    attribute: "security_group_id",
    write: (rules) =>
      xml("DescribeSecurityGroupRulesResponse", [xml("securityGroupRuleSet", rules.map(securityGroupRule))]),
  },
  {
    operation: /^DescribeListeners$/,
    types: ["aws_lb_listener"],
    parameter: "LoadBalancerArn",
    attribute: "load_balancer_arn",
    write: (listeners) =>
      result(
        ["DescribeListeners", "Listeners"],
        listeners.map(({ id, attributes: { port } }) => ({ ListenerArn: id, Port: port })),
      ),
  },
  {
    operation: /^DescribeRules$/,
    types: ["aws_lb_listener_rule"],
    parameter: "ListenerArn",
    attribute: "listener_arn",
    write: (rules) =>
      result(
        ["DescribeRules", "Rules"],
        rules.map(({ id, attributes: { priority } }) => ({ RuleArn: id, Priority: priority })),
      ),
  },
  {
    operation: /^\/2015-02-01\/mount-targets\?FileSystemId=([^&]+)/,
    types: ["aws_efs_mount_target"],
    attribute: "file_system_id",
    write: (targets) =>
      JSON.stringify({
        MountTargets: targets.map(({ id, attributes: { subnet_id: SubnetId } }) => ({
          MountTargetId: id,
          SubnetId,
        })),
      }),
  },
  {
    operation: /^\/clusters\/[^/]+\/pod-identity-associations\?.*serviceAccount=([^&]+)/,
    types: ["aws_eks_pod_identity_association"],
    attribute: "service_account",
    write: (associations) =>
      JSON.stringify({ associations: associations.map(({ id }) => ({ associationId: id })) }),
  },
  {
    operation: /^\/backup\/plans\/([^/]+)\/selections/,
    types: ["aws_backup_selection"],
    attribute: "plan_id",
    write: (selections) =>
      JSON.stringify({
        BackupSelectionsList: selections.map(({ id, attributes: { name: SelectionName } }) => ({
          SelectionId: id,
          SelectionName,
        })),
      }),
  },
  {
    operation: /^\/2013-04-01\/queryloggingconfig\?.*hostedzoneid=([^&]+)/,
    types: ["aws_route53_query_log"],
    attribute: "zone_id",
    write: (logs) =>
      xml("ListQueryLoggingConfigsResponse", [
        xml(
          "QueryLoggingConfigs",
          logs.map(({ id }) => fields("QueryLoggingConfig", { Id: id })),
        ),
      ]),
  },
];

/** What AWS lists of objects that have no name; undefined: the call asks for something else. */
export function listed(
  { operation, body }: { readonly operation: string; readonly body: string },
  objects: readonly CloudObject[],
): string | undefined {
  const listing = listings.find((one) => one.operation.test(operation));
  if (listing === undefined) return undefined;
  const { types, parameter, attribute } = listing;
  const selected =
    parameter === undefined
      ? decodeURIComponent(listing.operation.exec(operation)?.[1] ?? "")
      : new URLSearchParams(body).get(parameter);
  return listing.write(
    objects.filter(({ type, attributes }) => types.includes(type) && attributes[attribute] === selected),
  );
}

function securityGroupRule({ type, id, attributes }: CloudObject): string {
  const { ip_protocol, from_port, to_port, cidr_ipv4, cidr_ipv6, prefix_list_id } = attributes;
  const { referenced_security_group_id: group } = attributes;
  return fields("item", {
    securityGroupRuleId: id,
    isEgress: type === "aws_vpc_security_group_egress_rule",
    ipProtocol: ip_protocol,
    fromPort: from_port ?? -1,
    toPort: to_port ?? -1,
    cidrIpv4: cidr_ipv4,
    cidrIpv6: cidr_ipv6,
    prefixListId: prefix_list_id,
    ...(typeof group === "string" ? { referencedGroupInfo: xml("groupId", [group]) } : {}),
  });
}

function result(
  [operation, list]: readonly [operation: string, list: string],
  values: readonly Readonly<Record<string, unknown>>[],
): string {
  const members = values.map((one) => fields("member", one));
  return xml(`${operation}Response`, [xml(`${operation}Result`, [xml(list, members)])]);
}

/** An element with an element for each value that is set. */
function fields(name: string, values: Readonly<Record<string, unknown>>): string {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return xml(
    name,
    set.map(([key, value]) => xml(key, [typeof value === "string" ? value : JSON.stringify(value)])),
  );
}

function xml(name: string, contents: readonly string[]): string {
  return `<${name}>${contents.join("")}</${name}>`;
}
