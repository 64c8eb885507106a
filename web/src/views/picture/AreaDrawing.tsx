import type { Hotspot, HotspotProperties } from '../../api/types';
import { boundsOf, middleOf } from '../../lib/geometry';

const WIDTH = 600;
const STRIPED: readonly HotspotProperties['class'][] = ['hot90', 'cold90', 'not_enough'];
const SURE: readonly HotspotProperties['class'][] = ['hot99', 'hot95', 'cold95', 'cold99', 'above', 'below'];

interface AreaDrawingProps {
  features: readonly Hotspot[];
  label: string;
  /** Of the stripes in this page. */
  id: string;
  /** Names are written on neighbourhoods; hexagons share theirs. */
  named: boolean;
  step: (area: HotspotProperties) => number | null;
}

/** The picture without a map: for paper, and for browsers without WebGL. The same fills, stripes and outlines. */
export function AreaDrawing({ features, label, id, named, step }: AreaDrawingProps) {
  const shapes = features.flatMap(({ geometry, properties }) => (geometry ? [{ geometry, properties }] : []));
  const bounds = boundsOf(shapes.map(({ geometry }) => geometry));
  if (!bounds) return null;
  const [west, south, east, north] = bounds;
  const scale = WIDTH / (east - west);
  // Degrees of longitude are shorter than those of latitude; the picture keeps true proportions at its middle.
  const tall = scale / Math.cos((((south + north) / 2) * Math.PI) / 180);
  const at = ([lon = 0, lat = 0]: readonly number[]) => `${(scale * (lon - west)).toFixed(1)} ${(tall * (north - lat)).toFixed(1)}`;
  const drawn = shapes.map(({ geometry, properties }) => {
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    return { properties, middle: middleOf(geometry), d: rings.map((ring) => `M${ring.map(at).join('L')}Z`).join('') };
  });
  return (
    <svg class="heat areas" viewBox={`-3 -3 ${WIDTH + 6} ${(tall * (north - south) + 6).toFixed(1)}`} role="img" aria-label={label}>
      <defs>
        <pattern id={id} width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V9" /></pattern>
      </defs>
      {drawn.map(({ d, properties }) => {
        const shade = step(properties);
        return <path key={properties.unit} class={shade === null ? `fill-${properties.class.replaceAll('_', '-')}` : `shade-${shade}`} d={d} />;
      })}
      {drawn.filter(({ properties }) => STRIPED.includes(properties.class)).map(({ d, properties }) => <path key={properties.unit} fill={`url(#${id})`} d={d} />)}
      {drawn.filter(({ properties }) => SURE.includes(properties.class)).map(({ d, properties }) => <path key={properties.unit} class="sure" d={d} />)}
      {named && drawn.map(({ middle, properties }) => <text key={properties.unit} x={at(middle).split(' ')[0]} y={at(middle).split(' ')[1]} text-anchor="middle">{properties.name}</text>)}
    </svg>
  );
}
