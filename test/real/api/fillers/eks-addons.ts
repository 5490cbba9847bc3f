import { aTime, ok } from "./answers";
import type { PodIdentities } from "./eks-pods";
import type { EksTags } from "./eks-tags";
import type { Asked, Filler, Members, Place } from "./filler";
import { Shelf, uuids } from "./shelf";

interface Addon {
  readonly members: Members;
  readonly addonArn: string;
  /** IDs of the pod identities that it has created. */
  readonly identities: readonly string[];
}

const state = { status: "ACTIVE", health: { issues: [] }, createdAt: aTime, modifiedAt: aTime };
const keyOf = (asked: Asked) => `${asked.text("clusterName")} ${asked.text("addonName")}`;

/** EKS's add-ons. */
export function eksAddons(
  { account, partition }: Place,
  { identities, tags }: { readonly identities: PodIdentities; readonly tags: EksTags },
): Filler {
  const addons = new Shelf<Addon>();
  const ids = uuids();
  const shown = ({ members, addonArn, identities: own }: Addon) => {
    const podIdentityAssociations = own.map((id) => identities.all.get(id)?.associationArn);
    return { addon: { ...members, ...state, addonArn, podIdentityAssociations, tags: tags.of(addonArn) } };
  };

  return {
    service: "eks",
    types: ["aws_eks_addon"],
    held: () => addons.keys(),
    answers: {
      CreateAddon(asked) {
        const cluster = asked.text("clusterName");
        const path = `addon/${cluster}/${asked.text("addonName")}/${ids.next()}`;
        const addonArn = `arn:${partition}:eks:${asked.region}:${account}:${path}`;
        const own = asked.parts("podIdentityAssociations").map((identity) => {
          const association = identities.add(asked.region, cluster, {
            namespace: "kube-system",
            ...identity,
          });
          return association.associationId;
        });
        const members = { addonVersion: "v1.0.0-eksbuild.1", ...asked.params };
        tags.set(addonArn, asked.part("tags"));
        return ok(shown(addons.put(keyOf(asked), { members, addonArn, identities: own })));
      },
      DescribeAddon: (asked) => addons.answer(keyOf(asked), shown),
      DeleteAddon(asked) {
        const answer = addons.answer(keyOf(asked), shown);
        addons.get(keyOf(asked))?.identities.forEach((id) => identities.all.take(id));
        addons.take(keyOf(asked));
        return answer;
      },
    },
  };
}
