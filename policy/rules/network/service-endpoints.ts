import { each } from "../../checks";
import type { Rule } from "../../rule";

export const serviceEndpoints: Rule = {
  id: "service-endpoints",
  title: "Every VPC reaches EC2, the container registry, Systems Manager and S3 without leaving it",
  publicIds: ["EC2.10", "EC2.55", "EC2.56", "EC2.57"],
  reason: "What does not cross the internet gateway can neither be watched nor be cut off there",
  fix: "Add the service to layers.vpc.interfaceEndpoints",
  check: each(["aws_vpc"], (vpc, document) => {
    const names = document
      .referring(vpc, "aws_vpc_endpoint", "vpc_id")
      .flatMap((found) => found.texts("service_name"));
    const missing = required.filter((service) => !names.some((name) => name.endsWith(`.${service}`)));
    return missing.length === 0 ? undefined : `it has no endpoint of ${missing.join(", ")}`;
  }),
};

const required = ["ec2", "ecr.api", "ecr.dkr", "ssm", "s3"];
