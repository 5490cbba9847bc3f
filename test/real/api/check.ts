import { TextPattern } from "./matches";
import type { Model, Models, Shape } from "./model";
import { type Decoded, type Violation, within } from "./request";

/** Checks requests against the constraints that the models have as data. */
export class Checker {
  private readonly patterns = new Map<string, TextPattern>();

  constructor(private readonly models: Models) {}

  /** What AWS would refuse, besides what could not be decoded. */
  check({ service, operation, params }: Decoded): readonly Violation[] {
    const model = this.models.of(service);
    const input = model?.operations[operation]?.input;
    if (model === undefined || input === undefined) return [];
    return this.value(model, { shape: model.shapeOf(input), value: params, path: "" });
  }

  private value(model: Model, at: At): readonly Violation[] {
    const { shape, value, path } = at;
    if (value === undefined || value === null) return [];
    switch (shape.type) {
      case "structure":
        return isRecord(value) && shape.document !== true ? this.structure(model, { ...at, value }) : [];
      case "list": {
        if (!Array.isArray(value)) return [];
        const item = model.itemOf(shape);
        const items: readonly unknown[] = value;
        const found = items.flatMap((each, index) =>
          this.value(model, { shape: item, value: each, path: `${path}[${index}]` }),
        );
        return [...outside(at, items.length, "list size"), ...found];
      }
      case "map":
        return isRecord(value) ? this.map(model, { ...at, value }) : [];
      case "string":
        return typeof value === "string" ? this.text({ ...at, value }) : [];
      case "blob":
        return Buffer.isBuffer(value) ? outside(at, value.length, "length") : [];
      case "integer":
        return [...outside(at, Number(value), "range"), ...notIn32Bits(at)];
      case "long":
      case "float":
      case "double":
        return outside(at, Number(value), "range");
      default:
        return [];
    }
  }

  private structure(model: Model, { shape, value, path }: At<Readonly<Record<string, unknown>>>) {
    const missing = (shape.required ?? [])
      .filter((name) => value[name] === undefined)
      .map((name) =>
        violation(within(path, name), "missing required", { value: undefined, rule: "required" }),
      );
    const given = Object.keys(value);
    const union =
      shape.union === true && given.length !== 1
        ? [violation(path, "union", { value: given, rule: "exactly one member" })]
        : [];
    const members = model
      .membersOf(shape)
      .flatMap(([name, member]) =>
        this.value(model, { shape: member, value: value[name], path: within(path, name) }),
      );
    return [...missing, ...union, ...members];
  }

  private map(model: Model, at: At<Readonly<Record<string, unknown>>>): readonly Violation[] {
    const { key, value } = model.entryOf(at.shape);
    const entries = Object.entries(at.value);
    const found = entries.flatMap(([name, each]) => [
      ...this.value(model, { shape: key, value: name, path: `${at.path}.(key)` }),
      ...this.value(model, { shape: value, value: each, path: within(at.path, name) }),
    ]);
    return [...outside(at, entries.length, "map size"), ...found];
  }

  private text(at: At<string>): readonly Violation[] {
    const { shape, value, path } = at;
    // Characters, of which some are two of JavaScript's.
    const length = outside(at, Array.from(value).length, "length");
    const choices = shape.enum;
    const choice =
      choices !== undefined && !choices.includes(value)
        ? [
            violation(path, "enum", {
              value,
              rule: `one of ${choices.slice(0, 8).join(", ")}${choices.length > 8 ? ", ..." : ""}`,
            }),
          ]
        : [];
    return [...length, ...choice, ...(length.length === 0 ? this.pattern(at) : [])];
  }

  private pattern({ shape, value, path }: At<string>): readonly Violation[] {
    const { pattern } = shape;
    if (pattern === undefined) return [];
    try {
      const compiled = this.patterns.get(pattern) ?? new TextPattern(pattern);
      this.patterns.set(pattern, compiled);
      return compiled.matches(value) ? [] : [violation(path, "pattern", { value, rule: pattern })];
    } catch (error) {
      return [violation(path, "undecided pattern", { value, rule: `${pattern}: ${String(error)}` })];
    }
  }
}

/** A value, the shape that it should have, and where it is. */
interface At<Value = unknown> {
  readonly shape: Shape;
  readonly value: Value;
  readonly path: string;
}

function violation(
  member: string,
  kind: string,
  { value, rule }: { readonly value: unknown; readonly rule: string },
): Violation {
  return { member, kind, value, rule };
}

function outside({ shape, value, path }: At, size: number, kind: string): readonly Violation[] {
  const { min, max } = shape;
  const shown = typeof value === "object" ? size : value;
  if (min !== undefined && size < min)
    return [violation(path, kind, { value: shown, rule: `at least ${min}` })];
  if (max !== undefined && size > max)
    return [violation(path, kind, { value: shown, rule: `at most ${max}` })];
  return [];
}

function notIn32Bits({ value, path }: At): readonly Violation[] {
  const number = Number(value);
  // Text has been noted already.
  const fits = Number.isNaN(number) || (number >= -(2 ** 31) && number < 2 ** 31);
  return fits ? [] : [violation(path, "range", { value, rule: "32 bits" })];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
