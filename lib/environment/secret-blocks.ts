import { keyNames, secretNames } from "./secret-name-ends";
import { syntax } from "./secret-syntax";

const { quote } = syntax;

const names = `(?:${secretNames}|${keyNames})(?:${quote})?[ \\t]*`;

/** What a run prints before the lines of its hooks' and provisioners' output. */
const origin = /^(?:[^\s]{1,200} \(local-exec\): ?)?/;
/** Also behind the signs of a difference, and of an entry of a list. */
const indentation = /^[\s+~-]*/;

/** `password: |`, of which the value is in the lines below that are indented more. */
const yamlBlock = new RegExp(String.raw`${names}:[ \t]*[|>][-+\d]{0,2}[ \t]*(?:#.*)?$`, "i");
/** `password = <<EOT`, of which the value ends with the line EOT. */
const heredoc = new RegExp(String.raw`${names}[:=][ \t]*<<[-~]?[ \t]*["']?(?<end>\w{1,60})["']?[ \t]*$`, "i");

/** Replaces the lines of a secret that has several, of YAML, HCL or a shell, by one of three asterisks. */
export function maskBlocks(lines: readonly string[], mask: string): readonly string[] {
  const masked: string[] = [];
  let inside: Inside | undefined;
  let isFirst = true;
  for (const line of lines) {
    if (inside?.(line) !== true) {
      inside = blockAfter(line);
      isFirst = true;
      masked.push(line);
    } else if (line.trim() === "") masked.push(line);
    else if (isFirst) {
      masked.push(`${startOf(line)}${mask}`);
      isFirst = false;
    }
  }
  return masked;
}

/** Whether a line belongs to the value that begins in the line before it. */
type Inside = (line: string) => boolean;

function blockAfter(line: string): Inside | undefined {
  // Enough for most lines.
  if (!/[|>]|<</.test(line)) return undefined;
  const opened = line.trimEnd();
  if (yamlBlock.test(opened)) {
    const outer = startOf(line).length;
    return (below) => below.trim() === "" || startOf(below).length > outer;
  }
  const end = heredoc.exec(opened)?.groups?.["end"];
  if (end === undefined) return undefined;
  let isOver = false;
  return (below) => {
    if (isOver) return false;
    isOver = below.slice(startOf(below).length).trim() === end;
    return !isOver;
  };
}

/** Where a line is from, and its indentation. */
function startOf(line: string): string {
  const from = origin.exec(line)?.[0] ?? "";
  return from + (indentation.exec(line.slice(from.length))?.[0] ?? "");
}
