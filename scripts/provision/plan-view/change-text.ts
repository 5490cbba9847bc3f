import type { PlannedChange } from "../run/plan";
import { contentsOf } from "../terraform/stateful";
import { attributeLines, everything, type Width } from "./attribute-lines";
import { printable } from "../screen/printable";
import { riskOf } from "./risk";

const signs: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  import: "<",
  move: ">",
  remove: ".",
};

/** What Terraform says of deletions and replacements: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const reasons: Readonly<Record<string, string>> = {
  deposed: "left over from an earlier replacement",
  replace_because_tainted: "it is tainted",
  replace_by_request: "its replacement was requested",
  replace_by_triggers: "of replace_triggered_by",
};

/** One change with its values. */
export function changeText(change: PlannedChange, width: Width = everything): readonly string[] {
  return [
    headline(change),
    ...indented(change.attributes.flatMap((one) => attributeLines(one, narrowed(width)))),
  ];
}

/** What happens to one object, and why. */
export function headline(change: PlannedChange): string {
  const { action, address, type, previousAddress, importId } = change;
  const sign = signs[action] ?? "~";
  const loss = riskOf(change) === "data loss" ? `; its ${contentsOf(type) ?? "data"} will be lost` : "";
  const texts: Readonly<Record<string, string>> = {
    create: "",
    update: "",
    replace: ` will be replaced${because(change)}${loss}`,
    delete: ` will be deleted${because(change)}${loss}`,
    import: ` will be imported from "${importId ?? ""}"`,
    move: ` was ${previousAddress ?? ""}`,
    remove: " will no longer be managed, and stays as it is",
  };
  return printable(`${sign} ${address}${texts[action] ?? ""}`);
}

function because({ attributes, reason = "" }: PlannedChange): string {
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement).map(({ path }) => path);
  const known = reasons[reason];
  if (forcing.length > 0)
    return `, because ${forcing.join(", ")} ${forcing.length === 1 ? "changes" : "change"}`;
  return known === undefined ? "" : `, because ${known}`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function narrowed({ columns, longest }: Width): Width {
  return { columns: columns - 4, longest };
}
