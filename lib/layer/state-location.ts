import type { Environment } from "./environment-schema";
import { isNewToTerraform } from "./regions";

/** One state object per layer: `<region>/<layer>/<environment>`, as environments of the previous deployer have it. */
export function stateLocation({ name, region, state }: Environment, layer: string) {
  const place = { bucket: state.bucket, region: state.region, key: `${region}/${layer}/${name}` };
  return { ...place, ...regionValidation(state.region) };
}

/** Terraform knows fewer regions than AWS has; which ones are accepted was decided when the environment was loaded. */
export function regionValidation(region: string): { readonly skipRegionValidation?: true } {
  return isNewToTerraform(region) ? { skipRegionValidation: true } : {};
}

/** The lock of the whole environment is where that of a layer of this name would be; no layer has a dot in its name. */
export const environmentLock = "environment.lock";
