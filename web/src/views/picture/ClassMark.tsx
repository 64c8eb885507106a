import { LookMark } from '../../lib/drawing/LookMark';
import { lookOf, type DrawnClass } from '../../lib/drawing/looks';

/** How a class, or a value's step of that class, is drawn. */
export const ClassMark = ({ of, step = null }: { of: DrawnClass; step?: number | null }) => <LookMark look={lookOf(of, step)} />;
