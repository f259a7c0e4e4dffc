import { words } from '../language/words.ts';
import { Layout, type Site } from './layout.tsx';

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
  const texts = words.apiDocs;
  const description = document.info.description ?? texts.description;
  return (
    <Layout site={site} head={{ title: texts.title, description, path: '/api/docs' }}>
      <div class="prose wide api-docs">
        <h1>
          {document.info.title} <small>{document.info.version}</small>
        </h1>
        <p>
          <Description text={document.info.description} />
        </p>
        <p>
          {texts.forPrograms((text) => (
            <a href="/api/openapi.json">{text}</a>
          ))}
        </p>
        {Object.entries(document.paths).map(([path, methods]) =>
          Object.entries(methods).map(([method, operation]) => (
            <OperationView path={path} method={method} operation={operation} />
          )),
        )}
        <h2>{texts.objects}</h2>
        {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
          <section id={`object-${name}`}>
            <h3>{name}</h3>
            <table class="terms">
              <tbody>
                {Object.entries(schema.properties ?? {}).map(([field, property]) => (
                  <tr>
                    <th scope="row">
                      <code>{field}</code>
                      {!schema.required?.includes(field) && (
                        <small> {words.apiDocs.optional}</small>
                      )}
                    </th>
                    <td>
                      <SchemaName schema={property} /> <Description text={property.description} />
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
        <Description text={operation.summary} />
        {operation.description && (
          <>
            . <Description text={operation.description} />
          </>
        )}
      </p>
      {operation.parameters && operation.parameters.length > 0 && (
        <table class="terms">
          <tbody>
            {operation.parameters.map((parameter) => (
              <tr>
                <th scope="row">
                  <code>{parameter.name}</code>
                  {!parameter.required && <small> {words.apiDocs.optional}</small>}
                </th>
                <td>
                  <SchemaName schema={parameter.schema ?? {}} />{' '}
                  <Description text={parameter.description} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul>
        {Object.entries(operation.responses).map(([status, response]) => (
          <li>
            <b>{status}</b> <Description text={response.description} />{' '}
            {Object.entries(response.content ?? {}).map(([type, { schema }]) => (
              <>
                <small>{type}</small> {schema && <SchemaName schema={schema} />}{' '}
              </>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What stands between backticks is code. */
function Description({ text = '' }: { text?: string | undefined }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
  );
}

function SchemaName({ schema }: { schema: Schema }) {
  const { listOf, value, or, between, usual } = words.apiDocs;
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
        {listOf} <SchemaName schema={schema.items} />
      </>
    );
  }
  const parts = [[schema.type ?? value].flat().join(or)];
  if (schema.format) parts.push(`(${schema.format})`);
  if (schema.enum) parts.push(schema.enum.join(' | '));
  if (schema.minimum !== undefined && schema.maximum !== undefined) {
    parts.push(between(schema.minimum, schema.maximum));
  }
  if (schema.default !== undefined && schema.default !== '') parts.push(usual(schema.default));
  return <small>{parts.join(' ')}</small>;
}
