/** The custom editor's id, as the manifest has it. */
export const IMAGE_EDITOR_VIEW_TYPE = 'easel.imageEditor';
/** The history's view, as the manifest has it. */
export const HISTORY_VIEW = 'easel.history';
/** The studio's panel. */
export const STUDIO_VIEW_TYPE = 'easel.studio';
