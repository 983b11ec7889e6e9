/** A keyword with its text, as an iTXt chunk holds them. */
export interface InternationalText {
  readonly keyword: string;
  readonly text: string;
}

/** Reads an uncompressed iTXt chunk; undefined where it is compressed or malformed (PNG specification, 11.3.3.4). */
export function readInternationalText(data: Uint8Array): InternationalText | undefined {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 1 || keywordEnd > 79 || data[keywordEnd + 1] !== 0) return undefined;
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  if (languageEnd < 0) return undefined;
  const translationEnd = data.indexOf(0, languageEnd + 1);
  if (translationEnd < 0) return undefined;
  const decoder = new TextDecoder();
  return { keyword: decoder.decode(data.subarray(0, keywordEnd)), text: decoder.decode(data.subarray(translationEnd + 1)) };
}

/** The data of an uncompressed iTXt chunk without language and translated keyword. */
export function writeInternationalText({ keyword, text }: InternationalText): Uint8Array {
  return new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
}
