import type { SynthesisedJson } from "../synthesis/environment";
import type { Resource } from "../synthesis/resource";
import { coverInternet } from "./address-ranges";

/** Whether a security group rule is about any address: by itself, by a prefix list, or together with others of its group. */
export function isForAnyAddress(rule: Resource, synthesised: SynthesisedJson): boolean {
  const own = rangesOf(rule, synthesised);
  if (own.length === 0 || coverInternet(own)) return own.length > 0;
  const others = synthesised
    .of(rule.type)
    .filter((other) => groupOf(other, synthesised) === groupOf(rule, synthesised) && sharePorts(rule, other));
  const ranges = others.map((other) => rangesOf(other, synthesised));
  // A listener that is open has rules for single addresses, too: those open nothing.
  return coverInternet(ranges.filter((given) => !coverInternet(given)).flat());
}

function rangesOf(rule: Resource, synthesised: SynthesisedJson): readonly string[] {
  const lists = synthesised.targets(rule, "prefix_list_id");
  const entries = lists.flatMap((list) => [
    ...list.texts("entry.cidr"),
    ...synthesised
      .referring(list, "aws_ec2_managed_prefix_list_entry", "prefix_list_id")
      .flatMap((entry) => entry.texts("cidr")),
  ]);
  return [...rule.texts("cidr_ipv4"), ...rule.texts("cidr_ipv6"), ...entries];
}

function groupOf(rule: Resource, synthesised: SynthesisedJson): string {
  const [group] = synthesised.targets(rule, "security_group_id");
  return JSON.stringify(group === undefined ? rule.texts("security_group_id") : [group.layer, group.address]);
}

function sharePorts(one: Resource, other: Resource): boolean {
  const [from, to] = portsOf(one);
  const [otherFrom, otherTo] = portsOf(other);
  return from <= otherTo && otherFrom <= to;
}

/** Without ports, or for every protocol, a rule is about all. */
function portsOf(rule: Resource): readonly [from: number, to: number] {
  const port = (path: string) => Number(rule.texts(path)[0] ?? -1);
  if (rule.is("ip_protocol", "-1") || port("from_port") < 0) return [0, 65535];
  return [port("from_port"), port("to_port")];
}
