import type { AnyLayer } from "../../../lib/layer/layer";
import type { Request } from "../command-line/request";
import type { Screen } from "../screen/screen";
import type { World } from "../world/index";

/** What a command has to work with when no environment file is read before it; `Options` are its own. */
export interface Invocation<Options extends object = object> {
  readonly world: World;
  /** An option of the command's own replaces one of every command, such as an --env that can be repeated. */
  readonly request: Omit<Request, keyof Options> & Options;
  readonly screen: Screen;
  /** Loads the built-in layers, in order; they are needed for their settings only. */
  loadLayers(): Promise<readonly AnyLayer[]>;
}
