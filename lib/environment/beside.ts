import { UserError } from "../errors";

type Read = (path: string) => string | undefined;

/** Where paths in an environment file start. */
export function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
}

/** Reads what an environment file names; undefined for what cannot be read, so that its rules report it beside other problems. */
export function readBeside(folder: string, read: Read): Read {
  return (path) => {
    try {
      return read(path.startsWith("/") ? path : `${folder}/${path}`);
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  };
}
