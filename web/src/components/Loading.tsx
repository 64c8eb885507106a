import { messages } from '../i18n';

export function Loading() {
  return <p class="loading muted">{messages.value.loading}</p>;
}
