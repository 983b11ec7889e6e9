declare module 'icns-lib' {
  /** The contents of an Apple icon file by their types, such as `ic07`. Throws where it is none. */
  export function parse(file: Uint8Array): Record<string, Buffer>;
}
