import { printableText } from "../screen/printable";
import { type KubernetesApi, KubernetesError, type KubernetesObject } from "../world/index";

/**
 * The API with answers that are safe to read and to print. What is null is as if it was not there, which it is for the API's own
 * types, and texts, which whoever writes to the cluster chooses, have no controls of terminals. What is sent stays as it is.
 * https://github.com/kubernetes/community/blob/main/contributors/devel/sig-architecture/api-conventions.md (Optional vs. Required)
 */
export function readable(api: KubernetesApi): KubernetesApi {
  return {
    list: async (kind, within) => (await plainly(api.list(kind, within))).map(objectOf),
    read: async (name) => objectOf(await plainly(api.read(name))),
    create: (object) => plainly(api.create(object)),
    patch: (name, change) => plainly(api.patch(name, change)),
    delete: (name) => plainly(api.delete(name)),
  };
}

async function plainly<Result>(request: Promise<Result>): Promise<Result> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new KubernetesError(printableText(error.message), error.status);
  }
}

function objectOf(object: KubernetesObject): KubernetesObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (value === null ? [] : [[key, plain(value)]])),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === "string") return printableText(value);
  if (Array.isArray(value)) return value.map(plain);
  // JSON has no other objects.
  return typeof value === "object" && value !== null ? objectOf(value as KubernetesObject) : value;
}
