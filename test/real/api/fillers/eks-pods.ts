import { aTime, ok } from "./answers";
import type { EksTags } from "./eks-tags";
import type { Filler, Members, Place } from "./filler";
import { Numbered, Shelf } from "./shelf";

const times = { createdAt: aTime, modifiedAt: aTime };

/** EKS's pod identities. */
export function eksPods({ account, partition }: Place, tags: EksTags): Filler {
  const associations = new Shelf<Members & { readonly associationArn: string }>();
  const ids = new Numbered((hex) => `a-${hex}`);
  const tagged = (association: { readonly associationArn: string }) => ({
    association: { ...association, tags: tags.of(association.associationArn) },
  });

  return {
    service: "eks",
    types: ["aws_eks_pod_identity_association"],
    held: () => associations.keys(),
    answers: {
      CreatePodIdentityAssociation(asked) {
        const associationId = ids.next();
        const path = `podidentityassociation/${asked.text("clusterName")}/${associationId}`;
        const associationArn = `arn:${partition}:eks:${asked.region}:${account}:${path}`;
        tags.set(associationArn, asked.part("tags"));
        return ok(
          tagged(
            associations.put(associationId, { ...asked.params, ...times, associationId, associationArn }),
          ),
        );
      },
      DescribePodIdentityAssociation: (asked) => associations.answer(asked.text("associationId"), tagged),
      DeletePodIdentityAssociation: (asked) => associations.take(asked.text("associationId"), tagged),
    },
  };
}
