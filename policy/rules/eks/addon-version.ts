import { each } from "../../checks";
import type { Rule } from "../../rule";

export const addonVersion: Rule = {
  id: "addon-version",
  title: "The version of every add-on is fixed",
  publicIds: [],
  reason: "Otherwise the day of the apply decides what runs",
  fix: "Set addon_version",
  check: each(["aws_eks_addon"], (addon) =>
    addon.has("addon_version") ? undefined : "its version is not fixed",
  ),
};
