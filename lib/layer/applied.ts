import type { z } from "zod";
import type { Environment } from "./environment-schema";
import type { Outputs, Published } from "./outputs";

/** The layers that a layer needs, reduced to their settings and outputs. */
type Publishing = Readonly<Record<string, { readonly settings: z.ZodType; readonly outputs: Outputs }>>;

/** An applied layer, for commands that use its resources: with real values instead of placeholders. */
export interface Applied<Settings, Reads extends Publishing, Publishes extends Outputs> {
  readonly environment: Environment;
  readonly settings: Settings;
  /** The settings of the layers it needs. */
  readonly needs: { readonly [Alias in keyof Reads]: z.output<Reads[Alias]["settings"]> };
  /** Its own outputs; reading one that is not in the state throws an error that names the layer to apply. */
  readonly outputs: Published<Publishes>;
  /** The outputs of the layers it needs; each state is read on first use. */
  readonly from: { readonly [Alias in keyof Reads]: () => Promise<Published<Reads[Alias]["outputs"]>> };
}
