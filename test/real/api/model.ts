import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** What a member says of the shape that it has; where both say something, the member's word counts. */
export interface Reference {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly xmlAttribute?: boolean;
}

/** A shape of a service model, together with what the member that has it says of it. */
export interface Shape extends Reference {
  readonly type: string;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly payload?: string;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly union?: boolean;
  readonly document?: boolean;
}

/** An operation of a service model. */
export interface Operation {
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: Reference;
  readonly deprecated?: boolean;
}

interface ServiceData {
  readonly metadata: {
    readonly apiVersion: string;
    readonly protocol: string;
    readonly protocols?: readonly string[];
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Omit<Shape, "shape">>>;
}

/** The model of one service, as botocore has it. */
export class Model {
  private readonly resolved = new WeakMap<Reference, Shape>();

  constructor(
    readonly service: string,
    private readonly data: ServiceData,
  ) {}

  get version(): string {
    return this.data.metadata.apiVersion;
  }

  get targetPrefix(): string | undefined {
    return this.data.metadata.targetPrefix;
  }

  get operations(): Readonly<Record<string, Operation>> {
    return this.data.operations;
  }

  /** Every pattern that it has for texts. */
  get patterns(): ReadonlySet<string> {
    const all = Object.values(this.data.shapes).map(({ pattern }) => pattern);
    return new Set(all.filter((pattern) => pattern !== undefined));
  }

  speaks(protocol: string): boolean {
    const { protocol: only, protocols = [only] } = this.data.metadata;
    return protocols.includes(protocol);
  }

  shapeOf(reference: Reference): Shape {
    const known = this.resolved.get(reference);
    if (known !== undefined) return known;
    const shape = this.data.shapes[reference.shape];
    if (shape === undefined) throw new Error(`${this.service} has no shape ${reference.shape}`);
    const resolved = { ...shape, ...reference };
    this.resolved.set(reference, resolved);
    return resolved;
  }

  /** The members of a structure by their names. */
  membersOf(shape: Shape): readonly (readonly [string, Shape])[] {
    return Object.entries(shape.members ?? {}).map(([name, reference]) => [name, this.shapeOf(reference)]);
  }

  /** What a list consists of. */
  itemOf({ shape, member }: Shape): Shape {
    if (member === undefined) throw new Error(`${this.service}'s ${shape} is no list`);
    return this.shapeOf(member);
  }

  /** What a map consists of. */
  entryOf({ shape, key, value }: Shape): { readonly key: Shape; readonly value: Shape } {
    if (key === undefined || value === undefined) throw new Error(`${this.service}'s ${shape} is no map`);
    return { key: this.shapeOf(key), value: this.shapeOf(value) };
  }
}

/** The service models in a data folder of botocore; each is read when it is needed. */
export class Models {
  private readonly read = new Map<string, Model>();

  constructor(private readonly folder: string) {}

  /** The model in a service's folder; undefined where there is none. */
  of(service: string): Model | undefined {
    const known = this.read.get(service);
    if (known !== undefined) return known;
    const file = this.newest(service);
    if (file === undefined) return undefined;
    // botocore's own format, of which we read a part.
    const data = JSON.parse(gunzipSync(readFileSync(file)).toString()) as ServiceData;
    const model = new Model(service, data);
    this.read.set(service, model);
    return model;
  }

  private newest(service: string): string | undefined {
    try {
      const version = readdirSync(join(this.folder, service)).sort().at(-1);
      return version && join(this.folder, service, version, "service-2.json.gz");
    } catch {
      return undefined;
    }
  }
}
