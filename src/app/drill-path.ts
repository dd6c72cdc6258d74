/** In a drill the name of a file says so, wherever it is put: a file outlives the folder it was made in. */
export const drillPath = (path: string): string => {
  const at = path.lastIndexOf('/') + 1;
  return /drill/i.test(path.slice(at)) ? path : `${path.slice(0, at)}DRILL-${path.slice(at)}`;
};
