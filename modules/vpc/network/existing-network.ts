import type { ExistingNetwork } from "./settings";
import type { Network } from "./network";

/** An existing network, as the settings describe it. */
export function existingNetwork({ vpcId, zones }: ExistingNetwork, cidrs: readonly string[]): Network {
  const each = (read: (zone: ExistingNetwork["zones"][string]) => string | undefined) =>
    Object.fromEntries(
      Object.entries(zones).flatMap(([name, zone]) => {
        const value = read(zone);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  return {
    vpcId,
    cidrs,
    publicSubnetIds: each(({ publicSubnetId }) => publicSubnetId),
    privateSubnetIds: each(({ privateSubnetId }) => privateSubnetId),
    privateRouteTableIds: each(({ privateRouteTableId }) => privateRouteTableId),
    natGatewayIds: {},
    natPublicIps: each(({ natPublicIp }) => natPublicIp),
  };
}
