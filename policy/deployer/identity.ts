import { actions, type RightsByType } from "../../lib/layer/rights";

const role = "iam::{account}:role/{role}";
const secret = "secretsmanager:{region}:{account}:secret:{name}*";
const parameter = "ssm:{region}:{account}:parameter/{name}";

/** Rights for roles, keys, secrets and parameters. */
export const identityRights: RightsByType = {
  aws_iam_instance_profile: {
    resources: ["iam::{account}:instance-profile/{name}"],
    actions: actions(
      "iam",
      `AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile
      RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile`,
    ),
    passRole: { service: "ec2", roles: ["role"] },
  },
  aws_iam_openid_connect_provider: {
    resources: ["iam::{account}:oidc-provider/*"],
    actions: actions(
      "iam",
      `AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider
      GetOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider
      UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
    ),
  },
  aws_iam_policy: {
    resources: ["iam::{account}:policy/{name}"],
    actions: actions(
      "iam",
      `CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion
      ListPolicyVersions TagPolicy UntagPolicy`,
    ),
  },
  aws_iam_role: {
    resources: ["iam::{account}:role/{name}"],
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
    actions: actions("iam", "AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies"),
  },
  aws_kms_alias: {
    resources: ["kms:{region}:{account}:{name}", "kms:{region}:{account}:key/*"],
    actions: actions("kms", "CreateAlias DeleteAlias UpdateAlias"),
    actionsOnAnyResource: actions("kms", "ListAliases"),
  },
  aws_kms_key: {
    resources: ["kms:{region}:{account}:key/*"],
    actions: actions(
      "kms",
      `DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags
      PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription`,
    ),
    actionsOnAnyResource: actions("kms", "CreateKey"),
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
    resources: [secret],
    actions: actions("secretsmanager", "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy"),
  },
  aws_secretsmanager_secret_rotation: {
    resources: [secret],
    actions: actions("secretsmanager", "CancelRotateSecret DescribeSecret RotateSecret"),
  },
  aws_secretsmanager_secret_version: {
    resources: [secret],
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
