/** What a pixel of a picture is taken for, one byte each. */
export const BACKGROUND = 0;
export const SUBJECT = 1;
