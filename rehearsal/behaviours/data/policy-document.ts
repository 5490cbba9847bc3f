import type { Attributes } from "../../engine/behaviour";
import type { DataSource } from "../../engine/provider-definition";
import { listOf, objectOf, textOf } from "../../engine/read-value";
import { digest } from "../../cloud/digest";

type Statement = Readonly<Record<string, unknown>>;

/** `aws_iam_policy_document`: the JSON that the real provider renders, which needs no AWS either. */
export const policyDocument: DataSource = (config) => {
  const own = listOf(config.statement).map((block) => renderStatement(objectOf(block)));
  const repeated = own
    .map(({ Sid }) => Sid)
    .find((sid, at, all) => sid !== undefined && all.indexOf(sid) !== at);
  if (repeated !== undefined) return { error: `duplicate Sid (${textOf(repeated) ?? ""})` };
  const statements = [...overridden(statementsOf(config.source_policy_documents), []), ...own];
  const merged = overridden(statements, statementsOf(config.override_policy_documents));
  const id = textOf(config.policy_id);
  const document = {
    Version: textOf(config.version) ?? "2012-10-17",
    ...(id !== undefined && { Id: id }),
    ...(merged.length > 0 && { Statement: merged }),
  };
  const minified = JSON.stringify(document);
  return {
    values: { json: JSON.stringify(document, null, 2), minified_json: minified, id: digest(minified, 10) },
  };
};

function statementsOf(documents: unknown): readonly Statement[] {
  return listOf(documents)
    .flatMap((document) => textOf(document) ?? [])
    .filter((document) => document !== "")
    .flatMap((document) => {
      const { Statement: found } = objectOf(JSON.parse(document));
      return (Array.isArray(found) ? found : [found]).map(objectOf);
    });
}

/** Statements with the same Sid replace earlier ones in place; others follow. */
function overridden(statements: readonly Statement[], overrides: readonly Statement[]): readonly Statement[] {
  const result = [...statements];
  for (const override of overrides) {
    const at = result.findIndex(({ Sid }) => Sid !== undefined && Sid !== "" && Sid === override.Sid);
    if (at < 0) result.push(override);
    else result[at] = override;
  }
  return result;
}

function renderStatement(block: Readonly<Attributes>): Statement {
  const some = (name: string, key: string) => {
    const values = listOf(block[name]);
    return values.length > 0 && { [key]: oneOrMany(values) };
  };
  const sid = textOf(block.sid) ?? "";
  const conditions = listOf(block.condition).map(objectOf);
  return {
    ...(sid !== "" && { Sid: sid }),
    Effect: textOf(block.effect) ?? "Allow",
    ...some("actions", "Action"),
    ...some("not_actions", "NotAction"),
    ...some("resources", "Resource"),
    ...some("not_resources", "NotResource"),
    ...principals(block.principals, "Principal"),
    ...principals(block.not_principals, "NotPrincipal"),
    ...(conditions.length > 0 && { Condition: renderConditions(conditions) }),
  };
}

/** The provider sorts lists backwards, unwraps single values, and writes `&{…}` as the `${…}` of IAM. */
function oneOrMany(values: readonly unknown[]): unknown {
  const texts = values.map((value) => (textOf(value) ?? "").replaceAll("&{", "${"));
  return texts.length === 1 ? texts[0] : texts.sort().reverse();
}

function principals(blocks: unknown, key: string): Readonly<Record<string, unknown>> {
  const byType = new Map<string, unknown[]>();
  for (const block of listOf(blocks).map(objectOf)) {
    const type = textOf(block.type) ?? "";
    byType.set(type, [...(byType.get(type) ?? []), ...listOf(block.identifiers)]);
  }
  if (byType.size === 0) return {};
  return {
    [key]: byType.has("*")
      ? "*"
      : Object.fromEntries(sorted(byType).map(([type, ids]) => [type, oneOrMany(ids)])),
  };
}

function renderConditions(conditions: readonly Readonly<Attributes>[]): Readonly<Record<string, unknown>> {
  const byTest = new Map<string, Map<string, unknown>>();
  for (const { test, variable, values } of conditions) {
    const variables = byTest.get(textOf(test) ?? "") ?? new Map<string, unknown>();
    variables.set(textOf(variable) ?? "", oneOrMany(listOf(values)));
    byTest.set(textOf(test) ?? "", variables);
  }
  return Object.fromEntries(
    sorted(byTest).map(([test, variables]) => [test, Object.fromEntries(sorted(variables))]),
  );
}

/** Maps of Go are written in the order of their keys. */
const sorted = <Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...map].sort(([one], [other]) => (one < other ? -1 : 1));
