/** Leaving at once: the view is emptied first, then replaced, so that "back" does not show this screen. */
export const NEUTRAL_PATH = '/new-tab';

export function leaveQuickly(): void {
  document.body.replaceChildren();
  document.title = 'New tab';
  location.replace(NEUTRAL_PATH);
}
