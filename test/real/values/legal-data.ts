import fc from "fast-check";
import { knownRegions } from "../../../lib/layer/regions";
import { partitionOf } from "../../../lib/layer/region-partition";
import { type Legal, legal, legalOf } from "./legal";
import type { Place } from "./place";
import { reason } from "./text";

const halves = (min: number, max: number) =>
  fc.integer({ min: 2 * min, max: 2 * max }).map((twice) => twice / 2);
const capacity = fc.tuple(halves(0, 256), halves(1, 256)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);

const hour = fc.integer({ min: 0, max: 9 }).map((value) => `0${value}`);
const weekday = fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun");
/** The backup in the first half of the day, the maintenance in the second. */
const windows = fc.tuple(hour, weekday, fc.integer({ min: 12, max: 22 })).map(([at, day, later]) => {
  return [`${at}:15-${at}:45`, `${day}:${later}:00-${day}:${later + 1}:00`];
});

const accessPoint = fc.record({
  path: fc.stringMatching(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,12}){1,4}$/),
  uid: fc.integer({ min: 1, max: 4294967295 }),
  gid: fc.integer({ min: 1, max: 4294967295 }),
  permissions: fc.stringMatching(/^0?[0-7]{3}$/),
});

const accessPoints = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/), accessPoint, { maxKeys: 3 });

const prefix = fc.stringMatching(/^[a-z0-9](-?[a-z0-9]){0,9}$/);
const userName = fc.stringMatching(/^x[a-z0-9]{0,15}$/);
const deletionProtection = fc.oneof(
  fc.constant({ enabled: true }),
  fc.record({ enabled: fc.constant(false), reason }),
);

const cron = fc.constantFrom(
  "cron(30 5 * * ? *)",
  "cron(0 0-6 ? * MON-FRI *)",
  "cron(59 23 L * ? *)",
  "cron(0 9 ? * SUN#1 *)",
  "cron(0 12 15W JAN,JUL ? 2026-2030)",
  "cron(0 1 ? * 6L *)",
);
const lock = fc.constantFrom(
  { mode: "governance", minRetentionDays: 1, maxRetentionDays: 36500 },
  {
    mode: "compliance",
    minRetentionDays: 7,
    maxRetentionDays: 400,
    changeableForDays: 3,
    acknowledgement: "this lock can never be lifted",
  },
  { mode: "none", reason: "short-lived test environment" },
);
const backups = fc
  .tuple(lock, cron, cron, fc.integer({ min: 35, max: 400 }))
  .map(([of, daily, monthly, retentionDays]) => [
    of,
    { schedule: daily, retentionDays: 35 },
    { schedule: monthly, retentionDays },
  ]);
const jobWindows = fc
  .tuple(fc.integer({ min: 60, max: 1000 }), fc.integer({ min: 60, max: 1000 }))
  .map(([start, more]) => [start, start + more]);

const copy = ({ partition, region }: Place) => {
  const others = knownRegions.filter((other) => partitionOf(other) === partition && other !== region);
  const off = fc.record(
    { enabled: fc.constant(false), region: fc.constantFrom(...others), keepCopies: fc.boolean() },
    { requiredKeys: ["enabled", "region"] },
  );
  return partition === "aws-cn"
    ? off
    : fc.oneof(off, fc.record({ enabled: fc.constant(true), region: fc.constantFrom(...others) }));
};

const restoreTesting = fc.oneof(
  fc.record({
    enabled: fc.constant(true),
    schedule: cron,
    validationHours: fc.integer({ min: 1, max: 168 }),
  }),
  fc.record({ enabled: fc.constant(false), reason }),
);

/** Settings of the layers that keep data. */
export const legalData: readonly Legal[] = [
  legalOf("layers.object-store.prefix", () => prefix),
  legalOf("layers.efs.accessPoints", () => accessPoints),
  legalOf("layers.aurora.engineVersion", () => fc.constantFrom("16.8", "15.12", "17.4")),
  legal(["layers.aurora.minCapacityAcu", "layers.aurora.maxCapacityAcu"], () => capacity),
  legal(["layers.aurora.backupWindow", "layers.aurora.maintenanceWindow"], () => windows),
  legalOf("layers.aurora.masterUsername", () => userName),
  legalOf("layers.aurora.deletionProtection", () => deletionProtection),
  legal(["layers.backup.lock", "layers.backup.daily", "layers.backup.monthly"], () => backups),
  legal(["layers.backup.startWindowMinutes", "layers.backup.completionWindowMinutes"], () => jobWindows),
  legalOf("layers.backup.copy", copy),
  legalOf("layers.backup.restoreTesting", () => restoreTesting),
];
