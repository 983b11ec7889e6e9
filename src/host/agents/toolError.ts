import { toImageError, type Reason } from '../../core/errors';
import { displayPath, toUri } from '../uris';

/** What a model can change about a failure. In English, as tools are described. */
const ADVICE: Record<Reason, string> = {
  'bad-argument': 'Correct the argument and call again.',
  'empty-prompt': 'Call again with a prompt that says what the picture shows.',
  'prompt-too-long': 'Shorten the prompt and call again.',
  'not-an-image': 'Give the path of a PNG, JPEG, WebP, GIF, BMP or TIFF file that exists.',
  'broken-image': 'The file is damaged: use another picture.',
  'too-large': 'Ask for fewer pixels, or use a smaller file.',
  'mask-size': 'The mask must have the size of the picture. easel_describe tells it; a "region" needs no file.',
  'bad-path': 'Use a path relative to the workspace folder, and inside it.',
  'no-workspace': 'Ask the person to open a folder.',
  untrusted: 'Ask the person to trust the workspace.',
  'no-key': 'Ask the person to run "Easel: Set API Key…". Do not ask for the key yourself.',
  'key-refused': 'Ask the person to run "Easel: Set API Key…". Do not ask for the key yourself.',
  'needs-model': 'Leave the prompt out to fill from the surroundings, or ask the person to run "Easel: Set API Key…".',
  unsupported: 'Leave out what is not supported, or ask the person to choose another model with "Easel: Choose Engine and Model…".',
  'refused-by-safety': 'Change the prompt. Do not send the same one again.',
  'rate-limited': 'Wait, then call again.',
  quota: 'Tell the person that the account with the server has nothing left. Do not call again.',
  'over-budget': 'Ask for fewer or smaller pictures, or tell the person which setting is in the way. Do not call again with the same arguments.',
  network: 'Nothing was billed. Calling again may help.',
  'maybe-billed': 'This may have been billed. Ask the person before calling again.',
  'bad-answer': 'Tell the person.',
  'does-not-fit': 'Describe the whole picture in the prompt, and call again at most once.',
  'cannot-save': 'Nothing is lost: the person can save the picture elsewhere. Do not call again.',
  cancelled: 'The person stopped it. Do not call again unless they ask.',
};

/** What a tool rejects with. A model reads its message alone: the reason, the fact, what was written all the same, and what to change. */
export function toToolError(thrown: unknown): Error {
  const error = toImageError(thrown, 'bad-answer');
  const written = error.files.length === 0 ? '' : ` Written before that: ${error.files.map((file) => displayPath(toUri(file))).join(', ')}.`;
  const wait = error.retryAfterSeconds === undefined ? '' : ` Wait ${Math.ceil(error.retryAfterSeconds)} s.`;
  const tool = new Error(`${error.reason}: ${error.message.replace(/[^.]$/, '$&.')}${written}${wait} ${ADVICE[error.reason]}`, { cause: error });
  tool.name = 'EaselError';
  return tool;
}
