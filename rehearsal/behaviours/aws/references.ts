/** A map, because any word may stand before the digits: `constructor-…` names nothing. */
const types = new Map([
  ["vpc", "aws_vpc"],
  ["subnet", "aws_subnet"],
  ["igw", "aws_internet_gateway"],
  ["nat", "aws_nat_gateway"],
  ["rtb", "aws_route_table"],
  ["eipalloc", "aws_eip"],
  ["sg", "aws_security_group"],
  ["acl", "aws_network_acl"],
  ["fs", "aws_efs_file_system"],
  ["fsap", "aws_efs_access_point"],
  ["vpce", "aws_vpc_endpoint"],
  ["lt", "aws_launch_template"],
]);

/** The object that an EC2-like id names: AWS creates those ids, so one that does not exist is a mistake. */
export function reference(text: string): { readonly type: string; readonly id: string } | undefined {
  const [, prefix = ""] = /^([a-z]+)-[0-9a-f]{17}$/.exec(text) ?? [];
  const type =
    types.get(prefix) ??
    (/^arn:[\w-]+:elasticloadbalancing:.*:targetgroup\//.test(text) ? "aws_lb_target_group" : undefined);
  return type === undefined ? undefined : { type, id: text };
}
