import { inOrder } from "../lib/layer";

/** Every layer, in the order it is applied; destroy runs it backwards. */
export const layers = inOrder([]);
