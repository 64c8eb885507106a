import '../../styles/shortlist.css';
import { useEffect, useState } from 'preact/hooks';
import { api, Problem, Unreachable } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { QrCode } from '../../components/QrCode';
import { weekInOneLine } from '../../components/WeekStrip';
import { formats, inLanguage, messages } from '../../i18n';
import { readableHours } from '../../lib/hours';
import { useLoad } from '../../lib/useLoad';
import { weekOf } from '../../lib/week';
import { moneyOf, schedulesInWords } from './factWords';
import { copyOf, fragmentOf, idsInFragment, keep, keepCopy, shortlist, sizeOf, type Copy } from './shortlist';

interface Listed {
  supports: Support[];
  gone: number;
  /** When the copy was made, if there is no network and this is the copy. */
  copied: string | null;
}

/** The supports as they are now; without a network, the copy of this device. */
async function listed(community: string, ids: readonly string[]): Promise<Listed> {
  try {
    const found = await Promise.all(ids.map((id) => api.support(community, id).catch((reason: unknown) => {
      if (reason instanceof Problem && (reason.status === 404 || reason.status === 410)) return null;
      throw reason;
    })));
    const supports = found.flatMap((one) => one ?? []);
    return { supports, gone: found.length - supports.length, copied: null };
  } catch (reason) {
    const copy = copyOf(community);
    const supports = copy?.supports.filter(({ id }) => ids.includes(id)) ?? [];
    if (!(reason instanceof Unreachable) || !copy || supports.length === 0) throw reason;
    return { supports, gone: 0, copied: copy.at };
  }
}

/** The supports that somebody chose: to keep, to print, to share, to have without a network. */
export function ShortListView() {
  const words = messages.value;
  const { id: community, title } = openCommunity();
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = () => setFragment(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const own = shortlist(community);
  const sent = idsInFragment(fragment);
  const shared = sent.length > 0 && sent.some((id) => !own.includes(id));
  const ids = shared ? sent : own;
  const load = useLoad(() => listed(community, ids), [community, ids.join()]);
  const [copy, setCopy] = useState<Copy | null>(() => copyOf(community));
  const [said, setSaid] = useState('');
  const { date, number, size } = formats.value;
  const list = words.shortlist;
  const found = load.value;
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const copyLink = async () => {
    try {
      // A page without https has no clipboard at all.
      await navigator.clipboard.writeText(link);
      say(list.copied);
    } catch {
      say(list.copyFailed);
    }
  };
  const supports = found?.supports.filter(({ id }) => ids.includes(id)) ?? [];
  const link = location.origin + here('find', 'list') + fragmentOf(ids);
  const nameOf = (support: Support) => support.properties.name ?? words.find.unnamed(support.properties.category.replaceAll('_', ' '));

  return (
    <section class="narrow short-list">
      <PageTitle>{shared ? list.shared : list.title}</PageTitle>
      <p class="print-only">Stead · {title}</p>
      <p class="no-print">{shared ? list.sharedLead : list.lead}</p>
      {said && <p class="notice notice-done no-print">{said}</p>}
      {load.reason !== null && <ProblemNotice reason={load.reason} retry={load.again} />}
      {ids.length === 0 && <p class="notice">{list.empty}</p>}
      {found?.copied && <p class="notice">{list.fromCopy(date(found.copied))}</p>}
      {found !== null && found.gone > 0 && <p class="notice">{list.gone(found.gone, number(found.gone))}</p>}
      {ids.length > 0 && !found && load.reason === null && <Loading />}
      {supports.length > 0 && (
        <ol class="plain-list kept" aria-label={shared ? list.shared : list.title}>
          {supports.map((support) => (
            <li key={support.id}>
              <h2>{nameOf(support)}</h2>
              <PaperFacts support={support} />
              {!shared && (
                <button type="button" class="button button-small no-print" onClick={() => {
                  keep(community, support.id, false);
                  say(list.removed(nameOf(support)));
                }}>{list.remove(nameOf(support))}</button>
              )}
            </li>
          ))}
        </ol>
      )}
      {shared && (
        <button type="button" class="button button-main no-print" onClick={() => {
          keep(community, sent, true);
          navigate(here('find', 'list'), true);
          setFragment('');
        }}>{list.keepShared}</button>
      )}
      {supports.length > 0 && (
        <>
          <section class="share-list">
            <h2 class="no-print">{list.share}</h2>
            <p class="no-print">{list.shareHint}</p>
            <QrCode text={link} label={list.qr} />
            <div class="row no-print">
              <button type="button" class="button" onClick={() => void copyLink()}>{list.copy}</button>
              <button type="button" class="button" onClick={() => window.print()}>{list.print}</button>
            </div>
            <p class="no-print small list-link"><a href={link}>{list.link}</a></p>
          </section>
          {!shared && (
            <section class="no-print">
              <h2>{list.offlineTitle}</h2>
              {copy && <p>{list.offlineKept(date(copy.at), size(sizeOf(copy.supports)))}</p>}
              {!found?.copied && <p>{list.keepOfflineHint}</p>}
              <div class="row">
                {!found?.copied && (
                  <button type="button" class="button" onClick={() => {
                    const made = { at: new Date().toISOString(), supports };
                    if (!keepCopy(community, made)) return say(list.offlineFailed);
                    setCopy(made);
                    say(list.offlineKept(date(made.at), size(sizeOf(supports))));
                  }}>{list.keepOffline(size(sizeOf(supports)))}</button>
                )}
                {copy && (
                  <button type="button" class="button" onClick={() => {
                    keepCopy(community, null);
                    setCopy(null);
                    say(list.offlineForgotten);
                  }}>{list.forgetOffline}</button>
                )}
              </div>
            </section>
          )}
          <p class="print-only">{list.printed(date(new Date().toISOString()))}</p>
        </>
      )}
      <p class="no-print"><a class="button" href={here('find')}>{list.look}</a></p>
    </section>
  );
}

/** The few lines that a person needs in hand: when, where, whom to call, what it costs. */
function PaperFacts({ support }: { support: Support }) {
  const words = messages.value;
  const { categories } = openCommunity().vocabulary;
  const { address, confidential, opening_hours, schedules, phone, email, website, referral, category, status, closing_on, channel } = support.properties;
  const week = weekOf(opening_hours, schedules);
  const hours = week ? weekInOneLine(week) : [opening_hours && readableHours(opening_hours, words.find.days), ...schedulesInWords(schedules, words.find, formats.value)].filter(Boolean).join('; ');
  const lines = [
    [inLanguage(categories.find(({ id }) => id === category)?.labels, ''), channel === 'place' ? '' : words.find.channels[channel], confidential ? words.find.confidential : address].filter(Boolean).join(' · '),
    hours ? `${words.find.hours}: ${hours}` : words.find.askFirst,
    [phone, email, website?.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')].filter(Boolean).join(' · '),
    [moneyOf(support.properties, words, formats.value), referral === 'unknown' ? '' : words.find.referrals[referral]].filter(Boolean).join(' · '),
    status === 'closing' && closing_on ? words.find.closingOn(formats.value.date(closing_on)) : status === 'active' ? '' : words.find.statuses[status],
  ].filter(Boolean);
  return <>{lines.map((line) => <p key={line}>{line}</p>)}</>;
}
