import { contentsOf } from "../../terraform/stateful";
import type { Tainted } from "./find";

/** An object and what AWS says of it, in one line. */
export function lineOf({ address, type, condition }: Tainted): string {
  const contents = contentsOf(type);
  switch (condition.kind) {
    case "healthy":
      return `${address}: ${condition.word}${contents === undefined ? "" : `; replacing it would lose its ${withoutClause(contents)}`}`;
    case "busy":
      return `${address}: ${condition.word}`;
    case "unhealthy":
      return `${address}: ${condition.word}, so that it stays tainted`;
    case "absent":
      return `${address}: no longer exists, so that it stays tainted`;
    case "unknown":
      return `${address}: not known, because ${condition.because}, so that it stays tainted`;
  }
}

/** Without what stands between commas. */
function withoutClause(contents: string): string {
  return contents.split(",")[0] ?? contents;
}
