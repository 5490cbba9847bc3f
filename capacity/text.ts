import type { CapacityReport } from "./report";
import type { Ink } from "../lib/ink";
import type { Page } from "../lib/page";
import { table, type TableContent } from "../lib/table";

/** The report for people: addresses, volumes, quotas, cost. */
export function capacityText(page: Page, report: CapacityReport): string {
  const { ink } = page;
  const { environment, edgeNodes, misfits } = report;
  return [
    `  Scale profile ${environment.scaleProfile}: up to ${edgeNodes} edge nodes`,
    section(ink, "Addresses, with every node full of pods"),
    addresses(page, report),
    section(ink, "Volumes, with every node group at its maximum"),
    volumes(page, report),
    section(ink, "Quotas, with every node group at its maximum and replacing its nodes"),
    quotas(page, report),
    ...raising(ink, report),
    ...report.quotaNotes.map((note) => `  ${note}`),
    section(ink, "Cost of a month, in USD"),
    cost(page, report),
    ...costNotes(report),
    ...misfits.map((misfit) => ink.red(`\n${misfit}`)),
  ].join("\n");
}

function section({ bold }: Ink, title: string): string {
  return `\n${bold(title)}`;
}

function numberTable(
  { ink, columns }: Page,
  content: Pick<TableContent, "head" | "rows" | "numbers">,
): string {
  return table({ ...content, ruled: false, bold: ink.bold, width: columns });
}

function addresses(page: Page, { subnets }: CapacityReport): string {
  if (subnets.length === 0)
    return "  The subnets exist already; that the private ones hold every node full of pods was checked when the file was read";
  const numbers = ["usable", "desired", "maximum", "updating", "free"];
  const rows = subnets.map(({ name, cidr, usable, used: { desired, maximum, updating } }) => [
    ...[name, cidr],
    ...[usable, desired, maximum, updating, usable - updating],
  ]);
  return numberTable(page, { head: ["subnet", "range", ...numbers], rows, numbers });
}

function volumes(page: Page, report: CapacityReport): string {
  const rows = report.volumes.map(({ nodes, needed, places }) => [nodes, needed, places]);
  const numbers = ["needed *", "places"];
  return numberTable(page, { head: ["nodes", ...numbers], rows, numbers });
}

function quotas({ ink, columns }: Page, report: CapacityReport): string {
  const rows = report.quotas.map(({ quota, needed, exceeded, raise }) => [
    quota.name,
    quota.code === "" ? quota.service : `${quota.service}/${quota.code}`,
    needed,
    quota.default,
    ...(exceeded ? [raise === undefined ? ink.red("too many") : ink.yellow("raise")] : [""]),
  ]);
  const numbers = ["needed", "default"];
  return numberTable({ ink, columns }, { head: ["quota", "code", ...numbers, ""], rows, numbers });
}

function raising(ink: Ink, report: CapacityReport): readonly string[] {
  const exceeded = report.quotas.filter((need) => need.exceeded);
  if (exceeded.length === 0)
    return ["  Every need is within the default; --json has the commands that show quotas and raise them"];
  return [
    "  More than the default; first check what the account has, and add what its other environments need:",
    ...exceeded.flatMap(({ show, raise }) => [
      `    ${show}`,
      raise === undefined ? "    AWS raises this quota for no account" : `    ${ink.bold(raise)}`,
    ]),
  ];
}

function cost({ ink, columns }: Page, report: CapacityReport): string {
  const { lines, total, notPriced } = report.cost;
  const usd = (amount: number) => amount.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const sums = total === null ? ["unknown", "unknown"] : total.map(usd);
  const rows = lines.map(({ topic, item, amount, usd: [low, high], assumed }) => [
    topic,
    item,
    assumed ? `${amount} *` : amount,
    usd(low),
    usd(high),
  ]);
  const unknown = notPriced.map(({ layer, type }) => [layer, type, ink.yellow("not priced"), "", ""]);
  const sum = ["total", "", "", ...sums.map((end) => ink.bold(end))];
  const head = ["", "item", "amount", "low", "high"];
  return numberTable({ ink, columns }, { head, rows: [...rows, ...unknown, sum], numbers: ["low", "high"] });
}

function costNotes({ cost: { notes, notPriced } }: CapacityReport): readonly string[] {
  const layers = [...new Set(notPriced.map(({ layer }) => `"${layer}"`))];
  const declare = `Not priced: declare the types in "prices" of ${layers.join(", ")}, as docs/guides/adding-a-layer.md shows`;
  return [...notes, ...(layers.length > 0 ? [declare] : [])].map((note) => `  ${note}`);
}
