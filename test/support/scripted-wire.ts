/** A wire whose other side is the test itself: it shows what it is told to and writes down what people do. */

import express from 'express';
import type { Platform } from '../../src/domain/group.ts';
import type { SandboxWire } from '../../src/sandbox/server.ts';
import type {
  Button,
  Directory,
  PressResult,
  Shown,
  ShownDialog,
  Target,
  WireOptions,
} from '../../src/sandbox/wire.ts';

export type Pressed = {
  user: string;
  target: Target;
  verb: string;
  values: Record<string, string>;
  inputs: Record<string, string>;
};

export type ScriptedWire = SandboxWire<{ scripted: Platform }> & {
  show(to: { user: string } | { channel: string }, message: Partial<Shown> & { id: string }): void;
  replace(id: string, message: Partial<Shown>): void;
  open(user: string, dialog: ShownDialog): void;
  buttonsOf(target: string, buttons: Button[]): void;
  readonly pressed: Pressed[];
  readonly said: { user: string; text: string; channel: string | undefined }[];
  readonly directories: Directory[];
  answer: (pressed: Pressed) => Partial<PressResult> | undefined;
};

type Memory = {
  rooms: Record<string, Shown[]>;
  dialogs: Record<string, ShownDialog>;
};

export const scriptedWire =
  (platform: Platform) =>
  (options: WireOptions): ScriptedWire => {
    let memory: Memory = { rooms: {}, dialogs: {} };
    const buttons = new Map<string, Button[]>();
    const room = (name: string) => (memory.rooms[name] ??= []);
    const target = (of: Target) => ('message' in of ? of.message : of.dialog);
    const add = (name: string, message: Partial<Shown> & { id: string }) => {
      room(name).push({
        conversation: name,
        from: 'bot',
        at: options.now().toString(),
        replaced: 0,
        text: '',
        card: null,
        blocks: null,
        onlyFor: null,
        ...message,
      });
      options.changed();
    };
    const wire: ScriptedWire = {
      platform,
      router: express.Router().get('/ping', (_request, response) => {
        response.json({ platform, baseUrl: options.baseUrl });
      }),
      credentials: () => ({ scripted: platform }),
      setDirectory: async (directory) => {
        wire.directories.push(directory);
      },
      personal: (user) => room(`user:${user}`),
      channel: (id) => room(`channel:${id}`),
      dialog: (user) => memory.dialogs[user] ?? null,
      buttons: (_user, of) => buttons.get(target(of)) ?? [],
      press: async (user, of, button, inputs = {}) => {
        const pressed = {
          user,
          target: of,
          verb: button.verb,
          values: button.values ?? {},
          inputs,
        };
        wire.pressed.push(pressed);
        return {
          notice: null,
          errors: {},
          ok: true,
          status: 200,
          ...wire.answer(pressed),
        };
      },
      closeDialog: (user) => {
        delete memory.dialogs[user];
        options.changed();
      },
      say: async (user, text, channel) => {
        wire.said.push({ user, text, channel });
        add(channel ? `channel:${channel}` : `user:${user}`, {
          id: `said-${wire.said.length}`,
          from: 'person',
          text,
        });
      },
      created: () =>
        Object.values(memory.rooms)
          .flat()
          .filter((one) => one.from === 'bot'),
      fault: () => undefined,
      save: () => memory,
      load: (saved) => {
        memory = saved as Memory;
      },
      show: (to, message) => add('user' in to ? `user:${to.user}` : `channel:${to.channel}`, message),
      replace: (id, message) => {
        for (const one of Object.values(memory.rooms).flat()) {
          if (one.id === id) Object.assign(one, message, { replaced: one.replaced + 1 });
        }
        options.changed();
      },
      open: (user, dialog) => {
        memory.dialogs[user] = dialog;
        options.changed();
      },
      buttonsOf: (of, list) => {
        buttons.set(of, list);
      },
      pressed: [],
      said: [],
      directories: [],
      answer: () => undefined,
    };
    return wire;
  };

export const scriptedWires = {
  teams: scriptedWire('teams'),
  slack: scriptedWire('slack'),
};
