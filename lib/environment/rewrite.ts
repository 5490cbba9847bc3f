import { type Document, Lexer, LineCounter } from "yaml";
import { ConfigError } from "./config-error";
import { parseConfigFile } from "./config-file";
import { readDocument } from "./document";
import { type Hunk, lineDiff, mergeLines, spacedLike } from "./line-diff";
import type { Migrated } from "./migrate";
import type { Migration } from "./migrations";

/** A file brought to the current version. */
export interface Rewritten {
  readonly text: string;
  readonly migrated: Migrated;
  /** What turns the lines of the old text into those of the new one. */
  readonly hunks: readonly Hunk[];
}

/**
 * A file in the current version of its format; undefined when it has that already. Comments and order stay, and so does
 * the layout of every line that does not change. Throws a `ConfigError` for a file that cannot be migrated.
 */
export function rewrite(
  source: { readonly file: string; readonly text: string },
  migrations?: readonly Migration[],
): Rewritten | undefined {
  const { file, text } = source;
  const { data, document, problems, migrated } = parseConfigFile(text, migrations);
  if (data === undefined || problems.length > 0) throw new ConfigError(file, problems);
  if (migrated === undefined) return undefined;
  const before = printed(readDocument(text, new LineCounter()), text);
  const after = printed(document, text);
  const layout = linesOf(text);
  const merged = mergeLines(layout, linesOf(before), linesOf(after));
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const anew = document.toString({ lineWidth: 0 });
  const candidates = [merged.join(end), spacedLike(layout, linesOf(anew)).join(end), anew];
  const best = candidates.find((candidate) => isSame(candidate, { document, text }));
  if (best === undefined) throw new Error(`Migrating ${file} would change more than the migrations do`);
  return { text: best, migrated, hunks: lineDiff(layout, linesOf(best)) };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/** Whether a text says what the document says, in the same order, with every comment of the old text. */
function isSame(candidate: string, { document, text }: { document: Document; text: string }): boolean {
  const read = readDocument(candidate, new LineCounter());
  const equal = JSON.stringify(read.toJS()) === JSON.stringify(document.toJS());
  return (
    read.errors.length === 0 && equal && commentsOf(candidate).join("\n") === commentsOf(text).join("\n")
  );
}

/** Every comment, in an order that moving them does not change. */
function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((lexeme) => lexeme.startsWith("#")).toSorted();
}

/** The document as text, as near to the layout of the file as its printer gets. */
function printed(document: Document, text: string): string {
  const whole = document.toString({
    lineWidth: 0,
    indent: /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2,
    indentSeq: !/^( *)[^\s#-].*:[ \t]*(?:#.*)?\r?\n\1- /m.test(text),
  });
  const lists = /\[[^\s\]]/.test(text)
    ? whole.replaceAll(/\[ (?=\S)/g, "[").replaceAll(/(?<=\S) \]/g, "]")
    : whole;
  return /\{[^\s}]/.test(text) ? lists.replaceAll(/\{ (?=\S)/g, "{").replaceAll(/(?<=\S) \}/g, "}") : lists;
}
