import { each } from "../../checks";
import type { Rule } from "../../rule";
import { policiesIn } from "../../statements";

export const bucketTls: Rule = {
  id: "bucket-tls",
  title: "Every bucket refuses requests without TLS 1.2",
  publicIds: ["S3.5"],
  reason: "Data and signatures would cross the network readable",
  fix: "Deny s3:* in the bucket's policy when aws:SecureTransport is false and when s3:TlsVersion is below 1.2",
  check: each(["aws_s3_bucket"], (bucket, document) => {
    const policies = document.referring(bucket, "aws_s3_bucket_policy", "bucket");
    const denials = policiesIn(document, "resource")
      .filter(({ resource }) => policies.includes(resource))
      .flatMap(({ statements = [] }) => statements.filter(({ allows }) => !allows));
    const keys = denials.flatMap(({ conditionKeys }) => conditionKeys);
    return keys.includes("aws:securetransport") && keys.includes("s3:tlsversion")
      ? undefined
      : "it answers requests without TLS 1.2";
  }),
};
