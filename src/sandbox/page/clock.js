/** The sandbox clock: shown as it flows, and moved by the bot on request. */

import { post } from './api.js';
import { inputDate, longDate, setZone } from './dates.js';
import { byId } from './element.js';
import { fault } from './notices.js';

/** What the bot calls its events, in words; another word is shown as it is. */
const events = {
  welcome: 'Rond says hello',
  invitation: 'a survey is sent out',
  reminder: 'a reminder to those who have not answered',
  receipt: 'a receipt',
  deadline: 'a deadline is near',
  status: 'owners are asked how it goes',
  fix: 'the convenor is asked to complete the plan',
  overdue: 'the convenor hears what is overdue',
  digest: "the group channel's digest",
  steering: "the steering channel's digest",
  summary: 'the summary of a survey',
  notice: 'a notice',
  'open-round': 'a survey opens',
  'close-round': 'a survey closes',
  'note-overdue': 'something is overdue',
};

let base = 0;
let since = 0;
/** Undefined until the sandbox has said it; null when nothing more is planned. */
let next;
let moving = false;
/** What the page itself put into the date. */
let offered = '';

const now = () => base + (performance.now() - since);

function tick() {
  const time = byId('time');
  const text = longDate(now());
  if (time.textContent !== text) {
    time.textContent = text;
    time.dateTime = new Date(now()).toISOString();
  }
}

/** @param state what /api/state says. */
export function showClock({ clock, bot }) {
  base = Date.parse(clock.now);
  since = performance.now();
  next = clock.next;
  setZone(clock.zone);
  const date = byId('date');
  // What was offered in another zone is another moment.
  if (byId('zone').textContent !== clock.zone && date.value === offered) date.value = '';
  byId('zone').textContent = clock.zone;
  byId('next-what').textContent =
    bot === 'away'
      ? 'The bot does not answer: what comes next is not known.'
      : clock.next
        ? `${longDate(clock.next)}: ${events[clock.what] ?? clock.what ?? 'something is due'}`
        : 'Nothing more is planned.';
  if (!date.value && document.activeElement !== date) {
    offered = inputDate(clock.next ?? clock.now);
    date.value = offered;
  }
  tick();
}

/** @param moved called when the bot has done everything that was due. */
export function runClock(moved) {
  setInterval(tick, 1000);
  const move = async (event, to) => {
    event.preventDefault();
    if (moving) return;
    moving = true;
    busy(true);
    byId('clock-status').textContent = 'Moving the clock. The bot does everything that is due on the way …';
    try {
      const clock = await post('clock', { to: to() });
      byId('clock-status').textContent = `It is now ${longDate(clock.now)}.`;
      byId('date').value = '';
    } catch (error) {
      byId('clock-status').textContent = 'The clock was not moved.';
      fault(error);
    } finally {
      moving = false;
      busy(false);
      moved();
    }
  };
  byId('next-form').addEventListener('submit', (event) => {
    if (next === null) {
      event.preventDefault();
      byId('clock-status').textContent = byId('next-what').textContent;
      return;
    }
    move(event, () => 'next');
  });
  byId('date-form').addEventListener('submit', (event) => move(event, () => byId('date').value));
}

/** Not `disabled`: that would drop the focus. */
function busy(is) {
  for (const button of document.querySelectorAll('.clock button')) button.setAttribute('aria-disabled', String(is));
}
