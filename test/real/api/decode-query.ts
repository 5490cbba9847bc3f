import type { Model, Shape } from "./model";
import { type Misfits, within } from "./request";

/** One step of the names in a form: `Filter.1.Name` are three. */
interface Field {
  text?: string;
  read?: boolean;
  readonly fields: Map<string, Field>;
}

/** Reads the form of a service that speaks query, or ec2's kind of it. */
export class QueryReader {
  private readonly ec2: boolean;

  constructor(
    private readonly model: Model,
    private readonly misfits: Misfits,
  ) {
    this.ec2 = model.speaks("ec2");
  }

  read(input: Shape | undefined, form: Iterable<readonly [string, string]>): Record<string, unknown> {
    const root: Field = { fields: new Map() };
    for (const [name, text] of form) fieldAt(root, name).text = text;
    const params = input === undefined ? {} : this.structure(input, root, "");
    this.noteUnread(root, "");
    return params;
  }

  private structure(shape: Shape, field: Field, path: string): Record<string, unknown> {
    const members = this.model.membersOf(shape).map(([name, member]) => {
      const own = this.nameInForm(name, member);
      const found = own.split(".").reduce<Field | undefined>((at, step) => at?.fields.get(step), field);
      return [name, found && this.value(member, found, within(path, name))] as const;
    });
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }

  private nameInForm(name: string, shape: Shape): string {
    const { locationName, queryName } = shape;
    if (this.ec2) return queryName ?? capitalised(locationName ?? name);
    // A flattened list bears the name of its items.
    const ofItems = shape.type === "list" && shape.flattened && this.model.itemOf(shape).locationName;
    return ofItems || (locationName ?? name);
  }

  private value(shape: Shape, field: Field, path: string): unknown {
    switch (shape.type) {
      case "structure":
        return field.fields.size === 0 ? undefined : this.structure(shape, field, path);
      case "list":
        return this.list(shape, field, path);
      case "map":
        return this.map(shape, field, path);
      default:
        if (field.text === undefined) return undefined;
        field.read = true;
        return this.misfits.scalar(shape, field.text, path);
    }
  }

  private list(shape: Shape, field: Field, path: string): unknown {
    if (field.text === "") {
      field.read = true;
      return [];
    }
    const item = this.model.itemOf(shape);
    const flat = this.ec2 || shape.flattened === true;
    const numbered = flat ? field : field.fields.get(item.locationName ?? "member");
    return numbered && inOrder(numbered).map((each, index) => this.value(item, each, `${path}[${index}]`));
  }

  private map(shape: Shape, field: Field, path: string): unknown {
    const { key, value } = this.model.entryOf(shape);
    const numbered = shape.flattened ? field : field.fields.get("entry");
    if (numbered === undefined) return undefined;
    const entries = inOrder(numbered).map(({ fields }) => {
      const name = fields.get(key.locationName ?? "key");
      if (name !== undefined) name.read = true;
      const content = fields.get(value.locationName ?? "value");
      const text = name?.text ?? "";
      return [text, content && this.value(value, content, within(path, text))] as const;
    });
    return Object.fromEntries(entries);
  }

  private noteUnread({ text, read, fields }: Field, path: string): void {
    if (text !== undefined && read !== true) this.misfits.unknown(path, text);
    fields.forEach((field, name) => {
      this.noteUnread(field, within(path, name));
    });
  }
}

function fieldAt(root: Field, name: string): Field {
  return name.split(".").reduce((at, step) => {
    const field = at.fields.get(step) ?? { fields: new Map() };
    at.fields.set(step, field);
    return field;
  }, root);
}

/** Items from 1 on; what follows a gap is not read. */
function inOrder({ fields }: Field): readonly Field[] {
  const items: Field[] = [];
  for (let item = fields.get("1"); item !== undefined; item = fields.get(String(items.length + 1)))
    items.push(item);
  return items;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
