// Fields for the links of a paper, in several forms.
export const links = {
  projectPage: 'Project page',
  codeRepository: 'Code repository',
};
