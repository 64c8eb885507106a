import { useEffect } from 'preact/hooks';
import { said } from './said';

/** Says what just happened; gone when the person moves on. */
export function SaidNotice() {
  useEffect(() => () => void (said.value = null), []);
  return said.value ? <p class="notice notice-done" role="status">{said.value}</p> : null;
}
