import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { codeBlocks, root } from "./code-blocks";
import { documents, filesBelow, textOf } from "./documents";

/** Without fenced blocks, whose text is no Markdown. */
function prose(path: string): string {
  return textOf(path).replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** As GitHub names the anchors of headings: https://github.com/gjtorikian/html-pipeline, toc filter. */
function anchors(path: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose(path).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = ""]) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** What is wrong with what a document links to or shows in this repository. */
const brokenLinks = (path: string) => linksOf(path).flatMap((target) => fault(path, target));

/** What a document links to or shows in this repository. */
function linksOf(path: string): readonly string[] {
  const text = prose(path).replaceAll(/`[^`\n]*`/g, "");
  const links = [
    ...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
    ...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g),
  ].map(([, target = ""]) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

function fault(from: string, target: string): readonly string[] {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? from : normalize(join(dirname(from), decodeURIComponent(file)));
  if (path.startsWith("..") || !existsSync(join(root, path))) return [`${from}: there is no ${target}`];
  if (anchor === undefined) return [];
  return anchors(path).includes(anchor) ? [] : [`${from}: ${path} has no heading #${anchor}`];
}

const folders = [
  "modules",
  "lib",
  "scripts",
  "test",
  "docs",
  "configs",
  "capacity",
  "policy",
  "gitops",
  "rehearsal",
  "synthesis",
];
/** A path from the root of the repository in backticks, with or without a line. */
const pathInText = new RegExp(String.raw`^(?:(?:${folders.join("|")})/[\w./-]+|[\w-]+\.(?:ts|json|mjs))$`);
/** What a reader of the guide creates. */
const created = /^(configs\/(?!example|dev|schema)[\w-]+\.ya?ml|modules\/cache\b.*)$/;

/** Paths that a document names and that the repository does not have. */
function brokenPaths(path: string): readonly string[] {
  const named = [...prose(path).matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => text);
  return named
    .filter((name) => name.includes("/") && pathInText.test(name) && !created.test(name))
    .filter((name) => ![".", dirname(path)].some((folder) => existsSync(join(root, folder, name))))
    .map((name) => `${path}: there is no ${name}`);
}

describe("a broken reference would be found", () => {
  test("to a file", () => {
    expect(fault("docs/guides/capacity.md", "no-such-page.md")).toHaveLength(1);
    expect(fault("docs/guides/capacity.md", "../../../outside.md")).toHaveLength(1);
  });

  test("to a heading", () => {
    expect(fault("README.md", "docs/guides/capacity.md#no-such-heading")).toHaveLength(1);
    expect(fault("README.md", "docs/guides/capacity.md#quotas")).toEqual([]);
  });
});

const sources = filesBelow(
  /(?<!\.test)\.ts$|\.ya?ml$/,
  ...folders.filter((folder) => !["test", "docs"].includes(folder)),
);

test("every page that a message, a setting or a comment names exists", () => {
  const named = sources.flatMap((path) =>
    [...textOf(path).matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(([page]) => ({
      path,
      page,
    })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.flatMap(({ page }) => fault("README.md", page))).toEqual([]);
});

test.each([...documents, "CHANGELOG.md"])("every link of %s leads somewhere", (path) => {
  expect(brokenLinks(path)).toEqual([]);
});

/** What a release packs, by folder or file; npm adds the last ones. */
const packed = [
  ...(JSON.parse(textOf("package.json")) as { files: string[] }).files,
  "README.md",
  "LICENSE",
  "package.json",
];
const isPacked = (path: string) => packed.some((entry) => path === entry || path.startsWith(`${entry}/`));

test.each(documents.filter(isPacked))("what %s links to is in the package of a release, too", (path) => {
  const targets = linksOf(path).filter((target) => !target.startsWith("#"));
  const files = targets.map((target) => normalize(join(dirname(path), target.replace(/#.*/, ""))));
  expect(files.filter((file) => !isPacked(file))).toEqual([]);
});

test.each(documents)("every path that %s names exists", (path) => {
  expect(brokenPaths(path)).toEqual([]);
});

test("every block of YAML and JSON can be parsed", () => {
  const blocks = documents
    .flatMap((path) => codeBlocks(path).map((block) => ({ path, ...block })))
    .filter(({ language }) => language === "yaml" || language === "json");
  expect(blocks.length).toBeGreaterThan(8);
  // JSON is YAML, too. Comments stand for what the reader's own file has.
  const wrong = blocks.filter(({ text }) => parseDocument(text).errors.length > 0);
  expect(wrong).toEqual([]);
});

test("the README is read in one sitting: details are in the guides", () => {
  expect(textOf("README.md").split("\n").length).toBeLessThanOrEqual(200);
});

test("every guide is linked from the README", () => {
  const readme = textOf("README.md");
  const guides = documents.filter((path) => /^docs\/(guides|reference)\/|^docs\/[^/]+$/.test(path));
  expect(guides.length).toBeGreaterThan(15);
  expect(guides.filter((path) => !readme.includes(`](${path})`))).toEqual([]);
});
