import { outcomeText } from "../run/outcome";
import { type PlannedChange, type PlanReading, shortDigest } from "../run/plan";
import { everything, type Width } from "./attribute-lines";
import { changeText, headline } from "./change-text";
import { objectsByType } from "./objects-by-type";
import { markdownBlock, markdownText } from "./markdown-safe";
import { driftNotes, driftOf, driftText } from "./drift";
import { otherDrift } from "./other-drift";
import { outputText } from "./plan-parts";
import { type Planned, type PlannedLayer, totalsOf } from "./report";
import { type Risk, riskOf } from "./risk";

/** GitHub takes 65,536 characters, some of which may be a workflow's own: https://github.com/orgs/community/discussions/41331 */
const longest = 65_000;

const dangers: readonly Risk[] = ["data loss", "replacement", "deletion"];
const short: Width = { columns: Infinity, longest: 120 };

/** How much is written; each level has less than the one before it, and the first that fits is used. */
interface Level {
  /** Values of what is created, of what changes in place, and of what ends; undefined for their names alone. */
  readonly created: Width | undefined;
  readonly changed: Width | undefined;
  readonly ending: Width | undefined;
  /** Without the sections of layers. */
  readonly dangersOnly?: true;
  /** What is left out, for the reader. */
  readonly without: string | undefined;
}

const levels: readonly Level[] = [
  { created: everything, changed: everything, ending: everything, without: undefined },
  { created: undefined, changed: everything, ending: everything, without: "values of created objects" },
  {
    ...{ created: undefined, changed: short, ending: everything },
    without: "values of created objects, and parts of long values",
  },
  {
    ...{ created: undefined, changed: undefined, ending: short },
    without: "values of objects that are created or changed in place, and parts of long values",
  },
  {
    ...{ created: undefined, changed: undefined, ending: undefined },
    without: "all values",
  },
  {
    ...{ created: undefined, changed: undefined, ending: undefined, dangersOnly: true },
    without: "everything but what is deleted or replaced",
  },
];

/** A plan in Markdown for a comment on a pull request, shortened step by step until it fits: what ends an object, last. */
export function planMarkdown(planned: Planned, limit = longest): string {
  for (const level of levels) {
    const text = render(planned, level);
    if (text.length <= limit) return text;
  }
  return cutDangers(planned, limit);
}

