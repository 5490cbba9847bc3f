import { policyDocument } from "../../lib/policy";

/** A bucket policy that refuses every request without TLS 1.2 or newer. */
export function tlsOnly(bucketArn: string): string {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
  } as const;
  return policyDocument([
    { Sid: "DenyInsecureTransport", ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "DenyOldTls", ...deny, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ]);
}
