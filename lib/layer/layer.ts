import type { z } from "zod";
import { UserError } from "../errors";
import type { Applied } from "./applied";
import type { Cluster } from "./cluster";
import type { DatabaseServer } from "./database-server";
import type { Endpoint } from "./endpoint";
import type { Environment, ScaleProfile } from "./environment-schema";
import type { GeneratedValues, Generating } from "./generated-values";
import type { Delegation } from "./delegation";
import type { HealthByType } from "./health";
import type { Abandoned } from "./abandoned";
import type { Obstacle } from "./obstacle";
import type { StateIds } from "./state-ids";
import type { Login } from "./login";
import type { Outputs, Published, Received } from "./outputs";
import type { Override, PlannedChange } from "./override";
import type { Preflight } from "./preflight";
import type { PrivateEndpoint } from "./private-endpoint";
import type { PricesByType } from "./prices";
import type { Publishing } from "./publishing";
import type { QuotasByType } from "./quotas";
import type { Restorable } from "./restore";
import type { Retained } from "./retained";
import type { RightsByType } from "./rights";
import type { Rollout } from "./rollout";
import type { SecretSource } from "./secret-files";
import type { LayerStack } from "./stack";
import type { Superseded } from "./superseded";
import type { Question } from "./survey";

/** A layer of any type, for code that handles all layers in the same way. */
export type AnyLayer = Layer<string, z.ZodType, Needs, Outputs>;

/** The earlier layers whose outputs a layer reads, by the alias it uses for each. */
export type Needs = Readonly<Record<string, Pick<AnyLayer, "name" | "settings" | "outputs">>>;

/** A problem in an environment file: its path (from the top of the file), a message, and how to fix it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** The validated values that a layer's own checks can read. */
export interface LayerInputs<Settings extends z.ZodType, Reads extends Needs> {
  readonly environment: Environment;
  readonly settings: z.output<Settings>;
  /** The settings of the layers it needs. */
  readonly needs: { readonly [Alias in keyof Reads]: z.output<Reads[Alias]["settings"]> };
  /** Reads a file that a setting names, relative to the environment file; undefined when it cannot be read. */
  readonly read: (path: string) => string | undefined;
  readonly now: Date;
}

