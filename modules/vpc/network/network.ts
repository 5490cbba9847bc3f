/** A new or existing network. */
export interface Network {
  readonly vpcId: string;
  /** All IPv4 ranges of the VPC. */
  readonly cidrs: readonly string[];
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
  /** Empty in an existing network. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  readonly natPublicIps: Readonly<Record<string, string>>;
}
