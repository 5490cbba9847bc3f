import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a document. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

/** The repository's folder. */
export const root = join(__dirname, "../..");

/** The fenced blocks of a document, by its path in the repository. */
export function codeBlocks(path: string): readonly CodeBlock[] {
  const blocks = readFileSync(join(root, path), "utf8").matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm);
  return [...blocks].map(([, language = "", text = ""]) => ({ language, text }));
}
