/** Joins the page: what is asked for in the address, what has changed, and who shows it. */

import { get, listen, post } from './api.js';
import { runClock, showClock } from './clock.js';
import { clearRoom, runRoom, showRoom } from './conversation.js';
import { showConversations } from './conversations.js';
import { byId } from './element.js';
import { runFaults, showFaults } from './faults.js';
import { runNewcomers, showNewcomers } from './newcomers.js';
import { announce, fault, notice } from './notices.js';
import { runDialog, showDialog } from './slack-dialog.js';

let route = null;
let as = null;
let loading = false;
let again = false;

function readRoute() {
  const [kind, id] = location.hash.slice(1).split('=');
  return ['person', 'channel', 'home'].includes(kind) && id ? { kind, id: decodeURIComponent(id) } : null;
}

const query = () => {
  if (route.kind === 'channel') return { channel: route.id, ...(as ? { as } : {}) };
  return { person: route.id, ...(route.kind === 'home' ? { tab: 'home' } : {}) };
};

/** One load at a time; what changes meanwhile makes another one. */
async function load() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  do {
    again = false;
    await once().catch(fault);
  } while (again);
  loading = false;
}

async function once() {
  const [asked, actor] = [route, as];
  const [state, view] = await Promise.all([get('state'), asked ? get('view', query()) : null]);
  if (asked !== route || actor !== as) {
    again = true;
    return;
  }
  showClock(state);
  await showFaults();
  // The address may name a member by key; the list knows everybody by id.
  showConversations(state, view?.id ?? null);
  showNewcomers(state);
  if (!view) return;
  const news = showRoom(view);
  showDialog(view);
  if (news > 0) announce(news === 1 ? 'New message from Rond' : `${news} new messages from Rond`);
  const here = [...state.channels, ...state.people].find((one) => one.id === view.id);
  if (route.kind !== 'home' && here && here.unread > 0 && document.visibilityState === 'visible')
    await post('read', query());
}

function go() {
  const to = readRoute();
  if (location.hash === '#conversation') return;
  const moved = to?.id !== route?.id || to?.kind !== route?.kind;
  route = to;
  if (moved) as = null;
  document.body.classList.toggle('in-room', route !== null);
  byId('welcome').hidden = route !== null;
  byId('room').hidden = route === null;
  if (moved) clearRoom();
  // Slack tells the app that somebody looks at its home: it is drawn then.
  if (moved && route?.kind === 'home') post('home', { person: route.id }).catch(fault).finally(load);
  load();
}

runClock(load);
runFaults();
runNewcomers(load);
runRoom({
  chooseAs: (id) => {
    as = id;
    // Until what they see is there, nothing can be pressed or written: it would be done as somebody else.
    clearRoom();
    load();
  },
  load,
});
runDialog(load);
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('conversation').focus();
});
window.addEventListener('hashchange', go);
document.addEventListener('visibilitychange', load);

let away = false;
listen(load, (here) => {
  if (!here && !away) notice('The sandbox does not answer. The page tries again by itself.', 'fault');
  if (here && away) notice('The sandbox is back.');
  // The first time too: what changed between the first look and the first listening, nobody told.
  if (here) load();
  away = !here;
});
go();
