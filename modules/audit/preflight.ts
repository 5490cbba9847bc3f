import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { type Preflight, preflight } from "../../lib/layer/preflight";

/**
 * An environment of the same name in another region of the account has the same IAM roles and buckets, whose names are not
 * regional. The platform's charts fix the names of some roles, so that regional names for the others would change nothing.
 */
export function namesakeCheck({ name, account, region }: Environment): Preflight {
  // Every environment has this one; others whose names begin in the same way may be anybody's.
  const own = physicalName(name, "s3Bucket", `${account}-access-logs`);
  // Only an answer in pages says where each bucket is: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
  const list = awsCall("s3", "ListBuckets", { Prefix: own, MaxBuckets: 1000 });
  return preflight({
    about: "an environment of the same name in another region",
    call: allPages(list, "Buckets"),
    actions: ["s3:ListAllMyBuckets"],
    verdict: ({ Buckets }) => {
      const { BucketRegion: other = region } =
        sent(Buckets, "Buckets").find(({ Name }) => Name === own) ?? {};
      if (other === region) return undefined;
      return {
        reason: `the account has an environment "${name}" in ${other} already, with the bucket "${own}": IAM roles and buckets of both would have the same names`,
        cure: `Choose another "name" in the environment file, or destroy the environment in ${other}`,
      };
    },
  });
}
