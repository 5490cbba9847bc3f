import type { LayerStack } from "../../lib/stack";

/**
 * Says in every plan when nobody watches the account. Both services cost by use and usually belong to the organisation's
 * administrator, so a missing one is a warning and never made. A data source in a check block warns where it would fail.
 */
export function reportThreatDetection(stack: LayerStack): void {
  // cdktf has no construct for check blocks.
  stack.addOverride("check.guardduty", {
    data: { aws_guardduty_detector: { here: {} } },
    assert: {
      condition: '${data.aws_guardduty_detector.here.status == "ENABLED"}',
      error_message:
        "GuardDuty is suspended in this region: resume it, or let the organisation's administrator do so.",
    },
  });
  stack.addOverride("check.security-hub", {
    // The cheapest question that Security Hub answers only where it is on; IAM.1 is one of its own controls.
    data: { aws_securityhub_standards_control_associations: { here: { security_control_id: "IAM.1" } } },
    assert: {
      condition:
        "${length(data.aws_securityhub_standards_control_associations.here.standards_control_associations) > 0}",
      error_message: "Security Hub follows no standard in this region: subscribe to one.",
    },
  });
}
