/** A field of a cron expression, with its values and, for days, the further forms that it takes. */
export interface CronField {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Names of the values, the first for `first`. */
  readonly names?: readonly string[];
  /** Forms besides `*`, values, ranges and steps, e.g. `L`, with the value that each names, if any. */
  readonly special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The fields of AWS's cron expressions: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html */
export const cronFields = {
  minutes: { name: "minutes", first: 0, last: 59 },
  hours: { name: "hours", first: 0, last: 23 },
  dayOfMonth: { name: "day of month", first: 1, last: 31, special: /^(?:L|(\d+)W)$/ },
  month: { name: "month", first: 1, last: 12, names: months },
  dayOfWeek: {
    name: "day of week",
    first: 1,
    last: 7,
    names: weekdays,
    special: /^(?:L|(\w+)L|(\w+)#[1-5])$/,
  },
  year: { name: "year", first: 1970, last: 2199 },
} as const satisfies Readonly<Record<string, CronField>>;

/** The values of a field's text in ascending order; undefined: AWS does not accept the text. */
export function cronValues(field: CronField, text: string): readonly number[] | undefined {
  const items = text.split(",");
  // A field with # has no other item.
  if (items.length > 1 && text.includes("#")) return undefined;
  const values = items.map((item) => itemValues(field, item));
  if (values.some((found) => found === undefined)) return undefined;
  return [...new Set(values.flatMap((found) => found ?? []))].toSorted((a, b) => a - b);
}

function itemValues(field: CronField, item: string): readonly number[] | undefined {
  const special = field.special?.exec(item);
  if (special !== null && special !== undefined) return specialValues(field, special);
  const [, start = "", end, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
  if (start === "*") return end === undefined ? range(field, { step }) : undefined;
  const from = valueOf(field, start);
  if (from === undefined) return undefined;
  if (end === undefined) return step === undefined ? [from] : range(field, { from, step });
  const to = valueOf(field, end);
  return to === undefined || to < from ? undefined : range(field, { from, to, step });
}

/** Every value that the form may name; `L` alone names the last one. */
function specialValues(field: CronField, match: RegExpExecArray): readonly number[] | undefined {
  const named = match[1] ?? match[2];
  if (named === undefined) return [field.last];
  const value = valueOf(field, named);
  return value === undefined ? undefined : [value];
}

function valueOf({ first, last, names = [] }: CronField, text: string): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return first + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}

interface Range {
  readonly from?: number;
  readonly to?: number;
  readonly step: string | undefined;
}

function range(field: CronField, given: Range): readonly number[] | undefined {
  const { from = field.first, to = field.last } = given;
  const step = Number(given.step ?? 1);
  if (step < 1 || step > field.last) return undefined;
  const count = Math.floor((to - from) / step) + 1;
  return Array.from({ length: count }, (_, index) => from + index * step);
}
