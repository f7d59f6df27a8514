// Catches faults of the user interface: says so plainly, shows no stack, offers to load again.
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { MessageScreen } from './message-screen.tsx';

interface State {
  readonly hasFailed: boolean;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { hasFailed: false };

  static getDerivedStateFromError(): State {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <MessageScreen
        title="This screen stopped working"
        actions={
          <Button variant="primary" icon="refresh" onPress={() => location.reload()}>
            Load again
          </Button>
        }
      >
        <p>
          Something went wrong in Twofold’s window. Your accounts and the console are kept by another part of
          the program and were not touched.
        </p>
      </MessageScreen>
    );
  }
}
