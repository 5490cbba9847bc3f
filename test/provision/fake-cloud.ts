/** An object in the pretended AWS account. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  /** As it was created; unset where a test made it. */
  readonly body?: Body;
}

/** One resource of a layer's JSON, or of a state. */
export interface Body {
  readonly [argument: string]: unknown;
}

const idPrefixes: Readonly<Record<string, string>> = {
  aws_vpc: "vpc",
  aws_subnet: "subnet",
  aws_security_group: "sg",
};
/** Types whose ID is the name they are given. */
const named: Readonly<Record<string, string>> = {
  aws_cloudwatch_dashboard: "dashboard_name",
  aws_cloudwatch_log_resource_policy: "policy_name",
  aws_cloudwatch_metric_alarm: "alarm_name",
  aws_iam_instance_profile: "name",
  aws_iam_role: "name",
  aws_s3_bucket: "bucket",
  aws_kms_alias: "name",
  aws_rds_cluster: "cluster_identifier",
};

/** One version of an object; without a text, it was deleted. */
export interface ObjectVersion {
  readonly id: string;
  readonly text: string | undefined;
}

/** Objects of versioned buckets, by `bucket/key`. */
class VersionedObjects extends Map<string, string> {
  private readonly versions = new Map<string, ObjectVersion[]>();

  /** The newest first. */
  versionsOf(key: string): readonly ObjectVersion[] {
    return [...(this.versions.get(key) ?? [])].reverse();
  }

  /** The last that was written is the last. */
  override set(key: string, text: string): this {
    this.remember(key, text);
    super.delete(key);
    return super.set(key, text);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.remember(key, undefined);
    return super.delete(key);
  }

  /** As `force_destroy` empties a bucket: of all versions. */
  erase(key: string): void {
    super.delete(key);
    this.versions.delete(key);
  }

  copy(): VersionedObjects {
    const copy = new VersionedObjects();
    for (const [key, text] of this) copy.set(key, text);
    for (const [key, versions] of this.versions) copy.versions.set(key, [...versions]);
    return copy;
  }

  private remember(key: string, text: string | undefined): void {
    const versions = this.versions.get(key) ?? [];
    versions.push({ id: `v${versions.length + 1}`, text });
    this.versions.set(key, versions);
  }
}

/** A pretended AWS account: knows names that are taken, protections, and buckets with what is in them. */
export class FakeCloud {
  readonly objects = new Map<string, CloudObject>();
  /** Contents of buckets: `bucket/key` to text. */
  stored = new VersionedObjects();
  private created = 0;

  /** An account with the same objects, which changes on its own. */
  copy(): FakeCloud {
    const copy = new FakeCloud();
    for (const [name, object] of this.objects) copy.objects.set(name, object);
    copy.stored = this.stored.copy();
    copy.created = this.created;
    return copy;
  }

  /** Returns the ID, or throws what AWS says. */
  create(type: string, body: Body): string {
    const argument = named[type];
    const id = argument === undefined ? this.nextId(type) : String(body[argument]);
    // Of what CloudWatch has by a name, a second creation overwrites the first.
    if (this.objects.has(`${type}/${id}`) && !type.startsWith("aws_cloudwatch_"))
      throw new Error(`AlreadyExists: ${type} "${id}"`);
    this.objects.set(`${type}/${id}`, { type, id, body });
    return id;
  }

  destroy(type: string, id: string, body: Body): void {
    if (body["deletion_protection"] === true || body["enable_deletion_protection"] === true)
      throw new Error(`InvalidParameter: ${type} "${id}" is protected against deletion`);
    if (type === "aws_s3_bucket") this.emptyBucket(id, body["force_destroy"] === true);
    this.objects.delete(`${type}/${id}`);
  }

  has(type: string, id: string): boolean {
    return this.objects.has(`${type}/${id}`);
  }

  private emptyBucket(bucket: string, force: boolean): void {
    const keys = [...this.stored.keys()].filter((key) => key.startsWith(`${bucket}/`));
    if (keys.length > 0 && !force) throw new Error(`BucketNotEmpty: "${bucket}"`);
    keys.forEach((key) => {
      this.stored.erase(key);
    });
  }

  private nextId(type: string): string {
    this.created += 1;
    return `${idPrefixes[type] ?? type}-${this.created}`;
  }
}
