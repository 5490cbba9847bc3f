/** Kubernetes versions that EKS serves and this product knows the add-ons of. */
export const versions = ["1.34", "1.35", "1.36"] as const;

/** One of the versions, as a string such as `1.35`. */
export type Version = (typeof versions)[number];

/** The version of an environment that names none. */
export const defaultVersion: Version = "1.35";
