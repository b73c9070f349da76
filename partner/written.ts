/** The object as a write leaves it. */
export function writtenBy<Written>(write: { add: Written } | { save: Written }): Written {
  return 'add' in write ? write.add : write.save;
}
