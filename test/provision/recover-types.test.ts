import { describe, expect, test } from "vitest";
import { naturalKeys } from "../../lib/aws-facts/natural-keys";
import { surveyActions } from "../../scripts/provision/aws/questions";
import { taggedTypes } from "../../scripts/provision/aws/tagged-types";
import { createdAgain } from "../../lib/aws-facts/created-again";
import { importFormats } from "../../scripts/provision/runner/lost-objects/import-ids";
import { builtInTypes } from "../resource-types";
import { loadConfig } from "../synth";

const waysOf = (type: string): readonly string[] => {
  const format = importFormats[type];
  const ways = {
    "created again": createdAgain.includes(type),
    tags: taggedTypes.some(([, known]) => known === type),
    key: type in naturalKeys,
    name: format !== undefined && !format.includes("{id}"),
  };
  return Object.entries(ways).flatMap(([way, has]) => (has ? [way] : []));
};
const types = builtInTypes(["aws", "kubernetes", "helm"]);

test.each(types)("%s is found when its creation has no end, or is created again without harm", (type) => {
  // What has both a name to import it by and another way is found by the other.
  expect(waysOf(type).filter((way) => way !== "name" || waysOf(type).length === 1)).toHaveLength(1);
});

test("no other type is listed", () => {
  const listed = [...createdAgain, ...Object.keys(naturalKeys), ...Object.keys(importFormats)];
  expect(listed.filter((type) => !types.includes(type) && type !== "terraform_data")).toEqual([]);
});

describe("of what has a natural key", () => {
  const rule = {
    security_group_id: "sg-1",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_ipv4: null,
    cidr_ipv6: null,
    prefix_list_id: null,
    referenced_security_group_id: "sg-2",
  };
  const found = {
    ...{ SecurityGroupRuleId: "sgr-1", GroupId: "sg-1", IsEgress: true, IpProtocol: "tcp" },
    ...{ FromPort: 443, ToPort: 443, ReferencedGroupInfo: { GroupId: "sg-2" } },
  };
  const others = [
    { ...found, SecurityGroupRuleId: "sgr-2", IsEgress: false },
    { ...found, SecurityGroupRuleId: "sgr-3", ToPort: 8443 },
    { ...found, SecurityGroupRuleId: "sgr-4", ReferencedGroupInfo: undefined, CidrIpv4: "10.0.0.0/16" },
    { ...found, SecurityGroupRuleId: "sgr-5", IpProtocol: "udp" },
  ];
  const everyPort = { ...rule, ip_protocol: "-1", from_port: null, to_port: null };

  test.each([
    ["aws_vpc_security_group_egress_rule", rule, { SecurityGroupRules: [...others, found] }, ["sgr-1"]],
    ["aws_vpc_security_group_ingress_rule", rule, { SecurityGroupRules: [...others, found] }, ["sgr-2"]],
    [
      "aws_vpc_security_group_egress_rule",
      everyPort,
      { SecurityGroupRules: [{ ...found, IpProtocol: "-1", FromPort: -1, ToPort: -1 }] },
      ["sgr-1"],
    ],
    [
      "aws_lb_listener_rule",
      { listener_arn: "arn:l", priority: 10 },
      {
        Rules: [
          { RuleArn: "arn:r", Priority: "10" },
          { RuleArn: "arn:d", Priority: "default" },
        ],
      },
      ["arn:r"],
    ],
    [
      "aws_lb_listener",
      { load_balancer_arn: "arn:b", port: 443 },
      {
        Listeners: [
          { ListenerArn: "arn:l", Port: 443 },
          { ListenerArn: "arn:m", Port: 80 },
        ],
      },
      ["arn:l"],
    ],
    [
      "aws_efs_mount_target",
      { file_system_id: "fs-1", subnet_id: "subnet-2" },
      {
        MountTargets: [
          { MountTargetId: "fsmt-1", SubnetId: "subnet-1" },
          { MountTargetId: "fsmt-2", SubnetId: "subnet-2" },
        ],
      },
      ["fsmt-2"],
    ],
    [
      "aws_backup_selection",
      { plan_id: "p", name: "daily" },
      {
        BackupSelectionsList: [
          { SelectionId: "s-1", SelectionName: "weekly" },
          { SelectionId: "s-2", SelectionName: "daily" },
        ],
      },
      ["s-2"],
    ],
    [
      "aws_vpc_ipv4_cidr_block_association",
      { vpc_id: "vpc-1", cidr_block: "100.64.0.0/16" },
      {
        Vpcs: [
          {
            CidrBlockAssociationSet: [
              {
                AssociationId: "a-0",
                CidrBlock: "100.64.0.0/16",
                CidrBlockState: { State: "disassociated" },
              },
              { AssociationId: "a-1", CidrBlock: "10.0.0.0/16", CidrBlockState: { State: "associated" } },
              { AssociationId: "a-2", CidrBlock: "100.64.0.0/16", CidrBlockState: { State: "associated" } },
            ],
          },
        ],
      },
      ["a-2"],
    ],
    ["aws_route53_query_log", { zone_id: "Z1" }, { QueryLoggingConfigs: [{ Id: "q-1" }] }, ["q-1"]],
    [
      "aws_eks_pod_identity_association",
      { cluster_name: "dev", namespace: "n", service_account: "s" },
      { associations: [{ associationId: "a-1" }] },
      ["a-1"],
    ],
    ["aws_shield_protection", { resource_arn: "arn:b" }, { Protection: { Id: "p-1" } }, ["p-1"]],
  ])("%s, exactly the one with the planned values is taken", (...[type, planned, answer, ids]) => {
    const key = naturalKeys[type];
    expect(key?.ids(answer, planned)).toEqual(ids);
    expect(key?.ids({}, planned)).toEqual([]);
    expect(key?.arguments.filter((argument) => !(argument in planned))).toEqual([]);
  });

  test("the questions are among the printed rights", () => {
    const asked = surveyActions([], loadConfig());
    expect(Object.values(naturalKeys).filter(({ action }) => !asked.includes(action))).toEqual([]);
  });
});
