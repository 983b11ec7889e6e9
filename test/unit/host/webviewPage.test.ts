import assert from 'node:assert/strict';
import { studioFirstSight } from '../../../src/host/studio/firstSight';
import { webviewPage } from '../../../src/host/webviewPage';

describe('a webview’s page', () => {
  const page = webviewPage({ nonce: 'abc123', source: 'https://own.example', script: 'https://own.example/studio.js?a=1&b="2"', language: 'de', title: '<b>Easel</b>' });

  it('allows one script by its nonce and pictures of its own, and nothing unsafe', () => {
    const policy = /content="(default-src[^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    assert.deepEqual(policy?.split('; ').sort(), [
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      'img-src https://own.example blob:',
      "script-src 'nonce-abc123'",
      "style-src 'nonce-abc123'",
    ]);
    assert.doesNotMatch(page, /unsafe/);
  });

  it('runs from right to left in the languages that do', () => {
    const direction = (language: string): string | undefined => /<html[^>]* dir="(\w+)"/.exec(webviewPage({ nonce: '', source: '', script: '', title: '', language }))?.[1];
    assert.deepEqual(['de', 'he', 'ar', 'fa-IR', 'en-US', 'arn'].map(direction), ['ltr', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  });

  it('holds no text as markup or script, and no style without a nonce', () => {
    assert.match(page, /<title>&lt;b&gt;Easel&lt;\/b&gt;<\/title>/);
    assert.match(page, /data-page="https:\/\/own\.example\/studio\.js\?a=1&amp;b=&quot;2&quot;"/);
    assert.doesNotMatch(page, /<style|style=|\son\w+=|<script>/);
    assert.equal(page.split('own.example').length - 1, 3, 'in the policy, as a preload, and as an attribute');
  });

  it('shows the composer’s first words while the script loads, as text', () => {
    const firstSight = studioFirstSight({ title: 'Easel Studio', prompt: 'Prompt', promptPlaceholder: '<img src=x onerror=alert(1)>' });
    const whole = webviewPage({ nonce: 'abc123', source: '', script: 'studio.js', language: 'en', title: 'Easel', firstSight });
    assert.match(whole, /<style nonce="abc123">/);
    assert.match(whole, /<easel-studio role="main">.*Prompt.*&lt;img src=x onerror=alert\(1\)&gt;.*<\/easel-studio>\n<script/s);
    assert.doesNotMatch(whole, /<img/);
  });
});
