import type { Attributes, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { attributeOf, twin } from "./lookup";
import { put, type Behaviours } from "./naming";

/** Route 53. */
export const dns: Behaviours = {
  aws_route53_zone: {
    id: (_planned, { hash }) => `Z${hash("zone", 20).toUpperCase()}`,
    computed: (_planned, context) => {
      const servers = ["com", "net", "org", "co.uk"].map((domain, index) => {
        const number = parseInt(context.hash(domain, 2), 16);
        return `ns-${number + index * 512}.awsdns-${String(number % 64).padStart(2, "0")}.${domain}`;
      });
      const zoneArn = `arn:${context.partition}:route53:::hostedzone/${context.id}`;
      return { arn: zoneArn, zone_id: context.id, name_servers: servers, primary_name_server: servers[0] };
    },
    remove: refuseZoneWithRecords,
  },
  aws_route53_record: {
    id: recordId,
    // An apex and its wildcard are proven by one record, which two resources then name.
    overwrites: ({ allow_overwrite }) => allow_overwrite === true,
    check: ({ zone_id }, { cloud }) => {
      const zone = textOf(zone_id) ?? "";
      return cloud.get("aws_route53_zone", zone)
        ? undefined
        : `NoSuchHostedZone: No hosted zone found with ID: ${zone}`;
    },
    computed: (planned, context) => ({ fqdn: fullName(planned, context), allow_overwrite: false }),
  },
  aws_route53_query_log: {
    id: (_planned, { hash }) => uuidFrom(hash("id", 32)),
    check: (planned, context) =>
      twin(planned, context, ["zone_id"])
        ? "QueryLoggingConfigAlreadyExists: A query logging configuration already exists for this hosted zone"
        : undefined,
    computed: (_planned, { id, partition }) => ({
      arn: `arn:${partition}:route53:::queryloggingconfig/${id}`,
    }),
  },
  aws_route53_hosted_zone_dnssec: { ...put, id: ({ hosted_zone_id }) => textOf(hosted_zone_id) ?? "" },
  aws_route53_key_signing_key: {
    id: ({ hosted_zone_id, name }) => `${textOf(hosted_zone_id) ?? ""},${textOf(name) ?? ""}`,
    computed: (_planned, { hash }) => {
      const digest = hash("digest", 64).toUpperCase();
      const tag = parseInt(hash("tag", 4), 16);
      return {
        digest_algorithm_mnemonic: "SHA-256",
        digest_algorithm_type: 2,
        digest_value: digest,
        ds_record: `${tag} 13 2 ${digest}`,
        dnskey_record: `257 3 13 ${hash("key", 64)}`,
        public_key: hash("key", 64),
        flag: 257,
        key_tag: tag,
        signing_algorithm_mnemonic: "ECDSAP256SHA256",
        signing_algorithm_type: 13,
      };
    },
  },
};

/** A record is one name and type in a zone; routing policies add their own word. */
function recordId({ zone_id, name, type, set_identifier }: Attributes): string {
  const parts = [zone_id, name, type, set_identifier].map((part) => textOf(part) ?? "");
  return parts.filter((part) => part !== "").join("_");
}

function fullName({ zone_id, name }: Attributes, context: Context): string {
  const zone = attributeOf(context, "aws_route53_zone", [zone_id, "name"]) ?? "";
  const short = (textOf(name) ?? "").replace(/\.$/, "");
  if (short === "") return zone;
  return short === zone || short.endsWith(`.${zone}`) ? short : `${short}.${zone}`;
}

function refuseZoneWithRecords({ force_destroy }: Attributes, { cloud, id }: Context): string | undefined {
  const left = cloud.list("aws_route53_record").find(({ attributes }) => attributes.zone_id === id);
  return left && force_destroy !== true
    ? `HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted (${left.id})`
    : undefined;
}
