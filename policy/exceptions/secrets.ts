import type { Exception } from "../exception";
import type { RuleId } from "../index";

/** Accepted violations of the rules about secrets. */
export const secretExceptions: readonly Exception<RuleId>[] = [
  {
    rule: "secret-rotation",
    layer: "aurora",
    address: "aws_secretsmanager_secret.*-secret",
    reason:
      "Applications read their password at start, so rotation requires a restart; layers.aurora.passwordVersion rotates it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-rotation",
    layer: "platform",
    address: "aws_secretsmanager_secret.*-secret",
    reason:
      "A new password is valid only once the programs that check it have it as well, which takes an apply; layers.platform.passwordVersion rotates it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-rotation",
    layer: "route53",
    address: "aws_secretsmanager_secret.certificate-secret",
    reason: "It contains the operator's certificate, which its authority renews; new files replace it",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-encrypted",
    layer: "registry-cache",
    address: "aws_secretsmanager_secret.*-credentials-secret",
    reason:
      "ECR can read credentials of other registries only if they have the default key of Secrets Manager",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-rotation",
    layer: "registry-cache",
    address: "aws_secretsmanager_secret.*-credentials-secret",
    reason: "AWS cannot rotate credentials of other registries; credentialsVersion replaces them",
    owner: "platform",
    expires: "2027-11-30",
  },
  {
    rule: "secret-rotation",
    layer: "release-service",
    address: "aws_secretsmanager_secret.tokens",
    reason: "It contains hashes of tokens of clients; rotation requires issuing new tokens",
    owner: "platform",
    expires: "2027-11-30",
  },
];
