import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { familyOf } from "../../lib/aws-facts/instance-families";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { eks } from "../../modules/eks/layer";
import { addonVersions } from "../../lib/aws-facts/kubernetes-versions";
import { readPolicy } from "./policies";
import { type Block, loadConfig, type RawEnvironment, type SynthesisedLayer, synthLayer } from "../synth";

const withSettings = (settings: object) => ({
  edit: (raw: RawEnvironment) => {
    raw.layers = { ...raw.layers, eks: settings };
  },
});
const withProfile = (profile: string, cidr = "10.20.0.0/16") => ({
  edit: (raw: RawEnvironment) => {
    raw.scaleProfile = profile;
    raw.layers = { ...raw.layers, aurora: {}, eks: {}, vpc: { cidr } };
  },
});
const remote = (path: string) => `\${data.terraform_remote_state.${path}}`;
const eksKey = remote("kms.outputs.keyArns.eks");
const nodes = remote("vpc.outputs.nodeSecurityGroupId");
const controlPlane = "${aws_eks_cluster.cluster.vpc_config[0].cluster_security_group_id}";
const layer = synthLayer(eks);
const cluster = layer.resource("aws_eks_cluster", "cluster");
const mainNodes = "main-us-west-2a-nodes";
const scalingOf = (synthesised: SynthesisedLayer, group: string) =>
  Object.entries(synthesised.all("aws_eks_node_group"))
    .filter(([id]) => id.startsWith(`${group}-`))
    // As synthesised from our own code.
    .map(([, nodes]) => nodes["scaling_config"] as Record<string, number>);

const mirrorOf = (index: number) => [`r${index}.example.com`, `https://mirror.example.com/${index}`];

const messageOf = (template: Block) => Buffer.from(String(template["user_data"]), "base64").toString();

