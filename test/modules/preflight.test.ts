import { describe, expect, test } from "vitest";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Check, Hindrance, Preflight } from "../../lib/layer/preflight";
import { callerCheck } from "../../modules/argocd/preflight";
import { namesakeCheck } from "../../modules/audit/preflight";
import { clusterChecks } from "../../modules/eks/preflight";
import { adminRoleChecks } from "../../modules/eks/preflight/admin-roles";
import { eks } from "../../modules/eks/layer";
import { platformRolesCheck } from "../../modules/pod-roles/preflight";
import { releaseService } from "../../modules/release-service/layer";
import { networkOperations } from "../../modules/network-operations/layer";
import { endpointsCheck } from "../../modules/network-operations/endpoints/preflight";
import { existingNetworkChecks } from "../../modules/vpc/existing-network-check";
import { vpc } from "../../modules/vpc/layer";
import { Settings as VpcSettings } from "../../modules/vpc/settings";
import { zonesCheck } from "../../modules/vpc/zones-check";
import { loadConfig } from "../synth";

const { environment, settings } = loadConfig();
const { account, name, region, zones } = environment;
const admin = environment.access.adminRoleArns[0] ?? "";

const withAdmins = (...adminRoleArns: readonly string[]): Environment => ({
  ...environment,
  access: { ...environment.access, adminRoleArns: [...adminRoleArns] },
});

/** What is in the way after this answer; an error that AWS returns is an `Error` with its code as name. */
function hindrances(check: Check | undefined, answer: unknown): readonly Hindrance[] | Check | "passed" {
  if (check === undefined) throw new Error("there is no such check");
  if (answer instanceof Error)
    return toList(check.verdictOnRefusal?.({ code: answer.name, message: "" }) ?? check.otherwise);
  return toList(check.verdict(answer));
}

function toList(found: ReturnType<Check["verdict"]> | "passed"): readonly Hindrance[] | Check | "passed" {
  if (found === undefined) return [];
  return found === "passed" || "verdict" in found ? found : [found].flat();
}

const refusal = (code: string) => Object.assign(new Error(), { name: code });

