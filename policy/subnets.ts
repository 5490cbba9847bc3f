import type { SynthesisedJson } from "../synthesis/environment";
import type { Resource } from "../synthesis/resource";

/** Whether a subnet's route table leads to the internet without a NAT gateway. */
export function isPublicSubnet(document: SynthesisedJson, subnet: Resource): boolean {
  return document
    .referring(subnet, "aws_route_table_association", "subnet_id")
    .flatMap((association) => document.targets(association, "route_table_id"))
    .flatMap((table) => document.referring(table, "aws_route", "route_table_id"))
    .some((route) =>
      document.targets(route, "gateway_id").some(({ type }) => type === "aws_internet_gateway"),
    );
}