describe("the control plane", () => {
  test("has a private endpoint only, unless publicAccessCidrs is set", () => {
    expect(cluster["vpc_config"]).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: false,
    });
    const open = synthLayer(eks, withSettings({ publicAccessCidrs: ["18.0.0.0/24"] }));
    expect(open.resource("aws_eks_cluster", "cluster")["vpc_config"]).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["18.0.0.0/24"],
    });
  });

  test("encrypts secrets with the eks key", () => {
    expect(cluster["encryption_config"]).toEqual({ provider: { key_arn: eksKey }, resources: ["secrets"] });
  });

  test("logs everything to an encrypted log group that is created first", () => {
    expect(cluster["enabled_cluster_log_types"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    expect(cluster["depends_on"]).toContain("aws_cloudwatch_log_group.control-plane-log");
    expect(layer.resource("aws_cloudwatch_log_group", "control-plane-log")).toMatchObject({
      name: "/aws/eks/example/cluster",
      kms_key_id: remote("kms.outputs.keyArns.logs"),
      retention_in_days: 365,
    });
  });

  test("is administered by the roles of the environment file, and not by its creator", () => {
    expect(cluster["access_config"]).toEqual({
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    });
    const admin = "arn:aws:iam::111122223333:role/teams/platform_admin";
    const { json } = synthLayer(eks, {
      edit: (raw: RawEnvironment) => (raw.access.adminRoleArns = [admin]),
    });
    expect(Object.entries(json.resource?.["aws_eks_access_entry"] ?? {})).toMatchObject([
      ["admin-111122223333-teams-platform-admin", { principal_arn: admin }],
    ]);
    expect(Object.values(json.resource?.["aws_eks_access_policy_association"] ?? {})).toMatchObject([
      { policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy" },
    ]);
  });

  test("has the environment's name, which applications rely on", () => {
    expect(cluster["name"]).toBe("example");
  });
});

describe("add-ons", () => {
  test.each(Object.entries(addonVersions))("of Kubernetes %s are all pinned", (version, pinned) => {
    const installed = Object.values(synthLayer(eks, withSettings({ version })).all("aws_eks_addon"));
    expect(
      Object.fromEntries(installed.map((addon) => [addon["addon_name"], addon["addon_version"]])),
    ).toEqual(pinned);
    expect(cluster["bootstrap_self_managed_addons"]).toBe(false);
  });

  test("enforce network policies", () => {
    const { configuration_values } = layer.resource("aws_eks_addon", "vpc-cni");
    expect(JSON.parse(String(configuration_values))).toMatchObject({ enableNetworkPolicy: "true" });
  });

  test("that nodes need are created before the nodes, those that need nodes after", () => {
    const before = layer.resource("aws_eks_node_group", mainNodes)["depends_on"];
    for (const addon of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
      expect(before).toContain(`aws_eks_addon.${addon}`);
    }
    for (const addon of ["coredns", "aws-ebs-csi-driver", "aws-efs-csi-driver"]) {
      expect(layer.resource("aws_eks_addon", addon)["depends_on"]).toContain(
        `aws_eks_node_group.${mainNodes}`,
      );
    }
  });
});

describe("nodes", () => {
  test("start only once they can reach the control plane and what else they need", () => {
    const rules = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].flatMap(
      (type) => Object.keys(layer.all(type)).map((id) => `${type}.${id}`),
    );
    expect(rules.length).toBeGreaterThan(4);
    for (const nodes of Object.values(layer.all("aws_eks_node_group")))
      expect(nodes["depends_on"]).toEqual(expect.arrayContaining(rules));
  });

  const template = layer.resource("aws_launch_template", "main-template");

  test("have encrypted volumes", () => {
    expect(template["block_device_mappings"]).toMatchObject([
      { ebs: { encrypted: "true", kms_key_id: eksKey, volume_type: "gp3", volume_size: 20 } },
    ]);
  });

  test("do not expose their credentials to pods", () => {
    expect(template["metadata_options"]).toMatchObject({
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  test("show no tags in their metadata, where the key of the tag of EKS is not allowed", () => {
    expect(template["metadata_options"]).toMatchObject({ instance_metadata_tags: "disabled" });
  });

  test("configure maxPods in a file of nodeadm, which takes precedence over what EKS adds to user data", () => {
    const message = messageOf(template);
    expect(message).toContain(
      "\ncat > /etc/eks/nodeadm.d/50-kubelet.yaml <<'END_OF_FILE'\napiVersion: node.eks.aws/v1alpha1\n",
    );
    expect(message).toContain("maxPods: 58");
    expect(message).not.toContain("application/node.eks.aws");
    expect(message).not.toContain("cluster:");
  });

  test("attach each policy once, also one that all nodes have, and those with names that differ by a sign", () => {
    const additionalPolicyArns = [
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      "arn:aws:iam::aws:policy/amazonEKSworkernodepolicy",
      "arn:aws:iam::111122223333:policy/logs.write",
      "arn:aws:iam::111122223333:policy/logs-write",
    ];
    const more = synthLayer(eks, withSettings({ nodes: { additionalPolicyArns } }));
    const attached = Object.entries(more.all("aws_iam_role_policy_attachment"));
    expect(attached.filter(([, { policy_arn }]) => policy_arn === additionalPolicyArns[0])).toHaveLength(1);
    expect(attached.map(([id]) => id).filter((id) => id.startsWith("additional"))).toEqual([
      "additional-node-policy-111122223333-logs-write",
      "additional-node-policy-111122223333-logs-write-f6058c4f",
    ]);
  });

  test("report the volumes that the type with the most network interfaces can attach", () => {
    const limits = [
      ["t3.2xlarge", 27 - 4],
      ["r6i.4xlarge", 27 - 8],
    ] as const;
    for (const [instanceType, volumeAttachLimit] of limits) {
      const nodeGroups = { observability: { instanceType } };
      const addon = synthLayer(eks, withSettings({ nodeGroups })).resource(
        "aws_eks_addon",
        "aws-ebs-csi-driver",
      );
      expect(JSON.parse(String(addon["configuration_values"]))).toEqual({ node: { volumeAttachLimit } });
    }
  });

  describe("with settings of their own", () => {
    const nodes = {
      amiReleaseVersion: "1.35.2-20261110",
      additionalPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
      proxy: {
        httpProxy: "http://p.example.com:3128",
        httpsProxy: "http://s.example.com:3128",
        noProxy: [".x"],
      },
      clusterDnsIp: "172.20.0.53",
      registryMirrors: { "docker.io": "https://mirror.example.com" },
      preBootstrapScript: "#!/bin/bash\necho ${before}\n",
      postBootstrapScript: "#!/bin/bash\necho ${after}\n",
    };
    const synthesised = synthLayer(eks, withSettings({ nodes }));
    const message = messageOf(synthesised.resource("aws_launch_template", "main-template"));
    const scripts = message.split("--//\n").filter((part) => part.includes("text/x-shellscript"));

    test("run the configured AMI release, and otherwise keep the current one", () => {
      const releaseOf = (of: SynthesisedLayer) =>
        of.resource("aws_eks_node_group", mainNodes)["release_version"];
      expect(releaseOf(synthesised)).toBe("1.35.2-20261110");
      expect(releaseOf(layer)).toBeUndefined();
    });

    test("have the additional policies", () => {
      expect(Object.keys(synthesised.all("aws_iam_role_policy_attachment"))).toContain(
        "additional-node-policy-aws-CloudWatchAgentServerPolicy",
      );
    });

    test("configure the cluster DNS address in pods", () => {
      expect(message).toContain("clusterDNS:\n        - 172.20.0.53\n");
    });

    test("use the proxy for their services, except for private destinations", () => {
      expect(scripts[1]).toContain("\nHTTPS_PROXY=http://s.example.com:3128\n");
      expect(scripts[1]).toMatch(/^no_proxy=localhost,.*169\.254\.0\.0\/16.*\.eks\.amazonaws\.com,\.x$/m);
      expect(scripts[1]).toContain("for service in containerd kubelet nodeadm-run");
      const { edit } = withSettings({ nodes });
      const inPublicRange = synthLayer(eks, {
        edit: (raw: RawEnvironment) => {
          edit(raw);
          raw.layers.vpc.additionalCidrs = ["100.64.0.0/16", "203.0.113.0/24"];
        },
      });
      expect(messageOf(inPublicRange.resource("aws_launch_template", "main-template"))).toContain(
        ".eks.amazonaws.com,203.0.113.0/24,.x",
      );
    });

    test("try the mirror before the registry", () => {
      expect(scripts[2]).toContain(
        "/etc/containerd/certs.d/docker.io/hosts.toml <<'END_OF_FILE'\n" +
          'server = "https://registry-1.docker.io"\n[host."https://mirror.example.com"]\n',
      );
    });

    test("have scripts with valid bash syntax", () => {
      for (const script of scripts) {
        const [, body = ""] = script.split(/\n\n([\s\S]*)/);
        expect(spawnSync("bash", ["-n"], { input: body }).stderr.toString()).toBe("");
      }
      expect(scripts).toHaveLength(5);
    });

    test("run the scripts from the settings before and after they join", () => {
      expect(scripts[3]).toContain(`\n\n${nodes.preBootstrapScript}`);
      expect(scripts[4]).toContain(Buffer.from(nodes.postBootstrapScript).toString("base64"));
      expect(scripts[4]).toContain("After=nodeadm-run.service");
    });
  });

  test("have no other script by default", () => {
    expect(messageOf(template).match(/shellscript/g)).toHaveLength(1);
  });

  test("keep the configured number of IP addresses available", () => {
    const warm = synthLayer(eks, withSettings({ vpcCni: { warmIpTarget: 5 } }));
    const configuration = warm.resource("aws_eks_addon", "vpc-cni")["configuration_values"];
    expect(JSON.parse(String(configuration))).toMatchObject({
      env: { WARM_IP_TARGET: "5", MINIMUM_IP_TARGET: "10" },
    });
  });

  test("carry the tags of the environment on instances, volumes and interfaces", () => {
    const tagged = synthLayer(eks, { edit: (raw: RawEnvironment) => (raw.customer = "acme") });
    const specifications = tagged.resource("aws_launch_template", "main-template")["tag_specifications"];
    const tags = { environment: "example", layer: "eks", customer: "acme", Name: "example-eks-main" };
    expect(specifications).toEqual(
      ["instance", "volume", "network-interface"].map((resource_type) => ({ resource_type, tags })),
    );
  });

  test("run Amazon Linux 2023", () => {
    const images = Object.values(layer.all("aws_eks_node_group")).map(({ ami_type }) => ami_type);
    expect(new Set(images)).toEqual(new Set(["AL2023_x86_64_STANDARD"]));
  });

  test("have a role for joining, pulling images and SSM only", () => {
    const attached = Object.values(layer.all("aws_iam_role_policy_attachment"))
      .filter(({ role }) => role === "${aws_iam_role.node-role.name}")
      .map(({ policy_arn }) => policy_arn);
    expect(attached).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    ]);
  });
});

describe("node groups", () => {
  test.each([
    ["default", ["t3.2xlarge", [1, 3, 6], 20, 58], ["t3.2xlarge", [0, 0, 3], 20, 58]],
    ["100en", ["t3.2xlarge", [3, 3, 6], 128, 58], ["r6i.2xlarge", [1, 1, 3], 128, 58]],
    ["500en", ["t3.2xlarge", [3, 3, 6], 128, 58], ["r6i.4xlarge", [2, 2, 6], 128, 58]],
    ["1ken", ["m6i.4xlarge", [3, 3, 6], 128, 234], ["r6i.4xlarge", [3, 3, 6], 128, 58]],
    ["10ken", ["m6i.4xlarge", [5, 5, 8], 128, 234], ["r6i.8xlarge", [3, 3, 6], 128, 58]],
  ])("of profile %s are sized as documented, over all zones", (profile, main, observability) => {
    const synthesised = synthLayer(eks, withProfile(profile));
    const sizes = ["main", "observability"].map((name) => {
      const template = synthesised.resource("aws_launch_template", `${name}-template`);
      // As synthesised from our own code.
      const [disk] = template["block_device_mappings"] as { ebs: { volume_size: number } }[];
      const total = (size: string) =>
        scalingOf(synthesised, name).reduce((sum, scaling) => sum + (scaling[size] ?? NaN), 0);
      return [
        template["instance_type"],
        ["min_size", "desired_size", "max_size"].map(total),
        disk?.ebs.volume_size,
        Number(/maxPods: (\d+)/.exec(messageOf(template))?.[1]),
      ];
    });
    expect(sizes).toEqual([main, observability]);
  });

  /**
   * Families that all of Malaysia, Thailand, Mexico, Taipei and New Zealand have, the regions opened since 2024:
   * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html, May 2026.
   */
  const inNewRegions = ["t3", "m6i", "m6id", "m7i", "m7i-flex", "r6i", "r6id", "r7i"];

  test.each(scaleProfiles)("of profile %s have instance types that new regions offer", (profile) => {
    const templates = Object.values(synthLayer(eks, withProfile(profile)).all("aws_launch_template"));
    const families = templates.map((template) => familyOf(String(template["instance_type"])));
    expect(families).toHaveLength(2);
    expect(families.filter((family) => !inNewRegions.includes(family))).toEqual([]);
  });

  test.each(scaleProfiles)("of profile %s can be scaled by the autoscaler", (profile) => {
    const synthesised = synthLayer(eks, withProfile(profile));
    for (const name of ["main", "observability"]) {
      const scaling = scalingOf(synthesised, name);
      expect(scaling.some(({ min_size, max_size }) => min_size! < max_size!)).toBe(true);
    }
  });

  test("are split by zone where pods have volumes, with the sizes distributed evenly", () => {
    const groups = synthLayer(eks, withProfile("10ken")).all("aws_eks_node_group");
    const main = ["a", "b", "c"].map((zone) => groups[`main-us-west-2${zone}-nodes`]);
    expect(main).toMatchObject(
      [
        ["a", 2, 3],
        ["b", 2, 3],
        ["c", 1, 2],
      ].map(([zone, min_size, max_size]) => ({
        node_group_name: `example-main-us-west-2${zone}`,
        subnet_ids: [remote(`vpc.outputs.privateSubnetIds["us-west-2${zone}"]`)],
        scaling_config: { min_size, desired_size: min_size, max_size },
      })),
    );
  });

  test("span the zones unless perZone is set", () => {
    const spanning = synthLayer(eks, withSettings({ nodeGroups: { main: { perZone: false } } }));
    expect(spanning.resource("aws_eks_node_group", "main-nodes")["subnet_ids"]).toHaveLength(3);
  });

  test("for observability accept only pods that tolerate their taint", () => {
    expect(layer.resource("aws_eks_node_group", "observability-us-west-2a-nodes")).toMatchObject({
      labels: { "node.kubernetes.io/custom-rule": "observability" },
      taint: [{ key: "node.kubernetes.io/custom-rule", value: "observability", effect: "NO_SCHEDULE" }],
    });
    expect(layer.resource("aws_eks_node_group", mainNodes)["taint"]).toEqual([]);
  });

  test("have taints without a value", () => {
    const observability = { taints: [{ key: "spot" }] };
    const spot = synthLayer(eks, withSettings({ nodeGroups: { observability } }));
    expect(spot.resource("aws_eks_node_group", "observability-us-west-2a-nodes")["taint"]).toEqual([
      { key: "spot", effect: "NO_SCHEDULE" },
    ]);
  });

  test("ignore changes of the desired size only where the autoscaler can scale them", () => {
    const ignored = { ignore_changes: ["scaling_config[0].desired_size"] };
    expect(layer.resource("aws_eks_node_group", mainNodes)["lifecycle"]).toEqual(ignored);
    const main = { minSize: 3, desiredSize: 3, maxSize: 3 };
    const fixed = synthLayer(eks, withSettings({ nodeGroups: { main } }));
    expect(fixed.resource("aws_eks_node_group", mainNodes)).not.toHaveProperty("lifecycle");
  });

  test("have an alarm at maximum size, unless the size is fixed", () => {
    const alarm = layer.resource("aws_cloudwatch_metric_alarm", "main-us-west-2a-nodes-at-maximum-alarm");
    expect(alarm).toMatchObject({
      metric_name: "GroupInServiceInstances",
      dimensions: {
        AutoScalingGroupName: `\${aws_eks_node_group.${mainNodes}.resources[0].autoscaling_groups[0].name}`,
      },
      comparison_operator: "GreaterThanThreshold",
      threshold: 1,
      alarm_actions: [remote("audit.outputs.topicArn")],
    });
    const fixed = synthLayer(
      eks,
      withSettings({ nodeGroups: { main: { minSize: 3, desiredSize: 3, maxSize: 3 } } }),
    );
    expect(Object.keys(fixed.all("aws_cloudwatch_metric_alarm")).join()).not.toContain("main");
  });

  test("can be added by name", () => {
    const batch = {
      instanceType: "c7i.2xlarge",
      minSize: 0,
      desiredSize: 1,
      maxSize: 2,
      diskGiB: 50,
      maxPods: 58,
    };
    const synthesised = synthLayer(eks, withSettings({ nodeGroups: { batch } }));
    expect(synthesised.resource("aws_eks_node_group", "batch-nodes")["subnet_ids"]).toHaveLength(3);
  });
});

const mail = { cidr: "203.0.113.25/32", port: 587, description: "SMTP relay" };

describe("the network", () => {
  const opened = Object.values(layer.all("aws_vpc_security_group_ingress_rule")).map((rule) => [
    rule["referenced_security_group_id"],
    rule["security_group_id"],
    rule["from_port"],
    rule["to_port"],
  ]);

  test("allows exactly the traffic that the cluster needs, by security group", () => {
    const bastion = remote("vpc.outputs.bastionSecurityGroupId");
    const expected = [
      [nodes, nodes, undefined, undefined],
      [nodes, controlPlane, 443, 443],
      [controlPlane, nodes, 443, 443],
      [controlPlane, nodes, 1025, 65535],
      [bastion, controlPlane, 443, 443],
    ];
    expect(opened).toHaveLength(expected.length);
    expect(opened).toEqual(expect.arrayContaining(expected));
  });

  test("allows outbound traffic of nodes to the internet for HTTPS only", () => {
    const outside = Object.values(layer.all("aws_vpc_security_group_egress_rule")).filter(
      ({ cidr_ipv4 }) => cidr_ipv4 !== undefined,
    );
    expect(outside).toMatchObject([
      { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 443, to_port: 443 },
    ]);
  });

  test("allows additional outbound traffic once that is allowed in any case, because EC2 rejects the same rule twice", () => {
    const https = { cidr: "0.0.0.0/0", port: 443, description: "HTTPS" };
    const same = synthLayer(eks, withSettings({ additionalEgress: { https } }));
    expect(same.all("aws_vpc_security_group_egress_rule")).toEqual(
      layer.all("aws_vpc_security_group_egress_rule"),
    );
    const udp = synthLayer(eks, withSettings({ additionalEgress: { quic: { ...https, protocol: "udp" } } }));
    expect(udp.resource("aws_vpc_security_group_egress_rule", "egress-quic")["ip_protocol"]).toBe("udp");
  });

  test("does not attach the control plane's group, which allows all outbound traffic, to nodes", () => {
    expect(layer.resource("aws_launch_template", "main-template")["vpc_security_group_ids"]).toEqual([nodes]);
  });

  test("allows additional outbound traffic of nodes with a description", () => {
    const { json } = synthLayer(eks, withSettings({ additionalEgress: { mail } }));
    expect(json.resource?.["aws_vpc_security_group_egress_rule"]?.["egress-mail"]).toMatchObject({
      cidr_ipv4: "203.0.113.25/32",
      ip_protocol: "tcp",
      from_port: 587,
      description: "SMTP relay",
    });
  });
});

describe("the log rescue", () => {
  const documents = layer.all("aws_ssm_document");
  const content = (id: string) => String(documents[id]!["content"]);
  const group = (id: string) => `\${aws_eks_node_group.${id}.resources[0].autoscaling_groups[0].name}`;

  test("delays the termination of nodes of every group, and continues in any case", () => {
    const hooks = Object.values(layer.all("aws_autoscaling_lifecycle_hook"));
    expect(hooks.map(({ autoscaling_group_name }) => autoscaling_group_name)).toEqual(
      Object.keys(layer.all("aws_eks_node_group")).map(group),
    );
    expect(hooks[0]).toMatchObject({
      lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
      default_result: "CONTINUE",
      heartbeat_timeout: 300,
    });
    expect(JSON.parse(content("log-rescue-automation"))).toMatchObject({
      mainSteps: [
        { action: "aws:runCommand", onFailure: "Continue", timeoutSeconds: 240 },
        { inputs: { Api: "CompleteLifecycleAction", LifecycleActionResult: "CONTINUE" }, isEnd: true },
      ],
    });
  });

  test("starts for its own lifecycle hooks only, and runs its own command", () => {
    const { event_pattern } = layer.resource("aws_cloudwatch_event_rule", "log-rescue-rule");
    expect(JSON.parse(String(event_pattern))).toMatchObject({
      detail: { LifecycleHookName: ["example-log-rescue"] },
    });
    const target = layer.resource("aws_cloudwatch_event_target", "log-rescue-target");
    expect(target["arn"]).toBe(
      "arn:aws:ssm:us-west-2:111122223333:automation-definition/${aws_ssm_document.log-rescue-automation.name}:$DEFAULT",
    );
    expect(content("log-rescue-automation")).toContain("${aws_ssm_document.node-logs-command.name}");
  });

  test("runs commands on nodes of this environment only", () => {
    const sent = readPolicy(layer.resource("aws_iam_role_policy", "log-rescue-policy")).filter(
      ({ Action }) => Action === "ssm:SendCommand",
    );
    expect(sent).toMatchObject([
      { Resource: expect.stringContaining("document/${aws_ssm_document.node-logs-command.name}") as unknown },
      {
        Condition: {
          StringEquals: { "ssm:resourceTag/environment": "example", "ssm:resourceTag/layer": "eks" },
        },
      },
    ]);
  });

  test("writes to an encrypted log group that nodes may write to", () => {
    expect(layer.resource("aws_cloudwatch_log_group", "node-log")).toMatchObject({
      name: "/aws/eks/example/nodes",
      kms_key_id: remote("kms.outputs.keyArns.logs"),
      retention_in_days: 365,
    });
    const [write] = readPolicy(layer.resource("aws_iam_role_policy", "node-logs-policy"));
    expect(write!.Resource).toContain("${aws_cloudwatch_log_group.node-log.arn}");
  });

  test("runs commands with valid shell syntax", () => {
    const { mainSteps } = JSON.parse(content("node-logs-command")) as {
      mainSteps: { inputs: { runCommand: string[] } }[];
    };
    const input = mainSteps[0]!.inputs.runCommand.join("\n");
    expect(spawnSync("bash", ["-n"], { input }).stderr.toString()).toBe("");
  });

  test("can be disabled", () => {
    const off = synthLayer(eks, withSettings({ logRescue: { enabled: false } }));
    expect(JSON.stringify(off.json)).not.toContain("log-rescue");
  });
});

describe("the roles of add-ons", () => {
  const byPodIdentity = {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnEquals: { "aws:SourceArn": "arn:aws:eks:us-west-2:111122223333:cluster/example" },
    },
  };
  const irsa = synthLayer(eks, withSettings({ podIdentity: "irsa" }));
  const accounts = [
    ["vpc-cni", "aws-node"],
    ["aws-ebs-csi-driver", "ebs-csi-controller-sa"],
    ["aws-efs-csi-driver", "efs-csi-controller-sa"],
  ] as const;

  test.each(accounts)("%s can be assumed by pods of this cluster only, as %s", (addon, service_account) => {
    const role = layer.resource("aws_iam_role", `${addon}-role`);
    expect(readPolicy(role, "assume_role_policy")).toEqual([byPodIdentity]);
    expect(layer.resource("aws_eks_addon", addon)["pod_identity_association"]).toEqual([
      { role_arn: `\${aws_iam_role.${addon}-role.arn}`, service_account },
    ]);
  });

  test.each(accounts)("%s trusts OIDC tokens by subject and audience with irsa, as %s", (addon, account) => {
    const issuer = '${trimprefix(aws_eks_cluster.cluster.identity[0].oidc[0].issuer, "https://")}';
    const role = irsa.resource("aws_iam_role", `${addon}-role`);
    expect(JSON.parse(String(role["assume_role_policy"]).replaceAll(issuer, "ISSUER"))).toMatchObject({
      Statement: [
        {
          Principal: { Federated: "${aws_iam_openid_connect_provider.identity-provider.arn}" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "ISSUER:aud": "sts.amazonaws.com",
              "ISSUER:sub": [`system:serviceaccount:kube-system:${account}`],
            },
          },
        },
      ],
    });
    expect(irsa.resource("aws_eks_addon", addon)["service_account_role_arn"]).toBe(
      `\${aws_iam_role.${addon}-role.arn}`,
    );
  });

  test("have no Pod Identity trust and no association with irsa", () => {
    expect(JSON.stringify(irsa.json)).not.toMatch(/pods\.eks\.amazonaws\.com|pod_identity_association/);
  });
});

