import type { Problem } from "../../lib/layer/layer";
import type { Settings } from "./settings";

const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;
/** Both windows: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const leastMinutes = 30;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Reports windows that are too short or too long, or that overlap: RDS refuses them when it creates the cluster. */
export function windowProblems({ backupWindow, maintenanceWindow }: Settings): readonly Problem[] {
  const found = [
    ...lengthProblems("backupWindow", backupWindow, dailyMinutes(backupWindow)),
    ...lengthProblems("maintenanceWindow", maintenanceWindow, weekly(maintenanceWindow).length),
  ];
  if (found.length > 0 || !overlap(backupWindow, maintenanceWindow)) return found;
  return [
    {
      path: ["layers", "aurora", "backupWindow"],
      message: `"${backupWindow}" overlaps maintenanceWindow, which is "${maintenanceWindow}"`,
      hint: "Change one of them; AWS requires backup and maintenance windows that do not overlap",
    },
  ];
}

function lengthProblems(setting: string, window: string, minutes: number): readonly Problem[] {
  const path = ["layers", "aurora", setting];
  if (minutes < leastMinutes) {
    return [
      {
        path,
        message: `"${window}" is ${minutes} minutes long, and AWS requires at least ${leastMinutes}`,
        hint: `Let it end at least ${leastMinutes} minutes after it begins`,
      },
    ];
  }
  // "Maintenance window must be less than 24 hours", says RDS; a daily window is never longer.
  if (minutes < minutesADay) return [];
  return [
    {
      path,
      message: `"${window}" is ${Number((minutes / 60).toFixed(1))} hours long, and AWS requires less than 24`,
      hint: "Let it end less than 24 hours after it begins",
    },
  ];
}

/** Whether a daily and a weekly window overlap. */
function overlap(daily: string, maintenance: string): boolean {
  const { from, length } = weekly(maintenance);
  return weekdays.some((_, day) => {
    const begin = day * minutesADay + dayMinute(daily);
    return (
      distance(from, begin, minutesAWeek) < length ||
      distance(begin, from, minutesAWeek) < dailyMinutes(daily)
    );
  });
}

function dailyMinutes(window: string): number {
  const [from = "", to = ""] = window.split("-");
  return distance(dayMinute(from), dayMinute(to), minutesADay);
}

function weekly(window: string): { readonly from: number; readonly length: number } {
  const [start = "", end = ""] = window.split("-");
  const from = weekMinute(start);
  return { from, length: distance(from, weekMinute(end), minutesAWeek) };
}

/** Minutes from one time to the next occurrence of another, in a period of the given length. */
function distance(from: number, to: number, size: number): number {
  return (to - from + size) % size;
}

function weekMinute(text: string): number {
  return weekdays.indexOf(text.slice(0, 3)) * minutesADay + dayMinute(text.slice(4));
}

function dayMinute(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}
