import type { CtyType } from "../schema/model";
import type { SchemaOverlay } from "../schema/overlay";
import type { Attributes, Behaviour, Context } from "./behaviour";
import type { Diagnostic } from "./diagnostic";
import type { Settings } from "./settings";

/** One simulated provider: everything the generic engine needs beside the schema. */
export interface ProviderDefinition {
  readonly name: string;
  /** Built with the old SDK, which lets plans differ from the configuration where defaults apply. */
  readonly legacyTypeSystem: boolean;
  readonly overlay?: SchemaOverlay;
  readonly behaviour: (type: string) => Behaviour | undefined;
  /** Reads a data source; without one, the engine looks for a simulated resource of the same type. */
  readonly dataSource: (type: string) => DataSource | undefined;
  /** Opens an ephemeral resource, whose schema the overlay holds. */
  readonly ephemeralResource?: (type: string) => DataSource | undefined;
  /** Facts learned from the real provider about one resource type. */
  readonly knowledge: (type: string) => Knowledge | undefined;
  /** Checks configured values against learned rules (enumerations, ranges, patterns, conflicts). */
  readonly checkValues: (type: string, config: Attributes) => readonly Diagnostic[];
  readonly configure: (config: Attributes, settings: Settings) => Configured;
  /** A computed value that no behaviour decides. */
  readonly fallback: (attribute: OpenAttribute, context: Context) => unknown;
  /** The object that an id-shaped string names, so that dangling ids are refused. */
  readonly reference?: (text: string) => { readonly type: string; readonly id: string } | undefined;
}

/** Values of a data source's computed attributes, or why it cannot be read. */
export type DataSource = (config: Attributes, context: Context) => { values: Attributes } | { error: string };

/** Learned facts: dotted paths that force a replacement, defaults, and blocks that the service fills in when they are left out. */
export interface Knowledge {
  readonly forceNew?: readonly string[];
  readonly defaults?: Readonly<Attributes>;
  readonly computedBlocks?: readonly string[];
}

interface Configured {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

interface OpenAttribute {
  readonly name: string;
  readonly type: CtyType;
  readonly optional: boolean;
}
