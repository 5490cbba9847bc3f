import type { JsonSchema } from "./schema-outline";
import type { Path, SettingProblem } from "./setting-problem";

/** The problem of a key that is known here, but not in the form that the keys beside it have chosen. */
export function excludedKey(path: Path, forms: readonly JsonSchema[], given: unknown): SettingProblem {
  const settings: object = typeof given === "object" && given !== null ? given : {};
  const beside = Object.entries<unknown>({ ...settings }).filter(([name]) => name !== path.at(-1));
  const [choice] = beside.flatMap(([name, value]) => {
    const accepted = forms.map(({ properties = {} }) => properties[name]?.["const"]);
    const chosen = accepted.some((one) => one === undefined || one === value);
    return chosen ? [] : [{ name, value, accepted: [...new Set(accepted)] }];
  });
  if (choice !== undefined) {
    const { name, value, accepted } = choice;
    const message = `does not go with ${name}: ${JSON.stringify(value)}`;
    const values = accepted.map((one) => JSON.stringify(one)).join(" or ");
    return { path, part: "key", message, hint: `Remove it, or set ${name} to ${values}` };
  }
  const choices = choicesOf(forms, settings);
  if (choices.length > 0) {
    const wanted = choices.map(([name, values]) => `${name}: ${values}`).join(" and ");
    return { path, part: "key", message: `goes with ${wanted} only`, hint: `Remove it, or add ${wanted}` };
  }
  const others = beside
    .map(([name]) => name)
    .filter((name) => forms.every(({ properties = {} }) => !Object.hasOwn(properties, name)));
  const message = `does not go with ${others.length === 0 ? "the settings beside it" : others.join(", ")}`;
  return { path, part: "key", message, hint: "Keep one of them" };
}

/** A key that belongs one level deeper. */
export function misplacedKey(path: Path, holder: string): SettingProblem {
  const key = String(path.at(-1));
  return {
    path,
    part: "key",
    message: `unknown setting; did you mean "${holder}.${key}"?`,
    hint: `Write ${key} below ${holder}`,
  };
}

/** What chooses the forms that have the key, and is not written. */
function choicesOf(forms: readonly JsonSchema[], settings: object): readonly (readonly [string, string])[] {
  const [first] = forms;
  return Object.keys(first?.properties ?? {})
    .filter((name) => !Object.hasOwn(settings, name))
    .flatMap((name) => {
      const values = forms.map(({ properties = {} }) => properties[name]?.["const"]);
      const distinct = [...new Set(values.map((value) => JSON.stringify(value)))].join(" or ");
      return values.includes(undefined) ? [] : [[name, distinct] as const];
    });
}
