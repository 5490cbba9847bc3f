/** Where environments are kept that are chosen by their name. */
export const environmentFolder = "configs";
