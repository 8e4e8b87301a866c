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
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

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

/** The text of a key with its places filled; a number in {n} chooses the plural. */
export function t(key, values = {}) {
  const plural = 'n' in values ? `${key}.${plurals.select(values.n)}` : key;
  const text = words[plural] ?? words[`${key}.other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values
    ? (typeof values[name] === 'number' ? num(values[name]) : String(values[name])) : place));
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
  const key = `say.${said.code}`;
  if (!has(key) && !has(`${key}.other`)) return null;
  return t(key, Object.fromEntries(Object.entries(said.of ?? {}).map(([name, value]) => [name, spoken(name, value)])));
}

function spoken(name, value) {
  if (value?.code) return phrase(value) ?? value.text;
  if (name === 'reason') return word('reason', value);
  if (typeof value !== 'string') return value;
  const [period, hours, minutes, seconds] = PERIOD.exec(value) ?? [];
  if (period) return duration(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0));
  return TIME.test(value) ? ago(value) : value;
}

/** CONTENT_REFUSED as content-refused. */
export const plain = (value) => String(value ?? '').toLowerCase().replaceAll('_', '-');

export const num = (n, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(n);

export const list = (items) => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(items);

export function moment(iso, style = 'short') {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const today = at.toDateString() === new Date().toDateString();
  if (style === 'clock') return at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (style === 'full') return at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  if (style === 'day') return at.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (style === 'time' || today) return at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short' });
}

const STEPS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** "12 sec. ago", "in 6 days". */
export function ago(iso, now = Date.now()) {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (Number.isNaN(seconds)) return '';
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS.at(-1);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** "3 h 12 min": the two largest units. */
export function duration(seconds) {
  let rest = Math.max(0, Math.round(seconds));
  const shown = [];
  for (const [unit, size] of STEPS) {
    const n = Math.floor(rest / size);
    rest %= size;
    if (n > 0 || (unit === 'second' && shown.length === 0)) {
      shown.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n));
    }
    if (shown.length === 2) break;
  }
  return shown.join(' ');
}

export function bytes(n) {
  const [unit, size] = n >= 1e6 ? ['megabyte', 1e6] : n >= 1e3 ? ['kilobyte', 1e3] : ['byte', 1];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(n / size);
}
