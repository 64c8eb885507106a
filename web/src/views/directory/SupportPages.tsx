import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { formats } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { useLoad } from '../../lib/useLoad';
import { CloseSupport } from './CloseSupport';
import { EditSupport } from './EditSupport';
import { Failure } from './Failure';
import { History } from './History';
import { MergeSupport } from './MergeSupport';
import { nameOf } from './naming';
import { said } from './said';

export const TABS = [['edit', ''], ['close', 'close'], ['merge', 'merge'], ['history', 'history']] as const;

/** One support: change it, close it, merge it, see what became of it. */
export function SupportPages({ id, what }: { id: string; what: string }) {
  const words = directoryMessages.value;
  const community = openCommunity();
  const load = useLoad(() => api.support(community.id, id), [community.id, id]);
  const [support, setSupport] = useState<Support | null>(null);
  useEffect(() => {
    if (!load.value) return;
    // Who follows an old address is led to the one that it was merged into.
    if (load.value.id !== id) navigate(here('staff', 'directory', load.value.id, ...(what ? [what] : [])), true);
    else setSupport(load.value);
  }, [load.value]);
  // The page that is left must not take away what the next one has to say.
  useEffect(() => () => void (what === '' && said.value?.of === id && (said.value = null)), []);

  const tab = TABS.find(([, screen]) => screen === what)?.[0] ?? 'edit';
  const again = () => load.again();
  return (
    <div class="directory">
      <p class="back-line"><a href={here('staff', 'directory')}>{words.toList}</a></p>
      {load.reason !== null && <Failure reason={load.reason} retry={load.again} />}
      {!support && load.reason === null && <Loading />}
      {support && (
        <>
          <PageTitle>{tab === 'edit' ? nameOf(support) : words[`${tab}Title`](nameOf(support))}</PageTitle>
          <nav class="row tabs" aria-label={words.tabs}>
            {TABS.map(([name, screen]) => (
              <a key={name} href={here('staff', 'directory', id, ...(screen ? [screen] : []))} aria-current={name === tab ? 'page' : undefined}>{words.tab[name]}</a>
            ))}
          </nav>
          <div role="status">{tab === 'edit' && said.value?.of === id && <p class="notice notice-done">{said.value.text}</p>}</div>
          {support.properties.missing_since && tab !== 'history' && <p class="notice">{words.missingNotice(formats.value.date(support.properties.missing_since))}</p>}
          {tab === 'edit' && <EditSupport support={support} changed={setSupport} />}
          {tab === 'close' && <CloseSupport key={support.properties.version} support={support} again={again} />}
          {tab === 'merge' && <MergeSupport key={support.properties.version} support={support} again={again} />}
          {tab === 'history' && <History id={id} />}
        </>
      )}
    </div>
  );
}
