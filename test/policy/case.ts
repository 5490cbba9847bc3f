import type { LayerJson } from "../../synthesis/environment";

/** Resources of one layer, by type and name. */
export type Resources = NonNullable<LayerJson["resource"]>;

/** Resources that obey a rule, and resources that violate it. */
export interface Case {
  readonly passing: Resources;
  readonly violating: Resources;
}

/** Cases by the ID of their rule. */
export type Cases = Readonly<Record<string, Case>>;
