/** An answer to a call that neither S3 nor STS gets. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Questions about objects that no layer creates, which the account has none of: what GuardDuty adds to a network, what pods
 * and services leave behind. Every other call is refused, as of an operator without the right.
 */
const nothingFound = new Set([
  "DescribeVpcEndpoints",
  "DescribeSecurityGroups",
  "DescribeNetworkInterfaces",
  "DescribeSnapshots",
  "DescribeVolumes",
  "DescribeDBClusterSnapshots",
  "DescribeDBClusters",
  "DescribeRepositories",
  "/2015-02-01/file-systems",
]);

/** Answers a call of the AWS API by its name, or by its path. */
export function answerAws(operation: string, form: "xml" | "json"): Answer {
  if (nothingFound.has(operation))
    return { status: 200, body: form === "xml" ? `<${operation}Response/>` : "{}" };
  const message = `the simulated account does not know ${operation}`;
  const error = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  const json = JSON.stringify({ __type: "AccessDeniedException", message });
  return { status: 403, body: form === "xml" ? `<Response><Errors>${error}</Errors></Response>` : json };
}