function render(planned: Planned, level: Level, mostDangers = Infinity): string {
  const sections = level.dangersOnly ? [] : planned.layers.flatMap((layer) => layerSection(layer, level));
  const parts = [
    ...head(planned),
    ...summaryTable(planned.layers),
    ...dangerList(planned, mostDangers),
    ...sections,
    ...(level.without === undefined
      ? []
      : [`Left out, because a comment has room for 65,536 characters: ${level.without}.`]),
    ...(planned.next === undefined ? [] : [`Next: <code>${markdownText(planned.next)}</code>`]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Hundreds of objects end: as many as fit are listed. */
function cutDangers(planned: Planned, limit: number): string {
  const last = levels.at(-1);
  if (last === undefined) throw new Error("there are levels");
  const { risks } = totalsOf(planned.layers);
  let most = dangers.reduce((sum, risk) => sum + risks[risk], 0);
  let text = render(planned, last, most);
  while (text.length > limit && most > 0) {
    most = Math.floor(most * 0.8);
    text = render(planned, last, most);
  }
  return text;
}

/** What the Markdown of an environment's plan begins with, and by which its comment is found again. */
export function planTitle(environment: string): string {
  return `## Plan of ${markdownText(environment)}:`;
}

function head({ environment, account, region, simulated, failure, layers }: Planned): readonly string[] {
  const { added, changed, destroyed, risks } = totalsOf(layers);
  const counts = `${added} to add, ${changed} to change, ${destroyed} to destroy`;
  const found = dangers.filter((risk) => risks[risk] > 0).map((risk) => `${risk}: ${risks[risk]}`);
  return [
    `${planTitle(environment)} ${counts}`,
    ...(failure === undefined ? [] : [`> [!WARNING]\n> This plan is not complete: ${markdownText(failure)}`]),
    ...(found.length === 0 ? [] : [`> [!CAUTION]\n> Objects that end: ${found.join(", ")}`]),
    `Account ${markdownText(account)}, ${markdownText(region)}${simulated ? ", simulated" : ""}`,
  ];
}

function summaryTable(layers: readonly PlannedLayer[]): readonly string[] {
  const rows = layers.map((layer) => {
    const { added, changed, destroyed, risks } = totalsOf([layer]);
    const counts = layer.plan === undefined ? ["", "", ""] : [added, changed, destroyed];
    const found = dangers.filter((risk) => risks[risk] > 0).map((risk) => `${risk}: ${risks[risk]}`);
    const { row } = layer;
    return `| ${[markdownText(row.layer), markdownText(outcomeText(row)), ...counts, found.join(", ")].join(" | ")} |`;
  });
  const title = "| layer | outcome | add | change | destroy | objects that end |";
  return [[title, "| --- | --- | ---: | ---: | ---: | --- |", ...rows].join("\n")];
}

/** Every object that ends, of all layers, in sight without unfolding anything. */
function dangerList({ layers }: Planned, most: number): readonly string[] {
  const lines = dangers.flatMap((risk) =>
    layers.flatMap(({ row, plan }) =>
      (plan?.changes ?? [])
        .filter((change) => riskOf(change) === risk)
        .map((change) => headline(change).replace(/^(\S+) /, `$1 ${row.layer}: `)),
    ),
  );
  if (lines.length === 0) return [];
  const hidden = lines.length - most;
  const rest = hidden > 0 ? [`and ${hidden} more objects, which do not fit here`] : [];
  return [markdownBlock([...lines.slice(0, most), ...rest])];
}

function layerSection(layer: PlannedLayer, level: Level): readonly string[] {
  const { row, plan, inCluster } = layer;
  const found = inCluster.map(({ text }) => `! in the cluster: ${text}`);
  const lines = [...found, ...(plan?.pending === true ? planLines(plan, level) : [])];
  if (lines.length === 0) return [];
  const { added, changed, destroyed } = totalsOf([layer]);
  const counts = `${added} to add, ${changed} to change, ${destroyed} to destroy`;
  const name = plan?.digest === undefined ? "" : ` (plan ${shortDigest(plan.digest)})`;
  const summary = `<summary><b>${markdownText(row.layer)}</b>: ${counts}${name}</summary>`;
  return [`<details>${summary}`, markdownBlock(lines), "</details>"];
}

function planLines(plan: PlanReading, level: Level): readonly string[] {
  const of = (...wanted: readonly Risk[]) => plan.changes.filter((change) => wanted.includes(riskOf(change)));
  const text = (changes: readonly PlannedChange[], width: Width | undefined) =>
    changes.flatMap((change) =>
      width === undefined
        ? [headline(change)]
        : [...changeText(change, width), ...driftNotes(plan, change, width).map((line) => `    ${line}`)],
    );
  const created = of("creation");
  return [
    // Without values, they are on top only.
    ...(level.ending === undefined ? [] : text(of(...dangers), level.ending)),
    ...text([...of("in place"), ...of("state only")], level.changed),
    ...(level.changed === undefined
      ? []
      : [
          ...plan.outputs.flatMap((output) => outputText(output, level.changed)),
          ...driftOf(plan, created).flatMap((drifted) => driftText(plan, drifted)),
        ]),
    ...(level.created === undefined
      ? objectsByType(`+ ${created.length} to create:`, created, { columns: 100, mostLines: 3 })
      : created.flatMap((change) => changeText(change, level.created))),
    ...[otherDrift(plan) ?? []].flat(),
  ];
}
