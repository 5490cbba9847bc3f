import type { Environment } from "./environment-schema";
import type { Outputs, Published } from "./outputs";

/** The layers that a layer needs, as far as their outputs matter. */
type Publishing = Readonly<Record<string, { readonly outputs: Outputs }>>;

/** An applied layer, for commands that work on what it created: real values, where `build` has placeholders. */
export interface Applied<Settings, Reads extends Publishing, Publishes extends Outputs> {
  readonly environment: Environment;
  readonly settings: Settings;
  /** Its own outputs; to read one that the state does not have ends the command, and names the layer to apply. */
  readonly outputs: Published<Publishes>;
  /** The outputs of the layers it needs; each state is read when it is asked for. */
  readonly from: { readonly [Alias in keyof Reads]: () => Promise<Published<Reads[Alias]["outputs"]>> };
}
