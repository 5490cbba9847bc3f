import type { Schema } from "../schema/model";
import { attributeType } from "../schema/types";
import type { Attributes, Context } from "./behaviour";
import type { CloudObject } from "./cloud";
import { conform } from "./conform";
import { type DataSource, type ProviderDefinition } from "./provider-definition";
import { objectOf, listOf, textOf } from "./read-value";
import { isUnset } from "./record";
import { memberOf } from "../schema/records";

/** Reads a data source with its own behaviour, or finds the one simulated resource of the same type that it describes. */
export function readDataSource(
  definition: ProviderDefinition,
  source: { context: Context; schema: Schema; config: Attributes },
): ReturnType<DataSource> {
  const { context, schema, config } = source;
  const read = definition.dataSource(context.type) ?? findResource;
  const answer = read(config, context);
  if ("error" in answer) return answer;
  const values = { ...config };
  for (const [name, attribute] of Object.entries(schema.block.attributes)) {
    if (!attribute.computed || !isUnset(values[name])) continue;
    const open = { name, type: attributeType(attribute), optional: attribute.optional ?? false };
    values[name] = name in answer.values ? answer.values[name] : definition.fallback(open, context);
  }
  for (const name of Object.keys(schema.block.block_types))
    if (isUnset(values[name]) || listOf(values[name]).length === 0)
      values[name] = answer.values[name] ?? values[name];
  return { values: conform(schema.block, values) ?? {} };
}

function findResource(config: Attributes, context: Context): ReturnType<DataSource> {
  const wanted = Object.entries(config).filter(
    ([name, value]) => !isUnset(value) && typeof value !== "object" && name !== "region",
  );
  const found = context.cloud
    .list(context.type)
    .filter((object) => wanted.every(([name, value]) => [value, undefined].includes(object.attributes[name])))
    .filter((object) => hasTags(object, config) && passesFilters(object, config));
  const [only, another] = found;
  if (only && !another) return { values: { ...only.attributes } };
  const search = JSON.stringify(Object.fromEntries(wanted));
  if (only)
    return { error: `${found.length} ${context.type} objects match ${search}; the search must match one` };
  const where = `the simulated cloud (${context.account}/${context.region})`;
  return { error: `no ${context.type} matches ${search} in ${where}` };
}

function hasTags(object: CloudObject, config: Attributes): boolean {
  const tags = objectOf(object.attributes["tags_all"]);
  return Object.entries(objectOf(config["tags"])).every(([key, value]) => memberOf(tags, key) === value);
}

function passesFilters({ attributes }: CloudObject, config: Attributes): boolean {
  return listOf(config["filter"])
    .map(objectOf)
    .every((filter) => {
      const name = textOf(filter["name"]) ?? "";
      const tags = objectOf(attributes["tags_all"]);
      const tag = name.startsWith("tag:") ? memberOf(tags, name.slice(4)) : undefined;
      const value = tag ?? memberOf(attributes, name.replaceAll("-", "_"));
      return value === undefined || listOf(filter["values"]).includes(textOf(value) ?? JSON.stringify(value));
    });
}
