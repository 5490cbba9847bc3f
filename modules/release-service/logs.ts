/** Encryption key and retention of the service's logs. */
export interface Logs {
  readonly keyArn: string;
  readonly retentionInDays: number;
}
