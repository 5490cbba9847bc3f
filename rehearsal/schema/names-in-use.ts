import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../system-error";

const kinds = ["resource", "data", "ephemeral"] as const;

/**
 * What a configuration may hold for its types to be read from it: a module names types elsewhere, `moved` and `removed` name them in
 * addresses, as `import` does of what no other block has to declare, and a later Terraform may have more.
 */
const readBlocks = [
  ...kinds,
  "check",
  "import",
  "//",
  "terraform",
  "provider",
  "variable",
  "locals",
  "output",
];

/** Types by the block of the configuration that names them, and what their arguments and nested blocks are called. */
export interface Names extends Readonly<Record<(typeof kinds)[number] | "arguments", ReadonlySet<string>>> {
  /** Types that a configuration names now. */
  readonly now: ReadonlySet<string>;
  /** Whether configurations name, now or earlier, types that cannot be read from them: only all types are enough. */
  readonly unbounded: boolean;
}

/**
 * What configurations name, now or earlier in the same rehearsal: a state may still hold what no configuration names
 * any more.
 */
export class NamesInUse {
  private readonly names = {
    resource: new Set<string>(),
    data: new Set<string>(),
    ephemeral: new Set<string>(),
    arguments: new Set<string>(),
  };
  private unbounded = false;
  private readonly imported = new Set<string>();
  private readonly seen = new Map<string, { readonly version: string; readonly types: readonly string[] }>();
  /** The answer to the last call, and the files that it was read from. */
  private latest: { readonly files: string; readonly names: Names } | undefined;

  constructor(
    /** Folders with Terraform's JSON, at any depth. */
    private readonly folders: readonly string[],
    /** Where to remember the names. */
    private readonly file: string,
  ) {
    if (!existsSync(file)) return;
    const remembered = parsed(readFileSync(file, "utf8"));
    this.add(remembered);
    keysOf(remembered.arguments).forEach((name) => this.names.arguments.add(name));
    this.unbounded = remembered.unbounded === true;
  }

  /** Reads what has been written since the last call; without anything, the answer is the same object again. */
  read(): Names {
    const found = this.folders.flatMap(configurationsBelow).map((file) => [file, versionOf(file)] as const);
    const files = JSON.stringify(found);
    if (this.latest?.files === files) return this.latest.names;
    const before = this.remembered();
    const types = found.flatMap(([file, version]) => this.typesIn(file, version));
    this.unbounded ||= [...this.imported].some((type) => !this.names.resource.has(type));
    const after = this.remembered();
    if (after !== before) writeFile(this.file, after);
    const names = { ...this.names, now: new Set(types), unbounded: this.unbounded };
    this.latest = { files, names };
    return names;
  }

  /** The types that a file names; it is read when it is new or changed. */
  private typesIn(file: string, version: string): readonly string[] {
    if (!file.endsWith(".tf.json")) {
      this.unbounded = true;
      return [];
    }
    const seen = this.seen.get(file);
    if (seen?.version === version) return seen.types;
    const configuration = parsed(readFileSync(file, "utf8"));
    this.add(configuration);
    const checked = checkedData(configuration.check);
    this.add({ data: checked });
    this.unbounded ||= Object.keys(configuration).some((block) => !readBlocks.includes(block));
    for (const type of importedTypes(configuration.import)) this.imported.add(type);
    const types = [...kinds.map((kind) => configuration[kind]), checked].flatMap(keysOf);
    this.seen.set(file, { version, types });
    return types;
  }

  private add(configuration: Configuration): void {
    for (const kind of kinds) {
      for (const type of keysOf(configuration[kind])) this.names[kind].add(type);
      for (const name of keysWithin(configuration[kind])) this.names.arguments.add(name);
    }
  }

  private remembered(): string {
    return JSON.stringify({ ...this.names, unbounded: this.unbounded }, asRecord);
  }
}

function versionOf(file: string): string {
  // A link of an editor may lead nowhere.
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.mtimeMs} ${found.size}`;
}

/** In the shape of a configuration, so that it is read as one. */
const asRecord = (_key: string, value: unknown): unknown =>
  value instanceof Set ? Object.fromEntries([...value].map((name) => [name, {}])) : value;

/** Folders whose names begin with a dot are Terraform's own. */
function configurationsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith(".") ? [] : configurationsBelow(path);
    return /\.(tf|tofu)(\.json)?$/.test(entry.name) ? [path] : [];
  });
}

type Configuration = Readonly<
  Partial<Record<(typeof kinds)[number] | "arguments" | "check" | "import" | "unbounded", unknown>>
>;

/** Nothing when it is no JSON, which Terraform will say itself. */
function parsed(text: string): Configuration {
  try {
    // An object in Terraform's JSON; of anything else no member is read.
    return Object(JSON.parse(text)) as Configuration;
  } catch {
    return {};
  }
}

/** The data sources inside the checks. */
function checkedData(checks: unknown): readonly unknown[] {
  return membersOf(checks)
    .flatMap(([, check]) => membersOf(check))
    .filter(([name]) => name === "data")
    .map(([, data]) => data);
}

/** Of what is imported; by itself, that is no declaration. */
function importedTypes(blocks: unknown): readonly string[] {
  return membersOf(blocks).flatMap(([key, to]) => (key === "to" ? [String(to).split(".")[0] ?? ""] : []));
}

/** Terraform takes a list of objects for one object. */
function membersOf(block: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(block)) return block.flatMap(membersOf);
  return typeof block === "object" && block !== null ? Object.entries(block) : [];
}

function keysOf(block: unknown): readonly string[] {
  return membersOf(block).map(([key]) => key);
}

/** The keys of an object and of everything in it. */
function* keysWithin(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield* Object.keys(value);
  for (const member of Object.values(value)) yield* keysWithin(member);
}
