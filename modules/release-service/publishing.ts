import { dnsSuffix } from "../../lib/layer/partition";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Publishing } from "../../lib/layer/publishing";
import { hostsOf } from "./hosts";
import { publisherRole } from "./publishers/role";
import { repositoryPrefix } from "./repositories";
import type { Settings } from "./settings";
import { bucketName, filePrefix } from "./stores";

/** What `provision publish` needs to know, without the layer's state. */
export function publishingOf(environment: Environment, settings: Settings): Publishing {
  const { account, region, partition } = environment;
  return {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
    registry: `${account}.dkr.ecr.${region}.${dnsSuffix(partition)}`,
    repositoryPrefix: `${repositoryPrefix(environment)}/`,
    repositories: settings.repositories,
    bucket: bucketName(environment),
    filePrefix,
    hosts: hostsOf(environment),
    publishers: Object.fromEntries(
      Object.entries(settings.publishers).map(([name, publisher]) => [
        name,
        {
          ...publisher,
          roleArn: `arn:${partition}:iam::${account}:role/${publisherRole(environment, name)}`,
        },
      ]),
    ),
  };
}
