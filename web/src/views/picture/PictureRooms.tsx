import { here, route } from '../../app/router';
import { messages } from '../../i18n';
import { planner } from '../../i18n/planner';

/** The pictures: what people mapped, as areas and as a surface; what they can reach, and when it is open. */
export function PictureRooms() {
  const words = messages.value.access.rooms;
  const { rhythm, heat, compare, stories } = planner.words.rooms;
  const screen = route.value.screen[0] ?? '';
  const rooms = [['', words.places], ['heat', heat], ['compare', compare], ['access', words.reach], ['rhythm', rhythm], ['stories', stories]] as const;
  return (
    <nav class="picture-rooms" aria-label={words.label}>
      {rooms.map(([room, name]) => <a key={room} href={room ? here('picture', room) : here('picture')} aria-current={screen === room ? 'page' : undefined}>{name}</a>)}
    </nav>
  );
}
