import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/rooms.css';
import { render } from 'preact';
import { App } from './app/App';
import { NEUTRAL_PATH } from './app/leaveQuickly';
import { parseRoute, startRouter } from './app/router';
import { keepAppOnDevice } from './app/serviceWorker';
import { signOutIfPromised } from './app/promisedSignOut';
import { preferredLanguage, speak, storedLanguage } from './i18n';

const root = document.getElementById('app');

if (location.pathname === NEUTRAL_PATH) {
  // Somebody left quickly: an empty page under a name that tells nothing.
  document.title = 'New tab';
} else if (root) {
  startRouter();
  keepAppOnDevice();
  await signOutIfPromised();
  const asked = parseRoute(location.pathname, location.search).query.get('lang');
  await speak(preferredLanguage(asked, storedLanguage(), navigator.languages));
  render(<App />, root);
}
