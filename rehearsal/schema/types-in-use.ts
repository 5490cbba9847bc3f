import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const kinds = ["resource", "data", "ephemeral"] as const;

/** Types by the block of the configuration that names them. */
export type TypeNames = Readonly<Record<(typeof kinds)[number], ReadonlySet<string>>>;

/**
 * The types that configurations name, now or earlier in the same rehearsal: a state may still hold what no
 * configuration names any more.
 */
export class TypesInUse {
  private readonly names = {
    resource: new Set<string>(),
    data: new Set<string>(),
    ephemeral: new Set<string>(),
  };
  private readonly seen = new Map<string, string>();

  constructor(
    /** Folders with Terraform's JSON, at any depth. */
    private readonly folders: readonly string[],
    /** Where to remember the types. */
    private readonly file: string,
  ) {
    if (existsSync(file)) this.add(parsed(readFileSync(file, "utf8")));
  }

  /** Reads what has been written since the last call. */
  read(): TypeNames {
    const before = this.size();
    for (const file of this.folders.flatMap(configurationsBelow)) {
      const { mtimeMs, size } = statSync(file);
      const version = `${mtimeMs} ${size}`;
      if (this.seen.get(file) === version) continue;
      this.seen.set(file, version);
      this.add(parsed(readFileSync(file, "utf8")));
    }
    if (this.size() > before) writeFileSync(this.file, JSON.stringify(this.names, asRecord));
    return this.names;
  }

  private add(configuration: Configuration): void {
    for (const kind of kinds) for (const type of keysOf(configuration[kind])) this.names[kind].add(type);
  }

  private size(): number {
    return kinds.reduce((sum, kind) => sum + this.names[kind].size, 0);
  }
}

/** In the shape of a configuration, so that it is read as one. */
const asRecord = (_key: string, value: unknown): unknown =>
  value instanceof Set ? Object.fromEntries([...value].map((type) => [type, {}])) : value;

/** Folders whose names begin with a dot are Terraform's own. */
function configurationsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") ? [] : configurationsBelow(path);
    return entry.name.endsWith(".tf.json") ? [path] : [];
  });
}

type Configuration = Readonly<Partial<Record<(typeof kinds)[number], unknown>>>;

/** Nothing when it is no JSON, which Terraform will say itself. */
function parsed(text: string): Configuration {
  try {
    // An object in Terraform's JSON; of anything else no member is read.
    return Object(JSON.parse(text)) as Configuration;
  } catch {
    return {};
  }
}

/** Terraform takes a list of objects for one object. */
function keysOf(block: unknown): readonly string[] {
  if (Array.isArray(block)) return block.flatMap(keysOf);
  return typeof block === "object" && block !== null ? Object.keys(block) : [];
}