describe("the layer", () => {
  test("waits for keys, alarm topic and network only", () => {
    expect(Object.values(eks.needs).map(({ name }) => name)).toEqual(["kms", "audit", "vpc"]);
  });
});

describe("an environment file", () => {
  const plain = {
    instanceType: "t3.2xlarge",
    minSize: 0,
    desiredSize: 0,
    maxSize: 1,
    diskGiB: 20,
    maxPods: 10,
  };
  const reserved = [
    ...[
      { given: "10.1.0.128/27", within: "10.0.0.0/8" },
      { given: "172.31.0.0/16", within: "172.16.0.0/12" },
    ],
    ...[
      { given: "192.168.0.0/16", within: "192.168.0.0/16" },
      { given: "100.64.0.0/10", within: "100.64.0.0/10" },
    ],
    ...[
      { given: "203.0.113.5/32", within: "203.0.113.0/24" },
      { given: "8.0.0.0/5", within: "10.0.0.0/8" },
    ],
    ...[
      { given: "169.254.1.0/24", within: "169.254.0.0/16" },
      { given: "255.255.255.255/32", within: "240.0.0.0/4" },
    ],
  ];

  test("with a range too small for its pods is rejected with the smallest range that fits", () => {
    expect(() => loadConfig(withProfile("10ken", "10.20.0.0/21"))).toThrow(
      'layers.vpc.cidr: is "10.20.0.0/21", whose private subnets have 507 addresses each, but 5 nodes in one zone, their 818 pods and other resources need 855',
    );
    expect(() => loadConfig(withProfile("10ken", "10.20.0.0/21"))).toThrow("Choose a /20 or larger");
    expect(() => loadConfig(withProfile("10ken", "10.20.0.0/20"))).not.toThrow();
  });

  test("with a VPC that overlaps the default service range is rejected at the VPC's range", () => {
    expect(() => loadConfig(withProfile("default", "172.20.128.0/20"))).toThrow(
      /:\d+:\d+ layers\.vpc\.cidr: is "172\.20\.128\.0\/20", which overlaps "172\.20\.0\.0\/16", the default of layers\.eks\.serviceIpv4Cidr\n {4}Set layers\.eks\.serviceIpv4Cidr to a private range outside the VPC, e\.g\. "10\.100\.0\.0\/16", or choose another range for the VPC/,
    );
    const edit = (raw: RawEnvironment) => {
      raw.layers.vpc = { cidr: "172.30.0.0/16", additionalCidrs: ["172.20.0.0/16"] };
    };
    expect(() => loadConfig({ edit })).toThrow(
      'layers.vpc.additionalCidrs[0]: is "172.20.0.0/16", which overlaps "172.20.0.0/16", the default',
    );
  });

  test("with a service range inside the VPC is rejected with an example outside it", () => {
    const edit = (raw: RawEnvironment) => {
      raw.layers.vpc = { cidr: "10.100.0.0/16", additionalCidrs: ["10.101.0.0/16"] };
      raw.layers.eks = { serviceIpv4Cidr: "10.100.0.0/16" };
    };
    expect(() => loadConfig({ edit })).toThrow(
      'layers.eks.serviceIpv4Cidr: is "10.100.0.0/16", which overlaps "10.100.0.0/16" of the VPC\n    Choose a private range outside the VPC, e.g. "10.102.0.0/16"',
    );
  });

  test("with an address for a range is rejected once", () => {
    expect(() => loadConfig(withSettings({ publicAccessCidrs: ["1.1.1.1"] }))).toThrow("it has 1 problem\n");
  });

  test("with wrong zones is rejected for the zones only, not for names that follow from them", () => {
    const edit = (raw: RawEnvironment) => {
      raw.zones = ["us-west-2a", "us-west-2a", "us-west-2b"];
    };
    expect(() => loadConfig({ edit })).toThrow(
      /it has 1 problem\n.* zones\[1\]: "us-west-2a" is listed twice/,
    );
  });

  test.each<readonly [settings: object, message: string]>([
    [
      { nodeGroups: { main: { desiredSize: 9 } } },
      "layers.eks.nodeGroups.main: has minSize 1, desiredSize 9 and maxSize 6, which are not in ascending order",
    ],
    [
      { nodeGroups: { main: { desiredSize: 1, maxSize: 2 } } },
      "layers.eks.nodeGroups.main.maxSize: is 2, but the group is split over 3 zones, each of which needs at least one node",
    ],
    [
      { nodeGroups: { main: { minSize: 0, desiredSize: 0 } } },
      "layers.eks.nodeGroups: has no group with nodes and without taints",
    ],
    [
      { nodeGroups: { main: { instanceType: "m55.4xlarge" } } },
      'layers.eks.nodeGroups.main.instanceType: is "m55.4xlarge", but no instance family "m55" of EC2 is known',
    ],
    [
      { nodeGroups: { main: { instanceType: "m7g.4xlarge" } } },
      'layers.eks.nodeGroups.main.instanceType: is "m7g.4xlarge", which has an Arm processor, but the nodes\' images are for x86_64',
    ],
    [
      { nodeGroups: { main: { instanceType: "t3.large" } } },
      "layers.eks.nodeGroups.main.maxPods: is 58, but t3.large has addresses for 35 pods",
    ],
    [
      { nodeGroups: { main: { taints: [{ key: "a", effect: "NO_EXECUTE" }] } } },
      "layers.eks.nodeGroups: has no group with nodes and without taints",
    ],
    [
      { additionalEgress: { mail, relay: { ...mail, description: "Other" } } },
      'layers.eks.additionalEgress.relay: has the range, protocol and port of "mail", and EC2 rejects the same rule twice',
    ],
    [
      { nodeGroups: { "main-us-west-2b": { ...plain, perZone: false } } },
      'layers.eks.nodeGroups.main-us-west-2b: results in a node group "main-us-west-2b", as does "main"\n    Rename one of the groups',
    ],
    [{ serviceIpv4Cidr: "10.0.0.0/8" }, "It must be between /12 and /24"],
    [{ serviceIpv4Cidr: "10.100.0.0/25" }, "It must be between /12 and /24"],
    [
      { serviceIpv4Cidr: "100.64.0.0/16" },
      'layers.eks.serviceIpv4Cidr: "100.64.0.0/16" is not accepted\n    It must be inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
    ],
    [{ serviceIpv4Cidr: "176.22.0.0/16" }, "It must be inside 10.0.0.0/8"],
    [{ serviceIpv4Cidr: "192.160.0.0/12" }, "It must be inside 10.0.0.0/8"],
    [{ serviceIpv4Cidr: "172.20.1.0/16" }, "It must start at its network address"],
    ...reserved.map(({ given, within }): [object, string] => [
      { publicAccessCidrs: ["18.0.0.0/24", given] },
      `layers.eks.publicAccessCidrs[1]: "${given}" has addresses of "${within}", which are reserved and not allowed by EKS\n    List public addresses only`,
    ]),
    [
      { publicAccessCidrs: ["1.1.1.1"] },
      'layers.eks.publicAccessCidrs[0]: "1.1.1.1" is not accepted\n    It must be an IPv4 range, e.g. "18.0.0.0/24"',
    ],
    [
      { publicAccessCidrs: ["2600:1f00::/24"] },
      "It must be an IPv4 range, because EKS accepts IPv6 ranges only for clusters whose pods have IPv6 addresses",
    ],
    [{ publicAccessCidrs: ["18.0.0.7/24"] }, "It must start at its network address"],
    [
      { publicAccessCidrs: [...Array(41).keys()].map((index) => `18.0.${index}.0/24`) },
      "layers.eks.publicAccessCidrs: has 41 items\n    It must have at most 40 items",
    ],
    [{ nodeGroups: { main: { diskGiB: 65_537 } } }, "65537 is too large\n    It must be at most 65536"],
    ...["node-role.kubernetes.io/worker", "kubernetes.io/role", "app.kubernetes.io/name", "k8s.io/x"].map(
      (key): [object, string] => [
        { nodeGroups: { main: { labels: { [key]: "true" } } } },
        `"${key}" is not accepted as a name\n    It must not have a prefix that is reserved for Kubernetes or EKS`,
      ],
    ),
    [{ nodeGroups: { main: { labels: { "eks.amazonaws.com/team": "a" } } } }, "It must not have a prefix"],
    ...["a b", "-a", "a/b/c", "/a", "A.com/a", "a.com/", "a..com/b"].map((key): [object, string] => [
      { nodeGroups: { main: { labels: { [key]: "true" } } } },
      `"${key}" is not accepted as a name\n    It must be a name of letters, digits and . _ -`,
    ]),
    [{ nodeGroups: { main: { labels: { [`${"a".repeat(60)}/bcd`]: "x" } } } }, "at most 63 characters"],
    ...["with space", "-a", "a-", "ä", ""].map((value): [object, string] => [
      { nodeGroups: { main: { labels: { role: value } } } },
      "It must be letters, digits and . _ - with a letter or digit at both ends",
    ]),
    [{ nodeGroups: { main: { labels: { role: "a".repeat(64) } } } }, "It must have at most 63 characters"],
    [
      { nodeGroups: { main: { taints: [{ key: "gpu only", value: "yes" }] } } },
      "It must be a name of letters, digits and . _ -",
    ],
    [
      { nodeGroups: { main: { taints: [{ key: "gpu", value: "only these" }] } } },
      "It must be empty, or letters, digits and . _ -",
    ],
    [
      { nodeGroups: { observability: { taints: [{ key: "a" }, { key: "a", value: "b" }] } } },
      "layers.eks.nodeGroups.observability.taints[1]: has the key and effect of layers.eks.nodeGroups.observability.taints[0]\n    Keep one of the two",
    ],
    [
      { nodeGroups: { main: { taints: [...Array(51).keys()].map((index) => ({ key: `k${index}` })) } } },
      "has 51 items\n    It must have at most 50 items",
    ],
    [
      {
        additionalEgress: { mail: { cidr: "203.0.113.7/24", port: 25, description: "mail" } },
      },
      "It must start at its network address",
    ],
    [
      { nodes: { proxy: { httpProxy: "http://proxy:70000", httpsProxy: "http://proxy" } } },
      "It must have a port from 1 to 65535",
    ],
    [{ nodes: { registryMirrors: { "docker.io:0": "https://m" } } }, "It must have a port from 1 to 65535"],
    [{ version: "1.29" }, "layers.eks.version"],
    [
      { version: "1.36", nodes: { amiReleaseVersion: "1.35.2-20261110" } },
      'layers.eks.nodes.amiReleaseVersion: is "1.35.2-20261110", an image for another Kubernetes version than 1.36',
    ],
    [
      { version: "1.34", nodes: { amiReleaseVersion: "1.34.1-20251007" } },
      'layers.eks.nodes.amiReleaseVersion: is "1.34.1-20251007", an image that ignores maxPods and clusterDnsIp',
    ],
    [
      { nodes: { clusterDnsIp: "10.0.0.10" } },
      'layers.eks.nodes.clusterDnsIp: is "10.0.0.10", which is neither in "172.20.0.0/16" nor link-local',
    ],
    [{ nodes: { clusterDnsIp: "172.20.0.0" } }, 'which is the first or last address of "172.20.0.0/16"'],
    [{ nodes: { clusterDnsIp: "172.20.255.255" } }, 'which is the first or last address of "172.20.0.0/16"'],
    [{ nodes: { clusterDnsIp: "172.20.0.1" } }, "which is the address of the Kubernetes API in the cluster"],
    [{ nodes: { clusterDnsIp: "169.254.169.254" } }, "which is the instance metadata service"],
    [{ nodes: { clusterDnsIp: "169.254.170.23" } }, "which is the EKS Pod Identity agent"],
    [{ nodes: { registryMirrors: { "..": "https://m" } } }, "It must be the host of a registry"],
    [
      { nodes: { registryMirrors: { "docker.io": "https://m:70000/v2" } } },
      "It must have a port from 1 to 65535",
    ],
    [{ nodes: { registryMirrors: { "docker.io": "https://../v2" } } }, "It must be an https:// address"],
    [
      { version: "1.35", nodes: { amiReleaseVersion: "1.35.2-20261331" } },
      "It must end with the day of the release",
    ],
    [
      { nodes: { proxy: { httpProxy: "http://proxy/path", httpsProxy: "http://proxy" } } },
      "scheme, host and port without a password",
    ],
    [{ nodes: { preBootstrapScript: "echo" } }, "must begin with an interpreter"],
    [
      { nodes: { registryMirrors: Object.fromEntries([...Array(60).keys()].map(mirrorOf)) } },
      "bytes of user data, but the limit is 14336",
    ],
  ])("with %j is rejected", (settings, message) => {
    expect(() => loadConfig(withSettings(settings))).toThrow(message);
  });

  test.each([
    { serviceIpv4Cidr: "10.96.0.0/12" },
    { serviceIpv4Cidr: "192.168.7.0/24" },
    { publicAccessCidrs: ["0.0.0.0/0"] },
    { publicAccessCidrs: ["18.0.0.0/8", "11.0.0.0/8", "172.15.0.0/16", "192.169.1.1/32"] },
    { publicAccessCidrs: [...Array(40).keys()].map((index) => `18.0.${index}.0/24`) },
    {
      nodeGroups: {
        main: {
          labels: {
            ...{ role: "worker", "example.com/Role_1": "a.b-c_D", "node.kubernetes.io/role": "worker" },
            ...{ "kubelet.kubernetes.io/x": "1", "topology.kubernetes.io/zone": "a", "my-k8s.io/x": "1" },
          },
          taints: [{ key: "spot", effect: "PREFER_NO_SCHEDULE" }],
          diskGiB: 65_536,
        },
      },
    },
    {
      nodeGroups: {
        observability: {
          taints: [
            { key: "node-role.kubernetes.io/infra" },
            { key: "a" },
            { key: "a", effect: "NO_EXECUTE" },
          ],
        },
      },
    },
    { nodes: { proxy: { httpProxy: "http://proxy:65535", httpsProxy: "http://proxy" } } },
    { nodes: { additionalPolicyArns: ["arn:aws:iam::111122223333:policy/team/nodes"] } },
  ])("with %j is accepted", (settings) => {
    expect(() => loadConfig(withSettings(settings))).not.toThrow();
  });
});
