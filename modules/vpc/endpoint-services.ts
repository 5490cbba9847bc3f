/** Services an interface endpoint can be had for: what nodes, controllers and operators of an environment call. */
export const endpointServices = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticfilesystem",
  "elasticloadbalancing",
  "kms",
  "logs",
  "monitoring",
  "rds",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
] as const;
export type EndpointService = (typeof endpointServices)[number];
