import type { Condition } from "./rights";

/**
 * What exists carries the tags that every layer sets. Names of environments are common values of `environment`, and IAM
 * compares keys of tags without regard to case, hence the second tag:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag
 */
export const ownTags: Condition = {
  StringEquals: { "aws:ResourceTag/{environmentTag}": "{env}" },
  Null: { "aws:ResourceTag/{layerTag}": "false" },
};

/** A request sets the environment's tag on what it creates. */
export const tagsInRequest: Condition = { StringEquals: { "aws:RequestTag/{environmentTag}": "{env}" } };

/** A request sets the environment's tag, and its resource has no such tag yet, of whatever value. */
export const firstTags: Condition = {
  ...tagsInRequest,
  Null: { "aws:ResourceTag/{environmentTag}": "true" },
};
