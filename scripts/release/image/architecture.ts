/** An architecture of the image, by its name in OCI, Go and Debian. */
export type Architecture = "amd64" | "arm64";

/** Its name in Node and npm. */
export const nodeNames: Readonly<Record<Architecture, string>> = { amd64: "x64", arm64: "arm64" };
