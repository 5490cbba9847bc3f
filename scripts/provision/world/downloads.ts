/** What can be fetched from other servers, and for which machine. */
export interface Downloads {
  /** System and processor as Node names them, e.g. `linux-x64`. */
  readonly platform: string;
  readonly openTofu: OpenTofuRelease;
  /** Sends one request and returns the beginning of its answer; redirects are answers too. */
  get(request: Get): Promise<Answer>;
}

/** A release of OpenTofu, and what proves that a file is of it. */
export interface OpenTofuRelease {
  readonly version: string;
  /** OpenPGP key that signs its checksums, armored. */
  readonly publicKey: string;
  /** SHA-256 of the archive for each platform, by OpenTofu's name for it, e.g. `linux_amd64`. */
  readonly archives: Readonly<Record<string, string>>;
}

/** A request for a file. */
export interface Get {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Proxies are found in here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** An answer whose body is still to come. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Fails when the connection is cut, or nothing arrives for half a minute. */
  readonly body: AsyncIterable<Uint8Array>;
}
