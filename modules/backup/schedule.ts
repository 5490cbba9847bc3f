import { z } from "zod";
import { type CronField, cronFields, cronValues } from "./cron-field";

/** Why AWS Backup would not run a schedule, and how to write it. */
interface Fault {
  readonly message: string;
  readonly hint: string;
}

const example = 'e.g. "cron(30 5 * * ? *)" for 05:30 UTC every day';
const fields = Object.values(cronFields);

/** A schedule of AWS Backup, which takes cron expressions only: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html */
export const schedule = z.string().superRefine((text, context) => {
  const fault = scheduleFault(text);
  if (fault === undefined) return;
  context.addIssue({ code: "custom", message: fault.message, params: { hint: fault.hint } });
});

/** The last year in which a valid schedule runs. */
export function lastYear(text: string): number {
  const year = fieldTexts(text).at(-1) ?? "*";
  return cronValues(cronFields.year, year)?.at(-1) ?? cronFields.year.last;
}

function scheduleFault(text: string): Fault | undefined {
  if (!/^cron\(.*\)$/.test(text)) {
    return { message: `"${text}" is not a cron expression of AWS`, hint: `Write it in cron(…), ${example}` };
  }
  const texts = fieldTexts(text);
  if (texts.length !== fields.length) {
    return {
      message: `"${text}" has ${texts.length} ${texts.length === 1 ? "field" : "fields"}, but AWS requires ${fields.length}`,
      hint: `Give ${fields.map(({ name }) => name).join(", ")}, ${example}`,
    };
  }
  const [minutes = "", , dayOfMonth = "", month = "", dayOfWeek = ""] = texts;
  return (
    dayFault(dayOfMonth, dayOfWeek) ??
    fields
      .map((field, index) => fieldFault(field, texts[index] ?? ""))
      .find((fault) => fault !== undefined) ??
    frequencyFault(minutes) ??
    emptyFault(dayOfMonth, month)
  );
}

function fieldTexts(text: string): readonly string[] {
  return text.slice("cron(".length, -1).trim().split(/\s+/);
}

function dayFault(dayOfMonth: string, dayOfWeek: string): Fault | undefined {
  const open = [dayOfMonth, dayOfWeek].filter((text) => text === "?");
  if (open.length === 1) return undefined;
  const days = `day of month "${dayOfMonth}" and day of week "${dayOfWeek}"`;
  return {
    message: open.length === 0 ? `has both ${days}` : `has neither a day of month nor a day of week`,
    hint: `Write ? in exactly one of the two, ${example}`,
  };
}

function fieldFault(field: CronField, text: string): Fault | undefined {
  if (text === "?" && field.special !== undefined) return undefined;
  if (cronValues(field, text) !== undefined) return undefined;
  return { message: `has "${text}" as ${field.name}, which AWS does not accept`, hint: accepted(field) };
}

function accepted({ first, last, names, special }: CronField): string {
  const range = `${first} to ${last}`;
  const words = names === undefined ? range : `${range} or ${names[0]} to ${names.at(-1)}`;
  const days = special?.test("1W") === true ? ", ?, L and W" : special === undefined ? "" : ", ?, L and #";
  return `It takes ${words}, with the characters , - * /${days}; ranges ascend, and steps are at most ${last}`;
}

/** Hourly is the most frequent: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html */
function frequencyFault(minutes: string): Fault | undefined {
  if ((cronValues(cronFields.minutes, minutes) ?? []).length === 1) return undefined;
  return {
    message: `has "${minutes}" as minutes, but AWS Backup starts at most one job an hour`,
    hint: `Give one minute, ${example}`,
  };
}

const daysByMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A date that no month has, e.g. 30 February, would be a backup that never runs. */
function emptyFault(dayOfMonth: string, month: string): Fault | undefined {
  const [day = 1] = dayOfMonth === "L" ? [] : (cronValues(cronFields.dayOfMonth, dayOfMonth) ?? []);
  const months = cronValues(cronFields.month, month) ?? [];
  if (months.some((number) => day <= (daysByMonth[number - 1] ?? 0))) return undefined;
  return {
    message: `has day of month "${dayOfMonth}", which month "${month}" does not have`,
    hint: "Choose another day, or L for the last day of the month",
  };
}
