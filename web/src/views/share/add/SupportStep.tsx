import { openCommunity } from '../../../app/community';
import type { SupportType } from '../../../api/types';
import { mine } from '../../../i18n/mine';
import { change, toggled, type Draft } from './draft';
import { StepFrame } from './StepFrame';

const WAYS = ['received', 'given'] as const;

/** Support goes both ways: what I get here stands beside what I give. */
export function SupportStep({ current }: { current: Draft }) {
  const { place, support } = mine.words;
  const set = (way: (typeof WAYS)[number], type: SupportType) => change({ support: { ...current.support, [way]: toggled(current.support[way], type) } });
  return (
    <StepFrame step="support" title={place.supportTitle} lead={place.supportLead} skip={() => change({ support: { received: [], given: [] } })}>
      <ul class="plain-list exchange">
        {openCommunity().vocabulary.support_types.map((type) => (
          <li key={type}>
            <fieldset>
              <legend>{support[type].title}</legend>
              <p class="hint">{support[type].hint}</p>
              <div class="row">
                {WAYS.map((way) => (
                  <label key={way} class={`tick way-${way}`}>
                    <input type="checkbox" checked={current.support[way].includes(type)} onChange={() => set(way, type)} />
                    <span>{support[way]}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
    </StepFrame>
  );
}
