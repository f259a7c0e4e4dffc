// Pages without a list: the first page of an empty instance, failures, the API's documentation.
import { arxivAbsUrl } from '../papers/paper-id.ts';
import { Layout, type Site } from './layout.tsx';

export function WelcomePage({ site }: { site: Site }) {
  return (
    <Layout site={site} head={{ title: site.name, path: '/', current: 'day' }}>
      <div class="prose">
        <h1>No papers yet</h1>
        <p>
          This instance is empty. <a href="/about#papers">How to bring in papers</a>.
        </p>
      </div>
    </Layout>
  );
}

export function FetchingPage({
  site,
  id,
  isSlow,
}: {
  site: Site;
  id: string;
  /** arXiv does not answer at the moment. */
  isSlow: boolean;
}) {
  return (
    <Layout
      site={site}
      head={{ title: `${id} is being fetched`, path: `/papers/${id}`, isUnindexed: true }}
    >
      <div class="prose" role="status">
        <h1>{id} is being fetched</h1>
        <p>
          This paper is not here yet.{' '}
          {isSlow
            ? 'arXiv has not answered for some minutes; it is asked again, and the paper will be here when it does.'
            : 'It is being fetched from arXiv, which takes some seconds, and this page then shows it by itself.'}
        </p>
        <p>
          <a href={arxivAbsUrl(id)}>Read it at arXiv</a> ·{' '}
          <a href="/papers">To the newest papers</a>
        </p>
      </div>
    </Layout>
  );
}

export function FailurePage({
  site,
  status,
  message,
  typed,
}: {
  site: Site;
  status: number;
  message: string;
  /** What was written into the form that failed, to be copied. */
  typed?: string | undefined;
}) {
  const title =
    status === 404 ? 'Not found' : status >= 500 ? 'Something went wrong' : 'That did not work';
  return (
    <Layout site={site} head={{ title, path: '/', isUnindexed: true }}>
      <div class="prose">
        <h1>{title}</h1>
        <p>{message}</p>
        {typed !== undefined && (
          <label>
            What you wrote, to be copied
            <textarea readonly rows={8}>{`\n${typed}`}</textarea>
          </label>
        )}
        <p>
          <a href="/papers">To the newest papers</a>
        </p>
      </div>
    </Layout>
  );
}

type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};
type Operation = {
  summary?: string;
  description?: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: Schema;
  }[];
  responses: Record<
    string,
    { description?: string; content?: Record<string, { schema?: Schema }> }
  >;
};
export type OpenApiDocument = {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
};

/** The API's description as a page, out of the document that programs read. */
export function ApiDocsPage({ site, document }: { site: Site; document: OpenApiDocument }) {
  return (
    <Layout
      site={site}
      head={{
        title: 'API',
        description: document.info.description ?? 'The API',
        path: '/api/docs',
      }}
    >
      <div class="prose wide">
        <h1>
          {document.info.title} <small>{document.info.version}</small>
        </h1>
        <p>{document.info.description}</p>
        <p>
          The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1).
        </p>
        {Object.entries(document.paths).map(([path, methods]) =>
          Object.entries(methods).map(([method, operation]) => (
            <OperationView path={path} method={method} operation={operation} />
          )),
        )}
        <h2>Objects</h2>
        {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
          <section id={`object-${name}`}>
            <h3>{name}</h3>
            <table>
              <tbody>
                {Object.entries(schema.properties ?? {}).map(([field, property]) => (
                  <tr>
                    <th scope="row">
                      <code>{field}</code>
                      {!schema.required?.includes(field) && <small> optional</small>}
                    </th>
                    <td>
                      <SchemaName schema={property} /> {property.description}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </Layout>
  );
}

function OperationView({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}) {
  return (
    <section>
      <h2>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h2>
      <p>
        {operation.summary}
        {operation.description && `. ${operation.description}`}
      </p>
      {operation.parameters && operation.parameters.length > 0 && (
        <table>
          <tbody>
            {operation.parameters.map((parameter) => (
              <tr>
                <th scope="row">
                  <code>{parameter.name}</code>
                  {!parameter.required && <small> optional</small>}
                </th>
                <td>
                  <SchemaName schema={parameter.schema ?? {}} /> {parameter.description}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul>
        {Object.entries(operation.responses).map(([status, response]) => (
          <li>
            <b>{status}</b> {response.description}{' '}
            {Object.entries(response.content ?? {}).map(([type, { schema }]) => (
              <>
                <small>{type}</small> {schema && <SchemaName schema={schema} />}
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function SchemaName({ schema }: { schema: Schema }) {
  const name = schema.$ref?.split('/').at(-1);
  if (name) {
    return (
      <a href={`#object-${name}`}>
        <code>{name}</code>
      </a>
    );
  }
  if (schema.items) {
    return (
      <>
        list of <SchemaName schema={schema.items} />
      </>
    );
  }
  const parts = [[schema.type ?? 'value'].flat().join(' or ')];
  if (schema.format) parts.push(`(${schema.format})`);
  if (schema.enum) parts.push(schema.enum.join(' | '));
  if (schema.minimum !== undefined && schema.maximum !== undefined) {
    parts.push(`${schema.minimum} to ${schema.maximum}`);
  }
  if (schema.default !== undefined) parts.push(`default ${schema.default}`);
  return <small>{parts.join(' ')}</small>;
}
