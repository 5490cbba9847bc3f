import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { forgetState, TaggedWorld } from "./after-kill";
import { run } from "./runs";
import { cellar } from "./toys";

test("what has neither a name nor a tag is found by the values of which AWS allows it once", async () => {
  const doors = defineLayer({
    ...{ name: "keys", summary: "Doors", settings: z.strictObject({}), needs: {}, outputs: {} },
    build(stack) {
      const open = {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        toPort: 443,
        cidrIpv4: "10.0.0.0/8",
        tags: {},
      };
      new VpcSecurityGroupIngressRule(stack, "in", { ...open, fromPort: 443 });
      new VpcSecurityGroupEgressRule(stack, "out", { ...open, fromPort: 443 });
      new VpcSecurityGroupEgressRule(stack, "more", { ...open, fromPort: 80 });
      return {};
    },
  });
  const rooms = inOrder([cellar, doors]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", rooms)).toBe(0);
  const before = world.cloud.objects.size;
  forgetState(world);
  const SecurityGroupRules = [...world.cloud.objects.values()].flatMap(({ type, id, body = {} }) =>
    type.startsWith("aws_vpc_security_group_")
      ? [
          {
            ...{ SecurityGroupRuleId: id, IsEgress: type.includes("egress"), IpProtocol: "tcp" },
            ...{ FromPort: body["from_port"], ToPort: body["to_port"], CidrIpv4: body["cidr_ipv4"] },
          },
        ]
      : [],
  );
  expect(SecurityGroupRules).toHaveLength(3);
  let asked = 0;
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      if (given[0].operation !== "DescribeSecurityGroupRules") return send(...given);
      asked += 1;
      return Promise.resolve({ SecurityGroupRules });
    },
  });
  expect(await run(world, "recover --env dev --only keys --yes", rooms)).toBe(0);
  expect(world.printed.join("\n")).toMatch(/egress_rule\.more[ │]+\S+[ │]+stands in its place[ │]+import/);
  expect(await run(world, "--env dev --yes", rooms)).toBe(0);
  expect(world.cloud.objects.size).toBe(before);
  // All rules are of one group.
  expect(asked).toBe(1);
});
