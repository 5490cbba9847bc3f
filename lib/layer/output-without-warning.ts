import { TerraformOutput } from "cdktf";

/**
 * cdktf 0.21 asks the deprecated `util.isArray` about every output, of which Node 22 warns at every command (DEP0044,
 * https://nodejs.org/api/deprecations.html#DEP0044). This asks `Array.isArray` the same; every other warning still shows.
 */
Object.defineProperty(TerraformOutput.prototype, "isITerraformAddressable", {
  value: (object: unknown): boolean =>
    typeof object === "object" && object !== null && !Array.isArray(object) && "fqn" in object,
});
export {};
