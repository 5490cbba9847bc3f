import type * as ec2Zones from "@aws-sdk/client-ec2/dist-types/models/models_3";
import type * as ec2Offerings from "@aws-sdk/client-ec2/dist-types/models/models_4";
import type * as ec2Networks from "@aws-sdk/client-ec2/dist-types/models/models_5";
import type * as ec2Defaults from "@aws-sdk/client-ec2/dist-types/models/models_6";
import type * as ec2Rules from "@aws-sdk/client-ec2/dist-types/models/models_8";
import type { Operation } from "./aws-operation";

/** Every operation of EC2 that the product calls. */
export interface Ec2Operations {
  // Its answer is empty.
  readonly DeleteNetworkInterface: Operation<ec2Zones.DeleteNetworkInterfaceRequest, object>;
  readonly DeleteSecurityGroup: Operation<
    ec2Zones.DeleteSecurityGroupRequest,
    ec2Zones.DeleteSecurityGroupResult
  >;
  // Its answer is empty.
  readonly DeleteSnapshot: Operation<ec2Zones.DeleteSnapshotRequest, object>;
  // Its answer is empty.
  readonly DeleteVolume: Operation<ec2Zones.DeleteVolumeRequest, object>;
  readonly DeleteVpcEndpoints: Operation<
    ec2Zones.DeleteVpcEndpointsRequest,
    ec2Zones.DeleteVpcEndpointsResult
  >;
  readonly DescribeAddresses: Operation<ec2Zones.DescribeAddressesRequest, ec2Zones.DescribeAddressesResult>;
  readonly DescribeAvailabilityZones: Operation<
    ec2Zones.DescribeAvailabilityZonesRequest,
    ec2Zones.DescribeAvailabilityZonesResult
  >;
  readonly DescribeInstances: Operation<
    ec2Offerings.DescribeInstancesRequest,
    ec2Offerings.DescribeInstancesResult
  >;
  readonly DescribeInstanceTypeOfferings: Operation<
    ec2Offerings.DescribeInstanceTypeOfferingsRequest,
    ec2Offerings.DescribeInstanceTypeOfferingsResult
  >;
  readonly DescribeNatGateways: Operation<
    ec2Offerings.DescribeNatGatewaysRequest,
    ec2Offerings.DescribeNatGatewaysResult
  >;
  readonly DescribeNetworkInterfaces: Operation<
    ec2Offerings.DescribeNetworkInterfacesRequest,
    ec2Offerings.DescribeNetworkInterfacesResult
  >;
  readonly DescribeSecurityGroups: Operation<
    ec2Networks.DescribeSecurityGroupsRequest,
    ec2Networks.DescribeSecurityGroupsResult
  >;
  readonly DescribeSecurityGroupRules: Operation<
    ec2Networks.DescribeSecurityGroupRulesRequest,
    ec2Networks.DescribeSecurityGroupRulesResult
  >;
  readonly DescribeSnapshots: Operation<
    ec2Networks.DescribeSnapshotsRequest,
    ec2Networks.DescribeSnapshotsResult
  >;
  readonly DescribeVolumes: Operation<ec2Networks.DescribeVolumesRequest, ec2Networks.DescribeVolumesResult>;
  readonly DescribeVpcEndpoints: Operation<
    ec2Networks.DescribeVpcEndpointsRequest,
    ec2Networks.DescribeVpcEndpointsResult
  >;
  readonly DescribeSubnets: Operation<ec2Networks.DescribeSubnetsRequest, ec2Networks.DescribeSubnetsResult>;
  readonly DescribeVpcs: Operation<ec2Networks.DescribeVpcsRequest, ec2Networks.DescribeVpcsResult>;
  readonly DescribeVpcEndpointServices: Operation<
    ec2Networks.DescribeVpcEndpointServicesRequest,
    ec2Networks.DescribeVpcEndpointServicesResult
  >;
  readonly GetEbsEncryptionByDefault: Operation<
    ec2Defaults.GetEbsEncryptionByDefaultRequest,
    ec2Defaults.GetEbsEncryptionByDefaultResult
  >;
  readonly RevokeSecurityGroupEgress: Operation<
    ec2Rules.RevokeSecurityGroupEgressRequest,
    ec2Rules.RevokeSecurityGroupEgressResult
  >;
  readonly RevokeSecurityGroupIngress: Operation<
    ec2Rules.RevokeSecurityGroupIngressRequest,
    ec2Rules.RevokeSecurityGroupIngressResult
  >;
}
