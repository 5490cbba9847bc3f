/** Private ranges: https://www.rfc-editor.org/rfc/rfc1918 */
export const privateRanges: readonly string[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** The shared address space, which no network routes to another either: https://www.rfc-editor.org/rfc/rfc6598 */
export const sharedRange = "100.64.0.0/10";
