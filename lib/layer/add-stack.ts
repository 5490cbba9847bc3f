import "./output-without-warning";
import { type App, DataTerraformRemoteStateS3, propertyAccess, TerraformOutput, Token } from "cdktf";
import type { AnyLayer, Needs } from "./layer";
import type { Outputs } from "./outputs";
import { LayerStack, type SynthesisContext } from "./stack";
import { stateLocation } from "./state-location";

type SettingsByLayer = Readonly<Record<string, unknown>>;

/** Builds the stack of a layer: reads its needs' outputs, adds its resources, publishes its outputs. */
export function addStack(
  app: App,
  layer: AnyLayer,
  given: SynthesisContext & { readonly settings: SettingsByLayer },
): LayerStack {
  const stack = new LayerStack(app, layer.name, given);
  const published: Readonly<Record<string, string | Readonly<Record<string, string>>>> = layer.build(stack, {
    settings: given.settings[layer.name],
    needs: mapNeeds(layer.needs, ({ name }) => given.settings[name]),
    settingsOf: (name, view) => view.parse(given.settings[name] ?? {}),
    from: receiveAll(stack, layer.needs),
  });
  for (const [name, { description }] of Object.entries(layer.outputs)) {
    // The output has its declared name, independent of construct IDs.
    new TerraformOutput(stack, `output-${name}`, { value: published[name], description }).overrideLogicalId(
      name,
    );
  }
  return stack;
}

function receiveAll(stack: LayerStack, needs: Needs) {
  return mapNeeds(needs, (need) => {
    const location = stateLocation(stack.environment, need.name);
    return receive(new DataTerraformRemoteStateS3(stack, need.name, location), need.outputs);
  });
}

function mapNeeds<Item>(needs: Needs, read: (need: Needs[string]) => Item): Record<string, Item> {
  return Object.fromEntries(Object.entries(needs).map(([alias, need]) => [alias, read(need)]));
}

function receive(state: DataTerraformRemoteStateS3, outputs: Outputs) {
  const values = Object.entries(outputs).map(([name, { kind }]) => {
    const at = (key: string) => Token.asString(propertyAccess(state.get(name), [key]));
    return [name, kind === "keyed" ? { at } : state.getString(name)] as const;
  });
  return Object.fromEntries(values);
}
