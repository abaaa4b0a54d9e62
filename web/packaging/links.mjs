// The places that package.json names. The release is made by a workflow, which knows where the project lies; elsewhere
// nothing is named.

/** `environment`: the variables of the workflow, GITHUB_SERVER_URL and GITHUB_REPOSITORY (owner/name). */
export function links({ GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: name }) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name ?? '')) return {};
  const place = `${server}/${name}`;
  return {
    homepage: `${place}#readme`,
    repository: { type: 'git', url: `git+${place}.git` },
    bugs: `${place}/issues`,
  };
}

/** The links of a text to the files of the project, which the package does not hold, lead to the files of its version. */
export const absolute = (text, { homepage }, version) =>
  homepage === undefined
    ? text.replace(/\[([^\]]*)\]\(\.\.\/\.\.\/docs\/[^)]*\)/g, '$1')
    : text.replace(/\]\(\.\.\/\.\.\/(docs\/[^)]*)\)/g, `](${homepage.replace('#readme', '')}/blob/v${version}/$1)`);
