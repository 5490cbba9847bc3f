/** A value that AWS, Kubernetes or the platform refuses. */
interface WrongValue {
  /** The setting to which it is given, dotted. */
  readonly setting: string;
  readonly value: unknown;
  /** What the refusal says. */
  readonly message: RegExp;
  /** Other settings without which the value could be right. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

const wrong = (setting: string, value: unknown, message: RegExp): WrongValue => ({ setting, value, message });
const group = { instanceType: "m6i.large", minSize: 0, desiredSize: 0, maxSize: 3, diskGiB: 50, maxPods: 20 };

const issuedByAcm = { "layers.route53": {} };
const newVpc = { "layers.vpc": { cidr: "10.20.0.0/16" } };

const publisher = {
  ...{ source: "github", organization: "example", repository: "installer" },
  ...{ branches: ["main"], pathPrefixes: ["a/"] },
};

/** One or more of each kind that public reports and AWS's limits name; whatever else a file holds, they are refused. */
export const wrongValues: readonly WrongValue[] = [
  wrong("access.publicCidrs", ["198.51.100.0/24", "198.51.100.0/24"], /twice|equal/),
  wrong("layers.audit.alarmEmails", ["ops@example.com", "ops@example.com"], /twice|equal/),
  wrong("zones", ["us-west-2-lax-1a", "us-west-2z", "eu-west-1d"], /not an availability zone/),
  { ...wrong("region", "us-west-9", /not a region of AWS/), beside: { skipRegionValidation: false } },
  wrong("region", "us-west-1", /two zones/),
  { ...wrong("domain", { parent: "corp.internal" }, /public DNS/), beside: issuedByAcm },
  { ...wrong("domain", { root: "co.uk" }, /public suffix/), beside: issuedByAcm },
  wrong("name", "internal", /reserve|namespace|internal/),
  wrong("name", "sg-1", /reserve|sg/),
  wrong("name", "kube-system", /reserve|namespace/),
  { ...wrong("layers.vpc.cidr", "203.0.113.0/24", /not a private range/), beside: newVpc },
  {
    ...wrong(
      "layers.vpc.network.zones",
      { "us-west-2a": { privateCidr: "10.20.0.0/18" } },
      /undefined|required|missing/i,
    ),
    beside: {
      "layers.vpc": { cidr: "10.20.0.0/16", network: { source: "existing", vpcId: "vpc-0123456789abcdef0" } },
    },
  },
  { ...wrong("layers.vpc.additionalCidrs", ["198.19.0.0/16"], /cannot be added/), beside: newVpc },
  wrong("layers.eks.serviceIpv4Cidr", "100.64.0.0/16", /inside 10\.0\.0\.0\/8/),
  wrong("layers.eks.publicAccessCidrs", ["10.0.0.0/8"], /reserved/),
  wrong(
    "layers.eks.nodeGroups.wrong",
    { ...group, labels: { "node-role.kubernetes.io/worker": "" } },
    /reserved/,
  ),
  wrong("layers.eks.nodeGroups.wrong", { ...group, labels: { team: "two words" } }, /letters, digits/),
  wrong("layers.backup.daily", { schedule: "cron(99 5 * * ? *)", retentionDays: 35 }, /minutes/),
  wrong("layers.backup.daily", { schedule: "cron(30 5 * * *)", retentionDays: 35 }, /six|fields/),
  wrong("layers.aurora.backupWindow", "02:00-02:20", /30 minutes/),
  wrong("layers.aurora.masterUsername", "rdsadmin", /reserves/),
  wrong(
    "layers.eks.additionalEgress",
    { x: { cidr: "203.0.113.1/32", port: 25, description: "ä" } },
    /consist of/,
  ),
  wrong("layers.platform.secrets", { smtpSecretArn: "smtp" }, /complete ARN of a secret/),
  wrong("layers.argocd.repository.certificateAuthority", "x", /PEM certificates/),
  wrong("iam", { path: "/edge" }, /IAM path/),
  wrong("iam", { permissionsBoundaryArn: "arn:aws:iam::999999999999:policy/b" }, /belongs to the/),
  wrong(
    "layers.argocd.applications",
    [{ name: "vault", repository: "https://a.example.com", path: "a", revision: "v1.0.0", namespace: "a" }],
    /is the name of an application of the platform's/,
  ),
  wrong("layers.argocd.chartDigests", { gitea: "sha256:0" }, /64 hexadecimal digits/),
  wrong("layers.argocd.chartRepositories", { gitea: "http://charts.example.com" }, /https:\/\//),
  wrong("layers.audit.alarmEmails", ["ops@example.com", "OPS@example.com"], /listed twice/),
  wrong("layers.release-service.repositories", ["a", "a"], /listed twice/),
  wrong("layers.release-service.publishers.wrong", { ...publisher, branches: ["*"] }, /the name of a branch/),
  wrong(
    "layers.release-service.publishers.wrong",
    { ...publisher, branches: ["a:b"] },
    /the name of a branch/,
  ),
  wrong(
    "layers.release-service.publishers.wrong",
    { ...publisher, tagPrefixes: [""] },
    /beginning of names of tags/,
  ),
  wrong(
    "layers.release-service.publishers.wrong",
    { ...publisher, repository: "a/b" },
    /name of a repository/,
  ),
  wrong(
    "layers.release-service.publishers.wrong",
    { ...publisher, issuer: "https://GitLab.com/" },
    /URL of an issuer/,
  ),
  wrong("tags", { "aws:x": "y" }, /aws:/),
];
