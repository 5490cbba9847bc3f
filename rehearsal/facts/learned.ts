import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Knowledge } from "../engine/provider-definition";
import type { SchemaMark } from "../schema/overlay";
import type { Rule } from "./rule";

/** What was learned about a provider by asking the real one, and which version of it was asked. */
export interface LearnedFacts {
  readonly providerVersion: string;
  readonly types: Readonly<Record<string, TypeFacts | undefined>>;
}

/** What was learned about one resource type. */
export interface TypeFacts {
  readonly knowledge?: Knowledge;
  /** The real provider refuses a configured `id`. */
  readonly idIsRefused?: boolean;
  /** By dotted path from the type. */
  readonly rules?: Readonly<Record<string, Rule>>;
  readonly conflicts?: readonly (readonly [string, string])[];
  readonly marks?: Readonly<Record<string, SchemaMark>>;
}

/** Reads the facts that are kept about a provider. */
export function readFacts(provider: string): LearnedFacts {
  // Written by reduce.ts.
  return JSON.parse(readFileSync(join(__dirname, `${provider}.json`), "utf8")) as LearnedFacts;
}
