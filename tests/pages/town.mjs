/** The made-up town, and the people in it whose pages are looked at: each signs in once, and every browser is given their keys. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';

export const COMMUNITY = 'kaldavere';
const PASSWORD = 'jõe ääres on vaikne';
const ROLES = ['researcher', 'planner', 'steward'];

/** Starts the town; resolves with its address, a person's return code and the one-time links of the staff. */
export function town(stead) {
  const server = spawn(stead, ['demo', '--listen', '127.0.0.1:0', '--seed', '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the town ended with ${code}: ${said}`)));
    server.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (!url) return;
      const links = Object.fromEntries(ROLES.map((role) => [role, new RegExp(`${role} \\S+#link=(\\w+)`).exec(said)?.[1]]));
      resolve({ server, url, code: /return code (\S+)/.exec(said)?.[1], links });
    });
  });
}

async function ask(url, path, body, cookie) {
  const answer = await fetch(`${url}/api/${path}`, {
    method: body ? 'POST' : 'GET', body: body && JSON.stringify(body),
    headers: { Origin: url, 'Content-Type': 'application/json', ...(cookie && { Cookie: `${cookie.name}=${cookie.value}` }) },
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  const key = /^([^=]+)=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '');
  return { said: await answer.json(), cookie: key && { name: key[1], value: key[2] } };
}

/** RFC 6238, as an authenticator app does it. */
function totp(secret) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Chooses a password by a one-time link and confirms the second factor, as the pages do. */
async function comeIn(url, link_token) {
  const { said } = await ask(url, 'staff/activate', { link_token, password: PASSWORD });
  const { cookie } = await ask(url, 'staff/activate/confirm', { link_token, totp: totp(said.totp_secret) });
  return { cookie, remembered: { 'stead.staff': '1' } };
}

/** Whoever sees a page: what their browser holds, by the names of pages.json; and the ids that its addresses need. */
export async function people({ url, code, links }) {
  const home = `communities/${COMMUNITY}`;
  const { cookie } = await ask(url, `${home}/participants/return`, { return_code: code });
  const keys = { everybody: null, participant: { cookie, remembered: { [`stead.here.${COMMUNITY}`]: '1' } } };
  for (const role of ROLES) keys[role] = await comeIn(url, links[role]);
  const first = async (path, key) => (await ask(url, `${home}/${path}`, undefined, key)).said.features[0].id;
  return { keys, ids: { area: await first('neighbourhoods'), support: await first('supports?limit=1'), place: await first('places?limit=1', cookie) } };
}

/** The address of a page, with the ids that it needs. */
export const addressOf = (url, path, ids) => `${url}/${COMMUNITY}/${path.replace(/\{(\w+)\}/g, (_, name) => ids[name])}`;
