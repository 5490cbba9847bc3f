import type { Outputs, TextOutput } from "./outputs";

/** A server in the VPC, as the layer that creates it publishes it. */
export interface PrivateEndpoint {
  readonly layer: string;
  /** Output with its URL, `https://<host>`. */
  readonly url: string;
  /** Output with the certificate authority it is checked against, PEM in base64. */
  readonly authority: string;
  /** Terraform variable that, when it is not empty, replaces the URL; the certificate is still checked by the host. */
  readonly variable: string;
}

/** The outputs that are one string. */
type TextOutputOf<Publishes extends Outputs> = {
  readonly [Name in keyof Publishes]: Publishes[Name] extends TextOutput ? Name : never;
}[keyof Publishes] &
  string;

/** Names the outputs of a layer in which a server is found. */
export function privateEndpoint<Publishes extends Outputs>(
  creator: { readonly name: string; readonly outputs: Publishes },
  names: {
    readonly url: TextOutputOf<Publishes>;
    readonly authority: TextOutputOf<Publishes>;
    readonly variable: string;
  },
): PrivateEndpoint {
  return { layer: creator.name, ...names };
}
