import { z } from "zod";
import { helmValues } from "../layer/helm-values";
import { formsOf, settingOf } from "./schema-forms";
import type { Path } from "./setting-problem";
import { isMap } from "./value-at";

type Schema = z.core.$ZodType;

/** Where a value has maps whose keys only a Helm chart knows. */
export function helmValuePlaces(schema: Schema, value: unknown, path: Path): readonly Path[] {
  if (helmValues.has(schema)) return [path];
  const forms = formsOf(schema);
  if (forms !== undefined) {
    const found = forms.flatMap((form) => helmValuePlaces(form, value, path));
    return [...new Map(found.map((place) => [place.join("\n"), place])).values()];
  }
  if (schema instanceof z.ZodArray) {
    const entries: readonly unknown[] = Array.isArray(value) ? value : [];
    return entries.flatMap((entry, index) => helmValuePlaces(schema.element, entry, [...path, index]));
  }
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const setting = settingOf(schema, name);
    return setting === undefined ? [] : helmValuePlaces(setting, inner, [...path, name]);
  });
}
