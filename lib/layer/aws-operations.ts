// The models alone: through an index of the SDK, the compiler would read every operation of the service, which doubles
// the time and the memory of a check of types.
import type * as acm from "@aws-sdk/client-acm/dist-types/models/models_0";
import type * as backup from "@aws-sdk/client-backup/dist-types/models/models_0";
import type * as cloudtrail from "@aws-sdk/client-cloudtrail/dist-types/models/models_0";
import type * as ec2Zones from "@aws-sdk/client-ec2/dist-types/models/models_3";
import type * as ec2Offerings from "@aws-sdk/client-ec2/dist-types/models/models_4";
import type * as ec2Networks from "@aws-sdk/client-ec2/dist-types/models/models_5";
import type * as ec2Defaults from "@aws-sdk/client-ec2/dist-types/models/models_6";
import type * as ecr from "@aws-sdk/client-ecr/dist-types/models/models_0";
import type * as efs from "@aws-sdk/client-efs/dist-types/models/models_0";
import type * as guardduty from "@aws-sdk/client-guardduty/dist-types/models/models_1";
import type * as iam from "@aws-sdk/client-iam/dist-types/models/models_0";
import type * as lambda from "@aws-sdk/client-lambda/dist-types/models/models_0";
import type * as rds from "@aws-sdk/client-rds/dist-types/models/models_0";
import type * as rdsChanges from "@aws-sdk/client-rds/dist-types/models/models_1";
import type * as route53 from "@aws-sdk/client-route-53/dist-types/models/models_0";
import type * as s3Control from "@aws-sdk/client-s3-control/dist-types/models/models_0";
import type * as secretsManager from "@aws-sdk/client-secrets-manager/dist-types/models/models_0";
import type * as securityHub from "@aws-sdk/client-securityhub/dist-types/models/models_2";
import type * as sts from "@aws-sdk/client-sts/dist-types/models/models_0";
import type { Operation } from "./aws-operation";
import type { S3Operations } from "./s3-operations";

export type { Operation };

/**
 * Every operation of the AWS API that the product calls, by the name of its SDK client (`@aws-sdk/client-<name>`) and its own;
 * one more is one line, with the types that its command in the SDK extends.
 */
