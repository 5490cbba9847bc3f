import { type Document, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import type { z } from "zod";
import { helmValuePlaces } from "./helm-value-places";
import { scalarProblem, textProblem } from "./helm-scalars";
import { isSecretText } from "./secret-names";
import type { Path, SettingProblem } from "./setting-problem";
import { trail } from "./trail";

/** Where a value of the file stands. */
interface Place {
  readonly document: Document;
  readonly path: Path;
}

/** What would not reach a Helm chart as it is written in the file, or must not reach it through the file. */
export function helmValueProblems(
  schema: z.ZodType,
  value: unknown,
  { document, path }: Place,
): readonly SettingProblem[] {
  return helmValuePlaces(schema, value, path).flatMap((place) => {
    const steps = trail(document, place);
    // A value that only a scale profile brings stands nowhere in the file.
    return steps.length === place.length ? problemsBelow(steps.at(-1)?.value, place) : [];
  });
}

function problemsBelow(node: unknown, path: Path): readonly SettingProblem[] {
  if (isSeq(node))
    return [
      ...tagged(node, path),
      ...node.items.flatMap((item, index) => problemsBelow(item, [...path, index])),
    ];
  if (isMap(node)) return [...tagged(node, path), ...inMap(node, path)];
  if (!isScalar(node)) return [];
  const other = tagged(node, path);
  return other.length > 0 ? other : found(scalarProblem(node), path);
}

function inMap(map: YAMLMap, path: Path): readonly SettingProblem[] {
  return map.items.flatMap(({ key, value }) => {
    // Keys that are not text are refused in every map.
    const name = isScalar(key) ? String(key.value) : "";
    const at = [...path, name];
    const inKey = found(textProblem(name), at).map((problem) => ({ ...problem, part: "key" as const }));
    // Whatever else is wrong with a secret could quote it.
    return [
      ...inKey,
      ...(isScalar(value) && isSecret(name, value, map) ? [secret(at)] : problemsBelow(value, at)),
    ];
  });
}

/** An ExternalSecret names a key of a Secret beside the place of its value: https://external-secrets.io/latest/api/externalsecret/ */
function isSecret(name: string, { value }: Scalar, map: YAMLMap): boolean {
  return isSecretText(name, value) && !map.has("remoteRef");
}

function secret(path: Path): SettingProblem {
  return {
    path,
    message:
      "is named as a secret is: Terraform's state, plans and the Application in the cluster would hold its value",
    hint: "Put it into a Secret of the cluster, and use the chart's setting that names one, e.g. existingSecret",
  };
}

/** Tags make other values of a text than JSON has. */
function tagged({ tag }: Node, path: Path): readonly SettingProblem[] {
  if (tag === undefined || tag === "tag:yaml.org,2002:str") return [];
  const message = `has the tag ${tag.replace("tag:yaml.org,2002:", "!!")}, which the values of a chart cannot have`;
  return [{ path, message, hint: "Remove the tag; put text in quotes" }];
}

function found(problem: Omit<SettingProblem, "path"> | undefined, path: Path): readonly SettingProblem[] {
  return problem === undefined ? [] : [{ path, ...problem }];
}
