// Pasting one or several links, each on its own line.
import { type SubmitEvent, type ReactNode, useState } from 'react';
import { MAX_PASTED_CHARACTERS } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

export interface LinkFormProps {
  readonly isReading: boolean;
  readonly onText: (text: string) => void;
}

export function LinkForm({ isReading, onText }: LinkFormProps): ReactNode {
  const [text, setText] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') onText(text.trim());
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label="Link"
        hint="Begins with otpauth:// (or otpauth-migration://, or steam://). Several links, each on its own line, are fine."
        placeholder="otpauth://totp/…"
        value={text}
        onChange={setText}
        maxLength={MAX_PASTED_CHARACTERS}
        mono
        multiline
        autoFocus
      />
      <div className="cluster end">
        <Button variant="primary" type="submit" isDisabled={text.trim() === '' || isReading}>
          Read link
        </Button>
      </div>
    </form>
  );
}
