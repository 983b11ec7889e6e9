/** The custom editor's id, as the manifest has it. */
export const VIEW_TYPE = 'easel.imageEditor';
