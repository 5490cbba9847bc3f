import type { RecordedCall } from "../../real/api/recorded-call";
import { keyId } from "./ids";
import { RecordedEntities } from "./recorded-entities";
import { RecordedTags } from "./recorded-tags";

/** What the calls so far have made of the account, as far as later requests are judged by it. */
export class RecordedAccount {
  private readonly keyOfAlias = new Map<string, string>();
  private readonly tags = new RecordedTags();
  private readonly entities = new RecordedEntities();
  private readonly roleOfProfile = new Map<string, string>();
  private readonly webAclOf = new Map<string, string>();

  /** Learns from a call, after it was judged. */
  observe(call: RecordedCall): void {
    const { service, operation, region, params } = call;
    const text = (name: string) => String(params[name]);
    this.tags.observe(call);
    this.entities.observe(call);
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

  /** A call with what it means and does not say: the web ACL that a resource has, the key of an alias, the path of a role. */
  completed(call: RecordedCall): RecordedCall {
    if (call.service === "iam") return this.entities.completed(call);
    const key = this.keyOfAlias.get(`${call.region} ${String(call.params["AliasName"])}`);
    if (call.service === "kms" && call.operation === "DeleteAlias" && key !== undefined)
      return { ...call, params: { ...call.params, TargetKeyId: key } };
    if (call.service !== "wafv2" || call.operation !== "GetWebACLForResource") return call;
    const webAcl = this.webAclOf.get(String(call.params["ResourceArn"]));
    return webAcl === undefined ? call : { ...call, params: { ...call.params, WebACLArn: webAcl } };
  }

  /** The tags of a resource by its ARN; undefined if it was there before the recording. */
  tagsOf(arn: string, region: string): ReadonlyMap<string, string> | undefined {
    return this.tags.of(arn, region);
  }

  /** A role's name with its path, as ARNs have it, e.g. `role/edge/node`. */
  roleResource(name: string): string {
    return `role${this.entities.pathOf(name)}${name}`;
  }

  /** The ARN of a role's permissions boundary; undefined if it was there before the recording. */
  boundaryOf(roleName: string): readonly string[] | undefined {
    return this.entities.boundaryOf(roleName);
  }

  /** The name of the role in an instance profile, given by its name or ARN. */
  roleIn(profile: string): string | undefined {
    return this.roleOfProfile.get(profile.split("/").at(-1) ?? profile);
  }
}
