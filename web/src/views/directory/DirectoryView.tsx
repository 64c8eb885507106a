import '../../styles/directory.css';
import { route } from '../../app/router';
import { DirectoryList } from './DirectoryList';
import { NewSupport } from './NewSupport';
import { SupportPages } from './SupportPages';

/** /{community}/staff/directory: what stewards keep right. */
export function DirectoryView() {
  const [, which, what = ''] = route.value.screen;
  if (which === undefined) return <DirectoryList />;
  if (which === 'add') return <NewSupport />;
  return <SupportPages key={`${which} ${what}`} id={which} what={what} />;
}
