import { options } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Draws a change before it returns, not a moment later. */
function atOnce(change: () => void) {
  const later = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  change();
  if (later) options.debounceRendering = later;
  else delete options.debounceRendering;
}

/** True from the moment the page is put on paper, and drawn by then: what only paper shows need not be made before. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(() => matchMedia('print').matches);
  useEffect(() => {
    const query = matchMedia('print');
    const print = () => atOnce(() => setPrinting(true));
    const follow = () => query.matches && print();
    window.addEventListener('beforeprint', print);
    query.addEventListener('change', follow);
    return () => {
      window.removeEventListener('beforeprint', print);
      query.removeEventListener('change', follow);
    };
  }, []);
  return printing;
}
