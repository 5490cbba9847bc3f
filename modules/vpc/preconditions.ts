import type { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Precondition } from "../../lib/layer/layer";
import type { Settings } from "./settings";

/** The network that must exist before the layer is applied. */
export function requiredNetwork({
  settings: { cidr, network },
}: {
  readonly environment: Environment;
  readonly settings: z.output<typeof Settings>;
}): readonly Precondition[] {
  if (network.source === "new") return [];
  const { vpcId: vpc_id, zones } = network;
  const subnet = (id: string, availability_zone: string) => ({
    type: "aws_subnet",
    attributes: { id, vpc_id, availability_zone },
  });
  return [
    { type: "aws_vpc", attributes: { id: vpc_id, cidr_block: cidr } },
    ...Object.entries(zones).flatMap(([zone, found]) => {
      const subnets = [found.privateSubnetId, found.publicSubnetId, found.loadBalancerSubnetId];
      return [...new Set(subnets)].flatMap((subnetId) =>
        subnetId === undefined ? [] : [subnet(subnetId, zone)],
      );
    }),
    ...[...new Set(Object.values(zones).map(({ privateRouteTableId }) => privateRouteTableId))].map(
      (tableId) => ({ type: "aws_route_table", attributes: { id: tableId, vpc_id } }),
    ),
  ];
}
