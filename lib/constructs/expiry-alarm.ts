import type { LayerStack } from "../layer/stack";
import { addAlarm } from "./alarm";

const day = 86_400;
/** ACM starts renewal 60 days before expiry, as the platform does for Let's Encrypt, and FSBP ACM.1 requires 30. */
const alarmDays = 30;

/** Adds an alarm that fires 30 days before a certificate expires. */
export function addExpiryAlarm(
  stack: LayerStack,
  given: {
    readonly id: string;
    /** Whose certificate it is. */
    readonly subject: string;
    /** Where to look. */
    readonly advice: string;
    readonly certificateArn: string;
    readonly topicArn: string;
  },
): void {
  addAlarm(stack, given.id, {
    description: `The certificate of ${given.subject} expires within ${alarmDays} days: ${given.advice}`,
    metric: {
      namespace: "AWS/CertificateManager",
      name: "DaysToExpiry",
      dimensions: { CertificateArn: given.certificateArn },
      statistic: "Minimum",
    },
    threshold: { below: alarmDays },
    // ACM publishes the metric twice a day.
    periodSeconds: day,
    topicArn: given.topicArn,
  });
}
