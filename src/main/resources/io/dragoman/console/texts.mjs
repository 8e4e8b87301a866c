// SPDX-License-Identifier: Apache-2.0
// The words of the console in the reader's language, and how that language writes numbers and times.
const SHIPPED = ['en', 'de'];
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

const asked = new URLSearchParams(location.search).get('lang') || read('lang') || navigator.language || 'en';
const base = asked.toLowerCase().split('-')[0];
/** The language whose words are shown: one that is shipped. */
export const language = SHIPPED.includes(base) ? base : 'en';
export const languages = SHIPPED;
const locale = navigator.language?.toLowerCase().startsWith(language) ? navigator.language : language;
const words = (await import(`./texts/${language}.mjs`)).default;
const plurals = new Intl.PluralRules(locale);
const relative = new Intl.RelativeTimeFormat(locale, { style: 'short' });
const now = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

document.documentElement.lang = language;
document.documentElement.dir = RIGHT_TO_LEFT.includes(base) ? 'rtl' : 'ltr';

/** What this browser keeps for the reader: never a secret. */
export function read(name) {
  try { return localStorage.getItem(`dragoman.${name}`); } catch { return null; }
}

export function keep(name, value) {
  try { localStorage.setItem(`dragoman.${name}`, value); } catch { /* private window: asked again next time */ }
}

export const has = (key) => key in words;

/** Who is written from the other side stays apart, and turns nothing around that stands beside it. */
const apart = (text) => {
  const tame = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(tame) ? `\u2068${tame}\u2069` : tame;
};

/** The text of a key with its places filled; a number in {n} chooses the plural. */
export function t(key, values = {}) {
  const plural = 'n' in values ? `${key}.${plurals.select(values.n)}` : key;
  const text = words[plural] ?? words[`${key}.other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values
    ? (typeof values[name] === 'number' ? num(values[name]) : apart(String(values[name]))) : place));
}

/** The text of a word of the API, such as a state, in whatever case it comes; the word itself where there is none. */
export function word(group, value) {
  if (value == null) return '';
  const key = `${group}.${plain(value)}`;
  return has(key) ? t(key) : has(`${group}.${value}`) ? t(`${group}.${value}`) : String(value);
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const PERIOD = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/;

/** A phrase of the API, {code, of, text}, in the reader's words; null where there are none. */
export function phrase(said) {
  const over = said.code === 'token-ends' && Date.parse(said.of?.at) < Date.now();
  const key = `say.${said.code}`;
  if (over) return t('connector.token-ended', { at: ago(said.of.at) });
  if (!has(key) && !has(`${key}.other`)) return null;
  return t(key, Object.fromEntries(Object.entries(said.of ?? {}).map(([name, value]) => [name, spoken(name, value, said.code)])));
}

/** What is to come is not past while a page stands still. */
const AHEAD = new Set(['next-try', 'budget-used']);
/** What is told with its time of day, not by how long ago it was. */
const ABSOLUTE = new Set(['timer-fired']);

function spoken(name, value, code) {
  if (value?.code) return phrase(value) ?? value.text;
  if (name === 'reason') return word('reason', value);
  if (typeof value !== 'string') return value;
  if (TIME.test(value)) return ABSOLUTE.has(code) ? moment(value, 'full') : ago(value, AHEAD.has(code));
  return period(value) ?? value;
}

/** A length of ISO 8601, such as PT24H, in words; null for what is none. */
export function period(text) {
  const [whole, hours, minutes, seconds] = PERIOD.exec(text) ?? [];
  return whole ? duration(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) : null;
}

/** CONTENT_REFUSED as content-refused. */
export const plain = (value) => String(value ?? '').toLowerCase().replaceAll('_', '-');

export const num = (n, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(n);

export const percent = (rate) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(rate);

export const list = (items) => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(items);

export function moment(iso, style = 'short') {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toDateString() === new Date().toDateString();
  if (style === 'clock') return at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (style === 'full') return at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  if (style === 'day') return at.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (style === 'time' || today) return at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', year });
}

const STEPS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** "12 sec. ago", "in 6 days". */
export function ago(iso, ahead = false) {
  const away = Math.round((Date.parse(iso) - Date.now()) / 1000);
  const seconds = ahead ? Math.max(0, away) : away;
  if (Number.isNaN(seconds)) return '';
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS.at(-1);
  return seconds === 0 ? now.format(0, unit) : relative.format(Math.trunc(seconds / size), unit); // and no "yesterday", which is told by the calendar
}

const amount = (n, unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(n);

/** "3 h 12 min": the two largest units, or as many as are asked for; less than a second in milliseconds. */
export function duration(seconds, units = 2) {
  if (seconds > 0 && seconds < 1) return amount(seconds * 1000, 'millisecond');
  let rest = Math.max(0, Math.round(seconds));
  const shown = [];
  for (const [unit, size] of STEPS) {
    const n = Math.floor(rest / size);
    rest %= size;
    if (n > 0 || (unit === 'second' && shown.length === 0)) {
      shown.push(amount(n, unit));
    }
    if (shown.length === units) break;
  }
  return shown.join(' ');
}

export function bytes(n) {
  const [unit, size] = n >= 1e6 ? ['megabyte', 1e6] : n >= 1e3 ? ['kilobyte', 1e3] : ['byte', 1];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(n / size);
}
