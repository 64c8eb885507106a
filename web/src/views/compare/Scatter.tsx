import { axisOf, type Ends, type Pair } from './pairs';

const WIDTH = 640;
const HEIGHT = 420;
const LEFT = 88;
const BELOW = 68;

interface ScatterProps {
  pairs: readonly Pair[];
  label: string;
  axes: readonly [across: string, up: string];
  written: readonly [across: (value: number) => string, up: (value: number) => string];
}

/** One point a neighbourhood, with its likely ranges. No line is laid through them: they explain nothing. */
export function Scatter({ pairs, label, axes, written }: ScatterProps) {
  const points = pairs.flatMap(({ unit, name, one, other }) => (one && other ? [{ unit, name, one, other }] : []));
  if (points.length === 0) return null;
  const [across, up] = [axisOf(points.map(({ one }) => one)), axisOf(points.map(({ other }) => other))];
  const x = (value: number) => LEFT + ((value - across.from) / (across.to - across.from)) * (WIDTH - LEFT - 12);
  const y = (value: number) => HEIGHT - BELOW - ((value - up.from) / (up.to - up.from)) * (HEIGHT - BELOW - 12);
  const ends = ({ low, high }: Ends) => [low, high] as const;
  const [floor, top] = [HEIGHT - BELOW, 12];
  return (
    <svg class="scatter" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path class="axis" d={`M${LEFT} ${top}V${floor}H${WIDTH - 12}`} />
      {ends({ low: across.from, high: across.to }).map((value, end) => (
        <text key={end} x={x(value)} y={floor + 24} text-anchor={end === 0 ? 'start' : 'end'}>{written[0](value)}</text>
      ))}
      {ends({ low: up.from, high: up.to }).map((value, end) => (
        <text key={end} x={LEFT - 6} y={y(value) + (end === 0 ? 0 : 12)} text-anchor="end">{written[1](value)}</text>
      ))}
      <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 8} text-anchor="middle">{axes[0]} →</text>
      <text transform={`translate(22 ${(top + floor) / 2}) rotate(-90)`} text-anchor="middle">{axes[1]} →</text>
      {points.map(({ unit, one, other }) => (
        <path key={unit} class="range" d={`M${x(one.low)} ${y(other.value)}H${x(one.high)}M${x(one.value)} ${y(other.low)}V${y(other.high)}`} />
      ))}
      {points.map(({ unit, name, one, other }) => (
        <circle key={unit} cx={x(one.value)} cy={y(other.value)} r="6"><title>{name}</title></circle>
      ))}
    </svg>
  );
}
