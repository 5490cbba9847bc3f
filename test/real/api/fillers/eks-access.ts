import { aTime, ok } from "./answers";
import type { EksTags } from "./eks-tags";
import type { Asked, Filler, Members, Place } from "./filler";
import { Numbered, Shelf } from "./shelf";

const times = { createdAt: aTime, modifiedAt: aTime };
const keyOf = (asked: Asked) => `${asked.text("clusterName")} ${asked.text("principalArn")}`;

/** EKS's access entries. */
export function eksAccess({ account, partition }: Place, tags: EksTags): Filler {
  const entries = new Shelf<Members & { readonly accessEntryArn: string }>();
  const policies = new Shelf<readonly Members[]>();
  const ids = new Numbered((hex) => hex);
  const tagged = (entry: { readonly accessEntryArn: string }) => ({
    accessEntry: { ...entry, tags: tags.of(entry.accessEntryArn) },
  });

  return {
    service: "eks",
    types: ["aws_eks_access_entry", "aws_eks_access_policy_association"],
    held: () => entries.keys(),
    answers: {
      CreateAccessEntry(asked) {
        const path = `access-entry/${asked.text("clusterName")}/role/${account}/x/${ids.next()}`;
        const accessEntryArn = `arn:${partition}:eks:${asked.region}:${account}:${path}`;
        const defaults = { type: "STANDARD", username: asked.text("principalArn"), kubernetesGroups: [] };
        tags.set(accessEntryArn, asked.part("tags"));
        return ok(
          tagged(entries.put(keyOf(asked), { ...defaults, ...asked.params, ...times, accessEntryArn })),
        );
      },
      DescribeAccessEntry: (asked) => entries.answer(keyOf(asked), tagged),
      DeleteAccessEntry(asked) {
        policies.take(keyOf(asked));
        return entries.take(keyOf(asked));
      },
      AssociateAccessPolicy(asked) {
        const { policyArn, accessScope } = asked.params;
        const policy = { policyArn, accessScope, associatedAt: aTime, modifiedAt: aTime };
        policies.put(keyOf(asked), [...(policies.get(keyOf(asked)) ?? []), policy]);
        return ok({ ...asked.params, associatedAccessPolicy: policy });
      },
      ListAssociatedAccessPolicies: (asked) =>
        ok({ ...asked.params, associatedAccessPolicies: policies.get(keyOf(asked)) ?? [] }),
      DisassociateAccessPolicy(asked) {
        const others = (policies.get(keyOf(asked)) ?? []).filter(
          ({ policyArn }) => policyArn !== asked.params["policyArn"],
        );
        policies.put(keyOf(asked), others);
        return ok();
      },
    },
  };
}
