import type { LayerJson } from "../../synthesis/environment";

/** Resources of one layer, by type and name. */
export type Resources = NonNullable<LayerJson["resource"]>;

/** By rule: resources that obey it, and resources that violate it. */
export type Cases = Readonly<Record<string, { readonly passing: Resources; readonly violating: Resources }>>;
