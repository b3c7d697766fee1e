/** Where a group made in the chat is at home: its public holidays and its hours. */

import { expect, it } from 'vitest';
import { homeOf, movedTo } from '../../src/app/drafts.ts';

it('is where whoever brings the plan is, in whatever language they write', () => {
  expect(homeOf('en', 'Europe/Berlin')).toEqual({ language: 'en', timeZone: 'Europe/Berlin', country: 'DE' });
  expect(homeOf('sv', 'Europe/Mariehamn')).toEqual({ language: 'sv', timeZone: 'Europe/Mariehamn', country: 'FI' });
});

it('is where the language is at home, when nobody says where they are', () => {
  expect(homeOf('nb', null)).toEqual({ language: 'nb', timeZone: 'Europe/Oslo', country: 'NO' });
  expect(homeOf('en', null)).toEqual({ language: 'en', timeZone: 'Europe/London', country: 'GB' });
});

it('moves to the country that is chosen, and keeps a zone of that country', () => {
  const london = homeOf('en', null);
  expect(movedTo(london, 'SE')).toEqual({ language: 'en', timeZone: 'Europe/Stockholm', country: 'SE' });
  const canary = homeOf('en', 'Atlantic/Canary');
  expect(movedTo(canary, 'ES')).toEqual(canary);
  expect(movedTo(london, 'XX')).toEqual(london);
});
