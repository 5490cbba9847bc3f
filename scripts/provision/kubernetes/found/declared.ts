import { z } from "zod";
import type { LayerJson } from "../../../../synthesis/environment";
import type { ObjectName } from "../../world/index";

/** A Helm release that a layer installs. */
export interface DeclaredRelease {
  readonly name: string;
  readonly namespace: string;
}

/** An object that a layer creates one by one. */
export interface DeclaredObject {
  readonly address: string;
  readonly object: ObjectName;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Terraform's types, without version, and how the API names them. */
const kinds: Readonly<Record<string, Omit<ObjectName, "metadata">>> = {
  kubernetes_namespace_v1: { apiVersion: "v1", kind: "Namespace" },
  kubernetes_secret_v1: { apiVersion: "v1", kind: "Secret" },
  kubernetes_service_account_v1: { apiVersion: "v1", kind: "ServiceAccount" },
  kubernetes_storage_class_v1: { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" },
};

const release = z.object({ name: z.string(), namespace: z.string() });
const texts = z.record(z.string(), z.string()).default({});
const named = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), annotations: texts }),
});

/** The releases of a synthesised layer. */
export function declaredReleases({ resource = {} }: LayerJson): readonly DeclaredRelease[] {
  return Object.values(resource["helm_release"] ?? {}).map((block) => release.parse(block));
}

/** The objects of a synthesised layer whose names are known without Terraform. */
export function declaredObjects({ resource = {} }: LayerJson): readonly DeclaredObject[] {
  return Object.entries(kinds).flatMap(([type, kind]) =>
    Object.entries(resource[type] ?? {}).flatMap(([id, block]) => {
      const { name, namespace, annotations } = named.parse(block).metadata;
      if ([name, namespace ?? ""].some((text) => text.includes("${"))) return [];
      const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
      return [{ address: `${type}.${id}`, object: { ...kind, metadata }, annotations }];
    }),
  );
}
