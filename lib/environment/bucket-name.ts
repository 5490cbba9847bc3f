import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";

/**
 * A bucket that is to be created with a name of an account's regional namespace, which needs a parameter of its own:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function accountNamespace({ state }: Pick<Environment, "state">): readonly Problem[] {
  if (!state.bucket.endsWith("-an") || state.existing) return [];
  return [
    {
      path: ["state", "bucket"],
      message: `"${state.bucket}" ends with "-an", as only buckets in the regional namespace of an account do`,
      hint: "Choose another name, or create the bucket yourself and set state.existing to true",
    },
  ];
}
