import type { Price, Range } from "../../lib/layer/prices";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import type { DeclaringLayer } from "../context";
import { asRange, type CostLine, costLines } from "./line";
import type { Prices } from "./prices";
import { costKind } from "./types";

/** Resources of one type in one layer. */
export interface LayerType {
  readonly layer: string;
  readonly type: string;
}

/** A type with the prices that its layer declares. */
interface DeclaredType extends LayerType {
  readonly prices: readonly Price[];
  readonly resources: readonly Resource[];
}

/** Declared prices of what an environment has; those of types that the estimate counts already are apart. */
export function declaredTypes(
  synthesised: SynthesisedJson,
  layers: readonly DeclaringLayer[],
): { readonly used: readonly DeclaredType[]; readonly unused: readonly LayerType[] } {
  const all = layers.flatMap(({ name: layer, prices: declared = {} }) =>
    Object.entries(declared).flatMap(([type, prices]) => {
      const resources = synthesised.of(type).filter((resource) => resource.layer === layer);
      return resources.length === 0 ? [] : [{ layer, type, prices, resources }];
    }),
  );
  return {
    used: all.filter(({ type }) => costKind(type) !== "counted"),
    unused: all.flatMap(({ layer, type }) => (costKind(type) === "counted" ? [{ layer, type }] : [])),
  };
}

/** Multiplies the declared prices with what the resources take. */
export function costOfDeclared(
  { layer, prices: declared, resources }: DeclaredType,
  { region, prices }: { readonly region: string; readonly prices: Prices },
): readonly CostLine[] {
  return costLines(
    declared.map(({ usd, amount = 1, ...price }) => {
      const amounts = resources.map(({ given }) =>
        asRange(typeof amount === "function" ? amount(given) : amount),
      );
      const sum = (end: 0 | 1) => amounts.reduce((total, range) => total + range[end], 0);
      const total: Range = [sum(0), sum(1)];
      const byRegion = typeof usd === "number" ? usd : (usd[region] ?? usd[prices.region]);
      return { ...price, topic: layer, price: byRegion, amount: total };
    }),
  );
}

/** AWS types whose prices are neither in the shared tables nor declared by their layer. */
export function notPriced(
  synthesised: SynthesisedJson,
  layers: readonly DeclaringLayer[],
): readonly LayerType[] {
  const declared = new Map(layers.map(({ name, prices = {} }) => [name, prices]));
  const unknown = synthesised.resources.filter(
    ({ layer, type }) =>
      type.startsWith("aws_") &&
      costKind(type) === undefined &&
      !Object.hasOwn(declared.get(layer) ?? {}, type),
  );
  const found = new Map(unknown.map(({ layer, type }) => [`${layer} ${type}`, { layer, type }]));
  return [...found.values()];
}
