import { createContext, Script } from "node:vm";
import { patternOf } from "./pattern";

/** A pattern that a service model has for texts. */
export class TextPattern {
  private readonly regex: RegExp;
  private readonly mayBacktrack: boolean;
  private readonly accepted = new Set<string>();

  /** Throws where JavaScript has no such pattern. */
  constructor(java: string) {
    this.regex = patternOf(java);
    this.mayBacktrack = /\)[*+{]/.test(java);
  }

  /** Whether the whole text matches; throws where that is not known after some time. */
  matches(text: string): boolean {
    if (this.accepted.has(text)) return true;
    const matches = this.mayBacktrack && text.length > 16 ? inTime(this.regex, text) : this.regex.test(text);
    if (matches) this.accepted.add(text);
    return matches;
  }
}

const milliseconds = 500;
const script = new Script("regex.test(text)");

/** A group that is repeated, with a repetition in it, can take years: that of rds's IntegrationName does. */
function inTime(regex: RegExp, text: string): boolean {
  const context = createContext({ regex, text });
  // What `test` gives.
  return script.runInContext(context, { timeout: milliseconds }) as boolean;
}
