import type { Attribute, NestedBlock } from "./members";

/** A Terraform type, in the JSON form of the plugin protocol. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", Readonly<Record<string, CtyType>>]
  | readonly ["tuple", readonly CtyType[]];

/** The same shape as `terraform providers schema -json`, so that a real dump can take an extracted schema's place. */
export interface Schema {
  version: number;
  block: Block;
}

/** Attributes and nested blocks of one level. */
export interface Block {
  attributes: Record<string, Attribute>;
  block_types: Record<string, NestedBlock>;
}