describe("the caller of the Kubernetes API", () => {
  const caller = (arn: string, access = environment) => hindrances(callerCheck(access), { Arn: arn });
  const sso = "AWSReservedSSO_Admin_0123456789abcdef";
  const ssoArn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`;
  const session = (role: string, of = account) => `arn:aws:sts::${of}:assumed-role/${role}/operator`;

  test("is a role that the environment lists, whose path the credentials do not tell", () => {
    expect(caller(session("platform-admin"))).toEqual([]);
    expect(caller(session(sso), withAdmins(ssoArn))).toEqual([]);
  });

  test("is not a role whose name only ends the same", () => {
    expect(caller(session("admin"))).toHaveProperty("verdict");
  });

  test("is reported with the ARN to add, path included, if it is another role", () => {
    const further = caller(session(sso));
    if (!("verdict" in Object(further))) throw new Error("no further check");
    // Checked on the line above.
    const check = further as Check;
    expect(check).toMatchObject({ call: { service: "iam", operation: "GetRole", input: { RoleName: sso } } });
    const reason = `the credentials are of the role "${sso}", which is not in access.adminRoleArns: the Kubernetes API would answer "Unauthorized"`;
    expect(hindrances(check, { Role: { Arn: ssoArn } })).toEqual([
      { reason, cure: `Add "${ssoArn}" to access.adminRoleArns in the environment file` },
    ]);
    expect(hindrances(check, refusal("AccessDenied"))).toEqual([
      {
        reason,
        cure: `Add the ARN of this role with its path to access.adminRoleArns in the environment file; to print it, run: aws iam get-role --role-name ${sso} --query Role.Arn --output text`,
      },
    ]);
  });

  test.each([`arn:aws:iam::${account}:user/op`, `arn:aws:iam::${account}:root`])(
    "is reported with the roles to assume if it is no role: %s",
    (arn) => {
      expect(caller(arn)).toEqual([
        {
          reason: `the credentials are of "${arn}", but the Kubernetes API admits only the roles in access.adminRoleArns`,
          cure: `Assume one of them, e.g. with AWS_PROFILE: ${admin}`,
        },
      ]);
    },
  );

  test("of another account is left to the check of the account", () => {
    expect(caller(session("other", "999999999999"))).toEqual([]);
  });
});

describe("the roles that administer the cluster", () => {
  const [check] = adminRoleChecks(environment);

  test("exist with exactly the ARN that is listed", () => {
    expect(hindrances(check, { Role: { Arn: admin } })).toEqual([]);
    const actual = admin.replace("role/", "role/operations/");
    expect(hindrances(check, { Role: { Arn: actual } })).toEqual([
      {
        reason: `access.adminRoleArns lists "${admin}", but the ARN of this role is "${actual}"`,
        cure: `Replace it by "${actual}" in the environment file`,
      },
    ]);
  });

  test("are reported if they do not exist, and not if they cannot be looked up", () => {
    expect(hindrances(check, refusal("NoSuchEntityException"))).toEqual([
      {
        reason: `access.adminRoleArns lists "${admin}", but the account has no role "platform-admin"`,
        cure: "Create the role, or correct access.adminRoleArns in the environment file",
      },
    ]);
    expect(hindrances(check, refusal("AccessDenied"))).toEqual([]);
  });

  test("are looked up by name without path, in the own account only", () => {
    const foreign = "arn:aws:iam::999999999999:role/admin";
    const nested = `arn:aws:iam::${account}:role/team/admin`;
    expect(adminRoleChecks(withAdmins(foreign, nested))).toMatchObject([
      { call: { service: "iam", operation: "GetRole", input: { RoleName: "admin" } } },
    ]);
  });
});

describe("zones", () => {
  const zone = (ZoneName: string, more: object = {}) => ({
    ZoneName,
    ZoneId: `usw2-${ZoneName.slice(-1)}`,
    ZoneType: "availability-zone",
    OptInStatus: "opt-in-not-required",
    State: "available",
    ...more,
  });
  const all = [...zones, `${region}d`].map((known) => zone(known));
  const found = (last: object | undefined) => {
    const [first, second, , fourth] = all;
    return hindrances(zonesCheck(environment), {
      AvailabilityZones: [first, second, ...(last === undefined ? [] : [last]), fourth],
    });
  };
  const third = zones[2] ?? "";

  test("of the environment are available ones that EKS accepts", () => {
    expect(hindrances(zonesCheck(environment), { AvailabilityZones: all })).toEqual([]);
  });

  test.each<readonly [fault: string, last: object | undefined]>([
    ["which this account does not have", undefined],
    [
      "which is a local-zone, where EKS has no control plane and most services are missing",
      zone(third, { ZoneType: "local-zone" }),
    ],
    ["which is not enabled for this account", zone(third, { OptInStatus: "not-opted-in" })],
    ['whose state is "impaired"', zone(third, { State: "impaired" })],
    ...["use1-az3", "usw1-az2", "cac1-az3"].map(
      (ZoneId) => [`whose ID is ${ZoneId}, where EKS accepts no cluster`, zone(third, { ZoneId })] as const,
    ),
  ])("are reported with a choice: %s", (fault, last) => {
    expect(found(last)).toEqual([
      {
        reason: `zones lists "${third}", ${fault}`,
        cure: `Choose three of ${region}a, ${region}b, ${region}d for "zones" in the environment file`,
      },
    ]);
  });

  test("include disabled ones in the answer, which AWS leaves out unless asked", () => {
    expect(zonesCheck(environment)).toMatchObject({ call: { input: { AllAvailabilityZones: true } } });
  });
});

describe("instance types", () => {
  const operations = networkOperations.settings.parse(settings["network-operations"]);
  const bastion = networkOperations.preflight?.({ environment, settings: operations })[0];
  const nodes = clusterChecks(environment, eks.settings.parse(settings["eks"]))[0];
  const offers = (offered: Readonly<Record<string, readonly string[]>>) => ({
    InstanceTypeOfferings: Object.entries(offered).flatMap(([InstanceType, where]) =>
      where.map((Location) => ({ InstanceType, Location, LocationType: "availability-zone" })),
    ),
  });

  test("of the nodes are offered in every zone, that of the bastion in its own", () => {
    expect(hindrances(nodes, offers({ "t3.2xlarge": zones }))).toEqual([]);
    expect(hindrances(bastion, offers({ "t3.micro": zones.slice(0, 1) }))).toEqual([]);
    expect(hindrances(bastion, offers({ "t3.micro": zones.slice(1) }))).toHaveLength(1);
  });

  test("that a zone lacks are reported for each node group", () => {
    expect(hindrances(nodes, offers({ "t3.2xlarge": zones.slice(0, 1) }))).toEqual(
      ["main", "observability"].map((group) => ({
        reason: `layers.eks.nodeGroups.${group}.instanceType is "t3.2xlarge", which EC2 does not offer in ${zones.slice(1).join(", ")}`,
        cure: `Set layers.eks.nodeGroups.${group}.instanceType to a type that is offered there, or choose other zones in the environment file`,
      })),
    );
  });

  test("that a zone lacks are reported with one of the same size that it has", () => {
    const cures = (check: Check | undefined, offered: Readonly<Record<string, readonly string[]>>) => {
      const found = hindrances(check, offers(offered));
      return Array.isArray(found) ? found.map(({ cure }: Hindrance) => cure) : [];
    };
    const elsewhere = { "m7i.2xlarge": zones, "m6i.2xlarge": zones.slice(1) };
    expect(cures(nodes, elsewhere)[0]).toBe(
      'Set layers.eks.nodeGroups.main.instanceType to "m7i.2xlarge", which is offered there, or choose other zones in the environment file',
    );
    expect(cures(bastion, { "m6i.large": zones })[0]).toMatch(/ to "m6i\.large", which is offered there/);
  });

  test("are all asked for at once", () => {
    const Values = ["t3.2xlarge", "m6i.2xlarge", "m7i.2xlarge", "m5.2xlarge"];
    expect(nodes).toMatchObject({
      call: {
        allPagesOf: "InstanceTypeOfferings",
        input: { LocationType: "availability-zone", Filters: [{ Name: "instance-type", Values }] },
      },
    });
  });
});

describe("interface endpoints", () => {
  const check: Preflight = endpointsCheck(environment, ["kms", "eks-auth"]);
  const service = (last: string, AvailabilityZones: readonly string[] = zones) => ({
    ServiceName: `com.amazonaws.${region}.${last}`,
    AvailabilityZones,
  });

  test("can be created in every zone", () => {
    expect(hindrances(check, { ServiceDetails: [service("kms"), service("eks-auth")] })).toEqual([]);
  });

  test("that a region or a zone lacks are reported", () => {
    const cure = (which: string) =>
      `Remove "${which}" from layers.network-operations.interfaceEndpoints in the environment file; its traffic then leaves the VPC like other traffic to the internet`;
    expect(hindrances(check, { ServiceDetails: [service("kms", zones.slice(1))] })).toEqual([
      {
        reason: `layers.network-operations.interfaceEndpoints lists "kms", for which AWS offers no endpoint in ${zones[0] ?? ""}`,
        cure: cure("kms"),
      },
      {
        reason: `layers.network-operations.interfaceEndpoints lists "eks-auth", for which AWS offers no endpoint in ${zones.join(", ")}`,
        cure: cure("eks-auth"),
      },
    ]);
  });

  test("are not asked for if there are none", () => {
    const parsed = networkOperations.settings.parse(settings["network-operations"]);
    const without = { environment, settings: { ...parsed, interfaceEndpoints: [] } };
    expect(networkOperations.preflight?.(without)).toHaveLength(1);
  });
});

describe("concurrent executions of the release service", () => {
  const checks = (given: object) =>
    releaseService.preflight?.({ environment, settings: releaseService.settings.parse(given) }) ?? [];
  const account = (limit: number, unreserved: number) => ({
    AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved },
  });
  /** What is in the way of 50 executions, if the proxy exists and has this reservation, or does not exist. */
  const found = (answer: object, own?: object) => {
    const first = hindrances(checks({ enabled: true })[0], answer);
    if (!("verdict" in Object(first))) return first;
    // Checked on the line above.
    return hindrances(first as Check, own ?? refusal("ResourceNotFoundException"));
  };

  test("can be reserved as far as 100 stay unreserved", () => {
    expect(found(account(1000, 1000))).toEqual([]);
    expect(found(account(1000, 150))).toEqual([]);
    expect(found(account(1000, 149))).toEqual([
      {
        reason:
          "layers.release-service.reservedConcurrency is 50, but 149 of the account's 1000 concurrent executions in us-west-2 are unreserved, and Lambda lets only 49 of them be reserved, because 100 must stay unreserved",
        cure: 'Set layers.release-service.reservedConcurrency to at most 49 or to "none" in the environment file, or request a quota of at least 1001 for "Concurrent executions" (lambda L-B99A9384)',
      },
    ]);
  });

  test("cannot be reserved in a new account, whose limit is lower", () => {
    expect(found(account(10, 10))).toEqual([
      {
        reason:
          "layers.release-service.reservedConcurrency is 50, but 10 of the account's 10 concurrent executions in us-west-2 are unreserved, and Lambda lets none of them be reserved, because 100 must stay unreserved",
        cure: 'Set layers.release-service.reservedConcurrency to "none" in the environment file, or request a quota of at least 150 for "Concurrent executions" (lambda L-B99A9384)',
      },
    ]);
  });

  test("include those that the proxy has reserved already", () => {
    expect(found(account(150, 100), { ReservedConcurrentExecutions: 50 })).toEqual([]);
    expect(found(account(150, 120), { ReservedConcurrentExecutions: 30 })).toEqual([]);
    expect(found(account(149, 119), { ReservedConcurrentExecutions: 30 })).toHaveLength(1);
    // A lower reservation is accepted whatever the limit has become.
    expect(found(account(60, 0), { ReservedConcurrentExecutions: 60 })).toEqual([]);
    expect(found(account(120, 120), {})).toHaveLength(1);
  });

  test("are asked for the function that the layer creates, and not known without permission", () => {
    expect(found(account(10, 10), refusal("AccessDeniedException"))).toEqual([]);
    const further = hindrances(checks({ enabled: true })[0], account(10, 10));
    expect(further).toMatchObject({ call: { input: { FunctionName: `${name}-release-service-proxy` } } });
  });

  test("are not asked for if nothing is reserved", () => {
    expect(checks({})).toEqual([]);
    expect(checks({ enabled: true, reservedConcurrency: "none" })).toEqual([]);
  });
});

describe("an OIDC provider of publishers", () => {
  const host = "token.actions.githubusercontent.com";
  const arn = `arn:aws:iam::${account}:oidc-provider/${host}`;
  const checkOf = (identityProviderArns: readonly string[]) => {
    const who = { source: "github", organization: "a", repository: "b", branches: ["main"] };
    const publishers = { a: { ...who, pathPrefixes: ["a/"] }, b: { ...who, pathPrefixes: ["b/"] } };
    const given = { enabled: true, reservedConcurrency: "none", publishers, identityProviderArns };
    return releaseService.preflight?.({ environment, settings: releaseService.settings.parse(given) }) ?? [];
  };
  const found = (answer: unknown, ...existing: readonly string[]) => hindrances(checkOf(existing)[0], answer);
  const tags = (value: string, layer = "release-service") => ({
    Tags: [
      { Key: "environment", Value: value },
      { Key: "layer", Value: layer },
    ],
  });

  test("is asked for once per issuer", () => {
    expect(checkOf([])).toHaveLength(1);
    expect(checkOf([])).toMatchObject([{ call: { input: { OpenIDConnectProviderArn: arn } } }]);
  });

  test("is created if there is none, or is this environment's", () => {
    expect(found(refusal("NoSuchEntityException"))).toBe("passed");
    expect(found(tags(name))).toEqual([]);
    expect(found(refusal("AccessDenied"))).toEqual([]);
  });

  test("of others is to be listed, since the account can have only one", () => {
    for (const answer of [tags("other"), tags(name, "eks"), {}])
      expect(found(answer)).toEqual([
        {
          reason: `the account has an OIDC provider for https://${host} already, and can have only one`,
          cure: `Add "${arn}" to layers.release-service.identityProviderArns in the environment file`,
        },
      ]);
  });

  test("that is listed must exist, belong to others, and accept the publishers' audience", () => {
    const setting = "layers.release-service.identityProviderArns";
    expect(found({ ClientIDList: ["sts.amazonaws.com"] }, arn)).toEqual([]);
    expect(found({ ClientIDList: ["other"] }, arn)).toEqual([
      {
        reason: `${setting} lists "${arn}", which does not accept the audience "sts.amazonaws.com"`,
        cure: `Run: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id sts.amazonaws.com`,
      },
    ]);
    expect(found({ ...tags(name), ClientIDList: ["sts.amazonaws.com"] }, arn)).toEqual([
      {
        reason: `${setting} lists "${arn}", which this environment has created, and would delete as one that it need not create`,
        cure: `Remove it from ${setting} in the environment file`,
      },
    ]);
    expect(found(refusal("NoSuchEntityException"), arn)).toEqual([
      {
        reason: `${setting} lists "${arn}", but the account has no such OIDC provider`,
        cure: `Remove it from ${setting} in the environment file; the layer then creates the provider`,
      },
    ]);
  });
});

