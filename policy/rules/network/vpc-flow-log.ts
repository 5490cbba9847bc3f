import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const vpcFlowLog: Rule = {
  id: "vpc-flow-log",
  title: "Every VPC records all of its traffic",
  publicIds: ["CKV2_AWS_11", "AWS-0178", "EC2.6"],
  reason: "Without a record of accepted and refused traffic, an intrusion cannot be traced",
  fix: "Add an aws_flow_log of the VPC with traffic_type ALL",
  check: mustHaveCompanion("aws_vpc", {
    by: "aws_flow_log",
    through: "vpc_id",
    where: (log) => log.is("traffic_type", "ALL"),
    without: "no flow log records all of its traffic",
  }),
};
