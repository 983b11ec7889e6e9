/** Tokens as the server counted them; what it leaves out stays undefined and the cost unknown. */
export interface Usage {
  readonly textInput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
}
