import { type Arguments, type Method, SlackError } from './api.ts';
import { viewFaults } from './block-limits.ts';
import type { Desk } from './desk.ts';
import { findView, nextId, type OpenView, type ViewArguments } from './state.ts';

/** views.open, push, update, publish. A modal stack holds three views. */
export function viewMethods(desk: Desk): Record<string, Method> {
  const { state, options, settling } = desk;

  const changed = (user: string) => {
    settling.happened({ viewOf: user });
    options.changed();
  };

  const triggered = (args: Arguments) => {
    const id = String(args.trigger_id ?? '');
    if (!id)
      throw new SlackError('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing trigger_id'] } });
    const trigger = desk.triggers.use(id);
    if (typeof trigger === 'string') throw new SlackError(trigger);
    return trigger;
  };

  return {
    'views.open': (args) => {
      const trigger = triggered(args);
      const content = viewIn(args);
      const view = newView(desk, trigger.user, content, null, trigger.from);
      state.stacks.set(trigger.user, [view]);
      changed(trigger.user);
      return { view: described(desk, view) };
    },
    'views.push': (args) => {
      const trigger = triggered(args);
      const content = viewIn(args);
      const view = push(desk, trigger.user, content);
      changed(trigger.user);
      return { view: described(desk, view) };
    },
    'views.update': (args) => {
      const view = findView(state, String(args.view_id ?? ''));
      if (!view) throw new SlackError('not_found');
      if (args.hash !== undefined && args.hash !== view.hash) throw new SlackError('hash_conflict');
      replace(desk, view, viewIn(args));
      changed(view.user);
      return { view: described(desk, view) };
    },
    'views.publish': (args) => {
      const user = String(args.user_id ?? '');
      if (!state.people.has(user)) throw new SlackError('user_not_found');
      const view = newView(desk, user, viewIn(args), null, null);
      state.home.set(user, view);
      settling.happened({ homeOf: user });
      options.changed();
      return { view: described(desk, view) };
    },
  };
}

function viewIn(args: Arguments): ViewArguments {
  const [fault] = viewFaults(args.view);
  if (!fault) return args.view as ViewArguments;
  if (fault.message === 'view_too_large') throw new SlackError('view_too_large');
  throw new SlackError(fault.code, {
    response_metadata: { messages: [`[ERROR] ${fault.message} [json-pointer:${fault.pointer}]`] },
  });
}

function newView(
  desk: Desk,
  user: string,
  content: ViewArguments,
  below: OpenView | null,
  from: OpenView['from'],
): OpenView {
  const id = nextId(desk.state, 'V');
  return {
    id,
    user,
    hash: newHash(desk),
    root: below?.root ?? id,
    previous: below?.id ?? null,
    content: named(content),
    typed: {},
    from,
  };
}

/** Puts a view on top of the person's open ones. */
export function push(desk: Desk, user: string, content: ViewArguments): OpenView {
  const stack = desk.state.stacks.get(user) ?? [];
  const below = stack.at(-1);
  if (!below) throw new SlackError('not_found');
  if (stack.length >= 3) throw new SlackError('push_limit_reached');
  const view = newView(desk, user, content, below, below.from);
  stack.push(view);
  return view;
}

/** New content in the same view. What was typed stays where block id and action id are the same, as in Slack. */
export function replace(desk: Desk, view: OpenView, content: ViewArguments): void {
  view.content = named(content);
  view.hash = newHash(desk);
  const kept = new Set(
    view.content.blocks.flatMap((block) => {
      const element = block.element as { action_id?: string } | undefined;
      return block.type === 'input' ? [`${block.block_id}/${element?.action_id}`] : [];
    }),
  );
  for (const [block, actions] of Object.entries(view.typed)) {
    for (const action of Object.keys(actions)) if (!kept.has(`${block}/${action}`)) delete actions[action];
    if (Object.keys(actions).length === 0) delete view.typed[block];
  }
}

let hashes = 0;
function newHash(desk: Desk): string {
  hashes += 1;
  return `${Math.trunc(desk.options.now().epochMilliseconds / 1000)}.${hashes.toString(36).padStart(8, '0')}`;
}

/** Slack names the blocks and elements that came without an id. */
function named(content: ViewArguments): ViewArguments {
  return {
    ...content,
    blocks: content.blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `b${index}` })),
  };
}

/** A view as Slack gives it back, in the order in which it was recorded to do so. */
export function described({ state }: Desk, view: OpenView): Record<string, unknown> {
  const { type, blocks, private_metadata = '', callback_id = '', ...rest } = view.content;
  return {
    id: view.id,
    team_id: state.team,
    type,
    blocks,
    private_metadata,
    callback_id,
    state: { values: view.typed },
    hash: view.hash,
    ...rest,
    previous_view_id: view.previous,
    root_view_id: view.root,
    app_id: state.bot.app,
    external_id: '',
    app_installed_team_id: state.team,
    bot_id: state.bot.bot,
  };
}
