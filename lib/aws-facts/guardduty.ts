import { allPages, awsCall, sent } from "../layer/aws-call";
import { type Obstacle, obstacle } from "../layer/obstacle";

/**
 * GuardDuty Runtime Monitoring creates an endpoint and a security group in a VPC, and leaves them there: its subnets and the
 * VPC cannot be deleted before. https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-agent-resource-clean-up.html,
 * https://github.com/hashicorp/terraform-provider-aws/issues/46747 (version 5 of the provider does not delete them)
 */
export function guardDutyObstacles(vpcId: string): readonly Obstacle[] {
  // In this order: the group is in use until the endpoint is gone.
  return [endpoints(vpcId), securityGroups(vpcId)];
}

function endpoints(vpcId: string): Obstacle {
  const Filters = filters({ "vpc-id": vpcId, "tag:GuardDutyManaged": "true" });
  return obstacle({
    about: "VPC endpoints of GuardDuty",
    call: allPages(awsCall("ec2", "DescribeVpcEndpoints", { Filters }), "VpcEndpoints"),
    actions: ["ec2:DescribeVpcEndpoints"],
    present: ({ VpcEndpoints }) =>
      sent(VpcEndpoints, "VpcEndpoints").flatMap(({ VpcEndpointId = "", State = "" }) => {
        // AWS writes the first letter of some states as a capital.
        const state = State.toLowerCase();
        return state === "deleted" ? [] : [{ id: VpcEndpointId, deleting: state === "deleting" }];
      }),
    delete: (id) => awsCall("ec2", "DeleteVpcEndpoints", { VpcEndpointIds: [id] }),
    refusal: ({ Unsuccessful = [] }) => {
      const { Code: code = "", Message: message = "" } = Unsuccessful[0]?.Error ?? {};
      return code === "" ? undefined : { code, message };
    },
  });
}

function securityGroups(vpcId: string): Obstacle {
  const Filters = filters({ "vpc-id": vpcId, "group-name": `GuardDutyManagedSecurityGroup-${vpcId}` });
  return obstacle({
    about: "security groups of GuardDuty",
    call: allPages(awsCall("ec2", "DescribeSecurityGroups", { Filters }), "SecurityGroups"),
    actions: ["ec2:DescribeSecurityGroups"],
    present: ({ SecurityGroups }) =>
      sent(SecurityGroups, "SecurityGroups").map(({ GroupId = "" }) => ({ id: GroupId })),
    delete: (id) => awsCall("ec2", "DeleteSecurityGroup", { GroupId: id }),
  });
}

function filters(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([Name, value]) => ({ Name, Values: [value] }));
}
