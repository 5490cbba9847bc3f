import type { IncomingHttpHeaders } from "node:http";
import type { Shape } from "./model";
import { scalarOf } from "./scalar";

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Something in a request that AWS would refuse. */
export interface Violation {
  /** Path of the member, by the names of the model; `-` for the request as a whole. */
  readonly member: string;
  /** What kind of rule it breaks: `enum`, `pattern`, `missing required`, ... */
  readonly kind: string;
  readonly value: unknown;
  /** The rule. */
  readonly rule: string;
}

/** A request, decoded by the model of its service. */
export interface Decoded {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What did not fit into the model when the request was decoded. */
  readonly violations: readonly Violation[];
}

/** Collects what does not fit while a request is decoded. */
export class Misfits {
  readonly violations: Violation[] = [];

  unknown(member: string, value: unknown): void {
    this.violations.push({ member, kind: "unknown member", value, rule: "a member of the model" });
  }

  type(member: string, value: unknown, type: string): void {
    this.violations.push({ member, kind: "type", value, rule: `a ${type}` });
  }

  /** Text as the type of its shape; where it is none, that is noted and the text stays. */
  scalar({ type }: Shape, text: string, member: string): unknown {
    const value = scalarOf(type, text);
    if (value === undefined) this.type(member, text, type);
    return value ?? text;
  }
}

/** The path of a member in another. */
export function within(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
