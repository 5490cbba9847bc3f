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

const others = "moto knows tags of clusters and node groups only";

/** Tags of add-ons, access entries and pod identities. */
export function eksTags(tags: EksTags): Filler {
  return {
    service: "eks",
    reasons: { ListTagsForResource: others, TagResource: others, UntagResource: others },
    answers: {
      ListTagsForResource(asked) {
        const own = tags.of(asked.text("resourceArn"));
        return own && ok({ tags: own });
      },
      TagResource(asked) {
        const arn = asked.text("resourceArn");
        const own = tags.of(arn);
        if (own === undefined) return undefined;
        tags.set(arn, { ...own, ...asked.part("tags") });
        return ok();
      },
      UntagResource(asked) {
        const arn = asked.text("resourceArn");
        const own = tags.of(arn);
        if (own === undefined) return undefined;
        const gone = asked.texts("tagKeys") ?? [];
        tags.set(arn, Object.fromEntries(Object.entries(own).filter(([key]) => !gone.includes(key))));
        return ok();
      },
    },
  };
}
