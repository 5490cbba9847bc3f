import { eachAllowance } from "../../permissions";
import type { Rule } from "../../rule";

export const serviceWildcards: Rule = {
  id: "service-wildcards",
  title: "No policy allows all actions of a service",
  publicIds: ["AWS-0345", "IAM.21"],
  reason: "It allows what the service will be able to do next year, too",
  fix: "List actions",
  check: eachAllowance(["identity"], (statement) => {
    const whole = statement.actions.filter((action) => /^[a-z0-9-]+:\*$/i.test(action));
    return whole.length === 0 ? undefined : `it allows ${whole.join(", ")}`;
  }),
};
