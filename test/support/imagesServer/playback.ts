import type { ServerResponse } from 'node:http';
import type { Behaviour } from './behaviour';

const PIECES = 8;

/** Sends an answer, with what the behaviour does to its bytes on the way. */
export async function send(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array, behaviour: Behaviour): Promise<void> {
  const whole = Buffer.from(body);
  const bytes = behaviour.truncate ? whole.subarray(0, Math.floor(whole.length * 0.6)) : whole;
  const cutOff = behaviour.reset === 'in-answer' || behaviour.wrongLength === true;
  const length = behaviour.wrongLength ? bytes.length + 1000 : bytes.length;
  response.writeHead(status, { 'content-length': length, ...headers });
  if (cutOff) {
    response.write(bytes.subarray(0, behaviour.wrongLength ? bytes.length : Math.ceil(bytes.length / 2)), () => response.socket?.destroy());
    return;
  }
  if (behaviour.stall) return void response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
  if (behaviour.reset === 'after-answer') return void response.end(bytes, () => response.socket?.destroy());
  if (behaviour.slowMs === undefined) return void response.end(bytes);
  const step = Math.ceil(bytes.length / PIECES);
  for (let at = 0; at < bytes.length && !response.destroyed; at += step) {
    await new Promise((resolve) => setTimeout(resolve, behaviour.slowMs));
    response.write(bytes.subarray(at, at + step));
  }
  response.end();
}
