/** Architectures that the image is made for, by their names in OCI, Go and Debian. */
export const architectures = ["amd64", "arm64"] as const;

export type Architecture = (typeof architectures)[number];

/** Its name in Node and npm. */
export const nodeNames: Readonly<Record<Architecture, string>> = { amd64: "x64", arm64: "arm64" };
