import { type Decoded, type Violation, within } from "./request";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const maxTags = 50;
const value = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const key = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;

/** Tags that AWS would refuse, wherever a request has them. */
export function badTags({ operation, params }: Decoded): readonly Violation[] {
  if (/^(Describe|List|Get)/.test(operation)) return [];
  return tagLists(params, "").flatMap(({ path, tags }) => {
    const tooMany = tags.length > maxTags ? [broken(path, tags.length, `at most ${maxTags} tags`)] : [];
    const keys = tags.filter(([name]) => !key.test(name)).map(([name]) => broken(path, name, "a tag's key"));
    const values = tags
      .filter(([, text]) => !value.test(text))
      .map(([, text]) => broken(path, text, "a tag's value"));
    return [...tooMany, ...keys, ...values];
  });
}

function broken(member: string, found: unknown, rule: string): Violation {
  return { member, kind: "documented", value: found, rule };
}

interface TagList {
  readonly path: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

/** Members with "tag" in their names that hold keys with values, as a list or as a map. */
function tagLists(from: unknown, path: string): readonly TagList[] {
  if (Array.isArray(from)) return from.flatMap((each: unknown) => tagLists(each, path));
  if (typeof from !== "object" || from === null || Buffer.isBuffer(from)) return [];
  return Object.entries(from).flatMap(([name, member]: [string, unknown]) => {
    const at = within(path, name);
    const tags = /tag/i.test(name) ? (fromList(member) ?? fromMap(name, member)) : undefined;
    return tags === undefined ? tagLists(member, at) : [{ path: at, tags }];
  });
}

function fromList(member: unknown): TagList["tags"] | undefined {
  if (!Array.isArray(member) || member.length === 0) return undefined;
  const tags = member.map((each: unknown) => {
    // Services write these two in three ways.
    const {
      Key,
      key = Key,
      TagKey = key,
      Value,
      value = Value,
      TagValue = value,
    } = each as Record<string, unknown>;
    return typeof TagKey === "string" && typeof TagValue === "string"
      ? ([TagKey, TagValue] as const)
      : undefined;
  });
  return tags.every((tag) => tag !== undefined) ? tags : undefined;
}

function fromMap(name: string, member: unknown): TagList["tags"] | undefined {
  if (!/tags?$/i.test(name) || typeof member !== "object" || member === null || Array.isArray(member))
    return undefined;
  const entries = Object.entries(member).map(([own, text]) => [own, String(text)] as const);
  return entries.length > 0 && Object.values(member).every((each) => typeof each === "string")
    ? entries
    : undefined;
}
