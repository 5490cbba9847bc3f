import { elements, xml } from "./answers";
import type { Asked, Filler } from "./filler";

/** CloudTrail's trails are known to moto by their names only; the provider calls them by their ARN. */
export function cloudtrail(): Filler {
  const byName = "moto knows trails by their names only, AWS by their ARN, too";
  const named = (_body: string, asked: Asked) =>
    JSON.stringify({ ...asked.params, Name: asked.text("Name").replace(/^arn:.*\//, "") });
  return {
    service: "cloudtrail",
    reasons: { DeleteTrail: byName, StartLogging: byName },
    sends: { DeleteTrail: named, StartLogging: named },
  };
}

/** WAF's lock tokens of IP sets, which are UUIDs in AWS. */
export function wafv2(): Filler {
  const short = "moto's tokens are the first six digits of a UUID";
  return {
    service: "wafv2",
    reasons: { DeleteIPSet: short, GetIPSet: short },
    sends: {
      DeleteIPSet: (_body, asked) =>
        JSON.stringify({ ...asked.params, LockToken: asked.text("LockToken").slice(0, 6) }),
    },
    corrects: {
      GetIPSet: (body) => body.replace(/("LockToken": ?"[0-9a-f]{6})"/, '$100-0000-4000-8000-000000000000"'),
    },
  };
}

/** EC2's detailed monitoring. */
export function ec2(): Filler {
  const monitored = new Set<string>();
  return {
    service: "ec2",
    reasons: { DescribeInstances: "moto has no MonitorInstances" },
    answers: {
      MonitorInstances(asked) {
        const items = (asked.texts("InstanceIds") ?? []).map((instanceId) => {
          monitored.add(instanceId);
          return `<item>${elements({ instanceId })}<monitoring><state>pending</state></monitoring></item>`;
        });
        const content = `<instancesSet>${items.join("")}</instancesSet>`;
        return xml("MonitorInstancesResponse", "http://ec2.amazonaws.com/doc/2016-11-15/", content);
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
    reasons: { CreateDBInstance: ignores, DescribeDBInstances: ignores },
    answers: {
      CreateDBInstance(asked) {
        authority = asked.text("CACertificateIdentifier") || authority;
        return undefined;
      },
    },
    corrects: { CreateDBInstance: corrected, DescribeDBInstances: corrected },
  };
}
