import { words } from '../language/words.ts';
import { FieldProblem, problemAttributes } from './settings-layout.tsx';

type Name = 'projectPage' | 'githubRepo';

export function LinkFields({
  typed,
  problems = {},
}: {
  typed: Record<Name, string>;
  problems?: Partial<Record<Name, string>>;
}) {
  const { projectPage, codeRepository } = words.links;
  const fields = [
    ['projectPage', projectPage, 'https://'],
    ['githubRepo', codeRepository, 'https://github.com/owner/name'],
  ] as const;
  return (
    <>
      {fields.map(([name, label, suchAs]) => (
        <>
          <label>
            <span>{label}</span>
            <input
              type="url"
              name={name}
              value={typed[name]}
              maxlength={500}
              placeholder={suchAs}
              {...problemAttributes(name, problems[name])}
            />
          </label>
          <FieldProblem id={name} problem={problems[name]} />
        </>
      ))}
    </>
  );
}
