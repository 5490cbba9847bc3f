import type { RecordedCall } from "../../real/api/recorded-call";
import { tagsIn } from "./tags";

/** What the calls so far have made of the account, as far as later requests are judged by it. */
export class RecordedAccount {
  private readonly keyOfAlias = new Map<string, string>();
  private readonly tagsOfKey = new Map<string, ReadonlyMap<string, string>>();
  private readonly roleOfProfile = new Map<string, string>();
  private readonly webAclOf = new Map<string, string>();

  /** Learns from a call, after it was judged. */
  observe(call: RecordedCall): void {
    const { service, operation, region, params } = call;
    const text = (name: string) => String(params[name]);
    if (service === "kms") this.observeTags(call);
    if (service === "kms" && /^(Create|Update)Alias$/.test(operation))
      this.keyOfAlias.set(`${region} ${text("AliasName")}`, keyId(text("TargetKeyId")));
    if (service === "kms" && operation === "DeleteAlias")
      this.keyOfAlias.delete(`${region} ${text("AliasName")}`);
    if (service === "wafv2" && operation === "AssociateWebACL")
      this.webAclOf.set(text("ResourceArn"), text("WebACLArn"));
    if (service === "iam" && operation === "AddRoleToInstanceProfile")
      this.roleOfProfile.set(text("InstanceProfileName"), text("RoleName"));
  }

  /** The aliases of a key, given by its ARN, its ID or one of its aliases. */
  aliasesOf(key: string, region: string): readonly string[] {
    const id = this.keyOfAlias.get(`${region} ${keyId(key)}`) ?? keyId(key);
    return [...this.keyOfAlias].flatMap(([alias, of]) => (of === id ? [alias.split(" ")[1] ?? ""] : []));
  }

  /** A call with what it means and does not say: the web ACL that a resource has. */
  completed(call: RecordedCall): RecordedCall {
    if (call.service !== "wafv2" || call.operation !== "GetWebACLForResource") return call;
    const webAcl = this.webAclOf.get(String(call.params["ResourceArn"]));
    return webAcl === undefined ? call : { ...call, params: { ...call.params, WebACLArn: webAcl } };
  }

  /** The tags of a key, given by its ARN or ID; undefined if it was there before the recording. */
  tagsOf(key: string, region: string): ReadonlyMap<string, string> | undefined {
    return this.tagsOfKey.get(`${region} ${keyId(key)}`);
  }

  private observeTags({ operation, region, params, answer = "" }: RecordedCall): void {
    const created = /"KeyId":\s*"([^"]+)"/.exec(answer)?.[1];
    if (operation === "CreateKey" && created !== undefined)
      this.tagsOfKey.set(`${region} ${created}`, tagsIn(params));
    const key = `${region} ${keyId(String(params["KeyId"]))}`;
    if (operation === "TagResource")
      this.tagsOfKey.set(key, new Map([...(this.tagsOfKey.get(key) ?? []), ...tagsIn(params)]));
  }

  /** The name of the role in an instance profile, given by its name or ARN. */
  roleIn(profile: string): string | undefined {
    return this.roleOfProfile.get(profile.split("/").at(-1) ?? profile);
  }
}

/** `arn:aws:kms:…:key/1234` and `1234` are the same key; aliases keep their `alias/`. */
const keyId = (key: string) => key.replace(/^arn:.*?:(key\/)?(?=[^:]*$)/, "").replace(/^key\//, "");
