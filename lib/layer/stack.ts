import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, S3Backend, TerraformStack } from "cdktf";
import type { Environment } from "./environment-schema";
import { type CreatingJson, withIamSettings } from "./iam-entities";
import { type NamedKind, physicalName } from "./names";
import { stateKeyArn } from "./state-key";
import { regionValidation, stateLocation } from "./state-location";
import { type ReadingJson, withUsedStates } from "./used-states";

/** Context shared by all stacks of a synthesis. */
export interface SynthesisContext {
  readonly environment: Environment;
  /** False only while an environment is being destroyed: lifts deletion protection. */
  readonly deletionProtection: boolean;
}

/** The stack one layer builds into: provider, backend, tags and naming are already in place. */
export class LayerStack extends TerraformStack {
  readonly environment: Environment;
  /** Whether what this stack holds is protected against deletion, wherever AWS offers such a switch. */
  readonly deletionProtection: boolean;

  constructor(app: App, layer: string, context: SynthesisContext) {
    super(app, layer);
    this.environment = context.environment;
    this.deletionProtection = context.deletionProtection;
    this.addOverride("terraform.required_version", ">= 1.11.0");
    new S3Backend(this, {
      ...stateLocation(context.environment, layer),
      ...stateEncryption(context.environment),
    });
    // S3BackendConfig has no useLockfile: https://github.com/hashicorp/terraform-cdk/issues/3933
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    this.provideAws("aws", context.environment.region);
  }

  /** cdktf resolves everything one more time here, to find references between stacks: layers have none but `from`. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  /**
   * Only what the stack itself checks, such as a missing provider: the checks of its resources start the installed
   * Terraform to learn its version, and a synthesis depends on nothing but the commit and the environment file.
   */
  override runAllValidations(): void {
    const faults = this.node.validate();
    if (faults.length > 0) throw new Error(`Cannot synthesise "${this.node.id}": ${faults.join("; ")}`);
  }

  override toTerraform(): ReadingJson {
    // cdktf declares the JSON as any.
    const json = super.toTerraform() as ReadingJson & CreatingJson;
    return withUsedStates(withIamSettings(json, this.environment.iam));
  }

  /** The physical name of a part of this environment: `dev-eks-node`. Throws when AWS would refuse its length. */
  named(kind: NamedKind, part: string): string {
    return physicalName(this.environment.name, kind, part);
  }

  /** An ARN in this environment's partition, region and account. */
  arn(
    service: string,
    resource: string,
    place: { readonly region?: string; readonly account?: string } = {},
  ): string {
    const { partition, region, account } = this.environment;
    return `arn:${partition}:${service}:${place.region ?? region}:${place.account ?? account}:${resource}`;
  }

  /** The ARN of a role of this environment, known before the role exists. */
  roleArn(name: string): string {
    return this.arn("iam", `role${this.environment.iam.path}${name}`, { region: "" });
  }

  /** The AWS provider of another region, for resources AWS keeps elsewhere; the environment's own by default. */
  awsIn(region: string): AwsProvider {
    const id = region === this.environment.region ? "aws" : `aws-${region}`;
    const existing = this.node.tryFindChild(id);
    return existing instanceof AwsProvider ? existing : this.provideAws(id, region);
  }

  /**
   * The provider for resources that take fewer tags than others: the tags of the layers, and as many of the further ones as
   * fit: those whose keys are whole numbers, which JavaScript puts first, then the others in the order of the environment file.
   * Without an argument for a provider where all fit.
   */
  withFewTags(): { readonly provider?: AwsProvider } {
    const { further, own } = this.taggings;
    const fitting = Object.entries(further).slice(0, fewTags - Object.keys(own).length);
    if (fitting.length === Object.keys(further).length) return {};
    const existing = this.node.tryFindChild(fewTagsAlias);
    if (existing instanceof AwsProvider) return { provider: existing };
    return {
      provider: new AwsProvider(this, fewTagsAlias, {
        ...this.providerOf(this.environment.region),
        alias: fewTagsAlias,
        defaultTags: [{ tags: { ...Object.fromEntries(fitting), ...own } }],
      }),
    };
  }

  /** The provider's default tags; set them explicitly where AWS creates resources itself, such as volumes. */
  get tags(): Readonly<Record<string, string>> {
    return { ...this.taggings.further, ...this.taggings.own };
  }

  private get taggings() {
    const { name, customer, tags, tagKeys: keys } = this.environment;
    const owned = { [keys.environment]: name, [keys.layer]: this.node.id };
    const own = { ...owned, ...(customer === undefined ? {} : { [keys.customer]: customer }) };
    return { further: tags, own };
  }

  private provideAws(id: string, region: string): AwsProvider {
    return new AwsProvider(this, id, {
      ...this.providerOf(region),
      ...(id === "aws" ? {} : { alias: region }),
      defaultTags: [{ tags: this.tags }],
    });
  }

  private providerOf(region: string) {
    return { region, ...regionValidation(region), allowedAccountIds: [this.environment.account] };
  }
}

/**
 * Tags of a hosted zone, and of an object in S3:
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 */
const fewTags = 10;
const fewTagsAlias = "few-tags";

function stateEncryption(environment: Environment) {
  const kmsKeyId = stateKeyArn(environment);
  return kmsKeyId === undefined ? { encrypt: true } : { encrypt: true, kmsKeyId };
}
