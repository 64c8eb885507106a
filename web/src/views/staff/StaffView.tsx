import '../../styles/staff.css';
import { useEffect, useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { screenOf } from '../../app/router';
import type { StaffPerson } from '../../api/types';
import { Loading } from '../../components/Loading';
import { DirectoryView } from '../directory/DirectoryView';
import { StudyView } from '../study/StudyView';
import { staffMessages } from '../../i18n/staff';
import { AccessLog } from './AccessLog';
import { Activate } from './Activate';
import { Desk } from './Desk';
import { Invitations } from './Invitations';
import { Snapshots } from '../snapshots/Snapshots';
import { SignIn } from './SignIn';
import { StoryQueue } from './StoryQueue';
import { loadPerson, person, takeLink } from './staffSession';

/** /{community}/staff: in by a one-time link or a sign-in, then the desk. */
export function StaffView() {
  const [link, setLink] = useState(takeLink);
  const [ready, setReady] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    // Whatever hindered it, signing in is what to do next.
    void loadPerson().catch(() => undefined).finally(() => setReady(true));
    const another = () => setLink((before) => takeLink() ?? before);
    addEventListener('hashchange', another);
    return () => removeEventListener('hashchange', another);
  }, []);
  if (link) return <Activate key={link} link={link} done={() => setLink(null)} />;
  if (!ready) return <Loading />;
  const room = person.value && screenOf('staff');
  if (person.value && room === 'study' && hasRole(person.value, 'researcher')) return <StudyView />;
  if (person.value && room === 'directory' && hasRole(person.value, 'steward')) return <DirectoryView />;
  if (person.value && room === 'invitations' && hasRole(person.value, 'steward')) return <Invitations />;
  if (person.value && room === 'stories' && hasRole(person.value, 'steward')) return <StoryQueue />;
  if (person.value && room === 'snapshots' && hasRole(person.value, 'planner')) return <Snapshots />;
  if (person.value && room === 'log' && (hasRole(person.value, 'steward') || hasRole(person.value, 'operator'))) return <AccessLog />;
  if (person.value) return <Desk who={person.value} signedOut={() => setSaid(staffMessages.value.signedOut)} />;
  return <SignIn said={said} />;
}

const hasRole = ({ roles }: StaffPerson, wanted: string): boolean => roles.some(({ community, role }) => community === openCommunity().id && role === wanted);
