import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** The file system to watch, and who hears of it. */
export interface Watched {
  readonly fileSystemId: string;
  readonly topicArn: string;
}

/** Half an hour: a large copy may well reach the limit for a while. */
const lasting = { periods: 6 } as const;

/** An hour at 100 MiB/s, the rate that credits are spent at: https://docs.aws.amazon.com/efs/latest/ug/performance.html */
const anHourOfCredits = 3600 * 100 * 1024 ** 2;

/** Adds alarms on a file system at its limit of operations, and, where it spends credits, on the last of them. */
export function addAlarms(stack: LayerStack, settings: Settings, watched: Watched): void {
  const { fileSystemId, topicArn } = watched;
  const metric = (name: string, statistic: Alarm["metric"]["statistic"]): Alarm["metric"] => ({
    namespace: "AWS/EFS",
    name,
    dimensions: { FileSystemId: fileSystemId },
    statistic,
  });
  addAlarm(stack, "file-system-limit", {
    description:
      "The file system is above 95 % of the operations it can do, so pods wait for their files; find the pod that reads or writes many small ones",
    metric: metric("PercentIOLimit", "Maximum"),
    threshold: { above: 95 },
    ...lasting,
    topicArn,
  });
  if (settings.throughputMode !== "bursting") return;
  addAlarm(stack, "file-system-credits", {
    description:
      "The file system has burst credits left for less than an hour, and is slow without; set layers.efs.throughputMode to elastic",
    metric: metric("BurstCreditBalance", "Minimum"),
    threshold: { below: anHourOfCredits },
    topicArn,
  });
}
