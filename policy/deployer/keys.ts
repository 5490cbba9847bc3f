import { actions, type RightsByType } from "../../lib/layer/rights";
import { firstTags, ownTags, tagsInRequest } from "../../lib/layer/tag-conditions";

const keys = ["kms:{region}:{account}:key/*"];
const aliasChanges = actions("kms", "CreateAlias DeleteAlias UpdateAlias");

/**
 * Rights for keys. The use of a key is allowed by its aliases, and its administration by its tags; so the deployer may
 * neither give an alias to a key that is not the environment's, nor its tags:
 * https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
 */
export const keyRights: RightsByType = {
  aws_kms_alias: {
    // KMS checks the alias and its key. Aliases have no tags:
    // https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
    resources: ["kms:{region}:{account}:{name}"],
    actions: aliasChanges,
    actionsOnOtherResources: [{ resources: keys, actions: aliasChanges, condition: ownTags }],
    actionsOnAnyResource: actions("kms", "ListAliases"),
  },
  aws_kms_key: {
    resources: keys,
    actions: actions("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
    actionsOnOtherResources: [
      {
        resources: keys,
        actions: actions(
          "kms",
          "PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription",
        ),
        condition: ownTags,
      },
      // The provider calls it at once after the creation. If KMS did not know the tags yet, a denial would taint the key,
      // and every attempt would create another; it opens no key.
      // https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
      {
        resources: keys,
        actions: actions("kms", "EnableKeyRotation"),
        condition: { StringEqualsIfExists: { "aws:ResourceTag/{environmentTag}": "{env}" } },
      },
      // No condition tells the creation of a key from a change of its tags; at its creation, a key has neither tags nor
      // aliases: https://github.com/LeanerCloud/CUDly/issues/1670
      // The permission must not be limited to some keys: https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
      {
        resources: keys,
        actions: actions("kms", "TagResource"),
        condition: { ...firstTags, Null: { ...firstTags["Null"], "kms:ResourceAliases": "true" } },
      },
      { resources: ["*"], actions: actions("kms", "CreateKey"), condition: tagsInRequest },
    ],
  },
};
