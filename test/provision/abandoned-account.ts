import type { AwsCall } from "../../lib/layer/aws-call";
import { awsError } from "./aws-error";
import type { FakeWorld } from "./fake-world";

type Tags = Readonly<Record<string, string>>;

/** What is deleted by an operation, and listed by another one. */
interface Item {
  readonly kind: "load balancer" | "target group" | "interface" | "group" | "snapshot" | "volume";
  readonly tags: Tags;
  /** Unset: that of the environment. */
  readonly vpcId?: string;
  /** Groups from which a group allows traffic. */
  readonly allows?: readonly string[];
}

/** Filters of EC2, as the product writes them. */
type Filters = readonly { readonly Name: string; readonly Values: readonly string[] }[];

const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** What a cluster has left in an account, as far as `destroy` asks for it and deletes it. */
export class AbandonedAccount {
  readonly items = new Map<string, Item>();
  /** ARNs that the list by tags has, of the network interfaces `ELB <name>` that exist. */
  readonly classic: string[] = [];
  /** Of the interface of classic balancers; unset: that of the environment. */
  classicVpc: string | undefined;
  /** What was deleted or revoked, in order. */
  readonly done: string[] = [];
  clusterExists = false;
  /** ARNs of what AWS lists, though it has vanished. */
  readonly vanished = new Set<string>();
  /** Groups of interfaces that use them, and have no tags. */
  readonly used = new Set<string>();
  /** What an operation says instead. */
  readonly refusals = new Map<string, Error>();

  /** Also once it is destroyed. */
  private readonly ownVpc: string | undefined;

  constructor(world: FakeWorld) {
    this.ownVpc = [...world.cloud.objects.values()].find(({ type }) => type === "aws_vpc")?.id;
    const others = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: async (call: AwsCall, request: Parameters<typeof others>[1]) => {
        const refusal = this.refusals.get(call.operation);
        if (refusal !== undefined) throw refusal;
        return this.answer(call) ?? (await others(call, request));
      },
    });
  }

  private vpcOf(id: string): string | undefined {
    return this.items.get(id)?.vpcId ?? this.ownVpc;
  }

  private of(kind: Item["kind"], filters: Filters = []) {
    const fits = ({ tags, allows = [] }: Item) =>
      filters.every(({ Name, Values: [value = ""] }) => {
        if (Name === "status") return true;
        if (Name === "tag-key") return value in tags;
        if (Name === "ip-permission.group-id") return allows.includes(value);
        return Name.startsWith("tag:") && tags[Name.slice("tag:".length)] === value;
      });
    return [...this.items].filter(([, item]) => item.kind === kind && fits(item));
  }

  private answer({ service, operation, input }: AwsCall): object | undefined {
    // What the product calls it with.
    const given = input as Readonly<Record<string, string>> & {
      readonly Filters?: Filters;
      readonly ResourceArns?: readonly string[];
      readonly TagFilters?: readonly { readonly Key: string }[];
    };
    const ids = (kind: Item["kind"]) => this.of(kind, given.Filters);
    switch (operation) {
      case "DescribeCluster":
        if (this.clusterExists) return { cluster: {} };
        throw awsError("ResourceNotFoundException", "No cluster found for name: dev.");
      case "GetResources": {
        if (given.TagFilters?.[0]?.Key !== "kubernetes.io/cluster/dev") return undefined;
        return { ResourceTagMappingList: this.classic.map((ResourceARN) => ({ ResourceARN })) };
      }
      case "DescribeLoadBalancers":
        return {
          LoadBalancers: ids("load balancer").map(([LoadBalancerArn]) => ({
            ...{ LoadBalancerArn, VpcId: this.vpcOf(LoadBalancerArn) },
          })),
        };
      case "DescribeTargetGroups":
        return {
          TargetGroups: ids("target group").map(([TargetGroupArn]) => ({
            ...{ TargetGroupArn, VpcId: this.vpcOf(TargetGroupArn) },
          })),
        };
      case "DescribeTags":
        if ((given.ResourceArns ?? []).length > 20)
          throw awsError("ValidationError", "Cannot have more than 20 resources described");
        if (given.ResourceArns?.some((arn) => this.vanished.has(arn)) === true)
          throw awsError("LoadBalancerNotFoundException", "One or more load balancers not found");
        return {
          TagDescriptions: given.ResourceArns?.map((ResourceArn) => ({
            ResourceArn,
            Tags: tagList(this.items.get(ResourceArn)?.tags ?? {}),
          })),
        };
      case "DescribeNetworkInterfaces":
        return { NetworkInterfaces: this.interfaces(given.Filters) };
      case "DescribeSecurityGroups":
        return {
          SecurityGroups: ids("group").map(([GroupId, { tags, allows = [] }]) => ({
            ...{ GroupId, Tags: tagList(tags), VpcId: this.vpcOf(GroupId) },
            IpPermissions: [
              { IpProtocol: "-1", UserIdGroupPairs: allows.map((one) => ({ GroupId: one })) },
              { IpProtocol: "tcp", FromPort: 443, ToPort: 443 },
            ],
          })),
        };
      case "DescribeVolumes":
        return {
          Volumes: ids("volume").map(([VolumeId, { tags }]) => ({
            ...{ VolumeId, State: "available", Size: 8, Tags: tagList(tags) },
          })),
        };
      case "DescribeSnapshots":
        return {
          Snapshots: ids("snapshot").map(([SnapshotId, { tags }]) => ({ SnapshotId, Tags: tagList(tags) })),
        };
      case "RevokeSecurityGroupIngress":
        return this.revoke(given["GroupId"] ?? "", JSON.stringify(given["IpPermissions"]));
      default:
        if (!operation.startsWith("Delete") || service === "s3") return undefined;
        return this.delete(String(Object.values(input)[0]));
    }
  }

  private interfaces(filters: Filters = []): readonly object[] {
    const { Name, Values } = filters[0] ?? { Name: "", Values: [] };
    const [value = ""] = Values;
    if (Name === "description") return [{ Description: "ELB a1b2", VpcId: this.classicVpc ?? this.ownVpc }];
    if (Name === "group-id") return this.used.has(value) ? [{ NetworkInterfaceId: "eni-in-use" }] : [];
    return this.of("interface", filters).map(([NetworkInterfaceId, { tags }]) => ({
      ...{ NetworkInterfaceId, TagSet: tagList(tags), VpcId: this.vpcOf(NetworkInterfaceId) },
    }));
  }

  private revoke(id: string, permissions: string): object {
    const item = this.items.get(id);
    if (item !== undefined) this.items.set(id, { ...item, allows: [] });
    this.done.push(`revoke ${permissions} in ${id}`);
    return {};
  }

  private delete(id: string): object {
    const item = this.items.get(id);
    const isReferredTo = [...this.items.values()].some(({ allows = [] }) => allows.includes(id));
    const isInUse = item?.kind === "group" && this.of("load balancer").length > 1;
    if (isReferredTo || isInUse)
      throw awsError("DependencyViolation", `resource ${id} has a dependent object`);
    this.items.delete(id);
    this.done.push(id);
    return {};
  }
}
