// The document that describes the interface for other programs (OpenAPI 3.1), made from the table that answers requests.
import { z } from 'zod';
import { API_VERSION, namedSchemas, NoBody, type Operation, operations } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } });

const withoutKeys = (schema: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

/** Each named schema, with references to the others where they stand in it. */
function components(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(namedSchemas)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutKeys({ ...schema }, ['$schema', '$id', 'id'])]),
  );
}

const nameOf = (schema: z.ZodType): string => {
  const named = Object.entries(namedSchemas).find(([, one]) => one === schema);
  if (named === undefined) throw new Error('A schema of an operation has no name.');
  return named[0];
};

function parameters(schema: z.ZodObject, place: 'path' | 'query'): Json[] {
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: withoutKeys({ ...z.toJSONSchema(part, { io: 'output' }) }, ['$schema']),
  }));
}

const refusal = (description: string): Json => ({ description, ...json(reference('Error')) });

const everywhere: Readonly<Record<number, string>> = {
  401: 'No API key, or one that is not in force.',
  403: 'The API key does not have the scope, or a browser has asked.',
  422: 'The request is not what is described here.',
  429: 'Too many refused tries. `Retry-After` says how many seconds to wait.',
  503: 'The database or the key cannot be had now. `Retry-After` says how many seconds to wait, where that helps.',
};
const ofCodes = 'The request is not what is described here, or the code was not accepted.';

function described({ id, scope, status, summary, description, refusals, schemas }: Operation): Json {
  const all = {
    ...everywhere,
    ...(id === 'verifyCode' ? { 422: ofCodes } : {}),
    ...(id === 'signIn'
      ? { 403: `${everywhere[403]} Or the sign-in was refused (\`sign-in-refused\`).` }
      : {}),
    ...refusals,
  };
  return {
    operationId: id,
    summary,
    description: `${description}\n\nScope: \`${scope}\`.`,
    security: [{ apiKey: [scope] }],
    parameters: [...parameters(schemas.path, 'path'), ...parameters(schemas.query, 'query')],
    ...(schemas.body === NoBody
      ? {}
      : { requestBody: { required: true, ...json(reference(nameOf(schemas.body))) } }),
    responses: {
      [status]: { description: 'Done.', ...json(reference(nameOf(schemas.answer))) },
      ...Object.fromEntries(Object.entries(all).map(([code, words]) => [code, refusal(words)])),
    },
  };
}

function paths(): Json {
  const byPath = Map.groupBy(operations, ({ at }) => at);
  return Object.fromEntries(
    [...byPath].map(([at, all]) => [
      at,
      Object.fromEntries(all.map((operation) => [operation.method.toLowerCase(), described(operation)])),
    ]),
  );
}

const ON_THIS_MACHINE = {
  url: 'http://127.0.0.1:{port}/api/v1',
  variables: { port: { default: '8000', description: 'As Twofold was started with --port.' } },
};

/** The whole document; with the public origin of a server that is offered to others. */
export const openApiDocument = (origin: string | null = null): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Twofold for other programs',
    version: API_VERSION,
    description:
      (origin === null ? 'Answers on this machine alone, while `twofold serve` runs. ' : '') +
      'Every request carries an API key, made by an administrator in the service console.',
  },
  servers: [origin === null ? ON_THIS_MACHINE : { url: `${origin}/api/v1` }],
  paths: paths(),
  components: {
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `twofold_` and 43 characters.' },
    },
    schemas: components(),
  },
});

/** As it stands in docs/openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`;
