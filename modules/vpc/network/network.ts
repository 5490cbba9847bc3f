/** A network as the parts in it need to know it, whoever made it. */
export interface Network {
  readonly vpcId: string;
  /** Every IPv4 range of the VPC. */
  readonly cidrs: readonly string[];
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
  readonly natPublicIps: Readonly<Record<string, string>>;
}