export interface AwsOperations {
  readonly acm: {
    readonly GetCertificate: Operation<acm.GetCertificateRequest, acm.GetCertificateResponse>;
  };
  readonly backup: {
    readonly DescribeRestoreJob: Operation<backup.DescribeRestoreJobInput, backup.DescribeRestoreJobOutput>;
    readonly GetRecoveryPointRestoreMetadata: Operation<
      backup.GetRecoveryPointRestoreMetadataInput,
      backup.GetRecoveryPointRestoreMetadataOutput
    >;
    readonly ListBackupVaults: Operation<backup.ListBackupVaultsInput, backup.ListBackupVaultsOutput>;
    readonly ListRecoveryPointsByResource: Operation<
      backup.ListRecoveryPointsByResourceInput,
      backup.ListRecoveryPointsByResourceOutput
    >;
    readonly StartRestoreJob: Operation<backup.StartRestoreJobInput, backup.StartRestoreJobOutput>;
  };
  readonly cloudtrail: {
    readonly DescribeTrails: Operation<cloudtrail.DescribeTrailsRequest, cloudtrail.DescribeTrailsResponse>;
  };
  readonly ec2: {
    // Its answer is empty.
    readonly DeleteNetworkInterface: Operation<ec2Zones.DeleteNetworkInterfaceRequest, object>;
    readonly DeleteSecurityGroup: Operation<
      ec2Zones.DeleteSecurityGroupRequest,
      ec2Zones.DeleteSecurityGroupResult
    >;
    readonly DeleteVpcEndpoints: Operation<
      ec2Zones.DeleteVpcEndpointsRequest,
      ec2Zones.DeleteVpcEndpointsResult
    >;
    readonly DescribeAvailabilityZones: Operation<
      ec2Zones.DescribeAvailabilityZonesRequest,
      ec2Zones.DescribeAvailabilityZonesResult
    >;
    readonly DescribeInstanceTypeOfferings: Operation<
      ec2Offerings.DescribeInstanceTypeOfferingsRequest,
      ec2Offerings.DescribeInstanceTypeOfferingsResult
    >;
    readonly DescribeNetworkInterfaces: Operation<
      ec2Offerings.DescribeNetworkInterfacesRequest,
      ec2Offerings.DescribeNetworkInterfacesResult
    >;
    readonly DescribeSecurityGroups: Operation<
      ec2Networks.DescribeSecurityGroupsRequest,
      ec2Networks.DescribeSecurityGroupsResult
    >;
    readonly DescribeSnapshots: Operation<
      ec2Networks.DescribeSnapshotsRequest,
      ec2Networks.DescribeSnapshotsResult
    >;
    readonly DescribeVolumes: Operation<
      ec2Networks.DescribeVolumesRequest,
      ec2Networks.DescribeVolumesResult
    >;
    readonly DescribeVpcEndpoints: Operation<
      ec2Networks.DescribeVpcEndpointsRequest,
      ec2Networks.DescribeVpcEndpointsResult
    >;
    readonly DescribeSubnets: Operation<
      ec2Networks.DescribeSubnetsRequest,
      ec2Networks.DescribeSubnetsResult
    >;
    readonly DescribeVpcs: Operation<ec2Networks.DescribeVpcsRequest, ec2Networks.DescribeVpcsResult>;
    readonly DescribeVpcEndpointServices: Operation<
      ec2Networks.DescribeVpcEndpointServicesRequest,
      ec2Networks.DescribeVpcEndpointServicesResult
    >;
    readonly GetEbsEncryptionByDefault: Operation<
      ec2Defaults.GetEbsEncryptionByDefaultRequest,
      ec2Defaults.GetEbsEncryptionByDefaultResult
    >;
  };
  readonly ecr: {
    readonly DescribeRepositories: Operation<
      ecr.DescribeRepositoriesRequest,
      ecr.DescribeRepositoriesResponse
    >;
    readonly GetAuthorizationToken: Operation<
      ecr.GetAuthorizationTokenRequest,
      ecr.GetAuthorizationTokenResponse
    >;
  };
  readonly efs: {
    readonly CreateMountTarget: Operation<efs.CreateMountTargetRequest, efs.MountTargetDescription>;
    readonly DescribeFileSystems: Operation<efs.DescribeFileSystemsRequest, efs.DescribeFileSystemsResponse>;
  };
  readonly guardduty: {
    readonly GetDetector: Operation<guardduty.GetDetectorRequest, guardduty.GetDetectorResponse>;
    readonly ListDetectors: Operation<guardduty.ListDetectorsRequest, guardduty.ListDetectorsResponse>;
  };
  readonly iam: {
    readonly GetOpenIDConnectProvider: Operation<
      iam.GetOpenIDConnectProviderRequest,
      iam.GetOpenIDConnectProviderResponse
    >;
    readonly GetPolicy: Operation<iam.GetPolicyRequest, iam.GetPolicyResponse>;
    readonly GetRole: Operation<iam.GetRoleRequest, iam.GetRoleResponse>;
  };
  readonly lambda: {
    readonly GetAccountSettings: Operation<
      lambda.GetAccountSettingsRequest,
      lambda.GetAccountSettingsResponse
    >;
    readonly GetFunctionConcurrency: Operation<
      lambda.GetFunctionConcurrencyRequest,
      lambda.GetFunctionConcurrencyResponse
    >;
  };
  readonly rds: {
    readonly CreateDBInstance: Operation<rds.CreateDBInstanceMessage, rds.CreateDBInstanceResult>;
    readonly DescribeDBClusters: Operation<rds.DescribeDBClustersMessage, rds.DBClusterMessage>;
    readonly DescribeDBClusterSnapshots: Operation<
      rds.DescribeDBClusterSnapshotsMessage,
      rds.DBClusterSnapshotMessage
    >;
    readonly DescribeDBEngineVersions: Operation<
      rds.DescribeDBEngineVersionsMessage,
      rds.DBEngineVersionMessage
    >;
    readonly DescribeDBInstances: Operation<rds.DescribeDBInstancesMessage, rds.DBInstanceMessage>;
    readonly DescribeOrderableDBInstanceOptions: Operation<
      rds.DescribeOrderableDBInstanceOptionsMessage,
      rds.OrderableDBInstanceOptionsMessage
    >;
    readonly ModifyDBCluster: Operation<rdsChanges.ModifyDBClusterMessage, rdsChanges.ModifyDBClusterResult>;
  };
  readonly "route-53": {
    readonly GetHostedZone: Operation<route53.GetHostedZoneRequest, route53.GetHostedZoneResponse>;
    readonly ListHostedZones: Operation<route53.ListHostedZonesRequest, route53.ListHostedZonesResponse>;
  };
  readonly s3: S3Operations;
  readonly "s3-control": {
    readonly GetPublicAccessBlock: Operation<
      s3Control.GetPublicAccessBlockRequest,
      s3Control.GetPublicAccessBlockOutput
    >;
  };
  readonly "secrets-manager": {
    readonly GetSecretValue: Operation<
      secretsManager.GetSecretValueRequest,
      secretsManager.GetSecretValueResponse
    >;
  };
  readonly securityhub: {
    readonly DescribeHub: Operation<securityHub.DescribeHubRequest, securityHub.DescribeHubResponse>;
  };
  readonly sts: {
    readonly GetCallerIdentity: Operation<sts.GetCallerIdentityRequest, sts.GetCallerIdentityResponse>;
  };
}
