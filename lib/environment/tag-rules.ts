import type { Environment } from "../layer/environment-schema";
import type { SettingProblem } from "./setting-problem";

type Tagging = Pick<Environment, "tags" | "tagKeys">;

/** Keys that stand for two tags of one resource; IAM treats "Name" and "name" as equal. */
export function tagConflicts({ tags, tagKeys }: Tagging): readonly SettingProblem[] {
  const own = Object.entries(tagKeys);
  const set = [...own.map(([, key]) => key), "Name"].map((key) => key.toLowerCase());
  const further = Object.keys(tags).filter((key) => set.includes(key.toLowerCase()));
  return [
    ...own.flatMap(([field, key], index) => {
      const others = set.toSpliced(index, 1);
      // A key that is the name of its field is the default, and not what to change.
      return key !== field && others.includes(key.toLowerCase()) ? [twice(["tagKeys", field], key)] : [];
    }),
    ...further.map((key) => ({ ...ofLayers(["tags", key], key), part: "key" as const })),
  ];
}

function twice(path: SettingProblem["path"], key: string): SettingProblem {
  return {
    path,
    message: `"${key}" is the key of another tag that the layers set`,
    hint: "Write a key that differs from Name and from the others in more than upper and lower case",
  };
}

function ofLayers(path: SettingProblem["path"], key: string): SettingProblem {
  return {
    path,
    message: `"${key}" is the key of a tag that the layers set`,
    hint: "Remove it, or choose other keys for the tags of the layers in tagKeys",
  };
}
