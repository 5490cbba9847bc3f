import { ok } from "./answers";
import type { Filler, Members } from "./filler";

/** Tags of what moto's EKS lacks, by ARN. */
export class EksTags {
  private readonly all = new Map<string, Members>();

  /** Those of a resource; undefined where it is one of moto's. */
  of(arn: string): Members | undefined {
    return this.all.get(arn);
  }

  set(arn: string, tags: Members): void {
    this.all.set(arn, tags);
  }
}

const others = "moto changes tags of clusters only";

/** Tags of add-ons, access entries and pod identities, and changed ones of node groups. */
export function eksTags(tags: EksTags): Filler {
  return {
    service: "eks",
    reasons: { DescribeNodegroup: others, TagResource: others },
    corrects: {
      DescribeNodegroup(body) {
        // EKS's own answer.
        const answer = JSON.parse(body) as { readonly nodegroup: { nodegroupArn: string; tags?: Members } };
        const { nodegroup } = answer;
        const changed = { ...nodegroup.tags, ...tags.of(nodegroup.nodegroupArn) };
        return JSON.stringify({ ...answer, nodegroup: { ...nodegroup, tags: changed } });
      },
    },
    answers: {
      TagResource(asked) {
        const arn = asked.text("resourceArn");
        const own = tags.of(arn) ?? (arn.includes(":nodegroup/") ? {} : undefined);
        if (own === undefined) return undefined;
        tags.set(arn, { ...own, ...asked.part("tags") });
        return ok();
      },
    },
  };
}
