import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Unreachable } from '../api/client';
import { Loading } from '../components/Loading';
import { ProblemNotice } from '../components/ProblemNotice';

/** A room whose files are fetched when somebody goes there: the first page stays light for everybody else. */
export function lazyRoom<Props extends object = object>(fetched: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return function LazyRoom(props: Props) {
    const [view, setView] = useState<{ View: ComponentType<Props> } | null>(null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      fetched().then((View) => setView({ View }), () => setFailed(true));
    }, []);
    if (failed) return <section class="narrow"><ProblemNotice reason={new Unreachable()} retry={() => location.reload()} /></section>;
    return view ? <view.View {...props} /> : <Loading />;
  };
}
