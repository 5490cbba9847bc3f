import type { Block } from "../schema/model";
import type { Attributes, Behaviour, Context } from "./behaviour";
import type { Knowledge, ProviderDefinition } from "./provider-definition";

/** One resource type with all that is known of it. */
export interface ResourceType {
  readonly name: string;
  readonly block: Block;
  readonly behaviour: Behaviour;
  readonly knowledge: Knowledge;
  readonly definition: ProviderDefinition;
  /** The context of an object; `seed` stands for an id that is not decided yet. */
  readonly context: (id: string, seed?: string) => Context;
}

/** What Terraform sends for one object: what is, what shall be, and what the configuration says. */
export interface Change {
  readonly prior: Attributes | null;
  readonly planned: Attributes | null;
  readonly config: Attributes;
}
