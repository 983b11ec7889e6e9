import { angleTurns, cosTurns, sinTurns } from '../../core/exactMath';
import type { Oklab } from '../../core/oklab';

/** The accent, its hue brought within 80° of the palette's: opposite hues would meet in mud. */
export function companionOf(accent: Oklab, middle: Oklab): Oklab {
  const from = angleTurns(middle[2], middle[1]);
  const apart = angleTurns(accent[2], accent[1]) - from;
  const way = apart - Math.round(apart);
  if (Math.abs(way) <= 80 / 360) return accent;
  const turn = from + (way < 0 ? -80 : 80) / 360;
  const chroma = Math.sqrt(accent[1] * accent[1] + accent[2] * accent[2]);
  const [a, b] = [chroma * cosTurns(turn), chroma * sinTurns(turn)];
  // A yellow that is not bright is olive.
  return [b > 0.04 && a < 0.05 ? Math.max(0.88, accent[0]) : accent[0], a, b];
}
