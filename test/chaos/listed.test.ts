import { afterAll, beforeAll, expect, test } from "vitest";
import { naturalKeys } from "../../lib/aws-facts/natural-keys";
import type { CloudObject } from "../../rehearsal/engine/cloud";
import { answerAws } from "../../scripts/chaos/aws-answers";
import { startStorage, type Storage } from "../../scripts/chaos/storage";
import { awsSdk } from "../../scripts/provision/world/aws";

const rule = {
  ...{ security_group_id: "sg-1", ip_protocol: "tcp", from_port: 443, to_port: 443 },
  ...{ cidr_ipv4: null, cidr_ipv6: null, prefix_list_id: null, referenced_security_group_id: "sg-2" },
};
const everywhere = { ...rule, ip_protocol: "-1", from_port: null, to_port: null };
/** One object of each type, by what it was planned with, and another one. */
const planned: Readonly<Record<string, readonly [wanted: Values, other: Values]>> = {
  aws_backup_selection: [
    { plan_id: "p-1", name: "daily" },
    { plan_id: "p-1", name: "weekly" },
  ],
  aws_efs_mount_target: [
    { file_system_id: "fs-1", subnet_id: "subnet-1" },
    { file_system_id: "fs-1", subnet_id: "subnet-2" },
  ],
  aws_eks_pod_identity_association: [
    { cluster_name: "dev", namespace: "a", service_account: "one" },
    { cluster_name: "dev", namespace: "a", service_account: "two" },
  ],
  aws_lb_listener: [
    { load_balancer_arn: "arn:b-1", port: 443 },
    { load_balancer_arn: "arn:b-1", port: 80 },
  ],
  aws_lb_listener_rule: [
    { listener_arn: "arn:l-1", priority: 10 },
    { listener_arn: "arn:l-1", priority: 20 },
  ],
  aws_route53_query_log: [{ zone_id: "Z1" }, { zone_id: "Z2" }],
  aws_vpc_security_group_egress_rule: [rule, { ...rule, to_port: 8443 }],
  aws_vpc_security_group_ingress_rule: [everywhere, { ...everywhere, security_group_id: "sg-3" }],
};
type Values = Readonly<Record<string, unknown>>;

const objects: readonly CloudObject[] = Object.entries(planned).flatMap(([type, all]) =>
  all.map((attributes, index) => ({ type, id: `${type}-${index}`, attributes, createdAt: "" })),
);
let storage: Storage;

beforeAll(async () => {
  storage = await startStorage("http://127.0.0.1:9", (call) => answerAws(call, () => objects));
});
afterAll(async () => storage.stop());

test.each(Object.entries(planned))("%s is listed as the SDK reads it", async (type, [wanted]) => {
  const key = naturalKeys[type];
  const asked = key?.ask(wanted);
  if (asked === undefined || !("call" in asked)) throw new Error(`${type} has no call`);
  const environment = {
    ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_ENDPOINT_URL: storage.url },
  };
  const answer = await awsSdk().send(asked.call, { region: "us-west-2", environment, patience: "look" });
  expect(key?.ids(answer, wanted)).toEqual([`${type}-0`]);
});
