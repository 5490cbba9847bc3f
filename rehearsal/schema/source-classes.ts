import { emptyRecord } from "./records";

/** A generated class: a resource, data source or provider, or the output reference of a struct. */
export interface SourceClass {
  readonly name: string;
  readonly base: string;
  readonly body: string;
  /** The reference of a block that may appear once only. */
  readonly singleItem: boolean;
  readonly attributes: readonly SourceAttribute[];
  readonly mappings: HclMappings;
}

/** How the class renders its attributes, by Terraform name: `type: "set"`, `storageClassType: "stringList"`. */
export type HclMappings = Readonly<
  Record<string, { value: string; kind: string; storage: string } | undefined>
>;

interface SourceAttribute {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** Class of the object that holds the value. */
  readonly stored?: string;
  readonly storedAsSet?: boolean;
  /** Expression of the getter. */
  readonly getter?: string;
}

const classPattern = /^export class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm;
const attributePattern =
  /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n( {2}.*)\n(?:( {2}.*)\n(.*)\n)?/gm;
const storedPattern = /private _\w+ = new ([\w.]+)\(this, "\w+"(?:, (true|false))?\);/;
const privateField = /private _\w+\?: .*; *$/;
const mappingPattern =
  /^( +)(\w+): \{\n\s+value: (.*),\n\s+isBlock: (?:true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",\n\s+\},/gm;

/** Every class of a module, by name. */
export function parseClasses(source: string): Map<string, SourceClass> {
  const classes = new Map<string, SourceClass>();
  for (const [, name = "", base = "", body = ""] of source.matchAll(classPattern)) {
    const mappingsAt = body.indexOf("synthesizeHclAttributes");
    classes.set(name, {
      name,
      base,
      body,
      singleItem: body.includes("super(terraformResource, terraformAttribute, false, 0);"),
      attributes: [...body.matchAll(attributePattern)].map(parseAttribute),
      mappings: mappingsAt < 0 ? {} : parseMappings(body.slice(mappingsAt)),
    });
  }
  return classes;
}

/** The mappings that a rendering function returns. */
export function parseMappings(source: string): HclMappings {
  const mappings = emptyRecord<{ value: string; kind: string; storage: string }>();
  for (const [, , name = "", value = "", kind = "", storage = ""] of source.matchAll(mappingPattern))
    mappings[name] = { value, kind, storage };
  return mappings;
}

function parseAttribute(match: RegExpExecArray): SourceAttribute {
  const [, name = "", computed, optional, required, first = "", second = "", third = ""] = match;
  const flags = {
    name,
    computed: computed === "true",
    optional: optional === "true",
    required: required === "true",
  };
  const [, stored, asSet] = storedPattern.exec(first) ?? [];
  if (stored) return { ...flags, stored, storedAsSet: asSet === "true" };
  // A settable attribute has its private field first and its getter after.
  const getter = /return (.*);/.exec(privateField.test(first) ? third : second)?.[1];
  return getter ? { ...flags, getter } : flags;
}
