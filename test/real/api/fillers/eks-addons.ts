import { aTime, ok } from "./answers";
import type { EksTags } from "./eks-tags";
import type { Asked, Filler, Members, Place } from "./filler";
import { Shelf, uuids } from "./shelf";

const state = { status: "ACTIVE", health: { issues: [] }, createdAt: aTime, modifiedAt: aTime };
const keyOf = (asked: Asked) => `${asked.text("clusterName")} ${asked.text("addonName")}`;

/** EKS's add-ons. */
export function eksAddons({ account, partition }: Place, tags: EksTags): Filler {
  const addons = new Shelf<Members & { readonly addonArn: string }>();
  const ids = uuids();
  const tagged = (addon: { readonly addonArn: string }) => ({
    addon: { ...addon, tags: tags.of(addon.addonArn) },
  });

  return {
    service: "eks",
    types: ["aws_eks_addon"],
    held: () => addons.keys(),
    answers: {
      CreateAddon(asked) {
        const path = `addon/${asked.text("clusterName")}/${asked.text("addonName")}/${ids.next()}`;
        const addonArn = `arn:${partition}:eks:${asked.region}:${account}:${path}`;
        tags.set(addonArn, asked.part("tags"));
        const addon = { addonVersion: "v1.0.0-eksbuild.1", ...asked.params, ...state, addonArn };
        return ok(tagged(addons.put(keyOf(asked), addon)));
      },
      DescribeAddon: (asked) => addons.answer(keyOf(asked), tagged),
      DeleteAddon: (asked) => addons.take(keyOf(asked), tagged),
    },
  };
}
