/** Starts the real server once for the whole run, with the made-up town, and stops that one process at the end. */
import { spawn, type ChildProcess } from 'node:child_process';

/** Building the town and its first release takes seconds in a release build, longer in a debug build. */
const START_MS = 180_000;

export default async function startServer(): Promise<() => Promise<void>> {
  const program = process.env['STEAD_BIN'];
  if (!program) throw new Error('STEAD_BIN must name the stead program, for example target/debug/stead.');
  const server = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--seed', '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { url, returnCode, links } = await announced(server);
    process.env['STEAD_URL'] = url;
    process.env['STEAD_RETURN_CODE'] = returnCode;
    // Each opens an account once: only the journey through all pages may use them.
    process.env['STEAD_STAFF_LINKS'] = JSON.stringify(links);
  } catch (reason) {
    server.kill('SIGKILL');
    throw reason;
  }
  return () => stop(server);
}

/** Resolves once the server says that it listens; rejects when it ends or says nothing for too long. */
export function announced(server: ChildProcess): Promise<{ url: string; returnCode: string; links: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`The server was not ready in time. It said:\n${said}`)), START_MS);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}. It said:\n${said}`)));
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (!url) return;
      clearTimeout(timer);
      const links = Object.fromEntries([...said.matchAll(/(\w+) \S+(#link=\w+)/g)].map(([, role = '', link = '']) => [role, link]));
      resolve({ url, returnCode: /return code:? +([0-9A-Z-]{19})/.exec(said)?.[1] ?? '', links });
    });
  });
}

export function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}
