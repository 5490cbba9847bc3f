/** A domain that a layer needs to be delegated to a zone of Route 53, before anybody looks for names in it. */
export interface Delegation {
  readonly domain: string;
  readonly zoneId: string;
}
