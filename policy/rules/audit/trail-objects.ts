import { each } from "../../checks";
import { textsAt } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const trailObjects: Rule = {
  id: "trail-objects",
  title: "Trails record reads and writes of Terraform's state",
  publicIds: ["AWS-0171", "AWS-0172"],
  reason: "State shows, and decides, everything",
  fix: "Select data events of AWS::S3::Object in the trail",
  check: each(["aws_cloudtrail"], (trail) => {
    const selectors = trail.values("advanced_event_selector");
    const recorded = selectors.some((selector) => {
      const fields = textsAt(selector, "field_selector.field");
      const wanted = textsAt(selector, "field_selector.equals").concat(
        textsAt(selector, "field_selector.equal_to"),
      );
      return wanted.includes("AWS::S3::Object") && !fields.includes("readOnly");
    });
    return recorded || trail.is("event_selector.data_resource.type", "AWS::S3::Object")
      ? undefined
      : "it does not record use of objects";
  }),
};
