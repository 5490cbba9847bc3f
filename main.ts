import "./lib/token-traces"; // first, because it must precede the first token
import { App } from "cdktf";
import type { LoadedEnvironment } from "./lib/environment";
import type { AnyLayer } from "./lib/layer";
import { addStack } from "./lib/stack";

/** Where and how to synthesise. */
export interface Synthesis {
  /** Folder for `stacks/<layer>/cdk.tf.json`; one per environment. */
  readonly outdir: string;
  /** False only on the way to destruction: lifts deletion protection. */
  readonly deletionProtection: boolean;
}

/** Builds every layer of one environment; the result depends on nothing but the commit and the environment file. */
export function synthesise(layers: readonly AnyLayer[], loaded: LoadedEnvironment, to: Synthesis): void {
  const app = new App({ outdir: to.outdir });
  const { environment } = loaded;
  for (const layer of layers) {
    const settings = loaded.settings[layer.name];
    addStack(app, layer, { environment, settings, deletionProtection: to.deletionProtection });
  }
  app.synth();
}
