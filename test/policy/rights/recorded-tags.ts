import { valuesAt } from "../../../policy/deployer/forward-access/forwarded-calls";
import type { RecordedCall } from "../../real/api/recorded-call";
import { ec2Types, keyId } from "./ids";
import { tagsIn } from "./tags";

type Tags = ReadonlyMap<string, string>;

/** The tags of KMS keys, identity providers and of what EC2 creates, as far as the calls so far tell. */
export class RecordedTags {
  private readonly found = new Map<string, Tags>();

  /** Learns from a call, after it was judged. */
  observe(call: RecordedCall): void {
    for (const [id, tags] of createdBy(call)) this.found.set(`${call.region} ${id}`, tags);
    for (const id of taggedBy(call)) {
      const place = `${call.region} ${id}`;
      this.found.set(place, new Map([...(this.found.get(place) ?? []), ...tagsIn(call.params)]));
    }
  }

  /** The tags of a resource by its ARN; undefined if it was there before the recording. */
  of(arn: string, region: string): Tags | undefined {
    // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
    if (/:kms:.*:alias\//.test(arn)) return new Map();
    return this.found.get(`${region} ${idIn(arn)}`);
  }
}

/** Providers are called by their ARN, all others by their last part. */
const idIn = (arn: string) => (arn.includes(":oidc-provider/") ? arn : (arn.split("/").at(-1) ?? arn));

function createdBy({ service, operation, params, answer = "" }: RecordedCall): readonly [string, Tags][] {
  if (service === "kms" && operation === "CreateKey")
    return all(/"KeyId":\s*"([^"]+)"/g, answer).map((id) => [id, tagsIn(params)]);
  if (service === "iam" && operation === "CreateOpenIDConnectProvider")
    return all(/<OpenIDConnectProviderArn>([^<]+)</g, answer).map((id) => [id, tagsIn(params)]);
  if (service !== "ec2") return [];
  return specifications(params).flatMap((specification) =>
    valuesAt(specification, "ResourceType").flatMap((type) =>
      all(new RegExp(String.raw`>(${ec2Types.get(type) ?? "-"}-[0-9a-f]+)<`, "g"), answer).map(
        (id): [string, Tags] => [id, tagsIn(specification)],
      ),
    ),
  );
}

function specifications(params: RecordedCall["params"]): readonly Readonly<Record<string, unknown>>[] {
  return [params["TagSpecifications"], params["TagSpecification"]].flat().flatMap((entry) =>
    // Parameters are decoded JSON.
    typeof entry === "object" && entry !== null ? [entry as Readonly<Record<string, unknown>>] : [],
  );
}

function taggedBy({ service, operation, params }: RecordedCall): readonly string[] {
  if (service === "kms" && operation === "TagResource") return valuesAt(params, "KeyId").map(keyId);
  if (service === "ec2" && operation === "CreateTags") return valuesAt(params, "Resources");
  return [];
}

const all = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, found = ""]) => found);
