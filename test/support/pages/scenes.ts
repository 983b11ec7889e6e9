import sharp from 'sharp';
import type { EditorState, Proposal, Ready, WidenPlan } from '../../../src/protocol/imageEditor';
import type { CandidateView, Offer, RunState, RunView, StudioState, Wish } from '../../../src/protocol/studio';
import { drawPhoto, encodePhoto } from '../photo';
import { pictureAddress } from './pageHarness';
import { wordsOf } from './words';

// What the pages show in their tests: pictures, runs, plans.

const EXTENT = { width: 768, height: 512 };

/** Pictures by their ids: `first`, its warm and cool twins, one that is widened, one with a hole. */
export async function makePictures(): Promise<Record<string, Buffer>> {
  const first = await encodePhoto(drawPhoto(EXTENT.width, EXTENT.height), 'png');
  const wide = await encodePhoto(drawPhoto(1024, 512), 'png');
  return {
    first,
    warm: await sharp(first).modulate({ hue: 25, saturation: 1.2 }).png().toBuffer(),
    cool: await sharp(first).modulate({ hue: 190 }).png().toBuffer(),
    blurred: await sharp(first).blur(12).png().toBuffer(),
    wide,
    icon: await sharp(Buffer.from('<svg width="48" height="48"><circle cx="24" cy="24" r="19" fill="#e67"/><path d="M12 30 24 10l12 20z" fill="#fff" fill-opacity=".8"/></svg>')).png().toBuffer(),
  };
}

export const OFFER: Offer = {
  place: 'api.openai.com',
  model: 'gpt-image-2.6-sunburst',
  sizes: [[1, 1], [3, 2], [2, 3], [4, 3], [3, 4], [16, 9], [9, 16], [21, 9]].map(([width = 1, height = 1]) => ({ ratio: `${width}:${height}`, extent: { width: width * 128, height: height * 128 } })),
  purposes: [{ label: 'Open Graph card', extent: { width: 1200, height: 630 } }],
  qualities: [{ id: 'low', label: 'Low' }, { id: 'medium', label: 'Medium' }],
  quality: 'medium',
  formats: [{ id: 'png', label: 'PNG' }, { id: 'jpeg', label: 'JPEG' }, { id: 'webp', label: 'WebP' }, { id: 'avif', label: 'AVIF' }],
  format: 'png',
  references: 4,
};

export const WISH: Wish = { prompt: 'Misty mountains at dawn, soft light, wide view', extent: { width: 384, height: 256 }, count: 2 };

export function run(id: string, state: RunState, change: Partial<RunView> = {}): RunView {
  return { id, at: Date.UTC(2026, 10, 22, 9, 30) - Number(id) * 1000, wish: WISH, model: OFFER.model, state, detail: '', ...change };
}

export function candidate(id: string, ofRun: string, picture: string, change: Partial<CandidateView> = {}): CandidateView {
  return { id, run: ofRun, src: pictureAddress(picture), prompt: WISH.prompt, model: OFFER.model, extent: EXTENT, ...change };
}

export function studioAnswers(state: Partial<StudioState> = {}, plan = { cost: 'about $0.026', note: '', refused: false }): Record<string, unknown> {
  const ready: StudioState = { offer: OFFER, prompts: [], runs: [], candidates: [], references: [], previews: [], words: wordsOf('studio'), ...state };
  return { ready, plan, addReference: { id: 'dropped', src: pictureAddress('icon'), name: 'dropped.png' } };
}

export function editorState(change: Partial<EditorState> = {}): EditorState {
  return {
    picture: { id: 'first', extent: EXTENT },
    steps: [],
    viewOnly: '',
    offer: { place: 'gpt-image-2.6-sunburst at https://api.openai.com', free: false, takesPrompt: true },
    run: { busy: false, detail: '', failure: '' },
    badge: '',
    ...change,
  };
}

export const PROPOSAL: Proposal = {
  kind: 'edit',
  candidates: ['warm', 'cool'],
  extent: EXTENT,
  at: { x: 0, y: 0 },
  badge: 'Kept area: 0 of 382,416 pixels changed. Paid: $0.053.',
};

const WIDEN_PLAN: WidenPlan = { cost: '2 requests · about $0.12', note: '', refused: false, tiles: [{ x: 0, y: 0, width: 768, height: 512 }, { x: 500, y: 0, width: 524, height: 512 }] };

export function editorAnswers(state: Partial<EditorState> = {}, answers: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const ready: Ready = { state: editorState(state), look: { overlay: '#e5484d' }, purposes: [{ label: 'Open Graph card', extent: { width: 1200, height: 630 } }], words: wordsOf('editor') as Ready['words'] };
  return { ready, steps: [], planEdit: { cost: '1 request · about $0.053', note: '', refused: false }, planWiden: WIDEN_PLAN, ...answers };
}
