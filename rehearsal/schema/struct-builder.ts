import type { Attribute, Block, CtyType, NestedBlock, NestedType } from "./model";
import type { HclMappings, SourceClass } from "./source-classes";
import type { SourceInterface, SourceModule } from "./source-parser";
import { getterType, storageType } from "./source-types";
import { attributeType } from "./types";
import { emptyRecord, mapValues } from "./records";

type SourceAttribute = SourceClass["attributes"][number];

/** A level of a module: the root class, or the struct of a nested block or attribute. */
export interface Struct {
  readonly attributes: readonly SourceAttribute[];
  readonly members: SourceInterface;
  readonly mappings: HclMappings;
  /** Names of the structs around it; a recursive one is left out, as cdktf leaves it out. */
  readonly ancestors: readonly string[];
}

interface Member {
  readonly attribute: SourceAttribute;
  readonly mapping: HclMappings[string];
  readonly declaredBlock: boolean;
}

interface StructUse {
  readonly name: string;
  readonly kind: "single" | "list" | "map";
  /** For a list or map of lists or maps. */
  readonly outer?: "list" | "map";
}

/** Turns the structs of one parsed module into blocks. */
export class StructBuilder {
  constructor(
    private readonly module: SourceModule,
    /** Protocol 6: structs that are no blocks are nested attributes. */
    private readonly nestedAttributes: boolean,
  ) {}

  build(struct: Struct): Block {
    const block: Block = { attributes: emptyRecord(), block_types: emptyRecord() };
    for (const attribute of attributesOf(struct)) {
      const mapping = struct.mappings[attribute.name];
      const declaredBlock = struct.members.get(attribute.name)?.isBlock ?? false;
      this.add(block, { attribute, mapping, declaredBlock }, struct.ancestors);
    }
    return block;
  }

  private add(block: Block, member: Member, ancestors: readonly string[]): void {
    const { name } = member.attribute;
    const use = this.structUse(member);
    if (!use) {
      block.attributes[name] = { ...flags(member.attribute), type: plainType(member) };
      return;
    }
    if (ancestors.includes(use.name)) return;
    const inner = this.struct(use.name, ancestors);
    if (this.isBlock(member, use)) block.block_types[name] = this.nestedBlock(member, use, inner);
    else block.attributes[name] = { ...flags(member.attribute), ...this.nestedType(member, use, inner) };
  }

  private struct(name: string, ancestors: readonly string[]): Block {
    const reference = this.module.classes.get(`${name}OutputReference`);
    return this.build({
      attributes: reference?.attributes ?? [],
      members: this.module.interfaces.get(name) ?? new Map(),
      mappings: this.module.structMappings.get(name.charAt(0).toLowerCase() + name.slice(1)) ?? {},
      ancestors: [...ancestors, name],
    });
  }

  /** The struct an attribute holds, and how many of it; undefined when its type is plain. */
  private structUse({ attribute, mapping }: Member): StructUse | undefined {
    if (attribute.stored?.startsWith("cdktf.")) return undefined;
    if (attribute.stored) return this.storedStruct(attribute.stored);
    if (!mapping || storageType(mapping.storage)) return undefined;
    // A provider's structs have no stored objects: the mapping alone names them.
    const repeated =
      mapping.kind === "map" || (mapping.kind !== "struct" && mapping.value.includes("listMapper"));
    const name = mapping.storage.replace(/(List|Map)$/, "");
    if (mapping.kind === "struct") return { name: mapping.storage, kind: "single" };
    return repeated ? this.storedStruct(mapping.storage) : { name, kind: "single" };
  }

  private storedStruct(stored: string): StructUse {
    const without = (suffix: string): string => stored.slice(0, -suffix.length);
    if (stored.endsWith("OutputReference")) return { name: without("OutputReference"), kind: "single" };
    for (const [suffix, kind, outer] of nestedCollections) {
      const name = without(suffix);
      if (stored.endsWith(suffix) && this.module.classes.has(`${name}OutputReference`))
        return { name, kind, outer };
    }
    if (stored.endsWith("List")) return { name: without("List"), kind: "list" };
    if (stored.endsWith("Map")) return { name: without("Map"), kind: "map" };
    throw new Error(`Cannot extract a schema: the meaning of the class "${stored}" is not known`);
  }

  /** `isBlock` in the mapping only says that there is a struct; these four signs are the truth. */
  private isBlock(member: Member, use: StructUse): boolean {
    const { computed, optional, required } = member.attribute;
    const mappedAsBlock = /listMapper(?:Hcl)?\(\w+, true\)/.test(member.mapping?.value ?? "");
    const onlyABlockCanBe = !computed && !optional && !required;
    return member.declaredBlock || mappedAsBlock || this.isSingleItem(member, use) || onlyABlockCanBe;
  }

  private isSingleItem({ mapping }: Member, use: StructUse): boolean {
    if (use.kind !== "single") return false;
    return this.module.classes.get(`${use.name}OutputReference`)?.singleItem ?? mapping?.kind !== "struct";
  }

  private nestedBlock(member: Member, use: StructUse, block: Block): NestedBlock {
    const { attribute, mapping } = member;
    const isSet = mapping ? mapping.kind === "set" : (attribute.storedAsSet ?? false);
    const least = attribute.required ? { min_items: 1 } : {};
    if (this.isSingleItem(member, use))
      return { nesting_mode: mapping?.kind === "set" ? "set" : "list", block, max_items: 1, ...least };
    if (use.kind === "single") return { nesting_mode: "single", block };
    return { nesting_mode: use.kind === "map" ? "map" : isSet ? "set" : "list", block, ...least };
  }

  private nestedType(
    member: Member,
    use: StructUse,
    block: Block,
  ): { type: CtyType } | { nested_type: NestedType } {
    const isSet = member.attribute.storedAsSet ?? member.mapping?.kind === "set";
    const mode = use.kind === "list" && isSet ? "set" : use.kind;
    if (this.nestedAttributes && !use.outer)
      return { nested_type: { nesting_mode: mode, attributes: block.attributes } };
    const object: CtyType = ["object", mapValues(block.attributes, attributeType)];
    if (use.outer) {
      const inner: CtyType = use.kind === "single" ? object : [use.kind, object];
      return { type: [use.outer === "list" && isSet ? "set" : use.outer, inner] };
    }
    return { type: mode === "single" ? object : [mode, object] };
  }
}

const nestedCollections = [
  ["MapList", "map", "list"],
  ["ListMap", "list", "map"],
  ["ListList", "list", "list"],
] as const;

/** A provider's structs have no class: their interface lists the attributes. */
function attributesOf({ attributes, members }: Struct): readonly SourceAttribute[] {
  if (attributes.length > 0) return attributes;
  return [...members].map(([name, { optional }]) => ({
    name,
    computed: false,
    optional,
    required: !optional,
  }));
}

function flags({ required, optional, computed }: SourceAttribute): Attribute {
  return { ...(required && { required }), ...(optional && { optional }), ...(computed && { computed }) };
}

function plainType({ attribute, mapping }: Member): CtyType {
  const { stored, storedAsSet, getter } = attribute;
  if (stored) return storageType(stored.slice("cdktf.".length), storedAsSet ? "set" : "list") ?? "dynamic";
  if (mapping) return storageType(mapping.storage, mapping.kind) ?? "dynamic";
  return (getter && getterType(getter)) || "dynamic";
}
