import assert from 'node:assert/strict';
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
      'style-src https://own.example',
    ]);
    assert.doesNotMatch(page, /unsafe/);
  });

  it('runs from right to left in the languages that do', () => {
    const direction = (language: string): string | undefined => /<html[^>]* dir="(\w+)"/.exec(webviewPage({ nonce: '', source: '', script: '', title: '', language }))?.[1];
    assert.deepEqual(['de', 'he', 'ar', 'fa-IR', 'en-US', 'arn'].map(direction), ['ltr', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  });

  it('holds no text as markup and no script or style of its own', () => {
    assert.match(page, /<title>&lt;b&gt;Easel&lt;\/b&gt;<\/title>/);
    assert.match(page, /src="https:\/\/own\.example\/studio\.js\?a=1&amp;b=&quot;2&quot;"/);
    assert.doesNotMatch(page, /<style|style=|\son\w+=|<script[^>]*>[^<]/);
  });
});
