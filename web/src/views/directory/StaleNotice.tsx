import { directoryMessages } from '../../i18n/directory';

export function StaleNotice({ again }: { again: () => void }) {
  const words = directoryMessages.value;
  return (
    <div class="notice notice-problem" role="alert">
      <p>{words.staleShort}</p>
      <p><button type="button" class="button" onClick={again}>{words.staleReload}</button></p>
    </div>
  );
}
