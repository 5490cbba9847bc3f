/** What EC2's IDs begin with, by resource type: `i-0123` is an instance. */
export const ec2Types: ReadonlyMap<string, string> = new Map([
  ["elastic-ip", "eipalloc"],
  ["instance", "i"],
  ["internet-gateway", "igw"],
  ["launch-template", "lt"],
  ["natgateway", "nat"],
  ["network-acl", "acl"],
  ["network-interface", "eni"],
  ["route-table", "rtb"],
  ["security-group", "sg"],
  ["security-group-rule", "sgr"],
  ["subnet", "subnet"],
  ["volume", "vol"],
  ["vpc", "vpc"],
  ["vpc-endpoint", "vpce"],
  ["vpc-flow-log", "fl"],
]);

/** `arn:aws:kms:…:key/1234` and `1234` are the same key; aliases keep their `alias/`. */
export const keyId = (key: string) => key.replace(/^arn:.*?:(key\/)?(?=[^:]*$)/, "").replace(/^key\//, "");

/** The type of an EC2 resource by its ID; undefined if it is not known. */
export function ec2Type(id: string): string | undefined {
  return [...ec2Types].find(([, prefix]) => id.slice(0, id.lastIndexOf("-")) === prefix)?.[0];
}
