import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../lib/layer/preflight";

/**
 * An environment of the same name in another region of the account has the same IAM roles and buckets, whose names are not
 * regional. The platform's charts fix the names of some roles, so that regional names for the others would change nothing.
 */
export function namesakeCheck({ name, account, region, state }: Environment): Preflight {
  // Only an answer in pages says where each bucket is: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
  const list = awsCall("s3", "ListBuckets", { Prefix: `${name}-${account}-`, MaxBuckets: 1000 });
  return preflight({
    about: "an environment of the same name in another region",
    call: allPages(list, "Buckets"),
    actions: ["s3:ListAllMyBuckets"],
    verdict: ({ Buckets }) => {
      // Only the bucket for states may be elsewhere.
      const other = sent(Buckets, "Buckets").find(
        ({ Name, BucketRegion = region }) => BucketRegion !== region && Name !== state.bucket,
      );
      if (other === undefined) return undefined;
      return {
        reason: `the account has an environment "${name}" in ${other.BucketRegion ?? ""} already, e.g. with the bucket "${other.Name ?? ""}": IAM roles and buckets of both would have the same names`,
        cure: `Choose another "name" in the environment file, or destroy the environment in ${other.BucketRegion ?? ""}`,
      };
    },
  });
}
