/** The address of a worker's script, which the build makes. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}

/** A table of days as text. */
declare module '*?days' {
  const text: string;
  export default text;
}
