import { describe, expect, test } from "vitest";
import { podRoles } from "../../modules/pod-roles/layer";
import { programs } from "../../modules/pod-roles/programs";
import { readPolicy } from "./policies";
import { type RawEnvironment, type SynthesisedLayer, synthLayer } from "../synth";

const remote = (path: string) => `\${data.terraform_remote_state.${path}}`;
const layer = synthLayer(podRoles);

describe("roles of programs", () => {
  const byPodIdentity = {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnEquals: { "aws:SourceArn": remote("eks.outputs.clusterArn") },
    },
  };
  const irsa = synthLayer(podRoles, {
    edit: (raw: RawEnvironment) => (raw.layers.eks = { podIdentity: "irsa" }),
  });

  test.each(programs.filter((program) => program !== "cert-manager"))(
    "%s can be assumed by pods of this cluster only",
    (program) => {
      const role = layer.resource("aws_iam_role", `${program}-role`);
      expect(readPolicy(role, "assume_role_policy")).toEqual([byPodIdentity]);
    },
  );

  test("allow cert-manager's role to assume itself, because the platform's issuer specifies the role", () => {
    const [pods, itself] = readPolicy(
      layer.resource("aws_iam_role", "cert-manager-role"),
      "assume_role_policy",
    );
    expect(pods).toEqual(byPodIdentity);
    const own = "arn:aws:iam::111122223333:role/certmgr-example";
    expect(itself).toMatchObject({ Condition: { ArnEquals: { "aws:PrincipalArn": own } } });
    const allowed = readPolicy(layer.resource("aws_iam_role_policy", "cert-manager-policy"));
    expect(allowed).toContainEqual({ ...itself, Principal: undefined, Condition: undefined, Resource: own });
  });

  test("are associated with the service accounts of the programs", () => {
    const associations = Object.values(layer.all("aws_eks_pod_identity_association"));
    expect(
      associations.map(({ namespace, service_account }) => `${String(namespace)}:${String(service_account)}`),
    ).toEqual([
      "kube-system:aws-load-balancer-controller",
      "cert-manager:cert-manager",
      "orch-gateway:sa-cert-rewriter",
      "kube-system:cluster-autoscaler",
      "orch-infra:aws-s3-sa-loki",
      "orch-infra:aws-s3-sa-mimir",
      "orch-platform:aws-s3-sa-loki",
      "orch-platform:aws-s3-sa-mimir",
      "orch-infra:aws-s3-sa-loki-read",
      "orch-infra:aws-s3-sa-mimir-read",
      "orch-platform:aws-s3-sa-loki-read",
      "orch-platform:aws-s3-sa-mimir-read",
      "orch-platform:vault",
      "orch-platform:vault-service-account",
    ]);
  });

  test("trust OIDC tokens by subject and audience with irsa", () => {
    const issuer = remote("eks.outputs.oidcIssuer");
    const role = irsa.resource("aws_iam_role", "vault-role");
    const trust = String(role["assume_role_policy"]).replaceAll(issuer, "ISSUER");
    expect(JSON.parse(trust)).toMatchObject({
      Statement: [
        {
          Principal: { Federated: remote("eks.outputs.oidcProviderArn") },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "ISSUER:aud": "sts.amazonaws.com",
              "ISSUER:sub": [
                "system:serviceaccount:orch-platform:vault",
                "system:serviceaccount:orch-platform:vault-service-account",
              ],
            },
          },
        },
      ],
    });
  });

  test("have no Pod Identity trust and no association with irsa", () => {
    expect(JSON.stringify(irsa.json)).not.toMatch(/pods\.eks\.amazonaws\.com|pod_identity_association/);
  });

  test.each([
    ["cluster-autoscaler", "CASControllerRole-example"],
    ["cert-manager", "certmgr-example"],
    ["vault", "example-vault-kms-role"],
    ["observability", "example-s3-role"],
    ["observability-read", "example-s3-read-role"],
  ])("%s has the name %s, under which charts know it", (program, name) => {
    expect(layer.resource("aws_iam_role", `${program}-role`)["name"]).toBe(name);
  });

  test("grant no changes outside this environment", () => {
    const changing = Object.values(layer.all("aws_iam_role_policy"))
      .flatMap((policy) => readPolicy(policy))
      .filter(({ Action }) => [Action].flat().some((action) => !/:(Describe|Get|List)/.test(action)));
    expect(changing.filter(({ Resource, Condition }) => Resource === "*" && Condition === undefined)).toEqual(
      [],
    );
  });

  test("allow the cluster autoscaler to add and remove nodes of this cluster alone", () => {
    const policy = layer.resource("aws_iam_role_policy", "cluster-autoscaler-policy");
    const changes = readPolicy(policy).filter(({ Action }) => String(Action).includes("Set"));
    expect(changes).toEqual([
      {
        Effect: "Allow",
        Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        Resource: "arn:aws:autoscaling:us-west-2:111122223333:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/example": "owned" } },
      },
    ]);
  });

  test("allow the load balancer controller to register targets, but not to create load balancers", () => {
    const policy = layer.resource("aws_iam_role_policy", "aws-load-balancer-controller-policy");
    expect(JSON.stringify(readPolicy(policy))).not.toMatch(/Create|Modify|Delete|Authorize/);
    expect(readPolicy(policy)[1]!.Resource).toBe(
      "arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/example-*/*",
    );
  });

  test("allow cert-manager to write only ACME challenge records, in the public zone", () => {
    const policy = layer.resource("aws_iam_role_policy", "cert-manager-policy");
    const changes = readPolicy(policy).filter(({ Action }) => String(Action).includes("Change"));
    expect(changes[0]).toEqual({
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: `arn:aws:route53:::hostedzone/${remote("route53.outputs.publicZoneId")}`,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": "TXT" },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": "_acme-challenge.*",
        },
      },
    });
  });

  test("allow the synchronizer to renew the environment's certificate, but not to create certificates", () => {
    const [change] = readPolicy(layer.resource("aws_iam_role_policy", "cert-synchronizer-policy"));
    expect(change!.Resource).toBe(remote("route53.outputs.certificateArn"));
    expect(change!.Action).toContain("acm:ImportCertificate");
  });

  test("allow Vault to use its unseal key only", () => {
    expect(readPolicy(layer.resource("aws_iam_role_policy", "vault-policy"))).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"],
        Resource: remote("kms.outputs.keyArns.vault"),
      },
    ]);
  });

  test("allow Loki and Mimir to read and write, or only read, their buckets", () => {
    const attached = (program: string) =>
      Object.values(layer.all("aws_iam_role_policy_attachment"))
        .filter(({ role }) => role === `\${aws_iam_role.${program}-role.name}`)
        .map(({ policy_arn }) => policy_arn);
    const policies = (...names: string[]) =>
      names.map((name) => remote(`object-store.outputs.policyArns["${name}"]`));
    expect(attached("observability")).toEqual(policies("loki-write", "mimir-write"));
    expect(attached("observability-read")).toEqual(policies("loki-read", "mimir-read"));
  });
});

