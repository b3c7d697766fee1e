/**
 * The plan as a picture, for clients that fetch pictures by themselves: at an address that cannot be guessed (signed by a key that
 * only the database knows), that opens nothing but this picture, is another when the picture is another, and ends by itself.
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { PlanPictureModel } from '../cards/models.ts';
import { planPictureSvg, rowsInPicture } from '../cards/picture/plan-picture.ts';
import { type Group, type Language, languages } from '../domain/group.ts';
import type { Clock } from '../ports/clock.ts';
import type { DrawPicture } from '../ports/pictures.ts';
import type { Glance, Store } from '../ports/store.ts';
import { daysOf, pictureOf, type Rows, rowsOf } from './models/plan-picture.ts';

export type PlanPictures = {
  /** Pictures of these rows, up to twenty rows each; none where no client could fetch them. */
  of(loaded: Glance, rows: Rows, language: Language): Promise<PlanPictureModel[]>;
  /** The PNG that an address's last part stands for; null for one that Rond has not made, or that is over. */
  read(token: string): Promise<{ png: Uint8Array; tag: string } | null>;
};

export type PlanPictureOptions = {
  store: Pick<Store, 'groups' | 'settings'>;
  clock: Clock;
  /** Where the web server can be reached; null when nowhere. */
  address: () => string | null;
  draw: DrawPicture;
};

/** As long as anybody scrolls back to a card. */
const daysKept = 60;
/** A picture takes about 60 kB. */
const mostKept = 24;

/** What an address says: signed, not secret, and about nothing but the plan. */
type Asked = Rows & { group: string; language: Language; until: Temporal.PlainDate; look: string };

export function planPictures({ store, clock, address, draw }: PlanPictureOptions): PlanPictures {
  let key: string | null = null;
  const drawn = new Map<string, Promise<Uint8Array>>();
  const signKey = async () => {
    key ??= (await store.settings.get('picture-key')) as string | null;
    return key;
  };
  const today = (group: Group) => clock.now().toZonedDateTimeISO(group.timeZone).toPlainDate();

  /** The same picture is drawn once, whoever asks; the oldest goes. */
  function png(svg: string, look: string): Promise<Uint8Array> {
    const known = drawn.get(look);
    if (known) return known;
    const made = draw(svg);
    const [oldest] = drawn.keys();
    if (oldest !== undefined && drawn.size >= mostKept) drawn.delete(oldest);
    drawn.set(look, made);
    made.catch(() => drawn.delete(look));
    return made;
  }

  return {
    async of({ group, state }, rows, language) {
      const base = address();
      const secret = base && (await signKey());
      if (!base || !secret) return [];
      const total = rowsOf(group, rows).length;
      const firsts = Array.from({ length: Math.ceil(total / rowsInPicture) }, (_, n) => n * rowsInPicture);
      return firsts.map((first) => {
        const count = Math.min(rowsInPicture, total - first);
        const slice = { ...rows, first: rows.first + first, count };
        const picture = pictureOf(group, state, slice, today(group));
        const look = lookOf(planPictureSvg(picture, language));
        const until = today(group).add({ days: daysKept });
        const token = tokenOf({ ...slice, group: group.key, language, until, look }, secret);
        const all = picture.rows.map(({ status }) => status);
        return {
          url: `${base}/plan/${token}.png`,
          first: slice.first + 1,
          last: slice.first + count,
          days: daysOf(picture),
          done: all.filter((status) => status === 'done').length,
          late: all.filter((status) => status === 'late').length,
        };
      });
    },
    async read(token) {
      const secret = await signKey();
      const asked = secret ? readToken(token, secret) : null;
      const loaded = asked && (await store.groups.glance(asked.group));
      if (!loaded || Temporal.PlainDate.compare(today(loaded.group), asked.until) > 0) return null;
      const svg = planPictureSvg(pictureOf(loaded.group, loaded.state, asked, today(loaded.group)), asked.language);
      const tag = lookOf(svg);
      return { png: await png(svg, tag), tag };
    },
  };
}

const lookOf = (svg: string) => createHash('sha256').update(svg).digest('base64url').slice(0, 16);

const signed = (text: string, key: string) =>
  createHmac('sha256', key).update(`plan-picture:${text}`).digest().subarray(0, 20);

function tokenOf({ group, first, count, parked, language, until, look }: Asked, key: string): string {
  const said = Buffer.from([first, count, parked ? 1 : 0, language, until, look, group].join('|')).toString(
    'base64url',
  );
  return `${said}.${signed(said, key).toString('base64url')}`;
}

/** Null for anything that was not signed here. */
function readToken(token: string, key: string): Asked | null {
  const [said = '', mac = '', ...more] = token.split('.');
  const [given, right] = [Buffer.from(mac, 'base64url'), signed(said, key)];
  if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const [first, count, parked, language, until, look, ...group] = Buffer.from(said, 'base64url').toString().split('|');
  const spoken = languages.find((one) => one === language);
  if (!spoken || !until || !look) return null;
  return {
    first: Number(first),
    count: Number(count),
    parked: parked === '1',
    language: spoken,
    until: Temporal.PlainDate.from(until),
    look,
    group: group.join('|'),
  };
}
