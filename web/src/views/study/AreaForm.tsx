import { useMemo, useState } from 'preact/hooks';
import type { Neighbourhood, Place } from '../../api/types';
import { Choice } from '../../components/Choice';
import { CoordinateFields } from '../../components/CoordinateFields';
import { Field } from '../../components/Field';
import { formats, messages } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { areaOf, MOST_VERTICES, vertices } from './area';
import { toggled } from './lists';
import { areaOfAsk, RADIUS, type Ask, type AreaWay } from './selection';
import { StudyMap } from './StudyMap';

const WAYS: readonly AreaWay[] = ['all', 'neighbourhoods', 'circle', 'draw', 'paste'];

interface AreaFormProps {
  ask: Ask;
  change: (part: Partial<Ask>) => void;
  neighbourhoods: readonly Neighbourhood[];
  /** Shown on the map once they were read. */
  places: readonly Place[];
}

/** Where: the whole map, neighbourhoods by name, or an area that is drawn, measured out or pasted. */
export function AreaForm({ ask, change, neighbourhoods, places }: AreaFormProps) {
  const words = studyMessages.value;
  const { number, coordinates } = formats.value;
  const area = useMemo(() => areaOfAsk(ask), [ask]);
  const ways = WAYS.filter((way) => way !== 'neighbourhoods' || neighbourhoods.length > 0);
  return (
    <fieldset class="stack-small">
      <legend><h2>{words.area}</h2></legend>
      <div class="offered">
        {ways.map((way) => <Choice key={way} type="radio" name="way" value={way} checked={ask.way === way} title={words.way[way]} onChange={() => change({ way })} />)}
      </div>
      {ask.way === 'neighbourhoods' && (
        <fieldset>
          <legend>{words.way.neighbourhoods}</legend>
          <div class="offered study-areas">
            {neighbourhoods.map(({ id, properties: { name } }) => (
              <Choice key={id} type="checkbox" name="neighbourhood" value={id} checked={ask.neighbourhoods.includes(id)} title={name}
                onChange={() => change({ neighbourhoods: toggled(ask.neighbourhoods, id) })} />
            ))}
          </div>
        </fieldset>
      )}
      {ask.way === 'circle' && (
        <div class="stack-small">
          <RadiusField metres={ask.metres} change={(metres) => change({ metres })} />
          {ask.centre && <p>{words.centreAt(coordinates(ask.centre))}</p>}
          <StudyMap area={area} places={places} put={{ label: words.putCentre, at: (centre) => change({ centre }) }} />
          <details>
            <summary>{messages.value.add.typeWay}</summary>
            <CoordinateFields use={(centre) => change({ centre })} />
          </details>
        </div>
      )}
      {ask.way === 'draw' && (
        <div class="stack-small">
          <p class="small muted">{words.drawHelp}</p>
          <StudyMap area={area} corners={ask.corners} places={places} put={{ label: words.putCorner, at: (corner) => change({ corners: [...ask.corners, corner] }) }} />
          <div class="row">
            <span aria-live="polite">{words.corners(number(ask.corners.length))}</span>
            {ask.corners.length > 0 && <button type="button" class="button" onClick={() => change({ corners: ask.corners.slice(0, -1) })}>{words.lastCorner}</button>}
          </div>
          <details>
            <summary>{messages.value.add.typeWay}</summary>
            <CoordinateFields use={(corner) => change({ corners: [...ask.corners, corner] })} />
          </details>
        </div>
      )}
      {ask.way === 'paste' && (
        <div class="stack-small">
          <PasteField change={change} />
          {ask.pasted && <p>{words.pasteGood(number(vertices(ask.pasted)))}</p>}
        </div>
      )}
      {(ask.way === 'paste' || ask.way === 'all' || ask.way === 'neighbourhoods') && (area !== null || places.length > 0) && <StudyMap area={area} places={places} />}
    </fieldset>
  );
}

function RadiusField({ metres, change }: { metres: number; change: (metres: number) => void }) {
  const words = studyMessages.value;
  const [typed, setTyped] = useState(String(metres));
  const read = Number(typed.replace(/\s/g, '').replace(',', '.'));
  const good = read >= RADIUS[0] && read <= RADIUS[1];
  return (
    <Field label={words.radius} hint={words.radiusHint} inputMode="decimal" value={typed} error={good ? null : words.radiusHint}
      onInput={(text) => { setTyped(text); change(Number(text.replace(/\s/g, '').replace(',', '.'))); }} />
  );
}

function PasteField({ change }: { change: (part: Partial<Ask>) => void }) {
  const words = studyMessages.value;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const paste = (text: string) => {
    setTyped(text);
    const found = text.trim() ? areaOf(text) : null;
    const long = found !== null && vertices(found) > MOST_VERTICES;
    setError(long ? words.pasteLong : found === null && text.trim() ? words.pasteBad : null);
    change({ pasted: long ? null : found });
  };
  return <Field label={words.paste} hint={words.pasteHint} rows={6} value={typed} onInput={paste} error={error} />;
}
