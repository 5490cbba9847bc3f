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
    const { bucket, existing } = stack.environment.state;
    const bucketArn = existing
      ? stack.arn("s3", bucket, { region: "", account: "" })
      : addStateBucket(stack, settings);
    return { bucketName: bucket, bucketArn };
  },
});
