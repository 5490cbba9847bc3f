import { type Asked, type Filler, xml } from "./filler";

/** CloudTrail's trails are known to moto by their names only; the provider calls them by their ARN. */
export function cloudtrail(): Filler {
  const byName = "moto knows trails by their names only, AWS by their ARN, too";
  const named = (body: string, { params }: Asked) => {
    const Name = String(params.Name).replace(/^arn:.*\//, "");
    return JSON.stringify({ ...JSON.parse(body), Name });
  };
  return {
    service: "cloudtrail",
    types: [],
    held: () => [],
    reasons: { StartLogging: byName, StopLogging: byName },
    answers: {},
    sends: { StartLogging: named, StopLogging: named },
  };
}

/** EC2's detailed monitoring. */
export function ec2(): Filler {
  const monitored = new Set<string>();
  return {
    service: "ec2",
    types: [],
    held: () => [],
    reasons: { DescribeInstances: "moto has no MonitorInstances" },
    answers: {
      MonitorInstances({ params }) {
        const ids: readonly string[] = params.InstanceIds;
        ids.forEach((id) => monitored.add(id));
        const items = ids.map(
          (id) =>
            `<item><instanceId>${id}</instanceId><monitoring><state>pending</state></monitoring></item>`,
        );
        const content = `<instancesSet>${items.join("")}</instancesSet>`;
        return xml("MonitorInstances", "http://ec2.amazonaws.com/doc/2016-11-15/", content);
      },
    },
    corrects: {
      DescribeInstances: (body) =>
        monitored.size > 0 ? body.replaceAll("<state>disabled</state>", "<state>enabled</state>") : body,
    },
  };
}

/** RDS's certificate authorities. */
export function rds(): Filler {
  let authority = "";
  const ignores =
    "moto ignores CACertificateIdentifier, and to change it afterwards takes the provider 160 s";
  const corrected = (body: string) =>
    authority === "" ? body : body.replaceAll(/(<CACertificateIdentifier>)[^<]*/g, `$1${authority}`);
  return {
    service: "rds",
    types: [],
    held: () => [],
    reasons: { CreateDBInstance: ignores, DescribeDBInstances: ignores },
    answers: {
      CreateDBInstance({ params }) {
        authority = params.CACertificateIdentifier ?? authority;
        return undefined;
      },
    },
    corrects: { CreateDBInstance: corrected, DescribeDBInstances: corrected },
  };
}
