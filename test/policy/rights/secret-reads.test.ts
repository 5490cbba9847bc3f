import { describe, expect, test } from "vitest";
import { deployerRights } from "../../../policy/deployer/index";
import type { IamPolicy } from "../../../policy/deployer/statements";
import { layers } from "../../../modules";
import type { Partition } from "../../everything-on";
import { synthesiseEnvironment } from "../environments";
import { whyDenied } from "./evaluation";

type Keys = Readonly<Record<string, string>>;

interface Read {
  readonly arn: string;
  /** What Secrets Manager tells of the key when it decrypts with the caller's permissions. */
  readonly key: Keys;
}

/** Everything that the layers read of Secrets Manager while Terraform runs, with what AWS asks for then. */
function environmentIn(partition: Partition) {
  const { synthesised, environment } = synthesiseEnvironment("example", "1ken", partition);
  const { region, account } = environment;
  const place = `${region}:${account}`;
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const via = `secretsmanager.${region}.${suffix}`;
  const reads = synthesised.reads
    .filter(({ type }) => type === "ephemeral.aws_secretsmanager_secret_version")
    .map((read): Read => {
      const [id = ""] = synthesised.written(read, "secret_id");
      const [secret] = synthesised.targets(read, "secret_id");
      const own = secret === undefined ? undefined : String(secret.given["name"]);
      const arn = own === undefined ? id : `arn:${partition}:secretsmanager:${place}:secret:${own}-AbCdEf`;
      // The operator's own key has another alias, if any; Secrets Manager names the secret in the encryption context.
      const alias: Keys = own === undefined ? {} : { "kms:ResourceAliases": "alias/example-data" };
      return { arn, key: { ...alias, "kms:ViaService": via, "kms:EncryptionContext:SecretARN": arn } };
    });
  const { policies } = deployerRights(synthesised, environment, { layers });
  return { policies, reads, key: `arn:${partition}:kms:${place}:key/1234`, place };
}

function denial(policies: readonly IamPolicy[], action: string, [resource, keys]: readonly [string, Keys]) {
  return whyDenied(policies, {
    ...{ action, resource },
    context: (name) => [keys[name]].flatMap((value) => value ?? []),
  });
}

/** The reads that policies do not allow, each with what it lacks. */
function missing(policies: readonly IamPolicy[], { reads, key }: ReturnType<typeof environmentIn>) {
  return reads.flatMap((read) => {
    const wishes = {
      "secretsmanager:GetSecretValue": [read.arn, {}],
      "secretsmanager:ListSecretVersionIds": [read.arn, {}],
      "kms:Decrypt": [key, read.key],
    } as const;
    return Object.entries(wishes).flatMap(([action, wish]) =>
      denial(policies, action, wish) === undefined
        ? []
        : [`${action} ${read.arn.split(":secret:")[1] ?? ""}`],
    );
  });
}

/** The policies without the statements, or parts of them, that allow this action on resources or keys like this. */
function without(policies: readonly IamPolicy[], action: string, part: string): readonly IamPolicy[] {
  return policies.map(({ Statement, ...policy }) => ({
    ...policy,
    Statement: Statement.map((statement) =>
      statement.Action.includes(action) && JSON.stringify(statement).includes(part)
        ? { ...statement, Action: statement.Action.filter((each) => each !== action) }
        : statement,
    ),
  }));
}

const named = (arn: string) => !arn.includes(":secret:example-");

describe.each(["aws", "aws-cn"] as const)("what layers read of Secrets Manager in %s", (partition) => {
  const environment = environmentIn(partition);
  const { policies, reads, key, place } = environment;

  test("is allowed, with the decryption of each secret", () => {
    expect(reads.length).toBeGreaterThan(15);
    expect(reads.filter(({ arn }) => named(arn)).length).toBeGreaterThan(3);
    expect(reads.map(({ arn }) => arn.split(":secret:")[1]).includes("certificate-AbCdEf")).toBe(
      partition !== "aws",
    );
    expect(missing(policies, environment)).toEqual([]);
  });

  test("would be missed in policies that lack one of these rights", () => {
    const lacking = (action: string, part: string) => missing(without(policies, action, part), environment);
    const value = "secretsmanager:GetSecretValue";
    expect(lacking(value, "secret:smtp-")).toContain(`${value} smtp-AbCdEf`);
    expect(lacking(value, "secret:example-")).toContain(`${value} example-vault-aurora-postgresql-AbCdEf`);
    expect(lacking("kms:Decrypt", "EncryptionContext")).toEqual(
      reads.filter(({ arn }) => named(arn)).map(({ arn }) => `kms:Decrypt ${arn.split(":secret:")[1] ?? ""}`),
    );
    expect(lacking("kms:Decrypt", "kms:ResourceAliases")).toEqual(
      reads
        .filter(({ arn }) => !named(arn))
        .map(({ arn }) => `kms:Decrypt ${arn.split(":secret:")[1] ?? ""}`),
    );
  });

  test("is no other secret, and no operator's key is used for anything else", () => {
    const others = ["payroll", "smtp", "prod-vault-aurora-postgresql"].map(
      (name) => `arn:${partition}:secretsmanager:${place}:secret:${name}-x1y2z3`,
    );
    for (const arn of others)
      expect(denial(policies, "secretsmanager:GetSecretValue", [arn, {}])).toBe(
        "no statement allows the resource",
      );
    const given = reads.find(({ arn }) => named(arn))?.key ?? {};
    const [other = ""] = others;
    for (const keys of [
      Object.fromEntries(Object.entries(given).filter(([name]) => name !== "kms:ViaService")),
      { ...given, "kms:ViaService": `s3.${given["kms:ViaService"]?.split(".").slice(1).join(".") ?? ""}` },
      { ...given, "kms:EncryptionContext:SecretARN": other },
    ])
      expect(denial(policies, "kms:Decrypt", [key, keys])).toBe("no condition is met");
    for (const action of ["kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"])
      expect(denial(policies, action, [key, given])).toBe("no condition is met");
  });
});
