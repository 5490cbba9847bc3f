import type { Environment } from "../layer/environment-schema";
import type { SettingProblem } from "./setting-problem";

type Tagging = Pick<Environment, "tags" | "tagKeys" | "customer">;

/** Keys that stand for two tags of one resource; IAM treats "Name" and "name" as equal. */
export function tagConflicts(tagging: Tagging): readonly SettingProblem[] {
  return [...conflictingOwn(tagging), ...takenByLayers(tagging), ...differingByCase(tagging)];
}

function conflictingOwn({ tagKeys }: Tagging): readonly SettingProblem[] {
  const own = Object.entries(tagKeys);
  const set = [...own.map(([, key]) => key), "Name"].map((key) => key.toLowerCase());
  return own.flatMap(([field, key], index) => {
    const others = set.toSpliced(index, 1);
    // A key that is the name of its field is the default, and not what to change.
    return key !== field && others.includes(key.toLowerCase()) ? [twice(["tagKeys", field], key)] : [];
  });
}

function takenByLayers({ tags, tagKeys, customer }: Tagging): readonly SettingProblem[] {
  // Without a customer, the layers set no such tag.
  const own = Object.entries(tagKeys).filter(([field]) => field !== "customer" || customer !== undefined);
  const set = [...own.map(([, key]) => key), "Name"];
  return Object.keys(tags).flatMap((key): SettingProblem[] => {
    const same = set.find((other) => other.toLowerCase() === key.toLowerCase());
    return same === undefined ? [] : [{ ...ofLayers(["tags", key], key, same), part: "key" }];
  });
}

function differingByCase({ tags }: Tagging): readonly SettingProblem[] {
  const first = new Map<string, string>();
  return Object.keys(tags).flatMap((key): SettingProblem[] => {
    const earlier = first.get(key.toLowerCase());
    if (earlier === undefined) {
      first.set(key.toLowerCase(), key);
      return [];
    }
    return [
      {
        path: ["tags", key],
        part: "key",
        message: `"${key}" differs from "${earlier}" in upper and lower case only, which IAM refuses`,
        hint: "Keep one of the two",
      },
    ];
  });
}

function twice(path: SettingProblem["path"], key: string): SettingProblem {
  return {
    path,
    message: `"${key}" is the key of another tag that the layers set`,
    hint: "Write a key that differs from Name and from the others in more than upper and lower case",
  };
}

function ofLayers(path: SettingProblem["path"], key: string, set: string): SettingProblem {
  const inCase = key === set ? "" : `, because "${set}" is one, and upper and lower case do not count`;
  return {
    path,
    message: `"${key}" is the key of a tag that the layers set${inCase}`,
    hint: "Remove it, or choose other keys for the tags of the layers in tagKeys",
  };
}
