import type { OutpaintPlan } from '../../../src/core/outpaint';

/** What answers a request: the number of the tile and the PNG that was sent. */
export type Model = (index: number, sent: Uint8Array) => Promise<Uint8Array>;

/** Widens the picture of a PNG as planned, or, where it works the article's way, to both sides by half its width; resolves to the bytes of the PNG that is made. */
export type Widen = (source: Uint8Array, plan: OutpaintPlan, model: Model) => Promise<number>;
