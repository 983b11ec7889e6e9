import { extentFault } from './extentLimits';
import type { Extent } from './geometry';
import { isRecord } from './isRecord';

/** What a picture is for, with the exact size that it needs there. */
export interface Purpose extends Extent {
  /** As callers and settings name it. */
  readonly id: string;
  /** In English. */
  readonly label: string;
}

/** What developers ship, by the places' own guides. */
export const PURPOSES: readonly Purpose[] = [
  { id: 'og-card', label: 'Open Graph card', width: 1200, height: 630 },
  { id: 'github-social', label: 'GitHub social preview', width: 1280, height: 640 },
  { id: 'readme-banner', label: 'README banner', width: 1280, height: 320 },
  { id: 'hero', label: 'Landing page hero', width: 1920, height: 960 },
  { id: 'blog-cover', label: 'Blog cover', width: 1600, height: 900 },
  { id: 'x-card', label: 'X card', width: 1200, height: 600 },
  { id: 'x-header', label: 'X header', width: 1500, height: 500 },
  { id: 'linkedin-banner', label: 'LinkedIn banner', width: 1584, height: 396 },
  { id: 'youtube-thumbnail', label: 'YouTube thumbnail', width: 1280, height: 720 },
  { id: 'instagram-square', label: 'Instagram square', width: 1080, height: 1080 },
  { id: 'story', label: 'Story or reel', width: 1080, height: 1920 },
  { id: 'slide', label: 'Slide', width: 1920, height: 1080 },
  { id: 'slide-4-3', label: 'Slide 4:3', width: 1600, height: 1200 },
  { id: 'desktop-wallpaper', label: 'Desktop wallpaper', width: 3840, height: 2160 },
  { id: 'ultrawide-wallpaper', label: 'Ultra-wide wallpaper', width: 3440, height: 1440 },
  { id: 'phone-wallpaper', label: 'Phone wallpaper', width: 1440, height: 3120 },
  { id: 'app-store-icon', label: 'App Store icon', width: 1024, height: 1024 },
  { id: 'app-store-screenshot', label: 'App Store screenshot, iPhone', width: 1320, height: 2868 },
  { id: 'app-store-ipad', label: 'App Store screenshot, iPad', width: 2064, height: 2752 },
  { id: 'play-store-icon', label: 'Play Store icon', width: 512, height: 512 },
  { id: 'play-store-feature', label: 'Play Store feature graphic', width: 1024, height: 500 },
  { id: 'play-store-screenshot', label: 'Play Store screenshot', width: 1080, height: 1920 },
  { id: 'pwa-icon-192', label: 'PWA icon 192', width: 192, height: 192 },
  { id: 'pwa-icon-512', label: 'PWA icon 512', width: 512, height: 512 },
  { id: 'pwa-screenshot-wide', label: 'PWA screenshot, wide', width: 1280, height: 720 },
  { id: 'pwa-screenshot-narrow', label: 'PWA screenshot, narrow', width: 750, height: 1334 },
  { id: 'apple-touch-icon', label: 'Apple touch icon', width: 180, height: 180 },
  { id: 'favicon', label: 'Favicon', width: 48, height: 48 },
  { id: 'marketplace-icon', label: 'VS Code Marketplace icon', width: 256, height: 256 },
  { id: 'marketplace-banner', label: 'VS Code Marketplace banner', width: 1280, height: 400 },
];

/** A purpose by its id, the person's own before ours; undefined where there is none. */
export function findPurpose(id: string, own: readonly Purpose[] = []): Purpose | undefined {
  return own.find((purpose) => purpose.id === id) ?? PURPOSES.find((purpose) => purpose.id === id);
}

/** Reads the setting `easel.purposes` (id → `{label, width, height}`, the label may be missing); what is none, or larger or longer than a picture may be, is left out. */
export function parsePurposes(value: unknown): readonly Purpose[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([id, given]) => {
    if (!isRecord(given)) return [];
    const { label, width, height } = given;
    if (!isEdge(width) || !isEdge(height) || extentFault({ width, height }) !== undefined) return [];
    return [{ id, label: typeof label === 'string' && label.trim() !== '' ? label : id, width, height }];
  });
}

function isEdge(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
