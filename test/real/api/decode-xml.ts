import type { Model, Shape } from "./model";
import { type Misfits, within } from "./request";
import type { XmlElement } from "./xml";

/** Reads a document of a service that speaks XML. */
export class XmlReader {
  constructor(
    private readonly model: Model,
    private readonly misfits: Misfits,
  ) {}

  value(shape: Shape, element: XmlElement, path: string): unknown {
    switch (shape.type) {
      case "structure":
        return this.structure(shape, element, path);
      case "list": {
        const item = this.model.itemOf(shape);
        const name = item.locationName ?? "member";
        const strange = element.children.filter((child) => child.name !== name);
        strange.forEach((child) => {
          this.misfits.unknown(within(path, child.name), child.text);
        });
        return this.items(item, childrenOf(element, name), path);
      }
      case "map":
        return this.map(shape, element, path);
      default:
        return this.misfits.scalar(shape, element.text, path);
    }
  }

  /** Members that go into the document. */
  structure(shape: Shape, element: XmlElement, path: string): Record<string, unknown> {
    const members = this.model.membersOf(shape).filter(([, { location }]) => location === undefined);
    const names = members.map(([name, member]) => [name, member, this.nameInXml(name, member)] as const);
    const known = new Set(names.map(([, , own]) => own));
    const strange = element.children.filter((child) => !known.has(child.name));
    strange.forEach((child) => {
      this.misfits.unknown(within(path, child.name), child.text);
    });
    const values: readonly (readonly [string, unknown])[] = names.map(([name, member, own]) => {
      const at = within(path, name);
      if (member.xmlAttribute === true) return [name, element.attributes.get(own)] as const;
      const found = childrenOf(element, own);
      if (isFlattened(member))
        return [name, found.length > 0 ? this.items(this.model.itemOf(member), found, at) : undefined];
      const [child] = found;
      return [name, child && this.value(member, child, at)] as const;
    });
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  private nameInXml(name: string, shape: Shape): string {
    const own = shape.locationName ?? name;
    if (shape.xmlAttribute === true) return own.replace(/^.*:/, "");
    return isFlattened(shape) ? (this.model.itemOf(shape).locationName ?? own) : own;
  }

  private items(item: Shape, elements: readonly XmlElement[], path: string): unknown[] {
    return elements.map((element, index) => this.value(item, element, `${path}[${index}]`));
  }

  private map(shape: Shape, { children }: XmlElement, path: string): unknown {
    const { key, value } = this.model.entryOf(shape);
    const entries = children.map((entry) => {
      const name = childrenOf(entry, key.locationName ?? "key")[0]?.text ?? "";
      const [content] = childrenOf(entry, value.locationName ?? "value");
      return [name, content && this.value(value, content, within(path, name))] as const;
    });
    return Object.fromEntries(entries);
  }
}

function isFlattened({ type, flattened }: Shape): boolean {
  return type === "list" && flattened === true;
}

function childrenOf({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name);
}
