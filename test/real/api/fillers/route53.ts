import { type Asked, type Filler, type Params, xml } from "./filler";

const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
const change =
  "<ChangeInfo><Id>/change/C2682N5HXP0BZ4</Id><Status>INSYNC</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>";

/** Route 53's DNSSEC, and the group of a query log. */
export function route53(): Filler {
  const keys = new Map<string, Params>();
  const signing = new Set<string>();
  const zoneOf = ({ params }: Asked) => String(params.HostedZoneId).replace(/^.*\//, "");
  const keyOf = (asked: Asked) => `${zoneOf(asked)} ${asked.params.Name}`;
  const set = (status: string, operation: string) => (asked: Asked) => {
    keys.set(keyOf(asked), { ...keys.get(keyOf(asked)), Status: status });
    return xml(operation, namespace, change);
  };

  return {
    service: "route53",
    types: ["aws_route53_key_signing_key", "aws_route53_hosted_zone_dnssec"],
    held: () => [...keys.keys(), ...signing],
    reasons: {
      CreateQueryLoggingConfig: "moto finds the log group by the ARN of its streams only, AWS by either",
      GetQueryLoggingConfig: "moto gives the ARN of the log group's streams",
    },
    answers: {
      CreateKeySigningKey(asked) {
        const { Name, KeyManagementServiceArn: KmsArn, Status } = asked.params;
        keys.set(keyOf(asked), { Name, KmsArn, ...signature, Status, ...dates });
        const answer = xml("CreateKeySigningKey", namespace, change + element(keys.get(keyOf(asked))), 201);
        return { ...answer, headers: { location: "https://route53.amazonaws.com/keysigningkey" } };
      },
      GetDNSSEC(asked) {
        const own = [...keys].filter(([key]) => key.startsWith(`${zoneOf(asked)} `));
        const members = own.map(([, key]) => element(key, "member")).join("");
        const serves = signing.has(zoneOf(asked)) ? "SIGNING" : "NOT_SIGNING";
        const status = `<Status><ServeSignature>${serves}</ServeSignature></Status>`;
        return xml("GetDNSSEC", namespace, `${status}<KeySigningKeys>${members}</KeySigningKeys>`);
      },
      EnableHostedZoneDNSSEC(asked) {
        signing.add(zoneOf(asked));
        return xml("EnableHostedZoneDNSSEC", namespace, change);
      },
      DisableHostedZoneDNSSEC(asked) {
        signing.delete(zoneOf(asked));
        return xml("DisableHostedZoneDNSSEC", namespace, change);
      },
      ActivateKeySigningKey: set("ACTIVE", "ActivateKeySigningKey"),
      DeactivateKeySigningKey: set("INACTIVE", "DeactivateKeySigningKey"),
      DeleteKeySigningKey(asked) {
        keys.delete(keyOf(asked));
        return xml("DeleteKeySigningKey", namespace, change);
      },
    },
    sends: {
      CreateQueryLoggingConfig: (body) => body.replace("</CloudWatchLogsLogGroupArn>", ":*$&"),
    },
    corrects: {
      CreateQueryLoggingConfig: withoutStreams,
      GetQueryLoggingConfig: withoutStreams,
    },
  };
}

const signature = {
  Flag: 257,
  SigningAlgorithmMnemonic: "ECDSAP256SHA256",
  SigningAlgorithmType: 13,
  DigestAlgorithmMnemonic: "SHA-256",
  DigestAlgorithmType: 2,
  KeyTag: 21071,
  DigestValue: "A".repeat(64),
  PublicKey: "B".repeat(88),
  DSRecord: `21071 13 2 ${"A".repeat(64)}`,
  DNSKEYRecord: `257 3 13 ${"B".repeat(88)}`,
};
const dates = { CreatedDate: "2026-01-01T00:00:00Z", LastModifiedDate: "2026-01-01T00:00:00Z" };

function element(key: Params, name = "KeySigningKey"): string {
  const members = Object.entries(key).map(([own, value]) => `<${own}>${String(value)}</${own}>`);
  return `<${name}>${members.join("")}</${name}>`;
}

function withoutStreams(body: string): string {
  return body.replaceAll(":*</CloudWatchLogsLogGroupArn>", "</CloudWatchLogsLogGroupArn>");
}
