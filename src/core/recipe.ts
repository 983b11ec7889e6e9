import type { EngineId } from './engine';
import type { Bounds } from './geometry';
import { COMPOSE_MODES, type ComposeMode } from './pixels';
import { parseBounds, parseRecipeRegion, type RecipeRegion } from './recipeRegion';

export type Operation = 'generate' | 'inpaint' | 'variation' | 'outpaint' | 'blend' | 'dark-twin';
const OPERATIONS: readonly Operation[] = ['generate', 'inpaint', 'variation', 'outpaint', 'blend', 'dark-twin'];

/** The PNG keyword under which a recipe is kept (iTXt, uncompressed UTF-8). */
export const RECIPE_KEYWORD = 'easel';

/**
 * How a picture was made. It holds no key, no path and no user's name. What may be left out can be added within a version: an older Easel does not see it, and a newer
 * one asks for what an older recipe lacks.
 */
export interface Recipe {
  readonly version: 1;
  readonly operation: Operation;
  /** Empty where the picture was filled from its surroundings. */
  readonly prompt: string;
  readonly engine: EngineId;
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly seed?: number;
  /** SHA-256 of the source file, in hex. */
  readonly parent?: string;
  /** SHA-256 of the project style's reference pictures that went with the prompt, in hex; empty where there were some and the engine takes none. */
  readonly references?: readonly string[];
  /** Where the source lies in a widened picture, in its pixels: smaller than the source where that was scaled down. */
  readonly placed?: Bounds;
  /** How a widening's drawn pixels meet the source's. */
  readonly mode?: ComposeMode;
  /** What an edit drew again; left out where a mask file or a long mask said it. */
  readonly region?: RecipeRegion;
}

/** The recipe as it stands in the file, keys in the documented order. */
export function formatRecipe(recipe: Recipe): string {
  const { version, operation, prompt, engine, model, width, height, seed, parent, references, placed, mode, region } = recipe;
  return JSON.stringify({ version, operation, prompt, engine, model, width, height, seed, parent, references, placed, mode, region });
}

/** Reads a recipe that came from outside; undefined where it is none or of another version. */
export function parseRecipe(json: string): Recipe | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const r = value as Record<string, unknown>;
  const operation = OPERATIONS.find((name) => name === r['operation']);
  const engine = r['engine'] === 'openai' || r['engine'] === 'offline' ? r['engine'] : undefined;
  if (r['version'] !== 1 || !operation || !engine) return undefined;
  if (typeof r['prompt'] !== 'string' || typeof r['model'] !== 'string') return undefined;
  if (!isSize(r['width']) || !isSize(r['height'])) return undefined;
  const extent = { width: r['width'], height: r['height'] };
  const placed = operation === 'outpaint' ? parseBounds(r['placed'], extent) : undefined;
  const mode = operation === 'outpaint' ? COMPOSE_MODES.find((name) => name === r['mode']) : undefined;
  const region = operation === 'inpaint' ? parseRecipeRegion(r['region'], extent) : undefined;
  return {
    version: 1,
    operation,
    prompt: r['prompt'],
    engine,
    model: r['model'],
    ...extent,
    ...(Number.isSafeInteger(r['seed']) ? { seed: r['seed'] as number } : {}),
    ...(isHash(r['parent']) ? { parent: r['parent'] } : {}),
    ...(Array.isArray(r['references']) ? { references: r['references'].filter(isHash) } : {}),
    ...(placed ? { placed } : {}),
    ...(mode ? { mode } : {}),
    ...(region ? { region } : {}),
  };
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