describe("names that are not regional", () => {
  const check = namesakeCheck(environment);
  const bucket = (part: string, BucketRegion?: string) => ({
    Name: `${name}-${account}-${part}`,
    BucketRegion,
  });

  test("are free, or belong to this environment", () => {
    expect(check).toMatchObject({
      call: { allPagesOf: "Buckets", input: { Prefix: `${name}-${account}-access-logs` } },
    });
    expect(hindrances(check, { Buckets: [] })).toEqual([]);
    expect(hindrances(check, { Buckets: [bucket("trail", region), bucket("access-logs")] })).toEqual([]);
  });

  test("belong to an environment in another region if its buckets are there", () => {
    expect(hindrances(check, { Buckets: [bucket("access-logs", "eu-west-1")] })).toEqual([
      {
        reason: `the account has an environment "${name}" in eu-west-1 already, with the bucket "${name}-${account}-access-logs": IAM roles and buckets of both would have the same names`,
        cure: 'Choose another "name" in the environment file, or destroy the environment in eu-west-1',
      },
    ]);
  });

  test("are not those of buckets that no environment has, e.g. for states in another region", () => {
    const others = ["state", "access-logs-archive"].map((part) => bucket(part, "eu-west-1"));
    expect(hindrances(check, { Buckets: others })).toEqual([]);
  });

  test("of roles that the charts fix may be those of a cluster of the previous deployer", () => {
    const roles = platformRolesCheck(environment);
    const tagged = (tags: Readonly<Record<string, string>>) => ({
      Role: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    });
    const foreign = [
      {
        reason: `the account already has a role "${name}-s3-role" that this environment did not create, and the platform's charts fix this name`,
        cure: 'Choose another "name" in the environment file, or delete the other cluster with its roles',
      },
    ];
    expect(hindrances(roles, refusal("NoSuchEntityException"))).toBe("passed");
    expect(hindrances(roles, tagged({ environment: name, layer: "pod-roles" }))).toEqual([]);
    expect(hindrances(roles, tagged({ Stage: name, "Team Part": "pod-roles" }))).toEqual([]);
    expect(hindrances(roles, tagged({ environment: name }))).toEqual(foreign);
    expect(hindrances(roles, { Role: {} })).toEqual(foreign);
    expect(hindrances(roles, refusal("AccessDenied"))).toEqual([]);
  });
});

