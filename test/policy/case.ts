import type { LayerJson } from "../../synthesis/environment";

/** Resources of one layer, by type and name; data sources by types such as `data.aws_ami`. */
export type Resources = NonNullable<LayerJson["resource"]>;

/** Resources that obey a rule, and resources that violate it; of several sets, each does. */
export interface Case {
  readonly passing: Resources;
  readonly violating: Resources | readonly Resources[];
}

/** Cases by the ID of their rule. */
export type Cases = Readonly<Record<string, Case>>;
