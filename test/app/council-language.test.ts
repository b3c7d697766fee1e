import { expect, test } from 'vitest';
import { councilLanguage } from '../../src/app/models/council.ts';
import type { Group } from '../../src/domain/group.ts';
import { coreGroup } from '../support/core-group.ts';

const channel = { platform: 'slack' as const, tenant: 'T01MITT', id: 'C01RADET', name: 'radet' };

test.each([
  ['the group in whose channel it talks', 'fi', { ...channel, purpose: 'group' as const }],
  ['most of its groups', 'sv', { ...coreGroup.channels[0], purpose: 'group' as const }],
])('a council reads the language of %s, whichever group carries its digest', (_of, language, own) => {
  const at = (one: Group['language'], channels: Group['channels']) => ({ language: one, channels });
  const groups = [at('nb', []), at('sv', []), at('fi', [own as Group['channels'][number]]), at('sv', [])];
  expect(councilLanguage({ channel }, groups)).toBe(language);
});
