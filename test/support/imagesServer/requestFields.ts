import type { IncomingMessage } from 'node:http';
import sharp from 'sharp';
import { refuse } from './refusal';

/** A file of a multipart request with what its bytes say. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** By its bytes: `png`, `jpeg`, `webp` …; empty where it is no picture. */
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

export interface ParsedRequest {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadedFile[];
}

/** Reads the whole body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The fields of a JSON request; pictures in it, as `data:` addresses, are its files. */
export async function parseJson(body: Buffer, contentType: string): Promise<ParsedRequest> {
  if (!contentType.startsWith('application/json')) refuse(null, null, `Unsupported content type: '${contentType}'. This API accepts 'application/json'.`);
  try {
    const fields: unknown = JSON.parse(body.toString());
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return { fields: fields as Record<string, unknown>, files: await filesOf(fields as Record<string, unknown>) };
  } catch {
    // Refused below, as what is no object is.
  }
  return refuse(null, null, 'We could not parse the JSON body of your request.');
}

async function filesOf(fields: Readonly<Record<string, unknown>>): Promise<UploadedFile[]> {
  const files: UploadedFile[] = [];
  for (const field of ['image', 'image_url', 'input_references']) {
    const given: unknown = fields[field];
    for (const item of given === undefined ? [] : Array.isArray(given) ? (given as unknown[]) : [given]) {
      const match = /"?(data:(image\/\w+);base64,([\w+/=]+))"?/.exec(JSON.stringify(item));
      if (!match) return refuse('invalid_value', field, `Invalid '${field}': a picture is wanted.`);
      files.push(await describe(field, new File([Buffer.from(match[3] ?? '', 'base64')], 'image', { type: match[2] ?? '' })));
    }
  }
  return files;
}

/** The fields and files of a multipart request; numbers and truth values come as text and are read as such. */
export async function parseMultipart(body: Buffer, contentType: string): Promise<ParsedRequest> {
  if (!contentType.startsWith('multipart/form-data')) refuse(null, null, `Invalid content type '${contentType}': 'multipart/form-data' is wanted.`);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData().catch(() => refuse(null, null, 'The multipart body is broken.'));
  const fields: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value !== 'string') files.push(await describe(field, value));
    else if (field in fields) refuse('duplicate_parameter', field, `Duplicate parameter: '${field}'.`);
    else fields[field] = value;
  }
  for (const field of ['n', 'partial_images', 'output_compression']) {
    const value = fields[field];
    if (typeof value === 'string' && /^\d+$/.test(value)) fields[field] = Number(value);
  }
  if (fields['stream'] === 'true' || fields['stream'] === 'false') fields['stream'] = fields['stream'] === 'true';
  return { fields, files };
}

async function describe(field: string, file: File): Promise<UploadedFile> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const known = { field, name: file.name, type: file.type, bytes };
  try {
    const meta = await sharp(bytes).metadata();
    const sideways = (meta.orientation ?? 1) > 4;
    const [width, height] = sideways ? [meta.height, meta.width] : [meta.width, meta.height];
    return { ...known, format: meta.format, width, height, hasAlpha: meta.hasAlpha };
  } catch {
    return { ...known, format: '', width: 0, height: 0, hasAlpha: false };
  }
}
