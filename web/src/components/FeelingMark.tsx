/** Drawings that come with the page: a device whose fonts lack emoji would show empty boxes. */
const drawings = import.meta.glob<string>('../feelings/*.svg', { eager: true, query: '?url', import: 'default' });

/** The small drawing of a feeling. The word beside it says what it is, so it is silent. */
export function FeelingMark({ feeling }: { feeling: string }) {
  const drawing = drawings[`../feelings/${feeling}.svg`];
  return drawing ? <img class="feeling-mark" src={drawing} alt="" width="24" height="24" /> : null;
}
