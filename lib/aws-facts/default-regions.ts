/**
 * Regions that every account has; any other of the partition `aws` must be enabled first, and until then refuses valid
 * credentials: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html,
 * https://repost.aws/knowledge-center/iam-validate-access-credentials
 */
const enabledByDefault: ReadonlySet<string> = new Set([
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
]);

/** Whether an account must enable a region before it can use it. */
export function mustBeEnabled(region: string): boolean {
  return !/^(cn|us-gov)-/.test(region) && !enabledByDefault.has(region);
}
