import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { Settings as audit } from "../../modules/audit/settings";
import { Settings as backup } from "../../modules/backup/settings";
import { Settings as efs } from "../../modules/efs/settings";
import { Taint } from "../../modules/eks/nodes/labels";
import { Settings as objectStore } from "../../modules/object-store/settings";
import { Settings as registryCache } from "../../modules/registry-cache/settings";
import { Settings as releaseService } from "../../modules/release-service/settings";
import { Settings as route53 } from "../../modules/route53/settings";
import { Settings as s3Backend } from "../../modules/s3-backend/settings";

const mostDays = 2_147_483_647;
const accessPoint = (changes: object) => ({
  accessPoints: { data: { path: "/data", uid: 1000, gid: 1000, ...changes } },
});
const legalEmails = [
  ...["ops@example.com", "o'neil@example.org", "r&d@example.co.uk", "a+b_c=d@EXAMPLE.com"],
  ...["ops@example.xn--p1ai", "ops@xn--e1afmkfd.xn--p1ai", `${"a".repeat(64)}@example.com`],
];
const withArn = (id: string) => ({
  certificate: {
    source: "existing",
    arn: `arn:aws:acm:us-west-2:111122223333:certificate/${id}`,
    secretArn: "arn:aws:secretsmanager:us-west-2:111122223333:secret:certificate-AbCdEf",
  },
});
const withContact = (adminEmail: string) => ({ certificate: { source: "lets-encrypt", adminEmail } });
const withSecret = (name: string) => ({
  certificate: { ...withArn("12345678-1234-1234-1234-123456789012").certificate, secretArn: name },
});
const illegalEmails = [
  ...["ops", "@example.com", "ops@example", "a b@example.com", "a..b@example.com", ".a@example.com"],
  ...["ops@-a.com", "ops@example.c", "${a}@example.com", `${"a".repeat(65)}@example.com`, "a@b@example.com"],
];

interface Limit {
  readonly of: z.ZodType;
  readonly legal: readonly object[];
  readonly illegal: readonly object[];
}

const limits: Readonly<Record<string, Limit>> = {
  "audit: days": {
    of: audit,
    legal: [{ accessLogRetentionDays: mostDays }, { trail: { enabled: true, retentionDays: mostDays } }],
    illegal: [
      ...[{ accessLogRetentionDays: mostDays + 1 }, { accessLogRetentionDays: 0 }],
      ...[
        { trail: { enabled: true, retentionDays: mostDays + 1 } },
        { trail: { enabled: true, retentionDays: 89 } },
      ],
    ],
  },
  "audit: e-mail addresses": {
    of: audit,
    legal: legalEmails.map((email) => ({ alarmEmails: [email] })),
    illegal: illegalEmails.map((email) => ({ alarmEmails: [email] })),
  },
  "route53: e-mail addresses": {
    of: route53,
    legal: legalEmails.map(withContact),
    illegal: illegalEmails.map(withContact),
  },
  "backup: regions of copies": {
    of: backup,
    legal: [{ copy: { enabled: true, region: "us-east-2" } }],
    illegal: ["us-iso-east-1", "us-isob-west-1", "eusc-de-east-1"].map((region) => ({
      copy: { enabled: true, region },
    })),
  },
  "route53: ARNs of certificates": {
    of: route53,
    legal: [withArn("12345678-1234-1234-1234-123456789012")],
    illegal: ["", "1", "12345678-1234-1234-1234-12345678901", "12345678-1234-1234-1234-12345678901g"].map(
      withArn,
    ),
  },
  "route53: ARNs of secrets": {
    of: route53,
    legal: ["certificate", "tls/edge.example.com"].map((name) =>
      withSecret(`arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-AbCdEf`),
    ),
    illegal: [
      "certificate",
      "arn:aws:secretsmanager:us-west-2:111122223333:secret:certificate",
      "arn:aws:secretsmanager:us-west-2:1111:secret:certificate-AbCdEf",
      "arn:aws:secretsmanager:us-west-2:111122223333:secret:${a}-AbCdEf",
    ].map(withSecret),
  },
  "eks: taints": {
    of: Taint,
    legal: [{ key: "a" }, { key: "a", value: "" }, { key: "a", value: "a".repeat(63) }],
    illegal: [
      { key: "a", value: "a".repeat(64) },
      { key: "a", value: "-" },
    ],
  },
  "audit: budget": {
    of: audit,
    legal: [0.01, 99.95, 2500, 1_000_000_000].map((monthlyUsd) => ({ budget: { monthlyUsd } })),
    illegal: [0, -1, 0.001, 1e21, 1e-7].map((monthlyUsd) => ({ budget: { monthlyUsd } })),
  },
  "backup: days": {
    of: backup,
    legal: [{ lock: { mode: "governance", maxRetentionDays: 36_500 } }],
    illegal: [{ lock: { mode: "governance", maxRetentionDays: 36_501 } }],
  },
  "efs: access points": {
    of: efs,
    legal: [
      ...["/", "/a", "/a/b/c/d", "/with space/ä", "/a.b"].map((path) => accessPoint({ path })),
      ...["0700", "1777", "755"].map((permissions) => accessPoint({ permissions })),
    ],
    illegal: [
      ...["", "a", "/a/", "/a/b/c/d/e", "/.hidden", "/a/..", "/a*", "/${a}", `/${"a".repeat(100)}`].map(
        (path) => accessPoint({ path }),
      ),
      ...["77", "07777", "0800", 700].map((permissions) => accessPoint({ permissions })),
    ],
  },
  "object-store: days": {
    of: objectStore,
    legal: [{ noncurrentVersionDays: mostDays }],
    illegal: [{ noncurrentVersionDays: mostDays + 1 }, { noncurrentVersionDays: 0 }],
  },
  "registry-cache: days": {
    of: registryCache,
    legal: [{ retentionDays: mostDays }],
    illegal: [{ retentionDays: mostDays + 1 }, { retentionDays: 0 }],
  },
  "release-service: numbers": {
    of: releaseService,
    legal: [{ requestsPerFiveMinutes: 10 }, { requestsPerFiveMinutes: 2_000_000_000 }],
    illegal: [
      ...[{ requestsPerFiveMinutes: 9 }, { requestsPerFiveMinutes: 2_000_000_001 }],
      ...[{ untaggedRetentionDays: mostDays + 1 }, { noncurrentVersionDays: mostDays + 1 }],
    ],
  },
  "s3-backend: days": {
    of: s3Backend,
    legal: [{ noncurrentVersionDays: mostDays }],
    illegal: [{ noncurrentVersionDays: mostDays + 1 }, { noncurrentVersionDays: 89 }],
  },
};

describe.each(Object.entries(limits))("the limits of AWS in %s", (_, { of, legal, illegal }) => {
  test.each(legal.map((settings) => [JSON.stringify(settings), settings]))("accept %s", (_text, settings) => {
    expect(of.safeParse(settings)).toMatchObject({ success: true });
  });

  test.each(illegal.map((settings) => [JSON.stringify(settings), settings]))(
    "refuse %s",
    (_text, settings) => {
      expect(of.safeParse(settings)).toMatchObject({ success: false });
    },
  );
});
