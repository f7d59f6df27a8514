// One door to the reports: a run in a format, as a file to save.
import type { ReportFormat, SavedFile } from '../../../src-shared/contract/index.ts';
import { writeHtml } from './html.ts';
import { writeJunit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';
import type { RehearsalRun } from './rehearsal-run.ts';

interface Format {
  readonly extension: string;
  readonly mediaType: string;
  readonly write: (run: RehearsalRun) => string;
}

const formats: Readonly<Record<ReportFormat, Format>> = {
  markdown: { extension: 'md', mediaType: 'text/markdown', write: writeMarkdown },
  html: { extension: 'html', mediaType: 'text/html', write: writeHtml },
  junit: { extension: 'xml', mediaType: 'application/xml', write: writeJunit },
};

/** UTF-8. The file is named after the scenario where there is but one. */
export function writeReport(format: ReportFormat, run: RehearsalRun): SavedFile {
  const { extension, mediaType, write } = formats[format];
  const [only, ...others] = run.scenarios;
  const name = only === undefined || others.length > 0 ? 'rehearsal' : `rehearsal-${only.scenario.name}`;
  return { fileName: `${name}.${extension}`, mediaType, content: new TextEncoder().encode(write(run)) };
}
