import { actions, type RightsByType } from "../../lib/layer/rights";

const role = "iam::{account}:role/{role}";
const secret = "secretsmanager:{region}:{account}:secret:{name}*";
const parameter = "ssm:{region}:{account}:parameter/{name}";

/** Rights for roles, keys, secrets and parameters. */
export const identityRights: RightsByType = {
  aws_iam_instance_profile: {
    on: ["iam::{account}:instance-profile/{name}"],
    actions: actions(
      "iam",
      `AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile
      RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile`,
    ),
    passes: { to: "ec2", roles: ["role"] },
  },
  aws_iam_openid_connect_provider: {
    on: ["iam::{account}:oidc-provider/*"],
    actions: actions(
      "iam",
      `AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider
      GetOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider
      UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
    ),
  },
  aws_iam_policy: {
    on: ["iam::{account}:policy/{name}"],
    actions: actions(
      "iam",
      `CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion
      ListPolicyVersions TagPolicy UntagPolicy`,
    ),
  },
  aws_iam_role: {
    on: ["iam::{account}:role/{name}"],
    actions: actions(
      "iam",
      `CreateRole DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies TagRole
      UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription`,
    ),
  },
  aws_iam_role_policy: {
    on: [role],
    actions: actions("iam", "DeleteRolePolicy GetRolePolicy PutRolePolicy"),
  },
  aws_iam_role_policy_attachment: {
    on: [role],
    actions: actions("iam", "AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies"),
  },
  aws_kms_alias: {
    on: ["kms:{region}:{account}:{name}", "kms:{region}:{account}:key/*"],
    actions: actions("kms", "CreateAlias DeleteAlias UpdateAlias"),
    anywhere: actions("kms", "ListAliases"),
  },
  aws_kms_key: {
    on: ["kms:{region}:{account}:key/*"],
    actions: actions(
      "kms",
      `CancelKeyDeletion DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags
      PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription`,
    ),
    anywhere: actions("kms", "CreateKey"),
  },
  aws_secretsmanager_secret: {
    on: [secret],
    actions: actions(
      "secretsmanager",
      `CreateSecret DeleteSecret DescribeSecret GetResourcePolicy RestoreSecret TagResource UntagResource
      UpdateSecret`,
    ),
  },
  aws_secretsmanager_secret_policy: {
    on: [secret],
    actions: actions("secretsmanager", "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy"),
  },
  aws_secretsmanager_secret_rotation: {
    on: [secret],
    actions: actions("secretsmanager", "CancelRotateSecret DescribeSecret RotateSecret"),
  },
  aws_secretsmanager_secret_version: {
    on: [secret],
    actions: actions(
      "secretsmanager",
      "DescribeSecret GetSecretValue ListSecretVersionIds PutSecretValue UpdateSecretVersionStage",
    ),
  },
  aws_ssm_document: {
    on: ["ssm:{region}:{account}:document/{name}"],
    actions: actions(
      "ssm",
      `AddTagsToResource CreateDocument DeleteDocument DescribeDocument DescribeDocumentPermission GetDocument
      ListTagsForResource ModifyDocumentPermission RemoveTagsFromResource UpdateDocument
      UpdateDocumentDefaultVersion`,
    ),
  },
  aws_ssm_parameter: {
    on: [parameter],
    actions: actions(
      "ssm",
      `AddTagsToResource DeleteParameter GetParameter GetParameters ListTagsForResource PutParameter
      RemoveTagsFromResource`,
    ),
    anywhere: actions("ssm", "DescribeParameters"),
  },
};
