import { actions, type RightsByType } from "../../lib/layer/rights";
import { firstTags, ownTags, tagsInRequest } from "../../lib/layer/tag-conditions";

const role = "iam::{account}:role{path}{role}";
const secret = "secretsmanager:{region}:{account}:secret:{name}*";
const referredSecret = "secretsmanager:{region}:{account}:secret:{secret_id}*";
const parameter = "ssm:{region}:{account}:parameter/{name}";

/** Those of clusters, and of issuers that the environment file names; no others of the account. */
const identityProviders = ["iam::{account}:oidc-provider/{issuer}"];

/** Rights for roles, secrets and parameters. */
export const identityRights: RightsByType = {
  aws_iam_instance_profile: {
    resources: ["iam::{account}:instance-profile{path}{name}"],
    actions: actions(
      "iam",
      `AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile
      RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile`,
    ),
    passRole: { service: "ec2", roles: ["role"] },
  },
  aws_iam_openid_connect_provider: {
    resources: identityProviders,
    actions: actions("iam", "GetOpenIDConnectProvider"),
    actionsOnOtherResources: [
      {
        resources: identityProviders,
        actions: actions(
          "iam",
          `AddClientIDToOpenIDConnectProvider DeleteOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider
          TagOpenIDConnectProvider UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
        ),
        condition: ownTags,
      },
      {
        resources: identityProviders,
        actions: actions("iam", "CreateOpenIDConnectProvider"),
        condition: tagsInRequest,
      },
      {
        resources: identityProviders,
        actions: actions("iam", "TagOpenIDConnectProvider"),
        condition: firstTags,
      },
    ],
  },
  aws_iam_policy: {
    resources: ["iam::{account}:policy{path}{name}"],
    actions: actions(
      "iam",
      `CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion
      ListPolicyVersions TagPolicy UntagPolicy`,
    ),
  },
  aws_iam_role: {
    resources: ["iam::{account}:role{path}{name}"],
    actions: actions(
      "iam",
      `CreateRole DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies TagRole
      UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription`,
    ),
  },
  aws_iam_role_policy: {
    resources: [role],
    actions: actions("iam", "DeleteRolePolicy GetRolePolicy PutRolePolicy"),
  },
  aws_iam_role_policy_attachment: {
    resources: [role],
    // For AttachRolePolicy see `attachAllowances`.
    actions: actions("iam", "DetachRolePolicy ListAttachedRolePolicies"),
  },
  aws_secretsmanager_secret: {
    resources: [secret],
    actions: actions(
      "secretsmanager",
      `CreateSecret DeleteSecret DescribeSecret GetResourcePolicy RestoreSecret TagResource UntagResource
      UpdateSecret`,
    ),
  },
  aws_secretsmanager_secret_policy: {
    resources: [referredSecret],
    actions: actions("secretsmanager", "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy"),
  },
  aws_secretsmanager_secret_rotation: {
    resources: [referredSecret],
    actions: actions("secretsmanager", "CancelRotateSecret DescribeSecret RotateSecret"),
  },
  aws_secretsmanager_secret_version: {
    resources: [referredSecret],
    actions: actions(
      "secretsmanager",
      "DescribeSecret GetSecretValue ListSecretVersionIds PutSecretValue UpdateSecretVersionStage",
    ),
  },
  aws_ssm_document: {
    resources: ["ssm:{region}:{account}:document/{name}"],
    actions: actions(
      "ssm",
      `AddTagsToResource CreateDocument DeleteDocument DescribeDocument DescribeDocumentPermission GetDocument
      ListTagsForResource RemoveTagsFromResource UpdateDocument
      UpdateDocumentDefaultVersion`,
    ),
  },
  aws_ssm_parameter: {
    resources: [parameter],
    actions: actions(
      "ssm",
      `AddTagsToResource DeleteParameter GetParameter GetParameters ListTagsForResource PutParameter
      RemoveTagsFromResource`,
    ),
    actionsOnAnyResource: actions("ssm", "DescribeParameters"),
  },
};
