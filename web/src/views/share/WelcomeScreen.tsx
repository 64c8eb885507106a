import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Runners } from '../../components/Runners';
import { PageTitle } from '../../components/PageTitle';
import { messages } from '../../i18n';
import { SaidNotice } from './SaidNotice';

export function WelcomeScreen() {
  const words = messages.value.welcome;
  const { title, demo } = openCommunity();
  return (
    <section class="welcome">
      <SaidNotice />
      <div class="welcome-words">
        <PageTitle>{words.title(title)}</PageTitle>
        <p class="lead">{words.lead}</p>
        <ul class="plain-list promises">
          {words.points.map((point) => <li key={point}>{point}</li>)}
        </ul>
        <Runners />
        <div class="row">
          <a class="button button-main" href={here('share', 'join')}>{words.join}</a>
          <a class="button" href={here('share', 'return')}>{words.comeBack}</a>
        </div>
        <p><a href={here('find')}>{words.look}</a></p>
        {demo && <p class="small muted">{messages.value.about.madeUp(title)}</p>}
      </div>
      <svg class="welcome-drawing" viewBox="0 0 320 320" aria-hidden="true">
        <path class="ground" d="M20 210c40-60 90-20 130-60s60-90 110-80 60 70 40 130-60 100-140 100S-20 270 20 210Z" />
        <path class="water" d="M8 246c50-30 80 10 130-16s70-60 174-56" />
        <path class="walk" d="M84 214c30-6 34-40 66-46s46-24 70-58" />
        <path class="doing" d="m220 84 26 26-26 26-26-26Z" />
        <circle class="being" cx="84" cy="214" r="20" />
        <path class="doing" d="m150 142 28 28-28 28-28-28Z" />
        <circle class="being ring" cx="150" cy="170" r="13" />
      </svg>
    </section>
  );
}
