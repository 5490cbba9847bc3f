import type { AnyLayer } from "../../lib/layer/layer";
import type { Rights, RightsByType } from "../../lib/layer/rights";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import { deployerActions } from "./actions";

/** Rights that are needed for one resource. */
export interface Grant {
  readonly resource: Resource;
  readonly rights: Rights;
}

/**
 * The rights for every AWS resource and data source: those of the shared table, and those that its own layer declares.
 * A layer adds to the shared table, and takes nothing away.
 */
export function findGrants(
  synthesised: SynthesisedJson,
  layers: readonly Pick<AnyLayer, "name" | "rights">[],
): { readonly grants: readonly Grant[]; readonly unknown: readonly Resource[] } {
  const declared = new Map(layers.map(({ name, rights = {} }) => [name, rights]));
  const found = [...synthesised.resources, ...synthesised.reads]
    .filter(({ type }) => /^(\w+\.)?aws_/.test(type))
    .map((resource) => {
      const tables = [deployerActions, declared.get(resource.layer) ?? {}];
      return { resource, all: tables.flatMap((table) => rightsIn(table, resource)) };
    });
  return {
    grants: found.flatMap(({ resource, all }) => all.map((rights) => ({ resource, rights }))),
    unknown: found.flatMap(({ resource, all }) => (all.length === 0 ? [resource] : [])),
  };
}

function rightsIn(table: RightsByType, { type }: Resource): readonly Rights[] {
  const rights = Object.hasOwn(table, type) ? table[type] : undefined;
  return rights === undefined ? [] : [rights];
}
