// The models alone: through an index of the SDK, the compiler would read every operation of the service, which doubles
// the time and the memory of a check of types.
import type * as acm from "@aws-sdk/client-acm/dist-types/models/models_0";
import type * as backup from "@aws-sdk/client-backup/dist-types/models/models_0";
import type * as cloudtrail from "@aws-sdk/client-cloudtrail/dist-types/models/models_0";
import type * as ecr from "@aws-sdk/client-ecr/dist-types/models/models_0";
import type * as efs from "@aws-sdk/client-efs/dist-types/models/models_0";
import type * as eks from "@aws-sdk/client-eks/dist-types/models/models_0";
import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2/dist-types/models/models_0";
import type * as guardduty from "@aws-sdk/client-guardduty/dist-types/models/models_1";
import type * as iam from "@aws-sdk/client-iam/dist-types/models/models_0";
import type * as lambda from "@aws-sdk/client-lambda/dist-types/models/models_0";
import type * as rds from "@aws-sdk/client-rds/dist-types/models/models_0";
import type * as rdsChanges from "@aws-sdk/client-rds/dist-types/models/models_1";
import type * as tagging from "@aws-sdk/client-resource-groups-tagging-api/dist-types/models/models_0";
import type * as route53 from "@aws-sdk/client-route-53/dist-types/models/models_0";
import type * as s3Control from "@aws-sdk/client-s3-control/dist-types/models/models_0";
import type * as secretsManager from "@aws-sdk/client-secrets-manager/dist-types/models/models_0";
import type * as securityHub from "@aws-sdk/client-securityhub/dist-types/models/models_2";
import type * as serviceQuotas from "@aws-sdk/client-service-quotas/dist-types/models/models_0";
import type * as sts from "@aws-sdk/client-sts/dist-types/models/models_0";
import type { Operation } from "./aws-operation";
import type { Ec2Operations } from "./ec2-operations";
import type { S3Operations } from "./s3-operations";

export type { Operation };

/**
 * Every operation of the AWS API that the product calls, by the name of its SDK client (`@aws-sdk/client-<name>`) and its own;
 * one more is one line, with the types that its command in the SDK extends.
 */
export interface AwsOperations {
  readonly acm: {
    readonly DescribeCertificate: Operation<acm.DescribeCertificateRequest, acm.DescribeCertificateResponse>;
    readonly GetCertificate: Operation<acm.GetCertificateRequest, acm.GetCertificateResponse>;
  };
  readonly backup: {
    readonly DescribeRestoreJob: Operation<backup.DescribeRestoreJobInput, backup.DescribeRestoreJobOutput>;
    readonly GetRecoveryPointRestoreMetadata: Operation<
      backup.GetRecoveryPointRestoreMetadataInput,
      backup.GetRecoveryPointRestoreMetadataOutput
    >;
    readonly ListBackupSelections: Operation<
      backup.ListBackupSelectionsInput,
      backup.ListBackupSelectionsOutput
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
  readonly ec2: Ec2Operations;
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
    readonly DescribeAccessPoints: Operation<
      efs.DescribeAccessPointsRequest,
      efs.DescribeAccessPointsResponse
    >;
    readonly DescribeFileSystems: Operation<efs.DescribeFileSystemsRequest, efs.DescribeFileSystemsResponse>;
    readonly DescribeMountTargets: Operation<
      efs.DescribeMountTargetsRequest,
      efs.DescribeMountTargetsResponse
    >;
  };
  readonly eks: {
    readonly DescribeAddon: Operation<eks.DescribeAddonRequest, eks.DescribeAddonResponse>;
    readonly DescribeCluster: Operation<eks.DescribeClusterRequest, eks.DescribeClusterResponse>;
    readonly DescribeNodegroup: Operation<eks.DescribeNodegroupRequest, eks.DescribeNodegroupResponse>;
    readonly ListPodIdentityAssociations: Operation<
      eks.ListPodIdentityAssociationsRequest,
      eks.ListPodIdentityAssociationsResponse
    >;
  };
  readonly "elastic-load-balancing-v2": {
    readonly DescribeListeners: Operation<elb.DescribeListenersInput, elb.DescribeListenersOutput>;
    readonly DeleteLoadBalancer: Operation<elb.DeleteLoadBalancerInput, elb.DeleteLoadBalancerOutput>;
    readonly DeleteTargetGroup: Operation<elb.DeleteTargetGroupInput, elb.DeleteTargetGroupOutput>;
    readonly DescribeTags: Operation<elb.DescribeTagsInput, elb.DescribeTagsOutput>;
    readonly DescribeTargetGroups: Operation<elb.DescribeTargetGroupsInput, elb.DescribeTargetGroupsOutput>;
    readonly DescribeLoadBalancers: Operation<
      elb.DescribeLoadBalancersInput,
      elb.DescribeLoadBalancersOutput
    >;
    readonly DescribeRules: Operation<elb.DescribeRulesInput, elb.DescribeRulesOutput>;
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
    readonly GetFunction: Operation<lambda.GetFunctionRequest, lambda.GetFunctionResponse>;
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
  readonly "resource-groups-tagging-api": {
    readonly GetResources: Operation<tagging.GetResourcesInput, tagging.GetResourcesOutput>;
  };
  readonly "route-53": {
    readonly GetHostedZone: Operation<route53.GetHostedZoneRequest, route53.GetHostedZoneResponse>;
    readonly ListHostedZones: Operation<route53.ListHostedZonesRequest, route53.ListHostedZonesResponse>;
    readonly ListQueryLoggingConfigs: Operation<
      route53.ListQueryLoggingConfigsRequest,
      route53.ListQueryLoggingConfigsResponse
    >;
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
  readonly "service-quotas": {
    readonly ListServiceQuotas: Operation<
      serviceQuotas.ListServiceQuotasRequest,
      serviceQuotas.ListServiceQuotasResponse
    >;
  };
  readonly sts: {
    readonly GetCallerIdentity: Operation<sts.GetCallerIdentityRequest, sts.GetCallerIdentityResponse>;
  };
}
