import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { NamedResearchers } from '../../components/NamedResearchers';
import { Runners } from '../../components/Runners';
import { PageTitle } from '../../components/PageTitle';
import { formats, messages } from '../../i18n';
import { useLoad } from '../../lib/useLoad';
import { TakeHome } from './TakeHome';

export function AboutView() {
  const words = messages.value.about;
  const { id, title, demo, attribution, counts, latest_release, publication_policy } = openCommunity();
  const { number, date } = formats.value;
  const release = useLoad(() => (latest_release ? api.release(id, latest_release) : Promise.resolve(null)), [id, latest_release]);
  return (
    <article class="narrow prose">
      <PageTitle>{words.title}</PageTitle>
      {words.what.map((text, index) => <p key={text} class={index === 0 ? 'lead' : undefined}>{text}</p>)}

      {demo && <p class="notice">{words.madeUp(title)}</p>}

      <h2>{words.whoTitle}</h2>
      <Runners />
      <p>{words.who(title)}</p>
      <NamedResearchers />

      <h2>{words.privacyTitle}</h2>
      <ul class="stack-small">{words.privacy.map((text) => <li key={text}>{text}</li>)}</ul>

      <h2>{words.promiseTitle}</h2>
      {release.value ? (
        <>
          <p>{words.releaseOf(date(release.value.made_at))}</p>
          <blockquote class="promise" lang="en">{release.value.guarantee}</blockquote>
        </>
      ) : <p>{words.noRelease}</p>}
      <p>{words.refresh(number(publication_policy.releases_per_year), number(publication_policy.minimum_age_days))}</p>

      <h2>{words.dataTitle}</h2>
      <p class="figures-inline">{words.numbers(number(counts.supports), number(counts.neighbourhoods))}</p>
      {attribution ? <p>{words.supportsFrom} {attribution}</p> : !demo && <p>{words.ownSupports}</p>}
      <ul class="stack-small">{words.licences.map((text) => <li key={text}>{text}</li>)}</ul>

      <TakeHome />
    </article>
  );
}
