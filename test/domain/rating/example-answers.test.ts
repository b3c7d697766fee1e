import { describe, expect, it } from 'vitest';
import { languages } from '../../../src/domain/group.ts';
import { ratingChoices } from '../../../src/domain/levels.ts';
import { countRatings } from '../../../src/domain/rating/count.ts';
import { summarise } from '../../../src/domain/rating/summary.ts';
import { checkAll } from '../../../src/domain/rating/validate.ts';
import { catalogue, catalogues, instrument } from '../../../src/library/library.ts';
import { exampleRatings } from '../../../src/sandbox/answers.ts';

describe('example answers', () => {
  it('can be submitted as they are, whatever catalogue, seed and language', () => {
    for (const roles of catalogues()) {
      for (const language of languages) {
        for (let seed = 0; seed < 25; seed += 1) {
          const ratings = exampleRatings(roles, seed, language);
          expect(checkAll(instrument('role-rating'), roles, ratings)).toEqual({
            ratings,
            errors: {},
            page: null,
          });
        }
      }
    }
  });

  const roles = catalogue('se-legitimation-2023');
  const all = Array.from({ length: 24 }, (_, seed) => exampleRatings(roles, seed, 'sv'));

  it('are the same for the same seed and differ between seeds', () => {
    expect(exampleRatings(roles, 7, 'sv')).toEqual(all[7]);
    expect(new Set(all.map((ratings) => JSON.stringify(ratings))).size).toBe(24);
  });

  it('look like a county: nurses short, some roles hold, every choice occurs', () => {
    const { items } = summarise({
      items: roles.items.map(({ key }) => ({ key, name: key })),
      counts: countRatings(all),
      constituencies: [],
    });
    const critical = items.filter((item) => item.critical).map((item) => item.key);
    expect(critical).toContain('sjukskoterska');
    expect(critical.length).toBeLessThan(12);
    const chosen = new Set(
      all.flatMap((ratings) => Object.values(ratings).flatMap(({ now, coming }) => [now, coming])),
    );
    expect([...chosen].sort()).toEqual([...ratingChoices].sort());
  });

  it('give their reasons in the language asked for', () => {
    const reason = (language: 'sv' | 'fi') =>
      new Set(Object.values(exampleRatings(roles, 3, language)).map(({ comment }) => comment));
    const [sv, fi] = [reason('sv'), reason('fi')];
    expect(sv.size).toBeGreaterThan(2);
    expect([...sv].filter((comment) => fi.has(comment) && comment !== '')).toEqual([]);
  });
});
