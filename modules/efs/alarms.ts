import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** The monitored file system, and the topic that alarms notify. */
export interface Watched {
  readonly fileSystemId: string;
  readonly topicArn: string;
}

/** 30 minutes: a large copy can reach the limit temporarily. */
const lasting = { periods: 6 } as const;

/** An hour at 100 MiB/s, the burst throughput: https://docs.aws.amazon.com/efs/latest/ug/performance.html */
const anHourOfCredits = 3600 * 100 * 1024 ** 2;

/** Adds alarms on the I/O limit and, in bursting mode, on burst credits. */
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
      "The file system uses more than 95 % of its I/O limit, so pods wait for file operations; find the pod that reads or writes many small files",
    metric: metric("PercentIOLimit", "Maximum"),
    threshold: { above: 95 },
    ...lasting,
    topicArn,
  });
  if (settings.throughputMode !== "bursting") return;
  addAlarm(stack, "file-system-credits", {
    description:
      "The file system has burst credits for less than an hour, after which throughput drops; set layers.efs.throughputMode to elastic",
    metric: metric("BurstCreditBalance", "Minimum"),
    threshold: { below: anHourOfCredits },
    topicArn,
  });
}
