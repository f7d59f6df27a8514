// The people of the sample organization with their one-time passwords, shown this once.
import type { ReactNode } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { copyText } from './copy-text.ts';
import { PrintSheet } from './print-sheet.tsx';

export type Sample = Output<'console:createSample'>;
type SamplePerson = Sample['people'][number];

const roleWords = (person: SamplePerson): string =>
  person.isServiceAccount ? 'Service account' : person.role === 'administrator' ? 'Administrator' : 'User';

const asText = (sample: Sample): string =>
  sample.people.map((one) => `${one.displayName}\t${one.userName}\t${one.oneTimePassword}`).join('\n');

export interface SamplePeopleProps {
  readonly sample: Sample;
  readonly onContinue: () => void;
}

export function SamplePeople({ sample, onContinue }: SamplePeopleProps): ReactNode {
  return (
    <ConsoleCard
      title={`${sample.organization} is ready`}
      intro="Sign in as any of these people. Each one-time password works once; its owner then chooses a password."
      width="wide"
    >
      <table className="people-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">User name</th>
            <th scope="col">One-time password</th>
          </tr>
        </thead>
        <tbody>
          {sample.people.map((person) => (
            <tr key={person.userName}>
              <td>
                <span className="table-title">{person.displayName}</span>{' '}
                {person.role === 'administrator' || person.isServiceAccount ? (
                  <Badge>{roleWords(person)}</Badge>
                ) : null}
              </td>
              <td>{person.userName}</td>
              <td>
                <span className="password-cell">
                  <span className="password-shown">{person.oneTimePassword}</span>
                  <IconButton
                    icon="copy"
                    label={`Copy the one-time password of ${person.displayName}`}
                    size={16}
                    onPress={() => void copyText(person.oneTimePassword, 'One-time password')}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Note tone="attention">These passwords are shown this once. Copy or print them before you go on.</Note>
      <div className="console-foot">
        <Button icon="copy" onPress={() => void copyText(asText(sample), 'List')}>
          Copy all
        </Button>
        <Button icon="print" onPress={() => window.print()}>
          Print
        </Button>
        <Button variant="primary" onPress={onContinue}>
          Continue to sign-in
        </Button>
      </div>
      <PrintSheet>
        <h1>{`${sample.organization}: one-time passwords`}</h1>
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Role</th>
              <th>User name</th>
              <th>One-time password</th>
            </tr>
          </thead>
          <tbody>
            {sample.people.map((person) => (
              <tr key={person.userName}>
                <td>{person.displayName}</td>
                <td>{roleWords(person)}</td>
                <td>{person.userName}</td>
                <td className="mono">{person.oneTimePassword}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </PrintSheet>
    </ConsoleCard>
  );
}
