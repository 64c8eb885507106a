import { here, navigate } from '../../../app/router';
import { PageTitle } from '../../../components/PageTitle';
import { messages } from '../../../i18n';
import { CheckStep } from './CheckStep';
import { draft, emptyDraft, STEPS } from './draft';
import { FeelingsStep } from './FeelingsStep';
import { KindStep } from './KindStep';
import { PrecisionStep } from './PrecisionStep';
import { ShareStep } from './ShareStep';
import { StoryStep } from './StoryStep';
import { WhereStep } from './WhereStep';

export function startNewPlace(): void {
  draft.value = emptyDraft();
  navigate(here('share', 'add', 'where'));
}

/** The questions, one a screen. Each has its own address, so that the browser's "back" works, too. */
export function AddPlace({ step: asked }: { step: string | undefined }) {
  const words = messages.value;
  const current = draft.value;
  const step = STEPS.find((name) => name === asked) ?? 'where';
  if (!current) {
    return (
      <section class="narrow">
        <PageTitle>{words.mine.add}</PageTitle>
        <p>{words.add.lost}</p>
        <button type="button" class="button button-main" onClick={startNewPlace}>{words.mine.add}</button>
      </section>
    );
  }
  switch (step) {
    case 'where': return <WhereStep key={step} current={current} />;
    case 'kind': return <KindStep key={step} current={current} />;
    case 'feelings': return <FeelingsStep key={step} current={current} />;
    case 'precision': return <PrecisionStep key={step} current={current} />;
    case 'share': return <ShareStep key={step} current={current} />;
    case 'story': return <StoryStep key={step} current={current} />;
    case 'check': return <CheckStep key={step} current={current} />;
  }
}
