import type { Decoded, Violation } from "./request";

/** What was asked for, and what AWS would have refused of it. */
export class Findings {
  private requests = 0;
  private readonly operations = new Map<string, number>();
  private readonly violations = new Map<string, string>();

  add({ service, operation }: Decoded, violations: readonly Violation[], by: string): void {
    this.requests++;
    const name = `${service}.${operation}`;
    this.operations.set(name, (this.operations.get(name) ?? 0) + 1);
    for (const { member, kind, value, rule } of violations) {
      const what = `${name} ${member.replace(/\[\d+\]/g, "[]")}: ${kind} ${shown(value)} (${shown(rule)})`;
      if (!this.violations.has(what)) this.violations.set(what, by);
    }
  }

  /** Something that nobody could judge. */
  failed(error: unknown): void {
    this.violations.set(String(error), "the proxy");
  }

  /** Each that there was, with the layer and the phase in which it was seen first. */
  get all(): readonly string[] {
    return [...this.violations].map(([what, by]) => `${by}: ${what}`);
  }

  has(operation: string): boolean {
    return this.operations.has(operation);
  }

  /** For one line of a test's output. */
  get summary(): string {
    const { requests, operations, violations } = this;
    return `${requests} requests, ${operations.size} operations, ${violations.size} violations`;
  }
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}
