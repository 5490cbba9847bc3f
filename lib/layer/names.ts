import { UserError } from "../errors";

/** Maximum length of names in AWS, by kind of resource (API reference of each service). */
export const nameLimits = {
  ecrCachePrefix: 30,
  loadBalancer: 32,
  targetGroup: 32,
  s3Bucket: 63,
  backupPlan: 50,
  backupVault: 50,
  rdsIdentifier: 63,
  iamRole: 64,
  lambdaFunction: 64,
  eventRule: 64,
  efsCreationToken: 64,
  eksNodeGroup: 63,
  budget: 100,
  eksCluster: 100,
  iamPolicy: 128,
  trail: 128,
  launchTemplate: 128,
  ssmDocument: 128,
  webAcl: 128,
  ipSet: 128,
  iamInstanceProfile: 128,
  alarm: 255,
  lifecycleHook: 255,
  dashboard: 255,
  securityGroup: 255,
  ecrRepository: 256,
  kmsAlias: 256,
  snsTopic: 256,
  logGroup: 512,
  secret: 512,
} as const;

export type NamedKind = keyof typeof nameLimits;

/** How names of a kind must not begin. */
const reservedPrefixes: { readonly [Kind in NamedKind]?: RegExp } = {
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
  ssmDocument: /^(aws|amazon|amzn)/,
};

/**
 * Joins an environment's name and a part to a physical name: `dev-eks-node`, or `eks-node-dev` where AWS reserves how names
 * of the kind begin; never shortens it.
 */
export function physicalName(environment: string, kind: NamedKind, part: string): string {
  const usual = `${environment}-${part}`;
  const name = reservedPrefixes[kind]?.test(usual) === true ? `${part}-${environment}` : usual;
  const limit = nameLimits[kind];
  if (name.length > limit) {
    throw new UserError(
      `Cannot name ${kind} "${name}": it has ${name.length} characters, AWS allows ${limit}`,
      `Shorten "name" in the environment file by ${name.length - limit} characters`,
    );
  }
  return name;
}
