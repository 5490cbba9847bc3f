import { addAlarm } from "../../lib/constructs/alarm";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";

const day = 86_400;
/** ACM starts renewal 60 days before expiry, and FSBP ACM.1 requires 30. */
const alarmDays = 30;

/** Adds an alarm that fires 30 days before the certificate expires. */
export function addExpiryAlarm(
  stack: LayerStack,
  { certificateArn, topicArn }: { readonly certificateArn: string; readonly topicArn: string },
): void {
  addAlarm(stack, "certificate-expiry", {
    description: `The certificate of ${orchestratorDomain(stack.environment)} expires within ${alarmDays} days; ACM shows why renewal failed; an imported certificate must be imported again`,
    metric: {
      namespace: "AWS/CertificateManager",
      name: "DaysToExpiry",
      dimensions: { CertificateArn: certificateArn },
      statistic: "Minimum",
    },
    threshold: { below: alarmDays },
    // ACM publishes the metric twice a day.
    periodSeconds: day,
    topicArn,
  });
}
