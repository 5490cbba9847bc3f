/** Members of a request or of an answer, by their model's names. */
export type Members = Readonly<Record<string, unknown>>;

/** A request that a filler is asked for; the judge has decoded it by its model. */
export class Asked {
  constructor(
    readonly params: Members,
    readonly region: string,
  ) {}

  /** A member that is text; empty where it is absent. */
  text(name: string): string {
    return textOf(this.params, name);
  }

  /** A member that is a structure or a map. */
  part(name: string): Members {
    // Decoded by its model; an absent one has no members.
    return (this.params[name] ?? {}) as Members;
  }

  /** A member that is a list of texts. */
  texts(name: string): readonly string[] | undefined {
    // Decoded by its model.
    return this.params[name] as readonly string[] | undefined;
  }

  /** A member that is a list of structures. */
  parts(name: string): readonly Members[] {
    // Decoded by its model; an absent one has no members.
    return (this.params[name] ?? []) as readonly Members[];
  }
}

/** A member that is text; empty where it is absent. */
export function textOf(members: Members, name: string): string {
  const value = members[name];
  return typeof value === "string" ? value : "";
}

/** An answer in place of moto's. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type ByOperation<Value> = Readonly<Record<string, Value>>;

/** What moto lacks of a service. Everything else of it moto answers. */
export interface Filler {
  /** Folder of the service in botocore's data. */
  readonly service: string;
  /** Terraform's types of what it holds. */
  readonly types?: readonly string[];
  /** Operations that it answers; undefined: moto answers this one. */
  readonly answers?: ByOperation<(asked: Asked) => Answer | undefined>;
  /** Requests that go to moto otherwise than they came. */
  readonly sends?: ByOperation<(body: string, asked: Asked) => string>;
  /** Answers of moto that come back otherwise than it gave them. */
  readonly corrects?: ByOperation<(body: string, asked: Asked) => string>;
  /** Why, for operations that moto has, too; it has none of the others. */
  readonly reasons?: ByOperation<string>;
  /** What it still holds. */
  readonly held?: () => Iterable<string>;
}

/** Where the environment is. */
export interface Place {
  readonly account: string;
  readonly partition: string;
}
