import { join } from "node:path";
import { serviceHosts } from "./state/addressing";

/**
 * The variables by which Terraform and the AWS SDK reach a simulated account behind a proxy, and nothing of the user's;
 * `directory` is a folder of the account.
 */
export function accountVariables(directory: string, region: string): Readonly<Record<string, string>> {
  const nowhere = join(directory, "no-such-file");
  return {
    // Of the Go runtime: a process that lives for a second needs less garbage collection, a quarter of its time.
    GOGC: "400",
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "REHEARSAL",
    AWS_SECRET_ACCESS_KEY: "rehearsal",
    // A profile of the user's must not decide anything.
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_S3: `http://${serviceHosts.s3}`,
    AWS_ENDPOINT_URL_STS: `http://${serviceHosts.sts}`,
  };
}