/** An object that must exist before the layer is applied, created outside this product; a rehearsal simulates it. */
export interface Precondition {
  /** Terraform resource type, e.g. `aws_route53_zone`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One Terraform state: its name, its settings, the outputs that it reads, and the outputs that it publishes. */
export interface Layer<
  Name extends string,
  Settings extends z.ZodType,
  Reads extends Needs,
  Publishes extends Outputs,
> {
  /** Name of the folder, the stack, the state file and the layer on the command line. */
  readonly name: Name;
  /** One line for the generated docs and the progress display. */
  readonly summary: string;
  /** A strict object; every field has a description, and a default if there is a safe one. */
  readonly settings: Settings;
  readonly needs: Reads;
  readonly outputs: Publishes;
  /** Settings of each scale profile; values in the environment file override them. */
  readonly scale?: Readonly<Record<ScaleProfile, Partial<z.input<Settings>>>>;
  /** The server in the VPC that its providers connect to; `provision` opens a tunnel to it if it is not reachable. */
  readonly reaches?: PrivateEndpoint;
  /** `bootstrap`: this layer creates the state bucket, so its own first state is local. */
  readonly state?: "bootstrap";
  /** IAM permissions for the layer's AWS resources, in addition to those in policy/deployer/. */
  readonly rights?: RightsByType;
  /** Quotas that the layer's AWS resources use, in addition to those in capacity/fit/. */
  readonly quotas?: QuotasByType;
  /** Prices of the layer's AWS resources of types that are not in capacity/cost/. */
  readonly prices?: PricesByType;
  /** How AWS is asked about the layer's resources of types that are not in lib/aws-facts/health/, when they are tainted. */
  readonly health?: HealthByType;
  // Methods, not properties: only with methods is a specific layer assignable to AnyLayer.
  /** Checks that involve several fields; runs before any command starts. */
  check?(given: LayerInputs<Settings, Reads>): readonly Problem[];
  /** What is accepted and worth knowing, for environments without problems: `validate`, `plan` and `apply` show it. */
  warnings?(given: LayerInputs<Settings, Reads>): readonly Problem[];
  preconditions?(
    given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">,
  ): readonly Precondition[];
  /** Checks of the account before `apply` and `plan`; if one fails, they stop before the first layer. */
  preflight?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Preflight[];
  /** Read-only checks of the account before a run; `provision` prints the findings and continues. */
  survey?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Question[];
  /** Read-only checks for objects that remain after a destroy because Terraform did not create them. */
  leftovers?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Question[];
  /** Objects that AWS created inside the layer's resources, and that must be deleted before; `ids` are those in its state. */
  obstacles?(
    given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings"> & StateIds,
  ): readonly Obstacle[];
  /** What programs in its cluster have had created in the account; `ids` are those in the states of the layers that it needs. */
  abandoned?(
    given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings" | "needs"> & StateIds,
  ): Abandoned;
  /** Corrects a plan that AWS would refuse, though Terraform does not; the corrected plan is shown and applied. */
  override?(changes: readonly PlannedChange[]): Override | undefined;
  /** Resources that are not deleted while something that outlives them needs them, e.g. the key of a snapshot. */
  retained?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Retained[];
  /** Resources that the configuration may no longer have while later layers use them. */
  superseded?(): readonly Superseded[];
  /** The resource that `provision restore` restores; `stamp` is for unique names of new resources. */
  restore?(
    applied: Applied<z.output<Settings>, Reads, Publishes> & { readonly stamp: string },
  ): Promise<Restorable>;
  /** The IAM role that AWS Backup uses to restore. */
  restoreRole?(applied: Applied<z.output<Settings>, Reads, Publishes>): string;
  /** The servers that `provision tunnel` opens to the operator's machine. */
  endpoints?(applied: Applied<z.output<Settings>, Reads, Publishes>): readonly Endpoint[];
  /** The instance for SSM sessions into the VPC. */
  bastion?(applied: Applied<z.output<Settings>, Reads, Publishes>): string;
  /** The server in which `provision` creates databases and users, before the first layer that uses them. */
  databases?(applied: Applied<z.output<Settings>, Reads, Publishes>): DatabaseServer;
  /** The databases of that server that must exist before this layer is applied. */
  usesDatabases?(given: Pick<LayerInputs<Settings, Reads>, "settings" | "needs">): readonly string[];
  /** The Kubernetes cluster, if this layer creates it. */
  cluster?(applied: Applied<z.output<Settings>, Reads, Publishes>): Cluster;
  /** The domain that must be delegated before the layer is applied; undefined: none. */
  delegation?(applied: Applied<z.output<Settings>, Reads, Publishes>): Promise<Delegation | undefined>;
  /** The applications that Argo CD deploys after the layer is applied. */
  rollout?(applied: Applied<z.output<Settings>, Reads, Publishes>): Rollout;
  /** The administrators of what is installed once the layer is applied. */
  logins?(applied: Applied<z.output<Settings>, Reads, Publishes>): Promise<readonly Login[]>;
  /** Where `provision publish` puts files and images; undefined: the layer's settings create no place for them. */
  publishing?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): Publishing | undefined;
  /** Terraform variables whose values are secret and read from files at run time: name to path, or to paths and what is taken. */
  secretFiles?(given: Pick<LayerInputs<Settings, Reads>, "settings">): Readonly<Record<string, SecretSource>>;
  /** Terraform variables whose values are generated for a run: read when a resource is created, and then ignored. */
  generatedValues?(
    given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">,
    generating: Generating,
  ): GeneratedValues;
  /** Creates the layer's constructs and returns every declared output. */
  build(
    stack: LayerStack,
    given: {
      readonly settings: z.output<Settings>;
      /** The settings of the layers it needs, for decisions at synthesis, when their outputs are not known. */
      readonly needs: LayerInputs<Settings, Reads>["needs"];
      /** The settings of a layer that it does not need, such as a later one, as far as a schema reads them. */
      readonly settingsOf: <View extends z.ZodType>(layer: string, view: View) => z.output<View>;
      readonly from: { readonly [Alias in keyof Reads]: Received<Reads[Alias]["outputs"]> };
    },
  ): Published<Publishes>;
}

/** Declares a layer, with all types inferred from one literal. */
export function defineLayer<
  const Name extends string,
  Settings extends z.ZodType,
  Reads extends Needs,
  const Publishes extends Outputs,
>(layer: Layer<Name, Settings, Reads, Publishes>): Layer<Name, Settings, Reads, Publishes> {
  return layer;
}

/** Returns the layers unchanged; throws `UserError` if one precedes a layer that it needs. */
export function inOrder<const Layers extends readonly Pick<AnyLayer, "name" | "needs">[]>(
  layers: Layers,
): Layers {
  const earlier = new Set<string>();
  for (const layer of layers) {
    if (!/^[a-z][a-z0-9-]*$/.test(layer.name))
      throw new UserError(
        `Cannot order layers: "${layer.name}" is not a name for a folder, a stack and a state`,
        "Give the layer a name of lower-case letters, digits and dashes, beginning with a letter",
      );
    if (earlier.has(layer.name))
      throw new UserError(
        `Cannot order layers: "${layer.name}" is listed twice`,
        "Remove one from modules/index.ts, or from extensions in the environment file",
      );
    for (const need of Object.values(layer.needs)) {
      if (earlier.has(need.name)) continue;
      throw new UserError(
        `Cannot order layers: "${layer.name}" needs "${need.name}", which is not listed before it`,
        `In modules/index.ts, move ${need.name} above ${layer.name}`,
      );
    }
    earlier.add(layer.name);
  }
  return layers;
}
