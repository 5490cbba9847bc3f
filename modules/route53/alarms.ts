import { addAlarm } from "../../lib/constructs/alarm";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";

const day = 86_400;
/** ACM begins to renew 60 days before, and FSBP ACM.1 asks for 30. */
const daysToAct = 30;

/** Adds an alarm on a certificate that expires soon, because its renewal failed or nobody renews it. */
export function addExpiryAlarm(
  stack: LayerStack,
  { certificateArn, topicArn }: { readonly certificateArn: string; readonly topicArn: string },
): void {
  addAlarm(stack, "certificate-expiry", {
    description: `The certificate of ${orchestratorDomain(stack.environment)} expires within ${daysToAct} days; ACM shows why it was not renewed, and an imported one is renewed by importing its successor`,
    metric: {
      namespace: "AWS/CertificateManager",
      name: "DaysToExpiry",
      dimensions: { CertificateArn: certificateArn },
      statistic: "Minimum",
    },
    threshold: { below: daysToAct },
    // ACM reports twice a day.
    periodSeconds: day,
    topicArn,
  });
}
