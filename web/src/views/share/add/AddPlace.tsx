import { openCommunity } from '../../../app/community';
import { PageTitle } from '../../../components/PageTitle';
import { messages } from '../../../i18n';
import { mine } from '../../../i18n/mine';
import { questionsNow, stepsNow } from './asking';
import { CheckStep } from './CheckStep';
import { draft } from './draft';
import { FeelingsStep } from './FeelingsStep';
import { HomeStep } from './HomeStep';
import { KindStep } from './KindStep';
import { MeaningStep } from './MeaningStep';
import { NameStep } from './NameStep';
import { OftenStep } from './OftenStep';
import { PartsStep } from './PartsStep';
import { PrecisionStep } from './PrecisionStep';
import { QuestionStep } from './QuestionStep';
import { ShareStep } from './ShareStep';
import { SinceStep } from './SinceStep';
import { startNewPlace } from './start';
import { questionAt, stepCalled } from './steps';
import { StoryStep } from './StoryStep';
import { SupportStep } from './SupportStep';
import { UntakenStep } from './UntakenStep';
import { WhereStep } from './WhereStep';
import { WordsStep } from './WordsStep';

/** The questions, one a screen. Each has its own address, so that the browser's "back" works, too. */
export function AddPlace({ step: asked }: { step: string | undefined }) {
  const words = messages.value;
  const { place } = mine.words;
  const { vocabulary } = openCommunity();
  const current = draft.value;
  const step = stepCalled(asked, stepsNow());
  if (!current) {
    return (
      <section class="narrow">
        <PageTitle>{words.mine.add}</PageTitle>
        <p>{place.nothingBegun}</p>
        <button type="button" class="button button-main" onClick={startNewPlace}>{words.mine.add}</button>
      </section>
    );
  }
  switch (step) {
    case 'where': return <WhereStep key={step} current={current} />;
    case 'kind': return <KindStep key={step} current={current} />;
    case 'feelings': return <FeelingsStep key={step} current={current} />;
    case 'meaning': return <MeaningStep key={step} current={current} />;
    case 'activities':
      return <WordsStep key={step} step={step} current={current} group="activity" property="activities" offered={vocabulary.activities} title={place.activitiesTitle} lead={place.activitiesLead} own={place.activitiesOwn} />;
    case 'company':
      return <WordsStep key={step} step={step} current={current} group="companion" property="company" offered={vocabulary.company} title={place.companyTitle} lead={place.companyLead} />;
    case 'received':
    case 'given': return <SupportStep key={step} way={step} current={current} />;
    case 'barriers':
      return <WordsStep key={step} step={step} current={current} group="barrier" property="barriers" offered={vocabulary.barriers} title={place.barriersTitle} lead={place.barriersLead} own={place.barriersOwn} />;
    case 'often': return <OftenStep key={step} current={current} />;
    case 'parts': return <PartsStep key={step} current={current} />;
    case 'since': return <SinceStep key={step} current={current} />;
    case 'name': return <NameStep key={step} current={current} />;
    case 'story': return <StoryStep key={step} current={current} />;
    case 'untaken': return <UntakenStep key={step} current={current} />;
    case 'home': return <HomeStep key={step} current={current} />;
    case 'precision': return <PrecisionStep key={step} current={current} />;
    case 'share': return <ShareStep key={step} current={current} />;
    case 'check': return <CheckStep key={step} current={current} />;
    default: {
      const item = questionsNow()[questionAt(step)];
      return item ? <QuestionStep key={step} step={step} current={current} item={item} /> : null;
    }
  }
}
