/**
 * Journeys through the real server in a real browser. They need a built `stead` (`STEAD_BIN`) and Chromium
 * (`CHROMIUM`, or the one of the system): `npm --prefix web run browser`.
 */
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

const quiet = ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-gpu-rasterization', '--disable-gpu-compositing'];
/** No graphics card is needed: the map is drawn in software. */
const softwareWebGl = ['--enable-unsafe-swiftshader', '--use-gl=angle', '--use-angle=swiftshader'];

const browser = (args: string[]): PlaywrightTestConfig['use'] => ({
  browserName: 'chromium',
  launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: [...quiet, ...args] },
});

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  // Every journey joins as somebody new, so they may run side by side on one server.
  fullyParallel: true,
  workers: Number(process.env['STEAD_BROWSER_WORKERS'] ?? 2),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  globalSetup: './server.ts',
  reporter: [['list'], ['./counts.ts']],
  // Nothing moves: a finding about contrast must not depend on the middle of a fade.
  use: { contextOptions: { reducedMotion: 'reduce' }, locale: 'en-GB', timezoneId: 'Europe/Tallinn', screenshot: 'only-on-failure', permissions: [] },
  projects: [
    { name: 'phone', testIgnore: /without-webgl/, grepInvert: /@once-on-desktop/, use: { ...browser(softwareWebGl), viewport: phone, hasTouch: true } },
    { name: 'desktop', testIgnore: /without-webgl/, grepInvert: /@once-on-phone/, use: { ...browser(softwareWebGl), viewport: desktop } },
    { name: 'no-webgl-phone', testMatch: /without-webgl/, use: { ...browser(['--disable-3d-apis']), viewport: phone, hasTouch: true } },
    { name: 'no-webgl-desktop', testMatch: /without-webgl/, use: { ...browser(['--disable-3d-apis']), viewport: desktop } },
  ],
});
