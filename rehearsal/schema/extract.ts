import type { Schema } from "./model";
import { emptyRecord } from "./records";
import { moduleNames, moduleSource } from "./provider-package";
import { parseModule, type SourceModule } from "./source-parser";
import { StructBuilder } from "./struct-builder";
import type { SourceClass } from "./source-classes";

/** Every schema of one provider. */
export interface ProviderSchemas {
  provider: Schema;
  resources: Record<string, Schema>;
  dataSources: Record<string, Schema>;
  /** Packages leave these out; the overlay brings them. */
  ephemeralResources: Readonly<Record<string, Schema>>;
}

const rootBase = /^Terraform(Resource|DataSource|Provider)$/;

/** Derives a provider's schemas from the source that its generated npm package carries. */
export function extractSchemas(packageDirectory: string, nestedAttributes: boolean): ProviderSchemas {
  const schemas: ProviderSchemas = {
    provider: { version: 0, block: { attributes: {}, block_types: {} } },
    resources: emptyRecord(),
    dataSources: emptyRecord(),
    ephemeralResources: emptyRecord(),
  };
  for (const name of moduleNames(packageDirectory)) {
    const module = parseModule(moduleSource(packageDirectory, name));
    const root = rootOf(module);
    if (root) addSchema(schemas, root, rootSchema(module, root, nestedAttributes));
  }
  return schemas;
}

/** Derives the schema of one module of a package, without nested attributes. */
export function extractType(packageDirectory: string, name: string): Schema {
  const module = parseModule(moduleSource(packageDirectory, name));
  const root = rootOf(module);
  if (!root) throw new Error(`Cannot extract a schema: the module "${name}" holds no resource`);
  const schema = rootSchema(module, root, false);
  return root.base === "TerraformProvider" ? withoutAlias(schema) : schema;
}

function rootOf(module: SourceModule): SourceClass | undefined {
  return [...module.classes.values()].find(({ base }) => rootBase.test(base));
}

function rootSchema(module: SourceModule, root: SourceClass, nestedAttributes: boolean): Schema {
  // Usually <Class>Config, but a collision of names makes it another (Wafv2WebAclAssociationConfigA).
  const config = /constructor\(scope: Construct, id: string, config: (\w+)/.exec(root.body)?.[1];
  const members = module.interfaces.get(config ?? `${root.name}Config`) ?? new Map<never, never>();
  const { attributes, mappings } = root;
  const builder = new StructBuilder(module, nestedAttributes);
  return { version: 0, block: builder.build({ attributes, members, mappings, ancestors: [] }) };
}

function addSchema(schemas: ProviderSchemas, root: SourceClass, schema: Schema): void {
  const type = /tfResourceType = "(\w+)"/.exec(root.body)?.[1] ?? "";
  if (root.base === "TerraformResource") schemas.resources[type] = schema;
  else if (root.base === "TerraformDataSource") schemas.dataSources[type] = schema;
  else schemas.provider = withoutAlias(schema);
}

/** `alias` is Terraform's own, no part of the provider's schema. */
function withoutAlias(schema: Schema): Schema {
  const attributes = Object.entries(schema.block.attributes).filter(([name]) => name !== "alias");
  return { ...schema, block: { ...schema.block, attributes: Object.fromEntries(attributes) } };
}
