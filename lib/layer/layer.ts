import type { z } from "zod";
import { UserError } from "../errors";
import type { Applied } from "./applied";
import type { DatabaseServer } from "./database-server";
import type { Endpoint } from "./endpoint";
import type { Environment, ScaleProfile } from "./environment-schema";
import type { Outputs, Published, Received } from "./outputs";
import type { Preflight } from "./preflight";
import type { PrivateEndpoint } from "./private-endpoint";
import type { PricesByType } from "./prices";
import type { QuotasByType } from "./quotas";
import type { Restorable } from "./restore";
import type { RightsByType } from "./rights";
import type { LayerStack } from "./stack";
import type { Question } from "./survey";

/** A layer with its type parameters forgotten, for code that treats all layers alike. */
export type AnyLayer = Layer<string, z.ZodType, Needs, Outputs>;

/** The earlier layers whose outputs a layer reads, by the word it uses for each. */
export type Needs = Readonly<Record<string, Pick<AnyLayer, "name" | "settings" | "outputs">>>;

/** Something wrong in an environment file: where (from the top of the file), what is true, what to do. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** What a layer's own rules may look at: only checked values. */
export interface LayerInputs<Settings extends z.ZodType, Reads extends Needs> {
  readonly environment: Environment;
  readonly settings: z.output<Settings>;
  /** The settings of the layers it needs. */
  readonly needs: { readonly [Alias in keyof Reads]: z.output<Reads[Alias]["settings"]> };
  /** Reads a file that a setting names, relative to the environment file; undefined when it cannot be read. */
  readonly read: (path: string) => string | undefined;
  readonly now: Date;
}

/** An object that somebody else must have made before the layer is applied; a rehearsal starts with it. */
export interface Precondition {
  /** Terraform resource type, e.g. `aws_route53_zone`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** One Terraform state: what it is called, what it is told, what it reads, what it publishes. */
export interface Layer<
  Name extends string,
  Settings extends z.ZodType,
  Reads extends Needs,
  Publishes extends Outputs,
> {
  /** Folder, stack, state file and command-line name, all the same word. */
  readonly name: Name;
  /** One line for the generated docs and the progress view. */
  readonly summary: string;
  /** A strict object; every field described, with defaults wherever one is sound. */
  readonly settings: Settings;
  readonly needs: Reads;
  readonly outputs: Publishes;
  /** Settings that each scale profile brings; values in the environment file win over them. */
  readonly scale?: Readonly<Record<ScaleProfile, Partial<z.input<Settings>>>>;
  /** The server in the VPC that its providers talk to; `provision` opens a tunnel to it where there is no other way. */
  readonly reaches?: PrivateEndpoint;
  /** `bootstrap`: this layer makes the state bucket, so its own first state is local. */
  readonly state?: "bootstrap";
  /** What the deployer needs for the layer's AWS resources beside what policy/deployer/ knows of their types. */
  readonly rights?: RightsByType;
  /** What the layer's AWS resources need of quotas, beside what capacity/fit/ counts. */
  readonly quotas?: QuotasByType;
  /** What the layer's AWS resources cost, where capacity/cost/ does not know their types. */
  readonly prices?: PricesByType;
  // Methods, not properties: only methods let a specific layer stand in for AnyLayer.
  /** Rules that no single field can state; runs before anything starts. */
  check?(given: LayerInputs<Settings, Reads>): readonly Problem[];
  preconditions?(
    given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">,
  ): readonly Precondition[];
  /** What must be true of the account before `apply` and `plan` start; a failing check stops them before the first layer. */
  preflight?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Preflight[];
  /** What is worth knowing of the account before a real run; `provision` asks AWS, prints the findings and goes on. */
  survey?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Question[];
  /** What a destroyed layer may have left that Terraform did not create; asked and printed in the same way. */
  leftovers?(given: Pick<LayerInputs<Settings, Reads>, "environment" | "settings">): readonly Question[];
  /** What `provision restore` restores; `stamp` makes names of new resources unique. */
  restore?(
    applied: Applied<z.output<Settings>, Reads, Publishes> & { readonly stamp: string },
  ): Promise<Restorable>;
  /** The IAM role as which AWS Backup restores. */
  restoreRole?(applied: Applied<z.output<Settings>, Reads, Publishes>): string;
  /** The servers that `provision tunnel` opens to the operator's machine. */
  endpoints?(applied: Applied<z.output<Settings>, Reads, Publishes>): readonly Endpoint[];
  /** The instance through which SSM sessions lead into the VPC. */
  bastion?(applied: Applied<z.output<Settings>, Reads, Publishes>): string;
  /** The server in which `provision databases` creates databases and users. */
  databases?(applied: Applied<z.output<Settings>, Reads, Publishes>): DatabaseServer;
  /** Terraform variables that get their value from a file at run time, because they are secret: name to path. */
  secretFiles?(given: Pick<LayerInputs<Settings, Reads>, "settings">): Readonly<Record<string, string>>;
  /** Declares the layer's resources and returns every output it promised. */
  build(
    stack: LayerStack,
    given: {
      readonly settings: z.output<Settings>;
      /** The settings of the layers it needs, for what must be decided before their outputs are known. */
      readonly needs: LayerInputs<Settings, Reads>["needs"];
      readonly from: { readonly [Alias in keyof Reads]: Received<Reads[Alias]["outputs"]> };
    },
  ): Published<Publishes>;
}

/** Declares a layer; exists so that TypeScript infers every part of it from one literal. */
export function defineLayer<
  const Name extends string,
  Settings extends z.ZodType,
  Reads extends Needs,
  const Publishes extends Outputs,
>(layer: Layer<Name, Settings, Reads, Publishes>): Layer<Name, Settings, Reads, Publishes> {
  return layer;
}

/** Returns the layers as given, once each is known to follow everything it needs. */
export function inOrder<const Layers extends readonly Pick<AnyLayer, "name" | "needs">[]>(
  layers: Layers,
): Layers {
  const earlier = new Set<string>();
  for (const layer of layers) {
    if (!/^[a-z][a-z0-9-]*$/.test(layer.name)) {
      throw new UserError(
        `Cannot order layers: "${layer.name}" is not a name for a folder, a stack and a state`,
        "Give the layer a name of lower-case letters, digits and dashes, beginning with a letter",
      );
    }
    if (earlier.has(layer.name)) {
      throw new UserError(
        `Cannot order layers: "${layer.name}" is listed twice`,
        "Remove one from modules/index.ts",
      );
    }
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
