import type { CtyType } from "./model";

/** The type behind cdktf's name for a storage class, "stringListMap" for map(list(string)); undefined for a struct. */
export function storageType(storage: string, outermost = "list"): CtyType | undefined {
  const name = storage.charAt(0).toLowerCase() + storage.slice(1);
  switch (name) {
    case "string":
    case "number":
      return name;
    case "boolean":
      return "bool";
    case "any":
    case "anyMap": // cdktf renders a dynamic value as a map of anything.
      return "dynamic";
  }
  if (name.endsWith("List")) return collection(outermost === "set" ? "set" : "list", name.slice(0, -4));
  if (name.endsWith("Map")) return collection("map", name.slice(0, -3));
  return undefined;
}

function collection(kind: "list" | "set" | "map", element: string): CtyType | undefined {
  const type = storageType(element);
  return type && [kind, type];
}

/** The type that a getter reads: `cdktf.Fn.tolist(this.getListAttribute("zones"))` for set(string). */
export function getterType(expression: string): CtyType | undefined {
  const kind = expression.includes("Fn.tolist(") ? "set" : "list";
  const read = /this\.get(\w+)Attribute\(/.exec(expression)?.[1];
  switch (read) {
    case undefined:
      return undefined;
    case "List":
      return [kind, "string"];
    case "NumberList":
      return [kind, "number"];
    default:
      return storageType(read);
  }
}
