import type { Block, CtyType } from "./model";

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
