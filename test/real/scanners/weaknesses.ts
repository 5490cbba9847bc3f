import { cases } from "../../policy/cases";
import { reportedByCheckov } from "../../policy/reported-by-checkov";
import { rules } from "../../../policy/index";

/** Every ID of checkov that a rule claims, and sets of resources, each of which violates the rule. */
export const weaknesses = rules.flatMap(({ id: rule, publicIds }) =>
  publicIds
    .filter((id) => id.startsWith("CKV"))
    .map((id) => ({ rule, id, examples: [reportedByCheckov[id] ?? cases[rule].violating].flat() })),
);

/** Resources that obey a rule with IDs of checkov, by the rule. */
export const obeying = rules
  .filter(({ publicIds }) => publicIds.some((id) => id.startsWith("CKV")))
  .map(({ id: rule, publicIds }) => ({ rule, publicIds, resource: cases[rule].passing }));
