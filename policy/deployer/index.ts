import type { AnyLayer } from "../../lib/layer/layer";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import type { AccountContext } from "./account";
import { linkedRoleAllowances, ownAllowances, passAllowances } from "./allowances";
import { attachAllowances } from "./attachments";
import { withBoundaries } from "./boundaries";
import { findGrants } from "./grants";
import { keyAllowances, stateAllowances } from "./keys-and-state";
import { secretAllowances } from "./secrets";
import { sessionAllowances } from "./sessions";
import { allow, type IamPolicy, pack } from "./statements";

/** What the role that runs Terraform must be allowed. */
export interface DeployerRights {
  /** Each fits into one managed policy; the role needs all of them. */
  readonly policies: readonly IamPolicy[];
  /** AWS resources of types whose rights are neither in the shared table nor declared by their layer. */
  readonly unknown: readonly Resource[];
}

/** What layers declare. */
export interface LayerRights {
  readonly layers?: readonly Pick<AnyLayer, "name" | "rights">[];
  /** What the surveys of layers ask of an account. */
  readonly surveyActions?: readonly string[];
}

/** The least that suffices to apply and destroy every layer of an environment. */
export function deployerRights(
  synthesised: SynthesisedJson,
  context: AccountContext,
  { layers = [], surveyActions = [] }: LayerRights = {},
): DeployerRights {
  const { grants, unknown } = findGrants(synthesised, layers);
  const source = { synthesised, context };
  return {
    policies: pack([
      ...withBoundaries([...ownAllowances(grants, source), ...attachAllowances(source)], source),
      allow([...grants.flatMap(({ rights }) => rights.actionsOnAnyResource ?? []), ...surveyActions], ["*"]),
      ...passAllowances(grants, source),
      ...linkedRoleAllowances(grants, context),
      ...keyAllowances(synthesised, context),
      ...secretAllowances(source),
      ...stateAllowances(context),
      ...sessionAllowances(source),
    ]),
    unknown,
  };
}