describe("Tempo", () => {
  const kept = (tracing: boolean, podIdentity: string) =>
    synthLayer(podRoles, {
      edit: (raw: RawEnvironment) => {
        raw.layers["object-store"] = { ...raw.layers["object-store"], tracing };
        raw.layers.eks = { ...raw.layers.eks, podIdentity };
      },
    });
  const attached = (synthesised: SynthesisedLayer, program: string) =>
    Object.values(synthesised.all("aws_iam_role_policy_attachment"))
      .filter(({ role }) => role === `\${aws_iam_role.${program}-role.name}`)
      .map(({ policy_arn }) => policy_arn);
  const policy = (name: string) => remote(`object-store.outputs.tracingPolicyArns["${name}"]`);
  const associations = (synthesised: SynthesisedLayer) =>
    Object.values(synthesised.all("aws_eks_pod_identity_association")).filter(
      ({ service_account }) => service_account === "orchestrator-observability-tempo",
    );

  describe.each(["pod-identity", "irsa"])("under %s", (identity) => {
    const traced = kept(true, identity);

    test("has its own role, which may write traces only", () => {
      expect(traced.resource("aws_iam_role", "tempo-role")["name"]).toBe("example-tempo");
      expect(attached(traced, "tempo")).toEqual([policy("tempo-write")]);
      expect(traced.all("aws_iam_role_policy")).not.toHaveProperty("tempo-policy");
      expect(attached(traced, "observability").join()).not.toContain("tempo");
    });

    test("can be read by the programs that read logs and metrics", () => {
      expect(attached(traced, "observability-read")).toHaveLength(3);
      expect(attached(traced, "observability-read")).toContain(policy("tempo-read"));
    });

    test("has its role in the outputs", () => {
      expect(traced.json.output?.["podRoleArns"]?.value).toMatchObject({
        tempo: "${aws_iam_role.tempo-role.arn}",
        vault: "${aws_iam_role.vault-role.arn}",
      });
    });

    test("does not appear in an environment without tracing", () => {
      const untraced = kept(false, identity);
      expect(JSON.stringify(untraced.json)).not.toMatch(/tempo(-|"|$)/i);
      expect(Object.keys(untraced.json.output?.["podRoleArns"]?.value as object).sort()).toEqual(
        [...programs].sort(),
      );
    });
  });

  test("gets its role under the service account of its chart, by association", () => {
    const traced = kept(true, "pod-identity");
    expect(associations(traced)).toMatchObject([
      { namespace: "orch-platform", role_arn: "${aws_iam_role.tempo-role.arn}" },
    ]);
    expect(readPolicy(traced.resource("aws_iam_role", "tempo-role"), "assume_role_policy")).toMatchObject([
      { Principal: { Service: "pods.eks.amazonaws.com" } },
    ]);
  });

  test("gets its role under the service account of its chart, by token", () => {
    const traced = kept(true, "irsa");
    expect(associations(traced)).toEqual([]);
    const trust = String(traced.resource("aws_iam_role", "tempo-role")["assume_role_policy"]);
    expect(trust).toContain(':sub":["system:serviceaccount:orch-platform:orchestrator-observability-tempo"]');
    expect(trust).toContain(':aud":"sts.amazonaws.com"');
  });
});
