import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { YamlValue } from "../../yaml";
import type { Provision } from "../expectation";
import { placedValues } from "../value-paths";
import { type ChartValues, chartValues } from "./chart-values";

const Secret = z.object({
  kind: z.literal("Secret"),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  data: z.record(z.string(), z.unknown()).default({}),
  stringData: z.record(z.string(), z.unknown()).default({}),
});

/** The Secrets that Helm releases have in their values, as objects or as templates. */
export function secretsOfReleases(synthesised: SynthesisedJson): readonly Provision[] {
  return chartValues(synthesised).flatMap(({ release, values }: ChartValues) =>
    placedValues(values).flatMap(({ value }) => {
      const found = typeof value === "string" ? secretInTemplate(value) : secretObject(value);
      return found === undefined ? [] : [{ ...found, kind: "secret" as const, by: release.address }];
    }),
  );
}

type Found = Pick<Provision, "name" | "keys">;

function secretObject(value: YamlValue): Found | undefined {
  const parsed = Secret.safeParse(value).data;
  if (parsed === undefined) return undefined;
  const { metadata, data, stringData } = parsed;
  return {
    name: `${metadata.namespace}/${metadata.name}`,
    keys: [...Object.keys(data), ...Object.keys(stringData)].sort(),
  };
}

/** A template is no YAML before Helm evaluates it, so its lines are read one by one. */
function secretInTemplate(text: string): Found | undefined {
  if (!/^kind: Secret$/m.test(text)) return undefined;
  const [, name] = /^ {2}name: "?([\w.-]+)"?$/m.exec(text) ?? [];
  const [, namespace] = /^ {2}namespace: "?([\w.-]+)"?$/m.exec(text) ?? [];
  if (name === undefined || namespace === undefined) return undefined;
  const data = text.slice(text.search(/^(data|stringData):$/m));
  const keys = [...data.matchAll(/^ {2}([\w.-]+):/gm)].map(([, key = ""]) => key);
  return { name: `${namespace}/${name}`, keys: keys.sort() };
}
