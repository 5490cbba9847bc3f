import { elements, xml } from "./answers";
import type { Asked, Filler } from "./filler";

const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
const changed = `<ChangeInfo>${elements({ Id: "/change/C2682N5HXP0BZ4", Status: "INSYNC", SubmittedAt: "2026-01-01T00:00:00Z" })}</ChangeInfo>`;
const zoneOf = (asked: Asked) => asked.text("HostedZoneId").replace(/^.*\//, "");
const keyOf = (asked: Asked) => `${zoneOf(asked)} ${asked.text("Name")}`;

/** Route 53's DNSSEC, and the group of a query log. */
export function route53(): Filler {
  const keys = new Map<string, object>();
  const signing = new Set<string>();
  const done = (operation: string, change: (asked: Asked) => void) => (asked: Asked) => {
    change(asked);
    return xml(`${operation}Response`, namespace, changed);
  };
  const deactivate = (asked: Asked) => {
    keys.set(keyOf(asked), { ...keys.get(keyOf(asked)), Status: "INACTIVE" });
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
        const key = { Name, KmsArn, ...signature, Status, ...dates };
        keys.set(keyOf(asked), key);
        const content = `${changed}<KeySigningKey>${elements(key)}</KeySigningKey>`;
        const headers = { location: "https://route53.amazonaws.com/keysigningkey" };
        return { ...xml("CreateKeySigningKeyResponse", namespace, content), status: 201, headers };
      },
      GetDNSSEC(asked) {
        const own = [...keys].filter(([key]) => key.startsWith(`${zoneOf(asked)} `));
        const members = own.map(([, key]) => `<member>${elements(key)}</member>`).join("");
        const serves = signing.has(zoneOf(asked)) ? "SIGNING" : "NOT_SIGNING";
        const status = `<Status>${elements({ ServeSignature: serves })}</Status>`;
        return xml("GetDNSSECResponse", namespace, `${status}<KeySigningKeys>${members}</KeySigningKeys>`);
      },
      EnableHostedZoneDNSSEC: done("EnableHostedZoneDNSSEC", (asked) => signing.add(zoneOf(asked))),
      DisableHostedZoneDNSSEC: done("DisableHostedZoneDNSSEC", (asked) => signing.delete(zoneOf(asked))),
      DeactivateKeySigningKey: done("DeactivateKeySigningKey", deactivate),
      DeleteKeySigningKey: done("DeleteKeySigningKey", (asked) => keys.delete(keyOf(asked))),
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

function withoutStreams(body: string): string {
  return body.replaceAll(":*</CloudWatchLogsLogGroupArn>", "</CloudWatchLogsLogGroupArn>");
}
