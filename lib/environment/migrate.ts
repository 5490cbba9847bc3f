import { type Document, isMap, isScalar, type YAMLMap } from "yaml";
import { type Conflict, DocumentEditor } from "./document-editor";
import type { Change, Migration } from "./migrations";

/** What brought a file to the current version. */
export interface Migrated {
  /** The version that the file was written for. */
  readonly from: number;
  readonly to: number;
  /** A sentence for each change that applies to this file. */
  readonly changes: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/** Brings a document from one version to the last that the migrations lead to, in place. */
export function migrate(document: Document, from: number, migrations: readonly Migration[]): Migrated {
  const editor = new DocumentEditor(document);
  const due = migrations.slice(from);
  const changes = due.flatMap((migration) => migration.changes.filter((change) => applies(change, editor)));
  const to = migrations.length;
  if (due.length > 0 && isMap(document.contents)) setVersion(document, document.contents, to);
  return { from, to, changes: changes.map(({ change }) => change), conflicts: editor.conflicts };
}

/** Applies a change of the format; whether the file had anything that it concerns. */
function applies({ migrate: change }: Change, editor: DocumentEditor): boolean {
  if (change === undefined) return true;
  const before = editor.changes + editor.conflicts.length;
  change(editor);
  return editor.changes + editor.conflicts.length > before;
}

/** The version stands first, below what the file says about itself. */
function setVersion(document: Document, root: YAMLMap, version: number): void {
  const written = root.items.find(({ key }) => isScalar(key) && key.value === "version");
  if (written && isScalar(written.value)) written.value.value = version;
  else {
    const pair = document.createPair("version", version);
    if (isScalar(pair.key)) pair.key.commentBefore = takeHeader(document, root);
    root.items.unshift(pair);
  }
}

/**
 * Comments above the first key are about the file, down to their last blank line, and about that key after it; without
 * a blank line they are about the file. Only those that no blank line parts from the first key are the key's for `yaml`.
 */
function takeHeader(document: Document, root: YAMLMap): string | null {
  const first = root.items[0]?.key;
  const comment = isScalar(first) ? first.commentBefore : undefined;
  if (!isScalar(first) || typeof comment !== "string" || typeof document.commentBefore === "string")
    return null;
  const blank = comment.lastIndexOf("\n\n");
  if (blank < 0) {
    first.commentBefore = null;
    return comment;
  }
  document.commentBefore = comment.slice(0, blank);
  first.commentBefore = comment.slice(blank + 2);
  return null;
}
