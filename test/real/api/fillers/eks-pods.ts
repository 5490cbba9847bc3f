import { aTime, ok } from "./answers";
import type { EksTags } from "./eks-tags";
import type { Filler, Members, Place } from "./filler";
import { Numbered, Shelf } from "./shelf";

type Association = Members & { readonly associationId: string; readonly associationArn: string };

/** EKS's pod identities, of which add-ons create some of their own. */
export class PodIdentities {
  readonly all = new Shelf<Association>();
  private readonly ids = new Numbered((hex) => `a-${hex}`);

  constructor(private readonly place: Place) {}

  /** Creates one in a cluster of a region. */
  add(region: string, clusterName: string, members: Members): Association {
    const associationId = this.ids.next();
    const { account, partition } = this.place;
    const path = `podidentityassociation/${clusterName}/${associationId}`;
    const associationArn = `arn:${partition}:eks:${region}:${account}:${path}`;
    const times = { createdAt: aTime, modifiedAt: aTime };
    const association = { ...members, clusterName, ...times, associationId, associationArn };
    return this.all.put(associationId, association);
  }
}

/** Pod identities that are asked for by themselves. */
export function eksPods(identities: PodIdentities, tags: EksTags): Filler {
  const tagged = (association: Association) => ({
    association: { ...association, tags: tags.of(association.associationArn) },
  });
  return {
    service: "eks",
    types: ["aws_eks_pod_identity_association"],
    held: () => identities.all.keys(),
    answers: {
      CreatePodIdentityAssociation(asked) {
        const association = identities.add(asked.region, asked.text("clusterName"), asked.params);
        tags.set(association.associationArn, asked.part("tags"));
        return ok(tagged(association));
      },
      DescribePodIdentityAssociation: (asked) => identities.all.answer(asked.text("associationId"), tagged),
      DeletePodIdentityAssociation: (asked) => identities.all.take(asked.text("associationId"), tagged),
    },
  };
}
