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

/** One argument or computed value; it has either a type or a nested type. */
export interface Attribute {
  type?: CtyType;
  nested_type?: NestedType;
  description?: string;
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
  write_only?: boolean;
}

/** Attributes inside an attribute, which protocol 6 allows. */
export interface NestedType {
  nesting_mode: "single" | "list" | "set" | "map";
  attributes: Record<string, Attribute>;
}

/** A kind of block inside a block. */
export interface NestedBlock {
  nesting_mode: "single" | "list" | "set" | "map" | "group";
  block: Block;
  min_items?: number;
  max_items?: number;
}
