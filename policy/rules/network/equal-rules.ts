import type { Resource } from "../../../synthesis/resource";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { rules } from "../../rule";

const types = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** Rules about security group rules that are the same, across layers. */
export const equalRuleRules = rules({
  "security-group-rules-distinct": {
    title: "No security group has the same rule twice",
    publicIds: [],
    reason:
      "EC2 rejects the second one (InvalidPermission.Duplicate), and an apply that has got as far as that stops: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    fix: "Remove one of the two, or give it another source, protocol or port",
    check: (synthesised) => {
      const first = new Map<string, Resource>();
      return synthesised.of(...types).flatMap((rule) => {
        const same = first.get(permission(rule, synthesised));
        if (same !== undefined)
          return [{ ...place(rule), message: `it is the same rule as ${same.address}` }];
        first.set(permission(rule, synthesised), rule);
        return [];
      });
    },
  },
});

function place({ layer, address }: Resource): Pick<Resource, "layer" | "address"> {
  return { layer, address };
}

/** The group, and the parts of a rule that EC2 compares; its description is none of them. */
function permission(rule: Resource, synthesised: SynthesisedJson): string {
  const of = (path: string) => {
    const [target] = synthesised.targets(rule, path);
    return target === undefined ? rule.texts(path) : [target.layer, target.address];
  };
  const group = [...of("security_group_id"), ...of("referenced_security_group_id"), ...of("prefix_list_id")];
  const rest = ["cidr_ipv4", "cidr_ipv6", "ip_protocol", "from_port", "to_port"].map((path) =>
    rule.texts(path),
  );
  return JSON.stringify([rule.type, group, rest]);
}
