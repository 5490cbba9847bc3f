/** The folder of one layer below a synthesis. */
export function layerFolder(outdir: string, layer: string): string {
  return `${outdir}/stacks/${layer}`;
}
