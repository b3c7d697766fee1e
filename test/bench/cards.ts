/** Cards: a round's invitations, and a rating page as Slack blocks, beside the template library on the same cards. */

import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { toModal } from '../../src/adapters/slack/convert/convert.ts';
import { renderCard } from '../../src/cards/cards.ts';
import type { CardName, InvitationModel, Models, RatePageModel } from '../../src/cards/models.ts';
import { prepareCard } from '../../src/cards/prepare-card.ts';
import { dataOf } from '../../src/cards/render.ts';
import type { Group, Member } from '../../src/domain/group.ts';
import { catalogue } from '../../src/library/library.ts';
import { nameOf } from '../../src/library/names.ts';
import { viewFaults } from '../../src/sandbox/slack/block-limits.ts';

type Template = { expand(context: { $root: unknown }): unknown };
type Library = { Template: new (source: unknown) => Template };
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as Library;

/** Compiled once and used again, as its README shows it. */
const compiled = (name: CardName) =>
  new Template(JSON.parse(readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8')));

export type CardFigures = {
  /** By way, cards a second in each round. */
  invitations: Record<'rond' | 'spliced' | 'library', number[]>;
  pages: Record<'rond' | 'library', number[]>;
  bytes: { invitation: number; page: number; view: number };
};

const closes = { instant: '2022-11-07T23:00:00Z', zone: 'Europe/Stockholm' };

export function measureCards(group: Group, list: string, rounds: number, burstMs: number): CardFigures {
  const invitations = invitationsOf(group);
  const invitation = compiled('invitation');
  const { recipients, datas, splices } = invitations;
  const first = recipients[0] as Recipient;
  deepStrictEqual(first.render(), invitation.expand({ $root: datas[0] }), 'the same card either way');

  const page = ratingPage(list);
  const data = dataOf('rating-page', page, 'sv', { timeZone: closes.zone });
  const library = compiled('rating-page');
  const card = renderCard('rating-page', page, 'sv', { timeZone: closes.zone });
  deepStrictEqual(card, library.expand({ $root: data }), 'the same page either way');
  const options = { callbackId: 'rond.page', meta: { c: 'D0', t: '1.2' } };
  const faults = viewFaults(toModal(card, options).view);
  if (faults.length > 0) throw new Error(`the converter's view is not valid: ${JSON.stringify(faults[0])}`);

  const nth = <T>(many: readonly T[], use: (one: T) => unknown) => {
    let count = 0;
    return () => use(many[count++ % many.length] as T);
  };
  const ways = {
    rond: nth(recipients, ({ render }) => render()),
    spliced: nth(splices, (splice) => splice()),
    library: nth(datas, (one) => invitation.expand({ $root: one })),
    toBlocks: () => toModal(card, options),
    toPage: () => library.expand({ $root: data }),
  };
  const measured = interleaved(ways, rounds, burstMs);
  return {
    invitations: { rond: measured.rond, spliced: measured.spliced, library: measured.library },
    pages: { rond: measured.toBlocks, library: measured.toPage },
    bytes: {
      invitation: JSON.stringify(first.render()).length,
      page: JSON.stringify(card).length,
      view: JSON.stringify(toModal(card, options).view).length,
    },
  };
}

type Recipient = { render(): unknown };

/** Everybody's invitation: name, button, language and zone are their own. */
function invitationsOf(group: Group) {
  const shared = {
    group: group.name,
    title: group.activities[0]?.title ?? '',
    items: 22,
    closes,
    convenor: { name: group.members[0]?.name ?? '' },
  };
  const voiceOf = (member: Member) => ({ timeZone: member.timeZone, groupLanguage: group.language });
  const models = group.members.map((member, index) => ({
    member,
    model: { ...shared, person: member.name, ref: String(index) } satisfies InvitationModel,
  }));
  const prepared = Map.groupBy(group.members, (member) => member.language);
  const fillers = new Map(
    [...prepared].map(([language, [member]]) => [
      language,
      prepareCard('invitation', shared, language, ['ref', 'person'] as const, voiceOf(member as Member)),
    ]),
  );
  return {
    recipients: models.map(
      ({ member, model }): Recipient => ({
        render: () => renderCard('invitation', model, member.language, voiceOf(member)),
      }),
    ),
    splices: models.map(
      ({ member, model }) =>
        () =>
          fillers.get(member.language)?.(model),
    ),
    datas: models.map(({ member, model }) => dataOf('invitation', model, member.language, voiceOf(member))),
  };
}

/** Eight roles, half of them answered. */
function ratingPage(list: string): Models['rating-page'] {
  const page: RatePageModel = {
    ref: '00000000-0000-4000-8000-000000000000',
    title: 'Datainsamling (enkät)',
    page: 2,
    pages: 3,
    periods: { now: '2022', coming: '2023–2027' },
    items: catalogue(list)
      .items.slice(0, 8)
      .map((item, index) => ({
        key: item.key,
        name: nameOf(item, 'sv', ['sv']).name,
        now: index % 2 === 0 ? 'vulnerable' : '',
        coming: index % 2 === 0 ? 'shortage' : '',
        comment: index % 2 === 0 ? 'Flera går i pension de närmaste åren.' : '',
      })),
    errors: {},
    closes,
  };
  return page;
}

/** How often a second each is done, in turns that rotate. */
function interleaved<W extends string>(
  ways: Record<W, () => unknown>,
  rounds: number,
  burstMs: number,
): Record<W, number[]> {
  const names = Object.keys(ways) as W[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<W, number[]>;
  const once = (name: W): number => {
    const from = performance.now();
    let done = 0;
    while (performance.now() - from < burstMs) {
      for (let index = 0; index < 8; index += 1) ways[name]();
      done += 8;
    }
    return done / ((performance.now() - from) / 1000);
  };
  for (const name of names) once(name); // warm
  for (let round = 0; round < rounds; round += 1) {
    for (const [place] of names.entries()) {
      const name = names[(place + round) % names.length] as W;
      rates[name].push(once(name));
    }
  }
  return rates;
}
