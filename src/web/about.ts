/** The page that the app's entry in Teams leads to: what Rond is, what it keeps, on what terms. */

import type { RequestHandler } from 'express';
import en from '../../manifest/about/en.json' with { type: 'json' };
import fi from '../../manifest/about/fi.json' with { type: 'json' };
import nb from '../../manifest/about/nb.json' with { type: 'json' };
import sv from '../../manifest/about/sv.json' with { type: 'json' };

const texts = { sv, nb, en, fi };
type Tongue = keyof typeof texts;
const tongues = Object.keys(texts) as Tongue[];

/** In the language asked for by `?lang=`, otherwise in the browser's, otherwise in English. */
export const about: RequestHandler = (request, response) => {
  const asked = tongues.find((tongue) => tongue === request.query.lang);
  const browsers = request.acceptsLanguages('en', 'sv', 'nb', 'no', 'fi');
  const tongue = asked ?? tongues.find((one) => one === (browsers === 'no' ? 'nb' : browsers)) ?? 'en';
  response
    .set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'Content-Language': tongue,
      Vary: 'Accept-Language',
      'X-Content-Type-Options': 'nosniff',
    })
    .type('html')
    .send(page(tongue));
};

function page(tongue: Tongue): string {
  const { title, what, privacy, privacyText, terms, termsText } = texts[tongue];
  const paragraphs = (sentences: string[]) => sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('');
  const others = tongues
    .filter((one) => one !== tongue)
    .map((one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${escaped(texts[one].lang)}</a>`);
  return [
    `<!doctype html><html lang="${tongue}"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>`,
    `<style>body{font:1.05rem/1.6 system-ui,sans-serif;margin:3rem auto;max-width:40rem;padding:0 1rem;color:#1d2b2b;background:#fff}`,
    `a{color:#0b5a5a}nav a{margin-right:1rem}@media(prefers-color-scheme:dark){body{color:#e8efef;background:#12201f}a{color:#7fd3cf}}</style>`,
    `<main><h1>${escaped(title)}</h1>${paragraphs(what)}`,
    `<h2 id="privacy">${escaped(privacy)}</h2>${paragraphs(privacyText)}`,
    `<h2 id="terms">${escaped(terms)}</h2>${paragraphs(termsText)}</main>`,
    `<nav>${others.join('')}</nav></html>`,
  ].join('');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
