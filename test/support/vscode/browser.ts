import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from './chromium';

/** A headless Chromium that asks nobody for updates. Our own signal handling closes it, in its turn. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A window of its own (cookies, storage, clipboard rights), of a laptop's size. */
export function newWindow(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
}
