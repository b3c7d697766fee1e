/** Days and deadlines as people say them, and the card that refuses to be sent. */

import { describe, expect, it } from 'vitest';
import { CardFault } from '../../src/cards/card-fault.ts';
import { renderCard } from '../../src/cards/cards.ts';
import { parseCommand } from '../../src/cards/commands.ts';
import { clock, deadline, longDay, moment, shortDay } from '../../src/cards/dates.ts';
import { say } from '../../src/cards/words.ts';
import { languages } from '../../src/domain/group.ts';
import { ofType, sampleOf } from './samples.ts';

const stockholm = (instant: string) => ({ instant, zone: 'Europe/Stockholm' });

it.each([
  ['sv', 'onsdag 12 oktober 2022', '12 okt. 2022'],
  ['nb', 'onsdag 12. oktober 2022', '12. okt. 2022'],
  ['en', 'Wednesday 12 October 2022', '12 Oct 2022'],
  ['fi', 'keskiviikkona 12. lokakuuta 2022', '12.10.2022'],
] as const)('a day in %s', (language, long, short) => {
  expect(longDay('2022-10-12', language)).toBe(long);
  expect(shortDay('2022-10-12', language)).toBe(short);
});

it.each([
  ['sv', '09.00', '17.30'],
  ['nb', '09.00', '17.30'],
  ['en', '09:00', '17:30'],
  ['fi', '9.00', '17.30'],
] as const)('an hour in %s, in sentences and in lists', (language, morning, evening) => {
  expect(clock('09:00', language)).toBe(morning);
  expect(clock('17:30', language)).toBe(evening);
  expect(moment(stockholm('2022-10-12T07:00:00Z'), language)).toMatch(new RegExp(`[^0-9]${morning}$`));
  const hours = ofType(renderCard('sending-page', sampleOf('sending-page'), language), /^Input\.ChoiceSet$/)[0];
  const choices = hours?.choices as { title: string; value: string }[];
  expect(choices.map(({ title }) => title)).toContain(morning);
  expect(choices.map(({ value }) => value)).toContain('09:00');
  expect(JSON.stringify(renderCard('settings', sampleOf('settings'), language))).toMatch(
    new RegExp(`[^0-9]${morning}[ –]`),
  );
});

describe('a deadline', () => {
  it('at the end of a day is that day, before and after the clocks go back', () => {
    expect(deadline(stockholm('2022-11-07T23:00:00Z'), 'sv')).toBe('måndag 7 november 2022');
    expect(deadline(stockholm('2022-11-07T22:59:59Z'), 'sv')).toBe('måndag 7 november 2022');
    expect(deadline(stockholm('2022-10-12T22:00:00Z'), 'sv')).toBe('onsdag 12 oktober 2022');
  });

  it('at another hour says the hour', () => {
    expect(deadline(stockholm('2022-11-07T14:00:00Z'), 'sv')).toBe('måndag 7 november 2022 kl. 15.00');
    expect(deadline(stockholm('2022-11-07T14:00:00Z'), 'fi')).toBe('maanantaina 7. marraskuuta 2022 klo 15.00');
  });

  it('is told in the reader’s zone when that is known', () => {
    const finland = deadline(stockholm('2022-11-07T23:00:00Z'), 'en', 'Europe/Helsinki');
    expect(finland).toBe('Tuesday 8 November 2022 at 01:00');
    expect(moment(stockholm('2022-10-12T07:00:00Z'), 'en')).toBe('Wednesday 12 October 2022 at 09:00');
    const card = renderCard('invitation', sampleOf('invitation'), 'fi', { timeZone: 'Europe/Helsinki' });
    expect(card.speak).toContain('tiistaina 8. marraskuuta 2022 klo 1.00');
  });
});

describe('a card with a value missing', () => {
  it('is refused, by the name of what is missing', () => {
    const { ref: _, ...rest } = sampleOf('invitation');
    expect(() => renderCard('invitation', rest as never, 'sv')).toThrow(CardFault);
    expect(() => renderCard('invitation', rest as never, 'sv')).toThrow('invitation: missing ref');
    expect(() => renderCard('invitation', { ...rest, ref: undefined } as never, 'sv')).toThrow(
      'invitation: missing ref',
    );
  });

  it('does not spoil the next one', () => {
    expect(ofType(renderCard('invitation', sampleOf('invitation'), 'sv'), /^TextBlock$/).length).toBeGreaterThan(2);
  });
});

describe('a command', () => {
  it.each(languages)('is known by the word that help shows in %s', (language) => {
    for (const command of ['help', 'plan', 'status', 'surveys'] as const) {
      expect(parseCommand(say(language, `command.${command}`))).toBe(command);
    }
  });

  it.each([
    ['HJÄLP', 'help'],
    ['  Mina   enkäter! ', 'surveys'],
    ['/plan', 'plan'],
    ['tidplan', 'plan'],
    ['Tidsplan', 'plan'],
    ['ohje', 'help'],
    ['Omat kyselyt', 'surveys'],
    ['la\u0308get', 'status'],
    ['tila', 'status'],
    ['my surveys?', 'surveys'],
    ['?', 'help'],
  ])('%j is %s', (text, command) => {
    expect(parseCommand(text)).toBe(command);
  });

  it.each(['', 'hej', 'help me with the plan please', '__proto__'])('%j is none', (text) => {
    expect(parseCommand(text)).toBe(null);
  });

  it('has one meaning in every language', () => {
    const meanings = new Map<string, string>();
    for (const language of languages) {
      for (const command of ['help', 'plan', 'status', 'surveys']) {
        for (const word of [
          say(language, `command.${command}`),
          ...say(language, `command.${command}.also`).split('|'),
        ]) {
          expect(meanings.get(word) ?? command, word).toBe(command);
          meanings.set(word, command);
        }
      }
    }
  });
});
