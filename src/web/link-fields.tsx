export function LinkFields({ typed }: { typed: { projectPage: string; githubRepo: string } }) {
  return (
    <>
      <label>
        <span>Project page</span>
        <input
          type="url"
          name="projectPage"
          value={typed.projectPage}
          maxlength={500}
          placeholder="https://"
        />
      </label>
      <label>
        <span>Code repository</span>
        <input
          type="url"
          name="githubRepo"
          value={typed.githubRepo}
          maxlength={500}
          placeholder="https://github.com/owner/name"
        />
      </label>
    </>
  );
}
