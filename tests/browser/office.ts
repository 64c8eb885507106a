/** A community of its own with staff: who comes in by a one-time link, as the command line makes them. */
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base, type Site } from './fixtures';
import { announced, stop } from './server';

export const PASSWORD = 'jõe ääres on vaikne';

export interface Office extends Site {
  /** The address of a new one-time link. */
  link(email: string, role: string): string;
  /** Makes an API token, and says what the command said. */
  token(email: string): string;
}

/** Runs the program on the office's own data. */
export type Stead = (...args: string[]) => string;

/** Journeys in a community that is made by `prepare`, in its data directory. */
export const officeTest = (community: string, prepare: (stead: Stead, directory: string) => void) =>
  base.extend<object, { office: Office }>({
    office: [
      async ({ browserName: _unused }, use) => {
        const program = process.env['STEAD_BIN'] ?? '';
        const directory = mkdtempSync(join(tmpdir(), 'stead-staff-'));
        const stead: Stead = (...args) => execFileSync(program, [...args, '--data-dir', directory], { encoding: 'utf8' });
        prepare(stead, directory);
        const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data-dir', directory], { stdio: ['ignore', 'pipe', 'inherit'] });
        const { url } = await announced(server);
        await use({
          origin: url,
          community,
          link: (email, role) => /#link=\S+/.exec(stead('staff', 'add', email, '--role', role, '--community', community))?.[0] ?? '',
          token: (email) => stead('token', 'add', email, '--scope', 'places:read', '--expires', '30d'),
        });
        await stop(server);
        expect(stead('check')).toContain('the access log is whole');
        rmSync(directory, { recursive: true });
      },
      { scope: 'worker' },
    ],
    site: async ({ office }, use) => use(office),
  });

/** RFC 6238, as an authenticator app does it. */
export function totp(secret: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash[19] ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Opens the account of a one-time link, and stands before the desk. Returns the secret of the second factor. */
export async function comeIn(page: Page, { origin, community }: Site, link: string): Promise<string> {
  await page.goto(`${origin}/${community}/staff${link}`);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await page.getByLabel('Type the code that the app shows').fill(totp(secret));
  await page.getByRole('button', { name: 'Open my account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'For staff' })).toBeVisible();
  return secret;
}
