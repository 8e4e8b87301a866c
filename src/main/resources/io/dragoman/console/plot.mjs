// SPDX-License-Identifier: Apache-2.0
// Small bars of our own; whole plots by uPlot, which is loaded when the first one is shown.
import { el, useEffect, useRef, useState } from './dom.mjs';
import { moment, num } from './texts.mjs';

/** Bars of what came in and, above it, what went out. */
export function Spark({ values, most, label }) {
  const width = 4 * values.length;
  const bars = values.flatMap(([inward, outward], i) => {
    const a = (inward / most) * 28;
    const b = (outward / most) * 28;
    return [a > 0 && el('rect.in', { key: `i${i}`, x: i * 4, y: 30 - a, width: 3, height: a }),
      b > 0 && el('rect.out', { key: `o${i}`, x: i * 4, y: 30 - a - b, width: 3, height: b })];
  });
  return el('svg.spark', { viewBox: `0 0 ${width} 30`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, bars);
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param lines [{ label, values }] beside the times in seconds */
export function Plot({ times, lines, label, height = 220 }) {
  const box = useRef(null);
  const [scheme, setScheme] = useState(0);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setScheme((n) => n + 1);
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);
  useEffect(() => {
    let plot = null;
    let gone = false;
    let watch = null;
    import('uplot').then(({ default: UPlot }) => {
      if (gone || !box.current) return;
      const axis = { stroke: token('--muted'), grid: { stroke: token('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
      const colors = ['--plot-1', '--plot-2', '--plot-3', '--plot-4'];
      plot = new UPlot({ width: box.current.clientWidth, height, legend: { show: false }, cursor: { y: false },
        axes: [{ ...axis, values: (_, ticks) => ticks.map((tick) => moment(new Date(tick * 1000).toISOString())) },
          { ...axis, size: 44, values: (_, ticks) => ticks.map((tick) => num(tick)) }],
        scales: { y: { range: (_, low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
        series: [{}, ...lines.map((line, i) => ({ label: line.label, stroke: token(colors[i]), width: 2, points: { show: false },
          fill: i === 0 ? `${token(colors[i])}22` : undefined }))] },
      [times, ...lines.map((line) => line.values)], box.current);
      plot.root.setAttribute('aria-hidden', 'true');
      watch = new ResizeObserver(() => { if (box.current) plot.setSize({ width: box.current.clientWidth, height }); });
      watch.observe(box.current);
    }).catch(() => { /* the table below says the same */ });
    return () => { gone = true; watch?.disconnect(); plot?.destroy(); };
  }, [times, lines, scheme]);
  return el('figure.plot', el('figcaption', label, el('ul.legend', lines.map((line, i) => el('li', { key: line.label, class: `plot-${i + 1}` }, line.label)))),
    el('div.plot-box', { ref: box, style: { blockSize: `${height}px` } }));
}
