import type { Cases, Resources } from "../case";
import { policyOf, roleTrusting } from "../resources";

/** A role that these subjects of an identity provider may assume. */
function podsAs(...subjects: readonly string[]): Resources {
  const statements = subjects.map((subject) => ({
    Effect: "Allow",
    Principal: { Federated: "${aws_iam_openid_connect_provider.own.arn}" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringLike: { "oidc:sub": subject }, StringEquals: { "oidc:aud": "sts.amazonaws.com" } },
  }));
  return { aws_iam_role: { role: { assume_role_policy: policyOf(...statements) } } };
}

export const iamTrustCases = {
  "source-keys": {
    passing: roleTrusting({
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
    violating: roleTrusting({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
  },
  "trust-conditions": {
    passing: roleTrusting({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
    violating: [
      roleTrusting({ Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" }),
      roleTrusting({
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringNotEquals: { "aws:SourceAccount": "444455556666" } },
      }),
      ...[
        { StringLike: { "aws:SourceAccount": "?*" } },
        { StringLike: { "aws:SourceAccount": "*:*" } },
        { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:*" } },
        { Bool: { "aws:SecureTransport": "true" } },
        { StringEquals: { "aws:RequestedRegion": "us-west-2" } },
      ].map((Condition) =>
        roleTrusting({ Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole", Condition }),
      ),
      roleTrusting({
        Principal: { AWS: "arn:aws:iam::*:role/x" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "own" } },
      }),
    ],
  },
  "trust-accounts": {
    passing: roleTrusting({
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/own" } },
    }),
    violating: ["111122223333", "arn:aws-cn:iam::111122223333:root"].map((AWS) =>
      roleTrusting({
        Principal: { AWS },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
    ),
  },
  "trust-subjects": {
    passing: podsAs(
      "system:serviceaccount:a:b-*",
      "repo:example/app:ref:refs/heads/main",
      "repo:example@1/app@2:ref:refs/tags/v*",
      "project_path:example/group/app:ref_type:tag:ref:v*",
    ),
    violating: [
      "repo:example/app:*",
      "repo:example/*:ref:refs/heads/main",
      "repo:example/app*:ref:refs/tags/v*",
      "repo:example/app:ref:refs/heads/release*",
      "repo:example/app:ref:refs/heads/main?",
      "repo:example/app:ref:refs/tags/*",
      "repo:example/app:environment:*",
      "project_path:example/app:ref_type:branch:ref:v*",
      "project_path:example/app:ref_type:*:ref:main",
      "organization:example:pipeline:*",
    ].map((subject) => podsAs(subject)),
  },
  "trust-pods": {
    passing: podsAs(
      "system:serviceaccount:a:b",
      "system:serviceaccount:a:b-*",
      "repo:example/infrastructure:ref:refs/heads/main",
      "repo:example/infrastructure:*",
    ),
    violating: [
      roleTrusting({
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      }),
      ...["?*", "*:*", "system:*", "system:serviceaccount:*:*", "system:serviceaccount:*:b", "repo:*"].map(
        (subject) => podsAs(subject),
      ),
    ],
  },
} satisfies Cases;
