import type { Problem } from "../../lib/layer/layer";
import { problemsOf } from "../../lib/layer/waiting-rules";
import type { Settings } from "./settings";

const minutesADay = 24 * 60;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Reports invalid combinations of settings, which AWS would reject minutes into an apply. */
export function checkDatabase({ settings }: { settings: Settings }): readonly Problem[] {
  return problemsOf(
    () => capacityProblems(settings),
    () => windowProblems(settings),
  );
}

function capacityProblems({ minCapacityAcu, maxCapacityAcu }: Settings): readonly Problem[] {
  if (minCapacityAcu <= maxCapacityAcu) return [];
  return [
    {
      path: ["layers", "aurora", "minCapacityAcu"],
      message: `is ${minCapacityAcu}, more than maxCapacityAcu, which is ${maxCapacityAcu}`,
      hint: "Lower minCapacityAcu or raise maxCapacityAcu",
    },
  ];
}

function windowProblems({ backupWindow, maintenanceWindow }: Settings): readonly Problem[] {
  if (!overlap(backupWindow, maintenanceWindow)) return [];
  return [
    {
      path: ["layers", "aurora", "backupWindow"],
      message: `"${backupWindow}" overlaps maintenanceWindow, which is "${maintenanceWindow}"`,
      hint: "Change one of them; AWS requires backup and maintenance windows that do not overlap",
    },
  ];
}

/** Whether a daily and a weekly window overlap. */
function overlap(daily: string, weekly: string): boolean {
  const [from = "", to = ""] = daily.split("-");
  const [start = "", end = ""] = weekly.split("-");
  const first = weekMinute(start);
  const maintenance = { from: first, length: distance(first, weekMinute(end), 7 * minutesADay) };
  const length = distance(dayMinute(from), dayMinute(to), minutesADay);
  return weekdays.some((_, day) => {
    const begin = day * minutesADay + dayMinute(from);
    return (
      distance(maintenance.from, begin, 7 * minutesADay) < maintenance.length ||
      distance(begin, maintenance.from, 7 * minutesADay) < length
    );
  });
}

/** Minutes from one time to the next occurrence of another, in a period of the given length. */
function distance(from: number, to: number, size: number): number {
  return (to - from + size) % size;
}

function weekMinute(text: string): number {
  return weekdays.indexOf(text.slice(0, 3)) * minutesADay + dayMinute(text.slice(4));
}

function dayMinute(text: string): number {
  const [hours, minutes] = text.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
