/**
 * Actions whose answer contains credentials, except ecr:GetAuthorizationToken, which every node needs, by
 * https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py
 */
export const credentialActions: readonly string[] = [
  ...["CreateCliToken", "CreateWebLoginToken"].map((action) => `airflow:${action}`),
  "appsync:CreateApiKey",
  "chime:CreateApiKey",
  "cloud9:CreateEnvironmentToken",
  "codeartifact:GetAuthorizationToken",
  "codepipeline:PollForJobs",
  ...["GetCredentialsForIdentity", "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity"].map(
    (action) => `cognito-identity:${action}`,
  ),
  "cognito-idp:GetSigningCertificate",
  ...["GetFederationToken", "GetFederationTokens"].map((action) => `connect:${action}`),
  "ec2:GetPasswordData",
  "ecr-public:GetAuthorizationToken",
  "emr-containers:GetManagedEndpointSessionCredentials",
  "finspace-api:GetProgrammaticAccessCredentials",
  ...["GetComputeAccess", "GetComputeAuthToken", "GetInstanceAccess", "RequestUploadCredentials"].map(
    (action) => `gamelift:${action}`,
  ),
  "grafana:CreateWorkspaceApiKey",
  ...["CreateAccessKey", "CreateLoginProfile", "CreateServiceSpecificCredential", "UpdateLoginProfile"].map(
    (action) => `iam:${action}`,
  ),
  ...["ResetServiceSpecificCredential", "UpdateAccessKey"].map((action) => `iam:${action}`),
  "license-manager:GetAccessToken",
  ...["CreateBucketAccessKey", "DownloadDefaultKeyPair", "GetInstanceAccessDetails"].map(
    (action) => `lightsail:${action}`,
  ),
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  ...["RotateChannelCredentials", "RotateIngestEndpointCredentials"].map(
    (action) => `mediapackage:${action}`,
  ),
  "rds-db:connect",
  "redshift-serverless:GetCredentials",
  ...["GetClusterCredentials", "GetClusterCredentialsWithIAM"].map((action) => `redshift:${action}`),
  "sso:GetRoleCredentials",
  ...["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"].map((action) => `sts:${action}`),
  ...["GetFederationToken", "GetSessionToken"].map((action) => `sts:${action}`),
];

/** Actions by which a principal extends its own permissions, by the same list; the rule "pass-role" is about the others. */
export const escalations: readonly string[] = [
  ...["Group", "Role", "User"].flatMap((holder) => [`iam:Attach${holder}Policy`, `iam:Put${holder}Policy`]),
  "glue:UpdateDevEndpoint",
  "iam:AddUserToGroup",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionCode",
];
