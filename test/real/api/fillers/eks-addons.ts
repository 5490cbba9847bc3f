import { type Asked, aTime, type Filler, found, ok, type Params, type Place, uuids } from "./filler";

/** EKS's add-ons. */
export function eksAddons({ account, partition }: Place): Filler {
  const addons = new Map<string, Params>();
  const ids = uuids();
  const keyOf = ({ clusterName, addonName }: Params) => `${clusterName} ${addonName}`;
  const tagged = (arn: string): Params => [...addons.values()].find(({ addonArn }) => addonArn === arn);
  const created = ({ params, region }: Asked) => {
    const { clusterName, addonName } = params;
    const addonArn = `arn:${partition}:eks:${region}:${account}:addon/${clusterName}/${addonName}/${ids.next()}`;
    const { clientRequestToken: _token, resolveConflicts: _conflicts, ...kept } = params;
    const state = { status: "ACTIVE", health: { issues: [] }, createdAt: aTime, modifiedAt: aTime };
    return { addonVersion: "v1.0.0-eksbuild.1", tags: {}, ...kept, ...state, addonArn };
  };

  return {
    service: "eks",
    types: ["aws_eks_addon"],
    held: () => [...addons.keys()],
    reasons: {
      ListTagsForResource: "moto knows tags of clusters and node groups only",
      TagResource: "moto knows tags of clusters and node groups only",
      UntagResource: "moto knows tags of clusters and node groups only",
    },
    answers: {
      CreateAddon(asked) {
        const addon = created(asked);
        addons.set(keyOf(asked.params), addon);
        return ok({ addon });
      },
      DescribeAddon: ({ params }) => found(addons.get(keyOf(params)), (addon) => ({ addon })),
      UpdateAddon({ params }) {
        const { clientRequestToken: _token, resolveConflicts: _conflicts, ...changed } = params;
        addons.set(keyOf(params), { ...addons.get(keyOf(params)), ...changed });
        return ok({ update: { id: ids.next(), status: "InProgress", type: "AddonUpdate", errors: [] } });
      },
      DeleteAddon({ params }) {
        const addon = addons.get(keyOf(params));
        addons.delete(keyOf(params));
        return found(addon, (deleted) => ({ addon: deleted }));
      },
      ListTagsForResource({ params }) {
        const addon = tagged(params.resourceArn);
        return addon === undefined ? undefined : ok({ tags: addon.tags });
      },
      TagResource({ params }) {
        const addon = tagged(params.resourceArn);
        if (addon === undefined) return undefined;
        Object.assign(addon.tags, params.tags);
        return ok();
      },
      UntagResource({ params }) {
        const addon = tagged(params.resourceArn);
        if (addon === undefined) return undefined;
        for (const key of params.tagKeys) delete addon.tags[key];
        return ok();
      },
    },
  };
}
