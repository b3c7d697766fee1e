/** The database counts a round as the domain counts it. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRatings, type PairCount } from '../../../src/domain/rating/count.ts';
import { catalogue } from '../../../src/library/library.ts';
import { arbitraryRatings } from '../../support/ratings.ts';
import { type Bench, bench, roundKey } from './bench.ts';

const members = 9;
const items = { ...catalogue('se-legitimation-2023'), items: catalogue('se-legitimation-2023').items.slice(0, 4) };
const inOrder = (pairs: PairCount[]) =>
  pairs.map(({ item, now, coming, count }) => `${item} ${now} ${coming} ${count}`).sort();

let b: Bench;
let groupId = '';
beforeAll(async () => {
  b = await bench(members - 3);
  groupId = (await b.loaded()).id;
});
afterAll(() => b.drop());

test('any answers, in any state: the same pairs, shares and constituencies', async () => {
  const part = fc.record({
    ratings: arbitraryRatings(items),
    state: fc.constantFrom('pending', 'draft', 'excused', 'submitted', 'submitted', 'submitted'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: members, maxLength: members }), async (parts) => {
      await b.all(
        `update assignment a set state = p.state, answers = case when p.state = 'submitted' then p.ratings else '{}' end, draft = p.ratings
         from (select a.id, p.state, p.ratings from jsonb_to_recordset($1::jsonb) as p (position int, state text, ratings jsonb)
               join member m on m.position = p.position join assignment a on a.member_id = m.id) p where a.id = p.id`,
        [JSON.stringify(parts.map((one, position) => ({ ...one, position })))],
      );
      const counts = await b.store.answers.sumUp(groupId, roundKey);
      const submitted = parts.filter(({ state }) => state === 'submitted');
      // Whoever is excused is not missing.
      const counted = b.group.members.filter((_, index) => parts[index]?.state !== 'excused');
      expect(inOrder(counts?.pairs ?? [])).toEqual(inOrder(countRatings(submitted.map(({ ratings }) => ratings))));
      expect(counts).toMatchObject({
        invited: counted.length,
        submitted: submitted.length,
        title: 'Datainsamling (enkät)',
      });
      const byConstituency = Map.groupBy(counted, ({ constituency }) => constituency);
      expect(counts?.constituencies).toEqual(
        [...byConstituency]
          .map(([name, people]) => ({
            name,
            invited: people.length,
            submitted: people.filter((member) => parts[b.group.members.indexOf(member)]?.state === 'submitted').length,
          }))
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
      );
    }),
    { numRuns: 25 },
  );
});

test('a round that does not exist has no counts', async () => {
  expect(await b.store.answers.sumUp(groupId, 'nothing/2022-01-01')).toBeNull();
});
