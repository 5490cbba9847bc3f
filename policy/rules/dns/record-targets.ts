import { each } from "../../checks";
import type { Rule } from "../../rule";

export const recordTargets: Rule = {
  id: "record-targets",
  title: "Every name points at something that is ours",
  publicIds: ["CKV2_AWS_23"],
  reason: "A name that points at something released points at whoever gets it next",
  fix: "Refer to a resource in alias.name or records",
  check: each(["aws_route53_record"], (record, document) => {
    if (!record.is("type", "A", "AAAA")) return undefined;
    const ours = [...document.targets(record, "alias.name"), ...document.targets(record, "records")];
    return ours.length > 0 ? undefined : "it points at nothing that is made here";
  }),
};
