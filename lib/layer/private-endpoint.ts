import type { AnyLayer } from "./layer";

/** A server in the VPC, as the layer that makes it publishes it. */
export interface PrivateEndpoint {
  readonly layer: string;
  /** Output with its URL, `https://<host>`. */
  readonly url: string;
  /** Output with the certificate authority it is checked against, PEM in base64. */
  readonly authority: string;
  /** Terraform variable that, when it is not empty, replaces the URL; the certificate is still checked by the host. */
  readonly variable: string;
}

/** Names the outputs of a layer in which a server is found. */
export function privateEndpoint<Maker extends Pick<AnyLayer, "name" | "outputs">>(
  maker: Maker,
  names: {
    readonly url: keyof Maker["outputs"] & string;
    readonly authority: keyof Maker["outputs"] & string;
    readonly variable: string;
  },
): PrivateEndpoint {
  return { layer: maker.name, ...names };
}
