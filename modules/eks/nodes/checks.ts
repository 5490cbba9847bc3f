import type { z } from "zod";
import { architectureOf } from "../../../lib/aws-facts/instance-families";
import { instanceTypeProblems } from "../../../lib/aws-facts/instance-type-rules";
import { describeInstanceType, mostPods } from "../../../lib/aws-facts/instance-types";
import type { Problem } from "../../../lib/layer/layer";
import type { Settings } from "../settings";
import { dnsProblems } from "./dns-address";
import { largestUserData, userDataMessage } from "./user-data";

type EksSettings = z.output<typeof Settings>;

/** Reports invalid combinations of the nodes' settings. */
export function nodeProblems(settings: EksSettings): readonly Problem[] {
  return [
    ...imageProblems(settings),
    ...dnsProblems(settings.nodes, settings.serviceIpv4Cidr),
    ...sizeProblems(settings),
    ...groupProblems(settings.nodeGroups),
  ];
}

/** The first release whose nodeadm reads the file that sets maxPods: https://github.com/awslabs/amazon-eks-ami/pull/2427. */
const firstImageDate = "20251023";

function imageProblems({ version, nodes: { amiReleaseVersion: release } }: EksSettings): Problem[] {
  if (release === undefined) return [];
  const path = ["layers", "eks", "nodes", "amiReleaseVersion"];
  const problems: Problem[] = [];
  if (!release.startsWith(`${version}.`)) {
    problems.push({
      path,
      message: `is "${release}", an image for another Kubernetes version than ${version}`,
      hint: `Remove it, or specify a release that begins with "${version}."`,
    });
  }
  if (release.replace(/.*-/, "") < firstImageDate) {
    problems.push({
      path,
      message: `is "${release}", an image that ignores maxPods and clusterDnsIp`,
      hint: `Remove it, or specify a release of ${firstImageDate} or later`,
    });
  }
  return problems;
}

function groupProblems(groups: EksSettings["nodeGroups"]): Problem[] {
  return Object.entries(groups).flatMap(([name, { instanceType, maxPods }]) => {
    const at = ["layers", "eks", "nodeGroups", name];
    return [
      ...instanceTypeProblems([...at, "instanceType"], instanceType),
      ...armProblems(at, instanceType),
      ...maxPodsProblems(at, { instanceType, maxPods }),
    ];
  });
}

function armProblems(at: readonly string[], instanceType: string): Problem[] {
  if (architectureOf(instanceType) !== "arm64") return [];
  return [
    {
      path: [...at, "instanceType"],
      message: `is "${instanceType}", which has an Arm processor, but the nodes' images are for x86_64`,
      hint: 'Choose an Intel or AMD family, e.g. "m7i" or "m7a"',
    },
  ];
}

/** Without a free IP address, a pod stays pending; the limits of bare metal types are not known here. */
function maxPodsProblems(
  at: readonly string[],
  { instanceType, maxPods }: { readonly instanceType: string; readonly maxPods: number },
): Problem[] {
  const instance = describeInstanceType(instanceType);
  if (instance === undefined || maxPods <= mostPods(instance)) return [];
  return [
    {
      path: [...at, "maxPods"],
      message: `is ${maxPods}, but ${instanceType} has addresses for ${mostPods(instance)} pods`,
      hint: `Decrease it to ${mostPods(instance)}, or choose a larger instanceType`,
    },
  ];
}

function sizeProblems({ nodes }: EksSettings): Problem[] {
  const bytes = Buffer.byteLength(userDataMessage(1000, nodes));
  if (bytes <= largestUserData) return [];
  return [
    {
      path: ["layers", "eks", "nodes"],
      message: `results in ${bytes} bytes of user data, but the limit is ${largestUserData}`,
      hint: "Shorten the scripts, e.g. download their content from a location that the nodes can reach",
    },
  ];
}