describe("an existing network", () => {
  const zone = (number: number) => ({
    privateSubnetId: `subnet-a000000${number}`,
    privateCidr: `100.64.${64 * number}.0/18`,
    privateRouteTableId: "rtb-00000001",
    ...(number === 0 ? { loadBalancerSubnetId: "subnet-b0000000", publicSubnetId: "subnet-c0000000" } : {}),
  });
  const network = {
    source: "existing" as const,
    vpcId: "vpc-01230123",
    zones: Object.fromEntries(zones.map((each, index) => [each, zone(index)])),
    sessionEndpoints: false,
  };
  const ranges = { cidr: "10.20.30.0/24", additionalCidrs: ["100.64.0.0/16"] };
  const [vpcCheck, subnetsCheck] = existingNetworkChecks({ ...ranges, account }, network);
  const associated = (...cidrs: string[]) => ({
    Vpcs: [
      {
        CidrBlock: cidrs[0],
        CidrBlockAssociationSet: cidrs.map((cidr) => ({ CidrBlock: cidr })),
      },
    ],
  });
  const subnet = (SubnetId: string, index: number, changed: object = {}) => ({
    SubnetId,
    VpcId: "vpc-01230123",
    AvailabilityZone: zones[index],
    CidrBlock: `100.64.${64 * index}.0/18`,
    ...changed,
  });
  const others = [subnet("subnet-a0000001", 1), subnet("subnet-a0000002", 2)];
  const edges = [
    subnet("subnet-b0000000", 0, { CidrBlock: "10.20.30.0/26" }),
    subnet("subnet-c0000000", 0, { CidrBlock: "10.20.30.64/26" }),
  ];
  const first = "layers.vpc.network.zones.us-west-2a";

  test("is checked, a new one is not", () => {
    const abouts = (settings: object) =>
      (vpc.preflight?.({ environment, settings: VpcSettings.parse(settings) }) ?? []).map(
        ({ about }) => about,
      );
    expect(abouts({ ...ranges, network })).toEqual([
      `zones of ${region}`,
      "ranges of vpc-01230123",
      "subnets of vpc-01230123",
    ]);
    expect(abouts({ cidr: "10.20.0.0/20" })).toEqual([`zones of ${region}`]);
  });

  test("can be what the settings say", () => {
    expect(hindrances(vpcCheck, associated("10.20.30.0/24", "100.64.0.0/16"))).toEqual([]);
    const Subnets = [subnet("subnet-a0000000", 0), ...others, ...edges];
    expect(hindrances(subnetsCheck, { Subnets })).toEqual([]);
    expect(subnetsCheck).toMatchObject({
      call: {
        input: {
          Filters: [
            {
              Name: "subnet-id",
              Values: [
                "subnet-a0000000",
                "subnet-c0000000",
                "subnet-b0000000",
                "subnet-a0000001",
                "subnet-a0000002",
              ],
            },
          ],
        },
      },
    });
  });

  test("is reported with a VPC that does not exist or has other ranges", () => {
    expect(hindrances(vpcCheck, { Vpcs: [] })).toEqual([
      {
        reason: 'layers.vpc.network.vpcId is "vpc-01230123", which this account does not have in the region',
        cure: "Correct layers.vpc.network.vpcId in the environment file",
      },
    ]);
    expect(hindrances(vpcCheck, associated("10.20.0.0/16"))).toEqual([
      {
        reason: 'layers.vpc.cidr is "10.20.30.0/24", but AWS has "10.20.0.0/16"',
        cure: 'Set layers.vpc.cidr to "10.20.0.0/16" in the environment file',
      },
      {
        reason: 'layers.vpc.additionalCidrs lists "100.64.0.0/16", which vpc-01230123 does not have',
        cure: 'Remove "100.64.0.0/16" from layers.vpc.additionalCidrs in the environment file, or add it to the VPC',
      },
    ]);
  });

  test("is of the account itself: participants cannot create endpoints in a VPC that is shared with them", () => {
    const of = (OwnerId: string) => ({
      Vpcs: associated("10.20.30.0/24", "100.64.0.0/16").Vpcs.map((each) => ({ ...each, OwnerId })),
    });
    expect(hindrances(vpcCheck, of(account))).toEqual([]);
    expect(hindrances(vpcCheck, of("444455556666"))).toEqual([
      {
        reason:
          'layers.vpc.network.vpcId is "vpc-01230123", which the account 444455556666 owns and shares: a VPC that is shared from another account is not supported, because only its owner can create endpoints and flow logs in it',
        cure: "Set layers.vpc.network.vpcId in the environment file to a VPC of the environment's own account",
      },
    ]);
  });

  test("is reported with subnets that do not exist, are elsewhere, or have other ranges", () => {
    const Subnets = [
      subnet("subnet-a0000000", 0, { AvailabilityZone: "us-west-2d", CidrBlock: "100.64.0.0/20" }),
      subnet("subnet-c0000000", 0, { VpcId: "vpc-9999" }),
      ...others,
    ];
    expect(hindrances(subnetsCheck, { Subnets })).toEqual([
      {
        reason: `${first}.privateSubnetId is "subnet-a0000000", which is in us-west-2d`,
        cure: `Set ${first}.privateSubnetId in the environment file to a subnet of vpc-01230123 in us-west-2a`,
      },
      {
        reason: `${first}.privateCidr is "100.64.0.0/18", but AWS has "100.64.0.0/20"`,
        cure: `Set ${first}.privateCidr to "100.64.0.0/20" in the environment file`,
      },
      {
        reason: `${first}.publicSubnetId is "subnet-c0000000", which is in vpc-9999`,
        cure: `Set ${first}.publicSubnetId in the environment file to a subnet of vpc-01230123 in us-west-2a`,
      },
      {
        reason: `${first}.loadBalancerSubnetId is "subnet-b0000000", which this account does not have in the region`,
        cure: `Correct ${first}.loadBalancerSubnetId in the environment file`,
      },
    ]);
  });
});
