import { z } from "zod";
import { sameness } from "../../../lib/layer/sameness";
import { plainText } from "../../../lib/layer/environment-schema";
import { secretArn } from "../../../lib/layer/secret-arn";
import { certificates } from "../certificate-text";
import { ChartValues } from "../overrides";
import { relativeFolder } from "../relative-path";
import { repositoryAddress } from "../repository-address";

/** Names in Kubernetes that YAML does not read as another type; Argo CD also names a Helm release after an application, which has 53 characters. */
const applicationName = z
  .string()
  .max(53)
  .regex(
    /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
    'must be a name of lower-case letters, digits and hyphens, e.g. "inventory-export"',
  );

const namespace = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    'must be a namespace of lower-case letters, digits and hyphens, e.g. "inventory-export"',
  );

const chartName = z
  .string()
  .regex(/^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/, 'must be the name of a chart, e.g. "inventory-export"');

const clusterResource = z.strictObject({
  group: z
    .string()
    .regex(/^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*)?$/, 'must be an API group, e.g. "rbac.authorization.k8s.io"')
    .describe('API group; "" is that of namespaces and persistent volumes'),
  kind: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/, 'must be a kind, e.g. "ClusterRole"')
    .describe("Kind"),
});

const nameOf = z.object({ name: z.string() });

const Application = z.strictObject({
  name: applicationName.describe("Name of the application, which is none of the platform's"),
  repository: repositoryAddress.describe(
    "https:// address of a Git repository or of a Helm repository, or oci:// address that ends before the chart's name",
  ),
  revision: plainText.describe(
    "Exact version of the chart; of a Git repository, a commit of 40 digits or a tag",
  ),
  allowMovingRevision: z
    .boolean()
    .default(false)
    .describe("Accept a branch as revision, with which Argo CD deploys every later commit by itself"),
  path: relativeFolder
    .optional()
    .describe(
      "Folder of a Git repository with a chart, a kustomization or manifests, . for its root; unset: a chart",
    ),
  chart: chartName
    .optional()
    .describe("Name of a chart in a Helm repository or an OCI registry; unset: a path"),
  namespace: namespace.describe(
    "Namespace, which is created, and the only one in which the application may have objects; none of the platform's. Choose a new name to change both: objects in an earlier namespace stay",
  ),
  wave: z
    .int()
    .min(0)
    .max(9999)
    .default(0)
    .describe("Order among these applications; all are deployed after the platform, and deleted before it"),
  values: ChartValues.default({}).describe("Values of the chart"),
  clusterResources: z
    .array(clusterResource)
    .default([])
    .describe("Kinds without a namespace that the application may have, such as ClusterRole; default: none"),
  credentialsSecretArn: secretArn
    .optional()
    .describe(
      "Secret in Secrets Manager for a private repository: JSON with username and password, which may be a token; no other application can use it",
    ),
  certificateAuthority: certificates
    .optional()
    .describe(
      "PEM certificates of the authority of the repository's server, if it is a private one; added to no other server",
    ),
});

/** Applications beside those of the platform. */
export const Applications = z.array(
  Application.register(sameness, { key: (application) => nameOf.parse(application).name, parts: "name" }),
);

/** Validated settings of the applications. */
export type Applications = z.output<typeof Applications>;
