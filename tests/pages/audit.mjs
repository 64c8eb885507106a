/**
 * Holds every page of pages.json, as those see it who may, to pa11y (HTML_CodeSniffer, WCAG 2 AA) and to Lighthouse as a phone opens it.
 *
 * Usage: node audit.mjs STEAD [--speed 95 [--calibrated]] [--only PART]. Starts the made-up town and ends with one line that
 * counts: a page held to one of the two is a test. Performance is a time, which other work on the machine changes: it is
 * measured and judged only with --speed, a test more for every page.
 *
 * Lighthouse takes a phone to be a desktop slowed down four times. On a machine that is itself slower than a desktop that
 * would be a phone that nobody has; with --calibrated it is slowed down less there, as Lighthouse advises
 * (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md#calibrating-the-cpu-slowdown). Either way the
 * slow-down is told, beside what Lighthouse's own benchmark made of the machine just before.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { defaultSettings } from 'lighthouse/core/config/constants.js';
import { pageFunctions } from 'lighthouse/core/lib/page-functions.js';
import pa11y from 'pa11y';
import puppeteer from 'puppeteer';
import { addressOf, COMMUNITY, people, town } from './town.mjs';

const PAGES = JSON.parse(readFileSync(new URL('pages.json', import.meta.url), 'utf8'));
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };
const PERFECT = ['accessibility', 'best-practices'];
/** Where no time is taken, the page is looked at as soon as it has fetched what it shows, and no picture of it is kept. */
const UNTIMED = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, cpuQuietThresholdMs: 0, disableFullPageScreenshot: true };
/** What Lighthouse slows down, and the least that a desktop makes of its benchmark: a phone makes 375 of it. */
const [SLOWDOWN, DESKTOP] = [4, 1500];

const [stead, ...options] = process.argv.slice(2);
const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const speed = Number(option('--speed') ?? 0) / 100;
const calibrated = options.includes('--calibrated');
const wanted = (page) => page.includes(option('--only') ?? '');
if (!stead) throw new Error('usage: node audit.mjs STEAD [--speed 95 [--calibrated]] [--only PART]');

let [passed, failed] = [0, 0];
function held(name, findings) {
  if (findings.length === 0) passed += 1;
  else failed += 1;
  if (findings.length > 0) console.log(`FAILED ${name}\n  ${findings.join('\n  ')}`);
}

/** The words of a page are there, and nothing is being fetched any more. */
async function settled(page, url) {
  await page.setViewport(PHONE);
  await page.goto(url, { waitUntil: 'networkidle0' });
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.loading'));
}

async function sniff(browser, url, name) {
  const page = await browser.newPage();
  await settled(page, url);
  const { issues } = await pa11y(url, { browser, page, ignoreUrl: true, standard: 'WCAG2AA', viewport: PHONE, timeout: 60_000 });
  held(`pa11y, ${name}`, issues.map(({ code, selector, message }) => `${code} ${selector}: ${message}`));
  await page.close();
}

/** Held to what Lighthouse asks beside speed; it leaves the browser too busy to time the page that is opened next. */
async function lightUp(browser, url, name) {
  const lhr = await lighted(browser, url, PERFECT, UNTIMED);
  const of = (category) => lhr.categories[category].score ?? 0;
  const lost = PERFECT.flatMap((category) => lhr.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => `${category}: ${id}: ${JSON.stringify(lhr.audits[id].details?.items?.[0] ?? '').slice(0, 300)}`));
  held(`Lighthouse, ${name}`, PERFECT.every((category) => of(category) === 1) ? [] : [`${PERFECT.map(of)}`, ...lost]);
}

/** The middle one of three, as Lighthouse advises: a single run differs by ten points on the same page. */
async function time(browser, url, name) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    const machine = await benchmark(browser);
    const slowdown = calibrated ? Math.min(SLOWDOWN, SLOWDOWN * machine / DESKTOP) : SLOWDOWN;
    runs.push({ machine, slowdown, lhr: await lighted(browser, url, ['performance'], slowedDown(slowdown)) });
  }
  const of = (lhr) => lhr.categories.performance.score ?? 0;
  const [, { machine, slowdown, lhr }] = runs.sort((a, b) => of(a.lhr) - of(b.lhr));
  const shown = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'].map((id) => lhr.audits[id].displayValue);
  const times = `performance ${Math.round(100 * of(lhr))} (paint ${shown[0]}, largest ${shown[1]}, blocked ${shown[2]}, shift ${shown[3]}; machine ${Math.round(machine)}, slowed down ${slowdown.toFixed(1)} times)`;
  console.log(`${name}: ${times}`);
  held(`speed, ${name}`, of(lhr) < speed ? [times] : []);
}

/** What the machine makes of Lighthouse's benchmark at this moment. */
async function benchmark(browser) {
  const page = await browser.newPage();
  const made = await page.evaluate(pageFunctions.computeBenchmarkIndex);
  await page.close();
  return made;
}

/** As Lighthouse has it, but for the slow-down: a part alone would leave the others out. */
const slowedDown = (cpuSlowdownMultiplier) => ({ throttling: { ...defaultSettings.throttling, cpuSlowdownMultiplier } });

async function lighted(browser, url, onlyCategories, settings) {
  const page = await browser.newPage();
  const { lhr } = await lighthouse(url, { disableStorageReset: true, onlyCategories, logLevel: 'error', ...settings }, undefined, page);
  await page.close();
  return lhr;
}

/** This browser is theirs from now on. Somebody who takes part has begun to add a place. */
async function becomes(browser, url, who, key) {
  if (!key) return;
  const page = await browser.newPage();
  await browser.setCookie({ ...key.cookie, url, domain: new URL(url).hostname, path: '/', httpOnly: true, sameSite: 'Strict' });
  await settled(page, `${url}/${COMMUNITY}/about`);
  await page.evaluate((remembered) => Object.assign(localStorage, remembered), key.remembered);
  if (who === 'participant') {
    await settled(page, `${url}/${COMMUNITY}/share`);
    await page.click('.row > .button-main');
    await page.waitForSelector('form.step');
  } else {
    await page.goto(`${url}/${COMMUNITY}/staff`);
    await page.waitForSelector('.desk');
  }
  await page.close();
}

/** Every page, in a browser of its own for each way to look at it. */
async function everyPage(look, url, { keys, ids }) {
  const profile = mkdtempSync(join(tmpdir(), 'stead-pages-'));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  try {
    for (const [who, pages] of Object.entries(PAGES)) {
      if (!pages.some(wanted)) continue;
      await becomes(browser, url, who, keys[who]);
      for (const page of pages.filter(wanted)) await look(browser, addressOf(url, page, ids), `${page}, ${who}`);
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const started = await town(stead);
try {
  const all = await people(started);
  if (speed > 0) await everyPage(time, started.url, all);
  // What they find takes no time into account: they may disturb each other.
  await Promise.all([lightUp, sniff].map((look) => everyPage(look, started.url, all)));
} finally {
  started.server.removeAllListeners('exit');
  started.server.kill('SIGTERM');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
