import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import type { Run } from "../run/run";

/** The region of a resource of a layer: that of the provider which it names, or else of the environment. */
export function regionOf({ world, folders, loaded }: Run, layer: string, address: string): string {
  const { resource, provider } = readLayer(world.files, layerFolder(folders.synthesised, layer));
  const [type = "", name = ""] = address.replace(/\[.*$/, "").split(".");
  const named = resource?.[type]?.[name]?.["provider"];
  const configured = provider?.["aws"]?.find(({ alias }) => `aws.${String(alias)}` === named);
  const region = configured?.["region"];
  return typeof region === "string" ? region : loaded.environment.region;
}
