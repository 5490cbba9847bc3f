import { createHash } from "node:crypto";
import type { Schema } from "../schema/model";
import type { Attributes, Context } from "./behaviour";
import type { Cloud } from "./cloud";
import type { ProviderDefinition } from "./provider-definition";
import type { ResourceType } from "./resource-type";
import type { Settings } from "./settings";
import { Stopper } from "./stopper";

/** Schemas of one provider, read when they are asked for, and the encoded answer with those that Terraform needs. */
export interface SchemaSource {
  resource(type: string): Schema;
  dataSource(type: string): Schema;
  ephemeralResource(type: string): Schema;
  response(): Buffer;
}

/** The parts of a simulated provider. */
export interface ProviderParts {
  readonly definition: ProviderDefinition;
  readonly schemas: SchemaSource;
  readonly cloud: Cloud;
  readonly settings: Settings;
}

/** A simulated provider: its definition, its schemas, its cloud, and how it was configured. */
export class SimulatedProvider {
  /** Stopped once Terraform was interrupted: what waits for AWS gives up, as in the real provider. */
  readonly stopper = new Stopper();
  private configured: Pick<Context, "partition" | "region" | "account" | "defaultTags">;

  constructor(readonly parts: ProviderParts) {
    // Terraform validates before it configures.
    const { partition, region, account } = parts.settings;
    this.configured = { partition, region, account, defaultTags: {} };
  }

  configure(config: Attributes): ReturnType<ProviderDefinition["configure"]> {
    const configured = this.parts.definition.configure(config, this.parts.settings);
    this.configured = configured;
    return configured;
  }

  resourceType(name: string): ResourceType {
    const { definition, schemas } = this.parts;
    return {
      name,
      block: schemas.resource(name).block,
      behaviour: definition.behaviour(name) ?? {},
      knowledge: definition.knowledge(name) ?? {},
      definition,
      context: (id, seed) => this.context({ type: name, id, seed: seed ?? id }),
    };
  }

  context({ type, id, seed }: { type: string; id: string; seed: string }): Context {
    const { partition, region, account, defaultTags } = this.configured;
    const hash = (salt = "", length = 17): string =>
      createHash("sha256")
        .update([account, region, type, seed, salt].join("/"))
        .digest("hex")
        .slice(0, length);
    return { cloud: this.parts.cloud, partition, region, account, defaultTags, type, id, hash };
  }
}
