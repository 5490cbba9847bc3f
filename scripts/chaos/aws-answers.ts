import type { CloudObject } from "../../rehearsal/engine/cloud";
import { listed } from "./listed";
import { type Mapping, taggedArns } from "./tagged";

/** A call that neither S3 nor STS gets. */
export interface Call {
  /** Its name; its path if it has none. */
  readonly operation: string;
  readonly form: "xml" | "json";
  readonly body: string;
}

/** An answer to it. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Questions about objects that no layer creates, which the account has none of: what GuardDuty adds to a network, what pods
 * and services leave behind.
 */
const nothingFound = new Set([
  "DescribeSecurityGroups",
  "DescribeNetworkInterfaces",
  "DescribeSnapshots",
  "DescribeVolumes",
  "DescribeDBClusterSnapshots",
  "DescribeDBClusters",
  "DescribeRepositories",
  "/2015-02-01/file-systems",
]);

/** What EC2 says of objects by their ids: where it lists them, and what they are. */
const described: Readonly<Record<string, readonly [parameter: string, set: string, type: string]>> = {
  DescribeNatGateways: ["NatGatewayId", "natGatewaySet", "aws_nat_gateway"],
  DescribeVpcEndpoints: ["VpcEndpointId", "vpcEndpointSet", "aws_vpc_endpoint"],
};

/** Answers for the account with these objects; what it does not know is denied, as to an operator without the right. */
export function answerAws(call: Call, objects: () => readonly CloudObject[]): Answer {
  const { operation, form, body } = call;
  if (operation === "GetResources") {
    // As the AWS SDK sends it.
    const { TagFilters = [] } = JSON.parse(body) as { TagFilters?: readonly Mapping[] };
    return {
      status: 200,
      body: JSON.stringify({ ResourceTagMappingList: taggedArns(objects(), TagFilters) }),
    };
  }
  const list = listed(call, objects());
  if (list !== undefined) return { status: 200, body: list };
  if (described[operation] !== undefined) return { status: 200, body: describe(call, objects()) };
  if (nothingFound.has(operation))
    return { status: 200, body: form === "xml" ? `<${operation}Response/>` : "{}" };
  const message = `the simulated account does not know ${operation}`;
  const error = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  const json = JSON.stringify({ __type: "AccessDeniedException", message });
  return { status: 403, body: form === "xml" ? `<Response><Errors>${error}</Errors></Response>` : json };
}

/** Everything that exists is available. */
function describe({ operation, body }: Call, objects: readonly CloudObject[]): string {
  const [parameter = "", set = "", type = ""] = described[operation] ?? [];
  const asked = [...new URLSearchParams(body)].flatMap(([name, id]) =>
    name.startsWith(`${parameter}.`) ? [id] : [],
  );
  const items = objects
    .filter((object) => object.type === type && asked.includes(object.id))
    .map(({ id }) => `<item><id>${id}</id><state>available</state></item>`);
  return `<${operation}Response><${set}>${items.join("")}</${set}></${operation}Response>`;
}
