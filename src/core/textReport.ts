/** What became of a drawing's text. */
export interface TextReport {
  /** Characters that could not be set, each once, in their order. */
  readonly missing: readonly string[];
  /** `none`: no pixel of text is in the picture. A text is never set without a letter or digit of it; without other signs it is `whole`. With nothing missing it is `none` where no word of it could be read. */
  readonly set: 'whole' | 'shortened' | 'none';
}
