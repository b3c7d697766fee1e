import { describe, expect, test } from 'vitest';
import { payloadOf, tenantOf } from '../../../src/adapters/slack/payloads.ts';
import { isOurs } from '../../../src/adapters/slack/workspace.ts';

const bot = { botUser: 'U0BOT', bot: 'B0BOT' };
const single = { team: 'T1', enterprise: null, ...bot };
const inGrid = { team: 'T1', enterprise: 'E1', ...bot };
const orgWide = { team: 'E1', enterprise: 'E1', ...bot };

describe('whose workspace a payload is of', () => {
  test.each([
    ['its own workspace', single, 'T1', null, true],
    ['another workspace', single, 'T2', null, false],
    ['another workspace of the same organisation', inGrid, 'T2', 'E1', false],
    ['any workspace, for a token of the whole organisation', orgWide, 'T2', 'E1', true],
    ['a workspace of another organisation', orgWide, 'T2', 'E2', false],
  ])('%s', (_what, workspace, team, enterprise, ours) => {
    expect(isOurs(workspace, team, enterprise)).toBe(ours);
  });

  const press = (more: object) => {
    const payload = payloadOf({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T9' },
      container: {},
      actions: [{ type: 'button', action_id: 'a', action_ts: '1.2' }],
      ...more,
    });
    return payload && tenantOf(payload);
  };
  test.each([
    ['the payload names it', { team: { id: 'T1' }, enterprise: null }, { team: 'T1', enterprise: null }],
    [
      'an org-wide install leaves it to the user',
      { team: null, enterprise: { id: 'E1' } },
      { team: 'T9', enterprise: 'E1' },
    ],
    [
      'a modal opened across workspaces names the one that has Rond',
      { team: { id: 'T2' }, view: { id: 'V1', app_installed_team_id: 'T1' } },
      { team: 'T1', enterprise: null },
    ],
  ])('%s', (_what, more, tenant) => {
    expect(press(more)).toEqual(tenant);
  });

  test.each([
    ['a workspace of its own', { team: { id: 'T1' }, enterprise: null }, { team: 'T1', enterprise: null }],
    ['an organisation', { team: null, enterprise: { id: 'E1' } }, { team: 'T9', enterprise: 'E1' }],
  ])('a shortcut in %s', (_what, more, tenant) => {
    const user = { id: 'W0GRID', team_id: 'T9' };
    const payload = payloadOf({ type: 'shortcut', user, callback_id: 'rond.surveys', trigger_id: '1.2.3', ...more });
    expect(payload && tenantOf(payload)).toEqual(tenant);
  });

  test('a shortcut on a message is none of ours, and a shortcut without a trigger is no shortcut', () => {
    const user = { id: 'U1', team_id: 'T1' };
    expect(payloadOf({ type: 'message_action', user, callback_id: 'x', trigger_id: '1' })).toEqual({ kind: 'other' });
    expect(payloadOf({ type: 'shortcut', user, callback_id: 'rond.surveys' })).toBeNull();
  });
});
