// Must not compile: checked by `tsc`, an expected error above each wrong line.
import type { Exception } from "../../policy/exception";
import type { RuleId } from "../../policy/index";
import { rules } from "../../policy/rule";
import type { Case } from "../policy/case";

const rule = { title: "", publicIds: [], reason: "", fix: "", check: () => [] };
const why = { layer: "vpc", address: "aws_vpc.vpc", reason: "", owner: "", expires: "2027-01-01" };
const accepts = (exception: Exception<RuleId>) => exception;
const judges = (cases: Readonly<Record<"one" | "two", Case>>) => cases;

accepts({ ...why, rule: "vpc-flow-log" });
// @ts-expect-error an exception from a rule that does not exist
accepts({ ...why, rule: "vpc-flow-logs" });
// @ts-expect-error a rule without a way to check it
rules({ one: { ...rule, check: undefined } });
// @ts-expect-error two rules of one key
rules({ one: rule, one: rule });
// @ts-expect-error a rule without a case that violates it
judges({ one: { passing: {}, violating: {} } });
