import { each } from "../../checks";
import type { Rule } from "../../rule";

export const accountPublicAccess: Rule = {
  id: "account-public-access",
  title: "Where the account blocks public buckets, it blocks all of them",
  publicIds: ["S3.1"],
  reason: "It is the net under every bucket that is made outside this repository",
  fix: "Set all four arguments of aws_s3_account_public_access_block to true",
  check: each(["aws_s3_account_public_access_block"], (block) =>
    fences.every((fence) => block.is(fence, true)) ? undefined : "it leaves a way to make buckets public",
  ),
};

const fences = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];
