import { defineLayer } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { addStateBucket } from "./bucket";
import { Settings } from "./settings";

/** The bucket that stores the Terraform state of every layer, including its own. */
export const s3Backend = defineLayer({
  name: "s3-backend",
  summary: "S3 bucket and KMS key for Terraform state",
  settings: Settings,
  needs: {},
  outputs: {
    bucketName: text("Name of the state bucket"),
    bucketArn: text("ARN of the state bucket", /^arn:/),
  },
  state: "bootstrap",
  build(stack, { settings }) {
    const { bucket, existing, region } = stack.environment.state;
    // Also for an existing bucket: Terraform deletes what an earlier apply created only with the provider that did.
    stack.awsIn(region);
    const bucketArn = existing
      ? stack.arn("s3", bucket, { region: "", account: "" })
      : addStateBucket(stack, settings);
    return { bucketName: bucket, bucketArn };
  },
});
